/**
 * The player: over the browser's own element, which plays without it. It slows a film down, repeats a part of it,
 * mirrors it and shows one picture after another; that is what one needs to learn a movement from a film.
 */

import { make, phrase } from "../dom.ts";
import { button, draw, drawn, help } from "./buttons.ts";
import { Captions } from "./captions.ts";
import { keep, liking, SPEEDS } from "./kept.ts";
import { clock, exact, isOver, otherSpeed, partOf, pressed, readBoard, secondOf, stepped, type Part, type Tile } from "./times.ts";

type Chapter = readonly [second: number, title: string];

interface PhoneVideo extends HTMLVideoElement {
  /** An iPhone has no other full screen. */
  webkitEnterFullscreen?: () => void;
}

const SKIP_S = 5;
const SAVES = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;

class Player {
  readonly #root: HTMLElement;
  readonly #video: PhoneVideo;
  readonly #fps: number;
  readonly #captions: Captions;
  readonly #play = drawn("play", phrase("Play"), () => this.#toggle());
  readonly #line = make("input", { type: "range", min: 0, step: "any", value: 0, "aria-label": phrase("Place in the film") });
  readonly #band = make("span", { class: "kp-player__part", hidden: true });
  readonly #thumb = make("span", { class: "kp-player__thumb", hidden: true });
  readonly #now = make("span");
  readonly #speed = make("select", { "aria-label": phrase("Speed") });
  readonly #mirror = drawn("mirror", phrase("Mirror"), () => this.#flip());
  readonly #more = button(phrase("More"), () => this.#fold());
  readonly #tools = make("div", { class: "kp-player__tools", hidden: true });
  readonly #ab = button("", () => this.#loopPart(pressed(this.#part, this.#at, this.#length)));
  readonly #all = button(phrase("Loop all"), () => this.#loopAll());
  readonly #mute = button(phrase("Sound off"), () => (this.#video.muted = !this.#video.muted));
  readonly #isSilent: boolean;
  readonly #help: HTMLDialogElement;
  readonly #note = make("p", { class: "kp-player__note", role: "status" });
  readonly #chapters: (readonly [Chapter, HTMLButtonElement])[] = [];
  #likes = { ...liking(), mirror: false };
  /** Whether to mirror once it plays: before that the page would move by a line. */
  #mirrorsLater = liking().mirror;
  #part: Part | null = null;
  #again = false;
  /** Where one wants to be, until the film is there. */
  #wanted: number | null = null;
  /** Whether one looks at it picture by picture. */
  #isStepped = false;
  #watching = false;
  #ends: ReturnType<typeof setTimeout> | undefined;
  #tiles: Promise<Tile[]> | null = null;

  constructor(root: HTMLElement, video: HTMLVideoElement) {
    this.#root = root;
    this.#video = video;
    this.#fps = Number(root.dataset["fps"] ?? 0);
    this.#isSilent = "silent" in root.dataset;
    this.#help = help(this.#isSilent);
    this.#captions = new Captions(video);
    this.#line.max = String(this.#length);
    if (SAVES) {
      for (const source of this.#sources) source.removeAttribute("media"); // the smallest comes first
      video.load(); // chooses again, and fetches nothing before it is played
    }
    this.#build();
    this.#listen();
    this.#like();
    this.#loopPart(null);
    this.#show();
  }

  get #length(): number {
    return this.#video.duration || Number(this.#root.dataset["length"]);
  }

