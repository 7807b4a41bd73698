import assert from "node:assert/strict";
import { test } from "node:test";

import { phrasePrint, readPrints } from "../src/finder/phrase_prints.ts";
import { mayBeNamed, printOf } from "../src/finder/prints.ts";
import { indexFile, moreFile } from "./golden.ts";

test("a print is the same on both sides", () => {
  // FNV-1a of the empty text and of "a", as its authors give them.
  assert.equal(printOf(""), 0x811c9dc5);
  assert.equal(printOf("a"), 0xe40c292c);
});

test("a name that there is is never denied, and most others are", () => {
  for (const name of ["bumlift", "shoulderbridge"]) assert.ok(mayBeNamed(indexFile.hints, name), name);
  const others = Array.from({ length: 1000 }, (_, at) => `name${at}`);
  assert.ok(others.filter((name) => mayBeNamed(indexFile.hints, name)).length < 300);
  assert.ok(!mayBeNamed("", "bumlift"));
});

test("a phrase is known by its words in any order", () => {
  const said = moreFile.said.split("\n").map(readPrints);
  const print = phrasePrint(["kne", "deep", "behind", "pull"]);
  assert.equal(said.filter((prints) => prints.has(print)).length, 1);
  assert.equal(said.filter((prints) => prints.has(phrasePrint(["kne", "deep"]))).length, 0);
});
