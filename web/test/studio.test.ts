import assert from "node:assert/strict";
import { test } from "node:test";

import { isSame } from "../src/studio/kept.ts";
import { allWords, fitting, partAt } from "../src/studio/picker.ts";
import { clock } from "../src/studio/player.ts";
import { sendFilm } from "../src/studio/upload.ts";
import { putIn } from "../src/studio/write.ts";

const TAGS = [
  { value: "Tensor fasciae latae", names: ["TFL", "front pocket muscle"], what: "muscle" },
  { value: "Gluteus maximus", names: ["glute max"], what: "muscle" },
  { value: "Gluteus medius", names: [], what: "muscle" },
  { value: "Tight hamstrings", names: [], what: "symptom" },
];

const values = (typed: string): string[] => fitting(TAGS, typed).map((one) => one.value);

test("any name of a tag finds it, in any case, and says which it was", () => {
  assert.deepEqual(fitting(TAGS, "tfl"), [{ value: "Tensor fasciae latae", by: "TFL" }]);
  assert.deepEqual(fitting(TAGS, "Front-Pocket"), [{ value: "Tensor fasciae latae", by: "front pocket muscle" }]);
  assert.deepEqual(fitting(TAGS, "gluteus MED"), [{ value: "Gluteus medius", by: "" }]);
});

test("what begins so comes before what holds it", () => {
  assert.deepEqual(values("t").slice(0, 2), ["Tensor fasciae latae", "Tight hamstrings"]);
  assert.deepEqual(values("ham"), ["Tight hamstrings"]);
  assert.deepEqual(values(""), []);
  assert.deepEqual(values("  "), []);
  assert.deepEqual(values("shoulder"), []);
});

test("only the part of a list that is being written is replaced", () => {
  const text = "stretch, glut, TFL";
  assert.deepEqual(partAt(text, 13), [8, 13]);
  assert.deepEqual(partAt(text, 0), [0, 7]);
  assert.deepEqual(partAt(text, text.length), [14, 18]);
  assert.deepEqual(partAt("", 0), [0, 0]);
});

test("a moment is written as the fields read it", () => {
  assert.equal(clock(0), "0:00");
  assert.equal(clock(65.24), "1:05.2");
  assert.equal(clock(59.96), "1:00");
  assert.equal(clock(3600), "60:00");
});

test("the buttons above a text put in what belongs there, and mark what is to be typed over", () => {
  assert.deepEqual(putIn("bold", "", ""), { text: "**words**", from: 2, to: 7 });
  assert.equal(putIn("link", "the clam", "clam")?.text, "[[clam|the clam]]");
  assert.equal(putIn("link", "", "clam")?.text, "[[clam]]");
  assert.equal(putIn("link", "", ""), undefined);
  assert.equal(putIn("exercise", "", "clam")?.text, "\n\n{{ exercise: clam }}\n\n");
  assert.equal(putIn("exercise", "", ""), undefined);
  assert.equal(putIn("picture", "", "../pictures/hip.jpg")?.text, "![What it shows](../pictures/hip.jpg)");
  assert.match(putIn("warning", "one\ntwo", "")?.text ?? "", /!!! warning "Take care"\n\n    one\n    two\n/);
});

test("names that could not be fetched are asked for again, and those that came are not", async () => {
  const before = globalThis.fetch;
  const answers = [
    () => Promise.reject(new TypeError("no connection")),
    () => Promise.resolve(new Response("{}", { status: 500 })),
    () => Promise.resolve(Response.json({ tags: [{ value: "clam", names: [], what: "" }] })),
  ];
  let asked = 0;
  globalThis.fetch = () => {
    const answer = answers[asked];
    asked += 1;
    assert.ok(answer);
    return answer();
  };
  try {
    assert.deepEqual(await allWords(), {});
    assert.deepEqual(await allWords(), {});
    assert.deepEqual(Object.keys(await allWords()), ["tags"]);
    assert.deepEqual(Object.keys(await allWords()), ["tags"]);
    assert.equal(asked, 3);
  } finally {
    globalThis.fetch = before;
  }
});

test("a film whose connection breaks is sent on from what is there, and that is said meanwhile", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const before = globalThis.fetch;
  const state = (offset: number): Response => Response.json({ id: "a", offset, whole: offset === 4, address: "/films/a" });
  const answers = [
    () => state(1),
    () => Promise.reject(new TypeError("no connection")),
    () => state(2),
    () => state(4),
  ];
  const asked: string[] = [];
  globalThis.fetch = async (address, how) => {
    asked.push(`${how?.method ?? "GET"} ${String(address)}`);
    const answer = answers.shift();
    assert.ok(answer);
    return answer();
  };
  const said: (number | string)[] = [];
  try {
    const tell = (there: number): void => void said.push(there);
    const sent = sendFilm("/uploads", new File(["film"], "hip.mov"), tell, () => {
      said.push("broke");
      setImmediate(() => void context.mock.timers.runAll());
    });
    assert.equal((await sent).address, "/films/a");
    assert.deepEqual(said, [1, "broke", 2, 4]);
    assert.deepEqual(asked, ["POST /uploads", "PUT /uploads/a?offset=1", "GET /uploads/a", "PUT /uploads/a?offset=2"]);
  } finally {
    globalThis.fetch = before;
  }
});

test("what the studio tidied up is not taken for something else that was typed", () => {
  const typed = { title: ["Hip circles "], tags: ["Rotator cuff, "], chapter_at: ["0:02"], text: ["one\ntwo\n"] };
  const shown = { text: ["one\r\ntwo"], chapter_at: ["0:02", ""], tags: ["Rotator cuff"], title: ["Hip circles"], alt: [""] };
  assert.equal(isSame(typed, shown), true);
  assert.equal(isSame(typed, { ...shown, tags: ["Rotator cuff, Neck"] }), false);
  assert.equal(isSame(typed, { ...shown, text: ["one\n\ntwo"] }), false);
  assert.equal(isSame(typed, { ...shown, title: [""] }), false);
});
