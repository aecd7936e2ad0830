"""Rules about names: letters that only look right, scripts that do not fit the language, tests that cannot hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.finding import Finding
from gazetteer.names import scripts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.index import Gazetteer
    from gazetteer.model import Place
    from gazetteer.names import Script

SCRIPT_NAMES: dict[str, str] = {
    "Latn": "Latin",
    "Cyrl": "Cyrillic",
    "Armn": "Armenian",
    "Geor": "Georgian",
    "Arab": "Arabic",
}
_USUAL: dict[str, Script] = {
    "az": "Latn", "en": "Latn", "tr": "Latn", "fr": "Latn", "de": "Latn", "es": "Latn", "it": "Latn",
    "ru": "Cyrl", "uk": "Cyrl", "be": "Cyrl", "bg": "Cyrl",
    "hy": "Armn", "ka": "Geor", "fa": "Arab", "ar": "Arab",
}  # fmt: skip
"""The script of a language whose tag names none."""

_BY_SCRIPT: dict[str, str] = {"Armn": "hy-Armn", "Cyrl": "ru-Cyrl", "Geor": "ka", "Arab": "fa"}
"""The language that a script most likely stands for here, where it is not the one that was said."""
_WRITTEN = frozenset({("az", "Cyrl"), ("az", "Arab"), ("tr", "Arab"), ("ku", "Cyrl"), ("ku", "Arab"), ("ku", "Armn")})
"""Languages that are or were written in a script beside their usual one."""

_LATIN, _CYRILLIC, _ARMENIAN = (
    "ABCEHIJKMOPSTXYaceijopsxyəh",
    "АВСЕНІЈКМОРЅТХҮасеіјорѕхуәһ",
    "ՕՏՍոօսհցզգ",
)
_ARMENIAN_LATIN = "OSUnouhgqq"
_LOOK_ALIKE: dict[tuple[str, str], dict[str, str]] = {
    ("Latn", "Cyrl"): dict(zip(_LATIN, _CYRILLIC, strict=True)),
    ("Cyrl", "Latn"): dict(zip(_CYRILLIC, _LATIN, strict=True)),
    ("Latn", "Armn"): dict(zip(_ARMENIAN_LATIN, _ARMENIAN, strict=True)),
    ("Armn", "Latn"): dict(zip(_ARMENIAN, _ARMENIAN_LATIN, strict=True)),
}
"""For a letter of the first script, the letter of the second that it is taken for."""


def expected_script(lang: str) -> Script | None:
    """Return the script that a language tag promises, or None where it promises none.

    >>> expected_script("az-Cyrl"), expected_script("hy"), expected_script("ru"), expected_script("zh")
    ('Cyrl', 'Armn', 'Cyrl', None)
    """
    language, *rest = lang.split("-")
    for part in rest:
        if part in SCRIPT_NAMES:
            return part  # type: ignore[return-value]  # the keys of SCRIPT_NAMES are the scripts
    return None if any(len(part) == 4 for part in rest) else _USUAL.get(language)


def name_rules(places: Gazetteer) -> Iterator[Finding]:
    """Find letters of a wrong script in names, and test sentences without their mention."""
    for place in places:
        for number, name in enumerate(place.names):
            yield from _script(place, number, name.text, name.lang)
        for number, test in enumerate(place.tests):
            if test.mention not in test.text:
                message = f'tests[{number}].mention "{test.mention}" does not stand in its text'
                fix = "Copy it from the sentence letter by letter"
                yield Finding(place, "test-mention", message, ("tests", number, "mention"), fix)


def _script(place: Place, number: int, text: str, lang: str) -> Iterator[Finding]:
    wanted, found = expected_script(lang), scripts(text)
    where = ("names", number, "text")
    if wanted is None or found <= {wanted}:
        if wanted is None and len(found) > 1:
            listed = " and ".join(sorted(SCRIPT_NAMES[script] for script in found))
            message = f'names[{number}].text "{text}" mixes {listed} letters'
            yield Finding(place, "mixed-script", message, where, "Write it in one script")
        return
    if wanted in found:
        strange = "".join(dict.fromkeys(letter for letter in text if scripts(letter) - {wanted}))
        other = next(iter(scripts(strange)))
        message = f'names[{number}].text "{text}" has {SCRIPT_NAMES[other]} "{strange}" among its {SCRIPT_NAMES[wanted]} letters'
        yield Finding(place, "look-alike", message, where, _retyped(text, other, wanted))
        return
    other = min(found)
    mended = _retyped(text, other, wanted) if len(found) == 1 else ""
    if mended.startswith("Write"):
        message = (
            f'names[{number}].text "{text}" is typed in {SCRIPT_NAMES[other]} letters that look {SCRIPT_NAMES[wanted]}'
        )
        yield Finding(place, "look-alike", message, where, mended)
        return
    message = f'names[{number}].lang is "{lang}", but "{text}" is in {SCRIPT_NAMES[other]} letters'
    language = lang.partition("-")[0]
    tag = f"{language}-{other}" if (language, other) in _WRITTEN else _BY_SCRIPT.get(other, f"{language}-{other}")
    fix = f'Write "{tag}", or the name in {SCRIPT_NAMES[wanted]} letters'
    yield Finding(place, "script-lang", message, ("names", number, "lang"), fix)


def _retyped(text: str, other: Script, wanted: Script) -> str:
    table = _LOOK_ALIKE.get((other, wanted), {})
    mended = "".join(table.get(letter, letter) for letter in text)
    mended = mended.replace("օւ", "ու")  # the vowel u is written so, and its first letter looks like o in the pair only
    if scripts(mended) <= {wanted}:
        return f'Write "{mended}", all in {SCRIPT_NAMES[wanted]} letters'
    return f"Type the name anew in {SCRIPT_NAMES[wanted]} letters"
