/**
 * The list of exercises, narrowed in place. Without a script each filter is a link down the page; here it shows
 * only the cards that it leaves. The choice is kept after the # of the address, which no server is told. An address that
 * names one filter only, as other pages' links do without a script (`#level-easy`), chooses that one.
 */

import { make, phrase } from "./dom.ts";

/** Group → the one tag chosen of it, such as `level` → `level-easy`. */
export type Chosen = ReadonlyMap<string, string>;

/** Whether something with these tags is left by all that is chosen. */
export function isLeft(tags: ReadonlySet<string>, chosen: Chosen): boolean {
  return [...chosen.values()].every((tag) => tags.has(tag));
}

/** What is chosen after a press on a tag: pressing it again takes it back. */
export function pressed(chosen: Chosen, group: string, tag: string): Chosen {
  const next = new Map(chosen);
  if (next.get(group) === tag) next.delete(group);
  else next.set(group, tag);
  return next;
}

/** How many cards a tag would leave beside what is chosen in the other groups. */
export function leaves(cards: readonly ReadonlySet<string>[], chosen: Chosen, group: string, tag: string): number {
  const others = new Map(chosen).set(group, tag);
  return cards.filter((tags) => isLeft(tags, others)).length;
}

/** The tags of each group that the page has. */
export type Known = ReadonlyMap<string, ReadonlySet<string>>;

/** The address of what is chosen, and back again; a tag that the page does not have is left out. */
export function toHash(chosen: Chosen): string {
  return chosen.size === 0 ? "" : `#?${new URLSearchParams([...chosen]).toString()}`;
}

export function fromHash(hash: string, known: Known): Chosen {
  if (!hash.startsWith("#?")) return named(hash, known);
  return new Map(
    [...new URLSearchParams(hash.slice(2))].filter(([group, tag]) => known.get(group)?.has(tag)),
  );
}

/** The tag that a plain anchor names, chosen alone: `#level-easy`. */
function named(hash: string, known: Known): Chosen {
  const tag = anchored(hash);
  return new Map([...known].filter(([, tags]) => tags.has(tag)).map(([group]) => [group, tag]));
}

/** What is after the # of an address; what cannot be decoded stays unchanged and matches no filter. */
function anchored(hash: string): string {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return hash.slice(1);
  }
}

interface Card {
  readonly element: HTMLElement;
  readonly tags: ReadonlySet<string>;
}

interface Filter {
  readonly group: string;
  readonly tag: string;
  readonly link: HTMLAnchorElement;
  readonly count: HTMLElement;
}

export function begin(nav: HTMLElement): void {
  const cards: Card[] = [...document.querySelectorAll<HTMLElement>("[data-tags]")].map((element) => ({
    element,
    tags: new Set(element.dataset["tags"]?.split(" ")),
  }));
  const filters: Filter[] = [...nav.querySelectorAll<HTMLElement>("[data-group]")].flatMap((fold) =>
    [...fold.querySelectorAll<HTMLAnchorElement>("a")].flatMap((link) => {
      const count = link.querySelector<HTMLElement>("span");
      const tag = anchored(link.hash);
      return count === null ? [] : [{ group: fold.dataset["group"] ?? "", tag, link, count }];
    }),
  );
  const known = new Map<string, Set<string>>();
  for (const { group, tag } of filters) known.set(group, (known.get(group) ?? new Set()).add(tag));

  const said = make("p", { class: "kp-narrow__said", role: "status" });
  const all = make("button", { class: "kp-results__more", type: "button", hidden: true }, phrase("Show all"));
  nav.append(said, all);
  let chosen: Chosen = new Map();

  function show(): void {
    const tags = cards.map((card) => card.tags);
    let left = 0;
    for (const card of cards) {
      card.element.hidden = !isLeft(card.tags, chosen);
      if (!card.element.hidden) left += 1;
    }
    for (const list of document.querySelectorAll<HTMLElement>(".kp-cards--list")) {
      list.hidden = list.querySelector("li:not([hidden])") === null;
      const heading = list.previousElementSibling;
      if (heading instanceof HTMLHeadingElement) heading.hidden = list.hidden;
    }
    for (const { group, tag, link, count } of filters) {
      const number = leaves(tags, chosen, group, tag);
      const isChosen = chosen.get(group) === tag;
      count.textContent = String(number);
      link.hidden = number === 0 && !isChosen;
      if (isChosen) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    all.hidden = chosen.size === 0;
    said.textContent = chosen.size === 0 ? "" : phrase("{left} of {all} exercises", { left, all: cards.length });
  }

  function choose(next: Chosen): void {
    chosen = next;
    history.replaceState(null, "", location.pathname + toHash(chosen));
    show();
  }

  /** What the address says; a place on the page that is no filter (`#kp-main`) leaves the choice as it is. */
  function read(): void {
    const asked = fromHash(location.hash, known);
    if (asked.size === 0 && location.hash !== "" && !location.hash.startsWith("#?")) return;
    chosen = asked;
    for (const fold of nav.querySelectorAll<HTMLDetailsElement>("details")) {
      if (chosen.has(fold.dataset["group"] ?? "")) fold.open = true;
    }
    show();
    if (chosen.size === 0 || location.hash.startsWith("#?")) return;
    history.replaceState(null, "", location.pathname + toHash(chosen));
    toTop();
  }

  /** To where the choice is seen. A page that is still loading goes once more to the place its address named. */
  function toTop(): void {
    nav.style.position = "static"; // what sticks to the window is in sight wherever the window is
    nav.scrollIntoView({ behavior: "instant" });
    nav.style.position = "";
    if (document.readyState !== "complete") addEventListener("load", toTop, { once: true });
  }

  for (const { group, tag, link } of filters) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      choose(pressed(chosen, group, tag));
    });
  }
  all.addEventListener("click", () => {
    choose(new Map());
    nav.querySelector("summary")?.focus();
  });
  // The lists further down are for those without a script.
  for (const list of document.querySelectorAll<HTMLElement>(".kp-narrow__lists")) list.hidden = true;
  // As in the style sheet: there the filters have a column of their own.
  if (matchMedia("(min-width: 62rem)").matches) {
    for (const fold of nav.querySelectorAll<HTMLDetailsElement>("details")) fold.open = true;
  }
  nav.dataset["begun"] = "";
  show();
  read();
  addEventListener("hashchange", read);
}
