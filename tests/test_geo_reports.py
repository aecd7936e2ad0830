"""Reports from files and folders: offsets, encodings, metadata, and what is wrong with what."""

from __future__ import annotations

from datetime import date

import pytest

from gazetteer.errors import ReportError
from geo.reports import MAX_BYTES, read_report, read_reports

TEXT = "Shells fell on the village at dawn, the ministry said.\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, "utf8")
    (tmp_path / "b.md").write_text(f"---\ntitle: B: the second\ndate: 2023-09-21\n---\n{TEXT}", "utf8")
    (tmp_path / "README.md").write_text("Not a report.", "utf8")
    (tmp_path / "reports.csv").write_text(
        "file,title,publisher,published,url,language\na.txt,First,The Paper,2023-09-20,https://example.org/a,en\n"
        "b.md,,Agency,,,en\n",
        "utf8",
    )
    return tmp_path


def codes(issues):
    return [issue.code for issue in issues]


def test_folder_with_a_list(folder):
    reports, issues = read_reports([folder])
    assert issues == ()
    assert [(r.name, r.title, r.publisher, r.published) for r in reports] == [
        ("a.txt", "First", "The Paper", date(2023, 9, 20)),
        ("b.md", "B: the second", "Agency", date(2023, 9, 21)),
    ]
    assert reports[0].url == "https://example.org/a"
    assert len(reports[0].sha256) == 64


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"One.\r\nTwo Shusha.\r\n", "One.\r\nTwo Shusha.\r\n"),
        (b"\xef\xbb\xbfOne.\nTwo Shusha.", "One.\nTwo Shusha."),
        (b"One.\rTwo Shusha.", "One.\rTwo Shusha."),
        ("\ufeffOne.\r\nTwo Shusha.".encode("utf-16-le"), "One.\r\nTwo Shusha."),
        ("One.\r\nTwo Shusha.".encode("utf-16-be"), "One.\r\nTwo Shusha."),
        ("Ձ —\u2028 Shusha 🗺".encode(), "Ձ —\u2028 Shusha 🗺"),
    ],
    ids=["crlf", "bom", "cr", "utf16", "utf16 without mark", "beyond ascii"],
)
def test_offsets_count_the_characters_of_the_decoded_file(tmp_path, data, text):
    file = tmp_path / "a.txt"
    file.write_bytes(data)
    assert read_report(file).text == text


