/** Why a page is among the results, in one line: "Exercise for piriformis · 3 × 10 · easy · matches “bum”". Pure. */

import type { Index, Page } from "./index.ts";
import { limitOf } from "./limits.ts";
import type { Answer } from "./rank.ts";
import { words } from "./normal.ts";
import { phrase } from "../words.ts";

const MATCHES_MOST = 3;
const PARTS_MOST = 2;
const LEVELS: Readonly<Record<string, string>> = { easy: phrase("easy"), medium: phrase("medium"), hard: phrase("hard") };

/** What a page is, what it is for, how much of it, and which of the reader's words led to it. */
export function why(index: Index, page: Page, answer: Answer): string {
  const what = [about(index, page, answer)];
  if (page.group === "be") {
    const parts = page.regions.slice(0, PARTS_MOST);
    what.push(...parts.flatMap((at) => index.regions[at]?.label.toLowerCase() ?? []));
  }
  const length = page.film?.durationS;
  const shown = length === undefined ? undefined : phrase("film {length}", { length: clock(length) });
  const matched = matches(index, page, answer);
  const matching = matched.map((word) => `“${word}”`).join(", ");
  const level = page.level && (LEVELS[page.level] ?? page.level);
  const limit = limitOf(index, page, answer);
  const dose = limit === undefined ? page.dose : limit.dose;
  return [...what, dose, level, shown, matching && phrase("matches {words}", { words: matching })]
    .filter((part) => part !== undefined && part !== "")
    .join(" · ");
}

function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** "Exercise for piriformis": of what a page belongs to, that which the query is most about. */
function about(index: Index, page: Page, { hits }: Answer): string {
  const { label, joint } = index.kinds.get(page.kind) ?? { label: page.kind, joint: "" };
  if (joint === "") return label;
  const belongs = new Set(page.tags.filter((tag) => index.pages[tag]?.group === "be"));
  const best = hits.find((hit) => belongs.has(hit.page.at))?.page ?? index.pages[[...belongs][0] ?? -1];
  return best === undefined ? label : `${label} ${joint} ${inSentence(best.title)}`;
}

/** A title inside a sentence: its first letter small, unless it begins a name or an abbreviation. */
function inSentence(title: string): string {
  const [first = "", second = ""] = title;
  return second === second.toLowerCase() ? first.toLowerCase() + title.slice(1) : title;
}

/** The words of the query that the page is found by and that its title does not show. */
function matches(index: Index, page: Page, { asked }: Answer): string[] {
  const title = new Set(words(page.title));
  return asked
    .filter(({ typed, means }) => {
      if (title.has(typed)) return false;
      for (const number of means.keys()) {
        if (index.posts[number]?.some((post) => post >> 1 === page.at)) return true;
      }
      return false;
    })
    .map(({ typed }) => typed)
    .slice(0, MATCHES_MOST);
}
