/**
 * Words that were typed and not sent: whoever leaves the page is asked first, and so is whoever sends another form of
 * it. What another script keeps in this browser needs no question; a client's plan is kept nowhere but in its file, so
 * there it is the only help.
 */

import { make } from "../dom.ts";

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function isChanged(field: Element): field is Field {
  if (field instanceof HTMLTextAreaElement) return field.value !== field.defaultValue;
  if (field instanceof HTMLSelectElement) return [...field.options].some((one) => one.selected !== one.defaultSelected);
  if (!(field instanceof HTMLInputElement) || field.type === "hidden" || field.type === "file") return false;
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  return field.value !== field.defaultValue;
}

/** What a field is called on the page: of a label around a field, the words alone. */
function nameOf(field: Field): string {
  const words = [...(field.labels?.[0]?.childNodes ?? [])].filter((one) => one instanceof Text).map((one) => one.data);
  return words.join(" ").replace(/\s+/g, " ").trim();
}

const isTick = (field: Element): boolean => field instanceof HTMLInputElement && ["checkbox", "hidden"].includes(field.type);

/** A form that only asks whether one is sure: a tick is no work that could be lost. */
const onlyAsks = (form: HTMLFormElement): boolean =>
  [...form.elements].every((one) => isTick(one) || one instanceof HTMLButtonElement);

/** Ask before the page goes while something typed in one of its forms is neither sent nor kept. */
export function askBeforeLeaving(isKept: (form: HTMLFormElement) => boolean): void {
  const touched = new Set<HTMLFormElement>();
  let sending = false;
  let goesOn: HTMLFormElement | undefined;
  const holdsUnsent = (form: HTMLFormElement): boolean => {
    if (form.method !== "post" || !form.isConnected || isKept(form)) return false;
    // What a page brings back because it could not be taken is in the fields, and nowhere else.
    return form.dataset["stAnswer"] !== undefined || (touched.has(form) && [...form.elements].some(isChanged));
  };
  document.addEventListener("input", (event) => {
    const form = event.target instanceof Element ? event.target.closest("form") : null;
    const own = (event.target as Partial<Field>).form ?? form;
    if (own) touched.add(own);
  });
  // Before any other script takes it for sent.
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (!(form instanceof HTMLFormElement) || form.method !== "post" || event.submitter?.hasAttribute("formtarget") === true) return;
      const other = [...document.forms].find((one) => one !== form && holdsUnsent(one) && !onlyAsks(one));
      if (!other || goesOn === form) return;
      event.preventDefault();
      event.stopPropagation();
      refuse(form, other, event.submitter, () => (goesOn = form));
    },
    true,
  );
  document.addEventListener("submit", (event) => {
    // What only looks, in another tab, sends nothing away; nor does what another script does without leaving.
    if (event.submitter?.hasAttribute("formtarget") !== true && !event.defaultPrevented) sending = true;
  });
  window.addEventListener("pageshow", () => {
    sending = false;
    goesOn = undefined;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!sending && [...document.forms].some(holdsUnsent)) event.preventDefault();
  });
}

/** Say at the button that was pressed which words would be lost, and let a person save them first or go on without them. */
function refuse(form: HTMLFormElement, other: HTMLFormElement, pressed: HTMLElement | null, goOn: () => void): void {
  for (const said of document.querySelectorAll(".st-unsent")) said.remove();
  const changed = [...other.elements].find(isChanged);
  const name = changed ? nameOf(changed) : "";
  const back = make("button", { type: "button" }, "Go back to it");
  const go = make("button", { type: "button", class: "st-button--quiet" }, "Go on without it");
  const what = name === "" ? "Something on this page" : `“${name}”`;
  const box = make(
    "div",
    { class: "st-said st-unsent", role: "alert" },
    make("p", {}, `Nothing was done yet: ${what} was changed and is not saved, and would be lost. Save it first.`),
    make("div", { class: "st-actions" }, back, go),
  );
  back.addEventListener("click", () => {
    box.remove();
    const field = changed ?? [...other.elements].find((one) => !(one instanceof HTMLInputElement && one.type === "hidden"));
    if (field instanceof HTMLElement) {
      for (let fold = field.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) fold.open = true;
      field.focus();
    }
  });
  go.addEventListener("click", () => {
    box.remove();
    goOn();
    form.requestSubmit(pressed);
  });
  // In a row that stays in sight the words stay in sight as well.
  const row = pressed?.closest(".st-actions") ?? null;
  if (row?.classList.contains("st-actions--stays") === true) row.append(box);
  else if (row !== null) row.after(box);
  else form.append(box);
  back.focus({ preventScroll: true });
  box.scrollIntoView({ block: "nearest" });
}
