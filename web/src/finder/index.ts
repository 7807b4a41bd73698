/** The search index as it travels (src/kinopress/finder/index.py says what is where), and as it is used. */

import { type Gate, type GateFile, readGate } from "./asking.ts";
import { frontCoded, lines, numbers, rising, spelled } from "./coding.ts";
import type { Asked } from "./meanings.ts";
import { contentOf, contentStems, words } from "./normal.ts";
import { type Posts, readPosts } from "./posts.ts";
import { mayBeNamed } from "./prints.ts";
import type { Meant } from "./spelling.ts";

export const VERSION = 8;

export interface IndexFile {
  v: number;
  words: string;
  alike: string[];
  kinds: [string, number, string, string, string, string, string, string][];
  terms: number;
  titles: string;
  slugs: string;
  in: string;
  tags: string;
  avoid: string;
  levels: string;
  doses: string;
  /** These two are not in an index of an earlier edition, which a browser may still have. */
  limits?: string;
  named?: string;
  films: string;
  names: string;
  says: string;
  hints: string;
  regions: string;
  asks: GateFile;
  help: string;
  equal: string[];
  about: [string, string, string, string, string];
  intents: [string, string][];
  person: [string, string, string];
}

/** A kind of page: what one is called, the group its results stand in, what joins it to what it belongs to. */
export interface Kind {
  readonly label: string;
  readonly group: string;
  /** "for": an exercise for the piriformis. Empty where nothing is joined. */
  readonly joint: string;
  /** Its name where its pages are tags, as the choices on the page of results have it: "muscle". */
  readonly tag: string;
  /** Something "felt" lends to the parts it may come from; movements are sought among what is "moved". */
  readonly ranksAs: string;
}

/** A page a reader can be led to. `tags`, `avoid` and `regions` are places in the index's own lists. */
export interface Page {
  readonly at: number;
  readonly kind: string;
  /** The group of results that it is shown in. */
  readonly group: string;
  readonly slug: string;
  readonly title: string;
  /** Whether it begins with the name of somebody. */
  readonly isNamed: boolean;
  readonly regions: readonly number[];
  readonly tags: readonly number[];
  /** Techniques that a symptom says to leave out for now. */
  readonly avoid: readonly number[];
  /** How much of an exercise or a plan, in a few letters: "3 × 10". */
  readonly dose: string | undefined;
  /** Exercises whose usual dose may be too much with this symptom, each with the symptom's own or "at most" the usual one; "" where nothing is for the first day. */
  readonly limits: ReadonlyMap<number, string>;
  readonly level: string | undefined;
  readonly film: { readonly durationS: number; readonly poster: string } | undefined;
  /** The drawing of an exercise without a film, from the site's root. */
  readonly still: string | undefined;
}

/** `phrases` are words people use for it, as stems; a longer one says more. */
export interface Region {
  readonly key: string;
  readonly label: string;
  readonly phrases: readonly (readonly string[])[];
}

/** What somebody wants to do: words that say so, and the pages to which what comes first belongs. */
export interface Intent {
  readonly words: ReadonlySet<string>;
  readonly pages: ReadonlySet<number>;
}

export interface Index {
  readonly words: readonly string[];
  readonly numberOf: ReadonlyMap<string, number>;
  readonly alike: ReadonlyMap<number, readonly number[]>;
  readonly pages: readonly Page[];
  readonly kinds: ReadonlyMap<string, Kind>;
  /** The kind that a stem asks for: "schedul" a plan. */
  readonly kindOf: ReadonlyMap<string, string>;
  /** How many pages, from the first, are terms: muscles, symptoms, techniques. */
  readonly terms: number;
  /** A page's names, each the numbers of its words. */
  readonly names: readonly (readonly (readonly number[])[])[];
  /** Each page's title letter by letter, as `squash` leaves it. */
  readonly squashed: readonly string[];
  /** Which pages hold each word. */
  readonly posts: Posts;
  /** How much each word tells apart: inverse document frequency among the terms. */
  readonly weight: Float64Array;
  /** The same among the other pages. */
  readonly restWeight: Float64Array;
  readonly heaviest: number;
  /** How many words each page holds, beside the mean. */
  readonly length: Float64Array;
  readonly regions: readonly Region[];
  /** What must at least be said before a warning sign can be meant. */
  readonly gate: Gate;
  /** The page that says when to get help, from the site's root; or empty. */
  readonly help: string;
  /** Stems that are one in the words for a part of the body. */
  readonly equal: ReadonlyMap<string, string>;
  /** Stems that make a query one for this site: surely, likely, and not. */
  readonly aboutBody: ReadonlySet<string>;
  readonly aboutMoving: ReadonlySet<string>;
  readonly elsewhere: ReadonlySet<string>;
  /** Stems that say that something hurts, and that tell of a movement somebody makes. */
  readonly hurting: ReadonlySet<string>;
  readonly doing: ReadonlySet<string>;
  readonly intents: readonly Intent[];
  /** Stems for people one may look for, stems of nearness, and the pages for whoever does, best first. */
  readonly person: {
    readonly who: ReadonlySet<string>;
    readonly nearness: ReadonlySet<string>;
    readonly pages: readonly number[];
  };
  /** Whether the second file may hold another name that was typed so; without spaces. */
  readonly mayBeNamed: (typed: string) => boolean;
  /** Pages by other names that were typed letter by letter, each with what it adds; none before there is more. */
  readonly typed: (typed: string, isWord: boolean) => ReadonlyMap<number, number>;
  /** Terms that people say these very words of, given as stems; none before there is more. */
  readonly saidOf: (stems: readonly string[]) => readonly number[];
  /** What words that nobody on the site says were meant for, given as stems and as they were typed; nothing before there is more. */
  readonly meant: (content: readonly string[], typed: ReadonlyMap<string, string>) => ReadonlyMap<string, Meant>;
  /** The words that words written together are made of, or that words written apart make; as they are before there is more. */
  readonly rejoined: (content: readonly string[], meant: ReadonlyMap<string, Meant>) => readonly string[];
  /** Pages that the words of a query name by other names, with a score each; none before there is more. */
  readonly named: (asked: readonly Asked[]) => ReadonlyMap<number, number>;
  /** Whether the second file is in it (more.ts). */
  readonly isWhole: boolean;
}

