"""Explanations on a terminal. Nothing from data is taken for markup or for control characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from geo.console import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console, RenderableType

    from geo.explain.trail import ClaimRow, Explanation, MentionRow

STYLES = {"literal": "bold green", "actor": "magenta", "modifier": "yellow", "dateline": "cyan"}


def show(explanations: Iterable[Explanation], console: Console) -> None:
    """Print explanations, each with its text, its mentions and its claims."""
    for explanation in explanations:
        for part in parts(explanation):
            console.print(part)


def parts(explanation: Explanation) -> Iterable[RenderableType]:
    """Yield what to print of one explanation, in order.

    >>> from geo.explain.trail import Explanation
    >>> from geo.model import Report
    >>> [type(part).__name__ for part in parts(Explanation(Report("a.txt", "Nothing."), (), (), ()))]
    ['Text', 'Text', 'Text']
    """
    report = explanation.report
    head = ", ".join(
        str(part) for part in (report.title, report.publisher, report.published or "no date of publication") if part
    )
    yield Text(f"\n{plain(report.name)}: {plain(head)}\n", style="bold underline")
    yield marked_text(explanation)
    if explanation.mentions:
        yield _mention_table(explanation.mentions)
    for claim in explanation.claims:
        yield _claim_table(claim)
    if not explanation.claims:
        yield Text("No claim was read from this report.", style="italic")
    if explanation.unresolved:
        yield Text("Names that no entry has:\n" + "\n".join(f"  {plain(line)}" for line in explanation.unresolved))


def marked_text(explanation: Explanation) -> Text:
    """Return the report's text with each mention marked by its number and coloured by its usage."""
    source, out, at = explanation.report.text, Text(), explanation.report.body_start
    for row in explanation.mentions:
        if row.start < at:
            continue  # lies inside a mention that is marked already
        out.append(plain(source[at : row.start].replace("\r\n", "\n")))
        out.append(plain(source[row.start : row.end]), style=STYLES.get(row.usage, ""))
        out.append(f"[{row.number}]", style="dim")
        at = row.end
    out.append(plain(source[at:].replace("\r\n", "\n")))
    return out


def _mention_table(rows: tuple[MentionRow, ...]) -> Table:
    table = Table(title="Mentions", title_justify="left", show_lines=True, expand=True)
    for name in ("no.", "text", "usage", "place", "sure", "why", "rivals"):
        table.add_column(name, overflow="fold", no_wrap=name in {"no.", "sure"})
    for row in rows:
        usage = Text(row.usage, style=STYLES.get(row.usage, ""))
        if row.usage_reason:
            usage.append(f"\n{plain(row.usage_reason)}", style="dim")
        cells = (
            plain(row.text),
            usage,
            plain(row.place),
            f"{row.confidence:.2f}",
            plain(row.reason),
            plain("\n".join(row.rivals)),
        )
        table.add_row(str(row.number), *(cell if isinstance(cell, Text) else Text(cell) for cell in cells))
    return table


def _claim_table(claim: ClaimRow) -> Table:
    title = Text(f"Claim {claim.number}, characters {claim.start} to {claim.end}: ").append(
        f"“{plain(claim.quote)}”", style="italic"
    )
    table = Table(title=title, title_justify="left", show_header=True, expand=True)
    for name in ("what was read", "as", "from"):
        table.add_column(name, overflow="fold")
    for what, value, source in claim.parts:
        table.add_row(what, Text(plain(value)), Text(plain(source)))
    return table
