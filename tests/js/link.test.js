import assert from "node:assert/strict";
import { test } from "node:test";
import { fromFragment, toFragment } from "../../maps/static/link.js";

test("a state comes back from its link", () => {
  const state = {
    view: [39.8153, 46.752, 9.25], time: ["2023-09-19", "2023-09-21"], single: true, categories: ["aid"], facets: { claimant: ["A & B = c#", "ü"] },
    query: "school & road", names: "az", layers: ["line"], periods: "all", event: "e/1 #2", theme: "dark",
  };
  assert.deepEqual(fromFragment(toFragment(state)), state);
});

test("nothing chosen, no fragment; a broken link restores what it can", () => {
  assert.equal(toFragment({}), "");
  assert.deepEqual(fromFragment("#m=1,x&t=now&q=%E0%A4%A&n=hy&f.type={"), { facets: {}, names: "hy" });
  assert.deepEqual(fromFragment(""), { facets: {} });
});
