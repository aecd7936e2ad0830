"""Which names of a row can be trusted, in which language, and what is made of them where one is missing.

Reference tables hold names under the wrong language, of another village, or translated word by word ("hat" for a village
called Hat). So a name counts only where its letters are those of its language and, for a name given by a second table,
where it is spelled somewhere else for the same place too.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from gazetteer.names import normalise, scripts
from gazetteer.transliteration import romanise_armenian, romanise_russian

if TYPE_CHECKING:
    from collections.abc import Iterable

_STRAY_CAPITAL = re.compile(r"(?<=[a-z])[A-Z][a-z]?")
AZERBAIJANI = re.compile(r"[a-zçəğıöşüA-ZÇƏĞİÖŞÜ](?:[a-zçəğıöşüA-ZÇƏĞİÖŞÜ\- ]|i̇)*")
ARMENIAN = re.compile(r"[Ա-Ֆ][Ա-Ֆա-և\- ]*")
RUSSIAN = re.compile(r"[А-ЯЁ][А-Яа-яЁё\- ]*")
LATIN = re.compile(r"[A-Z][A-Za-z\- ’']*")

_PRESS = str.maketrans(
    {"q": "g", "Q": "G", "x": "kh", "X": "Kh", "c": "j", "C": "J", "ç": "ch", "Ç": "Ch", "ş": "sh", "Ş": "Sh", "ə": "a",
     "Ə": "A", "ğ": "gh", "Ğ": "Gh", "ı": "i", "İ": "I", "ö": "o", "Ö": "O", "ü": "u", "Ü": "U"}
)  # fmt: skip
_AZERBAIJANI_LETTERS = "abcçdeəfgğhxıijkqlmnoöprsştuüvyz"
_TO_ARMENIAN = dict(
    zip(
        _AZERBAIJANI_LETTERS,
        "աբջչդեաֆգղհխըիժքղլմնոöփրսշթւüվյզ",
        strict=True,
    )
) | {"ö": "յո", "u": "ու", "ü": "յու"}
_TO_AZERBAIJANI = dict(
    zip(
        "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցփքօֆև",
        "abgdezeıtjilxçkhzğçmynşoçpcrsvtrspkofe",
        strict=True,
    )
) | {"ծ": "ts", "ձ": "dz", "ց": "ts", "և": "ev"}
_FROM_PRESS = (
    ("dzh|dj", "c"), ("kh", "x"), ("gh", "ğ"), ("tch|ch", "ç"), ("sh", "ş"), ("zh", "j"),
    ("(?<=[bcdfghjklmnpqrstvxz])[yj]u", "ü"), ("(?<=[bcdfghjklmnpqrstvxz])[yj]a", "ə"), ("(?<=[bcdfghjklmnpqrstvxzşçğ])y", "ı"),
)  # fmt: skip
_PARTS = re.compile(
    r"^(aşağı|yuxarı|orta|birinci|ikinci|üçüncü|baş|ayaq|bala|böyük|kiçik|köhnə|yeni|quzey|güney|nerkin|verin|nor|mets|pokr|hin)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """Return a Latin form to compare names of any script by: no case, marks, spaces.

    >>> folded("Qaradağlı"), folded("Ղարադաղլու"), folded("Карадаглы"), folded("")
    ('garadagli', 'garadaglu', 'karadagly', '')
    """
    found = scripts(text)
    latin = romanise_armenian(text) if "Armn" in found else romanise_russian(text) if "Cyrl" in found else text
    plain = unicodedata.normalize("NFKD", normalise(latin)).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z]", "", plain.replace("ə", "a"))
    return re.sub(r"(?<!^)gh", "g", plain.replace("q", "g").replace("x", "kh").replace("kh", "kh").replace("gh", "g"))


def similarity(one: str, two: str) -> float:
    """Return how alike two names sound, 0 to 100, by their consonants mostly."""
    return float(fuzz.ratio(_skeleton(folded(one)), _skeleton(folded(two))))


@lru_cache(maxsize=65536)
def _skeleton(text: str) -> str:
    """Level the letters that romanisations differ in: zh/j/dzh/c, k/g/kh/h, a/e/o, i/y/u."""
    for pattern, to in (
        ("dzh|dj|zh|ch|tch|ts|tz|dz|c|j|z", "j"), ("kh|gh|ck|k|q|g|h", "k"), ("sh|s", "s"), ("w|v|f|b|p", "b"), ("d|t", "t"),
        ("[aeo]+", "a"), ("[iyu]+", "i"), (r"(.)\1+", r"\1"),
    ):  # fmt: skip
        text = re.sub(pattern, to, text)
    return text


def spelled_in(name: str, others: Iterable[str], *, least: float = 78.0) -> bool:
    """Tell whether a name is met, in whatever spelling, among others.

    >>> spelled_in("Գլխարկ", ["Hat", "Khot"]), spelled_in("Խոտ", ["Hat", "Khot"]), spelled_in("Խոտ", [])
    (False, True, False)
    """
    return any(similarity(name, other) >= least for other in others)


def clean(names: Iterable[str], letters: re.Pattern[str]) -> list[str]:
    """Return the names that are written wholly in the given letters, each once, in order; stray capitals are mended.

    >>> clean(["AdZhilu", "Ахмедли", "ash", ""], LATIN)
    ['Adzhilu']
    """
    mended = (name.replace("ՈՒ", "Ու") for name in names)
    trimmed = (_STRAY_CAPITAL.sub(lambda m: m[0].lower(), " ".join(name.replace("՚", "").split())) for name in mended)
    return list(dict.fromkeys(name for name in trimmed if letters.fullmatch(name) and len(name) > 1))


def press_form(azerbaijani: str) -> str:
    """Write an Azerbaijani name as the English-language press does.

    >>> press_form("Xocalı"), press_form("Ağdərə"), press_form("")
    ('Khojali', 'Aghdara', '')
    """
    return azerbaijani.translate(_PRESS)


def from_press(romanised: str) -> str:
    """Write a romanised name in Azerbaijani letters, as well as its spelling allows.

    >>> from_press("Khanbagy"), from_press("Dzhafarkuluushagy"), from_press("")
    ('Xanbagı', 'Cafarkuluuşagı', '')
    """
    text = romanised.replace("’", "").replace("'", "")
    for pattern, letter in _FROM_PRESS:
        text = re.sub(pattern, partial(_in_case, letter), text, flags=re.IGNORECASE)
    return text


def _in_case(letter: str, match: re.Match[str]) -> str:
    return letter.upper() if match[0][0].isupper() else letter


def to_armenian(azerbaijani: str) -> str:
    """Write an Azerbaijani name in Armenian letters, as Armenian maps render it by sound.

    >>> to_armenian("Əhmədavar"), to_armenian("Qaradağlı"), to_armenian("")
    ('Ահմադավար', 'Ղարադաղլը', '')
    """
    words = (_mapped(word, _TO_ARMENIAN, {"e": "է", "o": "օ"}) for word in azerbaijani.split())
    return " ".join(word.replace("յյ", "յ").replace("Յյ", "Յ") for word in words)


def to_azerbaijani(armenian: str) -> str:
    """Write an Armenian name in Azerbaijani letters by sound.

    >>> to_azerbaijani("Ճարտար"), to_azerbaijani("Ոսկեպար"), to_azerbaijani("")
    ('Çartar', 'Voskepar', '')
    """
    return " ".join(
        _mapped(w.replace("ու", "ւ"), _TO_AZERBAIJANI | {"ւ": "u"}, {"ո": "vo", "ե": "ye"})
        for w in armenian.lower().split()
    )


def _mapped(word: str, table: dict[str, str], first: dict[str, str]) -> str:
    lower = word.replace("İ", "i").replace("I", "ı").lower()
    made = "".join((first if not i else {}).get(c, table.get(c, c)) for i, c in enumerate(lower))
    head = made[:1]
    return {"i": "İ"}.get(head, head.upper()) + made[1:] if "a" <= head <= "z" else head.upper() + made[1:]


OWN_LETTERS = re.compile("[əğşçıöüƏĞŞÇİÖÜ]")
FOREIGN_DIGRAPHS = re.compile(r"kh|zh|gh|dj|ch|sh|ou|w|ts|dz|gy", re.IGNORECASE)
"""What the Azerbaijani alphabet writes with one letter of its own: a sign of a romanised Russian or Armenian form."""
RUSSIAN_SOFTNESS = re.compile(r"(?<=[bcdfghjklmnpqrstvxz])[yj]", re.IGNORECASE)
"""A soft sign or soft vowel of Russian after a consonant; in a true Azerbaijani name it is rarer than in a romanised one."""
UNMODERN_ARMENIAN = re.compile("իւ|եւ|եա|ոյ|[A-Za-z]")
"""Spellings of before the reform of 1922, which other tables carry along."""
UNRUSSIAN = re.compile("[аоу]ь")
"""Vowels with a soft sign: another language of the Caucasus in Russian letters."""


def part_word(name: str) -> str:
    """Return the word that sets a part or a twin apart ("Aşağı", "Nerkin"), in small letters, else nothing.

    >>> part_word("Aşağı Oratağ"), part_word("Oratağ")
    ('aşağı', '')
    """
    match = _PARTS.match(name.replace("’", "").replace("'", ""))
    return match.group(1).lower() if match else ""
