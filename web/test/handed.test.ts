import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { codeOf, howItWent } from "../src/handed/export.ts";
import { bytesOf } from "../src/handed/packed.ts";
import { unpacked } from "../src/handed/unpacked.ts";
import { beginAgain, withEntry, withMeasured } from "../src/plan-store.ts";
import { sumOfBytes } from "../src/sums.ts";
import { HARDER, PLAN, started } from "./plans.ts";

const ID = "0f3a5c7e9b1d2f4a6c8e0b2d4f6a8c0e";

test("whatever zlib packs comes out as it went in, at every level", () => {
  const data = fc.oneof(
    fc.uint8Array({ maxLength: 3000 }),
    fc.array(fc.constantFrom(7, 7, 7, 9), { maxLength: 70_000 }).map((bytes) => Uint8Array.from(bytes)),
  );
  fc.assert(
    fc.property(data, fc.integer({ min: 0, max: 9 }), (bytes, level) => {
      assert.deepEqual(unpacked(new Uint8Array(deflateRawSync(bytes, { level })), bytes.length, sumOfBytes(bytes)), bytes);
    }),
    { numRuns: 120 },
  );
  const noise = Uint8Array.from({ length: 200_000 }, (_, at) => (at * 2654435761) >>> 24);
  for (const level of [0, 1, 9]) assert.deepEqual(unpacked(new Uint8Array(deflateRawSync(noise, { level })), noise.length, sumOfBytes(noise)), noise);
});

test("what is cut off, too long or no such thing is refused and ends", () => {
  const bytes = new TextEncoder().encode("one two three, one two three, one two three");
  const packed = new Uint8Array(deflateRawSync(bytes));
  assert.throws(() => unpacked(packed.subarray(0, packed.length - 3), bytes.length, sumOfBytes(bytes)));
  assert.throws(() => unpacked(packed, bytes.length - 1, sumOfBytes(bytes)));
  assert.throws(() => unpacked(packed, bytes.length + 1, sumOfBytes(bytes)));
  let refused = 0;
  for (let at = 0; at < packed.length; at += 1) {
    const damaged = Uint8Array.from(packed, (byte, of) => (of === at ? byte ^ 64 : byte));
    let found: Uint8Array = bytes; // a bit that nothing reads may change
    try {
      found = unpacked(damaged, bytes.length, sumOfBytes(bytes));
    } catch {
      refused += 1;
    }
    assert.deepEqual(found, bytes, `byte ${at}`);
  }
  assert.ok(refused >= packed.length - 1);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (any) => {
      try {
        unpacked(any, 500, "811c9dc5");
      } catch (error) {
        assert.ok(error instanceof Error);
      }
    }),
  );
});

test("bytes that lie in a page of windows-1252 are the same bytes", () => {
  // As pages/handed/packed.py moves them.
  const moved = (byte: number): number[] => ([0x00, 0x0d, 0x3c, 0x3d].includes(byte) ? [0x3d, byte + 64] : [byte]);
  const letters = (bytes: readonly number[], shift: number): string =>
    new TextDecoder("windows-1252").decode(Uint8Array.from(bytes.map((byte) => (byte + shift) & 0xff).flatMap(moved)));
  const every = Array.from({ length: 256 }, (_, byte) => byte);
  assert.deepEqual([...bytesOf(letters(every, 0), 0)], every);
  fc.assert(
    fc.property(fc.array(fc.nat(255)), fc.nat(255), (bytes, shift) => assert.deepEqual([...bytesOf(letters(bytes, shift), shift)], bytes)),
  );
});

test("the export says in words what it says in code", () => {
  let state = started("2026-12-01");
  state = withEntry(state, 1, { done: ["clam"], pain: 2, settled: true });
  state = withEntry(state, 2, { pain: 7, note: "Stairs\nwere hard – ouch." });
  state = withMeasured(state, 0, "reach", -3);
  const text = howItWent(PLAN, ID, state, "2026-12-03");
  assert.match(text, /^How it went, until 2026-12-03\nFirst day: 2026-12-01\nDay 1: 1 of \d done, worst pain 2 of 10 \(green\), settled by next morning\n/);
  assert.match(text, /Day 2: .*worst pain 7 of 10 \(red\)\n {2}Stairs\n {2}were hard – ouch\.\n/);
  const code = codeOf(ID, state, "2026-12-03");
  assert.ok(text.endsWith(`\n${code}\n`));
  const [, version, packed = "", sum] = /^\[kinopress-plan:(\d+):([\w-]+):([0-9a-f]{8})\]$/.exec(code) ?? [];
  assert.equal(version, "1");
  const bytes = Uint8Array.from(atob(packed.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  assert.equal(sumOfBytes(bytes), sum);
  const found = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
  assert.deepEqual(found, { id: ID, sent: "2026-12-03", start: state.start, days: state.days, checks: state.checks, earlier: [] });
});

test("a week that was begun again goes along", () => {
  const begun = beginAgain(withEntry(started("2026-12-01"), 8, { pain: 3 }), 8, "2026-12-20");
  const text = howItWent(PLAN, ID, begun, "2026-12-20");
  assert.match(text, /A week was begun again once\./);
});

test("a day that was led in its easier session says so, whichever reason it had", () => {
  let state = withEntry(withEntry(started("2026-11-23"), 2, { pain: 1 }), 10, { done: ["clam"], pain: 1 });
  const line = (of: typeof state): string => /^Day 10: .*$/m.exec(howItWent(HARDER, ID, of, "2026-12-04"))?.[0] ?? "";
  assert.equal(line(state), "Day 10: 1 of 3 done, worst pain 1 of 10 (green), with the easier session");
  state = withEntry(state, 4, { pain: 0 });
  assert.equal(line(state), "Day 10: 1 of 3 done, worst pain 1 of 10 (green)");
  assert.match(line(withEntry(state, 8, { pain: 4 })), /with the easier session$/);
});
