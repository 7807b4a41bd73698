/** What results look like: a line in the list under the field, a card on /find/. */

import { make } from "../dom.ts";
import type { Index, Page } from "./index.ts";
import { ROOT } from "./load.ts";

export { safetyCard } from "./safety.ts";

const KIND_NAMES: Readonly<Record<string, string>> = {
  muscles: "Body part",
  symptoms: "Symptom",
  techniques: "Technique",
  exercises: "Exercise",
  plans: "Plan",
  videos: "Film",
  articles: "Article",
  pages: "Page",
};

export function kindName(kind: string): string {
  return KIND_NAMES[kind] ?? kind;
}

/** The address of a page. */
export function hrefOf(page: Page): string {
  const path = page.kind === "pages" ? `${page.slug}/` : `${page.kind}/${page.slug}/`;
  return new URL(path === "index/" ? "" : path, ROOT).href;
}

/** The kind of a page and what tells it apart: "Exercise · easy · 0:29". */
function meta(page: Page): string {
  const seconds = page.film?.durationS;
  const length =
    seconds === undefined
      ? undefined
      : `film ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return [kindName(page.kind), page.level, length].filter((part) => part !== undefined).join(" · ");
}

function techniques(index: Index, page: Page): HTMLElement | undefined {
  if (page.kind !== "exercises" && page.kind !== "videos") return undefined;
  const tags = page.tags
    .flatMap((at) => index.pages[at] ?? [])
    .filter((tag) => tag.kind === "techniques")
    .slice(0, 3);
  return tags.length === 0
    ? undefined
    : make(
        "span",
        { class: "kp-result__chips" },
        ...tags.map((tag) => make("span", { class: "kp-chip kp-chip--technique" }, tag.title)),
      );
}

function poster(page: Page): HTMLElement | undefined {
  if (page.film === undefined) return undefined;
  const src = new URL(page.film.poster, ROOT).href;
  return make("img", { class: "kp-result__poster", src, alt: "", loading: "lazy" });
}

function inside(index: Index, page: Page, title: Node): Node[] {
  const lines = [
    title,
    make("span", { class: "kp-result__meta" }, meta(page)),
    techniques(index, page),
  ];
  const text = make("span", { class: "kp-result__text" }, ...lines);
  return [poster(page), text].filter((node) => node !== undefined);
}

/** A result as an option of the list under the field. */
export function option(index: Index, page: Page, id: string): HTMLElement {
  return make(
    "li",
    {
      id,
      role: "option",
      class: "kp-result",
      "aria-selected": "false",
      "data-result": `${page.kind}/${page.slug}`,
      "data-href": hrefOf(page),
    },
    ...inside(index, page, make("span", { class: "kp-result__title" }, page.title)),
  );
}

/** A result as a card on /find/. */
export function card(index: Index, page: Page): HTMLElement {
  const title = make("a", { class: "kp-result__title", href: hrefOf(page) }, page.title);
  return make(
    "li",
    { class: "kp-result", "data-result": `${page.kind}/${page.slug}` },
    ...inside(index, page, title),
  );
}
