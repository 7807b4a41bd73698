/**
 * A film goes to the studio in slices, each a request of its own: so its progress is true, and a connection that
 * breaks costs a slice. How much is there only the studio knows; it is asked after every break.
 */

const SLICE_BYTES = 16 * 1024 * 1024;
const TRIES = 6;
const LOOKS = 30;

interface SoFar {
  readonly id: string;
  readonly offset: number;
  readonly whole: boolean;
  readonly address: string;
  readonly facts: string;
}

/** What the studio does not take, in its own words. */
class NotTaken extends Error {}

const waited = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function soFar(answer: Response): Promise<SoFar> {
  return (await answer.json()) as SoFar;
}

/** Send a film, telling how many of its bytes are there, and when the connection broke and is tried again. */
export async function sendFilm(
  address: string,
  file: File,
  tell: (there: number) => void,
  broke: () => void,
): Promise<SoFar> {
  const begun = await fetch(address, {
    method: "POST",
    body: new URLSearchParams({ name: file.name, size: String(file.size), changed: String(file.lastModified) }),
  });
  if (!begun.ok) throw new NotTaken(await why(begun));
  let state = await soFar(begun);
  let failed = 0;
  while (!state.whole) {
    tell(state.offset);
    try {
      const slice = file.slice(state.offset, state.offset + SLICE_BYTES);
      const answer = await fetch(`${address}/${state.id}?offset=${state.offset}`, { method: "PUT", body: slice });
      if (answer.status === 409) {
        state = await soFar(await fetch(`${address}/${state.id}`));
        continue;
      }
      if (!answer.ok) throw new NotTaken(await why(answer));
      state = await soFar(answer);
      failed = 0;
    } catch (error) {
      if (error instanceof NotTaken || ++failed > TRIES) throw error;
      broke();
      await waited(500 * 2 ** failed);
      const asked = await fetch(`${address}/${state.id}`).catch(() => undefined);
      if (asked?.ok === true) state = await soFar(asked);
    }
  }
  tell(file.size);
  return state;
}

async function why(answer: Response): Promise<string> {
  try {
    const said = (await answer.json()) as { readonly why?: string };
    return said.why ?? "It was not taken.";
  } catch {
    return "The studio did not answer as it should. Is it still running?";
  }
}

/** What the studio found in a film, once it has looked at it: its codec, size and light. */
async function whatCame(address: string, state: SoFar): Promise<string> {
  for (let tried = 0; tried < LOOKS; tried++) {
    const answer = await fetch(`${address}/${state.id}`).catch(() => undefined);
    const { facts } = answer?.ok === true ? await soFar(answer) : state;
    if (facts !== "") return facts;
    await waited(1000);
  }
  return "";
}

const isFiles = (transfer: DataTransfer | null): boolean => transfer?.types.includes("Files") ?? false;

/** Take what is chosen, also what was chosen while this script was still on its way. */
function takeChosen(field: HTMLInputElement, take: (file: File) => void): void {
  const look = (): void => {
    const file = field.files?.[0];
    if (file) take(file);
  };
  field.addEventListener("change", look);
  look();
}

/** The place where films are dropped or chosen. */
export function receiveDrops(place: HTMLElement): void {
  const field = place.querySelector<HTMLInputElement>("input[type=file]");
  const shown = place.querySelector<HTMLElement>("[data-st-sending]");
  const bar = shown?.querySelector("progress");
  const words = shown?.querySelector<HTMLElement>("[data-st-words]");
  const address = place.dataset["stDrop"];
  if (!field || !shown || !bar || !words || address === undefined) return;
  let busy = false;

  const send = async (file: File): Promise<void> => {
    if (busy) return;
    busy = true;
    shown.hidden = false;
    let told = -1;
    try {
      const state = await sendFilm(
        address,
        file,
        (there) => {
          told = Math.floor((100 * there) / Math.max(1, file.size));
          bar.value = told;
          const now = `${file.name}: ${told} % is here`;
          if (words.textContent !== now) words.textContent = now; // what is said again would be read aloud again
        },
        () => {
          words.textContent = `${file.name}: the connection broke; trying again. ${told} % is here`;
        },
      );
      words.textContent = `${file.name} is here.`;
      if (place.dataset["stStay"] === undefined) location.assign(state.address);
      else words.textContent = `${file.name} is here. ${await whatCame(address, state)}`.trim();
    } catch (error) {
      const what = error instanceof NotTaken ? error.message : "The connection broke.";
      words.textContent = told > 0 ? `${what} Choose the film again to go on from ${told} %.` : what;
    } finally {
      busy = false;
      field.value = "";
    }
  };

  takeChosen(field, (file) => void send(file));
  // Anywhere on the page: a film that is dropped beside the place would be opened instead.
  document.addEventListener("dragover", (event) => {
    if (!isFiles(event.dataTransfer)) return;
    event.preventDefault();
    place.classList.add("st-drop--over");
  });
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) place.classList.remove("st-drop--over");
  });
  document.addEventListener("drop", (event) => {
    if (!isFiles(event.dataTransfer)) return;
    event.preventDefault();
    place.classList.remove("st-drop--over");
    const file = event.dataTransfer?.files[0];
    if (file) void send(file);
  });
}

/** A file that is sent whole, such as a picture; what is wrong with it is said beside it. */
export function sendPicture(place: HTMLElement): void {
  const field = place.querySelector<HTMLInputElement>("input[type=file]");
  const words = place.querySelector<HTMLElement>("[data-st-words]");
  const address = place.dataset["stSend"];
  if (!field || !words || address === undefined || place.dataset["stBegun"] !== undefined) return;
  place.dataset["stBegun"] = "";
  takeChosen(field, (file) => {
    words.textContent = "Sending …";
    void fetch(address, { method: "PUT", body: file }).then(
      async (answer) => {
        words.textContent = answer.ok ? (place.dataset["stDone"] ?? "Your own picture is used.") : await answer.text();
        if (answer.ok && place.dataset["stReload"] !== undefined) location.reload();
      },
      () => (words.textContent = "The studio did not answer. Is it still running?"),
    );
  });
}
