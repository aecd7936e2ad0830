import assert from "node:assert/strict";
import { test } from "node:test";
import { atEdge, meets } from "../../maps/static/edge.js";

const size = { x: 400, y: 300 };
const room = [80, 28];

test("a button stands on the side of what it points to, inside the view", () => {
  const [left, top] = atEdge(size, [1000, 150], room, []);
  assert.equal(left, 400 - 80 - 6);
  assert.ok(Math.abs(top + 14 - 150) < 1);
  const above = atEdge(size, [200, -500], room, []);
  assert.deepEqual(above, [160, 8]);
});

test("where something is taken it moves along the edge and covers nothing", () => {
  const taken = [[300, 100, 400, 200]];
  const [left, top] = atEdge(size, [1000, 150], room, taken);
  assert.equal(left, 314);
  assert.ok(!taken.some((box) => meets([left, top, left + 80, top + 28], box)));
});

test("with no room at all there is no button", () => {
  assert.equal(atEdge(size, [1000, 150], room, [[0, 0, 400, 300]]), null);
});
