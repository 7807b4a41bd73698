/** What a query says is not so: "no back pain but my calf hurts" asks for no back. Pure. */

import type { Index } from "./index.ts";
import { stem, words } from "./normal.ts";

/** "Never" is left out: "never had calf pain like this" has it now. So is "can't", which is a complaint itself. */
const DENIES = new Set("no not isnt arent doesnt dont didnt".split(" "));
/** May stand between, and where more is listed. */
const BETWEEN = new Set("a any the my in or have got left right lower outer".split(" "));

/** A query without the parts of the body and the pains that it denies; as it is where nothing else would be left. */
export function affirmed(index: Index, query: string): string {
  const all = words(query);
  const places = new Set(index.regions.flatMap(({ phrases }) => phrases.flatMap((one) => (one.length === 1 ? one : []))));
  const isDeniable = (word: string): boolean => {
    const one = stem(word);
    return [places, index.aboutBody, index.hurting, index.elsewhere].some((known) => known.has(one));
  };
  const kept: string[] = [];
  for (let at = 0; at < all.length; at++) {
    const word = all[at] ?? "";
    // Only parts and pains are taken away: "glutes not firing" and "does not bend" say what is wrong.
    let end = at;
    for (let next = at + 1; DENIES.has(word) && next < all.length; next++) {
      const other = all[next] ?? "";
      if (isDeniable(other)) end = next;
      else if (!BETWEEN.has(other)) break;
    }
    if (end === at) kept.push(word);
    at = end;
  }
  const left = kept.join(" ");
  return left.length > 0 && kept.some(isDeniable) ? left : query;
}
