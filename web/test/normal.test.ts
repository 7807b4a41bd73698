import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { contentStems, phraseStems, stem, stems, words } from "../src/finder/normal.ts";
import { index, stemLines } from "./golden.ts";

test("words lead to the stems the index was made with", () => {
  const made = stemLines.map((line) => {
    const [word = ""] = line.split(" ");
    return `${word} ${stem(word)}`;
  });
  assert.deepEqual(made, stemLines);
});

test("case, accents, apostrophes and spelling make no difference", () => {
  assert.deepEqual(words("Müller’s  hip—hüft"), ["mullers", "hip", "huft"]);
  assert.deepEqual(stems("Mobilise STIFF hips"), stems("mobilize stiff hip"));
});

test("a lay sentence keeps what says something", () => {
  assert.deepEqual(contentStems("I can't get my knee to my toes!"), ["kne", "toe"]);
  assert.deepEqual(contentStems("is it me"), ["is", "it", "me"]);
});

test("what changes nothing in a phrase is left out", () => {
  assert.deepEqual(phraseStems("back of my left knee", index.equal), ["back", "kne"]);
  const equal = new Map([["cannot", "cant"], ["wee", "pee"]]);
  assert.deepEqual(phraseStems("I cannot wee", equal), phraseStems("cant pee", equal));
});

test("any text has words and stems", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      assert.equal(stems(text).length, words(text).length);
      for (const word of stems(text)) assert.match(word, /^[a-z0-9]+$/);
    }),
  );
});
