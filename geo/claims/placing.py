"""Finds where an event happened: by grammar, by the linking model, by what the text last spoke of, or nowhere.

A place that only says where somebody spoke, or where a treaty was signed, is never taken; unsure means no place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.claims.analysis import said_in, within
from geo.claims.grammar import Scene, is_bound, is_elsewhere, is_said_there
from geo.claims.kinds import CARRIES_PLACE, KINETIC, NOT_DRAWN, is_too_wide
from geo.claims.linking import coordinated, link_probabilities, stand_together, threshold, with_gapped
from geo.claims.pairs import Pair
from geo.claims.triggers import CASUALTIES
from geo.footprint import footprint
from geo.model import Footprint
from geo.spatial import preposition_before

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer.index import Gazetteer
    from geo.claims.analysis import Analysis
    from geo.claims.triggers import Trigger
    from geo.model import Casualties, DateRange, Modality
    from geo.spatial import Reference
    from geo.text import Sentence

_SURE = 0.95
_BETTER_THAN_CARRIED = 0.1
"""From here a place in the sentence is likelier than the one that the text spoke of before."""
_ACROSS = 0.75
"""How sure a place in another clause must be, unless it opens the sentence."""
_ONLY = 0.3
"""How sure the only place of a sentence must be."""
_OPENING = 25
_WIDE = frozenset({"country", "region", "province"})
"""Kinds of places that give way to any place in them that the sentence names: "In X, ... when shells hit Y"."""
_COUNTRY_PREPOSITIONS = frozenset({"in", "inside", "across", "throughout", "into", "within"})
_ARRIVALS = frozenset({"to", "for", "towards", "toward"})
_WAYS = {
    "aid_delivery": _ARRIVALS | {"into", "in"},
    "displacement": _ARRIVALS | {"into", "from"},
    "withdrawal_or_handover": frozenset({"from"}),
    "prisoner_release": _ARRIVALS | {"from"},
}
"""Prepositions of the places that people or goods come from or go to: these are where such an event happened."""


def link(
    analysis: Analysis,
    sentence: Sentence,
    trigger: Trigger,
    clause: tuple[int, int],
    refs: Sequence[Reference],
    triggers: Sequence[Trigger],
) -> tuple[tuple[Reference, ...], str, float]:
    """Return the references where the trigger's event happened, the reason and its probability; () where unsure."""
    text = analysis.report.text
    if is_done_to_a_country(analysis, sentence, trigger) or _takes_up_what_has_no_entry(text, trigger, refs):
        return (), "", 0.0
    scores, strange = _located(text, refs, *_scores(analysis, sentence, trigger, clause, refs, triggers))
    reach = _with_relatives(text, clause, sentence.end)
    small = [ref for ref in refs if analysis.places[ref.place_ids[0]].kind not in {"country", "organisation"}]
    alone = len({ref.place_ids for ref in _finest(small, analysis.places)}) == 1
    across = _ONLY if alone else threshold() if trigger.event_type == CASUALTIES else _ACROSS
    near = {i: score for i, score in scores.items() if clause[0] <= refs[i].start < reach}
    far = {
        i: score
        for i, score in scores.items()
        if i not in near and (score >= across or refs[i].start - sentence.start <= _OPENING)
    }
    sure = {i: score for i, score in near.items() if score >= threshold() / 2} or {
        i: s for i, s in far.items() if s >= threshold()
    }
    if not sure and trigger.event_type in CARRIES_PLACE:
        sure = {i: score for i, score in (near | far).items() if score >= _BETTER_THAN_CARRIED}
    if not sure:
        return (), "", 0.0
    best = max(sure, key=lambda i: sure[i])
    score = sure[best]
    too_wide = is_too_wide(analysis.places[refs[best].place_ids[0]])
    if any(p > score and (too_wide or not stand_together(text, span, refs[best])) for span, p in strange.items()):
        return (), "", 0.0  # a name that no entry has is the likelier place
    if trigger.event_type == "displacement" and analysis.places[refs[best].place_ids[0]].kind == "country":
        # where people fled from says more than the country that they reached
        best = next((i for i, ref in enumerate(refs) if ref.relation == "from"), best)
    best = _by_way(text, trigger, best, refs, near)
    wide = analysis.places[refs[best].place_ids[0]].kind in _WIDE
    rivals = scores if wide else {i: s for i, s in near.items() if s >= threshold() / 2}
    best = _most_exact(best, rivals, refs, analysis.places)
    group = with_gapped(text, refs, coordinated(text, refs, best))
    kinds = {analysis.places[ref.place_ids[0]].kind == "country" for ref in group}
    chosen = _finest(group if len(kinds) == 1 else (refs[best],), analysis.places)
    return chosen, f'"{trigger.text}" with {", ".join(ref.text for ref in chosen)} (p = {score:.2f})', score


