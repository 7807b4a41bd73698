/** Dates, calendar, copies and paper of a plan, and taking it all back: what is below the day on a plan's page. */

import { make, phrase } from "./dom.ts";
import { calendar } from "./plan-calendar.ts";
import { bring, DAMAGED, FOREIGN, keptOn, keysOf, LARGEST_BYTES, read, written, type Brought } from "./plan-copy.ts";
import { earlierLines } from "./plan-paper.ts";
import type { Kept } from "./plan-shelf.ts";
import { isDay, localDay, PREFIX, type PlanData, type PlanStore } from "./plan-store.ts";
import { dayWords } from "./plan-strip.ts";

const PRIVATE = phrase(
  "What you enter stays in this browser, on this device. It is not sent to anybody. Others who use this device can see it.",
);
const KEEPS_NOTHING = phrase(
  "This browser keeps nothing (a private window, or storage is switched off). What you enter is gone when you close the page.",
);
const SAFARI = phrase(
  "Save a copy. Safari forgets what a page keeps once you have used it for seven days without opening this site, and an icon on the Home Screen begins with nothing.",
);
const MERGING = phrase(
  "A copy only adds to what is here. Where both have an entry for the same thing, the one on this device stays.",
);
const CALENDARS = phrase(
  "Google Calendar ignores reminders in files: set them there yourself. The entries are called “Session 4, 15 min”. They name no symptom and no exercise.",
);
const LINKED = phrase(
  "Each entry links to the list of plans, which leads on to your day; that address does not say what hurts.",
);
const COPY_NAME = "14-days-copy.txt";

