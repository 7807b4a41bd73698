/**
 * From a reader's words to pages in order. Pure: no page, no network.
 *
 * Terms (muscles, symptoms, techniques) are ranked by two figures between 0 and 1: how well the
 * query covers one of the page's names and is covered by it, and how much of the query the page
 * holds word by word (BM25's saturation). Parts of the body named in the query lift pages that
 * belong there and lower those that do not. Everything else a site has (exercises, films,
 * articles) follows the terms it belongs to. The constants were chosen on
 * tests/browser/queries_dev.tsv and a set of our own; benchmarks/finder.py shows what they give.
 */

import type { Index, Intent, Nickname, Page } from "./index.ts";
import { distance } from "./near.ts";
import { contentStems, stems } from "./normal.ts";
import { regionsIn } from "./spot.ts";

/** Share of the name's figure in the sum. */
const NAME_SHARE = 0.4;
/** BM25: how soon a word said again stops counting, and how much long pages are held back. */
const SATURATION = 1.2;
const LENGTH_SHARE = 0.2;
/** A word that only means the same, or begins like it, or is spelt nearly like it, counts less. */
const ALIKE_SHARE = 0.65;
const SLIP_SHARE = 0.85;
const FIRST_LETTER_SLIP_SHARE = 0.7;
const RARE = 2;
const RARE_SHARE = 0.7;
/** The query names a part of the body, and the page lies there, elsewhere, or nowhere. */
const HERE = 1.15;
const NOT_HERE = 0.7;
const NOWHERE = 0.9;
/** What a symptom lends to what it suspects, and the other way round. */
const LENT = 0.1;
/** "Muscle" or "tendon" in the query asks for one. */
const ASKED_KIND = 1.2;
/**
 * Below this score a page is no answer: least where the query names a part of the body, more
 * where it speaks of moving or hurting, most where it (also) is about something else.
 */
const FLOOR = { body: 0.1, moving: 0.22, unknown: 0.34, both: 0.36, elsewhere: 0.55 } as const;
/** A page this far below the best is no answer either. */
const FLOOR_BESIDE_BEST = 0.3;
/** A nickname the query covers, and the step down from one of its pages to the next. */
const NICKNAME = 0.7;
const NICKNAME_STEP = 0.06;
const NICKNAME_LEAST = 0.4;
const TERMS_BEFORE_ASKED = 2;

export interface Hit {
  readonly page: Page;
  readonly score: number;
}

export interface Answer {
  /** Muscles, symptoms and techniques, best first. */
  readonly terms: readonly Hit[];
  /** Exercises, films, articles and pages that belong to them, best first. */
  readonly others: readonly Hit[];
  /** How many of the others are what the query asks to do ("stretch", "release", "see a doctor"). */
  readonly asked: number;
}

/** The words of the index that a word of the query may mean, and how surely each. */
function meanings(index: Index, word: string, last: boolean): Map<number, number> {
  const found = new Map<number, number>();
  const add = (number: number, share: number): void => {
    if ((found.get(number) ?? 0) < share) found.set(number, share);
  };
  const exact = index.numberOf.get(word);
  if (exact !== undefined) {
    add(exact, 1);
    for (const other of index.alike.get(exact) ?? []) add(other, ALIKE_SHARE);
  }
  // A word that one or two pages hold may be somebody's slip that was written down there.
  const rare = exact !== undefined && (index.posts[exact]?.length ?? 0) <= RARE && word.length >= 5;
  if ((exact === undefined && word.length >= 4) || rare) {
    const slips = word.length >= 8 ? 2 : 1;
    index.words.forEach((other, number) => {
      if (other.length < 4) return;
      const apart = distance(word, other, slips);
      if (apart <= slips) {
        const share = other[0] === word[0] ? SLIP_SHARE : FIRST_LETTER_SLIP_SHARE;
        add(number, (share - 0.15 * (apart - 1)) * (rare ? RARE_SHARE : 1));
      }
    });
  }
  // While somebody types, the last word may be the beginning of a longer one.
  if ((exact === undefined || last) && word.length >= 3) {
    index.words.forEach((other, number) => {
      if (other.length > word.length && other.startsWith(word)) {
        add(number, (exact === undefined ? 0.8 : 0.4) * (word.length / other.length) + 0.1);
      }
    });
  }
  return found;
}

