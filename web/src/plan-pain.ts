/** How much did it hurt: a score, the traffic light's answer, and the question it asks the next morning. */

import { make, phrase } from "./dom.ts";
import { COLOUR_WORDS } from "./plan-chart.ts";
import { answer, colourOf, entryOf, withEntry, type PlanData, type PlanStore } from "./plan-store.ts";

const COLOURS = { green: phrase("Green"), amber: phrase("Amber"), red: phrase("Red") } as const;

/**
 * The form for one day; `changed` is called when something was entered. The morning after is asked about only once it
 * has come: `now` is today's number in the plan.
 */
export function painForm(
  data: PlanData,
  store: PlanStore,
  day: number,
  now: number,
  changed: () => void,
): HTMLElement {
  const entry = entryOf(store.state, day);
  const select = make(
    "select",
    { id: "kp-score" },
    make("option", { value: "" }, "–"),
    ...Array.from({ length: 11 }, (_, score) =>
      make("option", { value: String(score) }, score === 0 ? phrase("0, none") : score === 10 ? phrase("10, worst") : String(score)),
    ),
  );
  select.value = entry.pain === null ? "" : String(entry.pain);
  const morning = make("fieldset", { class: "kp-today__morning" });
  morning.append(make("legend", {}, phrase("Next morning: are you back to your usual?")));
  for (const [word, settled] of [["Yes", true], ["No", false]] as const) {
    const radio = make("input", { type: "radio", name: "kp-settled", id: `kp-settled-${word}` });
    radio.checked = entry.settled === settled;
    radio.addEventListener("change", () => {
      store.set(withEntry(store.state, day, { settled }));
      say();
      changed();
    });
    morning.append(make("label", { class: "kp-tick", for: radio.id }, radio, settled ? phrase("Yes") : phrase("No")));
  }
  // It speaks only when its words change, so a screen reader is told the answer and nothing else.
  const output = make("div", { class: "kp-today__answer", role: "status" });
  const say = (): void => {
    const colour = colourOf(data.light, { ...entryOf(store.state, day), settled: null });
    morning.hidden = now <= day || colour === null || colour === "red";
    output.replaceChildren(...answerWords(data, store, day));
  };
  select.addEventListener("change", () => {
    const pain = select.value === "" ? null : Number(select.value);
    store.set(withEntry(store.state, day, { pain, settled: null }));
    for (const radio of morning.querySelectorAll("input")) radio.checked = false;
    say();
    changed();
  });
  say();
  const label = make("label", { for: "kp-score" }, phrase("Worst pain, during or straight after (0–10)"));
  const stop = make("a", { href: "#pain" }, phrase("When to stop at once"));
  const row = make("div", { class: "kp-today__score" }, label, select);
  return make("div", { class: "kp-today__pain" }, row, output, morning, make("p", {}, stop));
}

/** What the traffic light says to the score, as a paragraph; nothing while there is none. */
function answerWords(data: PlanData, store: PlanStore, day: number): HTMLElement[] {
  const found = answer(data, store.state, day);
  if (found === null) return [];
  const why = found.unsettled ? ` ${phrase("It had not settled by morning, so it counts as {colour}.", { colour: COLOUR_WORDS[found.colour] })}` : "";
  const twice = found.twice ? ` ${phrase("This is the second red in a row.")}` : "";
  return [
    make(
      "p",
      { class: `kp-light-answer kp-light--${found.colour}` },
      make("strong", {}, `${COLOURS[found.colour]}.`),
      `${why}${twice} `,
      make("span", { lang: (found.twice && data.light?.twiceLang) || undefined }, found.words),
    ),
  ];
}
