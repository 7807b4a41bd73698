import { stem } from "./normal.ts";

/** Small words that say nothing of what a page is about, as the ones no query is searched for (normal.ts). */
export const SMALL: ReadonlySet<string> = new Set(
  "both first last new old off over up under upper table fine start end gone went come two day year week month hour ago since far long big small number instead else".split(" ").map(stem),
);
