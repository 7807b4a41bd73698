/** What is kept of following along, on this device alone: where one is (for this tab), and how it should sound. */

import type { Spot } from "./run.ts";

const PLACE = "kinopress.follow";
const SOUNDS = "kinopress.sounds";
/** Later than this it would be another day's exercise. */
const STALE_MS = 3 * 3_600_000;

export interface Kept extends Spot {
  /** The page and the dose it belongs to. */
  readonly name: string;
  readonly at: number;
  /** Whether it was on the screen when the page went away. */
  readonly open: boolean;
}

export interface Sounds {
  readonly bell: boolean;
  readonly loud: boolean;
  readonly voice: boolean;
  readonly buzz: boolean;
}

const PLAIN: Sounds = { bell: true, loud: false, voice: false, buzz: true };

function read(shelf: () => Storage, key: string): Record<string, unknown> {
  try {
    const found: unknown = JSON.parse(shelf().getItem(key) ?? "{}");
    return typeof found === "object" && found !== null ? { ...found } : {};
  } catch {
    return {};
  }
}

function write(shelf: () => Storage, key: string, value: unknown): void {
  try {
    if (value === null) shelf().removeItem(key);
    else shelf().setItem(key, JSON.stringify(value));
  } catch {
    // the browser keeps nothing: then only this page remembers
  }
}

/** Where one was in this exercise, if that was today; `phases` is how many it has. */
export function keptSpot(name: string, phases: number, now: number): Kept | null {
  const found = read(() => sessionStorage, PLACE);
  const { index, into, extra, at, open } = found;
  if (found["name"] !== name || typeof index !== "number" || typeof at !== "number") return null;
  if (typeof into !== "number" || typeof extra !== "number" || now - at > STALE_MS) return null;
  if (!Number.isInteger(index) || index < 0 || index >= phases) return null;
  return { name, index, into, extra, at, open: open === true };
}

export function keep(kept: Kept | null): void {
  write(() => sessionStorage, PLACE, kept);
}

export function keptSounds(): Sounds {
  const found = read(() => localStorage, SOUNDS);
  const of = (name: keyof Sounds): boolean => (typeof found[name] === "boolean" ? found[name] : PLAIN[name]);
  return { bell: of("bell"), loud: of("loud"), voice: of("voice"), buzz: of("buzz") };
}

export function keepSounds(sounds: Sounds): void {
  write(() => localStorage, SOUNDS, sounds);
}
