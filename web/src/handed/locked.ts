/**
 * The script of an encrypted page: asks for the passphrase or takes the key from the link, decrypts what is beside it, and
 * starts the plan's own script. What can go wrong has a sentence each, which is on the page already.
 */

import { inflateSync } from "fflate";
import { UNPACKED, type Packed } from "./packed.ts";
import { bytesOfLetters, Damaged, keyIn, keyOf, unlock, unseal } from "./sealed.ts";

type Said = "wrong" | "over" | "damaged" | "old" | "insecure" | "away" | "link" | "busy";

interface Inside {
  /** The inside of the page, as HTML. */
  readonly html: string;
  /** The first day on which it is not to be opened any more. */
  readonly until: string;
  readonly follow: readonly unknown[];
  readonly captions: Packed["captions"];
  /** The items of films, by the names of their pages. */
  readonly films: Readonly<Record<string, string>>;
}

/** It could not be fetched; `gone`: the host has it no more. */
class Away extends Error {
  readonly gone: boolean;

  constructor(gone: boolean) {
    super();
    this.gone = gone;
  }
}

const page = document.body.dataset;
const number = page["number"] ?? "";
const form = document.querySelector<HTMLFormElement>("form");
const typed = document.querySelector<HTMLInputElement>("#passphrase");
const KEPT = `kinopress-opened-${number}`;

function say(which: Said | null): void {
  for (const one of document.querySelectorAll<HTMLElement>("[data-said]")) one.hidden = one.dataset["said"] !== which;
}

async function fetched(item: string): Promise<Uint8Array<ArrayBuffer>> {
  let answer: Response;
  try {
    answer = await fetch(`${item}.bin`, { cache: "no-store", credentials: "omit" });
  } catch {
    throw new Away(false);
  }
  if (!answer.ok) throw new Away(answer.status === 404 || answer.status === 410);
  try {
    return new Uint8Array(await answer.arrayBuffer());
  } catch {
    throw new Away(false);
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
  const [inside, drawings] = await Promise.all([value<Inside>(key, "text"), value<Packed["drawings"]>(key, "figures")]);
  if (today() >= inside.until) {
    forget();
    say("over");
    return;
  }
  keep(bytes);
  const film = async (name: string): Promise<Uint8Array<ArrayBuffer>> => {
    const item = inside.films[name] ?? "";
    return unseal(key, await fetched(item), number, item);
  };
  Object.assign(window, { [UNPACKED]: { drawings, follow: inside.follow, captions: inside.captions, film } satisfies Packed });
  const read = new DOMParser().parseFromString(inside.html, "text/html");
  document.querySelector("article")?.replaceChildren(...read.body.childNodes);
  const script = document.createElement("script");
  script.src = "plan.js";
  document.body.append(script);
}

/** For this tab alone, so that a page loaded again asks nothing. */
function keep(bytes: Uint8Array): void {
  try {
    sessionStorage.setItem(KEPT, [...bytes].join());
  } catch {
    // then it asks again
  }
}

function kept(): Uint8Array<ArrayBuffer> | null {
  try {
    const found = sessionStorage.getItem(KEPT);
    return found === null ? null : Uint8Array.from(found.split(","), Number);
  } catch {
    return null;
  }
}

function forget(): void {
  try {
    sessionStorage.removeItem(KEPT);
  } catch {
    // nothing is kept
  }
}

/** What to say of something that went wrong. */
function meaning(error: unknown): Said {
  if (error instanceof Away) return error.gone ? "over" : "away";
  return "damaged";
}

async function byPassphrase(): Promise<void> {
  const [salt, data] = [bytesOfLetters(page["salt"] ?? ""), bytesOfLetters(page["key"] ?? "")];
  const rounds = Number(page["rounds"]);
  if (salt === null || data === null || !(rounds > 0)) {
    say("damaged");
    return;
  }
  say("busy");
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await unlock({ salt, data, rounds }, typed?.value ?? "", number);
  } catch (error) {
    say(error instanceof Damaged ? "wrong" : "old");
    typed?.focus();
    return;
  }
  await show(bytes).catch((error: unknown) => say(meaning(error)));
}

async function byLink(): Promise<void> {
  const letters = location.hash.slice(1);
  say("busy");
  if ((await keyIn(letters)) === null) say("link");
  else await show(bytesOfLetters(letters) ?? new Uint8Array()).catch((error: unknown) => say(error instanceof Damaged ? "link" : meaning(error)));
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
  const before = kept();
  if (before !== null) {
    try {
      await show(before);
      return;
    } catch (error) {
      if (error instanceof Away) {
        say(meaning(error));
        return;
      }
      forget();
    }
  }
  if (form === null) {
    await byLink();
    return;
  }
  say(null);
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void byPassphrase();
  });
}

void begin();
