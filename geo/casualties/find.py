"""Finds the casualty figures of a sentence: numbers of people, "no casualties", and "there are killed and wounded"."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.casualties.links import CasualtyMention, Linker
from geo.casualties.phrases import find_people, party_of
from geo.casualties.verbs import find_happenings, meanings
from geo.casualties.words import casualty_words
from geo.dates.rules import expressions
from geo.model import Casualties
from geo.patterns import alternatives, any_of
from geo.windows import first_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.model import Group, Metric


def find_casualties(
    text: str, start: int, end: int, *, sides: Mapping[str, str] | None = None
) -> tuple[CasualtyMention, ...]:
    """Return every casualty figure in `text[start:end]` (one sentence, best), left to right.

    `sides` maps the words for parties and their people ("Armenian", "Armenia") to party ids; without it no figure has
    a side. Offsets count characters of `text`.

    >>> text = "At least 27 people, including seven civilians, have been killed and 35 injured."
    >>> for mention in find_casualties(text, 0, len(text)):
    ...     figure = mention.figure
    ...     print(figure.text, figure.metric, figure.group, figure.low, figure.best, figure.qualifier)
    At least 27 people killed total 27 None at_least
    seven civilians killed civilian 7 7 exact
    35 wounded total 35 35 exact
    >>> find_casualties("Twelve tanks were destroyed.", 0, 28)
    ()
    """
    if not casualty_words().cue.search(text, start, end):
        return ()
    names = {name.lower(): party for name, party in (sides or {}).items()}
    blocked = [(one.start, one.end) for one in expressions(text, start, end)]
    people = find_people(text, start, end, sides=names, blocked=blocked)
    words = find_happenings(text, start, end)
    found = Linker(text, start, end, people, words, names).link()
    found = [_in_ranks(_at_home(mention, text, start, end), text, end) for mention in found]
    found += _none_reported(text, start, end, names) + _some(text, start, end, found)
    found.sort(key=lambda mention: (mention.start, mention.end, mention.figure.metric, mention.figure.group))
    return tuple(found)


def _at_home(mention: CasualtyMention, text: str, start: int, end: int) -> CasualtyMention:
    """Take a man or a family for civilians where the sentence has them in a yard, house or field of theirs."""
    harmed = mention.figure.metric in {"killed", "wounded"} and mention.figure.group == "total"
    people = harmed and _FAMILY.search(text, mention.start, mention.end)
    if not people or not _HOME.search(text, start, end):
        return mention
    return replace(mention, figure=replace(mention.figure, group="civilian"))


_FAMILY = re.compile(r"\b(?:man|men|couple|husband|father|brothers?|sons?|family|people|persons?)\b", re.IGNORECASE)
_HOME = re.compile(
    r"\b(?:his|her|their)\s+(?:own\s+)?(?:\w+\s+)?(?:yard|house|home|homes|houses|garden|roof|apartment|flat|field|fields|orchard|vineyard"
    r"|kitchen|bed|beds|courtyard|balcony|cellar|basement|tractor)\b",
    re.IGNORECASE,
)


def _in_ranks(mention: CasualtyMention, text: str, end: int) -> CasualtyMention:
    """Take a bare number for soldiers where they are counted among somebody's troops: "two dead among its own troops"."""
    if mention.figure.group != "total" or not _RANKS.match(text, mention.end, end):
        return mention
    return replace(mention, figure=replace(mention.figure, group="military"))


_RANKS = re.compile(
    r"(?:\s+(?!among\b)[\w-]+){0,5}\s+among\s+(?:(?:its|their|his|the)\s+)?(?:own\s+)?(?:\w+\s+)?(?:troops|soldiers|servicemen|forces|ranks|personnel|fighters|conscripts|military)\b",
    re.IGNORECASE,
)


