/** How much of an exercise, for who asks about a symptom: what is safe with a healthy leg may be too much for a sore one. Pure. */

import type { Index, Page } from "./index.ts";
import { contentStems } from "./normal.ts";
import type { Answer } from "./rank.ts";

export interface Limit {
  /** The symptom's own dose; undefined where it has none, or another symptom was more likely meant. */
  readonly dose: string | undefined;
  /** The symptom whose words on the exercise's page say how; undefined likewise. */
  readonly symptom: Page | undefined;
}

/**
 * What limits an exercise among the symptoms that were found; undefined where nothing does. Who typed the exercise's
 * own name is told its usual dose. Where it is in doubt which symptom was meant, no dose is told rather than too hard a one.
 */
export function limitOf(index: Index, page: Page, { hits, asked }: Answer): Limit | undefined {
  const title = new Set(contentStems(page.title));
  if (asked.length > 0 && asked.every(({ stem }) => title.has(stem))) return undefined;
  const felt = hits.filter((hit) => index.kinds.get(hit.page.kind)?.ranksAs === "felt");
  const limiting = felt.find((hit) => hit.page.limits.has(page.at));
  if (limiting === undefined) return undefined;
  const isMeant = limiting === felt[0];
  return {
    dose: isMeant ? limiting.page.limits.get(page.at) || undefined : undefined,
    symptom: isMeant ? limiting.page : undefined,
  };
}
