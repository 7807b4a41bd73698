import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { distance, near } from "../src/finder/near.ts";

test("slips one makes while typing", () => {
  assert.ok(near("siatica", "sciatica", 1));
  assert.ok(near("hamstrigns", "hamstrings", 1), "two letters swapped are one slip");
  assert.ok(!near("strava", "strain", 1));
});

test("slips are counted the same both ways, and never fewer than the lengths differ", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "b", "q", "1"), maxLength: 7 });
  fc.assert(
    fc.property(word, word, (a, b) => {
      const slips = distance(a, b, 9);
      assert.equal(slips, distance(b, a, 9));
      assert.ok(slips >= Math.abs(a.length - b.length));
      assert.equal(slips === 0, a === b);
      for (const most of [0, 1, 2]) assert.equal(near(a, b, most), slips <= most);
    }),
  );
});
