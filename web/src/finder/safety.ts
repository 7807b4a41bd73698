/** What is above all results: whom to call, when the words tell of a warning sign. It comes with the rules (signs.ts). */

import { make } from "../dom.ts";
import { phrase } from "./said.ts";
import type { Facts, Flag, Found, Level } from "./asking.ts";
import type { Index, Page } from "./index.ts";
import { ROOT } from "./load.ts";
import { ASKS, toAll, wayToAll } from "./shown.ts";
import { ringing as linked, toldLang } from "./whom.ts";

/** All that a card has to know of the index; it is there without one as well (lost.ts). */
type Help = Pick<Index, "help">;

/** More signs than this are not all in sight at once. */
const IN_SIGHT = 6;
/** A sentence. */
const SAID = /[^.?!]+[.?!]*/g;
const LEVELS: readonly Level[] = ["emergency", "urgent", "gp"];

/** Less is sooner: an ambulance before a lift to A&E, and A&E today before a call to an advice line. */
function rankOf({ level, hospital }: Flag): number {
  return 2 * LEVELS.indexOf(level) + (hospital === (level === "emergency") ? 1 : 0);
}

/** In the same turn, but an emergency that brings others on goes first: sepsis before the confusion that is seen of it. */
export function placeOf(flag: Flag): number {
  return flag.level === "emergency" && flag.cause ? -1 : rankOf(flag);
}

/** A sentence with its telephone numbers as links that ring. */
function ringing(facts: Facts, sentence: string): (Node | string)[] {
  const numbers = facts.urgency.flatMap((level) => level.numbers);
  return linked(numbers, sentence);
}

/** A warning sign's name, as a link to the page that says whom to call where there is one. */
function named(index: Help, flag: Flag): Node | string {
  const lang = toldLang();
  if (index.help === "") return lang === undefined ? flag.title : make("span", { lang }, flag.title);
  const href = new URL(`${index.help}#flag-${flag.key}`, ROOT).href;
  return make("a", { href, lang }, flag.title);
}

/**
 * Whom to call, above everything. The most urgent sign decides, and its level says how soon, whichever is named first;
 * the other signs are named with it. Where the words only come near a sign, the signs of the nearest
 * symptom are asked about instead: in sight with `isOpen`, or one line that opens where there is less room.
 */
export function safetyCard(
  index: Help,
  signs: Found,
  facts: Facts,
  pages: readonly Page[],
  isOpen: boolean,
): HTMLElement | undefined {
  const [first] = signs.flags;
  const lang = toldLang();
  // A collapse is seen to first, whatever brought it on: what to do for the most urgent one is said before what to do for that.
  const [soonest] = [...signs.flags].sort((a, b) => rankOf(a) - rankOf(b));
  if (first === undefined || soonest === undefined) return signs.isNear ? question(index, facts, askedOf(signs, facts, pages), isOpen && !signs.isEveryday) : undefined;
  const says = titleOf(first, facts, signs.isAsked ?? false);
  const below = says === undefined ? signs.flags.slice(1) : signs.flags;
  return make(
    "section",
    {
      class: `kp-safety kp-safety--${first.level}`,
      "data-safety-card": first.level,
      tabindex: -1,
      "aria-label": phrase("Warning sign"),
    },
    // A sign that is the title is not named again below.
    make("p", { class: "kp-safety__title", lang }, says ?? first.title),
    make("p", { class: "kp-safety__call", lang }, ...ringing(facts, soonest.ownCall ? soonest.action : callOf(facts, soonest))),
    ...[...callsBesides(facts, soonest, signs.flags), ...besides(soonest, first)].map((action) => make("p", { lang }, ...ringing(facts, action))),
    below.length === 0 ? undefined : list(index, below),
    // Beside an emergency nothing is to be read.
    first.level === "emergency" || index.help === "" ? undefined : make("p", {}, allSigns(index)),
  );
}

/** The way to the page that says whom to call. */
function allSigns(index: Help): HTMLElement {
  return make("a", { href: new URL(index.help, ROOT).href }, toAll());
}

