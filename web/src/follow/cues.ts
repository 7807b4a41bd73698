/** When something sounds, and planning it ahead on the sound's own clock. */

import type { Phase } from "./phases.ts";
import type { Run } from "./run.ts";

/** A bell to begin, a lower one to let go, half time, the last three seconds, and the beat of repetitions. */
export type Tone = "go" | "ease" | "half" | "tick" | "beat" | "part";

export interface Cue {
  /** Seconds from the beginning of the phase. */
  readonly at: number;
  readonly tone: Tone;
}

const TICKS = [3, 2, 1];
/** A phase shorter than this has no countdown: it would be nothing else. */
const COUNTED_S = 7;
/** So far ahead sounds are planned. The two clocks are compared each time, so none drifts from the other. */
export const AHEAD_S = 4;

/** What sounds in a phase; `extra` are seconds that the reader added. */
export function cuesOf(phase: Phase, extra: number): Cue[] {
  const length = phase.seconds + extra;
  const quiet = ["relax", "side", "rest"].includes(phase.kind);
  const cues: Cue[] = [];
  if (phase.kind !== "ready") cues.push({ at: phase.lead, tone: quiet ? "ease" : "go" });
  if (phase.reps > 0) {
    let at = 0;
    for (let number = 0; at < length; number += 1) {
      const part = number % phase.beat.length;
      if (at > 0) cues.push({ at, tone: part === 0 ? "beat" : "part" });
      at += phase.beat[part] || length;
    }
    return cues;
  }
  if (phase.half) cues.push({ at: (phase.lead + length) / 2, tone: "half" });
  if (length - phase.lead >= COUNTED_S) {
    for (const before of TICKS) cues.push({ at: length - before, tone: "tick" });
  }
  return cues;
}

/** Holds at least as long as these are counted down aloud from five, or from three. */
const FROM_FIVE_S = 10;
const FROM_THREE_S = 7;

/** The number that is counted aloud at an instant: the repetition, or the last seconds of a hold; null for none. */
export function countOf(phase: Phase, into: number, length: number): number | null {
  if (phase.reps > 0) {
    const number = Math.floor(into / phase.beat.reduce((sum, part) => sum + part, 0) + 1e-6) + 1;
    return number > 1 && number <= phase.reps ? number : null;
  }
  if (!["push", "hold", "stretch"].includes(phase.kind)) return null;
  const counted = length - phase.lead;
  const from = counted >= FROM_FIVE_S ? 5 : counted >= FROM_THREE_S ? 3 : 0;
  const left = Math.ceil(length - into - 1e-6);
  return left >= 1 && left <= from ? left : null;
}

/** Plans each cue once, a little before its time, however late and unevenly it is asked to. */
export class Planner {
  #planned = new Set<string>();

  /** What is due soon and was not planned yet, each with its instant on the steady clock. */
  due(run: Run, steady: number): { readonly at: number; readonly tone: Tone }[] {
    const found: { at: number; tone: Tone }[] = [];
    let began = run.began;
    if (began === null) return found;
    for (let index = run.index; began < steady + AHEAD_S; index += 1) {
      const phase = run.phases[index];
      if (phase === undefined) break;
      const extra = index === run.index ? run.extra : 0;
      for (const [number, cue] of cuesOf(phase, extra).entries()) {
        const at: number = began + cue.at;
        const name = `${index} ${number}`;
        if (at < steady - 0.05 || at >= steady + AHEAD_S || this.#planned.has(name)) continue;
        this.#planned.add(name);
        found.push({ at, tone: cue.tone });
      }
      began += phase.seconds + extra;
    }
    return found;
  }

  /** After a pause, a jump or a sound that stood still: what was planned holds no longer. */
  forget(): void {
    this.#planned.clear();
  }
}
