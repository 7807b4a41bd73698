/**
 * Telephone numbers in a sentence of whom to call, as links that ring: the rule of the pages (`content/data/phones.py`)
 * without what only a whole page has, such as dates, counts and the pages of a source. Pure.
 */

/** A piece of a sentence; with an address, where it is a number to call. */
export interface Piece {
  readonly text: string;
  readonly href: string | undefined;
}

/** A sentence in pieces: each of these numbers with the address that calls it, and the words between them. */
export function pieces(sentence: string, numbers: readonly string[]): readonly Piece[] {
  if (numbers.length === 0) return [{ text: sentence, href: undefined }];
  const longestFirst = [...numbers].sort((a, b) => b.length - a.length).map(literal);
  return sentence
    .split(new RegExp(`${BEFORE}(${longestFirst.join("|")})${AFTER}`, "u"))
    .map((text, at) => ({ text, href: at % 2 === 1 ? `tel:${dialled(text)}` : undefined }))
    .filter(({ text }) => text !== "");
}

/** By itself: no part of a longer figure, of a range or of an address. */
const DASHES = "\\u2010-\\u2014\\u2212\\-";
const BEFORE = `(?<![\\p{L}\\d_&#.,+=?@${DASHES}]|\\d[:;]|(?:\\/\\/|\\w\\.[a-z]{2})\\S*)`;
const AFTER = `(?![\\p{L}\\d_%@]|[.,:;(${DASHES}]\\d|[.:]\\p{L})`;

/** Words as a pattern that means exactly them: a number may hold + and brackets. */
function literal(words: string): string {
  return words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** What a telephone dials: the (0) of a number with a country's code is not for it. */
function dialled(number: string): string {
  const whole = number.startsWith("+") ? number.replace("(0)", "") : number;
  return whole.replace(/[^0-9+]/g, "");
}
