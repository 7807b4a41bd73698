/** /find/: the same search on a page of its own, with facets, everything in the address, behind its #. */

// What main.ts loads is here already. Saying so keeps it in one file, which is smaller than the parts
// that several files share.
import "./main.ts";

import { make } from "../dom.ts";
import { counted, phrase } from "./said.ts";
import { FACETS, type Facet, fromHash, type Query, toggled, toHash } from "./address.ts";
import { type FacetsFile, type More, NO_MORE, readFacets } from "./facets.ts";
import { type Finder, REST_MS } from "./finder.ts";
import { kept, LONGEST, searched } from "./kept.ts";
import { fetched } from "./load.ts";
import { type Group, grouped, NO_PEOPLE } from "./groups.ts";
import { near } from "./near.ts";
import { contentStems, stem, words } from "./normal.ts";
import type { Answer } from "./rank.ts";
import { type Results, results } from "./results.ts";
import { ASKS, card, checking, CHECKING_MS, foldsPages, hrefOf, keepInSight, URGENT, warn, warningOf } from "./shown.ts";
import { whomToCall } from "./whom.ts";

const FACET_NAMES: Readonly<Record<Facet, string>> = {
  kind: phrase("Kind"),
  region: phrase("Where"),
  symptom: phrase("Symptom"),
  muscle: phrase("Muscle"),
  technique: phrase("Technique"),
  level: phrase("Level"),
  position: phrase("Position"),
  equipment: phrase("Equipment"),
  film: phrase("Film"),
};
/** So many of the group that holds the best page are in sight, and of each other one; the rest is folded. */
const SHOWN_FIRST = 5;
const SHOWN_OF_OTHERS = 3;
const NO_QUERY: Query = { words: "", chosen: new Map() };
const PAUSE_MS = 400;
/** Any card above the results: each leads to all warning signs and to whom to call. */
const SAYS_WHOM = "[data-safety-card], [data-safety-ask]";
/** So long after the reader has stopped moving, in milliseconds, the place is kept: browsers stop who writes it often. */
const REST_TO_KEEP_MS = 500;

/** Whoever has asked is led to a warning: its words are read out, its numbers are one press of Tab away. */
function leadTo(safety: HTMLElement): void {
  const card = safety.querySelector<HTMLElement>(URGENT);
  card?.focus({ preventScroll: true });
  card?.scrollIntoView({ block: "start" });
}

/** Pages that must not stand beside an emergency, or beside words that nobody checked: one press away. */
function later(shown: readonly HTMLElement[]): HTMLElement[] {
  if (shown.length === 0) return [];
  return [make("details", { class: "kp-later" }, make("summary", {}, phrase("Pages with these words, for later")), ...shown)];
}

/** What a reader had before them when they left for a page: where, and what was unfolded. It never leaves the browser. */
interface Seen {
  readonly top: number;
  readonly whole: readonly string[];
  readonly isLater: boolean;
}

const SEEN = "kinopress.found";

/** What the entry of the browser's history keeps of it. */
function seenBefore(): Seen | null {
  return ((history.state as Record<string, unknown> | null)?.[SEEN] as Seen | undefined) ?? null;
}

