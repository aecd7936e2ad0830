"""Finds who says what: for every sentence the speakers, their act, and the stretch of text that they vouch for.

Verbs of saying with their subject ("the ministry said", "said Roe"), sources in prepositions ("according to X"),
denials in the passive ("an accusation denied by X"), pronouns and bare nouns taken up from before ("it said"), and
quotations that go on over sentences.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from geo import data
from geo.actors import Actor
from geo.quotes import inside, quotations
from geo.wordforms import verb_forms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.model import Act
    from geo.text import Sentence

_SUBJECT_REACH = 160
"""Characters between a speaker and the verb of saying, for relative clauses and appositions in between."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody's saying: `start`/`end` bound what they vouch for, `verb` where the saying stands."""

    sentence: int
    start: int
    end: int
    speaker: str
    party: str | None
    act: Act
    verb: int
    reason: str
    is_source: bool = False
    """Whether the speaker is named as the source of a statement ("according to X"), not as who says it here."""


class _Speech(NamedTuple):
    verbs: re.Pattern[str]
    acts: dict[str, Act]
    prepositional: re.Pattern[str]
    denial: re.Pattern[str]
    institution: re.Pattern[str]
    person: re.Pattern[str]
    anonymous: re.Pattern[str]
    untrue: re.Pattern[str]


@lru_cache(maxsize=4)
def _speech(language: str) -> _Speech:
    table, institutions = data.table(language, "speech"), data.table(language, "institutions")
    acts: dict[str, Act] = {
        form: act for act, verbs in table["acts"].items() for verb in verbs for form in verb_forms(verb, language)
    }

    def any_of(words: Sequence[str]) -> str:
        return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))

    anaphora = institutions["anaphora"]
    return _Speech(
        re.compile(rf"\b({any_of(list(acts))})\b", re.IGNORECASE),
        acts,
        re.compile(
            rf"\b({any_of(table['sources']['prepositional'] + table['sources']['statement'])})[ \u00a0]+(?:the[ \u00a0]+|a[ \u00a0]+|an[ \u00a0]+)?",
            re.IGNORECASE,
        ),
        re.compile(rf"\b({any_of(table['sources']['denial'])})[ \u00a0]+(?:the[ \u00a0]+)?", re.IGNORECASE),
        re.compile(rf"\b({any_of(anaphora['institution'] + anaphora['documents'])})\b", re.IGNORECASE),
        re.compile(rf"\b({any_of(anaphora['person'])})\b", re.IGNORECASE),
        re.compile(
            rf"(?<![\w'’])((?:[\w-]+[ \u00a0]){{0,2}}(?:{any_of(table['anonymous']['words'])}))\b", re.IGNORECASE
        ),
        re.compile(rf"\b(?:{any_of(table['untrue']['phrases'])})\b", re.IGNORECASE),
    )


class State(NamedTuple):
    """The one country that a report tells of: "the army" and "the government" are its own."""

    party: str
    name: str


@dataclass(slots=True)
class _Memory:
    """Who spoke last or was spoken of, for pronouns; and where places are named, for these say nothing."""

    places: Sequence[tuple[int, int]] = ()
    last: Actor | None = None
    spoke: Actor | None = None
    person: Actor | None = None
    institution: Actor | None = None
    before: list[Actor] = field(default_factory=list)
    people: list[Actor] = field(default_factory=list)
    state: State | None = None
    section: Actor | None = None
    """Whose bulletin the section of the report gives, by its heading."""
    wrote: dict[str, Actor] = field(default_factory=dict)
    """Whose a document is, by its noun: "the ministry said in its bulletin"."""

    def note(self, actor: Actor) -> None:
        if actor.kind == "person":
            self.last = self.person = actor
            self.people.append(actor)
        elif actor.speaks:
            self.last = self.institution = actor
            self.before.append(actor)

    def hear(self, actor: Actor) -> None:
        self.note(actor)
        self.spoke = actor

    def says(self, actor: Actor) -> _Speaker:
        """Hear an actor as the speaker of a saying."""
        self.hear(actor)
        return _Speaker(actor.start, actor.end, actor.label, actor.party)

    def meet(self, named: re.Match[str]) -> _Speaker:
        """Remember somebody unknown who speaks: "he" and "it" are no longer whoever was known before."""
        start, end = named.span()
        office = self.state and _STATE_OFFICE.search(named.string, max(0, start - _OFFICE_REACH), end)
        party = self.state.party if self.state and office else None
        label = f"{named.group()} ({self.state.name})" if self.state and office else named.group()
        if named.re is _BODY:
            self.last = self.institution = Actor(start, end, label, None, "organisation")
        elif " " in named.group():
            self.person = Actor(start, end, label, party, "person")
        return _Speaker(start, end, label, party)


