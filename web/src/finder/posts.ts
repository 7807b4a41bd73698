/** Which pages hold which word, made from the index's file in one pass over the pages. */

import { lines, rising } from "./coding.ts";
import type { IndexFile, Page } from "./index.ts";

/**
 * A word's pages: twice the page's place, and 1 more when the page holds the word more than once.
 * One number, as a pair each would be thousands of small objects to make before the first answer.
 */
export type Posts = readonly (readonly number[])[];

/** What every page holds, word by word, and how much of it: 1 for a word, 2 for one said again. */
export function readPosts(
  file: Pick<IndexFile, "says" | "terms">,
  pages: readonly Page[],
  names: readonly (readonly (readonly number[])[])[],
  words: number,
): { posts: Posts; length: Float64Array } {
  const posts: number[][] = [];
  for (let word = 0; word < words; word++) posts.push([]);
  const times = new Uint16Array(words); // of the page at hand
  const found: number[] = [];
  const add = (some: readonly number[], more = 1): void => {
    for (const word of some) {
      const before = times[word] ?? 0;
      if (before === 0) found.push(word);
      times[word] = before + more;
    }
  };
  const says = lines(file.says);
  const length = new Float64Array(pages.length);
  for (const { at, tags } of pages) {
    for (const name of names[at] ?? []) add(name);
    // What has no names but its title is found by what it belongs to.
    if (at >= file.terms) for (const tag of tags) add(names[tag]?.[0] ?? []);
    const [often = "", once = ""] = (says[at] ?? "").split(",");
    add(rising(often), 2);
    add(rising(once));
    let sum = 0;
    for (const word of found) {
      const again = (times[word] ?? 0) > 1 ? 1 : 0;
      posts[word]?.push(2 * at + again);
      sum += 1 + again;
      times[word] = 0;
    }
    found.length = 0;
    length[at] = sum;
  }
  return { posts, length };
}

/** Whether a word's pages, which rise, hold one. */
export function holds(posts: readonly number[] = [], page: number): boolean {
  let [from, to] = [0, posts.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((posts[middle] ?? 0) >> 1 < page) from = middle + 1;
    else to = middle;
  }
  return (posts[from] ?? -1) >> 1 === page;
}
