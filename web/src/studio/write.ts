/** The buttons above the text of a page: each puts in what a person would otherwise have to know by heart. */

/** What a button puts in place of what is marked, and which part of it is marked afterwards. */
export function putIn(kind: string, marked: string, named: string): { readonly text: string; readonly from: number; readonly to: number } | undefined {
  const around = (before: string, words: string, after: string): { text: string; from: number; to: number } => ({
    text: before + words + after,
    from: before.length,
    to: before.length + words.length,
  });
  if (kind === "bold") return around("**", marked || "words", "**");
  if (kind === "warning") {
    const words = (marked || "What to look out for.").replaceAll("\n", "\n    ");
    return around('\n\n!!! warning "Take care"\n\n    ', words, "\n\n");
  }
  if (named === "") return undefined;
  if (kind === "link") return around("", `[[${named}${marked === "" ? "" : `|${marked}`}]]`, "");
  if (kind === "exercise") return around("\n\n{{ exercise: ", named, " }}\n\n");
  if (kind === "picture") return around("![", marked || "What it shows", `](${named})`);
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
    const put = putIn(kind, text.value.slice(start, end), field?.value.replaceAll(",", "").trim() ?? "");
    if (!put) {
      field?.focus();
      return;
    }
    text.focus();
    // The old way: it alone can be undone with the browser's own keys.
    if (!document.execCommand("insertText", false, put.text)) text.setRangeText(put.text, start, end, "end");
    text.setSelectionRange(start + put.from, start + put.to);
    text.dispatchEvent(new Event("input", { bubbles: true }));
  });
  // Enter in the field of the link puts it in, and does not send the page.
  tools.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.defaultPrevented || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    tools.querySelector<HTMLElement>(`[data-st-put=${event.target.id}]`)?.click();
  });
}
