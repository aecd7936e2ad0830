"""The whole way of a report: recognise -> usage -> resolve -> references -> actors -> claims -> merge."""

from __future__ import annotations

import traceback
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from gazetteer.errors import Issue
from gazetteer.scaffold import suggest_command
from geo import data
from geo.actors import aliases, country_of, dateline_home, find_actors, home_of, is_a_building, persons
from geo.attribution import State, attribute, speaks_for_a_side
from geo.claims import Analysis, find_events, merge
from geo.engines import Steered
from geo.model import Extraction, Unresolved
from geo.recognise import GazetteerRecogniser
from geo.resolve import Context, resolve
from geo.soundalikes import with_soundalikes
from geo.spatial import references
from geo.text import sentences
from geo.unknown import unknown_names
from geo.usage import UsageVerdict, classify

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gazetteer.index import Gazetteer
    from geo.actors import Actor
    from geo.attribution import Attribution
    from geo.model import Event, Report, Resolution
    from geo.recognise import Recogniser, Recognition

LANGUAGES = frozenset({"en"})
"""Languages whose word lists are here."""


@lru_cache(maxsize=8)
def _recogniser(places: Gazetteer, language: str) -> GazetteerRecogniser:
    return GazetteerRecogniser(places, aliases(), persons(), language)


def extract(report: Report, places: Gazetteer) -> Extraction:
    """Return everything that one report says: mentions with their places, events with their claims, and what is unknown.

    >>> from gazetteer.index import Gazetteer
    >>> from gazetteer.model import Place, Point, Toponym
    >>> from geo.model import Report
    >>> places = Gazetteer([Place("hilltown", "town", (Toponym("Hilltown"),), point=Point(40.1, 45.2, 500))])
    >>> found = extract(Report("a.txt", "Shells fell on the town of Hilltown."), places)
    >>> [(event.event_type, event.where.place_id) for event in found.events]
    [('shelling', 'hilltown')]
    >>> extract(Report("b.txt", ""), places).events
    ()
    """
    return extract_all([report], places)


def extract_all(reports: Iterable[Report], places: Gazetteer, recogniser: Recogniser | None = None) -> Extraction:
    """Return what several reports say, events of the same thing merged across them.

    `recogniser` decides what is a place name, in place of the gazetteer (see `geo.engines`).

    >>> from gazetteer.index import Gazetteer
    >>> extract_all([], Gazetteer()).events
    ()
    """
    read = []
    resolutions: list[tuple[str, Resolution]] = []
    events: list[Event] = []
    unresolved: list[Unresolved] = []
    issues: list[Issue] = []
    for report in reports:
        language = report.language.split("-")[0].lower() or "en"
        if language not in LANGUAGES:
            issues.append(
                Issue(
                    "language",
                    f'the language is "{report.language}"; places are found, events only in English',
                    report.name,
                    fix="Give a translation, or correct the language in reports.csv",
                    severity="warning",
                )
            )
        try:
            recognition, found, analysis = analyse(report, places, recogniser)
            happened = find_events(analysis)
        except Exception as error:  # noqa: BLE001  (a fault in one report must not lose the others: it is told as an error)
            issues.append(_fault(report, error))
            continue
        read.append(report)
        resolutions += ((report.name, resolution) for resolution in found)
        unresolved += (_row(report, *name) for name in _unknown(report, found, recognition))
        events += happened
    return Extraction(tuple(read), tuple(resolutions), merge(events, tuple(read)), tuple(unresolved), tuple(issues))


def _fault(report: Report, error: Exception) -> Issue:
    place = traceback.extract_tb(error.__traceback__)[-1]
    what = f"the program failed on this report ({type(error).__name__} in {place.name}, line {place.lineno}); the others were read"
    return Issue("fault", what, report.name, fix="Please send us the file, or the paragraph with which it still fails")


