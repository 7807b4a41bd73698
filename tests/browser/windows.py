"""Pages of a browser that one test after the other is given, each as blank as a new one.

To make a page costs a quarter of a second of a processor, to use one again less than half of that. So a page goes back
when its test is over, unless that test did something to it that cannot be undone for certain: then it is closed.

One thing stays, for it is what the time goes to: styles, scripts and pictures that the server lets a browser keep. A
test that looks at what is asked of a server gets a page that takes nothing from there, as one that nobody has used.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Request
from playwright.sync_api import Error as PlaywrightError

PATIENCE_MS = 120_000.0
"""How long a page may take to do what it does within a moment on a quiet machine. No test measures by it."""
KEPT_MAX = 4
"""How many pages wait for the next test; each is a process."""
HARMLESS = {
    "add_init_script",
    "check",
    "click",
    "content",
    "emulate_media",
    "evaluate",
    "evaluate_handle",
    "expect_download",
    "expect_navigation",
    "expect_request",
    "expect_response",
    "fill",
    "focus",
    "frames",
    "get_by_label",
    "get_by_role",
    "get_by_text",
    "go_back",
    "go_forward",
    "goto",
    "hover",
    "is_closed",
    "keyboard",
    "locator",
    "main_frame",
    "mouse",
    "on",
    "pdf",
    "press",
    "reload",
    "route",
    "screenshot",
    "set_viewport_size",
    "title",
    "unroute",
    "url",
    "viewport_size",
    "wait_for_event",
    "wait_for_function",
    "wait_for_load_state",
    "wait_for_selector",
    "wait_for_timeout",
    "wait_for_url",
}
"""What may be done to a page that is used again: nothing is left of it once another page is shown, or it is undone.

Whoever touches anything else of a page keeps it: its clock, its profile, or what is shown to it. For a page on a day of
its own there is ``Window.set_time``.
"""
_AS_IT_COMES = {"color_scheme": "light", "reduced_motion": "no-preference", "forced_colors": "none"}
"""What Playwright tells a page of the reader's wishes, unless told otherwise."""
_FIXED = """(() => {
    const Real = Date.real ?? Date;
    globalThis.Date = class Date extends Real {
        constructor(...given) { super(...(given.length ? given : [NOW])); }
        static now() { return NOW; }
        static real = Real;
    };
})()"""
"""The time stands still; everything that waits goes on."""


