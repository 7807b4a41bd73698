// What the browser's rules and listener make of queries: index and rules on the command line, queries as JSON on the
// standard input, for each its signs, whether it comes near one, and the time. With "stems" as a third argument only the
// words as the listener reads them. For benchmarks/flags.py and listen.py.
import { readFileSync } from "node:fs";

import { readIndex } from "../web/src/finder/index.ts";
import { asksForSigns } from "../web/src/finder/asking.ts";
import { readSigns, signsIn, stemsIn } from "../web/src/finder/signs.ts";

const [index_, signs_] = process.argv.slice(2, 4).map((path) => JSON.parse(readFileSync(path, "utf8")));
const index = readIndex(index_);
const begun = performance.now();
const signs = readSigns(signs_);
const readMs = performance.now() - begun;
const queries = JSON.parse(readFileSync(0, "utf8"));

function heard(query) {
  const from = performance.now();
  const { flags, isNear, isAsked = false, likely = [] } = signsIn(index, signs, query);
  const ms = performance.now() - from;
  const [keys, asked] = [flags, likely].map((of) => of.map((flag) => flag.key));
  return { keys, isNear, isAsked, likely: asked, asks: asksForSigns(index, query), ms };
}

if (process.argv[4] === "stems") {
  process.stdout.write(JSON.stringify(queries.map((query) => stemsIn(index, signs, query))));
} else {
  for (const query of queries.slice(0, 200)) signsIn(index, signs, query); // warms up
  process.stdout.write(JSON.stringify({ readMs, rows: queries.map(heard) }));
}