/**
 * What else to do: for the most urgent sign, then for the one that is named. What both say is said once, and what the most urgent
 * one's ends with at the end: that there is nothing else here, say.
 */
function besides(soonest: Flag, first: Flag): string[] {
  if (soonest === first || soonest.ownCall) return first.ownCall ? [] : [first.action].filter((action) => action !== "");
  const own = first.action.match(SAID) ?? [];
  const all = soonest.action.match(SAID) ?? [];
  const more = all.filter((one) => !own.some((other) => other.trim() === one.trim()));
  const last = own.length > 0 && more.at(-1) === all.at(-1) ? more.splice(-1) : [];
  return [more.join(""), first.action, last.join("")].filter((action) => action !== "");
}

/** Whom else to call: a sign that says it itself speaks for itself alone, and not for others that are as urgent. */
function callsBesides(facts: Facts, soonest: Flag, flags: readonly Flag[]): string[] {
  if (!soonest.ownCall) return [];
  const others = flags.filter((flag) => flag !== soonest && !flag.ownCall && rankOf(flag) === rankOf(soonest));
  return [...new Set(others.map((flag) => callOf(facts, flag)))];
}

/** Whoever asks "signs of a stroke?" may be having one, or learning: both are told when it counts. None where a sign is told by its name. */
function titleOf(flag: Flag, facts: Facts, isAsked: boolean): string | undefined {
  if (isAsked) return facts.says.ifNow;
  return flag.alone ? undefined : facts.says.mayBeSign;
}

/** The signs that words most likely come near, or else those of the nearest symptom. */
function askedOf({ likely = [] }: Found, facts: Facts, pages: readonly Page[]): readonly Flag[] {
  if (likely.length > 0) return likely;
  const nearest = pages.map((page) => facts.warns[page.at] ?? []).find((warns) => warns.length > 0);
  return nearest?.flatMap((at) => facts.flags[at] ?? []) ?? [];
}

/** "Are any of these true?" with such signs, or the way to all of them. */
function question(index: Help, facts: Facts, flags: readonly Flag[], isOpen: boolean): HTMLElement | undefined {
  if (flags.length === 0) return wayToAll(index, facts.says.nearSign);
  const groups = facts.urgency.flatMap(({ level, action, hospitalAction }) =>
    (level === "emergency" ? [false, true] : [true, false]).flatMap((hospital) => {
      const all = flags.filter((flag) => flag.level === level && flag.hospital === hospital);
      const of = all.filter((flag) => !flag.ownCall);
      const told = (some: readonly Flag[], call: string) => ({ level, told: [list(index, some), make("p", { lang: toldLang() }, ...ringing(facts, call))] });
      const own = all.filter((flag) => flag.ownCall).map((flag) => told([flag], flag.action));
      return of.length === 0 ? own : [told(of, hospital ? hospitalAction : action), ...own];
    }),
  );
  const told = (isNow: boolean): Node[] => groups.flatMap((group) => ((group.level === "emergency") === isNow ? group.told : []));
  const [now, later] = [told(true), told(false)];
  // A screen full of signs is not read: those that can wait for a call are one press away.
  const folds = flags.length > IN_SIGHT && now.length > 0 && later.length > 0;
  const rest = folds
    ? [make("details", { class: "kp-safety__more" }, make("summary", {}, phrase("Or any of these?")), ...later)]
    : later;
  return make(
    "details",
    { ...ASKS, open: isOpen },
    make("summary", {}, phrase("Are any of these true?")),
    ...now,
    ...rest,
    index.help === "" ? undefined : make("p", {}, allSigns(index)),
  );
}

function list(index: Help, flags: readonly Flag[]): HTMLElement {
  return make("ul", { role: "list" }, ...flags.map((flag) => make("li", {}, named(index, flag))));
}

function callOf(facts: Facts, flag: Flag): string {
  const level = facts.urgency.find((of) => of.level === flag.level);
  return (flag.hospital ? level?.hospitalAction : level?.action) ?? "";
}
