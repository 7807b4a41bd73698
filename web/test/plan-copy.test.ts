import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { bring, DAMAGED, FOREIGN, keptOn, merge, NEWER, read, written } from "../src/plan-copy.ts";
import type { Kept } from "../src/plan-shelf.ts";
import { beginAgain, fresh, parseState, PREFIX, withEntry, withMeasured, type State } from "../src/plan-store.ts";
import { ID, started } from "./plans.ts";

const TODAY = "2026-11-29";
const OTHER = "fedcba9876543210fedcba9876543210";
const SOUNDS = '{"bell":true,"loud":false,"voice":true,"buzz":false}';

function shelf(kept: Record<string, string> = {}, room = Infinity): Kept & { kept: Record<string, string> } {
  let left = room;
  return {
    kept,
    getItem: (key) => kept[key] ?? null,
    setItem: (key, value) => {
      left -= 1;
      if (left === -1) throw new DOMException("full", "QuotaExceededError");
      kept[key] = value;
    },
    removeItem: (key) => void delete kept[key],
    key: (at) => Object.keys(kept)[at] ?? null,
    get length() {
      return Object.keys(kept).length;
    },
  };
}

function withPlan(state: State, more: Record<string, string> = {}): Kept & { kept: Record<string, string> } {
  return shelf({ [`${PREFIX}any-plan`]: JSON.stringify(state), ...more });
}

function full(): State {
  let state = withEntry(started("2026-11-23"), 1, { done: ["clam"], pain: 3, settled: true });
  state = withMeasured(state, 0, "knee:left", 40.5);
  state = beginAgain(withEntry(state, 9, { pain: 1 }), 8, "2026-12-05");
  return withEntry(state, 8, { done: ["plank"], pain: 2 });
}

test("a copy that is opened on an empty device brings everything, letter for letter", () => {
  const from = withPlan(full(), { "kinopress.sounds": SOUNDS, "other.site": "x" });
  const copy = read(written(keptOn(from), TODAY));
  assert.ok(typeof copy !== "string");
  const to = shelf();
  assert.deepEqual(bring(to, copy), [{ slug: "any-plan", how: "taken" }]);
  assert.deepEqual(to.kept, { [`${PREFIX}any-plan`]: JSON.stringify(full()), "kinopress.sounds": SOUNDS });
});

test("any state goes into a file and back", () => {
  const anEntry = fc.record({
    done: fc.array(fc.stringMatching(/^[a-z-]{1,9}$/)),
    pain: fc.option(fc.integer({ min: 0, max: 10 })),
    settled: fc.option(fc.boolean()),
    note: fc.string({ minLength: 1, maxLength: 40 }),
  }, { requiredKeys: ["done", "pain", "settled"], noNullPrototype: true });
  const days = fc.dictionary(fc.integer({ min: 1, max: 14 }).map(String), anEntry, { noNullPrototype: true });
  fc.assert(
    fc.property(days, (entries) => {
      const state: State = { ...started("2026-11-23"), days: entries };
      assert.deepEqual(read(written({ plans: { "any-plan": state }, settings: {} }, TODAY)), {
        plans: { "any-plan": state },
        settings: {},
      });
    }),
  );
});

test("foreign, damaged and newer files are told apart, and each says what to do", () => {
  const good = written(keptOn(withPlan(full())), TODAY);
  for (const foreign of ["", "hello", "{}", "[]", "null", '{"kinopress":"films"}', "BEGIN:VCALENDAR", "PK\u0003\u0004"]) {
    assert.equal(read(foreign), FOREIGN, foreign);
  }
  const damaged = [good.slice(0, 200), good.replace("40.5", "41.5"), good.replace("clam", "clan"), good.replace('"version": 1', '"version": "1"')];
  for (const file of damaged) assert.equal(read(file), DAMAGED);
  assert.equal(read(good.replace('"version": 1', '"version": 2')), NEWER);
  for (const words of [FOREIGN, DAMAGED, NEWER]) assert.match(words, /Nothing was changed here\. [A-Z]/);
});

test("a file that lost any stretch of it is never taken for a whole one", () => {
  const good = written(keptOn(withPlan(full())), TODAY);
  fc.assert(
    fc.property(fc.nat(good.length - 2), fc.integer({ min: 1, max: 50 }), (at, size) => {
      const cut = good.slice(0, at) + good.slice(at + size);
      const found = read(cut);
      if (typeof found !== "string") assert.deepEqual(found, read(good)); // spaces, or the day it was saved
    }),
  );
});

test("what both have entered stays as it is here, and what is missing comes from the file", () => {
  let here = withEntry(started("2026-11-23"), 2, { done: ["clam"], pain: 2 });
  here = withMeasured(here, 0, "reach", 12);
  let file = withEntry(started("2026-11-23"), 2, { done: ["plank"], pain: 6, settled: false });
  file = withEntry(file, 3, { pain: 1 });
  file = withMeasured(withMeasured(file, 0, "reach", 99), 0, "score", 5);
  const { state, how } = merge(here, file);
  assert.equal(how, "added");
  assert.deepEqual(state.days[2], { done: ["clam", "plank"], pain: 2, settled: null });
  assert.equal(state.days[3]?.pain, 1);
  assert.deepEqual(state.checks[0], { reach: 12, score: 5 });
});

