/** What was entered, in the columns that the plan has on paper: whoever prints it takes the record along. */

import { make, phrase } from "./dom.ts";
import { namesOf } from "./plan-checks.ts";
import { addDays, colourOf, entryOf, type Check, type PlanData, type State } from "./plan-store.ts";
import { dayWords } from "./plan-strip.ts";

/** The words for one day's columns: its date, the worst pain with its colour, and the next morning; empty where nothing is known. */
export function dayCells(data: PlanData, state: State, day: number): readonly [string, string, string] {
  const entry = entryOf(state, day);
  const colour = colourOf(data.light, { ...entry, settled: null });
  const date = state.start === null || day < 1 ? "" : shortDate(addDays(state.start, day - 1));
  const pain = entry.pain === null ? "" : [String(entry.pain), ...(colour === null ? [] : [COLOURS[colour]])].join(" ");
  const morning = entry.settled === null ? "" : entry.settled ? phrase("settled") : phrase("not settled");
  return [date, pain, morning];
}

const COLOURS = { green: phrase("green"), amber: phrase("amber"), red: phrase("red") } as const;

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
    const entered = Object.entries(days).map(([day, { done, pain }]) => {
      const score = pain === null ? "" : `, pain ${pain}`;
      return `day ${day}: ${done.length} done${score}`;
    });
    const measured = Object.entries(checks).map(([day, values]) => `checks of day ${day}: ${Object.values(values).join(", ")}`);
    return `First day ${dayWords(start)}: ${[...entered, ...measured].join("; ") || "nothing entered"}.`;
  });
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
  const lines = earlierLines(state);
  if (lines.length === 0) return;
  page.querySelector(".kp-plan-days")?.append(
    make("div", { class: "kp-days__earlier" }, make("p", {}, phrase("Before a week was begun again:")), ...lines.map((line) => make("p", {}, line))),
  );
}

const CHECK_DAYS = [0, 7, 14] as const;

/** Mon 23 Nov: a column on paper is narrow. */
function shortDate(day: string): string {
  const [year, month, date] = day.split("-").map(Number);
  const format = { weekday: "short", day: "numeric", month: "short" } as const;
  return new Date(year ?? 0, (month ?? 1) - 1, date).toLocaleDateString("en-GB", format).replace(",", "");
}
