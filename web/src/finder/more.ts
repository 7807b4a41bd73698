/** The finder's second file (src/kinopress/finder/index.py says what is where), and the index with it. */

// What main.ts loads is here already. Saying so keeps it in one file, which is smaller than the parts
// that several files share.
import "./main.ts";

import { frontCoded, rising } from "./coding.ts";
import { type Index, readAlike, VERSION, weightsOf } from "./index.ts";
import { rejoined } from "./joined.ts";
import { namedIn, readNicknames, typedAs } from "./nicknames.ts";
import { holds } from "./posts.ts";
import { isStop, stem } from "./normal.ts";
import { phrasePrint, readPrints } from "./phrase_prints.ts";
import { type Known, meantIn } from "./spelling.ts";

export interface MoreFile {
  v: number;
  words: string;
  alike: string[];
  told: string[];
  names: string[];
  said: string;
}

/**
 * The index with the words that tell of its other pages, and with other names. The index given
 * stays as it is. Throws when the file is of another version.
 */
export function withMore(index: Index, file: MoreFile): Index {
  if (file.v !== VERSION) throw new Error(`second search file of version ${file.v}, not ${VERSION}`);
  const nicknames = readNicknames(file.names);
  const words = [...index.words, ...frontCoded(file.words)];
  const numberOf = new Map(words.map((word, at) => [word, at]));
  const ofPage = file.told.map((text) => {
    const [often = "", once = ""] = text.split(",");
    const again = new Map(rising(once).map((word) => [word, 0]));
    for (const word of rising(often)) again.set(word, 1);
    return again;
  });
  for (const { names, pages, own } of nicknames.all) {
    if (!own) continue;
    for (const word of names.flatMap(({ stems }) => stems)) {
      if (!numberOf.has(word)) numberOf.set(word, words.push(word) - 1);
      for (const page of pages) {
        const of = ofPage[page];
        const number = numberOf.get(word) ?? 0;
        if (of !== undefined && !of.has(number)) of.set(number, 0);
      }
    }
  }
  const said = file.said.split("\n").map(readPrints);
  const posts = words.map((_, at) => [...(index.posts[at] ?? [])]);
  ofPage.forEach((held, page) => {
    // Names and what a page belongs to are counted already.
    for (const [word, again] of held) {
      if (!holds(index.posts[word], page)) posts[word]?.push(2 * page + again);
    }
  });
  // Looked up by halves, so they have to rise again.
  for (const of of posts) if (of.some((post, at) => at > 0 && post < (of[at - 1] ?? 0))) of.sort((a, b) => a - b);
  const known = weightsOf(posts, index.terms, index.pages.length);
  const { restWeight } = known;
  // A word of no term tells apart what it tells apart among the others.
  const weight = restWeight.map((among, at) => {
    const isTerms = (posts[at]?.[0] ?? Infinity) < 2 * index.terms;
    return index.weight[at] ?? (isTerms ? known.weight[at] : undefined) ?? among;
  });
  const saidOf = (stems: readonly string[]): number[] => {
    const print = phrasePrint(stems);
    return said.flatMap((prints, page) => (prints.has(print) ? [page] : []));
  };
  const names = [
    ...index.names.flat(),
    ...nicknames.all.flatMap((one) => one.names.map(({ stems }) => stems.map((word) => numberOf.get(word) ?? -1))),
  ].filter((name) => name.length > 1 && !name.includes(-1));
  const numbersOf = (stems: readonly string[]): number[] => stems.map((one) => numberOf.get(one) ?? -1);
  const spoken: Known = {
    words: words.map((word) => (index.elsewhere.has(word) ? "" : word)),
    numberOf,
    often: (number) => posts[number]?.length ?? 0,
    isOther: otherThan(index),
    namedBy: (stems, among) =>
      Math.max(saidOf(stems).length > 0 ? stems.length : 0, longestName(names, numbersOf(stems), numbersOf(among))),
  };
  return {
    ...index,
    words,
    numberOf,
    alike: readAlike(file.alike),
    posts,
    weight,
    restWeight,
    typed: (typed, isWord) => typedAs(nicknames, typed, isWord),
    saidOf,
    named: (asked) => namedIn(nicknames, asked, index.heaviest, index.elsewhere),
    meant: (content, typed) => meantIn(spoken, content, typed),
    rejoined: (content, meant) => rejoined(content, (word) => numberOf.has(word), (word) => meant.get(word)?.stem),
    isWhole: true,
  };
}

/** Whether a word that no page holds is no slip all the same: it asks for something, or is of another subject. */
function otherThan(index: Index): (typed: string) => boolean {
  const known = [index.elsewhere, index.aboutBody, index.aboutMoving, index.hurting, index.doing, index.kindOf,
    index.person.who, index.person.nearness, ...index.intents.map(({ words }) => words)];
  const places = new Set(index.regions.flatMap(({ phrases }) => phrases.flat()));
  return (typed) => {
    const word = stem(typed);
    return isStop(word) || places.has(word) || known.some((of) => of.has(word));
  };
}

/** How many words the longest name has that is made of these alone and holds one of some of them. */
function longestName(names: readonly (readonly number[])[], words: readonly number[], among: readonly number[]): number {
  let most = 0;
  for (const name of names) {
    if (name.length > most && name.some((word) => among.includes(word)) && name.every((word) => words.includes(word))) most = name.length;
  }
  return most;
}