test("of two notes about a day both stay, and what is in both is there once", () => {
  const noted = (note: string): State => withEntry(started("2026-11-23"), 2, { note });
  const cases: [here: string, file: string, both: string][] = [
    ["Better.", "Worse.", "Better.\nWorse."],
    ["Better.\nWorse.", "Worse.", "Better.\nWorse."],
    ["Better.\nWorse.", "Worse.\nBetter.", "Better.\nWorse."],
    ["Better.", "Better. Later worse.", "Better. Later worse."],
    ["No pain.\n\nSlept.", "Slept.\n\nWalked.", "No pain.\n\nSlept.\nWalked."],
    ["a".repeat(1000), "b".repeat(1000), `${"a".repeat(1000)}\n${"b".repeat(1000)}`],
  ];
  for (const [here, file, both] of cases) {
    const { state } = merge(noted(here), noted(file));
    assert.equal(state.days[2]?.note, both);
    assert.equal(merge(state, noted(file)).state.days[2]?.note, both);
    assert.equal(parseState(JSON.stringify(state))?.days[2]?.note, both);
  }
  for (const here of [noted(""), withEntry(started("2026-11-23"), 2, { pain: 4 })]) {
    assert.equal(merge(here, noted("Worse.")).state.days[2]?.note, "Worse.");
  }
});

test("the morning after comes from the file only beside the same score", () => {
  const here = withEntry(started("2026-11-23"), 2, { pain: 4 });
  const same = withEntry(started("2026-11-23"), 2, { pain: 4, settled: false });
  assert.equal(merge(here, same).state.days[2]?.settled, false);
});

test("a run begun on another day is left alone, whichever is here", () => {
  const [one, other] = [started("2026-11-23"), { ...fresh(OTHER), start: "2026-11-01" }];
  for (const [here, file] of [[one, other], [other, one]] as const) {
    assert.deepEqual(merge(here, file), { state: here, how: "other" });
  }
});

test("a run begun on the same day on two devices is one", () => {
  const here = withEntry(started("2026-11-23"), 1, { pain: 1 });
  const file = withEntry({ ...fresh(OTHER), start: "2026-11-23" }, 2, { pain: 2 });
  const { state, how } = merge(here, file);
  assert.deepEqual([how, state.id, state.days[1]?.pain, state.days[2]?.pain], ["added", ID, 1, 2]);
});

test("a copy from before a week was begun again goes into the record of that week, in either direction", () => {
  const old = withEntry(withEntry(started("2026-11-23"), 1, { pain: 1 }), 8, { pain: 8 });
  const again = withEntry(beginAgain(started("2026-11-23"), 8, "2026-12-05"), 8, { pain: 2 });
  for (const [here, file] of [[again, old], [old, again]] as const) {
    const { state } = merge(here, file);
    assert.deepEqual([state.start, state.days[1]?.pain, state.days[8]?.pain], [again.start, 1, 2]);
    assert.equal(state.earlier[0]?.days[8]?.pain, 8);
  }
});

test("weeks that were begun again on two devices, each on its own, are not mixed", () => {
  const [here, file] = ["2026-12-05", "2026-12-06"].map((day, at) => beginAgain(started("2026-11-23"), at * 7 + 1, day));
  assert.ok(here && file);
  assert.deepEqual(merge(here, file), { state: here, how: "other" });
});

test("opening a copy twice changes nothing the second time", () => {
  const to = withPlan(withEntry(started("2026-11-23"), 2, { pain: 4 }));
  const copy = read(written(keptOn(withPlan(withEntry(started("2026-11-23"), 3, { pain: 1 }))), TODAY));
  assert.ok(typeof copy !== "string");
  bring(to, copy);
  const once = { ...to.kept };
  bring(to, copy);
  assert.deepEqual(to.kept, once);
});

test("no entry is ever lost: all that was here is there after any copy", () => {
  const anEntry = fc.record({ done: fc.constant(["clam"]), pain: fc.option(fc.integer({ min: 0, max: 10 })), settled: fc.constant(null) }, { noNullPrototype: true });
  const days = fc.dictionary(fc.integer({ min: 1, max: 14 }).map(String), anEntry, { noNullPrototype: true });
  fc.assert(
    fc.property(days, days, fc.boolean(), (mine, theirs, again) => {
      const here: State = { ...started("2026-11-23"), days: mine };
      const base: State = { ...started("2026-11-23"), days: theirs };
      const { state } = merge(here, again ? beginAgain(base, 8, "2026-12-05") : base);
      const all = [...Object.entries(state.days), ...state.earlier.flatMap((past) => Object.entries(past.days))];
      for (const [day, { pain }] of Object.entries(mine)) {
        assert.ok(pain === null || all.some(([at, entry]) => at === day && entry.pain === pain), `day ${day}`);
      }
    }),
  );
});

test("a device without room keeps what it had, and says so", () => {
  const before = { [`${PREFIX}any-plan`]: JSON.stringify(withEntry(started("2026-11-23"), 2, { pain: 4 })) };
  const to = shelf({ ...before }, 1);
  const plans = { "any-plan": withEntry(started("2026-11-23"), 3, { pain: 1 }), "other-plan": started("2026-11-23") };
  assert.equal(bring(to, { plans, settings: {} }), null);
  assert.deepEqual(to.kept, before);
});

test("settings that are here stay, and a file cannot write under names of anybody else", () => {
  const to = shelf({ "kinopress.sounds": SOUNDS });
  const kept = keptOn(shelf({ "kinopress.sounds": "{}", [`${PREFIX}any-plan`]: JSON.stringify(full()) }));
  const copy = read(written({ ...kept, settings: { ...kept.settings, "evil": "x", "kinopress.plan.x": "y" } }, TODAY));
  assert.ok(typeof copy !== "string");
  bring(to, copy);
  assert.deepEqual(Object.keys(to.kept).sort(), [`${PREFIX}any-plan`, "kinopress.sounds"]);
  assert.equal(to.kept["kinopress.sounds"], SOUNDS);
});
