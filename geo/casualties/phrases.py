"""Who is counted: phrases for a number of people ("two Azerbaijani soldiers", "35", "a mother").

A phrase holds how many, which group, which side, and the metric where the phrase itself tells it ("five wounded").
What happened to the people of a phrase is found by `geo.casualties` from the verbs around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from geo.casualties.quantities import Quantity, find_quantities
from geo.casualties.words import casualty_words
from geo.numbers import value_of
from geo.patterns import alternatives

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.model import Group, Metric

_MODIFIERS = 6
"""How many words may stand between a number and the noun that it counts."""
_UNLIKE = re.compile(
    r"(?:,\s+(?:men|women|children))*,?\s+and\s+(?:men|women|children|elderly\s+people|old\s+people)\b", re.IGNORECASE
)
_ANOTHER = re.compile(
    r"\banother(?=\s+(?:one\s+)?(?:was|is|has\s+been|had\s+been|remains?|later\s+)?\s*(?:\w+ly\s+)?(?:wounded|injured|killed|captured|missing|died)\b)",
    re.IGNORECASE,
)
_WORD = re.compile(r"\s*((?:\d{1,3}-)?[^\W\d_](?:[\w’'-]|\.(?=\w))*)")
_WHOSE = r"(?P<whose>its|their|his|her|our|the|these|those|them|whom|which)\b(?:\s+own)?"
_OF_THEM = re.compile(rf"(?:\s+more)?(?:\s+of|(?<=\bof))\s+{_WHOSE}|\s+out\s+of\s+\d+", re.IGNORECASE)
_LADS = frozenset({"boys", "lads", "guys", "children", "sons"})
"""Behind "of our": an army's own soldiers."""
_NAME = re.compile(r"(?:\s+[A-Z][\w’'-]*[a-z][\w’'-]*){1,3}")
_NO = re.compile(r"\bno\.?\s+$", re.IGNORECASE)
"""Before a number: "no one", "the No. 2 man"."""
_ADJECTIVE_BEFORE = re.compile(r"([A-Z][\w-]*)\s+$")
_IS_AGE_BEFORE = re.compile(r"[^\W\d_],\s+$")
_OF_AGE = re.compile(
    r"\b(?:(?:man|men|woman|women|boy|girl|child|children|lady|veteran|pensioner|farmer|shepherd|resident|villager|soldier|serviceman|conscript|reservist|volunteer"
    r"|worker|driver|teacher|mother|father|grandmother|grandfather|widow|son|daughter|brother|sister|schoolboy|student|pupil|journalist"
    r"|civilian|fighter|officer|one)s?\s+of|aged|age(?:\s+of)?)\s+(?:\d{1,2}\s*(?:,|and|or|to|[-–])\s*)*$",
    re.IGNORECASE,
)
_YEARS_BEFORE = re.compile(r"\b(?:in|since|until|till|of|from|by|before|after|born)\s+$", re.IGNORECASE)
_YEARS = (1900, 2100)
_IS_AGE_AFTER = re.compile(r"\s*(?:[,;)—–]|\s-\s|and\b|years?\b)")
_LINK = re.compile(r"\s+(?:were|was|are|is)\s+(?:all\s+)?")


@dataclass(frozen=True, slots=True)
class People:
    """A number of people as `text[start:end]` names them.

    `noun` is "" where none is named ("35 injured"); `known` tells whether the noun is in the word list. `metric` is
    set where the phrase itself says what happened to them.
    """

    start: int
    end: int
    quantity: Quantity
    noun: str
    known: bool
    group: Group
    side: str | None
    metric: Metric | None = None
    again: bool = False
    """The people are of the kind named before: "two others", "35 injured"."""
    shares: bool = False
    """The noun stands with the next number: "two Azerbaijani" in "two Azerbaijani and one Armenian soldier"."""
    rest: bool = False
    """What a total leaves: "and the rest servicemen"."""

    @property
    def named(self) -> bool:
        """Whether a rank and a name stand for the number one: "Captain Jane Doe"."""
        return self.quantity.start == self.quantity.end


