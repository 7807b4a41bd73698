import assert from "node:assert/strict";
import { test } from "node:test";

import { checkCell, dayCells, earlierLines, noteLines } from "../src/plan-paper.ts";
import { beginAgain, withEntry, withMeasured } from "../src/plan-store.ts";
import { PLAN, started } from "./plans.ts";

const START = started("2026-11-23");

test("paper has the date, the worst pain with its colour, and the next morning of each day", () => {
  const state = withEntry(withEntry(START, 2, { pain: 4, settled: false }), 3, { pain: 1, settled: true });
  assert.deepEqual(dayCells(PLAN, state, 2), ["Tue 24 Nov", "4 amber", "not settled"]);
  assert.deepEqual(dayCells(PLAN, state, 3), ["Wed 25 Nov", "1 green", "settled"]);
  assert.deepEqual(dayCells(PLAN, state, 4), ["Thu 26 Nov", "", ""]);
  assert.deepEqual(dayCells(PLAN, { ...state, start: null }, 4), ["", "", ""]);
});

test("paper has the reader's own notes, of this round and of weeks begun again", () => {
  const state = withEntry(withEntry(START, 2, { pain: 3, note: "Easier than I feared." }), 3, { note: "" });
  assert.deepEqual(noteLines(state), ["Day 2: Easier than I feared."]);
  const again = beginAgain(state, 1, "2026-12-01");
  assert.deepEqual(noteLines(again), []);
  assert.match(earlierLines(again)[0] ?? "", /day 2: 0 done, pain 3, “Easier than I feared\.”/);
});

test("paper has what was measured, of either side, and what weeks begun again left behind", () => {
  const [reach, knee] = PLAN.checks;
  assert.ok(reach && knee);
  let state = withMeasured(START, 0, "reach", 12.5);
  state = withMeasured(withMeasured(state, 14, "knee:left", 40), 14, "knee:right", 45);
  assert.equal(checkCell(reach, state, 0), "12.5");
  assert.equal(checkCell(reach, state, 7), "");
  assert.equal(checkCell(knee, state, 14), "left 40, right 45");
  const again = beginAgain(withEntry(state, 2, { done: ["clam"], pain: 3 }), 1, "2026-12-01");
  assert.deepEqual(earlierLines(again), [
    "First day Monday 23 November: day 2: 1 done, pain 3; checks of day 14: 40, 45.",
  ]);
});
