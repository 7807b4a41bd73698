/** A title typed as a whole, or nearly: compared letter by letter, so hyphens, stops and spaces make no difference. */

import { distance } from "./near.ts";
import { words } from "./normal.ts";

/** What a title adds to a page's score: typed exactly, with slips, or begun. Scores without it stay below 1. */
const EXACT = 1;
const SLIPPED = 0.45;
const ANOTHER_SLIP = 0.05;
const BEGUN = 0.5;
const BEGUN_INSIDE_A_WORD = 0.3;
/** Shorter titles are too many words' neighbours. */
const ONE_SLIP = 5;
const TWO_SLIPS = 12;
/** Fewer letters are the beginning of too much. */
const LEAST_BEGUN = 3;

/** The letters and figures of a text, in small letters without accents. */
export function squash(text: string): string {
  return words(text).join("");
}

/** How surely somebody types a page's title, and 0 when it is not typed. `query` and `squashed` are without spaces. */
export function titleBonus(query: string, squashed: string, title: string): number {
  if (query === squashed) return query === "" ? 0 : EXACT;
  const slips = slipped(query, squashed);
  if (query.length < LEAST_BEGUN || !squashed.startsWith(query)) return slips;
  const share = endsWord(title, query.length) ? BEGUN : BEGUN_INSIDE_A_WORD;
  return Math.max((share * query.length) / squashed.length, slips);
}

function slipped(query: string, title: string): number {
  const most = title.length >= TWO_SLIPS ? 2 : title.length >= ONE_SLIP ? 1 : 0;
  if (Math.abs(query.length - title.length) > most) return 0;
  const slips = distance(query, title, most);
  return slips > most ? 0 : SLIPPED - ANOTHER_SLIP * (slips - 1);
}

/** Whether a word of a title ends after so many of its letters. */
function endsWord(title: string, letters: number): boolean {
  let at = 0;
  return words(title).some((word) => (at += word.length) === letters);
}
