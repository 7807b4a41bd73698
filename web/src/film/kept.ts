/** How a reader likes films to be shown: kept on this device alone. */

const KEY = "kinopress.film";

export const SPEEDS = [0.25, 0.5, 0.75, 1, 1.25, 1.5] as const;

export interface Liking {
  readonly speed: number;
  readonly mirror: boolean;
}

export function liking(): Liking {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Record<string, unknown>> | null;
    return { speed: SPEEDS.find((speed) => speed === found?.["speed"]) ?? 1, mirror: found?.["mirror"] === true };
  } catch {
    return { speed: 1, mirror: false };
  }
}

export function keep(likes: Liking): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(likes));
  } catch {
    // the reader has switched storage off: then only this page remembers
  }
}
