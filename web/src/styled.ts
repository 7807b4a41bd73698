/** Style sheets that a page asks for when something is begun. Part of the one script of every page, which hands it on. */

const coming = new Map<string, Promise<void>>();

/** A style sheet of ours, once it is there. Settled also when it does not come: plain is better than nothing. */
export function styled(file: string): Promise<void> {
  const found = coming.get(file) ?? fetched(new URL(`../${file}`, import.meta.url).href);
  coming.set(file, found);
  return found;
}

function fetched(href: string): Promise<void> {
  // A page that names it has waited for it.
  const links = [...document.querySelectorAll<HTMLLinkElement>("link[rel=stylesheet]")];
  if (links.some((link) => link.href === href)) return Promise.resolve();
  return new Promise((done) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    for (const end of ["load", "error"]) link.addEventListener(end, () => done());
    document.head.append(link);
  });
}
