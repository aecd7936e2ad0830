"""Tells a place from a government: literal, actor, modifier or dateline, by readable weights over grammar.

words: the lists of `geo/data/en/usage.toml`, stems
features: what stands around a name, as evidence that holds no name
datelines: where a report says that it was filed
linear: the sum of weights
classify: the verdict with its reason
"""

from geo.usage.classify import NOT_CURATED, WEIGHTS, UsageVerdict, classify, features_of, kind_of, modifying, of_others

__all__ = ["NOT_CURATED", "WEIGHTS", "UsageVerdict", "classify", "features_of", "kind_of", "modifying", "of_others"]
