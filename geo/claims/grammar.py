"""What grammar says of a place beside a trigger: that something happened there, or that it did not.

These are the sure cases, which the linking model is not asked about.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from geo.attribution import is_said_next
from geo.claims.kinds import DIPLOMATIC, KINETIC
from geo.claims.triggers import BEHIND_PLACE, CASUALTIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.model import Place
    from geo.attribution import Attribution
    from geo.claims.triggers import Trigger
    from geo.spatial import Reference
    from geo.text import Sentence


_WINDOW = 80
"""Characters before a place in which a meeting there is looked for."""


class Scene(NamedTuple):
    """A trigger in its clause (offsets), one place reference of the sentence with its entry, and all references."""

    text: str
    trigger: Trigger
    clause: tuple[int, int]
    ref: Reference
    refs: Sequence[Reference]
    place: Place

    @property
    def before_place(self) -> str:
        """The clause up to the place."""
        return self.text[self.clause[0] : self.ref.start]

    @property
    def before_sentence(self) -> str:
        """The words before the place, of whatever clause."""
        return self.text[max(0, self.ref.start - _WINDOW) : self.ref.start]

    @property
    def between(self) -> str:
        """What stands between the trigger and the place."""
        trigger, ref = self.trigger, self.ref
        return self.text[trigger.end : ref.start] if ref.start >= trigger.end else self.text[ref.end : trigger.start]

    def in_clause(self, ref: Reference) -> bool:
        """Tell whether a reference stands in the trigger's clause."""
        return self.clause[0] <= ref.start < self.clause[1]


# ------------------------------------------------------------------------------------------- where it did not happen


def is_elsewhere(scene: Scene) -> bool:
    """Tell whether grammar says that a place is not where the event happened."""
    return any(says_no(scene) for says_no in _ALONE) or (
        len(scene.refs) > 1 and any(says_no(scene) for says_no in _AMONG_OTHERS)
    )


def _was_signed_there(scene: Scene) -> bool:
    """Tell whether an agreement was made there: it holds elsewhere."""
    return scene.trigger.event_type == "ceasefire_or_agreement" and _AGREED.search(scene.between) is not None


def _was_agreed_there(scene: Scene) -> bool:
    """Tell whether only an agreement was made there: "hours before the truce negotiated in X was to begin"."""
    return scene.trigger.event_type not in DIPLOMATIC and _AGREED_IN.search(scene.before_sentence) is not None


def _was_made_there(scene: Scene) -> bool:
    """Tell whether the place says where a thing or a person comes from: "mines produced in X were found"."""
    return _MADE_IN.search(scene.before_sentence) is not None


def _led_through(scene: Scene) -> bool:
    return scene.ref.preposition in {"through", "via"} and scene.trigger.event_type not in _ON_THE_WAY


def _speaker_sits_there(scene: Scene) -> bool:
    """Tell whether the place says where a speaker has his seat: "the commissioner in X warned"."""
    if scene.ref.preposition not in {"in", "at"}:
        return False
    return is_said_next(scene.text, scene.ref.end) or _ACCORDING_TO.search(scene.before_sentence) is not None


def _is_a_government(scene: Scene) -> bool:
    """Tell whether a capital stands alone as its government does, away from what happened."""
    if not scene.place.capital_of or scene.ref.preposition or not scene.ref.named:
        return False
    if scene.trigger.event_type not in KINETIC | {"control_change"}:
        return False
    return scene.ref.start >= scene.trigger.end and len(_OWN_WORDS.sub("", scene.between).split()) > 1


def _belongs_to_another_event(scene: Scene) -> bool:
    """Tell whether the place is that of an event named in passing: "a truce was signed after the fall of X"."""
    other = _ANOTHER_EVENT.search(scene.text, max(scene.clause[0] - 25, 0), scene.ref.start)
    return other is not None and not other.start() <= scene.trigger.start < scene.ref.end


