/** Whether words can mean a warning sign at all: all that is read before the rules (signs.ts) are fetched. */

import type { Flag, Index } from "./index.ts";
import { isStop, stem } from "./normal.ts";

export const SENTENCE = 2;
const WORDS_MOST = 250;
const LETTERS_MOST = 4000;

export interface Found {
  /** The signs a sentence describes, the most urgent first. */
  readonly flags: readonly Flag[];
  /** Whether it comes near one, without describing it. */
  readonly isNear: boolean;
  /** The rules could not be fetched: the reader has to look at the signs. */
  readonly isUnread?: boolean;
}

/**
 * Whether the rules are needed at all: no rule can be met without one of the words that ask for them.
 * A word the index does not know may be any, mistyped.
 */
export function asksForSigns(index: Index, text: string): boolean {
  return pieces(text).some(({ piece }) => {
    if (/^\d/.test(piece)) return index.asking.has("#");
    const of = stem(piece);
    return index.asking.has(of) || !(index.numberOf.has(of) || isStop(of));
  });
}

/** The pieces of a text that are words, each with what parts it from the one before. */
export function pieces(text: string): { readonly piece: string; readonly stop: number }[] {
  const plain = text
    .slice(0, LETTERS_MOST)
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/['’‘`´]s\b/g, "")
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
