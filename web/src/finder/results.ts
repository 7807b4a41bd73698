/** Everything /find/ shows for a query: warning signs, pages in order, counts by facet. No page around it. */

import type { Facet, Query } from "./address.ts";
import { counts, filtered, type More } from "./facets.ts";
import type { Finder } from "./finder.ts";
import type { Page } from "./index.ts";
import { inOrder } from "./rank.ts";
import type { Found } from "./signs.ts";

export interface Results {
  /** Warning signs the words describe or come near; they stand above everything, whatever is found. */
  readonly signs: Found;
  /** A sign asks that nothing stands beside it. */
  readonly alone: boolean;
  /** What was found, in rank order, terms first. */
  readonly pages: readonly Page[];
  readonly counts: ReadonlyMap<Facet, ReadonlyMap<string, number>>;
}

/** The results of a query. Without words but with facets all pages are there, in the index's order. */
export async function results(finder: Finder, more: More, query: Query): Promise<Results> {
  const { index } = finder;
  const signs = await finder.signs(query.words);
  const alone = signs.flags.some((flag) => flag.alone);
  let found: readonly Page[] = query.words === "" && query.chosen.size > 0 ? index.pages : [];
  if (query.words !== "" && !alone) found = inOrder(await finder.find(query.words));
  return {
    signs,
    alone,
    pages: filtered(index, more, found, query),
    counts: counts(index, more, found, query),
  };
}