def attribute(
    text: str,
    sentences: Sequence[Sentence],
    actors: Sequence[Actor],
    places: Sequence[tuple[int, int]] = (),
    state: State | None = None,
    language: str = "en",
) -> tuple[Attribution, ...]:
    """Return the attributions of a report in order of its sentences; () where nobody is said to say anything.

    `places` are the spans of places that are named as such: none of them speaks. `state` is the country of which the
    whole report tells, if there is one.
    """
    speech = _speech(language)
    memory = _Memory(places, state=state)
    found: list[Attribution] = []
    by_sentence = _by_sentence(sentences, actors)
    quoted = _quotations(text, sentences)
    waiting: list[Sentence] = []
    for sentence in sentences:
        own = [*_in_sentence(text, sentence, by_sentence[sentence.index], speech, memory)]
        own = _called_untrue(text, sentence, own, speech)
        if not own and _goes_on(sentence, quoted):
            waiting.append(sentence)  # a quotation is often said to be whose only where it ends
            continue
        if own and memory.spoke is not None:
            lower = text[sentence.start : sentence.end].lower()
            memory.wrote |= {noun: memory.spoke for noun in _documents() if noun in lower}
        behind = _behind_quotation(sentence, own, quoted)
        for one in waiting:
            found += [_of_quotation(one, behind)] if behind else _carried(one, found, sentences, quoted)
        waiting = []
        memory.section = _section(text, sentence, by_sentence[sentence.index], memory.section)
        found += own or [*_carried(sentence, found, sentences, quoted)] or _of_section(sentence, memory.section)
        for actor in by_sentence[sentence.index]:
            if actor.speaks and not own:
                memory.note(actor)
    for one in waiting:
        found += _carried(one, found, sentences, quoted)
    return tuple(found)


@lru_cache(maxsize=2)
def _documents(language: str = "en") -> tuple[str, ...]:
    """Return the nouns of what somebody writes: "bulletin", "statement"."""
    words = data.table(language, "institutions")["anaphora"]["documents"]
    return tuple(word.removeprefix("the ") for word in words)


def _quotations(text: str, sentences: Sequence[Sentence]) -> tuple[tuple[int, int], ...]:
    """Return the quotations of all paragraphs."""
    bounds: dict[int, tuple[int, int]] = {}
    for sentence in sentences:
        bounds[sentence.paragraph] = (bounds.get(sentence.paragraph, (sentence.start, 0))[0], sentence.end)
    return tuple(span for start, end in bounds.values() for span in quotations(text, start, end))


def _section(text: str, sentence: Sentence, actors: Sequence[Actor], so_far: Actor | None) -> Actor | None:
    """Return whose document a heading says that its section gives ("From the bulletin of X"); other headings end it."""
    line = text.rfind("\n", 0, sentence.start) + 1
    alone = _NUMBERING.fullmatch(text, line, sentence.start) and text[sentence.end : sentence.end + 1] in {"", "\n"}
    if not alone or text[sentence.end - 1] in '.!?"”’,;':
        return so_far
    document = _DOCUMENT_OF.search(text, sentence.start, sentence.end)
    return next((a for a in actors if document and 0 <= a.start - document.end() <= len("the ") and a.speaks), None)


_NUMBERING = re.compile(r"\s*(?:[IVX]+|\d{1,2}|[A-Z])?[.)]?\s*")
_DOCUMENT_OF = re.compile(
    r"\b(?:bulletins?|statements?|communiqu[eé]s?|reports?|summar(?:y|ies)|press\s+releases?|messages?)\s+(?:of|by|from|issued\s+by)\s+",
    re.IGNORECASE,
)


