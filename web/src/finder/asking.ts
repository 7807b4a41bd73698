/** Whether words can mean a warning sign at all: all that is read before the rules (signs.ts) are fetched. */

import { numbers, rising } from "./coding.ts";
import type { Index } from "./index.ts";
import { distance } from "./near.ts";
import { isStop, stem, STOPS, together } from "./normal.ts";

export const SENTENCE = 2;
/** Numbers, also as they are dictated; that some other words begin so only costs a look (signs.ts is exact). */
const NUMBER = /^(\d|six|seven|eigh|nine|ten$|eleven|twe|thirt|forty|fourt|fift)/;
const WORDS_MOST = 250;
const LETTERS_MOST = 4000;
/** From so many letters on a slip tells by itself which word was meant; src/kinopress/finder/signs/gate.py has it too. */
const LONG = 8;

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
export type GateFile = readonly [string, string, string, string];

/** The rules, weakened in two ways: whatever meets one passes the formula and holds a word of each cover. */
export interface Gate {
  /** What a word does, a bit each: ALONE, the covers it is in, IN_FORMULA. */
  readonly does: ReadonlyMap<string, number>;
  readonly words: ReadonlyMap<string, number>;
  /** Groups and rules as they travel: read afresh for each query, which is quicker than to keep them once they are apart. */
  readonly formula: string;
  /** By first letter, the least and the greatest length of words that an unknown one may have been meant for. */
  readonly lengths: readonly number[];
  /** Long words of the index that a word of the rules is near. */
  readonly wary: ReadonlySet<number>;
}

/** A word passes the formula. */
const ALONE = 1;
/** A text does, and holds a word of each cover. */
const ALL = 7;
/** A word is in the formula. */
const IN_FORMULA = 8;

export function readGate([does, formula, lengths, wary]: GateFile, vocabulary: readonly string[]): Gate {
  const all = does.split(".").flatMap((text, at) => {
    const [of = "", small = ""] = text.split(",");
    const words = [...rising(of).map((one) => vocabulary[one] ?? ""), ...rising(small).map((one) => STOPS[one] ?? "#")];
    return words.map((word) => [word, at + 1] as const);
  });
  const words = all.filter(([, of]) => of >= IN_FORMULA).map(([word], at) => [word, at] as const);
  return { does: new Map(all), words: new Map(words), formula, lengths: numbers(lengths), wary: new Set(rising(wary)) };
}

/**
 * Whether the rules are needed at all: nothing meets a rule that does not pass here. A word the index
 * does not know may be one of the rules', as it is or mistyped. `isTyping`: the last one is passed over.
 */
export function asksForSigns(index: Index, text: string, isTyping = false): boolean {
  const { gate } = index;
  const said = new Set<number>();
  let does = 0;
  const say = (word: string): void => {
    does |= gate.does.get(word) ?? 0;
    const at = gate.words.get(word);
    if (at !== undefined) said.add(at);
  };
  for (const { piece } of pieces(text).slice(0, isTyping ? -1 : undefined)) {
    const word = stem(piece);
    say(word);
    if (NUMBER.test(piece)) say("#");
    if (/^\d/.test(piece) || index.numberOf.has(word) || isStop(word)) continue;
    if (isOwnSlip(index, piece, word)) for (const one of gate.does.keys()) isNear(one, word, 2) && say(one);
    else if (isLike(gate.lengths, piece, word)) return true;
  }
  return ((does | ALONE) & ALL) === ALL && ((does & ALONE) !== 0 || meetsFormula(gate, said));
}

/** Whether what is said meets a rule of the formula. */
function meetsFormula({ formula, words }: Gate, said: Set<number>): boolean {
  const [groups = "", rules = ""] = formula.split("|");
  groups.split(",").forEach((group, at) => {
    if (holds(group, said)) said.add(words.size + at);
  });
  return rules.split(",").some((rule) => rule.split("+").every((part) => holds(part, said)));
}

/** Whether an alternative of a part is there: of its first text one number, of the text after a point both of a pair. */
function holds(part: string, said: ReadonlySet<number>): boolean {
  const [ones = "", both = ""] = part.split(".");
  let first = 0;
  // The next pair is told from the first of this one.
  return rising(ones).some((one) => said.has(one)) ||
    numbers(both).some((step, at) => (at % 2 ? said.has(first) && said.has(first + step) : void (first += step)));
}

function isNear(word: string, typed: string, slips: number): boolean {
  return word[0] === typed[0] && distance(word, typed, slips) <= slips;
}

/** Whether an unknown word is a slip of one of the index's own that no other word of the rules is near: then it means none of these. */
function isOwnSlip({ gate, words }: Index, piece: string, typed: string): boolean {
  return piece.length >= LONG && !/(ng|gn|ig|in|ed|de)$/.test(typed) &&
    words.some((word, at) => word.length >= LONG && !gate.wary.has(at) && isNear(word, typed, 1));
}

/** Whether a word of the rules may be as long as an unknown one, give or take its slips, and begin like it. */
function isLike(lengths: readonly number[], piece: string, typed: string): boolean {
  const has = (word: string, from: number, to: number): boolean => {
    const at = 2 * (word.charCodeAt(0) - 97);
    return to >= (lengths[at] ?? 0) && from <= (lengths[at + 1] ?? 0);
  };
  const { length } = typed;
  // Of four letters one may be left out, of more any may be wrong; and signs.ts cuts up to three off for a slip in an ending.
  const slips = piece.length < 4 ? 0 : piece.length < 8 ? 1 : 2;
  if (has(typed, length - slips - (length > 6 ? 3 : 0), length + slips)) return true;
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
