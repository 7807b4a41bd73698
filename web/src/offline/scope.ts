/** What a service worker sees of the browser, as far as it is used: TypeScript's own list excludes that of pages. */

export interface Lasting extends Event {
  waitUntil(done: Promise<unknown>): void;
}

export interface Asked extends Lasting {
  readonly request: Request;
  /** The tab that asks. */
  readonly clientId: string;
  /** The tab that will show the page which is asked for. */
  readonly resultingClientId: string;
  /** What the browser has asked the network for while the worker was starting; of a page only, and not in every browser. */
  readonly preloadResponse?: Promise<Response | undefined>;
  respondWith(answer: Promise<Response>): void;
}

export interface Told extends Lasting {
  readonly data: unknown;
  readonly source: { readonly id: string } | null;
}

interface Tab {
  readonly id: string;
}

export interface Scope {
  readonly location: Location;
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    matchAll(options: { includeUncontrolled: boolean }): Promise<readonly Tab[]>;
    claim(): Promise<void>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(name: "install" | "activate", heard: (event: Lasting) => void): void;
  addEventListener(name: "fetch", heard: (event: Asked) => void): void;
  addEventListener(name: "message", heard: (event: Told) => void): void;
}
