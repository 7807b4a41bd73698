/** The search index as it travels (src/kinopress/finder/index.py says what stands where), and as it is used. */

import { frontCoded, numbers, rising } from "./coding.ts";

export const VERSION = 1;

interface Facts {
  r?: string;
  t?: string;
  l?: string;
  p?: string;
  e?: string[];
  f?: [number, string];
}

export interface IndexFile {
  v: number;
  words: string;
  alike: string[];
  kinds: string[];
  terms: number;
  pages: [number, string, string, Facts?][];
  names: string[];
  posts: string[];
  regions: [string, string, string[]][];
  flags: [string, Level, string, string, string[][][]][];
  away: string;
  intents: Record<string, string>;
}

export type Level = "999" | "urgent" | "gp";

/** A page a reader can be led to. `tags` and `regions` are places in the index's own lists. */
export interface Page {
  readonly at: number;
  readonly kind: string;
  readonly slug: string;
  readonly title: string;
  readonly regions: readonly number[];
  readonly tags: readonly number[];
  readonly level: string | undefined;
  readonly position: string | undefined;
  readonly equipment: readonly string[];
  readonly film: { readonly durationS: number; readonly poster: string } | undefined;
}

/** `phrases` are words people use for it, as stems; a longer one says more. */
export interface Region {
  readonly key: string;
  readonly label: string;
  readonly phrases: readonly (readonly string[])[];
}

/** A warning sign and the wordings that show it: parts that must all be there, each with alternatives. */
export interface Flag {
  readonly key: string;
  readonly level: Level;
  readonly title: string;
  readonly action: string;
  readonly wordings: readonly (readonly (readonly string[])[])[][];
}

export interface Index {
  readonly words: readonly string[];
  readonly numberOf: ReadonlyMap<string, number>;
  readonly alike: ReadonlyMap<number, readonly number[]>;
  readonly pages: readonly Page[];
  /** How many pages, from the first, are terms: muscles, symptoms, techniques. */
  readonly terms: number;
  /** A page's names, each the numbers of its words. */
  readonly names: readonly (readonly (readonly number[])[])[];
  /** A word's pages and how often each holds it: 0.5 in its description only, else up to 2. */
  readonly posts: readonly (readonly (readonly [page: number, often: number])[])[];
  /** How much each word tells apart: inverse document frequency among the terms. */
  readonly weight: Float64Array;
  readonly heaviest: number;
  /** How many words each page holds, beside the mean. */
  readonly length: Float64Array;
  readonly regions: readonly Region[];
  readonly flags: readonly Flag[];
  readonly away: ReadonlySet<string>;
  readonly intents: ReadonlyMap<string, string>;
}

const OFTEN = [0.5, 1, 2, 2] as const;

/** An index out of its file. Throws when the file is of another version. */
export function readIndex(file: IndexFile): Index {
  if (file.v !== VERSION) throw new Error(`search index of version ${file.v}, not ${VERSION}`);
  const words = frontCoded(file.words);
  const posts = file.posts.map(readPosts);
  const count = file.pages.length;
  const weight = Float64Array.from(posts, (of) => {
    const terms = of.reduce((sum, [page]) => sum + (page < file.terms ? 1 : 0), 0);
    return Math.log(1 + (file.terms - terms + 0.5) / (terms + 0.5));
  });
  return {
    words,
    numberOf: new Map(words.map((word, at) => [word, at])),
    alike: readAlike(file.alike),
    pages: file.pages.map(([kind, slug, title, facts], at) => ({
      at,
      kind: file.kinds[kind] ?? "pages",
      slug,
      title,
      regions: rising(facts?.r ?? ""),
      tags: rising(facts?.t ?? ""),
      level: facts?.l,
      position: facts?.p,
      equipment: facts?.e ?? [],
      film: facts?.f && { durationS: facts.f[0], poster: facts.f[1] },
    })),
    terms: file.terms,
    names: file.names.map(readNames),
    posts,
    weight,
    heaviest: weight.reduce((most, one) => Math.max(most, one), 0),
    length: lengths(posts, count, file.terms),
    regions: file.regions.map(([key, label, said]) => ({
      key,
      label,
      phrases: said.map((words) => words.split(" ")),
    })),
    flags: file.flags.map(([key, level, title, action, said]) => ({
      key,
      level,
      title,
      action,
      wordings: said.map((parts) => parts.map((any) => any.map((words) => words.split(" ")))),
    })),
    away: new Set(file.away.split(" ")),
    intents: new Map(
      Object.entries(file.intents).flatMap(([family, said]) =>
        said.split(" ").map((word) => [word, family] as const),
      ),
    ),
  };
}

function readPosts(text: string): [number, number][] {
  let page = 0;
  return numbers(text).map((step) => {
    page += step >> 2;
    return [page, OFTEN[(step & 3) as 0 | 1 | 2 | 3]];
  });
}

function readNames(text: string): number[][] {
  const [count = 0, ...rest] = numbers(text);
  const names: number[][] = [];
  let at = 0;
  for (let name = 0; name < count; name++) {
    const length = rest[at] ?? 0;
    names.push(rest.slice(at + 1, at + 1 + length));
    at += 1 + length;
  }
  return names;
}

function readAlike(groups: readonly string[]): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (const group of groups.map(rising)) {
    for (const word of group) {
      found.set(word, [...(found.get(word) ?? []), ...group.filter((other) => other !== word)]);
    }
  }
  return found;
}

function lengths(posts: Index["posts"], pages: number, terms: number): Float64Array {
  const found = new Float64Array(pages);
  for (const of of posts) for (const [page, often] of of) found[page] = (found[page] ?? 0) + often;
  const sum = found.subarray(0, terms).reduce((total, one) => total + one, 0);
  const mean = terms > 0 && sum > 0 ? sum / terms : 1;
  return found.map((one) => one / mean);
}
