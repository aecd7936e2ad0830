"""Reports in: files, folders, zip folders, addresses and standard input, each with what is known of its publication.

What cannot be read is an `Issue`, one for each file; the others still come back.
"""

from __future__ import annotations

import hashlib
import io
import sys
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING
from urllib.parse import urlsplit

from gazetteer.errors import Issue, ReportError
from geo.inputs import kinds
from geo.inputs.base import MAX_ARCHIVE, MAX_TEXT, Source, Unusable, problem
from geo.inputs.language import looks_english
from geo.inputs.manifest import NAME as MANIFEST
from geo.inputs.manifest import read_manifest
from geo.inputs.metadata import Metadata, to_date
from geo.inputs.text import writable
from geo.inputs.zip_folder import unpacked
from geo.model import Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.inputs.base import Document, Parsed

LANGUAGES = frozenset({"en"})
"""Languages that the word lists cover (primary subtags of BCP 47)."""
MAX_BYTES = MAX_TEXT
STDIN = "-"
_NOT_REPORTS = frozenset({"readme", "license", "licence", "sources"})

_OUTPUTS = frozenset({"map.html", "events.geojson", "mentions.csv", "unresolved.csv"})

Found = tuple[list[Report], list[Issue]]


def read_report(
    path: str | Path,
    *,
    published: date | str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    language: str | None = None,
) -> Report:
    r"""Read one report from a file or an address; what is given here goes before what the file says of itself.

    Offsets of everything found later count characters of `Report.text`: for plain text the file as decoded, with its own
    newlines and its front matter, without a byte order mark; for other kinds the text that was taken out of them.

    Raises `ReportError` where the file is missing, empty, no text or holds several reports, or the date is none.

    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "a.txt"
    >>> _ = file.write_bytes(b"---\ntitle: A\n---\nShells fell on Shusha.\r\n")
    >>> report = read_report(file, published="2023-09-20")
    >>> report.title, report.published, report.text[report.body_start:]
    ('A', datetime.date(2023, 9, 20), 'Shells fell on Shusha.\r\n')
    >>> read_report(file.with_name("b.txt"))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    gazetteer.errors.ReportError: ...b.txt: there is no such file. Check the spelling and the folder.
    """
    given = Metadata(title or "", publisher or "", _day(published), url or "", language or "")
    reports, issues = _read_input(str(path), _Job(given=given))
    errors = [issue for issue in issues if issue.severity == "error"]
    if errors and not reports:
        raise ReportError(str(errors[0]))
    if len(reports) != 1:
        raise ReportError(f"{path} holds {len(reports)} reports. Read it with geo.read_reports([...]).")
    return reports[0]


def read_reports(
    inputs: Iterable[str | Path],
    *,
    published: date | str | None = None,
    columns: Mapping[str, str] | None = None,
) -> tuple[tuple[Report, ...], tuple[Issue, ...]]:
    """Read files, folders, zip folders, addresses and "-"; return the reports and what was wrong with the others.

    In a folder, `reports.csv` gives title, publisher, published, url and language of the files it lists; README files
    and the list itself are no reports. `published` is the date of a file named directly, and of those reports of a
    folder that state none. `columns` says which column of a table holds what ({"text": "body"}). Names are file names,
    with as much of the folder before them as keeps them apart; reports of one file are numbered (feed.xml#3).

    >>> read_reports([])
    ((), ())
    >>> reports, issues = read_reports(["no-such-file.txt"])
    >>> reports, str(issues[0])
    ((), 'no-such-file.txt: there is no such file. Check the spelling and the folder.')
    """
    job = _Job(given=Metadata(published=_day(published)), columns=dict(columns or {}))
    reports: list[Report] = []
    issues: list[Issue] = []
    for item in inputs:
        found, wrong = _read_input(str(item), job)
        reports += found
        issues += wrong
    return unique_names(reports), tuple(issues)


