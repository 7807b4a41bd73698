/**
 * What a reader asked for, and the address that says it: /find/#?q=…&technique=met&region=buttock.
 *
 * What follows the # never leaves the browser: no server, log or referrer sees what hurts.
 */

import { kept } from "./kept.ts";

export const FACETS = [
  "kind",
  "region",
  "symptom",
  "muscle",
  "technique",
  "level",
  "position",
  "equipment",
  "film",
] as const;
export type Facet = (typeof FACETS)[number];

export interface Query {
  readonly words: string;
  /** Chosen values by facet: any of a facet's values, but something of every facet. */
  readonly chosen: ReadonlyMap<Facet, ReadonlySet<string>>;
}

/** A query out of an address's hash; `undefined` where the hash is empty or means a place on the page. */
export function fromHash(hash: string): Query | undefined {
  return hash.startsWith("#?") ? fromParameters(hash.slice(1)) : undefined;
}

/** A query out of `?q=…`, as the part behind #, and addresses of earlier editions of the site, have it. */
export function fromParameters(text: string): Query {
  const given = new URLSearchParams(text);
  const chosen = new Map<Facet, Set<string>>();
  for (const facet of FACETS) {
    const values = given.getAll(facet).filter((value) => value !== "");
    if (values.length > 0) chosen.set(facet, new Set(values));
  }
  return { words: kept(given.get("q") ?? ""), chosen };
}

/** The hash that says a query; empty for an empty query. */
export function toHash(query: Query): string {
  const given = new URLSearchParams();
  if (query.words !== "") given.set("q", query.words);
  for (const facet of FACETS) {
    for (const value of [...(query.chosen.get(facet) ?? [])].sort()) given.append(facet, value);
  }
  const text = given.toString();
  return text === "" ? "" : `#?${text}`;
}

/** The same query with one value of a facet chosen, or no longer chosen. */
export function toggled(query: Query, facet: Facet, value: string): Query {
  const values = new Set(query.chosen.get(facet));
  if (!values.delete(value)) values.add(value);
  const chosen = new Map(query.chosen);
  if (values.size > 0) chosen.set(facet, values);
  else chosen.delete(facet);
  return { words: query.words, chosen };
}
