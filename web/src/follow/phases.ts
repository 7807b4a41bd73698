/**
 * An exercise as the page tells it: its phases, made from the dosage by `follow_data` in pages/parts/follow.py.
 * Nothing here works out which phase follows which or how long it takes.
 */

import { phrase } from "../words.ts";

export interface Moment {
  readonly kind: "ready" | "push" | "hold" | "relax" | "stretch" | "reps" | "work" | "side" | "rest";
  /** All of it; of these `lead` at the beginning go by on the way into the position. */
  readonly seconds: number;
  readonly lead: number;
  readonly reps: number;
  /** Seconds of each part of one repetition. */
  readonly beat: readonly number[];
  /** Whether it is said when half of it is over. */
  readonly half: boolean;
  readonly head: string;
  readonly words: string;
  readonly notes: readonly string[];
  readonly speak: readonly string[];
  /** Which still, counted from 1; 0 for no still. */
  readonly still: number;
  /** Seconds of the figure's film: from where to where; of repetitions, at the beginning and after each part of a beat. */
  readonly film?: readonly number[];
}

export interface FollowData {
  readonly slug: string;
  readonly title: string;
  readonly dose: string;
  readonly figure: Pictures | null;
  readonly moments: readonly Moment[];
  /** For each phase: which of the moments, and its set, round and side, each from 1. */
  readonly order: readonly (readonly [number, number, number, number])[];
  readonly sets: number;
  readonly rounds: number;
  readonly sides: number;
  /** How to come out of it, and what comes after. */
  readonly out: readonly string[];
  /** What is offered at the end outside a plan: a sentence, the words of its link and its address, both empty without one. */
  readonly next?: readonly (readonly [string, string, string])[];
}

export interface Pictures {
  readonly moving: string;
  readonly stills: readonly string[];
  readonly size: readonly [number, number];
  /** It is done by the other side than the one that is drawn. */
  readonly mirrored?: boolean;
}

export interface Phase extends Moment {
  readonly set: number;
  readonly round: number;
  readonly side: number;
  /** Which exercise of the session it belongs to, from 0. */
  readonly part: number;
}

/** All phases of the exercises, one after the other. */
export function phasesOf(parts: readonly FollowData[]): Phase[] {
  return parts.flatMap((data, part) =>
    data.order.flatMap(([at, set, round, side]) => {
      const moment = data.moments[at];
      return moment === undefined ? [] : [{ ...moment, set, round, side, part }];
    }),
  );
}

/** Whether it is the exercise itself, and not what lies between. */
export function isWork(phase: Phase): boolean {
  return ["push", "hold", "stretch", "reps", "work"].includes(phase.kind);
}

/** Whether somebody sets up, and may be ready earlier or later than the clock. */
export function isSetUp(phase: Phase): boolean {
  return phase.kind === "ready" || phase.kind === "side";
}

/** Where one is, in words: Set 2 of 3 · Round 1 of 3 · Second side. */
export function placeOf(phase: Phase, data: FollowData): string {
  const found = [];
  if (phase.kind === "ready") return data.dose;
  if (data.sets > 1) found.push(phrase("Set {n} of {all}", { n: phase.set, all: data.sets }));
  if (data.rounds > 1 && phase.kind !== "side" && phase.kind !== "rest") {
    found.push(phrase("Round {n} of {all}", { n: phase.round, all: data.rounds }));
  }
  // A rest comes after a side, or after both: what comes next is said below.
  if (data.sides > 1 && phase.kind !== "rest") found.push(phase.side === 1 ? phrase("First side") : phrase("Second side"));
  return found.join(" · ");
}