def read(
    *inputs: str | Path, published: date | str | None = None, columns: Mapping[str, str] | None = None
) -> tuple[Report, ...]:
    """Read files, folders, tables, feeds and addresses, for a notebook: all of them, or an error that tells every problem.

    `read_reports` is the same for programs that go on with what could be read. Raises `ReportError`.

    >>> read()
    ()
    >>> read("no-such-file.txt")
    Traceback (most recent call last):
    gazetteer.errors.ReportError: no-such-file.txt: there is no such file. Check the spelling and the folder.
    """
    reports, issues = read_reports(inputs, published=published, columns=columns)
    errors = [str(issue) for issue in issues if issue.severity == "error"]
    if errors:
        raise ReportError("\n".join(errors))
    return reports


def unique_names(reports: Iterable[Report]) -> tuple[Report, ...]:
    """Drop a file that was given twice, and put folders before names that several files share.

    >>> a, b = Path("x/a.txt"), Path("y/a.txt")
    >>> [r.name for r in unique_names([Report("a.txt", "", path=a), Report("a.txt", "", path=b)])]
    ['x/a.txt', 'y/a.txt']
    >>> unique_names([])
    ()
    """
    once: dict[tuple[object, str], Report] = {}
    for report in reports:
        where: object = report.path.resolve() if report.path else id(report)
        once.setdefault((where, report.name), report)
    kept = list(once.values())
    for depth in range(2, 20):
        shared = {name for name, count in Counter(r.name for r in kept).items() if count > 1}
        if not shared:
            break
        kept = [_longer_name(r, depth) if r.name in shared and r.path else r for r in kept]
    seen: Counter[str] = Counter()
    out = []
    for report in kept:  # what still shares a name has no path to tell it apart: number it
        seen[report.name] += 1
        out.append(report if seen[report.name] == 1 else replace(report, name=f"{report.name}#{seen[report.name]}"))
    return tuple(out)


def to_report(document: Document, name: str, *, path: Path | None = None, data: bytes | None = None) -> Report:
    """Make a report of a document; the checksum is that of the file it came from, or of its text.

    >>> from geo.inputs.base import Document
    >>> to_report(Document("Text"), "a.txt").language
    'en'
    """
    about = document.metadata
    return Report(
        name=name,
        text=writable(document.text),
        title=writable(about.title),
        publisher=writable(about.publisher),
        published=about.published,
        url=writable(about.url),
        language=about.language or "en",
        path=path,
        sha256=hashlib.sha256(data if data is not None else document.text.encode("utf-8", "surrogatepass")).hexdigest(),
        body_start=document.body_start,
        encoding=document.encoding,
        retrieved=about.retrieved,
    )


def language_issues(report: Report) -> tuple[Issue, ...]:
    """Warn of a report that claims a language of the word lists, or none, and is not written in it.

    A report that says itself that it is in another language is told when it is worked through.

    >>> [issue.message for issue in language_issues(Report("a.txt", "Обстрел города"))]
    ['the report is written mostly in another script than Latin, and only en is read: little or nothing will be found in it']
    >>> language_issues(Report("a.txt", ""))
    ()
    """
    body = report.text[report.body_start :]
    letters = [c for c in body[:5000] if c.isalpha()]
    if report.language.split("-")[0].lower() not in LANGUAGES or not letters:
        return ()
    if sum(ord(c) < 0x250 for c in letters) * 2 < len(letters):
        what = "the report is written mostly in another script than Latin"
    elif not looks_english(body):
        what = "the report does not seem to be in English"
    else:
        return ()
    message = f"{what}, and only {', '.join(sorted(LANGUAGES))} is read: little or nothing will be found in it"
    return (problem("language", message, "Give a translation.", file=str(report.path or report.name)),)


@dataclass(frozen=True, slots=True)
class _Job:
    """What the caller said: goes before (`given`) or after (`fallback`) what files say of themselves."""

    given: Metadata = field(default_factory=Metadata)
    fallback: Metadata = field(default_factory=Metadata)
    columns: Mapping[str, str] = field(default_factory=dict)


