// Loads a page of the preview again once there is a newer one, and shows it where the writer was: as far down, with the
// same folds open. The preview adds it to each page; a finished site has nothing of it.
(() => {
  const { epoch } = document.currentScript.dataset;
  const key = `kinopress-preview ${location.pathname}`;
  let request = null;
  let timer = 0;

  /** Each fold of the page with a name that is still its own when another one comes before it. */
  const folds = () => {
    const seen = new Map();
    return [...document.querySelectorAll("details")].map((fold) => {
      const words = (fold.querySelector("summary")?.textContent ?? "").replace(/\s+/g, " ").trim();
      const number = seen.get(words) ?? 0;
      seen.set(words, number + 1);
      return [`${number} ${words}`, fold];
    });
  };

  const reload = () => {
    const open = folds().map(([name, fold]) => [name, fold.open]);
    try {
      sessionStorage.setItem(key, JSON.stringify({ left: scrollX, top: scrollY, open }));
      history.scrollRestoration = "manual";
    } catch {
      // Nothing may be kept in this browser: then the page begins at its top.
    }
    location.reload();
  };

  const restore = (place) => {
    const open = new Map(place.open);
    for (const [name, fold] of folds()) {
      if (open.has(name)) fold.open = open.get(name);
    }
    scrollTo({ left: place.left, top: place.top, behavior: "instant" });
  };

  const kept = () => {
    try {
      const place = JSON.parse(sessionStorage.getItem(key) ?? "null");
      sessionStorage.removeItem(key);
      return place;
    } catch {
      return null;
    }
  };

  const ask = async () => {
    const asking = new AbortController();
    request = asking;
    let wait_ms = 3000;
    try {
      const answer = await fetch(`/livereload/${epoch}/${Date.now()}`, { signal: asking.signal });
      if (answer.ok && Number(await answer.text()) > Number(epoch)) {
        reload();
        return;
      }
      if (answer.ok) wait_ms = 0;
    } catch {
      // The preview was stopped, or starts again.
    }
    if (!asking.signal.aborted) timer = setTimeout(ask, wait_ms);
  };

  const stop = () => {
    request?.abort();
    clearTimeout(timer);
  };

  const place = kept();
  if (place !== null) {
    restore(place);
    // Pictures and scripts may have made the page longer since, unless the writer has gone elsewhere meanwhile.
    const top = scrollY;
    addEventListener("load", () => {
      if (scrollY === top) restore(place);
      history.scrollRestoration = "auto";
    });
  }
  addEventListener("load", () => {
    if (document.visibilityState === "visible") ask();
  });
  document.addEventListener("visibilitychange", () => {
    stop();
    if (document.visibilityState === "visible") ask();
  });
  addEventListener("beforeunload", stop);
})();
