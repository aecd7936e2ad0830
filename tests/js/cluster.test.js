import assert from "node:assert/strict";
import { test } from "node:test";
import { cluster, groupOf, members } from "../../maps/static/cluster.js";

const view = { world: 1000, west: 0, north: 0, width: 1000, height: 1000 };
const options = { cell: 50, apart: 30, margin: 0, kinds: 2 };

function spots(list, failed = []) {
  return {
    x: Float64Array.from(list, (one) => one[0] / 1000),
    y: Float64Array.from(list, (one) => one[1] / 1000),
    spotEvent: Int32Array.from(list, (_, at) => at),
    category: Uint8Array.from(list, (one) => one[2] ?? 0),
    vague: Uint8Array.from(list, (one) => one[3] ?? 0),
    failed: Uint16Array.from(list, (_, at) => failed[at] ?? 0),
  };
}

test("no spots, no groups", () => {
  assert.deepEqual(cluster(spots([]), view, options), []);
});

test("every shown event is in exactly one group, with its category", () => {
  const all = spots(Array.from({ length: 500 }, (_, at) => [(at * 37) % 1000, (at * 91) % 1000, at % 2]));
  const groups = cluster(all, view, options);
  assert.equal(groups.reduce((sum, group) => sum + group.count, 0), 500);
  assert.equal(groups.reduce((sum, group) => sum + group.kinds[1], 0), 250);
  const found = groups.flatMap((group) => members(all, group, view.world).map((one) => one.event));
  assert.deepEqual(found.sort((a, b) => a - b), Array.from({ length: 500 }, (_, at) => at));
});

test("what a filter hides is not counted", () => {
  assert.equal(cluster(spots([[10, 10], [12, 12]], [0, 8]), view, options)[0].count, 1);
});

test("precise and vague places stay apart even at one position", () => {
  assert.equal(cluster(spots([[10, 10, 0, 0], [10, 10, 0, 1]]), view, options).length, 2);
});

test("neighbours across the edge of a cell are joined", () => {
  const groups = cluster(spots([[49, 10], [51, 10]]), view, options);
  assert.equal(groups.length, 1);
  assert.equal(groups[0].same, false);
});

test("spots at one position are told from near ones", () => {
  assert.equal(cluster(spots([[10, 10], [10, 10]]), view, options)[0].same, true);
});

test("a spot is found in the group that holds it", () => {
  const all = spots([[110, 110], [112, 112], [700, 700], [705, 705, 0, 1]]);
  const groups = cluster(all, view, options);
  for (const spot of [0, 1, 2, 3]) {
    const group = groupOf(all, groups, spot, view.world);
    assert.ok(members(all, group, view.world).some((one) => one.spot === spot));
  }
  assert.equal(groupOf(all, [], 0, view.world), null);
});
