/** Why a page is among the results, in one line: "Exercise for the piriformis · 3 × 10 · easy", "Symptom · buttock · mentions “sit”". Pure. */

import type { Index, Page } from "./index.ts";
import { limitOf } from "./limits.ts";
import type { Answer } from "./rank.ts";
import { holds } from "./posts.ts";
import { contentStems, isStop, stem, words } from "./normal.ts";
import { phrase } from "./said.ts";
import { SMALL } from "./small_words.ts";

const PARTS_MOST = 2;
/** As the kind of page is called whose pages are parts of the body (index.ts). */
const PART = "muscle";
/** What is between a kind and what it belongs to in a language whose word for that nobody knows (index.py). */
const BESIDE = "·";
/** A word of the index that a word of the query means as surely means the same. */
const SAME = 0.65;
const LEVELS: Readonly<Record<string, string>> = { easy: phrase("easy"), medium: phrase("medium"), hard: phrase("hard") };

/** What a page is, what it is for, how much of it, and where none of that tells, which of the reader's words it holds. */
export function why(index: Index, page: Page, answer: Answer): string {
  const what = [about(index, page, answer)];
  if (page.group === "be") {
    const parts = page.regions.slice(0, PARTS_MOST);
    what.push(...parts.flatMap((at) => index.regions[at]?.label.toLowerCase() ?? []));
  }
  const length = page.film?.durationS;
  const shown = length === undefined ? undefined : phrase("film {length}", { length: clock(length) });
  const level = page.level && (LEVELS[page.level] ?? page.level);
  const limit = limitOf(index, page, answer);
  const dose = limit === undefined ? page.dose : limit.dose;
  const said = telling(index, page, answer, [page.title, ...what].join(" "));
  return [...what, dose, level, shown, said && phrase("mentions “{word}”", { word: said })]
    .filter((part) => part !== undefined && part !== "")
    .join(" · ");
}

function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** "Exercise for the piriformis": of what a page belongs to, that which the query is most about. */
function about(index: Index, page: Page, { asked, hits }: Answer): string {
  const { label, joint } = index.kinds.get(page.kind) ?? { label: page.kind, joint: "" };
  if (joint === "") return label;
  const belongs = new Set(page.tags.filter((tag) => index.pages[tag]?.group === "be"));
  const own = said(page.title);
  const isAsked = (title: string): boolean => asked.some(({ stem: one }) => !SMALL.has(one) && said(title).has(one));
  const shared = (at: number): number => [...said(index.pages[at]?.title ?? "")].filter((one) => own.has(one)).length;
  const [titled = -1] = [...belongs].sort((a, b) => shared(b) - shared(a));
  const isTitled = page.level === undefined && shared(titled) > 0;
  // The one that the query names, or else the title; a page to read that the query names itself needs no other,
  // and what is behind a page did not lead to it: the page lent to that.
  const isRead = page.group !== "do";
  const first = hits.find(({ page: one }) => belongs.has(one.at) || (isRead && one === page))?.page;
  const best = hits.find(({ page: one }) => belongs.has(one.at) && isAsked(one.title))?.page ??
    (isTitled || (!isRead && !first) ? index.pages[titled] : first === page || (isRead && isAsked(page.title)) ? undefined : first);
  if (best === undefined) return label;
  const title = inSentence(best);
  // A part of the body has its article, "for the calf", and what hurts or is done has none, "for calf cramp".
  const isPart = index.kinds.get(best.kind)?.tag === PART;
  return `${label} ${joint} ${isPart && joint !== BESIDE ? phrase("the {part}", { part: title }) : title}`;
}

function said(text: string): ReadonlySet<string> {
  return new Set(contentStems(text));
}

/** A title inside a sentence: its first letter small, unless it begins a name or an abbreviation. */
function inSentence({ title, isNamed }: Page): string {
  const [first = "", second = ""] = title;
  return isNamed || second !== second.toLowerCase() ? title : first.toLowerCase() + title.slice(1);
}

/**
 * The word of the query that tells most of those a page holds, and that nothing on the card shows: neither
 * itself nor one that means the same. That it hurts tells nothing, and what belongs to a page that was found needs no other reason.
 */
function telling(index: Index, page: Page, { asked, hits }: Answer, card: string): string | undefined {
  const shown = new Set(words(card).map(stem));
  const found = new Set(hits.map((hit) => hit.page.at));
  if (page.group !== "be" && page.tags.some((tag) => index.pages[tag]?.group === "be" && found.has(tag))) return undefined;
  const isTold = page.at < index.terms;
  const [most] = asked
    .filter(({ stem: one, isExact, means }) =>
      isExact && !/^\d/.test(one) && !index.hurting.has(one) && !isStop(one) && !SMALL.has(one) && holds(index.posts[index.numberOf.get(one) ?? -1], page.at) &&
      ![...means].some(([number, share]) => share >= SAME && shown.has(index.words[number] ?? "")))
    .sort((a, b) => (isTold ? b.weight - a.weight : b.restWeight - a.restWeight));
  return most?.typed;
}
