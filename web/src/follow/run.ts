/**
 * Where somebody is in an exercise. No timer counts: a phase has an instant at which it began, and all that is shown
 * is the difference to now. Times are seconds of a clock that never goes back (`performance.now()`).
 */

import { isWork, type Phase } from "./phases.ts";

/** Two clocks: one that is steady and may stand still while a phone sleeps, and one that goes on. */
export interface Now {
  readonly steady: number;
  readonly wall: number;
}

/** Unseen for so long, nobody can have been led: the phone slept, or the page was frozen. */
export const GAP_S = 2;
const BACK_S = 3;

export type State = "running" | "paused" | "done";

/** A place in an exercise that can be kept and come back to. */
export interface Spot {
  readonly index: number;
  readonly into: number;
  readonly extra: number;
}

export class Run {
  readonly phases: readonly Phase[];
  /** Exercises of which something was skipped that counts. */
  readonly skipped = new Set<number>();
  #index = 0;
  /** Seconds into the phase at the instant `#since`. */
  #into = 0;
  #extra = 0;
  #since: Now | null = null;
  #seen: Now | null = null;
  #done = false;

  constructor(phases: readonly Phase[], from: Spot | null = null) {
    this.phases = phases;
    if (from === null) return;
    const { index, into, extra } = from;
    if (phases[index] === undefined) return;
    [this.#index, this.#into, this.#extra] = [index, Math.max(0, into), Math.max(0, extra)];
  }

  get state(): State {
    if (this.#done) return "done";
    return this.#since === null ? "paused" : "running";
  }

  get over(): boolean {
    return this.#done;
  }

  get index(): number {
    return this.#index;
  }

  get phase(): Phase {
    const phase = this.phases[this.#index];
    if (phase === undefined) throw new RangeError("an exercise has a phase");
    return phase;
  }

  get next(): Phase | undefined {
    return this.phases[this.#index + 1];
  }

  /** How long the phase takes, with what the reader added. */
  get length(): number {
    return this.phase.seconds + this.#extra;
  }

  get extra(): number {
    return this.#extra;
  }

  into(steady: number): number {
    const since = this.#since;
    const into = since === null ? this.#into : this.#into + steady - since.steady;
    return Math.min(Math.max(into, 0), this.length);
  }

  /** The instant at which the phase began, or would have without pauses; null while nothing runs. */
  get began(): number | null {
    return this.#since === null ? null : this.#since.steady - this.#into;
  }

  go(now: Now): void {
    if (this.#done || this.#since !== null) return;
    this.#since = this.#seen = now;
  }

  pause(now: Now): void {
    this.#into = this.into(now.steady);
    this.#since = null;
  }

  /**
   * Look at the clock. A long gap since the last look is no exercise: it pauses where it was last seen.
   * Returns what happened, so that it can be said.
   */
  look(now: Now): "slept" | "phase" | "done" | null {
    const [since, seen] = [this.#since, this.#seen];
    if (since === null || seen === null) return null;
    if (now.steady - seen.steady > GAP_S || now.wall - seen.wall > GAP_S) {
      this.pause(seen);
      return "slept";
    }
    this.#seen = now;
    const before = this.#index;
    while (now.steady - (this.began ?? now.steady) >= this.length) {
      if (this.next === undefined) {
        this.#finish();
        return "done";
      }
      const over = this.length - this.#into;
      this.#since = { ...since, steady: (this.#since ?? since).steady + over };
      this.#at(this.#index + 1);
    }
    return this.#index === before ? null : "phase";
  }

  /** To the next phase; at the last one it is over. */
  skip(now: Now): void {
    if (isWork(this.phase)) this.skipped.add(this.phase.part);
    if (this.next === undefined) this.#finish();
    else this.#jump(this.#index + 1, now);
  }

  /** To the beginning of the phase, or from there to the one before. */
  back(now: Now): void {
    const again = this.into(now.steady) > BACK_S || this.#index === 0;
    this.#jump(again ? this.#index : this.#index - 1, now);
  }

  /** To the next exercise. */
  skipPart(now: Now): void {
    const { part } = this.phase;
    this.skipped.add(part);
    const next = this.phases.findIndex((phase) => phase.part > part);
    if (next === -1) this.#finish();
    else this.#jump(next, now);
  }

  /** Longer, where a time is asked for; a set that is counted has its repetitions, and more would be past the dose. */
  add(seconds: number): void {
    if (!this.#done && this.phase.reps === 0) this.#extra += seconds;
  }

  spot(steady: number): Spot {
    return { index: this.#index, into: this.into(steady), extra: this.#extra };
  }

  #finish(): void {
    this.#done = true;
    this.#since = null;
  }

  #at(index: number): void {
    [this.#index, this.#into, this.#extra] = [index, 0, 0];
  }

  #jump(index: number, now: Now): void {
    this.#at(index);
    if (this.#since !== null) this.#since = this.#seen = now;
  }
}
