/** `<kp-plan>`: shows today’s session of a plan and keeps the dates. All it knows is in plan-store.ts. */

import { around, counted, make, phrase } from "./dom.ts";
import type { FollowData } from "./follow/phases.ts";
import { COLOUR_WORDS, painChart } from "./plan-chart.ts";
import { checkDay, checkForm, entered } from "./plan-checks.ts";
import { button, keeping, type Safe } from "./plan-keeping.ts";
import { noteForm } from "./plan-note.ts";
import { painForm } from "./plan-pain.ts";
import { fillPaper } from "./plan-paper.ts";
import { ownShelf, rawKey, sitePath } from "./plan-shelf.ts";
import {
  beginAgain,
  besides,
  colourOf,
  dayNumber,
  daysPast,
  entryOf,
  isDay,
  localDay,
  missed,
  morningAfter,
  PlanStore,
  progressOf,
  redBefore,
  sessionOf,
  stoppedOn,
  withEntry,
  WEEK,
  type Beside,
  type Missed,
  type PlanData,
  type PlanDay,
  type State,
} from "./plan-store.ts";
import { dayWords, isWhole, markOf, marksOf, strip } from "./plan-strip.ts";

/** A link from a calendar to one of the days. */
const TO_DAY = /^#plan-day-(\d{1,2})$/;
const PLACE = "kinopress.follow";

/** Whether something that was followed along was left in the middle, in this tab. */
function hasPlace(): boolean {
  try {
    return sessionStorage.getItem(PLACE) !== null;
  } catch {
    return false;
  }
}

function forgetPlace(): void {
  if (hasPlace()) sessionStorage.removeItem(PLACE);
}

/** How many checks are entered, after the sentence that leads to them; nothing while there is none. */
function enteredWords(done: number, all: number): string {
  return done > 0 ? ` ${phrase("{n} of {all} entered.", { n: done, all })}` : "";
}

function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A sign or a word beside the number of a day, with its name for who hears the page. */
function signOf([sign, name]: readonly [string, string]): HTMLElement {
  const kind = sign.length > 1 ? "kp-days__done kp-days__word" : "kp-days__done";
  return make("span", { class: kind, role: "img", "aria-label": name }, sign);
}

export class PlanElement extends HTMLElement {
  static wake: () => AudioContext | null = () => null;
  /** The style sheet of the screen to follow along. */
  static styled: () => Promise<void> = () => Promise.resolve();
  static safe: Safe;
  #data!: PlanData;
  #store!: PlanStore;
  #shown = 1;
  /** Today's number when the page was last drawn. */
  #seen: number | null = null;

