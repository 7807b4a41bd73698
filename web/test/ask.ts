/**
 * Asks the finder as a page of the site would, for the tests in Python: a folder with the finder's
 * files, queries as JSON on standard input, out comes for each the pages found, best first.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { Finder } from "../src/finder/finder.ts";
import { type IndexFile, readIndex } from "../src/finder/index.ts";
import { type MoreFile, withMore } from "../src/finder/more.ts";

const [folder = "."] = process.argv.slice(2);
const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), "utf8"));
const queries = JSON.parse(readFileSync(0, "utf8")) as string[];

// A reader's first query comes without the second file; each query here is somebody's first.
const index = readIndex(read("index.json") as IndexFile);
const whole = withMore(index, read("more.json") as MoreFile);
const noSigns = (): Promise<never> => Promise.reject(new Error("pages alone are asked for"));
const found = [];
for (const query of queries) {
  const answer = await new Finder(index, async () => whole, noSigns).find(query);
  found.push(answer.hits.slice(0, 20).map(({ page }) => `${page.kind}/${page.slug}`));
}
process.stdout.write(JSON.stringify(found));
