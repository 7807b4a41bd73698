/** How much of what somebody typed or pasted is kept and searched. */

/** Words beyond this are not searched: nobody means them, and matching takes time that grows with them. */
export const LONGEST = 300;
/** Words beyond this are not kept. Warning signs are looked for in all that is: trouble may be told at length. */
export const LONGEST_KEPT = 4000;

/** Words as a query keeps them. */
export function kept(words: string): string {
  return words.trim().slice(0, LONGEST_KEPT).trimEnd();
}

/** Words as pages are searched for. */
export function searched(words: string): string {
  return words.trim().slice(0, LONGEST).trimEnd();
}
