"""How fast names are found and resolved, beside flashgeotext, geotext and spaCy's PhraseMatcher with the same names.

    python -m tests.bench.bench_toponyms [TEXTS...] [--rounds 3] [--world] [--profile]

TEXTS are files or folders of .txt, .md and gold .json files (their texts); without any, the corpora beside the
repository are read where they are, else the starter reports. No text is read twice, so that nothing is fast by having
been seen before; each row is the best of `rounds` runs on one core, loading not counted. What a row finds is given
beside its speed: places are spans, geotext gives none, and only the last of our rows says which place is meant.

The peers are not needed for anything else: pip install flashgeotext geotext spacy
"""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
import sys
import time
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gazetteer
from geo.actors import aliases, persons
from geo.recognise import GazetteerRecogniser
from geo.resolve import Context, resolve
from geo.text import sentences
from geo.usage import classify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent.parent
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Row:
    """One way of reading all the texts: its name, seconds, and what it found in words."""

    name: str
    seconds: float
    found: str


def texts_of(given: Sequence[str]) -> list[str]:
    """Return every text once."""
    folders = [Path(path) for path in given] or [
        folder for folder in (ROOT.parent / "shared" / "corpora", ROOT / "seeds") if folder.is_dir()
    ][:1]
    return list(dict.fromkeys(text for folder in folders for text in _read(folder) if text.strip()))


def _read(path: Path) -> Iterator[str]:
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.suffix in {".txt", ".md", ".json"} and not file.name.startswith("README"):
                yield from _read(file)
    elif path.suffix == ".json":
        yield from (str(item.get("text") or "") for item in json.loads(path.read_text("utf8")))
    else:
        yield path.read_text("utf8")


def timed(name: str, rounds: int, work: Callable[[], str]) -> Row:
    """Run `rounds` times and keep the quickest."""
    best, found = float("inf"), ""
    for _ in range(rounds):
        start = time.perf_counter()
        found = work()
        best = min(best, time.perf_counter() - start)
    return Row(name, best, found)


def ours(texts: Sequence[str], rounds: int, *, world: bool) -> Iterator[Row]:
    """Yield the rows of this program."""
    places = gazetteer.load()
    if world:
        from geo.world import with_world  # noqa: PLC0415  (an extra)

        places = with_world(places, texts)
    recogniser = GazetteerRecogniser(places, aliases(), persons())
    recogniser.recognise("")

    def scan() -> str:
        return f"{sum(recogniser.count(text) for text in texts):,} matches"

    def recognise() -> str:
        return f"{sum(len(recogniser.recognise(text).mentions) for text in texts):,} mentions"

    def everything() -> str:
        mentions = literal = placed = 0
        for text in texts:
            parts = sentences(text)
            found = recogniser.recognise(text)
            verdicts = classify(text, found.mentions, [(s.start, s.end) for s in parts], places)
            resolutions = resolve(Context(text, found.mentions, verdicts, found.demonyms, parts, places))
            mentions += len(resolutions)
            literal += sum(r.usage == "literal" for r in resolutions)
            placed += sum(r.usage == "literal" and r.place_id is not None for r in resolutions)
        return f"{mentions:,} mentions, {literal:,} literal, {placed:,} with a place"

    yield timed("conflict-mapper: automaton alone", rounds, scan)
    yield timed("conflict-mapper: recognition", rounds, recognise)
    yield timed("conflict-mapper: recognition, usage, resolution", rounds, everything)


def peers(texts: Sequence[str], rounds: int) -> Iterator[Row | str]:
    """Yield the rows of the peers, and the names of those that are not installed."""
    names = [form for form in gazetteer.load().spellings() if form[:1].isupper()]
    for package, work in (("flashgeotext", _flashgeotext), ("geotext", _geotext), ("spacy", _phrase_matcher)):
        try:
            label = f"{package} {version(package)}"
        except PackageNotFoundError:
            yield package
            continue
        run = work(names)
        title = f"{label}: PhraseMatcher" if package == "spacy" else label
        yield timed(title, rounds, lambda run=run: run(texts))  # type: ignore[misc]


def _flashgeotext(names: Iterable[str]) -> Callable[[Sequence[str]], str]:
    from flashgeotext.geotext import GeoText, GeoTextConfiguration  # noqa: PLC0415
    from flashgeotext.lookup import LookupData  # noqa: PLC0415

    finder = GeoText(config=GeoTextConfiguration(use_demo_data=False, case_sensitive=True))
    finder.add(LookupData(name="places", data={name: [name] for name in names}))

    def run(texts: Sequence[str]) -> str:
        found = (finder.extract(text, span_info=True)["places"] for text in texts)
        return f"{sum(len(hit['span_info']) for hits in found for hit in hits.values()):,} spans"

    return run


def _geotext(names: Iterable[str]) -> Callable[[Sequence[str]], str]:
    from geotext import GeoText  # noqa: PLC0415

    index = {name.lower(): "XX" for name in names}
    GeoText.index = GeoText.index._replace(cities=index, countries={}, nationalities={})

    def run(texts: Sequence[str]) -> str:
        return f"{sum(len(GeoText(text).cities) for text in texts):,} names, no offsets"

    return run


def _phrase_matcher(names: Iterable[str]) -> Callable[[Sequence[str]], str]:
    import spacy  # noqa: PLC0415
    from spacy.matcher import PhraseMatcher  # noqa: PLC0415
    from spacy.util import filter_spans  # noqa: PLC0415

    blank: Any = spacy.blank("en")
    matcher = PhraseMatcher(blank.vocab)
    matcher.add("PLACE", list(blank.tokenizer.pipe(names)))

    def run(texts: Sequence[str]) -> str:
        docs = (blank.make_doc(text) for text in texts)
        return f"{sum(len(filter_spans(matcher(doc, as_spans=True))) for doc in docs):,} spans"

    return run


def markdown(rows: Iterable[Row], texts: Sequence[str]) -> str:
    """Return the rows as a Markdown table."""
    size, letters = sum(len(text.encode()) for text in texts), sum(map(len, texts))
    lines = [
        f"{len(texts):,} texts, {size / MEGABYTE:.2f} MB, {letters:,} characters, each read once; one core.",
        "",
        "| What | MB/s | million characters/s | articles/s | found |",
        "| --- | ---: | ---: | ---: | --- |",
    ]
    lines += [
        f"| {row.name} | {size / MEGABYTE / row.seconds:.1f} | {letters / MEGABYTE / row.seconds:.1f} |"
        f" {len(texts) / row.seconds:,.0f} | {row.found} |"
        for row in rows
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Read the options, run everything, and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("texts", nargs="*", metavar="TEXTS")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--world", action="store_true", help="with the places of GeoNames behind the entries")
    parser.add_argument("--profile", action="store_true", help="print where the time goes, and no peers")
    options = parser.parse_args()
    texts = texts_of(options.texts)
    if not texts:
        sys.exit("There is no text to read. Name files or folders.")
    if options.profile:
        profile = cProfile.Profile()
        profile.enable()
        list(ours(texts, 1, world=options.world))
        profile.disable()
        pstats.Stats(profile).sort_stats("tottime").print_stats(30)
        return
    rows = list(ours(texts, options.rounds, world=options.world))
    missing = []
    for row in peers(texts, options.rounds):
        if isinstance(row, Row):
            rows.append(row)
        else:
            missing.append(row)
    sys.stdout.write(markdown(rows, texts))
    if missing:
        sys.stdout.write(f"\nNot installed, so not measured: {', '.join(missing)}.\n")


if __name__ == "__main__":
    main()
