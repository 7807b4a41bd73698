/**
 * The script of an encrypted page: asks for the passphrase or takes the key from the link, decrypts what is beside it, and
 * starts the plan's own script. What can go wrong has a sentence each, which is on the page already.
 */

import { inflateSync } from "fflate";
import { OfPages } from "../plan-shelf.ts";
import { FILM_TYPE, UNPACKED, type Packed } from "./packed.ts";
import { areRounds, bytesOfLetters, Damaged, isKeyOf, keyOf, unlock, unseal } from "./sealed.ts";

type Said = "wrong" | "over" | "damaged" | "old" | "insecure" | "away" | "link" | "closed" | "busy" | "other";

interface Inside {
  /** The inside of the page, as HTML. */
  readonly html: string;
  /** The first day on which it is not to be opened any more. */
  readonly until: string;
  readonly drawings: Packed["drawings"];
  readonly follow: readonly unknown[];
  readonly captions: Packed["captions"];
  /** The items of each film, in their order, by the names of their pages. */
  readonly films: Readonly<Record<string, readonly string[]>>;
}

/** It could not be fetched; "over": the host has it no more; "other": something else came in its place. */
class Away extends Error {
  readonly said: Said;

  constructor(said: Said) {
    super();
    this.said = said;
  }
}

const page = document.body.dataset;
const number = page["number"] ?? "";
const form = document.querySelector<HTMLFormElement>("form");
const typed = document.querySelector<HTMLTextAreaElement>("#passphrase");
const pages = new OfPages();
const KEY_LETTERS = 43;
let isOpen = false;

function say(which: Said | null): void {
  for (const one of document.querySelectorAll<HTMLElement>("[data-said]")) one.hidden = one.dataset["said"] !== which;
}

async function fetched(item: string): Promise<Uint8Array<ArrayBuffer>> {
  let answer: Response;
  try {
    answer = await fetch(`${item}.bin`, { cache: "no-store", credentials: "omit" });
  } catch {
    throw new Away("away");
  }
  if (!answer.ok) throw new Away(answer.status === 404 || answer.status === 410 ? "over" : "away");
  // A network that asks people to sign in answers with a page of its own, and so do some hosts.
  if (answer.redirected || (answer.headers.get("Content-Type") ?? "").startsWith("text/html")) throw new Away("other");
  try {
    return new Uint8Array(await answer.arrayBuffer());
  } catch {
    throw new Away("away");
  }
}

async function value<T>(key: CryptoKey, item: string): Promise<T> {
  const packed = await unseal(key, await fetched(item), number, item);
  return JSON.parse(new TextDecoder().decode(inflateSync(packed))) as T;
}

function today(): string {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

async function show(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const key = await keyOf(bytes);
  const inside = await value<Inside>(key, "plan");
  const read = new DOMParser().parseFromString(inside.html, "text/html");
  const plan = read.querySelector<HTMLElement>("kp-plan")?.dataset["id"] ?? "";
  if (today() >= inside.until) {
    say("over");
    const hadEntries = pages.forget(plan);
    pages.forgetPage(number);
    if (hadEntries) reveal("[data-erased]");
    return;
  }
  isOpen = true;
  pages.note(number, plan);
  const film = async (name: string): Promise<Blob> => {
    const pieces: Blob[] = [];
    // One piece in memory at a time: a browser may keep what is in a blob on the disk.
    for (const item of inside.films[name] ?? []) pieces.push(new Blob([await unseal(key, await fetched(item), number, item)]));
    return new Blob(pieces, { type: FILM_TYPE });
  };
  const { drawings, follow, captions } = inside;
  const forgot = (): void => pages.forgetPage(number);
  Object.assign(window, { [UNPACKED]: { drawings, follow, captions, film, forgot } satisfies Packed });
  document.querySelector("article")?.replaceChildren(...read.body.childNodes);
  const heading = document.querySelector<HTMLElement>("h1");
  heading?.setAttribute("tabindex", "-1");
  heading?.focus();
  reveal("[data-close]")?.addEventListener("click", close);
  document.addEventListener("click", stay);
  if (form !== null) closeWhenLeft();
  const script = document.createElement("script");
  script.src = "plan.js";
  // What is not ours may come in its place, and may even run: then there is no plan either.
  for (const end of ["load", "error"]) script.addEventListener(end, sayWhereNoPlanRuns);
  document.body.append(script);
}

function sayWhereNoPlanRuns(): void {
  if (customElements.get("kp-plan") === undefined) reveal("#today [data-kp-damaged]");
}

function reveal(which: string): HTMLElement | null {
  const found = document.querySelector<HTMLElement>(which);
  if (found !== null) found.hidden = false;
  return found;
}

/** Nothing of the key is kept, so a page loaded again is closed; what is after # in the address goes before that. */
function close(): void {
  history.replaceState({ closed: true }, "", location.pathname);
  location.reload();
}

/**
 * Gone from, a browser may keep a page as it was, and show it open to whoever goes back on a device that others use, too.
 * Opened by words it is empty then, and asks for them.
 */
function closeWhenLeft(): void {
  addEventListener("pagehide", ({ persisted }) => {
    if (persisted) document.body.hidden = true;
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) close();
  });
}

