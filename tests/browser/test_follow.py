"""Following an exercise along: started by a tap, led by the clock, paused, skipped, come back to; by ear, eye and key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.axe import faults
from browser.clock import Clock
from browser.fixtures import DESKTOP, PHONE, Open, Visit, build_site
from browser.server import Served, serve
from support.once import made_once
from support.projects import page as page_of
from support.projects import small_project, write

MET = "exercises/push/"
PUSH = """\
title: Push and release
description: A push, a release and a stretch.
tags: [stretch, gluteus medius]
level: easy
easier: clam
position: lying on your back
dosage: {reps: 2, hold: 7 s, relax: 3–5 s, stretch: 20 s, effort: 20%, per_side: true}
steps:
  - prepare: Lie on your back with one thigh up.
  - step: Press the thigh into your hands.
  - breathe: Breathe out as you let go.
  - caution: Stop if the leg tingles.
sources: [practice]"""
POSES = """\
start: lie back
poses:
  bent: {floor: [back], R: {hip: {flex: 90}, knee: 90}}
  straight: {as: bent, R: {hip: {flex: 90}, knee: 30}}
film:
  - {pose: bent, hold: 2, say: Press the thigh out 7 s, count: 7, work: [hamstrings]}
  - {pose: straight, move: 1, hold: 2, say: Straighten the knee, count: 20, stretch: [hamstrings]}
"""
FITS_THE_RING = """
    () => {
        const ring = document.querySelector(".kp-follow__ring").getBoundingClientRect();
        const words = document.createRange();
        words.selectNodeContents(document.querySelector(".kp-follow__unit"));
        const [x, y] = [ring.x + ring.width / 2, ring.y + ring.height / 2];
        return [...words.getClientRects()].every(({left, right, top, bottom}) =>
            [left, right].every((side) => Math.hypot(side - x, (top + bottom) / 2 - y) < 0.41 * ring.width));
    }
"""
FITTED = """() => new Promise(done => {
    new ResizeObserver(done).observe(document.querySelector(".kp-follow"));
})"""
"""The screen fits itself to its window when the browser tells it of its size; whoever asks after it is told after it."""
A_PICTURE_MS = 200
FIVE_A_SECOND = f"""
    window.requestAnimationFrame = draw => setTimeout(() => draw(performance.now()), {A_PICTURE_MS});
    window.cancelAnimationFrame = clearTimeout;