const NO_NAMES: ReadonlyMap<number, number> = new Map();
const NOTHING_MEANT: ReadonlyMap<string, Meant> = new Map();

/** An index out of its file. Throws when the file is of another version. */
export function readIndex(file: IndexFile): Index {
  if (file.v !== VERSION) throw new Error(`search index of version ${file.v}, not ${VERSION}`);
  const vocabulary = frontCoded(file.words);
  const kinds = new Map(
    file.kinds.map(([kind, , label, group, joint, tag, ranksAs]) => [kind, { label, group, joint, tag, ranksAs }]),
  );
  const pages = readPages(file);
  const numberOf = new Map(vocabulary.map((word, at) => [word, at]));
  const said = (text: string): ReadonlySet<string> => new Set(spelled(text, vocabulary));
  const titles = pages.map((page) => words(page.title));
  const names = readNames(file, pages, titles, numberOf);
  const { posts, length } = readPosts(file, pages, names, vocabulary.length);
  const { weight, restWeight } = weightsOf(posts, file.terms, pages.length);
  const mean = length.subarray(0, file.terms).reduce((sum, one) => sum + one, 0) / file.terms;
  return {
    words: vocabulary,
    numberOf,
    alike: readAlike(file.alike),
    pages,
    kinds,
    kindOf: new Map(file.kinds.flatMap(([kind, , , , , , , asked]) => spelled(asked, vocabulary).map((word) => [word, kind] as const))),
    terms: file.terms,
    names,
    squashed: titles.map((title) => title.join("")),
    posts,
    weight,
    restWeight,
    heaviest: weight.reduce((most, one) => Math.max(most, one), 0),
    length: length.map((one) => one / (mean || 1)),
    regions: file.regions === "" ? [] : lines(file.regions).map((line) => readRegion(line, vocabulary)),
    gate: readGate(file.asks, vocabulary),
    help: file.help,
    equal: new Map(
      file.equal.flatMap((group) => {
        const [first = "", ...rest] = group.split(" ");
        return rest.map((word) => [word, first] as const);
      }),
    ),
    aboutBody: said(file.about[0]),
    aboutMoving: said(file.about[1]),
    elsewhere: said(file.about[2]),
    hurting: said(file.about[3]),
    doing: said(file.about[4]),
    mayBeNamed: (typed) => mayBeNamed(file.hints, typed),
    typed: () => NO_NAMES,
    saidOf: () => [],
    named: () => NO_NAMES,
    meant: () => NOTHING_MEANT,
    rejoined: (content) => content,
    isWhole: false,
    person: {
      who: said(file.person[0]),
      nearness: said(file.person[1]),
      pages: numbers(file.person[2]),
    },
    intents: file.intents.map(([words, pages]) => ({
      words: said(words),
      pages: new Set(rising(pages)),
    })),
  };
}

/** How much each word tells apart among the terms, and among the other pages. */
export function weightsOf(
  posts: Posts,
  terms: number,
  pages: number,
): { weight: Float64Array; restWeight: Float64Array } {
  const weight = new Float64Array(posts.length);
  const restWeight = new Float64Array(posts.length);
  const apart = (all: number): ((of: number) => number) => {
    const known: number[] = [];
    return (of) => (known[of] ??= Math.log(1 + (all - of + 0.5) / (of + 0.5)));
  };
  const [ofTerms, ofRest] = [apart(terms), apart(pages - terms)];
  // One loop after another: a function called for each of thousands of words is what a slow phone would notice.
  for (let word = 0; word < posts.length; word++) {
    const of = posts[word] ?? [];
    let among = 0;
    for (const post of of) if (post < 2 * terms) among++;
    weight[word] = ofTerms(among);
    restWeight[word] = ofRest(of.length - among);
  }
  return { weight, restWeight };
}

