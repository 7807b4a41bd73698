/** On home and /plans/: the plans that were begun on this device, each with its day. */

import { make } from "./dom.ts";
import { dayNumber, localDay, parseState, PREFIX } from "./plan-store.ts";

export interface PlansData {
  readonly days: number;
  readonly plans: readonly { readonly slug: string; readonly title: string; readonly address: string }[];
}

export interface Going {
  readonly title: string;
  readonly address: string;
  readonly words: string;
}

/** The plans that are running on a day, in the words that lead back to them; those that are over are left out. */
export function running(data: PlansData, kept: (key: string) => string | null, today: string): Going[] {
  return data.plans.flatMap(({ slug, title, address }) => {
    const start = parseState(kept(PREFIX + slug))?.start ?? null;
    if (start === null) return [];
    const day = dayNumber(start, today);
    if (day > data.days) return [];
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