  get #at(): number {
    return this.#wanted ?? this.#video.currentTime;
  }

  get #sources(): HTMLSourceElement[] {
    return [...this.#video.querySelectorAll("source")];
  }

  #build(): void {
    for (const speed of SPEEDS) this.#speed.append(make("option", { value: speed }, `${speed}×`));
    const marks = make("span", { class: "kp-player__marks" }, this.#band);
    const chapters = make("ol", { role: "list", "aria-label": phrase("Chapters") });
    const titles = document.querySelectorAll("dl.kp-chapters dd");
    for (const [number, chapter] of (JSON.parse(this.#root.dataset["chapters"] ?? "[]") as Chapter[]).entries()) {
      const mark = make("span");
      mark.style.left = `${(chapter[0] / this.#length) * 100}%`;
      marks.append(mark);
      // The film's own page has the list already: its titles, which led to the file, become buttons.
      const title = titles[number];
      const [time, name] = [clock(chapter[0]), chapter[1]];
      const made = button(title === undefined ? `${time} ${name}` : name, () => {
        this.seek(chapter[0]);
        void this.#begin();
      });
      if (title === undefined) chapters.append(make("li", {}, made));
      else {
        made.ariaLabel = phrase("Play from {time}: {chapter}", { time, chapter: name });
        title.replaceChildren(made);
      }
      this.#chapters.push([chapter, made]);
    }
    const full = document.fullscreenEnabled || this.#video.webkitEnterFullscreen !== undefined;
    this.#more.ariaExpanded = "false";
    this.#tools.append(
      this.#ab,
      this.#all,
      ...(this.#fps > 0
        ? [button(phrase("◂ Picture"), () => this.#step(-1)), button(phrase("Picture ▸"), () => this.#step(1))]
        : []),
      ...(this.#isSilent ? [] : [this.#mute]),
      ...(document.pictureInPictureEnabled ? [button(phrase("Small window"), () => this.#small())] : []),
      ...(matchMedia("(hover: hover)").matches ? [button(phrase("Keys"), () => this.#help.showModal())] : []),
      ...(this.#captions.choice ? [make("label", {}, `${phrase("Captions")} `, this.#captions.choice)] : []),
      ...(chapters.firstChild ? [chapters] : []),
    );
    // Right below the picture, also where the button that keeps the film has come first.
    (this.#video.parentElement ?? this.#video).after(
      this.#captions.element,
      make(
        "div",
        { class: "kp-player" },
        make("div", { class: "kp-player__line" }, this.#line, marks, this.#thumb),
        make(
          "div",
          { class: "kp-player__row" },
          this.#play,
          make("span", { class: "kp-player__time" }, this.#now, make("span", {}, ` / ${clock(Math.round(this.#length))}`)),
          this.#speed,
          this.#mirror,
          ...(full ? [drawn("full", phrase("Full screen"), () => this.#full())] : []),
          this.#more,
        ),
        this.#tools,
        this.#note,
      ),
      this.#help,
    );
    this.#root.role = "group";
    this.#root.ariaLabel = phrase("Film");
    this.#root.classList.add("kp-film--ready");
    this.#video.controls = false;
  }

  #listen(): void {
    const video = this.#video;
    const on = (names: string, act: () => void): void => {
      for (const name of names.split(" ")) video.addEventListener(name, act);
    };
    on("play", () => {
      this.#captions.begin();
      this.#root.classList.add("kp-film--begun");
      if (this.#mirrorsLater) this.#flip();
      for (const other of document.querySelectorAll("video")) if (other !== video) other.pause();
    });
    on("play pause ended volumechange durationchange seeking", () => this.#show());
    on("timeupdate", () => {
      this.#turn(video.currentTime);
      this.#show();
    });
    on("loadedmetadata", () => {
      // A phone may have lost what was asked for before the film was there.
      if (this.#wanted !== null && Math.abs(this.#wanted - video.currentTime) > 0.01) video.currentTime = this.#wanted;
      else this.#wanted = null;
    });
    on("seeked", () => {
      this.#wanted = null;
      this.#show();
    });
    on("ended", () => {
      if (this.#part?.b != null) void this.#back();
    });
    on("click", () => {
      this.#toggle();
      this.#play.focus({ preventScroll: true });
    });
    on("error", () => this.#fail());
    // Where no source can be played the last of them says so.
    this.#sources.at(-1)?.addEventListener("error", () => this.#fail());
    this.#line.addEventListener("input", () => {
      this.seek(Number(this.#line.value));
      void this.#preview(Number(this.#line.value));
    });
    this.#line.addEventListener("pointermove", (event) => {
      const { left, width } = this.#line.getBoundingClientRect();
      void this.#preview(((event.clientX - left - 8) / (width - 16)) * this.#length);
    });
    for (const name of ["pointerleave", "change", "blur"]) {
      this.#line.addEventListener(name, () => (this.#thumb.hidden = true));
    }
    this.#speed.addEventListener("change", () => this.#pace(Number(this.#speed.value)));
    this.#root.addEventListener("keydown", (event) => this.#key(event));
    // Turned, or in full screen, a phone's small file is too small.
    window.addEventListener("resize", () => this.#fit());
  }

  #key(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || this.#help.open) return;
    if (target instanceof HTMLSelectElement || (event.key === " " && target instanceof HTMLButtonElement)) return;
    const speed = (by: number) => () => this.#pace(otherSpeed(SPEEDS, this.#likes.speed, by));
    const keys: Record<string, () => void> = {
      " ": () => this.#toggle(),
      k: () => this.#toggle(),
      arrowleft: () => this.seek(this.#at - SKIP_S),
      arrowright: () => this.seek(this.#at + SKIP_S),
      ",": () => this.#step(-1),
      ".": () => this.#step(1),
      "<": speed(-1),
      ">": speed(1),
      a: () => this.#loopPart(this.#part?.b == null ? { a: this.#at, b: null } : partOf(this.#at, this.#part.b, this.#length)),
      b: () => this.#loopPart(partOf(this.#part?.a ?? 0, this.#at, this.#length)),
      x: () => this.#loopPart(null),
      l: () => this.#loopAll(),
      r: () => this.#flip(),
      c: () => this.#captions.toggle(),
      ...(this.#isSilent ? {} : { m: () => (this.#video.muted = !this.#video.muted) }),
      f: () => this.#full(),
      p: () => this.#small(),
      "?": () => this.#help.showModal(),
    };
    const act = keys[event.key.toLowerCase()];
    if (act === undefined) return;
    event.preventDefault();
    act();
  }

  /** Move there, also before the film has been fetched. */
  seek(second: number): void {
    this.#wanted = Math.max(0, Math.min(second, this.#length));
    this.#video.currentTime = this.#wanted;
    if (this.#video.readyState > 0 && !this.#video.seeking) this.#wanted = null;
    this.#show();
  }

  /** Who came for a moment is shown it, before it is played; what is fetched for that is little. */
  open(second: number): void {
    if (!SAVES) this.#video.preload = "metadata";
    this.seek(second);
  }

  async #begin(): Promise<void> {
    if (this.#video.networkState === HTMLMediaElement.NETWORK_NO_SOURCE) this.#video.load();
    this.#note.textContent = this.#mirrored();
    this.#isStepped = false;
    try {
      await this.#video.play();
    } catch {
      // paused again before it could begin, or it cannot be played: an error event says which
    }
  }

  #toggle(): void {
    if (this.#video.paused) void this.#begin();
    else this.#video.pause();
  }

  #step(by: number): void {
    if (this.#fps === 0) return;
    this.#video.pause();
    this.#isStepped = true;
    this.seek(stepped(this.#at, this.#fps, by));
  }

  #loopAll(): void {
    this.#again = !this.#again;
    this.#loopPart(this.#part);
  }

  #loopPart(part: Part | null): void {
    this.#part = part;
    const a = part?.a ?? 0;
    // The browser's own loop would go back to the beginning of the film.
    this.#video.loop = this.#again && part === null;
    this.#all.ariaPressed = String(this.#again);
    this.#ab.textContent = part === null ? phrase("Loop from here") : part.b === null ? phrase("… to here") : phrase("Loop no more");
    this.#band.hidden = part === null;
    this.#band.style.left = `${(a / this.#length) * 100}%`;
    this.#band.style.width = `${(((part?.b ?? a) - a) / this.#length) * 100}%`;
    if (part?.b != null) this.#watch();
  }

  /** Each picture is looked at, and beside it the clock: under load a browser leaves out either. It is told when, too. */
  #watch(): void {
    if (this.#watching || !("requestVideoFrameCallback" in this.#video)) return;
    this.#watching = true;
    const look = (_: number, frame: VideoFrameCallbackMetadata): void => {
      this.#watching = false;
      this.#turn(frame.mediaTime);
      if (this.#part?.b == null) return;
      this.#watch();
      // By then the last picture is shown, whether or not this is called for it.
      const left = (this.#part.b + this.#picture / 2 - frame.mediaTime) / this.#video.playbackRate;
      clearTimeout(this.#ends);
      if (left < 1) this.#ends = setTimeout(() => this.#turn(this.#at), 1000 * left);
    };
    this.#video.requestVideoFrameCallback(look);
  }

  /** How long a picture is shown, in seconds. */
  get #picture(): number {
    return 1 / (this.#fps || 25);
  }

  #turn(at: number): void {
    if (this.#part === null || this.#video.paused || this.#video.seeking) return;
    if (isOver(this.#part, at, this.#picture)) void this.#back();
  }

  async #back(): Promise<void> {
    this.#video.currentTime = this.#part?.a ?? 0;
    if (this.#video.paused) await this.#begin();
  }

  /** How fast, and which way round. */
  #like(speed = this.#likes.speed, mirror = this.#likes.mirror): void {
    this.#likes = { speed, mirror };
    // The first of them comes back when the film is loaded again.
    this.#video.defaultPlaybackRate = this.#video.playbackRate = speed;
    this.#speed.value = String(speed);
    this.#mirror.ariaPressed = String(mirror);
    this.#root.classList.toggle("kp-film--mirrored", mirror);
    this.#note.textContent = this.#mirrored();
  }

  #mirrored(): string {
    return this.#likes.mirror
      ? phrase("Mirrored: left and right are swapped, and words in the picture read backwards.")
      : "";
  }

  #pace(speed: number): void {
    this.#like(speed);
    keep({ speed, mirror: this.#likes.mirror || this.#mirrorsLater });
  }

  #flip(): void {
    this.#mirrorsLater = false;
    this.#like(undefined, !this.#likes.mirror);
    keep(this.#likes);
  }

  #fold(): void {
    this.#tools.hidden = !this.#tools.hidden;
    this.#more.ariaExpanded = String(!this.#tools.hidden);
  }

  #full(): void {
    if (document.fullscreenElement) void document.exitFullscreen();
    else if (document.fullscreenEnabled) void this.#root.requestFullscreen();
    else this.#video.webkitEnterFullscreen?.();
  }

  #small(): void {
    if (document.pictureInPictureElement) void document.exitPictureInPicture();
    else this.#video.requestPictureInPicture?.().catch(() => undefined); // nothing is there to be shown yet
  }

  #show(): void {
    const { paused, muted } = this.#video;
    const [at, length] = [this.#at, this.#length];
    draw(this.#play, paused ? "play" : "pause", paused ? phrase("Play") : phrase("Pause"));
    this.#mute.textContent = muted ? phrase("Sound on") : phrase("Sound off");
    // One picture on is less than a second: only so it is to be seen that a key has done anything.
    this.#now.textContent = this.#isStepped && paused ? exact(at) : clock(at);
    this.#line.value = String(at);
    this.#line.ariaValueText = phrase("{time} of {length}", { time: clock(at), length: clock(length) });
    const here = this.#chapters.findLastIndex(([[second]]) => second <= at + 0.01);
    for (const [number, [, button]] of this.#chapters.entries()) button.ariaCurrent = String(number === here);
  }

  async #preview(at: number): Promise<void> {
    const board = this.#root.dataset["board"];
    if (board === undefined || SAVES) return;
    const address = new URL(board, document.baseURI).href;
    this.#tiles ??= fetch(address)
      .then((answer) => (answer.ok ? answer.text() : ""))
      .then((text) => readBoard(text, address))
      .catch(() => []);
    const tiles = await this.#tiles;
    const tile = tiles.find(({ until }) => at < until) ?? tiles.at(-1);
    if (tile === undefined || !this.#line.matches(":hover, :active")) return;
    const [x = 0, y = 0, width = 0, height = 0] = tile.box;
    const { style } = this.#thumb;
    style.background = `url("${tile.picture}") -${x}px -${y}px`;
    style.width = `${width}px`;
    style.height = `${height}px`;
    style.left = `clamp(0px, ${(at / this.#length) * 100}% - ${width / 2}px, 100% - ${width}px)`;
    this.#thumb.hidden = false;
  }

  #swap(source: HTMLSourceElement): void {
    const [at, plays] = [this.#at, !this.#video.paused];
    this.#video.src = source.src;
    this.seek(at);
    if (plays) void this.#begin();
  }

  #fit(): void {
    if (this.#video.readyState === 0 || SAVES) return;
    const fits = ({ media, type }: HTMLSourceElement): boolean =>
      (media === "" || matchMedia(media).matches) && this.#video.canPlayType(type) !== "";
    const now = this.#sources.find(({ src }) => src === this.#video.currentSrc);
    const best = this.#sources.find(fits);
    if (now?.media && best && best.media === "") this.#swap(best);
  }

  /** Some devices say that they can play a codec and cannot: the next file may be of another. */
  #fail(): void {
    const sources = this.#sources;
    const rest = sources.slice(sources.findIndex(({ src }) => src === this.#video.currentSrc) + 1);
    const next = this.#video.error ? rest.find(({ type }) => this.#video.canPlayType(type) !== "") : undefined;
    if (next) this.#swap(next);
    else if (sources.every(({ type }) => this.#video.canPlayType(type) === ""))
      this.#note.textContent = phrase("This browser cannot play films of this kind. Another browser can.");
    else this.#note.textContent = phrase("The film cannot be loaded. Check your connection, then press Play again.");
  }
}

export function begin(films: Iterable<HTMLElement>): void {
  const players: Player[] = [];
  for (const film of films) {
    const video = film.querySelector("video");
    if (video !== null) players.push(new Player(film, video));
  }
  const jump = (): void => {
    const second = secondOf(location);
    if (second !== null) players[0]?.seek(second);
  };
  const first = secondOf(location);
  if (first !== null) players[0]?.open(first);
  window.addEventListener("hashchange", jump);
}
