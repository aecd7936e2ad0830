"""Reports in: files and folders, each with what is known of its publication.

What cannot be read is an `Issue`, one for each file; the others still come back.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from gazetteer.errors import Issue, ReportError
from geo.inputs.manifest import NAME as MANIFEST
from geo.inputs.manifest import read_manifest
from geo.inputs.metadata import KEYS, Metadata, from_mapping, nearest_key, to_date
from geo.inputs.text import decode, front_matter
from geo.model import Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.inputs.text import FrontMatter

LANGUAGES = frozenset({"en"})
"""Languages that the word lists cover (primary subtags of BCP 47)."""
MAX_BYTES = 10_000_000
"""The largest text that is taken for one report: some 1,500,000 words."""
TEXT_SUFFIXES = frozenset({".txt", ".md", ".markdown", ".text"})
_NOT_REPORTS = frozenset({"readme", "license", "licence", "sources"})


def read_report(
    path: str | Path,
    *,
    published: date | str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    language: str | None = None,
) -> Report:
    r"""Read one report from a file; what is given here goes before what the file says of itself.

    Offsets of everything found later count characters of `Report.text`: the file as decoded, with its own newlines and
    its front matter, without a byte order mark.

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
    reports, issues = _read_file(Path(path), given)
    errors = [issue for issue in issues if issue.severity == "error"]
    if errors and not reports:
        raise ReportError(str(errors[0]))
    if len(reports) != 1:
        raise ReportError(f"{path} holds {len(reports)} reports. Read it with geo.read_reports([...]).")
    return reports[0]


def read_reports(
    inputs: Iterable[str | Path], *, published: date | str | None = None
) -> tuple[tuple[Report, ...], tuple[Issue, ...]]:
    """Read files and folders; return the reports and everything that was wrong with the others.

    In a folder, `reports.csv` gives title, publisher, published, url and language of the files it lists; README files
    and the list itself are no reports. `published` is the date of a file named directly, and of those reports of a
    folder that state none. Names are file names, with as much of the folder before them as keeps them apart.

    >>> read_reports([])
    ((), ())
    >>> reports, issues = read_reports(["no-such-file.txt"])
    >>> reports, str(issues[0])
    ((), 'no-such-file.txt: there is no such file. Check the spelling and the folder.')
    """
    day = _day(published)
    reports: list[Report] = []
    issues: list[Issue] = []
    for item in inputs:
        path = Path(item)
        found, wrong = _read_folder(path, day) if path.is_dir() else _read_file(path, Metadata(published=day))
        reports += found
        issues += wrong
    return unique_names(reports), tuple(issues)


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
    depth = 1
    while depth < 20:
        shared = {name for name, count in Counter(r.name for r in kept).items() if count > 1}
        if not shared:
            break
        depth += 1
        kept = [
            replace(r, name="/".join(r.path.parts[-depth:])) if r.name in shared and r.path else r for r in kept
        ]  # fmt: skip
    seen: Counter[str] = Counter()
    out = []
    for report in kept:  # what still shares a name has no path to tell it apart: number it
        seen[report.name] += 1
        out.append(report if seen[report.name] == 1 else replace(report, name=f"{report.name}#{seen[report.name]}"))
    return tuple(out)


def _day(value: date | str | None) -> date | None:
    if value is None or value == "":
        return None
    if isinstance(value, date):
        return value
    day = to_date(value)
    if day is None:
        raise ReportError(f'published is "{value}", which is no date. Write it as YYYY-MM-DD, for example 2023-09-20.')
    return day


def _read_folder(folder: Path, day: date | None) -> tuple[list[Report], list[Issue]]:
    reports: list[Report] = []
    issues: list[Issue] = []
    listed: dict[Path, Metadata] = {}
    has_list = (folder / MANIFEST).is_file()
    if has_list:
        rows, wrong = read_manifest(folder / MANIFEST)
        issues += wrong
        for row in rows:
            if row.path.resolve() in listed:
                issues.append(Issue("listed-twice", f'"{row.path.name}" is listed twice; the first line counts',
                                    str(folder / MANIFEST), row.line, "Delete one of the lines.", "warning"))  # fmt: skip
            listed.setdefault(row.path.resolve(), row.metadata)
    files = [f for f in sorted(folder.rglob("*")) if f.is_file() and _may_be_report(f, folder)]
    for file in files:
        known = listed.get(file.resolve())
        if known is None and file.suffix.lower() not in TEXT_SUFFIXES:
            issues.append(Issue("unknown-kind", f'"{file.suffix or file.name}" is no kind of report that can be read',
                                str(file), None, "Save it as text, or take it out of the folder.", "warning"))  # fmt: skip
            continue
        found, wrong_ones = _read_file(file, known or Metadata(), fallback=day)
        reports += found
        issues += wrong_ones
        if known is None and has_list and found:
            issues.append(Issue("not-listed", f"{MANIFEST} does not list this report, so its publisher is not known",
                                str(file), None, "Add a line for it.", "warning"))  # fmt: skip
    if not files:
        issues.append(Issue("empty-folder", "there is no report in this folder", str(folder), None,
                            "Put text files there, one report a file."))  # fmt: skip
    return reports, issues


