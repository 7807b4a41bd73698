/** The finder's second file (src/kinopress/finder/index.py says what is where), and the index with it. */

// What main.ts loads is here already. Saying so keeps it in one file, which is smaller than the parts
// that several files share.
import "./main.ts";

import { frontCoded, rising } from "./coding.ts";
import { type Index, readAlike, VERSION, weightsOf } from "./index.ts";
import { namedIn, readNicknames, typedAs } from "./nicknames.ts";
import { holds } from "./posts.ts";
import { phrasePrint, readPrints } from "./prints.ts";

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
  const known = weightsOf(posts, index.terms, index.pages.length);
  const { restWeight } = known;
  // A word of no term tells apart what it tells apart among the others.
  const weight = restWeight.map((among, at) => {
    const isTerms = (posts[at]?.[0] ?? Infinity) < 2 * index.terms;
    return index.weight[at] ?? (isTerms ? known.weight[at] : undefined) ?? among;
  });
  return {
    ...index,
    words,
    numberOf,
    alike: readAlike(file.alike),
    posts,
    weight,
    restWeight,
    typed: (typed, isWord) => typedAs(nicknames, typed, isWord),
    saidOf: (stems) => {
      const print = phrasePrint(stems);
      return said.flatMap((prints, page) => (prints.has(print) ? [page] : []));
    },
    named: (asked) => namedIn(nicknames, asked, index.heaviest, index.elsewhere),
    isWhole: true,
  };
}
