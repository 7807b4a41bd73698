"""Asking a search in Chromium: what it shows, what it fetches, how long it takes."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from compressing import Served, serve
from measure import BenchmarkError
from playwright.sync_api import Browser, CDPSession, Page
from playwright.sync_api import Error as BrowserError
from queries import Query, Shown, is_term

from engines import Engine

ORDINARY = "muscles/piriformis/"
"""A page like any other, with the search field in its header."""

FIRST_QUERY = "bum hurts when I sit"
"""What the field itself gives as an example."""

DESKTOP = {"width": 1280, "height": 900}
SLOWED = 4
"""How many times slower than this computer the reader's is taken to be (Lighthouse's middling phone)."""

FILMS = (".mp4", ".webm", ".vtt")
PICTURES = (".avif", ".webp", ".jpg", ".png", ".svg")
FRESH_RUNS = 9
ROUNDS = 5
PEER_ROUNDS = 1
PEER_STEP = 8
"""Rounds over the queries, and every how many of them a peer is asked: one of Material's takes a second at 1000 pages."""

_ASK = """async ([query, wanted]) => {
  const answer = await globalThis.ask(query);
  const found = [...answer.found];
  if (answer.more && found.length > 0) found.push(...await answer.more());
  return found.slice(0, wanted);
}"""

_TIME = """async ([queries, rounds]) => {
  const times = queries.map(() => []);
  for (let round = -1; round < rounds; round++) {
    for (const [at, query] of queries.entries()) {
      const { ms } = await globalThis.ask(query);
      if (round >= 0) times[at].push(ms); // the round before the first fetches and warms up
    }
  }
  return times;
}"""

_FIRST = """(words) => new Promise((seen) => {
  const input = document.querySelector("header form[data-kp-finder] input[type=search]");
  const form = input.form;
  input.value = words;
  new MutationObserver((_, watch) => {
    if (form.querySelector("[data-result]") === null) return;
    watch.disconnect();
    // The task after the next frame: by then it is painted.
    requestAnimationFrame(() => setTimeout(() => seen(performance.now() - begun)));
  }).observe(form, { childList: true, subtree: true });
  const begun = performance.now();
  input.focus();
})"""


@contextmanager
def _page(browser: Browser, script: str = "") -> Iterator[Page]:
    context = browser.new_context(viewport=DESKTOP)
    if script:
        context.add_init_script(script)
    try:
        yield context.new_page()
    except BrowserError as error:
        raise BenchmarkError(f"the browser says: {error}") from error
    finally:
        context.close()


def ask_page(browser: Browser, site: Path, queries: Sequence[Query]) -> list[Shown]:
    """What the shipped page, /find/, shows for each query, typed into its field.

    Raises:
        BenchmarkError: when it does not answer.
    """
    shown = []
    with serve(site) as served, _page(browser) as page:
        page.goto(f"{served.origin}/find/")
        for query in queries:
            page.fill("main form[data-kp-finder] input[type=search]", query.words)
            # The page is named after the words it has answered, whether results or a warning stand there.
            page.wait_for_function(
                """(words) => document.querySelector("[data-kp-results][data-state=ready]") &&
                    document.title.startsWith(`${words} – `)""",
                arg=query.words,
            )
            found = page.eval_on_selector_all(
                "[data-kp-results] [data-result]",
                """all => all.map((one) => [Number(one.dataset.rank), `${one.dataset.result}/`])
                    .sort(([a], [b]) => a - b).map(([, page]) => page)""",
            )
            shown.append(Shown(found, page.locator("[data-safety-card]").count() > 0))
    return shown


def ask_engine(
    browser: Browser, engine: Engine, queries: Sequence[Query], wanted: int = 1000
) -> list[Shown]:
    """What a search answers to each query, its first ``wanted`` pages.

    Raises:
        BenchmarkError: when it does not answer.
    """
    with serve(engine.folder) as served, _page(browser, engine.script) as page:
        _begin(page, served)
        found = [page.evaluate(_ASK, [query.words, wanted]) for query in queries]
    if not any(is_term(address) for addresses in found for address in addresses):
        raise BenchmarkError("no query found any muscle, symptom or technique")
    return [Shown(addresses) for addresses in found]


