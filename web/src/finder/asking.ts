/** Whether words can mean a warning sign at all: all that is read before the rules (signs.ts) are fetched. */

import { letterValue, numbers, rising } from "./coding.ts";
import type { Index } from "./index.ts";
import { isStop, stem, STOPS, together } from "./normal.ts";

export const SENTENCE = 2;
/** Numbers, also as they are dictated; that some other words begin so only costs a look (signs.ts is exact). */
const NUMBER = /^(\d|six|seven|eigh|nine|ten$|eleven|twe|thirt|forty|fourt|fift)/;
const WORDS_MOST = 250;
const LETTERS_MOST = 4000;
/** Longer words count as this long. */
const LENGTH_MOST = 24;

export type Level = "emergency" | "urgent" | "gp";

/** A warning sign. Whom to call and how soon follows from its level, and from whether one may go to a hospital with it. */
export interface Flag {
  readonly key: string;
  readonly level: Level;
  readonly title: string;
  /** What to do besides; or empty. */
  readonly action: string;
  /** Nothing else is shown beside it: no results, no other spelling. */
  readonly alone: boolean;
  /** One may go to a hospital with it: A&E instead of an ambulance, say. */
  readonly hospital: boolean;
  /** Of emergencies it is named first: a collapse, say, only tells what is seen of it. */
  readonly cause: boolean;
  /** `action` says whom to call, in place of the sentence for all signs as urgent. */
  readonly ownCall: boolean;
}

/** What a level means: whom to call and how soon. */
export interface Urgency {
  readonly level: Level;
  readonly action: string;
  /** The same, for signs with which one may go to a hospital. */
  readonly hospitalAction: string;
  readonly numbers: readonly string[];
}

/** Sentences of `docs/data/help.yml`, in the order of `SAYS` in src/kinopress/finder/index.py. */
export interface Says {
  /** Above a sign that was recognised. */
  readonly mayBeSign: string;
  /** The same, when the words only ask what such a sign is like. */
  readonly ifNow: string;
  /** Before the way to all signs, when words come near one. */
  readonly nearSign: string;
  /** Above what to do, once a sign has to be looked at first. */
  readonly seeFirst: string;
}

/** What is known of the signs themselves, once they have been fetched. */
export interface Facts {
  readonly flags: readonly Flag[];
  readonly urgency: readonly Urgency[];
  readonly says: Says;
  /** By page: a symptom's signs, as places in the list. */
  readonly warns: readonly (readonly number[])[];
}

export interface Found {
  /** The signs a sentence describes, the most urgent first; of emergencies what may bring them on. */
  readonly flags: readonly Flag[];
  /** Whether it comes near one, without describing it. */
  readonly isNear: boolean;
  /** Near one, but with what brings it on: "deadlift back pain". */
  readonly isEveryday?: boolean;
  /** Near one, these may be meant; the likeliest first. */
  readonly likely?: readonly Flag[];
  /** The words only ask for what these signs are like: whoever asks may have them. */
  readonly isAsked?: boolean;
  /** None where the rules were not needed, or could not be fetched: then the reader has to look at the signs. */
  readonly facts?: Facts;
  readonly isUnread?: boolean;
}

/** Whether somebody has to be called now or today. */
export function isUrgent({ flags }: Found): boolean {
  return flags.some(({ level }) => level !== "gp");
}

/** As it travels; src/kinopress/finder/signs/gate.py says what is where. */
export type GateFile = readonly [string, string, string, string, string, string];

/** The rules, weakened: whatever meets one passes. */
export interface Gate {
  readonly alone: ReadonlySet<string>;
  readonly words: ReadonlyMap<string, number>;
  /** Groups and rules as they travel: read afresh for each query, which is quicker than to keep them once they are apart. */
  readonly formula: string;
  /** By first letter, one bit per length: words that an unknown one may have been meant for. */
  readonly shapes: readonly number[];
}

export function readGate(file: GateFile, vocabulary: readonly string[]): Gate {
  const [alone, smallAlone, words, small, formula, shapes] = file;
  const named = (of: string, ofStops: string): string[] =>
    [...rising(of).map((at) => vocabulary[at] ?? ""), ...rising(ofStops).map((at) => STOPS[at] ?? "#")];
  return {
    alone: new Set(named(alone, smallAlone)),
    words: new Map(named(words, small).map((word, at) => [word, at])),
    formula,
    shapes: numbers(shapes),
  };
}

