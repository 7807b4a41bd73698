/**
 * Back to where one was, beside the way up: an app on a phone's Home Screen has no button for it, and in the middle of a
 * plan "Symptoms" is not where one was. The browser alone knows, and tells no address (the site asks it to tell none).
 */

/** What browsers tell a page of the pages before it in its tab, as far as they are of one host without a break. */
export interface Travelled {
  readonly currentEntry: { readonly index: number } | null;
  entries(): readonly { readonly sameDocument: boolean }[];
}

/** How many steps back another page is; what was opened on this page itself is passed over. 0 where there is none. */
export function stepsBack(travelled: Travelled): number {
  const index = travelled.currentEntry?.index ?? 0;
  const at = travelled.entries().slice(0, index).findLastIndex(({ sameDocument }) => !sameDocument);
  return at < 0 ? 0 : index - at;
}

/** The button for it; its words are the page's, so that nothing more has to be fetched. */
export function begin(crumb: HTMLElement, travelled: Travelled): void {
  if (stepsBack(travelled) === 0) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "kp-crumb__back";
  button.textContent = crumb.dataset["back"] ?? "";
  button.addEventListener("click", () => history.go(-stepsBack(travelled)));
  crumb.append(" ", button);
}
