"""How the documentation site is built: Sphinx with Markdown pages; references come from the code itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geo.crosswalk import crosswalk
from geo.tables import CLAIM_COLUMNS, EVENT_COLUMNS, FIGURE_COLUMNS

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "conflict-mapper"
author = "The conflict-mapper developers"
project_copyright = "The conflict-mapper developers; text CC BY 4.0"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.viewcode", "sphinx_click"]
exclude_patterns = ["generated/*"]  # included by pages, no pages themselves
html_theme = "furo"
html_title = "conflict-mapper"
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
autodoc_member_order = "alphabetical"
autodoc_typehints = "description"
nitpicky = False

GENERATED = Path(__file__).parent / "generated"


def write_crosswalk(_app: Sphinx | None = None) -> None:
    """Write the table of event types in the words of other codebooks, from the table that the program uses."""
    lines = [
        "| type | ACLED event | ACLED sub-event | PLOVER | CAMEO | UCDP |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for name, codes in sorted(crosswalk().items()):
        ucdp = ", ".join(map(str, codes.ucdp)) or "none"
        sub = "; ".join(codes.acled_sub_event)
        lines.append(f"| `{name}` | {codes.acled_event} | {sub} | {codes.plover} | {codes.cameo} | {ucdp} |")
    GENERATED.mkdir(exist_ok=True)
    (GENERATED / "crosswalk.md").write_text("\n".join(lines) + "\n", encoding="utf8")


def write_columns(_app: Sphinx | None = None) -> None:
    """Write what each column of the tables means, from the list that the writers use."""
    for name, columns in (("events", EVENT_COLUMNS), ("claims", CLAIM_COLUMNS), ("figures", FIGURE_COLUMNS)):
        tagged = any(column.hxl for column in columns)
        lines = ["| column | type | meaning |" + " HXL |" * tagged, "| --- | --- | --- |" + " --- |" * tagged]
        for column in columns:
            tag = f" {f'`{column.hxl}`' if column.hxl else ''} |" if tagged else ""
            lines.append(f"| `{column.name}` | {column.type} | {column.meaning} |{tag}")
        (GENERATED / f"columns-{name}.md").write_text("\n".join(lines) + "\n", encoding="utf8")


def setup(app: Sphinx) -> None:
    """Register what is written before the pages are read."""
    app.connect("builder-inited", write_crosswalk)
    app.connect("builder-inited", write_columns)
