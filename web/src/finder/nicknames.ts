/** Other names of pages, and names of what has no page ("couch stretch"): part of the finder's second file. Pure. */

import { numbers } from "./coding.ts";
import type { Asked } from "./meanings.ts";
import { distance } from "./near.ts";
import { contentOf, words } from "./normal.ts";
import { titleBonus } from "./titles.ts";

interface Name {
  /** As it is typed, and without spaces. */
  readonly text: string;
  readonly squashed: string;
  readonly stems: readonly string[];
}

/** Names, and the pages they lead to, the best first; `own`: they are names of the page itself. */
export interface Nickname {
  readonly names: readonly Name[];
  readonly pages: readonly number[];
  readonly own: boolean;
}

export interface Nicknames {
  readonly all: readonly Nickname[];
  readonly words: ReadonlySet<string>;
}

/** A nickname the query covers, and the step down from one of its pages to the next. */
const NICKNAME = 0.7;
const OWN = 1;
const STEP = 0.06;
/** What another name that was typed is worth beside a title. */
const AS_TITLE = 0.95;
/** In a long sentence a nickname is a chance word: "desk", "cold", "squats". Two words and more are less so. */
const LEAST = 0.4;
const LEAST_OF_SOME = 0.25;
/** A query that is the name and nothing else. */
const WHOLE = 0.5;
const SLIP_SHARE = 0.85;
const LONGEST_JOINED = 4;

export function readNicknames(lines: readonly string[]): Nicknames {
  const all = lines.flatMap((line) => {
    const [, names, sort, pages] = /^(.*)([>=])(.*)$/.exec(line) ?? [];
    if (names === undefined || pages === undefined) return [];
    const said = names.split("/").map((text) => {
      // Nearly all are plain, and hundreds are read before an answer.
      const split = /^[a-z0-9 ]+$/.test(text) ? text.split(" ").filter((word) => word !== "") : words(text);
      return { text, squashed: split.join(""), stems: contentOf(split) };
    });
    return [{ names: said, pages: numbers(pages), own: sort === "=" }];
  });
  return { all, words: new Set(all.flatMap(({ names }) => names.flatMap(({ stems }) => stems))) };
}

/**
 * What nicknames add: a page's place and its score. `heaviest` is what a word weighs that only
 * nicknames hold; words of `elsewhere` are known, and known to mean something else.
 */
export function namedIn(
  nicknames: Nicknames,
  asked: readonly Asked[],
  heaviest: number,
  elsewhere: ReadonlySet<string>,
): Map<number, number> {
  const found = new Map<number, number>();
  const said = asked.map((one) => spelled(nicknames.words, one));
  const place = new Map(said.map(([word], at) => [word, at]));
  const joined = joinedIn(said.map(([word]) => word));
  const weights = asked.map((one, at) =>
    one.means.size === 0 || (!one.isExact && nicknames.words.has(said[at]?.[0] ?? ""))
      ? heaviest
      : one.weight,
  );
  // A word that nobody on the site says and no name holds is not a reason to hide a name that is beside it.
  const known = asked.map(
    (one, at) =>
      one.means.size > 0 ||
      elsewhere.has(one.stem) ||
      nicknames.words.has(said[at]?.[0] ?? ""),
  );
  for (const { names, pages, own } of nicknames.all) {
    let best = 0;
    for (const { stems: name } of names) {
      const span = joined.get(name.join(""));
      const places = span ?? name.map((word) => place.get(word) ?? -1);
      if (places.some((at) => at < 0)) continue;
      const there = new Set(places);
      let told = 0;
      let whole = 0;
      let sure = 1;
      weights.forEach((weight, at) => {
        if (there.has(at)) {
          told += weight;
          sure = Math.min(sure, said[at]?.[1] ?? 1);
        }
        if (there.has(at) || known[at]) whole += weight;
      });
      const share = told / whole;
      if (share < (name.length > 1 ? LEAST_OF_SOME : LEAST)) continue;
      const entire = weights.every((_, at) => there.has(at) || !known[at]) ? WHOLE : 0;
      best = Math.max(best, sure * ((own ? OWN : NICKNAME) * share + entire));
    }
    if (best === 0) continue;
    pages.forEach((page, at) => {
      const score = best * (1 - STEP * at);
      if (score > (found.get(page) ?? 0)) found.set(page, score);
    });
  }
  return found;
}

/** Other names that were typed letter by letter, as a title is: a page's place and what it adds. */
export function typedAs(
  nicknames: Nicknames,
  typed: string,
  isWord: boolean,
): Map<number, number> {
  const found = new Map<number, number>();
  for (const { names, pages } of nicknames.all) {
    let best = 0;
    for (const { text, squashed } of names) {
      best = Math.max(best, titleBonus(typed, squashed, text, isWord));
    }
    if (best === 0) continue;
    pages.forEach((page, at) => {
      const bonus = best * (AS_TITLE - STEP * at);
      if (bonus > (found.get(page) ?? 0)) found.set(page, bonus);
    });
  }
  return found;
}

/** A word as the nicknames spell it, and how surely it is that word. */
function spelled(words: ReadonlySet<string>, asked: Asked): [string, number] {
  const { stem } = asked;
  if (words.has(stem) || stem.length < 5 || asked.isExact) return [stem, 1];
  const slips = stem.length >= 8 ? 2 : 1;
  let best = stem;
  let least = slips + 1;
  for (const word of words) {
    if (word.length < 4 || word[0] !== stem[0]) continue;
    const apart = distance(stem, word, slips);
    if (apart < least) [best, least] = [word, apart];
  }
  return best === stem ? [stem, 1] : [best, SLIP_SHARE];
}

/** Words of the query written together, up to four: "clam shells" is "clamshells". */
function joinedIn(said: readonly string[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  said.forEach((_, from) => {
    const places: number[] = [];
    let text = "";
    for (let at = from; at < Math.min(said.length, from + LONGEST_JOINED); at++) {
      text += said[at] ?? "";
      places.push(at);
      found.set(text, [...places]);
    }
  });
  return found;
}
