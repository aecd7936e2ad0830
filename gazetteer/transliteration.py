"""The Latin spellings in which a name of another script or alphabet is met.

No library covers this. `transliterate` has no Azerbaijani, its Armenian is reversible rather than that of maps, and its
last release is of 2018; `unidecode` and `anyascii` give one ASCII form a letter, but the press writes several
("Xankəndi" is met as Khankendi, Khankandi, Xankendi, Hankendi, Khankendy). So the tables stand here: BGN/PCGN 1981 and
ISO 9985 for Armenian, the Azerbaijani Latin and Cyrillic alphabets, BGN/PCGN 1947 for Russian, each with the habits of
the press.

Derived spellings are kept few: never shorter than `SHORTEST_VARIANT` letters, never a common English word, at most
`VARIANT_LIMIT` a name, the likeliest first.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache
from itertools import islice, product
from typing import TYPE_CHECKING

from gazetteer.names import normalise, scripts
from gazetteer.words import ENGLISH_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gazetteer.model import Toponym

VARIANT_LIMIT = 12
"""The most derived spellings that one name gets."""
SHORTEST_VARIANT = 4
"""Shorter derived forms would be met inside ordinary text too often."""
SHORTEST_ISO = 7
"""ISO 9985 without its marks is so far from the sound that shorter forms are rather somebody else's name (Susi)."""


_WORD = re.compile(r"[^\s-]+")


def _letters(letters: str, latin: str) -> dict[str, str]:
    """Pair letters with their Latin ones, which spaces part; "0" stands for nothing."""
    return {letter: made.replace("0", "") for letter, made in zip(letters, latin.split(), strict=True)}


# ------------------------------------------------------------------------------------------------------------ Armenian

_ARMENIAN_BGN = _letters(
    "աբգդզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ",
    "a b g d z e y t zh i l kh ts k h dz gh ch m y n sh o ch p j r s v t r ts v p k o f",
)
"""BGN/PCGN 1981 without the apostrophes of aspiration, which the press drops."""
_ARMENIAN_ISO = _ARMENIAN_BGN | _letters("ժխծձղճշչջց", "z x c j g c s c j c")
"""ISO 9985 with its diacritics taken off."""


def romanise_armenian(text: str, *, iso: bool = False) -> str:
    """Write Armenian letters in Latin ones by BGN/PCGN 1981, or by ISO 9985 without its marks.

    >>> romanise_armenian("Ստեփանակերտ"), romanise_armenian("Երևան"), romanise_armenian("Խնձորեսկ", iso=True)
    ('Stepanakert', 'Yerevan', 'Xnjoresk')
    >>> romanise_armenian("")
    ''
    """
    return _cased(_low_armenian(text.lower(), iso=iso), text)


def _low_armenian(low: str, *, iso: bool = False) -> str:
    make = _armenian_iso if iso else _armenian_bgn
    return _WORD.sub(lambda word: make(word[0]), low)


def _armenian_bgn(word: str) -> str:
    # the vowel ու is one sound, և two letters in one; word-initial ե and ո have a glide, but not ո before վ
    word = word.replace("և", "եւ").replace("ու", "u")
    glide = ""
    if word.startswith("ե"):
        glide = "y"
    elif word.startswith("ո") and not word.startswith("ով"):
        glide = "v"
    return glide + "".join("e" if letter == "ե" else _ARMENIAN_BGN.get(letter, letter) for letter in word)


def _armenian_iso(word: str) -> str:
    word = word.replace("և", "եւ").replace("ու", "u")
    return "".join("e" if letter == "ե" else _ARMENIAN_ISO.get(letter, letter) for letter in word)


def _from_armenian(low: str) -> Iterator[str]:
    bgn = _low_armenian(low)
    yield bgn
    yield bgn.replace("gh", "g")  # as it comes through Russian: Tagavard
    iso = _low_armenian(low, iso=True)
    if len(iso) >= SHORTEST_ISO:
        yield iso


# ------------------------------------------------------------------------------------------------------------- Russian

_RUSSIAN_BGN = _letters(
    "абвгдеёжзийклмнопрстуфхцчшщыэюяъь",
    "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch y e yu ya 0 0",
)
_RUSSIAN_GLIDE = re.compile(r"(?:^|(?<=[аеёиоуыэюяъь\s-]))е")


