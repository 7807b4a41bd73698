/**
 * The text as readers will have it, beside the field in which it is typed. The program that builds the site makes it;
 * here it is shown, in a frame in which nothing of it can run, send or lead away.
 */

import { make } from "../dom.ts";

const AFTER_MS = 400;
/** What the text may cite is in a field of its own, whose words go with it. */
const SOURCES = ["field.sources", "shape.sources"] as const;
const PAGE = `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'">
<title>The text</title><link rel="stylesheet" href="/look/site.css"><link rel="stylesheet" href="/look/studio.css">
</head><body class="st"><main class="st-frame md-typeset st-typed"></main></body></html>`;

interface Shown {
  readonly html: string;
  readonly problems: readonly string[];
}

/** Do something when nothing more has been asked for a moment; what was asked before is dropped. */
export function debounced(work: () => void, afterMs: number): () => void {
  let waits: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(waits);
    waits = setTimeout(work, afterMs);
  };
}

/** Show a text beside its field while it is written. */
export function showBeside(part: HTMLElement): void {
  const place = part.querySelector<HTMLElement>(".st-beside");
  const text = place?.querySelector("textarea");
  const path = text?.form?.querySelector<HTMLInputElement>("input[name=path]")?.value;
  if (!place || !text || path === undefined) return;
  const frame = make("iframe", { class: "st-beside__shown", title: "The text as readers will have it" });
  // The same origin lets this page put the text in; without "allow-scripts" nothing in it can use that.
  frame.setAttribute("sandbox", "allow-same-origin");
  const said = make("ul", { class: "st-problems", role: "list" });
  const words = make("div", { class: "st-beside__said", role: "status" }, said);
  place.classList.add("st-beside--two");
  place.append(frame);
  place.after(words);

  let asked: AbortController | undefined;
  let last: string | undefined;
  const show = async (): Promise<void> => {
    const body = new URLSearchParams({ path, body: text.value });
    for (const name of SOURCES) {
      const field = text.form?.querySelector<HTMLInputElement>(`[name="${name}"]`);
      if (field) body.set(name, field.value);
    }
    const now = body.toString();
    const main = frame.contentDocument?.querySelector("main");
    if (now === last || !main) return;
    asked?.abort();
    const mine = (asked = new AbortController());
    try {
      const answer = await fetch("/write/beside", {
        method: "POST",
        body,
        signal: mine.signal,
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const shown = (await answer.json()) as Shown;
      last = now;
      tell(shown.problems);
      if (shown.html === "" && shown.problems.length > 0) return; // the last that could be shown stays
      const scroller = frame.contentDocument?.scrollingElement;
      const top = scroller?.scrollTop ?? 0;
      main.innerHTML = shown.html;
      if (scroller) scroller.scrollTop = top;
    } catch {
      if (!mine.signal.aborted) tell(["The text cannot be shown at the moment: the studio does not answer. It is still here, and you can go on writing."]);
    }
  };
  const tell = (problems: readonly string[]): void => {
    said.replaceChildren(...problems.map((one) => make("li", { class: "st-problem st-problem--warning" }, make("p", {}, one))));
  };
  frame.addEventListener("load", () => {
    last = undefined;
    void show();
  });
  frame.srcdoc = PAGE;
  const soon = debounced(() => void show(), AFTER_MS);
  text.addEventListener("input", soon);
  text.form?.querySelector(`[name="${SOURCES[0]}"]`)?.addEventListener("input", soon);
}
