import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { guesses, leadsTo } from "../src/finder/spelling.ts";
import { stem } from "../src/finder/normal.ts";
import { slipLines } from "./golden.ts";

const WORDS = ["achill", "ankl", "cork", "crook", "fasciitis", "hamstr", "knot", "roller", "ruler", "sciatic", "sciatica", "stretch"];
const KNOWN = { words: WORDS, numberOf: new Map(WORDS.map((word, at) => [word, at])), often: () => 1 };
const meant = (typed: string): string | undefined => WORDS[guesses(typed, KNOWN)[0]?.number ?? -1];

test("what is forgiven is what the index was made with", () => {
  const made = slipLines.map((line) => {
    const [typed = "", , word = ""] = line.split(" ");
    return `${typed} ${leadsTo(typed, word) ? "=" : "/"} ${word}`;
  });
  assert.deepEqual(made, slipLines);
});

test("the likeliest word is meant", () => {
  const all = {
    achiles: "achill", akilles: "achill", croked: "crook", fasitis: "fasciitis", hamstrigns: "hamstr", hamstreng: "hamstr",
    roler: "roller", scietic: "sciatic", siatica: "sciatica", stretcheng: "stretch", anlke: "ankl",
  };
  for (const [typed, word] of Object.entries(all)) assert.equal(meant(typed), word, typed);
  for (const typed of ["coffee", "kno", "2026", "half", "mortgage"]) assert.equal(meant(typed), undefined, typed);
});

test("any word may be typed, and what it may mean is what is forgiven", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."aceghiklmnrst"), maxLength: 9 }), (typed) => {
      const found = new Set(guesses(typed, KNOWN).map(({ number }) => WORDS[number]));
      const own = stem(typed);
      for (const word of WORDS) if (own !== word) assert.equal(found.has(word), leadsTo(typed, word), `${typed} ${word}`);
    }),
  );
});
