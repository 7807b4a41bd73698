import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { shortList } from "../src/finder/combobox.ts";
import { readIndex } from "../src/finder/index.ts";
import { inOrder, rank } from "../src/finder/rank.ts";
import { regionsIn } from "../src/finder/spot.ts";
import { index, indexFile, nicknames, signsFile } from "./golden.ts";

const found = (words: string): string[] =>
  rank(index, words, nicknames).terms.map((hit) => `${hit.page.kind}/${hit.page.slug}`);

test("an index of another version is refused", () => {
  assert.throws(() => readIndex({ ...indexFile, v: 99 }), /version 99/);
});

test("a name leads to its page, whatever the case and with slips", () => {
  assert.equal(found("Popliteus")[0], "muscles/popliteus");
  assert.equal(found("poplitius")[0], "muscles/popliteus");
  assert.equal(found("the key of the knee")[0], "muscles/popliteus");
  assert.equal(found("musculus popliteus")[0], "muscles/popliteus");
});

test("a lay sentence leads to what people said it of", () => {
  assert.equal(found("hollow of the knee aches when I cycle")[0], "symptoms/back-of-knee-pain");
  assert.equal(found("my kneecap hurts on stairs")[0], "symptoms/front-knee-pain");
});

test("the part of the body decides between pages that share the words", () => {
  assert.equal(found("squat hurts the back of my knee")[0], "symptoms/back-of-knee-pain");
  assert.equal(found("squat hurts my kneecap")[0], "symptoms/front-knee-pain");
});

test("a longer phrase takes its words: 'back of my knee' is not the whole knee", () => {
  const keys = (words: string): string[] =>
    [...regionsIn(index, words)].map((at) => index.regions[at]?.key ?? "").sort();
  assert.deepEqual(keys("the back of my left knee"), ["knee-back"]);
  assert.deepEqual(keys("my knee"), ["knee-back", "knee-front"]);
  assert.deepEqual(keys("sore bum"), ["buttock"]);
  assert.deepEqual(keys("my shoulder"), []);
});

test("what has no page of its own leads to the pages that fit, the best first", () => {
  assert.deepEqual(found("clamshells").slice(0, 2), ["muscles/gluteus-medius", "techniques/strength"]);
  assert.equal(found("clam shells with a band")[0], "muscles/gluteus-medius");
});

test("other subjects and nonsense find nothing", () => {
  for (const words of ["tennis elbow", "banana bread", "qwertyuiop", "", "  ", "?!"]) {
    assert.deepEqual(found(words), [], words);
    assert.deepEqual(rank(index, words).others, [], words);
  }
});

test("exercises follow the terms they belong to, and their own name", () => {
  const others = rank(index, "gluteus maximus").others.map((hit) => hit.page.slug);
  assert.equal(others[0], "bridge");
  assert.equal(rank(index, "glute bridge").others[0]?.page.slug, "bridge");
});

test("words that ask to do something bring that before the other terms", () => {
  const shown = (words: string): string[] =>
    inOrder(rank(index, words, nicknames)).map((page) => `${page.kind}/${page.slug}`);
  assert.ok(shown("gluteus").indexOf("exercises/bridge") > shown("gluteus").indexOf("muscles/gluteus-medius"));
  assert.equal(shown("strengthen gluteus maximus")[0], "muscles/gluteus-maximus");
  const asked = shown("strengthen my glutes, gluteus maximus and medius");
  assert.ok(asked.slice(2, 4).every((page) => page.startsWith("exercises/")), asked.join(" "));
});

test("the list under the field holds terms first, and leaves room for what one can do", () => {
  const answer = rank(index, "knee");
  const kinds = shortList(answer).map((page) => page.kind);
  assert.ok(kinds.length <= 8);
  const lastTerm = kinds.findLastIndex((kind) => /muscles|symptoms|techniques/.test(kind));
  const firstOther = kinds.findIndex((kind) => !/muscles|symptoms|techniques/.test(kind));
  assert.ok(firstOther === -1 || lastTerm < firstOther);
});

test("no query breaks it, and every score falls", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 120 }),
    fc.array(fc.constantFrom(...index.words), { maxLength: 40 }).map((words) => words.join(" ")),
  );
  fc.assert(
    fc.property(text, (words) => {
      const { terms, others, asked } = rank(index, words, nicknames);
      for (const hits of [terms, others.slice(0, asked), others.slice(asked)]) {
        hits.forEach((hit, at) => assert.ok(at === 0 || (hits[at - 1]?.score ?? 0) >= hit.score));
        assert.equal(new Set(hits.map((hit) => hit.page.at)).size, hits.length);
      }
    }),
  );
});

test("nicknames are fetched once, and only when the index has no sure answer", async () => {
  let asked = 0;
  const { Finder } = await import("../src/finder/finder.ts");
  const lazy = new Finder(index, async () => {
    asked++;
    return nicknames;
  }, async () => signsFile);
  await lazy.find("popliteus");
  assert.equal(asked, 0);
  assert.equal((await lazy.find("clamshells")).terms[0]?.page.slug, "gluteus-medius");
  await lazy.find("kegels");
  assert.equal(asked, 1);
});

test("without the nicknames' file the index still answers", async () => {
  const { Finder } = await import("../src/finder/finder.ts");
  const cut = new Finder(index, async () => {
    throw new Error("no network");
  }, async () => signsFile);
  assert.deepEqual((await cut.find("clamshells")).terms, []);
  assert.equal((await cut.find("popliteus")).terms[0]?.page.slug, "popliteus");
});
