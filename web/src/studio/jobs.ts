/**
 * Progress: the studio is asked once a second while the page is looked at. A connection held open for each tab
 * would use up the few that a browser allows.
 */

interface Job {
  readonly key: string;
  readonly state: string;
  readonly over: boolean;
  readonly words: string;
  readonly percent: number | null;
  readonly change: number;
}

const EVERY_MS = 1000;

function show(place: HTMLElement, job: Job): void {
  const words = place.querySelector<HTMLElement>("[data-st-words]");
  const bar = place.querySelector("progress");
  if (words && words.textContent !== job.words) words.textContent = job.words;
  if (bar) {
    bar.hidden = job.over;
    if (job.percent === null) bar.removeAttribute("value");
    else bar.value = job.percent;
  }
  place.className = `st-job st-job--${job.state}`;
  place.dataset["state"] = job.state;
}

/** Put in what has become of the parts of the page that wait for a job, and leave the fields that are being written in alone. */
async function renew(): Promise<boolean> {
  const answer = await fetch(location.href);
  if (!answer.ok) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  let any = false;
  for (const now of page.querySelectorAll<HTMLElement>("[data-st-part]")) {
    const then = document.querySelector(`[data-st-part=${now.dataset["stPart"] ?? ""}]`);
    then?.replaceWith(document.adoptNode(now));
    any ||= then !== null;
  }
  return any;
}

/** Show how the jobs on this page come along; `renewed` is told when the player came. */
export function watchJobs(renewed: () => void): void {
  const places = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[data-st-job]")];
  if (places().length === 0) return;
  let since = 0;
  let asking = false;
  let leaving = false;

  const ask = async (): Promise<void> => {
    if (asking || leaving || document.hidden) return;
    asking = true;
    try {
      const answer = await fetch(`/jobs?since=${since}`);
      if (!answer.ok) return;
      for (const job of (await answer.json()) as readonly Job[]) {
        since = Math.max(since, job.change);
        for (const place of places().filter((one) => one.dataset["stJob"] === job.key)) {
          const ended = job.over && !["done", "failed", "stopped"].includes(place.dataset["state"] ?? "");
          show(place, job);
          if (!ended) continue;
          if (place.dataset["stReload"] !== undefined) leaving = true;
          else if (document.querySelector("[data-st-waits]") && (await renew())) renewed();
        }
      }
      if (leaving) location.reload(); // once, however many jobs ended in this second
    } catch {
      // the studio was stopped, or the computer sleeps; it is asked again
    } finally {
      asking = false;
    }
  };
  setInterval(() => void ask(), EVERY_MS);
  document.addEventListener("visibilitychange", () => void ask());
  void ask();
}
