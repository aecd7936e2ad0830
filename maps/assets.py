"""The page's own scripts and styles, and Leaflet as the build brought it.

Own scripts are small ES modules under maps/static/. A page holds them as one script: in the order of their imports, with
the import and export words taken away, inside one function. All modules share that scope, so top-level names must
differ; `bundle` refuses a name that is taken twice.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import rjsmin

from gazetteer.errors import ConflictMapperError

STATIC = Path(__file__).parent / "static"
VENDOR = Path(__file__).parent / "vendor"
ENTRY = "app.js"

_IMPORT = re.compile(r"^import\s+(?:[^;]*?\s+from\s+)?[\"']\./([\w.-]+)[\"'];\n", re.MULTILINE | re.DOTALL)
_EXPORT = re.compile(r"^export\s+(?=(?:async\s+)?(?:function|class|const|let)\b)", re.MULTILINE)
_NAME = re.compile(r"^(?:export\s+)?(?:async\s+)?(?:function\*?|class|const|let|var)\s+([\w$]+)", re.MULTILINE)
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CSS_SPACE = re.compile(r"\s*([{};,])\s*")


class AssetError(ConflictMapperError, FileNotFoundError):
    """A file that every page needs is not in the installation."""


@lru_cache(maxsize=1)
def bundle() -> str:
    """Return the own modules as one classic script.

    >>> "import " in bundle()
    False
    """
    seen: dict[str, str] = {}
    names: dict[str, str] = {}

    def visit(name: str) -> None:
        if name in seen:
            return
        source = (STATIC / name).read_text("utf8")
        seen[name] = ""  # a circle of imports must not run for ever
        for needed in _IMPORT.findall(source):
            visit(needed)
        for top in _NAME.findall(source):
            if names.setdefault(top, name) != name:
                raise ConflictMapperError(f"maps/static/{name} and {names[top]} both define {top}: rename one")
        del seen[name]
        seen[name] = _EXPORT.sub("", _IMPORT.sub("", source))

    visit(ENTRY)
    return str(rjsmin.jsmin('(() => {\n"use strict";\n' + "".join(seen.values()) + "})();\n"))


@lru_cache(maxsize=1)
def own_css() -> str:
    """Return the own style sheet without comments and needless spaces."""
    return squeeze_css((STATIC / "page.css").read_text("utf8"))


def squeeze_css(source: str) -> str:
    r"""Take comments and the spaces around braces, semicolons and commas out of a style sheet.

    >>> squeeze_css("/* why */\na b,\nc { d: e; }\n")
    'a b,c{d: e}'
    >>> squeeze_css("")
    ''
    """
    return _CSS_SPACE.sub(r"\1", " ".join(_CSS_COMMENT.sub("", source).split())).replace(";}", "}")


@lru_cache(maxsize=1)
def shell() -> str:
    """Return the fixed HTML of the page's body; `<!--map-->` marks where the map goes."""
    return (STATIC / "page.html").read_text("utf8")


@lru_cache(maxsize=1)
def leaflet() -> tuple[str, str]:
    """Return Leaflet's script and style sheet, without references to files beside them.

    Raises:
        AssetError: the build did not bring them.

    """
    try:
        script = (VENDOR / "leaflet" / "leaflet.js").read_text("utf8")
        css = (VENDOR / "leaflet" / "leaflet.css").read_text("utf8")
    except FileNotFoundError as error:
        raise AssetError(
            f"{error.filename} is missing: run `python hatch_build.py` in the source folder, or install the package again"
        ) from error
    script = re.sub(r"\n//# sourceMappingURL=.*", "", script)
    css = re.sub(r"[^{}]*\{[^{}]*url\([^{}]*\}", "", squeeze_css(css))  # icons of controls that we do not use
    return script, css
