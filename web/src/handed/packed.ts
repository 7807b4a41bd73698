/** What is packed inside a plan that was handed over as a file: drawings in one bundle, and films. */

/** The code points that windows-1252 has for bytes from 0x80 to 0x9f, where they are not those of the bytes. */
const WINDOWS: readonly number[] = [
  0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d, 0x17d, 0x8f,
  0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0x9d, 0x17e, 0x178,
];
const BYTES = new Map(WINDOWS.map((point, at) => [point, 0x80 + at]));
const ESCAPE = 0x3d;
const MOVED = 64;

/**
 * The bytes of what is packed. The file is read as windows-1252, in which every byte is a letter; the four that HTML would not
 * leave alone are moved behind an equals sign, after all were shifted (`pages/handed/packed.py`).
 */
export function bytesOf(text: string, shift: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  let length = 0;
  let isMoved = false;
  for (let at = 0; at < text.length; at += 1) {
    const point = text.charCodeAt(at);
    const byte = BYTES.get(point) ?? point;
    if (byte === ESCAPE && !isMoved) {
      isMoved = true;
      continue;
    }
    bytes[length] = ((isMoved ? byte - MOVED : byte) - shift) & 0xff;
    length += 1;
    isMoved = false;
  }
  return bytes.subarray(0, length);
}

export const FILM_TYPE = "video/mp4";

export interface Packed {
  /** Drawings by their addresses. */
  readonly drawings: Readonly<Record<string, string>>;
  /** What leads through exercises. */
  readonly follow: readonly unknown[];
  /** What is said in films, by film and language: from which second, to which, and the words. */
  readonly captions: Readonly<Record<string, Readonly<Record<string, readonly (readonly [number, number, string])[]>>>>;
  /** Where films are not in the page: fetches one, and decrypts it. */
  readonly film?: (name: string) => Promise<Blob>;
  /** Where more is kept than what was entered: it is to go as well. */
  readonly forgot?: () => void;
}

/** Where the page's first script leaves what it has unpacked for the one that follows. */
export const UNPACKED = "kinopressUnpacked";
