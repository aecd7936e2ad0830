"""Learns the weights of `geo/claims/linking.py` from sentences with one event verb and the places where it happened.

    python tools/train_linking.py EVENT_PLACE.jsonl [--write]

Needs scikit-learn (not a dependency of the program). Candidates are the capitalised names that the program's
gazetteer and the annotation know; folds are split by sentence. Prints token precision, recall and F by five-fold
cross-validation; with --write, puts the weights learned on everything into the package.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import gazetteer
from geo.claims.clauses import clause_at, clauses
from geo.claims.linking import beside_rivals
from geo.claims.pairs import Pair, pair_features
from geo.claims.triggers import find_triggers
from geo.recognise import GazetteerRecogniser
from geo.spatial import preposition_before
from geo.text import words

TARGET = Path(__file__).parent.parent / "geo" / "data" / "weights" / "linking.json"
_NAME = re.compile(r"(?:(?:al|el|as|ash|at|an|ad)-)?[A-Z][\w’'-]+(?:[ -](?:al-|el-)?[A-Z][\w’'-]+)*")


def candidates(text: str, gold: list[dict], recogniser: GazetteerRecogniser, places: gazetteer.Gazetteer):
    """All places named: the gazetteer's, the annotated ones, and names after a preposition of place."""
    spans = {(g["start"], g["end"]): "unknown" for g in gold}
    for mention in recogniser(text):
        place = places.get(mention.candidates[0])
        kind = place.kind if place else "unknown"
        held = [(a, b) for a, b in spans if a < mention.end and mention.start < b]
        if not held:
            spans[mention.start, mention.end] = kind
        elif held == [(mention.start, mention.end)]:
            spans[held[0]] = kind  # the same name has the same kind, annotated or not
    for match in re.finditer(
        r"\b(?:in|at|near|of|from|to|on|around|outside|into|towards?)\s+(?:the\s+)?(?:\w+\s+(?:of\s+)?)?("
        + _NAME.pattern
        + ")",
        text,
    ):
        a, b = match.span(1)
        if not any(x < b and a < y for x, y in spans) and not re.search(
            r"day$|^(?:January|February|March|April|May|June|July|August|September|October|November|December)",
            text[a:b],
        ):
            spans[a, b] = "unknown"
    return sorted(spans.items())


def pairs_of(row: dict, recogniser: GazetteerRecogniser, places: gazetteer.Gazetteer):
    text, verb = row["text"], (row["verb"]["start"], row["verb"]["end"])
    found = candidates(text, row["places"], recogniser, places)
    gold = [(g["start"], g["end"]) for g in row["places"]]
    sentence = (0, len(text))
    parts = clauses(text, 0, len(text))
    triggers = find_triggers(text.lower(), words(text))
    rivals = [(t.start, t.end) for t in triggers if t.end <= verb[0] or t.start >= verb[1]]
    about = next((t.event_type for t in triggers if t.start < verb[1] and verb[0] < t.end), "none")
    order = sorted(range(len(found)), key=lambda i: abs(found[i][0][0] - verb[0]))
    out = []
    for i, ((a, b), kind) in enumerate(found):
        pair = Pair(
            text,
            sentence,
            clause_at(parts, verb[0]),
            verb,
            nominal=verb_is_noun(text, verb),
            place=(a, b),
            preposition=preposition_before(text, a),
            kind="unknown" if kind not in KINDS else kind,
            named=True,
            rivals=rivals,
            others=[span for span, _ in found if span != (a, b)],
            rank=order.index(i),
            about=about,
        )
        out.append((pair, any(x < b and a < y for x, y in gold), text[a:b]))
    return out


KINDS = {"country", "region"}
THRESHOLD = 0.55
LEAST = 0.03
"""Weights under this change nothing that is printed."""
RARE = 3
"""Features seen less often than this are left out: they tell of single sentences."""


def verb_is_noun(text: str, verb: tuple[int, int]) -> bool:
    return bool(re.search(r"\b(?:the|a|an|of|'s|its|their|in)\s+(?:\w+\s+)?$", text[max(0, verb[0] - 25) : verb[0]]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    if not args.corpus.is_file():
        sys.exit(f"{args.corpus} is not there: give the path of the corpus of event verbs and places.")
    import numpy as np
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold

    places = gazetteer.load()
    recogniser = GazetteerRecogniser(places)
    rows = [json.loads(line) for line in args.corpus.open(encoding="utf8")]
    data = [(i, *pair) for i, row in enumerate(rows) for pair in pairs_of(row, recogniser, places)]
    groups = np.array([d[0] for d in data])
    y = np.array([d[2] for d in data])
    tokens = np.array([len(d[3].split()) for d in data])
    by_sentence: dict[int, list[int]] = {}
    for index, sentence in enumerate(groups):
        by_sentence.setdefault(int(sentence), []).append(index)

    def fitted(rows: list[dict[str, float]], model: LogisticRegression, rarest: int):
        """Return the vectorizer, the model learned on everything, and each row's probability from the other folds."""
        seen = Counter(name for row in rows for name in row)
        vectorizer = DictVectorizer()
        x = vectorizer.fit_transform([{n: v for n, v in row.items() if seen[n] >= rarest} for row in rows])
        x.indices, x.indptr = x.indices.astype("int32"), x.indptr.astype("int32")
        scores = np.zeros(len(y))
        for train, test in GroupKFold(5).split(x, y, groups):
            scores[test] = model.fit(x[train], y[train]).predict_proba(x[test])[:, 1]
        model.fit(x, y)
        names = vectorizer.get_feature_names_out()
        return {n: round(float(w), 3) for n, w in zip(names, model.coef_[0], strict=True) if abs(w) >= LEAST}, scores

    # the first model is kept small by its penalty; the second sees what the first says of sentences it did not learn from
    pair, first = fitted(
        [pair_features(d[1]) for d in data],
        LogisticRegression(C=0.3, max_iter=3000, fit_intercept=False),
        RARE,
    )
    beside: list[dict[str, float]] = [{} for _ in data]
    for indexes in by_sentence.values():
        pairs, probabilities = [data[i][1] for i in indexes], [float(first[i]) for i in indexes]
        for position, index in enumerate(indexes):
            beside[index] = beside_rivals(pairs, probabilities, position)
    sentence, scores = fitted(beside, LogisticRegression(C=10, max_iter=3000, fit_intercept=False), 1)
    for t in np.arange(0.3, 0.8, 0.05):
        said = scores >= t
        tp, p, r = tokens[said & y].sum(), tokens[said].sum(), tokens[y].sum()
        print(f"threshold {t:.2f}: precision {tp / p:.3f} recall {tp / r:.3f} F {2 * tp / (p + r):.3f}")
    print(f"{len(rows)} sentences, {len(y)} pairs, {y.sum()} links, {len(pair)} weights of pairs")
    if args.write:
        table = {"threshold": THRESHOLD, "sentence": sentence, "pair": dict(sorted(pair.items()))}
        TARGET.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", "utf8")
        print(f"wrote {TARGET}")


if __name__ == "__main__":
    main()
