/**
 * The service worker: keeps a whole release, and answers from it where there is no network.
 *
 * A page is asked of the network first, so nobody is stuck with an old one. What a page needs is its own release's:
 * files whose name tells their content come out of any cache, all others out of the release that the page belongs to.
 * A page of the network that is as this release has it belongs to this release; one whose release is not known gets them from the network alone: better nothing than a mixture.
 */

import { films, KEPT, ours, SAME, TAKE_OVER, tabs } from "./names.ts";
import { part } from "./range.ts";
import type { Asked, Lasting, Scope, Told } from "./scope.ts";

/** Written before this script when a site is built: the digest in the name of the list of files. */
declare const RELEASE: string;
declare const self: Scope;

const ROOT = new URL("./", self.location.href);
const CACHE = ours(ROOT) + RELEASE;
const FILMS = films(ROOT);
const TABS = tabs(ROOT);

/** A phone with one bar of reception answers in its own time; what is kept answers at once. */
const PATIENCE_MS = 3000;
/** An answer older than this may come out of the browser's own cache, with nobody there to give its styles. */
const JUST_NOW_MS = 10_000;
/** A tab that is being opened is not yet among those that are open. */
const OPENING_MS = 60_000;
const AT_ONCE = 6;
/** Encrypted pages are of no release; and in place of one, with its key after #, no other address is to stand. */
const ENCRYPTED = /^p\/[a-z2-9]{26}\//;
const DIGEST = "Kinopress-Digest";
const LASTING = "Kinopress-Lasting";

/** Address below the root, the first digits of its SHA-256, and 1 where its name tells its content. */
type Row = readonly [path: string, digest: string, lasting: 0 | 1];

async function hex(data: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function releases(): Promise<string[]> {
  return (await caches.keys()).filter((name) => name.startsWith(ours(ROOT)) && name !== FILMS && name !== TABS);
}

/** All of the release or nothing: what is unchanged comes from the one before, the rest is fetched and compared. */
async function install(): Promise<void> {
  const list = await fetch(new URL("assets/offline/list-" + RELEASE + ".json", ROOT));
  const rows = ((await list.json()) as { files: Row[] }).files;
  const before = (await releases()).filter((name) => name !== CACHE);
  const store = await caches.open(CACHE);
  const keep = async ([path, digest, lasting]: Row): Promise<void> => {
    const address = new URL(path, ROOT).href;
    if (await store.match(address)) return; // an attempt that broke off left it
    for (const cacheName of before) {
      const old = await caches.match(address, { cacheName });
      if (old?.headers.get(DIGEST) === digest) return store.put(address, old);
    }
    const fresh = await fetch(address, { cache: "no-cache" });
    const data = await fresh.arrayBuffer();
    // Another digest: a release is just being published, or something between changes files on their way.
    if (!fresh.ok || !(await hex(data)).startsWith(digest)) throw new Error(`${address} is not of this release`);
    const headers = new Headers({ "Content-Type": fresh.headers.get("Content-Type") ?? "", [DIGEST]: digest });
    if (lasting) headers.set(LASTING, "1");
    return store.put(address, new Response(data, { headers }));
  };
  let next = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let row = rows[next++]; row !== undefined; row = rows[next++]) await keep(row);
    }),
  );
}

