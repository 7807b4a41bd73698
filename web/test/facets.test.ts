import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { FACETS, type Facet, fromHash, type Query, toggled, toHash } from "../src/finder/address.ts";
import { LONGEST_KEPT } from "../src/finder/kept.ts";
import { counts, filtered, valuesOf } from "../src/finder/facets.ts";
import { results } from "../src/finder/results.ts";
import { finder, index, more } from "./golden.ts";

const someValue = (facet: Facet): fc.Arbitrary<string> => {
  const known = [...new Set(index.pages.flatMap((page) => valuesOf(index, more, page, facet)))];
  return fc.constantFrom(...known, "no-such-value");
};
const query: fc.Arbitrary<Query> = fc
  .tuple(
    fc.constantFrom("", "knee", "gluteus", "pain"),
    fc.subarray([...FACETS]).chain((facets) =>
      fc.tuple(
        ...facets.map((facet) =>
          fc
            .array(someValue(facet), { minLength: 1, maxLength: 3 })
            .map((values) => [facet, new Set(values)] as const),
        ),
      ),
    ),
  )
  .map(([words, chosen]) => ({ words, chosen: new Map(chosen) }));

test("what is left is what has any chosen value of every facet", () => {
  fc.assert(
    fc.property(query, ({ words, chosen }) => {
      const left = filtered(index, more, index.pages, { words, chosen });
      const brute = index.pages.filter((page) => {
        let good = true;
        for (const [facet, wanted] of chosen) {
          let any = false;
          for (const value of valuesOf(index, more, page, facet)) if (wanted.has(value)) any = true;
          good = good && any;
        }
        return good;
      });
      assert.deepEqual(left, brute);
    }),
  );
});

test("a value's count is what choosing it alone in its facet would leave", () => {
  fc.assert(
    fc.property(query, (asked) => {
      for (const [facet, of] of counts(index, more, index.pages, asked)) {
        for (const [value, count] of of) {
          const chosen = new Map(asked.chosen).set(facet, new Set([value]));
          assert.equal(filtered(index, more, index.pages, { ...asked, chosen }).length, count);
        }
      }
    }),
  );
});

const fromAddress = (hash: string): Query => {
  const query = fromHash(hash);
  assert.ok(query !== undefined, hash);
  return query;
};

test("an address says the whole query behind its #, and gives it back", () => {
  fc.assert(
    fc.property(query, (asked) => {
      const hash = toHash(asked);
      if (asked.words === "" && asked.chosen.size === 0) {
        assert.equal(hash, "");
        return;
      }
      assert.ok(hash.startsWith("#?"));
      const back = fromAddress(hash);
      assert.equal(back.words, asked.words);
      assert.deepEqual(new Map([...back.chosen].sort()), new Map([...asked.chosen].sort()));
    }),
  );
});

test("a hash that means a place on the page is no query", () => {
  for (const hash of ["", "#", "#body-map", "#q=knee"]) assert.equal(fromHash(hash), undefined, hash);
});

test("choosing a value twice changes nothing", () => {
  const asked = fromAddress("#?q=knee&technique=strength");
  assert.equal(toHash(toggled(toggled(asked, "kind", "muscles"), "kind", "muscles")), toHash(asked));
  assert.equal(toHash(toggled(asked, "technique", "strength")), "#?q=knee");
});

test("what an address should not hold is left out", () => {
  assert.equal(toHash(fromAddress("#?q=+knee+&colour=red&kind=&kind=muscles")), "#?q=knee&kind=muscles");
  assert.equal(fromAddress(`#?q=${"a".repeat(5000)}`).words.length, LONGEST_KEPT);
});

test("facets without words go through all pages; neither gives nothing", async () => {
  const exercises = await results(finder, more, fromAddress("#?kind=exercises"));
  assert.deepEqual(exercises.pages.map((page) => page.slug).sort(), ["bridge", "clam"]);
  assert.deepEqual((await results(finder, more, { words: "", chosen: new Map() })).pages, []);
  const asked = fromAddress("#?q=gluteus+maximus&technique=strength&equipment=mat");
  const strong = await results(finder, more, asked);
  assert.deepEqual(strong.pages.map((page) => page.slug), ["bridge"]);
});
