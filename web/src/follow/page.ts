/** What a page with a Start button does: starts, and after a reload comes back to where one was. */

import { follow } from "./main.ts";
import { keptSpot } from "./kept.ts";
import { phasesOf, type FollowData } from "./phases.ts";
import { around, make, phrase } from "../dom.ts";

interface Alone {
  readonly name: string;
  readonly parts: readonly FollowData[];
  readonly after: () => readonly HTMLElement[];
}

function sessionOf(element: HTMLElement): Alone {
  const data = JSON.parse(element.dataset["follow"] ?? "") as FollowData;
  // Two symptoms may ask for the same dose with other words beside it: each is a session of its own.
  const of = element.closest(".kp-for")?.id ?? "";
  return { name: `${location.pathname} ${of} ${data.dose}`, parts: [data], after: () => whatNext(data) };
}

/** What comes next, by how it felt; nothing of it is kept, for no plan goes by it. */
function whatNext({ next = [] }: FollowData): HTMLElement[] {
  if (next.length === 0) return [];
  const lines = next.map(([sentence, words, href]) =>
    make("p", { class: "kp-follow__after" }, ...around(sentence, "link", make("a", { href }, words))),
  );
  return [make("p", { class: "kp-follow__head" }, phrase("What next?")), ...lines];
}

/** A tap on Start; its sound was woken in the tap. */
export function start(element: HTMLElement, tapped: AudioContext | null): void {
  follow({ ...sessionOf(element), opener: element.querySelector("button") }, tapped);
}

/** Whether these exercises were on the screen when the page went away. */
export function wasOpen(name: string, parts: readonly FollowData[]): boolean {
  return keptSpot(name, phasesOf(parts).length, Date.now())?.open === true;
}

/**
 * Whether the address asks for this dose: who comes with another complaint is not led on with the dose of the last one.
 */
function isAskedFor(element: HTMLElement): boolean {
  const asked = document.getElementById(location.hash.slice(1))?.closest(".kp-for") ?? null;
  return element.closest(".kp-for") === asked;
}

/** After a reload: the exercise that was on the screen, paused. */
export function comeBack(elements: Iterable<HTMLElement>): void {
  for (const element of elements) {
    const session = sessionOf(element);
    if (!isAskedFor(element) || !wasOpen(session.name, session.parts)) continue;
    follow({ ...session, opener: element.querySelector("button") }, null);
    return;
  }
}