export class FindPage {
  readonly #finder: Finder;
  readonly #input: HTMLInputElement;
  readonly #place: HTMLElement;
  readonly #status = make("p", { class: "kp-find__status", role: "status" });
  readonly #safety = make("div", { "aria-live": "assertive" });
  readonly #facets = make("div", { class: "kp-facets" });
  readonly #groups = make("div", {});
  readonly #filters: HTMLDetailsElement;
  readonly #nothing = make("div", { class: "kp-none" });
  readonly #openFacets = new Set<Facet>();
  /** Groups of which everything is shown. */
  readonly #whole = new Set<string>();
  readonly #siteTitle = document.title;
  #query: Query;
  #facts: More = NO_MORE;
  #asked = 0;
  /** Where to return to once the results are there; null once the reader has moved, or nothing is to be returned to. */
  #back: Seen | null = seenBefore();
  #kept: ReturnType<typeof setTimeout> | undefined;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(finder: Finder, form: HTMLFormElement, input: HTMLInputElement, place: HTMLElement) {
    this.#finder = finder;
    this.#input = input;
    this.#place = place;
    this.#query = fromHash(location.hash) ?? NO_QUERY;
    const filters = make(
      "details",
      { class: "kp-filters" },
      make("summary", {}, phrase("Filter these results")),
      this.#facets,
    );
    this.#filters = filters;
    filters.open = this.#query.chosen.size > 0;
    // Nothing has been asked: nothing pushes the page down until the answer says that there is nothing to show.
    place.hidden = this.#query.words === "" && kept(input.value) === "" && this.#query.chosen.size === 0;
    place.append(this.#safety, this.#status, filters, this.#groups, this.#nothing);
    if (document.activeElement !== input || input.value === "") input.value = this.#query.words;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#ask({ ...this.#query, words: kept(input.value) }, "push", true);
    });
    input.addEventListener("input", () => {
      clearTimeout(this.#pause);
      const hangs = this.#waits();
      // The address follows when the reader rests, so that the back button does not go letter by letter.
      this.#ask({ ...this.#query, words: kept(input.value) }, "none", false, hangs, true);
      this.#pause = setTimeout(() => this.#write("replace"), PAUSE_MS);
    });
    addEventListener("popstate", () => {
      const query = fromHash(location.hash) ?? (location.hash === "" ? NO_QUERY : undefined);
      if (query === undefined) return; // a place on this page was asked for, no other query
      this.#query = query;
      this.#input.value = query.words;
      this.#back = seenBefore();
      this.#whole.clear();
      void this.#show(true);
    });
    this.#keepsPlace();
    if (kept(input.value) !== this.#query.words) {
      this.#query = { ...this.#query, words: kept(input.value) };
    }
    void this.#begin();
  }

  /**
   * The results come after the page, so the browser cannot bring a reader back to them. Where they stand is kept in the
   * entry of the browser's history, which no server sees.
   */
  #keepsPlace(): void {
    addEventListener(
      "scroll",
      () => {
        clearTimeout(this.#kept);
        this.#kept = setTimeout(() => this.#keep(), REST_TO_KEEP_MS);
      },
      { passive: true },
    );
    this.#place.addEventListener("click", () => this.#keep(), { capture: true });
    addEventListener("pagehide", () => this.#keep());
    for (const move of ["wheel", "touchmove", "keydown", "pointerdown"]) {
      addEventListener(move, () => (this.#back = null), { passive: true, capture: true });
    }
  }

  #keep(): void {
    clearTimeout(this.#kept);
    if (this.#place.dataset["state"] !== "ready" || this.#back !== null) return;
    const isLater = this.#groups.querySelector<HTMLDetailsElement>(":scope > .kp-later")?.open === true;
    history.scrollRestoration = "manual";
    const seen: Seen = { top: scrollY, whole: [...this.#whole], isLater };
    history.replaceState({ ...(history.state as Record<string, unknown> | null), [SEEN]: seen }, "");
  }

  /** Back where the reader was before they left for a page. */
  #return(): void {
    const back = this.#back;
    if (back === null || this.#place.dataset["state"] !== "ready") return;
    const folded = this.#groups.querySelector<HTMLDetailsElement>(":scope > .kp-later");
    if (folded !== null) folded.open = back.isLater;
    scrollTo({ top: back.top, behavior: "instant" });
    this.#back = null;
  }

  /** Without the facts of position and equipment only those two facets are missing. */
  async #begin(): Promise<void> {
    try {
      this.#facts = readFacets((await (await fetched("facets.json")).json()) as FacetsFile);
    } catch {
      this.#facts = NO_MORE;
    }
    // Who came here by Enter waits for an answer; who has reached for the field meanwhile goes on typing.
    if (document.activeElement === this.#input) await this.#show(false, this.#waits(), true);
    else await this.#show(true);
  }

  /** Whether a look for warning signs waits until the reader rests; then it is on its way. */
  #waits(): boolean {
    clearTimeout(this.#rest);
    const hangs = this.#finder.hangsOnLastWord(this.#input.value);
    if (hangs) this.#rest = setTimeout(() => void this.#show(), REST_MS);
    return hangs;
  }

  #ask(query: Query, write: "push" | "replace" | "none", leads = false, hangs = false, isBegun = false): void {
    this.#query = query;
    this.#back = null;
    this.#whole.clear();
    this.#write(write);
    void this.#show(leads, hangs, isBegun);
  }

  #write(how: "push" | "replace" | "none"): void {
    const address = location.pathname + toHash(this.#query);
    const now = location.pathname + location.search + location.hash;
    if (how === "none" || address === now) return;
    if (how === "push") history.pushState(null, "", address);
    else history.replaceState(null, "", address);
    // This entry has no place of its own to return to yet: until it has, that is the browser's. A new one begins as the last was.
    history.scrollRestoration = "auto";
  }

  /**
   * `leads`: a warning takes the focus, because the reader has asked and waits. `isTyping`: a look for signs
   * that hangs on the last word comes later. `isBegun`: that nothing was found is said once the reader rests.
   */
  async #show(leads = false, isTyping = false, isBegun = false): Promise<void> {
    if (!isTyping) clearTimeout(this.#rest);
    const asked = ++this.#asked;
    this.#place.dataset["state"] = "asking";
    const checks = !isTyping && this.#finder.awaitsRules(this.#query.words) ? this.#checking() : undefined;
    const found = await results(this.#finder, this.#facts, this.#query, isTyping);
    const { index } = this.#finder;
    const warning = await warningOf(index, found.signs, found.pages, true);
    clearTimeout(checks);
    if (asked !== this.#asked) return;
    this.#place.hidden = false;
    // In an emergency the page below invites to nothing: no body map, no other way to look.
    this.#place.toggleAttribute("data-emergency", found.signs.flags.some(({ level }) => level === "emergency"));
    const empty = this.#query.words === "" && this.#query.chosen.size === 0;
    for (const key of this.#back?.whole ?? []) this.#whole.add(key);
    const groups = grouped(found.pages, found.signs, index.help);
    warn(this.#safety, warning);
    const shown = groups.map((group, at) => this.#group(group, found, at === 0 ? SHOWN_FIRST : SHOWN_OF_OTHERS));
    const folds = !empty && foldsPages(found.signs);
    this.#groups.replaceChildren(...(folds ? later(shown) : shown));
    // "Nothing found" under a warning sign would say that there is nothing to it, and "Results" that they are the answer.
    const isCardAlone = found.alone || folds || (found.signs.flags.length > 0 && found.pages.length === 0);
    const isNothing = !empty && !isCardAlone && found.pages.length === 0;
    const waits = isBegun && isNothing;
    if (waits && !isTyping) this.#rest = setTimeout(() => void this.#show(), REST_MS);
    this.#status.textContent = empty || isCardAlone || waits ? "" : this.#said(groups, found.answer);
    this.#fillFacets(found);
    if (folds) this.#filters.hidden = true;
    this.#fillNothing(isNothing && !waits);
    this.#place.dataset["state"] = isTyping || waits ? "asking" : empty ? "empty" : "ready";
    if (empty) history.scrollRestoration = "auto"; // nothing comes after the page, so the browser can
    const words = searched(this.#query.words);
    document.title = words === "" ? this.#siteTitle : `${words} – ${this.#siteTitle}`;
    if (this.#back !== null) this.#return();
    else if (leads) leadTo(this.#safety);
    else keepInSight(this.#safety, this.#input);
  }

  /** Until words are checked by the rules nothing is shown that may be wrong beside them; after a while it is said why. */
  #checking(): ReturnType<typeof setTimeout> {
    for (const part of [this.#safety, this.#groups]) part.replaceChildren();
    this.#filters.hidden = this.#nothing.hidden = true;
    this.#status.textContent = "";
    const asked = this.#asked;
    return setTimeout(() => {
      if (asked !== this.#asked) return;
      this.#place.hidden = false;
      this.#status.textContent = checking();
    }, CHECKING_MS);
  }

  /** One sort of results under its heading: the best, and a button for the rest. */
  #group({ key, label, results }: Group, found: Results, first: number): HTMLElement {
    const id = `kp-group-${key}`;
    const { index } = this.#finder;
    const shown = this.#whole.has(key) ? results : results.slice(0, first);
    const attributes = { class: "kp-results__group", "aria-labelledby": id };
    const list = make(
      "ul",
      { class: "kp-results", role: "list", "aria-labelledby": id },
      ...shown.map((one) => card(index, one, found.answer)),
    );
    const section = make("section", attributes, make("h2", { id }, label), list);
    if (shown.length < results.length) {
      const rest = phrase("Show {n} more", { n: results.length - first });
      const more = make("button", { class: "kp-results__more", type: "button" }, rest);
      more.setAttribute("aria-describedby", id);
      more.addEventListener("click", () => {
        this.#whole.add(key);
        list.append(...results.slice(first).map((one) => card(index, one, found.answer)));
        more.remove();
        list.children[first]?.querySelector("a")?.focus();
      });
      section.append(more);
    }
    return section;
  }

  /** For what these are the results; what was left out of the question is said too. */
  #said(groups: readonly Group[], answer: Answer): string {
    const { words } = this.#query;
    if (words === "") {
      const many = groups.reduce((sum, { results }) => sum + results.length, 0);
      return many === 0 ? phrase("Nothing found") : counted(many, "{n} page", "{n} pages");
    }
    const asked = { words: searched(words) };
    // Whole sentences: where only their parts are translated, none is half in another language.
    const what = groups.length === 0 ? phrase("Nothing found for “{words}”", asked) : phrase("Results for “{words}”", asked);
    const cut = words.length > LONGEST ? ` ${phrase("Only the first {n} letters were searched.", { n: LONGEST })}` : "";
    const about = answer.seeksPerson ? ` ${NO_PEOPLE}` : "";
    return `${what}${cut || about ? `.${cut}${about}` : ""}`;
  }

  #fillFacets(results: Results): void {
    const focused = document.activeElement?.id;
    const groups = FACETS.flatMap((facet) => {
      const values = [...(results.counts.get(facet) ?? [])];
      const chosen = this.#query.chosen.get(facet);
      if (values.length === 0 || (values.length === 1 && chosen === undefined)) return [];
      if (facet === "region") values.sort(([a], [b]) => this.#regionAt(a) - this.#regionAt(b));
      else values.sort(([a, m], [b, n]) => n - m || a.localeCompare(b));
      const group = make(
        "details",
        { class: "kp-facet" },
        make("summary", {}, FACET_NAMES[facet] + (chosen ? ` (${chosen.size})` : "")),
        make(
          "ul",
          { role: "list", "aria-label": FACET_NAMES[facet] },
          ...values.map(([value, count]) => this.#box(facet, value, count)),
        ),
      );
      group.open = chosen !== undefined || this.#openFacets.has(facet);
      group.addEventListener("toggle", () => {
        if (group.open) this.#openFacets.add(facet);
        else this.#openFacets.delete(facet);
      });
      return [group];
    });
    this.#facets.replaceChildren(...groups);
    this.#facets.parentElement?.toggleAttribute("hidden", groups.length === 0);
    if (focused !== undefined && focused !== "") document.getElementById(focused)?.focus();
  }

  #box(facet: Facet, value: string, count: number): HTMLElement {
    const id = `facet-${facet}-${words(value).join("-")}`;
    const box = make("input", { type: "checkbox", id });
    box.checked = this.#query.chosen.get(facet)?.has(value) ?? false;
    box.addEventListener("change", () => this.#ask(toggled(this.#query, facet, value), "push"));
    return make(
      "li",
      {},
      box,
      make(
        "label",
        { for: id },
        `${this.#valueName(facet, value)} `,
        make("span", { class: "kp-facet__count" }, `(${count})`),
      ),
    );
  }

  #regionAt(key: string): number {
    return this.#finder.index.regions.findIndex((region) => region.key === key);
  }

  #valueName(facet: Facet, value: string): string {
    const { index } = this.#finder;
    if (facet === "kind") return index.kinds.get(value)?.label ?? value;
    if (facet === "film") return phrase("With a film");
    if (facet === "region") return index.regions[this.#regionAt(value)]?.label ?? value;
    if (facet === "muscle" || facet === "symptom" || facet === "technique") {
      const page = index.pages.find((one) => index.kinds.get(one.kind)?.tag === facet && one.slug === value);
      return page?.title ?? value;
    }
    return value;
  }

  /** Ways on when nothing was found: names spelt like it, the body map, the A–Z, a person. */
  #fillNothing(nothing: boolean): void {
    this.#nothing.hidden = !nothing;
    this.#nothing.replaceChildren();
    if (!nothing) return;
    const { index } = this.#finder;
    const elsewhere = words(this.#query.words).filter((word) => index.elsewhere.has(stem(word)));
    // Beside a danger, or what may be one, no name is guessed: it would say that the words meant something harmless.
    const like = this.#safety.childElementCount > 0 ? [] : this.#spelledLike();
    const links = (this.#place.dataset["ways"] ?? "").split("|").flatMap((way) => {
      const [href = "", label = ""] = way.split(">");
      return label === "" ? [] : [make("li", {}, make("a", { href }, label))];
    });
    const hint =
      this.#query.chosen.size > 0
        ? phrase("Take back one of the choices above, or try other words.")
        : elsewhere.length > 0
          ? phrase("This site has nothing about “{words}”.", { words: elsewhere.join(" ") })
          : phrase("Try fewer or other words: where it is, and what it feels like.");
    // A card above may say whom to call: it is said once.
    const isSaid = this.#safety.querySelector(SAYS_WHOM) !== null;
    this.#nothing.replaceChildren(
      ...(isSaid ? [] : [make("div", ASKS, ...whomToCall())]),
      make("p", {}, hint),
      ...(like.length > 0
        ? [make("p", {}, phrase("Did you mean:")), make("ul", {}, ...like.map((one) => make("li", {}, one)))]
        : []),
      make("p", {}, phrase("Other ways:")),
      make("ul", {}, ...links),
    );
  }

  #spelledLike(): HTMLElement[] {
    const { index } = this.#finder;
    // A word that the site knows, or that is of another subject, was not mistyped.
    const isMistyped = (word: string): boolean => !index.numberOf.has(word) && !index.elsewhere.has(word);
    const asked = contentStems(this.#query.words).filter((word) => word.length >= 4 && isMistyped(word));
    return index.pages
      .slice(0, index.terms)
      .filter((page) =>
        contentStems(page.title).some((word) =>
          asked.some((given) => word.length >= 4 && near(given, word, given.length >= 6 ? 2 : 1)),
        ),
      )
      .slice(0, 3)
      .map((page) => make("a", { href: hrefOf(page) }, page.title));
  }
}
