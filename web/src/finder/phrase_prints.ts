/** Fingerprints of what people say, part of the finder's second file. src/kinopress/finder/prints.py writes them. */

import { letterValue } from "./coding.ts";
import { BITS_A_LETTER, printOf } from "./prints.ts";

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