def _located(
    text: str, refs: Sequence[Reference], scores: dict[int, float], strange: dict[tuple[int, int], float]
) -> tuple[dict[int, float], dict[tuple[int, int], float]]:
    """Give what speaks for a name that no entry has to the distance behind it: "X, 27 km north of Y" is where X lies."""
    told = {
        span: i
        for span in strange
        for i, ref in enumerate(refs)
        if ref.bearing is not None and _APPOSED.fullmatch(text, span[1], ref.start)
    }
    located = {i: max(scores.get(i, 0.0), strange[span]) for span, i in told.items()}
    return scores | located, {span: p for span, p in strange.items() if span not in told}


_APPOSED = re.compile(r",?\s+(?:(?:which|that)\s+)?(?:(?:is|lies|located|situated|some|about)\s+){0,3}")


def is_done_to_a_country(analysis: Analysis, sentence: Sentence, trigger: Trigger) -> bool:
    """Tell whether a country stands right behind a verb ("invaded X"): that happened there, not where the text was."""
    if trigger.event_type not in KINETIC | {"offensive"} or _PREPOSITION.search(trigger.text):
        return False
    text = analysis.report.text
    mentions = within(analysis.resolutions, sentence, key=lambda r: r.mention.start)
    return trigger.form != "noun" and any(
        found.place_id is not None
        and analysis.places[found.place_id].kind == "country"
        and text[trigger.end : found.mention.start].strip() in {"", "the"}
        for found in mentions
        if 0 < found.mention.start - trigger.end <= len(" the ")
    )


def _by_way(text: str, trigger: Trigger, best: int, refs: Sequence[Reference], near: dict[int, float]) -> int:
    """Return where people who go from one place to another are told of: where they left, or where they came back to."""
    if trigger.event_type not in {"displacement", "blockade_or_restriction"}:
        return best
    left = next((i for i in near if refs[i].relation == "from"), None)
    reached = next((i for i in near if _TO.search(text, max(0, refs[i].start - 40), refs[i].start)), None)
    if left is None or reached is None or best not in {left, reached}:
        return best
    told = text[trigger.start : max(refs[left].end, refs[reached].end)].lower()
    return reached if trigger.event_type == "displacement" and _RETURN.search(told) else left


_PREPOSITION = re.compile(r"\b(?:to|into|from|in|on|at|of|over|with|against|by|for|through|towards?)$", re.IGNORECASE)
_TO = re.compile(r"\bto\s+(?:(?:the|an?|\w+s)\s+)?(?:[\w-]+\s+(?:of|in)\s+)?(?:the\s+)?$")
_RETURN = re.compile(r"\b(?:return\w*|back|resettle\w*|brought|arriv\w*)\b")


def _scores(
    analysis: Analysis,
    sentence: Sentence,
    trigger: Trigger,
    clause: tuple[int, int],
    refs: Sequence[Reference],
    triggers: Sequence[Trigger],
) -> tuple[dict[int, float], dict[tuple[int, int], float]]:
    """Return how likely each reference is the place, and how likely each name of the clause that no entry has.

    Grammar decides where it can, else the model.
    """
    text = analysis.report.text
    rivals = [(t.start, t.end) for t in triggers if t.end <= trigger.start or t.start >= trigger.end]
    order = sorted(
        range(len(refs)), key=lambda i: min(abs(refs[i].start - trigger.end), abs(trigger.start - refs[i].end))
    )
    it = _taken_up(text, trigger, refs)
    pairs: dict[int, Pair] = {}
    for rank, index in enumerate(order):
        ref = refs[index]
        place = analysis.places[ref.place_ids[0]]
        if is_elsewhere(Scene(text, trigger, clause, ref, refs, place)) or is_said_there(
            text, said_in(analysis, sentence), sentence, trigger, ref, refs
        ):
            continue
        pairs[index] = Pair(
            text, (sentence.start, sentence.end), clause, (trigger.start, trigger.end), trigger.form in {"noun", "weak"},
            (ref.start, ref.end), ref.preposition, place.kind if place.kind in {"country", "region"} else "unknown", ref.named, rivals,
            [(other.start, other.end) for other in refs if other is not ref], rank=rank, about=trigger.event_type,
        )  # fmt: skip
    strangers = [
        Pair(
            text, (sentence.start, sentence.end), clause, (trigger.start, trigger.end), trigger.form in {"noun", "weak"},
            span, preposition_before(text, span[0]), "unknown", named=True, rivals=rivals, others=[(ref.start, ref.end) for ref in refs],
            about=trigger.event_type,
        )
        for span in within(analysis.unknown, sentence, key=lambda span: span[0])
    ]  # fmt: skip
    probabilities = link_probabilities([*pairs.values(), *strangers])
    scores: dict[int, float] = {}
    for index, probability in zip(pairs, probabilities, strict=False):
        ref = refs[index]
        score = _SURE if index == it or is_bound(text, trigger, clause, ref) else probability
        # "between a country and a region" is as exact as the region
        is_country = all(analysis.places[i].kind == "country" for i in ref.place_ids)
        way = _WAYS.get(trigger.event_type, frozenset())
        if (ref.preposition in way or (is_country and ref.preposition == "in" and way)) and clause[
            0
        ] <= ref.start < clause[1]:
            score = max(score, threshold())
        if is_country:
            allowed = _COUNTRY_PREPOSITIONS | (_ARRIVALS if trigger.event_type == "displacement" else frozenset())
            if ref.preposition not in allowed or score < threshold():
                continue
        scores[index] = score
    return scores, {pair.place: p for pair, p in zip(strangers, probabilities[len(pairs) :], strict=True)}


