/** Begins the finder where the page has a field for it. Loaded when a reader reaches for one. */

import { Combobox } from "./combobox.ts";
import { load } from "./load.ts";
import { found, lost } from "./lost.ts";

const begun = new WeakSet<HTMLFormElement>();

/**
 * Make a form of the page search as one types. Once for each; without an index it stays a plain form.
 * `isAhead`: nobody has moved yet. Then the rules for warning signs wait: they have more bytes than all that a
 * page may ask for before it is used, and come with the reader's first move, which is before her first word.
 */
export async function begin(form: HTMLFormElement, index: Promise<Response>, isAhead = false): Promise<void> {
  const input = form.querySelector<HTMLInputElement>("input[type=search]");
  if (input === null) return;
  if (begun.has(form)) {
    if (!isAhead) load(index).then((finder) => finder.prepare(), () => undefined); // whoever began it says what failed
    return;
  }
  begun.add(form);
  try {
    const finder = await load(index);
    found(form);
    // After the index, which is needed first: by the time that words can mean a sign, the rules are here.
    if (!isAhead) finder.prepare();
    const place = document.querySelector<HTMLElement>("[data-kp-results]");
    if (place !== null && !form.closest("header")) {
      const { FindPage } = await import("./find_page.ts");
      place.replaceChildren();
      new FindPage(finder, form, input, place);
    } else new Combobox(form, input, finder);
  } catch {
    begun.delete(form);
    lost(form, input);
  }
}
