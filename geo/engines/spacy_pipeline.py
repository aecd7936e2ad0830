"""A spaCy pipeline as recogniser: a trained one, or one with an entity ruler."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gazetteer.errors import FormatError
from geo.engines.base import PLACE_LABELS, MissingEngineError, mentions_of

if TYPE_CHECKING:
    from pathlib import Path

    from geo.model import Mention


class SpacyRecogniser:
    """Takes the entities with a place label (GPE, LOC, FAC) of a spaCy pipeline as mentions."""

    def __init__(self, pipeline: Any, labels: frozenset[str] = PLACE_LABELS) -> None:
        """Take a pipeline that is at hand: anything that gives a doc with `ents` for a text."""
        self._pipeline = pipeline
        self._labels = labels

    @classmethod
    def load(cls, path: str | Path) -> SpacyRecogniser:
        """Load a pipeline that was saved with `nlp.to_disk`, or an installed one by its name.

        Raises `MissingEngineError` without spaCy, `FormatError` where there is no pipeline that it can read.
        """
        try:
            import spacy  # noqa: PLC0415  (an extra)
        except ImportError as error:
            raise MissingEngineError.of("spacy", "spacy") from error
        try:
            return cls(spacy.load(path))
        except (OSError, ValueError, KeyError) as error:
            first = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise FormatError(
                f"{path}: this is no spaCy pipeline that can be read ({first}). Give the folder that nlp.to_disk wrote."
            ) from error

    def __call__(self, text: str) -> tuple[Mention, ...]:
        """Return the mentions of places in text, in order, without overlaps."""
        if not text.strip():
            return ()
        entities = self._pipeline(text).ents
        return mentions_of(text, ((e.start_char, e.end_char) for e in entities if e.label_ in self._labels))