def _hosts_talks(scene: Scene) -> bool:
    """Tell whether the place is that of a meeting at which something else is told: "at the summit in X"."""
    if scene.trigger.event_type in DIPLOMATIC or scene.ref.start < scene.trigger.end:
        return scene.trigger.event_type not in DIPLOMATIC and _TALKS_IN.search(scene.before_sentence) is not None
    return _TALKS_IN.search(scene.before_place) is not None


def _is_cared_for_there(scene: Scene) -> bool:
    """Tell whether the wounded were brought there, whom something hurt elsewhere."""
    if scene.trigger.event_type not in KINETIC | {CASUALTIES}:
        return False
    if scene.trigger.event_type != CASUALTIES and _HOSPITAL_ITSELF.match(scene.between):
        return False
    if _DIED_IN.search(scene.before_sentence) and _ITS_HOSPITAL.match(scene.text, scene.ref.end):
        return True  # "died in an X hospital of wounds"
    if scene.ref.end <= scene.trigger.start:  # "died in a hospital in X after the shelling"
        return _AFTER.match(scene.between) is not None and CARED_FOR.search(scene.before_sentence) is not None
    return CARED_FOR.search(scene.between) is not None


def _sent_from_there(scene: Scene) -> bool:
    return scene.trigger.event_type == "aid_delivery" and scene.ref.relation == "from"


def _is_out_of_reach(scene: Scene) -> bool:
    """Tell whether a vague noun, or a treaty, would reach out of its clause."""
    vague = scene.trigger.form == "weak" or scene.trigger.event_type in DIPLOMATIC
    return vague and not scene.in_clause(scene.ref) and not is_bound(scene.text, scene.trigger, scene.clause, scene.ref)


def _lies_far_from_there(scene: Scene) -> bool:
    """Tell whether the place only says how far off another lies, in no direction: "X, 220 km from Y"."""
    return scene.ref.offset_m is not None and scene.ref.bearing is None and scene.ref.offset_m > _FAR_OFF_M


def _is_a_part_of_the_world(scene: Scene) -> bool:
    """Tell whether a wide region is named, and nothing said to happen in it: "the countries of the Caucasus"."""
    return _is_vast(scene.place) and scene.ref.preposition not in {"in", "inside", "across", "throughout"}


def _is_vast(place: Place) -> bool:
    wide = place.point is not None and place.point.precision_m > _VAST_M
    return wide and place.kind in {"region", "area"} and not place.geometries


def _only_holds(scene: Scene) -> bool:
    """Tell whether the place only holds another one: "X’s second city, Y", "the ridge of the Caucasus"."""
    return _is_vast(scene.place) or _OWNS.match(scene.text, scene.ref.end) is not None


def _is_where_the_subject_lies(scene: Scene) -> bool:
    """Tell whether the place says where the subject of a passive lies: Y in "X on the Y was seized"."""
    if not PASSIVE_GAP.fullmatch(scene.text, scene.ref.end, scene.trigger.start):
        return False
    return any(
        other.named and other.end < scene.ref.start and _LIES_ON.fullmatch(scene.text, other.end, scene.ref.start)
        for other in scene.refs
    )


def _was_left_behind(scene: Scene) -> bool:
    """Tell whether something came from there, or was on its way there, and the clause names another place where it was."""
    if scene.trigger.event_type in _FROM_THERE:
        return False
    if scene.ref.relation != "from" and not _ON_ITS_WAY.search(scene.before_place):
        return False
    if 0 <= scene.ref.start - scene.trigger.end <= len(" the "):
        return False  # "drove the troops out of X" is of X
    return any(
        other is not scene.ref and scene.in_clause(other) and other.preposition in _LOCATIVE for other in scene.refs
    )


def _was_fired_there(scene: Scene) -> bool:
    """Tell whether what hit was fired there: "rockets launched from the direction of X"."""
    if scene.trigger.event_type not in KINETIC | {CASUALTIES}:
        return False
    side = _FROM_THE.search(scene.before_sentence) and _SIDE.match(scene.text, scene.ref.end)  # "from the X side"
    return bool(side) or _FIRED_FROM.search(scene.before_sentence) is not None


