/** On home and /plans/: the plans that were begun on this device, each with its day. */

import { counted, make, phrase } from "./dom.ts";
import { dayNumber, entryOf, localDay, parseState, PREFIX, stoppedOn, type Limits, type State } from "./plan-store.ts";
import { ownShelf } from "./plan-shelf.ts";
import { isWhole, smallStrip } from "./plan-strip.ts";

export interface PlansData {
  readonly days: number;
  readonly plans: readonly {
    readonly slug: string;
    readonly title: string;
    readonly address: string;
    readonly light: Limits | null;
    /** How many exercises make each day's session whole. */
    readonly needs: readonly number[];
  }[];
}

/** So long after its last day a plan is still spoken of: what comes after it is part of it. */
const AFTER_DAYS = 14;

export interface Going {
  readonly title: string;
  readonly address: string;
  readonly words: string;
  readonly needs: readonly number[];
  readonly state: State;
  readonly day: number;
  /** The day that ended the plan before its time. */
  readonly stopped: number | null;
  readonly light: Limits | null;
}

/** A calendar's link to a day leads to the list of plans, since its address says nothing of what hurts; from there on to the day. */
export function onwards(address: string, hash: string): string {
  return /^#plan-day-\d{1,2}$/.test(hash) ? address.replace(/#today$/, hash) : address;
}

/** The plans that are running on a day, in the words that lead back to them; one that has stopped offers no session. */
export function running(data: PlansData, kept: (key: string) => string | null, today: string): Going[] {
  return data.plans.flatMap(({ slug, title, address, light, needs }) => {
    const state = parseState(kept(PREFIX + slug));
    if (state === null || state.start === null) return [];
    const day = dayNumber(state.start, today);
    if (day > data.days + AFTER_DAYS) return [];
    const stopped = stoppedOn(light, state);
    const isOver = day > data.days;
    const found = { title, address: isOver ? address.replace(/#today$/, "#after") : address, needs, state, day, stopped, light };
    if (isOver && stopped === null) {
      return [{ ...found, words: phrase("Your {days} days are over: what comes after", { days: data.days }) }];
    }
    if (isOver) return [];
    if (stopped !== null) return [{ ...found, words: phrase("Your plan has stopped: what to do now") }];
    const words =
      day < 1
        ? counted(1 - day, "Your plan begins in {n} day", "Your plan begins in {n} days")
        : isWhole(needs[day - 1] ?? 0, entryOf(state, day))
          ? phrase("Day {day} is done.", { day })
          : phrase("Continue: day {day} of {days}", { day, days: data.days });
    return [{ ...found, words }];
  });
}

export function show(element: HTMLElement): void {
  const data = JSON.parse(element.dataset["plans"] ?? "") as PlansData;
  const found = running(data, (key) => ownShelf()?.getItem(key) ?? null, localDay(new Date()));
  if (found.length === 0) return;
  element.replaceChildren(
    ...found.map(({ title, address, words, needs, state, day, stopped, light }) =>
      make(
        "a",
        { class: "kp-continue", href: onwards(address, location.hash) },
        make("strong", {}, words),
        make("span", {}, title),
        ...smallStrip(needs, state, day, stopped, light),
      ),
    ),
  );
  element.hidden = false;
  // Below the first words of the page: who comes every day need not look for it.
  (document.querySelector("main h1 + .kp-lead") ?? document.querySelector("main h1"))?.after(element);
}
