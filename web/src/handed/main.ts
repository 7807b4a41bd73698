/** The script of a plan that was handed over as one file. It asks nobody for anything: all that it shows is in the page. */

import { addressOf, Film, inside } from "../figure/film.ts";
import { run } from "../figure/moving.ts";
import { wake } from "../follow/wake.ts";
import { begin } from "../plan-element.ts";
import { liveAt } from "../plan-shelf.ts";
import { make, phrase } from "../dom.ts";
import { bytesOf, FILM_TYPE, UNPACKED, type Packed } from "./packed.ts";
import { sending } from "./sending.ts";

const every = (selector: string): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(selector)];

const packed = (window as unknown as Record<string, Packed | undefined>)[UNPACKED];

function drawings(): void {
  if (packed === undefined) return;
  for (const [address, drawing] of Object.entries(packed.drawings)) inside.set(address, drawing);
  for (const image of every("img[data-still]")) {
    const [, drawing = ""] = (image.getAttribute("src") ?? "").split(/^data:image\/svg\+xml,/);
    inside.set(image.dataset["still"] ?? "", decodeURIComponent(drawing));
  }
  for (const item of every("li[data-led]")) item.dataset["follow"] = JSON.stringify(packed.follow[Number(item.dataset["led"])]);
  for (const place of every("span[data-still]")) {
    const { still = "", alt = "", width, height } = place.dataset;
    if (inside.has(still)) place.replaceWith(make("img", { src: addressOf(still), alt, width, height }));
  }
  if (!matchMedia("(prefers-reduced-motion: reduce)").matches) for (const place of every("[data-moving]")) movement(place);
}

/** The movement of an exercise, once its fold is open. */
function movement(place: HTMLElement): void {
  const fold = place.closest("details");
  const show = async (): Promise<void> => {
    const film = new Film("kp-moving__film");
    try {
      const [width, height] = (place.dataset["size"] ?? "").split(" ").map(Number);
      await film.load(place.dataset["moving"] ?? "", width && height ? [width, height] : undefined);
    } catch {
      return; // an old browser: the stills are there
    }
    film.element.setAttribute("role", "img");
    film.element.setAttribute("aria-label", place.dataset["alt"] ?? "");
    place.replaceChildren(film.element);
    run(film);
  };
  fold?.addEventListener("toggle", () => void show(), { once: true });
}

/** A film is unpacked when somebody opens it: it may be as large as all else together many times over. */
function caption(video: HTMLVideoElement, film: string): void {
  for (const [at, [language, cues]] of Object.entries(packed?.captions[film] ?? {}).entries()) {
    const track = video.addTextTrack("captions", language, language);
    for (const [from, to, words] of cues) track.addCue(new VTTCue(from, to, words));
    track.mode = at === 0 ? "showing" : "disabled";
  }
}

/** A film: out of the page, or fetched and decrypted; null where the page has none of it. */
async function filmOf(name: string): Promise<Blob | null> {
  if (packed?.film !== undefined) return packed.film(name);
  const film = document.querySelector<HTMLElement>(`script[data-kp-film="${name}"]`);
  return film === null ? null : new Blob([bytesOf(film.textContent ?? "", Number(film.dataset["shift"]))], { type: FILM_TYPE });
}

async function show(name: string, video: HTMLVideoElement): Promise<void> {
  const found = await filmOf(name);
  if (found === null) return;
  caption(video, name);
  video.src = URL.createObjectURL(found);
}

function films(): void {
  for (const fold of every("details[data-film]")) {
    const video = fold.querySelector("video");
    const said = make("p", { role: "status" });
    let isAsked = false;
    fold.addEventListener("toggle", () => {
      if (!(fold as HTMLDetailsElement).open || isAsked || video === null) return;
      isAsked = true;
      said.remove();
      show(fold.dataset["film"] ?? "", video).catch((error: unknown) => {
        isAsked = false; // the next time it is opened
        said.textContent =
          error instanceof Error && error.name === "Damaged"
            ? phrase("The film has been changed or is not whole, so it stays closed. Ask your coach for the plan as a file.")
            : phrase("The film could not be fetched. Check the connection, then close this and open it again.");
        fold.append(said);
      });
    });
    fold.hidden = false;
  }
}

/** A link to an exercise or a sign opens the fold that it leads to. */
function openTarget(): void {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target instanceof HTMLDetailsElement) target.open = true;
}

const plan = document.querySelector<HTMLElement>("kp-plan");
const id = plan?.dataset["id"] ?? "";
liveAt(`/${id}/`);
addEventListener("hashchange", openTarget);
openTarget();
films();
drawings();
begin(wake, () => Promise.resolve(), sending(id, packed?.forgot));
