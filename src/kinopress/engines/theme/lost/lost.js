// The site lies in some folder of its host and was never told which. This page is shown at any depth, so
// its addresses begin at the host's root. If the style has not come from there, the folders above are
// asked for it; the deepest that has it is the site's, and every address on the page begins there.
(async () => {
  const style = "assets/kinopress.css";
  if (getComputedStyle(document.documentElement).getPropertyValue("--kp-paper")) return;
  const folders = location.pathname.split("/").slice(1, -1).slice(0, 12);
  const roots = folders.map((_, at) => `/${folders.slice(0, at + 1).join("/")}/`);
  const asked = await Promise.all(
    roots.map(async (root) => {
      try {
        const answer = await fetch(root + style);
        return answer.ok && /^text\/css\b/.test(answer.headers.get("content-type") ?? "");
      } catch {
        return false;
      }
    }),
  );
  const root = roots[asked.lastIndexOf(true)];
  if (root === undefined) return;
  for (const name of ["href", "src", "action"]) {
    for (const element of document.querySelectorAll(`[${name}^="/"]:not([${name}^="//"])`)) {
      element.setAttribute(name, root + element.getAttribute(name).slice(1));
    }
  }
  // A script that failed is not asked for again when its address changes; one like it is.
  for (const failed of document.querySelectorAll("script[type=module]")) {
    const again = document.createElement("script");
    again.type = "module";
    again.src = failed.src;
    failed.replaceWith(again);
  }
})();
