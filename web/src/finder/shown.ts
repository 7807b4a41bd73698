/** What results look like: a line in the list under the field, a card on /find/. */

import { make } from "../dom.ts";
import { phrase } from "./said.ts";
import type { Found } from "./asking.ts";
import type { Placed } from "./groups.ts";
import type { Index, Page } from "./index.ts";
import { limitOf } from "./limits.ts";
import { ROOT } from "./load.ts";
import type { Answer } from "./rank.ts";
import { toldLang, whomToCall } from "./whom.ts";
import { why } from "./why.ts";

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

const said = new WeakMap<HTMLElement, string>();

/** Shows a warning. One that stays is not read out again at each letter, and a question that was folded stays so. */
export function warn(safety: HTMLElement, warning: HTMLElement | undefined): void {
  const says = warning?.outerHTML ?? "";
  if (safety.childElementCount > 0 && said.get(safety) === says) return;
  said.set(safety, says);
  safety.replaceChildren(...(warning ? [warning] : []));
}

export const ASKS = { class: "kp-safety kp-safety--ask", "data-safety-ask": true };
/** The words of the link to all warning signs. */
export function toAll(): string {
  return phrase("Who to call, and all warning signs");
}

/** The way to all warning signs, after words that say why; nothing where the site has no page of them. */
export function wayToAll(index: Pick<Index, "help">, words: string): HTMLElement | undefined {
  if (index.help === "") return undefined;
  const all = make("a", { href: new URL(index.help, ROOT).href }, toAll());
  return make("section", { ...ASKS, "aria-label": phrase("Warning signs") }, make("p", {}, make("span", { lang: toldLang() }, words), " ", all));
}

/** What is above all results, as safety.ts says; that came with the rules, or is told to be missing. */
export async function warningOf(
  index: Index,
  signs: Found,
  pages: readonly Page[],
  isOpen = false,
): Promise<HTMLElement | undefined> {
  const { facts, isUnread } = signs;
  if (facts !== undefined) return (await import("./signs.ts")).safetyCard(index, signs, facts, pages, isOpen);
  return isUnread ? unread() : undefined;
}

/** What is shown where the rules could not be had: whom to call, for nothing was checked. */
export function unread(): HTMLElement {
  return make(
    "section",
    { ...ASKS, "aria-label": phrase("Warning signs") },
    make("p", {}, phrase("The check for warning signs could not be loaded.")),
    ...whomToCall(),
  );
}

/** Whether pages are folded below what is above them: in an emergency, and where nothing was checked. */
export function foldsPages({ flags, isUnread }: Found): boolean {
  return isUnread === true || flags.some(({ level }) => level === "emergency");
}

/** What is said while the rules are on their way, and after how long: a quick line shows nothing of it. */
export const CHECKING_MS = 400;
export function checking(): string {
  return phrase("Checking for warning signs …");
}

/** The address of a page. */
export function hrefOf(page: Page): string {
  const path = page.kind === "pages" ? `${page.slug}/` : `${page.kind}/${page.slug}/`;
  return new URL(path === "index/" ? "" : path, ROOT).href;
}

/** The same, at the words of the symptom that was asked about where it limits an exercise. */
function placeIn(index: Index, page: Page, answer: Answer): string {
  const symptom = limitOf(index, page, answer)?.symptom;
  return symptom === undefined ? hrefOf(page) : `${hrefOf(page)}#for-${symptom.slug}`;
}

function poster(page: Page): HTMLElement | undefined {
  const path = page.film?.poster ?? page.still;
  if (path === undefined) return undefined;
  const drawn = page.film === undefined ? " kp-result__poster--drawn" : "";
  const src = new URL(path, ROOT).href;
  return make("img", { class: `kp-result__poster${drawn}`, src, alt: "", loading: "lazy" });
}

function inside(index: Index, page: Page, answer: Answer, title: Node): Node[] {
  const line = make("span", { class: "kp-result__meta" }, why(index, page, answer));
  const text = make("span", { class: "kp-result__text" }, title, line);
  return [poster(page), text].filter((node) => node !== undefined);
}

function marks({ page, rank }: Placed): Record<string, string | number> {
  return { class: "kp-result", "data-result": `${page.kind}/${page.slug}`, "data-rank": rank };
}

/** A result as an option of the list under the field. */
export function option(index: Index, placed: Placed, answer: Answer, id: string): HTMLElement {
  const title = make("span", { class: "kp-result__title" }, placed.page.title);
  return make(
    "div",
    {
      ...marks(placed),
      id,
      role: "option",
      "aria-selected": "false",
      "data-href": placeIn(index, placed.page, answer),
    },
    ...inside(index, placed.page, answer, title),
  );
}

/** A result as a card on /find/. */
export function card(index: Index, placed: Placed, answer: Answer): HTMLElement {
  const { page } = placed;
  const title = make("a", { class: "kp-result__title", href: placeIn(index, page, answer) }, page.title);
  return make("li", marks(placed), ...inside(index, page, answer, title));
}
