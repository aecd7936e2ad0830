"""Turns sentences into events with claims: triggers, clauses, modality, places, and what several reports share."""

from geo.claims.analysis import Analysis
from geo.claims.events import find_events
from geo.claims.merge import merge

__all__ = ["Analysis", "find_events", "merge"]
