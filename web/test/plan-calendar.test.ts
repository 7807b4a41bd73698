import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import fc from "fast-check";

import { calendar, fold, text, titleOf } from "../src/plan-calendar.ts";
import { PLAN, started } from "./plans.ts";

const NOW = new Date("2026-11-22T18:30:15.123Z");

function golden(name: string): string {
  return readFileSync(new URL(`../../tests/golden/plan/${name}.ics`, import.meta.url), "utf8");
}

test("two weeks of whole days are written as in the example", () => {
  assert.equal(calendar(PLAN, started("2026-12-24"), { time: null, alarm: null, now: NOW }), golden("whole-days"));
});

test("two weeks at half past seven are written as in the example", () => {
  const state = { ...started("2026-12-24"), calendars: 2 };
  assert.equal(calendar(PLAN, state, { time: "07:30", alarm: null, now: NOW }), golden("at-half-past-seven"));
});

test("a reminder half an hour before, and a link to each day, are written as in the example", () => {
  const plan = { ...PLAN, home: "https://coach.example/plans/" };
  const file = calendar(plan, started("2026-12-24"), { time: "07:30", alarm: 30, now: NOW });
  assert.equal(file, golden("with-a-reminder"));
});

test("a reminder needs a time of day, and may come at that time", () => {
  const made = (time: string | null, alarm: number | null): string =>
    calendar(PLAN, started("2026-12-24"), { time, alarm, now: NOW }) ?? "";
  assert.doesNotMatch(made(null, 30), /VALARM/);
  assert.doesNotMatch(made("07:30", null), /VALARM/);
  assert.equal(made("07:30", 0).match(/TRIGGER:PT0S\r\n/g)?.length, 14);
});

test("there is no calendar before there is a start", () => {
  assert.equal(calendar(PLAN, { ...started("2026-12-24"), start: null }, { time: null, alarm: null, now: NOW }), null);
});

test("titles name the session and its length, and nothing that is wrong with anybody", () => {
  assert.equal(titleOf(PLAN.days[3]!), "Session 4, 10 min");
  assert.equal(titleOf(PLAN.days[0]!), "Session 1, 15 min, with checks");
  assert.equal(titleOf(PLAN.days[6]!), "Checks, day 7");
  assert.equal(titleOf({ ...PLAN.days[6]!, checks: false }), null);
  const file = calendar({ ...PLAN, slug: "deep-buttock-pain" }, started("2026-12-24"), { time: null, alarm: null, now: NOW }) ?? "";
  assert.doesNotMatch(file, /buttock|pain|strong|loosen/i);
});

test("a time that is none gives whole days", () => {
  for (const time of ["", "7", "late"]) {
    assert.match(calendar(PLAN, started("2026-12-24"), { time, alarm: null, now: NOW }) ?? "", /DTSTART;VALUE=DATE:20261224\r\n/);
  }
});

test("no line is longer than 75 octets, and unfolded it is what it was", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 400 }).filter((s) => !/[\r\n]/.test(s)), (line) => {
      const folded = fold(line);
      for (const piece of folded.split("\r\n")) assert.ok(new TextEncoder().encode(piece).length <= 75);
      assert.equal(folded.replaceAll("\r\n ", ""), line);
    }),
  );
});

test("signs with a meaning are escaped, and read back as they were", () => {
  assert.equal(text("a, b; c\\d\r\ne\nf"), "a\\, b\\; c\\\\d\\ne\\nf");
  fc.assert(
    fc.property(fc.string(), (words) => {
      const back = text(words).replace(/\\([\\;,n])/g, (_, sign: string) => (sign === "n" ? "\n" : sign));
      assert.equal(back, words.replace(/\r\n|\r/g, "\n"));
    }),
  );
});
