/** The index that the Python tests hold: a small project, searched here as a browser would. */

import { readFileSync } from "node:fs";

import { LINE, lines } from "../src/finder/coding.ts";
import { type FacetsFile, readFacets } from "../src/finder/facets.ts";
import { Finder } from "../src/finder/finder.ts";
import { type IndexFile, readIndex } from "../src/finder/index.ts";
import { type MoreFile, withMore } from "../src/finder/more.ts";
import { readSigns, type SignsFile } from "../src/finder/signs.ts";

const read = (name: string): string =>
  readFileSync(new URL(`../../tests/golden/finder/${name}`, import.meta.url), "utf8");

export const stemLines = read("stems.txt").trim().split("\n");
export const slipLines = read("slips.txt").trim().split("\n");
export const indexFile = JSON.parse(read("index.json")) as IndexFile;
export const index = readIndex(indexFile);
export const more = readFacets(JSON.parse(read("facets.json")) as FacetsFile);
export const moreFile = JSON.parse(read("more.json")) as MoreFile;
/** The index with the second file in it. */
export const whole = withMore(index, moreFile);
export const signsFile = JSON.parse(read("signs.json")) as SignsFile;
export const signs = readSigns(signsFile);
export const finder = new Finder(
  index,
  async (alone) => withMore(alone, moreFile),
  async () => signsFile,
);

export function at(name: string): number {
  const page = index.pages.find((one) => `${one.kind}/${one.slug}` === name);
  if (page === undefined) throw new Error(`no page ${name}`);
  return page.at;
}

/** The places of the pages that a page belongs to. */
export function tagsOf(name: string): readonly number[] {
  return index.pages[at(name)]?.tags ?? [];
}

/** A column of the index's file with one page's numbers put in their place. */
export function column(text: string, name: string, numbers: readonly number[]): string {
  const found = lines(text);
  while (found.length < index.pages.length) found.push("");
  found[at(name)] = written([...numbers].sort((a, b) => a - b));
  return found.join(LINE);
}

/** Rising numbers as steps; these tests have no step above 31. */
export function written(numbers: readonly number[]): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef";
  return numbers.map((one, at) => letters[one - (numbers[at - 1] ?? 0)] ?? "?").join("");
}
