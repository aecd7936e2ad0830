"""Decides whether what a trigger names is said to have happened: modality from the words around it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from geo import data
from geo.claims.triggers import CASUALTIES
from geo.wordforms import verb_forms

if TYPE_CHECKING:
    from geo.claims.triggers import Trigger

Reading = Literal["asserted", "mentioned", "denied", "planned", "threatened", "hypothetical"]
"""`asserted`: the clause says that it happened. `mentioned`: it is spoken of as something known ("the attack")."""


ADJECTIVE = "a participle used as an adjective"
"""The start of the reason of a verdict on "the occupied village": nothing is told of when it was occupied."""
ATTEMPT = "an attempt, which happened whatever came of it"
"""The reason of a verdict on what was tried."""
ATTEMPTABLE = frozenset({
    "armed_clash", "shelling", "air_drone_strike", "mine_ied", "ambush_or_raid", "attack_on_civilians", "offensive", "control_change",
})  # fmt: skip
"""Types that are violence even where they fail."""


class Verdict(NamedTuple):
    """How a trigger is to be read, and the words that decide it."""

    reading: Reading
    reason: str


class _Lists(NamedTuple):
    modals: re.Pattern[str]
    modal_kind: dict[str, Reading]
    governors: re.Pattern[str]
    governor_kind: dict[str, Reading]
    nouns: re.Pattern[str]
    conditions: re.Pattern[str]
    purposes: re.Pattern[str]
    until: re.Pattern[str]
    presupposing: re.Pattern[str]
    realised: re.Pattern[str]
    support_before: re.Pattern[str]
    support_after: re.Pattern[str]
    support_base: frozenset[str]
    negation: re.Pattern[str]
    definite: re.Pattern[str]
    adjectival: re.Pattern[str]
    attempted: re.Pattern[str]
    refuted: re.Pattern[str]
    """A statement of which the sentence itself says that it is untrue, or that somebody denied it."""
    disowned: re.Pattern[str]
    """Before what somebody denies: "denied that", "dismissed as lies the reports that"."""


def _any(words: list[str] | tuple[str, ...]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(set(words), key=len, reverse=True))


def _forms(verbs: list[str], language: str) -> list[str]:
    return [form for verb in verbs for form in verb_forms(verb, language)]


@lru_cache(maxsize=4)
def _lists(language: str) -> _Lists:
    table = data.table(language, "modality")
    modal_kind: dict[str, Reading] = {word: kind for kind, words in table["modals"].items() for word in words}
    kinds: tuple[Reading, ...] = ("threatened", "planned", "hypothetical")
    governor_kind: dict[str, Reading] = {
        form: kind for kind in kinds for form in _forms(table["governors"][kind], language)
    }
    there_be = [f"there {form}" for form in verb_forms("be", language)]
    before = [*_forms([v for v in table["support"]["before"] if v != "there be"], language), *there_be]
    return _Lists(
        # "May" is a month: only the small letter is a modal
        re.compile(rf"(?<!\w)(?!(?-i:M)ay\b)({_any(list(modal_kind))})(?!\w)", re.IGNORECASE),
        modal_kind,
        re.compile(rf"\b({_any(list(governor_kind))})\b", re.IGNORECASE),
        governor_kind,
        re.compile(rf"\b({_any(table['governors']['nouns'])})\s+(?:[\w’'“”\"-]+\s+){{0,3}}$", re.IGNORECASE),
        re.compile(rf"(?:^|[\s,“\"])({_any(table['conditions']['words'])})\b", re.IGNORECASE),
        re.compile(rf"\b({_any(table['conditions']['purposes'])})\b[^,]*$", re.IGNORECASE),
        re.compile(
            rf"(?:^|[\s,“\"])({_any(table['conditions']['unless_past'])})\b(?!\s+(?:again\b|more\b|noon\b|midnight\b|dawn\b|dusk\b|(?:(?:about|around)\s+)?\d))",
            re.IGNORECASE,
        ),
        re.compile(
            rf"\b({_any(_forms(table['presupposing']['words'], language) + table['presupposing']['words'])})\s+(?:[\w’'“”\"-]+\s+){{0,3}}$",
            re.IGNORECASE,
        ),
        re.compile(
            rf"\b({_any(_forms(table['realised']['words'], language))})\s+(?:[\w’'-]+\s+){{0,4}}to\s+(?:\w+ly\s+)?$",
            re.IGNORECASE,
        ),
        re.compile(rf"\b({_any(before)})\s+(?:[\w’'“”\"-]+,?\s+){{0,6}}$", re.IGNORECASE),
        re.compile(
            rf"^(?:\s+(?!(?:and|or|but)\b)[\w’'“”\"-]+){{0,6}}?\s+(?:(?:has|have|had|also|been|were|was|is|are)\s+)*({_any(_forms(table['support']['after'], language))})\b",
            re.IGNORECASE,
        ),
        frozenset(v for v in table["support"]["before"]),
        re.compile(
            rf"(?<!\w)(?!(?-i:Nor[\s-]+[A-Z]))({_any(table['negation']['words'])})(?!\s+(?:only|just|merely|even)\b)\s+(?:[\w’'-]+\s+){{0,3}}$",
            re.IGNORECASE,
        ),
        re.compile(rf"(?:\b({_any(table['definite']['words'])})|\w[’']s?)\s+(?:[\w’'-]+\s+){{0,2}}$", re.IGNORECASE),
        re.compile(
            rf"(?:{_any(table['adjectival']['words'])})\s+(?:(?!(?:the|an?|its|their|his|this|that|another|some|all|most|part|parts|of)\b)\w+\s+)?(?:{_any(table['adjectival']['nouns'])})\b",
            re.IGNORECASE,
        ),
        re.compile(
            rf"\b(?:{_any([form for verb in table['attempted']['verbs'] for form in verb_forms(verb, language) if form != verb])}"
            rf"|{_any(table['attempted']['nouns'])})\s+(?:[\w’'-]+\s+){{0,3}}?(?:to|of|at)\s+(?:\w+ly\s+)?$",
            re.IGNORECASE,
        ),
        *_denials(language),
    )


def _denials(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a statement that is called untrue, and of a denial before what it denies."""
    speech = data.table(language, "speech")
    told = "|".join(re.escape(noun) for noun in speech["statements"]["nouns"])
    about = r"(?:that|on|about|of|regarding|concerning|according\s+to\s+which)"
    forms = [(form, kind) for verb in speech["acts"]["denies"] for form, kind in verb_forms(verb, language).items()]
    denied, deny = _any([form for form, kind in forms if kind == "past"]), _any([form for form, _ in forms])
    untrue = _any(speech["untrue"]["phrases"])
    return (
        re.compile(
            rf"\b(?:{told})\b(?:\s+(?!{about}\b)\w+){{0,6}}?,?\s+{about}\b[^;:]{{0,160}}?"
            rf"\b(?P<denied>{untrue}|(?:was|were|is|are|has\s+been|have\s+been)\s+(?:\w+ly\s+)?(?:{denied}))\b",
            re.IGNORECASE,
        ),
        re.compile(
            r"\b(denied|denies|denying)\s+(?:that|having|to\s+have)\s+[^,;.]{0,70}$"
            rf"|\b({deny})\s+(?:\w+\s+){{0,4}}?(?:the\s+|these\s+|those\s+)?(?:\w+\s+)?(?:{told})\s+(?:that|of|about)\s+[^;.]{{0,90}}$",
            re.IGNORECASE,
        ),
    )


