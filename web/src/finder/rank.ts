/**
 * From a reader's words to pages in order. Pure: no page around it, no network.
 *
 * All pages are ranked together, by two figures between 0 and 1: how well the query covers one of
 * the page's names and is covered by it, and how much of the query the page holds word by word
 * (BM25's saturation). A title that was typed, exactly or nearly, is above everything. Parts of
 * the body named in the query lift terms (muscles, symptoms, techniques) that belong there and
 * lower those that do not. What one can do about a symptom is found with it, whatever its own words.
 * The constants were chosen on one half of tests/this_site/*.tsv; benchmarks/finder.py shows what
 * they give on the whole.
 */

import { affirmed } from "./denied.ts";
import { ADDRESS, type Index, type Page } from "./index.ts";
import { type Asked, read } from "./meanings.ts";
import { isStop, stem } from "./normal.ts";
import { holds } from "./posts.ts";
import { SMALL } from "./small_words.ts";
import { regionsIn } from "./spot.ts";
import { squash, titleBonus } from "./titles.ts";

/** Share of the name's figure in the sum: terms have many names, other pages are told of at length. */
const NAME_SHARE = 0.55;
const NAME_SHARE_OF_REST = 0.4;
/** BM25: how soon a word said again stops counting, and how much long pages are held back. */
const SATURATION = 1.2;
const LENGTH_SHARE = 0.2;
/** A query that is a name and no other word that anybody knows, or none at all; how much must be there to call it told. */
const WHOLE_NAME = 0.5;
const ONLY_NAME = 0.6;
const TOLD = 0.999;
/** A word that is spelt nearly so tells a name; one that only means the same does not. */
const TELLS = 0.7;
/** The query names a part of the body, and the page is there, elsewhere, or nowhere. */
const HERE = 1.15;
const NOT_HERE = 0.7;
const NOWHERE = 0.9;
/** What a symptom lends to what it suspects, and the other way round. */
const LENT = 0.1;
/** What an exercise or another page that was named lends to the terms it belongs to. */
const LENT_BY_NAME = 0.4;
/** "Muscle" in the query asks for one; "plan" for a plan, and nothing else is one. */
const ASKED_TERM = 1.2;
const ASKED_OTHER = 1.5;
/** Somebody describes a movement, and no pain: that is an exercise. */
const MOVEMENT = 1.25;
const MOVEMENT_WORDS = 1;
/** What a term lends to what belongs to it: most to what one can do about the symptom. */
const LENT_TO_DO = 0.6;
const LENT_TO_REST = 0.45;
const BESIDE_OWN = 0.3;
/** How many terms lend, from the best. */
const LENDERS = 5;
/** What the query asks to do ("stretch", "release") is before the rest of what one can do. */
const WANTED = 1.25;
const WANTED_ITSELF = 0.9;
/**
 * Below this score a page is no answer: least where the query names a part of the body, more
 * where it speaks of moving or hurting, most where it (also) is about something else.
 */
const FLOOR = { body: 0.1, moving: 0.22, unknown: 0.34, both: 0.36, elsewhere: 0.55 } as const;
/** A page this far below the best is no answer either. */
const FLOOR_BESIDE_BEST = 0.3;
/** A nickname beside what the index says of the page by itself. */
const BESIDE_NICKNAME = 0.1;

/** What is added where people say these very words, and how many say enough. */
const SAID = 0.5;
const LEAST_SAID = 2;
/** A symptom this much above the next one needs no second file. */
const STANDS_OUT = 1.15;

/** Kinds of pages by their own name. Not "exercise", which other names hold as well; other words that ask for a kind may be about something. */
const NAMED_KINDS: ReadonlySet<string> = new Set(["plan", "article", "video", "film"].map(stem));

/** Of the words of nearness those that seek somebody by themselves. */
const NEAR: ReadonlySet<string> = new Set(["near", "nearby", "nearest", "local", "locally", "closest"].map(stem));