def find_people(
    text: str, start: int, end: int, *, sides: Mapping[str, str], blocked: Sequence[tuple[int, int]] = ()
) -> tuple[People, ...]:
    """Return every phrase for a number of people in `text[start:end]`, left to right, none inside another.

    >>> text = "two Azerbaijani soldiers, a woman and 12 tanks"
    >>> found = find_people(text, 0, len(text), sides={"azerbaijani": "azerbaijan"})
    >>> [(text[p.start : p.end], p.quantity.best, p.group, p.side) for p in found]
    [('two Azerbaijani soldiers', 2, 'military', 'azerbaijan'), ('a woman', 1, 'women', None)]
    >>> find_people("", 0, 0, sides={})
    ()
    """
    reader = _Reader(text, start, end, sides, tuple(blocked))
    found = [
        people
        for quantity in find_quantities(text, start, end, blocked=blocked)
        if not _NO.search(text[start : quantity.start]) and (people := reader.counted(quantity))
    ]
    found += reader.single() + reader.rest()
    found = [_with_forces(one, text, end, sides) for one in found]
    found.sort(key=lambda people: (people.start, -people.end))
    kept: list[People] = []
    for people in found:
        apposed = kept and people.named and kept[-1].quantity.best == 1 and text[kept[-1].end : people.start] == ", "
        if not apposed and (not kept or people.start >= kept[-1].end):
            kept.append(people)
    told = [one for one, after in zip_longest(kept, kept[1:]) if not _says_who(one, after, text)]
    return tuple(_with_shared_nouns(told, text))


def _says_who(people: People, after: People | None, text: str) -> bool:
    """Tell whether "one of them" is told at once who it is: "one of them a girl"."""
    return (
        after is not None
        and people.again
        and text[people.end : after.start] in {" ", " was ", " were "}
        and _THEM.search(text, people.start, people.end) is not None
        and people.quantity.best == after.quantity.best
    )


