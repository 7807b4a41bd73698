/** What is measured on days 0, 7 and 14: fields for it, and the change said against what counts as real. */

import { make, phrase } from "./dom.ts";
import { withMeasured, type Check, type Measured, type PlanData, type PlanStore, type State } from "./plan-store.ts";

const SIDES = ["left", "right"] as const;
const SIDE_WORDS = { left: phrase("left"), right: phrase("right") } as const;

/** What a check is called in the store, once for each side that is measured. */
export function namesOf(check: Check): string[] {
  return check.sides ? SIDES.map((side) => `${check.key}:${side}`) : [check.key];
}

/** Which values a check may have. */
type Range = Pick<Check, "min" | "max"> & Partial<Pick<Check, "whole">>;

/** A value as a reader writes it, with a point or a comma, and any of the signs that phones have for minus; null for anything else. */
export function valueOf(words: string, { min, max, whole }: Range): number | null {
  const plain = words.trim().replace(",", ".").replace(/^[\u2212\u2013]/, "-");
  if (!/^[-+]?\d{1,4}(\.\d{1,3})?$/.test(plain)) return null;
  const value = Number(plain) + 0; // no minus nought
  if (whole === true && !Number.isInteger(value)) return null;
  return value >= min && value <= max ? value : null;
}

/** What a reader typed into a field: a value, null to forget the one before; undefined for a mistake, which changes nothing. */
export function typedValue(words: string, range: Range): number | null | undefined {
  return words.trim() === "" ? null : (valueOf(words, range) ?? undefined);
}

/** How many checks of a day were entered whole, and how many there are. */
export function entered(checks: readonly Check[], measured: Measured, day: number): [number, number] {
  const due = checks.filter((check) => check.when.includes(day));
  const whole = due.filter((check) => namesOf(check).every((name) => measured[day]?.[name] !== undefined));
  return [whole.length, due.length];
}

/** The day of checks that belongs to a day of the plan: those of day 0 are done before the first session. */
export function checkDay(day: number): number {
  return day === 1 ? 0 : day;
}

/**
 * The change since day 0 in a sentence. What counts as real is said only where a source gives a figure for it;
 * without one nothing is claimed.
 */
export function changeWords(check: Check, first: number, value: number): string {
  const by = Math.round(Math.abs(value - first) * 100) / 100;
  if (by === 0) return phrase("the same as on day 0.");
  const way = value < first ? "less" : "more";
  const measured = { amount: `${by} ${amount(check.unit, by)}` };
  const change = way === "less" ? phrase("{amount} less than on day 0", measured) : phrase("{amount} more than on day 0", measured);
  if (check.from === null) {
    return phrase("{change}. How much change counts as real is not known, so this may be chance.", { change });
  }
  if (check.only !== null && check.only !== way) {
    return way === "less"
      ? phrase("{change}. How much less counts as real is not known, so this may be chance.", { change })
      : phrase("{change}. How much more counts as real is not known, so this may be chance.", { change });
  }
  const values = { change, figure: `${check.from} ${amount(check.unit, check.from)}` };
  return by >= check.from
    ? phrase("{change}: that counts as a real change ({figure} or more).", values)
    : phrase("{change}: smaller than what counts as a real change ({figure}), so it may be chance.", values);
}

function amount(unit: string, count: number): string {
  return count === 1 && /[^s]s$/.test(unit) ? unit.slice(0, -1) : unit;
}

/** All that can be said of a check: a line for each side and each later day that was entered. */
export function changes(check: Check, measured: Measured): string[] {
  return check.when.filter((day) => day > 0).flatMap((day) =>
    namesOf(check).flatMap((name, at) => {
      const [first, value] = [measured[0]?.[name], measured[day]?.[name]];
      if (value === undefined) return [];
      const where = whereWords(check, day, at);
      if (first === undefined) return [phrase("{where}: {value}. Nothing was entered on day 0 to compare it with.", { where, value })];
      return [`${where}: ${changeWords(check, first, value)}`];
    }),
  );
}

/** A day, with the side where each is measured: "Day 7, left". */
function whereWords(check: Check, day: number, at: number): string {
  const side = check.sides ? SIDES[at] : undefined;
  return side === undefined ? phrase("Day {day}", { day }) : phrase("Day {day}, {side}", { day, side: SIDE_WORDS[side] });
}

/** The fields of all checks, as far as their days have come; `changed` is called when something was entered. */
export function checkForm(data: PlanData, store: PlanStore, now: number, changed: () => void): HTMLElement {
  const isDue = (check: Check, day: number): boolean =>
    day <= Math.max(now, 0) || namesOf(check).some((name) => store.state.checks[day]?.[name] !== undefined);
  const forms = data.checks.map((check) => {
    const said = make("div", { "aria-live": "polite" });
    const say = (state: State): void => said.replaceChildren(...changes(check, state.checks).map((line) => make("p", {}, line)));
    say(store.state);
    const rows = check.when.filter((day) => isDue(check, day)).map((day) => {
      const fields = namesOf(check).map((name, at) => {
        const keep = (value: number | null): void => {
          if ((store.state.checks[day]?.[name] ?? null) === value) return;
          store.set(withMeasured(store.state, day, name, value));
          changed();
        };
        return field(whereWords(check, day, at), check, store.state.checks[day]?.[name], keep, () => say(store.state));
      });
      return make("div", { class: "kp-measured__day" }, ...fields);
    });
    return make("fieldset", {}, make("legend", {}, `${check.title} (${check.unit})`), ...rows, said);
  });
  const back = make("a", { href: "#today" }, phrase("Back to your day"));
  return make(
    "div",
    { class: "kp-measured" },
    make("h3", { id: "measured" }, phrase("What you measured")),
    make("p", {}, phrase("It stays on this device. Each day’s fields come when the day has come.")),
    ...forms,
    make("p", {}, back),
  );
}

let ids = 0;

function field(
  words: string,
  check: Check,
  kept: number | undefined,
  keep: (value: number | null) => void,
  left: () => void,
): HTMLElement {
  ids += 1;
  const [id, told] = [`kp-check-${ids}`, `kp-check-${ids}-told`];
  // Some phones have no minus among the keys for decimals.
  const keys = check.min < 0 ? "text" : check.whole ? "numeric" : "decimal";
  const input = make("input", { id, type: "text", inputmode: keys, autocomplete: "off", size: 5 });
  input.value = kept === undefined ? "" : String(kept);
  const wrong = make("span", { id: told, class: "kp-measured__wrong", "aria-live": "polite" });
  // The page may go away before the box is left: what is a value is kept as it is typed; the change is said once it is left.
  // What is not one leaves what was kept before: neither it nor its beginning ("7" of "75") takes that place.
  let settled = kept ?? null;
  input.addEventListener("input", () => {
    const value = typedValue(input.value, check);
    keep(value === undefined ? settled : value);
  });
  input.addEventListener("change", () => {
    const value = typedValue(input.value, check);
    const isWrong = value === undefined;
    for (const [name, words] of [["aria-invalid", "true"], ["aria-describedby", told]] as const) {
      if (isWrong) input.setAttribute(name, words);
      else input.removeAttribute(name);
    }
    const range = { least: String(check.min).replace("-", "−"), most: check.max };
    const mistake = check.whole ? phrase("Not kept: write a whole number from {least} to {most}.", range) : phrase("Not kept: write a number from {least} to {most}.", range);
    wrong.textContent = isWrong ? mistake : "";
    if (!isWrong) {
      settled = value;
      keep(value);
    }
    left();
  });
  return make("div", { class: "kp-measured__field" }, make("label", { for: id }, words), input, wrong);
}
