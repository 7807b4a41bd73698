/**
 * Without the index: what it could not find is said, with whom to call, and the words are looked at for warning signs all
 * the same. Each word counts as it is typed: which of them are slips, only the index knows.
 */

import { around, make } from "../dom.ts";
import type { Found } from "./asking.ts";
import { kept, searched } from "./kept.ts";
import { fetched, FOUND, ROOT } from "./load.ts";
import { safetyCard } from "./safety.ts";
import { phrase } from "./said.ts";
import { ASKS, foldsPages } from "./shown.ts";
import { readSigns, type SignsFile, signsIn } from "./signs.ts";
import { helpAddress, whomToCall } from "./whom.ts";

/** So long a rest between letters, in milliseconds, that words are looked at. */
const REST_MS = 300;
const EVERY_WORD = { has: () => true };

interface Checks {
  readonly signs: (words: string) => Found;
  readonly card: (found: Found) => HTMLElement | undefined;
}

let checks: Promise<Checks> | undefined;

async function rules(): Promise<Checks> {
  const signs = readSigns((await (await fetched("signs.json")).json()) as SignsFile);
  const help = { help: helpAddress() };
  return {
    signs: (words) => signsIn({ numberOf: EVERY_WORD }, signs, words),
    card: (found) => found.facts && safetyCard(help, found, found.facts, [], true),
  };
}

/** Says that the search did not come, on the page of results or below the field, and looks at what is typed meanwhile. */
export function lost(form: HTMLFormElement, input: HTMLInputElement): void {
  form.dispatchEvent(new Event(FOUND));
  const ends = new AbortController();
  form.addEventListener(FOUND, () => ends.abort(), { once: true });
  const place = form.closest("header") ? null : document.querySelector<HTMLElement>("[data-kp-results]");
  const box = make("div", place === null ? { class: "kp-popup", hidden: true } : {});
  const safety = make("div", { "aria-live": "assertive" });
  const said = make("div", {});
  box.append(safety, said);
  if (place === null) form.append(box);
  else {
    place.hidden = false;
    place.replaceChildren(box);
  }
  ends.signal.addEventListener("abort", () => box.remove());
  let asked = 0;
  const show = async (): Promise<void> => {
    const mine = ++asked;
    const words = kept(input.value);
    box.hidden = place === null && words === "";
    said.replaceChildren(excuse(words, true));
    safety.replaceChildren();
    if (words === "") return;
    try {
      const { signs, card } = await (checks ??= rules());
      if (mine !== asked || ends.signal.aborted) return;
      const of = signs(words);
      const warning = card(of);
      if (warning !== undefined) safety.replaceChildren(warning);
      if (foldsPages(of)) said.replaceChildren();
      else if (of.flags.length > 0) said.replaceChildren(excuse(words, false));
    } catch {
      checks = undefined; // the next words ask again; whom to call is there already
    }
  };
  let rest: ReturnType<typeof setTimeout> | undefined;
  input.addEventListener("input", () => {
    clearTimeout(rest);
    rest = setTimeout(() => void show(), REST_MS);
  }, { signal: ends.signal });
  void show();
}

/** That the search did not come, whom to call, and where the same words can be looked up. */
function excuse(words: string, calls: boolean): HTMLElement {
  const letter = words.normalize("NFKD").charAt(0).toLowerCase();
  const place = /[a-z]/.test(letter) ? `#names-${letter}` : "";
  const link = make("a", { href: new URL(`a-z/${place}`, ROOT).href }, phrase("A–Z of all names"));
  const said =
    words === ""
      ? phrase("The search could not be fetched. Look your words up in the {list}, or choose below where it hurts.")
      : phrase("The search could not be fetched. Look “{words}” up in the {list}, or choose below where it hurts.", { words: searched(words) });
  return make(
    "div",
    { class: "kp-none" },
    calls ? make("div", ASKS, ...whomToCall()) : undefined,
    make("p", { role: "status" }, ...around(said, "list", link)),
  );
}
