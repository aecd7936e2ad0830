"""The word lists from which casualty figures are read, as one frozen value (`data/en/casualties.toml`)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast

from geo.patterns import any_of

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

    from geo.model import Group, Metric, Qualifier


@dataclass(frozen=True, slots=True)
class VagueNumber:
    """A word for a number that is not told, with the range that it is declared to stand for."""

    qualifier: Qualifier
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class CasualtyWords:
    """All words from which casualty figures are read, in lower case; patterns match any of a list."""

    qualifiers: Mapping[str, Qualifier]
    """What stands before a number ("at least")."""
    qualifiers_after: Mapping[str, Qualifier]
    vague: Mapping[str, VagueNumber]
    people: Mapping[str, Group]
    """Nouns for people."""
    people_words: Mapping[str, Group]
    """Adjectives that tell the group."""
    again: frozenset[str]
    ranks: tuple[str, ...]
    """Ranks and callings that stand before a name."""
    not_names: tuple[str, ...]
    no_adjectives: frozenset[str]
    """Words that cannot stand between a number and the noun that it counts."""
    owning: frozenset[str]
    """Verbs whose subject is the side of the people behind them: "lost", "suffered"."""
    either: frozenset[str]
    """Nouns that count the dead and the wounded alike: "casualties"."""
    not_people: frozenset[str]
    metrics: Mapping[Metric, Mapping[str, tuple[str, ...]]]
    none: Mapping[str, tuple[str, ...]]
    cue: re.Pattern[str]
    """Any word that a casualty figure needs: without one a sentence holds none."""


@lru_cache(maxsize=1)
def casualty_words() -> CasualtyWords:
    """Read the word list that comes with the program (once)."""
    lists: dict[str, Any] = tomllib.loads(files("geo").joinpath("data", "en", "casualties.toml").read_text("utf8"))
    before: dict[str, Qualifier] = {}
    after: dict[str, Qualifier] = {}
    for name, words in lists["qualifiers"].items():
        target, qualifier = (after, name.removesuffix("_after")) if name.endswith("_after") else (before, name)
        target.update(dict.fromkeys(words, cast("Qualifier", qualifier)))
    metrics = {name: {kind: tuple(words) for kind, words in kinds.items()} for name, kinds in lists["metrics"].items()}
    cues = {word for kinds in metrics.values() for words in kinds.values() for word in words}
    cues |= {
        *lists["none"]["casualties"],
        *lists["none"]["unharmed"],
        *lists["people_other"]["either"],
        "wound",
        "toll",
    }
    return CasualtyWords(
        qualifiers=before,
        qualifiers_after=after,
        vague={
            word: VagueNumber(entry["qualifier"], entry.get("low"), entry.get("high"))
            for word, entry in lists["vague"].items()
        },
        people={word: group for group, words in lists["people"].items() for word in words},
        people_words={word: group for group, words in lists["people_words"].items() for word in words},
        again=frozenset(lists["people_other"]["again"]),
        ranks=tuple(lists["people_other"]["ranks"]),
        not_names=tuple(lists["people_other"]["not_names"]),
        no_adjectives=frozenset(lists["people_other"]["no_adjectives"]),
        owning=frozenset(lists["people_other"]["owning"]),
        either=frozenset(lists["people_other"]["either"]),
        not_people=frozenset(lists["not_people"]["words"]),
        metrics=metrics,
        none={name: tuple(words) for name, words in lists["none"].items()},
        cue=any_of(cues),
    )
