/** Names picked by typing any of them: a field with commas, and below it what the last part may become. */

import { make } from "../dom.ts";

interface Known {
  readonly value: string;
  readonly names: readonly string[];
  readonly what: string;
}

const SHOWN = 8;
type Words = Readonly<Record<string, readonly Known[]>>;
let words: Promise<Words> | undefined;

/** All names, fetched once; where that fails nothing is offered, and the next key asks again. */
export async function allWords(): Promise<Words> {
  const asked = (words ??= fetch("/words").then((answer) => {
    if (!answer.ok) throw new Error(`/words: ${answer.status}`);
    return answer.json() as Promise<Words>;
  }));
  try {
    return await asked;
  } catch {
    if (words === asked) words = undefined;
    return {};
  }
}

const plain = (text: string): string =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[\s_-]+/g, " ").trim();

/** What may be meant by the beginning of a name, those that begin so first; each with the name that fits. */
export function fitting(known: readonly Known[], typed: string): { readonly value: string; readonly by: string }[] {
  const begun = plain(typed);
  if (begun === "") return [];
  const found: { rank: number; value: string; by: string }[] = [];
  for (const one of known) {
    let best: { rank: number; by: string } | undefined;
    for (const [at, name] of [one.value, ...one.names].entries()) {
      const form = plain(name);
      const rank = form === begun ? 0 : form.startsWith(begun) ? 1 : form.includes(` ${begun}`) ? 2 : form.includes(begun) ? 3 : 9;
      if (rank < 9 && (best === undefined || rank < best.rank)) best = { rank: rank, by: at === 0 ? "" : name };
    }
    if (best) found.push({ ...best, value: one.value });
  }
  found.sort((a, b) => a.rank - b.rank || a.value.localeCompare(b.value));
  return found.slice(0, SHOWN).map(({ value, by }) => ({ value, by }));
}

/** Where the part of a comma list that is being written begins and ends. */
export function partAt(text: string, caret: number): readonly [number, number] {
  const begins = text.lastIndexOf(",", caret - 1) + 1;
  const next = text.indexOf(",", caret);
  return [begins, next < 0 ? text.length : next];
}

/** The first name in a field that nothing on offer is called, nor begins with. */
export function unknownIn(known: readonly Known[], text: string, isOne: boolean): string | undefined {
  const parts = isOne ? [text] : text.split(",");
  return parts.map((part) => part.trim()).find((part) => part.length > 1 && fitting(known, part).length === 0);
}

/** What is said of a name that is not known, by what is picked; of other fields nothing is, which take addresses as well. */
const UNKNOWN: Readonly<Record<string, (name: string) => string>> = {
  tags: (name) => `No tag is called “${name}”. A tag is a muscle, a symptom or a technique that has a page: a new one is a new page (Write).`,
  exercises: (name) => `No exercise is called “${name}”.`,
};

/** Let a field offer names. Arrow keys move, Enter and a tap take one, Escape closes. */
export function pick(field: HTMLInputElement): void {
  const id = `${field.id}-names`;
  const list = make("ul", { id, role: "listbox", class: "st-names", "aria-label": "Names that fit" });
  list.hidden = true;
  const said = make("p", { id: `${id}-said`, role: "status", class: "st-soft" });
  said.hidden = true;
  field.after(list, said);
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": id,
  })) {
    field.setAttribute(name, value);
  }
  // A field for one name has no commas between names.
  const isOne = field.dataset["stOne"] !== undefined;
  const part = (): readonly [number, number] =>
    isOne ? [0, field.value.length] : partAt(field.value, field.selectionStart ?? field.value.length);
  let offered: readonly { readonly value: string }[] = [];
  let at = -1;

  const close = (): void => {
    list.hidden = true;
    at = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const mark = (next: number): void => {
    at = next;
    for (const [number, option] of [...list.children].entries()) option.setAttribute("aria-selected", String(number === at));
    const chosen = list.children[at];
    if (chosen) field.setAttribute("aria-activedescendant", chosen.id);
    else field.removeAttribute("aria-activedescendant");
    chosen?.scrollIntoView({ block: "nearest" });
  };
  const take = (number: number): void => {
    const one = offered[number];
    if (!one) return;
    const [begins, ends] = part();
    const before = field.value.slice(0, begins) + (begins > 0 ? " " : "");
    const after = field.value.slice(ends);
    const next = after === "" && !isOne ? ", " : "";
    field.value = before + one.value + next + after;
    const caret = before.length + one.value.length + next.length;
    field.setSelectionRange(caret, caret);
    close();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const say = (known: readonly Known[]): void => {
    const unknown = known.length > 0 ? unknownIn(known, field.value, isOne) : undefined;
    const words = unknown === undefined ? "" : (UNKNOWN[field.dataset["stPick"] ?? ""]?.(unknown) ?? "");
    if (said.textContent !== words) said.textContent = words;
    said.hidden = words === "";
  };
  const offer = async (): Promise<void> => {
    const known = (await allWords())[field.dataset["stPick"] ?? ""] ?? [];
    say(known);
    if (document.activeElement !== field) return;
    const [begins, ends] = part();
    const found = fitting(known, field.value.slice(begins, ends));
    offered = found;
    list.replaceChildren(
      ...found.map((one, number) => {
        const option = make(
          "li",
          { role: "option", id: `${id}-${number}`, "aria-selected": "false" },
          one.value,
          one.by === "" ? undefined : make("span", { class: "st-soft" }, ` ${one.by}`),
        );
        // Before the field loses the focus.
        option.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          take(number);
        });
        return option;
      }),
    );
    at = -1;
    field.removeAttribute("aria-activedescendant");
    list.hidden = found.length === 0;
    field.setAttribute("aria-expanded", String(!list.hidden));
  };

  field.addEventListener("input", () => void offer());
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown") mark(Math.min(at + 1, offered.length - 1));
    else if (event.key === "ArrowUp") mark(Math.max(at - 1, 0));
    else if (event.key === "Enter" && at >= 0) take(at);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
}