"""
"""As many pictures as a slow phone shows: what happens in half a minute is the same, and costs little."""
WITH_SCRIPT = {"java_script_enabled": True}
TURNED = (740, 360)
"""A phone on its side."""


def _build(folder: Path) -> None:
    project = small_project(folder / "project")
    write(project / "exercises/push.md", page_of(PUSH))
    write(project / "exercises/push.pose.yml", POSES)
    build_site(project)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serve(made_once(tmp_path_factory, "follow", _build) / "project/site") as served:
        yield served


class Mat:
    """A page with an exercise on it, and a clock that only the test moves."""

    def __init__(self, visit: Visit, address: str) -> None:
        self.visit, self.page = visit, visit.page
        self.clock = Clock(self.page)
        self.page.add_init_script(FIVE_A_SECOND)
        self.page.goto(address)

    def start(self) -> Mat:
        self.page.get_by_role("button", name="Start").click()
        expect(self.dialog).to_be_visible()
        self.page.evaluate(FITTED)
        return self

    def turn(self, size: tuple[int, int]) -> None:
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        self.page.evaluate(FITTED)

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")

    def wait(self, seconds: float) -> None:
        """Let time go by, as a browser would that is looked at, and a picture more.

        What happens at the end of a second has then happened, however the sums of its fractions are rounded.
        """
        self.clock.run_for(round(seconds * 1000) + A_PICTURE_MS)

    def does(self, head: str, number: str) -> None:
        expect(self.page.locator(".kp-follow__head")).to_have_text(head)
        expect(self.page.locator(".kp-follow__number")).to_have_text(number)

    def says(self, words: str) -> None:
        expect(self.page.locator(".kp-follow__message")).to_contain_text(words)

    def tap(self, name: str) -> None:
        self.dialog.get_by_role("button", name=name, exact=True).click()


@pytest.fixture
def mat(open_page: Open, site: Served) -> Mat:
    return Mat(open_page(None, PHONE, **WITH_SCRIPT), site.url(MET))


def test_without_a_script_there_is_no_button_that_does_nothing(
    open_page: Open, site: Served
) -> None:
    page = open_page(MET).page
    assert page.get_by_role("button").count() == 0
    assert not page.locator(".kp-start").is_visible()


def test_it_leads_through_a_met_from_getting_ready_to_the_other_side(mat: Mat) -> None:
    mat.start()
    mat.does("Get ready", "30")
    text = mat.page.locator(".kp-follow__text")
    for words in (
        "Lie on your back with one thigh up.",
        "Next: push, 7 seconds",
        "Stop if the leg tingles.",
    ):
        expect(text.get_by_text(words)).to_be_visible()
    seen = []
    status = mat.page.get_by_role("status")
    for seconds in (30, 7, 4, 22, 7, 4, 22, 10, 7):
        mat.wait(seconds)
        seen.append((status.inner_text(), mat.page.locator(".kp-follow__place").inner_text()))
        assert mat.page.evaluate(FITS_THE_RING)
    assert seen[0] == (
        "Push, 7 seconds. Press the thigh into your hands.",
        "Round 1 of 2 · First side",
    )
    assert seen[1] == ("Let go. Breathe out and let it go soft.", "Round 1 of 2 · First side")
    assert seen[2] == ("Ease in. Straighten the knee.", "Round 1 of 2 · First side")
    assert seen[3] == (
        "Push, 7 seconds. Press the thigh into your hands.",
        "Round 2 of 2 · First side",
    )
    assert seen[6] == ("Now the other side. Lie on your back with one thigh up.", "Second side")
    assert seen[7] == (
        "Push, 7 seconds. Press the thigh into your hands.",
        "Round 1 of 2 · Second side",
    )
    mat.wait(4 + 22 + 7 + 4 + 22 + 1)
    main = mat.page.locator(".kp-follow__main")
    expect(main).to_contain_text("That is all of it.")
    expect(main).to_contain_text("What next?")
    expect(main.get_by_role("link", name="Clam")).to_be_visible()
    mat.tap("Finish")
    expect(mat.dialog).to_have_count(0)
    expect(mat.page.get_by_role("button", name="Start")).to_be_focused()
    assert mat.visit.complaints == []
    assert mat.page.evaluate("sessionStorage.length") == 0


def test_the_seconds_of_a_stretch_count_from_when_one_is_there(mat: Mat) -> None:
    mat.start()
    mat.wait(30 + 7 + 4 + 1)
    mat.does("Ease in", "20")
    mat.wait(2)
    mat.does("Ease in", "19")
    assert mat.page.get_by_role("timer").get_attribute("aria-live") == "off"


def test_pause_go_on_skip_back_and_ten_seconds_more_by_tap(mat: Mat) -> None:
    mat.start()
    mat.tap("Ready")
    mat.does("Push", "7")
    mat.wait(3)
    mat.tap("Pause")
    expect(mat.dialog.get_by_role("button", name="Skip")).to_be_visible()
    mat.wait(600)
    mat.does("Push", "4")
    mat.tap("Go on")
    mat.wait(1)
    mat.does("Push", "3")
    mat.tap("10 seconds more")
    mat.wait(1)
    mat.does("Push", "12")
    mat.tap("Back")
    mat.does("Push", "7")
    mat.tap("Back")
    mat.does("Get ready", "30")


MAIN = ".kp-follow__controls .kp-follow__button--main"


def test_the_button_that_is_wanted_next_stands_out(mat: Mat) -> None:
    mat.start()
    main = mat.page.locator(MAIN)
    expect(main).to_have_text("Ready")
    mat.tap("Pause")
    expect(main).to_have_text("Go on")
    mat.tap("Go on")
    expect(main).to_have_text("Ready")
    mat.tap("Ready")
    expect(main).to_have_text("Pause")


@pytest.mark.parametrize("name", ["Ready", "Skip"])
def test_who_is_ready_or_skips_after_a_pause_goes_on(name: str, mat: Mat) -> None:
    mat.start()
    if name == "Skip":
        mat.tap("Ready")
    mat.page.evaluate("window.dispatchEvent(new Event('pagehide'))")
    mat.says("Paused: the screen was off")
    mat.tap(name)
    mat.does(*(("Push", "7") if name == "Ready" else ("Let go", "4")))
    expect(mat.page.locator(".kp-follow__message")).to_be_hidden()
    expect(mat.dialog.get_by_role("button", name="Pause")).to_be_visible()
    mat.wait(1)
    expect(mat.page.locator(".kp-follow__number")).to_have_text("6" if name == "Ready" else "3")


def test_what_to_do_what_comes_and_what_to_know_of_the_phone_are_told_apart(
    open_page: Open, site: Served
) -> None:
    visit = open_page(None, PHONE, has_touch=True, **WITH_SCRIPT)
    mat = Mat(visit, site.url(MET))
    mat.start()
    mat.page.evaluate(
        "() => document.querySelector('.kp-follow__hint').append('Look at the switch.')"
    )
    for part in (".kp-follow__next", ".kp-follow__hint"):
        gap = mat.page.locator(part).evaluate(
            "e => e.getBoundingClientRect().top + parseFloat(getComputedStyle(e).paddingTop)"
            " - e.previousElementSibling.getBoundingClientRect().bottom"
        )
        assert gap >= 12, part
        assert mat.page.locator(part).evaluate("e => getComputedStyle(e).borderTopStyle") == "solid"


def test_the_same_by_keys_and_escape_leaves_a_place_to_come_back_to(mat: Mat) -> None:
    mat.page.keyboard.press("Tab")
    mat.start()
    expect(mat.page.get_by_role("heading", name="Push and release", level=2)).to_be_focused()
    close = mat.dialog.get_by_role("button", name="Close")
    for key, times in (("Tab", 8), ("Shift+Tab", 8)):
        passed = 0
        for _ in range(2 * times):
            mat.page.keyboard.press(key)
            assert mat.page.evaluate("document.activeElement.closest('dialog') !== null"), key
            passed += close.evaluate("e => e === document.activeElement")
        assert passed >= 2, key  # once round, and round again
    mat.page.locator(".kp-follow__title").focus()
    mat.page.keyboard.press("ArrowRight")
    mat.does("Push", "7")
    mat.wait(3)
    mat.page.keyboard.press("Space")
    expect(mat.dialog.get_by_role("button", name="Go on")).to_be_visible()
    mat.page.keyboard.press("Space")
    mat.page.keyboard.press("+")
    mat.wait(1)
    mat.does("Push", "13")
    mat.page.keyboard.press("ArrowLeft")
    mat.does("Push", "7")
    mat.page.keyboard.press("Escape")
    expect(mat.dialog).to_have_count(0)
    mat.start()
    mat.says("You were in the middle of ")
    mat.does("Push", "7")
    mat.tap("From the beginning")
    mat.does("Get ready", "30")
    expect(mat.dialog.get_by_role("button", name="Pause")).to_be_visible()


def test_a_page_out_of_sight_pauses_and_counts_no_hold(mat: Mat) -> None:
    mat.start()
    mat.wait(33)
    mat.page.evaluate(
        """() => {
            Object.defineProperty(document, 'visibilityState', {value: 'hidden', configurable: true});
            document.dispatchEvent(new Event('visibilitychange'));
        }"""
    )
    mat.wait(600)
    mat.page.evaluate(
        """() => {
            delete document.visibilityState;
            document.dispatchEvent(new Event('visibilitychange'));
        }"""
    )
    mat.says("Paused: the screen was off")
    mat.does("Push", "4")
    mat.tap("Go on")
    mat.wait(1)
    mat.does("Push", "3")
    expect(mat.page.locator(".kp-follow__message")).to_be_hidden()


def test_a_call_that_takes_the_sound_pauses_too(open_page: Open, site: Served) -> None:
    visit = open_page(None, PHONE, **WITH_SCRIPT)
    visit.page.add_init_script(
        "Object.defineProperty(AudioContext.prototype, 'state', {get() { return window.call ? 'interrupted' : 'running'; }})"
    )
    mat = Mat(visit, site.url(MET)).start()
    mat.wait(33)
    mat.page.evaluate("window.call = true")
    mat.wait(10)
    mat.says("there was a call")
    mat.does("Push", "4")
    mat.page.evaluate("window.call = false")
    mat.tap("Go on")
    mat.wait(1)
    mat.does("Push", "3")


def test_a_phone_that_slept_without_a_word_has_led_nobody(mat: Mat) -> None:
    mat.start()
    mat.wait(33)
    mat.clock.fast_forward(600_000)  # timers stood still, and then all of them are late
    mat.says("Paused: the screen was off")
    mat.does("Push", "4")


def test_a_reload_comes_back_paused_to_where_one_was(mat: Mat) -> None:
    mat.start()
    mat.wait(30 + 7 + 4 + 12)
    mat.does("Ease in", "10")
    mat.page.reload()
    mat.says("You were in the middle of ")
    mat.does("Ease in", "10")
    mat.tap("Go on")
    mat.wait(1)
    mat.does("Ease in", "9")
    assert mat.page.evaluate("localStorage.length") == 0


def test_the_drawing_belongs_to_the_phase_and_the_other_side_is_its_mirror(mat: Mat) -> None:
    mat.start()
    film = mat.page.locator(".kp-follow__film svg")
    expect(film).to_be_visible()
    second = "document.querySelector('.kp-follow__film').shadowRoot.querySelector('svg').getCurrentTime()"
    mat.wait(33)
    assert mat.page.evaluate(second) == pytest.approx(1, abs=0.1)  # the middle of the push
    mat.wait(4 + 4 + 1)
    assert 2 < mat.page.evaluate(second) < 4  # on the way
    mat.wait(5)
    assert mat.page.evaluate(second) == pytest.approx(4, abs=0.1)  # the middle of the stretch
    other = mat.page.locator(".kp-follow__picture--other")
    expect(other).to_have_count(0)
    mat.wait(60)
    expect(other).to_have_count(1)
    assert mat.visit.complaints == []


def test_less_motion_means_stills_and_a_ring_that_goes_by_seconds(
    open_page: Open, site: Served
) -> None:
    mat = Mat(open_page(None, PHONE, reduced_motion="reduce", **WITH_SCRIPT), site.url(MET)).start()
    still = mat.page.locator(".kp-follow__picture img")
    mat.wait(31)
    expect(still).to_have_attribute("src", _ending("still-1.svg"))
    mat.wait(12)
    expect(still).to_have_attribute("src", _ending("still-2.svg"))
    assert mat.page.locator(".kp-follow__film").count() == 0


def _ending(name: str) -> re.Pattern[str]:
    return re.compile(re.escape(name) + "$")


def test_the_sound_is_a_setting_and_only_that_is_kept(mat: Mat) -> None:
    mat.start()
    mat.tap("Pause")
    mat.dialog.get_by_text("Sound and settings").click()
    mat.tap("Try a beep")
    mat.dialog.get_by_label("Spoken words, where the device has a voice").check()
    kept = mat.page.evaluate("({...localStorage})")
    assert list(kept) == ["kinopress.sounds"]
    assert '"voice":true' in kept["kinopress.sounds"]
    assert mat.visit.complaints == []


SCREENS = """() => {
    const found = [];
    for (const name of ['.kp-follow__controls button', '.kp-follow__close']) {
        for (const one of document.querySelectorAll(name)) {
            const box = one.getBoundingClientRect();
            if (box.width < 44 || box.height < 44) found.push(`${one.textContent}: ${box.width} × ${box.height}`);
            if (box.right > innerWidth + 0.5 || box.bottom > innerHeight + 0.5) found.push(`${one.textContent} is cut off`);
        }
    }
    const dialog = document.querySelector('.kp-follow');
    if (dialog.scrollWidth > innerWidth) found.push('wider than the window');
    return found;
}"""


@pytest.mark.parametrize("seconds", [1, 33, 50], ids=["ready", "push", "stretch"])
def test_axe_finds_nothing_and_all_buttons_are_large_and_in_sight(
    seconds: int, open_page: Open, site: Served
) -> None:
    mat = Mat(open_page(None, PHONE, reduced_motion="reduce", **WITH_SCRIPT), site.url(MET)).start()
    mat.wait(seconds)
    mat.tap("Pause")
    for size in (PHONE, DESKTOP, TURNED):
        mat.turn(size)
        assert mat.page.evaluate(SCREENS) == [], size
        if seconds > 30:
            letters = "parseFloat(getComputedStyle(document.querySelector('.kp-follow__number')).fontSize)"
            assert mat.page.evaluate(letters) >= min(0.14 * size[0], 0.14 * size[1]), size
    mat.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    mat.clock.resume()  # the exercise is paused; axe has timers of its own
    assert faults(mat.page, [PHONE, DESKTOP, TURNED], within=".kp-follow") == []


DEVICE = """() => {
    window.told = [];
    const lock = () => ({released: false, release: async function () { this.released = true; told.push('screen may sleep'); }});
    Object.defineProperty(navigator, 'wakeLock', {value: {request: async kind => { told.push(`${kind} stays on`); return lock(); }}});
    navigator.vibrate = how => told.push(`buzz ${how}`);
    navigator.mediaSession.setActionHandler = (name, act) => { if (act) window[`press_${name}`] = act; };
    speechSynthesis.getVoices = () => [{lang: 'en-GB', localService: true}, {lang: 'en-GB', localService: false}];
    window.SpeechSynthesisUtterance = function (words) { this.words = words; };
    speechSynthesis.speak = said => { if (said.words.trim()) told.push(`${said.voice.localService ? '' : 'far '}“${said.words}”`); };
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (at) { told.push('tone'); return start.call(this, at); };
}"""
"""A device that can do all, and writes down what it was asked to do."""


def test_the_device_keeps_its_screen_on_speaks_buzzes_and_obeys_a_headset(
    open_page: Open, site: Served
) -> None:
    visit = open_page(None, PHONE, **WITH_SCRIPT)
    visit.page.add_init_script(f"({DEVICE})()")
    mat = Mat(visit, site.url(MET))
    mat.page.evaluate("localStorage['kinopress.sounds'] = JSON.stringify({voice: true})")
    mat.start()
    mat.wait(30.5)
    told = mat.page.evaluate("told.filter(one => one !== 'tone')")
    assert told == [
        "screen stays on",
        "“Push and release”",
        "“Get ready.”",
        "“Lie on your back with one thigh up.”",
        "“Stop if the leg tingles.”",
        "buzz 200",
        "“Push, 7 seconds.”",
        "“Press the thigh into your hands.”",
    ]
    mat.page.evaluate("told.length = 0, press_pause()")
    expect(mat.dialog.get_by_role("button", name="Go on")).to_be_visible()
    assert mat.page.evaluate("told") == ["screen may sleep"]
    mat.page.evaluate("press_play()")
    mat.page.evaluate("press_nexttrack()")
    mat.does("Let go", "4")
    mat.page.evaluate("told.length = 0")
    mat.wait(4 + 12.5)
    assert "“Half way.”" in mat.page.evaluate("told")
    mat.page.evaluate("told.length = 0")
    mat.wait(10)
    assert [one for one in mat.page.evaluate("told") if one[1:-1].isdigit()] == [
        f"“{number}”" for number in (5, 4, 3, 2, 1)
    ]


def test_getting_ready_waits_for_the_voice(open_page: Open, site: Served) -> None:
    visit = open_page(None, PHONE, **WITH_SCRIPT)
    visit.page.add_init_script(f"({DEVICE})()")
    visit.page.add_init_script(
        "Object.defineProperty(speechSynthesis, 'speaking', {get: () => !window.silent})"
    )
    mat = Mat(visit, site.url(MET))
    mat.page.evaluate("localStorage['kinopress.sounds'] = JSON.stringify({voice: true})")
    mat.start()
    mat.wait(60)
    expect(mat.page.locator(".kp-follow__head")).to_have_text("Get ready")
    mat.page.evaluate("window.silent = true")
    mat.wait(6)
    expect(mat.page.locator(".kp-follow__head")).to_have_text("Push")


def test_repetitions_are_counted_for_whoever_hears_the_page_and_the_label_says_which(
    open_page: Open, site: Served
) -> None:
    mat = Mat(open_page(None, PHONE, **WITH_SCRIPT), site.url("exercises/clam/")).start()
    mat.wait(29)  # a second before: the number is the same as that of the repetition
    mat.does("Get ready", "1")
    mat.tap("Ready")
    mat.does("Move", "1")
    expect(mat.page.locator(".kp-follow__unit")).to_have_text(re.compile(r"of \d+"))
    mat.wait(4.5)
    expect(mat.page.get_by_role("status")).to_have_text("2")


def test_letters_twice_as_large_break_no_button_and_hide_no_words(
    open_page: Open, site: Served
) -> None:
    mat = Mat(open_page(None, PHONE, reduced_motion="reduce", **WITH_SCRIPT), site.url(MET)).start()
    mat.page.evaluate("document.documentElement.style.fontSize = '250%'")
    assert mat.page.evaluate(FITS_THE_RING)  # while getting ready
    mat.wait(33)
    mat.tap("Pause")
    for size in (PHONE, TURNED):
        mat.turn(size)
        for name in ("Back", "Go on", "Skip"):
            lines = mat.dialog.get_by_role("button", name=name, exact=True).evaluate(
                "e => { const r = document.createRange(); r.selectNodeContents(e); return r.getClientRects().length; }"
            )
            assert lines == 1, (name, size)
        assert mat.page.evaluate(SCREENS) == [], size
        assert mat.page.evaluate(FITS_THE_RING), size


@pytest.mark.parametrize(
    ("size", "letters"), [((320, 256), ""), (PHONE, "250%"), ((768, 500), "250%")]
)
def test_much_enlarged_the_seconds_and_what_to_do_are_in_sight_above_the_buttons(
    size: tuple[int, int], letters: str, open_page: Open, site: Served
) -> None:
    mat = Mat(open_page(None, size, reduced_motion="reduce", **WITH_SCRIPT), site.url(MET))
    mat.page.evaluate("size => document.documentElement.style.fontSize = size", letters)
    mat.start()
    for waiting in (0, 33):
        if waiting:
            mat.wait(waiting)
        expect(mat.dialog.get_by_role("button", name="Close")).to_be_in_viewport(ratio=1)
        for part in (".kp-follow__number", ".kp-follow__unit", ".kp-follow__head"):
            place = mat.page.locator(part).bounding_box()
            bar = mat.page.locator(".kp-follow__controls").bounding_box()
            assert place is not None and bar is not None
            assert place["y"] >= 0 and place["y"] + place["height"] <= bar["y"], part
        assert mat.page.evaluate(FITS_THE_RING)
        assert mat.page.evaluate(SCREENS) == []


def test_large_letters_begin_at_the_top_of_a_phone(open_page: Open, site: Served) -> None:
    mat = Mat(open_page(None, PHONE, **WITH_SCRIPT), site.url(MET))
    mat.page.evaluate("document.documentElement.style.fontSize = '250%'")
    mat.start()
    expect(mat.dialog.locator(".kp-follow__title")).to_be_in_viewport(ratio=1)


def test_the_settings_come_into_sight_when_they_are_opened(mat: Mat) -> None:
    mat.start()
    mat.tap("Pause")
    mat.dialog.get_by_text("Sound and settings").click()
    expect(mat.dialog.get_by_label("Beeps", exact=True)).to_be_in_viewport()


def test_all_of_getting_ready_is_above_the_buttons(mat: Mat) -> None:
    mat.start()
    for size in (PHONE, TURNED):
        mat.turn(size)
        bar = mat.page.locator(".kp-follow__controls").bounding_box()
        note = mat.page.get_by_text("Stop if the leg tingles.").last.bounding_box()
        assert bar is not None
        assert note is not None
        assert note["y"] + note["height"] <= bar["y"], size


def test_where_the_screen_cannot_be_kept_on_a_sentence_says_so(
    open_page: Open, site: Served
) -> None:
    visit = open_page(None, PHONE, **WITH_SCRIPT)
    visit.page.add_init_script(
        "Object.defineProperty(navigator, 'wakeLock', {value: {request: async () => { throw new Error('no'); }}})"
    )
    mat = Mat(visit, site.url(MET)).start()
    expect(mat.dialog.get_by_text("This browser cannot keep the screen on.")).to_be_visible()
    assert visit.complaints == []


def test_bells_are_planned_on_the_sound_s_clock_and_silence_is_obeyed(
    open_page: Open, site: Served
) -> None:
    visit = open_page(None, PHONE, **WITH_SCRIPT)
    visit.page.add_init_script(f"({DEVICE})()")
    visit.page.goto(site.url(MET))
    visit.page.get_by_role("button", name="Start").click()
    dialog = visit.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Ready").click()
    skip = dialog.get_by_role("button", name="Skip")
    visit.page.wait_for_function("() => told.includes('tone')")
    visit.page.get_by_text("Sound and settings").click()
    visit.page.get_by_label("Beeps", exact=True).uncheck()
    visit.page.evaluate("told.length = 0")
    skip.click()
    # It buzzes as another phase begins, whichever that is by now.
    visit.page.wait_for_function("() => told.some(one => one.startsWith('buzz'))")
    visit.page.wait_for_timeout(600)
    assert "tone" not in visit.page.evaluate("told")


def test_a_short_exercise_runs_in_real_time(open_page: Open, site: Served) -> None:
    """The only test without a clock of its own: two seconds of getting ready, then two of a push."""
    page: Page = open_page(None, PHONE, **WITH_SCRIPT).page
    page.goto(site.url(MET))
    page.evaluate(
        """() => {
            const follow = document.querySelector('kp-follow');
            const data = JSON.parse(follow.dataset.follow);
            for (const moment of data.moments) Object.assign(moment, {seconds: 2, lead: 0});
            data.order = data.order.slice(0, 2);
            follow.dataset.follow = JSON.stringify(data);
        }"""
    )
    page.get_by_role("button", name="Start").click()
    expect(page.locator(".kp-follow__main")).to_contain_text("That is all of it.")


def test_a_counted_set_has_no_ten_seconds_more(open_page: Open, site: Served) -> None:
    mat = Mat(open_page(None, PHONE, **WITH_SCRIPT), site.url("exercises/clam/")).start()
    more = mat.dialog.get_by_role("button", name="10 seconds more")
    expect(more).to_be_visible()
    more.focus()
    mat.page.keyboard.press(
        "ArrowRight"
    )  # as when the time is over: nobody has pressed another button
    mat.does("Move", "1")
    expect(more).to_be_hidden()
    # What had the focus is gone, and keys go on where they were.
    expect(mat.dialog.get_by_role("button", name="Pause")).to_be_focused()
    reps = mat.page.locator(".kp-follow__unit").text_content()
    assert reps == "of 15"
    mat.page.keyboard.press("+")
    mat.does("Move", "1")
    expect(mat.page.locator(".kp-follow__unit")).to_have_text(reps)
    mat.page.keyboard.press("ArrowRight")  # at once to what comes next: there it is again
    expect(mat.page.locator(".kp-follow__head")).not_to_have_text("Move")
    expect(more).to_be_visible()