def _day(value: date | str | None) -> date | None:
    if value is None or value == "":
        return None
    if isinstance(value, date):
        return value
    day = to_date(value)
    if day is None:
        raise ReportError(f'published is "{value}", which is no date. Write it as YYYY-MM-DD, for example 2023-09-20.')
    return day


def _longer_name(report: Report, depth: int) -> Report:
    """Put one more folder before a name; the number behind the name of a table's row stays."""
    assert report.path is not None  # noqa: S101  (the caller has looked)
    _, mark, number = report.name.partition("#")
    return replace(report, name="/".join(report.path.parts[-depth:]) + mark + number)


def _read_input(item: str, job: _Job) -> Found:
    """Read whatever somebody named; every failure is one issue with its name."""
    try:
        if item == STDIN:
            return _read_stdin(job)
        if item.lower().startswith(("http://", "https://")):
            return _read_url(item, job)
        path = Path(item)
        if path.is_dir():
            return _read_folder(path, replace(job, given=Metadata(), fallback=job.given))
        if path.suffix.lower() == ".zip":
            return _read_zip(path, job)
        return _read_file(path, job)
    except Unusable as why:
        return [], [why.issue("standard input" if item == STDIN else item)]


def _read_stdin(job: _Job) -> Found:
    data = sys.stdin.buffer.read(MAX_ARCHIVE + 1)
    suffix = kinds.sniff(data, columns=job.columns)
    limit = MAX_ARCHIVE if suffix == ".zip" else kinds.limit_of(suffix)
    if len(data) > limit:
        raise Unusable(
            "too-large", f"there are more than {limit / 1e6:.0f} MB, too many to be read at once", "Split it."
        )
    if suffix == ".zip":
        return _read_package(io.BytesIO(data), Path("stdin"), job)
    return _parse(Source("stdin", data, "standard input", columns=job.columns), suffix, job)


def _read_url(url: str, job: _Job) -> Found:
    from geo.inputs.fetch import fetch  # noqa: PLC0415  (TLS is loaded where something is fetched)

    page = fetch(url)
    parts = urlsplit(page.url)
    name = PurePosixPath(parts.path).name or parts.netloc
    suffix = kinds.sniff(page.data, page.kind, name, job.columns)
    if suffix == ".zip":
        reports, issues = _read_package(io.BytesIO(page.data), Path(name), job)
    else:
        source = Source(name, page.data, url, Metadata(url=page.url), job.columns, page.charset)
        reports, issues = _parse(source, suffix, replace(job, fallback=Metadata(url=page.url)))
    return [replace(report, retrieved=page.retrieved, url=report.url or page.url) for report in reports], issues


def _read_zip(path: Path, job: _Job) -> Found:
    if not path.is_file():
        raise Unusable("missing", "there is no such file", "Check the spelling and the folder.")
    with path.open("rb") as packed:
        return _read_package(packed, path, job)


def _read_package(packed: IO[bytes], path: Path, job: _Job) -> Found:
    """Read the zip folder that `path` names for messages."""
    with unpacked(packed) as folder:
        reports, issues = _read_folder(folder, replace(job, given=Metadata(), fallback=job.given))
        inside = f"{folder}/"
        kept = [replace(r, path=path / r.path.relative_to(folder) if r.path else None) for r in reports]
        told = [
            replace(i, file=str(path) if i.file == str(folder) else i.file.replace(inside, f"{path}/")) for i in issues
        ]
    return kept, told


