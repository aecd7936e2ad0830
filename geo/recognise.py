"""Finds names in text: places, peoples and organisations, in one pass over one automaton.

The matcher is ahocorasick-rs (Rust, alive, offsets in characters, leftmost-longest): among the multi-pattern matchers
on PyPI, pyahocorasick has no leftmost-longest mode, flashtext no offsets that survive a change of case and no release
since 2020, and hyperscan needs bytes and x86. Longest match decides between a place and an organisation that bears
its name: "Nagorno-Karabakh Defense Army" is found as the army and masks the region.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

import ahocorasick_rs

from geo import data
from geo.model import Mention
from geo.plausible import Sized, is_plausible, is_possible
from geo.world import is_curated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gazetteer.index import Gazetteer
    from gazetteer.model import Place

SpotKind = Literal["place", "demonym", "actor", "never"]

_SHOUT_FROM = 4
"""Letters from which a name is also looked for in capitals: shorter ones would be met in acronyms."""
_NEXT_WORD = re.compile(r"[ \u00a0]+([^\W\d_](?:[^\W_]|[’'-])*)")
_GOES_ON = re.compile(r"-(?!(?:to|and|or|vs)-)[^\W\d_A-Z]{1,5}-[^\W\d_a-z]")
"""Behind a name: a longer one that it is only the head of."""
_COMES_FROM = re.compile(r"[^\W\d_]-(?!(?:to|and|or|vs)-)[^\W\d_A-Z]{1,5}-$")
"""Before a name: a longer one that it is only the end of."""
_WORD_START = re.compile(r"\b\w")
_LIST = re.compile(
    r"(?:[ \u00a0]*\([^)]{1,12}\))?(?:,[ \u00a0]*(?:and[ \u00a0]+)?|[ \u00a0]+and[ \u00a0]+|[ \u00a0]+as well as[ \u00a0]+)(?:the[ \u00a0]+)?"
)
_OPENERS = "(\"'“”‘’«„[—–…,;:/"
_MARKS = frozenset(" ,.;:()\n'’\"“”-/")
_LOOKED_THROUGH = frozenset({"of", "the"})
_SPACES = frozenset({" ", "\u00a0"})
_BACK = 40
"""Characters in which the two words before a name are looked for."""
_DASHES = "‐‑–"


def is_bounded(text: str, start: int, end: int) -> bool:
    """Tell whether a name begins and ends at word boundaries; a name that ends in a symbol ends anywhere ("US$").

    >>> is_bounded("in Lachin’s", 3, 9), is_bounded("Lachinsky", 0, 6), is_bounded("US$5", 0, 3)
    (True, False, True)
    >>> is_bounded("_Lachin_", 1, 7), is_bounded("in_Lachin", 3, 9), is_bounded("Lachin_road", 0, 6)
    (True, False, False)
    """
    before, behind = text[max(0, start - 1) : start], text[end : end + 1]
    return not (
        _joins(text[max(0, start - 2) : max(0, start - 1)], before, text[start])
        or _joins(text[end + 1 : end + 2], behind, text[end - 1])
    )


def _joins(beyond: str, beside: str, edge: str) -> bool:
    """Tell whether what stands beside a name makes it a part of a word; an underscore may only mark emphasis ("_Times_")."""
    return beyond.isalnum() if beside == "_" else beside.isalnum() and edge.isalnum()


def _plain(text: str) -> str:
    """Return a text with hyphens for dashes, offsets unchanged (str.translate would take longer than the search)."""
    for dash in _DASHES:
        text = text.replace(dash, "-")
    return text


class Recogniser(Protocol):
    """Anything that finds place names: a gazetteer matcher, a spaCy pipeline, a transformer."""

    def __call__(self, text: str) -> tuple[Mention, ...]:
        """Return the mentions of places in text, in order, without overlaps."""
        ...


class Spot(NamedTuple):
    """A name that was found: a people's ("demonym"), an organisation's or person's ("actor")."""

    start: int
    end: int
    text: str
    kind: SpotKind
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recognition:
    """Everything that one pass found, each list in order of the text."""

    mentions: tuple[Mention, ...] = ()
    demonyms: tuple[Spot, ...] = ()
    actors: tuple[Spot, ...] = ()


