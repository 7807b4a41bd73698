/**
 * What a moving figure animates of its style: how strongly words, muscles and arrows show, which part of a line is drawn.
 *
 * Under a policy that forbids styles in a page, Firefox moves the outlines (`d`) of a drawing and none of these: words and
 * muscles would never appear. A script may set styles, so these are taken out of the drawing and set here, in every browser.
 */

/** One property of one element, over the film. */
export class Track {
  readonly #element: SVGElement;
  readonly #name: string;
  readonly #length: number;
  readonly #times: readonly number[];
  readonly #values: readonly (readonly number[])[];
  #shown = "";

  private constructor(element: SVGElement, animate: Element) {
    const list = (name: string): string[] => (animate.getAttribute(name) ?? "").split(";");
    this.#element = element;
    this.#name = animate.getAttribute("attributeName") ?? "";
    this.#length = Number.parseFloat(animate.getAttribute("dur") ?? "");
    this.#times = list("keyTimes").map(Number);
    this.#values = list("values").map((value) => value.trim().split(" ").map(Number));
  }

  /** Takes out of a drawing what it animates apart from its outlines. */
  static takenFrom(svg: SVGSVGElement): readonly Track[] {
    const tracks: Track[] = [];
    for (const animate of [...svg.querySelectorAll('animate:not([attributeName="d"])')]) {
      const element = animate.parentElement as unknown as SVGElement | null;
      if (element === null) continue;
      tracks.push(new Track(element, animate));
      animate.remove();
    }
    return tracks;
  }

  /** Set what it has at a second of the film, which begins again after its end. */
  show(second: number): void {
    const value = at(this.#times, this.#values, (second % this.#length) / this.#length).join(" ");
    if (value === this.#shown) return; // most of a film is held
    this.#shown = value;
    this.#element.style.setProperty(this.#name, value);
  }
}

/** Numbers at a share of the film, between those of the moments around it. */
export function at(
  times: readonly number[],
  values: readonly (readonly number[])[],
  share: number,
): readonly number[] {
  const next = times.findIndex((time) => time > share);
  const before = values[next < 0 ? values.length - 1 : Math.max(next - 1, 0)] ?? [];
  const after = values[next];
  const [from = 0, to = 1] = times.slice(Math.max(next - 1, 0));
  if (next < 1 || after === undefined) return before;
  return before.map((number, place) => number + ((after[place] ?? number) - number) * ((share - from) / (to - from)));
}