  connectedCallback(): void {
    this.#data = JSON.parse(this.dataset["plan"] ?? "") as PlanData;
    this.#store = new PlanStore(this.#data.slug, ownShelf(), randomId);
    this.#shown = this.#asked() ?? this.#clamp(this.#now() ?? 1);
    this.#render();
    if (this.#asked() !== null) this.scrollIntoView();
    if (hasPlace()) void this.#comeBack();
    window.addEventListener("hashchange", () => {
      const day = this.#asked();
      if (day !== null) this.#show(day);
    });
    // Two windows of one plan: each would write over what the other has entered.
    window.addEventListener("storage", ({ key }) => {
      if (key !== null && key !== rawKey(sitePath(), this.#store.key)) return;
      this.#store.reread();
      this.#render();
    });
    // A page that stays open over midnight shows the new day when the reader comes back to it.
    document.addEventListener("visibilitychange", () => {
      const now = this.#now();
      if (document.visibilityState !== "visible" || now === null || now === this.#seen) return;
      this.#shown = this.#clamp(now);
      this.#render();
    });
  }

  get #state(): State {
    return this.#store.state;
  }

  /** Today's number in the plan; null before a start was chosen. */
  #now(): number | null {
    const { start } = this.#state;
    return start === null ? null : dayNumber(start, localDay(new Date()));
  }

  /** The day that the address asks for, once the plan has begun. */
  #asked(): number | null {
    const day = TO_DAY.exec(location.hash)?.[1];
    return day === undefined || this.#state.start === null ? null : this.#clamp(Number(day));
  }

  #clamp(day: number): number {
    return Math.min(Math.max(day, 1), this.#data.days.length);
  }

  #render(focus: "heading" | null = null): void {
    const now = this.#now();
    this.#seen = now;
    this.toggleAttribute("data-begun", now !== null); // what only leads up to the start makes room
    this.#markRed(now);
    this.replaceChildren(...(now === null ? this.#welcome() : this.#day(now)), this.#keeping());
    this.#measure(now);
    this.#markRows();
    if (focus === "heading") this.querySelector("h2")?.focus();
  }

  #keeping(): HTMLElement {
    return keeping({
      data: this.#data,
      store: this.#store,
      shelf: ownShelf(),
      safe: PlanElement.safe,
      startOn: (day) => this.#startOn(day, false),
      forgotten: () => {
        forgetPlace();
        this.#shown = 1;
        this.#render("heading");
      },
      told: (lines) => {
        if (this.#seen === null) this.#shown = this.#clamp(this.#now() ?? 1);
        const tools = (): HTMLDetailsElement | null => this.querySelector(".kp-today__tools");
        const wasOpen = tools()?.open === true;
        this.#render();
        const said = make("div", { class: "kp-held", tabindex: "-1" }, ...lines.map((line) => make("p", {}, line)));
        // What was pressed in the fold is answered there: the reader's eyes are on it.
        const copies = wasOpen ? tools()?.querySelector(".kp-today__copies") : null;
        if (copies) {
          (tools() as HTMLDetailsElement).open = true;
          copies.after(said);
        } else this.querySelector("h2")?.after(said);
        said.focus();
      },
    });
  }

  /** The fields of the checks, where the page says how they are done. */
  #measure(now: number | null): void {
    document.querySelector(".kp-measured")?.remove();
    if (now === null || this.#data.checks.length === 0) return;
    document.querySelector(".kp-plan-checks")?.append(checkForm(this.#data, this.#store, now, () => this.#countChecks()));
  }

  /** How many checks of the shown day are entered, beside the link that leads to them. */
  #countChecks(): void {
    fillPaper(this.#data, this.#state, document);
    const place = this.querySelector(".kp-today__checked");
    if (place === null) return;
    const [done, all] = entered(this.#data.checks, this.#state.checks, checkDay(this.#shown));
    place.textContent = enteredWords(done, all);
  }

  #heading(words: string): HTMLElement {
    return make("h2", { tabindex: "-1", class: "kp-today__title" }, words);
  }

  #welcome(): HTMLElement[] {
    const input = make("input", { type: "date", id: "kp-start", required: true, value: localDay(new Date()) });
    const form = make(
      "form",
      { class: "kp-today__start" },
      make("label", { for: "kp-start" }, phrase("Start on")),
      input,
      make("button", { type: "submit", class: "kp-button kp-button--main" }, phrase("Start the plan")),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!isDay(input.value)) return;
      const past = daysPast(this.#data, input.value, localDay(new Date()));
      if (past === 0) this.#startAlone(input.value, form);
      else this.#ask(form, this.#askBack(input, past, form));
    });
    input.addEventListener("input", () => this.querySelector(".kp-today__asked")?.remove());
    const link = make("a", { href: "#not-for" }, phrase("whether it is for you"));
    const words =
      document.getElementById("not-for") === null
        ? [phrase("Then choose your first day.")]
        : around(phrase("Check first {link}. Then choose your first day."), "link", link);
    return [
      this.#heading(phrase("Follow it day by day")),
      make("p", {}, ...words),
      form,
    ];
  }

  #ask(form: HTMLElement, question: HTMLElement): void {
    this.querySelector(".kp-today__asked")?.remove();
    form.after(question);
    question.querySelector<HTMLElement>("a, button")?.focus();
  }

  /** Start, unless another plan is running: two at once are asked about first. */
  #startAlone(day: string, form: HTMLElement): void {
    const beside = besides(this.#data, (key) => ownShelf()?.getItem(key) ?? null, localDay(new Date()));
    const [first] = beside;
    if (first === undefined) this.#startOn(day, true);
    else this.#ask(form, this.#askBeside(day, first));
  }

  /** Another plan is running: where it stands, and the way back to it. */
  #askBeside(day: string, { slug, title, day: number }: Beside): HTMLElement {
    const where =
      number < 1
        ? phrase("“{title}” is about to begin on this device.", { title })
        : phrase("“{title}” is running on this device: day {day}.", { title, day: number });
    const why = phrase("With two plans at once there is more to do each day, and you cannot tell which of them helped.");
    const group = make("div", { class: "kp-today__asked kp-today__turn", role: "group", "aria-label": where });
    const address = new URL(`../${slug}/#today`, location.href).href;
    group.append(
      make("p", {}, make("strong", {}, where), ` ${why} ${phrase("Start this one as well?")}`),
      make("a", { class: "kp-button", href: address }, phrase("No, go on with that one")),
      button(phrase("Yes, start this one as well"), () => this.#startOn(day, true)),
    );
    return group;
  }

  /** A first day so early that nothing of the plan would be left is mostly a slip. */
  #askBack(input: HTMLInputElement, past: number, form: HTMLElement): HTMLElement {
    const day = input.value;
    const values = { day: `${dayWords(day)} ${day.slice(0, 4)}` };
    const words =
      past === 1
        ? phrase("The plan would have ended yesterday. Is {day} the right first day?", values)
        : counted(
            past,
            "The plan would have ended {n} day ago. Is {day} the right first day?",
            "The plan would have ended {n} days ago. Is {day} the right first day?",
            values,
          );
    const group = make("div", { class: "kp-today__asked kp-today__turn", role: "group", "aria-label": words });
    const other = button(phrase("Choose another day"), () => {
      group.remove();
      input.focus();
    });
    group.append(make("p", {}, words), other, button(phrase("Yes, it began then"), () => this.#startAlone(day, form)));
    return group;
  }

  #startOn(day: string, move: boolean): void {
    if (!isDay(day)) return;
    const isFirst = this.#state.start === null;
    const checks = isFirst ? { ...this.#data.measured, ...this.#state.checks } : this.#state.checks;
    this.#store.set({ ...this.#state, start: day, checks });
    // What is kept may be cleared when room is short, unless the browser agrees not to; it need not answer.
    if (isFirst) navigator.storage?.persist?.().catch(() => undefined);
    if (move) this.#shown = this.#clamp(this.#now() ?? 1);
    this.#render(move ? "heading" : null);
  }

  #show(day: number): void {
    this.#shown = this.#clamp(day);
    this.#render("heading");
  }

  #day(now: number): HTMLElement[] {
    const day = this.#data.days[this.#shown - 1];
    if (day === undefined) return [];
    const [top, again, session] = [make("div", {}), make("div", {}), make("div", {})];
    const { light } = this.#data;
    const isScored = entryOf(this.#state, day.number).pain !== null;
    const lead = (): void => {
      const stopped = stoppedOn(light, this.#state);
      const isOver = stopped === null && !this.#isAfter(now) && isWhole(day.needs, entryOf(this.#state, day.number));
      const words = isOver ? this.#did(now, day) : this.#lead(now, day);
      top.replaceChildren(...(stopped === null ? words : this.#stopped(stopped, now)));
      again.replaceChildren(...(isOver ? this.#again(now, day) : []));
      this.#markRows();
    };
    const listed = this.#isAfter(now) ? [] : this.#list(day, lead);
    const fill = (): void => {
      lead();
      session.replaceChildren(...(stoppedOn(light, this.#state) === null ? listed : []));
      this.#markRed(now);
    };
    fill();
    const values = { day: day.number, days: this.#data.days.length };
    const isToday = this.#shown === now;
    const dayOf = isToday ? phrase("Today: day {day} of {days}", values) : phrase("Day {day} of {days}", values);
    const heading = this.#isAfter(now) ? phrase("Your {days} days are over", values) : dayOf;
    // The form stays where a score has stopped the plan: it may have been a slip.
    const entry = entryOf(this.#state, day.number);
    const isAsked = (listed.length > 0 || entry.done.length > 0) && stoppedOn(light, this.#state) === null;
    const asks = light !== null && (isAsked || isScored) ? [painForm(this.#data, this.#store, day.number, now, fill)] : [];
    // After a session there is nothing to do but to say how it was: that is asked first, for who left without an answer.
    const isFirst = isWhole(day.needs, entry) && asks.length > 0;
    const felt = make("h3", { class: "kp-today__felt" }, phrase("How did that feel?"));
    const parts = [this.#heading(heading), top, ...(isFirst ? [felt, ...asks] : []), again, session];
    parts.push(...this.#signs(day.number), ...(isFirst ? [] : asks));
    parts.push(noteForm(this.#store, day.number, () => fillPaper(this.#data, this.#state, document)));
    parts.push(this.#turn(now), make("div", { class: "kp-today__along" }));
    return parts;
  }

  /** After red, or after many days without a session, nothing harder is offered, on the day that is shown and in the lists further down. */
  #markRed(now: number | null): void {
    const { light } = this.#data;
    const isRed = (number: number): boolean => {
      const day = this.#data.days[number - 1];
      if (day === undefined) return false;
      return colourOf(light, entryOf(this.#state, number)) === "red" || redBefore(this.#data, this.#state, day) !== null;
    };
    this.toggleAttribute("data-away", now !== null && this.#gone(now) !== null);
    this.toggleAttribute("data-red", now !== null && [this.#shown, this.#clamp(now)].some(isRed));
  }

  /** All days in a strip, and the scores so far. */
  #along(now: number): HTMLElement[] {
    const { days, light } = this.#data;
    const needs = days.map((day) => day.needs);
    const chart = light === null ? [] : painChart(light, this.#state, days.length);
    return [strip(needs, this.#state, [now, this.#shown, stoppedOn(light, this.#state)], light, (day) => this.#show(day)), ...chart];
  }

  /** The signs that rule the plan out, below the session, since today comes first; after day 1 what is no emergency folds. */
  #signs(day: number): HTMLElement[] {
    const all = this.closest("article")?.querySelector(":scope > .kp-not-for");
    if (!all) return [];
    const copy = all.cloneNode(true) as HTMLElement;
    copy.removeAttribute("id");
    const later = [...copy.querySelectorAll(".kp-not-for__group:not(.kp-not-for__group--emergency)")];
    if (day > 1 && later.length > 0) copy.append(make("details", { class: "kp-not-for__later" }, make("summary", {}, phrase("Help today, and others")), ...later));
    return [copy];
  }

  /** What a day is about, what to know before it, and only then its start. */
  #lead(now: number, day: PlanDay): HTMLElement[] {
    if (this.#isAfter(now)) return this.#over(day, now);
    const session = sessionOf(this.#data, this.#state, day, this.#now());
    const names = this.#names(session.blocks);
    const gone = this.#gone(now);
    const parts: HTMLElement[] = [make("p", { class: "kp-today__what" }, this.#what(day))];
    if (gone === null) parts.push(...this.#morning(now)); // nobody knows that of a morning so long ago
    if (now < 1 && this.#state.start !== null) {
      parts.push(make("p", {}, phrase("Your plan starts on {day}.", { day: dayWords(this.#state.start) })));
    } else if (now > this.#data.days.length) parts.push(make("p", {}, `${phrase("Your {days} days are over", { days: this.#data.days.length })}.`), this.#next());
    if (gone !== null) parts.push(...this.#missed(gone));
    if (day.checks) parts.push(this.#toCheck(day, session.blocks.length > 0 ? phrase("{checks} before the session.") : phrase("{checks} today.")));
    if (session.swappedFor !== null) {
      const planned = this.#names(day.blocks);
      const { needed, green } = session.first ?? { needed: 0, green: 0 };
      const values = { session: names, planned, green };
      const words = {
        red: phrase("Your last strength day was red, so this is {session} in place of {planned}.", values),
        amber: phrase("Your last strength day was amber, so this is {session} in place of {planned}.", values),
        undone: counted(
          needed,
          "{n} green session of {session} comes first; entered so far: {green}. So this is {session} in place of {planned}.",
          "{n} green sessions of {session} come first; entered so far: {green}. So this is {session} in place of {planned}.",
          values,
        ),
      }[session.swappedFor];
      parts.push(make("p", { class: "kp-caution" }, words));
    }
    const red = names === "" ? null : redBefore(this.#data, this.#state, day);
    const { redBefore: last, redKind: kind } = this.#data.says;
    if (red !== null) {
      const before = red === "last" ? [] : [phrase("Your last session of this kind was red."), " "];
      parts.push(make("p", { class: "kp-caution" }, ...before, this.#told(red === "last" ? last : kind)));
    }
    const harder = gone === null ? progressOf(this.#data, this.#state, day) : null;
    for (const words of [harder, day.also]) if (words !== null) parts.push(make("p", {}, words));
    const isRed = colourOf(this.#data.light, entryOf(this.#state, day.number)) === "red";
    if (!isRed && now <= this.#data.days.length && this.#toFollow(session.blocks).length > 0) {
      parts.push(this.#start(session.blocks, day, red !== null || gone !== null ? "kp-today__carry" : "kp-start", gone !== null));
    }
    return parts;
  }

  /** A day whose session was done whole: that it was, and what comes next. */
  #did(now: number, day: PlanDay): HTMLElement[] {
    const parts = [make("p", { class: "kp-today__what kp-today__did" }, phrase("Day {day} is done.", { day: day.number })), ...this.#morning(now)];
    const [done, all] = entered(this.#data.checks, this.#state.checks, checkDay(day.number));
    if (day.checks && (done < all || all === 0)) {
      parts.push(this.#toCheck(day, phrase("{checks} of day {day}, if you have not yet.", { day: day.number })));
    }
    if (this.#shown !== now) return parts;
    const next = this.#data.days[day.number];
    return [...parts, next === undefined ? this.#next() : make("p", {}, phrase("Tomorrow: {what}.", { what: this.#what(next) }))];
  }

  /** The session of a day that was done, once more; not after red. */
  #again(now: number, day: PlanDay): HTMLElement[] {
    const { blocks } = sessionOf(this.#data, this.#state, day, this.#now());
    const isRed = colourOf(this.#data.light, entryOf(this.#state, day.number)) === "red";
    if (isRed || now > this.#data.days.length || this.#toFollow(blocks).length === 0) return [];
    return [button(phrase("Do it again"), () => void this.#follow(blocks, day, PlanElement.wake()))];
  }

  /** What a day is about, and how long that takes. */
  #what(day: PlanDay): string {
    const { blocks, minutes } = sessionOf(this.#data, this.#state, day, this.#now());
    if (blocks.length === 0) return phrase("Rest");
    return `${this.#names(blocks)} · ${counted(minutes, "about {n} minute", "about {n} minutes")}`;
  }

  #names(blocks: readonly string[]): string {
    return blocks.map((block) => this.#data.blocks[block] ?? block).join(" + ");
  }

  /** Whether the plan is over, and its end is shown. */
  #isAfter(now: number): boolean {
    return now > this.#data.days.length && this.#shown === this.#data.days.length;
  }

  /** When it is over: what comes after, and the last checks; no session is offered as if it were still for today. */
  #over(day: PlanDay, now: number): HTMLElement[] {
    // Who has entered nothing at all, and says that it began then, has kept it on paper.
    const gone = Object.keys(this.#state.days).length > 0 ? this.#gone(now) : null;
    // Weeks later no week of it is to be made up for: she begins again from day 1, or goes on to what comes after.
    const isLongOver = now - this.#data.days.length > WEEK;
    const again = isLongOver ? [button(phrase("Begin again with day 1 today"), () => this.#beginAgain(1))] : gone === null ? [] : this.#missed(gone);
    return [...(gone === null ? [] : again), this.#next(), ...(day.checks ? [this.#toCheck(day, phrase("{checks} of day {day}, if you have not yet.", { day: day.number }))] : [])];
  }

  #next(): HTMLElement {
    return make("p", {}, ...around(phrase("See {link}."), "link", make("a", { href: "#after" }, phrase("what comes after"))));
  }

  #toCheck(day: PlanDay, when: string): HTMLElement {
    const link = make("a", { href: this.#data.checks.length > 0 ? "#measured" : "#checks" }, phrase("Do the checks"));
    const [done, all] = entered(this.#data.checks, this.#state.checks, checkDay(day.number));
    return make("p", {}, ...around(when, "checks", link), make("span", { class: "kp-today__checked" }, enteredWords(done, all)));
  }

  /** The exercises of a day, each with a box to tick. */
  #list(day: PlanDay, ticked: () => void): HTMLElement[] {
    const { blocks } = sessionOf(this.#data, this.#state, day, this.#now());
    const exercises = blocks.flatMap((block) => this.#exercises(block, day, ticked));
    return exercises.length > 0 ? [make("ol", { class: "kp-session kp-session--ticks", role: "list" }, ...exercises)] : [];
  }

  /** Any day of a plan that has ended: no session, and what to do instead. */
  #stopped(on: number, now: number): HTMLElement[] {
    const { twice = "", twiceLang } = this.#data.light ?? {};
    const words = [phrase("Day {day} was the second red in a row.", { day: on }), " ", this.#told(twice, twiceLang)];
    return [
      make("p", { class: "kp-today__what" }, phrase("No session: the plan has stopped")),
      make("p", { class: "kp-caution" }, ...words),
      make("p", {}, this.#told(this.#data.says.stopped)),
      ...this.#morning(now), // its answer may have been what stopped the plan, and a slip
      button(phrase("Begin again with day 1 today"), () => this.#beginAgain(1)),
    ];
  }

  /** Words of health, marked where their language is another than the page's. */
  #told(words: string, lang = this.#data.says.lang): HTMLElement {
    return make("span", { lang: lang || undefined }, words);
  }

  /** The sessions that were missed, on the day on which one comes back. */
  #gone(now: number): Missed | null {
    return this.#shown === this.#clamp(now) ? missed(this.#data, this.#state, now) : null;
  }

  /** After many days without a session: the plan's rule, and its week again with one press. */
  #missed({ days, week, from, isLong }: Missed): HTMLElement[] {
    const gone = counted(days, "Nothing is entered for {n} session in a row.", "Nothing is entered for {n} sessions in a row.");
    return [
      make("p", { class: "kp-caution" }, gone, " ", this.#told(this.#data.says.missedDays), " ", phrase("What you entered is kept.")),
      button(phrase("Begin week {week} again today", { week }), () => this.#beginAgain(from), "kp-start"),
      // Body and memory have had a week off: the whole of it once more is offered, and she chooses.
      ...(isLong ? [button(phrase("Begin again with day 1 today"), () => this.#beginAgain(1))] : []),
    ];
  }

  /** Today is that day again; what was entered is kept. */
  #beginAgain(from: number): void {
    this.#store.set(beginAgain(this.#state, from, localDay(new Date())));
    forgetPlace();
    this.#shown = this.#clamp(from);
    this.#render("heading");
  }

  /** Today the question of the morning after the last score, with its answer, which can be changed, and what that means. */
  #morning(now: number): HTMLElement[] {
    const day = this.#shown === now ? morningAfter(this.#data, this.#state, now) : null;
    if (day === null) return [];
    const { settled } = entryOf(this.#state, day);
    const words =
      day === now - 1
        ? phrase("Are you back to your usual after yesterday’s session?")
        : phrase("Were you back to your usual on the morning after day {day}?", { day });
    const choice = (word: string, value: boolean): HTMLButtonElement => {
      const made = button(word, () => {
        this.#store.set(withEntry(this.#state, day, { settled: value }));
        this.#render();
        this.querySelector<HTMLElement>(".kp-today__morning [aria-pressed=true]")?.focus();
      });
      made.setAttribute("aria-pressed", String(settled === value));
      return made;
    };
    const colour = COLOUR_WORDS[colourOf(this.#data.light, entryOf(this.#state, day)) ?? "amber"];
    const rule =
      settled === null
        ? phrase("If not, day {day} counts one colour worse.", { day })
        : settled
          ? phrase("Day {day} keeps its colour: {colour}.", { day, colour })
          : phrase("It had not settled by morning, so day {day} counts one colour worse: {colour}.", { day, colour });
    const group = make("div", { class: "kp-today__morning kp-today__turn", role: "group", "aria-label": words });
    group.append(make("p", {}, words), choice(phrase("Yes"), true), choice(phrase("No"), false), make("p", {}, rule));
    return [group];
  }

  /** The exercises of a block as they are further down the page, each with a box to tick. */
  #exercises(block: string, day: PlanDay, ticked: () => void): HTMLElement[] {
    const found = document.querySelectorAll<HTMLElement>(`[aria-labelledby="session-${block}"] > ol > li`);
    return [...found].map((item) => {
      const copy = item.cloneNode(true) as HTMLElement;
      copy.removeAttribute("data-follow");
      const exercise = item.dataset["exercise"] ?? "";
      const id = `kp-done-${block}-${exercise}`;
      const title = copy.querySelector(".kp-session__title");
      title?.setAttribute("id", `${id}-title`);
      const box = make("input", { type: "checkbox", id, "aria-labelledby": `${id}-word ${id}-title` });
      box.checked = entryOf(this.#state, day.number).done.includes(exercise);
      box.addEventListener("change", () => {
        const others = entryOf(this.#state, day.number).done.filter((name) => name !== exercise);
        const done = box.checked ? [...others, exercise] : others;
        this.#store.set(withEntry(this.#state, day.number, { done }));
        ticked();
      });
      copy.append(make("label", { class: "kp-tick", for: id }, box, make("span", { id: `${id}-word` }, phrase("Done"))));
      return copy;
    });
  }

  /** What can be followed along of some blocks, as the list further down the page tells it. */
  #toFollow(blocks: readonly string[]): FollowData[] {
    const items = blocks.flatMap((block) => [
      ...document.querySelectorAll<HTMLElement>(`[aria-labelledby="session-${block}"] > ol > li[data-follow]`),
    ]);
    return items.map((item) => JSON.parse(item.dataset["follow"] ?? "") as FollowData);
  }

  #start(blocks: readonly string[], day: PlanDay, kind: string, isAfterAll: boolean): HTMLElement {
    const isToday = this.#shown === this.#now();
    const own = isToday ? phrase("Start today’s session") : phrase("Start the session of day {day}", { day: day.number });
    const words = isAfterAll ? phrase("Carry on with day {day}", { day: day.number }) : own;
    const begin = (): void => {
      void this.#follow(blocks, day, PlanElement.wake());
    };
    return button(words, begin, kind);
  }

  /** The whole session, exercise after exercise; each that was done whole is ticked, and at the end the score is asked. */
  async #follow(blocks: readonly string[], day: PlanDay, sound: AudioContext | null): Promise<void> {
    const [{ follow }] = await Promise.all([import("./follow/main.ts"), PlanElement.styled()]);
    const after = (): HTMLElement[] => {
      if (this.#data.light === null) return [];
      this.querySelector(".kp-today__pain")?.remove(); // one form at a time: its fields have names
      const form = painForm(this.#data, this.#store, day.number, this.#now() ?? 0, () => this.#markRows());
      return [make("p", { class: "kp-follow__head" }, phrase("How did that feel?")), form];
    };
    follow(
      {
        name: this.#session(blocks, day),
        parts: this.#toFollow(blocks),
        opener: null,
        done: (part) => {
          const { done } = entryOf(this.#state, day.number);
          this.#store.set(withEntry(this.#state, day.number, { done: [...new Set([...done, part.slug])] }));
        },
        after,
        closed: () => this.#render("heading"),
      },
      sound,
    );
  }

  #session(blocks: readonly string[], day: PlanDay): string {
    return `${location.pathname} day ${day.number}: ${blocks.join(" ")}`;
  }

  /** After a reload: a session that was on the screen is there again, paused. */
  async #comeBack(): Promise<void> {
    const day = this.#data.days[this.#shown - 1];
    const now = this.#now();
    if (day === undefined || now === null || stoppedOn(this.#data.light, this.#state) !== null) return;
    const { blocks } = sessionOf(this.#data, this.#state, day, this.#now());
    const { wasOpen } = await import("./follow/page.ts");
    if (wasOpen(this.#session(blocks, day), this.#toFollow(blocks))) void this.#follow(blocks, day, null);
  }

  #turn(now: number): HTMLElement {
    const row = make("div", { class: "kp-today__turn", role: "group", "aria-label": phrase("Other days") });
    const [before, after] = [this.#shown - 1, this.#shown + 1];
    if (before >= 1) row.append(button(phrase("‹ Day {day}", { day: before }), () => this.#show(before)));
    if (now !== this.#shown && now === this.#clamp(now)) row.append(button(phrase("Today"), () => this.#show(now)));
    if (after <= this.#data.days.length) row.append(button(phrase("Day {day} ›", { day: after }), () => this.#show(after)));
    return row;
  }

  /** In the table of days: which one is today, what became of each as the strip shows it, and what paper takes along. */
  #markRows(): void {
    const now = this.#now();
    if (now !== null) this.querySelector(".kp-today__along")?.replaceChildren(...this.#along(now));
    const { days, light } = this.#data;
    const needs = days.map((day) => day.needs);
    const stopped = stoppedOn(light, this.#state);
    const marks = marksOf(needs, this.#state, now ?? 0, stopped, light);
    for (const [at, { number }] of days.entries()) {
      const row = document.querySelector(`#day-${number} > th`);
      if (row === null) continue;
      if (number === now && stopped === null) row.parentElement?.setAttribute("aria-current", "date");
      else row.parentElement?.removeAttribute("aria-current");
      const mark = now === null ? null : markOf(marks[at] ?? "ahead");
      const sign = mark === null ? [] : [signOf(mark)];
      row.replaceChildren(String(number), ...sign);
    }
    fillPaper(this.#data, this.#state, document);
  }
}

/** Show the plan. `wake` and `styled` are the small script's own, which every page has already. */
export function begin(wake: () => AudioContext | null, styled: () => Promise<void>, safe: Safe): void {
  PlanElement.wake = wake;
  PlanElement.styled = styled;
  PlanElement.safe = safe;
  customElements.define("kp-plan", PlanElement);
}
