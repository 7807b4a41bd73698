/** Which words of the index a word of the query may mean, and how surely each. Pure. */

import type { Index } from "./index.ts";
import { distance } from "./near.ts";
import { contentOf, stem, together, words } from "./normal.ts";

/** A word that only means the same, or begins like it, or is spelt nearly like it, counts less. */
const ALIKE_SHARE = 0.65;
const SLIP_SHARE = 0.85;
const FIRST_LETTER_SLIP_SHARE = 0.7;
const RARE = 2;
const RARE_SHARE = 0.7;

/** "Coming back after a break" is about nobody's back; "I get back pain" is about one. */
const RETURNS = /\b((?:com|go)(?:e|ing)?|get(?:ting)?(?= back(?: (?:to|into|after|from|running)\b|\W*$))) back\b/gi;

/** A word of the query. */
export interface Asked {
  /** Of the word that was meant, where no page says what was typed. */
  readonly stem: string;
  /** As it was typed. */
  readonly typed: string;
  /** Words of the index by number, each with a share from 0 to 1. Empty: nobody on the site says it. */
  readonly means: ReadonlyMap<number, number>;
  /** Whether the site says this very word. */
  readonly isExact: boolean;
  /** How much it tells apart, among the terms and among the other pages. */
  readonly weight: number;
  readonly restWeight: number;
}

/** A query as it is read: its words that say something with what each may mean, and all its stems in order. */
export interface Read {
  readonly asked: readonly Asked[];
  readonly sentence: readonly string[];
  /** The stems that say something, without doubles. */
  readonly content: readonly string[];
}

/** Reads a query; mistyped words as those they were meant for. */
export function read(index: Index, query: string): Read {
  const all = words(together(query).replace(RETURNS, "$1"));
  const typed = new Map(all.map((word) => [stem(word), word]));
  const content = contentOf(all);
  const meant = index.meant(content, typed);
  const found = index.rejoined(content, meant);
  const shares = new Map<string, number>();
  for (const [word, { stem: one, share }] of meant) {
    if (!found.includes(one) || content.includes(one)) continue;
    shares.set(one, share);
    if (!typed.has(one)) typed.set(one, typed.get(word) ?? word);
  }
  const asked = found.map((one, at) => {
    const means = meanings(index, one, at === found.length - 1);
    const share = shares.get(one);
    if (share !== undefined) for (const [number, of] of means) means.set(number, of * share);
    return {
      stem: one,
      typed: typed.get(one) ?? one,
      means,
      isExact: share === undefined && index.numberOf.has(one),
      weight: weightOf(index, index.weight, one, means),
      restWeight: weightOf(index, index.restWeight, one, means),
    };
  });
  const spelled = (word: string): string => meant.get(word)?.stem ?? word;
  return {
    asked,
    sentence: all.map((word) => spelled(stem(word))),
    content: [...new Set(content.map(spelled))],
  };
}

function meanings(index: Index, word: string, last: boolean): Map<number, number> {
  const found = new Map<number, number>();
  const add = (number: number, share: number): void => {
    if ((found.get(number) ?? 0) < share) found.set(number, share);
  };
  const exact = index.numberOf.get(word);
  if (exact !== undefined) {
    add(exact, 1);
    for (const other of index.alike.get(exact) ?? []) add(other, ALIKE_SHARE);
  }
  // A word that one or two pages hold may be somebody's slip that was written down there.
  const rare = exact !== undefined && (index.posts[exact]?.length ?? 0) <= RARE && word.length >= 5;
  // "Wrist" is no slip for "waist", "cancer" none for "dancer": a word of another subject, or one for which somebody
  // seeks help, says so, even where it is close to one of this site.
  const isOther = index.elsewhere.has(word) ||
    index.intents.some(({ words, pages }) => words.has(word) && [...pages].some((page) => page >= index.terms));
  if (!isOther && ((exact === undefined && word.length >= 4) || rare)) {
    const slips = word.length >= 8 ? 2 : 1;
    index.words.forEach((other, number) => {
      if (other.length < 4) return;
      const apart = distance(word, other, slips);
      if (apart <= slips) {
        const share = other[0] === word[0] ? SLIP_SHARE : FIRST_LETTER_SLIP_SHARE;
        add(number, (share - 0.15 * (apart - 1)) * (rare ? RARE_SHARE : 1));
      }
    });
  }
  // While somebody types, the last word may be the beginning of a longer one; three letters that are a word are one ("MET").
  if (exact === undefined ? !isOther && word.length > 2 : last && word.length > 3) {
    index.words.forEach((other, number) => {
      if (other.length > word.length && other.startsWith(word)) {
        add(number, (exact === undefined ? 0.8 : 0.4) * (word.length / other.length) + 0.1);
      }
    });
  }
  return found;
}

/** What nobody on the site ever says weighs as much as the rarest word: it is not what was asked for. */
function weightOf(
  index: Index,
  weight: Float64Array,
  word: string,
  means: ReadonlyMap<number, number>,
): number {
  const exact = index.numberOf.get(word);
  if (exact !== undefined) return weight[exact] ?? index.heaviest;
  let most = 0;
  for (const [number, share] of means) most = Math.max(most, (weight[number] ?? 0) * share);
  return most || index.heaviest;
}