class GazetteerRecogniser:
    """Finds the names of a gazetteer, its demonyms, and given aliases of actors.

    >>> from gazetteer import Gazetteer, Place, Toponym
    >>> towns = Gazetteer([Place("baku", "city", (Toponym("Baku"),)), Place("lachin", "town", (Toponym("Lachin"),))])
    >>> find = GazetteerRecogniser(towns)
    >>> [(m.start, m.text, m.candidates) for m in find("BAKU’s road to Lachin; Bakuriani; Lachin Mammadov")]
    [(0, 'BAKU', ('baku',)), (15, 'Lachin', ('lachin',))]
    >>> find("")
    ()
    """

    def __init__(
        self,
        places: Gazetteer,
        aliases: Mapping[str, tuple[str, ...]] | None = None,
        people: frozenset[str] = frozenset(),
        language: str = "en",
    ) -> None:
        """Take the forms of actors with their ids; `people` are the ids of persons, in whose names there is no place."""
        self._places = places
        self._people = people
        self._lexicon = _lexicon(places, aliases or {})
        self._parts: dict[
            str, tuple[tuple[int, int, tuple[str, ...]], ...]
        ] = {}  # of organisations' names, as they are met
        kinds = data.table(language, "kinds")
        self._hard = frozenset(kinds["hard"])
        self._kinds = self._hard | frozenset(kinds["loose"]["words"])
        self._plural: dict[str, str] = kinds["plural"]
        self._person_before, self._surname_endings = (
            frozenset(kinds["person"]["before"]),
            tuple(kinds["person"]["surname_endings"]),
        )
        self._organisation_before = frozenset(kinds["organisation"]["before"])
        self._organisation_after = frozenset(kinds["organisation"]["after"])
        self._telling = frozenset(
            {*self._kinds, *self._plural, *self._person_before, *self._organisation_before, *_LOOKED_THROUGH}
        )
        """Words in small letters that may change what a name beside them stands for."""

    @cached_property
    def _automaton(self) -> ahocorasick_rs.AhoCorasick:
        self._entries = list(self._lexicon.values())
        return ahocorasick_rs.AhoCorasick(list(self._lexicon), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)

    def __call__(self, text: str) -> tuple[Mention, ...]:
        """Return the mentions of places alone."""
        return self.recognise(text).mentions

    def count(self, text: str) -> int:
        """Return how many stretches of a text match a name at all, before anything is asked of them."""
        return len(self._automaton.find_matches_as_indexes(_plain(text)))

    def recognise(self, text: str) -> Recognition:
        """Return places, peoples and organisations of a text."""
        mentions: list[Mention] = []
        plurals: list[tuple[int, str, bool]] = []
        demonyms: list[Spot] = []
        actors: list[Spot] = []
        covered = 0
        hits = tuple(self._hits(text))
        vouched = _vouched(text, hits)
        for start, end, entry in hits:
            if start < covered:
                continue
            covered = end
            if entry.never:
                continue
            if entry.actors:
                actors.append(Spot(start, end, text[start:end], "actor", entry.actors))
                if not self._people.issuperset(entry.actors):
                    mentions += self._part_of_name(text, start, end)
            elif entry.places:
                if entry.uncurated is None and not entry.demonyms and self._stands_alone(text, start, end):
                    mentions.append(Mention(start, end, text[start:end], entry.places))
                    continue
                mention = self._place(text, start, end, entry, vouched)
                if mention is None:
                    covered = start if entry.uncurated else end
                    continue
                found, spread = mention
                plurals += ((len(mentions), kind_word, backwards) for kind_word, backwards in spread)
                mentions.append(found)
                covered = found.end
                if entry.demonyms:  # "Georgian" is no place; "Azeri" may be both in some entry
                    demonyms.append(Spot(start, end, text[start:end], "demonym", entry.demonyms))
            else:
                demonyms.append(Spot(start, end, text[start:end], "demonym", entry.demonyms))
        for index, kind_word, behind_the_list in plurals:
            self._share_kind(text, mentions, index, kind_word, backwards=behind_the_list)
        return Recognition(tuple(mentions), tuple(demonyms), tuple(actors))

    def _stands_alone(self, text: str, start: int, end: int) -> bool:
        """Tell at a glance that no word beside a name can change what it stands for; where in doubt, say False."""
        behind = text[end : end + 1]
        if behind == "-":
            return False
        if behind in _SPACES:
            stop = text.find(" ", end + 1)
            word = text[end + 1 : stop if stop > 0 else len(text)]
            if not (word.isalpha() and word.islower()) or word in self._telling:
                return False
        if not start or text[start - 1] not in _SPACES:
            return text[start - 1 : start] != "-"
        first, stop = (start - _BACK if start > _BACK else 0), start - 1
        at = text.rfind(" ", first, stop) + 1
        word = text[at:stop]
        if word in _LOOKED_THROUGH:
            stop = at - 1
            at = text.rfind(" ", first, stop) + 1
            word = text[at:stop]
        return word.isalpha() and word.lower() not in self._telling

    def _place(
        self, text: str, start: int, end: int, entry: _Entry, vouched: frozenset[str]
    ) -> tuple[Mention, tuple[tuple[str, bool], ...]] | None:
        """Return the mention of a place, with plural kind words before (False) and behind it (True); None for another name."""
        before, after = _words_before(text, start), _word_after(text, end)
        if self._is_other_name(text, start, end, before, after[0]):
            return None
        if entry.uncurated and not (
            is_plausible(text, start, end, entry.uncurated)
            or (text[start:end] in vouched and is_possible(text, start, end, entry.uncurated))
        ):
            return None
        kind = _kind_of(before) if before else ""
        mention = self._with_kind(text, start, end, entry.places, kind, after)
        if mention.end != end:
            after = _word_after(text, mention.end)
        behind, ahead = self._plural.get(after[0].lower()), self._plural.get(kind)
        if behind is None and ahead is None:
            return mention, ()
        return mention, tuple((word, backwards) for word, backwards in ((behind, True), (ahead, False)) if word)

    def _share_kind(self, text: str, mentions: list[Mention], index: int, kind_word: str, *, backwards: bool) -> None:
        """Give every name of a list the plural kind word that stands before or behind it ("A, B and C districts")."""
        at = index
        if backwards:
            while at >= 0 and (at == index or _LIST.fullmatch(text, mentions[at].end, mentions[at + 1].start)):
                mentions[at] = self._of_kind(mentions[at], kind_word)
                at -= 1
            return
        while at < len(mentions) and (at == index or _LIST.fullmatch(text, mentions[at - 1].end, mentions[at].start)):
            if not mentions[at].kind_word:
                mentions[at] = self._of_kind(mentions[at], kind_word)
            at += 1

    def _of_kind(self, mention: Mention, kind_word: str) -> Mention:
        """Note what a list says its names are: "A and B districts" names districts, whose entries are called so."""
        whole = self._with_word(mention.text, kind_word)
        return mention._replace(kind_word=kind_word, candidates=tuple(dict.fromkeys(whole + mention.candidates)))

    def _hits(self, text: str) -> Iterator[tuple[int, int, _Entry]]:
        """Yield bounded matches with what they may stand for; one that ends inside a word gives way to a shorter or a later one."""
        automaton = self._automaton
        plain, entries = _plain(text), self._entries
        padded = f" {plain} "  # a mark or a space on either side is nearly always there, and quickly seen
        for number, start, end in automaton.find_matches_as_indexes(plain):
            if (padded[start] in _MARKS and padded[end + 1] in _MARKS) or is_bounded(plain, start, end):
                yield start, end, entries[number]
                continue
            yield from self._inside(plain, start, end)

    def _inside(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, _Entry]]:
        """Yield the first bounded name inside a match that was none, the longest one at its place."""
        for word in _WORD_START.finditer(text, start, end):
            for stop in range(end, word.start() + 1, -1):
                entry = self._lexicon.get(text[word.start() : stop])
                if entry is not None and is_bounded(text, word.start(), stop):
                    yield word.start(), stop, entry
                    return

    def _part_of_name(self, text: str, start: int, end: int) -> Iterator[Mention]:
        """Yield the place names inside an organisation's name: mentions of a party, never of a place."""
        name = text[start:end]
        parts = self._parts.get(name)
        if parts is None:
            parts = self._parts[name] = tuple(self._places_in(name))
        for first, last, places in parts:
            yield Mention(start + first, start + last, name[first:last], places, inside=name)

    def _places_in(self, name: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        at = 0
        for word in _WORD_START.finditer(name):
            if word.start() < at:
                continue
            for stop in range(len(name), word.start() + 1, -1):
                entry = self._lexicon.get(name[word.start() : stop])
                if entry and entry.places and not entry.actors and is_bounded(name, word.start(), stop):
                    yield word.start(), stop, entry.places
                    at = stop
                    break

    def _with_word(self, name: str, word: str) -> tuple[str, ...]:
        """Return the places that bear a name together with the kind word behind it, in whatever case that is written."""
        for form in (f"{name} {word.lower()}", f"{name} {word.capitalize()}"):
            entry = self._lexicon.get(form)
            if entry and entry.places:
                return entry.places
        return ()

    def _is_other_name(self, text: str, start: int, end: int, before: tuple[str, ...], word: str) -> bool:
        """Tell whether the words around make the name a person's, a club's or a company's, or a part of a longer one."""
        if (text[end : end + 1] == "-" and _GOES_ON.match(text, end)) or (
            text[start - 1 : start] == "-" and _COMES_FROM.search(text, max(0, start - 12), start)
        ):
            return True  # "Slavyansk-on-Kuban" is neither the Slavyansk nor the Kuban that is listed
        if before:
            title = before[1] if before[0] == "the" and len(before) > 1 else before[0]
            lower = title.lower()
            if lower in self._person_before or (lower in self._organisation_before and title[0].isupper()):
                return True
        if not word or not word[0].isupper() or text[start:end].isupper():
            return False
        if word.lower() in self._organisation_after:
            return True
        bare = word.removesuffix("’s").removesuffix("'s").lower()
        sole = text[start:end].isalpha() and word not in self._lexicon and bare.capitalize() not in self._lexicon
        return sole and len(bare) > 4 and bare.endswith(self._surname_endings)

    def _with_kind(
        self, text: str, start: int, end: int, places: tuple[str, ...], ahead: str, behind: tuple[str, int]
    ) -> Mention:
        """Take in the word behind the name that says what it is, and note the one ahead of it."""
        after, stop = behind
        if after:
            word = after.removesuffix("’s").removesuffix("'s")
            lower = word.lower()
            if lower in self._kinds:
                stop -= len(after) - len(word)
                whole = self._with_word(text[start:end], word)
                if whole or lower in self._hard:
                    return Mention(start, stop, text[start:stop], whole or places, lower)
                return Mention(start, end, text[start:end], places, lower)
        if ahead in self._kinds:
            return Mention(start, end, text[start:end], places, ahead)
        return Mention(start, end, text[start:end], places)


def _vouched(text: str, hits: Iterable[tuple[int, int, _Entry]]) -> frozenset[str]:
    """Return the uncurated names that the text puts somewhere as places: "around X" vouches for "they left X"."""
    return frozenset(
        text[start:end]
        for start, end, entry in hits
        if entry.uncurated and is_plausible(text, start, end, entry.uncurated)
    )


def _word_after(text: str, end: int) -> tuple[str, int]:
    """Return the word that follows a name after a space, with its end; "" where something else follows."""
    if text[end : end + 1] not in _SPACES:
        return "", end
    found = _NEXT_WORD.match(text, end)
    return (found.group(1), found.end()) if found else ("", end)


def _words_before(text: str, start: int) -> tuple[str, ...]:
    """Return the word before a name, and the one before that where it is "of" or "the"; () where no space parts them.

    >>> _words_before("the village of Orrin", 15), _words_before("said Dr. Orrin", 9), _words_before("(Orrin", 1)
    (('of', 'village'), ('Dr.',), ())
    """
    if not start or text[start - 1] not in _SPACES:
        return ()
    first = max(0, start - _BACK)
    nearest = text[max(first, text.rfind(" ", first, start - 1) + 1) : start - 1]
    if nearest.isalpha() and nearest not in _LOOKED_THROUGH:
        return (nearest,)  # nearly always
    found: list[str] = []
    for word in text[first:start].rsplit(None, 2)[:-3:-1]:
        if found and found[0] not in _LOOKED_THROUGH:
            break
        bare = word.lstrip(_OPENERS)
        if not bare or not bare[0].isalpha() or not (bare[-1].isalnum() or bare[-1] in ".’'"):
            break
        found.append(bare)
        if bare is not word:
            break
    return tuple(found)


def _kind_of(before: tuple[str, ...]) -> str:
    """Return the word in small letters that may say what a name is: the one before it, or before "of"."""
    if before and before[0] == "of":
        before = before[1:]
    return before[0].lower() if before and before[0].isalpha() else ""


@dataclass(slots=True)
class _Entry:
    places: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    never: bool = False
    uncurated: Sized | None = None
    """Set where no curated entry has the name: the text must then say more for it."""


def _lexicon(places: Gazetteer, aliases: Mapping[str, tuple[str, ...]]) -> dict[str, _Entry]:
    """Return what each written form may stand for; curly apostrophes and capitals are forms of their own."""
    lexicon: dict[str, _Entry] = {}

    def add(form: str, field: Literal["places", "demonyms", "actors"], ids: tuple[str, ...]) -> None:
        for written in _written(form):
            entry = lexicon.get(written)
            if entry is None:
                entry = lexicon[written] = _Entry()
            known: tuple[str, ...] = getattr(entry, field)
            setattr(entry, field, tuple(dict.fromkeys(known + ids)) if known else ids)

    for form, ids in places.spellings().items():
        add(form, "places", ids)
        if len(form) >= _SHOUT_FROM:
            add(form.upper(), "places", ids)
    for form, ids in places.demonyms().items():
        add(form, "demonyms", ids)
        add(form.upper(), "demonyms", ids)
    for form, entry in lexicon.items():
        if entry.demonyms and entry.places and _is_foreign(form, [p for i in entry.places if (p := places.get(i))]):
            entry.places = ()  # "Turkmen" is a people, and no spelling of the village of Türkmən
    for form, ids in aliases.items():
        add(form, "actors", ids)
    _mark_uncurated(places, lexicon)
    for form in (form for place in places for form in place.match.never):
        for written in _written(form):
            lexicon.setdefault(written, _Entry()).never = True
    return lexicon


def _mark_uncurated(places: Gazetteer, lexicon: Mapping[str, _Entry]) -> None:
    """Note the names that only the world behind the gazetteer bears, with their largest bearer."""
    world = {place.id: place for place in places if not is_curated(place)}
    if not world:
        return
    for form, entry in lexicon.items():
        bearers = [world[i] for i in entry.places if i in world]
        if bearers and len(bearers) == len(entry.places):
            people = max(place.population or 0 for place in bearers)
            polity = any(place.kind in {"country", "province", "district"} for place in bearers)
            entry.uncurated = Sized(
                people, polity, _countries(bearers, places), not polity and _is_foreign(form, bearers)
            )


def _is_foreign(form: str, bearers: Sequence[Place]) -> bool:
    """Tell whether a name is one in a language or spelling that nobody states for all its bearers."""
    shouted = form.isupper()
    return not any(
        name.kind != "transliteration" and (name.text == form or (shouted and name.text.upper() == form))
        for place in bearers
        for name in place.names
    )


def _countries(bearers: Sequence[Place], places: Gazetteer) -> tuple[str, ...]:
    """Return the names of the countries in which places lie."""
    countries = (places[i] for place in bearers for i in places.country_of(place.id))
    return tuple(dict.fromkeys(name.text for country in countries for name in country.names if len(name.text) > 3))


def _written(form: str) -> tuple[str, ...]:
    """Return a form with either apostrophe, its dashes made hyphens as the text's are."""
    plain = _plain(form)
    if "'" not in plain and "’" not in plain:
        return (plain,)
    return tuple(dict.fromkeys((plain, plain.replace("'", "’"), plain.replace("’", "'"))))
