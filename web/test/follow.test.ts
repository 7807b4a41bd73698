import assert from "node:assert/strict";
import { test } from "node:test";

import { countOf, cuesOf, Planner } from "../src/follow/cues.ts";
import { filmSecond } from "../src/follow/figure.ts";
import { isWork, phasesOf, placeOf, type FollowData, type Moment } from "../src/follow/phases.ts";
import { Run, type Now } from "../src/follow/run.ts";
import { Sound, type Context } from "../src/follow/sound.ts";

function moment(kind: Moment["kind"], seconds: number, more: Partial<Moment> = {}): Moment {
  const plain = { lead: 0, reps: 0, beat: [], half: false, head: kind, words: "", notes: [], speak: [], still: 1 };
  return { kind, seconds, ...plain, ...more };
}

/** A push, a release and a stretch, so many rounds. */
function met(rounds: number): FollowData {
  const moments = [
    moment("ready", 30),
    moment("push", 7),
    moment("relax", 4),
    moment("stretch", 22, { lead: 2, half: true }),
  ];
  const order = Array.from({ length: rounds }, (_, round) => [1, 2, 3].map((at) => [at, 1, round + 1, 1] as const));
  return {
    slug: "met",
    title: "Push and release",
    dose: "3 times",
    figure: null,
    moments,
    order: [[0, 1, 1, 1], ...order.flat()],
    sets: 1,
    rounds,
    sides: 1,
    out: [],
  };
}

const at = (steady: number): Now => ({ steady, wall: 1_000_000 + steady });

function started(rounds = 3): Run {
  const run = new Run(phasesOf([met(rounds)]));
  run.go(at(100));
  return run;
}

/** Look at the clock ten times a second until then. */
function until(run: Run, from: number, to: number): void {
  for (let steady = from; steady <= to + 1e-9; steady += 0.1) run.look(at(steady));
}