/** What the tools of a plan reach for on the page. */
export interface Host {
  readonly data: PlanData;
  readonly store: PlanStore;
  readonly shelf: Kept | null;
  startOn(day: string): void;
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
async function deliver(name: string, type: string, text: string): Promise<boolean> {
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
  const { store } = host;
  const privacy = make("p", { class: "kp-today__private" }, store.keeps ? PRIVATE : KEEPS_NOTHING);
  const { start, saved } = store.state;
  if (start === null) return make("div", {}, ...(store.keeps ? [foldedCopy(host)] : []), privacy);
  const early = saved === null && store.keeps ? [offer(host)] : [];
  const fold = make(
    "details",
    { class: "kp-check kp-today__tools" },
    make("summary", {}, phrase("Dates, calendar, copies, print, forget")),
    ...dates(host, start),
    ...calendarTools(host),
    ...copies(host),
    make("h3", {}, phrase("Paper")),
    make("div", { class: "kp-today__turn" }, button(phrase("Print the plan"), () => window.print())),
    ...earlierWeeks(store),
    make("h3", {}, phrase("Forget")),
    forget(host),
  );
  return make("div", {}, ...early, fold, privacy);
}

function dates(host: Host, start: string): HTMLElement[] {
  const input = make("input", { type: "date", id: "kp-start", required: true, value: start });
  input.addEventListener("change", () => {
    if (isDay(input.value)) host.startOn(input.value);
  });
  return [
    make("div", { class: "kp-today__field" }, make("label", { for: "kp-start" }, phrase("First day")), input),
    make("p", {}, host.data.says.missedDays),
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

/** The offer that comes with the first day, before anything can be lost. */
function offer(host: Host): HTMLElement {
  return make(
    "div",
    { class: "kp-held kp-today__offer" },
    make("p", {}, SAFARI),
    make("div", { class: "kp-today__turn" }, saveCopy(host, phrase("Save a copy"))),
  );
}

function saveCopy(host: Host, words: string): HTMLButtonElement {
  return button(words, () => void save(host));
}

async function save({ store, shelf, told }: Host): Promise<void> {
  if (shelf === null) return;
  const today = localDay(new Date());
  store.set(store.state); // what is on the page, also where another window has forgotten it
  if (!(await deliver(COPY_NAME, "text/plain;charset=utf-8", written(keptOn(shelf), today)))) return;
  store.set({ ...store.state, saved: today });
  told([
    phrase("The copy is the file {file}. Keep it where you will find it again; whoever opens it can read your entries.", {
      file: COPY_NAME,
    }),
  ]);
}

function copies(host: Host): HTMLElement[] {
  const { keeps, state } = host.store;
  if (!keeps) return [];
  const words = [phrase("A copy holds all that this site keeps here: every plan, and how following along sounds.")];
  if (state.saved !== null) {
    words.push(phrase("The last one was saved on {day}; it knows nothing of what came after.", { day: dayWords(state.saved) }));
  }
  return [
    make("h3", { class: "kp-today__copies" }, phrase("Copies")),
    make("p", {}, words.join(" ")),
    make("div", { class: "kp-today__turn" }, saveCopy(host, phrase("Save a copy of everything"))),
    openCopy(host),
  ];
}

/** Before the first day few have a copy, and nothing is to be in the way of those who begin. */
function foldedCopy(host: Host): HTMLElement {
  return make("details", { class: "kp-check kp-today__saved" }, make("summary", {}, phrase("I have a saved copy")), openCopy(host));
}

function openCopy(host: Host): HTMLElement {
  const input = make("input", { type: "file", id: "kp-copy", accept: ".txt,.json,text/plain", "aria-describedby": "kp-copy-rule" });
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    if (file !== undefined) void opened(host, file);
  });
  return make(
    "div",
    { class: "kp-today__copy" },
    make("label", { for: "kp-copy" }, phrase("Open a saved copy")),
    input,
    make("p", { id: "kp-copy-rule" }, MERGING),
  );
}

async function opened({ data, store, shelf, told }: Host, file: File): Promise<void> {
  if (shelf === null) return;
  if (file.size > LARGEST_BYTES) {
    told([FOREIGN]);
    return;
  }
  let text: string;
  try {
    text = await file.text();
  } catch {
    told([DAMAGED]);
    return;
  }
  const copy = read(text);
  if (typeof copy === "string") {
    told([copy]);
    return;
  }
  const brought = bring(shelf, copy);
  if (brought === null) {
    told([
      phrase("This browser has no room for the copy, so nothing was changed. Free some space on the device, then open it again."),
    ]);
    return;
  }
  store.reread();
  told(brought.length === 0 ? [phrase("This copy holds no plan. Nothing was changed.")] : brought.map((one) => broughtWords(one, data.plans)));
}

function broughtWords({ slug, how }: Brought, titles: Readonly<Record<string, string>>): string {
  const title = titles[slug] ?? phrase("A plan that this site does not have ({name})", { name: slug });
  switch (how) {
    case "taken":
      return phrase("{title}: opened from the copy.", { title });
    case "added":
      return phrase("{title}: what was missing here was added from the copy.", { title });
    case "other":
      return phrase(
        "{title}: nothing was changed, since the copy is of another round of this plan. To have that one: save a copy of this one, forget the plan here, then open the other copy.",
        { title },
      );
  }
}

/** What was entered before a week was begun again. */
function earlierWeeks(store: PlanStore): HTMLElement[] {
  const lines = earlierLines(store.state).map((line) => make("li", {}, line));
  return lines.length === 0 ? [] : [make("p", {}, phrase("Before you began a week again:")), make("ul", {}, ...lines)];
}

/** Two ways to forget; each says once what goes, and asks. */
function forget(host: Host): HTMLElement {
  const { data, store, shelf } = host;
  const box = make("div", { class: "kp-today__turn" });
  const ask = (words: string, yes: string, act: () => void): void => {
    const keep = button(phrase("Keep it"), openers);
    box.replaceChildren(make("p", {}, words), button(yes, act, "kp-button--warn"), keep);
    keep.focus();
  };
  const thisPlan = (): void =>
    ask(phrase("Ticks, scores, notes, checks and dates of this plan will be gone. Sure?"), phrase("Yes, forget this plan"), () => {
      store.forget();
      host.forgotten();
    });
  const everything = (): void =>
    ask(phrase("This will be gone: {what}. Sure?", { what: allWords(data, shelf) }), phrase("Yes, forget everything"), () => {
      store.forget();
      if (shelf !== null) for (const key of keysOf(shelf)) shelf.removeItem(key);
      host.forgotten();
    });
  const openers = (): void => {
    const first = button(phrase("Forget this plan"), thisPlan, "kp-button--warn");
    box.replaceChildren(first, button(phrase("Forget everything"), everything, "kp-button--warn"));
    if (box.isConnected) first.focus();
  };
  openers();
  return box;
}

/** Everything that is kept, in words. */
function allWords(data: PlanData, shelf: Kept | null): string {
  const keys = shelf === null ? [] : keysOf(shelf);
  const plans = keys.filter((key) => key.startsWith(PREFIX)).map((key) => data.plans[key.slice(PREFIX.length)] ?? phrase("an earlier plan"));
  const others = keys.some((key) => !key.startsWith(PREFIX)) ? [phrase("your settings, as for sounds")] : [];
  return [phrase("ticks, scores, notes, checks and dates of {plans}", { plans: plans.join(", ") || phrase("this plan") }), ...others].join("; ");
}
