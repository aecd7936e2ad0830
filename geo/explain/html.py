"""Explanations as one HTML page without scripts or requests. Everything from data is escaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.explain.trail import ClaimRow, Explanation, MentionRow

# Usage is told by the kind of line as well as by colour.
_STYLE = """body{font:16px/1.55 system-ui,sans-serif;max-width:62rem;margin:1.5rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
.text{white-space:pre-wrap;overflow-wrap:anywhere;background:#fafafa;border:1px solid #ddd;padding:1rem}
mark{background:#eee;color:inherit;text-decoration-thickness:2px;text-underline-offset:3px}
mark.literal{background:#dcefff;text-decoration:underline solid #0072b2}
mark.actor{background:#f6e3ee;text-decoration:underline dotted #a03d77}
mark.modifier{background:#fdf0d2;text-decoration:underline dashed #8a5a00}
mark.dateline{background:#e8e8e8;text-decoration:underline double #555}
sup a{text-decoration:none}table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}
th,td{border:1px solid #ccc;padding:.35rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}th{background:#f2f2f2;white-space:nowrap}
.why{color:#555}caption{text-align:left;font-weight:600;padding:.4rem 0}blockquote{margin:0;font-style:italic}"""


def page(explanations: Iterable[Explanation]) -> str:
    """Return the page for explanations.

    >>> from geo.explain.trail import Explanation
    >>> from geo.model import Report
    >>> "&lt;b&gt;" in page([Explanation(Report("a.txt", "<b>bold</b>"), (), (), ())])
    True
    >>> "Nothing was read" in page([])
    True
    """
    parts = [_report(number, explanation) for number, explanation in enumerate(explanations, 1)]
    body = "\n".join(parts) or "<p>Nothing was read.</p>"
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>How the reports were read</title>
<style>{_STYLE}</style>
</head>
<body>
<h1>How the reports were read</h1>
<p>Marks: <mark class="literal">literal</mark> (a place), <mark class="actor">actor</mark> (a government or party),
<mark class="modifier">modifier</mark> (says whose), <mark class="dateline">dateline</mark> (where it was written).</p>
{body}
</body>
</html>
"""


def _report(number: int, explanation: Explanation) -> str:
    report = explanation.report
    head = ", ".join(
        str(part) for part in (report.title, report.publisher, report.published or "no date of publication") if part
    )
    claims = "\n".join(_claim(claim) for claim in explanation.claims) or "<p>No claim was read from this report.</p>"
    names = "".join(f"<li>{escape(line)}</li>" for line in explanation.unresolved)
    unresolved = f"<h3>Names that no entry has</h3><ul>{names}</ul>" if names else ""
    return f"""<section>
<h2>{escape(report.name)}</h2>
<p>{escape(head)}</p>
<div class="text" lang="{escape(report.language, quote=True)}">{_text(number, explanation)}</div>
{_mentions(number, explanation.mentions)}
<h3>Claims</h3>
{claims}
{unresolved}
</section>"""


def _text(number: int, explanation: Explanation) -> str:
    source, out, at = explanation.report.text, [], explanation.report.body_start
    for row in explanation.mentions:
        if row.start < at:
            continue  # lies inside a mention that is marked already
        out.append(escape(source[at : row.start]))
        title = escape(f"{row.usage}: {row.place}. {row.reason}", quote=True)
        mark = escape(source[row.start : row.end])
        out.append(
            f'<mark class="{row.usage}" title="{title}">{mark}</mark><sup><a href="#m{number}-{row.number}">{row.number}</a></sup>'
        )
        at = row.end
    out.append(escape(source[at:]))
    return "".join(out)


def _mentions(number: int, rows: tuple[MentionRow, ...]) -> str:
    if not rows:
        return "<p>No mention of a place was found.</p>"
    lines = "\n".join(
        f'<tr id="m{number}-{row.number}"><td>{row.number}</td><td>{escape(row.text)}</td>'
        f'<td>{escape(row.usage)}<br><span class="why">{escape(row.usage_reason)}</span></td><td>{escape(row.place)}</td>'
        f"<td>{row.confidence:.2f}</td><td>{escape(row.reason)}</td><td>{'<br>'.join(map(escape, row.rivals))}</td></tr>"
        for row in rows
    )
    heads = "".join(
        f'<th scope="col">{name}</th>' for name in ("no.", "text", "usage", "place", "sure", "why", "rivals")
    )
    return f"<table><caption>Mentions</caption><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>"


def _claim(claim: ClaimRow) -> str:
    lines = "".join(
        f'<tr><th scope="row">{escape(what)}</th><td>{escape(value)}</td><td class="why">{escape(source)}</td></tr>'
        for what, value, source in claim.parts
    )
    return (
        f"<table><caption>Claim {claim.number}, characters {claim.start} to {claim.end}"
        f"<blockquote>“{escape(claim.quote)}”</blockquote></caption><tbody>{lines}</tbody></table>"
    )
