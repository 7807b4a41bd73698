/**
 * The first script of a plan that was handed over as one file: unpacks what is in it, the script of the plan included, and
 * starts that. Where anything is damaged on the way, the page stays as it is: all of the plan in words.
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

const place = document.querySelector<HTMLElement>("script[data-kp-packed]");
if (place !== null) {
  const bytes = unpacked(bytesOf(place.textContent ?? "", Number(place.dataset["shift"])), Number(place.dataset["kpPacked"]), place.dataset["sum"]);
  const packed = JSON.parse(textOf(bytes)) as Packed & { script: string };
  Object.assign(window, { [UNPACKED]: packed });
  const script = document.createElement("script");
  script.textContent = packed.script; // the policy knows it by its hash
  document.body.append(script);
}
