/**
 * The browser's storage as one site sees it. On project hosting two sites share a host, and with it the storage: each
 * keeps its plans under names with its own path, and those of another stay out of sight. How films and sounds are liked
 * has no path: that is the reader's own wish, wherever they are.
 */

import { PREFIX, type Shelf } from "./plan-store.ts";

/** What a browser's storage can tell of itself. */
export type Kept = Shelf & Pick<Storage, "key" | "length">;

/** The name under which a browser keeps what this site calls `key`; `site` is the path of its home: "/", "/hips/". */
export function rawKey(site: string, key: string): string {
  return key.startsWith(PREFIX) ? PREFIX + site + key.slice(PREFIX.length) : key;
}

export class OwnShelf implements Kept {
  readonly #all: Kept;
  readonly #site: string;

  constructor(all: Kept, site: string) {
    this.#all = all;
    this.#site = site;
  }

  /** Earlier editions kept a plan without a path: it goes to the first site that has this plan and asks for it. */
  getItem(key: string): string | null {
    const raw = rawKey(this.#site, key);
    const kept = this.#all.getItem(raw);
    if (kept !== null || raw === key) return kept;
    const old = this.#all.getItem(key);
    if (old === null) return null;
    try {
      this.#all.setItem(raw, old);
      this.#all.removeItem(key);
    } catch {
      // no room for two at once: it stays where it is
    }
    return old;
  }

  setItem(key: string, value: string): void {
    this.#all.setItem(rawKey(this.#site, key), value);
  }

  removeItem(key: string): void {
    this.#all.removeItem(rawKey(this.#site, key));
    this.#all.removeItem(key);
  }

  get length(): number {
    return this.#names().length;
  }

  key(at: number): string | null {
    return this.#names()[at] ?? null;
  }

  #names(): string[] {
    const own = PREFIX + this.#site;
    const all = Array.from({ length: this.#all.length }, (_, at) => this.#all.key(at) ?? "");
    const names = all.flatMap((raw) => {
      // A plan's own name has no slash: what comes after a longer path belongs to a site below this one.
      const name = raw.startsWith(own) ? PREFIX + raw.slice(own.length) : raw;
      return name.startsWith(PREFIX) && name.includes("/") ? [] : [name];
    });
    return [...new Set(names)];
  }
}

let home: string | null = null;

/** A plan that was handed over as a file has no site: it keeps what it keeps below a path of its own. */
export function liveAt(path: string): void {
  home = path;
}

/** The path of this site's home: these scripts are two folders below it. */
export function sitePath(): string {
  return home ?? new URL("../../", import.meta.url).pathname;
}

/** This site's storage; null where the reader has switched it off. */
export function ownShelf(): OwnShelf | null {
  try {
    return new OwnShelf(window.localStorage, sitePath());
  } catch {
    return null;
  }
}