_THEM = re.compile(r"\bof\s+(?:them|whom)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Reader:
    text: str
    begin: int
    stop: int
    sides: Mapping[str, str]
    blocked: tuple[tuple[int, int], ...]

    def counted(self, quantity: Quantity) -> People | None:
        """Read the phrase behind a number; None where it counts no people."""
        words = casualty_words()
        of_them = _OF_THEM.match(self.text, quantity.end, self.stop)
        position = of_them.end() if of_them else quantity.end
        whose = (of_them["whose"] or "").lower() if of_them else ""
        again, metric = whose in {"them", "whom", "which"}, None
        modifiers: list[str] = []
        for _ in range(_MODIFIERS):
            noun = _noun().match(self.text, position, self.stop)
            if noun and not self._is_adjective(noun, quantity):
                people = self._people(quantity, noun.end(), noun["noun"], modifiers, metric, again=again)
                return replace(people, group="military") if whose == "our" and people.noun in _LADS else people
            token = self._adjective(position, behind_another=bool(modifiers))
            if token is None:
                break
            word = _plain(token.group(1))
            if word in words.not_people and not _noun().match(self.text, token.end(), self.stop):
                return None  # "12 tanks", but "a village official"
            if word in words.again:
                again = True
            else:
                state = _state().match(self.text, position, self.stop)
                metric = _metric_of(state["state"]) if state else metric
                modifiers.append(token.group(1))
            position = token.end()
        if modifiers:
            return self._unknown(quantity, position, modifiers, metric, again=again)
        if whose and not again:
            return None  # "one of the dead": somebody who was counted before
        return self._predicated(quantity, position, again=True) or self._bare(quantity, position)

    def _adjective(self, position: int, *, behind_another: bool) -> re.Match[str] | None:
        """Return the next word if it can stand between a number and its noun, else None."""
        token = _WORD.match(self.text, position, self.stop)
        if token is None or any(a < token.end() and token.start(1) < b for a, b in self.blocked):
            return None
        word = _plain(token.group(1))
        if word in casualty_words().no_adjectives or (word.endswith("ly") and word not in casualty_words().people):
            return None  # an adverb ends the phrase, "elderly" does not
        if behind_another and word.endswith("ing") and not self._modifies(token.end()):
            return None
        state = _state().match(self.text, position, self.stop)
        if state and not self._modifies(state.end()):
            return None  # a verb or a predicate: "12 killed"
        return token

    def single(self) -> list[People]:
        """Find one person without a number: "a civilian", "the driver", "Private Jane Doe"."""
        found = []
        for match in _one().finditer(self.text, self.begin, self.stop):
            at = match.end("article") if match["article"] else match.start()
            quantity = Quantity(match.start(), at, 1, 1, 1, "exact", match.start())
            people = self.counted(quantity)
            told_before = match["article"].lower() not in {"a", "an", "another"}
            if people is None or not (_is_singular(people.noun) if people.known else people.shares and not told_before):
                continue
            people = replace(people, metric=None if told_before else people.metric, end=self._name_end(people.end))
            found.append(people)
        for match in _ANOTHER.finditer(self.text, self.begin, self.stop):
            quantity = Quantity(match.start(), match.end(), 1, 1, 1, "exact", match.start())
            found.append(self._unnamed(quantity, match.end()))
        for match in _named().finditer(self.text, self.begin, self.stop):
            quantity = Quantity(match.start(), match.start(), 1, 1, 1, "exact", match.start())
            adjective = _ADJECTIVE_BEFORE.search(self.text[self.begin : match.start()])
            before = [adjective.group(1)] if adjective else []
            people = self._people(quantity, match.end("noun"), match["noun"], before, None, again=False)
            found.append(replace(people, end=match.end()))
        return found

    def _unnamed(self, quantity: Quantity, end: int) -> People:
        """Return one more of the people named before: "another was wounded"."""
        side = self._side((), quantity.start, end)
        return People(quantity.start, end, quantity, noun="", known=False, group="total", side=side, again=True)

    def _name_end(self, end: int) -> int:
        """Return where a name behind a person ends: "a soldier John Smith", not "a soldier Tuesday"."""
        name = _NAME.match(self.text, end, self.stop)
        if name is None or any(a < name.end() and name.start() < b for a, b in self.blocked):
            return end
        return name.end()

    def rest(self) -> list[People]:
        """Find "the rest (were) servicemen"."""
        found = []
        for match in _rest().finditer(self.text, self.begin, self.stop):
            quantity = Quantity(match.start(), match.end(), None, None, None, "exact", match.start())
            people = self.counted(quantity) or self._predicated(quantity, match.end(), again=False)
            if people and people.noun:
                found.append(replace(people, rest=True))
        return found

    def _is_adjective(self, noun: re.Match[str], quantity: Quantity) -> bool:
        """Tell "28 jihadist rebels", "a guerrilla outpost" and "six civilian deaths" from nouns that stand alone."""
        word = " ".join(noun["noun"].lower().split())
        if word in casualty_words().people_words and self._modifies(noun.end()):
            return True
        if _is_singular(word) and _noun().match(self.text, noun.end(), self.stop):
            return True
        following = _WORD.match(self.text, noun.end(), self.stop)
        if following is None or not _is_singular(word) or _state().match(self.text, noun.end(), self.stop):
            return False
        after = following.group(1)
        if quantity.best != 1:
            return after[0].islower() and after.lower() not in casualty_words().no_adjectives
        return (
            after[0].islower()
            and after.lower() not in casualty_words().no_adjectives
            and re.search(r"(?:ed|ing|ly|aged)$", after) is None
        )

    def _modifies(self, position: int) -> bool:
        """Tell whether a noun for people follows within two words, so that what stands before it is its adjective."""
        for _ in range(2):
            if _noun().match(self.text, position, self.stop):
                return True
            token = _WORD.match(self.text, position, self.stop)
            if token is None or token.group(1).lower() in casualty_words().no_adjectives or value_of(token.group(1)):
                return False
            position = token.end()
        return _noun().match(self.text, position, self.stop) is not None

    def _people(
        self, quantity: Quantity, end: int, noun: str, modifiers: Sequence[str], metric: Metric | None, *, again: bool
    ) -> People:
        known = casualty_words().people
        key = " ".join(noun.lower().split())
        group = known.get(key, "total")
        unlike = _UNLIKE.match(self.text, end, self.stop)
        if unlike and quantity.best != 1:  # "50,000 women, men and children"
            group, end = "total", unlike.end()
        return People(
            quantity.start,
            end,
            quantity,
            noun=key,
            known=True,
            group=_group_of(modifiers, group) if group in {"total", "unknown"} or _serves(modifiers) else group,
            side=self._side(modifiers, quantity.start, end),
            metric=metric or (None if key in known else _counting_nouns().get(key)),
            again=again,
        )

    def _unknown(
        self, quantity: Quantity, end: int, modifiers: Sequence[str], metric: Metric | None, *, again: bool
    ) -> People:
        """Read a number before a noun that is not in the list: "12 Kurds", or a side whose noun comes later."""
        side = self._side(modifiers, quantity.start, end)
        adjectives = casualty_words().people_words
        return People(
            quantity.start,
            end,
            quantity,
            noun=modifiers[-1].lower(),
            known=False,
            group=_group_of(modifiers, "total"),
            side=side,
            metric=metric,
            again=again,
            shares=side is not None
            and all(_plain(word) in self.sides or _plain(word) in adjectives for word in modifiers),
        )

    def _predicated(self, quantity: Quantity, position: int, *, again: bool) -> People | None:
        """Read "seven were civilians"."""
        link = _LINK.match(self.text, position, self.stop)
        noun = _noun().match(self.text, link.end(), self.stop) if link else None
        if noun is None or noun["noun"].lower() not in casualty_words().people:
            return None
        return self._people(quantity, noun.end(), noun["noun"], [], None, again=again)

    def _bare(self, quantity: Quantity, end: int) -> People | None:
        """Read a number that stands alone; "the 15" tells nothing of who they are, "Jane Doe, 87," is no number of people."""
        before = self.text[self.begin : quantity.start]
        if _IS_AGE_BEFORE.search(before) and _IS_AGE_AFTER.match(self.text, quantity.end):
            return None
        if _OF_AGE.search(before) or (_YEARS_BEFORE.search(before) and _YEARS[0] <= (quantity.best or 0) <= _YEARS[1]):
            return None  # "a woman of ninety-two", "born in 1979"
        return People(
            quantity.start,
            end,
            quantity,
            noun="",
            known=False,
            group="total",
            side=self._side((), quantity.start, end),
            again=not re.search(r"\bthe\s+$", self.text[self.begin : quantity.start]),
        )

    def _owner(self, start: int) -> str | None:
        """Return the party that "lost" or "has" the people who are named behind the verb."""
        before = self.text[self.begin : start]
        verb = re.search(rf"\b{alternatives(casualty_words().owning)}\s+$", before, re.IGNORECASE)
        clause = re.split(r"[,;.]\s|\b(?:that|while|and|but)\b", before[: verb.start()])[-1] if verb else ""
        return party_of(clause, self.sides)

    def _side(self, modifiers: Sequence[str], start: int, end: int) -> str | None:
        """Return the party that the people belong to: from their adjectives, from "of the ... army", from who lost them."""
        party = party_of(" ".join(modifiers), self.sides)
        behind = _BEHIND.match(self.text, end, self.stop)
        if party is None and behind:
            party = party_of(behind["name"] or behind["name_2"], self.sides)
        return party or self._owner(start)


def party_of(words: str, sides: Mapping[str, str]) -> str | None:
    """Return the one party that `words` name; None where they name none, or several.

    >>> party_of("on the Azerbaijani side", {"azerbaijani": "azerbaijan"})
    'azerbaijan'
    """
    if not sides or not words:
        return None
    names = _names_of_sides(tuple(sides))
    found = {sides[" ".join(match.group().lower().split())] for match in names.finditer(words)}
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=8)
def _names_of_sides(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){alternatives(words)}(?![\w-])", re.IGNORECASE)


