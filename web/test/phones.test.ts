/** Numbers to call become links, in any country's way of writing them, and no other figures do. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { pieces } from "../src/finder/phones.ts";

const CASES = new URL("../../tests/golden/numbers.json", import.meta.url);

function links(sentence: string, numbers: readonly string[]): Record<string, string> {
  const found = pieces(sentence, numbers).filter(({ href }) => href !== undefined);
  return Object.fromEntries(found.map(({ text, href }) => [text, href ?? ""]));
}

test("a number becomes a link wherever it is, and its sentence stays whole", () => {
  const sentence = "111: call 111 now, or 0800 611 116.";
  const found = pieces(sentence, ["111", "0800 611 116"]);
  assert.equal(found.map(({ text }) => text).join(""), sentence);
  assert.deepEqual(links(sentence, ["111", "0800 611 116"]), { "111": "tel:111", "0800 611 116": "tel:0800611116" });
});

test("figures that merely contain a number become no link", () => {
  assert.deepEqual(links("In 1999 there were 9991 runners.", ["999"]), {});
  assert.deepEqual(links("Call 999.", []), {});
});

test("the search rings all that the pages ring, and nothing in a figure or an address (tests/engines/test_rung_numbers.py)", () => {
  const { numbers, ring, silent } = JSON.parse(readFileSync(CASES, "utf8")) as Record<string, string[]>;
  for (const sentence of ring!) {
    const found = pieces(sentence.replaceAll("*", ""), numbers!);
    assert.equal(found.map(({ text, href }) => (href === undefined ? text : `*${text}*`)).join(""), sentence);
  }
  for (const sentence of silent!) assert.deepEqual(links(sentence, numbers!), {}, sentence);
});

test("a number with a country's code is dialled as it should be", () => {
  const sentence = "Ring +64 (0)800 611-116 (free).";
  assert.deepEqual(links(sentence, ["+64 (0)800 611-116"]), { "+64 (0)800 611-116": "tel:+64800611116" });
});
