/** The parts of the body that a reader's sentence names. Warning signs: signs.ts. */

import type { Index } from "./index.ts";
import { phraseOf } from "./normal.ts";

/** Where a phrase begins in a sentence, both without fillers; -1 when it is not there. */
export function find(phrase: readonly string[], sentence: readonly string[]): number {
  for (let from = 0; from + phrase.length <= sentence.length; from++) {
    if (phrase.every((word, at) => word === sentence[from + at])) return from;
  }
  return -1;
}

/**
 * The parts of the body a sentence names, given as all its stems. A longer phrase takes its words: in "back of my knee"
 * neither "back" nor "knee" means anything by itself any more.
 */
export function regionsIn(index: Index, stems: readonly string[]): Set<number> {
  const sentence = phraseOf(stems, index.equal);
  const phrases = index.regions
    .flatMap((region, at) => region.phrases.map((words) => ({ at, words })))
    .sort((a, b) => b.words.length - a.words.length);
  const found = new Set<number>();
  const taken: number[] = [];
  for (const { at, words } of phrases) {
    const from = find(words, sentence);
    if (from < 0) continue;
    const places = words.map((_, word) => from + word);
    // Several regions may share a phrase ("knee"); a longer phrase has taken the word for good.
    if (places.some((place) => (taken[place] ?? words.length) !== words.length)) continue;
    for (const place of places) taken[place] = words.length;
    found.add(at);
  }
  return found;
}