def read(
    text: str, trigger: Trigger, clause: tuple[int, int], sentence: tuple[int, int], language: str = "en"
) -> Verdict:
    """Return how the text means a trigger.

    >>> from geo.text import words
    >>> from geo.claims.triggers import find_triggers
    >>> def reading(text):
    ...     trigger = find_triggers(text.lower(), words(text))[0]
    ...     return read(text, trigger, (0, len(text)), (0, len(text))).reading
    >>> reading("Troops shelled the town"), reading("Troops did not shell the town"), reading("They may shell the town")
    ('asserted', 'denied', 'hypothetical')
    >>> reading("They vowed to shell the town"), reading("They began to shell the town"), reading("He condemned the shelling")
    ('threatened', 'asserted', 'mentioned')
    """
    lists = _lists(language)
    before = text[clause[0] : trigger.start]
    wider = text[sentence[0] : trigger.start]
    denial = _denied(text, trigger, before, sentence, lists)
    if denial:
        return denial
    not_told = _not_told(text, trigger, sentence, lists)
    if not_told:
        return not_told
    condition = (
        lists.conditions.search(before) or lists.purposes.search(before) or _until(trigger, before, wider, lists)
    )
    if condition:
        return Verdict("hypothetical", f'"{condition.group(1)}" opens the clause')
    if (
        trigger.form == "past"
        and " " not in trigger.text
        and (_ADJECTIVAL.search(before) or (trigger.event_type != CASUALTIES and _COUNTED.search(before)))
    ):
        return Verdict("mentioned", f"{ADJECTIVE} or noun")
    if trigger.form == "past" and lists.adjectival.match(text, trigger.start) and _NOT_A_SUBJECT.search(before):
        return Verdict("mentioned", ADJECTIVE)
    if trigger.form == "past" and " " in trigger.text and _SINCE.match(before) and lists.definite.search(before):
        return Verdict("mentioned", "a known thing that dates another")
    tried = trigger.event_type in ATTEMPTABLE and lists.attempted.search(before)
    if tried and not lists.modals.search(before):
        return Verdict("asserted", ATTEMPT)
    if trigger.form in {"noun", "weak"} and _SUCH.search(before):
        return Verdict("mentioned", "a kind of thing, not one of it")
    if trigger.form in {"noun", "weak", "phrase"}:
        return _read_noun(text, trigger, clause, before, lists)
    return _read_verb(trigger, before, wider, lists)