def _is_where_they_are_from(scene: Scene) -> bool:
    """Tell whether the place only says whose people something happened to, and the sentence names another one."""
    if scene.trigger.event_type in _FROM_THERE or not _PEOPLE_OF.search(scene.before_sentence):
        return False
    return any(
        other is not scene.ref
        and other.named
        and other.start < scene.trigger.start
        and _THEY_CAME_TO.search(scene.text, scene.ref.end, other.start)
        for other in scene.refs
    )


def _fires(scene: Scene) -> bool:
    """Tell whether the place is that of the side that fires, and another one in the clause is fired at."""
    if scene.trigger.event_type not in KINETIC | {CASUALTIES}:
        return False
    if _FIRE_FROM.search(scene.before_place):
        return any(other is not scene.ref and other.named and other.preposition in _LOCATIVE for other in scene.refs)
    if not _is_origin(scene.text, scene.clause, scene.ref):
        return False
    return any(scene.in_clause(other) and not _is_origin(scene.text, scene.clause, other) for other in scene.refs)


def _sets_out_from_there(scene: Scene) -> bool:
    """Tell whether the place only says where those come from who were hit: "a bus carrying volunteers from X"."""
    return (
        scene.trigger.event_type in KINETIC | {CASUALTIES} and _CARRIED_FROM.search(scene.before_sentence) is not None
    )


def _is_where_it_is_told(scene: Scene) -> bool:
    """Tell whether officials there count the dead of an attack that was told before: "in the strike, officials in X said"."""
    said = _OFFICIALS_IN.search(scene.before_sentence) and is_said_next(scene.text, scene.ref.end)
    return bool(said) and _KNOWN_ATTACK.search(scene.before_sentence) is not None


_ALONE = (
    _sets_out_from_there, _is_where_it_is_told, _was_agreed_there, _was_signed_there, _was_made_there, _led_through, _speaker_sits_there, _is_a_government, _belongs_to_another_event, _hosts_talks, _sent_from_there, _is_cared_for_there,
    _is_out_of_reach, _is_a_part_of_the_world, _lies_far_from_there, _was_fired_there,
)  # fmt: skip
_AMONG_OTHERS = (_only_holds, _is_where_the_subject_lies, _was_left_behind, _fires, _is_where_they_are_from)
"""What is asked only where the sentence names another place."""