def _of_section(sentence: Sentence, actor: Actor | None) -> list[Attribution]:
    """Return the saying of the one whose document a section gives."""
    if actor is None:
        return []
    return [
        Attribution(
            sentence.index, sentence.start, sentence.end, actor.label, actor.party, "reports", sentence.start,
            f"in a section headed as a document of {actor.label}",
        )
    ]  # fmt: skip


def _goes_on(sentence: Sentence, quoted: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a sentence begins with or in a quotation that goes on behind it."""
    return any(start <= sentence.start and sentence.end < end for start, end in quoted)


def _behind_quotation(
    sentence: Sentence, own: Sequence[Attribution], quoted: Sequence[tuple[int, int]]
) -> Attribution | None:
    """Return who is said to have said a quotation that began before this sentence and ends in it."""
    closing = next((end for start, end in quoted if start < sentence.start < end <= sentence.end), None)
    if closing is None:
        return None
    return next((said for said in own if said.verb >= closing - 1 and said.act != "denies"), None)


def _of_quotation(sentence: Sentence, said: Attribution) -> Attribution:
    reason = f"the quotation of {said.speaker} begins"
    return replace(
        said, sentence=sentence.index, start=sentence.start, end=sentence.end, verb=sentence.start, reason=reason
    )


def _called_untrue(text: str, sentence: Sentence, own: list[Attribution], speech: _Speech) -> list[Attribution]:
    """Make a denial of a saying whose speaker calls a statement untrue ("The report that ... is false, X said")."""
    untrue = speech.untrue.search(text, sentence.start, sentence.end)
    if untrue is None:
        return own
    return [
        replace(
            said, act="denies", start=sentence.start, end=untrue.start(), reason=f'{said.reason}, "{untrue.group()}"'
        )
        if not said.is_source and said.start <= untrue.start() < said.end
        else said
        for said in own
    ]


def _by_sentence(sentences: Sequence[Sentence], actors: Sequence[Actor]) -> dict[int, list[Actor]]:
    grouped: dict[int, list[Actor]] = {sentence.index: [] for sentence in sentences}
    at = 0
    for actor in actors:
        while at < len(sentences) - 1 and sentences[at].end <= actor.start:
            at += 1
        if sentences and sentences[at].start <= actor.start < sentences[at].end:
            grouped[sentences[at].index].append(actor)
    return grouped


def _in_sentence(
    text: str, sentence: Sentence, actors: Sequence[Actor], speech: _Speech, memory: _Memory
) -> Iterator[Attribution]:
    taken: set[int] = set()
    for match in speech.denial.finditer(text, sentence.start, sentence.end):
        actor = _actor_at(actors, match.end(), reach=12)
        if actor:
            taken.add(actor.start)
            yield Attribution(
                sentence.index,
                sentence.start,
                match.start(),
                actor.label,
                actor.party,
                "denies",
                match.start(),
                f'"{match.group(1)} {text[actor.start : actor.end]}"',
            )
    for match in speech.prepositional.finditer(text, sentence.start, sentence.end):
        relative = _WHICH.match(text, match.end())  # "the statement of X, according to which ..."
        actor = (
            next((a for a in reversed(actors) if a.end <= match.start() and a.speaks), None)
            if relative
            else _actor_at(actors, match.end(), reach=25)
        )
        if actor and "," in text[match.end() : actor.start]:
            actor = None  # "according to the ministry, at noon X's troops ..."
        label, party = (
            (actor.label, actor.party) if actor else (_noun_at(text, match.end(), sentence.end, speech), None)
        )
        if actor:
            taken.add(actor.start)
            memory.hear(actor)
        else:
            noun = speech.institution.match(text, match.end()) or speech.institution.match(
                text, match.end() - len("the ")
            )
            own = _OWN_VERSION.match(text, match.end())
            remembered = _whose(own, memory) if own else _institution(noun, memory, text)
            if remembered:
                label, party = remembered.label, remembered.party
        if label:
            yield Attribution(
                sentence.index,
                sentence.start,
                sentence.end,
                label,
                party,
                "reports",
                match.start(),
                f'"{match.group(1)}" before {label}',
                is_source=True,
            )
    headed = _HEADED.match(text, sentence.start, sentence.end)
    named = headed and next((a for a in reversed(actors) if a.end == headed.start("colon") and a.speaks), None)
    if headed and named:
        memory.hear(named)
        yield Attribution(
            sentence.index,
            headed.end(),
            sentence.end,
            named.label,
            named.party,
            "reports",
            headed.start("colon"),
            f'":" behind {named.label}',
        )
    for match in speech.verbs.finditer(text, sentence.start, sentence.end):
        word = match.group(1)
        if word[0].isupper() and not word.isupper() and match.start() > sentence.start + 1:
            continue  # "the United States", "Cite Soleil": part of a name
        speaker = _speaker(text, sentence, match, actors, speech, memory)
        if speaker is None or speaker.start in taken:
            continue
        act = speech.acts[match.group(1).lower()]
        start, end = _scope(text, sentence, speaker, match)
        yield Attribution(
            sentence.index,
            start,
            end,
            speaker.label,
            speaker.party,
            act,
            match.start(),
            f'"{match.group(1)}" with {speaker.label}',
        )


_HEADED = re.compile(r"[^:\n,;]{2,90}(?P<colon>):\s+(?=\S)")
"""A headline that names its speaker first: "Defence Ministry: Three servicemen wounded"."""
_WHICH = re.compile(r"(?:which|whom)\b", re.IGNORECASE)
_OWN_VERSION = re.compile(
    r"(?P<whose>its|their|his|her)\s+(?:own\s+)?(?:versions?|accounts?|statements?|data|figures?|information|reports?|sources?|counts?|estimates?|press\s+service)\b",
    re.IGNORECASE,
)
"""Behind "according to": of the one who was named last."""


def _whose(own: re.Match[str], memory: _Memory) -> Actor | None:
    """Return whom "its" or "her" takes up: an institution, or a person."""
    return memory.person if own["whose"].lower() in {"his", "her"} else memory.last or memory.institution


class _Speaker(NamedTuple):
    start: int
    end: int
    label: str
    party: str | None


def _speaker(
    text: str, sentence: Sentence, verb: re.Match[str], actors: Sequence[Actor], speech: _Speech, memory: _Memory
) -> _Speaker | None:
    """Return who says: what stands behind an inverted verb, else the nearest fitting subject before it."""
    follows = text[verb.end() : verb.end() + 40]
    # "..., blaming X" and "X, in its turn, accused Y" name whom somebody blames
    accused = verb.group().lower().endswith("ing") or speech.acts[verb.group(1).lower()] == "accuses"
    inverted = (
        None
        if accused
        else _actor_at(actors, verb.end(), reach=6) or _titled_person(text, actors, verb.end(), sentence.end)
    )
    if inverted and inverted.start > verb.end() and "that" in text[verb.end() : inverted.start]:
        inverted = None
    quote_before = re.search(r"[,”\"»]\s*$", text[max(sentence.start, verb.start() - 3) : verb.start()])
    if inverted and quote_before and inverted.speaks:
        memory.hear(inverted)
        return _Speaker(inverted.start, inverted.end, inverted.label, inverted.party)
    stranger = _PERSON.match(text, verb.end() + 1)
    if stranger and quote_before and not inverted:
        return _Speaker(stranger.start(), stranger.end(), stranger.group(), None)
    if re.match(r"\s+by\b", follows):  # "announced by X" stands among the sources
        return None
    before = text[sentence.start : verb.start()]
    if re.search(r"\b(?:to|will|would|could|should|must|may|might|not|be)\s*$", before) and not re.search(
        r"\bdid not\s*$", before
    ):
        return None
    gap_start = max(sentence.start, verb.start() - _SUBJECT_REACH)
    aside = _ASIDE.search(text, gap_start, verb.start())
    subject_ends = aside.start() if aside else verb.start()
    subject = next(
        (
            a
            for a in reversed(actors)
            if gap_start <= a.start
            and a.end <= subject_ends
            and _is_subject(text, a, verb.start())
            and not _AGENT.search(text, max(0, a.start - _AGENT_REACH), a.start)
        ),
        None,
    )
    pronoun = _last(speech.person, text, gap_start, verb.start())
    noun = _last(speech.institution, text, gap_start, verb.start())
    seat = _seat(text, sentence, verb, actors)
    if seat is not None:
        return seat
    for word, remembered in ((pronoun, _person(pronoun, memory, text)), (noun, _institution(noun, memory, text))):
        near = word and re.fullmatch(
            r"[\s,]*(?:(?:\w+ly|also|later|then|has|have|had|further|earlier|itself|himself|herself)\s+){0,2}\s*",
            text[word.end() : verb.start()],
        )
        if near and word and remembered and (subject is None or word.start() > subject.start):
            memory.spoke = remembered
            return _Speaker(word.start(), word.end(), remembered.label, remembered.party)
    if subject:
        return _source_behind(text, subject, verb.start(), speech) or memory.says(subject)
    return _unknown_speaker(text, gap_start, verb.start(), actors, speech, memory)


def _unknown_speaker(
    text: str, start: int, verb: int, actors: Sequence[Actor], speech: _Speech, memory: _Memory
) -> _Speaker | None:
    """Return a speaker that no table knows: somebody named, or a source without a name that stands nearer to the verb."""
    named = _MOUTHPIECE.search(text, start, verb) or _stranger(text, start, verb)
    anonymous = _last(speech.anonymous, text, start, verb)
    if anonymous and len(text[anonymous.end() : verb].split()) > _BESIDE_VERB:
        anonymous = None
    if named and (
        (anonymous and anonymous.start() >= named.end())
        or _AT_A_PLACE.search(text, max(0, named.start() - len(" outside ")), named.start())
    ):
        named = None  # "near Ann Dolna, rescuers said": the name of a place
    if (
        named
        and not _NO_NAME.match(named.group())
        and _SUBJECT_GAP.match(text[named.end() : verb])
        and not any(a.start < named.end() and named.start() < a.end for a in actors)
        and not any(start < named.end() and named.start() < end for start, end in memory.places)
    ):
        return memory.meet(named)
    return _nameless(anonymous, memory) if anonymous else None


def _nameless(source: re.Match[str], memory: _Memory) -> _Speaker:
    """Return a source without a name: "officials"; "state media" is that of the one state that the report tells of."""
    label = source.group(1)
    if memory.state is None or not _OF_THE_STATE.match(label):
        return _Speaker(source.start(), source.end(), label, None)
    return _Speaker(source.start(), source.end(), f"{label} ({memory.state.name})", memory.state.party)


_BESIDE_VERB = 3
"""Words between a nameless source and its verb at most."""
_OF_THE_STATE = re.compile(r"(?:the\s+)?(?:state|army|military|defen[cs]e|government)(?:-run)?\s", re.IGNORECASE)
_AT_A_PLACE = re.compile(r"\b(?:near|in|at|outside|around|from|into|to)\s+$")


def _source_behind(text: str, subject: Actor, verb: int, speech: _Speech) -> _Speaker | None:
    """Return the nameless source between an actor and the verb: "killing three X fighters, a military source said"."""
    source = _last(speech.anonymous, text, subject.end, verb)
    if (
        source is None
        or "," not in text[subject.end : source.start()]
        or not _BESIDE.fullmatch(text, source.end(), verb)
    ):
        return None
    return _Speaker(source.start(), source.end(), source.group(1), None)


def _stranger(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the last name of a person or a body in a stretch of text."""
    body, person = _last(_BODY, text, start, end), _last(_PERSON, text, start, end)
    return body if body and (person is None or body.end() >= person.end()) else person


def _titled_person(text: str, actors: Sequence[Actor], at: int, end: int) -> Actor | None:
    """Return the person behind an office that stands between the verb and the name ("said the head of the office Jane Roe")."""
    person = next((a for a in actors if a.start >= at), None)
    if person is None or person.kind != "person" or person.start >= end:
        return None
    return person if _OFFICE_GAP.fullmatch(text, at, person.start) else None


_OFFICE_REACH = 60
_STATE_OFFICE = re.compile(
    r"(?<![\w-] )\b(?:army|military|navy|air\s+force|defen[cs]e|government)\s+(?:commander|chief|spokes\w+|minister|secretary|official)\b[^,;:“”\"]*$",
    re.IGNORECASE,
)
"""Before or in a name: an office of the state, of which the report need not say which."""
_OFFICE_GAP = re.compile(r"\s+(?:the|a|an|its|his|her|their)\s[^,.;:“”\"]{3,110}")


def _seat(text: str, sentence: Sentence, verb: re.Match[str], actors: Sequence[Actor]) -> _Speaker | None:
    """Return the government meant by its capital: "in X they reported", "as is asserted in X"."""
    for actor in actors:
        if actor.party is None:
            continue
        ahead = text[max(sentence.start, actor.start - 4) : actor.start].lower()
        if not ahead.endswith("in "):
            continue
        impersonal = _THEY.fullmatch(text, actor.end, verb.start()) if actor.end < verb.start() else None
        passive = actor.start - verb.end() == len(" in ") and re.search(
            r"\b(?:is|was|are|were|as)\s+$", text[sentence.start : verb.start()], re.IGNORECASE
        )
        titled = actor.start - verb.end() == len(" in ") and _TITLE.search(text[sentence.start : verb.start()])
        if titled:
            return _Speaker(actor.start, actor.end, f"{titled.group(1)} ({actor.label})", actor.party)
        if impersonal or passive:
            return _Speaker(actor.start, actor.end, actor.label, actor.party)
    return None


_BESIDE = re.compile(r"\s+(?:(?:\w+ly|also|later|has|have|had)\s+){0,2}")
_THEY = re.compile(r",?\s+(?:they|(?:the|local)\s+(?:authorities|officials|leadership))\s+(?:\w+\s+)?")
"""Between a capital or a land and the verb: "in X, the authorities said"."""
_TITLE = re.compile(
    r"\b((?:deputy )?(?:\w+ )?(?:minister|spokes\w+|officials?|ministry|prosecutors?|army|command|government))\s+$",
    re.IGNORECASE,
)


def _person(word: re.Match[str] | None, memory: _Memory, text: str) -> Actor | None:
    """Return whom "he" or "the ombudsman" takes up: for a title the last person named beside it, else who was named last."""
    title = word.group().lower().removeprefix("the ") if word else ""
    if title in {"he", "she", ""}:
        return memory.person
    beside = (
        person for person in reversed(memory.people)
        if title in text[max(0, person.start - _TITLE_REACH) : person.end + _TITLE_REACH].lower()
    )  # fmt: skip
    return next(beside, memory.person)


_TITLE_REACH = 40
"""Characters between a person and a title of theirs."""


def _institution(noun: re.Match[str] | None, memory: _Memory, text: str) -> Actor | None:
    """Return whom "the ministry", "it" or "they" take up: an institution, for a bare pronoun whoever spoke last."""
    if noun is None:
        return None
    if noun.group(1).lower() in data.table("en", "institutions")["anaphora"]["documents"]:
        written = memory.wrote.get(noun.group(1).lower().removeprefix("the "))
        return written or memory.spoke or memory.last or memory.institution
    if noun.group(1).lower() in {"it", "they"}:
        return memory.last or memory.institution
    word = noun.group(1).lower().removeprefix("the ").removesuffix("'s")
    of_a_state = word in _OF_A_STATE  # "the army" is not the "Army" of rebels that was named before
    named = next((a for a in reversed(memory.before) if word in a.label.lower() and (a.party or not of_a_state)), None)
    if of_a_state:
        return named or _of_the_state(noun, word, memory, text)
    return named or memory.institution or memory.last


def _of_the_state(noun: re.Match[str], word: str, memory: _Memory, text: str) -> Actor | None:
    """Return whose "the army" is: of the country whose army was named last, else of the one that the report tells of.

    It is never an aid organisation's or an armed group's that happened to be named before.
    """
    kind, written = _OF_A_STATE[word]
    last = next((a for a in reversed(memory.before) if a.party and written.search(text, a.start, a.end)), None)
    if last is not None:
        return last
    if memory.state is None:
        return None
    return Actor(noun.start(), noun.end(), f"{kind} of {memory.state.name}", memory.state.party, kind)


_ARMY = (
    "armed forces",
    re.compile(r"army|militar|defen[cs]e|armed\s+forces|general\s+staff|navy|air\s+force", re.IGNORECASE),
)
_GOVERNMENT = ("government", re.compile(r"government|authorities|ministr|president|cabinet", re.IGNORECASE))
_OF_A_STATE = {
    "army": _ARMY, "military": _ARMY, "navy": _ARMY, "air force": _ARMY, "government": _GOVERNMENT,
}  # fmt: skip
"""Nouns of what each state has one of: the kind, and the words by which it was named before."""


_PERSON = re.compile(r"\b[A-Z][a-zà-ÿ’'-]+(?: (?:al-)?[A-Z][a-zà-ÿ’'-]+){1,2}\b")
_BODY = re.compile(
    r"\b(?!The\s)(?:[A-Z][A-Za-zà-ÿ’'-]+\s+(?:(?:of|for|and|the|on|in)\s+){0,2}){1,6}?"
    r"(?:Army|Front|Union|Movement|Command|Forces|Brigades?|Part(?:y|ies)|Council|Organi[sz]ation|Committees?|Alliance|League|Observatory"
    r"|Office|Agency|Cent(?:er|re)|Service|Police|Guard|Coalition|Network|Watch|International|Authority|Administration|Crescent|Cross)\b"
    r"(?!\s+[A-Z][a-z])"
)
"""The name of a body that no table knows: "the Karen National Union"."""
_MOUTHPIECE = re.compile(r"(?<=[,”\"»]\s)[A-Z][A-Za-zà-ÿ’-]{3,}(?=\s+$)")
"""A name of one word between what is told and its verb: "..., Azerinform said"."""
_ASIDE = re.compile(r",\s+(?:which|who|whose)\b[^.;:“”\"]*,\s*(?:\w+ly\s+|also\s+)?$")
"""A relative clause between a subject and its verb: nobody named in it is the speaker."""
_NO_NAME = re.compile(
    r"(?:In|On|At|From|Near|After|Before|During|Since|The|This|That|As|By|For|With|But|And|Also|Earlier|Later|While|When)\s"
)
_AGENT_REACH = 20
_AGENT = re.compile(r"\b(?:backed|supported|led|funded|armed|trained|run|controlled)\s+by\s+(?:the\s+)?$")
"""Before an actor: it stands behind the one that speaks ("the group, supported by X, said")."""
_SUBJECT_GAP = re.compile(
    r"^(?:\s*\([^)]{1,20}\))?(?:[\s,’'s]*|[\s,]*(?:[\w’'-]+[\s,]+){0,4}?(?:has|have|had|also|later|then|earlier|\w+ly|on \w+|in a statement|itself|for its part|on its part|in turn|meanwhile)?[\s,]*|,[^.;:“”\"]{0,140},\s*(?:\w+\s+)?|\s+(?:who|which|that)\b[^.;:“”\"]{0,100},\s*|[^.;:“”\"]{0,60}\band\s+(?:\w+ly\s+|also\s+)?)$"
)


def _is_subject(text: str, actor: Actor, verb: int) -> bool:
    """Tell whether the words between an actor and a verb let it be the verb's subject; a people's name needs its "the"."""
    if actor.kind == "people" and not _THE.search(text, max(0, actor.start - len(" the ")), actor.start):
        return False
    if actor.kind in {"seat", "people"}:
        return bool(_SEAT_GAP.fullmatch(text, actor.end, verb))
    return actor.speaks and bool(_SUBJECT_GAP.match(text[actor.end : verb]))


_THE = re.compile(r"(?:\bThe|[.,;]\s+the|\b(?:and|but|while|that)\s+the)\s+$")
_SEAT_GAP = re.compile(
    r"[\s,]+(?:for (?:its|their) part|on (?:its|their) part|in (?:its |their )?turn|meanwhile)?[\s,]*(?:has|had|also|later|\w+ly)?\s*"
)


def _scope(text: str, sentence: Sentence, speaker: _Speaker, verb: re.Match[str]) -> tuple[int, int]:
    """Return what the speaker vouches for: what follows the verb, what stands before the speaker, or both."""
    after = text[verb.end() : sentence.end].strip(" .,”\"’'")
    head = text[sentence.start : min(speaker.start, verb.start())]
    before = head.strip(' ,“"')
    adjunct = _ADJUNCT.match(head) is not None
    framed = not adjunct and len(before) > _MORSEL and re.search(r"[,”\"»–—-]\s*(?:the\s+)?$", head, re.IGNORECASE)
    titled = not adjunct and len(before) > _MORSEL and not after.startswith("that ") and _TITLES.search(head)
    if framed or titled or (len(after) < _MORSEL and len(before) > _MORSEL // 2):
        return sentence.start, sentence.end
    return verb.end(), sentence.end


_TITLES = re.compile(r"[a-z0-9”\"»],\s+(?:[A-Z][\w’'.-]*,?\s+(?:(?:of|the|and|for)\s+)*)+$")
"""Between a statement and the name of its speaker: "..., President of the Republic, Commander-in-Chief Roe said"."""
_MORSEL = 25
"""Characters under which what stands beside a speaker is no statement of its own."""
_ADJUNCT = re.compile(
    r"\s*(?:in|at|on|during|speaking|following|after|earlier|later|meanwhile|as|while|when|asked|for|with|according)\b",
    re.IGNORECASE,
)


def _carried(
    sentence: Sentence,
    found: Sequence[Attribution],
    sentences: Sequence[Sentence],
    quoted: Sequence[tuple[int, int]],
) -> Iterator[Attribution]:
    """Yield the speaker of a quotation that goes on, or that begins in this sentence's paragraph without a verb."""
    if not found:
        return
    last = found[-1]
    same_paragraph = sentences[last.sentence].paragraph == sentence.paragraph
    in_quotation = any(start <= sentence.start < end for start, end in quoted)
    if in_quotation and (same_paragraph or last.sentence >= sentence.index - 2):
        yield Attribution(
            sentence.index,
            sentence.start,
            sentence.end,
            last.speaker,
            last.party,
            last.act,
            sentence.start,
            f"the quotation of {last.speaker} goes on",
        )


def _actor_at(actors: Sequence[Actor], at: int, reach: int) -> Actor | None:
    return next((a for a in actors if at <= a.start <= at + reach), None) or next(
        (a for a in actors if a.start <= at < a.end), None
    )


def _noun_at(text: str, at: int, end: int, speech: _Speech) -> str:
    match = speech.anonymous.match(text, at, end)
    return match.group(1) if match else ""


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    last = None
    for match in pattern.finditer(text, start, end):
        last = match
    return last


def speaker_for(attributions: Sequence[Attribution], sentence: int, position: int) -> Attribution | None:
    """Return who vouches for what stands at a position: the nearest saying that covers it, those before it first."""
    own = [a for a in attributions if a.sentence == sentence and a.act != "denies"]
    covering = [a for a in own if a.start <= position < a.end]
    before = [a for a in covering if a.verb <= position]
    return max(before, key=lambda a: a.verb) if before else min(covering, key=lambda a: a.verb) if covering else None


def speaks_for_a_side(
    text: str, sentences: Sequence[Sentence], attributions: Sequence[Attribution], language: str = "en"
) -> bool:
    """Tell whether a report itself, outside what it quotes or says that others say, speaks of "the enemy" or "our positions".

    >>> from geo.text import sentences
    >>> told = "Our positions held. The mayor thanked us."
    >>> speaks_for_a_side(told, sentences(told), ()), speaks_for_a_side("", (), ())
    (True, False)
    """
    pattern, quoted = _partisan(language), _quotations(text, sentences)
    said = {attribution.sentence for attribution in attributions}
    for sentence in sentences:
        found = pattern.search(text, sentence.start, sentence.end)
        if found and sentence.index not in said and inside(quoted, found.start()) is None:
            return True
    return False


@lru_cache(maxsize=4)
def _partisan(language: str) -> re.Pattern[str]:
    words = data.table(language, "speech")["partisan"]
    enemies, ours = ("|".join(map(re.escape, words[key])) for key in ("enemies", "ours"))
    return re.compile(rf"\b(?:{enemies}|our(?:[ \u00a0][\w-]+)?[ \u00a0](?:{ours}))\b", re.IGNORECASE)


def is_said_next(text: str, position: int) -> bool:
    """Tell whether a verb of saying stands right behind a position, where its subject ends.

    >>> is_said_next("The staff in Baku also said so.", 17), is_said_next("In Baku.", 7), is_said_next("", 0)
    (True, False, False)
    """
    return _says().match(text, position) is not None


@lru_cache(maxsize=2)
def _says(language: str = "en") -> re.Pattern[str]:
    """Return the pattern of a verb of saying that a subject stands before."""
    acts = data.table(language, "speech")["acts"].values()
    forms = sorted(
        {
            form
            for verbs in acts
            for verb in verbs
            for form, kind in verb_forms(verb, language).items()
            if kind == "past"
        }
    )
    return re.compile(rf"\s+(?:\w+ly\s+|has\s+|had\s+|also\s+|later\s+)*(?:{'|'.join(map(re.escape, forms))}|says)\b")
