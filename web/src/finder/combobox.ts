/**
 * The list under a search field: a combobox as the ARIA guide describes it. The words stay in the
 * field, the focus too; arrows move through the list, Enter opens, Escape closes.
 */

import { make } from "../dom.ts";
import { type Answer, inOrder } from "./rank.ts";
import type { Finder } from "./finder.ts";
import type { Page } from "./index.ts";
import { option, safetyCard } from "./shown.ts";

const TERMS_MOST = 5;
const MOST = 8;

/** The best of everything in order; never so many terms that nothing to do is left. */
export function shortList(answer: Answer): Page[] {
  return inOrder({ ...answer, terms: answer.terms.slice(0, TERMS_MOST) }).slice(0, MOST);
}

export class Combobox {
  readonly #input: HTMLInputElement;
  readonly #finder: Finder;
  readonly #popup: HTMLElement;
  readonly #list: HTMLElement;
  readonly #safety: HTMLElement;
  readonly #status: HTMLElement;
  #options: HTMLElement[] = [];
  #active = -1;
  #asked = 0;

  constructor(form: HTMLFormElement, input: HTMLInputElement, finder: Finder) {
    this.#input = input;
    this.#finder = finder;
    const id = `${input.id}-list`;
    this.#list = make("ul", { id, role: "listbox", "aria-label": "Results" });
    this.#safety = make("div", { "aria-live": "assertive" });
    this.#status = make("p", { class: "kp-hidden", role: "status" });
    this.#popup = make("div", { class: "kp-popup", hidden: true }, this.#safety, this.#list);
    form.append(this.#popup, this.#status);
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": id,
      "aria-haspopup": "listbox",
    })) {
      input.setAttribute(name, value);
    }
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      // Behind a #, the words stay in the browser: nobody's server reads them. /find/ moves them on.
      location.assign(`${form.action}#?q=${encodeURIComponent(input.value.trim())}`);
    });
    input.addEventListener("input", () => void this.#show());
    input.addEventListener("keydown", (event) => this.#key(event));
    input.addEventListener("focus", () => void this.#show());
    form.addEventListener("focusout", (event) => {
      if (!form.contains(event.relatedTarget as Node | null)) this.#close();
    });
    // Before the field loses its focus and the list is closed.
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => {
      const chosen = (event.target as Element).closest<HTMLElement>("[role=option]");
      if (chosen !== null) this.#open(chosen);
    });
    if (document.activeElement === input) void this.#show();
  }

  async #show(): Promise<void> {
    const words = this.#input.value.trim();
    const asked = ++this.#asked;
    if (words === "") {
      this.#close();
      return;
    }
    const signs = await this.#finder.signs(words);
    const alone = signs.flags.some((flag) => flag.alone);
    const pages = alone ? [] : shortList(await this.#finder.find(words));
    if (asked !== this.#asked) return; // more was typed meanwhile
    const index = this.#finder.index;
    const warning = safetyCard(index, signs, pages);
    this.#options = pages.map((page, at) => option(index, page, `${this.#list.id}-${at}`));
    this.#list.replaceChildren(...this.#options);
    this.#safety.replaceChildren(...(warning ? [warning] : []));
    this.#mark(-1);
    const nothing = pages.length === 0;
    this.#list.hidden = nothing;
    this.#popup.hidden = nothing && warning === undefined;
    this.#input.setAttribute("aria-expanded", String(!nothing));
    if (alone) this.#status.textContent = "";
    else this.#status.textContent = nothing
      ? "Nothing found. Press Enter for other ways to find it."
      : `${pages.length} ${pages.length === 1 ? "result" : "results"}`;
  }

  #key(event: KeyboardEvent): void {
    const open = !this.#popup.hidden && this.#options.length > 0;
    if (event.key === "Escape" && !this.#popup.hidden) {
      event.preventDefault(); // the field keeps its words the first time
      this.#close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) {
        void this.#show();
        return;
      }
      const count = this.#options.length;
      const step = event.key === "ArrowDown" ? 1 : -1;
      // One place more than there are options: the field itself.
      this.#mark(((this.#active + 1 + step + count + 1) % (count + 1)) - 1);
    } else if (event.key === "Enter" && open && this.#active >= 0) {
      event.preventDefault();
      const chosen = this.#options[this.#active];
      if (chosen !== undefined) this.#open(chosen);
    }
  }

  #mark(at: number): void {
    this.#options[this.#active]?.setAttribute("aria-selected", "false");
    this.#active = at;
    const chosen = this.#options[at];
    if (chosen === undefined) {
      this.#input.removeAttribute("aria-activedescendant");
      return;
    }
    chosen.setAttribute("aria-selected", "true");
    chosen.scrollIntoView({ block: "nearest" });
    this.#input.setAttribute("aria-activedescendant", chosen.id);
  }

  #open(chosen: HTMLElement): void {
    const href = chosen.dataset["href"];
    if (href !== undefined) location.assign(href);
  }

  #close(): void {
    this.#asked++;
    this.#popup.hidden = true;
    this.#input.setAttribute("aria-expanded", "false");
    this.#mark(-1);
  }
}
