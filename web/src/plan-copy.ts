/**
 * All that the site keeps on a device as a file, and back: what a copy is, which files are none, and how one is put
 * together with what is here already. Nothing that is here is ever replaced: a file only adds. Pure.
 */

import type { Kept } from "./plan-shelf.ts";
import {
  isRecord,
  parseState,
  PREFIX,
  splitAt,
  stateOf,
  type Entry,
  type Measured,
  type Past,
  type State,
} from "./plan-store.ts";
import { sumOfBytes } from "./sums.ts";
import { phrase } from "./words.ts";

const VERSION = 1;
const OWN = /^kinopress\.[a-z.]{1,40}$/;
const SLUG = /^[a-z0-9-]{1,100}$/;
const SETTING_LONGEST = 2000;
/** More than years of plans; what is larger is another file. */
export const LARGEST_BYTES = 1_000_000;

export const FOREIGN = phrase(
  "This file is not a copy that this site has saved. Nothing was changed here. Choose the file called 14-days-copy.txt.",
);
export const DAMAGED = phrase(
  "This copy is damaged: part of it is missing or was altered. Nothing was changed here. Save it again on the device it comes from, or use an older copy.",
);
export const NEWER = phrase(
  "This copy was saved by a newer edition of this site. Nothing was changed here. Reload this page while you are online, then open the copy again.",
);

export interface Copy {
  readonly plans: Readonly<Record<string, State>>;
  /** What else is kept, as it is kept: how following along should sound. */
  readonly settings: Readonly<Record<string, string>>;
}

/** The names of all that the site keeps. */
export function keysOf(shelf: Kept): string[] {
  const all = Array.from({ length: shelf.length }, (_, at) => shelf.key(at) ?? "");
  return all.filter((key) => key.startsWith("kinopress.")).sort();
}

/** All that is kept. */
export function keptOn(shelf: Kept): Copy {
  const plans: Record<string, State> = {};
  const settings: Record<string, string> = {};
  for (const key of keysOf(shelf)) {
    const kept = shelf.getItem(key);
    const state = key.startsWith(PREFIX) ? parseState(kept) : null;
    if (state !== null) plans[key.slice(PREFIX.length)] = state;
    else if (kept !== null && OWN.test(key) && !key.startsWith(PREFIX)) settings[key] = kept;
  }
  return { plans, settings };
}

/** The file's text. */
export function written({ plans, settings }: Copy, today: string): string {
  const kept = { plans, settings };
  return `${JSON.stringify({ kinopress: "plans", version: VERSION, saved: today, sum: sumOf(kept), ...kept }, null, 1)}\n`;
}

function sumOf(kept: unknown): string {
  return sumOfBytes(new TextEncoder().encode(JSON.stringify(kept)));
}

/** What is in a file, or in words why it cannot be used. */
export function read(text: string): Copy | string {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return text.trimStart().startsWith("{") && text.includes('"kinopress"') ? DAMAGED : FOREIGN;
  }
  if (!isRecord(found) || found["kinopress"] !== "plans") return FOREIGN;
  const { version, sum, plans, settings } = found;
  if (typeof version === "number" && version > VERSION) return NEWER;
  if (version !== VERSION || !isRecord(plans) || !isRecord(settings)) return DAMAGED;
  if (sum !== sumOf({ plans, settings })) return DAMAGED;
  const states: Record<string, State> = {};
  for (const [slug, kept] of Object.entries(plans)) {
    const state = stateOf(kept);
    if (state === null || !SLUG.test(slug)) return DAMAGED;
    states[slug] = state;
  }
  const others = Object.entries(settings).filter(
    (pair): pair is [string, string] =>
      OWN.test(pair[0]) && !pair[0].startsWith(PREFIX) && typeof pair[1] === "string" && pair[1].length <= SETTING_LONGEST,
  );
  return { plans: states, settings: Object.fromEntries(others) };
}

export interface Merged {
  readonly state: State;
  /** `taken`: there was nothing here; `added`: the file's entries joined those here; `other`: two runs, left alone. */
  readonly how: "taken" | "added" | "other";
}

/** One plan's state here and in a file, together. */
export function merge(here: State | null, file: State): Merged {
  if (here === null || isEmpty(here)) return { state: file, how: "taken" };
  if (isEmpty(file)) return { state: here, how: "added" };
  const isSameRun =
    here.id === file.id || (here.start === file.start && here.earlier.length === 0 && file.earlier.length === 0);
  const joined = isSameRun ? join(here, file) : null;
  return joined === null ? { state: here, how: "other" } : { state: joined, how: "added" };
}

