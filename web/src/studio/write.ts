/** The buttons above the text of a page: each puts in what a person would otherwise have to know by heart. */

/** What a button changes: the part of the text it takes, what it puts there, and what is marked in that afterwards. */
export interface Put {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const BOLD = /\*\*(?!\s)([^*\n]+)(?<!\s)\*\*/g;
const BOX = /^!!! warning[^\n]*((?:\n(?:[ \t]*\n)*(?: {4}|\t)[^\n]*)*)/gm;

/** Where a text has around the marked words what a button puts there: pressed again, the button removes it. */
function around(kind: RegExp, whole: string, start: number, end: number): { at: number; all: string; inner: string } | undefined {
  for (const found of whole.matchAll(kind)) {
    const at = found.index;
    if (at <= start && end <= at + found[0].length && (start < end || start > at)) return { at, all: found[0], inner: found[1] ?? "" };
  }
  return undefined;
}

/**
 * What of a marking a button means: bold words without the spaces around them, a box of whole words; and what is a
 * paragraph of its own comes after the one that is being written, whose words it would part.
 */
function fitting(kind: string, whole: string, start: number, end: number): [number, number] {
  const marked = whole.slice(start, end);
  if (kind === "bold" && marked.trim() !== "") {
    return [end - marked.trimStart().length, start + marked.trimEnd().length];
  }
  if (kind !== "warning" && kind !== "exercise") return [start, end];
  if (marked.trim() === "" && start === end) {
    const isIn = around(BOX, whole, start, end) !== undefined;
    const after = /\n[ \t]*\n/.exec(whole.slice(start));
    const begins = /(?:^|\n)[ \t]*$/.test(whole.slice(0, start));
    const at = isIn || begins ? start : start + (after?.index ?? whole.length - start);
    return [at, at];
  }
  if (marked.trim() === "" || kind !== "warning") return [start, end];
  const before = /\w*$/.exec(whole.slice(0, start))?.[0] ?? "";
  const then = /^\w*/.exec(whole.slice(end))?.[0] ?? "";
  return [/^\w/.test(marked) ? start - before.length : start, /\w$/.test(marked) ? end + then.length : end];
}

/**
 * What a button puts in place of what is marked. Words that are there to be typed over are marked afterwards; after all
 * else the next key goes on writing, and deletes nothing.
 */
export function putIn(kind: string, whole: string, from: number, to: number, named: string): Put | undefined {
  const [start, end] = fitting(kind, whole, from, to);
  const marked = whole.slice(start, end);
  const put = (before: string, words: string, after: string): Put => {
    const text = before + words + after;
    return { start, end, text, from: text.length, to: text.length };
  };
  const toTypeOver = (before: string, words: string, after: string): Put => ({
    ...put(before, words, after),
    from: before.length,
    to: before.length + words.length,
  });
  if (kind === "bold") {
    const there = around(BOLD, whole, start, end);
    if (!there) return /[*\n]/.test(marked) ? undefined : toTypeOver("**", marked || "words", "**");
    return { start: there.at, end: there.at + there.all.length, text: there.inner, from: 0, to: there.inner.length };
  }
  if (kind === "warning") {
    const first = start + (marked.length - marked.trimStart().length);
    const there = around(BOX, whole, marked.trim() === "" ? start : first, marked.trim() === "" ? end : first + marked.trim().length);
    if (there) {
      const words = there.inner.replace(/^(?: {4}|\t)/gm, "").trim();
      return { start: there.at, end: there.at + there.all.length, text: words, from: words.length, to: words.length };
    }
    if (/^!!! /m.test(marked)) return undefined; // a box inside a box is none for readers
    const begin = '\n\n!!! warning "Take care"\n\n    ';
    if (marked === "") return toTypeOver(begin, "What to look out for.", "\n\n");
    return put(begin, marked.replaceAll("\n", "\n    "), "\n\n");
  }
  if (named === "") return undefined;
  if (kind === "link") {
    const link = /^\[\[[^\]|]*(?:\|([^\]]*))?\]\]$/.exec(marked);
    const words = link ? (link[1] ?? "") : marked;
    return put("", `[[${named}${words === "" ? "" : `|${words}`}]]`, "");
  }
  if (kind === "exercise") return put("\n\n{{ exercise ", named, " }}\n\n");
  if (kind === "picture") return (marked === "" ? toTypeOver : put)("![", marked || "What it shows", `](${named})`);
  return undefined;
}

/** Show the buttons of a text and let them work. */
export function beginWriting(part: HTMLElement): void {
  const text = part.querySelector("textarea");
  const tools = part.querySelector<HTMLElement>("[data-st-tools]");
  if (!text || !tools) return;
  tools.hidden = false;
  tools.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    const kind = button?.dataset["stPut"];
    if (kind === undefined) return;
    const field = part.querySelector<HTMLInputElement | HTMLSelectElement>(`#${kind}`);
    const [start, end] = [text.selectionStart, text.selectionEnd];
    const put = putIn(kind, text.value, start, end, field?.value.replaceAll(",", "").trim() ?? "");
    if (!put) {
      (field ?? text).focus();
      return;
    }
    text.focus();
    text.setSelectionRange(put.start, put.end);
    // The old way: it alone can be undone with the browser's own keys.
    if (!document.execCommand("insertText", false, put.text)) text.setRangeText(put.text, put.start, put.end, "end");
    text.setSelectionRange(put.start + put.from, put.start + put.to);
    text.dispatchEvent(new Event("input", { bubbles: true }));
  });
  // Enter in the field of the link puts it in, and does not send the page.
  tools.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.defaultPrevented || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    tools.querySelector<HTMLElement>(`[data-st-put=${event.target.id}]`)?.click();
  });
}
