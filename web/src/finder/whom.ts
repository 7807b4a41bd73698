/**
 * Whom to call, out of the foot of the page itself: it is there whatever could not be fetched or found. Its sentence and
 * numbers are those of `docs/data/help.yml`, and the page about help is named beside them (main.html).
 */

import { make } from "../dom.ts";
import { pieces } from "./phones.ts";
import { toAll } from "./shown.ts";

const NOTE = "[data-kp-help]";

/** A sentence with its telephone numbers as links that ring. */
export function ringing(numbers: readonly string[], sentence: string): (Node | string)[] {
  return pieces(sentence, numbers).map(({ text, href }) => (href === undefined ? text : make("a", { href }, text)));
}

/** The address of the page about help; empty where the site has none. */
export function helpAddress(): string {
  const said = document.querySelector<HTMLElement>(NOTE)?.dataset["kpHelp"] ?? "";
  return said === "" ? "" : new URL(said, location.href).href;
}

/** The language of whom to call and of the warning signs, as the foot says it; undefined where it is the page's, or unknown. */
export function toldLang(): string | undefined {
  return document.querySelector<HTMLElement>(NOTE)?.lang || undefined;
}

/** Whom to call and when, with the way to the page about help. */
export function whomToCall(): HTMLElement[] {
  const note = document.querySelector<HTMLElement>(NOTE);
  const numbers = [...(note?.querySelectorAll("a[href^='tel:']") ?? [])].map((link) => link.textContent ?? "");
  const said = (note?.textContent ?? "").trim().split(/(?<=[.!?])\s+/);
  const calls = said.filter((sentence) => numbers.some((number) => sentence.includes(number))).join(" ");
  const address = helpAddress();
  return [
    ...(calls === "" ? [] : [make("p", { class: "kp-safety__call", lang: toldLang() }, ...ringing(numbers, calls))]),
    ...(address === "" ? [] : [make("p", {}, make("a", { href: address }, toAll()))]),
  ];
}
