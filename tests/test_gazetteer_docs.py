"""The gazetteer's README, done line by line as a new user would."""

from __future__ import annotations

import doctest
import re
import shlex

import pytest
from click.testing import CliRunner

import gazetteer
from gazetteer.cli import gazetteer as program
from gazetteer.formats import FORMATS


@pytest.fixture(scope="module")
def readme(root) -> str:
    return (root / "gazetteer" / "README.md").read_text("utf8")


def test_what_the_readme_shows_at_the_terminal_happens(readme, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shown = 0
    for block in re.findall(r"^ *```console\n(.*?)^ *```", readme, re.DOTALL | re.MULTILINE):
        lines = [line.removeprefix("   ") for line in block.splitlines()]
        for number, line in enumerate(lines):
            if not line.startswith("$ conflict-mapper gazetteer "):
                continue
            done = CliRunner().invoke(program, shlex.split(line)[3:], catch_exceptions=False)
            expected = []
            for following in lines[number + 1 :]:
                if following.startswith("$ "):
                    break
                expected.append(following.rstrip())
            assert [printed.rstrip() for printed in done.stdout.splitlines()] == expected, line
            assert done.exit_code == 0
            shown += 1
    assert shown >= 6
    assert len(gazetteer.load("gazetteer-entries", curated=False)) == 2


def test_what_the_readme_shows_in_python_happens(root):
    result = doctest.testfile(str(root / "gazetteer" / "README.md"), module_relative=False, encoding="utf8")
    assert result.failed == 0
    assert result.attempted > 10


def test_every_command_and_format_is_documented(readme):
    assert set(re.findall(r"^\| `([a-z]+)[ `]", readme, re.MULTILINE)) == set(program.commands)
    assert set(re.findall(r"^\| `(\.[a-z]+)`", readme, re.MULTILINE)) == {form.ending for form in FORMATS.values()}


def test_every_flag_that_the_readme_names_exists(readme):
    flags = {
        option for command in program.commands.values() for parameter in command.params for option in parameter.opts
    }
    assert set(re.findall(r"(?<![\w-])(--[a-z][a-z-]*)", readme)) <= flags
