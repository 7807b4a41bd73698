/** What the worker and the pages call things. A host may have several sites, so the folder of a site is in each name. */

/** The beginning of the names of all caches of a site. */
export function ours(root: URL): string {
  return `kinopress ${root.pathname} `;
}

/** The cache of films that were kept: it outlives releases. */
export function films(root: URL): string {
  return `${ours(root)}films`;
}

/** The cache of small notes: which open tab reads which release. */
export function tabs(root: URL): string {
  return `${ours(root)}tabs`;
}

/** At the end of a film's address: take the file that is kept. A server pays no heed to it. */
export const KEPT = "?kept";

/** Said by a page that came from the network and has seen that this release is still the newest. */
export const SAME = "same";
/** Said to the worker of a newer release, which waits until a page is opened after it has come. */
export const TAKE_OVER = "take over";
