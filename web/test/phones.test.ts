/** Numbers to call become links, in any country's way of writing them, and no other figures do. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { pieces } from "../src/finder/phones.ts";

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

test("a number in a range or in an address is none to call", () => {
  for (const sentence of ["40(2):103–111", "103 – 999", "from 103 to 111", "111.wales.nhs.uk", "https://111.wales.nhs.uk/111", "111@example.org"]) {
    assert.deepEqual(links(sentence, ["111", "999"]), {}, sentence);
  }
  assert.deepEqual(links("Ring 111. Or call 999—now.", ["111", "999"]), { "111": "tel:111", "999": "tel:999" });
});

test("a number with a country's code is dialled as it should be", () => {
  const sentence = "Ring +64 (0)800 611-116 (free).";
  assert.deepEqual(links(sentence, ["+64 (0)800 611-116"]), { "+64 (0)800 611-116": "tel:+64800611116" });
});