def _plain(word: str) -> str:
    return word.lower().removesuffix("’s").removesuffix("'s")


def _group_of(modifiers: Sequence[str], otherwise: Group) -> Group:
    """Return the group that an adjective names ("civilian"), else `otherwise`."""
    adjectives = casualty_words().people_words
    return next((adjectives[word.lower()] for word in modifiers if word.lower() in adjectives), otherwise)


def _serves(modifiers: Sequence[str]) -> bool:
    """Tell whether an adjective makes soldiers of a calling: "military medics"."""
    return _group_of(modifiers, "total") == "military"


_FORCES = r"(?:side|army|armed\s+forces|military|forces|troops|defen[cs]e\s+army|defen[cs]e\s+ministry|police)"
_BEHIND = re.compile(
    rf"\s+(?:(?:of|from)\s+(?:the\s+)?(?P<name>[A-Z][\w’'-]*(?:\s+[A-Z][\w-]*)?)(?:\s+{_FORCES})?"
    rf"|(?:on|in|from)\s+(?:the\s+)?(?P<name_2>[A-Z][\w’'-]*(?:\s+[A-Z][\w-]*)?)\s+{_FORCES})\b"
)


def _with_forces(people: People, text: str, stop: int, sides: Mapping[str, str]) -> People:
    """Extend a phrase over the side that stands behind it: "five soldiers of the northern army"."""
    behind = _BEHIND.match(text, people.end, stop)
    named = behind and party_of(behind["name"] or behind["name_2"], sides)
    return replace(people, end=behind.end()) if behind and named and named == people.side else people


