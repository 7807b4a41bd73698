import assert from "node:assert/strict";
import { test } from "node:test";

import { keysOf } from "../src/plan-copy.ts";
import { OwnShelf, rawKey, type Kept } from "../src/plan-shelf.ts";

const PLAN = "kinopress.plan.hips";

function storage(kept: Record<string, string>, isFull = false): Kept & { kept: Record<string, string> } {
  return {
    kept,
    getItem: (key) => kept[key] ?? null,
    setItem: (key, value) => {
      if (isFull) throw new DOMException("full", "QuotaExceededError");
      kept[key] = value;
    },
    removeItem: (key) => void delete kept[key],
    key: (at) => Object.keys(kept)[at] ?? null,
    get length() {
      return Object.keys(kept).length;
    },
  };
}

test("two sites on one host each keep their own ticks", () => {
  const all = storage({});
  const [one, two, root] = ["/one/", "/two/", "/"].map((site) => new OwnShelf(all, site));
  assert.ok(one && two && root);
  one.setItem(PLAN, "1");
  assert.deepEqual([one, two, root].map((shelf) => shelf.getItem(PLAN)), ["1", null, null]);
  two.setItem(PLAN, "2");
  root.setItem(PLAN, "3");
  assert.deepEqual([one, two, root].map((shelf) => shelf.getItem(PLAN)), ["1", "2", "3"]);
  assert.deepEqual([one, two, root].map((shelf) => keysOf(shelf)), [[PLAN], [PLAN], [PLAN]]);
  two.removeItem(PLAN);
  assert.deepEqual([one, two, root].map((shelf) => shelf.getItem(PLAN)), ["1", null, "3"]);
});

test("how films and sounds are liked belongs to the reader, not to a site", () => {
  const all = storage({ "kinopress.sounds": "loud" });
  assert.equal(new OwnShelf(all, "/one/").getItem("kinopress.sounds"), "loud");
  assert.deepEqual(keysOf(new OwnShelf(all, "/two/")), ["kinopress.sounds"]);
});

test("a plan that an earlier edition kept goes once to the site that asks for it", () => {
  const all = storage({ [PLAN]: "old", another: "x" });
  const one = new OwnShelf(all, "/one/");
  assert.equal(one.getItem(PLAN), "old");
  assert.deepEqual(all.kept, { [rawKey("/one/", PLAN)]: "old", another: "x" });
  assert.equal(new OwnShelf(all, "/two/").getItem(PLAN), null);
  assert.equal(one.getItem(PLAN), "old");
});

test("where there is no room for two, the earlier one stays and can be read", () => {
  const all = storage({ [PLAN]: "old" }, true);
  assert.equal(new OwnShelf(all, "/one/").getItem(PLAN), "old");
  assert.deepEqual(all.kept, { [PLAN]: "old" });
});

test("forgetting leaves nothing that would come back", () => {
  const all = storage({ [PLAN]: "old", "kinopress.plan.gone": "old", [rawKey("/one/", PLAN)]: "new" });
  const one = new OwnShelf(all, "/one/");
  assert.deepEqual(keysOf(one), ["kinopress.plan.gone", PLAN]);
  for (const key of keysOf(one)) one.removeItem(key);
  assert.deepEqual(all.kept, {});
});
