// What the browser's rules make of queries: index and rules on the command line, queries as JSON on the
// standard input, for each its signs, whether it comes near one, and the time. For benchmarks/flags.py.
import { readFileSync } from "node:fs";

import { readIndex } from "../web/src/finder/index.ts";
import { asksForSigns } from "../web/src/finder/asking.ts";
import { readSigns, signsIn } from "../web/src/finder/signs.ts";

const [index_, signs_] = process.argv.slice(2).map((path) => JSON.parse(readFileSync(path, "utf8")));
const index = readIndex(index_);
const begun = performance.now();
const signs = readSigns(signs_);
const readMs = performance.now() - begun;
const queries = JSON.parse(readFileSync(0, "utf8"));
for (const query of queries.slice(0, 200)) signsIn(index, signs, query); // warms up
const rows = queries.map((query) => {
  const from = performance.now();
  const { flags, isNear, isAsked = false } = signsIn(index, signs, query);
  const ms = performance.now() - from;
  return { keys: flags.map((flag) => flag.key), isNear, isAsked, asks: asksForSigns(index, query), ms };
});
process.stdout.write(JSON.stringify({ readMs, rows }));
