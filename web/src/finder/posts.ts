/** Which pages hold which word, made from the index's file in one pass over the pages. */

import { rising } from "./coding.ts";
import type { IndexFile, Page } from "./index.ts";

/**
 * A word's pages and how often each holds it, 1 or 2 for more than once: those of word `w` stand
 * from `from[w]` up to, not including, `from[w + 1]`. Flat, as a list a word would be thousands of
 * small objects to make before the first answer.
 */
export interface Posts {
  readonly from: Uint32Array;
  readonly page: Uint32Array;
  readonly often: Uint8Array;
}

/** What the two parts of `says` count: words held twice or more, and once. */
const OFTEN = [2, 1] as const;

/** What every page holds, word by word, and how much of it, beside the mean. */
export function readPosts(
  file: Pick<IndexFile, "says" | "terms">,
  pages: readonly Page[],
  names: readonly (readonly (readonly number[])[])[],
  words: number,
): { posts: Posts; length: Float64Array } {
  const length = new Float64Array(pages.length);
  const from = new Uint32Array(words + 1);
  const times = new Uint8Array(words); // of the page at hand
  const held: number[] = []; // page by page: its words, and each with its count of 1 or 2
  const ends: number[] = [];
  for (const page of pages) {
    const found: number[] = [];
    const add = (some: readonly number[], more: number): void => {
      for (let at = 0; at < some.length; at++) {
        const word = some[at] ?? 0;
        const before = times[word] ?? 0;
        if (before === 0) found.push(word);
        times[word] = Math.min(before + more, OFTEN[0]);
      }
    };
    for (const name of names[page.at] ?? []) add(name, 1);
    // What has no names but its title is found by what it belongs to.
    if (page.at >= file.terms) for (const tag of page.tags) add(names[tag]?.[0] ?? [], 1);
    const [often = "", once = ""] = (file.says[page.at] ?? "").split(",");
    add(rising(often), OFTEN[0]);
    add(rising(once), OFTEN[1]);
    let sum = 0;
    for (const word of found) {
      const often = times[word] ?? 0;
      held.push(word, often);
      from[word + 1] = (from[word + 1] ?? 0) + 1;
      sum += often;
      times[word] = 0;
    }
    length[page.at] = sum;
    ends.push(held.length);
  }
  for (let word = 0; word < words; word++) from[word + 1] = (from[word + 1] ?? 0) + (from[word] ?? 0);
  const posts = {
    from,
    page: new Uint32Array(held.length / 2),
    often: new Uint8Array(held.length / 2),
  };
  const next = from.slice();
  let at = 0;
  ends.forEach((end, page) => {
    for (; at < end; at += 2) {
      const word = held[at] ?? 0;
      const place = next[word] ?? 0;
      next[word] = place + 1;
      posts.page[place] = page;
      posts.often[place] = held[at + 1] ?? 0;
    }
  });
  return { posts, length };
}
