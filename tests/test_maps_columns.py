"""What goes into columns comes out of them: the reader here mirrors maps/static/columns.js."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from maps.columns import column, encode

VALUES = (
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=4)
    | st.lists(st.integers(0, 2), max_size=2)
)
ROWS = st.lists(st.dictionaries(st.sampled_from("abc"), VALUES), max_size=12)


def decode(table):
    rows = [{} for _ in range(table["n"])]
    for key, form in table["cols"].items():
        for at, row in enumerate(rows):
            if "k" in form:
                row[key] = form["k"]
            elif "v" in form:
                row[key] = form["v"][at]
            elif form["i"][at] >= 0:
                row[key] = form["u"][form["i"][at]]
    return rows


@given(ROWS)
def test_rows_come_back_unchanged(rows):
    written = json.loads(json.dumps(encode(rows)))
    assert decode(written) == rows
    assert [list(map(type, row.values())) for row in decode(written)] == [
        [type(row[key]) for key in written["cols"] if key in row] for row in rows
    ]


def test_what_repeats_is_written_once():
    assert column(["a long text"] * 1000) == {"k": "a long text"}
    assert len(json.dumps(column(["one", "two"] * 500))) < 4000
