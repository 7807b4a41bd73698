/**
 * What the finder says: in the language of where its field is. In the head of a page that is the language of the
 * site, whatever the page is in; in the text of the home page it is that page's own. A page has one field.
 */

import * as said from "../words.ts";

const field = typeof document === "undefined" ? null : document.querySelector("form[data-kp-finder]");
const words = field === null ? said.ofThisPage() : said.wordsAt(field);

/** Words for readers, as `phrase` of words.ts. */
export function phrase(english: string, values: said.Values = {}): string {
  return said.phrase(english, values, words);
}

/** Words about a number of things, as `counted` of words.ts. */
export function counted(n: number, one: string, many: string, values: said.Values = {}): string {
  return said.counted(n, one, many, values, words);
}
