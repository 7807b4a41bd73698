/**
 * The list under a search field: a combobox as the ARIA guide describes it. The words stay in the
 * field, the focus too; arrows move through the list, Enter opens, Escape closes.
 */

import { make } from "../dom.ts";
import { counted, phrase } from "./said.ts";
import { kept } from "./kept.ts";
import { type Finder, type Found, REST_MS } from "./finder.ts";
import { grouped, NO_PEOPLE, shortened } from "./groups.ts";
import { ASKS, checking, CHECKING_MS, foldsPages, keepInSight, option, warn, warningOf } from "./shown.ts";
import { whomToCall } from "./whom.ts";

/** More than this fills a phone's screen above its keyboard. */
const MOST = 8;

/** A page out of sight paints nothing: so long, in milliseconds, is waited for it. */
const PAINTS_MS = 100;

/** Settled when what was changed is on the screen: a slow phone shows it before it reads more. */
function painted(): Promise<void> {
  return new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, PAINTS_MS);
  });
}

export class Combobox {
  readonly #input: HTMLInputElement;
  readonly #finder: Finder;
  readonly #popup: HTMLElement;
  readonly #list: HTMLElement;
  readonly #safety: HTMLElement;
  readonly #status: HTMLElement;
  /** What is in sight where no list is: that words are still checked, or whom to call when nothing was found. */
  readonly #instead = make("div", { class: "kp-popup__instead", hidden: true });
  #options: HTMLElement[] = [];
  #active = -1;
  #asked = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;
  /** Somebody puts a finger on the list: it stays as it is. */
  #isChosenFrom = false;