/** Words before a place. */
const PLACED: ReadonlySet<string> = new Set(["in", "at", "around", "from"]);
const STEP_TO_NEXT = 0.01;

/** A score that only a whole name reaches. */
const SURE = 1.05;

export interface Hit {
  readonly page: Page;
  readonly score: number;
}

export interface Answer {
  /** Pages, best first. */
  readonly hits: readonly Hit[];
  /** The words of the query and what they may mean. */
  readonly asked: readonly Asked[];
  /** Whether what the second file holds would hardly change it. */
  readonly isSure: boolean;
  /** Whether somebody looks for a person near them, whom no page of this site can name. */
  readonly seeksPerson: boolean;
  /** Whether a movement is described, and no pain. */
  readonly isOfMovement: boolean;
}

export const NOTHING: Answer = { hits: [], asked: [], isSure: true, seeksPerson: false, isOfMovement: false };

/** Pages for a query, best first. Nothing when it is about something the site has nothing on. */
export function rank(index: Index, query: string): Answer {
  const { asked, sentence, content } = read(index, affirmed(index, query));
  if (sentence.length === 0) return NOTHING;
  // "Hip plan" asks for plans, whether or not they say so of themselves; "How your 14-day plan works" is a name.
  const others = asked.filter(({ stem }) => !NAMED_KINDS.has(stem));
  const asksKind = others.length > 0 && others.length < asked.length && !isNameWith(index, asked, others);
  const { found, told } = scores(index, asksKind ? others : asked);
  for (const [page, score] of index.named(asked)) {
    const own = found[page] ?? 0;
    found[page] = Math.max(own, score) + BESIDE_NICKNAME * Math.min(own, score);
    told.add(page);
  }
  const regions = regionsIn(index, sentence);
  const kind = askedKind(index, sentence);
  for (const page of index.pages) {
    let score = found[page.at] ?? 0;
    if (score === 0) continue;
    if (regions.size > 0 && page.at < index.terms) {
      if (page.regions.length === 0) score *= NOWHERE;
      else score *= page.regions.some((region) => regions.has(region)) ? HERE : NOT_HERE;
    }
    if (kind === page.kind && page.at < index.terms) score *= ASKED_TERM;
    found[page.at] = score;
  }
  lend(index, found);
  lendByName(index, found, told);
  const moves = isMovement(index, sentence);
  const floor = isDistance(asked) ? FLOOR.body : floorOf(index, sentence, regions.size > 0, moves);
  const elsewhere = floor === FLOOR.elsewhere;
  lendToOthers(index, found, floor, sentence, told);
  for (const { at, kind: own } of index.pages.slice(index.terms)) {
    if (own === kind) found[at] = (found[at] ?? 0) * ASKED_OTHER;
    else if (moves && index.kinds.get(own)?.ranksAs === "moved") found[at] = (found[at] ?? 0) * MOVEMENT;
  }
  const isHurting = sentence.some((word) => index.hurting.has(word));
  if ((isHurting || asksKind) && regions.size > 0) afterWhatHurts(index, found, told, regions);
  const typed = squash(query);
  const hasTyped = addTyped(index, found, typed, told);
  askFor(index, found, told, { kind, floor, isHurting, isPlaced: regions.size > 0, content, isNamed: asksKind && !hasTyped && !elsewhere });
  addSaid(index, found, content, told);
  const seeksPerson = looksForPerson(index, sentence, asked, found.some((score) => score >= SURE));
  if (seeksPerson) addPerson(index, found, regions.size > 0 || isHurting, told);
  const best = found.reduce((most, one) => Math.max(most, Math.min(1, one)), 0);
  const least = Math.max(floor, FLOOR_BESIDE_BEST * best);
  const hits = index.pages
    .map((page) => ({ page, score: found[page.at] ?? 0 }))
    // A name that is in the query as a whole is not a chance, whatever nobody here knows is beside it.
    .filter((hit) => hit.score >= least || (told.has(hit.page.at) && !elsewhere && hit.score > 0))
    .sort((a, b) => b.score - a.score || a.page.at - b.page.at);
  const hurts = regions.size > 0 && isHurting;
  const sure = index.isWhole || isSure(index, typed, hits, asked, hurts);
  return { hits, asked, isSure: sure, seeksPerson, isOfMovement: moves };
}

