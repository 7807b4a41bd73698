/**
 * Words that were typed and not sent: whoever leaves the page is asked first. What another script keeps in this browser
 * needs no question; a client's plan is kept nowhere but in its file, so there it is the only help.
 */

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function isChanged(field: Element): field is Field {
  if (field instanceof HTMLTextAreaElement) return field.value !== field.defaultValue;
  if (field instanceof HTMLSelectElement) return [...field.options].some((one) => one.selected !== one.defaultSelected);
  if (!(field instanceof HTMLInputElement) || field.type === "hidden" || field.type === "file") return false;
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  return field.value !== field.defaultValue;
}

/** Ask before the page goes while something typed in one of its forms is neither sent nor kept. */
export function askBeforeLeaving(isKept: (form: HTMLFormElement) => boolean): void {
  const touched = new Set<HTMLFormElement>();
  let sending = false;
  document.addEventListener("input", (event) => {
    const form = event.target instanceof Element ? event.target.closest("form") : null;
    const own = (event.target as Partial<Field>).form ?? form;
    if (own) touched.add(own);
  });
  document.addEventListener("submit", (event) => {
    // What only looks, in another tab, sends nothing away.
    if (event.submitter?.hasAttribute("formtarget") !== true) sending = true;
  });
  window.addEventListener("pageshow", () => (sending = false));
  window.addEventListener("beforeunload", (event) => {
    if (sending) return;
    for (const form of touched) {
      if (form.method === "post" && form.isConnected && !isKept(form) && [...form.elements].some(isChanged)) {
        event.preventDefault();
        return;
      }
    }
  });
}