/** Numbers that look like chance and are the same in each run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

test("a phase begins where the one before ends, and what is left is the difference of two instants", () => {
  const run = started();
  until(run, 100, 131);
  assert.equal(run.phase.kind, "push");
  assert.ok(Math.abs(run.into(131) - 1) < 1e-9);
  until(run, 131, 137.5);
  assert.equal(run.phase.kind, "relax");
  assert.equal(run.began, 137);
});

test("bells ring within 50 ms of their time after twenty minutes, on a sound clock that runs 200 ppm fast and late, uneven looks", () => {
  const random = chance(7);
  const run = started(36);
  const planner = new Planner();
  const audio = (steady: number): number => 5 + (steady - 90) * 1.0002;
  const rung: { ideal: number; audio: number }[] = [];
  for (let steady = 100; run.state === "running"; steady += 0.02 + random() * 1.4) {
    run.look(at(steady));
    if (run.state !== "running") break;
    // The instant at which the two clocks are read is not the instant of the look.
    for (const cue of planner.due(run, steady)) rung.push({ ideal: cue.at, audio: audio(steady) + cue.at - steady });
  }
  let start = 100;
  const ideal = run.phases.flatMap((phase) => {
    const found = cuesOf(phase, 0).map((cue) => start + cue.at);
    start += phase.seconds;
    return found;
  });
  assert.ok(start - 100 > 1200 - 12, String(start));
  rung.sort((a, b) => a.ideal - b.ideal);
  assert.equal(rung.length, ideal.length);
  const late = rung.map((cue, number) => {
    assert.ok(Math.abs(cue.ideal - (ideal[number] ?? 0)) < 1e-6);
    // When it is heard, on the steady clock.
    return Math.abs((cue.audio - 5) / 1.0002 + 90 - cue.ideal);
  });
  assert.ok(Math.max(...late) < 0.05, `${Math.max(...late)}`);
  assert.ok(Math.max(...late) < 0.002);
});

test("a clock that added up its ticks would be late: the test above would see it", () => {
  let [counted, steady] = [0, 0];
  const random = chance(3);
  while (steady < 1200) {
    steady += 1 + random() * 0.01; // a timer of a second, a little late each time
    counted += 1;
  }
  assert.ok(Math.abs(steady - counted) > 0.05);
});

test("a phone that slept has led nobody: it pauses where it was last seen", () => {
  const run = started();
  until(run, 100, 133);
  assert.equal(run.look(at(400)), "slept");
  assert.equal(run.state, "paused");
  assert.equal(run.phase.kind, "push");
  assert.ok(Math.abs(run.into(400) - 3) < 0.11);
  run.go(at(500));
  until(run, 500, 503.9);
  assert.equal(run.phase.kind, "push");
});

test("it also notices where only the clock on the wall went on", () => {
  const run = started();
  until(run, 100, 133);
  assert.equal(run.look({ steady: 133.1, wall: 1_000_000 + 700 }), "slept");
});

test("a pause takes nothing from a hold", () => {
  const run = started();
  until(run, 100, 132.5);
  run.pause(at(132.5));
  assert.equal(run.look(at(900)), null);
  run.go(at(1000));
  assert.ok(Math.abs(run.into(1000) - 2.5) < 1e-9);
});

test("skip, back and ten seconds more", () => {
  const run = started();
  until(run, 100, 102);
  run.skip(at(102));
  assert.deepEqual([run.phase.kind, run.into(102)], ["push", 0]);
  assert.equal(run.skipped.size, 0); // getting ready counts for nothing
  run.add(10);
  until(run, 102, 116);
  assert.equal(run.phase.kind, "push");
  run.back(at(116));
  assert.deepEqual([run.phase.kind, run.into(116), run.length], ["push", 0, 7]);
  run.back(at(117));
  assert.equal(run.phase.kind, "ready");
  run.skip(at(118));
  run.skip(at(118));
  assert.deepEqual([...run.skipped], [0]); // the push was not done
});

test("it ends after its last phase, and skipping the last one ends it too", () => {
  const run = started(1);
  until(run, 100, 163.2);
  assert.equal(run.state, "done");
  const other = new Run(phasesOf([met(1)]));
  for (let times = 0; times < 4; times += 1) other.skip(at(1));
  assert.equal(other.state, "done");
});

test("a place that was kept is where one goes on, paused", () => {
  const run = started();
  until(run, 100, 140);
  const again = new Run(phasesOf([met(3)]), run.spot(140));
  assert.equal(again.state, "paused");
  again.go(at(9));
  assert.equal(again.phase.kind, "relax");
  assert.ok(Math.abs(again.into(9) - 3) < 1e-6);
  assert.equal(new Run(phasesOf([met(1)]), { index: 99, into: 3, extra: 0 }).index, 0);
});

test("in a session one goes from exercise to exercise", () => {
  const run = new Run(phasesOf([met(3), met(1)]));
  run.go(at(0));
  run.skipPart(at(1));
  assert.deepEqual([run.phase.part, run.phase.kind, [...run.skipped]], [1, "ready", [0]]);
});

const [ready, push, relax, stretch] = phasesOf([met(1)]);

test("what sounds: a bell to begin, half time, three ticks, a low bell to let go", () => {
  assert.ok(ready && push && relax && stretch);
  const said = (cues: { at: number; tone: string }[]): string => cues.map((c) => `${c.at} ${c.tone}`).join(", ");
  assert.equal(said(cuesOf(ready, 0)), "27 tick, 28 tick, 29 tick");
  assert.equal(said(cuesOf(push, 0)), "0 go, 4 tick, 5 tick, 6 tick");
  assert.equal(said(cuesOf(relax, 0)), "0 ease");
  assert.equal(said(cuesOf(stretch, 0)), "2 go, 12 half, 19 tick, 20 tick, 21 tick");
  assert.equal(said(cuesOf(push, 10)), "0 go, 14 tick, 15 tick, 16 tick");
  const slow = { ...push, kind: "reps" as const, reps: 2, beat: [3, 2, 3], seconds: 16 };
  assert.equal(said(cuesOf(slow, 0)), "0 go, 3 part, 5 part, 8 beat, 11 part, 13 part");
});

test("what was planned is planned once, and again after it was forgotten", () => {
  const run = started();
  const planner = new Planner();
  assert.equal(planner.due(run, 126.5).length, 3 + 1); // three ticks, and the bell of the push
  assert.equal(planner.due(run, 126.6).length, 0);
  planner.forget();
  assert.equal(planner.due(run, 126.6).length, 4);
});

test("the film moves through repetitions in step, and through the way into a hold", () => {
  assert.ok(push && stretch);
  const reps = { ...push, reps: 3, beat: [3, 2, 3], film: [0, 1.5, 4, 7] };
  assert.deepEqual([0, 1, 3, 4, 5, 6, 8, 9].map((into) => filmSecond(reps, into)), [0, 0.5, 1.5, 2.75, 4, 5, 0, 0.5]);
  const plain = { ...push, reps: 3, beat: [4], film: [0, 6] };
  assert.deepEqual([0, 2, 4].map((into) => filmSecond(plain, into)), [0, 3, 0]);
  const eased = { ...stretch, film: [6, 8] };
  assert.deepEqual([0, 1, 2, 20].map((into) => filmSecond(eased, into)), [6, 7, 8, 8]);
  assert.equal(filmSecond({ ...push, film: [3, 3] }, 5), 3);
});

test("one is told the set, the round and the side, as far as there are several", () => {
  assert.ok(ready && push);
  const data = { ...met(3), sides: 2, sets: 2 };
  assert.equal(placeOf({ ...push, set: 2, round: 3, side: 2 }, data), "Set 2 of 2 · Round 3 of 3 · Second side");
  assert.equal(placeOf({ ...push, kind: "rest" }, data), "Set 1 of 2"); // after one side, or after both
  assert.equal(placeOf(ready, data), "3 times");
  assert.equal(placeOf(push, met(1)), "");
  assert.deepEqual([ready, push].map(isWork), [false, true]);
});

test("a counted set has its repetitions: nothing makes it longer", () => {
  const set = { ...met(1), moments: [moment("ready", 30), moment("reps", 16, { reps: 8, beat: [1, 1] }), moment("rest", 30)] };
  const run = new Run(phasesOf([{ ...set, order: [[0, 1, 1, 1], [1, 1, 1, 1], [2, 1, 1, 1]] }]));
  run.go(at(100));
  run.skip(at(100));
  run.add(10);
  assert.deepEqual([run.phase.kind, run.length, run.extra], ["reps", 16, 0]);
  until(run, 100, 117);
  assert.equal(run.phase.kind, "rest");
  run.add(10);
  assert.equal(run.length, 40); // a rest may be longer
});

/** A sound whose clock and state the test sets. */
class FakeContext {
  currentTime = 0;
  state: AudioContextState = "running";
  closed = false;
  readonly started: number[] = [];
  readonly destination = {} as AudioDestinationNode;
  resume = (): Promise<void> => Promise.resolve();
  close = (): Promise<void> => {
    this.closed = true;
    return Promise.resolve();
  };
  createGain = (): GainNode => {
    const gain = { setValueAtTime: () => 0, linearRampToValueAtTime: () => 0, exponentialRampToValueAtTime: () => 0 };
    return { gain, connect: (to: unknown) => to } as unknown as GainNode;
  };
  createOscillator = (): OscillatorNode =>
    ({
      frequency: { value: 0 },
      connect: (to: unknown) => to,
      addEventListener: () => undefined,
      start: (when: number) => this.started.push(when),
      stop: () => undefined,
      disconnect: () => undefined,
    }) as unknown as OscillatorNode;
}

