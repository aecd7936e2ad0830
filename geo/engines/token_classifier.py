"""A Hugging Face token classifier as recogniser: any model fine-tuned for named entities, from a folder on disk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazetteer.errors import FormatError
from geo.engines.base import PLACE_LABELS, MissingEngineError, mentions_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.model import Mention

_WINDOW, _OVERLAP = 1200, 200
"""Characters that a model reads at once (it cuts off after 512 word pieces), and how far one window reaches into the next."""


class TransformersRecogniser:
    """Takes the groups of tokens with a place label (LOC, GPE, FAC) of a token classifier as mentions."""

    def __init__(self, classify: Any, labels: frozenset[str] = PLACE_LABELS) -> None:
        """Take a token-classification pipeline with grouped entities, as `transformers.pipeline` makes them."""
        self._classify = classify
        self._labels = labels

    @classmethod
    def load(cls, path: str | Path) -> TransformersRecogniser:
        """Load model and tokenizer from a folder; nothing is downloaded.

        Raises `MissingEngineError` without transformers, `FormatError` where the folder holds no model.
        """
        if not Path(path).is_dir():
            raise FormatError(
                f"{path}: there is no such folder. Give the folder of a token classifier, as save_pretrained wrote it."
            )
        try:
            from transformers import AutoModelForTokenClassification, AutoTokenizer, pipeline  # noqa: PLC0415  (an extra)
        except ImportError as error:
            raise MissingEngineError.of("transformers", "transformers") from error
        try:
            tokenizer = AutoTokenizer.from_pretrained(str(path), local_files_only=True)
            model = AutoModelForTokenClassification.from_pretrained(str(path), local_files_only=True)
            return cls(pipeline("token-classification", model=model, tokenizer=tokenizer, aggregation_strategy="first"))
        except (OSError, ValueError, KeyError) as error:
            first = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise FormatError(f"{path}: this is no token classifier that can be read ({first}).") from error

    def __call__(self, text: str) -> tuple[Mention, ...]:
        """Return the mentions of places in text, in order, without overlaps."""
        spans = [
            (start + int(group["start"]), start + int(group["end"]))
            for start, part in _windows(text)
            for group in self._classify(part)
            if str(group.get("entity_group", group.get("entity", ""))).rpartition("-")[2].upper() in self._labels
        ]
        return mentions_of(text, spans)


def _windows(text: str) -> Iterator[tuple[int, str]]:
    """Yield stretches that a model can read, cut between words, each overlapping the one before."""
    start = 0
    while text[start:].strip():
        end = min(len(text), start + _WINDOW)
        if end < len(text):
            end = max(text.rfind(" ", start + _OVERLAP + 1, end), start + _OVERLAP + 1)
        yield start, text[start:end]
        if end >= len(text):
            return
        cut = text.find(" ", end - _OVERLAP, end)
        start = end - _OVERLAP if cut < 0 else cut + 1
