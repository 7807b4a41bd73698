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
/** A page that is in another language than the site has its text in this; the head and the foot are outside of it. */
const OTHER = ".kp-lang";
const read = new Map<string, Words>();

function wordsIn(block: string): Words {
  const before = read.get(block);
  if (before !== undefined) return before;
  const found = document.querySelector(`script[data-kp-words="${block}"]`);
  const words = found === null ? ENGLISH : (JSON.parse(found.textContent ?? "") as Words);
  read.set(block, words);
  return words;
}

/** The words around pages, in the language of the site. */
export function ofTheSite(): Words {
  return typeof document === "undefined" ? ENGLISH : wordsIn("site");
}

/** The words of the page's own text. */
export function ofThisPage(): Words {
  if (typeof document === "undefined") return ENGLISH;
  return document.querySelector(OTHER) === null ? ofTheSite() : wordsIn("page");
}

/** The words where an element is: in the text of the page or around it. */
export function wordsAt(element: Element): Words {
  return element.closest(OTHER) === null ? ofTheSite() : ofThisPage();
}

/** The language of the page's own text. */
export function languageHere(): string {
  if (typeof document === "undefined") return "";
  return document.querySelector<HTMLElement>(OTHER)?.lang ?? document.documentElement.lang;
}

const unknown = new Set<string>();

/** Whether a text is one that the language here has no words for, and so is in English. */
export function isInEnglish(text: string): boolean {
  return unknown.has(text);
}

/** Note a text that is shown as it is in the program, where the language is another one. */
function inEnglish(text: string, of: Words): string {
  if (typeof document === "undefined") return text;
  const language = of === ofThisPage() ? languageHere() : document.documentElement.lang;
  if (!language.startsWith("en")) unknown.add(text);
  return text;
}

function filled(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (blank, name: string) => String(values[name] ?? blank));
}

/** Words for readers; `values` are put where their names are in braces. */
export function phrase(english: string, values: Values = {}, of: Words = ofThisPage()): string {
  const known = of.forms[english]?.[0];
  return known === undefined ? inEnglish(filled(english, values), of) : filled(known, values);
}

/** Words with something of the page, like a link, where its name is in braces: in the order that a language has. */
export function around<T>(words: string, name: string, there: T): readonly (string | T)[] {
  const [before = "", after] = words.split(`{${name}}`);
  if (unknown.has(words)) for (const part of [before, after ?? ""]) unknown.add(part.trim());
  return after === undefined ? [before] : [before, there, after];
}

/** Words about a number of things, which is `{n}` in them. */
export function counted(n: number, one: string, many: string, values: Values = {}, of: Words = ofThisPage()): string {
  const forms = of.forms[one];
  const form = of.formFor[Math.min(n, of.formFor.length - 1)] ?? 0;
  const known = forms?.[form];
  const all = { ...values, n };
  return known === undefined ? inEnglish(filled(n === 1 ? one : many, all), of) : filled(known, all);
}
