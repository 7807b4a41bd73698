/** What a reader sees of it: a button below each film, and on the page about it what is kept and how to change that. */

import { make, phrase } from "../dom.ts";
import { keep, remove, root, worker } from "./keeping.ts";
import { counted } from "../words.ts";
import { films, KEPT, ours } from "./names.ts";

/** A number of bytes as people read it. */
export function size(bytes: number): string {
  return bytes < 999_500 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Before what is kept is removed: what would be gone, once more, and the way back. The answer takes the button's place. */
function asked(button: HTMLButtonElement, words: string, remove: () => void): void {
  const yes = make("button", { type: "button" }, phrase("Yes, remove it"));
  const no = make("button", { type: "button" }, phrase("Keep it"));
  const group = make("span", { role: "group", "aria-label": words }, `${words} `, yes, " ", no);
  const close = (): void => {
    group.replaceWith(button);
    button.focus();
  };
  yes.addEventListener("click", () => {
    close();
    remove();
  });
  no.addEventListener("click", close);
  button.replaceWith(group);
  no.focus();
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
    this.#button.addEventListener("click", () => {
      if (this.#button.dataset["kept"] === undefined) void this.#pressed();
      else asked(this.#button, phrase("Remove the film from this device?"), () => void this.#pressed());
    });
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
    this.#button.toggleAttribute("data-kept", isKept);
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

/** So often the page about offline reading looks whether something has come or gone. */
const LOOK_MS = 1000;

/** The page about offline reading: what is kept or on its way, and a button for the other. */
async function site(element: HTMLElement, at: URL): Promise<void> {
  const said = make("p", { role: "status" });
  const button = make("button", { type: "button" });
  let about: Worth | null = null;
  let isKept = false;
  let isBusy = false;
  const say = (words: string): void => {
    if (said.textContent !== words) said.textContent = words; // who hears the page is told only what is new
  };
  const show = async (): Promise<void> => {
    const found = await worker(at);
    isKept = Boolean(found?.active);
    const filmsKept = isKept ? (await (await caches.open(films(at))).keys()).length : 0;
    const isComing = !isKept && Boolean(found?.installing ?? found?.waiting);
    if (!isKept) about ??= await worth(at);
    if (isComing) say(await coming(at, about));
    else if (!isKept) say(phrase("This site is not kept on this device."));
    else if (filmsKept === 0) say(phrase("This site is kept on this device."));
    else {
      say(
        counted(
          filmsKept,
          "This site is kept on this device, and one film.",
          "This site is kept on this device, and {n} films.",
        ),
      );
    }
    button.hidden = isComing;
    button.textContent = isKept
      ? phrase("Remove all that is kept")
      : phrase("Keep this site") + (about === null ? "" : ` (${size(about.bytes)})`);
  };
  const act = (): void => {
    button.disabled = isBusy = true;
    say(isKept ? phrase("Removing …") : phrase("Keeping … this may take a minute."));
    const done = isKept ? remove(at) : keep(at);
    void done
      .then(show, () => say(phrase("It could not be kept. Are you online, and is there space on this device?")))
      .finally(() => (button.disabled = isBusy = false));
  };
  button.addEventListener("click", () => {
    if (isKept) asked(button, phrase("Remove the pages and films that are kept on this device?"), act);
    else act();
  });
  await show();
  element.replaceChildren(said, button);
  element.hidden = false;
  // It may be kept by itself meanwhile, or by another tab. What a press has led to stays until something else is so.
  let before = isKept;
  setInterval(() => {
    if (isBusy) return;
    void worker(at).then(async (found) => {
      const isComing = Boolean(found?.installing) && !found?.active;
      if (isComing || Boolean(found?.active) !== before) await show();
      before = isKept;
    });
  }, LOOK_MS);
}

/** What the worker's file says of the release it keeps. */
interface Worth {
  readonly release: string;
  readonly bytes: number;
  readonly files: number;
}

/** How much would be fetched; null where that cannot be had. */
async function worth(at: URL): Promise<Worth | null> {
  try {
    const words = await (await fetch(new URL("sw.js", at))).text();
    const found = /RELEASE="(\w+)",BYTES=(\d+),FILES=(\d+)/.exec(words);
    return found === null ? null : { release: found[1] ?? "", bytes: Number(found[2]), files: Number(found[3]) };
  } catch {
    return null;
  }
}

/** How far the site that is being kept has come, in tenths: a number that changes all the time is noise to who hears it. */
async function coming(at: URL, about: Worth | null): Promise<string> {
  const name = ours(at) + (about?.release ?? "");
  const there = (await caches.has(name)) ? (await (await caches.open(name)).keys()).length : 0;
  const tenths = about === null ? 0 : Math.floor((10 * there) / about.files);
  return tenths > 0
    ? phrase("This site is being kept now … {percent} %", { percent: tenths * 10 })
    : phrase("This site is being kept now …");
}
