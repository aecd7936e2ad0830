"""Text files with or without a front matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.inputs.base import Document, Parsed, Unusable, problem
from geo.inputs.metadata import KEYS, from_mapping, nearest_key
from geo.inputs.text import decode, front_matter

if TYPE_CHECKING:
    from gazetteer.errors import Issue
    from geo.inputs.base import Source
    from geo.inputs.text import Decoded, FrontMatter


def read_text(source: Source) -> Parsed:
    """Read one report from plain text; offsets count the decoded file, front matter included."""
    decoded = decoded_text(source)
    front = front_matter(decoded.text)
    if not decoded.text[front.body_start :].strip():
        raise Unusable("empty", "there is no text in this file", "Put the report's text into it or leave it out.")
    own, issues = from_mapping(front.values, source.where, front.lines.get("published"))
    document = Document(decoded.text, own, front.body_start, decoded.encoding)
    return Parsed((document,), (*_header_issues(front, source.where), *issues, *encoding_issues(decoded, source.where)))


def decoded_text(source: Source) -> Decoded:
    """Decode a source, or say that it is no text."""
    decoded = decode(source.data)
    if decoded is None:
        raise Unusable("binary", "this is not a text file", "Save the report as plain text (UTF-8).")
    return decoded


def encoding_issues(decoded: Decoded, where: str) -> tuple[Issue, ...]:
    """Say when an encoding was guessed or bytes were replaced."""
    if decoded.guessed:
        return (problem("encoding", f"the text is not in UTF-8 and was read as {decoded.encoding}",
                        "Look whether its letters are right, and save it as UTF-8 to be sure.", file=where),)  # fmt: skip
    if decoded.damaged:
        return (problem("encoding", f"{decoded.damaged} bytes fit no character in UTF-8 and were replaced",
                        "Fetch the report again if it is cut or garbled.", file=where),)  # fmt: skip
    return ()


def _header_issues(front: FrontMatter, where: str) -> tuple[Issue, ...]:
    """Point at header keys that look like a known one misspelt; foreign keys are nobody's business."""
    issues = []
    for key in front.values:
        near = None if key in KEYS else nearest_key(key)
        if near and near not in front.values:
            issues.append(problem("unknown-key", f'the header has "{key}", which is not used', f'Did you mean "{near}"?',
                                  file=where, line=front.lines.get(key)))  # fmt: skip
    return tuple(issues)
