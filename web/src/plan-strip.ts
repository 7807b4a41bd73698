/** The days of a plan in a strip: what was done, missed and is to come. On the plan's page one turns to a day by it. */

import { counted, languageHere, make, phrase } from "./dom.ts";
import { addDays, colourOf, entryOf, type Entry, type Limits, type State } from "./plan-store.ts";

export type Mark = "done" | "begun" | "cut" | "missed" | "rest" | "today" | "ahead" | "off";

/** What each is called, and its sign; what is to come has none. */
const WORDS: Readonly<Record<Mark, readonly [string, string]>> = {
  done: [phrase("done"), "✓"],
  begun: [phrase("begun"), "½"],
  cut: [phrase("stopped at red"), "½"],
  missed: [phrase("missed"), "–"],
  rest: [phrase("rest"), "R"],
  today: [phrase("today"), "•"],
  ahead: [phrase("to come"), ""],
  off: [phrase("no session"), ""],
};

/** Whether a session was done whole: `need` says how many exercises that takes, none on a day of rest. */
export function isWhole(need: number, { done }: Entry): boolean {
  return done.length > 0 && done.length >= need;
}

/**
 * What became of each day. `needs` says for each how many exercises make its session whole, `now` which day it is;
 * after the day that ended a plan nothing is missed, since nothing was to be done. A session that was left at a red
 * score was not given up: the rule asks for that.
 */
export function marksOf(
  needs: readonly number[],
  state: State,
  now: number,
  stopped: number | null,
  light: Limits | null,
): Mark[] {
  return needs.map((need, at): Mark => {
    const day = at + 1;
    const entry = entryOf(state, day);
    if (isWhole(need, entry)) return "done";
    const { done, pain } = entry;
    if (need > 0 && pain !== null && colourOf(light, { done, pain, settled: null }) === "red") return "cut";
    if (done.length > 0) return "begun";
    if (stopped !== null && day > stopped) return "off";
    if (need === 0) return "rest";
    if (pain !== null) return "begun"; // scored, and nothing ticked
    return day === now ? "today" : day < now ? "missed" : "ahead";
  });
}

/** All of it in a sentence: "3 of 12 sessions done, 1 begun, 2 missed." */
export function summary(needs: readonly number[], marks: readonly Mark[]): string {
  const count = (mark: Mark): number => marks.filter((found, at) => found === mark && (needs[at] ?? 0) > 0).length;
  const more = (["begun", "cut", "missed"] as const).flatMap((mark) => (count(mark) > 0 ? [`${count(mark)} ${WORDS[mark][0]}`] : []));
  const all = needs.filter((need) => need > 0).length;
  return `${[phrase("{n} of {all} sessions done", { n: count("done"), all }), ...more].join(", ")}.`;
}

/** The strip by which one turns to a day; `shown` is the one that is open. */
export function strip(
  needs: readonly number[],
  state: State,
  [now, shown, stopped]: readonly [number, number, number | null],
  light: Limits | null,
  turn: (day: number) => void,
): HTMLElement {
  const marks = marksOf(needs, state, now, stopped, light);
  const items = marks.map((mark, at) => {
    const day = at + 1;
    const [words, sign] = WORDS[mark];
    const date = state.start === null ? "" : `, ${shortDay(addDays(state.start, at))}`;
    const became = day === now && mark !== "today" ? `${WORDS.today[0]}, ${words}` : words;
    const said = phrase("Day {day}: {state}", { day: `${day}${date}`, state: became });
    const button = make(
      "button",
      {
        type: "button",
        class: `kp-strip__day kp-strip__day--${mark}`,
        "aria-label": said,
        "aria-current": day === now ? "date" : undefined,
        "aria-pressed": day === shown ? "true" : "false",
      },
      make("span", {}, String(day)),
      make("span", { class: "kp-strip__sign" }, sign),
    );
    button.addEventListener("click", () => turn(day));
    return make("li", {}, button);
  });
  const signs = (["done", "begun", "cut", "missed", "rest", "today"] as const).filter((mark) => marks.includes(mark));
  const key = signs.map((mark) => WORDS[mark].toReversed().join(" ")).join(" · ");
  return make(
    "div",
    { class: "kp-strip" },
    make("h3", {}, counted(needs.length, "Your {n} day", "Your {n} days")),
    make("ol", { role: "list" }, ...items),
    make("p", {}, summary(needs, marks), key === "" ? undefined : make("span", { "aria-hidden": "true" }, ` ${key}`)),
  );
}

/** The same, small, in a link: for the eye alone, with the sentence for everybody. */
export function smallStrip(
  needs: readonly number[],
  state: State,
  now: number,
  stopped: number | null,
  light: Limits | null,
): HTMLElement[] {
  const marks = marksOf(needs, state, now, stopped, light);
  const cells = marks.map((mark, at) =>
    make(
      "span",
      { class: `kp-strip__day kp-strip__day--${mark}`, "aria-current": at + 1 === now ? "date" : undefined },
      WORDS[mark][1],
    ),
  );
  return [
    make("span", { class: "kp-strip kp-strip--small", "aria-hidden": "true" }, ...cells),
    make("span", { class: "kp-strip__sum" }, summary(needs, marks)),
  ];
}

/** What became of a day, to be read beside its number, and its name for who hears the page; nothing for what is only planned. */
export function markOf(mark: Mark): readonly [string, string] | null {
  const [name, sign] = WORDS[mark];
  if (mark === "done") return [sign, name];
  // "1 ½" would be read as a day and a half.
  return mark === "begun" ? [name, name] : mark === "cut" ? [phrase("stopped"), name] : null;
}

/** 2026-11-22 → Sunday 22 November. */
export function dayWords(day: string): string {
  return inWords(day, "long");
}

function shortDay(day: string): string {
  return inWords(day, "short");
}

/** The language of the page; English is Britain's, which has the day before its month. */
function locale(): string {
  const language = languageHere();
  return language === "" || language.startsWith("en") ? "en-GB" : language;
}

/** Mon 23 Nov: a column on paper is narrow. */
export function narrowDay(day: string): string {
  return inWords(day, "short", "short").replace(",", "");
}

function inWords(day: string, weekday: "long" | "short", month: "long" | "short" = "long"): string {
  const [year, number, date] = day.split("-").map(Number);
  const format = { weekday, day: "numeric", month } as const;
  return new Date(year ?? 0, (number ?? 1) - 1, date).toLocaleDateString(locale(), format);
}
