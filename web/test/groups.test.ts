import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { LINE, lines } from "../src/finder/coding.ts";
import { grouped, shortened } from "../src/finder/groups.ts";
import { rank } from "../src/finder/rank.ts";
import { squash, titleBonus } from "../src/finder/titles.ts";
import { why } from "../src/finder/why.ts";
import { readIndex } from "../src/finder/index.ts";
import { at, index, indexFile, whole, written } from "./golden.ts";

const page = (name: string) => {
  const found = index.pages[at(name)];
  assert.ok(found !== undefined);
  return found;
};

test("the group that holds the best page stands first, and ranks go over all groups", () => {
  const groups = grouped([
    page("symptoms/front-knee-pain"),
    page("exercises/bridge"),
    page("muscles/popliteus"),
    page("techniques/strength"),
  ]);
  assert.deepEqual(
    groups.map(({ label, results }) => [label, results.map(({ rank }) => rank)]),
    [
      ["What it may be", [1, 3]],
      ["What to do today", [2]],
      ["To read", [4]],
    ],
  );
});

test("beside an urgent sign exercises stand last, and not for today", () => {
  const pages = ["exercises/bridge", "symptoms/front-knee-pain", "techniques/strength"].map(page);
  const sign = (level: "emergency" | "urgent" | "gp") =>
    ({ flags: [{ level }], isNear: false, facts: { says: { seeFirst: "See somebody first" } } }) as unknown as Parameters<typeof grouped>[1];
  for (const level of ["emergency", "urgent"] as const) {
    const groups = grouped(pages, sign(level));
    assert.deepEqual(
      groups.map(({ label }) => label),
      ["What it may be", "To read", "See somebody first"],
    );
  }
  assert.equal(grouped(pages, sign("gp"))[0]?.label, "What to do today");
});

test("a short list has something of every group, and no more than was asked for", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...index.pages], { minLength: 1 }), fc.integer({ min: 4, max: 12 }), (pages, most) => {
      const groups = grouped(pages);
      const short = shortened(groups, most);
      const count = short.reduce((sum, { results }) => sum + results.length, 0);
      assert.equal(count, Math.min(most, pages.length));
      assert.deepEqual(short.map(({ key }) => key), groups.map(({ key }) => key));
      for (const { key, results } of short) {
        const whole = groups.find((group) => group.key === key)?.results ?? [];
        assert.deepEqual(results, whole.slice(0, results.length));
      }
    }),
  );
});

test("a line says what a page is for, how much of it, and the one word that led to it where nothing else shows it", () => {
  const answer = rank(whole, "bottom lift for gluteus maximus");
  const line = why(whole, page("exercises/bridge"), answer);
  assert.equal(line, "Exercise for the gluteus maximus · 2 × 10 · medium");
  // Whoever's name it is, it stays written large; the index says where one is.
  const { title, at: muscle } = page("muscles/gluteus-maximus");
  const titles = lines(indexFile.titles).map((one) => (one === title ? "Dupuytren cord" : one)).join(LINE);
  for (const [named, shown] of [["", "dupuytren"], [written([muscle]), "Dupuytren"]] as const) {
    const other = readIndex({ ...indexFile, titles, named });
    const of = rank(other, "bottom lift exercise for dupuytren cord");
    assert.match(why(other, page("exercises/bridge"), of), new RegExp(`^Exercise for the ${shown} cord · `));
  }
  const knee = (query: string): string => why(index, page("symptoms/front-knee-pain"), rank(index, query));
  assert.equal(knee("kneecap sore on stairs"), "Symptom · front of knee · mentions “kneecap”");
  // The card shows these words, or that it hurts tells nothing.
  for (const query of ["front of my knee hurts", "knee sore"]) assert.equal(knee(query), "Symptom · front of knee");
  // What was mistyped is on no page.
  assert.equal(knee("knecap sore"), "Symptom · front of knee");
});

test("a line names what the query or the title names, and nothing that only was tagged first", () => {
  const bridge = page("exercises/bridge");
  const tags = bridge.tags.flatMap((tag) => whole.pages[tag] ?? []).filter(({ group }) => group === "be");
  const last = tags.at(-1);
  assert.ok(tags.length > 1 && last !== undefined);
  /** The line of a page of this title and sort, found for a query before all that it was tagged with. */
  const of = (title: string, group: string, query: string): string => {
    const own = { ...bridge, title, group, level: undefined, dose: undefined } as unknown as typeof bridge;
    const answer = rank(whole, query);
    return why(whole, own, { ...answer, hits: [own, ...tags].map((one) => ({ page: one, score: 1 })) });
  };
  assert.equal(of("How to begin again", "read", "begin again"), "Exercise");
  assert.match(of("How to begin again", "read", last.title), new RegExp(`^Exercise for .*${last.title}`, "i"));
  assert.match(of(`14 days for ${last.title}`, "do", "14 days"), new RegExp(`^Exercise for .*${last.title}`, "i"));
});

test("a title is known through case, hyphens and one or two slips, and by its beginning", () => {
  const of = (typed: string, title: string, isWord = false): number =>
    titleBonus(squash(typed), squash(title), title, isWord);
  const exact = of("single leg bridge", "Single-leg bridge");
  assert.equal(exact, of("SINGLELEG BRIDGE", "Single-leg bridge"));
  const slips = ["singel leg bridge", "single leg brige", "sinngle leg bridge", "single leg brudge"];
  for (const typed of slips) {
    assert.ok(of(typed, "Single-leg bridge") > 0 && of(typed, "Single-leg bridge") < exact, typed);
  }
  assert.ok(of("single leg", "Single-leg bridge") > of("single le", "Single-leg bridge"));
  for (const [typed, title] of [["", "Calf"], ["half", "Calf"], ["leg bridge", "Single-leg bridge"]] as const) {
    assert.equal(of(typed, title), 0, typed);
  }
  // A short title forgives a slip only in what is no word.
  for (const typed of ["clf", "alf", "caalf"]) {
    assert.ok(of(typed, "Calf") > 0, typed);
    assert.equal(of(typed, "Calf", true), 0, typed);
  }
});