def _read_folder(folder: Path, job: _Job) -> Found:
    reports: list[Report] = []
    issues: list[Issue] = []
    listed: dict[Path, Metadata] = {}
    has_list = (folder / MANIFEST).is_file()
    if has_list:
        rows, wrong = read_manifest(folder / MANIFEST)
        issues += wrong
        for row in rows:
            if row.path.resolve() in listed:
                issues.append(problem("listed-twice", f'"{row.path.name}" is listed twice; the first line counts',
                                      "Delete one of the lines.", file=str(folder / MANIFEST), line=row.line))  # fmt: skip
            listed.setdefault(row.path.resolve(), row.metadata)
    files = [file for file in sorted(folder.rglob("*")) if file.is_file() and _may_be_report(file, folder)]
    for file in files:
        known = listed.get(file.resolve())
        found, wrong_ones = _read_member(file, known, job)
        reports += found
        issues += wrong_ones
        if known is None and has_list and found:
            issues.append(problem("not-listed", f"{MANIFEST} does not list this report, so its publisher is not known",
                                  "Add a line for it.", file=str(file)))  # fmt: skip
    if not files:
        issues.append(Issue("empty-folder", "there is no report in this folder", str(folder), None,
                            "Put reports there, one a file."))  # fmt: skip
    return reports, issues


def _may_be_report(file: Path, folder: Path) -> bool:
    inside = file.relative_to(folder)
    hidden = any(part.startswith((".", "__")) for part in inside.parts)
    if (
        file.name in _OUTPUTS
        and (file.parent / "events.geojson").is_file()
        and (file.parent / "mentions.csv").is_file()
    ):
        return False  # what an earlier run wrote, where --out lies inside the folder that is read
    return not hidden and file.name != MANIFEST and file.stem.lower() not in _NOT_REPORTS


def _read_member(file: Path, known: Metadata | None, job: _Job) -> Found:
    """Read a file of a folder: what is no report there is passed over with a warning."""
    suffix = kinds.ending(file.name)
    if known is None and (suffix not in kinds.READERS or suffix in kinds.MANY):
        why = kinds.refuse(suffix)
        message, fix = why.message, "Save it as text, or take it out of the folder."
        if suffix in kinds.READERS:
            message, fix = f'"{suffix}" files are not read as part of a folder', "Name the file itself."
        return [], [problem(why.code, message, fix, file=str(file))]
    try:
        return _read_file(file, replace(job, given=known or Metadata()))
    except Unusable as why:
        return [], [why.issue(str(file))]


def _read_file(path: Path, job: _Job) -> Found:
    suffix = kinds.ending(path.name)
    data = _bytes(path, kinds.limit_of(suffix))
    if suffix not in kinds.READERS and not suffix:
        suffix = kinds.sniff(data)  # a file without an ending may well be a report
    return _parse(Source(path.name, data, str(path), columns=job.columns), suffix, job, path)


def _bytes(path: Path, limit: int) -> bytes:
    try:
        size = path.stat().st_size
        if size > limit:
            raise Unusable("too-large", f"the file has {size / 1e6:.1f} MB; {limit / 1e6:.0f} MB may be read at once",
                           "Split it.")  # fmt: skip
        return path.read_bytes()
    except FileNotFoundError as error:
        raise Unusable("missing", "there is no such file", "Check the spelling and the folder.") from error
    except OSError as error:
        raise Unusable("unreadable", f"the file cannot be read ({error.strerror or error})",
                       "Check that you may read it and that it is a file.") from error  # fmt: skip


def _parse(source: Source, suffix: str, job: _Job, path: Path | None = None) -> Found:
    """Read a source and make reports of its documents."""
    parsed: Parsed = kinds.read(source, suffix)
    many = any(document.name for document in parsed.documents)
    reports = []
    issues = list(parsed.issues)
    for document in parsed.documents:
        if len(document.text) > MAX_TEXT:
            whose = f"the text of {document.name}" if document.name else "its text"
            what = f"{whose} has more than {MAX_TEXT / 1e6:.0f} million characters"
            issues.append(Unusable("too-large", what, "Split it.").issue(source.where))
            continue
        about = job.given.over(document.metadata).over(job.fallback)
        report = to_report(
            replace(document, metadata=about),
            document.name or source.name,
            path=path,
            data=None if many else source.data,
        )
        reports.append(report)
        issues += language_issues(report)
    return reports, issues
