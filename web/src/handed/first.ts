/**
 * The first script of a plan that was handed over as one file: unpacks what is in it, the script of the plan included, and
 * starts that. Where anything is damaged on the way, or the end is missing, the page says so and stays all of the plan in
 * words. It stands before all else in the file, since what was cut off was at the end.
 */

import { bytesOf, UNPACKED, type Packed } from "./packed.ts";
import { unpacked } from "./unpacked.ts";

const PIECE = 8192;

/** Text of ASCII letters alone. */
function textOf(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += PIECE) text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return text;
}

/** What is packed; an error where it is damaged or missing. */
function open(): Packed & { script: string } {
  const place = document.querySelector<HTMLElement>("script[data-kp-packed]");
  if (place === null) throw new Error("cut-off");
  const bytes = unpacked(bytesOf(place.textContent ?? "", Number(place.dataset["shift"])), Number(place.dataset["kpPacked"]), place.dataset["sum"]);
  return JSON.parse(textOf(bytes)) as Packed & { script: string };
}

/** Which of its sentences the page shows in place of today's session. */
function sayDamaged(): void {
  for (const said of document.querySelectorAll<HTMLElement>("#today .kp-held")) said.hidden = said.dataset["kpDamaged"] === undefined;
}

document.addEventListener("DOMContentLoaded", () => {
  let packed: Packed & { script: string };
  try {
    packed = open();
  } catch {
    sayDamaged();
    return;
  }
  Object.assign(window, { [UNPACKED]: packed });
  const script = document.createElement("script");
  script.textContent = packed.script; // the policy knows it by its hash
  document.body.append(script);
});
