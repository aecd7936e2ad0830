import assert from "node:assert/strict";
import { test } from "node:test";
import { binDays, NO_DAY, periodText, rangeText, toDay, toIso, touches, yearsText } from "../../maps/static/days.js";

test("days are whole numbers, partial dates count from their first day, nonsense is no day", () => {
  assert.equal(toDay("1970-01-02"), 1);
  assert.equal(toIso(toDay("2023-09-19")), "2023-09-19");
  assert.equal(toIso(toDay("2020-11")), "2020-11-01");
  assert.equal(toIso(toDay("1923")), "1923-01-01");
  for (const nothing of [null, undefined, "", "soon", "20-1-1"]) assert.equal(toDay(nothing), NO_DAY);
  assert.equal(toIso(NO_DAY), "");
});

test("a range is written no more exactly than it is known", () => {
  const day = toDay("2023-09-19");
  assert.equal(rangeText(day, day, "day"), "19 Sep 2023");
  assert.equal(rangeText(day, day + 2, "day"), "19–21 Sep 2023");
  assert.equal(rangeText(toDay("2023-09-01"), toDay("2023-09-30"), "month"), "Sep 2023");
  assert.equal(rangeText(toDay("2022-01-01"), toDay("2022-12-31"), "year"), "2022");
  assert.equal(rangeText(toDay("2022-12-12"), day, "day"), "12 Dec 2022 – 19 Sep 2023");
  assert.equal(rangeText(NO_DAY, NO_DAY, "unknown"), "Date unknown");
});

test("the end of a gazetteer period is exclusive", () => {
  const end = toDay("2020-11-10");
  assert.equal(touches("1994-05-12", "2020-11-10", end - 1, end - 1), true);
  assert.equal(touches("1994-05-12", "2020-11-10", end, end), false);
  assert.equal(touches(null, null, end, end), true);
  assert.equal(touches("2020-11-10", null, end - 5, end), true);
});

test("periods in words", () => {
  assert.equal(periodText("1994-05-12", "2020-11-10"), "1994-05-12 to 2020-11-10");
  assert.equal(periodText(null, null), "no period given");
  assert.equal(yearsText("2022-08-30", "2022-12-01"), "2022");
  assert.equal(yearsText("1994", null), "1994–");
});

test("bins never exceed the number that fits", () => {
  for (const days of [1, 20, 400, 12000]) assert.ok(days / binDays(days, 60) <= 60 || days > 3652 * 60);
});
