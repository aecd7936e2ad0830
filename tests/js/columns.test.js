import assert from "node:assert/strict";
import { test } from "node:test";
import { coded, offsets, reader, rowOf } from "../../maps/static/columns.js";

test("the three forms of a column, and a key that a row lacks", () => {
  assert.equal(reader({ k: 7 })(3), 7);
  assert.equal(reader({ v: ["a", "b"] })(1), "b");
  const some = reader({ u: ["x", null], i: [0, -1, 1] });
  assert.deepEqual([some(0), some(1), some(2)], ["x", undefined, null]);
  assert.equal(reader(undefined)(0), undefined);
});

test("a row comes out with the keys that it had", () => {
  const table = { n: 2, cols: { "p:a": { u: [1], i: [0, -1] }, "p:b": { k: null }, "#": { k: 0 } } };
  assert.deepEqual(rowOf(table, 0, "p:"), { a: 1, b: null });
  assert.deepEqual(rowOf(table, 1, "p:"), { b: null });
});

test("distinct values and counts of children", () => {
  assert.deepEqual([...coded({ v: [5, 6, 5] }, 3).index], [0, 1, 0]);
  assert.deepEqual([...coded(undefined, 2).index], [-1, -1]);
  assert.deepEqual([...offsets({ v: [2, 0, 1] }, 3)], [0, 2, 2, 3]);
});
