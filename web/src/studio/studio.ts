/**
 * The studio's script. What a page can do without it, it does without it: forms are forms. Here is what needs a
 * script: sending a film in pieces, progress, picking names, and the player's position.
 */

import { showBeside } from "./beside.ts";
import { copies } from "./copy.ts";
import { forgetSent, keepTyped } from "./kept.ts";
import { watchJobs } from "./jobs.ts";
import { askBeforeLeaving } from "./leaving.ts";
import { pick } from "./picker.ts";
import { beginPlayer } from "./player.ts";
import { searchWhileTyping } from "./search.ts";
import { receiveDrops, sendPicture } from "./upload.ts";
import { beginWriting } from "./write.ts";
import { beginWhereWrong } from "./wrong.ts";

function every(selector: string, begin: (element: HTMLElement) => void, within: ParentNode = document): void {
  for (const element of within.querySelectorAll<HTMLElement>(selector)) begin(element);
}

function beginLook(within: ParentNode = document): void {
  every("[data-st-part=look]", beginPlayer, within);
  every("[data-st-send]", sendPicture, within);
}

forgetSent();
every("[data-st-drop]", receiveDrops);
every("[data-st-pick]", (field) => {
  if (field instanceof HTMLInputElement) pick(field);
});
const kept = new Set<HTMLFormElement>();
every("form[data-st-kept]", (form) => {
  if (form instanceof HTMLFormElement && keepTyped(form)) kept.add(form);
});
askBeforeLeaving((form) => kept.has(form));
every("form[data-st-search]", (form) => {
  if (form instanceof HTMLFormElement) searchWhileTyping(form);
});
every("[data-st-copy]", copies);
every("[data-st-write]", beginWriting);
every("[data-st-write]", showBeside);
beginLook();
watchJobs(() => beginLook());
beginWhereWrong();
