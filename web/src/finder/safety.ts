/** What is above all results: whom to call, when the words tell of a warning sign. */

import { make, phrase } from "../dom.ts";
import type { Facts, Flag, Found } from "./asking.ts";
import type { Index, Page } from "./index.ts";
import { ROOT } from "./load.ts";
import { pieces } from "./phones.ts";

/** A sentence with its telephone numbers as links that ring. */
function ringing(facts: Facts, sentence: string): (Node | string)[] {
  const numbers = facts.urgency.flatMap((level) => level.numbers);
  return pieces(sentence, numbers).map(({ text, href }) => (href === undefined ? text : make("a", { href }, text)));
}

/** A warning sign's name, as a link to the page that says whom to call where there is one. */
function named(index: Index, flag: Flag): Node | string {
  if (index.help === "") return flag.title;
  const href = new URL(`${index.help}#flag-${flag.key}`, ROOT).href;
  return make("a", { href }, flag.title);
}

/**
 * Whom to call, above everything. The most urgent sign decides, and its level alone says how soon;
 * the other signs are named with it. Where the words only come near a sign, the signs of the nearest
 * symptom are asked about instead: in sight with `isOpen`, or one line that opens where there is less room.
 */
export function safetyCard(
  index: Index,
  signs: Found,
  pages: readonly Page[],
  isOpen = false,
): HTMLElement | undefined {
  const { flags: [first], facts } = signs;
  if (first === undefined || facts === undefined) {
    return signs.isNear ? question(index, signs, pages, isOpen) : undefined;
  }
  return make(
    "section",
    {
      class: `kp-safety kp-safety--${first.level}`,
      "data-safety-card": first.level,
      tabindex: -1,
      "aria-label": phrase("Warning sign"),
    },
    make("p", { class: "kp-safety__title" }, titleOf(first, facts, signs.isAsked ?? false)),
    make("p", { class: "kp-safety__call" }, ...ringing(facts, actionOf(facts, first))),
    first.action === "" ? undefined : make("p", {}, ...ringing(facts, first.action)),
    list(index, signs.flags),
  );
}

/** A card that says to get help now or today. */
export const URGENT = "[data-safety-card]:not([data-safety-card=gp])";

/** On a small or much enlarged screen the field moves up, so that a warning is in sight while words are typed. */
export function keepInSight(safety: HTMLElement, field: HTMLElement): void {
  const card = safety.querySelector(URGENT);
  if (card === null || document.activeElement !== field) return;
  if (card.getBoundingClientRect().bottom > (visualViewport?.height ?? innerHeight)) {
    field.scrollIntoView({ block: "start" });
  }
}

/** Whoever asks "signs of a stroke?" may be having one, or learning: both are told when it counts. */
function titleOf(flag: Flag, facts: Facts, isAsked: boolean): string {
  if (isAsked) return facts.says.ifNow;
  return flag.alone ? flag.title : facts.says.mayBeSign;
}

/** phrase("Are any of these true?") with the signs of the nearest symptom, or the way to all of them. */
function question(index: Index, signs: Found, pages: readonly Page[], isOpen: boolean): HTMLElement | undefined {
  const { facts } = signs;
  const nearest = pages.map((page) => facts?.warns[page.at] ?? []).find((warns) => warns.length > 0);
  const flags = nearest?.flatMap((at) => facts?.flags[at] ?? []) ?? [];
  const href = index.help === "" ? undefined : new URL(index.help, ROOT).href;
  const all = href === undefined ? undefined : make("a", { href }, phrase("Who to call, and all warning signs"));
  const attributes = { class: "kp-safety kp-safety--ask", "data-safety-ask": true };
  if (facts === undefined || flags.length === 0) {
    if (all === undefined) return undefined;
    const words = facts?.says.nearSign ?? phrase("The check for warning signs could not be loaded.");
    return make("section", { ...attributes, "aria-label": phrase("Warning signs") }, make("p", {}, `${words} `, all));
  }
  const groups = facts.urgency.flatMap(({ level, action, hospitalAction }) =>
    [false, true].flatMap((hospital) => {
      const of = flags.filter((flag) => flag.level === level && flag.hospital === hospital);
      const call = ringing(facts, hospital ? hospitalAction : action);
      return of.length === 0 ? [] : [make("p", {}, ...call), list(index, of)];
    }),
  );
  return make(
    "details",
    { ...attributes, open: isOpen },
    make("summary", {}, phrase("Are any of these true?")),
    ...groups,
    all && make("p", {}, all),
  );
}

function list(index: Index, flags: readonly Flag[]): HTMLElement {
  return make("ul", { role: "list" }, ...flags.map((flag) => make("li", {}, named(index, flag))));
}

function actionOf(facts: Facts, flag: Flag): string {
  const level = facts.urgency.find((of) => of.level === flag.level);
  return (flag.hospital ? level?.hospitalAction : level?.action) ?? "";
}
