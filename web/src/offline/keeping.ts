/** The site on the reader's device: begun once the page is there, by itself only where the connection is good. */

import { ours, SAME, TAKE_OVER } from "./names.ts";

interface Connection {
  readonly saveData?: boolean;
  readonly effectiveType?: string;
}

/** The folder of the site; `null` where nothing is kept: in a preview, or where the settings say so. */
export function root(): URL | null {
  const manifest = document.querySelector<HTMLLinkElement>('link[rel="manifest"]');
  return manifest && "serviceWorker" in navigator && "caches" in window ? new URL("./", manifest.href) : null;
}

/** Whether megabytes that nobody asked for would be a nuisance: the reader saves data, or the connection is slow. */
export function isSparing(connection: Connection | undefined): boolean {
  return connection?.saveData === true || /2g|3g/.test(connection?.effectiveType ?? "");
}

/** The worker of this site, if there is one: another site may be in a folder around it. */
export async function worker(at: URL): Promise<ServiceWorkerRegistration | undefined> {
  const found = await navigator.serviceWorker.getRegistration(at.href);
  return found?.scope === at.href ? found : undefined;
}

function refusal(at: URL): string {
  return `kinopress.offline ${at.pathname}`;
}

/** Keep the site from now on. Resolves when all of it is there. */
export async function keep(at: URL): Promise<void> {
  try {
    localStorage.removeItem(refusal(at));
  } catch {
    // storage is switched off
  }
  const found = await navigator.serviceWorker.register(new URL("sw.js", at), { updateViaCache: "none" });
  const coming = found.installing ?? found.waiting;
  if (coming && found.active === null) await arrived(coming);
  found.active?.postMessage(SAME);
}

function arrived(coming: ServiceWorker): Promise<void> {
  return new Promise((done, fail) => {
    const look = (): void => {
      if (coming.state === "activated") done();
      if (coming.state === "redundant") fail(new Error("not all files could be fetched"));
    };
    coming.addEventListener("statechange", look);
    look();
  });
}

/** Keep nothing: the worker and its caches go, and it does not come back by itself. */
export async function remove(at: URL): Promise<void> {
  try {
    localStorage.setItem(refusal(at), "no");
  } catch {
    // storage is switched off: it may come back
  }
  await (await worker(at))?.unregister();
  for (const name of await caches.keys()) if (name.startsWith(ours(at))) await caches.delete(name);
}

/** What every page does once it has been shown. */
export async function begin(): Promise<void> {
  const at = root();
  if (at === null) return;
  try {
    const found = await worker(at);
    if (found?.waiting) {
      // Here and not when a page is asked for: the worker in charge would be at work on that page. Chromium then lets it
      // stay until it has had nothing to do for half a minute.
      found.waiting.postMessage(TAKE_OVER);
      return;
    }
    if (found?.active) {
      await found.update();
      if (!found.installing && !found.waiting) found.active.postMessage(SAME);
      return;
    }
    const { connection } = navigator as Navigator & { connection?: Connection };
    if (!isSparing(connection) && localStorage.getItem(refusal(at)) === null) await keep(at);
  } catch {
    // no network, no room, or storage is switched off: the page is there as it is
  }
}
