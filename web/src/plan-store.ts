/**
 * What a reader does with a plan, without a page: which day it is, what today's session is, what a
 * pain score means, and keeping it all on this device. Dates are days of the reader's own calendar,
 * written 2026-11-22; no clock, storage or chance is reached for in here.
 */

export interface PlanDay {
  readonly number: number;
  readonly blocks: readonly string[];
  readonly minutes: number;
  readonly swap: string | null;
  readonly swapMinutes: number;
  /** How many exercises make the session whole; 0 on a day of rest. */
  readonly needs: number;
  readonly strength: boolean;
  readonly checks: boolean;
  readonly also: string | null;
  /** What to add, with its condition in words; `before` are the days it is about. */
  readonly progress: string | null;
  readonly before: readonly number[];
}

/** The highest scores that are green and amber. */
export interface Limits {
  readonly greenMax: number;
  readonly amberMax: number;
}

export interface Light extends Limits {
  readonly green: string;
  readonly amber: string;
  readonly red: string;
  /** What to do after red twice in a row. */
  readonly twice: string;
  /** Its language, where that is another than the page's. */
  readonly twiceLang?: string;
}

/** Something that a reader measures at home, on some of the days 0, 7 and 14. */
export interface Check {
  readonly key: string;
  readonly title: string;
  readonly unit: string;
  /** The lowest value that can be meant: below 0 where something is measured on both sides of a mark. */
  readonly min: number;
  /** The highest. */
  readonly max: number;
  /** Whether it is counted: then there are no halves. */
  readonly whole: boolean;
  readonly sides: boolean;
  readonly when: readonly number[];
  /** The smallest difference that counts as real; null where no source gives one. */
  readonly from: number | null;
  /** The one direction in which that is established; null for both. */
  readonly only: "less" | "more" | null;
}

/** What the page says of its plan; made by `plan_data` in pages/kinds/plan_data.py. */
export interface PlanData {
  readonly slug: string;
  readonly blocks: Readonly<Record<string, string>>;
  readonly days: readonly PlanDay[];
  readonly light: Light | null;
  readonly checks: readonly Check[];
  /** The titles of all plans, by their names in the store. */
  readonly plans: Readonly<Record<string, string>>;
  /** The pain limits of those plans that have some. */
  readonly lights: Readonly<Record<string, Limits>>;
  /** The address of the list of plans; null while the site's own is not known. */
  readonly home: string | null;
  readonly says: Says;
  /** What was measured before the first day, of a plan for one client. */
  readonly measured?: Measured;
}

/** Sentences about health, which are in `docs/data/help.yml`. */
export interface Says {
  readonly redBefore: string;
  readonly redKind: string;
  readonly stopped: string;
  readonly missedDays: string;
  /** All of the rule for missed days, with its conditions. */
  readonly missedRule: string;
  /** The language of all of them, where that is another than the page's. */
  readonly lang?: string;
}

/** What was entered before a week was begun again: the entries of that week and later. */
export interface Past {
  readonly start: string;
  /** The first day of the week that was begun again. */
  readonly from: number;
  readonly days: Readonly<Record<number, Entry>>;
  readonly checks: Measured;
}

/** What was measured: by day, and by check and side ("ake-9090:left"). */
export type Measured = Readonly<Record<number, Readonly<Record<string, number>>>>;

export type Colour = "green" | "amber" | "red";

/** What a reader entered on one day. `settled`: were they back to their usual next morning? */
export interface Entry {
  readonly done: readonly string[];
  readonly pain: number | null;
  readonly settled: boolean | null;
  /** A note of the reader's own, in their words. */
  readonly note?: string;
}

/** Of a note: more than a diary has for a day, and little beside what a browser keeps. */
export const NOTE_LONGEST = 1000;
/** Of a note that several devices had a part of. */
const JOINED_LONGEST = 4 * NOTE_LONGEST;

export interface State {
  /** Random: tells this run of the plan from others in a calendar, and says nothing of anybody. */
  readonly id: string;
  readonly start: string | null;
  /** How many calendar files were made: a later one replaces the entries of an earlier. */
  readonly calendars: number;
  readonly days: Readonly<Record<number, Entry>>;
  /** Weeks that were begun again, the first of them first. What was entered in them still counts for the pain rule. */
  readonly earlier: readonly Past[];
  readonly checks: Measured;
  /** The day on which a copy was last saved as a file. */
  readonly saved: string | null;
}

