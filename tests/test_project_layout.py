"""What holds for the repository as a whole: imports, names, documentation, tracked files."""

from __future__ import annotations

import ast
import importlib
import re
import socket
import subprocess
import sys
from functools import cache
from inspect import isfunction
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import click
import pytest
import pytest_socket

import gazetteer
from gazetteer.model import POLITIES

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("gazetteer", "geo", "maps")
MAY_IMPORT = {"gazetteer": {"gazetteer"}, "geo": {"gazetteer", "geo"}, "maps": {"gazetteer", "geo", "maps"}}
DOCUMENTS = (
    "README.md",
    "CONTRIBUTING.md",
    "seeds/README.md",
    *(str(page.relative_to(ROOT)) for page in sorted((ROOT / "docs").rglob("*.md")) if "generated" not in page.parts),
)


def modules(package: str) -> Iterator[Path]:
    return (path for path in sorted((ROOT / package).rglob("*.py")) if "vendor" not in path.parts)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf8"), str(path))


def imported(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name.split(".")[0], node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (path.relative_to(ROOT).parts[0] if node.level else str(node.module).split(".")[0]), node.lineno


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_go_one_way(package: str) -> None:
    """Each package imports only itself and the ones below it, for types too."""
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in modules(package)
        for name, line in imported(path)
        if name in PACKAGES and name not in MAY_IMPORT[package]
    ]
    assert not wrong


def test_the_gazetteer_stays_light() -> None:
    """Who only looks up places does not pay for maps and data frames."""
    code = "import sys, gazetteer; print(*sorted({'folium', 'geopandas', 'pandas', 'geo', 'maps'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == ""


@pytest.mark.parametrize("package", PACKAGES)
def test_no_test_folder_shadows_a_package(package: str) -> None:
    assert not (ROOT / "tests" / package).exists()


def code_words(module: ast.Module) -> Iterator[tuple[str, int]]:
    """Every name and string of a module, but for docstrings and the help of commands: examples may name a place."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(module)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    docstrings |= {
        id(node.value) for node in ast.walk(module) if isinstance(node, ast.keyword) and node.arg in {"help", "epilog"}
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value, node.lineno
        elif isinstance(node, ast.Name):
            yield node.id, node.lineno
        elif isinstance(node, documented[1:]):
            yield node.name, node.lineno


def region_words() -> set[str]:
    """Names that only a region's data may hold: of its parties and their people, its towns, corridors and lines."""
    curated = ROOT / "gazetteer" / "entries"
    words: set[str] = set()
    for place in gazetteer.load():
        if place.file is None or not place.file.is_relative_to(curated):
            continue
        if place.kind in POLITIES | {"city", "town", "corridor", "line"} and place.file.parent.name != "world":
            words.update(name.text for name in place.names if not name.derived)
            words.update(place.demonyms)
    return {word for word in words if len(word) > 4}


def test_the_engine_names_no_region() -> None:
    """Regions are data: no place, party or people of one stands in Python code."""
    pattern = re.compile("|".join(rf"\b{re.escape(word)}\b" for word in sorted(region_words(), key=len, reverse=True)))
    found = [
        f"{path.relative_to(ROOT)}:{line}: {match.group()}"
        for package in PACKAGES
        for path in modules(package)
        for text, line in code_words(tree(path))
        if (match := pattern.search(text.replace("_", " ")))
    ]
    assert not found


def _is_own(value: object, package: str) -> bool:
    return str(getattr(value, "__module__", "")).split(".")[0] == package


@pytest.mark.parametrize("package", PACKAGES)
def test_all_is_the_public_surface(package: str) -> None:
    """`__all__` lists what can be used, sorted, documented, and nothing of ours is public beside it."""
    module = importlib.import_module(package)
    public = list(module.__all__)
    assert public == sorted(set(public))
    assert module.__doc__
    for name in public:
        value = getattr(module, name)
        if callable(value):
            assert value.__doc__, f"{package}.{name} has no docstring"
    beside = {
        name
        for name, value in vars(module).items()
        if not name.startswith("_") and not isinstance(value, ModuleType) and _is_own(value, package)
    }
    assert beside <= set(public)


@pytest.mark.parametrize("package", PACKAGES)
def test_every_public_function_shows_an_example_that_runs(package: str) -> None:
    module = importlib.import_module(package)
    functions = {name: value for name in module.__all__ if isfunction(value := getattr(module, name))}
    assert functions
    assert not [name for name, value in functions.items() if ">>>" not in (value.__doc__ or "")]


def test_the_network_is_blocked() -> None:
    with pytest.warns(UserWarning, match="tried to use"), pytest.raises(pytest_socket.SocketConnectBlockedError):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def commands_in(document: str) -> Iterator[list[str]]:
    """The `conflict-mapper ...` command lines that a document shows, in words."""
    text = (ROOT / document).read_text("utf8")
    for shown in re.findall(r"(?:^ {4}|`)(conflict-mapper [^`\n]+)", text, re.MULTILINE):
        yield shown.split("#")[0].split()[1:]


def known(words: list[str]) -> str:
    """Return what is wrong with a command line, or nothing: every command and every option must exist."""
    program: click.Command = importlib.import_module("maps.cli").main
    path = ["conflict-mapper"]
    while isinstance(program, click.Group) and words and not words[0].startswith("-"):
        nested = program.get_command(click.Context(program), words[0])
        if nested is None:
            return f"{' '.join(path)} has no command {words[0]}"
        path.append(words.pop(0))
        program = nested
    options = {name for parameter in program.params for name in (*parameter.opts, *parameter.secondary_opts)} | {
        "--help"
    }
    unknown = [word for word in words if word.startswith("--") and word not in options]
    return f"{' '.join(path)} has no option {unknown[0]}" if unknown else ""


@pytest.mark.parametrize("document", DOCUMENTS)
def test_commands_in_the_documents_exist(document: str) -> None:
    assert not [problem for words in commands_in(document) if (problem := known(words))]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_make_targets_in_the_documents_exist(document: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf8"), re.MULTILINE))
    shown = set(re.findall(r"(?:^ {4}|`)make ([a-z-]+)", (ROOT / document).read_text("utf8"), re.MULTILINE))
    assert shown <= targets


@pytest.mark.parametrize("document", [*DOCUMENTS, "DECISIONS.md", "CHANGELOG.md"])
def test_files_that_the_documents_link_to_exist(document: str) -> None:
    source = ROOT / document
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", source.read_text("utf8"))
    assert not [link for link in links if not (source.parent / link).exists()]


def tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True, cwd=ROOT, check=False)
    if done.returncode:
        pytest.skip("this is no git checkout, so that tracked files cannot be listed")
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_registry_host_in_tracked_files() -> None:
    """Lock files pin versions and hashes; where packages come from is each user's own setting."""
    hosts = [".".join(parts) for parts in (("registry", "npmjs"), ("files", "pythonhosted"), ("registry", "yarnpkg"))]
    found = [
        f"{path.relative_to(ROOT)}: {host}"
        for path in tracked()
        for host in hosts
        if host.encode() in path.read_bytes()
    ]
    locks = [path for path in tracked() if path.name in {"package-lock.json", "uv.lock", "poetry.lock"}]
    found += [f"{path.name}: an address" for path in locks if re.search(r'"resolved"\s*:', path.read_text("utf8"))]
    assert not found


def test_no_third_party_code_in_git() -> None:
    folders = {"node_modules", "vendor", ".venv"}
    assert not [path for path in tracked() if folders & set(path.relative_to(ROOT).parts)]
