/** What is chosen on the film itself: where it begins and ends, its still picture, its chapters. */

/** A moment as the fields read it, to a tenth of a second: `1:05.2`. */
export function clock(seconds: number): string {
  const tenths = Math.max(0, Math.round(seconds * 10));
  const [minutes, rest] = [Math.floor(tenths / 600), tenths % 600];
  const words = `${minutes}:${String(Math.floor(rest / 10)).padStart(2, "0")}`;
  return rest % 10 === 0 ? words : `${words}.${rest % 10}`;
}

/** One more row of chapters with each press, with a player or without. */
function beginChapters(part: HTMLElement): void {
  const chapters = part.querySelector<HTMLElement>("[data-st-chapters]");
  const more = part.querySelector<HTMLButtonElement>("[data-st-more]");
  if (!chapters || !more?.hidden) return;
  more.hidden = false;
  more.addEventListener("click", () => {
    const row = chapters.lastElementChild?.cloneNode(true);
    if (!(row instanceof HTMLElement)) return;
    for (const field of row.querySelectorAll("input")) field.value = "";
    chapters.append(row);
    row.querySelector("input")?.focus();
  });
}

/** The player and the buttons around it. */
export function beginPlayer(part: HTMLElement): void {
  beginChapters(part);
  const player = part.querySelector<HTMLVideoElement>("video[data-st-player]");
  if (!player || part.dataset["stBegun"] !== undefined) return;
  part.dataset["stBegun"] = "";
  const put = (field: HTMLInputElement | null | undefined): void => {
    if (!field) return;
    field.value = clock(player.currentTime);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const stills = part.querySelectorAll<HTMLInputElement>("input[name=still]");
  const poster = part.querySelector<HTMLInputElement>("input[name=poster]");
  for (const still of stills) {
    still.addEventListener("change", () => {
      if (poster) poster.value = "";
    });
  }
  poster?.addEventListener("input", () => {
    for (const still of stills) still.checked = false;
  });
  part.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (!button) return;
    const name = button.dataset["stTake"];
    if (name !== undefined) put(part.querySelector<HTMLInputElement>(`input[name=${name}]`));
    else if (button.dataset["stTakeChapter"] !== undefined) {
      put(button.closest("li")?.querySelector<HTMLInputElement>("input[name=chapter_at]"));
    } else if (button.dataset["stGo"] !== undefined) {
      player.currentTime = Number(button.dataset["stGo"]);
      void player.play();
    }
  });
}
