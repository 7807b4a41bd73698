/**
 * How it went, as a text that a client may send: in words for both, and below them the same as a line of code, which the
 * coach's program reads (`project/clients/export.py`). Nothing is sent from here. Pure.
 */

import { COLOUR_WORDS } from "../plan-chart.ts";
import { colourOf, dayNumber, entryOf, sessionOf, type Entry, type PlanData, type State } from "../plan-store.ts";
import { sumOfBytes } from "../sums.ts";
import { counted, phrase } from "../words.ts";

const VERSION = 1;

/** The line of code: the version, what was entered, and a sum that finds damage on the way. */
export function codeOf(id: string, state: State, today: string): string {
  const { start, days, checks, earlier } = state;
  const bytes = new TextEncoder().encode(JSON.stringify({ id, sent: today, start, days, checks, earlier }));
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  const code = btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  return `[kinopress-plan:${VERSION}:${code}:${sumOfBytes(bytes)}]`;
}

function dayWords(data: PlanData, state: State, number: number, entry: Entry, now: number | null): string {
  const day = data.days[number - 1];
  const parts: string[] = [];
  const needs = day?.needs ?? 0;
  if (needs > 0 || entry.done.length > 0) parts.push(phrase("{n} of {all} done", { n: entry.done.length, all: Math.max(needs, entry.done.length) }));
  const colour = colourOf(data.light, entry);
  if (entry.pain !== null) parts.push(phrase("worst pain {n} of 10", { n: entry.pain }) + (colour === null ? "" : ` (${COLOUR_WORDS[colour]})`));
  if (entry.settled !== null) parts.push(entry.settled ? phrase("settled by next morning") : phrase("not settled by next morning"));
  if (day !== undefined && sessionOf(data, state, day, now).swappedFor !== null) parts.push(phrase("with the easier session"));
  const line = phrase("Day {day}: {words}", { day: number, words: parts.join(", ") || phrase("no entry") });
  return entry.note === undefined ? line : `${line}\n  ${entry.note.replaceAll("\n", "\n  ")}`;
}

function measuredLines(data: PlanData, state: State): string[] {
  return Object.entries(state.checks).flatMap(([day, values]) =>
    data.checks.flatMap((check) =>
      (check.sides ? [":left", ":right"] : [""]).flatMap((side) => {
        const value = values[check.key + side];
        if (value === undefined) return [];
        const where = side === "" ? "" : `, ${side === ":left" ? phrase("left") : phrase("right")}`;
        return [phrase("Check on day {day}: {check}{side}: {value} {unit}", { day, check: check.title, side: where, value, unit: check.unit })];
      }),
    ),
  );
}

/** All of it: what the reader sees is what goes. */
export function howItWent(data: PlanData, id: string, state: State, today: string): string {
  const numbers = Object.keys(state.days).map(Number).filter((number) => number >= 1 && number <= data.days.length);
  const now = state.start === null ? null : dayNumber(state.start, today);
  const lines = [
    phrase("How it went, until {day}", { day: today }),
    state.start === null ? phrase("No first day was chosen.") : phrase("First day: {day}", { day: state.start }),
    ...numbers.sort((one, other) => one - other).map((number) => dayWords(data, state, number, entryOf(state, number), now)),
    ...measuredLines(data, state),
  ];
  if (state.earlier.length > 0) lines.push(counted(state.earlier.length, "A week was begun again once.", "Weeks were begun again {n} times."));
  return `${lines.join("\n")}\n\n${phrase("For your coach’s program, please leave this line whole:")}\n${codeOf(id, state, today)}\n`;
}
