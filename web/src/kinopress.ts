/**
 * The one script of every page: small, and it fetches the rest only when a reader reaches for it.
 * A page works without it: the field is a form that leads to /find/, where the body map is.
 */

const FIELD = "form[data-kp-finder]";

async function begin(form: HTMLFormElement): Promise<void> {
  const finder = await import("./finder/main.ts");
  await finder.begin(form);
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
  if (event.key !== "/" || modified || isTyping(event.target)) return;
  // The field in the page's own matter (home, /find/) stands before the one in the header.
  const input =
    document.querySelector<HTMLInputElement>(`main ${FIELD} input[name=q]`) ??
    document.querySelector<HTMLInputElement>(`${FIELD} input[name=q]`);
  if (input === null) return;
  event.preventDefault();
  input.focus();
  input.select();
});

// A page of results has something to show at once.
if (document.querySelector("[data-kp-results]") !== null) {
  const form = document.querySelector<HTMLFormElement>(`main ${FIELD}`);
  if (form !== null) void begin(form);
}

if (document.querySelector("kp-plan") !== null) void import("./plan-element.ts");
