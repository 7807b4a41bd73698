/**
 * The second listener: what was learnt of danger from thousands of wordings, for words that no rule knows.
 *
 * Rules come first and decide by themselves. Where they hear nothing, the weights of the words and of words side by side
 * are added up: they say how often such words told of danger, and which sign they told of. It knows words, no diseases; it
 * silences no rule and makes no sign less urgent. Only a question that a rule's words merely come near is left out where
 * the words as a whole are surely harmless. docs/data/sign_weights.yml holds what was learnt;
 * src/kinopress/finder/signs/listener.py says how it travels.
 */

import { frontCoded, letterValue, numbers, rising } from "./coding.ts";

export interface ListenerFile {
  readonly more: string;
  readonly used: string;
  readonly danger: string;
  readonly base: number;
  readonly signs: string;
}

// In the units of the weights; FIGURES.md says what was measured.
/** Likely words of danger, and no more than likely: worth a question. */
const ASKS = -1;
/** So surely that wordings nobody had seen were hardly ever harmless. */
const WARNS = 13;
/** The more words, the further a sum strays: each two beyond so many take one more. */
const AT_LENGTH = 15;
/** Below this what merely comes near a sign is passed over as well, unless hardly anything was said. */
const QUIET = -8;
/** A long story comes near one with some of its words: each beyond AT_LENGTH takes so much less to be passed over. */
const QUIETER = 0.3;
const FEW_WORDS = 3;
/** What asks although the words as a whole do not: words so much of one sign, where they are not surely harmless. */
const OWN_SIGN = 6;
const NOT_SURELY = -15;

/** A sign is meant with so much of its own, and so much more than the next one has. */
const MEANT = 0;
const CLEARLY = 1;
/** With less of its own a sign is not asked about, nor with so much less than the likeliest. */
const PLAUSIBLE = -5;
const BEHIND_MOST = 6;
/** The same where words are hardly of danger: "wet myself jumping" is not to be asked about despair. */
const BEHIND_LEAST = 2;
const HARDLY = 5;
const ASKED_MOST = 3;

const WEIGHT_MOST = 31;
/** Any number, as a word. */
const NUMBER = "0";

/** What was heard in words: signs by their place in the site's list, the likeliest first. */
export interface Told {
  /** The sign they tell of, with others as likely. */
  readonly meant: readonly number[];
  /** Signs worth a question. */
  readonly asked: readonly number[];
  /** Whether to ask at all. */
  readonly asks: boolean;
  /** So surely harmless that what merely comes near a sign is passed over. */
  readonly isQuiet: boolean;
  /** The sum that says so, for those who measure. */
  readonly danger: number;
}

export class Listener {
  readonly #file: ListenerFile;
  readonly #parts: readonly string[];
  #numberOf: ReadonlyMap<string, number> | undefined;
  readonly #words = new Map<number, number>();
  /** By the first word times how many words there are, plus the second. */
  readonly #pairs = new Map<number, number>();
  #signs: readonly { readonly base: number; readonly of: ReadonlyMap<number, number> }[] = [];

  /** `parts`: what the rules' phrases are made of, by number. */
  constructor(file: ListenerFile, parts: readonly string[]) {
    this.#file = file;
    this.#parts = parts;
  }

  /** Read for the first words it has to hear: most never reach it. */
  #read(): ReadonlyMap<string, number> {
    const { more, used, danger, signs } = this.#file;
    const known = [...this.#parts, ...frontCoded(more)];
    const words = used.split(".").flatMap(rising).map((at) => known[at] ?? "");
    const count = words.length;
    for (const group of danger.split(",")) {
      const weight = letterValue(group, 0) - WEIGHT_MOST;
      const [ones = "", both = ""] = group.slice(1).split(".");
      for (const one of rising(ones)) this.#words.set(one, weight);
      let first = 0;
      numbers(both).forEach((number, at) => {
        if (at % 2 === 0) first += number;
        else this.#pairs.set(first * count + number, weight);
      });
    }
    this.#signs = signs.split(",").map((sign) => {
      const [ones = "", letters = ""] = sign.slice(1).split(".");
      const of = new Map(rising(ones).map((one, at) => [one, letterValue(letters, at) - WEIGHT_MOST]));
      return { base: sign === "" ? -Infinity : letterValue(sign, 0) - WEIGHT_MOST, of };
    });
    return (this.#numberOf = new Map(words.map((word, at) => [word, at])));
  }

  /** What words tell of; each a stem, slips put right. */
  hear(words: readonly string[]): Told {
    const numberOf = this.#numberOf ?? this.#read();
    const said = words.map((word) => numberOf.get(/^\d/.test(word) ? NUMBER : word));
    const ones = new Set<number>();
    const both = new Set<number>();
    said.forEach((one, at) => {
      if (one === undefined) return;
      ones.add(one);
      const next = said[at + 1];
      if (next !== undefined) both.add(one * numberOf.size + next);
    });
    let danger = this.#file.base;
    for (const one of ones) danger += this.#words.get(one) ?? 0;
    for (const pair of both) danger += this.#pairs.get(pair) ?? 0;
    const signs = this.#signs
      .map(({ base, of }, at) => {
        let sum = base;
        for (const one of ones) sum += of.get(one) ?? 0;
        return { at, sum };
      })
      .sort((a, b) => b.sum - a.sum);
    const [first, second] = [signs[0]?.sum ?? -Infinity, signs[1]?.sum ?? -Infinity];
    const asks = danger >= ASKS || (first >= OWN_SIGN && danger >= NOT_SURELY);
    const beyond = Math.max(0, words.length - AT_LENGTH);
    const surely = WARNS + beyond / 2;
    const isMeant = danger >= surely && first >= MEANT && first - second >= CLEARLY;
    const upTo = (behind: number, least: number): number[] =>
      signs.filter(({ sum }) => sum >= first - behind && sum >= least).map(({ at }) => at);
    return {
      meant: isMeant ? upTo(CLEARLY, MEANT) : [],
      asked: asks ? upTo(danger < HARDLY ? BEHIND_LEAST : BEHIND_MOST, PLAUSIBLE).slice(0, ASKED_MOST) : [],
      asks,
      isQuiet: danger < QUIET + QUIETER * beyond && words.length > FEW_WORDS,
      danger,
    };
  }
}
