"""Finds where an event happened: by grammar, by the linking model, by what the text last spoke of, or nowhere.

A place that only says where somebody spoke, or where a treaty was signed, is never taken; unsure means no place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.claims.analysis import said_in
from geo.claims.kinds import CARRIES_PLACE, DIPLOMATIC, KINETIC, NOT_DRAWN
from geo.claims.linking import coordinated, link_probabilities, threshold
from geo.claims.pairs import Pair
from geo.claims.triggers import BEHIND_PLACE, CASUALTIES
from geo.footprint import footprint
from geo.model import Footprint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer.index import Gazetteer
    from gazetteer.model import Place
    from geo.claims.analysis import Analysis
    from geo.claims.triggers import Trigger
    from geo.model import Casualties, DateRange, Modality
    from geo.spatial import Reference
    from geo.text import Sentence

_SURE = 0.95
_VAST_M = 150_000
_BETTER_THAN_CARRIED = 0.1
"""From here a place in the sentence is likelier than the one that the text spoke of before."""
_ACROSS = 0.75
"""How sure a place in another clause must be, unless it opens the sentence."""
_ONLY = 0.3
"""How sure the only place of a sentence must be."""
_OPENING = 25
_OWNS = re.compile(r"['’]s\b")
_AGREED = re.compile(r"\b(?:agreed|signed|brokered|mediated|negotiated|reached|announced|concluded)\b", re.IGNORECASE)
_APPOSITION = re.compile(r",\s+(?:the|an?)\s[^,;.]{3,70}[,\s]*")
_RELATIVE = re.compile(r"(?:which|whose|where)\b", re.IGNORECASE)
_COUNTRY_PREPOSITIONS = frozenset({"in", "inside", "across", "throughout", "into", "within"})
_SPEAKER_SITS = re.compile(
    r"\s+(?:\w+ly\s+|has\s+|had\s+|also\s+)*(?:said|told|warned|stated|announced|declared|added|reported|confirmed|denied|claimed|condemned)\b"
)
_ANOTHER_EVENT = re.compile(
    r"\b(?:after|following|before|since|aftermath of|wake of|ahead of)\s+(?:the\s+|its\s+|their\s+)(?:[\w-]+\s+){1,3}of\s+(?:the\s+)?(?:[a-z-]+\s+){0,2}$",
    re.IGNORECASE,
)
_ARRIVALS = frozenset({"to", "for", "towards", "toward"})
_ON_THE_WAY = frozenset(
    {"displacement", "aid_delivery", "blockade_or_restriction", "mobilisation", "protest", "offensive"}
)
"""Types of what goes through a place."""
_WAYS = {"aid_delivery": _ARRIVALS | {"into", "in"}, "displacement": _ARRIVALS | {"into", "from"}}
"""Prepositions of the places that people or goods come from or go to: these are where such an event happened."""
_SPOKE_AT = re.compile(r"\w+\s+(?:on\s+\w+\s+)?(?:reporters\s+|journalists\s+)?(?:in|at|from)\s+(?:the\s+)?")
_SAYING_PLACE = re.compile(
    r"\b(?:interview|statement|press conference|briefing|speech|speaking|told|address|meeting|phone)\b", re.IGNORECASE
)
PASSIVE_GAP = re.compile(r"\s+(?:is|was|were|are|has been|had been|have been|being)\s+(?:\w+ly\s+)?")
"""What stands between a place and the passive that is said of it."""
_PUT_IN_GAP = re.compile(r",\s+[^,;.]{3,70}," + PASSIVE_GAP.pattern)
"""The same with something put in: "X, a village of the Y region, was shelled"."""


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
    scores = _scores(analysis, sentence, trigger, clause, refs, triggers)
    reach = _with_relatives(text, clause, sentence.end)
    small = [ref for ref in refs if analysis.places[ref.place_ids[0]].kind not in {"country", "organisation"}]
    across = _ONLY if len(small) == 1 else threshold() if trigger.event_type == CASUALTIES else _ACROSS
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
    if trigger.event_type == "displacement" and analysis.places[refs[best].place_ids[0]].kind == "country":
        # where people fled from says more than the country that they reached
        best = next((i for i, ref in enumerate(refs) if ref.relation == "from"), best)
    best = _most_exact(best, {i: s for i, s in near.items() if s >= threshold() / 2}, refs, analysis.places)
    group = coordinated(text, refs, best)
    kinds = {analysis.places[ref.place_ids[0]].kind == "country" for ref in group}
    chosen = _finest(group if len(kinds) == 1 else (refs[best],), analysis.places)
    return chosen, f'"{trigger.text}" with {", ".join(ref.text for ref in chosen)} (p = {score:.2f})', score


def _scores(
    analysis: Analysis,
    sentence: Sentence,
    trigger: Trigger,
    clause: tuple[int, int],
    refs: Sequence[Reference],
    triggers: Sequence[Trigger],
) -> dict[int, float]:
    """Return for each reference that may be the place how likely it is: by grammar where that decides, else by the model."""
    text = analysis.report.text
    rivals = [(t.start, t.end) for t in triggers if t.end <= trigger.start or t.start >= trigger.end]
    order = sorted(
        range(len(refs)), key=lambda i: min(abs(refs[i].start - trigger.end), abs(trigger.start - refs[i].end))
    )
    pairs: dict[int, Pair] = {}
    for rank, index in enumerate(order):
        ref = refs[index]
        place = analysis.places[ref.place_ids[0]]
        low, high = (trigger.end, ref.start) if ref.start >= trigger.end else (ref.end, trigger.start)
        if _is_elsewhere(text, trigger, clause, ref, refs, place, text[low:high]) or _said_there(
            analysis, sentence, trigger, ref
        ):
            continue
        pairs[index] = Pair(
            text, (sentence.start, sentence.end), clause, (trigger.start, trigger.end), trigger.form in {"noun", "weak"},
            (ref.start, ref.end), ref.preposition, place.kind if place.kind in {"country", "region"} else "unknown", ref.named, rivals,
            [(other.start, other.end) for other in refs if other is not ref], rank=rank,
        )  # fmt: skip
    scores: dict[int, float] = {}
    for index, probability in zip(pairs, link_probabilities([*pairs.values()]), strict=True):
        ref = refs[index]
        score = _SURE if _is_bound(text, trigger, clause, ref) else probability
        is_country = analysis.places[ref.place_ids[0]].kind == "country"
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
    return scores


def _is_elsewhere(
    text: str,
    trigger: Trigger,
    clause: tuple[int, int],
    ref: Reference,
    refs: Sequence[Reference],
    place: Place,
    between: str,
) -> bool:
    """Tell whether grammar says that a place is not where the event happened."""
    if trigger.event_type == "ceasefire_or_agreement" and _AGREED.search(between):
        return True  # where it was signed is not where it holds
    if ref.preposition in {"through", "via"} and trigger.event_type not in _ON_THE_WAY:
        return True
    if ref.preposition in {"in", "at"} and _SPEAKER_SITS.match(text, ref.end):
        return True  # "the commissioner in X warned"
    if place.capital_of and trigger.event_type in KINETIC | {"control_change"} and not ref.preposition and ref.named:
        behind = text[trigger.end : ref.start].strip() if ref.start >= trigger.end else "-"
        if len(behind.split()) > 1:
            return True  # a capital that stands alone is a government
    other = _ANOTHER_EVENT.search(text, max(clause[0] - 25, 0), ref.start)
    if other and not other.start() <= trigger.start < ref.end:
        return True  # "a truce was signed after the fall of X"
    if trigger.event_type == "aid_delivery" and ref.relation == "from":
        return True
    if (trigger.form == "weak" or trigger.event_type in DIPLOMATIC) and not clause[0] <= ref.start < clause[1]:
        return (
            True  # "war" is too vague to reach out of its clause, and a treaty does not lie where the next clause plays
        )
    if len(refs) < 2:
        return False
    if _OWNS.match(text, ref.end):
        return True  # "X’s second city, Y": X only holds the place
    if (
        place.kind in {"region", "area"}
        and not place.geometries
        and place.point is not None
        and place.point.precision_m > _VAST_M
    ):
        return True  # "the ridge of the Caucasus": a part of the world says where the other place lies
    targets = [other for other in refs if clause[0] <= other.start < clause[1] and not _is_origin(text, clause, other)]
    return trigger.event_type in KINETIC and bool(targets) and _is_origin(text, clause, ref)


def _with_relatives(text: str, clause: tuple[int, int], end: int) -> int:
    """Return the end of a clause with the relative clause that hangs on it ("at men who were working near X")."""
    if not _HANGS_ON.match(text, clause[1]):
        return clause[1]
    border = _STRONG.search(text, clause[1], end)
    return border.start() if border else end


_HANGS_ON = re.compile(r"[\s,]*(?:with |of |in |on )?(?:who|whom|which|that|whose)\b", re.IGNORECASE)
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


def _is_bound(text: str, trigger: Trigger, clause: tuple[int, int], ref: Reference) -> bool:
    """Tell whether grammar ties a place to a trigger: inside its phrase, or before the relative clause that it stands in."""
    if ref.start < trigger.end and trigger.start < ref.end:
        return True
    if trigger.event_type in KINETIC and _is_target(text, clause, ref):
        return True
    if trigger.lemma.endswith(BEHIND_PLACE) and text[ref.end : trigger.start].strip() == "" and ref.end < trigger.start:
        return True
    if ref.end <= trigger.start and trigger.form == "past" and (
        PASSIVE_GAP.fullmatch(text, ref.end, trigger.start) or _PUT_IN_GAP.fullmatch(text, ref.end, trigger.start)
    ):
        return True
    relative = _RELATIVE.match(text, clause[0])
    if relative is None or ref.end > clause[0]:
        return False
    put_in = _APPOSITION.fullmatch(text, ref.end, clause[0])  # "X, the first village behind the border, where ..."
    return clause[0] - ref.end <= len(", ") or (put_in is not None and relative.group().lower() == "where")


def _is_origin(text: str, clause: tuple[int, int], ref: Reference) -> bool:
    """Tell whether a place belongs to "from the positions in X": the side that fires."""
    origin = _ORIGIN.search(text, clause[0], ref.start)
    return origin is not None and not _TARGET.search(text, origin.end(), ref.start)


def _is_target(text: str, clause: tuple[int, int], ref: Reference) -> bool:
    """Tell whether a place says where what was fired at stands: "the positions located in the direction of X"."""
    standing = next(reversed([*_STANDING.finditer(text, clause[0], ref.start)]), None)
    if standing is None or ref.start - standing.end() > _STANDS_NEAR:
        return False
    return not re.search(
        r"\bfrom\s+(?:the\s+)?(?:\w+\s+){0,2}$",
        text[max(clause[0], standing.start() - 30) : standing.start()],
        re.IGNORECASE,
    )


_STANDS_NEAR = 30
_STANDING = re.compile(
    r"\b(?:positions?|posts?|units?|points?|emplacements?)\b[^;.]{0,70}?\b(?:located|stationed|situated|deployed|in the direction of|in the vicinity of)\b"
    r"(?:\s+in)?(?:\s+the)?(?:\s+(?:direction|vicinity|area|territory|region)s?\s+of)?(?:\s+the)?",
    re.IGNORECASE,
)
_ORIGIN = re.compile(
    r"\bfrom\s+(?:the\s+|their\s+|its\s+)?(?:\w+\s+){0,2}?(?:positions?|posts?|territory|side|direction|emplacements?|points?|vicinity|heights|uplands)\b",
    re.IGNORECASE,
)
_TARGET = re.compile(
    r"\b(?:fire|fired|firing|shelled|shelling|at|against|towards?|struck|hit|targeted)\b", re.IGNORECASE
)


def _said_there(analysis: Analysis, sentence: Sentence, trigger: Trigger, ref: Reference) -> bool:
    """Tell whether a place belongs to the saying ("speaking in X, he said that ..."), not to what is said."""
    text = analysis.report.text
    for said in said_in(analysis, sentence):
        if said.verb < ref.start <= trigger.start and _SPOKE_AT.fullmatch(text, said.verb, ref.start):
            return True
        if said.verb >= trigger.start or ref.end > said.verb or said.start <= sentence.start:
            continue
        opens = (
            ref.start - sentence.start < 25
            and text[ref.end : ref.end + 1] == ","
            and ref.preposition in {"in", "at", "near"}
        )
        if not opens or _SAYING_PLACE.search(text, sentence.start, ref.end):
            return True
    return False


def _finest(refs: Sequence[Reference], places: Gazetteer) -> tuple[Reference, ...]:
    """Drop references that only say where another one lies ("in X, Y province")."""
    return tuple(
        ref for ref in refs
        if not any(other is not ref and other.place_ids != ref.place_ids and places.within(other.place_ids[0], ref.place_ids[0]) for other in refs)
    ) or tuple(refs)  # fmt: skip


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
    elif len(refs) > 1 and figures:
        yield footprint(refs, analysis.places, day, why)
    else:
        for ref in refs:
            yield footprint([ref], analysis.places, day, why)
