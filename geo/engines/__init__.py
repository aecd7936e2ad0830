"""Recognisers from elsewhere: a spaCy pipeline or a Hugging Face token classifier decides what is a place name.

The gazetteer still answers what a name may mean, and usage, resolution and events follow as ever. Each engine is an
extra (`[spacy]`, `[transformers]`) and a folder with a trained model; nothing is downloaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.errors import FormatError
from geo.engines.base import MissingEngineError, Steered

if TYPE_CHECKING:
    from geo.recognise import Recogniser

ENGINES = ("spacy", "transformers")
__all__ = ["ENGINES", "MissingEngineError", "Steered", "load_recogniser"]


def load_recogniser(name: str) -> Recogniser:
    """Load a recogniser by "engine:path", for example "spacy:models/my-pipeline".

    Raises `FormatError` for an unknown engine or a path without a model, `MissingEngineError` where the extra is not
    installed.

    >>> load_recogniser("flair:models/x")
    Traceback (most recent call last):
    gazetteer.errors.FormatError: "flair:models/x" names no recogniser. Write spacy:PATH or transformers:PATH, PATH being the folder of a trained model.
    """
    engine, mark, path = name.partition(":")
    if engine not in ENGINES or not mark or not path:
        forms = " or ".join(f"{known}:PATH" for known in ENGINES)
        raise FormatError(f'"{name}" names no recogniser. Write {forms}, PATH being the folder of a trained model.')
    if engine == "spacy":
        from geo.engines.spacy_pipeline import SpacyRecogniser  # noqa: PLC0415  (only what is asked for is imported)

        return SpacyRecogniser.load(path)
    from geo.engines.token_classifier import TransformersRecogniser  # noqa: PLC0415

    return TransformersRecogniser.load(path)
