/** Everything /find/ shows for a query: what the finder finds, narrowed, and counts by facet. No page around it. */

import type { Facet, Query } from "./address.ts";
import { counts, filtered, type More } from "./facets.ts";
import type { Finder, Found } from "./finder.ts";
import type { Page } from "./index.ts";

export interface Results extends Found {
  /** What was found, best first. */
  readonly pages: readonly Page[];
  readonly counts: ReadonlyMap<Facet, ReadonlyMap<string, number>>;
}

/** The results of a query; `isTyping` as in the finder. Without words but with facets all pages are there, in the index's order. */
export async function results(
  finder: Finder,
  more: More,
  query: Query,
  isTyping = false,
): Promise<Results> {
  const { index } = finder;
  const found = await finder.found(query.words, isTyping);
  const everything = query.words === "" && query.chosen.size > 0;
  const pages = everything ? index.pages : found.answer.hits.map((hit) => hit.page);
  return {
    ...found,
    pages: filtered(index, more, pages, query),
    counts: counts(index, more, pages, query),
  };
}
