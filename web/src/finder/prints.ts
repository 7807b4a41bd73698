/**
 * Fingerprints of names and phrases: a few bits that say what may have been typed, where the text
 * itself would cost too much. src/kinopress/finder/prints.py writes them.
 */

import { letterValue } from "./coding.ts";

const BITS_A_LETTER = 6;

/** A number of 32 bits for a text in letters of ASCII (FNV-1a). */
export function printOf(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0;
  }
  return value;
}

/** Whether a name (without spaces) may be one of those whose bits these are. Never a wrong no. */
export function mayBeNamed(bits: string, squashed: string): boolean {
  if (bits === "") return false;
  const at = printOf(squashed) % (bits.length * BITS_A_LETTER);
  return (letterValue(bits, Math.floor(at / BITS_A_LETTER)) & (1 << (at % BITS_A_LETTER))) !== 0;
}

/** The two letters of a phrase: its stems that say something, in any order. */
export function phrasePrint(stems: readonly string[]): number {
  return printOf([...stems].sort().join(" ")) & 0xfff;
}

/** The prints of a page's phrases. */
export function readPrints(text: string): Set<number> {
  const found = new Set<number>();
  for (let at = 0; at < text.length; at += 2) {
    found.add(letterValue(text, at) | (letterValue(text, at + 1) << BITS_A_LETTER));
  }
  return found;
}