/** Every page with its score; pages without any are left out. */
function scores(index: Index, query: string): Float64Array {
  const asked = contentStems(query);
  const meant = asked.map((word, at) => meanings(index, word, at === asked.length - 1));
  // What nobody on the site ever says weighs as much as the rarest word: it is not what was asked for.
  const weights = asked.map((word, at) => {
    const exact = index.numberOf.get(word);
    if (exact !== undefined) return index.weight[exact] ?? index.heaviest;
    let most = 0;
    for (const [number, share] of meant[at] ?? []) {
      most = Math.max(most, (index.weight[number] ?? 0) * share);
    }
    return most || index.heaviest;
  });
  const whole = weights.reduce((sum, weight) => sum + weight, 0) || 1;
  const found = new Float64Array(index.pages.length);
  const names = nameScores(index, meant, weights, whole);
  const held = new Float64Array(index.pages.length);
  meant.forEach((any, at) => {
    held.fill(0);
    for (const [number, share] of any) {
      for (const post of index.posts[number] ?? []) {
        held[post >> 1] = (held[post >> 1] ?? 0) + (1 + (post & 1)) * share;
      }
    }
    for (let page = 0; page < held.length; page++) {
      const raw = held[page] ?? 0;
      if (raw === 0) continue;
      const often = raw / (1 - LENGTH_SHARE + LENGTH_SHARE * (index.length[page] ?? 1));
      found[page] = (found[page] ?? 0) + ((weights[at] ?? 0) * often) / (often + SATURATION);
    }
  });
  for (let page = 0; page < found.length; page++) {
    found[page] =
      NAME_SHARE * (names[page] ?? 0) + ((1 - NAME_SHARE) * (found[page] ?? 0)) / whole;
  }
  return found;
}

/** How well the query covers a name of each page (squared shares would punish long sentences), and is covered by it. */
function nameScores(
  index: Index,
  meant: readonly Map<number, number>[],
  weights: readonly number[],
  whole: number,
): Float64Array {
  const best = new Float64Array(index.pages.length);
  const shareOf = new Map<number, [share: number, at: number]>();
  meant.forEach((any, at) => {
    for (const [number, share] of any) {
      const known = shareOf.get(number);
      if (known === undefined || known[0] < share) shareOf.set(number, [share, at]);
    }
  });
  const covered = new Float64Array(meant.length);
  index.names.forEach((names, page) => {
    for (const name of names) {
      covered.fill(0);
      let told = 0;
      let length = 0;
      for (const number of name) {
        const weight = index.weight[number] ?? 0;
        length += weight;
        const known = shareOf.get(number);
        if (known === undefined) continue;
        told += weight * known[0];
        covered[known[1]] = Math.max(covered[known[1]] ?? 0, known[0]);
      }
      if (told === 0) continue;
      const asked = covered.reduce((sum, share, at) => sum + share * (weights[at] ?? 0), 0) / whole;
      const score = asked * Math.sqrt(Math.min(1, told / (length || 1)));
      if (score > (best[page] ?? 0)) best[page] = score;
    }
  });
  return best;
}

/** Pages for a query, best first. Nothing when it is about something the site has nothing on. */
export function rank(index: Index, query: string, nicknames: readonly Nickname[] = []): Answer {
  const sentence = stems(query);
  const none: Answer = { terms: [], others: [], asked: 0 };
  if (sentence.length === 0) return none;
  const found = scores(index, query);
  addNicknames(index, found, nicknames, query);
  const regions = regionsIn(index, query);
  const wanted = askedKind(sentence);
  for (const page of index.pages) {
    let score = found[page.at] ?? 0;
    if (score === 0) continue;
    if (regions.size > 0 && page.at < index.terms) {
      if (page.regions.length === 0) score *= NOWHERE;
      else score *= page.regions.some((region) => regions.has(region)) ? HERE : NOT_HERE;
    }
    if (wanted === page.kind) score *= ASKED_KIND;
    found[page.at] = score;
  }
  lend(index, found);
  const best = found.subarray(0, index.terms).reduce((most, one) => Math.max(most, one), 0);
  const floor = Math.max(floorOf(index, sentence, regions.size > 0), FLOOR_BESIDE_BEST * best);
  const terms = index.pages
    .slice(0, index.terms)
    .map((page) => ({ page, score: found[page.at] ?? 0 }))
    .filter((hit) => hit.score >= floor)
    .sort(byScore);
  const wants = index.intents.find((intent) => sentence.some((word) => intent.words.has(word)));
  return { terms, ...others(index, found, terms, floor, wants) };
}

