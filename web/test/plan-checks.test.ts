import assert from "node:assert/strict";
import { test } from "node:test";

import { changes, changeWords, checkDay, entered, typedValue, valueOf } from "../src/plan-checks.ts";
import { parseState, withMeasured } from "../src/plan-store.ts";
import { ID, PLAN, started } from "./plans.ts";

const [REACH, KNEE, SCORE] = PLAN.checks as [(typeof PLAN.checks)[0], (typeof PLAN.checks)[0], (typeof PLAN.checks)[0]];

test("a change is real from the figure of its source on, and may be chance below it", () => {
  assert.equal(changeWords(KNEE, 40, 32), "8 degrees less than on day 0: that counts as a real change (8 degrees or more).");
  assert.equal(changeWords(KNEE, 40, 48), "8 degrees more than on day 0: that counts as a real change (8 degrees or more).");
  assert.equal(
    changeWords(KNEE, 40, 32.5),
    "7.5 degrees less than on day 0: smaller than what counts as a real change (8 degrees), so it may be chance.",
  );
  assert.equal(changeWords(KNEE, 40, 40), "the same as on day 0.");
  assert.match(changeWords(KNEE, 40, 39), /^1 degree less/);
});

test("nothing is claimed where no source gives a figure, or none for that direction", () => {
  const unknown = "10 cm less than on day 0. How much change counts as real is not known, so this may be chance.";
  assert.equal(changeWords(REACH, 20, 10), unknown);
  assert.match(changeWords(SCORE, 6, 4), /that counts as a real change \(2 points or more\)/);
  assert.equal(
    changeWords(SCORE, 4, 8),
    "4 points more than on day 0. How much more counts as real is not known, so this may be chance.",
  );
});

test("sums of tenths are said as one writes them", () => {
  assert.match(changeWords(REACH, 0.3, 0.1), /^0\.2 cm less/);
});

test("a value is a number from its least to its most, with a point or a comma, and any sign for minus", () => {
  assert.deepEqual(["7", " 7,5 ", "7.25", "0"].map((words) => valueOf(words, SCORE)), [7, 7.5, 7.25, 0]);
  assert.deepEqual(["-3", "−3", "–3,5", "+2", "-0"].map((words) => valueOf(words, REACH)), [-3, -3, -3.5, 2, 0]);
  assert.deepEqual(["--3", "- 3", "-1001", "3-", "−"].map((words) => valueOf(words, REACH)), Array(5).fill(null));
  const counted = { min: 0, max: 200, whole: true };
  assert.deepEqual(["8", "200", "8.0", "8.5", "8,5", "201", "1000"].map((words) => valueOf(words, counted)), [8, 200, 8, null, null, null, null]);
  assert.deepEqual(["", "-1", "11", "1e3", "seven", "7.5555", "1 2"].map((words) => valueOf(words, SCORE)), Array(7).fill(null));
});

test("a typing mistake is not an empty field, which forgets the value before", () => {
  assert.deepEqual(["7,5", "", "  ", "seven", "11", "1 2"].map((words) => typedValue(words, SCORE)), [7.5, null, null, ...Array(3).fill(undefined)]);
});

test("each side is said against its own day 0, and without one nothing is compared", () => {
  let state = withMeasured(started("2026-11-23"), 0, "knee:left", 40);
  state = withMeasured(state, 14, "knee:left", 30);
  state = withMeasured(state, 14, "knee:right", 25);
  assert.deepEqual(changes(KNEE, state.checks), [
    "Day 14, left: 10 degrees less than on day 0: that counts as a real change (8 degrees or more).",
    "Day 14, right: 25. Nothing was entered on day 0 to compare it with.",
  ]);
});

test("a check is entered when both its sides are", () => {
  let state = withMeasured(started("2026-11-23"), 0, "knee:left", 40);
  assert.deepEqual(entered(PLAN.checks, state.checks, checkDay(1)), [0, 3]);
  state = withMeasured(state, 0, "knee:right", 41);
  assert.deepEqual(entered(PLAN.checks, state.checks, checkDay(1)), [1, 3]);
  assert.deepEqual(entered(PLAN.checks, state.checks, checkDay(7)), [0, 2]);
  state = withMeasured(state, 0, "knee:right", null);
  assert.deepEqual(entered(PLAN.checks, state.checks, 0), [0, 3]);
});

test("what earlier editions kept is read, and has no checks", () => {
  const old = { id: ID, start: "2026-11-23", calendars: 2, days: { 2: { done: ["clam"], pain: 3, settled: true } } };
  for (const kept of [old, { ...old, earlier: [{ start: "2026-11-01", from: 1, days: { 1: { done: [], pain: 1, settled: null } } }] }]) {
    const state = parseState(JSON.stringify(kept));
    assert.deepEqual(state?.checks, {});
    assert.equal(state?.saved, null);
    assert.deepEqual(state?.days, old.days);
    for (const past of state?.earlier ?? []) assert.deepEqual(past.checks, {});
  }
});

test("measurements come back as they were kept, and what is no number does not", () => {
  const state = withMeasured(withMeasured(started("2026-11-23"), 7, "reach", 12.5), 0, "reach", -3);
  assert.deepEqual(parseState(JSON.stringify(state)), state);
  const spoilt = { ...state, checks: { 7: { reach: "12", knee: null, score: 3 }, x: { reach: 1 }, 0: null } };
  assert.deepEqual(parseState(JSON.stringify(spoilt))?.checks, { 7: { score: 3 } });
});