/**
 * A title that was typed; a name that was typed whole, or where it hurts, in words that are all known
 * and lead to a symptom that stands out, unless it may be another page's name.
 */
function isSure(
  index: Index,
  typed: string,
  hits: readonly Hit[],
  asked: readonly Asked[],
  hurts: boolean,
): boolean {
  const [best, ...others] = hits;
  if (best === undefined) return false;
  if (index.squashed[best.page.at] === typed) return true;
  if (index.mayBeNamed(typed)) return false;
  if (best.score >= SURE) return true;
  const second = others.find(({ page }) => isFelt(index, page))?.score ?? 0;
  return (
    hurts &&
    isFelt(index, best.page) &&
    best.score > STANDS_OUT * second &&
    asked.every(({ isExact }) => isExact)
  );
}

/** "5k" alone is all that is asked for, however seldom it is said. */
const isDistance = ([one, other]: readonly Asked[]): boolean => !other && /^\d+k/.test(one?.stem ?? "");

/** Every page's score by words, and the pages whose name is in the query as a whole. */
function scores(index: Index, asked: readonly Asked[]): { found: Float64Array; told: Set<number> } {
  const whole = asked.reduce((sum, { weight }) => sum + weight, 0) || 1;
  const { names, told } = nameScores(index, asked, whole);
  const found = new Float64Array(index.pages.length);
  const held = new Float64Array(index.pages.length);
  const wholeOfRest = asked.reduce((sum, { restWeight }) => sum + restWeight, 0) || 1;
  for (const { stem: one, means, weight, restWeight } of asked) {
    // A dose or a sentence holds them by chance: "6 weeks off", "what instead".
    if ((/^\d/.test(one) && !isDistance(asked)) || SMALL.has(one)) continue;
    held.fill(0);
    for (const [number, share] of means) {
      for (const post of index.posts[number] ?? []) {
        held[post >> 1] = (held[post >> 1] ?? 0) + (1 + (post & 1)) * share;
      }
    }
    for (let page = 0; page < held.length; page++) {
      const raw = held[page] ?? 0;
      if (raw === 0) continue;
      const often = raw / (1 - LENGTH_SHARE + LENGTH_SHARE * (index.length[page] ?? 1));
      const share = page < index.terms ? weight / whole : restWeight / wholeOfRest;
      found[page] = (found[page] ?? 0) + (share * often) / (often + SATURATION);
    }
  }
  for (let page = 0; page < found.length; page++) {
    const ofNames = ofName(index, page);
    found[page] = ofNames * (names[page] ?? 0) + (1 - ofNames) * (found[page] ?? 0);
  }
  return { found, told };
}

function ofName(index: Index, page: number): number {
  return page < index.terms ? NAME_SHARE : NAME_SHARE_OF_REST;
}

/**
 * How well the query covers a name of each page (squared shares would punish long sentences), and
 * is covered by it; and the pages that have a name all of whose words are there.
 */
