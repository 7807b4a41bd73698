/** The finder as its pages use it, without a page. Bundled into assets/web/ of a built site. */

import { load, ROOT } from "../../web/src/finder/load.ts";

export async function begin() {
  const finder = await load(fetch(new URL("assets/finder/index.json", ROOT)));
  return async (query) => {
    const begun = performance.now();
    const answer = await finder.find(query);
    const ms = performance.now() - begun;
    return { found: answer.hits.map(({ page }) => `${page.kind}/${page.slug}/`), ms };
  };
}