def _none_reported(text: str, start: int, end: int, sides: Mapping[str, str]) -> list[CasualtyMention]:
    """Return "no casualties" and "nobody was hurt": a metric of which the text says that there were none."""
    found = []
    for match in _none().finditer(text, start, end):
        if any_of(casualty_words().none["not_none"]).match(text, match.start()):
            continue
        if re.search(
            rf"\b{alternatives(casualty_words().none['withheld'])}\s+$", text[start : match.start()], re.IGNORECASE
        ):
            continue
        behind = re.split(r"[;.,]", first_words(text, match.end(), end, 7))[0]
        group: Group = _group_near(match.group() + behind)
        side = party_of(match.group() + behind, sides)
        for metric in _metrics_of_none(match["what"] or match["what_2"] or match["what_3"]):
            figure = Casualties(metric, group, side, None, None, None, "none_reported", match.group())
            found.append(CasualtyMention(match.start(), match.end(), figure, "the text says that there were none"))
    return found


def _metrics_of_none(what: str) -> tuple[Metric, ...]:
    """Return what is said not to have happened; losses and casualties are dead and wounded."""
    unharmed = casualty_words().none["unharmed"]
    named: list[Metric] = []
    for metric, lists in casualty_words().metrics.items():
        words = {word for kind in ("participles", "happened", "nouns") for word in lists[kind] if word not in unharmed}
        if any_of(words).search(what):
            named.append(metric)
    return tuple(named) or ("killed", "wounded")


def _group_near(words: str) -> Group:
    for word, group in {**casualty_words().people_words, **casualty_words().people}.items():
        if group != "total" and re.search(rf"\b{re.escape(word)}\b", words, re.IGNORECASE):
            return group
    return "total"


@lru_cache(maxsize=1)
def _none() -> re.Pattern[str]:
    words = casualty_words()
    nouns = {noun for metric in ("killed", "wounded") for noun in words.metrics[metric]["nouns"]} | set(
        words.none["casualties"]
    )
    states = alternatives(
        {
            *words.metrics["killed"]["participles"],
            *words.metrics["killed"]["happened"],
            *words.metrics["wounded"]["participles"],
            "harmed",
            "affected",
        }
    )
    listed = alternatives(nouns)
    none = alternatives(set(words.none["words"]))
    being = r"(?:was|were|has\s+been|have\s+been|had\s+been|is|are|got)\s+(?:\w+ly\s+)?(?:reported\s+)?"
    people = alternatives(words.people)
    return re.compile(
        rf"\b(?:{none}\s+(?:[\w-]+\s+){{0,2}}?(?P<what>{listed}(?:\s+(?:or|and|nor)\s+(?:\w+\s+)?{listed})?)\b"
        rf"|(?:nobody|no\s+one|none(?:\s+of\s+\w+(?:\s+\w+)?)?|no\s+(?:\w+\s+)?{people})\s+{being}(?P<what_2>{states}(?:\s+or\s+{states})?)\b"
        rf"|(?P<what_3>{listed})\s+(?:are|were|have\s+been|has\s+been|is|was)\s+not\s+(?:been\s+)?(?:reported|recorded|registered)\b)",
        re.IGNORECASE,
    )


def _some(text: str, start: int, end: int, found: Sequence[CasualtyMention]) -> list[CasualtyMention]:
    """Return "there are killed and wounded": at least one of each, for no number is given."""
    some = []
    for match in _THERE_ARE.finditer(text, start, end):
        if any(mention.start < match.end() and match.start() < mention.end for mention in found):
            continue
        for word in (match["first"], match["second"]):
            metric = meanings().get((word or "").lower(), (None,))[0]
            if metric:
                figure = Casualties(metric, "total", None, 1, None, None, "at_least", match.group())
                some.append(
                    CasualtyMention(
                        match.start(), match.end(), figure, "the text says that there were some, and gives no number"
                    )
                )
    return some


_THERE_ARE = re.compile(
    r"(?:(?<=[,;:.“\"(—–]\s)|(?<=[“\"(])|(?<=\bthat\s)|(?<=\band\s)|(?<=\bbut\s)|(?<=\bsaid\s)|(?:^|(?<=\n)))there\s+(?:are|were|is|was)\s+(?:also\s+|reportedly\s+)?(?P<first>killed|dead|wounded|injured|missing)(?:\s+(?:and|or)\s+(?P<second>killed|dead|wounded|injured|missing))?\b",
    re.IGNORECASE,
)
