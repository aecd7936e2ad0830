import assert from "node:assert/strict";
import { test } from "node:test";
import { alongLine, arrange } from "../../maps/static/labels.js";

const view = { width: 400, height: 300 };
const label = (x, y) => ({ x, y, width: 60, height: 14, reach: 6 });
const meets = (a, b) => a[0] < b[0] + 60 && b[0] < a[0] + 60 && a[1] < b[1] + 14 && b[1] < a[1] + 14;

test("no labels", () => {
  assert.deepEqual(arrange([], [], view), []);
});

test("labels never cover each other, a symbol or the edge; what finds no room is left out", () => {
  const labels = Array.from({ length: 60 }, (_, at) => label((at * 53) % 400, (at * 31) % 300));
  const put = arrange(labels, [[100, 100, 160, 160]], view).filter(Boolean);
  assert.ok(put.length > 5 && put.length < 60);
  put.forEach((a, at) => {
    assert.ok(a[0] >= 0 && a[1] >= 0 && a[0] + 60 <= 400 && a[1] + 14 <= 300);
    assert.ok(!(a[0] < 160 && a[0] + 60 > 100 && a[1] < 160 && a[1] + 14 > 100));
    for (const b of put.slice(at + 1)) assert.ok(!meets(a, b));
  });
});

test("a line's name goes along its longest visible run, never upside down", () => {
  const [spot] = alongLine([[390, 150], [20, 150]], view, 100);
  assert.ok(Math.abs(spot.angle) < 0.01);
  assert.deepEqual(alongLine([[10, 10], [20, 10]], view, 100), []);
  assert.deepEqual(alongLine([], view, 100), []);
});
