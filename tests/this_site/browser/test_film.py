"""A film on a page: silent until it is asked for, then it really plays, with captions, and nothing jumps."""

from __future__ import annotations

import gzip
import time
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from browser.fixtures import DESKTOP, PHONE, Open
from browser.server import Served
from browser.spiteful import ADDRESSES
from browser.windows import PATIENCE_MS

from .conftest import KINDS

STATE = """() => {
    const film = document.querySelector('video');
    const track = film.textTracks[0];
    return {
        time: film.currentTime, paused: film.paused, ready: film.readyState, width: film.videoWidth, height: film.videoHeight,
        source: film.currentSrc, mode: track.mode, cues: track.cues ? track.cues.length : 0,
        error: film.error && film.error.message,
    };
}"""
BOXES = """() => [...document.querySelectorAll('video, h1, h2, .kp-footer')]
    .map(e => { const box = e.getBoundingClientRect(); return [box.x, box.y, box.width, box.height]; })"""


def _state(page: Page) -> dict[str, Any]:
    state: dict[str, Any] = page.evaluate(STATE)
    return state


def _play_with_the_keyboard(page: Page) -> dict[str, Any]:
    """Move to the film, press Space, and wait until it has played for half a second."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "VIDEO":
            break
    page.keyboard.press("Space")
    return _played_beyond(page, 0.5)


def _played_beyond(page: Page, at_s: float) -> dict[str, Any]:
    """Wait until a film has played on; a busy machine takes its time. (Pages without scripts: so it is asked.)"""
    ends = time.monotonic() + PATIENCE_MS / 1000
    while time.monotonic() < ends:
        state = _state(page)
        assert not state["error"], (
            f"{state['error']}; this browser must play H.264 (see chromium.py)"
        )
        if state["time"] > at_s:
            return state
        page.wait_for_timeout(100)
    pytest.fail(f"the film does not play: {_state(page)}")


def _media_asked(site: Served, since: int) -> list[str]:
    return [asked.path for asked in site.asked[since:] if asked.path.startswith("/media/")]


def test_a_silent_film_says_nothing_its_captions_do(site: Served) -> None:
    told = (site.folder / KINDS["film"] / "index.html").read_text("utf-8")
    assert "What the captions say" in told
    assert "What is said" not in told


@pytest.mark.parametrize("kind", ["film", "exercise with a film"])
def test_nothing_of_a_film_but_its_poster_is_fetched_before_it_is_played(
    kind: str, open_page: Open, site: Served
) -> None:
    since = len(site.asked)
    page = open_page(KINDS[kind], unused=True).page
    page.locator("video").scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert [path.rpartition("/")[2] for path in _media_asked(site, since)] == ["poster.avif"]
    assert _state(page)["ready"] == 0


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_with_its_picture_and_its_scripts_is_light_before_anything_is_played(
    kind: str, open_page: Open, site: Served
) -> None:
    since = len(site.asked)
    visit = open_page(None, PHONE, unused=True, java_script_enabled=True)
    visit.page.goto(site.url(KINDS[kind]))
    has_film = kind in ("film", "exercise with a film")
    if has_film:
        visit.page.locator(".kp-player").wait_for()
    visit.page.wait_for_load_state("networkidle")
    asked = [one.path for one in site.asked[since:]]
    assert len(asked) <= 12, asked
    # As a host sends them: words packed, pictures as they are.
    sent = 0
    for path in asked:
        file = site.folder / path.lstrip("/")
        if not file.exists():
            file = site.folder / "404.html"
        data = (file / "index.html" if file.is_dir() else file).read_bytes()
        packs = not path.endswith((".avif", ".webp", ".jpg", ".png"))
        sent += len(gzip.compress(data)) if packs else len(data)
    assert sent <= 90_000, asked
    assert not has_film or _state(visit.page)["ready"] == 0


# The tests' copy of the site has its films in one size (support/own_project.py).
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_a_film_plays_and_nothing_else_of_it_is_fetched(
    size: tuple[int, int], open_page: Open, site: Served
) -> None:
    visit = open_page(KINDS["film"], size, unused=True)
    since = len(site.asked)
    first = _play_with_the_keyboard(visit.page)
    assert (first["width"], first["height"]) == (640, 360)
    later = _played_beyond(visit.page, first["time"])
    assert not later["paused"]
    renditions = {path for path in _media_asked(site, since) if path.endswith(".mp4")}
    assert renditions == {later["source"].removeprefix(site.origin)}
    assert {asked.status for asked in site.asked[since:] if asked.path in renditions} == {206}
    assert visit.complaints == []
    visit.page.keyboard.press("Space")
    assert _state(visit.page)["paused"]


def test_captions_are_shown_from_the_start(open_page: Open) -> None:
    page = open_page(KINDS["film"]).page
    assert _play_with_the_keyboard(page)["mode"] == "showing"
    ends = time.monotonic() + PATIENCE_MS / 1000
    while _state(page)["cues"] <= 5:  # they come beside the film
        assert time.monotonic() < ends, _state(page)
        page.wait_for_timeout(100)


@pytest.mark.parametrize(
    ("upright", "size"),
    [
        (False, PHONE),
        (False, DESKTOP),
        (True, PHONE),
        (True, (360, 560)),  # where the height of the window bounds that of the film
        (True, DESKTOP),
    ],
    ids=["lying, phone", "lying, desk", "upright, phone", "upright, short phone", "upright, desk"],
)
def test_nothing_on_the_page_moves_when_poster_and_film_arrive(
    size: tuple[int, int], upright: bool, open_page: Open, site: Served, spiteful_site: Served
) -> None:
    served, address = (spiteful_site, ADDRESSES["film"]) if upright else (site, KINDS["film"])
    empty = open_page(None, size, site=served).page
    empty.route("**/media/**", lambda route: route.abort())
    empty.goto(served.url(address))
    before = empty.evaluate(BOXES)
    page = open_page(address, size, site=served).page
    assert page.evaluate(BOXES) == before
    _play_with_the_keyboard(page)
    page.evaluate("window.scrollTo(0, 0)")
    assert page.evaluate(BOXES) == before


@pytest.mark.parametrize("size", [PHONE, (360, 560), DESKTOP], ids=["phone", "short phone", "desk"])
def test_an_upright_film_is_seen_whole_and_undistorted(
    size: tuple[int, int], open_page: Open, spiteful_site: Served
) -> None:
    page = open_page(ADDRESSES["film"], size, site=spiteful_site).page
    box = page.locator("video").bounding_box()
    assert box is not None
    assert box["height"] / box["width"] == pytest.approx(640 / 360, rel=0.01)
    assert box["height"] <= size[1]
    assert box["width"] >= 200


@pytest.mark.parametrize("size", [(1280, 850), (1024, 768), (1920, 1080)], ids=str)
def test_on_a_laptop_the_controls_of_an_upright_film_need_no_scrolling(
    size: tuple[int, int], open_page: Open, spiteful_site: Served
) -> None:
    page = open_page(ADDRESSES["film"], size, site=spiteful_site).page
    box = page.locator("video").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= size[1]
    assert box["width"] >= 200


def test_in_a_list_the_picture_of_an_upright_film_is_shown_whole(
    open_page: Open, spiteful_site: Served
) -> None:
    page = open_page("videos/", DESKTOP, site=spiteful_site).page
    poster = page.locator(".kp-card img").first
    assert poster.evaluate("img => img.naturalHeight > img.naturalWidth")
    assert poster.evaluate("img => getComputedStyle(img).objectFit") == "contain"


SHIFTED = """() => new Promise(told => {
    const moved = [];
    new PerformanceObserver(list => {
        for (const shift of list.getEntries()) moved.push(...shift.sources.map(one => one.node?.nodeName));
    }).observe({ type: 'layout-shift', buffered: true });
    requestAnimationFrame(() => setTimeout(() => told(moved), 100));
})"""


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desk"])
@pytest.mark.parametrize("kind", ["exercise with a film", "exercise", "film", "find"])
def test_nothing_on_the_page_moves_when_its_scripts_arrive_late(
    kind: str, size: tuple[int, int], open_page: Open, site: Served
) -> None:
    page = open_page(None, size, unused=True, java_script_enabled=True).page
    late: list[Route] = []
    painted = False

    def hold(route: Route) -> None:
        if painted:
            route.continue_()
        else:
            late.append(route)

    page.route("**/web/*.js", hold)
    page.goto(site.url(KINDS[kind]), wait_until="commit")
    page.locator(".kp-footer").wait_for()
    page.evaluate("new Promise(painted => requestAnimationFrame(() => setTimeout(painted, 200)))")
    assert late
    painted = True
    for route in late:
        route.continue_()
    page.wait_for_load_state("networkidle")
    assert page.evaluate(SHIFTED) == []
