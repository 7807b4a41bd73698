/** Begins the finder where the page has a field for it. Loaded when a reader reaches for one. */

import { make } from "../dom.ts";
import { Combobox } from "./combobox.ts";
import { FOUND, load } from "./load.ts";
import { unread } from "./shown.ts";

const begun = new WeakSet<HTMLFormElement>();

/**
 * Make a form of the page search as one types. Once for each; without an index it stays a plain form.
 */
export async function begin(form: HTMLFormElement, index: Promise<Response>): Promise<void> {
  const input = form.querySelector<HTMLInputElement>("input[type=search]");
  if (input === null || begun.has(form)) return;
  begun.add(form);
  try {
    const finder = await load(index);
    form.dispatchEvent(new Event(FOUND));
    const place = document.querySelector<HTMLElement>("[data-kp-results]");
    if (place !== null && !form.closest("header")) {
      const { FindPage } = await import("./find_page.ts");
      place.replaceChildren();
      new FindPage(finder, form, input, place);
    } else new Combobox(form, input, finder);
  } catch {
    begun.delete(form);
    await without(form, input);
  }
}

/** Without an index words are checked all the same. What does so comes with the rules; without it the reader is told whom to call. */
async function without(form: HTMLFormElement, input: HTMLInputElement): Promise<void> {
  try {
    const { lost } = await import("./signs.ts");
    if (!begun.has(form)) lost(form, input);
  } catch {
    if (begun.has(form)) return; // a later attempt has come meanwhile
    form.dispatchEvent(new Event(FOUND)); // what an earlier attempt said
    const box = make("div", { class: "kp-popup" }, unread());
    form.append(box);
    form.addEventListener(FOUND, () => box.remove(), { once: true });
  }
}
