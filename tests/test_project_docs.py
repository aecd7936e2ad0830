"""The documentation: the codebook is complete, the links lead somewhere, the commands exist."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner

from geo.export import MENTION_COLUMNS, UNRESOLVED_COLUMNS, to_claim, to_feature
from geo.model import (
    Act,
    Casualties,
    Claim,
    DateBasis,
    DatePrecision,
    DateRange,
    Event,
    EventType,
    Footprint,
    Group,
    Metric,
    Modality,
    Qualifier,
    Relation,
    Usage,
    Verification,
)
from maps.cli import main

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
CODED = (Act, DateBasis, DatePrecision, EventType, Group, Metric, Modality, Qualifier, Relation, Usage, Verification)


def codes() -> set[str]:
    return set(re.findall(r"`([a-z_]+)`", (DOCS / "codebook.md").read_text("utf8")))


def test_the_codebook_has_every_code() -> None:
    assert {code for coded in CODED for code in get_args(coded)} <= codes()


def test_the_codebook_has_every_field() -> None:
    claim = Claim("a.txt", 0, 1, "A", None, "reports")
    event = Event("e1", "other", "occurred", DateRange(), Footprint(), (claim,))
    members = {*to_feature(event)["properties"], *to_claim(claim), *Casualties.__dataclass_fields__}
    assert members | {*MENTION_COLUMNS, *UNRESOLVED_COLUMNS} <= codes()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
def test_links_lead_to_pages(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+\.md)(?:#[^)]*)?\)", page.read_text("utf8"))
    assert not [link for link in links if not (page.parent / link).is_file()]


def test_every_page_is_in_the_contents() -> None:
    listed = set(re.findall(r"^([a-z/-]+)$", (DOCS / "index.md").read_text("utf8"), re.MULTILINE))
    assert {str(page.relative_to(DOCS).with_suffix("")) for page in PAGES if "generated" not in page.parts} - {
        "index"
    } <= listed


# ---------------------------------------------------------------------------------------------- the examples are run

ARTICLE = "Shells fell on the town of Martakert on Tuesday and wounded two civilians, the ombudsman said.\n"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that the examples speak of; the examples run in it."""
    (tmp_path / "article.txt").write_text(ARTICLE, "utf8")
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.txt").write_text(ARTICLE, "utf8")
    listed = "file,title,publisher,published,url,language\na.txt,Shelling,Example Daily,2023-09-20,,en\n"
    (tmp_path / "reports" / "reports.csv").write_text(listed, "utf8")
    (tmp_path / "articles.csv").write_text(f'body,day\n"{ARTICLE.strip()}",2023-09-20\n', "utf8")
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shown(page: str) -> list[tuple[str | None, list[str]]]:
    """The command lines of a page that read or write reports and events, each with the file piped into it."""
    found = []
    for line in re.findall(
        r"^ {4}((?:cat \S+ \| )?conflict-mapper (?:map|extract|export|explain) .+)$", page, re.MULTILINE
    ):
        piped = re.match(r"cat (\S+) \| ", line)
        words = shlex.split(line.rpartition("| ")[2] if piped else line, comments=True)
        found.append((piped[1] if piped else None, words[1:]))
    return found


@pytest.mark.parametrize(
    "document", ["README.md", "docs/tutorial.md", "docs/howto/own-reports.md", "docs/howto/use-the-data.md"]
)
def test_the_commands_that_a_page_shows_do_what_it_says(desk: Path, document: str) -> None:
    """In the order of the page, each leaving with 0 and writing what it names."""
    for library in ("openpyxl", "pyarrow"):
        pytest.importorskip(library)
    commands = shown((ROOT / document).read_text("utf8"))
    assert commands
    for piped, words in commands:
        done = CliRunner().invoke(main, words, input=(desk / piped).read_bytes() if piped else None)
        assert done.exit_code == 0, (words, done.output)
        named = [words[words.index(option) + 1] for option in ("--out", "--to") if option in words]
        assert all(name == "-" or (desk / name).exists() for name in named), words


def test_the_python_that_a_page_shows_runs(desk: Path) -> None:
    """All blocks of the page, one after the other, as in a notebook."""
    known: dict[str, object] = {}
    blocks = re.findall(r"```python\n(.+?)```", (DOCS / "howto" / "python.md").read_text("utf8"), re.DOTALL)
    assert len(blocks) > 5
    for block in blocks:
        exec(block, known)  # noqa: S102  (our own documentation)
    assert (desk / "events.gpkg").is_file()
    assert len(known["both"]) == len(known["claims"]) > 0  # type: ignore[arg-type]
    assert len(known["found"]) == 1  # type: ignore[arg-type]


def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    """A link or reference that leads nowhere is a warning, and a warning is an error."""
    for library in ("sphinx", "furo", "myst_parser", "sphinx_click"):
        pytest.importorskip(library, reason="install the extra [docs]")
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-W", "-q", "-b", "html", str(DOCS), str(tmp_path / "site"), "-d", str(tmp_path / "trees")],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "claim_count" in (tmp_path / "site" / "reference" / "tables.html").read_text("utf8")
