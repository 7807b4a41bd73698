import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { clock, exact, isOver, otherSpeed, partOf, pressed, readBoard, secondOf, SHORTEST_S, stepped } from "../src/film/times.ts";

const at = (search: string, hash = ""): number | null => secondOf({ search, hash });

test("an address names a second in every way that people write one", () => {
  assert.equal(at("?t=90"), 90);
  assert.equal(at("?t=1.5"), 1.5);
  assert.equal(at("?t=1:30"), 90);
  assert.equal(at("?t=1m30s"), 90);
  assert.equal(at("?t=1h0m5s"), 3605);
  assert.equal(at("?a=b", "#t=12"), 12);
});

test("an address that names none moves nothing", () => {
  for (const search of ["", "?t=", "?t=soon", "?t=-4", "?t=1:2:3:4", "?time=9"]) assert.equal(at(search), null);
  assert.equal(at("", "#how-to-do-it"), null);
});

test("a step leads to the middle of the next picture, from wherever in a picture one is", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(24, 25, 30000 / 1001, 50, 60000 / 1001),
      fc.integer({ min: 0, max: 200_000 }),
      fc.double({ min: 0, max: 0.98, noNaN: true }),
      fc.constantFrom(-1, 1),
      (fps, picture, within, by) => {
        const second = stepped((picture + within) / fps, fps, by);
        assert.ok(Math.abs(second * fps - (Math.max(picture + by, 0) + 0.5)) < 1e-6);
      },
    ),
  );
});

test("steps forwards and back come back to the same picture", () => {
  const fps = 30000 / 1001;
  let second = stepped(7, fps, 0);
  const begun = second;
  for (let n = 0; n < 500; n++) second = stepped(second, fps, 1);
  for (let n = 0; n < 500; n++) second = stepped(second, fps, -1);
  assert.ok(Math.abs(second - begun) < 1e-9);
});

test("one button sets the beginning, then the end, then nothing", () => {
  const begun = pressed(null, 4, 30);
  assert.deepEqual(begun, { a: 4, b: null });
  const whole = pressed(begun, 9, 30);
  assert.deepEqual(whole, { a: 4, b: 9 });
  assert.equal(pressed(whole, 6, 30), null);
});

test("a part lies within the film, is never too short, and its ends may be set in either order", () => {
  assert.deepEqual(partOf(9, 4, 30), { a: 4, b: 9 });
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 30, noNaN: true }),
      fc.double({ min: 0, max: 30, noNaN: true }),
      (one, other) => {
        const { a, b } = partOf(one, other, 30);
        assert.ok(b !== null && a >= 0 && b <= 30 + 1e-9 && b - a >= SHORTEST_S - 1e-9);
      },
    ),
  );
});

test("a part is over with the picture that is nearest to its end, and not before", () => {
  const part = { a: 1, b: 2 };
  const picture = 1 / 25;
  assert.equal(isOver(part, 2 - picture, picture), false);
  assert.equal(isOver(part, 2, picture), true);
  assert.equal(isOver(part, 20, picture), true);
  assert.equal(isOver({ a: 1, b: null }, 20, picture), false);
  // Set while the film was paused at the middle of a picture: that picture is the last.
  assert.equal(isOver({ a: 1, b: 50.5 / 25 }, 50 / 25, picture), true);
  assert.equal(isOver({ a: 1, b: 50.5 / 25 }, 49 / 25, picture), false);
});

test("from picture to picture the hundredths are told, also over a full second", () => {
  assert.equal(exact(1.62), "0:01.62");
  assert.equal(exact(1.999), "0:02.00");
  assert.equal(exact(725.04), "12:05.04");
});

test("the clock counts a second that a browser gives as a little less", () => {
  assert.equal(clock(11.9999), "0:12");
  assert.equal(clock(11.9), "0:11");
  assert.equal(clock(725), "12:05");
});

test("speeds end at the slowest and the fastest", () => {
  const speeds = [0.5, 1, 1.5];
  assert.equal(otherSpeed(speeds, 1, 1), 1.5);
  assert.equal(otherSpeed(speeds, 1.5, 1), 1.5);
  assert.equal(otherSpeed(speeds, 0.5, -1), 0.5);
});

test("the index of small pictures is read with its addresses", () => {
  const text = [
    "WEBVTT",
    "00:00:00.000 --> 00:00:02.000\nstoryboard.webp#xywh=0,0,160,90",
    "01:00:02.000 --> 01:00:04.500\nstoryboard.webp#xywh=160,0,160,90",
  ].join("\n\n");
  const picture = "https://example.org/media/ab/storyboard.webp";
  assert.deepEqual(readBoard(text, "https://example.org/media/ab/storyboard.vtt"), [
    { until: 2, picture, box: [0, 0, 160, 90] },
    { until: 3604.5, picture, box: [160, 0, 160, 90] },
  ]);
  assert.deepEqual(readBoard("<html>Not found</html>", picture), []);
});