function floorOf(index: Index, sentence: readonly string[], body: boolean): number {
  const has = (some: ReadonlySet<string>): boolean => sentence.some((word) => some.has(word));
  const ours = body || has(index.aboutBody);
  if (has(index.elsewhere)) return ours ? FLOOR.both : FLOOR.elsewhere;
  if (ours) return FLOOR.body;
  return has(index.aboutMoving) ? FLOOR.moving : FLOOR.unknown;
}

/** Names of things without a page ("clams", "couch stretch") lead to the pages that fit, the best first. */
function addNicknames(
  index: Index,
  found: Float64Array,
  nicknames: readonly Nickname[],
  query: string,
): void {
  const asked = contentStems(query);
  const weight = (word: string): number => {
    const number = index.numberOf.get(word);
    return (number === undefined ? undefined : index.weight[number]) ?? index.heaviest;
  };
  const whole = asked.reduce((sum, word) => sum + weight(word), 0);
  for (const { names, pages } of nicknames) {
    let most = 0;
    for (const name of names) {
      if (!name.every((word) => asked.includes(word))) continue;
      most = Math.max(most, name.reduce((sum, word) => sum + weight(word), 0) / whole);
    }
    // In a long sentence a nickname is a chance word: "desk", "cold", "squats".
    if (most < NICKNAME_LEAST) continue;
    pages.forEach((page, at) => {
      const score = NICKNAME * most * (1 - NICKNAME_STEP * at);
      const own = found[page] ?? 0;
      found[page] = Math.max(own, score) + 0.1 * Math.min(own, score);
    });
  }
}

function byScore(a: Hit, b: Hit): number {
  return b.score - a.score || a.page.at - b.page.at;
}

function askedKind(sentence: readonly string[]): string | undefined {
  return sentence.some((word) => ["muscl", "tendon", "ligament", "nerv"].includes(word))
    ? "muscles"
    : undefined;
}

/** A symptom lends a little to the muscles it suspects, a muscle to its symptoms. */
function lend(index: Index, found: Float64Array): void {
  const lent = new Float64Array(index.terms);
  for (const page of index.pages.slice(0, index.terms)) {
    if (page.kind !== "symptoms") continue;
    for (const tag of page.tags) {
      if (index.pages[tag]?.kind !== "muscles") continue;
      lent[tag] = Math.max(lent[tag] ?? 0, LENT * (found[page.at] ?? 0));
      lent[page.at] = Math.max(lent[page.at] ?? 0, LENT * 0.7 * (found[tag] ?? 0));
    }
  }
  for (let at = 0; at < index.terms; at++) {
    if ((found[at] ?? 0) > 0) found[at] = (found[at] ?? 0) + (lent[at] ?? 0);
  }
}

/** What belongs to the best terms or answers by itself: its own score and that of its tags. */
function others(
  index: Index,
  found: Float64Array,
  terms: readonly Hit[],
  floor: number,
  wants: Intent | undefined,
): { others: Hit[]; asked: number } {
  const best = new Map(terms.slice(0, 5).map((hit) => [hit.page.at, hit.score]));
  const asked: Hit[] = [];
  const rest: Hit[] = [];
  for (const page of index.pages.slice(index.terms)) {
    const own = found[page.at] ?? 0;
    const belongs = page.tags.reduce((most, tag) => Math.max(most, best.get(tag) ?? 0), 0);
    const itself = wants?.pages.has(page.at) ?? false;
    if (own < floor && belongs === 0 && !itself) continue;
    const fits = itself || (belongs > 0 && page.tags.some((tag) => wants?.pages.has(tag)));
    (fits ? asked : rest).push({ page, score: own + 0.5 * belongs });
  }
  return { others: [...asked.sort(byScore), ...rest.sort(byScore)], asked: asked.length };
}

/** Everything in the order in which it is shown: terms first, unless the query asks to do something. */
export function inOrder({ terms, others, asked }: Answer): Page[] {
  // The subject still stands on top; then what to do about it, then what else it may be.
  const before = asked > 0 ? TERMS_BEFORE_ASKED : terms.length;
  return [
    ...terms.slice(0, before),
    ...others.slice(0, asked),
    ...terms.slice(before),
    ...others.slice(asked),
  ].map((hit) => hit.page);
}
