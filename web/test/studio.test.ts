import assert from "node:assert/strict";
import { test } from "node:test";

import { isSame } from "../src/studio/kept.ts";
import { allWords, fitting, partAt, unknownIn } from "../src/studio/picker.ts";
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

test("a name that is no tag is found among others, and no beginning of one is", () => {
  assert.equal(unknownIn(TAGS, "glute max, TFL, stiff shoulder", false), "stiff shoulder");
  assert.equal(unknownIn(TAGS, "Stiff shoulder, TFL", false), "Stiff shoulder");
  assert.equal(unknownIn(TAGS, "gluteus-maximus, tig", false), undefined);
  assert.equal(unknownIn(TAGS, "", false), undefined);
  assert.equal(unknownIn(TAGS, "TFL, ", false), undefined);
  assert.equal(unknownIn(TAGS, "TFL, gluteus", true), "TFL, gluteus");
});

test("a moment is written as the fields read it", () => {
  assert.equal(clock(0), "0:00");
  assert.equal(clock(65.24), "1:05.2");
  assert.equal(clock(59.96), "1:00");
  assert.equal(clock(3600), "60:00");
});

/** A text after a button, with what is marked in it between angle brackets, as it is given. */
function pressed(kind: string, text: string, named = ""): string | undefined {
  const [start, end] = [text.indexOf("<"), text.indexOf(">") - 1];
  const whole = text.replace("<", "").replace(">", "");
  const put = putIn(kind, whole, start, end, named);
  if (!put) return undefined;
  const after = whole.slice(0, put.start) + put.text + whole.slice(put.end);
  const [from, to] = [put.start + put.from, put.start + put.to];
  return `${after.slice(0, from)}<${after.slice(from, to)}>${after.slice(to)}`;
}

test("the buttons above a text put in what belongs there, and mark only what is to be typed over", () => {
  assert.equal(pressed("bold", "a <>"), "a **<words>**");
  assert.equal(pressed("link", "see <the clam> now", "clam"), "see [[clam|the clam]]<> now");
  assert.equal(pressed("link", "<>", "clam"), "[[clam]]<>");
  assert.equal(pressed("link", "<>"), undefined);
  assert.equal(pressed("link", "<[[clam|the clam]]>", "bridge"), "[[bridge|the clam]]<>");
  assert.equal(pressed("exercise", "a<>", "clam"), "a\n\n{{ exercise clam }}\n\n<>");
  assert.equal(pressed("exercise", "<>"), undefined);
  assert.equal(pressed("picture", "<>", "../pictures/hip.jpg"), "![<What it shows>](../pictures/hip.jpg)");
  assert.equal(pressed("picture", "<a hip>", "hip.jpg"), "![a hip](hip.jpg)<>");
  assert.equal(pressed("warning", "<one\ntwo>"), '\n\n!!! warning "Take care"\n\n    one\n    two\n\n<>');
  assert.equal(pressed("warning", "<>"), '\n\n!!! warning "Take care"\n\n    <What to look out for.>\n\n');
});

test("a second press takes away what the first put in, and puts no box into a box", () => {
  assert.equal(pressed("bold", "a **<b>** c"), "a <b> c");
  assert.equal(pressed("bold", "a <**b**> c"), "a <b> c");
  assert.equal(pressed("bold", "**a** <b> **c**"), "**a** **<b>** **c**");
  const box = '!!! warning "Take care"\n\n    one\n    two';
  assert.equal(pressed("warning", `a\n\n${box.replace("one", "<one>")}\n\nb`), "a\n\none\ntwo<>\n\nb");
  assert.equal(pressed("warning", `a<\n\n${box}\n\n>b`), "a\n\none\ntwo<>\n\nb");
  assert.equal(pressed("warning", `<a\n\n${box}>`), undefined);
});

test("a marking is taken as it is meant: words without their spaces, and no paragraph in two", () => {
  assert.equal(pressed("bold", "a **b <c> d** e"), "a <b c d> e");
  assert.equal(pressed("bold", "a <word >b"), "a **<word>** b");
  assert.equal(pressed("bold", "a< word>b"), "a **<word>**b");
  assert.equal(pressed("bold", "<one\n\ntwo>"), undefined);
  assert.equal(pressed("bold", "<a **b** c>"), undefined);
  assert.equal(pressed("bold", "a **b c <d** e>"), undefined);
  assert.equal(pressed("bold", "2**3 and <>4 **b** 5**6"), "2**3 and **<words>**4 **b** 5**6");
  const box = '\n\n!!! warning "Take care"\n\n    ';
  assert.equal(pressed("warning", "one wo<>rd\nmore.\n\nNext."), `one word\nmore.${box}<What to look out for.>\n\n\n\nNext.`);
  assert.equal(pressed("warning", "one wo<>rd"), `one word${box}<What to look out for.>\n\n`);
  assert.equal(pressed("warning", "<>one"), `${box}<What to look out for.>\n\none`);
  assert.equal(pressed("warning", "one w<or>d two"), `one ${box}word\n\n<> two`);
  assert.equal(pressed("exercise", "one wo<>rd", "clam"), "one word\n\n{{ exercise clam }}\n\n<>");
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