def romanise_russian(text: str) -> str:
    """Write Russian letters in Latin ones by BGN/PCGN 1947, without the signs for soft and hard.

    >>> romanise_russian("Степанакерт"), romanise_russian("Ереван"), romanise_russian("Кельбаджар"), romanise_russian("")
    ('Stepanakert', 'Yerevan', 'Kelbadzhar', '')
    """
    return _cased(_low_russian(text.lower()), text)


def _low_russian(low: str) -> str:
    return "".join([_RUSSIAN_BGN.get(letter, letter) for letter in _RUSSIAN_GLIDE.sub("ye", low)])


def _from_russian(low: str) -> Iterator[str]:
    """Yield the strict form, then those that newspapers print: Kelbajar, Krasny, Erevan."""
    strict = _low_russian(low)
    yield strict
    pressed = strict.replace("dzh", "j").replace("yy", "y").replace("iy", "y")
    yield pressed
    yield pressed.replace("ye", "e").replace("yo", "e")


# --------------------------------------------------------------------------------------------------------- Azerbaijani

_AZ_CYRILLIC = _letters(
    "абвгғдеәжзиыјкҝлмноөпрстуүфхһчҹшйюяэёъь",
    "a b v q ğ d e ə j z i ı y k g l m n o ö p r s t u ü f x h ç c ş y yu ya e yo 0 0",
)
"""The Azerbaijani alphabet of 1958 in letters of the present one."""
_AZ_PLAIN = str.maketrans("əığşçöüƏİĞŞÇÖÜ", "eigscouEIGSCOU")
_AZ_CHOICES: dict[str, tuple[str, ...]] = {
    "x": ("kh", "h"),
    "q": ("g", "k", "q"),
    "c": ("j", "dzh"),
    "ç": ("ch",),
    "ş": ("sh",),
    "ğ": ("gh", "g"),
    "ə": ("a", "e"),
    "ı": ("i", "y"),
    "ö": ("o",),
    "ü": ("u",),
    "j": ("zh",),
}
"""How the press writes each letter that English has not, the commonest first; every letter in one way throughout a name."""
_ALL_CHOICES = "".join(_AZ_CHOICES)


def latin_azerbaijani(text: str) -> str:
    """Write the Cyrillic Azerbaijani of 1958-91 in the Latin alphabet of today.

    >>> latin_azerbaijani("Ханкәнди"), latin_azerbaijani("Ҹәбрајыл"), latin_azerbaijani("")
    ('Xankəndi', 'Cəbrayıl', '')
    """
    return _cased(_low_azerbaijani(text.lower()), text)


def _low_azerbaijani(low: str) -> str:
    return "".join([_AZ_CYRILLIC.get(letter, letter) for letter in low])


@lru_cache(maxsize=2048)
def _styles(used: str) -> tuple[dict[int, str], ...]:
    """Return ways to write the special letters of a name, the likeliest first: those with the commonest choices."""
    choices = [_AZ_CHOICES[letter] for letter in used]
    ranked = sorted(
        product(*(enumerate(choice) for choice in choices)), key=lambda style: sum(rank for rank, _ in style)
    )
    return tuple(
        {ord(letter): made for letter, (_, made) in zip(used, style, strict=True)}
        for style in islice(ranked, VARIANT_LIMIT)
    )


def _from_azerbaijani(low: str) -> Iterator[str]:
    yield low.translate(_AZ_PLAIN)
    for style in _styles("".join([letter for letter in _AZ_CHOICES if letter in low])):
        yield low.translate(style)
    if low.startswith("ə") and "ə" in low[1:]:  # the first is heard as a, the others as e: Askeran
        yield ("a" + low[1:].replace("ə", "e")).translate(_styles(_ALL_CHOICES)[0])
    if low.endswith("kəndi"):  # through Russian, which ends such names in -ди or -ды
        yield (low[:-5] + "kendy").translate(_styles(_ALL_CHOICES)[0])


# ------------------------------------------------------------------------------------------------------------ together


def _cased(made: str, original: str) -> str:
    """Give the parts of a made name the capitals that the original's have.

    >>> _cased("karmir shuka", "Կարմիր Շուկա"), _cased("khin-tager", "Хин-Тагер"), _cased("", "")
    ('Karmir Shuka', 'Khin-Tager', '')
    """
    if made.isalpha():
        return made.capitalize() if original[0].isupper() else made
    capitals = [part[0].isupper() for part in _WORD.findall(original)]
    if not all(capitals):
        order = iter(capitals)
        return _WORD.sub(lambda part: part[0].capitalize() if next(order, False) else part[0], made)
    return _WORD.sub(lambda part: part[0].capitalize(), made)


