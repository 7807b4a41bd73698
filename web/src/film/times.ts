/** Instants, pictures and parts of a film: arithmetic that needs no browser. */

/** A part that is played again and again; without `b` its end is still to be set. */
export interface Part {
  readonly a: number;
  readonly b: number | null;
}

/** A shorter part would be little more than the jump back to its beginning. */
export const SHORTEST_S = 0.5;

/** A second as a clock shows it: 0:24, 12:05. */
export function clock(second: number): string {
  const whole = Math.floor(second + 0.001);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** An instant to the hundredth of a second, for who looks at one picture after another: 0:24.36. */
export function exact(second: number): string {
  const hundredths = Math.round(second * 100);
  return `${clock(Math.floor(hundredths / 100))}.${String(hundredths % 100).padStart(2, "0")}`;
}

/** The second that an address names: `?t=90`, `#t=1:30`, `?t=1m30s`; null where it names none. */
export function secondOf(address: Pick<Location, "search" | "hash">): number | null {
  const words = new URLSearchParams(address.search).get("t") ?? new URLSearchParams(address.hash.slice(1)).get("t");
  const found = /^(?:(\d+)h)?(?:(\d+)[m:])?(\d+(?:\.\d+)?)?s?$/.exec(words ?? "");
  if (!words || found === null) return null;
  const [hours, minutes, seconds] = found.slice(1).map((digits) => Number(digits ?? 0));
  return (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0);
}

/** The instant of the picture `by` after the one that is shown: its middle, since browsers round either way. */
export function stepped(second: number, fps: number, by: number): number {
  const number = Math.floor(second * fps + 0.01);
  return (Math.max(number + by, 0) + 0.5) / fps;
}

/** A part of at least `SHORTEST_S` within the film, whichever end was set first. */
export function partOf(a: number, b: number, length: number): Part {
  const from = Math.max(0, Math.min(a, b, length - SHORTEST_S));
  return { a: from, b: Math.max(a, b, from + SHORTEST_S) };
}

/** What one button makes of it: the beginning, then the end, then nothing. */
export function pressed(part: Part | null, at: number, length: number): Part | null {
  if (part === null) return { a: at, b: null };
  return part.b === null ? partOf(part.a, at, length) : null;
}

/** Whether the picture of this instant is the last of the part: the one that is nearest to its end. */
export function isOver(part: Part, at: number, picture: number): boolean {
  return part.b !== null && at >= part.b - picture / 2;
}

/** The next speed up or down. */
export function otherSpeed(speeds: readonly number[], now: number, by: number): number {
  const at = speeds.indexOf(now);
  return speeds[Math.min(Math.max(at + by, 0), speeds.length - 1)] ?? now;
}

/** A small picture of the film: where it is in the file that has all of them. */
export interface Tile {
  readonly until: number;
  readonly picture: string;
  readonly box: readonly number[];
}

/** The index of small pictures, a WebVTT file whose cues name parts of one picture; addresses in it are relative to it. */
export function readBoard(text: string, address: string): Tile[] {
  const tiles: Tile[] = [];
  for (const [, h, m, s, name, box] of text.matchAll(/--> (\d+):(\d+):([\d.]+)\n(\S+)#xywh=([\d,]+)/g)) {
    tiles.push({
      until: Number(h) * 3600 + Number(m) * 60 + Number(s),
      picture: new URL(name ?? "", address).href,
      box: (box ?? "").split(",").map(Number),
    });
  }
  return tiles;
}
