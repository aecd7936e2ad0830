import assert from "node:assert/strict";
import { test } from "node:test";
import { Filter } from "../../maps/static/filter.js";
import { Store } from "../../maps/static/store.js";

const data = {
  categories: [{ key: "fighting", types: ["shelling"] }, { key: "other", types: [] }],
  words: { event_type: { shelling: "Shelling" } },
  places: [{ id: "p", names: [["Town", "en", "press", "press", null, null]] }],
  shape: { k: -1 }, shapes: [],
  spots: { n: 2, event: [0, 1], lon: { v: [46, 47] }, lat: { v: [39, 40] } },
  events: { n: 3, cols: {
    id: { v: ["a", "b", "c"] }, "p:event_type": { u: ["shelling", "talks"], i: [0, 0, 1] }, "p:date_start": { u: ["2023-09-19", null], i: [0, 0, 1] },
    "p:date_end": { u: ["2023-09-19", "2023-09-25", null], i: [0, 1, 2] }, "p:place_id": { u: ["p", null], i: [0, 1, 1] },
    "p:modality": { u: ["occurred", "threatened"], i: [0, 0, 1] }, "#": { v: [2, 1, 0] },
  } },
  claims: { n: 3, cols: { claimant: { u: ["X", "Y"], i: [0, 0, 1] }, quote: { v: ["one", "two", "Three"] }, "#": { k: 0 } } },
  figures: { n: 0, cols: {} },
};
const made = () => {
  const store = new Store(data);
  return { store, filter: new Filter(store) };
};
const at = (store, key) => store.facets.findIndex((facet) => facet.key === key);

test("everything is shown at first, and counted", () => {
  const { filter } = made();
  assert.equal(filter.shown, 3);
  assert.equal(filter.drawn, 2);
  assert.deepEqual([...filter.categories], [2, 1]);
});

test("imprecise dates are ranges, undated events show with the whole period only", () => {
  const { store, filter } = made();
  filter.setTime(store.start[0] + 3, store.start[0] + 3, false);
  filter.count();
  assert.deepEqual([...filter.rows()], [1]);
  filter.setTime(store.start[0], store.end[1], true);
  filter.count();
  assert.equal(filter.shown, 3);
});

test("a facet counts what its own boxes would show, an event once a value", () => {
  const { store, filter } = made();
  filter.setFacet("claimant", new Set([0]));
  filter.count();
  assert.deepEqual([...filter.rows()], [1, 2], "an event without claims is not hidden by a claimant");
  assert.deepEqual([...filter.countFacet(at(store, "claimant"))], [1, 1]);
  assert.deepEqual([...filter.categories], [1, 1]);
});

test("search goes through names, quotes and claimants", () => {
  const { filter } = made();
  for (const [query, rows] of [["TOWN", [0]], ["three", [1]], ["shelling x", [0]], ["nothing", []], ["", [0, 1, 2]]]) {
    filter.setSearch(query);
    filter.count();
    assert.deepEqual([...filter.rows()], rows, query);
  }
});

test("the histogram counts events that pass all but time, a long one in shares", () => {
  const { store, filter } = made();
  const sums = filter.histogram(store.start[0], 1, 7);
  assert.ok(Math.abs(sums.reduce((a, b) => a + b, 0) - 2) < 1e-9);
  assert.ok(Math.abs(filter.histogram(store.start[0] + 3, 1, 2).reduce((a, b) => a + b, 0) - 2 / 7) < 1e-9);
});

test("a feature comes out whole", () => {
  const { store } = made();
  assert.deepEqual(store.feature(1).geometry, { type: "Point", coordinates: [47, 40] });
  assert.equal(store.feature(2).geometry, null);
  assert.deepEqual(store.feature(1).properties.claims, [{ claimant: "Y", quote: "Three", casualties: [] }]);
  assert.equal(store.find("b"), 1);
  assert.equal(store.find("nobody"), -1);
});
