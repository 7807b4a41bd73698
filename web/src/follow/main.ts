/** Following an exercise along, hands free: the clock, the sounds, the screen and the device, put together. */

import { countOf, Planner } from "./cues.ts";
import { Awake, steerBy } from "./device.ts";
import { Figure } from "./figure.ts";
import { keep, keepSounds, keptSounds, keptSpot, type Sounds } from "./kept.ts";
import { isSetUp, phasesOf, type FollowData } from "./phases.ts";
import { Run, type Now } from "./run.ts";
import { Screen } from "./screen.ts";
import { beLoud, Sound, type Context } from "./sound.ts";
import { hush, isSpeaking, speak } from "./voice.ts";
import { phrase } from "../words.ts";

export interface Session {
  /** Tells this page and dose from others, so that a place that was kept comes back to its own. */
  readonly name: string;
  readonly parts: readonly FollowData[];
  readonly opener: HTMLElement | null;
  /** Is called for each exercise that was done whole. */
  readonly done?: (part: FollowData) => void;
  /** What is asked at the end. */
  readonly after?: () => readonly HTMLElement[];
  /** Is called when the screen has gone. */
  readonly closed?: () => void;
}

const PAUSED_AWAY = phrase("Paused: the screen was off, the page out of sight, or there was a call. Go on from here?");
const SLEEPS =
  phrase("This browser cannot keep the screen on. If it goes dark, choose a longer time in your phone’s settings.");
const MUTE = phrase("No sound? Check the silent switch.");
const OFFLINE =
  phrase("You are offline. The session goes on, but do not reload this page: it would only come back once you are online again.");
const PLAN_MS = 250;
/** So long before its end a phase of setting up waits for the voice, but not for more than two minutes. */
const WAITS_BEFORE_S = 4.5;
const WAITS_S = 120;

const now = (): Now => ({ steady: performance.now() / 1000, wall: Date.now() / 1000 });

function context(): Context | null {
  try {
    return new AudioContext();
  } catch {
    return null;
  }
}

/** Marks the entry of the browser's history that an open screen has, so that Back closes it and stays on the page. */
const OPEN = "kinopress.follow";

function isOpenEntry(): boolean {
  return (history.state as Record<string, unknown> | null)?.[OPEN] === true;
}

let showing: Following | null = null;
/** Whether the entry of a screen that was closed by its button is on its way out: who starts again at once keeps theirs. */
let isLeaving = false;

/**
 * How far down the page is below the screen. A browser that returns to an address with a place in it (#measured) shows
 * that place again, wherever the reader has scrolled to.
 */
let under: { readonly top: number; readonly restoration: ScrollRestoration } | null = null;

function enter(): void {
  under ??= { top: scrollY, restoration: history.scrollRestoration };
  history.scrollRestoration = "manual";
  history.pushState({ [OPEN]: true }, "");
}

function leave(): void {
  if (!isOpenEntry()) return;
  isLeaving = true;
  history.back();
}

/** The page as it was below the screen. Browsers go to the place in an address after they have told of it, and before they draw. */
function uncover(): void {
  if (under === null || showing !== null) return;
  const { top, restoration } = under;
  under = null;
  history.scrollRestoration = restoration;
  requestAnimationFrame(() => scrollTo({ top, behavior: "instant" }));
}

window.addEventListener("popstate", () => {
  if (!isLeaving) showing?.close();
  else if (showing !== null) enter();
  isLeaving = false;
  uncover();
});

/**
 * Begin, or come back to where one was. `tapped` is the sound that the reader's tap has woken, null after a reload.
 * A second call while a screen is open does nothing.
 */
export function follow(session: Session, tapped: AudioContext | null): void {
  if (showing !== null) {
    void tapped?.close();
    return;
  }
  showing = new Following(session, tapped);
}

class Following {
  readonly #session: Session;
  readonly #sound: Sound;
  readonly #screen: Screen;
  readonly #figure: Figure;
  readonly #planner = new Planner();
  readonly #still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  readonly #awake = new Awake(() => this.#screen.hint(SLEEPS));
  readonly #ended = new AbortController();
  readonly #told = new Set<number>();
  #run: Run;
  #sounds: Sounds = keptSounds();
  #half = -1;
  /** The number that was counted last, and in which phase. */
  #counted = "";
  #waited = 0;
  #timer = 0;