test("a sound clock that stands still is found, and another sound takes its place", () => {
  const [first, second] = [new FakeContext(), new FakeContext()];
  const sound = new Sound(first as unknown as Context, () => second as unknown as Context);
  sound.check(10);
  first.currentTime = 0.25;
  assert.equal(sound.check(10.25), false);
  assert.ok(sound.sounds);
  assert.equal(sound.check(10.5), false); // it may not have been asked often enough yet
  assert.equal(sound.check(10.75), true);
  assert.ok(first.closed);
  second.currentTime = 0.1;
  sound.check(11);
  assert.ok(sound.sounds);
  sound.plan("go", 1);
  assert.deepEqual(second.started, [1.1]);
});

test("a sound that a call has interrupted counts as off, and what it should have played is planned again", () => {
  const [context, other] = [new FakeContext(), new FakeContext()];
  const sound = new Sound(context as unknown as Context, () => other as unknown as Context);
  sound.check(1);
  context.state = "interrupted" as AudioContextState;
  assert.equal(sound.check(2), true);
  assert.ok(sound.interrupted && !sound.sounds);
  sound.plan("go", 1);
  assert.deepEqual(context.started, []);
  sound.wake(); // in the tap on Go on
  assert.ok(context.closed && !sound.interrupted);
  other.currentTime = 0.1;
  assert.equal(sound.check(3), true);
  assert.ok(sound.sounds);
});

test("repetitions are counted aloud from the second on, and the last seconds of a hold", () => {
  const counted = (kind: Moment["kind"], seconds: number, more: Partial<Moment> = {}): (number | null)[] => {
    const phase = { ...moment(kind, seconds, more), set: 1, round: 1, side: 1, part: 0 };
    return Array.from({ length: seconds }, (_, into) => countOf(phase, into, seconds));
  };
  const reps = counted("reps", 12, { reps: 3, beat: [3, 1] });
  assert.deepEqual(reps, [null, null, null, null, 2, 2, 2, 2, 3, 3, 3, 3]);
  assert.deepEqual(counted("hold", 32, { lead: 2 }).slice(-7), [null, null, 5, 4, 3, 2, 1]);
  assert.deepEqual(counted("push", 7), [null, null, null, null, 3, 2, 1]);
  assert.ok(counted("hold", 7, { lead: 2 }).every((number) => number === null), "five seconds are too few to count");
  assert.ok(counted("rest", 30).every((number) => number === null));
});