function nameScores(
  index: Index,
  asked: readonly Asked[],
  whole: number,
): { names: Float64Array; told: Set<number> } {
  const best = new Float64Array(index.pages.length);
  const toldPages = new Set<number>();
  const shareOf = new Map<number, [share: number, at: number]>();
  asked.forEach(({ means }, at) => {
    for (const [number, share] of means) {
      const known = shareOf.get(number);
      if (known === undefined || known[0] < share) shareOf.set(number, [share, at]);
    }
  });
  const known = asked.reduce(
    (sum, { stem, means, weight }) =>
      sum + (means.size > 0 || index.elsewhere.has(stem) ? weight : 0),
    0,
  );
  const covered = new Float64Array(asked.length);
  index.names.forEach((names, page) => {
    names.forEach((name, nth) => {
      covered.fill(0);
      let told = 0;
      let length = 0;
      let surely = 0;
      for (const number of name) {
        const weight = index.weight[number] ?? 0;
        length += weight;
        const meant = shareOf.get(number);
        if (meant === undefined) continue;
        told += weight * meant[0];
        if (meant[0] >= TELLS) surely++;
        covered[meant[1]] = Math.max(covered[meant[1]] ?? 0, meant[0]);
      }
      if (told === 0) return;
      const share =
        covered.reduce((sum, one, at) => sum + one * (asked[at]?.weight ?? 0), 0) / whole;
      let score = share * Math.sqrt(Math.min(1, told / (length || 1)));
      // An address is not a name that readers know, though its words help.
      if (nth !== ADDRESS) {
        if (share * whole > TOLD * known && told > TOLD * length) {
          score += (share > TOLD ? ONLY_NAME : WHOLE_NAME) / ofName(index, page);
        }
        if (surely === name.length) toldPages.add(page);
      }
      if (score > (best[page] ?? 0)) best[page] = score;
    });
  });
  return { names: best, told: toldPages };
}

/** Titles and other names that were typed letter by letter are above everything. Whether any was. */
function addTyped(index: Index, found: Float64Array, typed: string, told: Set<number>): boolean {
  let any = false;
  const isWord = index.numberOf.has(stem(typed));
  const others = index.typed(typed, isWord);
  for (const { at, title } of index.pages) {
    const own = titleBonus(typed, index.squashed[at] ?? "", title, isWord);
    const bonus = Math.max(own, others.get(at) ?? 0);
    if (bonus === 0) continue;
    found[at] = (found[at] ?? 0) + bonus;
    told.add(at);
    any = true;
  }
  return any;
}

/** Terms of which people say these very words, whatever is between. Prints may err, so a page must hold every word. */
function addSaid(index: Index, found: Float64Array, said: readonly string[], told: Set<number>): void {
  if (said.length < LEAST_SAID) return;
  for (const at of index.saidOf(said)) {
    if (!said.every((one) => holds(index.posts[index.numberOf.get(one) ?? -1], at))) continue;
    found[at] = (found[at] ?? 0) + SAID;
    told.add(at);
  }
}

function floorOf(
  index: Index,
  sentence: readonly string[],
  body: boolean,
  moves: boolean,
): number {
  const has = (some: ReadonlySet<string>): boolean => sentence.some((word) => some.has(word));
  const ours = body || has(index.aboutBody);
  if (has(index.elsewhere)) {
    if (!ours) return FLOOR.elsewhere;
    // "Pull the knee to the chest" is not about the chest.
    return moves ? FLOOR.moving : FLOOR.both;
  }
  if (ours) return FLOOR.body;
  return has(index.aboutMoving) ? FLOOR.moving : FLOOR.unknown;
}

function askedKind(index: Index, sentence: readonly string[]): string | undefined {
  const asking = sentence.find((word) => index.kindOf.has(word));
  return asking === undefined ? undefined : index.kindOf.get(asking);
}

/** Whether a page is about what somebody feels: a symptom. */
function isFelt(index: Index, page: Page): boolean {
  return index.kinds.get(page.kind)?.ranksAs === "felt";
}

function isMovement(index: Index, sentence: readonly string[]): boolean {
  if (sentence.some((word) => index.hurting.has(word))) return false;
  return sentence.filter((word) => index.doing.has(word)).length >= MOVEMENT_WORDS;
}

