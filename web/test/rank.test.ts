import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { readIndex } from "../src/finder/index.ts";
import { Finder } from "../src/finder/finder.ts";
import { LONGEST } from "../src/finder/kept.ts";
import { withMore } from "../src/finder/more.ts";
import { stems } from "../src/finder/normal.ts";
import { rank } from "../src/finder/rank.ts";
import { regionsIn } from "../src/finder/spot.ts";
import { at, column, finder, index, indexFile, moreFile, signsFile, tagsOf, whole } from "./golden.ts";

const found = (words: string): string[] =>
  rank(whole, words).hits.map((hit) => `${hit.page.kind}/${hit.page.slug}`);

test("an index and a second file of another version are refused", () => {
  assert.throws(() => withMore(index, { ...moreFile, v: 99 }), /version 99/);
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
    [...regionsIn(index, stems(words))].map((at) => index.regions[at]?.key ?? "").sort();
  assert.deepEqual(keys("the back of my left knee"), ["knee-back"]);
  assert.deepEqual(keys("my knee"), ["knee-back", "knee-front"]);
  assert.deepEqual(keys("sore bum"), ["buttock"]);
  assert.deepEqual(keys("my shoulder"), []);
});

test("what has no page of its own leads to the pages that fit, the best first", () => {
  const three = ["exercises/clam", "muscles/gluteus-medius", "techniques/strength"];
  assert.deepEqual(found("clamshells").slice(0, 3), three);
  for (const words of ["clam shells with a band", "clamshels", "clamshell on tuesdays"]) {
    assert.equal(found(words)[0], "exercises/clam", words);
  }
});

test("another name of a page is its name", () => {
  for (const words of ["bum lift", "shoulder bridge", "shoulderbridge", "sholder bridge", "a bum lift please"]) {
    assert.equal(found(words)[0], "exercises/bridge", words);
  }
});

test("other subjects and nonsense find nothing", () => {
  for (const words of ["tennis elbow", "banana bread", "qwertyuiop", "", "  ", "?!"]) {
    assert.deepEqual(found(words), [], words);
  }
});

test("a title stands first however it is typed", () => {
  const typed = ["Glute bridge", "GLUTE BRIDGE", "glute-bridge", "glutebridge", "glute brdige", "gluet bridge"];
  for (const words of typed) assert.equal(found(words)[0], "exercises/bridge", words);
  assert.equal(found("Pain at the back of the")[0], "symptoms/back-of-knee-pain");
  assert.equal(found("Pain at the front of the knee")[0], "symptoms/front-knee-pain");
});

test("a word that nobody knows hides no name that stands beside it", () => {
  for (const name of ["popliteus", "glute bridge", "clam", "kegels", "gluteus maximus"]) {
    const alone = found(name)[0];
    assert.ok(alone !== undefined, name);
    for (const words of [`zumba ${name}`, `${name} zumba`, `nigel plays zumba with ${name} in quito`]) {
      assert.ok(found(words).includes(alone), words);
    }
  }
});

test("exercises are found by the terms they belong to", () => {
  assert.ok(found("gluteus maximus").indexOf("exercises/bridge") > 0);
  assert.equal(found("gluteus maximus")[0], "muscles/gluteus-maximus");
});

test("what one can do about the best symptom is found with it, but not what it says to leave out", () => {
  const plain = readIndex({
    ...indexFile,
    tags: column(indexFile.tags, "exercises/bridge", [...tagsOf("exercises/bridge"), at("symptoms/front-knee-pain")]),
  });
  const slugs = (one: typeof index): string[] =>
    rank(one, "kneecap aches on the stairs").hits.map((hit) => hit.page.slug);
  assert.equal(slugs(plain)[0], "front-knee-pain");
  assert.ok(slugs(plain).includes("bridge"));
  const avoiding = readIndex({
    ...indexFile,
    tags: column(indexFile.tags, "exercises/bridge", [...tagsOf("exercises/bridge"), at("symptoms/front-knee-pain")]),
    avoid: column(indexFile.avoid, "symptoms/front-knee-pain", [at("techniques/strength")]),
  });
  assert.equal(slugs(avoiding)[0], "front-knee-pain");
  assert.ok(!slugs(avoiding).includes("bridge"));
});

test("an exercise that the best symptom leaves out by name is found by its name alone", () => {
  const avoiding = readIndex({
    ...indexFile,
    tags: column(indexFile.tags, "exercises/bridge", [...tagsOf("exercises/bridge"), at("symptoms/front-knee-pain")]),
    avoid: column(indexFile.avoid, "symptoms/front-knee-pain", [at("exercises/bridge")]),
  });
  const slugs = (words: string): string[] => rank(avoiding, words).hits.map((hit) => hit.page.slug);
  assert.ok(!slugs("kneecap aches on the stairs").includes("bridge"));
  assert.ok(slugs("bridge").includes("bridge"));
});

