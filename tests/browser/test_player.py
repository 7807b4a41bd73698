"""The player over the browser's own element: what a reader does with a film to learn a movement from it."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

import kinopress
from browser.axe import faults, inject
from browser.fixtures import DESKTOP, PHONE, Open, Visit
from browser.server import Served
from browser.spiteful import ADDRESSES

FILM = ADDRESSES["film"]
FPS = 25
SCRIPTS = Path(kinopress.__file__).parent / "engines/theme/assets/web"

SHOWN = """() => {
    const film = document.querySelector('video');
    window.shown = [];
    const look = (_, picture) => { window.shown.push(picture.mediaTime); film.requestVideoFrameCallback(look); };
    film.requestVideoFrameCallback(look);
}"""
"""Notes each picture that is shown, by its second."""
SHIFTS = """() => new Promise(told => {
    let sum = 0;
    new PerformanceObserver(list => { for (const shift of list.getEntries()) sum += shift.value; })
        .observe({ type: 'layout-shift', buffered: true });
    requestAnimationFrame(() => setTimeout(() => told(sum), 100));
})"""
JUMPS = """() => {
    const film = document.querySelector('video');
    window.jumps = [];
    film.addEventListener('seeking', () => window.jumps.push(film.currentTime));
    film.addEventListener('ended', () => window.jumps.push('ended'));
}"""


def _film(page: Page, words: str) -> Any:
    return page.evaluate(f"document.querySelector('video').{words}")


def _until(page: Page, words: str) -> None:
    """Wait until something is true of the film."""
    page.wait_for_function(f"() => document.querySelector('video').{words}")


PAUSES = """at => {
    const film = document.querySelector('video');
    const look = () => {
        if (film.currentTime <= at) return;
        film.pause();
        film.removeEventListener('timeupdate', look);
    };
    film.addEventListener('timeupdate', look);
    film.addEventListener('play', () => { film.playbackRate = 0.2; }, { once: true });
}"""
"""The film pauses by itself once it is beyond a second: on a busy machine it is over before a test has seen that, and at
full speed before the page itself has."""


def _paused_beyond(page: Page, at_s: float) -> None:
    """Play until a second, or a little longer, and no further."""
    page.evaluate(PAUSES, at_s)
    page.keyboard.press("k")
    _until(page, f"paused && document.querySelector('video').currentTime > {at_s}")


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


@pytest.fixture
def visit(open_page: Open, spiteful_site: Served) -> Visit:
    found = open_page(FILM, site=spiteful_site, java_script_enabled=True)
    expect(found.page.locator(".kp-player")).to_be_visible()
    return found


@pytest.fixture
def page(visit: Visit) -> Page:
    return visit.page


def test_the_player_weighs_little() -> None:
    (script,) = [path for path in SCRIPTS.glob("*.js") if "kp-player" in path.read_text("utf-8")]
    assert len(gzip.compress(script.read_bytes())) <= 6 * 1024


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_nothing_moves_when_the_player_arrives(
    size: tuple[int, int], open_page: Open, spiteful_site: Served
) -> None:
    visit = open_page(FILM, size, site=spiteful_site, unused=True, java_script_enabled=True)
    page = visit.page
    expect(page.locator(".kp-player")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert page.evaluate(SHIFTS) == 0


def test_nothing_of_the_film_is_fetched_before_it_is_played(
    visit: Visit, spiteful_site: Served
) -> None:
    visit.page.wait_for_load_state("networkidle")
    assert _film(visit.page, "readyState") == 0
    assert visit.complaints == []
    assert not _film(visit.page, "controls")


def test_a_step_shows_the_next_picture_and_the_one_before(page: Page) -> None:
    page.goto(page.url + "?t=1")
    _press(page, "More")
    _paused_beyond(page, 1.1)
    _until(page, "seeking === false")

    def step(name: str) -> int:
        _press(page, name)
        _until(page, "seeking === false")
        number = _film(page, "currentTime") * FPS - 0.5
        assert number == pytest.approx(round(number), abs=0.01)
        return round(number)

    first = step("Picture ▸")
    assert [step("Picture ▸") for _ in range(3)] == [first + 1, first + 2, first + 3]
    assert [step("◂ Picture") for _ in range(2)] == [first + 2, first + 1]
    assert _film(page, "paused")
    # A picture is less than a second: the clock says that something has happened, and a key does the same.
    shown = page.locator(".kp-player__time > span").first
    before = shown.inner_text()
    page.keyboard.press(".")
    expect(shown).not_to_have_text(before)
    page.keyboard.press(",")
    expect(shown).to_have_text(before)
    _press(page, "Play")
    _until(page, "currentTime > 1.5")
    expect(shown).to_have_text(re.compile(r"^\d+:\d\d$"))


def test_a_part_is_repeated_until_it_is_called_off(page: Page) -> None:
    _press(page, "More")
    page.locator(".kp-player input[type=range]").focus()
    _press(page, "Loop from here")
    _paused_beyond(page, 0.2)
    _press(page, "… to here")
    page.evaluate(JUMPS)
    page.keyboard.press("k")
    page.wait_for_function("() => window.jumps.length >= 4")
    assert page.evaluate("window.jumps.slice(0, 4)") == [0, 0, 0, 0]
    _press(page, "Loop no more")
    _until(page, "ended")


def test_a_part_that_ends_with_the_film_begins_again_at_its_own_beginning(page: Page) -> None:
    page.evaluate(JUMPS)
    page.get_by_role("button", name="Mirror").focus()
    page.keyboard.press("l")
    line = page.locator(".kp-player input[type=range]")
    page.goto(page.url + "#t=1.2")
    expect(line).to_have_value("1.2")
    page.keyboard.press("a")
    page.evaluate("location.hash = 't=2'")
    expect(line).to_have_value("2")
    page.keyboard.press("b")
    page.keyboard.press("k")
    page.wait_for_function("() => window.jumps.filter(at => at !== 'ended').length >= 3")
    jumps = [at for at in page.evaluate("window.jumps") if at != "ended"]
    assert jumps[-2:] == [pytest.approx(1.2, abs=0.01)] * 2


def test_mirrored_words_stay_readable_and_it_is_said_that_sides_are_swapped(page: Page) -> None:
    _press(page, "Mirror")
    expect(page.locator(".kp-player__note")).to_have_text(
        "Mirrored: left and right are swapped, and words in the picture read backwards."
    )
    assert page.evaluate("getComputedStyle(document.querySelector('video')).transform").startswith(
        "matrix(-1"
    )
    page.evaluate(PAUSES, 0.3)
    _press(page, "Play")
    captions = page.locator(".kp-player__captions")
    expect(captions).to_have_text("Lift the knee.")
    assert captions.evaluate("p => getComputedStyle(p).transform") == "none"
    assert _film(page, "textTracks[0].mode") == "hidden"


def test_speed_and_mirror_are_remembered_and_nothing_moves_before_the_film_does(
    page: Page,
) -> None:
    page.get_by_label("Speed").select_option("0.5")
    _press(page, "Mirror")
    page.reload()
    expect(page.get_by_label("Speed")).to_have_value("0.5")
    expect(page.locator(".kp-player__note")).to_be_empty()
    assert page.evaluate(SHIFTS) == 0
    _press(page, "Play")
    expect(page.get_by_role("button", name="Mirror")).to_have_attribute("aria-pressed", "true")
    assert _film(page, "playbackRate") == 0.5
    _until(page, "currentTime > 0.2")
    assert _film(page, "playbackRate") == 0.5


@pytest.mark.parametrize("address", ["?t=1.2", "#t=1.2s"])
def test_an_address_names_the_second_at_which_the_film_begins(
    address: str, open_page: Open, spiteful_site: Served
) -> None:
    page = open_page(FILM + address, site=spiteful_site, java_script_enabled=True).page
    line = page.locator(".kp-player input[type=range]")
    expect(line).to_have_value("1.2")
    expect(line).to_have_attribute("aria-valuetext", "0:01 of 0:02")
    _until(page, "readyState >= 2")
    assert _film(page, "paused")
    page.evaluate(SHOWN)
    _press(page, "Play")
    page.wait_for_function("() => window.shown.some(at => at > 1.3)")
    # A browser may show the first picture of the file before it is where it should be, but plays none of the rest.
    shown = page.evaluate("window.shown")
    assert max(shown) > 1.2
    assert [at for at in shown if 2 / FPS < at < 1.2 - 1.5 / FPS] == []


def test_a_chapter_plays_from_where_it_begins(page: Page) -> None:
    page.evaluate("location.hash = 't=1.5'")
    expect(page.locator(".kp-player input[type=range]")).to_have_value("1.5")
    chapter = page.locator("dl.kp-chapters button")
    expect(chapter).to_have_accessible_name('Play from 0:00: <b>Set up</b> & "go"')
    page.evaluate(SHOWN)
    chapter.click()
    page.wait_for_function("() => window.shown.some(at => at > 0.2)")
    assert page.evaluate("window.shown")[0] < 1.4
    expect(chapter).to_have_attribute("aria-current", "true")


def test_one_film_plays_at_a_time(page: Page) -> None:
    page.evaluate(
        """() => {
            const other = document.createElement('video');
            other.src = document.querySelector('source[type*=avc1]').src;
            other.id = 'other';
            other.muted = other.loop = true;
            document.body.append(other);
            return other.play();
        }"""
    )
    _press(page, "Play")
    _until(page, "currentTime > 0.1")
    page.wait_for_function("() => document.querySelector('#other').paused")


def test_keys_work_where_the_film_has_the_focus_and_nowhere_else(page: Page) -> None:
    mirror = page.get_by_role("button", name="Mirror")
    page.locator("h1").click()
    for key in ("r", "k", "Space"):
        page.keyboard.press(key)
    expect(mirror).to_have_attribute("aria-pressed", "false")
    assert _film(page, "paused")
    mirror.focus()
    page.keyboard.press("r")
    expect(mirror).to_have_attribute("aria-pressed", "true")
    page.keyboard.press(">")
    expect(page.get_by_label("Speed")).to_have_value("1.25")
    page.keyboard.press("Control+k")
    assert _film(page, "paused")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys of the film")).to_be_visible()
    page.keyboard.press("r")
    expect(mirror).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(mirror).to_be_focused()


def test_a_film_that_does_not_come_says_so_and_comes_when_it_can(page: Page) -> None:
    def refuse(route: Route) -> None:
        route.abort()

    page.route("**/*.mp4", refuse)
    _press(page, "Play")
    expect(page.locator(".kp-player__note")).to_contain_text("cannot be loaded")
    page.unroute("**/*.mp4", refuse)
    page.locator(".kp-player__row button").first.click()
    if _film(page, "paused"):  # the first press only told it to stop trying
        _press(page, "Play")
    _until(page, "currentTime > 0.1")
    expect(page.locator(".kp-player__note")).to_be_empty()


SAVES_DATA = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"


def _with_a_small_file(visit: Visit, address: str) -> None:
    """Open a film's page as if there were a smaller file for phones: the same one by another name."""

    def rewrite(route: Route) -> None:
        found = route.fetch()
        small = r'\1<source src="\2?small" type="\3" media="(max-width: 600px)">'
        source = r'(?s)(<video [^>]*>).*?(?=<source src="([^"]*h264[^"]*)" type="([^"]*)")'
        route.fulfill(response=found, body=re.sub(source, small, found.text()))

    visit.page.route(address, rewrite)
    visit.page.goto(address)
    expect(visit.page.locator(".kp-player")).to_be_visible()
    _press(visit.page, "Play")
    _until(visit.page, "currentTime > 0.1")


