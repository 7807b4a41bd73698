/**
 * The movement of an exercise, paced. As a picture it would be drawn sixty times a second by the browser itself, which
 * leaves a slow phone no time for anything else; steered, it is drawn as often as costs that phone little.
 */

import { Film } from "./film.ts";

/** What drawing may take of the page's time. */
const SHARE = 0.25;
/** Thirty times a second at most: more is not seen in movements as slow as these. */
const SHORTEST_MS = 1000 / 30;
/** Below eight times a second a movement falls apart into pictures. */
const LONGEST_MS = 125;

/** Milliseconds from one picture to the next, when a picture takes so many to draw. */
export function pace(costMs: number): number {
  return Math.min(Math.max(costMs / SHARE, SHORTEST_MS), LONGEST_MS);
}

/** Replace the moving picture of a fold that was opened by one that is steered. */
export async function begin(fold: HTMLElement): Promise<void> {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return; // the sheet of key frames is shown
  const picture = fold.querySelector("picture");
  const image = picture?.querySelector("img");
  if (!picture || !image) return;
  const film = new Film("kp-moving__film");
  try {
    await film.load(image.src);
  } catch {
    return; // no network, or an old browser: the picture moves by itself
  }
  film.element.setAttribute("role", "img");
  film.element.setAttribute("aria-label", image.alt);
  picture.replaceWith(film.element);
  run(film);
}

/** Runs while it is in sight, and rests otherwise. */
export function run(film: Film): void {
  let inSight = false;
  let running = false;
  let second = 0;
  let last = 0;
  /** The price of a picture, evened out: one that came late is not the rule. */
  let cost = 0;
  const drawn = new MessageChannel();
  let asked = 0;

  const frame = (now: number): void => {
    if (!inSight) {
      running = false;
      return;
    }
    // After a rest the movement goes on from where it was.
    second += Math.min(now - last, 2 * LONGEST_MS) / 1000;
    last = now;
    asked = performance.now();
    film.show(second);
    drawn.port2.postMessage(null); // comes when the browser has laid out and painted
  };
  drawn.port1.addEventListener("message", () => {
    const took = performance.now() - asked;
    cost += (took - cost) / 4;
    setTimeout(() => requestAnimationFrame(frame), pace(cost) - took);
  });
  drawn.port1.start();

  new IntersectionObserver((entries) => {
    inSight = entries.at(-1)?.isIntersecting ?? false;
    if (!inSight || running) return;
    running = true;
    last = performance.now();
    requestAnimationFrame(frame);
  }).observe(film.element);
}
