"""Spelling: one form to look names up by, and the Latin spellings that a name in its own script is met in.

No library covers this. `transliterate` has no Azerbaijani, its Armenian is reversible rather than that of maps, and its
last release is of 2018; `unidecode` and `anyascii` give one ASCII form a letter, but the press writes several ("Xankəndi" is met
as Khankendi, Khankandi, Xankendi, Hankendi, Khankendy). So the tables stand here: BGN/PCGN 1981 and ISO 9985 for
Armenian, the Azerbaijani Latin and Cyrillic alphabets, BGN/PCGN 1947 for Russian, each with the habits of the press.

Derived spellings are kept few: never shorter than four letters, never a common English word, at most `VARIANT_LIMIT` a
name, the likeliest first.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import islice, product
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gazetteer.model import Toponym

Script = Literal["Latn", "Cyrl", "Armn", "Geor", "Arab", "Zyyy"]

VARIANT_LIMIT = 12
"""The most derived spellings that one name gets."""
SHORTEST_VARIANT = 4
"""Shorter derived forms would be met inside ordinary text too often."""

_COMMON = (
    "also area away back band bank base been best bird both call came camp case city come corn dark date days dead deal dear deep "
    "does done door down each east even ever face fact fall farm fast fear feel fire five food foot four free from full gave girl "
    "give goal gold gone good hand hard have head hear held help here high hill hold home hope hour idea into iron just keep kept "
    "kill kind king knew know lack lady lake land last late lead left less life like line list live long look lord lose loss lost "
    "love made main make male many mark mass meet mile mind mine more most move much must name near need news next night north "
    "once only open oral over page pain part pass past path peak pile plan play port post race rain rank rate read real rest rich "
    "ride ring rise river road rock role roof room rose rule safe said sale salt same sand save seat seen self send sent shot show "
    "shut side sign site size slow some song soon sort soul south star stay step stop such sure take talk tank task team tell test "
    "text than that them then they thin this thus time town tree true turn unit upon user vary very view wage wait wake walk wall "
    "want ward warm wash wave ways weak wear week well went were west what when wide wife wild will wind wine wing wire wish with "
    "word work yard year your zero agar bala dash garden again along among apart arch area arms army aware began begin being black "
    "bread break bring chain check chief child civil claim clear close court cover daily death doing dozen early earth enemy enter "
    "entry event every field fight final first force forth found front given going grand great green group guard heart heavy house "
    "human issue large later least leave level light local major maker march means might miner model money month moral mount mouth "
    "never night noble north occur offer order other party peace phase place plain plant point power press price prior proof queen "
    "quiet raise range reach ready right river rural scale scene sense serve seven shall share sharp shell short since small south "
    "space speak spoke staff stage stand start state still stone store study table taken their there these thing think third those "
    "three tower track trade trial truck under union until upper value visit voice water where which while white whole whose woman "
    "women world would wound write young"
)
ENGLISH_WORDS = frozenset(_COMMON.split())
"""Words that a derived spelling must not be; a place that is truly called so has an entry that says it."""

# ---------------------------------------------------------------------------------------------------- the lookup form

_APOSTROPHES = "'’‘‛ʼʻʹʽ`´′ʾʿ՚ꞌ"
_HYPHENS = "-‐‑‒–—―−֊_"
_LETTERS = {
    "ə": "e", "ǝ": "e", "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ё": "е", "ŋ": "n",
}  # fmt: skip
_TABLE = str.maketrans(
    dict.fromkeys(_APOSTROPHES, "")
    | dict.fromkeys(_HYPHENS, " ")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\ufeff", "")
    | _LETTERS
)
_MARKS_ON_LATIN = re.compile(r"(?<=[a-z])[̀-ͯ]+")


def normalise(text: str) -> str:
    """Return the form that names are compared by: no case, no Latin diacritics, one kind of space.

    Armenian, Cyrillic and other letters stay what they are. Apostrophes vanish and hyphens become spaces, so that
    transliterations with and without them meet. Idempotent.

    >>> normalise("Xankəndi"), normalise("Step’anakert"), normalise("Karmir-Shuka"), normalise("İçəri Şəhər")
    ('xankendi', 'stepanakert', 'karmir shuka', 'iceri seher')
    >>> normalise("Ханкенди"), normalise("")
    ('ханкенди', '')
    """
    if text.isascii():
        return " ".join(text.lower().translate(_TABLE).split())
    while (folded := _fold(text)) != text:
        text = folded
    return text


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = unicodedata.normalize("NFC", _MARKS_ON_LATIN.sub("", decomposed))
    return " ".join(bare.translate(_TABLE).split())


# -------------------------------------------------------------------------------------------------------- the scripts

_RANGES: tuple[tuple[str, str, Script], ...] = (
    ("\u0530", "\u058f", "Armn"),
    ("\ufb13", "\ufb17", "Armn"),
    ("\u0400", "\u052f", "Cyrl"),
    ("\u10a0", "\u10ff", "Geor"),
    ("\u0600", "\u06ff", "Arab"),
)


def script_of_letter(letter: str) -> Script:
    """Return the ISO 15924 code of a letter's script, "Zyyy" for what is no letter or of another script.

    >>> script_of_letter("a"), script_of_letter("Ш"), script_of_letter("Ա"), script_of_letter("7")
    ('Latn', 'Cyrl', 'Armn', 'Zyyy')
    """
    if letter.isascii():
        return "Latn" if letter.isalpha() else "Zyyy"
    for low, high, script in _RANGES:
        if low <= letter <= high:
            return script if letter.isalpha() else "Zyyy"
    latin = letter <= "\u02af" or "\u1e00" <= letter <= "\u1eff"
    return "Latn" if latin and letter.isalpha() else "Zyyy"


def scripts(text: str) -> frozenset[Script]:
    """Return the scripts of a text's letters.

    >>> sorted(scripts("Шуша / Shusha")), sorted(scripts("42"))
    (['Cyrl', 'Latn'], [])
    """
    if text.isascii():
        return frozenset({"Latn"}) if any(map(str.isalpha, text)) else frozenset()
    return frozenset(found for c in set(text) if (found := script_of_letter(c)) != "Zyyy")


# ----------------------------------------------------------------------------------------------------- transliteration


def _letters(letters: str, latin: str) -> dict[str, str]:
    """Pair letters with their Latin ones, which spaces part; "0" stands for nothing."""
    return {a: b.replace("0", "") for a, b in zip(letters, latin.split(), strict=True)}


_ARMENIAN_BGN = _letters(
    "աբգդզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ",
    "a b g d z e y t zh i l kh ts k h dz gh ch m y n sh o ch p j r s v t r ts v p k o f",
)
"""BGN/PCGN 1981 without the apostrophes of aspiration, which the press drops."""
_ARMENIAN_ISO = _ARMENIAN_BGN | _letters("ժխծձղճշչջց", "z x c j g c s c j c")
"""ISO 9985 with its diacritics taken off."""

_AZ_CYRILLIC = _letters(
    "абвгғдеәжзиыјкҝлмноөпрстуүфхһчҹшйюяэёъь",
    "a b v q ğ d e ə j z i ı y k g l m n o ö p r s t u ü f x h ç c ş y yu ya e yo 0 0",
)
"""The Azerbaijani alphabet of 1958 in letters of the present one."""

_RUSSIAN_BGN = _letters(
    "абвгдеёжзийклмнопрстуфхцчшщыэюяъь",
    "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch y e yu ya 0 0",
)
_RUSSIAN_VOWELS = "аеёиоуыэюяъь"

_AZ_PLAIN = str.maketrans({"ə": "e", "ı": "i", "ğ": "g", "ş": "s", "ç": "c", "ö": "o", "ü": "u"})
_AZ_PLAIN_CAPITALS = str.maketrans({"Ə": "E", "İ": "I", "Ğ": "G", "Ş": "S", "Ç": "C", "Ö": "O", "Ü": "U"})
_AZ_CHOICES: dict[str, tuple[str, ...]] = {
    "x": ("kh", "h"),
    "q": ("g", "k", "gh"),
    "c": ("j",),
    "ç": ("ch",),
    "ş": ("sh",),
    "ğ": ("gh", "g"),
    "ə": ("a", "e"),
    "ı": ("i", "y"),
    "ö": ("o",),
    "ü": ("u",),
    "j": ("zh",),
}


def romanise_armenian(text: str, *, iso: bool = False) -> str:
    """Write Armenian letters in Latin ones by BGN/PCGN 1981, or ISO 9985 without its marks.

    >>> romanise_armenian("Ստեփանակերտ"), romanise_armenian("Երևան"), romanise_armenian("Խնձորեսկ", iso=True)
    ('Stepanakert', 'Yerevan', 'Xnjoresk')
    >>> romanise_armenian("")
    ''
    """
    return " ".join("-".join(_armenian_word(part, iso=iso) for part in word.split("-")) for word in text.split())


def _armenian_word(word: str, *, iso: bool) -> str:
    table = _ARMENIAN_ISO if iso else _ARMENIAN_BGN
    low = word.lower().replace("ու", "\0").replace("և", "եւ")
    out: list[str] = []
    for at, letter in enumerate(low):
        if letter == "\0":
            out.append("u")
        elif letter == "ե":
            # initial ե is "ye"; so is the և of "Երևան" after a vowel, but not after a consonant
            out.append("ye" if at == 0 and not iso else "e")
        elif letter == "ո":
            out.append("vo" if at == 0 and not iso and low[1:2] != "վ" else "o")
        else:
            out.append(table.get(letter, letter))
    return _cased("".join(out), word)


def romanise_russian(text: str) -> str:
    """Write Russian letters in Latin ones by BGN/PCGN 1947, without the signs for soft and hard.

    >>> romanise_russian("Степанакерт"), romanise_russian("Ереван"), romanise_russian("Кельбаджар"), romanise_russian("")
    ('Stepanakert', 'Yerevan', 'Kelbadzhar', '')
    """
    words = []
    for word in text.split():
        low = word.lower()
        out = [
            "ye"
            if c == "е" and (at == 0 or low[at - 1] in _RUSSIAN_VOWELS or low[at - 1] == "-")
            else _RUSSIAN_BGN.get(c, c)
            for at, c in enumerate(low)
        ]
        words.append(_cased("".join(out), word))
    return " ".join(words)


def latin_azerbaijani(text: str) -> str:
    """Write the Cyrillic Azerbaijani of 1958-91 in the Latin alphabet of today.

    >>> latin_azerbaijani("Ханкәнди"), latin_azerbaijani("Ҹәбрајыл"), latin_azerbaijani("")
    ('Xankəndi', 'Cəbrayıl', '')
    """
    return " ".join(_cased("".join(_AZ_CYRILLIC.get(c, c) for c in word.lower()), word) for word in text.split())


def _cased(made: str, original: str) -> str:
    """Give a made word the capitals of the original's parts ("Хин-Тагер": each part)."""
    if original[:1].isupper():
        return "-".join(part[:1].upper() + part[1:] for part in made.split("-"))
    return made


