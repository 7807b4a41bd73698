/** Numbers and words out of the short text they travel as; written by src/kinopress/finder/packing.py. */

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_#$%'()*<?@[]^`{}~";
/** So many letters are the last of a number; behind one of the others another follows, worth as much more as there are of these. */
export const LAST = 61;
export const MORE = 20;
const VALUE = new Uint8Array(128);
for (let at = 0; at < ALPHABET.length; at++) VALUE[ALPHABET.charCodeAt(at)] = at;

/** What one letter of a text stands for. */
export function letterValue(text: string, at: number): number {
  return VALUE[text.charCodeAt(at)] ?? 0;
}

/** Parts the lines of a column: nobody can type it. */
export const LINE = "\x7f";

/** The lines of a column. */
export function lines(text: string): string[] {
  return text.split(LINE);
}

/** Numbers in a row, each the lowest letter first. */
export function numbers(text: string): number[] {
  const found: number[] = [];
  let value = 0;
  let scale = 1;
  for (let at = 0; at < text.length; at++) {
    const letter = VALUE[text.charCodeAt(at)] ?? 0;
    value += letter * scale;
    if (letter < LAST) {
      found.push(value);
      value = 0;
      scale = 1;
    } else scale *= MORE;
  }
  return found;
}

/** Rising numbers, written as the steps between them. */
export function rising(text: string): number[] {
  const found = numbers(text);
  let sum = 0;
  for (let at = 0; at < found.length; at++) found[at] = sum += found[at] ?? 0;
  return found;
}

/** Words of which the known ones come first, as rising numbers, and others as they are. */
export function spelled(text: string, known: readonly string[]): string[] {
  const [first = "", ...others] = text.split(" ");
  return [...rising(first).map((at) => known[at] ?? ""), ...others];
}

/** Sorted words: a capital letter says how much each shares with the one before. */
export function frontCoded(text: string): string[] {
  const found: string[] = [];
  let before = "";
  for (const part of text.match(/[A-Z][a-z0-9]*/g) ?? []) {
    before = before.slice(0, part.charCodeAt(0) - 65) + part.slice(1);
    found.push(before);
  }
  return found;
}