  constructor(session: Session, tapped: AudioContext | null) {
    this.#session = session;
    const phases = phasesOf(session.parts);
    const kept = keptSpot(session.name, phases.length, Date.now());
    this.#run = new Run(phases, kept);
    this.#figure = new Figure(this.#still);
    this.#figure.prepare(session.parts.map((part) => part.figure));
    this.#sound = new Sound(tapped, context);
    this.#screen = new Screen(session.parts, this.#figure, this.#sounds, {
      toggle: () => (this.#run.state === "running" ? this.#pause() : this.#go()),
      back: () => this.#jump(() => this.#run.back(now())),
      skip: () => this.#onward(() => this.#run.skip(now())),
      nextPart: () => this.#onward(() => this.#run.skipPart(now())),
      add: () => this.#jump(() => this.#run.add(10)),
      restart: () => {
        this.#run = new Run(phases);
        this.#half = -1;
        this.#begin();
        this.#go();
      },
      close: () => {
        this.close();
        leave();
      },
      leave: () => this.close(),
      sounds: (sounds) => this.#set(sounds),
      tryOut: () => this.#tryOut(),
    });
    beLoud(this.#sounds.loud);
    if (matchMedia("(pointer: coarse)").matches) this.#screen.hint(MUTE);
    this.#screen.open();
    // After a reload the entry is there already.
    if (!isOpenEntry()) enter();
    this.#listen();
    this.#begin();
    if (kept === null) this.#go();
    else {
      this.#screen.running(false);
      const { title = "", dose = "" } = session.parts[this.#run.phase.part] ?? {};
      const what = dose === "" ? title : `${title} (${dose})`;
      this.#screen.message(phrase("You were in the middle of {what}. Go on from here?", { what }), true);
    }
    this.#timer = window.setInterval(() => this.#look(), PLAN_MS);
    const draw = (): void => {
      if (this.#ended.signal.aborted) return;
      this.#look();
      requestAnimationFrame(draw);
    };
    requestAnimationFrame(draw);
  }

  #listen(): void {
    const { signal } = this.#ended;
    const hidden = (): void => {
      if (document.visibilityState === "visible") {
        if (this.#run.state === "running") void this.#awake.stay();
        return;
      }
      this.#away();
    };
    document.addEventListener("visibilitychange", hidden, { signal });
    window.addEventListener("pagehide", () => this.#away(), { signal });
    // All of a session is here from its start. A page that is loaded again without a network is not: the browser asks first.
    // A page that is a file of the reader's own comes back without a network.
    if (location.protocol.startsWith("http")) {
      if (!navigator.onLine) this.#screen.hint(OFFLINE);
      window.addEventListener("offline", () => this.#screen.hint(OFFLINE), { signal });
      window.addEventListener("beforeunload", (event) => !navigator.onLine && event.preventDefault(), { signal });
    }
    // Any tap may wake a sound that a call or a locked screen has put to sleep.
    this.#screen.dialog.addEventListener("click", () => this.#sound.wake(), { signal });
    this.#screen.dialog.addEventListener("keydown", (event) => this.#key(event), { signal });
    steerBy(
      {
        play: () => this.#go(),
        pause: () => this.#pause(),
        previoustrack: () => this.#jump(() => this.#run.back(now())),
        nexttrack: () => this.#onward(() => this.#run.skip(now())),
      },
      signal,
    );
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || this.#run.state === "done") return;
    const on = event.target instanceof Element ? event.target.closest("button, input, select, summary") : null;
    const act: (() => void) | undefined = {
      " ": on === null ? () => (this.#run.state === "running" ? this.#pause() : this.#go()) : undefined,
      ArrowRight: () => this.#onward(() => this.#run.skip(now())),
      ArrowLeft: () => this.#jump(() => this.#run.back(now())),
      "+": () => this.#jump(() => this.#run.add(10)),
    }[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  }

  /** The phase as it stands: on the screen, and spoken. */
  #begin(): void {
    const { phase } = this.#run;
    const data = this.#session.parts[phase.part];
    this.#figure.begin(phase, data?.figure ?? null);
    this.#screen.begin(phase, this.#run.next); // which looks how much room the figure leaves
    this.#draw();
    this.#keep(true);
    if (this.#run.state !== "running") return;
    this.#waited = 0;
    if (this.#sounds.voice) {
      // Who looks at nothing is told how to come out of the exercise before.
      const out = this.#session.parts[phase.part - 1]?.out ?? [];
      speak(phase.kind === "ready" ? [...out, data?.title ?? "", ...phase.speak] : phase.speak);
    }
    if (this.#sounds.buzz && phase.kind !== "ready") navigator.vibrate?.(phase.kind === "relax" ? [80, 80, 80] : 200);
  }

  #draw(): void {
    const { steady } = now();
    this.#screen.show(this.#run, steady, this.#still);
    this.#figure.show(this.#run.phase, this.#run.into(steady));
  }

  #look(): void {
    if (this.#run.state !== "running") return;
    if (this.#sound.interrupted) {
      this.#away(); // a call: the page may well stay in sight
      return;
    }
    const at = now();
    this.#wait(at);
    switch (this.#run.look(at)) {
      case "slept":
        this.#stop();
        this.#screen.message(PAUSED_AWAY);
        return;
      case "phase":
        this.#tell();
        this.#begin();
        break;
      case "done":
        this.#finish();
        return;
      case null:
    }
    this.#plan(at);
    this.#draw();
    this.#halfTime(at);
    this.#count(at);
  }

  #plan(at: Now): void {
    if (this.#sound.check(at.steady)) {
      this.#sound.silence();
      this.#planner.forget();
    }
    if (!this.#sounds.bell || !this.#sound.sounds) return;
    for (const { at: due, tone } of this.#planner.due(this.#run, at.steady)) {
      this.#sound.plan(tone, due - now().steady);
    }
  }

  #halfTime(at: Now): void {
    const { phase, index, length } = this.#run;
    if (!phase.half || this.#half === index) return;
    if (this.#run.into(at.steady) < (phase.lead + length) / 2) return;
    this.#half = index;
    this.#aloud(phrase("Half way."));
  }

  #count(at: Now): void {
    const { phase, index, length } = this.#run;
    const number = countOf(phase, this.#run.into(at.steady), length);
    const name = `${index} ${number}`;
    if (number === null || this.#counted === name) return;
    this.#counted = name;
    this.#aloud(String(number));
  }

  /** A word in time, by the voice or for whoever hears the page; nothing that is being said is cut off for it. */
  #aloud(words: string): void {
    if (!this.#sounds.voice) this.#screen.say(words);
    else if (!isSpeaking()) speak([words]);
  }

  /** Setting up lasts as long as the voice needs for it. */
  #wait(at: Now): void {
    const { phase, length } = this.#run;
    if (!isSetUp(phase) || !this.#sounds.voice || !isSpeaking() || this.#waited >= WAITS_S) return;
    if (length - this.#run.into(at.steady) > WAITS_BEFORE_S) return;
    this.#waited += 1;
    this.#run.add(1);
    this.#sound.silence();
    this.#planner.forget();
  }

  /** Exercises that lie behind and were done whole. */
  #tell(): void {
    const here = this.#run.state === "done" ? this.#session.parts.length : this.#run.phase.part;
    for (const [number, part] of this.#session.parts.entries()) {
      if (number >= here || this.#told.has(number)) continue;
      this.#told.add(number);
      if (!this.#run.skipped.has(number)) this.#session.done?.(part);
    }
  }

  #go(): void {
    if (this.#run.state !== "paused") return;
    this.#sound.wake();
    this.#run.go(now());
    this.#screen.running(true);
    void this.#awake.stay();
    this.#begin();
  }

  #pause(): void {
    if (this.#run.state !== "running") return;
    this.#run.pause(now());
    this.#stop();
  }

  /** The run has paused: so does everything that sounds. */
  #stop(): void {
    this.#quiet();
    this.#screen.running(false);
    this.#draw();
    this.#keep(true);
    this.#awake.rest();
  }

  #quiet(): void {
    this.#sound.silence();
    this.#planner.forget();
    hush();
  }

  #away(): void {
    if (this.#run.state === "running") {
      this.#pause();
      this.#screen.message(PAUSED_AWAY);
    }
    this.#keep(true);
  }

  #jump(act: () => void): void {
    if (this.#run.state === "done") return;
    this.#quiet();
    this.#half = -1;
    this.#counted = "";
    const before = this.#run.index;
    act();
    if (this.#run.over) {
      this.#finish();
      return;
    }
    if (this.#run.state === "running") this.#sound.wake();
    this.#tell();
    if (this.#run.index === before) this.#draw();
    if (this.#run.index !== before || this.#run.into(now().steady) === 0) this.#begin();
  }

  /** Who is ready, or wants to go past something, wants to go on, also after a pause. */
  #onward(act: () => void): void {
    this.#jump(act);
    this.#go();
  }

  #set(sounds: Sounds): void {
    if (sounds.voice && !this.#sounds.voice) speak([phrase("Spoken words are on.")]);
    this.#sounds = sounds;
    keepSounds(sounds);
    beLoud(sounds.loud);
    if (!sounds.voice) hush();
    this.#sound.silence();
    this.#planner.forget();
  }

  #tryOut(): void {
    this.#sound.wake();
    // A sound that was asleep takes a moment to wake.
    setTimeout(() => this.#sound.plan("go", 0.05), 150);
    if (this.#sounds.buzz) navigator.vibrate?.(200);
    if (this.#sounds.voice) speak([phrase("This is the voice.")]);
  }

  #finish(): void {
    this.#quiet();
    keep(null);
    this.#tell();
    if (this.#sounds.bell && this.#sound.sounds) this.#sound.plan("go", 0.02);
    const out = this.#session.parts.at(-1)?.out ?? [];
    if (this.#sounds.voice) speak([...out, phrase("Done.")]);
    const skipped = this.#run.skipped.size > 0;
    const words = skipped ? phrase("That is the end. What you skipped is not counted.") : phrase("That is all of it.");
    const isAny = this.#run.skipped.size < this.#session.parts.length;
    this.#screen.finish(words, out, isAny ? (this.#session.after?.() ?? []) : []);
    this.#awake.rest();
  }

  #keep(open: boolean): void {
    if (this.#run.state === "done") return;
    const spot = this.#run.spot(now().steady);
    keep({ ...spot, name: this.#session.name, at: Date.now(), open });
  }

  close(): void {
    this.#pause();
    this.#keep(false);
    this.#ended.abort();
    clearInterval(this.#timer);
    hush();
    this.#sound.end();
    this.#awake.rest();
    this.#screen.dialog.close();
    this.#screen.dialog.remove();
    showing = null;
    this.#session.opener?.focus({ preventScroll: true });
    this.#session.closed?.();
  }
}
