/** Begins the finder where the page has a field for it. Loaded when a reader reaches for one. */

import { Combobox } from "./combobox.ts";
import { around, make } from "../dom.ts";
import { kept, searched } from "./kept.ts";
import { load, ROOT } from "./load.ts";
import { phrase } from "./said.ts";

const begun = new WeakSet<HTMLFormElement>();

/** Make a form of the page search as one types. Once for each; without an index it stays a plain form. */
export async function begin(form: HTMLFormElement, index: Promise<Response>): Promise<void> {
  const input = form.querySelector<HTMLInputElement>("input[type=search]");
  if (input === null || begun.has(form)) return;
  begun.add(form);
  try {
    const finder = await load(index);
    const place = document.querySelector<HTMLElement>("[data-kp-results]");
    if (place !== null && !form.closest("header")) {
      const { FindPage } = await import("./find_page.ts");
      place.replaceChildren();
      new FindPage(finder, form, input, place);
    } else new Combobox(form, input, finder);
  } catch {
    begun.delete(form);
    if (!form.closest("header")) excuse(input.value);
  }
}

/** Says on the page of results that the search did not come, and where the same words can be looked up. */
function excuse(words: string): void {
  const asked = kept(words);
  const letter = asked.normalize("NFKD").charAt(0).toLowerCase();
  const place = /[a-z]/.test(letter) ? `#names-${letter}` : "";
  const link = make("a", { href: new URL(`a-z/${place}`, ROOT).href }, phrase("A–Z of all names"));
  const said =
    asked === ""
      ? phrase("The search could not be fetched. Look your words up in the {list}, or choose below where it hurts.")
      : phrase("The search could not be fetched. Look “{words}” up in the {list}, or choose below where it hurts.", { words: searched(asked) });
  const results = document.querySelector<HTMLElement>("[data-kp-results]");
  if (results === null) return;
  results.hidden = false;
  results.replaceChildren(
    make("p", { class: "kp-none", role: "status" }, ...around(said, "list", link)),
  );
}
