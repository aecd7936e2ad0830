"""The program as a user types it: bad inputs get a sentence, the good ones are still mapped."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

GOOD = "KYIV, June 2 - Shells hit the town of Martakert on Monday and wounded two civilians, the ombudsman said.\n"
PUBLISHED = ("--published", "2020-10-06")
MAIN = "from maps.cli import main; main(prog_name='conflict-mapper')"


def run(*words: str | Path, cwd: Path, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", MAIN, *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf8",
        cwd=cwd,
        input=stdin,
        timeout=300,
        check=False,
    )


def told(done: subprocess.CompletedProcess[str], *, code: set[int], about: str) -> str:
    """Check that the program left with a code of `code` and told about a thing in a sentence; return what it said."""
    said = done.stderr
    assert done.returncode in code, said
    assert "Traceback" not in said
    lines = [line for line in said.splitlines() if about in line]
    assert lines, f"nothing is said about {about}: {said}"
    assert any(re.search(r"[a-z]{2,} [a-z]{2,}", line) for line in lines), lines
    return said


def mapped(out: Path) -> list[dict[str, object]]:
    """The features that a run wrote; the page stands beside them."""
    assert (out / "map.html").stat().st_size > 1000
    features: list[dict[str, object]] = json.loads((out / "events.geojson").read_text("utf8"))["features"]
    return features


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.txt").write_text(GOOD, "utf8")
    return tmp_path


def test_a_good_report_is_mapped(folder: Path) -> None:
    done = run("map", "good.txt", *PUBLISHED, "--out", "out", cwd=folder)
    assert done.returncode == 0, done.stderr
    (feature,) = [feature for feature in mapped(folder / "out") if feature["geometry"]]
    assert feature["properties"]["place_id"] == "martakert"  # type: ignore[index]
    for name in ("mentions.csv", "unresolved.csv"):
        assert (folder / "out" / name).read_text("utf8").startswith("report,start,end,text,")


def test_a_second_run_writes_the_same_bytes(folder: Path) -> None:
    """Nothing of the clock, the folder or the order of a set gets into the output."""
    for out in ("one", "two"):
        run("map", "good.txt", *PUBLISHED, "--out", out, cwd=folder)
    for file in sorted((folder / "one").iterdir()):
        assert file.read_bytes() == (folder / "two" / file.name).read_bytes(), file.name


def test_bad_files_are_told_and_the_good_one_is_mapped(folder: Path) -> None:
    """A missing, an empty and a binary file: one sentence each, exit code 1, the rest goes on."""
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 64)
    done = run("map", "good.txt", "missing.txt", "empty.txt", "binary.txt", *PUBLISHED, "--out", "out", cwd=folder)
    for name in ("missing.txt", "empty.txt", "binary.txt"):
        told(done, code={1}, about=name)
    assert [feature for feature in mapped(folder / "out") if feature["geometry"]]


@pytest.mark.parametrize("name", ["missing.txt", "empty.txt", "binary.txt"])
def test_a_bad_file_alone_is_an_error(folder: Path, name: str) -> None:
    (folder / "empty.txt").write_bytes(b" \n")
    (folder / "binary.txt").write_bytes(b"\x00\x01\x02\xff" * 500)
    told(run("map", name, "--out", "out", cwd=folder), code={1, 2}, about=name)
    assert not (folder / "out" / "map.html").exists()


def test_a_wrong_date_is_told_with_the_right_form(folder: Path) -> None:
    done = run("map", "good.txt", "--published", "20/09/23x", "--out", "out", cwd=folder)
    assert "YYYY-MM-DD" in told(done, code={2}, about="20/09/23x")
    assert not (folder / "out").exists()


def test_a_wrong_date_in_the_manifest_names_file_and_line(folder: Path) -> None:
    (folder / "other.txt").write_text(GOOD.replace("two", "three"), "utf8")
    (folder / "reports.csv").write_text(
        "file,title,publisher,published,url,language\n"
        "good.txt,Good,Somebody,2020-10-06,,en\n"
        "other.txt,Other,Somebody,2020-13-45,,en\n",
        "utf8",
    )
    done = run("map", ".", "--out", "out", cwd=folder)
    said = told(done, code={0, 1}, about="2020-13-45")
    assert "reports.csv:3" in said
    assert mapped(folder / "out")


def test_a_broken_entry_names_file_and_line_and_the_rest_is_mapped(folder: Path) -> None:
    entries = folder / "entries" / "mine"
    entries.mkdir(parents=True)
    (entries / "broken.toml").write_text('id = "broken"\nkind = "village"\n\n[point]\nlat = ninety\n', "utf8")
    done = run("map", "good.txt", *PUBLISHED, "--gazetteer", "entries", "--out", "out", cwd=folder)
    assert "broken.toml:5" in told(done, code={1}, about="broken.toml")
    assert [feature for feature in mapped(folder / "out") if feature["geometry"]]


def test_a_misspelt_command_or_option_is_told(folder: Path) -> None:
    told(run("mapp", "good.txt", cwd=folder), code={2}, about="mapp")
    told(run("map", "good.txt", "--ouput", "out", cwd=folder), code={2}, about="--ouput")


def test_control_characters_in_a_file_name_do_not_reach_the_terminal(folder: Path) -> None:
    done = run("map", "a\x1b[31mb.txt", "--out", "out", cwd=folder)
    assert done.returncode
    assert "\x1b[31m" not in done.stderr + done.stdout


def test_an_output_that_cannot_be_written_is_told(folder: Path) -> None:
    (folder / "out").write_text("a file where the folder should be", "utf8")
    told(run("map", "good.txt", *PUBLISHED, "--out", "out", cwd=folder), code={1, 2}, about="out")
    assert (folder / "out").read_text("utf8") == "a file where the folder should be"


def test_every_command_has_help_with_an_example(folder: Path) -> None:
    top = run("--help", cwd=folder)
    assert top.returncode == 0
    for command in ("map", "extract", "gazetteer"):
        assert command in top.stdout
        shown = run(command, "--help", cwd=folder)
        assert shown.returncode == 0
        assert shown.stdout.strip()


@pytest.mark.skipif(shutil.which("make") is None, reason="make is missing: install it to run the two commands")
def test_make_lists_the_two_commands() -> None:
    done = subprocess.run(
        ["make", "help"], capture_output=True, text=True, check=True, cwd=Path(__file__).resolve().parent.parent
    )
    assert {"map", "test", "check"} <= {line.split()[0] for line in done.stdout.splitlines()}