def analyse(
    report: Report, places: Gazetteer, recogniser: Recogniser | None = None
) -> tuple[Recognition, tuple[Resolution, ...], Analysis]:
    """Return what the steps before the events find in a report."""
    parts = sentences(report.text, report.body_start)
    names = _recogniser(places, "en")
    recognition = (Steered(recogniser, names, places) if recogniser else names).recognise(report.text)
    recognition = with_soundalikes(report.text, recognition, places)
    spans = [(s.start, s.end) for s in parts]
    verdicts = [
        UsageVerdict("modifier", 0.0, f'part of the name "{mention.inside}"') if mention.inside else verdict
        for mention, verdict in zip(
            recognition.mentions, classify(report.text, recognition.mentions, spans, places), strict=True
        )
    ]
    found = resolve(Context(report.text, recognition.mentions, verdicts, recognition.demonyms, parts, places))
    publishes, written = home_of(report.publisher, sides(places)), dateline_home(found, recognition.demonyms, places)
    actors = find_actors(report.text, found, recognition.demonyms, recognition.actors, places, publishes or written)
    named = [(r.mention.start, r.mention.end) for r in found if r.usage == "literal"]
    state = state_of(found, places)
    said = attribute(report.text, parts, actors, named, state)
    partisan = speaks_for_a_side(report.text, parts, said)
    unknown = tuple((start, end) for start, end, _, _ in _unknown(report, found, recognition))
    analysis = Analysis(
        report, parts, found, references(report.text, found, places, seated(report.text, actors, said), unknown, state.party if state else None), actors, said,
        sides(places), places, unknown=unknown,
        home=publishes or (written if partisan else None), filed=written, partisan=partisan,
    )  # fmt: skip
    return recognition, found, analysis


def state_of(found: Iterable[Resolution], places: Gazetteer) -> State | None:
    """Return the country of which a report tells, if nearly all places that it names lie in that one.

    >>> from gazetteer.index import Gazetteer
    >>> state_of([], Gazetteer()) is None
    True
    """
    votes: Counter[str | None] = Counter()
    for resolution in found:
        if resolution.usage == "literal" and resolution.place_id is not None:
            # what lies in a disputed region is of no one country: "the army" there may be either side's
            votes[country_of(resolution.place_id, places)] += 1
    country, count = next(((c, n) for c, n in votes.most_common() if c is not None), (None, 0))
    if country is None or places[country].kind != "country" or count < max(_FEW, _NEARLY_ALL * votes.total()):
        return None
    return State(country, places[country].name)


_FEW = 4
"""Places that a report must name before it is said to tell of their country."""
_NEARLY_ALL = 0.75


def spans_of(actors: Iterable[Actor]) -> tuple[tuple[int, int], ...]:
    """Return the spans of the actors that can speak or act, peoples left out."""
    return tuple((a.start, a.end) for a in actors if a.speaks)


def seated(text: str, actors: Iterable[Actor], said: Iterable[Attribution]) -> tuple[tuple[int, int], ...]:
    """Return the spans of actors whose "in X" says where they sit.

    Not of police that act there and say nothing, nor of an embassy in front of which something happens.
    """
    speak, on_the_spot = {one.speaker for one in said}, tuple(data.table("en", "institutions")["on_the_spot"]["words"])
    return spans_of(
        actor for actor in actors
        if not is_a_building(text, actor.start)
        and (actor.label in speak or not text[actor.start : actor.end].lower().startswith(on_the_spot))
    )  # fmt: skip


@lru_cache(maxsize=8)
def sides(places: Gazetteer) -> dict[str, str]:
    """Return the words that name a party's people or the party itself, with its id."""
    found = {word: ids[0] for word, ids in places.demonyms().items()}
    found |= {name.text: place.id for place in places if place.demonyms for name in place.names if name.lang == "en"}
    return found


def _unknown(report: Report, found: Iterable[Resolution], recognition: Recognition) -> list[tuple[int, int, str, str]]:
    """Return the names that the text marks as places and no entry answers: start, end, text, and the marking word."""
    placed = [(m.start, m.end) for m in recognition.mentions]
    known = placed + [(s.start, s.end) for s in (*recognition.demonyms, *recognition.actors)]
    strange = [
        (name.start, name.end, name.text, name.marker) for name in unknown_names(report.text, known, listed=placed)
    ]
    undecided = (r.mention for r in found if r.place_id is None and r.usage == "literal")
    return sorted([*strange, *((m.start, m.end, m.text, m.kind_word) for m in undecided)])


def _row(report: Report, start: int, end: int, text: str, marker: str) -> Unresolved:
    kinds = data.table("en", "kinds")["hard"]
    context = " ".join(report.text[max(0, start - 60) : end + 60].split())
    return Unresolved(
        report.name,
        start,
        end,
        text,
        context,
        suggest_command(text, kind=kinds[marker][0] if marker in kinds else None),
    )