def _not_told(text: str, trigger: Trigger, sentence: tuple[int, int], lists: _Lists) -> Verdict | None:
    """Return that a trigger is not told as what happened: it is to come, could be, is judged, or its accounts are."""
    inside = lists.modals.search(trigger.text)
    if inside and inside.group(1) not in re.sub(r"[{}]", "", trigger.lemma):
        return Verdict(lists.modal_kind[inside.group(1)], f'"{inside.group(1)}" within it')
    to_do = _TO_DO.search(trigger.text)
    if to_do and " to " not in trigger.lemma and not lists.realised.search(trigger.text[: to_do.start("verb")]):
        return Verdict("planned", "an infinitive within it")
    able = _ABLE.search(text, max(sentence[0], trigger.start - _NEAR), trigger.end)
    if able and able.end() > trigger.start - len(" the "):
        return Verdict("hypothetical", f'"{able.group()}"')
    to_come = _TO_COME.search(trigger.text)
    if to_come and to_come.group() not in trigger.lemma:
        return Verdict("planned", f'"{to_come.group()}" within it')
    judged = _JUDGED.match(text, trigger.end, sentence[1])
    if judged:
        return Verdict("hypothetical", f'"{judged.group("judged")}" is said of all such')
    wider = text[sentence[0] : trigger.start]
    if _ACCOUNTS.search(wider):
        return Verdict("mentioned", "accounts of it are told apart, not what happened")
    untold = _UNTOLD.search(wider)
    return Verdict("hypothetical", f'"{untold.group(1)}" that nobody tells') if untold else None


_NEAR = 40
"""Characters before a trigger in which it stands that somebody could do it."""
_ABLE = re.compile(
    r"\b(?:(?:is|are|be|being|remains?)\s+able\s+to|capable\s+of|possible\s+to|(?:be|is|are|stands?|stay)\s+ready\s+(?:to|for)|in\s+a\s+position\s+to)\b",
    re.IGNORECASE,
)
_TO_COME = re.compile(r"\b(?:due|planned|scheduled|slated|expected)\b", re.IGNORECASE)
_JUDGED = re.compile(
    r"\w*\s+(?:(?:of|in|on|at|against|near)\s+(?:[\w-]+\s+){1,3}){0,2}(?:is|are|constitutes?|amounts?\s+to|represents?)\s+(?:an?\s+|the\s+)?(?:\w+\s+){0,2}"
    r"(?P<judged>violations?|crimes?|breach|terror\w*|unacceptable|inadmissible|unlawful|illegal|prohibited)\b",
    re.IGNORECASE,
)
"""Behind a noun: "the targeting of civilians is a war crime"."""


