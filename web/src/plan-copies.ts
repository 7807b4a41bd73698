/** Copies of what a site keeps: saved as a file, and opened again. What a plan on a site has to keep its entries safe. */

import { make, phrase } from "./dom.ts";
import { bring, DAMAGED, FOREIGN, keptOn, keysOf, LARGEST_BYTES, read, written, type Brought } from "./plan-copy.ts";
import { begin as plan } from "./plan-element.ts";
import { button, deliver, type Host, type Safe } from "./plan-keeping.ts";
import { OfPages, type Kept } from "./plan-shelf.ts";
import { localDay, PREFIX, type PlanData } from "./plan-store.ts";
import { dayWords } from "./plan-strip.ts";

const KEEPS_NOTHING = phrase(
  "This browser keeps nothing (a private window, or storage is switched off). What you enter is gone when you close the page.",
);
/** Whether the browser is Apple's, or made of it, as all are on an iPhone: what is said of Safari is true of those alone. */
const OF_APPLE = navigator.vendor.startsWith("Apple");
const FORGETS = OF_APPLE
  ? phrase(
      "Save a copy. Safari forgets what a page keeps once you have used it for seven days without opening this site, and an icon on the Home Screen begins with nothing.",
    )
  : phrase("Save a copy. What this page keeps is gone when the data of this browser is cleared, and another device knows nothing of it.");
const MERGING = phrase(
  "A copy only adds to what is here. Where both have an entry for the same thing, the one on this device stays.",
);
const COPY_NAME = "14-days-copy.txt";

const COPIES: Safe = {
  keepsNothing: KEEPS_NOTHING,
  tools: phrase("Dates, calendar, copies, print, forget"),
  others: (data, shelf) => ({
    words: allWords(data, shelf),
    forget: () => {
      if (shelf !== null) for (const key of keysOf(shelf)) shelf.removeItem(key);
      new OfPages().forgetEverything();
    },
  }),
  before: (host) => (host.store.keeps ? [foldedCopy(host)] : []),
  early: (host) => (host.store.state.saved === null && host.store.keeps ? [offer(host)] : []),
  among: copies,
};

/** The offer that comes with the first day, before anything can be lost. */
function offer(host: Host): HTMLElement {
  return make(
    "div",
    { class: "kp-held kp-today__offer" },
    make("p", {}, FORGETS),
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

/** Everything that is kept, in words. */
function allWords(data: PlanData, shelf: Kept | null): string {
  const keys = shelf === null ? [] : keysOf(shelf);
  const plans = keys.filter((key) => key.startsWith(PREFIX)).map((key) => data.plans[key.slice(PREFIX.length)] ?? phrase("an earlier plan"));
  const others = keys.some((key) => !key.startsWith(PREFIX)) ? [phrase("your settings, as for sounds")] : [];
  const handed = new OfPages().hasAny ? [phrase("what was entered in plans for you alone that were opened at this address")] : [];
  return [phrase("ticks, scores, notes, checks and dates of {plans}", { plans: plans.join(", ") || phrase("this plan") }), ...handed, ...others].join("; ");
}

/** Show the plan of a page. */
export function begin(wake: () => AudioContext | null, styled: () => Promise<void>): void {
  plan(wake, styled, COPIES);
}
