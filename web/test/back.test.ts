import assert from "node:assert/strict";
import { test } from "node:test";

import { stepsBack, type Travelled } from "../src/back.ts";

/** The pages of a tab up to this one; what is of this page itself is `true`. */
function travelled(...own: boolean[]): Travelled {
  return { currentEntry: { index: own.length - 1 }, entries: () => own.map((sameDocument) => ({ sameDocument })) };
}

test("who came from another page is led back to it, over what was opened on this one", () => {
  assert.equal(stepsBack(travelled(false, true)), 1);
  assert.equal(stepsBack(travelled(false, false, true, true)), 2);
});

test("on the first page of a tab there is nothing to lead back to", () => {
  assert.equal(stepsBack(travelled(true)), 0);
  assert.equal(stepsBack(travelled(true, true)), 0);
  assert.equal(stepsBack({ currentEntry: null, entries: () => [] }), 0);
});