def test_front_matter_is_skipped_and_still_counted(tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes(b"---\r\ntitle: A\r\npublished: 2023-09-20\r\nlang: en\r\n---\r\nShusha.")
    report = read_report(file)
    assert report.text[report.body_start :] == "Shusha."
    assert report.text.startswith("---\r\n")
    assert (report.title, report.published) == ("A", date(2023, 9, 20))


def test_a_rule_in_the_text_is_no_front_matter(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("---\nThe report begins with a rule and has no other.\n", "utf8")
    assert read_report(file).body_start == 0


def test_what_is_given_goes_before_what_the_file_says(folder):
    assert read_report(folder / "b.md", published="2023-01-01").published == date(2023, 1, 1)
    assert read_report(folder / "b.md").published == date(2023, 9, 21)
    (direct,), _ = read_reports([folder / "b.md"], published=date(2023, 1, 1))
    assert direct.published == date(2023, 1, 1)
    inside, _ = read_reports([folder], published=date(2023, 1, 1))
    assert [r.published for r in inside] == [date(2023, 9, 20), date(2023, 9, 21)]


@pytest.mark.parametrize(
    ("name", "data", "code", "says"),
    [
        ("a.txt", b"", "empty", "the file is empty"),
        ("a.txt", b" \n\n ", "empty", "no text"),
        ("a.txt", b"---\ntitle: A\n---\n", "empty", "no text"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary", "not a text file"),
        ("a.txt", bytes(range(256)) * 20, "binary", "not a text file"),
        ("a.txt", b"x" * (MAX_BYTES + 1), "too-large", "10 MB"),
    ],
    ids=["empty", "blank", "header only", "png", "bytes", "huge"],
)
def test_one_broken_file_is_one_issue_and_the_others_are_read(tmp_path, name, data, code, says):
    (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_text(TEXT, "utf8")
    reports, issues = read_reports([tmp_path / name, tmp_path / "good.txt"])
    assert [r.name for r in reports] == ["good.txt"]
    assert codes(issues) == [code]
    assert says in issues[0].message
    assert issues[0].fix
    with pytest.raises(ReportError, match=says):
        read_report(tmp_path / name)


def test_missing_and_unreadable_files(tmp_path):
    reports, issues = read_reports([tmp_path / "none.txt"])
    assert reports == ()
    assert "there is no such file" in str(issues[0])
    assert "none.txt" in str(issues[0])


def test_a_wrong_date_is_told_with_its_line_and_the_report_is_read_without(folder):
    (folder / "reports.csv").write_text("file,published\na.txt,20.09.2023\nb.md,2023-13-40\n", "utf8")
    reports, issues = read_reports([folder])
    assert codes(issues) == ["bad-date", "bad-date"]
    assert [issue.line for issue in issues] == [2, 3]
    assert "YYYY-MM-DD" in str(issues[0])
    assert reports[0].published is None


def test_wrong_dates_given_in_python_are_misuse(folder):
    with pytest.raises(ReportError, match="YYYY-MM-DD"):
        read_report(folder / "a.txt", published="yesterday")


def test_the_list_is_checked(folder):
    (folder / "reports.csv").write_text(
        "file,titel,publishd,colour\na.txt,A,,\nmissing.txt,B,,\n../../etc/passwd,C,,\n,D,,\na.txt,E,,\n", "utf8"
    )
    _, issues = read_reports([folder])
    told = {issue.code: str(issue) for issue in issues}
    assert 'Did you mean "title"?' in [i for i in map(str, issues) if "titel" in i][0]  # noqa: RUF015
    assert any('Did you mean "published"?' in str(i) for i in issues)
    assert any("Known columns: file, title" in str(i) and "colour" in str(i) for i in issues)
    assert "reports.csv:3:" in told["missing"]
    assert "outside the folder" in told["outside"]
    assert "reports.csv:5:" in told["no-file"]
    assert "listed twice" in told["listed-twice"]
    assert "b.md" in told["not-listed"]


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_lists_from_spreadsheets(folder, delimiter):
    lines = ("file", "title", "published"), ("a.txt", "Stadt, Land", "2023-09-20")
    (folder / "reports.csv").write_bytes(b"\xef\xbb\xbf" + "\r\n".join(map(delimiter.join, lines)).encode())
    reports, _ = read_reports([folder])
    assert (reports[0].title, reports[0].published) == ("Stadt, Land", date(2023, 9, 20))


def test_other_encodings_are_guessed_and_said(tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes("“Shells fell,” the ministry’s spokesman said – “seven houses burnt.”".encode("cp1252"))
    (report,), issues = read_reports([file])
    assert report.text.startswith("“Shells fell,” the ministry’s")
    assert codes(issues) == ["encoding"]
    assert issues[0].severity == "warning"
    assert "cp1252" in issues[0].message


def test_utf8_with_a_wound_stays_utf8(tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes("“Şuşa” və “Xankəndi” və “Ağdam”".encode() + b"\xe2\x80")
    (report,), issues = read_reports([file])
    assert report.text.startswith("“Şuşa” və “Xankəndi”")
    assert "replaced" in issues[0].message


def test_another_script_is_said(tmp_path):
    (tmp_path / "b.txt").write_text("По сообщению министерства, город обстрелян.", "utf8")
    _, issues = read_reports([tmp_path])
    assert codes(issues) == ["language"]
    assert "another script" in issues[0].message


def test_names_that_several_files_share(tmp_path):
    for sub in ("x", "y"):
        (tmp_path / sub).mkdir()
        (tmp_path / sub / "a.txt").write_text(TEXT, "utf8")
    reports, _ = read_reports([tmp_path / "x", tmp_path / "y", tmp_path / "x" / "a.txt"])
    assert [r.name for r in reports] == ["x/a.txt", "y/a.txt"]


def test_what_is_no_report_in_a_folder(folder):
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\x00")
    (folder / ".hidden.txt").write_text("x", "utf8")
    reports, issues = read_reports([folder])
    assert [r.name for r in reports] == ["a.txt", "b.md"]
    assert codes(issues) == ["unknown-kind"]
    assert issues[0].severity == "warning"


def test_what_an_earlier_run_wrote_is_no_report(folder):
    for where in (folder, folder / "out"):
        where.mkdir(exist_ok=True)
        for name in ("map.html", "events.geojson", "mentions.csv", "unresolved.csv"):
            (where / name).write_text("<html><body><p>Shells fell on the village at dawn.</p></body></html>", "utf8")
    reports, issues = read_reports([folder])
    assert [r.name for r in reports] == ["a.txt", "b.md"]
    assert issues == ()


def test_an_empty_folder_is_said(tmp_path):
    reports, issues = read_reports([tmp_path])
    assert (reports, codes(issues)) == ((), ["empty-folder"])
