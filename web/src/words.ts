/**
 * The words that scripts show, in the language of the site. In another language than English, and where a coach has
 * words of her own, the page carries them in a block of data (main.html); what is not in it is shown in English.
 * Python gathers the words from here: `phrase` and `counted` take them as plain texts, with values by their names.
 */

export interface Words {
  /** English words (of a number of things, those for one) → the same in that language, a form or several. */
  readonly forms: Readonly<Record<string, readonly string[]>>;
  /** Which of the forms is for 0, 1, 2 and so on; the last is for every number beyond. */
  readonly formFor: readonly number[];
}

export type Values = Readonly<Record<string, string | number>>;

const ENGLISH: Words = { forms: {}, formFor: [] };
let words: Words | undefined;

function ofThisPage(): Words {
  if (words !== undefined) return words;
  const block = typeof document === "undefined" ? null : document.querySelector("script[data-kp-words]");
  words = block === null ? ENGLISH : (JSON.parse(block.textContent ?? "") as Words);
  return words;
}

function filled(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (blank, name: string) => String(values[name] ?? blank));
}

/** Words for readers; `values` are put where their names are in braces. */
export function phrase(english: string, values: Values = {}, of: Words = ofThisPage()): string {
  return filled(of.forms[english]?.[0] ?? english, values);
}

/** Words with something of the page, like a link, where its name is in braces: in the order that a language has. */
export function around<T>(words: string, name: string, there: T): readonly (string | T)[] {
  const [before = "", after] = words.split(`{${name}}`);
  return after === undefined ? [before] : [before, there, after];
}

/** Words about a number of things, which is `{n}` in them. */
export function counted(n: number, one: string, many: string, values: Values = {}, of: Words = ofThisPage()): string {
  const forms = of.forms[one];
  const form = of.formFor[Math.min(n, of.formFor.length - 1)] ?? 0;
  return filled(forms?.[form] ?? (n === 1 ? one : many), { ...values, n });
}
