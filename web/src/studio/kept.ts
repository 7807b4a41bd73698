/**
 * What is typed survives a closed tab and a stopped studio: it is kept in this browser until the form is sent, and
 * offered when the page is opened again, never put in unasked.
 */

import { make } from "../dom.ts";

const PREFIX = "kinopress.studio.";
const SENT = `${PREFIX}sent`;

type Typed = Record<string, readonly string[]>;

/** What a person typed. What the page itself sends along, such as which edition of a file it shows, is left out. */
function typedIn(form: HTMLFormElement): Typed {
  const shown = new Set([...form.elements].filter((one) => !isHidden(one)).map((one) => one.getAttribute("name")));
  const typed: Record<string, string[]> = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && shown.has(name)) (typed[name] ??= []).push(value);
  }
  return typed;
}

/** Whether it is the same but for what the studio itself tidies up: blanks and commas at an end, rows that hold nothing. */
export function isSame(one: Typed, other: Typed): boolean {
  return tidied(one) === tidied(other);
}

function tidied(typed: Typed): string {
  const said = Object.entries(typed)
    .map(([name, values]) => [name, values.map((value) => value.replace(/\r\n/g, "\n").replace(/[\s,]+$/, "").trimStart())] as const)
    .map(([name, values]) => [name, values.filter((value) => value !== "")] as const)
    .filter(([, values]) => values.length > 0);
  return JSON.stringify(said.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What was kept; nothing where another edition of this page kept it. */
function read(kept: string): Typed | undefined {
  try {
    return JSON.parse(kept) as Typed;
  } catch {
    return undefined;
  }
}

const isHidden = (field: Element): boolean => field instanceof HTMLInputElement && field.type === "hidden";

/** Forget what was sent, once a page says that it was taken. */
export function forgetSent(): void {
  if (location.pathname !== "/publish" && !new URLSearchParams(location.search).has("said")) return;
  try {
    const sent = sessionStorage.getItem(SENT);
    if (sent !== null) localStorage.removeItem(sent);
    sessionStorage.removeItem(SENT);
  } catch {
    // storage is switched off
  }
}

const isField = (field: unknown): field is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement =>
  field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement;

const isChosen = (field: Element): field is HTMLInputElement =>
  field instanceof HTMLInputElement && ["radio", "checkbox"].includes(field.type);

const isTyped = (field: unknown): boolean =>
  (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) && field.value !== field.defaultValue;

/** Keep what is typed in a form; whether this browser lets it be kept. */
export function keepTyped(form: HTMLFormElement): boolean {
  const key = PREFIX + (form.dataset["stKept"] ?? "");
  const first = typedIn(form);
  let before: string | null = null;
  try {
    before = localStorage.getItem(key);
  } catch {
    return false; // storage is switched off
  }
  const keep = (): void => {
    try {
      localStorage.setItem(key, JSON.stringify(typedIn(form)));
    } catch {
      // full, or switched off meanwhile
    }
  };
  const typed = before === null ? undefined : read(before);
  // The answer to what was sent has all of it in its fields.
  if (form.dataset["stAnswer"] !== undefined) keep();
  else if (typed && !isSame(typed, first)) offer(form, key, typed);
  // On a busy computer somebody may have typed before this script was there.
  if (before === null && [...form.elements].some(isTyped)) keep();
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (isField(field) && field.form === form) keep();
  });
  // It is forgotten when the studio has answered that it was taken, not before: the studio may have been stopped.
  // What only looks, in another tab, takes nothing.
  form.addEventListener("submit", (event) => {
    if (event.submitter?.hasAttribute("formtarget") !== true) sessionStorage.setItem(SENT, key);
  });
  return true;
}

function offer(form: HTMLFormElement, key: string, kept: Typed): void {
  const put = make("button", { type: "button", class: "st-button--quiet" }, "Put it back");
  const drop = make("button", { type: "button", class: "st-button--quiet" }, "Forget it");
  const box = make(
    "div",
    { class: "st-said", role: "status" },
    make("p", {}, "Something was typed here and not sent, before this page was closed."),
    make("div", { class: "st-actions" }, put, drop),
  );
  put.addEventListener("click", () => {
    for (const [name, values] of Object.entries(kept)) {
      const fields = [...form.elements].filter((one) => one.getAttribute("name") === name && !isHidden(one)).filter(isField);
      for (const field of fields) if (isChosen(field)) field.checked = values.includes(field.value);
      const written = fields.filter((field) => !isChosen(field));
      for (const [at, value] of values.entries()) {
        const field = written[at];
        if (field) field.value = value;
      }
    }
    box.remove();
  });
  drop.addEventListener("click", () => {
    localStorage.removeItem(key);
    box.remove();
  });
  form.before(box);
}
