/** Which pages hold which word, made from the index's file in one pass over the pages. */

import { rising } from "./coding.ts";
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
  const posts: number[][] = Array.from({ length: words }, () => []);
  const times = new Uint16Array(words); // of the page at hand
  const says = file.says.split("\n");
  const length = Float64Array.from(pages, (page) => {
    const found: number[] = [];
    const add = (some: readonly number[] = [], more = 1): void => {
      for (const word of some) {
        if (times[word] === 0) found.push(word);
        times[word] = (times[word] ?? 0) + more;
      }
    };
    names[page.at]?.forEach((name) => add(name));
    // What has no names but its title is found by what it belongs to.
    if (page.at >= file.terms) for (const tag of page.tags) add(names[tag]?.[0]);
    const [often = "", once = ""] = (says[page.at] ?? "").split(",");
    add(rising(often), 2);
    add(rising(once));
    let sum = 0;
    for (const word of found) {
      const again = (times[word] ?? 0) > 1 ? 1 : 0;
      posts[word]?.push(2 * page.at + again);
      sum += 1 + again;
      times[word] = 0;
    }
    return sum;
  });
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
