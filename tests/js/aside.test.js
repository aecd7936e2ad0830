import assert from "node:assert/strict";
import { test } from "node:test";
import { stepAside } from "../../maps/static/aside.js";

const group = (x, y, vague, reach = 12) => ({ x, y, vague, reach });
const apart = (a, b) => Math.hypot(a.x - b.x, a.y - b.y) >= a.reach + b.reach - 1;

test("precise symbols never move, and a vague one that covers none stays", () => {
  const groups = [group(0, 0, 0), group(5, 0, 0), group(100, 100, 1)];
  stepAside(groups);
  assert.deepEqual(groups.map(({ x, y, home }) => [x, y, home]), [[0, 0, undefined], [5, 0, undefined], [100, 100, undefined]]);
});

test("vague symbols in a crowd end beside all others and know where they belong", () => {
  const groups = [group(50, 50, 0), group(80, 50, 0), group(50, 50, 1), group(52, 50, 1), group(78, 52, 1)];
  stepAside(groups);
  groups.forEach((one, at) => groups.slice(at + 1).forEach((other) => one.vague + other.vague && assert.ok(apart(one, other))));
  assert.deepEqual(groups[2].home, [50, 50]);
});

test("where nothing is free a symbol stays at its place", () => {
  const crowd = [];
  for (let x = -200; x <= 200; x += 20) for (let y = -200; y <= 200; y += 20) crowd.push(group(x, y, 0));
  const vague = group(3, 3, 1);
  stepAside([...crowd, vague]);
  assert.deepEqual([vague.x, vague.y, vague.home], [3, 3, undefined]);
});
