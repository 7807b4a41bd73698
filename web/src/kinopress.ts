/**
 * The one script of every page: small, and it fetches the rest only when a reader reaches for it.
 * A page works without it: the field is a form that leads to /find/, where the body map is.
 */

/** The search field of the page's own matter (home, /find/) before the one in the header. */
function field(): HTMLInputElement | null {
  return (
    document.querySelector<HTMLInputElement>("main form[data-kp-finder] input[name=q]") ??
    document.querySelector<HTMLInputElement>("form[data-kp-finder] input[name=q]")
  );
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input, textarea, select"))
  );
}

document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target)) {
    const input = field();
    if (input !== null) {
      event.preventDefault();
      input.focus();
      input.select();
    }
  }
});