def _spellings(low: str, language: str) -> Iterable[str]:
    """Return spellings in small letters; letters of a second script stay in them and rule them out."""
    first = next(filter(str.isalpha, low), "")
    if "a" <= first <= "ʯ":
        return _from_azerbaijani(low) if language == "az" else ()
    if "а" <= first <= "ӿ":
        return _from_azerbaijani(_low_azerbaijani(low)) if language == "az" else _from_russian(low)
    return _from_armenian(low) if "ա" <= first <= "և" else ()


_MADE: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}
"""What `derived` has answered: the same names are met in every gazetteer that is made."""


def derived(text: str, language: str) -> tuple[tuple[str, str], ...]:
    """Return the spellings of a name in a language (two or three letters), each after the form that it is looked up by."""
    made = _MADE.get((text, language))
    if made is None:
        made = _MADE[text, language] = _derive(text, language)
    return made


def remember(made: dict[tuple[str, str], tuple[tuple[str, str], ...]]) -> None:
    """Take over answers of `derived` from an earlier run."""
    _MADE.update(made)


def _derive(text: str, language: str) -> tuple[tuple[str, str], ...]:
    if len(text) > 1 and text.isupper():
        return ()  # an acronym is not spelt by sound
    text = " ".join(text.split())
    # the capital I of Azerbaijani is a letter of its own
    low = (text.replace("İ", "i").replace("I", "ı") if language == "az" else text).lower()
    kept = {normalise(text): ""} if text.isascii() else {}
    for form in dict.fromkeys(_spellings(low, language)):
        key = form if form.isalpha() else normalise(form)
        if key not in kept and form.isascii() and len(key) >= SHORTEST_VARIANT and key not in ENGLISH_WORDS:
            kept[key] = _cased(form, text)
    return tuple(islice(((key, form) for key, form in kept.items() if form), VARIANT_LIMIT))


def keyed_variants(name: Toponym) -> tuple[tuple[str, str], ...]:
    """Return the same as `variants`, each spelling after the form that it is looked up by."""
    return derived(name.text, name.lang.partition("-")[0])


def variants(name: Toponym) -> tuple[str, ...]:
    """Return the Latin spellings that a name's own script and language give it in the press.

    Names in a foreign spelling (English, French ...) have none: they are such spellings themselves.

    >>> from gazetteer.model import Toponym
    >>> variants(Toponym("Xankəndi", "az-Latn"))
    ('Xankendi', 'Khankandi', 'Khankendi', 'Hankandi', 'Hankendi', 'Khankendy')
    >>> variants(Toponym("Ստեփանակերտ", "hy-Armn")), variants(Toponym("Stepanakert", "en"))
    (('Stepanakert',), ())
    """
    return tuple(form for _, form in keyed_variants(name))


def derived_names(name: Toponym) -> tuple[Toponym, ...]:
    """Return the same spellings as names of their own, marked as derived, with the user and the period of their source.

    >>> from gazetteer.model import Toponym
    >>> made = derived_names(Toponym("Շուշի", "hy-Armn", used_by=("armenia",)))
    >>> [(one.text, one.lang, one.derived, one.used_by, one.source) for one in made]
    [('Shushi', 'hy-Latn', True, ('armenia',), 'by rule from Շուշի')]
    """
    lang = f"{name.lang.partition('-')[0]}-Latn"
    source = f"by rule from {name.text}"
    return tuple(
        replace(name, text=form, lang=lang, kind="transliteration", source=source, derived=True)
        for form in variants(name)
    )


def ascii_form(text: str) -> str:
    """Return one plain ASCII spelling of a name in any of the scripts known here; other letters are dropped.

    >>> ascii_form("Xankəndi"), ascii_form("Ստեփանակերտ"), ascii_form("Шуша"), ascii_form("")
    ('Xankendi', 'Stepanakert', 'Shusha', '')
    """
    found = scripts(text)
    if "Armn" in found:
        text = romanise_armenian(text)
    if "Cyrl" in found:
        text = romanise_russian(text)
    if text.isascii():
        return text
    return unicodedata.normalize("NFKD", text.translate(_AZ_PLAIN)).encode("ascii", "ignore").decode()
