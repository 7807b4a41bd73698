import assert from "node:assert/strict";
import { test } from "node:test";

import { onwards, running } from "../src/plan-continue.ts";
import { fresh, withEntry } from "../src/plan-store.ts";
import { ID } from "./plans.ts";

const light = { greenMax: 3, amberMax: 5 };
const needs = Array.from({ length: 14 }, (_, at) => (at === 6 ? 0 : 3));
const DATA = {
  days: 14,
  plans: [
    { slug: "hips", title: "14 days for hips", address: "plans/hips/#today", light, needs },
    { slug: "calves", title: "14 days for calves", address: "plans/calves/#today", light: null, needs },
  ],
};

function words(start: string | null, today: string): string[] {
  const kept = JSON.stringify({ ...fresh(ID), start });
  return running(DATA, (key) => (key === "kinopress.plan.hips" ? kept : null), today).map((one) => one.words);
}

test("who has begun a plan is told the day, from the first to the last", () => {
  assert.deepEqual(words("2026-11-23", "2026-11-23"), ["Continue: day 1 of 14"]);
  assert.deepEqual(words("2026-11-23", "2026-12-06"), ["Continue: day 14 of 14"]);
  assert.deepEqual(words("2026-11-23", "2026-11-22"), ["Your plan begins in 1 day"]);
  assert.deepEqual(words("2026-11-23", "2026-11-20"), ["Your plan begins in 3 days"]);
});

test("after its last day a plan leads on to what comes after, for as long again", () => {
  const over = "Your 14 days are over: what comes after";
  assert.deepEqual(words("2026-11-23", "2026-12-07"), [over]);
  assert.deepEqual(words("2026-11-23", "2026-12-20"), [over]);
  const kept = JSON.stringify({ ...fresh(ID), start: "2026-11-23" });
  const [found] = running(DATA, (key) => (key.endsWith("calves") ? kept : null), "2026-12-08");
  assert.equal(found?.address, "plans/calves/#after");
  const red = withEntry(withEntry({ ...fresh(ID), start: "2026-11-23" }, 1, { pain: 8 }), 2, { pain: 7 });
  assert.deepEqual(running(DATA, (key) => (key.endsWith("hips") ? JSON.stringify(red) : null), "2026-12-08"), []);
});

test("a plan that is long over, was never begun, or cannot be read is not spoken of", () => {
  assert.deepEqual(words("2026-11-23", "2026-12-21"), []);
  assert.deepEqual(words(null, "2026-11-23"), []);
  assert.deepEqual(running(DATA, () => "{", "2026-11-23"), []);
});

test("a plan that has stopped offers no session", () => {
  const red = withEntry({ ...fresh(ID), start: "2026-11-23" }, 1, { pain: 8 });
  const told = (state: typeof red): string[] =>
    running(DATA, (key) => (key === "kinopress.plan.hips" ? JSON.stringify(state) : null), "2026-11-25").map((one) => one.words);
  assert.deepEqual(told(red), ["Continue: day 3 of 14"]);
  assert.deepEqual(told(withEntry(red, 2, { pain: 7 })), ["Your plan has stopped: what to do now"]);
});

test("it leads to today's session", () => {
  const kept = JSON.stringify({ ...fresh(ID), start: "2026-11-23" });
  const [found] = running(DATA, (key) => (key.endsWith("calves") ? kept : null), "2026-11-24");
  assert.deepEqual(
    [found?.title, found?.address, found?.words],
    ["14 days for calves", "plans/calves/#today", "Continue: day 2 of 14"],
  );
});

test("who has done the day's session is told so, and is not asked to continue it", () => {
  const begun = withEntry({ ...fresh(ID), start: "2026-11-23" }, 1, { done: ["clam", "bridge"] });
  const whole = withEntry(begun, 1, { done: ["clam", "bridge", "step-down"] });
  const told = (state: typeof begun, today: string): string[] =>
    running(DATA, (key) => (key.endsWith("hips") ? JSON.stringify(state) : null), today).map((one) => one.words);
  assert.deepEqual(told(begun, "2026-11-23"), ["Continue: day 1 of 14"]);
  assert.deepEqual(told(whole, "2026-11-23"), ["Day 1 is done."]);
  assert.deepEqual(told(whole, "2026-11-24"), ["Continue: day 2 of 14"]);
});

test("a link in a calendar leads on to its day, and any other address to today", () => {
  assert.equal(onwards("plans/calves/#today", "#plan-day-4"), "plans/calves/#plan-day-4");
  for (const hash of ["", "#today", "#plan-day-", "#plan-day-123", "#plan-day-4x"]) {
    assert.equal(onwards("plans/calves/#today", hash), "plans/calves/#today");
  }
});
