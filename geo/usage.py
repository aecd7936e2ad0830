"""Tell how each place name is used: as a place, for a government, as a modifier, or in a dateline.

"Baku said" is a government, "shells fell on Baku" a place, "Baku-based" a modifier, "BAKU (Reuters) -" a dateline.
Only the first may become a point on a map. The evidence is grammatical (see `geo.usage_features`); its weights are
trained by `tools/train_usage.py` and readable in `geo/data/weights/usage.json`.

The problem is known as toponym metonymy: Markert and Nissim, SemEval-2007 task 8; Gritta et al., "Vancouver welcomes
you! Minimalist location metonymy resolution", ACL 2017, and "A pragmatic guide to geoparsing evaluation", 2020.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from gazetteer.model import SETTLEMENTS
from geo.datelines import dateline_spans
from geo.linear import probability, read_model
from geo.usage_features import context, form, groups, setting, tokenise, words_around

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gazetteer.index import Gazetteer
    from gazetteer.model import Place
    from geo.linear import LinearModel
    from geo.model import Mention, Usage
    from geo.usage_features import Evidence

DEMONYM = "demonym"
_ABLE_TO_ACT = frozenset({"country", "capital", "region", "unknown"})
_BY_ABILITY_TO_ACT = ("organisation", "seat", "country", "capital", "region", "province", "settlement", "site")
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
    datelines = iter(dateline_spans(text))
    dateline = next(datelines, None)
    kinds = [_kind(mention, places) for mention in mentions]
    verdicts: list[UsageVerdict] = []
    for mention, kind, evidence in zip(mentions, kinds, evidence_of(text, mentions, sentences, kinds), strict=True):
        while dateline and dateline[1] <= mention.start:
            dateline = next(datelines, None)
        if dateline and dateline[0] <= mention.start:
            verdicts.append(UsageVerdict("dateline", 0.02, "in the dateline, where the report was filed"))
        elif kind == DEMONYM:
            verdicts.append(UsageVerdict("modifier", 0.01, "a word for a people, not a place"))
        else:
            verdicts.append(_judge(evidence, model))
    return tuple(verdicts)


def evidence_of(
    text: str, mentions: Sequence[Mention], sentences: Sequence[tuple[int, int]], kinds: Sequence[str]
) -> list[Evidence]:
    """Return for each mention its features, each with the word that shows it, as `classify` weighs them.

    >>> evidence_of("", [], [], [])
    []
    """
    out: list[Evidence] = []
    k, count = 0, len(mentions)
    for start, end in sentences:
        first = k
        while k < count and mentions[k].start < end:
            k += 1
        if k == first:
            continue
        here = mentions[first:k]
        sentence = tokenise(text, min(start, here[0].start), max(end, here[-1].end), here)
        wide = setting(sentence)
        for a, b in groups(sentence):
            evidence = context(sentence, a, b)
            evidence += words_around(sentence, a, b)
            evidence += wide
            for n in range(a, b + 1):
                kind = kinds[first + n]
                own = form(here[n].text) if kind == "unknown" else []
                out.append([*evidence, *of_kind(kind, evidence, contest=bool(wide)), *own])
    out += [[] for _ in range(count - len(out))]
    return out


def _judge(evidence: Evidence, model: LinearModel) -> UsageVerdict:
    score = model.score([name for name, _ in evidence])
    literal = score > 0
    sign = 1 if literal else -1
    best, best_word, best_weight = "", "", 0.0
    for name, word in evidence:
        weight = sign * model.weights.get(name, 0.0)
        if weight > best_weight:
            best, best_word, best_weight = name, word, weight
    usage: Usage = "literal" if literal else "modifier" if modifying(name for name, _ in evidence) else "actor"
    return UsageVerdict(usage, round(probability(score), 4), _reason(best, best_word))


def of_kind(kind: str, evidence: Evidence, *, contest: bool) -> Evidence:
    """Return the features of what kind of place a name may mean, alone and with the main evidence beside it.

    >>> of_kind("country", [("subject=say", "said")], contest=False)
    [('kind=country', ''), ('country: subject=say', 'said')]
    >>> of_kind("site", [], contest=True)
    [('kind=site', ''), ('site: contest', '')]
    """
    out = [(f"kind={kind}", "")]
    if contest:
        out.append((f"{kind}: contest", ""))
    if kind in _ABLE_TO_ACT:
        out += [(f"{kind}: {name}", word) for name, word in evidence if name.startswith(_TELLING)]
    return out


_GOVERNED = ("prep=", "of=", "to=", "from=", "with=", "on=", "against=", "between=", "by=", "for=", "over=")
_TELLING = (
    "subject=", "before=", "possessive=", "noun=", "object=", "prep=", "of=", "from=", "to=", "with=", "on=", "against=",
    "clause_start", "apposed=", "apposition=", "outer prep=place",
)  # fmt: skip


def modifying(features: Iterable[str]) -> bool:
    """Tell whether a name that is no place stands before a noun and says whose or which it is.

    >>> modifying(["noun=office"]), modifying(["subject=say"]), modifying([])
    (True, False, False)
    """
    return any(name.startswith(("noun=", "compound=", "own=")) or name == "possessive=office" for name in features)


_KINDS = {
    "country": "country", "region": "region", "province": "province", "district": "province", "organisation": "organisation",
}  # fmt: skip


def _kind(mention: Mention, places: Gazetteer | None) -> str:
    """Return the class of what a mention may mean, as far as usage goes."""
    if places is None or not mention.candidates:
        return "unknown"
    found: list[str] = []
    for place_id in mention.candidates:
        place = places.get(place_id)
        if place is None:
            continue
        if mention.text in place.demonyms:
            return DEMONYM
        found.append(_place_kind(place))
    # a name shared by a government and a town is weighed as what can act: the words around it then decide
    return next((kind for kind in _BY_ABILITY_TO_ACT if kind in found), "unknown")


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