  constructor(form: HTMLFormElement, input: HTMLInputElement, finder: Finder) {
    this.#input = input;
    this.#finder = finder;
    const id = `${input.id}-list`;
    // Out of the way of the Tab key: a browser would stop at a list that scrolls.
    this.#list = make("div", { id, role: "listbox", "aria-label": phrase("Results"), tabindex: -1 });
    this.#safety = make("div", { "aria-live": "assertive" });
    this.#status = make("p", { class: "kp-hidden", role: "status" });
    this.#popup = make("div", { class: "kp-popup", hidden: true }, this.#safety, this.#instead, this.#list);
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
      // Behind a # the words stay in the browser: nobody's server reads them.
      location.assign(new URL(`#?q=${encodeURIComponent(kept(input.value))}`, form.action));
    });
    input.addEventListener("input", () => this.#typed());
    input.addEventListener("keydown", (event) => this.#key(event));
    input.addEventListener("focus", () => void this.#show());
    form.addEventListener("focusout", (event) => {
      if (!form.contains(event.relatedTarget as Node | null)) this.#close();
    });
    // Before the field loses its focus and the list is closed.
    this.#list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.#isChosenFrom = true;
    });
    this.#list.addEventListener("click", (event) => {
      const chosen = (event.target as Element).closest<HTMLElement>("[role=option]");
      if (chosen !== null) this.#open(chosen);
    });
    if (document.activeElement === input) this.#typed();
  }

  #typed(): void {
    const words = kept(this.#input.value);
    void this.#show(true);
    this.#rest = setTimeout(() => void this.#look(words), REST_MS);
  }

  /** Looks for warning signs in words that are whole now; what is shown stays where there are none. That nothing was found is said now. */
  async #look(words: string): Promise<void> {
    if (this.#finder.awaitsRules(words)) {
      await this.#show();
      return;
    }
    const { flags, isNear } = await this.#finder.signs(words);
    if ((isNear || this.#popup.hidden || flags.length > 0) && words === kept(this.#input.value)) await this.#show();
  }

  async #show(isTyping = false): Promise<void> {
    clearTimeout(this.#rest);
    const words = kept(this.#input.value);
    const asked = ++this.#asked;
    if (words === "") {
      this.#close();
      return;
    }
    this.#isChosenFrom = false;
    let isEarly = false;
    // On a slow line the second file takes a while: what is known already is shown, and read out when it is whole.
    const early = async (found: Found): Promise<void> => {
      const warning = await this.#warned(found);
      if (asked !== this.#asked) return;
      this.#fill(found, warning);
      isEarly = true;
      await painted();
    };
    const hangs = isTyping && this.#finder.hangsOnLastWord(words);
    const checks = !hangs && this.#finder.awaitsRules(words) ? this.#checking() : undefined;
    const found = await this.#finder.found(words, isTyping, early);
    const warning = await this.#warned(found);
    clearTimeout(checks);
    if (asked !== this.#asked) return; // more was typed meanwhile
    // What somebody has reached, be it an option or whom to call, is not taken from under them.
    const isReached = this.#active >= 0 || this.#isChosenFrom || this.#safety.contains(document.activeElement);
    const isInUse = isEarly && isReached;
    if (!isInUse) this.#fill(found, warning);
    const nothing = this.#options.length === 0;
    // "Nothing found" under a warning sign would say that there is nothing to it; of a word that is begun nobody knows it yet.
    if (found.alone || (nothing && (isTyping || found.signs.flags.length > 0 || found.signs.isUnread))) this.#status.textContent = "";
    else if (nothing) {
      const said = phrase("Nothing found. Press Enter for other ways to find it.");
      this.#status.textContent = said;
      if (warning === undefined) this.#showInstead(make("p", {}, said), make("div", ASKS, ...whomToCall()));
    } else {
      const about = found.answer.seeksPerson ? ` ${NO_PEOPLE}` : "";
      const many = counted(this.#options.length, "{n} result", "{n} results");
      this.#status.textContent = `${many}.${about} ${phrase("Press Enter for all results.")}`;
    }
  }

  /** Until words are checked by the rules nothing is shown that may be wrong beside them; after a while it is said why. */
  #checking(): ReturnType<typeof setTimeout> {
    this.#options = [];
    this.#mark(-1);
    this.#list.replaceChildren();
    this.#safety.replaceChildren();
    this.#popup.hidden = true;
    this.#input.setAttribute("aria-expanded", "false");
    this.#status.textContent = "";
    const asked = this.#asked;
    return setTimeout(() => {
      if (asked !== this.#asked) return;
      this.#showInstead(make("p", {}, checking()));
      this.#status.textContent = checking();
    }, CHECKING_MS);
  }

  #showInstead(...said: readonly HTMLElement[]): void {
    this.#instead.replaceChildren(...said);
    this.#instead.hidden = this.#popup.hidden = false;
    this.#list.hidden = true;
  }

  #warned(found: Found): Promise<HTMLElement | undefined> {
    return warningOf(this.#finder.index, found.signs, found.answer.hits.map((hit) => hit.page));
  }

  /** Shows what was found, nothing marked yet. */
  #fill(found: Found, warning: HTMLElement | undefined): void {
    const { index } = this.#finder;
    this.#instead.hidden = true;
    // A list has no fold: beside an emergency, and where nothing was checked, it is left out. Enter leads to the pages.
    const hits = foldsPages(found.signs) ? [] : found.answer.hits;
    const groups = shortened(grouped(hits.map((hit) => hit.page), found.signs, index.help), MOST);
    this.#list.replaceChildren(
      ...groups.map(({ key, label, results }) => {
        const id = `${this.#list.id}-${key}`;
        const name = make("p", { id, role: "presentation", class: "kp-popup__label" }, label);
        const options = results.map((one) =>
          option(index, one, found.answer, `${this.#list.id}-${one.rank}`),
        );
        return make("div", { role: "group", "aria-labelledby": id }, name, ...options);
      }),
    );
    this.#options = [...this.#list.querySelectorAll<HTMLElement>("[role=option]")];
    warn(this.#safety, warning);
    this.#mark(-1);
    const nothing = this.#options.length === 0;
    this.#list.hidden = nothing;
    this.#popup.hidden = nothing && warning === undefined;
    this.#input.setAttribute("aria-expanded", String(!nothing));
    keepInSight(this.#safety, this.#input);
  }

  #key(event: KeyboardEvent): void {
    // A word that is still being put together (Japanese, dictation) has these keys for itself.
    // Safari gives the key that ends it only by its number.
    if (event.isComposing || event.keyCode === 229) return;
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
    clearTimeout(this.#rest);
    this.#popup.hidden = true;
    this.#input.setAttribute("aria-expanded", "false");
    this.#mark(-1);
  }
}
