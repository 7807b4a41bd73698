/** Phrases found in a reader's sentence: parts of the body, and the wordings of warning signs. */

import type { Flag, Index, Level } from "./index.ts";
import { near } from "./near.ts";
import { stems } from "./normal.ts";

/** Words that may stand inside a phrase without changing it: "back of my left knee". */
const FILLERS = new Set(
  "a an the my your his her our of on in at to it its is are was were be been i im ive so very really just and like both left right one same whole entire when feel go have has had get got keep that this some bit part side area".split(
    " ",
  ),
);

interface Found {
  readonly from: number;
  readonly to: number;
}

/** Where a phrase stands in a sentence: its words in order, with nothing but fillers between them. */
export function find(
  phrase: readonly string[],
  sentence: readonly string[],
  same: (wanted: string, given: string) => boolean = (a, b) => a === b,
): Found | undefined {
  const first = phrase[0];
  if (first === undefined) return undefined;
  for (let from = 0; from < sentence.length; from++) {
    if (!same(first, sentence[from] ?? "")) continue;
    let at = from;
    let word = 1;
    while (word < phrase.length && at + 1 < sentence.length) {
      const next = sentence[++at] ?? "";
      if (same(phrase[word] ?? "", next)) word++;
      else if (!FILLERS.has(next)) break;
    }
    if (word === phrase.length) return { from, to: at };
  }
  return undefined;
}

/**
 * The parts of the body a sentence names. A longer phrase takes its words: in "back of my knee"
 * neither "back" nor "knee" means anything by itself any more.
 */
export function regionsIn(index: Index, sentence: readonly string[]): Set<number> {
  const phrases = index.regions
    .flatMap((region, at) => region.phrases.map((words) => ({ at, words })))
    .sort((a, b) => b.words.length - a.words.length);
  const found = new Set<number>();
  const taken = new Map<number, number>();
  for (const { at, words } of phrases) {
    const place = find(words, sentence);
    if (place === undefined) continue;
    let free = true;
    for (let word = place.from; word <= place.to; word++) {
      // Several regions may share a phrase ("knee"); a shorter one may not.
      if ((taken.get(word) ?? words.length) !== words.length) free = false;
    }
    if (!free) continue;
    for (let word = place.from; word <= place.to; word++) taken.set(word, words.length);
    found.add(at);
  }
  return found;
}

const URGENCY: readonly Level[] = ["999", "urgent", "gp"];

/** The warning signs a sentence describes, the most urgent first. By rule: nothing else can hide one. */
export function flagsIn(index: Index, query: string): Flag[] {
  const sentence = stems(query);
  const same = (wanted: string, given: string): boolean =>
    wanted === given || (wanted.length >= 5 && given.length >= 5 && near(wanted, given, 1));
  const said = (flag: Flag): boolean =>
    flag.wordings.some((parts) =>
      parts.every((any) => any.some((words) => find(words, sentence, same) !== undefined)),
    );
  return index.flags
    .filter(said)
    .sort((a, b) => URGENCY.indexOf(a.level) - URGENCY.indexOf(b.level));
}
