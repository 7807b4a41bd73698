/** The buttons of the player. */

import { make, phrase } from "../dom.ts";

const SVG = "http://www.w3.org/2000/svg";
const SHAPES = {
  play: "M6 3v18l15-9z",
  pause: "M5 4h5v16H5zM14 4h5v16h-5z",
  mirror: "M11 2h2v20h-2zM9 6v12H1zM15 6v12h8z",
  full: "M3 4h7v2H5v4H3zM14 4h7v6h-2V6h-5zM3 14h2v4h5v2H3zM19 14h2v6h-7v-2h5z",
} as const;

/** A button with a word. */
export function button(words: string, act: () => void): HTMLButtonElement {
  const made = make("button", { type: "button" }, words);
  made.addEventListener("click", act);
  return made;
}

/** A button with a drawing, which `draw` changes, and a name for those who do not see it. */
export function drawn(shape: keyof typeof SHAPES, name: string, act: () => void): HTMLButtonElement {
  const made = button("", act);
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS(SVG, "path"));
  made.append(svg);
  draw(made, shape, name);
  return made;
}

export function draw(button: HTMLButtonElement, shape: keyof typeof SHAPES, name: string): void {
  button.querySelector("path")?.setAttribute("d", SHAPES[shape]);
  button.ariaLabel = button.title = name;
}

/** What the keys do, in a window over the film. */
export function help(isSilent: boolean): HTMLDialogElement {
  const keys: readonly (readonly [string, string])[] = [
    [phrase("Space or K"), phrase("play, pause")],
    ["← →", phrase("five seconds back, on")],
    [", .", phrase("one picture back, on")],
    ["< >", phrase("slower, faster")],
    ["A, B, X", phrase("loop from here, to here, no more")],
    ["L", phrase("the whole film again and again")],
    ["R", phrase("mirror")],
    ["C", phrase("captions")],
    ...(isSilent ? [] : [["M", phrase("sound on, off")] as const]),
    ["F", phrase("full screen")],
    ["P", phrase("small window")],
    ["?", phrase("this help")],
  ];
  const list = make("dl");
  for (const [key, words] of keys) list.append(make("div", {}, make("dt", {}, key), make("dd", {}, words)));
  const dialog: HTMLDialogElement = make(
    "dialog",
    { class: "kp-player__help", "aria-label": phrase("Keys of the film") },
    make("p", {}, phrase("These keys work while the film or one of its buttons has the focus.")),
    list,
    button(phrase("Close"), () => dialog.close()),
  );
  return dialog;
}
