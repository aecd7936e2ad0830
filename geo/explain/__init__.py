"""Shows why a report was read as it was, in the terminal and as a page."""

from geo.explain.trail import ClaimRow, Explanation, MentionRow, explain

__all__ = ["ClaimRow", "Explanation", "MentionRow", "explain"]