/** A symptom lends a little to the muscles it suspects, a muscle to its symptoms. */
function lend(index: Index, found: Float64Array): void {
  const lent = new Float64Array(index.terms);
  for (const page of index.pages.slice(0, index.terms)) {
    if (!isFelt(index, page)) continue;
    for (const tag of page.tags) {
      const part = index.pages[tag];
      if (part?.group !== page.group || isFelt(index, part)) continue;
      lent[tag] = Math.max(lent[tag] ?? 0, LENT * (found[page.at] ?? 0));
      lent[page.at] = Math.max(lent[page.at] ?? 0, LENT * 0.7 * (found[tag] ?? 0));
    }
  }
  for (let at = 0; at < index.terms; at++) {
    if ((found[at] ?? 0) > 0) found[at] = (found[at] ?? 0) + (lent[at] ?? 0);
  }
}

/** "Physio near me", "osteopath in Wrexham": somebody to see, and a word of nearness or a place nobody here knows. */
function looksForPerson(
  index: Index,
  sentence: readonly string[],
  asked: readonly Asked[],
  isNamed: boolean,
): boolean {
  const { who, nearness } = index.person;
  // "Physio", "near me": nothing else is said, and no page is called so as "the coach" is.
  const isAll = !isNamed && sentence.every((word) => who.has(word) || nearness.has(word) || isStop(word));
  if (isAll && sentence.some((word) => who.has(word) || NEAR.has(word))) return true;
  if (!sentence.some((word) => who.has(word))) return false;
  const unknown = new Set(asked.filter(({ means }) => means.size === 0).map(({ stem }) => stem));
  return sentence.some(
    (word, at) => nearness.has(word) || (unknown.has(word) && PLACED.has(sentence[at - 1] ?? "")),
  );
}

/** The pages for whoever looks for somebody: first, or after the best that is said of what hurts. */
function addPerson(index: Index, found: Float64Array, besides: boolean, told: Set<number>): void {
  const best = found.reduce((most, one) => Math.max(most, one), FLOOR.unknown);
  index.person.pages.forEach((page, at) => {
    found[page] = best * (besides ? WANTED_ITSELF : 1 / WANTED_ITSELF) - STEP_TO_NEXT * at;
    told.add(page);
  });
}

/** "Clam" says what it works on: what was named lends to its terms. */
function lendByName(index: Index, found: Float64Array, told: ReadonlySet<number>): void {
  const lent = new Map<number, number>();
  for (const at of told) {
    if (at < index.terms) continue;
    const score = LENT_BY_NAME * Math.min(1, found[at] ?? 0);
    for (const tag of index.pages[at]?.tags ?? []) lent.set(tag, Math.max(lent.get(tag) ?? 0, score));
  }
  for (const [at, score] of lent) {
    const own = found[at] ?? 0;
    found[at] = Math.max(own, score) + LENT_BY_NAME * Math.min(own, score);
  }
}

/**
 * Where something hurts, what that may be is before what one can do about it, unless that was named,
 * before a part of the body that is hardly nearer, and before what is felt elsewhere.
 */
function afterWhatHurts(index: Index, found: Float64Array, told: ReadonlySet<number>, regions: ReadonlySet<number>): void {
  const isHere = ({ regions: own }: Page): boolean => own.some((region) => regions.has(region));
  const felt = index.pages.reduce((most, page) => (isFelt(index, page) && isHere(page) ? Math.max(most, found[page.at] ?? 0) : most), 0);
  if (felt === 0) return;
  for (const page of index.pages) {
    const { at } = page;
    const own = found[at] ?? 0;
    const isLess = isFelt(index, page) ? !isHere(page) : own < HERE * felt || index.kinds.get(page.kind)?.ranksAs === "moved";
    // Above it they keep their order among each other.
    if (own > felt && !told.has(at) && isLess) found[at] = felt * (1 - STEP_TO_NEXT / own);
  }
}

/** Whether a whole name is told only with the words that ask for a kind. */
function isNameWith(index: Index, asked: readonly Asked[], others: readonly Asked[]): boolean {
  const toldBy = (some: readonly Asked[]): ReadonlySet<number> =>
    new Set([...nameScores(index, some, 1).told, ...index.named(some).keys()]);
  const without = toldBy(others);
  return [...toldBy(asked)].some((page) => !without.has(page));
}

