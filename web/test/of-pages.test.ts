import assert from "node:assert/strict";
import { test } from "node:test";
import { OfPages, type Kept } from "../src/plan-shelf.ts";

const [PLAN, OTHER] = ["0123456789abcdef0123456789abcdef", "ffffffffffffffffffffffffffffffff"];
const PAGE = "abcdefghijkmnpqrstuvwxyz23";

class Memory implements Kept {
  readonly kept: Map<string, string>;

  constructor(...keys: readonly string[]) {
    this.kept = new Map(keys.map((key) => [key, "entered"]));
  }

  get length(): number {
    return this.kept.size;
  }

  key(at: number): string | null {
    return [...this.kept.keys()][at] ?? null;
  }

  getItem(key: string): string | null {
    return this.kept.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.kept.set(key, value);
  }

  removeItem(key: string): void {
    this.kept.delete(key);
  }
}

const OF_SITES = ["kinopress.plan./hip", "kinopress.plan./hips/hip", "kinopress.plan.hip", "kinopress.sound"];
const OF_PLAN = `kinopress.plan./${PLAN}/plan`;
const OF_OTHER = `kinopress.plan./${OTHER}/plan`;

test("everything of plans that were handed over goes, and nothing of a site", () => {
  const memory = new Memory(...OF_SITES, OF_PLAN, OF_OTHER);
  const pages = new OfPages(memory);
  pages.note(PAGE, PLAN);
  assert.ok(pages.hasAny);
  pages.forgetEverything();
  assert.deepEqual([...memory.kept.keys()], OF_SITES);
  assert.ok(!pages.hasAny);
});

test("a page that is gone deletes what was entered on it alone", () => {
  const memory = new Memory(...OF_SITES, OF_PLAN, OF_OTHER);
  const pages = new OfPages(memory);
  assert.ok(!pages.has(PAGE));
  pages.note(PAGE, PLAN);
  assert.ok(pages.has(PAGE));
  pages.forgetAllOf(PAGE);
  assert.deepEqual([...memory.kept.keys()], [...OF_SITES, OF_OTHER]);
  assert.ok(!pages.forget(PLAN));
  assert.ok(!pages.forget("")); // of no plan: not of all
});

test("where a browser keeps nothing there is nothing to forget", () => {
  const pages = new OfPages(null);
  pages.note(PAGE, PLAN);
  pages.forgetEverything();
  assert.ok(!pages.has(PAGE) && !pages.hasAny);
});