function readPages(file: IndexFile): Page[] {
  const kinds = file.kinds.flatMap(([kind, count, , group]) =>
    Array.from({ length: count }, () => ({ kind, group })),
  );
  const [titles, slugs, regions, tags] = [file.titles, file.slugs, file.in, file.tags].map(lines);
  const [avoid, levels, doses, films] = [file.avoid, file.levels, file.doses, file.films].map(lines);
  const limits = lines(file.limits ?? "");
  const named = rising(file.named ?? "");
  return kinds.map(({ kind, group }, at) => {
    const title = titles?.[at] ?? "";
    const [seconds, poster] = (films?.[at] ?? "").split(" ");
    const drawn = seconds !== undefined && seconds !== "" && !poster;
    let slug: string | undefined;
    return {
      at,
      kind,
      group,
      title,
      isNamed: named.includes(at),
      // Made when it is asked for: few of a thousand pages are ever shown.
      get slug() {
        return (slug ??= readSlug(slugs?.[at] ?? "", words(title)));
      },
      regions: rising(regions?.[at] ?? ""),
      tags: rising(tags?.[at] ?? ""),
      avoid: rising(avoid?.[at] ?? ""),
      dose: doses?.[at] || undefined,
      get limits() {
        return readLimits(limits[at] ?? "", doses);
      },
      level: levels?.[at] || undefined,
      film: seconds && poster ? { durationS: Number(seconds), poster } : undefined,
      get still() {
        return drawn ? `figures/${this.slug}.svg` : undefined;
      },
    };
  });
}

/** A capital letter stands for a word of the title: of "Ankle joint and its ligaments" "AB" is "ankle-joint". */
function readSlug(text: string, title: readonly string[]): string {
  const parts = text === "" ? title : (text.match(/[A-Z]|[^A-Z]+/g) ?? []);
  return parts.map((part) => (/[A-Z]/.test(part) ? title[part.charCodeAt(0) - 65] : part)).join("-");
}

function readRegion(line: string, vocabulary: readonly string[]): Region {
  const [key = "", said = "", ...label] = line.split("|");
  const phrases = said.split("/").map((phrase) =>
    phrase.startsWith("=") ? phrase.slice(1).split(" ") : numbers(phrase).map((at) => vocabulary[at] ?? ""),
  );
  return { key, label: label.join("|"), phrases };
}

/** A number alone says "at most" of the usual dose, which the exercise has in the index already; with "!" nothing is for the first day. */
function readLimits(text: string, doses: readonly string[] = []): Map<number, string> {
  const entries = text === "" ? [] : text.split(";");
  return new Map(
    entries.map((entry) => {
      const [of = "", ...own] = entry.split(" ");
      const at = parseInt(of);
      return [at, of.endsWith("!") ? "" : own.join(" ") || `at most ${doses[at] ?? ""}`];
    }),
  );
}

/** The place of the address among a page's names. */
export const ADDRESS = 1;

/** Every page's names: its title, its address, and what else it is called. */
function readNames(
  file: IndexFile,
  pages: readonly Page[],
  titles: readonly (readonly string[])[],
  numberOf: ReadonlyMap<string, number>,
): number[][][] {
  const numbered = (stems: readonly string[]): number[] => {
    const found: number[] = [];
    for (const word of stems) {
      const at = numberOf.get(word);
      if (at !== undefined) found.push(at);
    }
    return found;
  };
  const [slugs, others] = [lines(file.slugs), lines(file.names)];
  return pages.map((page) => {
    const title = numbered(contentOf(titles[page.at] ?? []));
    // An address that is not written down is made of the title's words.
    const slug = slugs[page.at] ? numbered(contentStems(page.slug.replaceAll("-", " "))) : title;
    const names = [title, slug];
    addNames(names, others[page.at] ?? "");
    return names;
  });
}

function addNames(names: number[][], text: string): void {
  const all = numbers(text);
  for (let at = 0; at < all.length; ) {
    const name: number[] = [];
    const end = at + 1 + (all[at] ?? 0);
    for (let word = 0; ++at < end; ) name.push((word += all[at] ?? 0));
    names.push(name);
  }
}

export function readAlike(groups: readonly string[]): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (const text of groups) {
    const group = rising(text);
    for (const word of group) {
      const alike = found.get(word) ?? [];
      for (const other of group) if (other !== word) alike.push(other);
      found.set(word, alike);
    }
  }
  return found;
}
