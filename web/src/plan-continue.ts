/** On home and /plans/: the plans that were begun on this device, each with its day. */

import { make } from "./dom.ts";
import { dayNumber, localDay, parseState, PREFIX, stoppedOn, type Limits } from "./plan-store.ts";

export interface PlansData {
  readonly days: number;
  readonly plans: readonly {
    readonly slug: string;
    readonly title: string;
    readonly address: string;
    readonly light: Limits | null;
  }[];
}

export interface Going {
  readonly title: string;
  readonly address: string;
  readonly words: string;
}

/** The plans that are running on a day, in the words that lead back to them; one that has stopped offers no session. */
export function running(data: PlansData, kept: (key: string) => string | null, today: string): Going[] {
  return data.plans.flatMap(({ slug, title, address, light }) => {
    const state = parseState(kept(PREFIX + slug));
    if (state === null || state.start === null) return [];
    const day = dayNumber(state.start, today);
    if (day > data.days) return [];
    if (stoppedOn(light, state) !== null) return [{ title, address, words: "Your plan has stopped: what to do now" }];
    const words = day < 1 ? `Your plan begins in ${1 - day} day${day === 0 ? "" : "s"}` : `Continue: day ${day} of ${data.days}`;
    return [{ title, address, words }];
  });
}

export function show(element: HTMLElement): void {
  const data = JSON.parse(element.dataset["plans"] ?? "") as PlansData;
  const found = running(data, (key) => localStorage.getItem(key), localDay(new Date()));
  if (found.length === 0) return;
  element.replaceChildren(
    ...found.map(({ title, address, words }) =>
      make("a", { class: "kp-continue", href: address }, make("strong", {}, words), make("span", {}, title)),
    ),
  );
  element.hidden = false;
  // Below the first words of the page: who comes every day need not look for it.
  (document.querySelector("main h1 + .kp-lead") ?? document.querySelector("main h1"))?.after(element);
}
