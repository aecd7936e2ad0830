import assert from "node:assert/strict";
import { test } from "node:test";
import { modes, nameOf } from "../../maps/static/names.js";

const place = {
  id: "x", name: "First",
  names: [
    ["Firsttown", "en", "press", "party-a", null, null],
    ["Othertown", "en", "press", "party-b", null, null],
    ["Othertoun", "en", "press", "press", null, null],
    ["Erste", "de", "official", "party-a", "1991", null],
    ["Alte", "de", "official", "party-a", null, "1991"],
  ],
};
const swapped = { ...place, names: place.names.map((name) => [...name.slice(0, 3), { "party-a": "party-b", "party-b": "party-a" }[name[3]] ?? name[3], name[4], name[5]]) };

test("the languages on offer come from the data", () => {
  assert.deepEqual(modes([place]).map((mode) => mode.key), ["written", "en", "de", "all"]);
  assert.equal(modes([place])[2].label, "German");
  assert.deepEqual(modes([]).map((mode) => mode.key), ["written", "en", "all"]);
});

test("both parties' names stand side by side; a press spelling of one of them adds nothing", () => {
  assert.equal(nameOf(place, "en"), "Firsttown / Othertown");
});

test("swapping the parties changes nothing in what is written", () => {
  for (const mode of ["written", "en", "de", "all"]) assert.equal(nameOf(swapped, mode), nameOf(place, mode));
});

test("names follow the day", () => {
  assert.equal(nameOf(place, "de", { day: "1980-01-01" }), "Alte");
  assert.equal(nameOf(place, "de", { day: "2000-01-01" }), "Erste");
});

test("as written, all at once, and a language that a place has no name in", () => {
  assert.equal(nameOf(place, "written", { written: "The town" }), "The town");
  assert.match(nameOf(place, "all"), /Firsttown · Othertown · /);
  assert.equal(nameOf(place, "hy"), "Firsttown / Othertown");
  assert.equal(nameOf({ id: "y", name: "Y", names: [] }, "all"), "Y");
});