@pytest.mark.parametrize(("saves", "small"), [(True, True), (False, False)])
def test_who_saves_data_gets_the_small_file_on_a_large_screen_too(
    saves: bool, small: bool, open_page: Open, spiteful_site: Served
) -> None:
    visit = open_page(None, DESKTOP, java_script_enabled=True)
    if saves:
        visit.page.add_init_script(SAVES_DATA)
    _with_a_small_file(visit, spiteful_site.url(FILM))
    assert _film(visit.page, "currentSrc").endswith("?small") is small


def test_a_phone_that_is_turned_gets_the_large_file_and_goes_on_where_it_was(
    open_page: Open, spiteful_site: Served
) -> None:
    visit = open_page(None, PHONE, java_script_enabled=True)
    _with_a_small_file(visit, spiteful_site.url(FILM))
    page = visit.page
    assert _film(page, "currentSrc").endswith("?small")
    _film(page, "pause()")
    at = _film(page, "currentTime")
    page.set_viewport_size({"width": 740, "height": 360})
    _until(page, "currentSrc.endsWith('.mp4')")
    _press(page, "Play")
    _until(page, f"currentTime > {at} || document.querySelector('video').ended")
    assert _film(page, "playbackRate") == 1


def test_under_the_pointer_the_line_shows_what_is_there(
    open_page: Open, spiteful_site: Served
) -> None:
    page = open_page(FILM, DESKTOP, site=spiteful_site, java_script_enabled=True).page
    page.locator(".kp-player input[type=range]").hover()
    small = page.locator(".kp-player__thumb")
    expect(small).to_be_visible()
    drawn = small.evaluate("e => getComputedStyle(e).backgroundImage")
    address = re.search(r'url\("(.+storyboard\.webp)"\)', drawn)
    assert address is not None
    assert page.request.get(address[1]).ok
    page.mouse.move(0, 0)
    expect(small).to_be_hidden()


