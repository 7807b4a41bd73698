import assert from "node:assert/strict";
import { test } from "node:test";

import { pace } from "../src/figure/moving.ts";

test("a figure is drawn as often as costs a quarter of the time, within what the eye asks for", () => {
  assert.equal(pace(20), 80);
  assert.equal(pace(1), 1000 / 30);
  assert.equal(pace(500), 125);
});
