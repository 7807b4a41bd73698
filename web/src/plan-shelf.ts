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

/** A plan that was handed over, by its number; the second: which of them an encrypted page has. */
const HANDED = /^kinopress\.plan\.\/(?:[0-9a-f]{32}|[a-z2-9]{26})\//;

/**
 * What is kept of plans that were handed over, whichever page of this address is open: each is below its number, and an
 * encrypted page notes which it has, so that it can be deleted once the page is gone. Where nothing can be kept, nothing is.
 */
export class OfPages {
  readonly #all: Kept | null;

  constructor(all?: Kept | null) {
    this.#all = all === undefined ? opened() : all;
  }

  /** A page has a plan. */
  note(page: string, plan: string): void {
    try {
      this.#all?.setItem(`${PREFIX}/${page}/`, plan);
    } catch {
      // no room: then it cannot be found later
    }
  }

  /** Whether something that was entered on a page is kept. */
  has(page: string): boolean {
    return this.#below(this.#planOf(page)).length > 0;
  }

  /** Delete what was entered in a plan; answers whether there was any. */
  forget(plan: string): boolean {
    const keys = this.#below(plan);
    for (const key of keys) this.#all?.removeItem(key);
    return keys.length > 0;
  }

  forgetPage(page: string): void {
    this.#all?.removeItem(`${PREFIX}/${page}/`);
  }

  forgetAllOf(page: string): void {
    this.forget(this.#planOf(page));
    this.forgetPage(page);
  }

  /** Of all plans that were handed over. */
  forgetEverything(): void {
    for (const key of this.#keys()) if (HANDED.test(key)) this.#all?.removeItem(key);
  }

  /** Whether something of such a plan is kept. */
  get hasAny(): boolean {
    return this.#keys().some((key) => HANDED.test(key));
  }

  #planOf(page: string): string {
    return this.#all?.getItem(`${PREFIX}/${page}/`) ?? "";
  }

  #below(plan: string): string[] {
    return plan === "" ? [] : this.#keys().filter((key) => key.startsWith(`${PREFIX}/${plan}/`));
  }

  #keys(): string[] {
    const all = this.#all;
    return all === null ? [] : Array.from({ length: all.length }, (_, at) => all.key(at) ?? "");
  }
}

function opened(): Kept | null {
  try {
    return localStorage;
  } catch {
    return null;
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
