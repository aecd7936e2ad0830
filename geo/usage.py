"""Tell how each place name is used: as a place, for a government, as a modifier, or in a dateline.

"Baku said" is a government, "shells fell on Baku" a place, "Baku-based" a modifier, "BAKU (Reuters) -" a dateline.
Only the first may become a point on a map. The evidence is grammatical (see `geo.usage_features`); its weights are
trained by `tools/train_usage.py` and readable in `geo/data/weights/usage.json`.

The problem is known as toponym metonymy: Markert and Nissim, SemEval-2007 task 8; Gritta et al., "Vancouver welcomes
you! Minimalist location metonymy resolution", ACL 2017, and "A pragmatic guide to geoparsing evaluation", 2020.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from gazetteer.model import SETTLEMENTS
from geo.linear import LinearModel, probability, read_model
from geo.usage_features import context, groups, lexicon, tokenise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.index import Gazetteer
    from gazetteer.model import Place
    from geo.model import Mention, Usage

WEIGHTS = Path(__file__).parent / "data" / "weights" / "usage.json"


@dataclass(frozen=True, slots=True)
class UsageVerdict:
    """How one mention is used, how likely it is literal (0 to 1), and the deciding evidence in words."""

    usage: Usage
    literal_probability: float
    reason: str


def classify(
    text: str, mentions: Sequence[Mention], sentences: Sequence[tuple[int, int]], places: Gazetteer | None
) -> tuple[UsageVerdict, ...]:
    """Return a verdict for each mention, in the order of the mentions.

    `mentions` do not overlap and are sorted by offset; `sentences` are (start, end) offsets that cover the text in
    order. `places` tells the kind of what a mention may mean; None leaves only the words around it as evidence.

    >>> from geo.model import Mention
    >>> text = "Baku said that shells fell near Shusha."
    >>> for verdict in classify(text, [Mention(0, 4, "Baku"), Mention(32, 38, "Shusha")], [(0, len(text))], None):
    ...     print(verdict.usage, "|", verdict.reason)
    actor | subject of "said"
    literal | after the preposition "near"
    >>> classify("", [], [], None)
    ()
    """
    if not mentions:
        return ()
    model = _model()
    datelines = [match.span(match.lastgroup or 0) for match in _dateline().finditer(text)]
    verdicts: list[UsageVerdict] = []
    k, count = 0, len(mentions)
    d = 0
    for start, end in sentences:
        if k >= count:
            break
        first = k
        while k < count and mentions[k].start < end:
            k += 1
        if k == first:
            continue
        here = mentions[first:k]
        sentence = tokenise(text, start, end, here)
        verdicts_here: list[UsageVerdict | None] = [None] * len(here)
        for n, mention in enumerate(here):
            while d < len(datelines) and datelines[d][1] <= mention.start:
                d += 1
            if d < len(datelines) and datelines[d][0] <= mention.start:
                verdicts_here[n] = UsageVerdict("dateline", 0.02, "in the dateline, where the report was filed")
        for a, b in groups(sentence):
            evidence = context(sentence, a, b)
            for n in range(a, b + 1):
                if verdicts_here[n] is None:
                    verdicts_here[n] = _judge(here[n], evidence, model, places, coordinated=b > a)
        verdicts += [v for v in verdicts_here if v is not None]
    return tuple(verdicts)


def _judge(
    mention: Mention,
    evidence: list[tuple[str, str]],
    model: LinearModel,
    places: Gazetteer | None,
    *,
    coordinated: bool,
) -> UsageVerdict:
    kind, demonym = _kind(mention, places)
    if demonym:
        return UsageVerdict("modifier", 0.01, "a word for a people, not a place")
    kind_feature = f"kind={kind}"
    score = model.score([name for name, _ in evidence]) + model.weights.get(kind_feature, 0.0)
    literal = score > 0
    sign = 1 if literal else -1
    best, best_word, best_weight = "", "", 0.0
    for name, word in evidence:
        weight = sign * model.weights.get(name, 0.0)
        if weight > best_weight:
            best, best_word, best_weight = name, word, weight
    if sign * model.weights.get(kind_feature, 0.0) > best_weight + 1.5:
        best, best_word = kind_feature, ""
    reason = _reason(best, best_word)
    if coordinated and best:
        reason += ", shared with the names it is coordinated with"
    usage: Usage = "literal" if literal else "modifier" if _modifies(evidence) else "actor"
    return UsageVerdict(usage, round(probability(score), 4), reason)


def _modifies(evidence: list[tuple[str, str]]) -> bool:
    return any(name.startswith(("noun=", "compound=")) or name == "possessive=office" for name, _ in evidence)


_KINDS = {
    "country": "country", "region": "region", "province": "province", "district": "province", "organisation": "organisation",
}  # fmt: skip


def _kind(mention: Mention, places: Gazetteer | None) -> tuple[str, bool]:
    """Return the class of what a mention may mean, and whether it is a word for a people."""
    if places is None or not mention.candidates:
        return "unknown", False
    found: list[str] = []
    for place_id in mention.candidates:
        place = places.get(place_id)
        if place is None:
            continue
        if mention.text in place.demonyms:
            return "country", True
        found.append(_place_kind(place))
    if not found:
        return "unknown", False
    # a name shared by a town and a district is weighed as what can least easily act
    for wanted in ("seat", "country", "capital", "organisation", "region", "province", "settlement"):
        if wanted in found:
            return wanted, False
    return "site", False


def _place_kind(place: Place) -> str:
    if place.seat_of:
        return "seat"
    if place.kind in SETTLEMENTS:
        return "capital" if place.capital_of else "settlement"
    return _KINDS.get(place.kind, "site")


_REASONS = {
    "prep": 'after the preposition "{word}"',
    "of": 'after "{word} of"',
    "object": 'object of "{word}"',
    "possessive": 'possessive before "{word}"',
    "noun": 'before the noun "{word}"',
    "subject": 'subject of "{word}"',
    "before": 'before "{word}"',
    "compound": 'in the compound with "{word}"',
    "apposition": 'explains "{word}"',
    "apposed": 'explained as "{word}"',
    "title": 'after "{word}"',
    "kind": "by its kind ({word})",
    "where": 'followed by "where"',
    "clause_start": "at the head of a clause",
    "after_be": 'after "{word}"',
    "before_to": 'before "to"',
}
_KIND_WORDS = {
    "settlement": "a settlement that is no capital", "site": "a site, line or natural feature", "region": "a region",
    "province": "a province or district", "country": "a country", "capital": "a capital", "seat": "a seat of government",
    "organisation": "an organisation", "unknown": "unknown",
}  # fmt: skip


def _reason(name: str, word: str) -> str:
    if not name:
        return "no evidence beside the name"
    head, _, value = name.removeprefix("outer ").partition("=")
    if head == "kind":
        return f"by its kind: {_KIND_WORDS.get(value, value)}"
    template = _REASONS.get(head)
    if template is None:
        return f'after "{word}"'
    return template.format(word=word)


@cache
def _model() -> LinearModel:
    return read_model(WEIGHTS)


@cache
def _dateline() -> re.Pattern[str]:
    """Return the pattern of a dateline at the head of a line; its one named group holds the places of filing.

    The forms are those of agencies: "BAKU (Reuters) -", "TBILISI, Georgia — ", "Yerevan, September 20, Armenpress.",
    "MOSCOW, September 19. /TASS/.", "STEPANAKERT. – ", "Baku/19.09.23/Turan:".
    """
    month = (
        r"(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
        r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
    )
    date = rf"(?:\d{{1,2}}\s+{month}|{month}\s+\d{{1,2}}|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}})(?:,?\s+\d{{4}})?"
    agency = "(?:" + "|".join(re.escape(name) for name in lexicon().agencies) + r")\b"
    word = r"[^\W\d_a-z][^\W\d_]*(?:[-.'’][^\W\d_]+)*\.?"
    caps = r"[^\W\d_a-z]{3,}(?:[-.'’ ]+[^\W\d_a-z]+)*"
    dash = r"(?:—|–|--|-)"
    places = rf"{word}(?:[ ]{word}){{0,3}}?(?:\s?[,/]\s?{word}(?:[ ]{word}){{0,2}}?){{0,2}}?"
    return re.compile(
        rf"""^[ \t"“]*(?:
          (?P<places>{places})
            (?: \s?[,./]?\s?(?:{date}\s*[.,]?\s*)? (?:\([ ]?{agency}[^)\n]{{0,50}}\)|/[ ]?{agency}[^/\n]{{0,40}}/)
              | \s?[,./]\s?{date}\s*[.,/]?\s*(?:{dash}\s|\(|/|{agency}|[^\W\d_a-z][\w.]*[.:,]\s)
              | \.\s?{dash}\s
            )
          | (?P<capitals>{caps}(?:\s?[,/]\s{word}(?:[ ]{word}){{0,2}}){{0,2}}) \s?{dash}\s(?=["“]?[A-Z].{{0,80}}?[a-z])
        )""",
        re.MULTILINE | re.VERBOSE,
    )