def _azerbaijani(text: str) -> Iterator[str]:
    """Yield Latin spellings of an Azerbaijani name, the likeliest first."""
    low = text.replace("İ", "i").replace("I", "ı").lower() if not text.isascii() else text.lower()
    yield _cased_words(low.translate(_AZ_PLAIN), text)
    used = [c for c in _AZ_CHOICES if c in low]
    styles = product(*(_AZ_CHOICES[c] for c in used))
    for style in sorted(
        styles, key=lambda choice: sum(_AZ_CHOICES[c].index(s) for c, s in zip(used, choice, strict=True))
    ):
        made = low.translate({ord(c): s for c, s in zip(used, style, strict=True)})
        yield _cased_words(made, text)


def _cased_words(made: str, original: str) -> str:
    return " ".join(_cased(m, o) for m, o in zip(made.split(" "), original.split(" "), strict=True))


def _russian(text: str) -> Iterator[str]:
    """Yield Latin spellings of a Russian name: by the rules, then as the press shortens them."""
    strict = romanise_russian(text)
    yield strict
    if "dzh" in strict.lower():
        yield strict.replace("dzh", "j").replace("Dzh", "J")


def _armenian(text: str) -> Iterator[str]:
    strict = romanise_armenian(text)
    yield strict
    yield romanise_armenian(text, iso=True)


