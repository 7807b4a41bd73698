/** Bells by WebAudio, planned on the sound's own clock, and what to do when that clock stands still. */

import type { Tone } from "./cues.ts";

/** Hertz, seconds and loudness of each tone. */
const TONES: Readonly<Record<Tone, readonly [number, number, number]>> = {
  go: [880, 0.9, 0.5],
  ease: [440, 1.1, 0.5],
  half: [660, 0.5, 0.4],
  tick: [1100, 0.12, 0.3],
  beat: [740, 0.16, 0.3],
  part: [560, 0.1, 0.2],
};

/** As much of an AudioContext as is needed; tests bring one of their own. */
export type Context = Pick<AudioContext, "currentTime" | "state" | "resume" | "close" | "destination"> & {
  createOscillator(): OscillatorNode;
  createGain(): GainNode;
};

/** Unmoved for so long, a clock that says it runs stands still. */
const STILL_S = 0.4;

export class Sound {
  #context: Context | null;
  readonly #make: () => Context | null;
  readonly #playing = new Set<OscillatorNode>();
  #seen: { readonly steady: number; readonly audio: number } | null = null;
  #stands = false;

  /** `context` was made in the reader's own tap: only there may a phone's sound begin. */
  constructor(context: Context | null, make: () => Context | null) {
    this.#context = context;
    this.#make = make;
  }

  /** Whether a tone that is planned now will be heard, as far as a page can know. */
  get sounds(): boolean {
    return this.#context?.state === "running" && !this.#stands;
  }

  /** Whether the device has taken the sound away, as it does for a call. */
  get interrupted(): boolean {
    return (this.#context?.state as string | undefined) === "interrupted";
  }

  /**
   * Compare the two clocks. After a call or a locked screen an iPhone may say that sound runs while its clock stands:
   * then another context is made. True when what was planned has to be planned again.
   */
  check(steady: number): boolean {
    const context = this.#context;
    if (context === null || context.state !== "running") {
      const were = this.#seen !== null;
      this.#seen = null;
      return were;
    }
    const seen = this.#seen;
    if (seen === null || context.currentTime !== seen.audio) {
      const again = this.#stands || seen === null;
      this.#seen = { steady, audio: context.currentTime };
      this.#stands = false;
      return again;
    }
    if (steady - seen.steady < STILL_S) return false;
    this.#stands = true;
    this.#replace();
    return true;
  }

  /** In a tap or when the page is seen again: go on, or begin again with another context. */
  wake(): void {
    if (this.#context === null) this.#context = this.#make();
    if (this.interrupted) this.#replace(); // it would say so for a while yet
    this.#context?.resume().catch(() => this.#replace());
  }

  #replace(): void {
    this.silence();
    this.#context?.close().catch(() => undefined);
    this.#context = this.#make();
    this.#seen = null;
    this.#context?.resume().catch(() => undefined);
  }

  /** Plan a tone so many seconds from now. */
  plan(tone: Tone, inS: number): void {
    const context = this.#context;
    if (context === null || context.state !== "running") return;
    const [hertz, seconds, loud] = TONES[tone];
    const at = context.currentTime + Math.max(inS, 0);
    const source = context.createOscillator();
    const gain = context.createGain();
    source.frequency.value = hertz;
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(loud, at + 0.008);
    gain.gain.exponentialRampToValueAtTime(0.001, at + seconds);
    source.connect(gain).connect(context.destination);
    source.addEventListener("ended", () => this.#playing.delete(source));
    source.start(at);
    source.stop(at + seconds);
    this.#playing.add(source);
  }

  /** Stop what is planned. */
  silence(): void {
    for (const source of this.#playing) {
      try {
        source.stop();
      } catch {
        // it had not begun in an old browser, which has dropped it
      }
      source.disconnect();
    }
    this.#playing.clear();
  }

  end(): void {
    this.silence();
    this.#context?.close().catch(() => undefined);
    this.#context = null;
  }
}

/** On an iPhone a page's sound obeys the silent switch, unless it says that it plays; that stops the reader's music. */
export function beLoud(loud: boolean): void {
  const session = (navigator as { audioSession?: { type: string } }).audioSession;
  if (session !== undefined) session.type = loud ? "playback" : "ambient";
}
