"""Joins phrases for numbers of people with the words for what happened to them, within one sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from geo.casualties.phrases import party_of
from geo.casualties.words import casualty_words
from geo.model import Casualties
from geo.patterns import alternatives, any_of
from geo.windows import count_words, first_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geo.casualties.phrases import People
    from geo.casualties.verbs import Happening, Way
    from geo.model import Group, Metric, Qualifier


@dataclass(frozen=True, slots=True)
class CasualtyMention:
    """One figure with the stretch of text that says it (`text[start:end]`), and why it was read so."""

    start: int
    end: int
    figure: Casualties
    reason: str


_FELL_DOWN = re.compile(r"\s+(?:back|from|off|into|down|ill|out|behind|under|short|silent|to)\b", re.IGNORECASE)
"""Behind "fell": no death."""
_FAR = 24
"""So many words from their verb nobody is its subject any more."""
_MANY = 500
"""From this number on, people who arrive elsewhere in a war are taken for displaced."""


@dataclass(frozen=True, slots=True)
class _Toll:
    """A running count: which phrase gives the number, what is said of it, and whether it was passed ("topped 30,000")."""

    index: int
    name: str
    words: str
    metric: Metric
    above: bool


_ADVERBS = (
    r"(?:have|has|had|was|were|been|being|be|is|are|get|got|also|reportedly|all|both|later|then|seriously|badly|lightly|slightly"
    r"|severely|critically|fatally|reported|found|left|confirmed|said|to|feared|presumed|still|now|remain|remained|went|may|might|allegedly"
    r"|officially|already|so|far|either|immediately|instantly|subsequently|believed|known|thought|declared|considered|listed|as|not"
    r"|(?<=were )[a-z]+ed\s+and|(?<=was )[a-z]+ed\s+and|(?<=been )[a-z]+ed\s+and|military|on|the|spot|more|others?|who|that|dead|body|bodies|of)"
)
_PREDICATE_GAP = re.compile(rf"(?:[\s,–—-]|\b{_ADVERBS}\b)*", re.IGNORECASE)
_ASIDE = re.compile(r",[^,;:]+,|\s[–—-]{1,2}\s[^–—;]+\s[–—-]{1,2}(?=\s)|\([^)]+\)|—[^—]+—")
_PHRASE_GAP = re.compile(
    r"\s+(?:in|on|at|near|from|of|by|during|as\s+a\s+result\s+of|as\s+a\s+result|due\s+to|following|after|with|between|along|within"
    r"|inside|around|under|over|because\s+of|when|while|aged|born|named|identified|serving|travelling|traveling|riding|who|belonging)\b[^;:.]*?",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"\b(?:since|that|which|until|before|when|where)\b", re.IGNORECASE)
"""Between people and a bare number these begin another story: the number is not of those people."""
_AND = re.compile(
    r"\s*(?:,\s*|,?\s+and\s+|,?\s+as\s+well\s+as\s+|,?\s+along\s+with\s+|,?\s+plus\s+|\s*&\s*|/|\s+or\s+)(?:also\s+|another\s+|a\s+further\s+)?",
    re.IGNORECASE,
)
_IN_PLACE = re.compile(
    r"\s+(?:more\s+)?(?:in|at|near)\s+(?:the\s+)?(?-i:[A-Z]|(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,3}?(?:attacks?|strikes?|shelling|explosions?|blasts?|ambush|raids?|fire|clash(?:es)?)\b)"
)
"""Behind a bare number: where, or in what."""
_ABOVE = re.compile(r"exceed|topped|surpassed|passed", re.IGNORECASE)
_PART = re.compile(
    r"\s*[,(–—-]?\s*(?:and\s+)?(?:including|includes?|included|comprising|among\s+(?:them|which|whom|those\s+\w+)|of\s+(?:whom|which|them|these)|(?:one|two|three|four|five|some|several|many|half|most)\s+of\s+(?:them|whom)(?:\s+(?:was|were))?|incl\.|mostly|most\s+of\s+them)"
    r"\s*:?\s*(?:also\s+)?",
    re.IGNORECASE,
)
_ASIDE_OPENS = re.compile(r"\s*(?:—|–|--|\s-\s|\(|:)\s*")
_OBJECT_GAP = re.compile(
    r"(?:\s+(?:or|and)\s+(?:\w+ing|\w+ed))?(?:\s+(?:along|together)\s+with)?\s+(?:(?:the|a|an|some|its|their|his|her|also|another|further|lives|of|as|many|deaths?|body|bodies|to|in"
    r"|total|least|injuries|alive|all|both|such)\s+)*",
    re.IGNORECASE,
)
_OF_THEM = re.compile(r"\bof\s+(?:them|whom|which)\b|\s(?:were|was|are|is)\s")
_DEGREE = re.compile(
    r"\s+(?:of\s+them\s+)?(?:seriously|severely|critically|badly|fatally|lightly|slightly|gravely)\b(?!\s+\w+ed\b)"
)
"""Behind a number: some of those just counted ("eight were wounded, two seriously")."""
_OBJECT_FOLLOWS = re.compile(
    r"\s+(?:(?i:the|an?|his|her|their|its)\s|(?!(?i:on|in|at|mon|tues|wednes|thurs|fri|satur|sun|last|this)(?:day)?\b)[A-Z][\w’'-]*(?:’s|'s)?\s)"
)
_ON_SIDE = re.compile(r"\bon\s+the\s+([\w-]+(?:\s+[\w-]+)?)\s+side\b", re.IGNORECASE)
_ALONG = re.compile(r"\s+(?:along|together)\s+with\b", re.IGNORECASE)
_TOLL_GAP = re.compile(
    r"[^.;]*?(?P<verb>\bto\b|\bat\b|\breach(?:ed|es|ing)?\b|\bis\b|\bwas\b|\bstands?\b|\bstood\b|\bof\b|:|\bexceed(?:ed|s)\b|\btopped\b"
    r"|\bsurpassed\b|\bpassed\b|\bhit\b|\bmade\b|\bamounted to\b|\bnow\b)\s*(?:now\s+|already\s+)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Linker:
    """Finds what happened to the people of each phrase of one sentence."""

    text: str
    begin: int
    stop: int
    people: Sequence[People]
    words: Sequence[Happening]
    sides: Mapping[str, str]

    def link(self) -> list[CasualtyMention]:
        """Return the figures of the sentence."""
        parents = self._parents()
        metrics: dict[int, tuple[Metric, str]] = {}
        together: dict[int, tuple[Metric, Metric]] = {}
        tolls = {toll.index: toll for toll in self._tolls()}
        for toll in tolls.values():
            metrics[toll.index] = (toll.metric, f"running toll: “{toll.name}”")
        floor = self.begin
        for position, word in enumerate(self.words):
            indexes = [parents.get(index, index) for index in self._people_of(word, position, floor)]
            floor = word.end if indexes else floor
            indexes = [index for index in indexes if self.people[index].noun not in casualty_words().either]
            told = [index for index in indexes if _may_come_to(self.people[index].metric, word)]
            indexes = told or indexes  # "one dead soldier and 12 who were captured": the dead one was not
            for index in indexes:
                if index not in metrics:
                    metrics[index] = (word.metric, f"“{word.text}”")
            other = self._same_people(position)
            if other is not None:
                together |= {
                    index: (word.metric, other.metric)
                    for index in indexes
                    if metrics.get(index, ("",))[0] == word.metric
                }
        metrics = self._with_implied(metrics, parents)
        return self._mentions(metrics, together, parents, tolls)

    def _with_implied(
        self, metrics: Mapping[int, tuple[Metric, str]], parents: Mapping[int, int]
    ) -> dict[int, tuple[Metric, str]]:
        """Return what happened to people with those for whom no word of their own says it."""
        metrics = dict(metrics)
        for index in self._dead_beside_wounded():
            metrics[index] = ("killed", "casualties told apart from the wounded")
        for index, people in enumerate(self.people):
            if index not in metrics and self._is_held(people):
                metrics[index] = ("captured", f"“{people.noun}” that somebody took or holds")
            if people.metric and index not in metrics:
                metrics[index] = (people.metric, "the noun or its adjective says so")
        for index in range(1, len(self.people)):
            if index not in metrics and index - 1 in metrics and self._is_gapped(index):
                metrics[index] = (metrics[index - 1][0], f"gapped; {metrics[index - 1][1]}")
        for index, parent in sorted(parents.items()):
            if parent in metrics:
                metrics[index] = (metrics[parent][0], f"part of the figure before it; {metrics[parent][1]}")
        return metrics

    def _is_gapped(self, index: int) -> bool:
        """Tell whether a bare number leaves out the verb of the one before: "27 were killed in X and 15 in Y"."""
        people, before = self.people[index], self.people[index - 1]
        gap = self.text[before.end : people.start]
        return (
            not people.noun
            and re.search(r"(?:,|,?\s+and)\s+(?:another\s+)?$", gap) is not None
            and re.search(r"\s(?:in|at|near|by)\s", gap) is not None
            and _IN_PLACE.match(self.text, people.end, self.stop) is not None
        )

    def _is_held(self, people: People) -> bool:
        """Tell whether hostages or prisoners are taken or held ("took 240 hostages"), not set free."""
        captured = casualty_words().metrics["captured"]
        before = self.text[self.begin : people.start]
        return (
            people.noun in captured["held"]
            and re.search(rf"\b{alternatives(captured['holding'])}\s+$", before, re.IGNORECASE) is not None
        )

    def _dead_beside_wounded(self) -> list[int]:
        """Return the numbers of casualties behind which a number of wounded stands: "two casualties and one wounded"."""
        found = []
        for index, people in enumerate(self.people[:-1]):
            wounded = self.people[index + 1]
            gap = self.text[people.end : wounded.start]
            behind = first_words(self.text, wounded.end, self.stop, 1)
            if (
                people.noun in casualty_words().either
                and _AND.fullmatch(gap)
                and re.match(r"\s+(?:wounded|injured)\b", behind)
            ):
                found.append(index)
        return found

    def _parents(self) -> dict[int, int]:
        """Return which phrases are parts of which: "27 people, including seven civilians and two children"."""
        parents: dict[int, int] = {}
        for index, people in enumerate(self.people[1:], 1):
            before = self.people[index - 1]
            gap = self.text[before.end : people.start]
            whole = parents.get(index - 1, index - 1)
            in_part = index - 1 in parents and _AND.fullmatch(gap) is not None and not self._starts_anew(index)
            unlike = people.group != before.group if people.known else people.side not in {None, before.side}
            opens = unlike and _ASIDE_OPENS.fullmatch(gap)
            some = _OF_THEM.search(self.text[people.start : people.end]) or _DEGREE.match(self.text, people.end)
            of_them = some is not None and not self._starts_anew(index)
            part = re.search(_PART.pattern + r"$", gap, re.IGNORECASE) and self._same_clause(gap)
            if part or of_them or in_part or opens or (people.rest and index - 1 in parents):
                parents[index] = whole
        self._apposed(parents)
        return parents

    def _apposed(self, parents: dict[int, int]) -> None:
        """Mark "two civilians, a woman and a child, were killed": those listed behind a number are its people."""
        for index, whole in enumerate(self.people[:-2]):
            number, count, last = whole.quantity.best or 0, 0, index
            while last + 1 < len(self.people) and count < number and last + 1 not in parents:
                gap = self.text[self.people[last].end : self.people[last + 1].start]
                if not (_AND.fullmatch(gap) if last > index else gap == ", "):
                    break
                last += 1
                count += self.people[last].quantity.best or number + 1
            if (
                count == number
                and last > index + 1
                and self.text[self.people[last].end : self.people[last].end + 1] == ","
            ):
                parents.update(dict.fromkeys(range(index + 1, last + 1), index))

    def _starts_anew(self, index: int) -> bool:
        """Tell "five were killed, including a child, and four injured" from "five, including a child and a man, were killed"."""
        before = max(index - 1, 0)
        told_before = any(
            word.end <= self.people[index].start for word in self.words if word.start > self.people[before].start
        )
        told_before = told_before or any(word.end <= self.people[before].start for word in self.words)
        return told_before and self._has_own_word(index)

    @staticmethod
    def _same_clause(gap: str) -> bool:
        return count_words(gap) <= 18 and not re.search(r"[;.]\s", gap)

    def _people_of(self, word: Happening, position: int, floor: int) -> list[int]:
        """Return the phrases for the people to whom this happened."""
        along = _ALONG.match(self.text, word.end) is not None
        before = self._subject(word, position, floor) if word.people != "behind" else None
        if before is not None and word.people == "either" and self._is_subject_of_active(before, word):
            before = None
        behind = self._object(word) if along or (before is None and word.people != "before") else None
        subjects = [] if before is None else self._enumerated(before, -1)
        return subjects if behind is None else [*subjects, *self._enumerated(behind, 1)]

    def _is_subject_of_active(self, index: int, word: Happening) -> bool:
        """Tell "two bombers killed ten people" from "ten people killed": the active has its people behind it."""
        if _OBJECT_FOLLOWS.match(self.text, word.end, self.stop) and self.people[index].known:
            return True
        return (
            bool(self.people[index].noun)
            and self._object(word) is not None
            and "," not in self.text[self.people[index].end : word.start]
        )

    def _subject(self, word: Happening, position: int, floor: int) -> int | None:
        for index in range(len(self.people) - 1, -1, -1):
            people = self.people[index]
            if people.end > word.start or not self._may_suffer(people, word):
                continue
            if people.end <= floor and not self._shared_subject(word, position):
                return None
            gap = self.text[people.end : word.start]
            if _closes(gap, word.people) and not self._others_between(index, gap):
                return index
        return None

    def _others_between(self, index: int, gap: str) -> bool:
        """Tell whether other people stand nearer, outside of an aside: "the mother of a man who was killed"."""
        end = self.people[index].end
        asides = [match.span() for match in _ASIDE.finditer(gap)]
        nearer = [other for other in self.people[index + 1 :] if other.end <= end + len(gap) and other.known]
        return any(not any(a <= other.start - end and other.end - end <= b for a, b in asides) for other in nearer)

    def _shared_subject(self, word: Happening, position: int) -> bool:
        """Tell whether the word before has the same people: "five were killed and wounded"."""
        return (
            position > 0
            and re.fullmatch(
                r"\s*(?:and|or|,|/|and/or)\s*(?:\w+ly\s+)?", self.text[self.words[position - 1].end : word.start]
            )
            is not None
        )

    def _same_people(self, position: int) -> Happening | None:
        """Return the word that shares its number with this one: "killed and wounded", "killed or maimed"."""
        word = self.words[position]
        for other in (position - 1, position + 1):
            if not 0 <= other < len(self.words) or self.words[other].metric == word.metric:
                continue
            first, last = sorted((word, self.words[other]), key=lambda one: one.start)
            if re.fullmatch(r"\s*(?:and|or|and/or|/)\s*(?:\w+ly\s+)?", self.text[first.end : last.start]):
                return self.words[other]
        return None

    def _object(self, word: Happening) -> int | None:
        for index, people in enumerate(self.people):
            if people.start < word.end or not self._may_suffer(people, word):
                continue
            gap = _things_first().sub(" ", self.text[word.end : people.start])
            if count_words(gap) > 9 or not re.fullmatch(
                _OBJECT_GAP.pattern, gap + ("" if gap.endswith(" ") else " "), re.IGNORECASE
            ):
                return None
            if word.text in {"forced", "forcing"} and not re.match(
                r"\s+(?:\w+\s+){0,3}?to\s+(?:flee|leave|evacuate|abandon)\b",
                first_words(self.text, people.end, self.stop, 6),
            ):
                return None
            if word.text in {"lost", "loses", "losing", "loss of"} and not people.known:
                return None
            return index
        return None

    def _may_suffer(self, people: People, word: Happening) -> bool:
        """Tell whether a phrase can be people at all: what is captured or displaced must be named as people."""
        if word.text == "fell" and (people.group != "military" or _FELL_DOWN.match(self.text, word.end)):
            return False
        if word.metric == "displaced" and people.quantity.best == 1:
            return False  # "the man fled" tells of a flight, not of displacement
        if word.text in casualty_words().metrics[word.metric].get("moved", ()):
            most = max(people.quantity.low or 0, people.quantity.high or 0)
            return people.known and people.group in {"total", "civilian", "children", "women"} and most >= _MANY
        if people.known or not people.noun:
            return True
        return word.metric in {"killed", "wounded"} or people.side is not None

    def _enumerated(self, index: int, step: Literal[-1, 1]) -> list[int]:
        """Return a phrase with those that are listed with it: "two soldiers, a woman and three children"."""
        found = [index]
        other = index + step
        while 0 <= other < len(self.people):
            first, last = sorted((other, found[-1]))
            gap = _AGED.sub("", self.text[self.people[first].end : self.people[last].start])
            if not _AND.fullmatch(gap) or (step == 1 and self._has_own_word(other)):
                break
            found.append(other)
            other += step
        return found

    def _has_own_word(self, index: int) -> bool:
        """Tell whether a word for what happened stands right behind a phrase: "12 killed and 3 wounded"."""
        end = self.people[index].end
        return any(
            word.people != "behind" and _closes(self.text[end : word.start], "before")
            for word in self.words
            if end <= word.start and count_words(self.text[end : word.start]) <= 4
        )

    def _tolls(self) -> Iterator[_Toll]:
        for metric in casualty_words().metrics:
            for match in _toll(metric).finditer(self.text, self.begin, self.stop):
                for index, people in enumerate(self.people):
                    if people.end <= match.start() and _brought_to(self.text, people, match.start()):
                        yield _Toll(index, match.group(), match.group(), metric, above=False)
                    between = self.text[match.end() : max(match.end(), people.quantity.start)]
                    gap = _TOLL_GAP.fullmatch(between) if count_words(between) <= _FAR else None
                    if people.start >= match.end() and gap:
                        of_whom = first_words(self.text, match.start(), people.quantity.start, 10)
                        behind = first_words(self.text, people.end, self.stop, 1)
                        if match.group().lower() == "toll" and (_HURT.search(of_whom) or _HURT.search(behind)):
                            break  # "a first toll of eight wounded"
                        yield _Toll(index, match.group(), of_whom, metric, above=_ABOVE.search(gap["verb"]) is not None)
                        break

    def _mentions(
        self,
        metrics: Mapping[int, tuple[Metric, str]],
        together: Mapping[int, tuple[Metric, Metric]],
        parents: Mapping[int, int],
        tolls: Mapping[int, _Toll],
    ) -> list[CasualtyMention]:
        found: list[CasualtyMention] = []
        sides: dict[int, str | None] = {}
        named: People | None = None
        for index, people in enumerate(self.people):
            group, side = people.group, people.side
            if index in tolls and not people.noun:
                group, side = _named_people(tolls[index].words), side or party_of(tolls[index].words, self.sides)
            elif (
                people.again
                and not people.known
                and named is not None
                and index not in parents
                and not _ELSEWHERE.search(self.text, named.end, people.start)
            ):
                group, side = named.group, people.side or named.side
            if (people.known or people.side) and index not in parents:
                mixed = named if index and self._listed_together(index) else None
                named = replace(
                    people,
                    group=group if mixed is None or mixed.group == group else "total",
                    side=side if named is None or named.side == side or people.again else None,
                )
            if index not in metrics:
                continue
            sides[index] = side
            if index in parents:
                side = side or sides.get(parents[index])
                group = group if people.known else self.people[parents[index]].group
            metric, reason = metrics[index]
            side = side or self._side_of_clause(people)
            for each in together.get(index, (metric,)):
                quantity = self._quantity(index, parents, shared=index in together)
                if quantity is None:
                    continue
                low, best, high, qualifier, why = quantity
                if index in tolls and tolls[index].above and low is not None:
                    best, high, qualifier = None, None, "at_least"
                words = self.text[people.start : people.end]
                figure = Casualties(each, group, side, low, best, high, qualifier, words)
                found.append(CasualtyMention(people.start, people.end, figure, f"{reason}{why}"))
        return found + self._sums(metrics, parents, together)

    def _listed_together(self, index: int) -> bool:
        gap = self.text[self.people[index - 1].end : self.people[index].start]
        return _AND.fullmatch(gap) is not None

    def _side_of_clause(self, people: People) -> str | None:
        """Return the party of "on the northern side", said before the people or behind them in the same clause."""
        before = re.split(r"[;.]\s|,\s+(?:and|but|while)\s", self.text[self.begin : people.start])[-1]
        behind = re.split(r"[;.,]", first_words(self.text, people.end, self.stop, 9))[0]
        for words in (before, behind):
            said = _ON_SIDE.findall(words)
            if said:
                return party_of(said[-1], self.sides)
        return None

    def _quantity(
        self, index: int, parents: Mapping[int, int], *, shared: bool
    ) -> tuple[int | None, int | None, int | None, Qualifier, str] | None:
        """Return low, best, high, qualifier and what to add to the reason; None where "the rest" cannot be told."""
        people = self.people[index]
        told = people.quantity
        if people.rest:
            whole = self.people[parents[index]].quantity.best if index in parents else None
            parts = [
                self.people[other].quantity.best
                for other, parent in parents.items()
                if parent == parents.get(index) and other != index
            ]
            if whole is None or not parts or None in parts:
                return None
            left = whole - sum(part for part in parts if part is not None)
            return (left, left, left, "exact", f"; derived: {whole} less the parts told") if left > 0 else None
        if told.best == 0:
            return None, None, None, "none_reported", "; none, as the text says"
        if shared and told.high is None and told.qualifier == "at_least":
            return 1, None, None, "at_least", "; one number for two things, so at least one of each"
        if shared:
            words = told.qualifier not in {"exact", "about", "at_least", "at_most"}
            return (
                None,
                None,
                told.high,
                told.qualifier if words else "at_most",
                "; one number for two things, at most this many of each",
            )
        return told.low, told.best, told.high, told.qualifier, ""

    def _sums(
        self, metrics: Mapping[int, tuple[Metric, str]], parents: Mapping[int, int], together: Mapping[int, object]
    ) -> list[CasualtyMention]:
        """Return how many people a list of unlike people of one side names, where no total stands beside it."""
        found, index = [], 0
        while index < len(self.people):
            run = [index]
            while self._continues(run[-1], metrics, parents):
                run.append(run[-1] + 1)
            index = run[-1] + 1
            people = [self.people[one] for one in run]
            numbers = [one.quantity.best for one in people]
            groups = {one.group for one in people}
            mixed = len(groups) < len(people) and len(groups) > 1
            alike = len({one.side for one in people}) > 1 or mixed or groups & {"total", "unknown"}
            if len(run) < 2 or alike or None in numbers or run[0] not in metrics or set(run) & {*parents, *together}:
                continue
            if any(one.quantity.qualifier != "exact" for one in people):
                continue
            total = sum(number for number in numbers if number is not None)
            start, end, metric = people[0].start, people[-1].end, metrics[run[0]][0]
            group = people[0].group if len(groups) == 1 else "total"
            figure = Casualties(metric, group, people[0].side, total, total, total, "exact", self.text[start:end])
            found.append(CasualtyMention(start, end, figure, "derived: the sum of the people whom one phrase lists"))
        return found

    def _continues(self, index: int, metrics: Mapping[int, tuple[Metric, str]], parents: Mapping[int, int]) -> bool:
        """Tell whether the next phrase is listed with this one and met the same fate."""
        if index + 1 >= len(self.people) or index not in metrics or index + 1 not in metrics or index + 1 in parents:
            return False
        gap = self.text[self.people[index].end : self.people[index + 1].start]
        return metrics[index][0] == metrics[index + 1][0] and _AND.fullmatch(gap) is not None


@lru_cache(maxsize=1)
def _things_first() -> re.Pattern[str]:
    """Return a pattern for things that are listed before people: "lost five tanks and 20 men"."""
    things = alternatives(casualty_words().not_people)
    return re.compile(rf"^(?:\s+(?:[\w-]+\s+){{1,3}}?{things}(?:\s*,|\s+and|,\s+and))+\s", re.IGNORECASE)


def _brought_to(text: str, people: People, toll: int) -> bool:
    """Tell "brought to 34 the number of dead"."""
    before = re.search(
        r"\b(?:br(?:ought|ings?|inging)|rais(?:e[ds]?|ing))\s+to\s+$", text[max(0, people.start - 15) : people.start]
    )
    return (
        before is not None and re.fullmatch(r"\s+the\s+(?:overall\s+|total\s+)?", text[people.end : toll]) is not None
    )


_HURT = re.compile(r"\b(?:wounded|injured|hurt)\b(?!.*\b(?:dead|killed)\b)", re.IGNORECASE)


def _may_come_to(known: Metric | None, word: Happening) -> bool:
    """Tell whether people of whom something is known may come to what a word says: the wounded may die."""
    dies = word.metric == "killed" and word.people == "before"
    return known in {None, word.metric} or (known == "wounded" and dies)


def _closes(gap: str, way: Way) -> bool:
    """Tell whether nothing but what belongs to the predicate stands between people and what happened to them."""
    gap = _AND_OTHERS.sub(" ", _ASIDE.sub(" ", gap))
    if count_words(gap) > _FAR:
        return False
    if _PREDICATE_GAP.fullmatch(gap):
        return True
    if way == "either":
        return False
    phrase = re.fullmatch(_PHRASE_GAP.pattern + r"(?P<rest>(?:[\s,]|\b" + _ADVERBS + r"\b)*)", gap, re.IGNORECASE)
    return bool(phrase) and not _VERB.search(gap)


_AGED = re.compile(r"^,\s+(?:aged\s+)?\d{1,2}(?=,)|^\s+aged\s+\d{1,2}|^\s+\((?:aged\s+|b\.\s*|born\s+)?\d{1,4}\)")
"""Ages behind a person, before the next one of a list."""
_AND_OTHERS = re.compile(
    r"^\s+and\s+(?:[\w’'-]+\s+){1,5}?(?=(?:was|were|has|have|had)\b)|^\s+and\s+(?:an?|his|her|their|its|some|several)\s+(?:[\w’'-]+\s+){1,3}$"
)
_VERB = re.compile(
    r"\b(?<!were\s)(?<!was\s)(?<!been\s)(?!(?:armed|united|unarmed|occupied|so-called|reported|disputed|named|aged|identified|unmanned|wounded|injured|killed|masked)\b)\w{2,}ed\b(?!\s+(?:by|in|at|on|near)\b)"
    r"|,\s*(?:and|but|while)\b|\b(?:said|took|struck|began|fought|which|but|not)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=8)
def _toll(metric: Metric) -> re.Pattern[str]:
    """Return a pattern for what a running count belongs to: "the death toll", "the number of soldiers wounded"."""
    lists = casualty_words().metrics[metric]
    states = alternatives({*lists["participles"], *lists["nouns"]})
    return re.compile(
        rf"\b(?:{alternatives(lists['toll'])}|number\s+of\s+(?:[\w-]+\s+){{1,3}}?{states})\b", re.IGNORECASE
    )


def _named_people(words: str) -> Group:
    """Return the group of the first noun for people in `words`."""
    people = casualty_words().people
    found = any_of(people).search(words)
    return people[" ".join(found.group().lower().split())] if found else "total"
