/** Pagefind in a page without its dialog. A result has an address only once its own file is there. */

globalThis.begin = async () => {
  const pagefind = await import("/pagefind/pagefind.js");
  const MOST = 40;
  const SHOWN = 5; // what Pagefind's own dialog loads at first
  return async (query) => {
    const begun = performance.now();
    const { results } = await pagefind.search(query);
    const shown = await Promise.all(results.slice(0, SHOWN).map((one) => one.data()));
    const ms = performance.now() - begun;
    const more = async () => Promise.all(results.slice(SHOWN, MOST).map((one) => one.data()));
    const addresses = (pages) => pages.map((page) => page.url.slice(1));
    return { found: addresses(shown), ms, more: async () => addresses(await more()) };
  };
};
