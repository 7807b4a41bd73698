/** A few words of the reader's own about a day: for themselves, or for whoever treats them. */

import { make, phrase } from "./dom.ts";
import { entryOf, NOTE_LONGEST, withEntry, type PlanStore } from "./plan-store.ts";

/** The field for one day, folded while there is nothing in it; `changed` is called at each letter. */
export function noteForm(store: PlanStore, day: number, changed: () => void): HTMLElement {
  const note = entryOf(store.state, day).note ?? "";
  const field = make("textarea", { id: "kp-note", rows: 3, maxlength: NOTE_LONGEST });
  field.value = note;
  field.addEventListener("input", () => {
    store.set(withEntry(store.state, day, { note: field.value }));
    changed();
  });
  return make(
    "details",
    { class: "kp-check kp-today__note", open: note !== "" },
    make("summary", {}, phrase("Your note")),
    make("label", { for: "kp-note" }, phrase("How day {day} went, in your own words", { day })),
    field,
  );
}