def _taken_up(text: str, trigger: Trigger, refs: Sequence[Reference]) -> int | None:
    """Return the place that "it" behind a verb takes up, the last object before it: "took X after shelling it"."""
    if not _is_done_to_it(text, trigger):
        return None
    before = [i for i, ref in enumerate(refs) if ref.end <= trigger.start and not ref.preposition]
    return before[-1] if before else None


def _takes_up_what_has_no_entry(text: str, trigger: Trigger, refs: Sequence[Reference]) -> bool:
    """Tell whether "it" behind a verb in a later clause takes up something that is none of the places: "after shelling it"."""
    return (
        _is_done_to_it(text, trigger)
        and _LATER_CLAUSE.search(text, max(0, trigger.start - len("  before ")), trigger.start) is not None
        and _taken_up(text, trigger, refs) is None
    )


def _is_done_to_it(text: str, trigger: Trigger) -> bool:
    return trigger.form != "noun" and _IT.match(text, trigger.end) is not None


_LATER_CLAUSE = re.compile(r"\b(?:after|before|while|when|then|and|by)\s+$")
_IT = re.compile(r"\s+it\b(?!\s+(?:was|is|has|had|said|would|will)\b)")


def _with_relatives(text: str, clause: tuple[int, int], end: int) -> int:
    """Return the end of a clause with what hangs on it: "at men who were working near X", "while ploughing a field in X"."""
    if not _HANGS_ON.match(text, clause[1]):
        return clause[1]
    border = _STRONG.search(text, clause[1], end)
    return border.start() if border else end


_HANGS_ON = re.compile(
    r"[\s,]*(?:(?:with |of |in |on )?(?:who|whom|which|that|whose)\b|(?:while|when)\s+\w+ing\b)", re.IGNORECASE
)
_STRONG = re.compile(r"[;:—–]|,\s+(?:and|but|while|as|after|before)\b")


def _most_exact(best: int, scores: dict[int, float], refs: Sequence[Reference], places: Gazetteer) -> int:
    """Return the likeliest place that lies in the best one, if the clause names one: "In X, a strike near Y"."""
    holder = refs[best].place_ids[0]
    lying = [
        i
        for i in scores
        if i != best and refs[i].place_ids[0] != holder and places.within(refs[i].place_ids[0], holder)
    ]
    return max(lying, key=lambda i: scores[i], default=best)


def _finest(refs: Sequence[Reference], places: Gazetteer) -> tuple[Reference, ...]:
    """Drop references that only say where another one lies ("in X, Y province")."""
    return tuple(
        ref for ref in refs
        if not any(other is not ref and other.place_ids != ref.place_ids and places.within(other.place_ids[0], ref.place_ids[0]) for other in refs)
    ) or tuple(refs)  # fmt: skip


def counts_somebody(figures: tuple[Casualties, ...]) -> bool:
    """Tell whether figures count anybody; that nobody was hurt holds of each of several places."""
    return any(figure.qualifier != "none_reported" for figure in figures)


def footprints(
    analysis: Analysis,
    refs: Sequence[Reference],
    figures: tuple[Casualties, ...],
    modality: Modality,
    when: DateRange,
    why: str,
) -> Iterator[Footprint]:
    """Yield one footprint a place, or one for all where a figure is said of several; none is drawn of what did not happen."""
    day = when.end or when.start or analysis.report.published
    if modality in NOT_DRAWN:
        name = ", ".join(ref.text for ref in refs) or None
        ids = tuple(i for ref in refs for i in ref.place_ids)
        yield Footprint(reason=f"not drawn: {NOT_DRAWN[modality]}", place_text=name, place_ids=ids)
    elif not refs:
        yield Footprint(
            reason=why
            or "no place: the sentence names none where it happened, and what was spoken of before does not decide"
        )
    elif len(refs) > 1 and counts_somebody(figures):
        yield footprint(refs, analysis.places, day, why)
    else:
        for ref in refs:
            yield footprint([ref], analysis.places, day, why)