def _denied(text: str, trigger: Trigger, before: str, sentence: tuple[int, int], lists: _Lists) -> Verdict | None:
    """Return that the text denies what a trigger names, where it does."""
    told_by_no = _NEGATED_INSIDE.search(trigger.lemma)  # "had no connection with the city" is itself what happened
    negated = (
        lists.negation.search(before)
        or (None if told_by_no else _NEGATED_INSIDE.search(_RELATIVE_INSIDE.sub("", trigger.text)))
        or lists.disowned.search(text[sentence[0] : trigger.start])
        or (None if told_by_no or " not " in f" {trigger.lemma} " else _NOT_ONE.search(before))
    )
    if negated:
        return Verdict("denied", f'"{next(filter(None, negated.groups()))}" before it')
    refuted = lists.refuted.search(text, *sentence)
    if refuted and refuted.start() < trigger.start < refuted.start("denied"):
        return Verdict("denied", f'"{refuted.group("denied")}" is said of it')
    return None


def _until(trigger: Trigger, before: str, wider: str, lists: _Lists) -> re.Match[str] | None:
    """Return "until" or "once" where what follows has not happened: no past form, or the end of a threat or plan."""
    until = lists.until.search(before)
    if until is None or trigger.form not in {"past", "noun", "weak"}:
        return until
    kinds = {lists.governor_kind[governor.lower()] for governor in lists.governors.findall(wider)}
    return until if kinds & {"threatened", "planned"} or lists.modals.search(wider) else None


_PURPOSE = re.compile(r"\s+(?:to|against|for)\s+(?:[\w’'-]+\s+){1,4}?(?=(?:could|may|might|would|will|shall|should)\b)")
"""Between a noun and its verb: "the operation to isolate X could start"."""
_BEGINNING = 40
"""Characters behind a clause in which a relative clause tells that something began."""
_WHICH_BEGAN = re.compile(
    r"(?:\s+(?:to|of|for|in|on)\s+(?:[\w-]+\s){0,3}[\w-]+)?,?\s+(?:which|that)\s+(?:had\s+)?(?:\w+ly\s+)?(began|started|begun|broke\s+out|erupted|flared|took\s+place|occurred|happened)\b",
    re.IGNORECASE,
)
_SOON = re.compile(r"[^.;:]{0,40}?\b(a matter of (?:hours|days|weeks|months|time))\b", re.IGNORECASE)
_HAD_TO = re.compile(r"\bhad\s+to\s+(?:\w+ly\s+)?$", re.IGNORECASE)
"""Who had to do something did it."""
_TO_DO = re.compile(r"\bto\s+(?!(?:death|pieces|safety|ashes|rubble|ruins|the)\b)(?P<verb>\w+)$")
_UNTOLD = re.compile(
    r"\b(?:not|n['’]t|unclear|unknown|refused to|declined to|without)\s+(?:\w+\s+)?(?:(?:say|saying|specify|specifying|know|known|clear|disclose|disclosing|reveal|revealing)\s+)?"
    r"(where|when|how|what|who|whether|if)\b[^,;.]*$",
    re.IGNORECASE,
)
_ACCOUNTS = re.compile(
    r"\b(?:accounts?|versions?|explanations?|questions?|disputes?|doubts?|theories|argu(?:ed|ing|ment)|disagree\w*)\s+(?:\w+\s+)?(?:of|on|about|over|as\s+to)"
    r"\s+(?:how|who|why|what|where)\b[^,;.]*$",
    re.IGNORECASE,
)
"""Before what is known to have happened: "conflicting accounts of how the fighting started"."""
_NOT_A_SUBJECT = re.compile(
    r"(?:^|[,;:(“\"]|\b(?:the|an?|of|in|to|into|for|from|with|by|on|at|near|over|around|all|some|many|several|few|these|those|its|their|our|his|her|any|no|other|more|most|as"
    r"|and|or|former|still|partly|including|took|taken|brought|carried|flew|flown|saw|found|evacuat\w+|treat\w+|transport\w+|carry\w*|help\w*|\w+ly|\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten))\s*$",
    re.IGNORECASE,
)
"""Before a participle: what stands there is no subject, so "destroyed houses" are houses and "troops destroyed houses" is a deed."""
_SINCE = re.compile(
    r"\s*(?:after|before|since|until|following)\b"
    r"(?!\s+(?:noon|midnight|dawn|dusk|early|late|last|then|\d|[A-Z]\w+day\b|the\s+(?:\w+\s+)?(?:morning|evening|night|weekend|start|beginning|end)\b))",
    re.IGNORECASE,
)
"""Opens a clause that dates another, unless a time stands behind it."""
_RELATIVE_INSIDE = re.compile(r"\b(?:which|that|who)\s+(?:has|had|have|did|was|were)\s+not\s+\w+")
"""Within a trigger: "a missile that had not exploded was found" denies no finding."""
_NEGATED_INSIDE = re.compile(r"\b(not|never|no|n['’]t)\b")
_ADJECTIVAL = re.compile(
    r"\b(?:the|a|an|of|all|some|many|these|those|its|their|our|any|other|for|more|most|\d+ of the)\s+(?:\w+(?:ed|en)\s+(?:and|or)\s+)?$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\b\d[\d,.]*\s+$")