test("no query breaks it, and every score falls", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 120 }),
    fc.array(fc.constantFrom(...index.words), { maxLength: 40 }).map((words) => words.join(" ")),
  );
  fc.assert(
    fc.property(text, (words) => {
      const { hits } = rank(whole, words);
      hits.forEach((hit, at) => assert.ok(at === 0 || (hits[at - 1]?.score ?? 0) >= hit.score));
      assert.equal(new Set(hits.map((hit) => hit.page.at)).size, hits.length);
      assert.ok(hits.every((hit) => Number.isFinite(hit.score)));
    }),
  );
});

test("the second file is fetched once, and only when the index has no sure answer", async () => {
  let asked = 0;
    const lazy = new Finder(index, async () => {
    asked++;
    return whole;
  }, async () => signsFile);
  await lazy.find("popliteus");
  // Where it hurts, in words that are all known.
  await lazy.find("the hollow of my knee aches");
  assert.equal(asked, 0);
  assert.equal((await lazy.find("kegels")).hits[0]?.page.slug, "piriformis");
  await lazy.find("clamshells");
  assert.equal(asked, 1);
});

test("whoever types on while the second file is on its way asks for it once, and again when it did not come", async () => {
  let asked = 0;
  let comes = true;
  const typing = new Finder(
    index,
    async () => {
      asked++;
      await Promise.resolve();
      if (!comes) throw new Error("no network");
      return whole;
    },
    async () => signsFile,
  );
  comes = false;
  await Promise.all(["k", "ke", "keg"].map((words) => typing.find(words)));
  assert.equal(asked, 1);
  comes = true;
  const answers = await Promise.all(["kege", "kegel", "kegels"].map((words) => typing.find(words)));
  assert.equal(asked, 2);
  assert.equal(answers[2]?.hits[0]?.page.slug, "piriformis");
});

test("without the second file the index still answers", async () => {
    const cut = new Finder(index, async () => {
    throw new Error("no network");
  }, async () => signsFile);
  assert.deepEqual((await cut.find("kegels")).hits, []);
  assert.equal((await cut.find("popliteus")).hits[0]?.page.slug, "popliteus");
});

test("ten thousand words are answered as soon as the first three hundred letters are", async () => {
  const many = "hamstring popliteus knee glute ".repeat(2500);
  const asked = await finder.found(many);
  assert.ok(asked.answer.asked.length <= 60);
  assert.deepEqual(
    asked.answer.hits.map((hit) => hit.page.at),
    (await finder.find(many.slice(0, LONGEST))).hits.map((hit) => hit.page.at),
  );
});

test("a sign that stands alone leaves nothing beside it", async () => {
  const flags = signsFile.flags.map(
    ([key, level, title, action]) => [key, level, title, action, key === "cauda-equina" ? 1 : 0, 0] as const,
  );
  const lonely = new Finder(index, async () => whole, async () => ({ ...signsFile, flags }));
  const found = await lonely.found("I cannot pee, and my popliteus");
  assert.equal(found.alone, true);
  assert.deepEqual(found.answer.hits, []);
  assert.equal((await lonely.found("popliteus, and no better for weeks")).alone, false);
  assert.ok((await lonely.found("popliteus, and no better for weeks")).answer.hits.length > 0);
});

test("what people say, typed as it stands, leads to what they say it of", () => {
  const of = (words: string): number => {
    const hits = rank(whole, words).hits;
    return hits.find(({ page }) => page.slug === "popliteus")?.score ?? 0;
  };
  // The same words said in another number: "pull" twice is no saying, and adds nothing of the kind.
  assert.ok(of("deep pull behind my knee") > of("deep pull behind my kneecap") + 0.3);
  assert.equal(found("a deep pull, behind my knee")[0], "muscles/popliteus");
});

test("who looks for somebody near is told that this site knows nobody", () => {
  const seeks = (words: string): boolean => rank(whole, words).seeksPerson;
  for (const words of ["physio near me", "osteopath in Wrexham", "find a coach", "physio", "near me"]) assert.ok(seeks(words), words);
  for (const words of ["my physio said popliteus", "pain near my knee", "in Wrexham", "physio stretches"]) {
    assert.ok(!seeks(words), words);
  }
});

test("a name that the second file may hold is asked for, even where the index has an answer", async () => {
  let asked = 0;
  const lazy = new Finder(
    readIndex({ ...indexFile, hints: "_".repeat(8) }), // every name may be there
    async () => {
      asked++;
      return whole;
    },
    async () => signsFile,
  );
  await lazy.find("Popliteus");
  assert.equal(asked, 0); // a title needs nothing else
  await lazy.find("the hollow of my knee aches");
  assert.equal(asked, 1);
});

test("the pages of each word rise also with the second file, as looking one up by halves needs", () => {
  const falls = whole.posts.findIndex((posts) => posts.some((post, n) => n > 0 && post < (posts[n - 1] ?? 0)));
  assert.equal(whole.words[falls], undefined);
});
