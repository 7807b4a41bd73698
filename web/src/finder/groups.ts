/** Results grouped as readers ask: what to do today, what it may be, what to read. Pure. */

import { isUrgent, type Found as FoundSigns } from "./asking.ts";
import type { Page } from "./index.ts";
import { phrase } from "./said.ts";

const NO_SIGNS: FoundSigns = { flags: [], isNear: false };

interface Sort {
  readonly key: string;
  readonly label: string;
}

const SORTS: readonly Sort[] = [
  { key: "do", label: phrase("What to do today") },
  { key: "be", label: phrase("What it may be") },
  { key: "read", label: phrase("To read") },
  { key: "site", label: phrase("The coach and this site") },
];

/** What to do is last, and not for today, where a sign needs somebody to look at it first: its label says so. */
const LATER: Sort = { key: "later", label: phrase("For later") };

/** The page that says when to get help is found as what it is, not among those that tell of the site. */
const HELP: Sort = { key: "help", label: phrase("Who can help, and when") };

/** Said where somebody looks for a person near them. */
export const NO_PEOPLE = phrase(
  "This site does not know who works near you; it says whom to see, and how to reach the coach.",
);

/** A page with its place in the order of relevance over all groups, from 1. */
export interface Placed {
  readonly page: Page;
  readonly rank: number;
}

export interface Group {
  readonly key: string;
  readonly label: string;
  readonly results: readonly Placed[];
}

/**
 * Pages (best first) in their groups; the group that holds the best page is first. Beside a sign
 * that is urgent, exercises are last: a swollen calf is not to be stretched today. `help`: the address of the page about that.
 */
export function grouped(pages: readonly Page[], signs: FoundSigns = NO_SIGNS, help = ""): Group[] {
  const isLater = isUrgent(signs);
  const found = new Map<Sort, Placed[]>();
  pages.forEach((page, at) => {
    const isHelp = page.kind === "pages" && `${page.slug}/` === help;
    const sort = isHelp ? HELP : SORTS.find(({ key }) => key === page.group) ?? SORTS[SORTS.length - 1];
    if (sort === undefined) return;
    const shown = isLater && sort.key === "do" ? LATER : sort;
    found.set(shown, [...(found.get(shown) ?? []), { page, rank: at + 1 }]);
  });
  const groups = [...found].map(([{ key, label }, results]) => ({
    key,
    label: (key === LATER.key && signs.facts?.says.seeFirst) || label,
    results,
  }));
  return groups.sort((a, b) => Number(a.key === LATER.key) - Number(b.key === LATER.key));
}

/** The best of each group, `most` in all: none is crowded out by another, and the first has two for one. */
export function shortened(groups: readonly Group[], most: number): Group[] {
  const shares = groups.map(() => 0);
  const turn = [...groups.keys(), 0]; // the first group is served twice a round
  for (let left = most, round = 0; left > 0 && round < most; round++) {
    for (const at of turn) {
      if (left === 0 || (shares[at] ?? 0) >= (groups[at]?.results.length ?? 0)) continue;
      shares[at] = (shares[at] ?? 0) + 1;
      left--;
    }
  }
  return groups
    .map((group, at) => ({ ...group, results: group.results.slice(0, shares[at]) }))
    .filter(({ results }) => results.length > 0);
}
