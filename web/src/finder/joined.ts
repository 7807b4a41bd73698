/** Words that were written together, or apart: part of the finder's second file. Pure. */

import { isStop, stem } from "./normal.ts";

/** Parts of a word that was written together are words themselves from this length on; surely from the second one. */
const PART_LEAST = 3;
const PART_SURE = 4;
const PARTS_MOST = 5;
const LONG = 9;
const LONGEST_TOGETHER = 60;

/**
 * "ham strings" and "footstretch" are the words they are made of, or make, where only those are known.
 * `fix`: the word that an unknown one was meant for.
 */
export function rejoined(
  asked: readonly string[],
  known: (word: string) => boolean,
  fix: (word: string) => string | undefined,
): string[] {
  const found: string[] = [];
  for (let at = 0; at < asked.length; at++) {
    const [word = "", next] = [asked[at], asked[at + 1]];
    if (known(word)) {
      if (next !== undefined && !known(next) && known(word + next)) {
        found.push(word + next);
        at++;
      } else found.push(word);
    } else if (next !== undefined && known(word + next)) {
      found.push(word + next);
      at++;
    } else {
      const made = (word.length > LONGEST_TOGETHER ? undefined : parts(word, known)) ?? [];
      const isSure = made.length > 0 && made.every((part) => part.length >= PART_SURE);
      const meant = isSure ? undefined : fix(word);
      found.push(...(meant !== undefined ? [meant] : made.length > 0 ? made : [word]));
    }
  }
  return [...new Set(found)];
}

/**
 * The known words that a word is written together from, as few as can be. Words that say nothing may
 * are between them in a long one ("backofmythigh"), and are left out.
 */
function parts(word: string, known: (word: string) => boolean): string[] | undefined {
  // From the end: the fewest parts that the rest of the word is made of.
  const from: (string[] | undefined)[] = Array<undefined>(word.length).fill(undefined);
  from.push([]);
  for (let at = word.length - 1; at >= 0; at--) {
    for (let end = at + 1; end <= word.length; end++) {
      const rest = from[end];
      if (rest === undefined) continue;
      const part = word.slice(at, end);
      const says = end - at >= PART_LEAST && !isStop(stem(part)) && known(stem(part));
      if (!says && !(word.length >= LONG && isStop(part))) continue;
      const made = says ? [stem(part), ...rest] : rest;
      if (made.length < (from[at]?.length ?? Infinity)) from[at] = made;
    }
  }
  const found = from[0];
  return found !== undefined && found.length > 1 && found.length <= PARTS_MOST ? found : undefined;
}