/**
 * A link inside the page leads there without a change of the address. In the address is the key, with which a page loaded
 * again opens; and the name of an exercise or of a warning sign there would be in the browser's history in clear.
 */
function stay(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href^="#"]') : null;
  const target = document.getElementById(decodeURIComponent(link?.hash.slice(1) ?? ""));
  if (target === null) return;
  event.preventDefault();
  if (target instanceof HTMLDetailsElement) target.open = true;
  target.scrollIntoView();
  const first = target.querySelector<HTMLElement>("summary") ?? target;
  if (first === target) target.setAttribute("tabindex", "-1");
  first.focus({ preventScroll: true });
}

/** Say what went wrong. Where the host has the page no more, what was entered can go as well: it may only be away for a while. */
function complain(error: unknown): void {
  const said = error instanceof Away ? error.said : "damaged";
  say(said);
  if (said !== "over" || !pages.has(number)) return;
  const button = reveal("[data-erase]");
  button?.addEventListener("click", () => {
    pages.forgetAllOf(number);
    button.hidden = true;
    reveal("[data-erased]");
  });
}

async function byPassphrase(button: HTMLButtonElement | null): Promise<void> {
  const [salt, data] = [bytesOfLetters(page["salt"] ?? ""), bytesOfLetters(page["key"] ?? "")];
  const rounds = Number(page["rounds"]);
  if (salt === null || data === null || !areRounds(rounds)) {
    say("damaged");
    return;
  }
  say("busy");
  if (button !== null) button.disabled = true;
  try {
    const bytes = await unlock({ salt, data, rounds }, typed?.value ?? "", number).catch((error: unknown) => {
      say(error instanceof Damaged ? "wrong" : "old");
      return null;
    });
    if (bytes !== null) await show(bytes).catch(complain);
  } finally {
    if (button !== null) button.disabled = false;
  }
  if (!isOpen) typed?.focus();
}

async function byLink(): Promise<void> {
  if (location.hash === "" && (history.state as { closed?: boolean } | null)?.closed === true) {
    say("closed");
    return;
  }
  say("busy");
  // What a message put after the link is not of the key: the dot of a sentence, or the mark of a newsletter.
  const bytes = bytesOfLetters(location.hash.slice(1, 1 + KEY_LETTERS));
  if (bytes === null || !(await isKeyOf(bytes, number, page["check"] ?? ""))) say("link");
  else await show(bytes).catch(complain);
}

async function begin(): Promise<void> {
  if (!window.isSecureContext) {
    say("insecure");
    return;
  }
  if (typeof crypto === "undefined" || crypto.subtle === undefined || typeof BigInt === "undefined") {
    say("old");
    return;
  }
  if (form === null) {
    // A whole link put in after one of which a part was missing.
    addEventListener("hashchange", () => {
      if (!isOpen) void byLink();
    });
    await byLink();
    return;
  }
  say(null);
  form.hidden = false;
  const button = form.querySelector("button");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (button?.disabled !== true) void byPassphrase(button);
  });
  typed?.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    button?.click();
  });
}

void begin();