def _begin(page: Page, served: Served) -> None:
    page.goto(f"{served.origin}/")
    page.evaluate("async () => { globalThis.ask = await globalThis.begin(); }")


def first_files_of_page(browser: Browser, engine: Engine) -> list[Path]:
    """What the shipped site fetches from the focus of the header's field to the first results.

    Raises:
        BenchmarkError: when no results come.
    """
    with serve(engine.folder) as served, _page(browser) as page:
        page.goto(f"{served.origin}/{ORDINARY}", wait_until="networkidle")
        served.sent.clear()
        page.evaluate(_FIRST, FIRST_QUERY)
        return [file for file in served.sent if file.suffix not in PICTURES]


def files_of_page(browser: Browser, engine: Engine) -> list[Path]:
    """What an ordinary page of the site fetches by itself, pictures and films left out.

    Raises:
        BenchmarkError: when it does not come.
    """
    with serve(engine.folder) as served, _page(browser) as page:
        page.goto(f"{served.origin}/{ORDINARY}", wait_until="networkidle")
        return [file for file in served.sent if file.suffix not in (*PICTURES, *FILMS)]


def first_files_of_engine(browser: Browser, engine: Engine) -> list[Path]:
    """What a search fetches for itself, on whatever page, to the first results.

    Raises:
        BenchmarkError: when it does not answer.
    """
    with serve(engine.folder) as served, _page(browser, engine.script) as page:
        _begin(page, served)
        page.evaluate("(words) => globalThis.ask(words)", FIRST_QUERY)
        return [file for file in served.sent if engine.is_own_file(file)]


def query_ms(browser: Browser, engine: Engine, queries: Sequence[Query], rounds: int) -> float:
    """The median over all queries of a query's median time, in milliseconds.

    Raises:
        BenchmarkError: when it does not answer.
    """
    with serve(engine.folder) as served, _page(browser, engine.script) as page:
        _begin(page, served)
        times = page.evaluate(_TIME, [[query.words for query in queries], rounds])
    return statistics.median(statistics.median(one) for one in times)


def first_result_ms(browser: Browser, engine: Engine) -> list[float]:
    """Milliseconds from focus to the first results painted, each time in a fresh profile, slowed.

    Raises:
        BenchmarkError: when no results come.
    """
    times = []
    with serve(engine.folder) as served:
        for _ in range(FRESH_RUNS):
            with _page(browser) as page:
                page.goto(f"{served.origin}/{ORDINARY}", wait_until="networkidle")
                session = page.context.new_cdp_session(page)
                session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
                times.append(page.evaluate(_FIRST, FIRST_QUERY))
    return times


def first_result_processor_ms(browser: Browser, engine: Engine) -> list[float]:
    """Processor time of the page from focus to the first results, times ``SLOWED``, in milliseconds.

    What else the computer does hardly shows in it, and waiting does not: on an idle computer the
    time on the clock is a little longer.

    Raises:
        BenchmarkError: when no results come.
    """
    times = []
    with serve(engine.folder) as served:
        for _ in range(FRESH_RUNS):
            with _page(browser) as page:
                page.goto(f"{served.origin}/{ORDINARY}", wait_until="networkidle")
                session = page.context.new_cdp_session(page)
                session.send("Performance.enable", {"timeDomain": "threadTicks"})
                before = _task_s(session)
                page.evaluate(_FIRST, FIRST_QUERY)
                times.append((_task_s(session) - before) * 1000 * SLOWED)
    return times


def _task_s(session: CDPSession) -> float:
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(one["value"] for one in metrics if one["name"] == "TaskDuration")
