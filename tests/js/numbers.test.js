import assert from "node:assert/strict";
import { test } from "node:test";

import { withCommas } from "../../maps/static/numbers.js";

test("whole digits are set in threes, decimals are not", () => {
  assert.equal(withCommas(0), "0");
  assert.equal(withCommas(999), "999");
  assert.equal(withCommas(1000), "1,000");
  assert.equal(withCommas(1234567), "1,234,567");
  assert.equal(withCommas(1234.5678), "1,234.5678");
  assert.equal(withCommas(-12000), "-12,000");
});