/** Delete the releases that no open tab reads any more. Only caches with this site's name are looked at. */
async function activate(): Promise<void> {
  const open = new Set((await self.clients.matchAll({ includeUncontrolled: true })).map((tab) => tab.id));
  const notes = await caches.open(TABS);
  const read = new Set([CACHE]);
  for (const note of await notes.keys()) {
    const [release = "", since] = (await (await notes.match(note))?.text())?.split(" ") ?? [];
    const id = decodeURIComponent(new URL(note.url).search.slice(1));
    if (open.has(id) || Date.now() - Number(since) < OPENING_MS) read.add(ours(ROOT) + release);
    else await notes.delete(note);
  }
  for (const name of await releases()) if (!read.has(name)) await caches.delete(name);
  // A worker takes a moment to start. Meanwhile the network is asked for the page.
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

function noteOf(id: string): string {
  return new URL(`?${encodeURIComponent(id)}`, ROOT).href;
}

async function mark(id: string): Promise<void> {
  if (id !== "") await (await caches.open(TABS)).put(noteOf(id), new Response(`${RELEASE} ${Date.now()}`));
}

async function asked(event: Asked): Promise<Response> {
  return (await event.preloadResponse) ?? fetch(event.request);
}

/**
 * The network's answer for a page that is kept. As this release has it, it is read with this release's files. Another one
 * that is not of this moment counts only once the network itself has said so.
 */
async function known(event: Asked, network: Promise<Response>, kept: Response): Promise<Response> {
  const answer = await network;
  if (!answer.ok) return answer;
  const digest = kept.headers.get(DIGEST);
  if (digest !== null && (await hex(await answer.clone().arrayBuffer())).startsWith(digest)) {
    await mark(event.resultingClientId);
    return answer;
  }
  const isOld = Date.now() - Date.parse(answer.headers.get("Date") ?? "") > JUST_NOW_MS;
  return isOld ? fetch(event.request, { cache: "no-cache" }) : answer;
}

async function page(event: Asked, url: URL): Promise<Response> {
  const address = url.origin + url.pathname.replace(/\/index\.html$/, "/");
  const network = asked(event);
  network.catch(() => undefined); // it may fail while what is kept is looked up, or when nobody waits for it any more
  const kept = await caches.match(address, { cacheName: CACHE });
  try {
    const late = new Promise<null>((done) => setTimeout(() => done(null), PATIENCE_MS));
    const fresh = await (kept ? Promise.race([known(event, network, kept), late]) : network);
    if (fresh && (fresh.status < 500 || !kept)) return fresh;
  } catch {
    // no network
  }
  if (kept) {
    await mark(event.resultingClientId);
    return kept;
  }
  if (!address.endsWith("/") && (await caches.match(`${address}/`, { cacheName: CACHE }))) {
    return Response.redirect(`${address}/${url.search}`);
  }
  return Response.redirect(new URL("offline/#missing", ROOT));
}

async function file(event: Asked, url: URL): Promise<Response> {
  const address = url.origin + url.pathname;
  const [note, kept] = await Promise.all([
    caches.match(noteOf(event.clientId), { cacheName: TABS }),
    caches.match(address, { cacheName: CACHE }),
  ]);
  const release = (await note?.text())?.split(" ")[0];
  const own = release && (await caches.match(address, { cacheName: ours(ROOT) + release }));
  if (own) return own;
  return kept?.headers.has(LASTING) ? kept : fetch(event.request);
}

async function film(request: Request, url: URL): Promise<Response> {
  const kept = await caches.match(url.href, { cacheName: FILMS });
  return kept ? part(kept, request.headers.get("Range")) : fetch(request);
}

self.addEventListener("install", (event: Lasting) => event.waitUntil(install()));
self.addEventListener("activate", (event: Lasting) => event.waitUntil(activate()));
self.addEventListener("message", (event: Told) => {
  if (event.data === TAKE_OVER) event.waitUntil(self.skipWaiting());
  if (event.data === SAME && event.source) event.waitUntil(mark(event.source.id));
});
self.addEventListener("fetch", (event: Asked) => {
  const { request } = event;
  const url = new URL(request.url);
  const isOurs = url.origin === ROOT.origin && url.pathname.startsWith(ROOT.pathname);
  if (request.method !== "GET" || !isOurs || ENCRYPTED.test(url.pathname.slice(ROOT.pathname.length))) return;
  if (url.search === KEPT) event.respondWith(film(request, url));
  else if (request.headers.has("Range")) return; // a film that is not kept: the browser and the host know how
  else event.respondWith(request.mode === "navigate" ? page(event, url) : file(event, url));
});