@lru_cache(maxsize=65536)
def _derive(text: str, language: str) -> tuple[str, ...]:
    found = scripts(text)
    made: Iterable[str]
    if found == {"Armn"}:
        made = _armenian(text)
    elif found == {"Cyrl"}:
        made = _azerbaijani(latin_azerbaijani(text)) if language == "az" else _russian(text)
    elif found == {"Latn"} and language == "az":
        made = _azerbaijani(text)
    else:
        return ()
    own = normalise(text)
    kept: dict[str, str] = {}
    for form in made:
        key = normalise(form)
        if key == own and form.isascii() == text.isascii():
            continue
        if len(key) >= SHORTEST_VARIANT and key not in ENGLISH_WORDS and key.isascii():
            kept.setdefault(key, form)
    return tuple(islice(kept.values(), VARIANT_LIMIT))


def variants(name: Toponym) -> tuple[str, ...]:
    """Return the Latin spellings that a name's own script and language give it in the press.

    Names in a foreign spelling (English, French ...) have none: they are such spellings themselves.

    >>> from gazetteer.model import Toponym
    >>> sorted(variants(Toponym("Xankəndi", "az-Latn")))
    ['Hankandi', 'Hankendi', 'Khankandi', 'Khankendi', 'Xankendi']
    >>> variants(Toponym("Ստեփանակերտ", "hy-Armn")), variants(Toponym("Stepanakert", "en"))
    (('Stepanakert',), ())
    """
    return _derive(name.text, name.lang.partition("-")[0])


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
    plain = (
        text
        if text.isascii()
        else unicodedata.normalize("NFKD", text.translate(_AZ_PLAIN).translate(_AZ_PLAIN_CAPITALS))
    )
    return plain.encode("ascii", "ignore").decode()
