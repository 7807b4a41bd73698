/**
 * What a word that nobody on the site says may be meant for. Part of the finder's second file: without all
 * words of the site, a word that is only rare would be corrected. Pure.
 *
 * src/kinopress/finder/typos.py says by the same rules which slips need not travel;
 * tests/golden/finder/slips.txt holds both sides to each other.
 */

import { distance } from "./near.ts";
import { stem } from "./normal.ts";

/** Shorter words are too many words' neighbours. */
const SHORTEST = 4;
/** In words as short only the likeliest slips count. */
const SHORT = 4;
/** Stems as long may hold two slips. */
const TWO_SLIPS = 8;
/** So many letters from the end a slip may change what the ending is, and so the stem: "hamstrigns". */
const ENDING = 5;
/** Words that sound alike may differ in one of so many letters, in three at most, and have so much to tell them by. */
const SOUND_SHARE = 3;
const SOUND_APART = 3;
const SOUND_LEAST = 3;

/** What a slip costs beside any other one: one of a pair of letters lost or doubled, another likely one, a word as it sounds. */
const DOUBLE = 0.5;
const LIKELY = 0.6;
const SOUNDS_ALIKE = 0.6;
const SOUND_LETTER = 0.3;
const FIRST_LETTER = 0.5;
/** What a word that is said often is ahead of a rare one. */
const OFTEN = 0.12;

/** A word as long is hardly another one with a slip. */
const SURE = 7;

/** A word that may well be another one, which this site does not say. */
const UNSURE_SHARE = 0.85;
/** A slip may be this much less likely than another and be the one that was made, where it makes a name of the query. */
const LESS_LIKELY = 0.8;
const GUESSES_MOST = 6;
/** So many mistyped words are tried together. */
const TOGETHER_MOST = 2;
/** And so many at all: what is pasted may hold hundreds. */
const CORRECTED_MOST = 8;

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const KEYS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/** What an unknown word was meant for. */
export interface Meant {
  readonly stem: string;
  /** How surely, from 0 to 1. */
  readonly share: number;
}

interface Choice extends Meant {
  readonly cost: number;
}

/** What is known of a site's words. */
export interface Known {
  /** Empty where nobody means it by a slip: a word of another subject. */
  readonly words: readonly string[];
  readonly numberOf: ReadonlyMap<string, number>;
  /** On how many pages a word is. */
  readonly often: (number: number) => number;
  /** Whether a word that no page holds is no slip all the same. */
  readonly isOther: (typed: string) => boolean;
  /** How many of some stems are together in one name or saying with at least one of the others; names of two words and more. */
  readonly namedBy: (stems: readonly string[], among: readonly string[]) => number;
}

/**
 * What unknown words of a query were meant for: the nearest words, or others with which it holds more of a
 * name. `content`: its stems that say something; `typed`: each as it was typed. By the words' stems.
 */
export function meantIn(
  known: Known,
  content: readonly string[],
  typed: ReadonlyMap<string, string>,
): ReadonlyMap<string, Meant> {
  const choices = choicesOf(known, content, typed);
  let best = new Map<string, Meant>();
  let [most, least] = [-1, Infinity];
  const choose = (left: readonly string[], made: Map<string, Meant>, cost: number): void => {
    const [word, ...rest] = left;
    if (word !== undefined) {
      for (const one of choices.get(word) ?? []) choose(rest, new Map(made).set(word, one), cost + one.cost);
      return;
    }
    const stems = content.map((one) => made.get(one)?.stem ?? one);
    const named = known.namedBy(stems, [...made.values()].map((one) => one.stem));
    if (named > most || (named === most && cost < least)) [best, most, least] = [made, named, cost];
  };
  const words = [...choices.keys()];
  if (words.length <= TOGETHER_MOST) choose(words, new Map(), 0);
  // Each by itself where there are too many to try all together.
  else best = new Map(words.flatMap((word) => (choices.get(word) ?? []).slice(0, 1).map((one) => [word, one] as const)));
  return most > 0 ? new Map([...best].map(([word, one]) => [word, { ...one, share: 1 }])) : best;
}

