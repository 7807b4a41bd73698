/** The pain scores of a plan as a small chart, with the same figures behind it as a table. */

import { make, phrase } from "./dom.ts";
import { addDays, colourOf, entryOf, type Colour, type Limits, type State } from "./plan-store.ts";
import { dayWords } from "./plan-strip.ts";

const SVG = "http://www.w3.org/2000/svg";
/** The paper, and what of it is for the scores: room for figures at the left and below. */
const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [320, 170, 26, 12, 10, 26] as const;
const WORST = 10;

/** The colours of the pain rule inside a sentence. */
export const COLOUR_WORDS: Readonly<Record<Colour, string>> = { green: phrase("green"), amber: phrase("amber"), red: phrase("red") };

export interface Score {
  readonly day: number;
  readonly pain: number;
  readonly colour: Colour;
}

/** The days that have a score, each with its colour. */
export function scoresOf(light: Limits, state: State, days: number): Score[] {
  return Array.from({ length: days }, (_, at) => at + 1).flatMap((day) => {
    const entry = entryOf(state, day);
    const colour = colourOf(light, entry);
    return entry.pain === null || colour === null ? [] : [{ day, pain: entry.pain, colour }];
  });
}

/** Where a score is on the paper. */
export function placeOf(day: number, pain: number, days: number): [number, number] {
  const x = LEFT + ((WIDTH - LEFT - RIGHT) * (day - 0.5)) / days;
  const y = TOP + ((HEIGHT - TOP - BOTTOM) * (WORST - pain)) / WORST;
  return [Math.round(x * 10) / 10, Math.round(y * 10) / 10];
}

function draw(tag: string, attributes: Readonly<Record<string, string | number>>, words = ""): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.textContent = words;
  return element;
}

/** The chart and its table; nothing while there is no score. */
export function painChart(light: Limits, state: State, days: number): HTMLElement[] {
  const scores = scoresOf(light, state, days);
  if (scores.length === 0) return [];
  const said = scores.map(({ day, pain }) => phrase("day {day}: {pain}", { day, pain })).join(", ");
  const svg = draw("svg", {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    role: "img",
    class: "kp-chart",
    "aria-label": phrase("Scores from 0 to 10: {scores}. The table below has the same figures.", { scores: said }),
  });
  const bands = [
    ["green", 0, light.greenMax + 0.5],
    ["amber", light.greenMax + 0.5, light.amberMax + 0.5],
    ["red", light.amberMax + 0.5, WORST],
  ] as const;
  for (const [colour, low, high] of bands) {
    const [, top] = placeOf(1, high, days);
    const [, foot] = placeOf(1, low, days);
    const box = { x: LEFT, y: top, width: WIDTH - LEFT - RIGHT, height: foot - top };
    svg.append(draw("rect", { ...box, class: `kp-chart__band kp-light--${colour}` }));
    svg.append(draw("text", { x: WIDTH - RIGHT - 4, y: top + 13, "text-anchor": "end", class: "kp-chart__name" }, COLOUR_WORDS[colour]));
  }
  for (const pain of [0, 5, 10]) {
    svg.append(draw("text", { x: LEFT - 6, y: placeOf(1, pain, days)[1] + 4, "text-anchor": "end" }, String(pain)));
  }
  for (let day = 1; day <= days; day += 1) {
    if (day > 1 && day % 7 !== 0) continue;
    svg.append(draw("text", { x: placeOf(day, 0, days)[0], y: HEIGHT - 6, "text-anchor": "middle" }, day === 1 ? phrase("day 1") : String(day)));
  }
  const points = scores.map(({ day, pain }) => placeOf(day, pain, days).join(",")).join(" ");
  svg.append(draw("polyline", { points, class: "kp-chart__line" }));
  for (const { day, pain, colour } of scores) {
    const [cx, cy] = placeOf(day, pain, days);
    svg.append(draw("circle", { cx, cy, r: 5, class: `kp-chart__dot kp-light--${colour}` }));
  }
  return [make("h3", {}, phrase("Worst pain so far")), svg as unknown as HTMLElement, table(scores, state.start)];
}

function table(scores: readonly Score[], start: string | null): HTMLElement {
  const columns = [phrase("Day"), phrase("Date"), phrase("Worst pain"), phrase("Counts as")] as const;
  const head = columns.map((words) => make("th", { scope: "col" }, words));
  const rows = scores.map(({ day, pain, colour }) =>
    make(
      "tr",
      {},
      make("th", { scope: "row", "data-of": columns[0] }, String(day)),
      make("td", { "data-of": columns[1] }, start === null ? "" : dayWords(addDays(start, day - 1))),
      make("td", { "data-of": columns[2] }, String(pain)),
      make("td", { "data-of": columns[3] }, COLOUR_WORDS[colour]),
    ),
  );
  return make(
    "details",
    { class: "kp-check" },
    make("summary", {}, phrase("The scores as a table")),
    make("table", { class: "kp-scores" }, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows)),
  );
}
