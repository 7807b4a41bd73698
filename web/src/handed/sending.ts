/** “Send me how it went”: the client looks at it, and saves, copies or shares it. Nothing goes by itself. */

import { make, phrase } from "../dom.ts";
import { button, deliver, type Host, type Safe } from "../plan-keeping.ts";
import { OfPages } from "../plan-shelf.ts";
import { localDay } from "../plan-store.ts";
import { howItWent } from "./export.ts";

const NAME = "how-it-went.txt";

const KEEPS_NOTHING = phrase(
  "This browser keeps nothing that is entered in a file. Send how it went before you close it, or open the file in another browser.",
);

export function sending(id: string, forgot: () => void = () => undefined): Safe {
  return {
    keepsNothing: KEEPS_NOTHING,
    tools: phrase("Dates, calendar, print, forget"),
    others: () => ({
      words: phrase("all that is kept on this device of this plan and of others from your coach"),
      forget: () => new OfPages().forgetEverything(),
    }),
    forgot,
    before: () => [],
    early: (host) => [wentFold(id, host)],
    among: () => [],
  };
}

function wentFold(id: string, { data, store }: Host): HTMLElement {
  const said = make("p", { role: "status" });
  const area = make("textarea", { id: "kp-went", rows: 8, readonly: true, spellcheck: "false" });
  const text = (): string => {
    area.value = howItWent(data, id, store.state, localDay(new Date()));
    return area.value;
  };
  const copy = async (): Promise<void> => {
    const words = text();
    area.select();
    let isCopied = false;
    try {
      await navigator.clipboard.writeText(words);
      isCopied = true;
    } catch {
      isCopied = document.execCommand("copy"); // the one way left in a file, where a browser gives no other
    }
    said.textContent = isCopied
      ? phrase("Copied. Paste it into a message to your coach.")
      : phrase("It could not be copied. Hold a finger on the words above, then choose Copy.");
  };
  const save = async (): Promise<void> => {
    if (await deliver(NAME, "text/plain;charset=utf-8", text())) {
      said.textContent = phrase("Saved as {file}. Attach it to a message to your coach.", { file: NAME });
    }
  };
  const share = async (): Promise<void> => {
    try {
      await navigator.share({ text: text() });
    } catch {
      said.textContent = ""; // thought better of it
    }
  };
  const row = make("div", { class: "kp-today__turn" }, button(phrase("Copy the words"), () => void copy()), button(phrase("Save as a file"), () => void save()));
  if ("share" in navigator) row.append(button(phrase("Share …"), () => void share()));
  const fold = make(
    "details",
    { class: "kp-check kp-went" },
    make("summary", {}, phrase("Send me how it went")),
    make("p", {}, phrase("Nothing is sent by itself. This is all that would go: look at it, then send it as you like.")),
    make("label", { for: area.id }, phrase("How it went")),
    area,
    row,
    said,
  );
  fold.addEventListener("toggle", () => fold.open && text());
  return fold;
}