function choicesOf(
  known: Known,
  content: readonly string[],
  typed: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly Choice[]> {
  const found = new Map<string, readonly Choice[]>();
  for (const word of content) {
    if (known.numberOf.has(word)) continue;
    if (found.size === CORRECTED_MOST) break;
    // While somebody types, the last word may be the beginning of one: it stays as it is.
    if (word === content.at(-1) && known.words.some((other) => other.startsWith(word))) {
      found.set(word, [{ stem: word, cost: 0, share: 1 }]);
      continue;
    }
    const given = typed.get(word) ?? word;
    const all = known.isOther(given) ? [] : guesses(given, known);
    const least = all[0]?.cost ?? 0;
    const near = all.filter(({ cost }) => cost <= least + LESS_LIKELY).slice(0, GUESSES_MOST);
    const choices = near.map(({ number, cost, isSure }) =>
      ({ stem: known.words[number] ?? "", cost, share: isSure ? 1 : UNSURE_SHARE }));
    if (choices.length > 0) found.set(word, choices);
  }
  return found;
}

/** A word that may have been meant. */
interface Guess {
  readonly number: number;
  /** How unlikely it is beside the others. */
  readonly cost: number;
  /** Whether the slip is one that hands make by themselves, or the word is long: hardly any other word was meant. */
  readonly isSure: boolean;
}

/** The words that may be meant by one that none of them is, the likeliest first. */
export function guesses(typed: string, known: Pick<Known, "words" | "numberOf" | "often">): readonly Guess[] {
  if (typed.length < SHORTEST || !/^[a-z]+$/.test(typed)) return [];
  const found = new Map<number, number>();
  const add = (number: number, cost: number): void => {
    if (cost < (found.get(number) ?? Infinity)) found.set(number, cost);
  };
  const own = stem(typed);
  const sound = soundOf(own);
  known.words.forEach((word, number) => {
    const cost = slipCost(typed, own, word, sound);
    if (cost !== undefined) add(number, cost);
  });
  for (const other of endingsLike(typed)) {
    const number = known.numberOf.get(stem(other));
    if (number !== undefined && known.words[number] !== "") add(number, slipOf(typed, other));
  }
  return [...found]
    .map(([number, cost]) => ({
      number,
      cost: cost - OFTEN * Math.log2(1 + known.often(number)),
      isSure: cost <= LIKELY || (typed.length >= SURE && cost <= 1),
    }))
    .sort((a, b) => a.cost - b.cost || a.number - b.number);
}

/** Whether a word typed so may be meant for a stem. */
export function leadsTo(typed: string, meant: string): boolean {
  const own = stem(typed);
  if (own === meant) return true;
  if (typed.length < SHORTEST || !/^[a-z]+$/.test(typed)) return false;
  return slipCost(typed, own, meant, soundOf(own)) !== undefined ||
    endingsLike(typed).some((other) => stem(other) === meant);
}

function slipCost(typed: string, own: string, word: string, sound: string): number | undefined {
  if (own.length < SHORTEST || word.length < SHORTEST) return undefined;
  const most = own.length >= TWO_SLIPS ? 2 : 1;
  const first = own[0] === word[0] ? 0 : FIRST_LETTER;
  const mayBeAlike = typed.length > SHORT && sound.length >= SOUND_LEAST && beginsAlike(own, word);
  const slips = distance(own, word, mayBeAlike ? SOUND_APART : most);
  if (slips <= most && (typed.length > SHORT || (first === 0 && slipOf(own, word) < 1))) {
    return (slips > 1 ? slips : slipOf(own, word)) + first;
  }
  return mayBeAlike && slips <= Math.min(SOUND_APART, Math.max(own.length, word.length) / SOUND_SHARE) && sound === soundOf(word) ? SOUNDS_ALIKE + SOUND_LETTER * slips : undefined;
}

/** Letters that a sound may be written with at the beginning of a word. */
const BEGINNINGS = ["ckq", "cszp", "fp", "nkgp", "rw", "gj", "aeiouy"];

function beginsAlike(a: string, b: string): boolean {
  const [one = "", other = ""] = [a[0], b[0]];
  return one === other || BEGINNINGS.some((letters) => letters.includes(one) && letters.includes(other));
}

/** Words with one slip near the end of a word put right, as if it had been any letter. */
function endingsLike(typed: string): string[] {
  const found = new Set<string>();
  const isShort = typed.length <= SHORT;
  for (let at = Math.max(1, typed.length - ENDING); at <= typed.length; at++) {
    const [before, letter = "", next = "", rest] = [typed.slice(0, at), typed[at], typed[at + 1], typed.slice(at + 1)];
    const others = [...LETTERS].flatMap((one) => [before + one + letter + rest, ...(letter === "" ? [] : [before + one + rest])]);
    if (letter !== "") others.push(before + rest);
    if (next !== "") others.push(before + next + letter + rest.slice(1));
    for (const other of others) if (!isShort || slipOf(typed, other) < 1) found.add(other);
  }
  found.delete(typed);
  return [...found];
}

/** What the one slip between two words costs: less where hands make it by themselves. */
function slipOf(typed: string, word: string): number {
  if (typed.length === word.length) {
    const wrong = [...typed].flatMap((letter, at) => (letter === word[at] ? [] : [at]));
    const [at = 0, next = 0] = wrong;
    if (wrong.length === 1) return isBeside(typed[at] ?? "", word[at] ?? "") ? LIKELY : 1;
    const isSwapped = wrong.length === 2 && next === at + 1 && typed[at] === word[next] && typed[next] === word[at];
    return isSwapped ? LIKELY : 1;
  }
  const [short, long] = typed.length < word.length ? [typed, word] : [word, typed];
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  const letter = long[at] ?? "";
  if (letter === long[at - 1] || letter === long[at + 1]) return DOUBLE;
  return long === word && "aeiou".includes(letter) ? LIKELY : 1;
}

function isBeside(a: string, b: string): boolean {
  return KEYS.some((row) => row.includes(a) && row.includes(b) && Math.abs(row.indexOf(a) - row.indexOf(b)) === 1);
}

const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/^(kn|gn|pn)/, "n"],
  [/^wr/, "r"],
  [/^ps/, "s"],
  [/ph/g, "f"],
  [/gh/g, ""],
  [/[st]ion|shun/g, "sn"],
  [/sc(?=[eiy])|c(?=[eiy])|z/g, "s"],
  [/sch|ch|ck|cq|c|q/g, "k"],
  [/x/g, "ks"],
  [/dg|j/g, "g"],
  [/wh/g, "w"],
  [/(?<=.)h/g, ""],
  [/[aeiouyw]+/g, "a"],
  [/(.)\1+/g, "$1"],
  [/(?<=.)a$/, ""],
];

/** How a stem sounds, roughly: all vowels are one, letters that sound alike are, and pairs are single. */
export function soundOf(word: string): string {
  return SOUNDS.reduce((text, [from, to]) => text.replace(from, to), word);
}