export function isEmpty(state: State): boolean {
  const { start, days, earlier, checks } = state;
  return start === null && [days, earlier, checks].every((part) => Object.keys(part).length === 0);
}

/**
 * Two records of one run. One may have begun weeks again that the other knows nothing of: what it entered from those
 * weeks on belongs to the earlier record. Null where both have begun a week again, each on its own.
 */
function join(here: State, file: State): State | null {
  const isHereLonger = here.earlier.length >= file.earlier.length;
  const [long, short] = isHereLonger ? [here, file] : [file, here];
  const common = short.earlier.length;
  const isApart = short.earlier.some((past, at) => {
    const other = long.earlier[at];
    return other === undefined || other.start !== past.start || other.from !== past.from;
  });
  if (isApart) return null;
  let [days, checks] = [short.days, short.checks];
  const added = long.earlier.map((past, at): Past => {
    const own = short.earlier[at];
    if (at < common && own !== undefined) return { ...past, ...both(own, past, isHereLonger) };
    const [[before, after], [checksBefore, checksAfter]] = [splitAt(days, past.from), splitAt(checks, past.from)];
    [days, checks] = [before, checksBefore];
    return { ...past, ...both({ days: after, checks: checksAfter }, past, isHereLonger) };
  });
  return {
    ...long,
    id: here.id,
    start: long.earlier.length > common ? long.start : here.start ?? file.start,
    calendars: Math.max(here.calendars, file.calendars),
    saved: here.saved ?? file.saved,
    earlier: added,
    ...both({ days, checks }, long, isHereLonger),
  };
}

type Entered = Pick<State, "days" | "checks">;

/** What two have entered on the same days; `isLongHere`: whether the second is the one on this device, which wins. */
function both(short: Entered, long: Entered, isLongHere: boolean): Entered {
  const [here, file] = isLongHere ? [long, short] : [short, long];
  const days: Record<number, Entry> = { ...file.days };
  for (const [day, entry] of Object.entries(here.days)) {
    const other = file.days[Number(day)];
    days[Number(day)] = other === undefined ? entry : entryOfBoth(entry, other);
  }
  const measured: Record<number, Measured[number]> = { ...file.checks };
  for (const [day, values] of Object.entries(here.checks)) {
    measured[Number(day)] = { ...file.checks[Number(day)], ...values };
  }
  return { days, checks: measured };
}

function entryOfBoth(here: Entry, file: Entry): Entry {
  const done = [...new Set([...here.done, ...file.done])];
  // A score and the morning after it belong together.
  const isScoredHere = here.pain !== null;
  const isSame = here.pain === file.pain;
  return {
    done,
    pain: isScoredHere ? here.pain : file.pain,
    settled: isScoredHere ? (here.settled ?? (isSame ? file.settled : null)) : file.settled,
    ...noteOfBoth(here, file),
  };
}

function noteOfBoth(here: Entry, file: Entry): Pick<Entry, "note"> {
  const note = bothNotes(here.note ?? "", file.note ?? "");
  return note ? { note } : {};
}

/** Two notes about a day: nobody's words are lost, and a line that both have is there once. */
function bothNotes(here: string, file: string): string {
  if (here.startsWith(file)) return here;
  if (file.startsWith(here)) return file;
  const lines = here.split("\n");
  return [here, ...file.split("\n").filter((line) => line.trim() !== "" && !lines.includes(line))].join("\n");
}

export interface Brought {
  readonly slug: string;
  readonly how: Merged["how"];
}

/**
 * Put a copy beside what is here. It is written whole or not at all; null where the browser refuses to keep it.
 */
export function bring(shelf: Kept, copy: Copy): Brought[] | null {
  const merged = Object.entries(copy.plans).map(([slug, file]) => ({
    slug,
    ...merge(parseState(shelf.getItem(PREFIX + slug)), file),
  }));
  const writes: [string, string][] = [
    ...merged.filter(({ how }) => how !== "other").map(({ slug, state }): [string, string] => [PREFIX + slug, JSON.stringify(state)]),
    ...Object.entries(copy.settings).filter(([key]) => shelf.getItem(key) === null),
  ];
  const before = writes.map(([key]) => [key, shelf.getItem(key)] as const);
  try {
    for (const [key, value] of writes) shelf.setItem(key, value);
  } catch {
    for (const [key, value] of before) {
      if (value === null) shelf.removeItem(key);
      else shelf.setItem(key, value);
    }
    return null;
  }
  return merged.map(({ slug, how }) => ({ slug, how }));
}