_EXPOSED = re.compile(
    r"\b(?:subject|expos|resort|respond|return)(?:s|ed|ing|es|e)?\b[^.;]*\bto\s+(?:\w+ly\s+)?$", re.IGNORECASE
)
"""Before a word that is noun and verb: "subjected the town to fire"."""
_SUCH = re.compile(r"\bsuch\s+(?:an?\s+)?$", re.IGNORECASE)
_ANY = re.compile(r"\bany\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_DEMANDED_THAT = re.compile(
    r"\b(demand\w*|insist\w*|urg(?:e|ed|es|ing)|propos\w*|request\w*|recommend\w*|requir\w*)\s[^.;]*\bthat\b[^.;]*$",
    re.IGNORECASE,
)
"""Before a base form: what somebody wants done."""
_NOT_ONE = re.compile(
    r"(?:^|[,;]\s*|\b(?:that|and|but|where)\s+)(not\s+(?:a|an|one)\b|no\s+one\b|nobody\b|none\s+of\b)", re.IGNORECASE
)
"""Opens a clause of which nothing happened: "not a gram of aid has entered"."""
_YET_TO_COME = re.compile(
    r"^(?:\s+\w+){0,3}?\s+(?:is|are|was|were|be)\s+(planned|expected|scheduled|due|possible|likely|unlikely|needed|required|to be)\b",
    re.IGNORECASE,
)


_WOULD_BEHIND_ASIDE = re.compile(
    r"[^,.;:]{0,80},\s+(?:\w+ly\s+)?(?:hinted|planned|proposed|mooted|announced|promised|threatened|expected|rumou?red|feared|discussed|floated)\b[^,.;:]{0,60},\s+(would|could|might)\b"
)
"""Behind a noun: "the erection of a post at X, hinted at in Y, would aggravate matters"."""


def _read_verb(trigger: Trigger, before: str, wider: str, lists: _Lists) -> Verdict:
    """Read a verb: finite forms assert, infinitives and forms under a modal or a governor do not."""
    close = before[-60:]
    modal = _last(lists.modals, close)
    if (
        modal
        and len(close[modal.end() :].split()) <= 4
        and (
            trigger.form == "base"
            or re.fullmatch(r"\s+(?:not\s+|also\s+|\w+ly\s+)?", close[modal.end() :])  # "would set out": no past form
            or re.search(r"\b(?:be|have|have been)\s+(?:\w+\s+)?$", close[modal.end() :] + " ", re.IGNORECASE)
        )
    ):
        return Verdict(
            lists.modal_kind.get(modal.group(1).lower(), "hypothetical"), f'"{modal.group(1)}" before the verb'
        )
    infinitive = re.search(r"\bto\s+(?:be\s+)?(?:\w+ly\s+)?$|\bto\s+let\s+(?:\w+\s+){1,4}$", before)
    if trigger.form == "base" or (infinitive and trigger.form == "past" and re.search(r"\bto\s+be\s+", before[-12:])):
        demanded = None if infinitive else _DEMANDED_THAT.search(wider)
        if demanded:
            return Verdict("hypothetical", f'"{demanded.group(1)}" that it be so')
        if not infinitive or _EXPOSED.search(before):
            # a bare base form is a plural present ("troops attack"), or a headline
            return Verdict("asserted", "a finite verb")
        if lists.realised.search(before) or _HAD_TO.search(before):
            return Verdict("asserted", "an infinitive under a verb that carries it out")
        governor = _last(lists.governors, wider[-140:])
        kind: Reading = lists.governor_kind.get(governor.group(1).lower(), "hypothetical") if governor else "planned"
        return Verdict(kind, f'infinitive under "{governor.group(1)}"' if governor else "an infinitive of purpose")
    if trigger.form == "ing":
        governor = _last(lists.governors, before[-60:])
        if governor and len(before[-60:][governor.end() :].split()) <= 3:
            return Verdict(lists.governor_kind[governor.group(1).lower()], f'under "{governor.group(1)}"')
        noun = lists.nouns.search(before)
        if noun:
            return Verdict("hypothetical", f'after "{noun.group(1)}"')
        if re.search(r"\b(?:denied|denies|deny|denying|rejected)\s+(?:\w+\s+)?$", before, re.IGNORECASE):
            return Verdict("denied", "under a verb of denying")
        if re.search(r"\baccus\w+\s[^.;]*\bof\s+$", before, re.IGNORECASE):
            return Verdict("asserted", "what somebody is accused of")
        if re.search(
            r"\b(?:stop|end|cease|halt|stopped|ended|ceased|halted|against|for|of|from)\s+$", before, re.IGNORECASE
        ):
            return Verdict("mentioned", "a gerund that takes up something known")
    return Verdict("asserted", "a finite verb" if trigger.form != "ing" else "a participle of the clause")


