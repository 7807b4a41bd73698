/** A moving figure, steered: it shows the second that it is told to, and never runs by itself. */

import { make } from "../dom.ts";
import { Track } from "./tracks.ts";

/** Drawings that are inside the page, by their addresses: a plan that was handed over as a file fetches nothing. */
export const inside = new Map<string, string>();

/** Where a still is: inside the page, or where its address leads. */
export function addressOf(source: string): string {
  const drawn = inside.get(source);
  return drawn === undefined ? source : `data:image/svg+xml,${encodeURIComponent(drawn)}`;
}

async function textOf(source: string): Promise<string> {
  const drawn = inside.get(source);
  if (drawn !== undefined) return drawn;
  const answer = await fetch(source);
  if (!answer.ok) throw new Error(`no film: ${answer.status}`);
  return answer.text();
}

const STYLE = /<style>([^<]*)<\/style>/g;

/** A film in a page of its own within the page: its names and styles meet nobody else's, and the policy allows them. */
export class Film {
  readonly element: HTMLElement;
  #svg: SVGSVGElement | null = null;
  #tracks: readonly Track[] = [];

  /** `css`: the class of the element that holds it. */
  constructor(css: string) {
    this.element = make("div", { class: css });
  }

  /** Fetch it; `wordless`, as high as it is without the words below, where those are said beside it. */
  async load(source: string, wordless?: readonly [number, number]): Promise<void> {
    const text = await textOf(source);
    // The policy forbids styles inside a page, also in what is only being read: they take the ways that a script has.
    const rules: string[] = [];
    const plain = text
      .replace(STYLE, (_, rule: string) => (rules.push(rule), ""))
      .replaceAll(' style="', ' data-style="');
    const parsed = new DOMParser().parseFromString(plain, "image/svg+xml");
    const svg = document.importNode(parsed.documentElement, true) as unknown as SVGSVGElement;
    if (wordless !== undefined) {
      rules.push(".fig text,.fig circle[class]{display:none}");
      svg.setAttribute("viewBox", `0 0 ${wordless.join(" ")}`);
    }
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`${rules.join("")}.fig{display:block;width:100%;height:100%}`);
    for (const styled of svg.querySelectorAll<SVGElement>("[data-style]")) {
      for (const rule of (styled.dataset["style"] ?? "").split(";")) {
        const [name, value] = rule.split(":");
        if (name && value) styled.style.setProperty(name.trim(), value.trim());
      }
    }
    this.#tracks = Track.takenFrom(svg);
    svg.setAttribute("aria-hidden", "true");
    const root = this.element.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    root.append(svg);
    svg.pauseAnimations();
    this.#svg = svg;
  }

  /** Show a second of it; after its end it begins again. */
  show(second: number): void {
    this.#svg?.setCurrentTime(second);
    for (const track of this.#tracks) track.show(second);
  }
}
