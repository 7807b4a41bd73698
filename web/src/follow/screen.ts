/** The screen one looks at from the mat: what to do now, how long still, and a few large buttons. */

import { languageHere, make, phrase } from "../dom.ts";
import type { Figure } from "./figure.ts";
import type { Sounds } from "./kept.ts";
import { isSetUp, placeOf, type FollowData, type Phase } from "./phases.ts";
import type { Run } from "./run.ts";

export interface Acts {
  readonly toggle: () => void;
  readonly back: () => void;
  readonly skip: () => void;
  readonly add: () => void;
  readonly nextPart: () => void;
  readonly restart: () => void;
  readonly close: () => void;
  /** Close for a link to the page behind, which goes on from here. */
  readonly leave: () => void;
  readonly sounds: (sounds: Sounds) => void;
  readonly tryOut: () => void;
}

const MAIN = "kp-follow__button--main";

/** Of the screen's height: with more of it title and buttons leave too little for what is between them. */
const BARS_MOST = 0.5;

/** What picture and ring can give to the last line of the words below them; with less left they could not be read. */
const GIVES_PX = 16;

const SVG = "http://www.w3.org/2000/svg";

function ring(): [SVGSVGElement, SVGCircleElement] {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 100 100");
  svg.setAttribute("aria-hidden", "true");
  const circles = ["kp-follow__track", "kp-follow__arc"].map((name) => {
    const circle = document.createElementNS(SVG, "circle");
    for (const [key, value] of Object.entries({ class: name, cx: 50, cy: 50, r: 45, pathLength: 1 })) {
      circle.setAttribute(key, String(value));
    }
    return circle;
  });
  svg.append(...circles);
  return [svg, circles[1] as SVGCircleElement];
}

function button(words: string, act: () => void, kind = ""): HTMLButtonElement {
  const made = make("button", { type: "button", class: `kp-follow__button ${kind}`.trim() }, words);
  made.addEventListener("click", act);
  return made;
}

export class Screen {
  readonly dialog: HTMLDialogElement;
  readonly #acts: Acts;
  readonly #parts: readonly FollowData[];
  readonly #title = make("h2", { class: "kp-follow__title", id: "kp-follow-title", tabindex: "-1" });
  readonly #place = make("p", { class: "kp-follow__place" });
  readonly #figures = make("span", { class: "kp-follow__number" });
  readonly #unit = make("span", { class: "kp-follow__unit" });
  readonly #arc: SVGCircleElement;
  readonly #head = make("p", { class: "kp-follow__head" });
  readonly #words = make("p", { class: "kp-follow__words" });
  readonly #notes = make("ul", { class: "kp-follow__notes", role: "list" });
  readonly #next = make("p", { class: "kp-follow__next" });
  readonly #hint = make("p", { class: "kp-follow__hint" });
  readonly #message = make("div", { class: "kp-follow__message", hidden: true });
  readonly #said = make("p", { class: "kp-follow__said", role: "status" });
  readonly #pause: HTMLButtonElement;
  readonly #skip: HTMLButtonElement;
  readonly #add: HTMLButtonElement;
  readonly #top: HTMLElement;
  readonly #main: HTMLElement;
  readonly #controls: HTMLElement;
  #runs = true;
  #isSetUp = false;

  constructor(parts: readonly FollowData[], figure: Figure, sounds: Sounds, acts: Acts) {
    this.#acts = acts;
    this.#parts = parts;
    const [svg, arc] = ring();
    this.#arc = arc;
    this.#pause = button(phrase("Pause"), acts.toggle, MAIN);
    this.#skip = button(phrase("Skip"), acts.skip);
    this.#add = button("+10 s", acts.add);
    this.#add.setAttribute("aria-label", phrase("10 seconds more"));
    this.#controls = make(
      "div",
      { class: "kp-follow__controls", role: "group", "aria-label": phrase("Controls") },
      button(phrase("Back"), acts.back),
      this.#pause,
      this.#skip,
      this.#add,
    );
    const close = button("×", acts.close, "kp-follow__close");
    close.setAttribute("aria-label", phrase("Close"));
    this.#top = make("div", { class: "kp-follow__top" }, make("div", {}, this.#title, this.#place), close);
    this.#main = make(
      "div",
      { class: "kp-follow__main", role: "group", "aria-labelledby": "kp-follow-title", tabindex: "0" },
      figure.element,
      make(
        "div",
        { class: "kp-follow__now" },
        make("div", { class: "kp-follow__ring", role: "timer", "aria-live": "off" }, svg, this.#figures, this.#unit),
        make("div", { class: "kp-follow__text" }, this.#head, this.#words, this.#notes, this.#next, this.#hint),
      ),
      this.#settings(sounds),
    );
    this.dialog = make(
      "dialog",
      // It is outside the page's text, and speaks as that does.
      { class: "kp-follow", "aria-labelledby": "kp-follow-title", lang: languageHere() || undefined },
      this.#top,
      this.#message,
      this.#main,
      this.#controls,
      this.#said,
    );
    // A link leads to a place on the page behind.
    this.dialog.addEventListener("click", (event) => {
      if (event.target instanceof Element && event.target.closest("a") !== null) acts.leave();
    });
    this.dialog.addEventListener("keydown", (event) => this.#wrap(event));
    new ResizeObserver(() => this.#fit()).observe(this.dialog);
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      acts.close();
    });
  }

