/**
 * The list of exercises, narrowed in place. Without a script each filter is a link down the page; here it shows
 * only the cards that it leaves. The choice is kept after the # of the address, which no server is told.
 */

import { make } from "./dom.ts";

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

/** The address of what is chosen, and back again; a tag that the page does not have is left out. */
export function toHash(chosen: Chosen): string {
  return chosen.size === 0 ? "" : `#?${new URLSearchParams([...chosen]).toString()}`;
}

export function fromHash(hash: string, known: ReadonlyMap<string, ReadonlySet<string>>): Chosen {
  if (!hash.startsWith("#?")) return new Map();
  return new Map(
    [...new URLSearchParams(hash.slice(2))].filter(([group, tag]) => known.get(group)?.has(tag)),
  );
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
      const tag = decodeURIComponent(link.hash.slice(1));
      return count === null ? [] : [{ group: fold.dataset["group"] ?? "", tag, link, count }];
    }),
  );
  const known = new Map<string, Set<string>>();
  for (const { group, tag } of filters) known.set(group, (known.get(group) ?? new Set()).add(tag));

  const said = make("p", { class: "kp-narrow__said", role: "status" });
  const all = make("button", { class: "kp-results__more", type: "button", hidden: true }, "Show all");
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
    said.textContent = chosen.size === 0 ? "" : `${left} of ${cards.length} exercises`;
  }

  function choose(next: Chosen): void {
    chosen = next;
    history.replaceState(null, "", location.pathname + toHash(chosen));
    show();
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
  chosen = fromHash(location.hash, known);
  // As in the style sheet: there the filters have a column of their own.
  const isRoomy = matchMedia("(min-width: 62rem)").matches;
  for (const fold of nav.querySelectorAll<HTMLDetailsElement>("details")) {
    fold.open = isRoomy || chosen.has(fold.dataset["group"] ?? "");
  }
  show();
}
