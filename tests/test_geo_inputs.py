"""Every kind of input: what comes out of good files, and one sentence for each of the broken ones."""

from __future__ import annotations

import gzip
import io
import json
import threading
import zipfile
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pandas as pd
import pytest

from gazetteer.errors import ReportError
from geo.inputs import fetch as fetching
from geo.inputs.base import MAX_TEXT, Unusable
from geo.reports import read_report, read_reports

BODY = (
    """Shells fell on the village of Example at dawn on Tuesday, the ministry said. Two houses burnt down and a third was \
damaged, according to its statement.""",
    """The other side denied that it had opened fire. Observers were on their way to the village, which lies near the \
line of contact, and expected to arrive there by the evening.""",
)
TEXT = "\n\n".join(BODY)
HTML = f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Village shelled - The Paper</title>
<meta property="og:title" content="Village shelled"><meta property="og:site_name" content="The Paper">
<meta property="article:published_time" content="2023-09-20T06:00:00+00:00">
<link rel="canonical" href="https://example.org/a"></head><body><nav><a href="/">Home</a><a href="/b">More</a></nav>
<main><article><h1>Village shelled</h1><p>{BODY[0]}</p><p>{BODY[1]}</p></article></main>
<script>var x = "never read";</script></body></html>"""
RSS = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>The Agency</title><language>en</language><item><title>One</title><link>https://example.org/1</link>
<pubDate>Wed, 20 Sep 2023 06:00:00 GMT</pubDate><content:encoded><![CDATA[<p>{BODY[0]}</p><p>{BODY[1]}</p><p>{TEXT}</p>]]></content:encoded>
</item><item><title>Two</title><description>Only a teaser.</description></item></channel></rss>"""
ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Agency</title><entry><title>One</title>
<link href="https://example.org/1"/><updated>2023-09-20T06:00:00Z</updated><content type="text">{TEXT} {TEXT}</content></entry></feed>"""


def pdf(text):
    """A PDF 1.4 with one page of text, by hand."""
    lines = " ".join(f"({line}) Tj T*" for line in text.split("\n"))
    stream = f"BT /F1 11 Tf 14 TL 50 780 Td {lines} ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Title (Village shelled) >>",
    ]  # fmt: skip
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 7\n0000000000 65535 f \n%strailer\n<< /Size 7 /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        table, len(out),
    )  # fmt: skip


def docx(*paragraphs):
    module = pytest.importorskip("docx")
    book = module.Document()
    book.core_properties.title = "Village shelled"
    for paragraph in paragraphs:
        book.add_paragraph(paragraph)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def warc(*pages):
    """A web archive with an answer a page, each a gzip member of its own, by hand."""
    out = b""
    for number, (status, kind, body) in enumerate(pages):
        answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/{number}\r\nWARC-Date: 2023-09-21T00:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        )
        out += gzip.compress(head.encode() + answer + b"\r\n\r\n")
    return out


def zipped(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(name.replace("__", "/").replace("_", "."), data)
    return out.getvalue()


# ------------------------------------------------------------------------------------------------------- good files


def test_a_saved_page_gives_its_article_and_what_it_says_of_itself(tmp_path):
    pytest.importorskip("trafilatura")
    (tmp_path / "a.html").write_text(HTML, "utf8")
    report = read_report(tmp_path / "a.html")
    assert BODY[0] in report.text
    assert "Home" not in report.text
    assert "never read" not in report.text
    assert (report.title, report.publisher, report.published) == ("Village shelled", "The Paper", date(2023, 9, 20))
    assert (report.url, report.language) == ("https://example.org/a", "en-GB")


def test_a_page_in_another_encoding(tmp_path):
    pytest.importorskip("trafilatura")
    page = HTML.replace("utf-8", "windows-1252").replace("Example", "Exámple")
    (tmp_path / "a.html").write_bytes(page.encode("cp1252"))
    assert "Exámple" in read_report(tmp_path / "a.html").text


def test_a_pdf_gives_its_text_with_lines_joined(tmp_path):
    pytest.importorskip("pypdf")
    (tmp_path / "a.pdf").write_bytes(pdf("Shells fell on the vil-\nlage of Example\nat dawn."))
    report = read_report(tmp_path / "a.pdf", published="2023-09-20")
    assert report.text == "Shells fell on the village of Example at dawn.\n"
    assert report.title == "Village shelled"


def test_a_word_file_gives_its_paragraphs(tmp_path):
    (tmp_path / "a.docx").write_bytes(docx(*BODY))
    report = read_report(tmp_path / "a.docx")
    assert report.text == TEXT + "\n"
    assert report.title == "Village shelled"


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.jsonl", "a.json", "a.parquet"])
def test_tables_give_a_report_a_row(tmp_path, name):
    frame = pd.DataFrame(
        {"story": BODY, "date": ["2023-09-20", "2023-09-21"], "source": ["The Paper", None], "extra": [1, 2]}
    )
    file = tmp_path / name
    if name == "a.parquet":
        pytest.importorskip("pyarrow")
        frame.to_parquet(file)
    elif name.startswith("a.js"):
        frame.to_json(file, orient="records", lines=name == "a.jsonl")
    else:
        frame.to_csv(file, sep="," if name == "a.csv" else "\t", index=False)
    reports, issues = read_reports([file], columns={"text": "story"})
    assert issues == ()
    assert [r.text for r in reports] == list(BODY)
    assert [r.published for r in reports] == [date(2023, 9, 20), date(2023, 9, 21)]
    assert [r.publisher for r in reports] == ["The Paper", ""]
    assert all(r.name.startswith(f"{name}#") for r in reports)
    assert len({r.name for r in reports}) == 2


def test_tables_find_their_columns_and_tell_wrong_rows(tmp_path):
    (tmp_path / "a.csv").write_text(
        'Title,Body,Date\nA,"Shells, and\nmore shells.",2023-09-20\nB,,2023-09-20\nC,Text,soon\n', "utf8"
    )
    reports, issues = read_reports([tmp_path / "a.csv"])
    assert [r.title for r in reports] == ["A", "C"]
    assert reports[0].text == "Shells, and\nmore shells."
    told = {i.code: i for i in issues}
    assert told["bad-date"].line == 5
    assert "in line 4" in told["empty-row"].message


@pytest.mark.parametrize(("name", "content", "count"), [("a.rss", RSS, 2), ("a.xml", RSS, 2), ("a.atom", ATOM, 1)])
def test_feeds_give_a_report_an_entry(tmp_path, name, content, count):
    pytest.importorskip("feedparser")
    (tmp_path / name).write_text(content, "utf8")
    reports, issues = read_reports([tmp_path / name])
    assert len(reports) == count
    first = reports[0]
    assert first.text.startswith(BODY[0])
    assert "<p>" not in first.text
    assert (first.title, first.publisher, first.published, first.url) == (
        "One",
        "The Agency",
        date(2023, 9, 20),
        "https://example.org/1",
    )
    assert [i.code for i in issues] == (["teasers"] if count == 2 else [])


def test_a_web_archive_gives_its_pages(tmp_path):
    pytest.importorskip("trafilatura")
    pages = (
        ("200 OK", "text/html", HTML.encode()),
        ("404 Not Found", "text/html", HTML.encode()),
        ("200 OK", "image/png", b"x"),
    )
    (tmp_path / "a.warc.gz").write_bytes(warc(*pages, ("200 OK", "text/html", b"<html><body></body></html>")))
    reports, issues = read_reports([tmp_path / "a.warc.gz"])
    assert [(r.name, r.title, r.retrieved) for r in reports] == [
        ("a.warc.gz#1", "Village shelled", "2023-09-21T00:00:00Z")
    ]
    assert [i.code for i in issues] == ["skipped"]


def test_an_archive_with_a_wrong_length_is_told_in_our_words(tmp_path, capfd):
    pytest.importorskip("trafilatura")
    whole = gzip.decompress(warc(("200 OK", "text/html", HTML.encode())))
    start = whole.index(b"Content-Length: ", whole.index(b"WARC-Type: response")) + 16
    length = int(whole[start : whole.index(b"\r", start)])
    (tmp_path / "a.warc").write_bytes(whole[:start] + str(length - 20).encode() + whole[start + len(str(length)) :])
    reports, issues = read_reports([tmp_path / "a.warc"])
    assert len(reports) == 1
    assert "damaged" in " ".join(str(issue) for issue in issues)
    assert capfd.readouterr().err == ""


def test_a_zip_folder_is_read_like_a_folder(tmp_path):
    listed = "file,publisher,published\nsub/a.txt,The Paper,2023-09-20\n"
    (tmp_path / "a.zip").write_bytes(zipped(sub__a_txt=TEXT, b_txt=TEXT, reports_csv=listed, README_md="No report."))
    reports, issues = read_reports([tmp_path / "a.zip"], published="2023-01-01")
    assert [(r.name, r.publisher, str(r.published)) for r in reports] == [
        ("b.txt", "", "2023-01-01"),
        ("a.txt", "The Paper", "2023-09-20"),
    ]
    assert [str(i).startswith(f"{tmp_path}/a.zip/b.txt") for i in issues] == [True]


def test_a_zip_folder_cannot_write_outside(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("../evil.txt", TEXT)
        package.writestr("/tmp/evil.txt", TEXT)  # noqa: S108
        package.writestr("good.txt", TEXT)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.zip").write_bytes(out.getvalue())
    reports, _ = read_reports([tmp_path / "in" / "a.zip"])
    assert [r.name for r in reports] == ["good.txt"]
    assert not (tmp_path / "evil.txt").exists()


def test_several_reports_are_no_single_one(tmp_path):
    (tmp_path / "a.csv").write_text("text\nA\nB\n", "utf8")
    with pytest.raises(ReportError, match="holds 2 reports"):
        read_report(tmp_path / "a.csv")


def test_tables_in_a_folder_are_passed_over_with_a_word(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, "utf8")
    (tmp_path / "mentions.csv").write_text("text\nA\n", "utf8")
    reports, issues = read_reports([tmp_path])
    assert [r.name for r in reports] == ["a.txt"]
    assert "Name the file itself" in str(issues[0])


# ----------------------------------------------------------------------------------------------------- broken files

BROKEN = {
    "cut.pdf": (lambda: pdf(TEXT)[:300], "PDF"),
    "garbage.pdf": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40, "PDF"),
    "textless.pdf": (lambda: pdf(""), "OCR"),
    "html-as.pdf": (HTML.encode, "PDF"),
    "empty.pdf": (lambda: b"", "empty"),
    "cut.docx": (lambda: docx(TEXT)[:900], "Word file"),
    "not-a.docx": (lambda: b"Just text", "Word file"),
    "textless.docx": (lambda: docx(""), "no text"),
    "zip-as.docx": (lambda: zipped(a_txt="x"), "Word file"),
    "old.doc": (lambda: b"\xd0\xcf\x11\xe0", "Save it as .docx"),
    "textless.html": (lambda: b"<html><body><img src='a.png'></body></html>", "no article text"),
    "binary.html": (lambda: b"\x89PNG\x00\x00\x00" * 50, "page"),
    "no-text-column.csv": (lambda: b"id,when\n1,2023-09-20\n", "--column text=NAME"),
    "header-only.csv": (lambda: b"text,date\n", "no rows"),
    "open-quote.csv": (lambda: b'text,date\n"never closed' + b"x" * 100 + b"\n" + b"\x00", "text"),
    "binary.csv": (lambda: b"\x00\x01\x02" * 100, "not a text file"),
    "empty-texts.csv": (lambda: b"text,date\n,2023-09-20\n", "no row"),
    "not.json": (lambda: b"{'text': 'single quotes'}", "JSON"),
    "cut.json": (lambda: b'[{"text": "a"}, {"te', "JSON"),
    "deep.json": (lambda: b"[" * 200_000, "JSON"),
    "lines.jsonl": (lambda: b"not json\nnor this\n", "JSON"),
    "not.parquet": (lambda: b"PAR1 but no more", "Parquet"),
    "bomb.rss": (lambda: b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><rss><channel>'
                 b"<item><description>&b;</description></item></channel></rss>", "entities"),
    "outside.xml": (lambda: b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item></channel></rss>', "entities"),
    "no-feed.xml": (lambda: b"<?xml version='1.0'?><invoice><sum>1</sum></invoice>", "no RSS or Atom feed"),
    "no-entries.atom": (lambda: b'<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title></feed>', "no entries"),
    "cut.warc.gz": (lambda: gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\n")[:-6], "archive"),
    "not.warc.gz": (lambda: b"\x1f\x8b\x08\x00 no gzip at all", "archive"),
    "pageless.warc.gz": (lambda: warc(("200 OK", "image/png", b"x")), "no page"),
    "cut.zip": (lambda: zipped(a_txt=TEXT * 50)[:200], "broken or cut"),
    "bomb.zip": (lambda: zipped(a_txt=b"0" * 60_000_000), "would unpack"),
    "empty.zip": (zipped, "no report"),
    "long-line.txt": (lambda: b"x " * (MAX_TEXT // 2 + 1), "MB"),
    "binary.txt": (lambda: bytes(range(256)) * 10, "not a text file"),
    "utf16-cut.txt": (lambda: "\ufeffText".encode("utf-16-le")[:-1], "not a text file"),
    "blank.md": (lambda: b"---\ntitle: Only a header\n---\n\n", "no text"),
    "photo.jpg": (lambda: b"\xff\xd8\xff\xe0", "OCR"),
    "sheet.xlsx": (lambda: b"PK\x03\x04", "CSV"),
    "archive.tar": (lambda: b"x", "zip"),
    "long-cell.csv": (lambda: b'text,date\n"' + b"x " * (MAX_TEXT // 2 + 1) + b'",2023-09-20\n', "10 MB"),
    "long-number.json": (lambda: b'[{"text": ' + b"1" * 5000 + b"}]", "number"),
    "long-line.jsonl": (lambda: b'{"text": "' + b"x " * (MAX_TEXT // 2 + 1) + b'"}\n', "million characters"),
    "bomb.kml": (lambda: b'<!DOCTYPE k [<!ENTITY a "ha">]><kml>&a;</kml>', "no kind of report"),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_broken_file_is_one_clear_sentence_and_the_rest_goes_on(tmp_path, name, capfd):
    make, says = BROKEN[name]
    (tmp_path / name).write_bytes(make())
    (tmp_path / "good.txt").write_text(TEXT, "utf8")
    reports, issues = read_reports([tmp_path / name, tmp_path / "good.txt"])
    assert [r.name for r in reports] == ["good.txt"]
    errors = [issue for issue in issues if issue.severity == "error"]
    assert len(errors) == 1, errors
    sentence = str(errors[0])
    assert says in sentence
    assert sentence.startswith(str(tmp_path / name))
    assert len(sentence) < 600
    assert "\n" not in sentence
    assert capfd.readouterr().err == ""  # parsers keep their grumbling to themselves


def test_locked_files_are_said(tmp_path):
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(TEXT)))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "a.pdf")
    _, issues = read_reports([tmp_path / "a.pdf"])
    assert "password" in str(issues[0])


def test_a_row_that_is_broken_does_not_lose_the_others(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"text": "One."}\n{"text": \n{"text": "Three."}\n', "utf8")
    reports, issues = read_reports([tmp_path / "a.jsonl"])
    assert [r.text for r in reports] == ["One.", "Three."]
    assert [(i.code, i.line) for i in issues] == [("bad-line", 2)]


def test_a_missing_library_names_the_command(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pypdf", None)
    (tmp_path / "a.pdf").write_bytes(pdf(TEXT))
    _, issues = read_reports([tmp_path / "a.pdf"])
    assert 'pip install "conflict-mapper[pdf]"' in str(issues[0])


# --------------------------------------------------------------------------------------------------------- fetching


class Site(BaseHTTPRequestHandler):
    """A small site on this machine."""

    robots = "User-agent: *\nDisallow: /private/\n"

    def do_GET(self):
        pages = {
            "/robots.txt": ("text/plain", self.robots.encode()),
            "/a.html": ("text/html; charset=utf-8", HTML.encode()),
            "/private/a.html": ("text/html", HTML.encode()),
            "/feed": ("application/rss+xml", RSS.encode()),
            "/a.csv": ("text/plain", table("csv")),
            "/a.docx": ("application/octet-stream", docx(*BODY)),
            "/a.zip": ("application/zip", zipped(a_txt=TEXT)),
            "/koi8": (
                "text/plain; charset=koi8-r",
                "<html><body><article><p>Город Шуша. </p></article></body></html>".encode("koi8-r"),
            ),
            "/large": ("text/plain", b"x" * (MAX_TEXT + 10)),
        }
        if self.path == "/bomb":
            self._answer(200, "text/plain", gzip.compress(b"0" * (MAX_TEXT * 2)), ("Content-Encoding", "gzip"))
        elif self.path == "/moved":
            self._answer(302, "text/plain", b"", ("Location", "/a.html"))
        elif self.path == "/inside":
            self._answer(302, "text/plain", b"", ("Location", "http://10.0.0.1/secret"))
        elif self.path == "/round":
            self._answer(302, "text/plain", b"", ("Location", "/round"))
        elif self.path in pages:
            self._answer(200, *pages[self.path])
        else:
            self._answer(404, "text/html", b"gone")

    def _answer(self, status, kind, body, *headers):
        self.send_response(status)
        for header in (("Content-Type", kind), ("Content-Length", str(len(body))), *headers):
            self.send_header(*header)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def site(monkeypatch):
    """The address of the small site, for once taken as a public one."""
    server = HTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    check = fetching.public_address
    monkeypatch.setattr(
        fetching, "public_address", lambda host, port: host if host == "127.0.0.1" else check(host, port)
    )
    fetching._robots.cache_clear()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()
    fetching._robots.cache_clear()


def test_a_page_is_fetched_with_its_time_and_checksum(site):
    pytest.importorskip("trafilatura")
    (report,), issues = read_reports([f"{site}/moved"])
    assert issues == ()
    assert (report.name, report.title, report.published) == ("a.html", "Village shelled", date(2023, 9, 20))
    assert report.retrieved
    assert len(report.sha256) == 64


def test_a_feed_is_fetched(site):
    pytest.importorskip("feedparser")
    reports, _ = read_reports([f"{site}/feed"])
    assert [r.name for r in reports] == ["feed#1", "feed#2"]


@pytest.mark.parametrize(("path", "count"), [("/a.csv", 2), ("/a.docx", 1), ("/a.zip", 1)])
def test_a_vague_server_is_helped_by_the_name_and_the_bytes(site, path, count):
    reports, issues = read_reports([f"{site}{path}"])
    assert [issue for issue in issues if issue.severity == "error"] == []
    assert len(reports) == count
    assert all(report.retrieved for report in reports)


def test_the_server_knows_the_encoding(site):
    pytest.importorskip("trafilatura")
    (report,), _ = read_reports([f"{site}/koi8"])
    assert "Город Шуша" in report.text


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/private/a.html", "robots.txt"), ("/none", "answered 404"), ("/large", "more than 10 MB"), ("/bomb", "more than 10 MB"),
        ("/inside", "private network"), ("/round", "leads on more than"),
    ],
)  # fmt: skip
def test_what_is_not_fetched_is_one_sentence(site, path, says):
    reports, issues = read_reports([f"{site}{path}"])
    assert reports == ()
    (issue,) = issues
    assert says in str(issue)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://localhost:8000/a", "http://10.1.2.3/", "http://169.254.169.254/latest", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/"]
)  # fmt: skip
def test_private_addresses_are_refused(url):
    with pytest.raises(Unusable, match="private network"):
        fetching.fetch(url)


def test_only_web_addresses_are_fetched():
    with pytest.raises(Unusable, match="only http and https"):
        fetching._get("file:///etc/passwd", 10)


def test_half_characters_and_zeros_in_json_can_be_written_again(tmp_path):
    (tmp_path / "a.jsonl").write_text(r'{"text": "a\ud800b\u0000c \ud83d\uddfa"}', "utf8")
    (report,), _ = read_reports([tmp_path / "a.jsonl"])
    assert report.text == "a\ufffdb\ufffdc 🗺"


def test_json_text_is_no_surprise(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps([{"text": "One."}, "two"]), "utf8")
    reports, _ = read_reports([tmp_path / "a.json"])
    assert [r.text for r in reports] == ["One."]


# --------------------------------------------------------------------------------------------------- standard input


def table(kind):
    frame, out = pd.DataFrame({"text": BODY, "date": ["2023-09-20", "2023-09-21"]}), io.BytesIO()
    if kind == "parquet":
        frame.to_parquet(out)
        return out.getvalue()
    text = frame.to_csv(index=False) if kind == "csv" else frame.to_json(orient="records", lines=kind == "jsonl")
    return text.encode()


SEEDS = sorted((Path(__file__).resolve().parent.parent / "seeds").glob("2*.txt"))
PIPED = {
    "txt": (TEXT.encode, 1, None),
    "md": (f"---\ndate: 2023-09-20\n---\n{TEXT}".encode, 1, None),
    "html": (HTML.encode, 1, "trafilatura"),
    "xhtml": (lambda: b'<?xml version="1.0"?>\n' + HTML.encode(), 1, "trafilatura"),
    "pdf": (lambda: pdf(TEXT), 1, "pypdf"),
    "docx": (lambda: docx(*BODY), 1, "docx"),
    "csv": (lambda: table("csv"), 2, None),
    "jsonl": (lambda: table("jsonl"), 2, None),
    "json": (lambda: table("json"), 2, None),
    "parquet": (lambda: table("parquet"), 2, "pyarrow"),
    "rss": (RSS.encode, 2, "feedparser"),
    "rss without a declaration": (RSS[RSS.index("<rss") :].encode, 2, "feedparser"),
    "atom": (ATOM.encode, 1, "feedparser"),
    "warc.gz": (lambda: warc(("200 OK", "text/html", HTML.encode())), 1, "trafilatura"),
    "zip": (lambda: zipped(a_txt=TEXT, b_txt=TEXT), 2, None),
}


@pytest.mark.parametrize("kind", PIPED)
def test_what_is_piped_in_is_told_apart_by_its_bytes(monkeypatch, kind):
    make, count, library = PIPED[kind]
    if library:
        pytest.importorskip(library)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(make())))
    reports, issues = read_reports(["-"], published="2023-09-20")
    assert [issue for issue in issues if issue.severity == "error"] == []
    assert len(reports) == count
    assert BODY[0][:30] in reports[0].text


def test_columns_make_a_table_of_what_is_piped_in(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"nr;story\n1;Shells fell.\n")))
    (report,), _ = read_reports(["-"], columns={"text": "story"})
    assert report.text == "Shells fell."


# ------------------------------------------------------------------------------------------------ other languages


@pytest.mark.parametrize(
    "text",
    [
        "Des obus sont tombés mardi sur la ville et ont tué deux personnes, a indiqué le ministère. ",
        "Am Dienstag schlugen Granaten in der Stadt ein und töteten zwei Menschen, wie das Ministerium mitteilte. ",
        "Salı günü kasabaya top mermileri düştü ve iki kişi hayatını kaybetti, bakanlık açıkladı. ",
        "Çərşənbə axşamı şəhərə mərmilər düşdü, iki nəfər həlak oldu, nazirlik bildirdi. ",
        "Снаряды упали на город во вторник, погибли двое, сообщили в министерстве. ",
        "Երեքշաբթի օրը քաղաքի վրա արկեր են ընկել, զոհվել է երկու մարդ։ ",
    ],
    ids=["fr", "de", "tr", "az", "ru", "hy"],
)
def test_a_language_that_is_not_read_is_said(tmp_path, text):
    """Also where nobody said which language it is, and without a guess which."""
    (tmp_path / "a.txt").write_text(text * 3, "utf8")
    _, issues = read_reports([tmp_path / "a.txt"])
    assert [(i.code, i.severity) for i in issues] == [("language", "warning")]
    assert "only en is read" in str(issues[0])


def test_english_is_taken_for_english(tmp_path):
    texts = [*(BODY[0] * 3, "SHELLING OF LACHIN " * 5), *(f.read_text("utf8") for f in SEEDS)]
    for number, text in enumerate(texts):
        (tmp_path / f"{number:03}.txt").write_text(text, "utf8")
    _, issues = read_reports([tmp_path])
    assert issues == ()


# -------------------------------------------------------------------------------------------------------- encodings


@pytest.mark.parametrize("declared", [True, False])
@pytest.mark.parametrize("name", ["a.html", "a.rss"])
def test_the_encoding_of_a_page_or_feed_is_its_own_word_or_a_guess_that_is_said(tmp_path, name, declared):
    pytest.importorskip("trafilatura")
    pytest.importorskip("feedparser")
    words = "Снаряды упали на город Шуша. " * 20
    page = (
        f"<html><head>{'<meta charset=koi8-r>' * declared}</head><body><article><p>{words}</p></article></body></html>"
    )
    if name == "a.rss":
        head = '<?xml version="1.0" encoding="koi8-r"?>' * declared
        page = f'{head}<rss version="2.0"><channel><title>T</title><item><description>{words}</description></item></channel></rss>'
    (tmp_path / name).write_bytes(page.encode("koi8-r" if declared else "cp1251"))
    (report,), issues = read_reports([tmp_path / name])
    assert "город Шуша" in report.text
    assert report.encoding == ("koi8-r" if declared else "cp1251")
    assert ("encoding" in [issue.code for issue in issues]) is not declared
