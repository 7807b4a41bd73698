/** A page that comes back with something to put right begins there, wherever on the page that is. */

/** Move the focus to the first field that is wrong, or to what is said of the whole form. */
export function beginWhereWrong(): void {
  // What a list at the top leads to is there whenever the page is opened, and is no answer to what was just sent.
  const said = document.querySelector<HTMLElement>("main .st-wrong[id$=-wrong]:not([data-st-listed]), main p.st-wrong[role=alert]");
  const field = document.querySelector<HTMLElement>("main [aria-invalid=true]:not([data-st-listed])");
  const first = said && field ? (said.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING ? said : field) : (said ?? field);
  if (!first) return;
  // Of a field that is wrong, its description says why; words without a field have the focus themselves.
  const described = field?.getAttribute("aria-describedby")?.split(" ") ?? [];
  const target = field && (first === field || described.includes(first.id)) ? field : first;
  if (target === first && !target.matches("input, select, textarea")) target.tabIndex = -1;
  target.focus();
  first.scrollIntoView({ block: "center" });
}
