/** What a reader sees of it: a button below each film, and on the page about it what is kept and how to change that. */

import { make, phrase } from "../dom.ts";
import { keep, remove, root, worker } from "./keeping.ts";
import { counted } from "../words.ts";
import { films, KEPT } from "./names.ts";

/** A number of bytes as people read it. */
export function size(bytes: number): string {
  return bytes < 999_500 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

export function begin(shown: Iterable<HTMLElement>): void {
  const at = root();
  if (at === null) return;
  for (const element of shown) {
    if (element.matches("kp-film")) void Film.begin(element, at);
    else void site(element, at);
  }
}

/** A film with the button that keeps it. */
class Film {
  readonly #root: HTMLElement;
  readonly #at: URL;
  readonly #address: string;
  readonly #bytes: number;
  readonly #video: HTMLVideoElement;
  readonly #button = make("button", { type: "button" });
  readonly #said = make("span", { role: "status" });
  /** What the page offered before the kept film took its place. */
  #sources: readonly Element[] = [];

  static async begin(element: HTMLElement, at: URL): Promise<void> {
    const video = element.querySelector("video");
    if (video === null) return;
    const film = new Film(element, at, video);
    await film.#begin();
  }

  private constructor(element: HTMLElement, at: URL, video: HTMLVideoElement) {
    this.#root = element;
    this.#at = at;
    this.#video = video;
    this.#address = new URL(element.dataset["keep"] ?? "", location.href).href;
    this.#bytes = Number(element.dataset["keepBytes"]);
  }

  async #begin(): Promise<void> {
    this.#button.addEventListener("click", () => void this.#pressed());
    await this.#show(); // first its words: a button without any is of another height
    this.#root.append(make("p", { class: "kp-keep" }, this.#button, " ", this.#said));
  }

  async #cache(): Promise<Cache> {
    return caches.open(films(this.#at));
  }

  async #isKept(): Promise<boolean> {
    return (await caches.match(this.#address + KEPT, { cacheName: films(this.#at) })) !== undefined;
  }

  async #show(): Promise<void> {
    const isKept = await this.#isKept();
    this.#button.textContent = isKept
      ? phrase("Remove the kept film")
      : phrase("Keep for offline ({size})", { size: size(this.#bytes) });
    this.#said.textContent = isKept ? phrase("This film is kept on this device.") : "";
    // While it plays, the film stays what it is: the next visit takes the kept one.
    if (!this.#video.paused || this.#video.currentTime > 0) return;
    if (isKept && this.#sources.length === 0) {
      this.#sources = [...this.#video.querySelectorAll("source")];
      const [first, ...rest] = this.#sources;
      const own = make("source", { src: this.#address + KEPT, type: "video/mp4" });
      first?.replaceWith(own);
      for (const source of rest) source.remove();
      this.#video.load();
    } else if (!isKept && this.#sources.length > 0) {
      this.#video.querySelector("source")?.replaceWith(...this.#sources);
      this.#sources = [];
      this.#video.load();
    }
  }

  async #pressed(): Promise<void> {
    this.#button.disabled = true;
    try {
      if (await this.#isKept()) await (await this.#cache()).delete(this.#address + KEPT);
      else await this.#fetch();
      await this.#show();
    } catch {
      this.#said.textContent = navigator.onLine
        ? phrase("The film could not be kept. There may be too little space on this device.")
        : phrase("There is no network. Try again when you are online.");
    }
    this.#button.disabled = false;
  }

  async #fetch(): Promise<void> {
    const { quota = Infinity, usage = 0 } = await navigator.storage.estimate();
    if (quota - usage < 2 * this.#bytes) throw new Error("no room");
    this.#said.textContent = phrase("Keeping …");
    await keep(this.#at); // a film without its page is of no use
    const answer = await fetch(this.#address);
    if (!answer.ok || answer.body === null) throw new Error(`${this.#address}: ${answer.status}`);
    let arrived = 0;
    let told = 0;
    const counted = new TransformStream<Uint8Array, Uint8Array>({
      transform: (piece, on) => {
        arrived += piece.byteLength;
        const tenth = Math.floor((10 * arrived) / this.#bytes);
        if (tenth > told) this.#said.textContent = phrase("Keeping … {percent} %", { percent: (told = tenth) * 10 });
        on.enqueue(piece);
      },
    });
    const headers = { "Content-Type": "video/mp4", "Content-Length": String(this.#bytes) };
    const whole = new Response(answer.body.pipeThrough(counted), { headers });
    await (await this.#cache()).put(this.#address + KEPT, whole);
    if (arrived !== this.#bytes) {
      await (await this.#cache()).delete(this.#address + KEPT);
      throw new Error(`${arrived} bytes came of ${this.#bytes}`);
    }
    await navigator.storage.persist?.();
  }
}

/** The page about offline reading: what is kept, and a button for the other. */
async function site(element: HTMLElement, at: URL): Promise<void> {
  const said = make("p", { role: "status" });
  const button = make("button", { type: "button" });
  let isKept = false;
  const show = async (): Promise<void> => {
    isKept = Boolean((await worker(at))?.active);
    const filmsKept = isKept ? (await (await caches.open(films(at))).keys()).length : 0;
    if (!isKept) said.textContent = phrase("This site is not kept on this device.");
    else if (filmsKept === 0) said.textContent = phrase("This site is kept on this device.");
    else {
      said.textContent = counted(
        filmsKept,
        "This site is kept on this device, and one film.",
        "This site is kept on this device, and {n} films.",
      );
    }
    button.textContent = isKept ? phrase("Remove all that is kept") : phrase("Keep this site") + (await bytes(at));
  };
  button.addEventListener("click", () => {
    button.disabled = true;
    said.textContent = isKept ? phrase("Removing …") : phrase("Keeping … this may take a minute.");
    void (isKept ? remove(at) : keep(at))
      .then(show, () => {
        said.textContent = phrase("It could not be kept. Are you online, and is there space on this device?");
      })
      .finally(() => (button.disabled = false));
  });
  await show();
  element.replaceChildren(said, button);
  element.hidden = false;
}

/** How much would be fetched, as the worker's file says; nothing where that cannot be had. */
async function bytes(at: URL): Promise<string> {
  try {
    const words = await (await fetch(new URL("sw.js", at))).text();
    const found = /BYTES=(\d+)/.exec(words);
    return found ? ` (${size(Number(found[1]))})` : "";
  } catch {
    return "";
  }
}
