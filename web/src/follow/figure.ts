/** The figure of a phase: its film, held at the right instant, or a still where films do not move. */

import { make } from "../dom.ts";
import { addressOf, Film } from "../figure/film.ts";
import type { Phase, Pictures } from "./phases.ts";

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
      if (this.#still) for (const source of pictures.stills) this.#kept.push(make("img", { src: addressOf(source) }));
      else void this.#fetch(pictures);
    }
  }

  /** The picture of a phase; the other side is its mirror image. */
  begin(phase: Phase, pictures: Pictures | null): void {
    this.#now = [phase, pictures];
    this.#film = null;
    this.#at = -1;
    this.element.hidden = pictures === null;
    this.element.classList.toggle("kp-follow__picture--other", (phase.side === 2) !== (pictures?.mirrored === true));
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
    else this.element.replaceChildren(make("img", { src: addressOf(source), alt: "", width, height }));
  }

  async #fetch(pictures: Pictures): Promise<void> {
    this.#films.set(pictures.moving, null);
    const film = new Film("kp-follow__film");
    try {
      await film.load(pictures.moving, pictures.size);
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
