/**
 * What takes the worker's place on a site that keeps nothing for offline reading: it removes what the worker kept, and
 * then itself. It stays for good, since nobody knows who comes back after a year.
 */

import { ours } from "./names.ts";
import type { Lasting, Scope } from "./scope.ts";

declare const self: Scope;

async function remove(): Promise<void> {
  const begin = ours(new URL("./", self.location.href));
  for (const name of await caches.keys()) if (name.startsWith(begin)) await caches.delete(name);
  await self.registration.unregister();
}

self.addEventListener("install", (event: Lasting) => event.waitUntil(self.skipWaiting()));
self.addEventListener("activate", (event: Lasting) => event.waitUntil(remove()));