def _with_shared_nouns(found: Sequence[People], text: str) -> list[People]:
    """Give "two Azerbaijani" in "two Azerbaijani and one Armenian soldier" the noun of the phrase that follows."""
    done: list[People] = []
    for people in reversed(found):
        after = done[0] if done else None
        if (
            people.shares
            and after
            and re.fullmatch(r"\s*(?:,|,?\s*and|or|as well as)\s*", text[people.end : after.start])
        ):
            people = replace(people, noun=after.noun, known=after.known, group=after.group)  # noqa: PLW2901
        done.insert(0, people)
    return done


def _is_singular(noun: str) -> bool:
    """Tell whether a noun of the list is in the singular: its plural is in the list as well."""
    plurals = {
        f"{noun}s",
        f"{noun}es",
        re.sub(r"man\b", "men", noun),
        re.sub(r"y$", "ies", noun),
        re.sub(r"wife$", "wives", noun),
    }
    known = casualty_words().people
    return bool((plurals - {noun}) & set(known)) or noun in {
        "child",
        "person",
        "elderly",
        "teenage boy",
        "teenage girl",
    }


@lru_cache(maxsize=1)
def _counting_nouns() -> dict[str, Metric]:
    """Return the nouns that count people by what happened to them: "deaths", "refugees"."""
    return {
        noun: metric
        for metric, kinds in casualty_words().metrics.items()
        for noun in (*kinds["nouns"], *kinds.get("counted", ()))
    }


@lru_cache(maxsize=1)
def _noun() -> re.Pattern[str]:
    """Return a pattern for a noun that names or counts people, where a number may stand before it."""
    counting = {noun for noun in _counting_nouns() if noun not in _states()}
    return re.compile(
        rf"\s*(?P<noun>{alternatives({*casualty_words().people, *counting})})(?![\w-]|['’]s)", re.IGNORECASE
    )


@lru_cache(maxsize=1)
def _states() -> dict[str, Metric]:
    """Return the words that are adjective, participle and noun at once: "killed", "wounded", "dead", "missing"."""
    return {
        word: metric
        for metric, kinds in casualty_words().metrics.items()
        for word in (*kinds["participles"], *kinds["happened"])
    }


def _metric_of(state: str) -> Metric | None:
    return _states().get(" ".join(state.lower().split()))


@lru_cache(maxsize=1)
def _state() -> re.Pattern[str]:
    return re.compile(rf"\s*(?P<state>{alternatives(_states())})(?![\w-])", re.IGNORECASE)


@lru_cache(maxsize=1)
def _one() -> re.Pattern[str]:
    return re.compile(r"(?<![\w’'-])(?P<article>an?|another|his|her|their|the)(?=\s)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _rest() -> re.Pattern[str]:
    return re.compile(r"\b(?:all\s+)?the\s+(?:rest|others|remaining)\b(?:\s+of\s+(?:them|whom))?(?=\s)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _named() -> re.Pattern[str]:
    """Return a pattern for a rank or a calling in the singular with a name behind it: "Private Jane Doe"."""
    singular = [
        n for n, group in casualty_words().people.items() if group in {"military", "civilian"} and _is_singular(n)
    ]
    ranks = alternatives([*singular, *casualty_words().ranks])
    not_names = alternatives(casualty_words().not_names)
    return re.compile(rf"(?<![\w’'-])(?P<noun>(?i:{ranks}))(?!\s+{not_names}\b){_NAME.pattern}")