export const EMPTY: Entry = { done: [], pain: null, settled: null };
const DAY_MS = 86_400_000;

/** Midnight of a day as a number one can count with, or null where there is no such day. */
function midnight(day: string): number | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (parts === null) return null;
  const time = Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]));
  return new Date(time).toISOString().slice(0, 10) === day ? time : null;
}

export function isDay(day: string): boolean {
  return midnight(day) !== null;
}

/** The day `count` days later. */
export function addDays(day: string, count: number): string {
  return new Date((midnight(day) ?? Number.NaN) + count * DAY_MS).toISOString().slice(0, 10);
}

/** The day it is where the reader is. */
export function localDay(now: Date): string {
  const two = (number: number): string => String(number).padStart(2, "0");
  return `${String(now.getFullYear()).padStart(4, "0")}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Which day of the plan it is: 1 is the start, 0 and below are before it. */
export function dayNumber(start: string, today: string): number {
  return Math.round(((midnight(today) ?? Number.NaN) - (midnight(start) ?? Number.NaN)) / DAY_MS) + 1;
}

export function entryOf(state: State, day: number): Entry {
  return state.days[day] ?? EMPTY;
}

/** The colour of a day. A score that had not settled by next morning counts one colour worse. */
export function colourOf(light: Limits | null, entry: Entry): Colour | null {
  if (light === null || entry.pain === null) return null;
  const worse = entry.settled === false;
  if (entry.pain <= light.greenMax) return worse ? "amber" : "green";
  if (entry.pain <= light.amberMax) return worse ? "red" : "amber";
  return "red";
}

export interface Answer {
  readonly colour: Colour;
  /** The rule's own words for the colour, or for red twice in a row. */
  readonly words: string;
  /** True when the last scored day before this one was red as well. */
  readonly twice: boolean;
  /** True when the night made it one colour worse. */
  readonly unsettled: boolean;
}

/** What the traffic light says to a day's score; null while there is none. */
export function answer(data: PlanData, state: State, day: number): Answer | null {
  const entry = entryOf(state, day);
  const colour = colourOf(data.light, entry);
  if (data.light === null || colour === null) return null;
  const twice = colour === "red" && lastScored(data, state, day, () => true) === "red";
  return {
    colour,
    words: twice ? data.light.twice : data.light[colour],
    twice,
    unsettled: colour !== colourOf(data.light, { ...entry, settled: null }),
  };
}

/** One day's entry, and when it came. */
interface Kept {
  readonly number: number;
  readonly entry: Entry;
  /** How many weeks had been begun again when the day came. */
  readonly run: number;
}

/** How many weeks had been begun again when a day came; `known`: as far as is known of the entry. */
function runOf(state: State, number: number, known = state.earlier.length): number {
  return state.earlier.slice(0, known).findLastIndex(({ from }) => number >= from) + 1;
}

/** All entries in the order in which their days came, also of weeks that were begun again. */
function recordsOf(state: State): Kept[] {
  const kept = [...state.earlier, { days: state.days }].flatMap(({ days }, known) =>
    Object.entries(days).map(([day, entry]) => ({ number: Number(day), entry, run: runOf(state, Number(day), known) })),
  );
  return kept.sort((one, other) => one.run - other.run || one.number - other.number);
}

/** The colour of the nearest earlier day of a sort that has a score. */
function lastScored(
  data: PlanData,
  state: State,
  before: number,
  wanted: (day: PlanDay) => boolean,
): Colour | null {
  const run = runOf(state, before);
  for (const found of recordsOf(state).reverse()) {
    if (found.run > run || (found.run === run && found.number >= before)) continue;
    const day = data.days[found.number - 1];
    if (day === undefined || !wanted(day)) continue;
    const colour = colourOf(data.light, found.entry);
    if (colour !== null) return colour;
  }
  return null;
}

/** The last scored day before `day`, when a night can change its colour: it waits for the answer of the morning after, or has it. */
export function morningAfter(data: PlanData, state: State, day: number): number | null {
  for (let number = Math.min(day - 1, data.days.length); number >= 1; number -= 1) {
    const colour = colourOf(data.light, { ...entryOf(state, number), settled: null });
    if (colour !== null) return colour === "red" ? null : number;
  }
  return null;
}

/**
 * The day on which a second red in a row ended the plan, for all its days; null while it goes on.
 *
 * Who was told that they may go on began again with day 1; one more red, and it has ended again.
 */
export function stoppedOn(light: Limits | null, state: State): number | null {
  let last: Colour | null = null;
  for (const { number, entry, run } of recordsOf(state)) {
    const colour = colourOf(light, entry);
    const goesOn = state.earlier.slice(run).some(({ from }) => from === 1);
    if (colour === "red" && last === "red" && !goesOn) return number;
    last = colour ?? last;
  }
  return null;
}

/** More days than this missed in a row, and their week is begun again: the plans' own rule. */
const MISSED_MAX = 3;
export const WEEK = 7;

export interface Missed {
  /** Days with a session, one after the other, of which nothing is kept. */
  readonly days: number;
  readonly week: number;
  /** The first day of that week. */
  readonly from: number;
  /** Whether a week or more has gone since anything was entered, and the plan had got further than its first week. */
  readonly isLong: boolean;
}

/** The sessions that were missed in a row up to yesterday, when they are too many to carry on; else null. */
export function missed(data: PlanData, state: State, today: number): Missed | null {
  const entered = (number: number): boolean => {
    const { done, pain } = entryOf(state, number);
    return done.length > 0 || pain !== null;
  };
  if (entered(today)) return null;
  const gone: number[] = [];
  for (const { number, blocks } of [...data.days].reverse()) {
    if (number >= today) continue;
    if (entered(number)) break;
    if (blocks.length > 0) gone.push(number);
  }
  const first = gone.at(-1);
  if (first === undefined || gone.length <= MISSED_MAX) return null;
  const week = Math.ceil(first / WEEK);
  const last = Math.max(0, ...data.days.map(({ number }) => number).filter((number) => number < today && entered(number)));
  return { days: gone.length, week, from: (week - 1) * WEEK + 1, isLong: week > 1 && today - last > WEEK };
}

/** How many days ago a plan would have been over that began on a day; 0 where it is not. */
export function daysPast(data: PlanData, start: string, today: string): number {
  return Math.max(dayNumber(start, today) - data.days.length, 0);
}

/** Another plan that is running on this device, or is about to begin. */
export interface Beside {
  readonly slug: string;
  readonly title: string;
  /** Which of its days it is; 0 and below are before the first. */
  readonly day: number;
}

/** The other plans that are not over on a day, by what is kept of each; one that a second red has stopped is not running. */
export function besides(data: PlanData, kept: (key: string) => string | null, today: string): Beside[] {
  return Object.entries(data.plans).flatMap(([slug, title]) => {
    const state = slug === data.slug ? null : parseState(kept(PREFIX + slug));
    if (state === null || state.start === null) return [];
    const day = dayNumber(state.start, today);
    return day > data.days.length || stoppedOn(data.lights[slug] ?? null, state) !== null ? [] : [{ slug, title, day }];
  });
}

/** The plan with a week that begins again on a day; what was entered from there on is kept as an earlier record. */
export function beginAgain(state: State, from: number, today: string): State {
  const { start } = state;
  if (start === null) return state;
  const [days, laterDays] = splitAt(state.days, from);
  const [checks, laterChecks] = splitAt(state.checks, from);
  return {
    ...state,
    start: addDays(today, 1 - from),
    days,
    checks,
    earlier: [...state.earlier, { start, from, days: laterDays, checks: laterChecks }],
  };
}

/** What was entered before a day, and from it on. */
export function splitAt<T>(entered: Readonly<Record<number, T>>, from: number): [Record<number, T>, Record<number, T>] {
  const half = (early: boolean): Record<number, T> =>
    Object.fromEntries(Object.entries(entered).filter(([day]) => Number(day) < from === early));
  return [half(true), half(false)];
}

/** What a day adds, unless one of the sessions it depends on was not green. */
export function progressOf(data: PlanData, state: State, day: PlanDay): string | null {
  const colours = day.before.map((number) => colourOf(data.light, entryOf(state, number)));
  return colours.some((colour) => colour === "amber" || colour === "red") ? null : day.progress;
}

/** What was red before a day: the last session that has a score, or one before it, the last of the day's own kind. */
export type RedBefore = "last" | "kind";

/**
 * Why what hurt is done in its easier form on a day; null where nothing asks for it. Only after `last` would one more red
 * be the second in a row: a session of another kind that was scored since lies between the two, as it does in `stoppedOn`.
 */
export function redBefore(data: PlanData, state: State, day: PlanDay): RedBefore | null {
  if (lastScored(data, state, day.number, () => true) === "red") return "last";
  return lastScored(data, state, day.number, (other) => other.strength === day.strength) === "red" ? "kind" : null;
}

export interface Session {
  readonly blocks: readonly string[];
  readonly minutes: number;
  /** Why the session is another than planned: the colour of the last strength day, or those that come first are not done. */
  readonly swappedFor: "amber" | "red" | "undone" | null;
  /** Where they are not done: how many green ones of the easier session come first, and how many there are. */
  readonly first?: { readonly needed: number; readonly green: number };
}

/** So many green sessions of a kind come before its harder version, as the plans say of green and of `progress`. */
const GREENS = 2;

/**
 * How many green sessions of a strength block come before a day, and how many there are. One counts where the block was
 * planned or took the place of another; that has been done harder too. A block of light days is no easier version: of a day
 * that had an easier session of its own, what was done there counts, and of an earlier time through the plan it is not known.
 */
function firstOf(data: PlanData, state: State, day: PlanDay): { needed: number; green: number } {
  const planned = data.days.filter(({ number, strength, blocks }) => strength && number < day.number && blocks.includes(day.swap ?? ""));
  const found = recordsOf(state).filter(({ number, entry, run }) => {
    const other = data.days[number - 1];
    const isEarlier = run < runOf(state, day.number) || number < day.number;
    const isOfKind = other?.strength === true && (other.swap === day.swap || blocksDone(data, state, other, run).includes(day.swap ?? ""));
    const isDone = entry.done.length > 0 || entry.pain !== null;
    return isEarlier && isOfKind && isDone && (colourOf(data.light, entry) ?? "green") === "green";
  });
  return { needed: Math.min(GREENS, planned.length), green: found.length };
}

function blocksDone(data: PlanData, state: State, day: PlanDay, run: number): readonly string[] {
  if (day.swap === null) return day.blocks;
  return run === runOf(state, day.number) ? sessionOf(data, state, day, day.number).blocks : [];
}

/**
 * The session of a day: the planned one, or its swap after a strength day that was not green, or where those that come
 * before the harder version have gone by undone. `today` is the day of the plan; null where it has not begun.
 */
export function sessionOf(data: PlanData, state: State, day: PlanDay, today: number | null): Session {
  const last = day.swap === null ? null : lastScored(data, state, day.number, (d) => d.strength);
  if (day.swap !== null && (last === "amber" || last === "red")) {
    return { blocks: [day.swap], minutes: day.swapMinutes, swappedFor: last };
  }
  if (day.swap !== null && today !== null && day.number <= today) {
    const first = firstOf(data, state, day);
    if (first.green < first.needed) return { blocks: [day.swap], minutes: day.swapMinutes, swappedFor: "undone", first };
  }
  return { blocks: day.blocks, minutes: day.minutes, swappedFor: null };
}

/** A state with one day's entry changed. */
export function withEntry(state: State, day: number, change: Partial<Entry>): State {
  return { ...state, days: { ...state.days, [day]: { ...entryOf(state, day), ...change } } };
}

/** A state with one measurement changed; null takes it out. */
export function withMeasured(state: State, day: number, name: string, value: number | null): State {
  const { [name]: _, ...others } = state.checks[day] ?? {};
  return { ...state, checks: { ...state.checks, [day]: value === null ? others : { ...others, [name]: value } } };
}

export function fresh(id: string): State {
  return { id, start: null, calendars: 0, days: {}, earlier: [], checks: {}, saved: null };
}

/** What was kept, as far as it can be understood; null when nothing can. */
export function parseState(text: string | null): State | null {
  if (text === null) return null;
  let kept: unknown;
  try {
    kept = JSON.parse(text);
  } catch {
    return null;
  }
  return stateOf(kept);
}

/** A state from values of any kind: earlier editions kept no checks, and before that no earlier weeks. */
export function stateOf(kept: unknown): State | null {
  if (!isRecord(kept) || typeof kept["id"] !== "string" || !/^[0-9a-f]{32}$/.test(kept["id"])) return null;
  return {
    id: kept["id"],
    start: parseDay(kept["start"]),
    calendars: isCount(kept["calendars"]) ? kept["calendars"] : 0,
    days: parseDays(kept["days"]),
    earlier: (Array.isArray(kept["earlier"]) ? kept["earlier"] : []).flatMap(parsePast),
    checks: parseChecks(kept["checks"]),
    saved: parseDay(kept["saved"]),
  };
}

function parseDay(kept: unknown): string | null {
  return typeof kept === "string" && isDay(kept) ? kept : null;
}

function parseChecks(kept: unknown): Measured {
  const checks: Record<number, Record<string, number>> = {};
  for (const [day, values] of Object.entries(isRecord(kept) ? kept : {})) {
    if (!/^\d{1,3}$/.test(day) || !isRecord(values)) continue;
    const found = Object.entries(values).filter(
      (pair): pair is [string, number] => typeof pair[1] === "number" && Number.isFinite(pair[1]),
    );
    checks[Number(day)] = Object.fromEntries(found);
  }
  return checks;
}

function parseDays(kept: unknown): Record<number, Entry> {
  const days: Record<number, Entry> = {};
  for (const [number, entry] of Object.entries(isRecord(kept) ? kept : {})) {
    if (/^\d{1,3}$/.test(number) && isRecord(entry)) days[Number(number)] = parseEntry(entry);
  }
  return days;
}

function parsePast(kept: unknown): Past[] {
  if (!isRecord(kept)) return [];
  const { start, from } = kept;
  if (typeof start !== "string" || !isDay(start) || !isCount(from)) return [];
  return [{ start, from, days: parseDays(kept["days"]), checks: parseChecks(kept["checks"]) }];
}

function parseEntry(entry: Record<string, unknown>): Entry {
  const { done, pain, settled, note } = entry;
  return {
    done: Array.isArray(done) ? done.filter((name) => typeof name === "string") : [],
    pain: isCount(pain) && pain <= 10 ? pain : null,
    settled: typeof settled === "boolean" ? settled : null,
    ...(typeof note === "string" && note !== "" ? { note: note.slice(0, JOINED_LONGEST) } : {}),
  };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

/** As much of the browser's storage as is needed. */
export type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export const PREFIX = "kinopress.plan.";

/** One plan's state on this device. Where the browser keeps nothing, it lives as long as the page. */
export class PlanStore {
  readonly #key: string;
  readonly #shelf: Shelf | null;
  readonly #newId: () => string;
  #state: State;
  /** False when the browser refuses to keep anything. */
  keeps: boolean;

  constructor(slug: string, shelf: Shelf | null, newId: () => string) {
    this.#key = PREFIX + slug;
    this.#shelf = shelf;
    this.#newId = newId;
    this.keeps = shelf !== null;
    let kept: State | null = null;
    try {
      kept = parseState(shelf?.getItem(this.#key) ?? null);
    } catch {
      this.keeps = false;
    }
    this.#state = kept ?? fresh(newId());
  }

  /** Read again what is kept: a file or another window may have changed it. */
  reread(): void {
    if (!this.keeps) return;
    try {
      this.#state = parseState(this.#shelf?.getItem(this.#key) ?? null) ?? fresh(this.#newId());
    } catch {
      this.keeps = false;
    }
  }

  get key(): string {
    return this.#key;
  }

  get state(): State {
    return this.#state;
  }

  /** Change the state and keep it. Nothing is written before the reader has entered something. */
  set(state: State): void {
    this.#state = state;
    try {
      this.#shelf?.setItem(this.#key, JSON.stringify(state));
    } catch {
      this.keeps = false;
    }
  }

  /** Remove all that was kept of this plan. */
  forget(): void {
    this.#state = fresh(this.#newId());
    try {
      this.#shelf?.removeItem(this.#key);
    } catch {
      this.keeps = false;
    }
  }
}
