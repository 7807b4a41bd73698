/** Which words of the index a word of the query may mean, and how surely each. Pure. */

import type { Index } from "./index.ts";
import { distance } from "./near.ts";
import { contentOf, isStop, stem, words } from "./normal.ts";

/** A word that only means the same, or begins like it, or is spelt nearly like it, counts less. */
const ALIKE_SHARE = 0.65;
const SLIP_SHARE = 0.85;
const FIRST_LETTER_SLIP_SHARE = 0.7;
const RARE = 2;
const RARE_SHARE = 0.7;
/** Parts of a word that was written together are words themselves from this length on; surely from the second one. */
const PART_LEAST = 3;
const PART_SURE = 4;
const PARTS_MOST = 5;
const LONG = 9;
const LONGEST_TOGETHER = 60;

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
  const all = words(query);
  const typed = new Map(all.map((word) => [stem(word), word]));
  const content = contentOf(all);
  const meant = index.meant(content, typed);
  const found = rejoined(content, (word) => index.numberOf.has(word), (word) => meant.get(word)?.stem);
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

/**
 * "ham strings" and "footstretch" are the words they are made of, or make, where only those are known.
 * `fix`: the word that an unknown one was meant for.
 */
export function rejoined(
  asked: readonly string[],
  known: (word: string) => boolean,
  fix: (word: string) => string | undefined = () => undefined,
): string[] {
  const found: string[] = [];
  for (let at = 0; at < asked.length; at++) {
    const [word = "", next] = [asked[at], asked[at + 1]];
    if (known(word)) {
      if (next !== undefined && !known(next) && known(word + next)) {
        found.push(word + next);
        at++;
      } else found.push(word);
    } else if (next !== undefined && known(word + next)) {
      found.push(word + next);
      at++;
    } else {
      const made = (word.length > LONGEST_TOGETHER ? undefined : parts(word, known)) ?? [];
      const isSure = made.length > 0 && made.every((part) => part.length >= PART_SURE);
      const meant = isSure ? undefined : fix(word);
      found.push(...(meant !== undefined ? [meant] : made.length > 0 ? made : [word]));
    }
  }
  return [...new Set(found)];
}

/**
 * The known words that a word is written together from, as few as can be. Words that say nothing may
 * are between them in a long one ("backofmythigh"), and are left out.
 */
function parts(word: string, known: (word: string) => boolean): string[] | undefined {
  // From the end: the fewest parts that the rest of the word is made of.
  const from: (string[] | undefined)[] = Array<undefined>(word.length).fill(undefined);
  from.push([]);
  for (let at = word.length - 1; at >= 0; at--) {
    for (let end = at + 1; end <= word.length; end++) {
      const rest = from[end];
      if (rest === undefined) continue;
      const part = word.slice(at, end);
      const says = end - at >= PART_LEAST && !isStop(stem(part)) && known(stem(part));
      if (!says && !(word.length >= LONG && isStop(part))) continue;
      const made = says ? [stem(part), ...rest] : rest;
      if (made.length < (from[at]?.length ?? Infinity)) from[at] = made;
    }
  }
  const found = from[0];
  return found !== undefined && found.length > 1 && found.length <= PARTS_MOST ? found : undefined;
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
  if ((exact === undefined && word.length >= 4) || rare) {
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
  // While somebody types, the last word may be the beginning of a longer one.
  if ((exact === undefined || last) && word.length >= 3) {
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
