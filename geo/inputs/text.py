"""Plain text: the encoding, the front matter, and where the report itself begins."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from geo.inputs.metadata import ALIASES, KEYS

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# News text outside Unicode: Western, Cyrillic and Turkish Windows pages and their ISO and Unix cousins. Left free, the
# detector names rare code pages for a text with three curly quotes in it.
_CODE_PAGES = [
    "cp1252",
    "cp1251",
    "cp1254",
    "cp1250",
    "iso8859_15",
    "iso8859_5",
    "koi8_r",
    "cp866",
    "gb18030",
    "shift_jis",
]
_SAMPLE = 200_000  # bytes shown to the detector: it is slow, and more text does not change its mind
_FRONT = re.compile(r"---[ \t]*\r?\n(?P<head>.*?)(?:^|\r?\n)---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_PAIR = re.compile(r"(?P<key>[A-Za-z][\w .-]{0,40}?)[ \t]*:[ \t]*(?P<value>.*)")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text as decoded (newlines and all, without a byte order mark), its encoding, and whether that was a guess."""

    text: str
    encoding: str
    guessed: bool = False
    damaged: int = 0
    """Bytes that fit no character and were replaced."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The key: value lines between two --- at the top; `lines` gives the line of each key."""

    values: dict[str, str]
    lines: dict[str, int]
    body_start: int


def decode(data: bytes) -> Decoded | None:
    r"""Decode bytes to text without touching newlines; None where they are no text.

    >>> decode("В городе слышны выстрелы.\r\n".encode("cp1251")).text
    'В городе слышны выстрелы.\r\n'
    >>> decode(b"\xef\xbb\xbfShusha").text, decode(b"")
    ('Shusha', Decoded(text='', encoding='utf-8', guessed=False, damaged=0))
    >>> decode(b"\x89PNG\r\n\x1a\n\x00\x00") is None
    True
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            try:
                return Decoded(data.decode(name), name.removesuffix("-sig"))
            except UnicodeDecodeError:
                return None
    if b"\x00" in data:
        return _wide(data)
    return _narrow(data)


def _narrow(data: bytes) -> Decoded | None:
    """Read UTF-8, UTF-8 with a wound, or an older code page, in this order."""
    try:
        return _checked(Decoded(data.decode("utf-8"), "utf-8"))
    except UnicodeDecodeError:
        pass
    loose = data.decode("utf-8", errors="replace")
    bad = loose.count("�")
    good = sum(ord(c) > 127 for c in loose) - bad
    if good > 4 * bad:  # for example a file cut inside a character
        return _checked(Decoded(loose, "utf-8", damaged=bad))
    best = from_bytes(data[:_SAMPLE], cp_isolation=_CODE_PAGES).best()
    if best is None:
        return None
    text, encoding = data.decode(best.encoding, errors="replace"), best.encoding
    if text == data.decode("cp1252", errors="replace"):  # several pages agree on curly quotes: name the common one
        encoding = "cp1252"
    return _checked(Decoded(text, encoding, guessed=True))


def _wide(data: bytes) -> Decoded | None:
    """Read UTF-16 without a mark: Latin text has a zero in every other byte."""
    for name, zeros in (("utf-16-le", data[1::2]), ("utf-16-be", data[0::2])):
        if len(data) % 2 == 0 and zeros.count(0) > 0.6 * len(zeros):
            try:
                return _checked(Decoded(data.decode(name), name, guessed=True))
            except UnicodeDecodeError:
                return None
    return None


def _checked(decoded: Decoded) -> Decoded | None:
    """Turn down what decodes and is no text: more than one control character in fifty."""
    control = sum(ord(c) < 32 and c not in "\t\n\r\f\v\x1b" for c in decoded.text[:_SAMPLE])
    return None if control * 50 > min(len(decoded.text), _SAMPLE) else decoded


def writable(text: str) -> str:
    r"""Replace what no UTF-8 file or C string can hold: JSON's half characters and zeros. Mostly returns the same text.

    >>> writable("a\ud800b\0"), writable("Şuşa")
    ('a�b�', 'Şuşa')
    """
    if text.isascii() and "\x00" not in text:
        return text
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\x00", "\ufffd")


def front_matter(text: str) -> FrontMatter:
    r"""Read the header between two --- lines, if there is one; values may hold colons and need no quotes.

    YAML would stumble over a title such as `Karabakh: the war`, so these lines are read as they are meant.

    >>> front_matter("---\ntitle: Karabakh: the war\ndate: 2023-09-20\n---\nText").values
    {'title': 'Karabakh: the war', 'published': '2023-09-20'}
    >>> front_matter("Text without a header").body_start
    0
    """
    found = _FRONT.match(text)
    if not found:
        return FrontMatter({}, {}, 0)
    values: dict[str, str] = {}
    lines: dict[str, int] = {}
    for number, line in enumerate(found["head"].splitlines(), start=2):
        pair = _PAIR.fullmatch(line.strip())
        if not pair:
            continue
        key = pair["key"].strip().lower()
        key = key if key in KEYS else ALIASES.get(key, key)
        if key not in values:
            values[key] = pair["value"].strip().strip("\"'")
            lines[key] = number
    return FrontMatter(values, lines, found.end())
