"""Place ids: ASCII slugs that never change."""

from __future__ import annotations

_SLUG_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")


def is_slug(text: str) -> bool:
    """Tell whether a text can be a place id: small ASCII letters, digits and single hyphens inside."""
    return bool(text) and _SLUG_LETTERS.issuperset(text) and text[0] != "-" and text[-1] != "-" and "--" not in text


def slug(text: str) -> str:
    """Make a place id of a name.

    >>> slug("Xankəndi"), slug("Karmir Shuka"), slug("Степанакерт"), slug("")
    ('xankendi', 'karmir-shuka', 'stepanakert', 'place')
    """
    from gazetteer.transliteration import ascii_form  # noqa: PLC0415  (only where an id is made)

    kept = "".join(c if c in _SLUG_LETTERS else "-" for c in ascii_form(text).lower())
    return "-".join(part for part in kept.split("-") if part) or "place"