def test_full_screen_takes_the_buttons_along(page: Page) -> None:
    _press(page, "Full screen")
    expect(page.locator("kp-film:fullscreen .kp-player__row")).to_be_in_viewport()
    page.wait_for_function(  # a window grows in its own time
        """height => document.querySelector('video').getBoundingClientRect().height > 400
            && document.querySelector('.kp-player__row').getBoundingClientRect().bottom <= height""",
        arg=PHONE[1],
    )


@pytest.fixture
def still_page(open_page: Open, spiteful_site: Served) -> Page:
    """For axe: a colour that is still changing would be measured half-way."""
    options = {"java_script_enabled": True, "reduced_motion": "reduce"}
    return open_page(FILM, site=spiteful_site, **options).page


def test_the_open_player_has_no_faults_and_targets_for_thumbs(still_page: Page) -> None:
    page = still_page
    _press(page, "Mirror")
    _press(page, "Play")
    _press(page, "More")
    _until(page, "ended")
    small = page.locator("kp-film :is(button, select, input):visible").evaluate_all(
        "all => all.map(e => [e.ariaLabel ?? e.textContent, e.getBoundingClientRect()])"
        ".filter(([, box]) => box.width < 44 || box.height < (box.width > 200 ? 24 : 43)).map(([name]) => name)"
    )
    assert small == []
    inject(page)
    assert faults(page, [PHONE, DESKTOP], within="kp-film") == []


def test_the_help_has_no_faults(still_page: Page) -> None:
    page = still_page
    page.get_by_role("button", name="Mirror").focus()
    page.keyboard.press("?")
    inject(page)
    assert faults(page, [PHONE, DESKTOP], within="dialog") == []


def test_the_buttons_stay_in_one_row(page: Page) -> None:
    for width in (320, 360, 768):
        page.set_viewport_size({"width": width, "height": 740})
        row = page.locator(".kp-player__row").bounding_box()
        assert row is not None
        assert row["height"] <= 50, width
        assert row["x"] + row["width"] <= width


def test_who_asks_for_a_moment_sees_it_before_it_is_played(
    open_page: Open, spiteful_site: Served
) -> None:
    page = open_page(f"{FILM}?t=1", site=spiteful_site, java_script_enabled=True).page
    _until(page, "readyState >= 2")
    assert _film(page, "currentTime") == pytest.approx(1, abs=0.05)
    assert _film(page, "paused")