  open(): void {
    document.body.append(this.dialog);
    this.dialog.showModal();
    this.#title.focus();
  }

  /** A new phase: its words, and once, for whoever hears the page, what it is. */
  begin(phase: Phase, next: Phase | undefined): void {
    const data = this.#parts[phase.part];
    if (data === undefined) return;
    this.#title.textContent = data.title;
    const many = this.#parts.length > 1 ? `${phrase("Exercise {n} of {all}", { n: phase.part + 1, all: this.#parts.length })} · ` : "";
    this.#place.textContent = many + placeOf(phase, data);
    this.#head.textContent = phase.head;
    this.#words.textContent = phase.words;
    this.#notes.replaceChildren(...phase.notes.map((words) => make("li", {}, words)));
    this.#next.textContent = next === undefined
        ? phrase("This is the last.")
        : phrase("Next: {what}", { what: nextWords(phase, next, this.#parts) });
    this.#isSetUp = isSetUp(phase);
    this.#skip.textContent = this.#isSetUp ? phrase("Ready") : phrase("Skip");
    // Repetitions are counted, and end with the last.
    if (phase.reps > 0 && document.activeElement === this.#add) this.#pause.focus();
    this.#add.hidden = phase.reps > 0;
    this.#choose();
    this.say(phase.speak.join(" "));
    this.dialog.dataset["kind"] = phase.kind;
    this.#fit();
    this.#toTop();
  }

  /**
   * Where title and buttons leave less than half of the screen, or too little for the seconds and what to do now, as with
   * large letters or much enlarged, all of it moves under the reader's finger but the buttons.
   */
  #fit(): void {
    this.dialog.classList.remove("kp-follow--tight"); // which makes the buttons smaller
    const bars = this.#top.offsetHeight + this.#controls.offsetHeight + this.#message.offsetHeight;
    const isTight = this.dialog.clientHeight > 0 && (bars > BARS_MOST * this.dialog.clientHeight || this.#below() > 0);
    this.dialog.classList.toggle("kp-follow--tight", isTight);
    this.#makeRoom();
  }

  /** Where only the end of the hint is below the top of the buttons, it moves up to the words, and picture and ring give way. */
  #makeRoom(): void {
    const { style, classList } = this.dialog;
    const set = (close: boolean, gives: number): void => {
      classList.toggle("kp-follow--close", close);
      style.setProperty("--kp-follow-gives", `${gives}px`);
    };
    set(false, 0);
    if (this.#cut() <= 0) return;
    set(true, 0);
    const cut = Math.ceil(this.#cut());
    set(cut <= GIVES_PX, cut > 0 && cut <= GIVES_PX ? cut : 0);
  }

  /** How much of the hint is below the top of the buttons, in px. */
  #cut(): number {
    const box = this.#hint.getBoundingClientRect();
    if (box.height === 0 || this.#hint.textContent === "") return 0;
    return box.bottom + this.#main.scrollTop + 2 - this.#controls.getBoundingClientRect().top;
  }

  /** How much of the seconds and what to do now is below the buttons at the top, in px; below 0 it is all above them. */
  #below(): number {
    if (!this.#head.isConnected) return 0; // it is over
    const moved = this.#main.scrollTop + this.dialog.scrollTop;
    return this.#head.getBoundingClientRect().bottom + moved - this.#controls.getBoundingClientRect().top;
  }

  /** To the top; much enlarged only so far below it that seconds and what to do now are above the buttons. */
  #toTop(): void {
    this.#main.scrollTop = 0;
    this.dialog.scrollTop = 0;
    if (!this.dialog.classList.contains("kp-follow--tight")) return;
    this.dialog.scrollTop = Math.min(Math.ceil(Math.max(this.#below(), 0)), this.#main.offsetTop);
  }

  /** The instant: seconds still to go, or which repetition; the ring closes as time goes by. */
  show(run: Run, steady: number, coarse: boolean): void {
    const { phase } = run;
    const [into, length] = [run.into(steady), run.length];
    const counted = Math.max(into - phase.lead, 0) / (length - phase.lead);
    const share = phase.lead > 0 || length > 0 ? counted : 0;
    let [number, unit] = clock(Math.ceil(Math.min(length - into, length - phase.lead) - 0.02));
    if (into < phase.lead) unit = phrase("once you are there");
    if (phase.reps > 0) {
      const each = phase.beat.reduce((sum, part) => sum + part, 0);
      number = String(Math.max(1, Math.ceil((into + 0.001) / each)));
      unit = phrase("of {all}", { all: phase.reps });
    }
    if (this.#figures.textContent !== number || this.#unit.textContent !== unit) {
      this.#figures.textContent = number;
      this.#unit.textContent = unit;
    } else if (coarse) return;
    this.#arc.setAttribute("stroke-dashoffset", String(1 - Math.min(share, 1)));
  }

  running(runs: boolean): void {
    this.#pause.textContent = runs ? phrase("Pause") : phrase("Go on");
    this.dialog.classList.toggle("kp-follow--paused", !runs);
    this.#runs = runs;
    this.#choose();
    if (runs) this.message();
  }

  /** The button that is mostly wanted stands out: Ready while setting up, else what stops and goes on. */
  #choose(): void {
    const isReady = this.#isSetUp && this.#runs;
    this.#skip.classList.toggle(MAIN, isReady);
    this.#pause.classList.toggle(MAIN, !isReady);
  }

  /** From the last to the first and back, both of which are buttons: a browser would leave the page in between. */
  #wrap(event: KeyboardEvent): void {
    if (event.key !== "Tab") return;
    const all = [...this.dialog.querySelectorAll("button")].filter((one) => !one.hidden);
    const [first, last] = [all[0], all.at(-1)];
    const ends: readonly (Element | undefined)[] = event.shiftKey ? [first, this.#title, this.dialog] : [last];
    if (!ends.includes(document.activeElement ?? undefined)) return;
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  }

  /** For whoever hears the page. */
  say(words: string): void {
    this.#said.textContent = words;
  }

  /** What one should know of this device; it is read while getting ready. */
  hint(words: string): void {
    if (!this.#hint.textContent.includes(words)) this.#hint.append(`${words} `);
    if (this.#hint.isConnected) this.#makeRoom();
  }

  /** A sentence above everything, with what one can do about it; nothing takes it away. */
  message(words = "", restart = false): void {
    this.#message.hidden = words === "";
    this.#message.replaceChildren();
    if (words === "") return;
    this.#message.append(make("p", {}, words));
    if (restart) this.#message.append(button(phrase("From the beginning"), this.#acts.restart));
    if (this.dialog.classList.contains("kp-follow--tight")) this.dialog.scrollTop = this.#message.offsetTop;
    this.say(words);
  }

  /** It is over: a tick, and whatever the page still wants to know. How to come out is only said: nothing is to be done here. */
  finish(words: string, out: readonly string[], more: readonly HTMLElement[]): void {
    this.message();
    this.dialog.dataset["kind"] = "done";
    this.#title.textContent = phrase("Done");
    this.#place.textContent = "";
    const tick = make("p", { class: "kp-follow__tick", "aria-hidden": "true" }, "✓");
    this.#main.replaceChildren(tick, make("p", { class: "kp-follow__words" }, words), ...more);
    this.#controls.replaceChildren(button(phrase("Finish"), this.#acts.close, MAIN));
    this.say([...out, phrase("Done."), words].join(" "));
    this.#title.focus();
  }

  /** Sounds, and another exercise; below what one looks at. */
  #settings(sounds: Sounds): HTMLElement {
    let now = sounds;
    const box = (name: keyof Sounds, words: string): HTMLElement => {
      const input = make("input", { type: "checkbox", id: `kp-follow-${name}` });
      input.checked = sounds[name];
      input.addEventListener("change", () => {
        now = { ...now, [name]: input.checked };
        this.#acts.sounds(now);
      });
      return make("label", { class: "kp-tick", for: input.id }, input, words);
    };
    const more = this.#parts.length > 1 ? [button(phrase("Next exercise"), this.#acts.nextPart)] : [];
    const fold = make(
      "details",
      { class: "kp-follow__settings" },
      make("summary", {}, phrase("Sound and settings")),
      box("bell", phrase("Beeps")),
      box("loud", phrase("Beeps even when the phone is on silent (stops other music)")),
      box("voice", phrase("Spoken words, where the device has a voice")),
      box("buzz", phrase("Vibration, where the device can")),
      make("div", { class: "kp-follow__row" }, button(phrase("Try a beep"), this.#acts.tryOut), ...more),
      make("p", {}, phrase("If you hear nothing, look at the silent switch and the volume.")),
      make("p", {}, phrase("Keys: space pauses, ← back, → skip, + ten seconds more, Escape closes.")),
    );
    fold.addEventListener("toggle", () => fold.open && fold.scrollIntoView({ block: "start" }));
    return fold;
  }
}

function nextWords(phase: Phase, next: Phase, parts: readonly FollowData[]): string {
  if (next.part !== phase.part) return parts[next.part]?.title ?? next.head;
  if (next.reps > 0) return phrase("{n} repetitions", { n: next.reps });
  return `${next.head.toLowerCase()}, ${clock(Math.round(next.seconds - next.lead)).join(" ")}`;
}

/** Seconds as one reads them from afar: 45 seconds, 2:00 minutes. */
function clock(seconds: number): [string, string] {
  if (seconds <= 60) return [String(seconds), phrase("seconds")];
  return [`${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`, phrase("minutes")];
}
