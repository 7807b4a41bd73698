/** Dates, calendar and paper of a plan, and taking it all back: what is below the day on a plan's page. */

import { make, phrase } from "./dom.ts";
import { calendar } from "./plan-calendar.ts";
import { earlierLines } from "./plan-paper.ts";
import type { Kept } from "./plan-shelf.ts";
import { isDay, type PlanData, type PlanStore } from "./plan-store.ts";

const PRIVATE = phrase(
  "What you enter stays in this browser, on this device. It is not sent to anybody. Others who use this device can see it.",
);
const CALENDARS = phrase(
  "Google Calendar ignores reminders in files: set them there yourself. The entries are called “Session 4, 15 min”. They name no symptom and no exercise.",
);
const LINKED = phrase(
  "Each entry links to the list of plans, which leads on to your day; that address does not say what hurts.",
);

/** How entries are kept safe elsewhere than in this browser. */
export interface Safe {
  /** What is said where the browser keeps nothing. */
  readonly keepsNothing: string;
  /** The name of the fold with the tools. */
  readonly tools: string;
  /** Whether more than this plan is kept here. */
  readonly others: ((data: PlanData, shelf: Kept | null) => Others) | null;
  /** This plan, or everything, was forgotten: what else is kept with it goes. */
  forgot?(): void;
  /** Before the first day. */
  before(host: Host): HTMLElement[];
  /** With the day. */
  early(host: Host): HTMLElement[];
  /** Among the tools. */
  among(host: Host): HTMLElement[];
}

export interface Others {
  /** Everything that is kept, in words. */
  readonly words: string;
  forget(): void;
}

/** What the tools of a plan reach for on the page. */
export interface Host {
  readonly data: PlanData;
  readonly store: PlanStore;
  readonly shelf: Kept | null;
  startOn(day: string): void;
  /** What keeps an entry safe: copies on a site, and of a plan in a file of its own the way to send how it went. */
  readonly safe: Safe;
  /** What was kept of this plan is gone. */
  forgotten(): void;
  /** Draw the page again, with some sentences to be read first. */
  told(lines: readonly string[]): void;
}

export function button(words: string, act: () => void, kind = ""): HTMLButtonElement {
  const found = make("button", { type: "button", class: `kp-button ${kind}`.trim() }, words);
  found.addEventListener("click", act);
  return found;
}

/** Give a file to the reader. An app on an iPhone's Home Screen cannot save one, but can share it. */
export async function deliver(name: string, type: string, text: string): Promise<boolean> {
  const file = new File([text], name, { type });
  const isApp = matchMedia("(display-mode: standalone)").matches;
  if (isApp && "canShare" in navigator && navigator.canShare({ files: [file] })) {
    try {
      await navigator.share({ files: [file] });
      return true;
    } catch {
      return false; // the reader thought better of it
    }
  }
  const address = URL.createObjectURL(file);
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // the browser may still be asking where to put it
  return true;
}

/** All of it, below the day. */
export function keeping(host: Host): HTMLElement {
  const { store, safe } = host;
  const privacy = make("p", { class: "kp-today__private" }, store.keeps ? PRIVATE : safe.keepsNothing);
  const { start } = store.state;
  if (start === null) return make("div", {}, ...safe.before(host), privacy);
  const fold = make(
    "details",
    { class: "kp-check kp-today__tools" },
    make("summary", {}, safe.tools),
    ...dates(host, start),
    ...calendarTools(host),
    ...safe.among(host),
    make("h3", {}, phrase("Paper")),
    make("div", { class: "kp-today__turn" }, button(phrase("Print the plan"), () => window.print())),
    ...earlierWeeks(store),
    make("h3", {}, phrase("Forget")),
    forget(host),
  );
  return make("div", {}, ...safe.early(host), fold, privacy);
}

function dates(host: Host, start: string): HTMLElement[] {
  const input = make("input", { type: "date", id: "kp-start", required: true, value: start });
  input.addEventListener("change", () => {
    if (isDay(input.value)) host.startOn(input.value);
  });
  return [
    make("div", { class: "kp-today__field" }, make("label", { for: "kp-start" }, phrase("First day")), input),
    make("p", { lang: host.data.says.lang || undefined }, host.data.says.missedRule),
  ];
}

function calendarTools(host: Host): HTMLElement[] {
  const time = make("input", { type: "time", id: "kp-time" });
  const choices = [
    ["", phrase("none")],
    ["0", phrase("at that time")],
    ["10", phrase("10 minutes before")],
    ["30", phrase("30 minutes before")],
    ["60", phrase("an hour before")],
  ] as const;
  const alarm = make(
    "select",
    { id: "kp-alarm", disabled: true },
    ...choices.map(([value, words]) => make("option", { value }, words)),
  );
  time.addEventListener("input", () => {
    alarm.disabled = time.value === "";
    if (alarm.disabled) alarm.value = "";
  });
  const save = (): void => {
    const { store } = host;
    store.set({ ...store.state, calendars: store.state.calendars + 1 });
    const minutes = alarm.value === "" ? null : Number(alarm.value);
    const file = calendar(host.data, store.state, { time: time.value || null, alarm: minutes, now: new Date() });
    if (file !== null) void deliver("14-days.ics", "text/calendar;charset=utf-8", file);
  };
  return [
    make("h3", {}, phrase("Calendar")),
    make("div", { class: "kp-today__field" }, make("label", { for: "kp-time" }, phrase("Time of day, if you like")), time),
    make("div", { class: "kp-today__field" }, make("label", { for: "kp-alarm" }, phrase("Reminder (needs a time)")), alarm),
    make("p", {}, CALENDARS),
    ...(host.data.home === null ? [] : [make("p", {}, LINKED)]),
    make("div", { class: "kp-today__turn" }, button(phrase("Save calendar file (.ics)"), save)),
  ];
}

/** What was entered before a week was begun again. */
function earlierWeeks(store: PlanStore): HTMLElement[] {
  const lines = earlierLines(store.state).map((line) => make("li", {}, line));
  return lines.length === 0 ? [] : [make("p", {}, phrase("Before you began a week again:")), make("ul", {}, ...lines)];
}

/** Ways to forget; each says once what goes, and asks. */
function forget(host: Host): HTMLElement {
  const { data, store, shelf, safe } = host;
  const box = make("div", { class: "kp-today__turn" });
  const ask = (words: string, yes: string, act: () => void): void => {
    const keep = button(phrase("Keep it"), openers);
    box.replaceChildren(make("p", {}, words), button(yes, act, "kp-button--warn"), keep);
    keep.focus();
  };
  const thisPlan = (): void =>
    ask(phrase("Ticks, scores, notes, checks and dates of this plan will be gone. Sure?"), phrase("Yes, forget this plan"), () => {
      store.forget();
      safe.forgot?.();
      host.forgotten();
    });
  const { others } = safe;
  const everything = (): void => {
    const all = others?.(data, shelf);
    ask(phrase("This will be gone: {what}. Sure?", { what: all?.words ?? "" }), phrase("Yes, forget everything"), () => {
      store.forget();
      all?.forget();
      safe.forgot?.();
      host.forgotten();
    });
  };
  const openers = (): void => {
    const first = button(phrase("Forget this plan"), thisPlan, "kp-button--warn");
    box.replaceChildren(first, ...(others === null ? [] : [button(phrase("Forget everything"), everything, "kp-button--warn")]));
    if (box.isConnected) first.focus();
  };
  openers();
  return box;
}
