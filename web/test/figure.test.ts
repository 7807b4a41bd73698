import assert from "node:assert/strict";
import { test } from "node:test";

import { pace } from "../src/figure/moving.ts";
import { at } from "../src/figure/tracks.ts";

test("a figure is drawn as often as costs a quarter of the time, within what the eye asks for", () => {
  assert.equal(pace(20), 80);
  assert.equal(pace(1), 1000 / 30);
  assert.equal(pace(500), 125);
});

test("what a drawing animates of its style is, between two of its moments, between their values", () => {
  const times = [0, 0, 0.25, 0.5, 1];
  const values = [[0], [0], [1], [1], [0]];
  assert.deepEqual(
    [0, 0.125, 0.25, 0.375, 0.75, 1].map((share) => at(times, values, share)[0]),
    [0, 0.5, 1, 1, 0.5, 0],
  );
  assert.deepEqual(at([0, 1], [[90, 10], [80, 20]], 0.5), [85, 15]);
});