/** "Plans", "videos": all of a kind. "Hip plan": those that fit first, unless somebody tells what hurts. */
function askFor(
  index: Index,
  found: Float64Array,
  told: Set<number>,
  { kind, floor, isHurting, isPlaced, content, isNamed }: {
    readonly kind: string | undefined;
    readonly floor: number;
    readonly isHurting: boolean;
    /** Whether a part of the body is named. */
    readonly isPlaced: boolean;
    readonly content: readonly string[];
    /** Whether the kind is called by its name, beside words that are no title. */
    readonly isNamed: boolean;
  },
): void {
  const top = found.reduce((most, one) => Math.max(most, one), 0);
  const fits = Math.max(floor, FLOOR_BESIDE_BEST * Math.min(1, top));
  const fit = (page: Page): boolean => page.kind === kind && (found[page.at] ?? 0) >= fits;
  // "Beginners plan strength": who asks for a plan and names no part of the body is shown those there are, if none fits.
  const isAny = isNamed && !isPlaced && top < 1 && index.pages.some((page) => page.kind === kind && isToDo(page)) && !index.pages.some(fit);
  const isAll = isAny || content.every((word) => index.kindOf.has(word)) || (isNamed && top < floor);
  if (!isAll && (!isNamed || (isHurting && index.kinds.get(kind ?? "")?.ranksAs === "moved"))) return;
  for (const { at, kind: own } of index.pages) {
    const score = found[at] ?? 0;
    if (own !== kind || (!isAll && score < fits)) continue;
    // Any plan is no sure answer: the second file may name what was meant.
    found[at] = score + (isAny ? WANTED_ITSELF : isAll ? SURE : top);
    told.add(at);
  }
}

/** The best terms lend to what belongs to them; nothing to what the best symptom says to leave out. */
function lendToOthers(
  index: Index,
  found: Float64Array,
  floor: number,
  sentence: readonly string[],
  told: Set<number>,
): void {
  const best = index.pages
    .slice(0, index.terms)
    .filter((page) => (found[page.at] ?? 0) >= floor)
    .sort((a, b) => (found[b.at] ?? 0) - (found[a.at] ?? 0) || a.at - b.at)
    .slice(0, LENDERS);
  const lenders = new Map(best.map((page) => [page.at, found[page.at] ?? 0]));
  const symptom = best.find((page) => isFelt(index, page));
  const avoided = new Set(symptom?.avoid);
  const wants = index.intents.find((intent) => sentence.some((word) => intent.words.has(word)));
  const top = best[0] === undefined ? floor : (found[best[0].at] ?? 0);
  for (const page of index.pages.slice(index.terms)) {
    let own = found[page.at] ?? 0;
    let lent = 0;
    for (const tag of page.tags) {
      const share = tag === symptom?.at && isToDo(page) ? LENT_TO_DO : LENT_TO_REST;
      lent = Math.max(lent, share * (lenders.get(tag) ?? 0));
    }
    if (isToDo(page) && page.tags.some((tag) => avoided.has(tag))) lent = 0;
    if (avoided.has(page.at)) {
      lent = 0;
      // Whoever asks for it by its name is shown it; nobody is offered it for what they feel.
      if (own < (found[symptom?.at ?? page.at] ?? 0)) own = 0;
    }
    if (wants?.pages.has(page.at)) {
      own = Math.max(own, WANTED_ITSELF * top);
      told.add(page.at);
    }
    let score = Math.max(own, lent) + BESIDE_OWN * Math.min(own, lent);
    if (lent > 0 && page.tags.some((tag) => wants?.pages.has(tag))) score *= WANTED;
    found[page.at] = score;
  }
}

/** Whether a page is something to do and not something to read. */
export function isToDo(page: Page): boolean {
  return page.group === "do";
}