/**
 * Whether the rules are needed at all: nothing meets a rule that does not pass here. A word the index
 * does not know may be one of the rules', as it is or mistyped. `isTyping`: the last one is passed over.
 */
export function asksForSigns(index: Index, text: string, isTyping = false): boolean {
  const { gate } = index;
  const said = new Set<number>();
  for (const { piece } of pieces(text).slice(0, isTyping ? -1 : undefined)) {
    const word = stem(piece);
    for (const of of NUMBER.test(piece) ? ["#", word] : [word]) {
      if (gate.alone.has(of)) return true;
      const at = gate.words.get(of);
      if (at !== undefined) said.add(at);
    }
    const isKnown = /^\d/.test(piece) || index.numberOf.has(word) || isStop(word);
    if (!isKnown && isLike(gate, piece, word)) return true;
  }
  const [groups = "", rules = ""] = gate.formula.split("|");
  groups.split(",").forEach((group, at) => {
    if (holds(group, said)) said.add(gate.words.size + at);
  });
  return rules.split(",").some((rule) => rule.split("+").every((part) => holds(part, said)));
}

/** Whether an alternative of a part is there: of its first text one number, of the text after a point both of a pair. */
function holds(part: string, said: ReadonlySet<number>): boolean {
  let value = 0;
  let scale = 1;
  let sum = 0;
  /** Of a pair the first number, once it is read; below 0 where there are no pairs yet. */
  let first = -1;
  let isSecond = false;
  for (let at = 0; at < part.length; at++) {
    if (part[at] === ".") {
      first = sum = 0;
      continue;
    }
    const letter = letterValue(part, at);
    value += (letter & 31) * scale;
    scale *= 32;
    if (letter >= 32) continue;
    sum += value;
    if (first < 0 || isSecond) {
      if (said.has(sum) && (first < 0 || said.has(first))) return true;
      // The next pair is told from the first of this one.
      if (isSecond) sum = first;
      isSecond = false;
    } else {
      first = sum;
      isSecond = true;
    }
    value = 0;
    scale = 1;
  }
  return false;
}

/** Whether a word of the rules is as long as an unknown one, give or take its slips, and begins like it. */
function isLike(gate: Gate, piece: string, typed: string): boolean {
  const has = (word: string, from: number, to: number): boolean => {
    const lengths = gate.shapes[word.charCodeAt(0) - 97] ?? 0;
    for (let length = from; length <= to; length++) {
      if ((lengths >> Math.min(length, LENGTH_MOST)) & 1) return true;
    }
    return false;
  };
  const { length } = typed;
  const most = piece.length < 5 ? 0 : piece.length < 8 ? 1 : 2;
  // signs.ts cuts up to three letters off for a slip in an ending.
  if (has(typed, length - most - (length > 6 ? 3 : 0), length + most)) return true;
  const said = piece.endsWith("in") ? stem(`${piece}g`) : "";
  return said !== "" && has(said, said.length, said.length);
}

/** The pieces of a text that are words, each with what parts it from the one before. */
export function pieces(text: string): { readonly piece: string; readonly stop: number }[] {
  const plain = together(text.slice(0, LETTERS_MOST))
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/['’‘`´]s\b/g, "")
    // One word for a place and its pain: rules ask for both.
    .replace(/\b(back|bone|leg|joint|belly|tummy|stomach)(ache|pain)(s?)\b/g, "$1 $2$3")
    .replace(/['’‘`´]/g, "");
  const found: { piece: string; stop: number }[] = [];
  let stop = SENTENCE;
  for (const [piece] of plain.matchAll(/[a-z]+|\d+|[.!?;:\n]+|[,()–—]+/g)) {
    if (/[.!?;:\n]/.test(piece)) stop = SENTENCE;
    else if (/[,()–—]/.test(piece)) stop = Math.max(stop, 1);
    else {
      found.push({ piece, stop });
      stop = 0;
      if (found.length === WORDS_MOST) break;
    }
  }
  return found;
}
