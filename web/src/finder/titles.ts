/** A title typed as a whole, or nearly: compared letter by letter, so hyphens, stops and spaces make no difference. */

import { distance } from "./near.ts";
import { words } from "./normal.ts";

/** What a title adds to a page's score: typed exactly, with slips, or begun. Scores without it stay below 1. */
const EXACT = 1;
const SLIPPED = 0.85;
const ANOTHER_SLIP = 0.05;
/** What is begun counts by how much of the title is there: a word or two, more words, or part of a word. */
const BEGUN = 0.5;
const BEGUN_AT_LENGTH = 0.9;
const BEGUN_INSIDE_A_WORD = 0.3;
const AT_LENGTH = 3;
/** Shorter titles are too many words' neighbours; as short as the first only of what is not a word here. */
const NO_WORD = 4;
const ONE_SLIP = 5;
const TWO_SLIPS = 12;
const THREE_SLIPS = 20;
/** Fewer letters are the beginning of too much. */
const LEAST_BEGUN = 3;

/** The letters and figures of a text, in lower-case letters without accents. */
export function squash(text: string): string {
  return words(text).join("");
}

/** How surely somebody types a page's title, and 0 when it is not typed. `query` and `squashed` are without spaces; `isWord`: the site knows the query as a word. */
export function titleBonus(
  query: string,
  squashed: string,
  title: string,
  isWord: boolean,
): number {
  if (query === squashed) return query === "" ? 0 : EXACT;
  const slips = slipped(query, squashed, isWord ? ONE_SLIP : NO_WORD);
  if (query.length < LEAST_BEGUN || !squashed.startsWith(query)) return slips;
  const whole = wordsBefore(title, query.length);
  const begun = whole !== undefined && whole >= AT_LENGTH ? BEGUN_AT_LENGTH : BEGUN;
  const share = whole === undefined ? BEGUN_INSIDE_A_WORD : begun;
  return Math.max((share * query.length) / squashed.length, slips);
}

function slipped(query: string, title: string, shortest: number): number {
  const { length } = title;
  const most = length >= THREE_SLIPS ? 3 : length >= TWO_SLIPS ? 2 : length >= shortest ? 1 : 0;
  if (Math.abs(query.length - title.length) > most) return 0;
  // "Half" is not a calf.
  if (length < ONE_SLIP && query.length === length && query[0] !== title[0]) return 0;
  const slips = distance(query, title, most);
  return slips > most ? 0 : SLIPPED - ANOTHER_SLIP * (slips - 1);
}

/** How many words of a title its first letters make; `undefined` where they end inside a word. */
function wordsBefore(title: string, letters: number): number | undefined {
  let at = 0;
  const last = words(title).findIndex((word) => (at += word.length) >= letters);
  return at === letters ? last + 1 : undefined;
}
