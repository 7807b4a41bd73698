import assert from "node:assert/strict";
import { test } from "node:test";

import { placeOf, scoresOf } from "../src/plan-chart.ts";
import { withEntry, type State } from "../src/plan-store.ts";
import { markOf, marksOf as marksIn, summary } from "../src/plan-strip.ts";
import { PLAN, started } from "./plans.ts";

const NEEDS = PLAN.days.map((day) => day.needs);
const THREE = ["clam", "bridge", "plank"];
const START = started("2026-11-23");
const marksOf = (needs: readonly number[], state: State, now: number, stopped: number | null): ReturnType<typeof marksIn> =>
  marksIn(needs, state, now, stopped, PLAN.light);

test("a begun plan shows what was done, begun, missed and rested, and what is to come", () => {
  let state = withEntry(START, 1, { done: THREE });
  state = withEntry(state, 2, { done: ["clam"] });
  const marks = marksOf(NEEDS, state, 9, null);
  assert.deepEqual(marks.slice(0, 3), ["done", "begun", "missed"]);
  assert.deepEqual(marks.slice(6, 10), ["rest", "missed", "today", "ahead"]);
  assert.equal(summary(NEEDS, marks), "1 of 13 sessions done, 1 begun, 5 missed.");
});

test("before the first day all is to come, and after the last nothing is today", () => {
  assert.deepEqual(new Set(marksOf(NEEDS, START, 0, null)), new Set(["ahead", "rest"]));
  assert.deepEqual(new Set(marksOf(NEEDS, START, 20, null)), new Set(["missed", "rest"]));
});

test("today's session that was done is done; a score alone is only a beginning", () => {
  assert.equal(marksOf(NEEDS, withEntry(START, 3, { done: THREE }), 3, null)[2], "done");
  assert.equal(marksOf(NEEDS, withEntry(START, 3, { pain: 2 }), 3, null)[2], "begun");
});

test("a session that was left at red is neither done nor given up, and is called by its reason", () => {
  const red = withEntry(START, 2, { done: ["clam"], pain: 6 });
  assert.equal(marksOf(NEEDS, red, 3, null)[1], "cut");
  assert.equal(summary(NEEDS, marksOf(NEEDS, red, 3, null)), "0 of 13 sessions done, 1 stopped at red, 1 missed.");
  assert.deepEqual(markOf("cut"), ["stopped", "stopped at red"]);
  // Done whole, it is done, whatever the score; and a bad night cuts nothing short.
  assert.equal(marksOf(NEEDS, withEntry(START, 2, { done: THREE, pain: 9 }), 3, null)[1], "done");
  assert.equal(marksOf(NEEDS, withEntry(START, 2, { done: ["clam"], pain: 5, settled: false }), 3, null)[1], "begun");
});

test("what comes after the day that ended a plan is not missed", () => {
  const marks = marksOf(NEEDS, withEntry(START, 2, { pain: 8 }), 9, 2);
  assert.deepEqual(marks.slice(0, 4), ["missed", "cut", "off", "off"]);
  assert.ok(!marks.slice(2).includes("missed"));
});

test("scores are placed by day and height, with the colour that the morning after left them", () => {
  let state = withEntry(START, 2, { pain: 0 });
  state = withEntry(state, 5, { pain: 5, settled: false });
  assert.ok(PLAN.light);
  assert.deepEqual(scoresOf(PLAN.light, state, 14), [
    { day: 2, pain: 0, colour: "green" },
    { day: 5, pain: 5, colour: "red" },
  ]);
  const [[x1, y1], [x2, y2]] = [placeOf(2, 0, 14), placeOf(5, 5, 14)];
  assert.ok(x1 < x2 && y1 > y2);
  assert.deepEqual(placeOf(1, 0, 14)[1] - placeOf(1, 10, 14)[1], 134);
});