def _may_be_report(file: Path, folder: Path) -> bool:
    inside = file.relative_to(folder)
    hidden = any(part.startswith((".", "__")) for part in inside.parts)
    return not hidden and file.name != MANIFEST and file.stem.lower() not in _NOT_REPORTS


def _read_file(path: Path, given: Metadata, *, fallback: date | None = None) -> tuple[list[Report], list[Issue]]:
    """Read the reports of one file; `given` goes before the file's own header, `fallback` after it."""
    data = _bytes(path)
    if isinstance(data, Issue):
        return [], [data]
    decoded = decode(data)
    if decoded is None:
        return [], [Issue("binary", "this is not a text file", str(path), None,
                          "Save the report as plain text (UTF-8).")]  # fmt: skip
    front = front_matter(decoded.text)
    if not decoded.text[front.body_start :].strip():
        return [], [Issue("empty", "there is no text in this file", str(path), None,
                          "Put the report's text into it or leave it out.")]  # fmt: skip
    own, issues = from_mapping(front.values, str(path), front.lines.get("published"))
    known = given.over(own).over(Metadata(published=fallback))
    all_issues = [
        *_header_issues(front, path),
        *issues,
        *_encoding_issues(decoded.encoding, decoded.guessed, decoded.damaged, path),
    ]
    report = Report(
        name=path.name,
        text=decoded.text,
        title=known.title,
        publisher=known.publisher,
        published=known.published,
        url=known.url,
        language=known.language or "en",
        path=path,
        sha256=hashlib.sha256(data).hexdigest(),
        body_start=front.body_start,
        encoding=decoded.encoding,
    )
    return [report], [*all_issues, *language_issues(report)]


def _bytes(path: Path) -> bytes | Issue:
    """Return a file's content, or say why not."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            return Issue("too-large", f"the file has {size / 1e6:.0f} MB; one report may have {MAX_BYTES / 1e6:.0f} MB",
                         str(path), None, "Split it into one file a report.")  # fmt: skip
        data = path.read_bytes()
    except FileNotFoundError:
        return Issue("missing", "there is no such file", str(path), None, "Check the spelling and the folder.")
    except OSError as error:
        return Issue("unreadable", f"the file cannot be read ({error.strerror or error})", str(path), None,
                     "Check that you may read it and that it is a file.")  # fmt: skip
    if not data:
        return Issue("empty", "the file is empty", str(path), None, "Put the report's text into it or leave it out.")
    return data


def _header_issues(front: FrontMatter, path: Path) -> list[Issue]:
    """Point at header keys that look like a known one misspelt; foreign keys are nobody's business."""
    issues = []
    for key in front.values:
        near = None if key in KEYS else nearest_key(key)
        if near and near not in front.values:
            issues.append(Issue("unknown-key", f'the header has "{key}", which is not used', str(path),
                                front.lines.get(key), f'Did you mean "{near}"?', "warning"))  # fmt: skip
    return issues


def _encoding_issues(encoding: str, guessed: bool, damaged: int, path: Path) -> list[Issue]:  # noqa: FBT001
    if guessed:
        return [Issue("encoding", f"the text is not in UTF-8 and was read as {encoding}", str(path), None,
                      "Look whether its letters are right, and save it as UTF-8 to be sure.", "warning")]  # fmt: skip
    if damaged:
        return [Issue("encoding", f"{damaged} bytes fit no character in UTF-8 and were replaced", str(path), None,
                      "Fetch the report again if it is cut or garbled.", "warning")]  # fmt: skip
    return []


def language_issues(report: Report) -> Sequence[Issue]:
    """Warn of a report that claims a language of the word lists and is written in another script than Latin.

    A report that says itself that it is in another language is told when it is worked through.

    >>> [issue.message for issue in language_issues(Report("a.txt", "Обстрел города"))]
    ['the report is written mostly in another script than Latin, and only en is read: little or nothing will be found in it']
    >>> language_issues(Report("a.txt", ""))
    ()
    """
    letters = [c for c in report.text[report.body_start :][:5000] if c.isalpha()]
    latin = sum(ord(c) < 0x250 for c in letters)
    if report.language.split("-")[0].lower() not in LANGUAGES or latin * 2 >= len(letters):
        return ()
    message = (
        f"the report is written mostly in another script than Latin, and only {', '.join(sorted(LANGUAGES))} is read: "
        "little or nothing will be found in it"
    )
    return (Issue("language", message, str(report.path or report.name), None, "Give a translation.", "warning"),)
