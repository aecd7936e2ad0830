"""A table of events with their claims as one HTML page without scripts or requests; everything from data is escaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from geo.files import write_text
from geo.formats.base import Format, Written
from geo.tables import claims_of, event_row, figures_text

if TYPE_CHECKING:
    from pathlib import Path

    from geo.formats.base import EventSet, Options
    from geo.tables import Feature

_STYLE = (
    "body{font:15px/1.45 system-ui,sans-serif;margin:1.5rem;color:#1a1a1a;background:#fff}"
    "table{border-collapse:collapse;width:100%}th,td{border:1px solid #bbb;padding:.4rem .6rem;text-align:left;"
    "vertical-align:top}th{background:#f2f2f2;position:sticky;top:0}blockquote{margin:.2rem 0 .6rem}"
    ".who{font-weight:600}.src{color:#555}caption{text-align:left;font-weight:600;padding:.5rem 0}"
)
_HEAD = ("Date", "What", "Where", "Who says what", "Standing")


def write_html(events: EventSet, path: Path, _: Options) -> Written:
    """Write the table, one event a row in order of its day, events without a day last."""
    ordered = sorted(events.features, key=lambda f: (str(event_row(f)["date_start"] or "9999"), str(f.get("id"))))
    rows = "\n".join(_row(feature) for feature in ordered)
    heads = "".join(f'<th scope="col">{head}</th>' for head in _HEAD)
    page = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Events as reported</title>
<style>{_STYLE}</style>
</head>
<body>
<h1>Events as reported</h1>
<p>Each row is something that somebody says happened. Rival figures stand side by side and are never added up. Names and
boundaries are those of the sources and express no opinion on the status of any place.</p>
<table>
<caption>{len(ordered)} events</caption>
<thead><tr>{heads}</tr></thead>
<tbody>
{rows}
</tbody>
</table>
</body>
</html>
"""
    return Written((write_text(path, page),))


def _row(feature: Feature) -> str:
    row = event_row(feature)
    days = " to ".join(str(day) for day in dict.fromkeys((row["date_start"], row["date_end"])) if day) or "no date"
    where = escape(row["place_name"] or "no place")
    if row["geo_reason"]:
        where += f'<br><span class="src">{escape(row["geo_reason"])}</span>'
    said = "".join(_claim(claim) for claim in claims_of(feature))
    cells = (
        f"{escape(days)}<br><span class='src'>{escape(str(row['date_basis'] or ''))}</span>",
        f"{escape(str(row['event_type'] or '').replace('_', ' '))}<br><span class='src'>{escape(str(row['modality'] or ''))}</span>",
        where,
        said,
        escape(str(row["verification"] or "").replace("_", " ")),
    )
    return f'<tr id="{escape(str(row["id"]), quote=True)}">{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'


def _claim(claim: dict[str, object]) -> str:
    source = ", ".join(str(claim[key]) for key in ("publisher", "published", "title") if claim.get(key))
    url = str(claim.get("url") or "")
    link = (
        f' <a href="{escape(url, quote=True)}" rel="noreferrer">source</a>'
        if url.startswith(("https://", "http://"))
        else ""
    )
    figures = figures_text(claim, with_claimant=False)
    counted = f"<p>{escape(figures)}</p>" if figures else ""
    return (
        f'<span class="who">{escape(str(claim.get("claimant") or "The report itself"))}</span> {escape(str(claim.get("act") or ""))}'
        f"<blockquote>“{escape(str(claim.get('quote') or ''))}”</blockquote>{counted}"
        f'<span class="src">{escape(source or str(claim.get("report") or ""))}</span>{link}<br>'
    )


FORMATS = (Format("html", (".html", ".htm"), "A table to read and print, without scripts", write_html, nests=True),)