@dataclass(eq=False)
class Window:
    """A page in a profile of its own.

    Attributes:
        page: The page; blank, when it is lent.
        context: Its profile, which holds nothing else.
        options: What the profile was made with.
        wishes: What the page is told of the reader's wishes, as long as no test tells it anything else.
        tools: What undoes things in it.
        complaints: What the browser has complained of since the page was lent.
        origins: The sites that it has shown since then.
        keeps: Whether its sites may keep themselves for offline reading.
        fixed: What of its tools' fixes the time in each new page.
        unused: Whether it takes nothing that was fetched for an earlier test.
        wished: Whether it was told of a reader's wishes since it was lent.
        scripts: What of its tools' runs a test's own script in each new page.
        listeners: Who listens to what happens in it.
    """

    page: Page
    context: BrowserContext
    options: dict[str, Any]
    tools: CDPSession
    wishes: dict[str, Any]
    complaints: list[str] = field(default_factory=list)
    origins: set[str] = field(default_factory=set)
    keeps: bool = False
    fixed: str = ""
    unused: bool = False
    wished: bool = False
    scripts: list[str] = field(default_factory=list)
    listeners: list[tuple[Any, Any]] = field(default_factory=list)

    def take_nothing_kept(self, wanted: bool) -> None:
        """Let all that a page is made of be fetched again, as by a browser that has never been there; or no longer so."""
        if wanted:
            self.tools.send("Network.enable")
        if wanted or self.unused:
            self.tools.send("Network.setCacheDisabled", {"cacheDisabled": wanted})
        if self.unused and not wanted:
            self.tools.send("Network.disable")
        self.unused = wanted

    def wish(self, wishes: dict[str, Any]) -> None:
        """Tell the page of a reader's wishes, and that it is on a screen."""
        self.page.emulate_media(media="null", **wishes)
        self.wishes, self.wished = wishes, False

    def run_first(self, script: str) -> None:
        """Run a script in each new page before its own, until the page is given back."""
        made = self.tools.send("Page.addScriptToEvaluateOnNewDocument", {"source": script})
        self.scripts.append(made["identifier"])

    def set_time(self, now: dt.datetime) -> None:
        """Let it be a certain time, in what is shown and in all that is opened until the page is given back.

        Args:
            now: By the clock of the page's time zone, wherever this computer stands.
        """
        zone = self.options.get("timezone_id")
        at = now if now.tzinfo or zone is None else now.replace(tzinfo=ZoneInfo(zone))
        script = _FIXED.replace("NOW", f"{at.timestamp() * 1000:.0f}")
        self._free_time()
        made = self.tools.send("Page.addScriptToEvaluateOnNewDocument", {"source": script})
        self.fixed = made["identifier"]
        self.page.evaluate(script)

    def _free_time(self) -> None:
        if self.fixed:
            what = {"identifier": self.fixed}
            self.tools.send("Page.removeScriptToEvaluateOnNewDocument", what)
            self.fixed = ""

    def listen(self) -> None:
        """Note what the browser complains of, and which sites it shows."""
        self.page.on("console", lambda said: self._complained(said.type, said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("requestfailed", self._failed)
        self.page.on("framenavigated", lambda frame: self._shows(frame.url))

    def _complained(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(f"{kind}: {text}")

    def _failed(self, request: Request) -> None:
        # A browser gives up what a page is made of when the page is left; a refusal fails otherwise.
        a_part = request.resource_type != "document"
        left_behind = a_part and request.failure == "net::ERR_ABORTED"
        if not left_behind:
            self.complaints.append(f"failed: {request.url} {request.failure}")

    def _shows(self, address: str) -> None:
        found = urlsplit(address)
        if found.scheme in ("http", "https", "file"):
            self.origins.add(f"{found.scheme}://{found.netloc}")

    def cleaned(self) -> bool:
        """Make the page as blank as a new one; whether that was possible."""
        if self.keeps or "storage_state" in self.options or len(self.context.pages) != 1:
            return False
        if len(self.origins) > 1:
            return False  # what a tab keeps of a site can only be reached while it shows it
        for origin in self.origins:
            if not self.page.url.startswith(f"{origin}/"):
                return False
            self.page.evaluate("sessionStorage.clear()")
        self._free_time()
        for identifier in self.scripts:
            what = {"identifier": identifier}
            self.tools.send("Page.removeScriptToEvaluateOnNewDocument", what)
        self.scripts.clear()
        for event, listener in self.listeners:
            self.page.remove_listener(event, listener)
        self.listeners.clear()
        self.page.unroute_all()
        self.page.goto("about:blank")
        for origin in self.origins:
            what = {"origin": origin, "storageTypes": "all"}
            self.tools.send("Storage.clearDataForOrigin", what)
        self.context.clear_cookies()
        self.tools.send("Page.resetNavigationHistory")
        self.page.mouse.move(-9, -9)
        if self.wished:
            self.wish(self.wishes)
        self.origins.clear()
        return True


def _waiting(whole: Callable[..., Any]) -> Callable[..., Any]:
    """Wait for a function only.

    Playwright asks for an expression once, which is allowed, and from then on lets the page ask itself with ``eval``,
    which the policy of our pages forbids: what holds at once passes, and what takes a moment on a busy machine fails.
    """

    def wait(page: Page, expression: str, **named: Any) -> Any:
        assert re.match(r"\s*(?:async\s+)?(?:\w+|\([^()]*\))\s*=>", expression), (
            f"the pages' policy lets only a function wait: () => {expression}"
        )
        return whole(page, expression, **named)

    return wait


def _patient(whole: Callable[..., Any]) -> Callable[..., Any]:
    def make(browser: Browser, *arguments: Any, **named: Any) -> Any:
        made = whole(browser, *arguments, **named)
        made.set_default_timeout(PATIENCE_MS)
        return made

    return make


@contextmanager
def patience() -> Iterator[None]:
    """Whatever a test opens waits as long as is needed, not Playwright's half a minute."""
    marks = {name: _patient(vars(Browser)[name]) for name in ("new_context", "new_page")}
    with mock.patch.multiple(Browser, **marks):
        yield


class Windows:
    """The pages of one browser: those that are lent, and those that wait for a test."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: list[Window] = []
        self._lent: dict[Page, Window] = {}
        self._marked: set[Page] = set()

    def lend(
        self,
        size: tuple[int, int],
        options: dict[str, Any],
        *,
        unused: bool,
        keeps: bool = False,
    ) -> Window:
        """A blank page.

        Args:
            size: Width and height in CSS pixels.
            options: Playwright's for a new profile.
            unused: It takes nothing that was fetched for anybody before.
            keeps: Sites may keep themselves for offline reading: nobody has used it before, or will again.
        """
        wishes = {name: options.get(name, usual) for name, usual in _AS_IT_COMES.items()}
        profile = {name: value for name, value in options.items() if name not in wishes}
        alike = [one for one in self._free if one.options == profile and not keeps]
        if alike:
            window = next((one for one in alike if one.wishes == wishes), alike[0])
            self._free.remove(window)
            window.take_nothing_kept(unused)
        else:
            window = self._made(profile, keeps=keeps)
        if window.wishes != wishes:
            window.wish(wishes)
        window.page.set_viewport_size({"width": size[0], "height": size[1]})
        window.complaints = []
        self._lent[window.page] = window
        return window

    @contextmanager
    def lent(self, size: tuple[int, int], **options: Any) -> Iterator[Window]:
        """A blank page for a part of a test; it is given back at the end."""
        window = self.lend(size, options, unused=False)
        try:
            yield window
        finally:
            self.take_back(window)

    def take_back(self, window: Window) -> None:
        """Keep a page for another test, if it can be made as blank as a new one; close it otherwise."""
        del self._lent[window.page]
        try:
            again = window.page not in self._marked and window.cleaned()
        except PlaywrightError:
            again = False  # it was closed, or has died
        self._marked.discard(window.page)
        if not again:
            window.context.close()
            return
        self._free.append(window)
        if len(self._free) > KEPT_MAX:
            self._free.pop(0).context.close()

    @contextmanager
    def watched(self) -> Iterator[None]:
        """See what tests do to the pages that are lent."""
        public = {name for name in vars(Page) if not name.startswith("_")}
        marks = {name: self._noting(name) for name in public - HARMLESS}
        marks["wait_for_function"] = _waiting(Page.wait_for_function)
        marks["emulate_media"] = self._wishing(Page.emulate_media)
        marks["add_init_script"] = self._running_first(Page.add_init_script)
        marks["on"] = self._listening(Page.on)
        with mock.patch.multiple(Page, **marks):
            yield

    def _made(self, options: dict[str, Any], *, keeps: bool) -> Window:
        context = self._browser.new_context(**options)
        if not keeps:  # else each page would fetch its whole site
            context.add_init_script("delete Navigator.prototype.serviceWorker")
        page = context.new_page()
        window = Window(
            page, context, options, context.new_cdp_session(page), dict(_AS_IT_COMES), keeps=keeps
        )
        window.tools.send("Page.enable")
        window.listen()
        return window

    def _wishing(self, whole: Callable[..., Any]) -> Callable[..., Any]:
        def wish(page: Page, **named: Any) -> Any:
            if page in self._lent:
                self._lent[page].wished = True
            return whole(page, **named)

        return wish

    def _running_first(self, whole: Callable[..., Any]) -> Callable[..., Any]:
        def run_first(page: Page, script: str) -> Any:
            """By tools that can take it back, which Playwright's own way cannot."""
            return self._lent[page].run_first(script) if page in self._lent else whole(page, script)

        return run_first

    def _listening(self, whole: Callable[..., Any]) -> Callable[..., Any]:
        def listen(page: Page, event: Any, listener: Any) -> Any:
            if page in self._lent:
                self._lent[page].listeners.append((event, listener))
            return whole(page, event, listener)

        return listen

    def _noting(self, name: str) -> Any:
        whole = vars(Page)[name]

        def note(page: Page, *arguments: Any, **named: Any) -> Any:
            if page in self._lent:
                self._marked.add(page)
            if isinstance(whole, property):
                return whole.__get__(page)
            return whole(page, *arguments, **named)

        return property(note) if isinstance(whole, property) else note
