"""Parts a sentence into clauses by its punctuation, conjunctions and relative words: rough, and enough for scope."""

from __future__ import annotations

import re

_BORDER = re.compile(
    r"""
      (?:;|:(?!\d)|(?<!\w)[—–]|[—–](?!(?-i:[A-Z])))\s*|\s-\s                  # strong punctuation, not "1:45", "X–Y highway"
    | ,\s+(?=(?:and|but|or|while|as|after|before|when|where|which|who|whose|although|though|because|since|so|with|adding|saying|
        forcing|leaving|killing|wounding|injuring|causing|destroying|damaging|according|including|an?\s+\w+\s+that|despite|following|
        then|yet|until|only|whereas|however|citing|noting|accusing|blaming|warning|prompting|triggering|sparking)\b)
    | ,\s+(?=(?:was|were|is|are|has|have|had)\s)                         # the sentence goes on behind a clause put in
    | ,\s+(?=(?:at\s+least|more\s+than|some|about|nearly|around|up\s+to|an\s+estimated)\s+\d)
    | \s+(?=(?:while|but|although|though|because|whereas|after|before|until|unless|when|where|which|who|since|if|as\s+a\s+result|amid)\b)
    | (?<=\bthat)(?<!\b(?:on|in|at|of|to)\sthat)(?<!\bfor\sthat)(?<!\b(?:from|with)\sthat)(?<!\bafter\sthat)(?<!\bbefore\sthat)\s+  # not "on that section"
    | \s+and\s+(?=(?:has|have|had|was|were|is|are|said|called|told|also|then|its|their|that|he|she|it|they|will|would)\b)
    | \s+and\s+(?=the\s+(?:(?!and\b|in\b|at\b|on\b|from\b)[\w’'-]+\s+){1,5}(?:was|were|is|are|has|have|had|will|would|said|fell|came|went|took|broke|\w{2,}ed)\b)
    | ,?\s+and\s+(?=(?:on|in)\s+(?:the\s+)?(?:night\b|morning\b|evening\b|\d{1,2}\s+[A-Z]|(?-i:January|February|March|April|May|June|July|August
        |September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b))
    """,
    re.VERBOSE | re.IGNORECASE,
)


def clauses(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Return the clauses of text[start:end] as spans that cover it in order.

    >>> t = "Shells hit the town, while troops withdrew after talks."
    >>> [t[a:b] for a, b in clauses(t, 0, len(t))]
    ['Shells hit the town', 'while troops withdrew', 'after talks.']
    >>> clauses("", 0, 0)
    ()
    """
    spans, begin = [], start
    for border in _BORDER.finditer(text, start, end):
        if border.start() > begin:
            spans.append((begin, border.start()))
        begin = border.end()
    if end > begin:
        spans.append((begin, end))
    return tuple(spans)


def clause_at(spans: tuple[tuple[int, int], ...], position: int) -> tuple[int, int]:
    """Return the clause that holds a position (the nearest one before it for a border); the spans must not be empty."""
    held = [span for span in spans if span[0] <= position]
    return held[-1] if held else spans[0]
