/** Making elements. Text is always text: nothing here turns words into markup. */

// Whoever makes elements shows words in them: both are in one file of a reader's, and cost one request.
export { around, counted, languageHere, phrase } from "./words.ts";
import { isInEnglish } from "./words.ts";

type Child = Node | string | undefined;

export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | number | boolean | undefined>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? "" : String(value));
  }
  const there = children.filter((child) => child !== undefined);
  // Words that a catalogue lacks are read out in the voice they are in, as what the server made is (in_english.py).
  const isAlone = there.length === 1 && attributes["lang"] === undefined;
  for (const child of there) {
    if (typeof child !== "string" || !isInEnglish(child.trim())) element.append(child);
    else if (isAlone) {
      element.lang = "en";
      element.append(child);
    } else {
      const part = document.createElement("span");
      part.lang = "en";
      part.append(child);
      element.append(part);
    }
  }
  return element;
}