_VAST_M = 150_000
_FAR_OFF_M = 40_000
"""Metres from a place, in no direction, beyond which it says nothing of where something happened."""
_AGREED = re.compile(r"\b(?:agreed|signed|brokered|mediated|negotiated|reached|announced|concluded)\b", re.IGNORECASE)
_AGREED_IN = re.compile(
    r"\b(?:agreed|signed|brokered|mediated|negotiated|concluded|struck)\s+(?:(?:on\s+)?[A-Z]\w+day\s+|earlier\s+)?(?:in|at)\s+(?:the\s+)?$"
)
_ON_THE_WAY = frozenset(
    {"displacement", "aid_delivery", "blockade_or_restriction", "mobilisation", "protest", "offensive"}
)
"""Types of what goes through a place."""
_ACCORDING_TO = re.compile(r"\baccording\s+to\s+(?:[\w’'-]+\s+){1,6}(?:in|at)\s+(?:the\s+)?$", re.IGNORECASE)
"""Before a place: where the one sits who tells it."""
_MADE_IN = re.compile(
    r"\b(?:made|produced|manufactured|born|registered|headquartered|educated)\s+in\s+(?:the\s+)?$", re.IGNORECASE
)
_OWN_WORDS = re.compile(r"\b(?:the|its|their|city|capital|of)\b")
"""What may stand between a verb and the capital that it is done to."""
_ANOTHER_EVENT = re.compile(
    r"\b(?:after|following|before|since|aftermath of|wake of|ahead of)\s+(?:the\s+|its\s+|their\s+)(?:[\w-]+\s+){1,3}of\s+(?:the\s+)?(?:[a-z-]+\s+){0,2}$",
    re.IGNORECASE,
)
CARED_FOR = re.compile(
    r"\b(?:operated on|treated|treatment|hospitali[sz]ed|hospitals?|surgery|morgue|buried|funeral)\b[^.;]*$"
    r"|\b(?:taken|brought|transferred|evacuated|airlifted|rushed|flown)\s+to\s+[^.;]*$",
    re.IGNORECASE,
)
"""Before a place: where the wounded or the dead were brought, not where it happened."""
_DIED_IN = re.compile(r"\b(?:died|dies|dying|succumbed)\b[^.;,]{0,40}\b(?:in|at)\s+(?:an?|the)\s+$", re.IGNORECASE)
_ITS_HOSPITAL = re.compile(r"\s+(?:[\w-]+\s+){0,2}(?:hospital|clinic)\b", re.IGNORECASE)
_AFTER = re.compile(r"\s*(?:,\s*)?(?:after|following|since)\b", re.IGNORECASE)
_HOSPITAL_ITSELF = re.compile(
    r"\s*(?:(?:near|at|on|into|outside|beside|by)\s+)?(?:(?!taken|brought|rushed|treated|died|and|to|in\b)[\w-]+\s+){0,4}(?:hospitals?|morgue|funeral)\b",
    re.IGNORECASE,
)
"""Behind a deed: it was done to the hospital, or beside it."""
_TALKS_IN = re.compile(
    r"\b(?:meeting|summit|conference|session|talks|briefing|forum|interview|hearing|negotiations)\b[^,;:.]{0,40}\b(?:in|at)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_OWNS = re.compile(r"['’]s\b|\s+(?:port|city|town|resort|village)(?:\s+(?:city|town|village))?\s+of\b")
"""Behind a place that only holds another: "X’s second city, Y", "the X Sea port of Y"."""
_LIES_ON = re.compile(r"\s+(?:on|in|near|of|by|outside)\s+(?:the\s+)?", re.IGNORECASE)
_ON_ITS_WAY = re.compile(
    r"\bon (?:his|her|its|their|the) way to\s+(?:[\w-]+\s+){0,4}$|\b(?:bound|heading|headed) (?:for|to)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_LOCATIVE = frozenset({"at", "in", "near", "on", "outside"})
_FROM_THERE = frozenset({"displacement", "withdrawal_or_handover"})
"""Types that happen where they start from."""


# ------------------------------------------------------------------------------------------------ where it happened


def is_bound(text: str, trigger: Trigger, clause: tuple[int, int], ref: Reference) -> bool:
    """Tell whether grammar ties a place to a trigger: inside its phrase, or before the relative clause that it stands in."""
    if ref.start < trigger.end and trigger.start < ref.end and not trigger.lemma.startswith(_AGENTS):
        return True
    if trigger.event_type in KINETIC and _is_target(text, clause, ref):
        return True
    if trigger.lemma.endswith(BEHIND_PLACE) and SUBJECT_GAP.fullmatch(text, ref.end, trigger.start):
        return True
    if is_subject_of_passive(text, trigger, ref):
        return True
    relative = _RELATIVE.match(text, clause[0])
    if relative is None or ref.end > clause[0]:
        return False
    put_in = _APPOSITION.fullmatch(text, ref.end, clause[0])  # "X, the first village behind the border, where ..."
    return clause[0] - ref.end <= len(", ") or (put_in is not None and relative.group().lower() == "where")


def is_subject_of_passive(text: str, trigger: Trigger, ref: Reference) -> bool:
    """Tell whether a passive is said of a place: "X was shelled", "X, a village of Y, was shelled", "X on the Y was seized"."""
    if trigger.form != "past" or ref.end > trigger.start:
        return False
    being = _BEING.match(
        text, trigger.start, trigger.end
    )  # the phrase may hold the auxiliary itself: "was returned to"
    gaps = (PASSIVE_GAP, _PUT_IN_GAP, _LYING_GAP, _OF_DISTRICT_GAP, _AND_OTHERS_GAP)
    return any(gap.fullmatch(text, ref.end, being.end() if being else trigger.start) for gap in gaps)


_BEING = re.compile(r"(?:is|was|were|are|been)\s+", re.IGNORECASE)
_AGENTS = ("<guns>", "<troops>")
"""How phrases begin whose subject acts: "gunners in X shelled Y" tells of Y."""
SUBJECT_GAP = re.compile(
    r"(?:,[^,.;:()]{1,60},)?\s+(?:(?:itself|too|also|then|finally|soon|later|eventually|has|had|have|never|quickly|first)\s+)*"
)
"""What stands between a place and the verb that it is the subject of: "X itself fell", "X, on the road to Y, fell"."""
PASSIVE_GAP = re.compile(
    r"\s+(?:itself\s+)?(?:is|was|were|are|has been|had been|have been|being)\s+(?:\w+ly\s+|also\s+|again\s+|then\s+|later\s+)*"
)
"""What stands between a place and the passive that is said of it."""
_PUT_IN_GAP = re.compile(r",\s+[^,;.]{3,70}," + PASSIVE_GAP.pattern)
"""The same with something put in: "X, a village of the Y region, was shelled"."""
_LYING_GAP = re.compile(_LIES_ON.pattern + r"(?-i:[A-Z])[\w’'-]+" + PASSIVE_GAP.pattern, re.IGNORECASE)
_OF_DISTRICT_GAP = re.compile(
    r"(?:\s+(?:village|community|settlement|town|city))?,?\s+(?:of|in)\s+(?:the\s+)?(?-i:[A-Z])[\w’'-]+\s+(?:district|region|province)"
    + PASSIVE_GAP.pattern,
    re.IGNORECASE,
)
"""The same with its district: "X community of the Y region was also hit"."""
_AND_OTHERS_GAP = re.compile(
    r"(?:,\s+(?-i:[A-Z])[\w’'-]+){0,3}(?:,|,?\s+and)\s+(?:(?:several|many|some|a\s+number\s+of|two|three|four|five|\d+)\s+)?other\s+[^,;.]{3,80}?"
    + PASSIVE_GAP.pattern,
    re.IGNORECASE,
)
"""The same of a list that ends without a name: "X and several other heights along the ridge were seized"."""
_APPOSITION = re.compile(r",\s+(?:the|an?)\s[^,;.]{3,70}[,\s]*")
_RELATIVE = re.compile(r"(?:which|whose|where)\b", re.IGNORECASE)


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
_FIRE_FROM = re.compile(
    r"\b(?:shots?|fire|bullets?|shells?|rockets?|missiles?|shelling|gunfire|bombardment|artillery|drones?)\s+(?:(?:launched|fired|coming|directed)\s+)?from\s+"
    r"(?:the\s+)?(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
"""Before a place: where the fire came from."""
_FIRED_FROM = re.compile(
    r"\b(?:launched|fired|sent|lobbed)\s+from\s+(?:the\s+)?(?:\w+\s+)?(?:direction|territory|side|area|outskirts)\s+of\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_CARRIED_FROM = re.compile(
    r"\b(?:(?:volunteers|conscripts|recruits|reservists|pilgrims|tourists|passengers)|(?:carrying|transporting|taking|bringing)\s+(?:[\w-]+\s+){1,3})\s*from\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_OFFICIALS_IN = re.compile(
    r"\b(?:officials?|authorities|doctors|medics|sources?|prosecutors|spokes\w+)\s+in\s+(?:the\s+)?$", re.IGNORECASE
)
_KNOWN_ATTACK = re.compile(
    r"\b(?:in|by|from|during|of)\s+(?:the|this|that|these)\s+(?:attacks?|strikes?|air\s*strikes?|shelling|bombing|blasts?|explosions?|raids?|bombardment|ambush|clash(?:es)?)\b(?!\s+(?:on|in|at|of|near|against)\b)",
    re.IGNORECASE,
)
_FROM_THE = re.compile(r"\bfrom\s+(?:the\s+)?$", re.IGNORECASE)
_SIDE = re.compile(r"\s+(?:side|direction|territory)\b", re.IGNORECASE)
_THEY_CAME_TO = re.compile(
    r"\b(?:who|that)\s[^.;]*\b(?:entered|visited|visiting|gone\s+to|came\s+to|come\s+to|went\s+to|working|worked|grazing|travelling|traveling|in|near|at)\s"
    r"(?:the\s+)?(?:\w+\s+of\s+)?$"
)
_PEOPLE_OF = re.compile(
    r"\b(?:residents?|inhabitants?|natives?|villagers?)\s+(?:of|from)\s+(?:the\s+)?(?:\w+\s+of\s+)?$", re.IGNORECASE
)
_TARGET = re.compile(
    r"\b(?:fire|fired|firing|shelled|shelling|at|against|towards?|struck|hit|targeted)\b", re.IGNORECASE
)


def is_said_there(
    text: str,
    attributions: Sequence[Attribution],
    sentence: Sentence,
    trigger: Trigger,
    ref: Reference,
    refs: Sequence[Reference] = (),
) -> bool:
    """Tell whether a place belongs to the saying, not to what is said.

    "Speaking in X, he said that ..."; "In X, the committee said that it had opened an office in Y".
    """
    elsewhere = any(
        other.start > trigger.end and other.named and other.preposition in {"in", "at", "near"} for other in refs
    )
    for said in attributions:
        if said.verb < ref.start <= trigger.start and _SPOKE_AT.fullmatch(text, said.verb, ref.start):
            return True
        if trigger.end <= said.verb < ref.start and _SAID_AT.fullmatch(text, said.verb, ref.start):
            return True  # "..., the spokesman said at a briefing in X"
        if said.verb >= trigger.start or ref.end > said.verb or said.start <= sentence.start:
            continue
        if opens_sentence(text, sentence, ref) and _PUT_IN.match(text, said.verb):
            continue  # "In X, the rescuers said, three men ..."
        if not opens_sentence(text, sentence, ref) or _SAYING_PLACE.search(text, sentence.start, ref.end) or elsewhere:
            return True
    return False


def opens_sentence(text: str, sentence: Sentence, ref: Reference) -> bool:
    """Tell whether a place opens its sentence and sets the scene: "In X, sirens sounded", "X woke to sirens"."""
    if ref.start == sentence.start:
        return ref.named
    near = ref.start - sentence.start < _OPENING and text[ref.end : ref.end + 1] == ","
    return near and ref.preposition in {"in", "at", "near"}


_OPENING = 25
"""Characters before a place that opens its sentence."""
_PUT_IN = re.compile(r"\w+(?:\s+(?:on\s+)?[A-Z]\w+day)?,")
"""A verb of saying that is put in between commas."""
_SPOKE_AT = re.compile(
    r"(?:(?:told|tells|telling|informed|informs|assured|briefed|address\w*|warned|urged|ask\w*)\s+(?:(?:the|an?|our|its|his|her)\s+)?(?:(?!(?:that|how|of|by|to)\b)\w+\s+){1,2}?|\w+\s+)"
    r"(?:(?:on\s+)?(?:\w+day|yesterday|today|tonight|earlier|later|late|early|there|again|also)\s+){0,2}(?:in|at|from)\s+(?:the\s+)?"
)
_SAID_AT = re.compile(
    r"\w+(?:\s+(?:the\s+|an?\s+|our\s+)?(?:agency|newspaper|paper|reporters|journalists|correspondent|channel|station|website|site|television|radio|broadcaster))?(?:\s+(?:on\s+)?[A-Z]\w+)?\s+(?:(?:at|during|in)\s+(?:an?|the|his|her|its)\s+(?:[\w-]+\s+){0,3})?(?:in|at|from)\s+(?:the\s+)?"
)
_SAYING_PLACE = re.compile(
    r"\b(?:interview|statement|press conference|briefing|speech|speaking|told|address|meeting|phone)\b", re.IGNORECASE
)
