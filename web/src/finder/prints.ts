/**
 * Fingerprints of names and phrases: a few bits that say what may have been typed, where the text
 * itself would cost too much. src/kinopress/finder/prints.py writes them.
 */

import { letterValue } from "./coding.ts";

export const BITS_A_LETTER = 6;

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
