/**
 * Captions as words of the page instead of words in the picture: they are below it on a phone, and can be read
 * while the film is mirrored.
 */

import { make } from "../dom.ts";

export class Captions {
  readonly element = make("p", { class: "kp-player__captions", hidden: true });
  /** Which of them is shown; empty where there are none. */
  readonly choice: HTMLSelectElement | null;
  readonly #tracks: readonly TextTrack[];
  #begun = false;
  #last = 0;

  constructor(video: HTMLVideoElement) {
    const elements = [...video.querySelectorAll<HTMLTrackElement>("track[kind=captions]")];
    this.#tracks = elements.map((element) => element.track);
    this.choice = elements.length === 0 ? null : make("select", {}, make("option", { value: -1 }, "off"));
    for (const [number, element] of elements.entries()) {
      this.choice?.append(make("option", { value: number, selected: number === 0 }, element.label));
      // The browser would show it in the picture.
      element.default = false;
      element.track.mode = "disabled";
      element.track.addEventListener("cuechange", () => this.#show());
    }
    this.choice?.addEventListener("change", () => this.#choose());
    // Nothing of the page can be seen in a phone's own full screen.
    video.addEventListener("webkitbeginfullscreen", () => this.#choose("showing"));
    video.addEventListener("webkitendfullscreen", () => this.#choose());
  }

  /** With the film: nothing of it is fetched before. */
  begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    this.#choose();
  }

  toggle(): void {
    if (this.choice === null) return;
    const now = Number(this.choice.value);
    if (now >= 0) this.#last = now;
    this.choice.value = String(now < 0 ? this.#last : -1);
    this.#choose();
  }

  #choose(mode: TextTrackMode = "hidden"): void {
    if (!this.#begun) return;
    const chosen = Number(this.choice?.value ?? -1);
    for (const [number, track] of this.#tracks.entries()) track.mode = number === chosen ? mode : "disabled";
    this.element.hidden = chosen < 0 || mode === "showing";
    this.element.lang = this.#tracks[chosen]?.language ?? "";
    this.#show();
  }

  #show(): void {
    const cues = this.#tracks[Number(this.choice?.value ?? -1)]?.activeCues ?? [];
    this.element.textContent = [...cues].map((cue) => (cue as VTTCue).getCueAsHTML().textContent).join("\n");
  }
}
