/** The index that the Python tests hold: a small project, searched here as a browser would. */

import { readFileSync } from "node:fs";

import { type FacetsFile, readFacets } from "../src/finder/facets.ts";
import { Finder } from "../src/finder/finder.ts";
import { type IndexFile, readIndex, readNicknames } from "../src/finder/index.ts";
import { readSigns, type SignsFile } from "../src/finder/signs.ts";

const read = (name: string): string =>
  readFileSync(new URL(`../../tests/golden/finder/${name}`, import.meta.url), "utf8");

export const stemLines = read("stems.txt").trim().split("\n");
export const indexFile = JSON.parse(read("index.json")) as IndexFile;
export const index = readIndex(indexFile);
export const more = readFacets(JSON.parse(read("facets.json")) as FacetsFile);
export const nicknames = readNicknames(read("nicknames.txt"));
export const signsFile = JSON.parse(read("signs.json")) as SignsFile;
export const signs = readSigns(signsFile, index.flags);
export const finder = new Finder(
  index,
  async () => nicknames,
  async () => signsFile,
);

export function at(name: string): number {
  const page = index.pages.find((one) => `${one.kind}/${one.slug}` === name);
  if (page === undefined) throw new Error(`no page ${name}`);
  return page.at;
}
