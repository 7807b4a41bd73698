/** What stands above all results: whom to call, when the words tell of a warning sign. */

import { make } from "../dom.ts";
import type { Flag, Index } from "./index.ts";
import { ROOT } from "./load.ts";

/** A sentence with its telephone numbers as links that ring. */
function ringing(index: Index, sentence: string): (Node | string)[] {
  const numbers = index.urgency.flatMap((level) => level.numbers);
  if (numbers.length === 0) return [sentence];
  const longestFirst = [...numbers].sort((a, b) => b.length - a.length);
  return sentence
    .split(new RegExp(`(?<!\\w)(${longestFirst.join("|")})(?!\\w)`))
    .map((piece, at) =>
      at % 2 === 1 ? make("a", { href: `tel:${piece.replace(/ /g, "")}` }, piece) : piece,
    );
}

/** A warning sign's name, as a link to the page that says whom to call where there is one. */
function named(index: Index, flag: Flag): Node | string {
  if (index.help === "") return flag.title;
  const href = new URL(`${index.help}#flag-${flag.key}`, ROOT).href;
  return make("a", { href }, flag.title);
}

/**
 * Whom to call, above everything. The most urgent sign decides, and its level alone says how soon;
 * the other signs are named with it. One that stands alone says what else to do, too.
 */
export function safetyCard(index: Index, flags: readonly Flag[]): HTMLElement | undefined {
  const first = flags[0];
  if (first === undefined) return undefined;
  const level = index.urgency.find((of) => of.level === first.level);
  return make(
    "section",
    {
      class: `kp-safety kp-safety--${first.level}`,
      "data-safety-card": first.level,
      "aria-label": "Warning sign",
    },
    make("p", { class: "kp-safety__title" }, first.alone ? first.title : "This can be a warning sign"),
    make("p", { class: "kp-safety__call" }, ...ringing(index, level?.action ?? "")),
    first.action === "" ? undefined : make("p", {}, ...ringing(index, first.action)),
    make("ul", { role: "list" }, ...flags.map((flag) => make("li", {}, named(index, flag)))),
  );
}
