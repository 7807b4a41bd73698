import assert from "node:assert/strict";
import { test } from "node:test";

import { LINE } from "../src/finder/coding.ts";
import { readIndex } from "../src/finder/index.ts";
import { limitOf } from "../src/finder/limits.ts";
import { rank } from "../src/finder/rank.ts";
import { why } from "../src/finder/why.ts";
import { at, indexFile } from "./golden.ts";

const FRONT = "my kneecap hurts on stairs";

/** The index with limits on one symptom's line. */
function limited(symptom: string, text: string): typeof index {
  const lines = Array.from({ length: at(symptom) + 1 }, (_, line) => (line === at(symptom) ? text : ""));
  return readIndex({ ...indexFile, limits: lines.join(LINE) });
}

const index = readIndex(indexFile);
const clam = at("exercises/clam");
const bridge = at("exercises/bridge");

/** What is said of an exercise beside a query, as if the query had found it last. */
function said(on: typeof index, exercise: number, query: string): string {
  const answer = rank(on, query);
  const page = on.pages[exercise]!;
  const hits = answer.hits.some((hit) => hit.page === page) ? answer.hits : [...answer.hits, { page, score: 0.1 }];
  return why(on, page, { ...answer, hits });
}

test("who asks about a symptom is told its own dose of an exercise, or none where it says none", () => {
  const limits = `${clam} 1 × 5;${bridge}!`;
  const on = limited("symptoms/front-knee-pain", limits);
  assert.match(said(on, clam, FRONT), /1 × 5/);
  assert.doesNotMatch(said(on, clam, FRONT), /2 × 15/);
  assert.doesNotMatch(said(on, bridge, FRONT), /×/);
  assert.match(said(index, bridge, FRONT), /2 × 10/);
});

test("the usual dose travels once, and is told where it is the most", () => {
  const on = limited("symptoms/front-knee-pain", `${clam};${bridge} at most 1 × 8`);
  assert.match(said(on, clam, FRONT), /at most 2 × 15/);
  assert.match(said(on, bridge, FRONT), /at most 1 × 8/);
});

test("where another symptom was more likely meant, no dose is told, and the page opens as usual", () => {
  const on = limited("symptoms/back-of-knee-pain", `${clam} 1 × 5`);
  const answer = rank(on, FRONT);
  const symptoms = answer.hits.filter(({ page }) => page.kind === "symptoms").map(({ page }) => page.slug);
  assert.deepEqual(symptoms[0], "front-knee-pain");
  const hits = [...answer.hits, { page: on.pages[at("symptoms/back-of-knee-pain")]!, score: 0.2 }, { page: on.pages[clam]!, score: 0.1 }];
  assert.deepEqual(limitOf(on, on.pages[clam]!, { ...answer, hits }), { dose: undefined, symptom: undefined });
});

test("a symptom typed by its very name limits what is shown beside it, however well that is ranked", () => {
  const on = limited("symptoms/front-knee-pain", `${clam} 1 × 5`);
  const answer = rank(on, "pain at the front of the knee");
  const hits = [...answer.hits, { page: on.pages[clam]!, score: 2 }];
  assert.match(why(on, on.pages[clam]!, { ...answer, hits }), /1 × 5/);
});

test("the exercise's own name gives its usual dose", () => {
  const on = limited("symptoms/front-knee-pain", `${clam} 1 × 5`);
  assert.match(said(on, clam, "clam"), /2 × 15/);
});

test("the symptom that limits it is the one whose words are opened", () => {
  const on = limited("symptoms/front-knee-pain", `${clam} 1 × 5`);
  const answer = rank(on, FRONT);
  const hits = [...answer.hits, { page: on.pages[clam]!, score: 0.1 }];
  assert.equal(limitOf(on, on.pages[clam]!, { ...answer, hits })?.symptom?.slug, "front-knee-pain");
});

test("an index of an earlier edition has no limits", () => {
  const { limits: _, ...earlier } = indexFile;
  assert.equal(readIndex(earlier).pages[at("symptoms/front-knee-pain")]?.limits.size, 0);
});
