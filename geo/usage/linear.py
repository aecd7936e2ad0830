"""A linear model with readable coefficients: a sum of weights, no library needed to run it."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Weights by feature name; positive speaks for the first class, a feature that is not listed weighs nothing."""

    bias: float
    weights: Mapping[str, float]

    def score(self, features: Iterable[str]) -> float:
        """Return the log-odds of the first class.

        >>> LinearModel(0.5, {"a": 1.0}).score(["a", "unknown"])
        1.5
        >>> LinearModel(0.5, {}).score([])
        0.5
        """
        get = self.weights.get
        total = self.bias
        for feature in features:
            total += get(feature, 0.0)
        return total


def probability(score: float) -> float:
    """Turn log-odds into a probability, safe for any size.

    >>> probability(0.0)
    0.5
    >>> probability(-1000.0)
    0.0
    """
    if score < -700:
        return 0.0
    return 1.0 / (1.0 + math.exp(-score))


def read_model(file: Path) -> LinearModel:
    """Read a model from its JSON file: {"bias": number, "weights": {feature: number}}."""
    data = json.loads(file.read_text("utf8"))
    return LinearModel(float(data["bias"]), {str(name): float(value) for name, value in data["weights"].items()})
