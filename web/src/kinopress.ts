/**
 * The one script of every page: small, and it fetches the rest only when a reader reaches for it.
 * A page works without it: the field is a form that leads to /find/, where the body map is.
 */

import { begin as back, type Travelled } from "./back.ts";
import { wake } from "./follow/wake.ts";
import { styled } from "./styled.ts";

const FIELD = "form[data-kp-finder]";
const INPUT = "input[type=search]";
/** Letters that are kept, as kept.ts says: what that file holds would be one more to fetch. */
const LONGEST = 4000;
/** So long after a page of results has come, in milliseconds, what it searches with is fetched. */
const IDLE_MS = 1000;

// Addresses of earlier editions held the words where servers read them. Before anything else is
// asked for they move behind the #, which never leaves the browser.
const isFindPage = document.querySelector("[data-kp-results]") !== null;
if (isFindPage && location.search !== "") {
  const asked = location.hash.startsWith("#?") ? location.hash : `#${location.search}`;
  history.replaceState(null, "", location.pathname + asked);
}

let index: Promise<Response> | undefined;

/** The index is asked for while the finder itself is still on its way. */
async function begin(form: HTMLFormElement): Promise<void> {
  index ??= fetch(new URL("../finder/index.json", import.meta.url));
  index.catch(() => {
    index = undefined; // whoever reaches for the field again tries again
  });
  const asked = index;
  const finder = await import("./finder/main.ts");
  await finder.begin(form, asked);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input, textarea, select"))
  );
}

document.addEventListener("focusin", (event) => {
  const form = event.target instanceof Element ? event.target.closest(FIELD) : null;
  if (form instanceof HTMLFormElement) void begin(form);
});

document.addEventListener("keydown", (event) => {
  const modified = event.ctrlKey || event.metaKey || event.altKey;
  if (event.key !== "/" || event.isComposing || modified || isTyping(event.target)) return;
  // The field in the page's own matter (home, /find/) is before the one in the header.
  const input =
    document.querySelector<HTMLInputElement>(`main ${FIELD} ${INPUT}`) ??
    document.querySelector<HTMLInputElement>(`${FIELD} ${INPUT}`);
  if (input === null) return;
  event.preventDefault();
  input.focus();
  input.select();
});

// Enter before the finder has come keeps the words behind the #, as the finder itself does: the page of
// results has them in its field and searches when it can.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !(form instanceof HTMLFormElement) || !form.matches(FIELD)) return;
  event.preventDefault();
  const words = form.querySelector<HTMLInputElement>(INPUT)?.value.trim().slice(0, LONGEST) ?? "";
  location.assign(new URL(words === "" ? "" : `#?q=${encodeURIComponent(words)}`, form.action));
  if (isFindPage) void begin(form);
});

// A page of results that was asked something has something to show at once. Where nothing was asked the finder
// comes with the reader's first move: until then the page is quick, and nothing is fetched that nobody may want.
if (isFindPage) {
  const form = document.querySelector<HTMLFormElement>(`main ${FIELD}`);
  const input = form?.querySelector<HTMLInputElement>(INPUT);
  if (input?.value === "") input.value = new URLSearchParams(location.hash.slice(1)).get("q") ?? "";
  if (form !== null && (location.hash.startsWith("#?") || input?.value !== "")) void begin(form);
  else if (form !== null) {
    document.querySelector<HTMLElement>("[data-kp-results]")?.toggleAttribute("hidden", true);
    for (const move of ["pointerdown", "keydown", "scroll", "hashchange"]) {
      addEventListener(move, () => void begin(form), { once: true, passive: true });
    }
    // On a slow line the finder had better be here before a reader reaches for it. Who saves data gets it with the
    // first move.
    const { connection } = navigator as { connection?: { saveData?: boolean } };
    const idle = (): void => {
      if (connection?.saveData !== true) setTimeout(() => void begin(form), IDLE_MS);
    };
    if (document.readyState === "complete") idle();
    else addEventListener("load", idle, { once: true });
  }
}

if (document.querySelector("kp-plan") !== null) void import("./plan-copies.ts").then((plan) => plan.begin(wake, () => styled("follow.css")));

// Following an exercise along. A phone lets sound begin only inside the tap itself, so it is woken here and handed on.
const starts = document.querySelectorAll<HTMLElement>("kp-follow");
for (const start of starts) {
  start.hidden = false;
  start.addEventListener("click", () => {
    const sound = wake();
    void Promise.all([import("./follow/page.ts"), styled("follow.css")]).then(([page]) => page.start(start, sound));
  });
}
try {
  if (starts.length > 0 && sessionStorage.getItem("kinopress.follow") !== null) {
    void Promise.all([import("./follow/page.ts"), styled("follow.css")]).then(([page]) => page.comeBack(starts));
  }
} catch {
  // the reader has switched storage off: nothing was kept
}

// Home and the list of plans: who has begun one goes on with it. What tells so is on the reader's own device.
const going = document.querySelector<HTMLElement>("kp-continue");
try {
  if (going !== null && Object.keys(localStorage).some((key) => key.startsWith("kinopress.plan."))) {
    void Promise.all([import("./plan-continue.ts"), styled("plan.css")]).then(([plans]) => plans.show(going));
  }
} catch {
  // the reader has switched storage off
}

// Back to where one was, where the browser knows of a page before this one in its tab.
const crumb = document.querySelector<HTMLElement>(".kp-crumb");
const { navigation } = window as { navigation?: Travelled };
if (crumb !== null && navigation !== undefined) back(crumb, navigation);

// A drawn figure moves by itself, as a picture; steered it takes less of a slow phone.
for (const fold of document.querySelectorAll<HTMLDetailsElement>("details.kp-moving")) {
  fold.addEventListener("toggle", () => void import("./figure/moving.ts").then((moving) => moving.begin(fold)), { once: true });
}

// A film plays without it: this is for slowing it down, repeating a part of it, mirroring it.
const films = document.querySelectorAll<HTMLElement>("kp-film");
if (films.length > 0) void import("./film/main.ts").then((film) => film.begin(films));

// A list that is narrowed down. On a phone its filters are folded, and the script comes with the first touch of them;
// where they have a column of their own, as the style sheet says, or the address names one, it comes at once.
const filters = document.querySelector<HTMLElement>("[data-kp-narrow]");
if (filters !== null) {
  let narrow: Promise<void> | undefined;
  const start = (): void => {
    narrow ??= import("./narrow.ts").then((module) => module.begin(filters));
  };
  if (location.hash !== "" || matchMedia("(min-width: 62rem)").matches) start();
  else {
    addEventListener("hashchange", start, { once: true });
    for (const move of ["pointerdown", "focusin", "toggle"]) {
      filters.addEventListener(move, start, { once: true, capture: true, passive: true });
    }
  }
}

// The site on the reader's own device: long after the page is there, so that nothing of it is in its way. A preview
// and a site that keeps nothing have no manifest.
const manifest = document.querySelector('link[rel="manifest"]');
if (manifest !== null && "serviceWorker" in navigator) {
  const start = (): void => {
    setTimeout(() => void import("./offline/keeping.ts").then((offline) => offline.begin()), 2000);
  };
  if (document.readyState === "complete") start();
  else addEventListener("load", start, { once: true });
  const shown = document.querySelectorAll<HTMLElement>("kp-film[data-keep], kp-offline");
  if (shown.length > 0) void import("./offline/shown.ts").then((offline) => offline.begin(shown));
}
