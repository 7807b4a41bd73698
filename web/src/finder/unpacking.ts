/** Groups and rules of warning signs out of the short text they travel as; src/kinopress/finder/signs/packing.py writes it. */

import { frontCoded, LAST, letterValue, MORE, numbers, rising } from "./coding.ts";

export interface Packed {
  readonly words: string;
  readonly symbols: string;
  readonly groups: string;
  readonly rules: string;
}

/** What phrases are made of, by number: symbols, then words as stems. */
export function partsOf({ symbols, words }: Packed): string[] {
  return [...(symbols === "" ? [] : symbols.split(" ")), ...frontCoded(words)];
}

/** The phrases of a set, each as the numbers of its parts. */
export function phrasesIn(text: string): number[][] {
  const [ones, longer] = apart(text);
  const phrases = rising(ones).map((at) => [at]);
  let first = 0;
  for (const one of longer) {
    const of = numbers(one.slice(1));
    if (one.startsWith(",")) of.unshift(first);
    first = of[0] ?? 0;
    phrases.push(of);
  }
  return phrases;
}

/** The numbers of the parts with which the phrases of a set begin: much less to read than the phrases. */
export function firstsIn(text: string): number[] {
  const [ones, longer] = apart(text);
  const firsts = rising(ones);
  for (const one of longer) if (one.startsWith(".")) firsts.push(firstNumber(one, 1));
  return firsts;
}

/** The only part of a set that has one phrase of one part. */
export function onlyPart(text: string): number | undefined {
  if (text.length > 4 || /[.,]/.test(text)) return undefined;
  const [only, another] = numbers(text);
  return another === undefined ? only : undefined;
}

function apart(text: string): readonly [string, readonly string[]] {
  const [ones = "", ...longer] = text.split(/(?=[.,])/);
  return /^[.,]/.test(ones) ? ["", [ones, ...longer]] : [ones, longer];
}

/** The first number of a row that begins at a letter. */
function firstNumber(text: string, from: number): number {
  let value = 0;
  let scale = 1;
  for (let at = from; at < text.length; at++) {
    const letter = letterValue(text, at);
    value += letter * scale;
    if (letter < LAST) break;
    scale *= MORE;
  }
  return value;
}
