/** The figure of a phase: its film, held at the right instant, or a still where films do not move. */

import { make } from "../dom.ts";
import type { Phase, Pictures } from "./phases.ts";

/** A film in a page of its own within the page: its names and styles meet nobody else's, and the policy allows them. */
class Film {
  readonly element = make("div", { class: "kp-follow__film" });
  #svg: SVGSVGElement | null = null;

  async load(pictures: Pictures): Promise<void> {
    const answer = await fetch(pictures.moving);
    if (!answer.ok) throw new Error(`no film: ${answer.status}`);
    // The policy forbids styles inside a page, also in what is only being read: they take the ways that a script has.
    const rules: string[] = [];
    const plain = (await answer.text())
      .replace(/<style>([^<]*)<\/style>/g, (_, rule: string) => (rules.push(rule), ""))
      .replaceAll(' style="', ' data-style="');
    const parsed = new DOMParser().parseFromString(plain, "image/svg+xml");
    const svg = document.importNode(parsed.documentElement, true) as unknown as SVGSVGElement;
    // The words below the film are said beside it; the film would keep them small.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      `${rules.join("")}.fig text,.fig circle[class]{display:none}.fig{display:block;width:100%;height:100%}`,
    );
    for (const styled of svg.querySelectorAll<SVGElement>("[data-style]")) {
      for (const rule of (styled.dataset["style"] ?? "").split(";")) {
        const [name, value] = rule.split(":");
        if (name && value) styled.style.setProperty(name.trim(), value.trim());
      }
    }
    svg.setAttribute("viewBox", `0 0 ${pictures.size.join(" ")}`);
    svg.setAttribute("aria-hidden", "true");
    const root = this.element.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    root.append(svg);
    svg.pauseAnimations();
    this.#svg = svg;
  }

  show(second: number): void {
    this.#svg?.setCurrentTime(second);
  }
}

export class Figure {
  readonly element = make("div", { class: "kp-follow__picture" });
  readonly #films = new Map<string, Film | null>();
  readonly #kept: HTMLElement[] = [];
  readonly #still: boolean;
  #film: Film | null = null;
  #at = -1;
  #now: readonly [Phase, Pictures | null] | null = null;

  /** `still`: the reader asked for less motion. */
  constructor(still: boolean) {
    this.#still = still;
  }

  /** Fetch all of a session at its start: on the mat there may be no network. */
  prepare(all: readonly (Pictures | null)[]): void {
    for (const pictures of all) {
      if (pictures === null || this.#films.has(pictures.moving)) continue;
      if (this.#still) for (const source of pictures.stills) this.#kept.push(make("img", { src: source }));
      else void this.#fetch(pictures);
    }
  }

  /** The picture of a phase; the other side is its mirror image. */
  begin(phase: Phase, pictures: Pictures | null): void {
    this.#now = [phase, pictures];
    this.#film = null;
    this.#at = -1;
    this.element.hidden = pictures === null;
    this.element.classList.toggle("kp-follow__picture--other", phase.side === 2);
    if (pictures === null) return;
    const film = this.#films.get(pictures.moving);
    if (film) {
      this.#film = film;
      this.element.replaceChildren(film.element);
      return;
    }
    const [width, height] = pictures.size;
    const source = pictures.stills[Math.max(phase.still, 1) - 1];
    if (source === undefined) this.element.replaceChildren();
    else this.element.replaceChildren(make("img", { src: source, alt: "", width, height }));
  }

  async #fetch(pictures: Pictures): Promise<void> {
    this.#films.set(pictures.moving, null);
    const film = new Film();
    try {
      await film.load(pictures);
    } catch {
      return; // an old browser, or no network: the stills are there
    }
    this.#films.set(pictures.moving, film);
    if (this.#now?.[1]?.moving === pictures.moving) this.begin(...this.#now);
  }

  /** Move to where the film is `into` seconds after the phase began. */
  show(phase: Phase, into: number): void {
    if (this.#film === null || phase.film === undefined) return;
    const second = filmSecond(phase, into);
    if (Math.abs(second - this.#at) < 0.02) return;
    this.#at = second;
    this.#film.show(second);
  }
}

/** The second of the film that belongs to an instant of a phase. */
export function filmSecond(phase: Phase, into: number): number {
  const film = phase.film ?? [];
  const [from = 0, to = 0] = film;
  if (phase.reps > 0) {
    let rest = into % phase.beat.reduce((sum, part) => sum + part, 0);
    for (const [number, part] of phase.beat.entries()) {
      const [start = 0, end = start] = film.slice(number);
      if (rest < part) return start + (end - start) * (rest / part);
      rest -= part;
    }
    return to;
  }
  if (phase.kind === "work") return from + (into % (to - from || 1));
  // All of the way in the seconds that it is given.
  return phase.lead > 0 ? from + (to - from) * Math.min(into / phase.lead, 1) : to;
}