def _read_noun(text: str, trigger: Trigger, clause: tuple[int, int], before: str, lists: _Lists) -> Verdict:
    """Read a noun: support verbs assert it, governors of fear, demand and plan do not, the rest mentions it."""
    after = text[trigger.end : clause[1]]
    presupposed = lists.presupposing.search(before)
    governor = _last(lists.governors, before[-70:])
    support_after = lists.support_after.match(after) or _WHICH_BEGAN.match(text, trigger.end, clause[1] + _BEGINNING)
    untold = (None if presupposed else _governed(before, governor, lists, carried_out=bool(support_after))) or _to_come(
        after, lists
    )
    if untold:
        return untold
    support = lists.support_before.search(before)
    if (
        support
        and support.group(1).lower() in lists.support_base
        and re.search(r"\bto\s", before[: support.start()], re.IGNORECASE)
    ):
        if lists.realised.search(before[: support.start()]):
            return Verdict("asserted", f'"{support.group(1)}" before the noun')
        kind = lists.governor_kind.get(governor.group(1).lower(), "planned") if governor else "planned"
        return Verdict(kind, f'infinitive "{support.group(1)}" before the noun')
    if support:
        return Verdict("asserted", f'"{support.group(1)}" before the noun')
    if support_after and _SINCE.match(before) and lists.definite.search(before):
        return Verdict("mentioned", "a known thing that dates another")
    if support_after:
        return Verdict("asserted", f'"{support_after.group(1)}" behind the noun')
    if lists.definite.search(before) or presupposed:
        return Verdict("mentioned", "taken up as something known")
    return Verdict("mentioned", "a noun without a verb that says it happened")


def _governed(before: str, governor: re.Match[str] | None, lists: _Lists, *, carried_out: bool) -> Verdict | None:
    """Return what words before a noun say of it: feared, demanded, planned; a verb behind it that carries it out wins over governors."""
    if _ANY.search(before):
        return Verdict("hypothetical", '"any" of them')
    if governor and not carried_out and len(before[-70:][governor.end() :].split()) <= 5:
        return Verdict(lists.governor_kind[governor.group(1).lower()], f'under "{governor.group(1)}"')
    noun = lists.nouns.search(before)
    if noun:
        return Verdict("hypothetical", f'after "{noun.group(1)}"')
    modal = _last(lists.modals, before[-50:])
    if modal:
        return Verdict(
            lists.modal_kind.get(modal.group(1).lower(), "hypothetical"), f'"{modal.group(1)}" in the clause'
        )
    return None


def _to_come(after: str, lists: _Lists) -> Verdict | None:
    """Return that words behind a noun say that it is still to come."""
    yet = _YET_TO_COME.match(after) or _SOON.match(after) or _WOULD_BEHIND_ASIDE.match(after)
    if yet:
        return Verdict("planned", f'"{yet.group(1)}" behind it')
    purpose = _PURPOSE.match(after)
    modal = lists.modals.match((after[purpose.end() :] if purpose else after).lstrip()[:20])
    if modal:
        return Verdict(lists.modal_kind.get(modal.group(1).lower(), "hypothetical"), f'"{modal.group(1)}" behind it')
    return None


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    last = None
    for match in pattern.finditer(text):
        last = match
    return last
