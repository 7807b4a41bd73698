/** MiniSearch as its guide begins: the fields it is given, words begun and words misspelt. */

import MiniSearch from "minisearch";

export async function begin() {
  const engine = new MiniSearch({
    idField: "address",
    fields: ["title", "aliases", "people_say", "headings"],
    searchOptions: { prefix: true, fuzzy: 0.2 },
  });
  engine.addAll(await (await fetch("/pages.json")).json());
  return async (query) => {
    const begun = performance.now();
    const found = engine.search(query).map((one) => one.id);
    return { found, ms: performance.now() - begun };
  };
}
