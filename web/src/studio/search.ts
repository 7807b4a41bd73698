/** The list of pages is searched while one types. Without a script, or with Enter, the same form asks for the page. */

const WAITS_MS = 200;
/** What becomes another with the words: the kinds above the list, and the list. */
const PARTS = "[data-st-found]";

export function searchWhileTyping(form: HTMLFormElement): void {
  const field = form.querySelector<HTMLInputElement>("input[type=search]");
  const said = form.querySelector<HTMLElement>("[role=status]");
  if (field === null) return;
  let waits: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;

  const find = async (): Promise<void> => {
    asked += 1;
    const mine = asked;
    const address = new URL(form.action);
    const words = field.value.trim();
    if (words !== "") address.searchParams.set("q", words);
    let text: string;
    try {
      const answer = await fetch(address);
      if (!answer.ok) return;
      text = await answer.text();
    } catch {
      return; // the studio was closed; Enter says so
    }
    if (mine !== asked) return;
    const page = new DOMParser().parseFromString(text, "text/html");
    const [then, now] = [document, page].map((one) => [...one.querySelectorAll(PARTS)]);
    if (then === undefined || now === undefined || then.length !== now.length) return;
    then.forEach((part, at) => part.replaceWith(document.adoptNode(now[at] as Element)));
    // Whoever opens a page and comes back finds the words again.
    history.replaceState(null, "", address);
    if (said) said.textContent = document.querySelector("#found")?.textContent ?? "";
  };

  field.addEventListener("input", (event) => {
    clearTimeout(waits);
    if (event instanceof InputEvent && event.isComposing) return;
    waits = setTimeout(() => void find(), WAITS_MS);
  });
  form.addEventListener("submit", () => {
    clearTimeout(waits);
    asked += 1;
  });
}
