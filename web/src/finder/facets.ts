/** Filtering by facets, and how many results each value would leave. Pure. */

import { FACETS, type Facet, type Query } from "./address.ts";
import type { Index, Page } from "./index.ts";

/** What only the page of results filters by: columns of text, one line per page (facets.json). */
export interface FacetsFile {
  positions: string;
  gear: string;
}

/** Position and equipment of each page, by its place in the index. */
export interface More {
  readonly positions: readonly string[];
  readonly gear: readonly (readonly string[])[];
}

export const NO_MORE: More = { positions: [], gear: [] };

export function readFacets(file: FacetsFile): More {
  return {
    positions: file.positions.split("\n"),
    gear: file.gear.split("\n").map((line) => line.split(",").filter((one) => one !== "")),
  };
}

/** The values a page has of a facet. */
export function valuesOf(index: Index, more: More, page: Page, facet: Facet): readonly string[] {
  switch (facet) {
    case "kind":
      return [page.kind];
    case "region":
      return page.regions.flatMap((at) => index.regions[at]?.key ?? []);
    case "muscle":
    case "symptom":
    case "technique":
      return [page, ...page.tags.flatMap((at) => index.pages[at] ?? [])]
        .filter((tag) => index.kinds.get(tag.kind)?.tag === facet)
        .map((tag) => tag.slug);
    case "level":
      return page.level === undefined ? [] : [page.level];
    case "position":
      return [more.positions[page.at] ?? ""].filter((one) => one !== "");
    case "equipment":
      return more.gear[page.at] ?? [];
    case "film":
      return page.film === undefined ? [] : ["yes"];
  }
}

function fits(index: Index, more: More, page: Page, query: Query, but?: Facet): boolean {
  for (const [facet, wanted] of query.chosen) {
    if (facet === but) continue;
    if (!valuesOf(index, more, page, facet).some((value) => wanted.has(value))) return false;
  }
  return true;
}

/** The pages that have something of every chosen facet, in the order given. */
export function filtered(
  index: Index,
  more: More,
  pages: readonly Page[],
  query: Query,
): Page[] {
  return pages.filter((page) => fits(index, more, page, query));
}

/**
 * For each facet how many pages each value would leave, the other facets as chosen. Chosen values
 * are there even when they leave nothing, so that they can be taken back.
 */
export function counts(
  index: Index,
  more: More,
  pages: readonly Page[],
  query: Query,
): Map<Facet, Map<string, number>> {
  const found = new Map<Facet, Map<string, number>>();
  for (const facet of FACETS) {
    const of = new Map<string, number>();
    for (const value of query.chosen.get(facet) ?? []) of.set(value, 0);
    for (const page of pages) {
      if (!fits(index, more, page, query, facet)) continue;
      for (const value of new Set(valuesOf(index, more, page, facet))) {
        of.set(value, (of.get(value) ?? 0) + 1);
      }
    }
    found.set(facet, of);
  }
  return found;
}
