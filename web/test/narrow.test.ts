import assert from "node:assert/strict";
import { test } from "node:test";

import { fromHash, isLeft, leaves, pressed, toHash } from "../src/narrow.ts";

const cards = [
  new Set(["family-met", "level-easy", "need-wall"]),
  new Set(["family-met", "level-hard", "need-nothing"]),
  new Set(["family-strength", "level-easy", "need-nothing"]),
];

test("what is chosen in two groups leaves what fits both", () => {
  const chosen = new Map([["family", "family-met"], ["level", "level-easy"]]);
  assert.deepEqual(cards.map((tags) => isLeft(tags, chosen)), [true, false, false]);
  assert.deepEqual(cards.map((tags) => isLeft(tags, new Map())), [true, true, true]);
});

test("a press chooses one of a group, and the same press again takes it back", () => {
  const easy = pressed(new Map(), "level", "level-easy");
  assert.deepEqual([...easy], [["level", "level-easy"]]);
  assert.deepEqual([...pressed(easy, "level", "level-hard")], [["level", "level-hard"]]);
  assert.deepEqual([...pressed(easy, "level", "level-easy")], []);
});

test("a count is what its tag would leave instead of what is chosen of its own group", () => {
  const chosen = new Map([["family", "family-met"], ["level", "level-hard"]]);
  assert.equal(leaves(cards, chosen, "level", "level-easy"), 1);
  assert.equal(leaves(cards, chosen, "family", "family-strength"), 0);
  assert.equal(leaves(cards, new Map(), "need", "need-nothing"), 2);
});

test("an address brings back what was chosen, and nothing that the page does not have", () => {
  const known = new Map([["level", new Set(["level-easy"])], ["need", new Set(["need-foam-roller"])]]);
  const chosen = new Map([["level", "level-easy"], ["need", "need-foam-roller"]]);
  assert.deepEqual(fromHash(toHash(chosen), known), chosen);
  assert.equal(toHash(new Map()), "");
  assert.deepEqual(fromHash("#?level=level-hard&family=family-met&need=need-foam-roller", known), new Map([["need", "need-foam-roller"]]));
  assert.deepEqual(fromHash("#family-met", known), new Map());
  assert.deepEqual(fromHash("#%", known), new Map());
});

test("a plain anchor, as links of other pages have it, chooses the one filter that it names", () => {
  const known = new Map([["level", new Set(["level-easy"])], ["need", new Set(["need-стена"])]]);
  assert.deepEqual(fromHash("#level-easy", known), new Map([["level", "level-easy"]]));
  assert.deepEqual(fromHash(`#${encodeURIComponent("need-стена")}`, known), new Map([["need", "need-стена"]]));
});
