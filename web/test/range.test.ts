/** Parts of kept films, as the worker cuts them: Safari asks for these, and no browser on Linux minds a mistake in them. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { isSparing } from "../src/offline/keeping.ts";
import { part } from "../src/offline/range.ts";

const FILM = "0123456789";

function kept(words = FILM): Response {
  return new Response(words, { headers: { "Content-Type": "video/mp4" } });
}

const CASES: readonly (readonly [string | null, number, string, string | null])[] = [
  [null, 200, FILM, null],
  ["bytes=0-1", 206, "01", "bytes 0-1/10"],
  ["bytes=5-", 206, "56789", "bytes 5-9/10"],
  ["bytes=-3", 206, "789", "bytes 7-9/10"],
  ["bytes=-100", 206, FILM, "bytes 0-9/10"],
  ["bytes=0-", 206, FILM, "bytes 0-9/10"],
  ["bytes=9-9", 206, "9", "bytes 9-9/10"],
  ["bytes=8-100", 206, "89", "bytes 8-9/10"],
  ["bytes=10-", 416, "", "bytes */10"],
  ["bytes=99-100", 416, "", "bytes */10"],
  ["bytes=-0", 416, "", "bytes */10"],
  ["bytes=5-2", 200, FILM, null],
  ["bytes=-", 200, FILM, null],
  ["bytes=0-1,4-5", 200, FILM, null],
  ["seconds=1-2", 200, FILM, null],
];

for (const [range, status, body, says] of CASES) {
  test(`${range ?? "no range"} is answered with ${status}`, async () => {
    const answer = await part(kept(), range);
    assert.equal(answer.status, status);
    assert.equal(await answer.text(), body);
    assert.equal(answer.headers.get("Content-Range"), says);
    assert.equal(answer.headers.get("Content-Type"), "video/mp4");
    assert.equal(answer.headers.get("Accept-Ranges"), "bytes");
    if (status !== 416) assert.equal(answer.headers.get("Content-Length"), String(body.length));
  });
}

test("an empty file has no part", async () => {
  assert.equal((await part(kept(""), "bytes=0-")).status, 416);
  assert.equal((await part(kept(""), "bytes=-1")).status, 416);
  assert.equal((await part(kept(""), null)).status, 200);
});

test("nothing is fetched unasked by who saves data or has a slow connection", () => {
  for (const effectiveType of ["slow-2g", "2g", "3g"]) assert.equal(isSparing({ effectiveType }), true);
  assert.equal(isSparing({ effectiveType: "4g", saveData: true }), true);
  assert.equal(isSparing({ effectiveType: "4g", saveData: false }), false);
  assert.equal(isSparing(undefined), false);
});
