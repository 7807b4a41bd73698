/** What results look like: a safety card, a line in the list under the field, a card on /find/. */

import { make } from "../dom.ts";
import type { Placed } from "./groups.ts";
import type { Flag, Index, Level, Page } from "./index.ts";
import { ROOT } from "./load.ts";
import type { Answer } from "./rank.ts";
import { why } from "./why.ts";

/** The address of a page. */
export function hrefOf(page: Page): string {
  const path = page.kind === "pages" ? `${page.slug}/` : `${page.kind}/${page.slug}/`;
  return new URL(path === "index/" ? "" : path, ROOT).href;
}

function poster(page: Page): HTMLElement | undefined {
  if (page.film === undefined) return undefined;
  const src = new URL(page.film.poster, ROOT).href;
  return make("img", { class: "kp-result__poster", src, alt: "", loading: "lazy" });
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
      "data-href": hrefOf(placed.page),
    },
    ...inside(index, placed.page, answer, title),
  );
}

/** A result as a card on /find/. */
export function card(index: Index, placed: Placed, answer: Answer): HTMLElement {
  const { page } = placed;
  const title = make("a", { class: "kp-result__title", href: hrefOf(page) }, page.title);
  return make("li", marks(placed), ...inside(index, page, answer, title));
}

const CALL: Readonly<Record<Level, readonly [label: string, number: string | undefined, rest: string]>> = {
  "999": ["Call 999", "999", " or go to A&E now."],
  urgent: ["Call 111", "111", " (NHS 111 Wales) or your GP today."],
  gp: ["", undefined, "See your GP or a physiotherapist soon."],
};

/** Whom to call, above everything. The most urgent sign decides; the rest are named with it. */
export function safetyCard(index: Index, flags: readonly Flag[]): HTMLElement | undefined {
  const first = flags[0];
  if (first === undefined) return undefined;
  const [label, number, rest] = CALL[first.level];
  const call = make(
    "p",
    { class: "kp-safety__call" },
    number === undefined ? undefined : make("a", { href: `tel:${number}` }, label),
    rest,
  );
  const signs = flags.map((flag) =>
    make(
      "li",
      {},
      index.help === ""
        ? flag.title
        : make("a", { href: new URL(`${index.help}#flag-${flag.key}`, ROOT).href }, flag.title),
    ),
  );
  return make(
    "section",
    {
      class: `kp-safety kp-safety--${first.level}`,
      "data-safety-card": first.level,
      "aria-label": "Warning sign",
    },
    make("p", { class: "kp-safety__title" }, "This can be a warning sign"),
    call,
    make("ul", { role: "list" }, ...signs),
  );
}
