/** What was entered, in the columns that the plan has on paper: whoever prints it takes the record along. */

import { make, phrase } from "./dom.ts";
import { COLOUR_WORDS } from "./plan-chart.ts";
import { namesOf } from "./plan-checks.ts";
import { addDays, colourOf, entryOf, type Check, type PlanData, type State } from "./plan-store.ts";
import { dayWords, narrowDay } from "./plan-strip.ts";

/** The words for one day's columns: its date, the worst pain with its colour, and the next morning; empty where nothing is known. */
export function dayCells(data: PlanData, state: State, day: number): readonly [string, string, string] {
  const entry = entryOf(state, day);
  const colour = colourOf(data.light, { ...entry, settled: null });
  const date = state.start === null || day < 1 ? "" : narrowDay(addDays(state.start, day - 1));
  const pain = entry.pain === null ? "" : [String(entry.pain), ...(colour === null ? [] : [COLOUR_WORDS[colour]])].join(" ");
  const morning = entry.settled === null ? "" : entry.settled ? phrase("settled") : phrase("not settled");
  return [date, pain, morning];
}

/** What was measured on one of the days of a check: "12", or for each side "left 12, right 14". */
export function checkCell(check: Check, state: State, day: number): string {
  const values = state.checks[day] ?? {};
  if (!check.sides) return values[check.key] === undefined ? "" : String(values[check.key]);
  const sides = [phrase("left {value}"), phrase("right {value}")];
  return namesOf(check)
    .flatMap((name, at) => (values[name] === undefined ? [] : [(sides[at] ?? "").replace("{value}", String(values[name]))]))
    .join(", ");
}

/** What weeks that were begun again left behind, a line for each. */
export function earlierLines(state: State): string[] {
  return state.earlier.map(({ start, days, checks }) => {
    const entered = Object.entries(days).map(([day, { done, pain, note }]) => {
      const values = { day, done: done.length };
      const words = pain === null ? phrase("day {day}: {done} done", values) : phrase("day {day}: {done} done, pain {pain}", { ...values, pain });
      return note ? `${words}, “${note}”` : words;
    });
    const measured = Object.entries(checks).map(([day, values]) => phrase("checks of day {day}: {values}", { day, values: Object.values(values).join(", ") }));
    const entries = [...entered, ...measured].join("; ") || phrase("nothing entered");
    return phrase("First day {day}: {entries}.", { day: dayWords(start), entries });
  });
}

/** The notes of the days, a line for each. */
export function noteLines(state: State): string[] {
  return Object.entries(state.days).flatMap(([day, { note }]) => (note ? [phrase("Day {day}: {note}", { day, note })] : []));
}

/** Write all of it into the tables of the page. */
export function fillPaper(data: PlanData, state: State, page: ParentNode): void {
  for (const { number } of data.days) {
    const cells = page.querySelectorAll(`#day-${number} > .kp-paper`);
    for (const [at, words] of dayCells(data, state, number).entries()) cells[at]?.replaceChildren(words);
  }
  for (const check of data.checks) {
    const cells = page.querySelectorAll(`.kp-tests tr[data-check="${check.key}"] > .kp-paper`);
    for (const [at, day] of CHECK_DAYS.entries()) {
      if (check.when.includes(day)) cells[at]?.replaceChildren(checkCell(check, state, day));
    }
  }
  page.querySelector(".kp-days__earlier")?.remove();
  const parts = [
    [phrase("Your notes:"), ...noteLines(state)],
    [phrase("Before you began a week again:"), ...earlierLines(state)],
  ].filter((lines) => lines.length > 1);
  if (parts.length === 0) return;
  page.querySelector(".kp-plan-days")?.append(
    make("div", { class: "kp-days__earlier" }, ...parts.flat().map((line) => make("p", {}, line))),
  );
}

const CHECK_DAYS = [0, 7, 14] as const;
