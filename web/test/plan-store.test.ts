import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import {
  addDays,
  answer,
  beginAgain,
  besides,
  colourOf,
  dayNumber,
  daysPast,
  EMPTY,
  entryOf,
  fresh,
  isDay,
  localDay,
  missed,
  morningAfter,
  parseState,
  progressOf,
  redBefore,
  PlanStore,
  sessionOf,
  stoppedOn,
  withEntry,
  type Session,
  type Shelf,
} from "../src/plan-store.ts";
import { HARDER, ID, PLAN, started } from "./plans.ts";

const aDay = fc
  .date({ min: new Date("1990-01-01"), max: new Date("2090-01-01"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

/** A shelf in memory. */
function shelf(kept: Record<string, string> = {}): Shelf & { kept: Record<string, string> } {
  return {
    kept,
    getItem: (key) => kept[key] ?? null,
    setItem: (key, value) => void (kept[key] = value),
    removeItem: (key) => void delete kept[key],
  };
}

const full: Shelf = {
  getItem: () => null,
  setItem: () => {
    throw new DOMException("full", "QuotaExceededError");
  },
  removeItem: () => undefined,
};

test("the first day is day 1, the day before it day 0", () => {
  assert.equal(dayNumber("2026-11-23", "2026-11-23"), 1);
  assert.equal(dayNumber("2026-11-23", "2026-11-22"), 0);
  assert.equal(dayNumber("2026-12-25", "2027-01-07"), 14);
});

test("days are counted over the change of clocks and leap years, whatever the zone", () => {
  assert.equal(dayNumber("2026-10-24", "2026-10-26"), 3); // British clocks go back on the 25th
  assert.equal(dayNumber("2028-02-28", "2028-03-01"), 3);
  fc.assert(
    fc.property(aDay, fc.integer({ min: -400, max: 400 }), (start, count) => {
      assert.equal(dayNumber(start, addDays(start, count)), count + 1);
    }),
  );
});

test("today is the day of the reader's own clock", () => {
  assert.equal(localDay(new Date(2026, 0, 5, 23, 59)), "2026-01-05");
  assert.equal(localDay(new Date(2026, 11, 31, 0, 0)), "2026-12-31");
});

test("only days of the calendar are days", () => {
  assert.ok(isDay("2028-02-29"));
  for (const wrong of ["2026-02-29", "2026-13-01", "", "tomorrow", "20261122", "2026-1-2"]) assert.ok(!isDay(wrong));
});

test("each score has the colour of the traffic light", () => {
  const colours = Array.from({ length: 11 }, (_, pain) => colourOf(PLAN.light, { ...EMPTY, pain }));
  const expected = ["green", "green", "green", "green", "amber", "amber", "red", "red", "red", "red", "red"];
  assert.deepEqual(colours, expected);
  assert.equal(colourOf(PLAN.light, EMPTY), null);
});

test("what has not settled by next morning counts one colour worse", () => {
  assert.equal(colourOf(PLAN.light, { ...EMPTY, pain: 4, settled: true }), "amber");
  assert.equal(colourOf(PLAN.light, { ...EMPTY, pain: 4, settled: false }), "red");
  assert.equal(colourOf(PLAN.light, { ...EMPTY, pain: 3, settled: false }), "amber");
  assert.equal(colourOf(PLAN.light, { ...EMPTY, pain: 6, settled: false }), "red");
  const state = withEntry(started("2026-11-23"), 4, { pain: 5, settled: false });
  assert.deepEqual(answer(PLAN, state, 4), { colour: "red", words: "Stop.", twice: false, unsettled: true });
});

test("a score that is not red leaves a question open until it is answered or another day has a score", () => {
  const amber = withEntry(started("2026-11-23"), 4, { pain: 4 });
  assert.equal(morningAfter(PLAN, amber, 5), 4);
  assert.equal(morningAfter(PLAN, amber, 7), 4);
  assert.equal(morningAfter(PLAN, amber, 4), null);
  assert.equal(morningAfter(PLAN, withEntry(amber, 5, { pain: 7 }), 7), null);
  // What was answered can be seen and changed.
  assert.equal(morningAfter(PLAN, withEntry(amber, 4, { settled: true }), 5), 4);
  assert.equal(morningAfter(PLAN, withEntry(amber, 4, { settled: false }), 5), 4);
  assert.equal(morningAfter(PLAN, withEntry(amber, 4, { pain: 2 }), 5), 4);
  assert.equal(morningAfter(PLAN, withEntry(amber, 4, { pain: 8 }), 5), null);
  assert.equal(morningAfter(PLAN, started("2026-11-23"), 1), null);
});

test("a second red in a row is said, over days without a score as well", () => {
  let state = withEntry(started("2026-11-23"), 2, { pain: 8 });
  state = withEntry(state, 5, { pain: 7 });
  assert.equal(answer(PLAN, state, 5)?.twice, true);
  state = withEntry(state, 4, { pain: 1 });
  assert.equal(answer(PLAN, state, 5)?.twice, false);
  assert.equal(answer(PLAN, state, 9), null);
});

test("a second red in a row ends the plan at once, for every day, and only one answer is given", () => {
  let state = withEntry(started("2026-11-23"), 2, { pain: 8 });
  assert.equal(stoppedOn(PLAN.light, state), null);
  state = withEntry(state, 5, { pain: 5, settled: false });
  assert.equal(answer(PLAN, state, 5)?.words, "Ask.");
  assert.equal(stoppedOn(PLAN.light, state), 5);
  assert.equal(stoppedOn(PLAN.light, withEntry(state, 8, { pain: 0 })), 5, "a later green takes nothing back");
  assert.equal(stoppedOn(PLAN.light, withEntry(state, 3, { pain: 4 })), null, "amber lies between the two");
  assert.equal(stoppedOn(PLAN.light, withEntry(state, 5, { pain: 2, settled: null })), null, "a slip is taken back");
});

test("more than three sessions missed in a row begin their week again, however the page is come back to", () => {
  const scored = withEntry(started("2026-11-23"), 1, { pain: 2 });
  assert.equal(missed(PLAN, scored, 4), null, "two");
  assert.equal(missed(PLAN, scored, 5), null, "three");
  assert.deepEqual(missed(PLAN, scored, 6), { days: 4, week: 1, from: 1, isLong: false });
  assert.deepEqual(missed(PLAN, scored, 9), { days: 6, week: 1, from: 1, isLong: false }, "day 7 is rest, nothing is missed on it");
  assert.deepEqual(missed(PLAN, started("2026-11-23"), 6), { days: 5, week: 1, from: 1, isLong: false });
  const second = withEntry(scored, 8, { done: ["clam"] });
  assert.equal(missed(PLAN, second, 9), null);
  assert.deepEqual(missed(PLAN, second, 14), { days: 5, week: 2, from: 8, isLong: false });
  assert.deepEqual(missed(PLAN, second, 40), { days: 6, week: 2, from: 8, isLong: true }, "its days are over, and the rule is the same");
  assert.equal(missed(PLAN, second, 15)?.isLong, false, "six days off");
  assert.equal(missed(PLAN, second, 16)?.isLong, true, "a week off, in the second week: all of it may be begun again");
  const all = [9, 10, 11, 12, 13, 14].reduce((state, day) => withEntry(state, day, { pain: 1 }), second);
  assert.equal(missed(PLAN, all, 40), null, "who was there to the end has missed nothing since");
  assert.equal(missed(PLAN, withEntry(scored, 9, { pain: 1 }), 9), null, "who carries on is not asked again");
});

test("a week begun again keeps what was entered, and the pain rule does not forget it", () => {
  let state = withEntry(withEntry(started("2026-11-23"), 2, { pain: 8, done: ["clam"] }), 9, { pain: 7 });
  state = beginAgain(withEntry(state, 9, { pain: 5 }), 8, "2026-12-10");
  assert.equal(dayNumber(state.start!, "2026-12-10"), 8);
  assert.deepEqual(entryOf(state, 2).done, ["clam"]);
  assert.equal(entryOf(state, 9).pain, null);
  assert.deepEqual(state.earlier, [
    { start: "2026-11-23", from: 8, days: { 9: { done: [], pain: 5, settled: null } }, checks: {} },
  ]);
  assert.deepEqual(parseState(JSON.stringify(state)), state);
  const red = beginAgain(withEntry(started("2026-11-23"), 1, { pain: 8 }), 1, "2026-12-01");
  assert.equal(redBefore(PLAN, red, PLAN.days[0]!), "last", "the day before it was red");
  assert.equal(stoppedOn(PLAN.light, withEntry(red, 1, { pain: 7 })), 1);
  assert.equal(answer(PLAN, withEntry(red, 1, { pain: 7 }), 1)?.twice, true);
  const twice = beginAgain(withEntry(state, 8, { pain: 9 }), 1, "2026-12-20");
  assert.equal(stoppedOn(PLAN.light, withEntry(twice, 1, { pain: 9 })), 1, "the later of two weeks counts");
});

test("who was told to go on begins again with day 1, keeps the record, and is stopped by the next red", () => {
  const red = withEntry(withEntry(started("2026-11-23"), 1, { pain: 8 }), 2, { pain: 9 });
  assert.equal(stoppedOn(PLAN.light, red), 2);
  const again = beginAgain(red, 1, "2026-12-07");
  assert.equal(stoppedOn(PLAN.light, again), null);
  assert.equal(again.start, "2026-12-07");
  assert.equal(again.earlier[0]?.days[2]?.pain, 9);
  assert.equal(redBefore(PLAN, again, PLAN.days[0]!), "last", "the last score was red");
  assert.equal(stoppedOn(PLAN.light, withEntry(again, 1, { pain: 7 })), 1);
  assert.equal(stoppedOn(PLAN.light, withEntry(withEntry(again, 1, { pain: 1 }), 2, { pain: 7 })), null);
  const later = beginAgain(withEntry(again, 8, { pain: 2 }), 8, "2026-12-30");
  assert.equal(stoppedOn(PLAN.light, later), null, "a week that is begun again changes nothing");
});

test("a first day so early that the plan would be over is known", () => {
  assert.equal(daysPast(PLAN, "2026-11-23", "2026-12-06"), 0);
  assert.equal(daysPast(PLAN, "2026-11-23", "2026-12-07"), 1);
  assert.equal(daysPast(PLAN, "2026-12-24", "2026-12-07"), 0);
});

test("after red no later session opens as if nothing had been", () => {
  for (const red of [1, 2, 6]) {
    const state = withEntry(started("2026-11-23"), red, { pain: 6 });
    for (const day of PLAN.days) assert.equal(redBefore(PLAN, state, day), day.number > red ? "last" : null, `${red}, ${day.number}`);
  }
  const red = withEntry(started("2026-11-23"), 2, { pain: 6 });
  const light = withEntry(red, 3, { pain: 0 });
  assert.equal(redBefore(PLAN, light, PLAN.days[3]!), "kind", "a light day does not make up for a strength day");
  assert.equal(redBefore(PLAN, withEntry(light, 4, { pain: 0 }), PLAN.days[5]!), null);
});

test("one more red ends the plan exactly where it is said that the last score was red, over any scores", () => {
  const scores = fc.array(fc.option(fc.record({ pain: fc.nat(10), settled: fc.constantFrom(null, true, false) })), { minLength: 14, maxLength: 14 });
  const isRed = ({ pain, settled }: { pain: number; settled: boolean | null }): boolean => pain > (settled === false ? 3 : 5);
  fc.assert(
    fc.property(scores, (entered) => {
      let state = started("2026-11-23");
      let last: boolean | null = null; // whether the last scored session was red
      let ended: number | null = null;
      for (const [at, entry] of entered.entries()) {
        const day = PLAN.days[at]!;
        assert.equal(redBefore(PLAN, state, day) === "last", last === true, `day ${day.number}`);
        if (ended === null) assert.equal(stoppedOn(PLAN.light, withEntry(state, day.number, { pain: 10 })), last === true ? day.number : null);
        if (entry === null) continue;
        state = withEntry(state, day.number, entry);
        if (last === true && isRed(entry)) ended ??= day.number;
        assert.equal(answer(PLAN, state, day.number)?.twice, last === true && isRed(entry));
        last = isRed(entry);
        assert.equal(stoppedOn(PLAN.light, state), ended);
      }
    }),
  );
});

test("a green between two reds is said to lie between them", () => {
  let state = withEntry(withEntry(started("2026-11-23"), 2, { pain: 7 }), 3, { pain: 2 });
  assert.equal(redBefore(PLAN, state, PLAN.days[3]!), "kind");
  state = withEntry(state, 4, { pain: 8 });
  assert.deepEqual([answer(PLAN, state, 4)?.twice, stoppedOn(PLAN.light, state)], [false, null]);
  assert.equal(redBefore(PLAN, state, PLAN.days[4]!), "last");
  state = withEntry(state, 5, { pain: 0 });
  assert.deepEqual([6, 9].map((day) => redBefore(PLAN, state, PLAN.days[day - 1]!)), ["kind", null]);
});

test("more is offered after two greens, and withdrawn when one of them was not", () => {
  const sixth = PLAN.days[5]!;
  let state = withEntry(started("2026-11-23"), 4, { pain: 1 });
  assert.equal(progressOf(PLAN, state, sixth), sixth.progress);
  state = withEntry(state, 2, { pain: 4 });
  assert.equal(progressOf(PLAN, state, sixth), null);
  assert.equal(progressOf(PLAN, withEntry(state, 2, { pain: 2, settled: false }), sixth), null);
});

test("after an amber strength day the swap is offered, after a green one the plan stands", () => {
  const tenth = PLAN.days[9]!;
  const begun = started("2026-11-23");
  assert.deepEqual(sessionOf(PLAN, begun, tenth, null), { blocks: ["strong-1"], minutes: 10, swappedFor: null });
  const amber = withEntry(begun, 8, { pain: 4 });
  assert.deepEqual(sessionOf(PLAN, amber, tenth, null), { blocks: ["loosen-a"], minutes: 15, swappedFor: "amber" });
  const light = withEntry(amber, 9, { pain: 0 }); // a light day does not make up for it
  assert.equal(sessionOf(PLAN, light, tenth, null).swappedFor, "amber");
  assert.equal(sessionOf(PLAN, withEntry(amber, 8, { pain: 2 }), tenth, null).swappedFor, null);
});

test("a light session in place of a strong one is none that the harder version waits for", () => {
  // Day 6 is strong with a light session in its place after an amber one: the day was green, and nothing strong was done.
  const days = HARDER.days.map((one) => (one.number === 6 ? { ...one, swap: "loosen-a", swapMinutes: 15 } : one));
  const both = { ...HARDER, days };
  const amber = withEntry(withEntry(started("2026-11-23"), 2, { pain: 1 }), 4, { pain: 4 });
  assert.equal(sessionOf(both, amber, both.days[5]!, 6).swappedFor, "amber");
  const light = withEntry(amber, 6, { pain: 0, done: ["clam"] });
  assert.deepEqual(sessionOf(both, light, both.days[9]!, 10).first, { needed: 2, green: 1 });
  const strong = withEntry(withEntry(light, 4, { pain: 1 }), 6, { pain: 0 });
  assert.equal(sessionOf(both, strong, both.days[9]!, 10).swappedFor, null);
});

test("the harder version waits for two sessions of its kind, on the day and not when one looks ahead", () => {
  const tenth = HARDER.days[9]!;
  const begun = started("2026-11-23");
  const of = (state: typeof begun, today: number | null): Session => sessionOf(HARDER, state, tenth, today);
  const on = (state: typeof begun, today: number | null): string | null => of(state, today).swappedFor;
  const undone = { blocks: ["strong-1"], minutes: 15, swappedFor: "undone" };
  assert.deepEqual(of(begun, 10), { ...undone, first: { needed: 2, green: 0 } });
  assert.equal(on(begun, 9), null);
  const one = withEntry(begun, 2, { pain: 1 });
  assert.deepEqual(of(one, 12), { ...undone, first: { needed: 2, green: 1 } });
  assert.equal(on(withEntry(one, 9, { pain: 1 }), 10), "undone"); // a light day is of another kind
  assert.equal(on(withEntry(one, 8, { pain: 1 }), 10), "undone"); // and so is another strength session
  assert.equal(on(withEntry(one, 4, { pain: 5 }), 10), "amber");
  assert.equal(on(withEntry(one, 6, { done: ["clam"] }), 10), null);
  assert.equal(on(withEntry(withEntry(one, 4, { pain: 5 }), 6, { pain: 0 }), 10), null);
});

test("what took the place of the harder session counts for the next", () => {
  const again = { ...HARDER, days: HARDER.days.map((day) => (day.number === 12 ? { ...HARDER.days[9]!, number: 12 } : day)) };
  const state = withEntry(withEntry(started("2026-11-23"), 2, { pain: 1 }), 10, { pain: 1 });
  assert.equal(sessionOf(again, state, again.days[9]!, 12).swappedFor, "undone");
  assert.equal(sessionOf(again, state, again.days[11]!, 12).swappedFor, null);
});

test("with one such day before it one is enough, and a light session is no easier version of a strength one", () => {
  const begun = started("2026-11-23");
  const once = { ...HARDER, days: HARDER.days.map((day) => (day.number === 2 || day.number === 4 ? { ...day, blocks: ["strong-3"] } : day)) };
  assert.deepEqual(sessionOf(once, begun, once.days[9]!, 10).first, { needed: 1, green: 0 });
  assert.equal(sessionOf(once, withEntry(begun, 6, { pain: 1 }), once.days[9]!, 10).swappedFor, null);
  // As in the guide's example: "12: {do: [strong], swap_if_amber: loosen}".
  assert.equal(sessionOf(PLAN, begun, PLAN.days[9]!, 10).swappedFor, null);
});

test("what is entered is there again when the page is opened again", () => {
  const place = shelf();
  const store = new PlanStore("any-plan", place, () => ID);
  assert.deepEqual(place.kept, {}, "nothing is kept of somebody who only reads");
  store.set(withEntry({ ...store.state, start: "2026-11-23" }, 4, { done: ["clam"], pain: 3 }));
  const again = new PlanStore("any-plan", place, () => "f".repeat(32));
  assert.deepEqual(again.state, store.state);
  assert.deepEqual(entryOf(again.state, 4), { done: ["clam"], pain: 3, settled: null });
  assert.deepEqual(new PlanStore("another", place, () => ID).state, fresh(ID));
});

test("forgetting leaves nothing of this plan, and other plans alone", () => {
  const place = shelf({ "kinopress.plan.another": "kept" });
  const store = new PlanStore("any-plan", place, () => ID);
  store.set({ ...store.state, start: "2026-11-23" });
  store.forget();
  assert.deepEqual(place.kept, { "kinopress.plan.another": "kept" });
  assert.equal(store.state.start, null);
});

test("a browser that keeps nothing is said, and the plan goes on", () => {
  for (const place of [null, full]) {
    const store = new PlanStore("any-plan", place, () => ID);
    store.set({ ...store.state, start: "2026-11-23" });
    assert.equal(store.state.start, "2026-11-23");
    assert.equal(store.keeps, false);
  }
});

test("whatever stands on the shelf, the plan opens", () => {
  const odd = fc.oneof(
    fc.string(),
    fc.json(),
    fc.record({ id: fc.constant(ID), start: fc.anything(), days: fc.anything() }).map((v) => JSON.stringify(v) ?? ""),
    fc
      .record({ id: fc.constant(ID), days: fc.dictionary(fc.string(), fc.record({ pain: fc.jsonValue(), done: fc.jsonValue() })) })
      .map((v) => JSON.stringify(v)),
  );
  fc.assert(
    fc.property(odd, (text) => {
      const state = parseState(text);
      if (state === null) return;
      assert.ok(state.start === null || isDay(state.start));
      for (const day of PLAN.days) {
        const { pain, done } = entryOf(state, day.number);
        assert.ok(pain === null || (Number.isInteger(pain) && pain >= 0 && pain <= 10));
        assert.ok(done.every((name) => typeof name === "string"));
        sessionOf(PLAN, state, day, null);
      }
    }),
  );
});

test("what is kept is read back the same", () => {
  const state = withEntry(started("2026-11-23"), 14, { done: ["a", "b"], pain: 10, settled: true });
  assert.deepEqual(parseState(JSON.stringify(state)), state);
});

test("another plan that is running is known, one that is over, stopped or this one is not", () => {
  const kept = (state: object): Record<string, string> => ({ "kinopress.plan.other-plan": JSON.stringify(state) });
  const beside = (state: object, today: string): unknown => besides(PLAN, (key) => kept(state)[key] ?? null, today);
  const other = started("2026-11-23");
  const title = "14 days for something else";
  assert.deepEqual(beside(other, "2026-11-25"), [{ slug: "other-plan", title, day: 3 }]);
  assert.deepEqual(beside(other, "2026-11-20"), [{ slug: "other-plan", title, day: -2 }]);
  assert.deepEqual(beside(other, "2026-12-07"), []);
  assert.deepEqual(beside(fresh(ID), "2026-11-25"), []);
  assert.deepEqual(beside(withEntry(withEntry(other, 1, { pain: 8 }), 2, { pain: 8 }), "2026-11-25"), []);
  const own = { "kinopress.plan.any-plan": JSON.stringify(other) } as Record<string, string>;
  assert.deepEqual(besides(PLAN, (key) => own[key] ?? null, "2026-11-25"), []);
});
