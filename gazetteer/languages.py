"""Language tags: which ones names may carry, and what a wrong one was meant to be.

BCP 47 is kept to as far as names need it: a language of ISO 639-1 (or any three letters of ISO 639-3), a script where a
language has several, a region. The two-letter codes stand here because the full registry is half a megabyte.
"""

from __future__ import annotations

import re
from functools import lru_cache

_CODES = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et "
    "eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl "
    "km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj "
    "om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to "
    "tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
_TWO_LETTERS = frozenset(_CODES.split())
_SCRIPTS = {
    "latn": "Latn",
    "cyrl": "Cyrl",
    "armn": "Armn",
    "geor": "Geor",
    "arab": "Arab",
    "hebr": "Hebr",
    "grek": "Grek",
    "hans": "Hans",
    "hant": "Hant",
    "deva": "Deva",
}
_NAMES = {
    "armenian": "hy", "arm": "hy", "azerbaijani": "az", "azeri": "az", "aze": "az", "azerbaijan": "az", "russian": "ru", "rus": "ru",
    "english": "en", "eng": "en", "persian": "fa", "farsi": "fa", "fas": "fa", "turkish": "tr", "tur": "tr", "georgian": "ka",
    "kat": "ka", "french": "fr", "fra": "fr", "german": "de", "deu": "de", "kurdish": "ku", "ukrainian": "uk", "arabic": "ar",
    "hye": "hy", "am": "hy", "latin": "la", "spanish": "es", "hebrew": "he", "greek": "el", "ua": "uk", "gr": "el", "ir": "fa",
}  # fmt: skip
_TAG = re.compile(r"([a-z]{2,3})(-[A-Z][a-z]{3})?(-[A-Z]{2})?(-x-[a-z0-9]{1,8})?")


@lru_cache(maxsize=512)
def is_language_tag(tag: str) -> bool:
    """Tell whether a tag is well formed and its language known.

    >>> [tag for tag in ("az", "az-Latn", "hy-Armn", "azeri", "xx", "az-latn", "") if is_language_tag(tag)]
    ['az', 'az-Latn', 'hy-Armn']
    """
    match = _TAG.fullmatch(tag)
    if match is None:
        return False
    language = match.group(1)
    return len(language) == 3 or language in _TWO_LETTERS


def likely_tag(tag: str) -> str | None:
    """Return the tag that a wrong one was probably meant to be, or None.

    >>> likely_tag("azeri"), likely_tag("AZ_latn"), likely_tag("Armenian-Latn"), likely_tag("???")
    ('az', 'az-Latn', 'hy-Latn', None)
    """
    language, *rest = tag.replace("_", "-").lower().split("-")
    language = language if language in _TWO_LETTERS else _NAMES.get(language, language)
    script = next((_SCRIPTS[part] for part in rest if part in _SCRIPTS), None)
    made = f"{language}-{script}" if script else language
    return made if made != tag and is_language_tag(made) else None
