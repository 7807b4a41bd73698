"""An encrypted page: opened over http from this computer, under the site's policy, by its words or by its link."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from browser.axe import faults
from browser.fixtures import PHONE
from browser.server import Served, serve
from browser.windows import Windows
from kinopress import sealed
from kinopress.engines import locked
from kinopress.project.clients.shared_pages import shared_pages
from support.clients import PLAN, change, project_with_plan
from support.command import type_in
from support.marionette import find_firefox, firefox
from support.projects import write
from support.small_films import film_page, make_film

Capture = pytest.CaptureFixture[str]
POSES = """\
start: lie back
poses:
  bent: {floor: [back], R: {hip: {flex: 90}, knee: 90}}
  straight: {as: bent, R: {hip: {flex: 90}, knee: 30}}
film:
  - {pose: bent, hold: 2, say: Thigh up}
  - {pose: straight, move: 1, hold: 2, say: Straighten the knee, work: [gluteus-medius]}
"""


@dataclass
class There:
    """A published page, and what opens it."""

    project: Path
    site: Path
    address: str
    words: str
    says: dict[str, str]


def _published(project: Path, capsys: Capture, *options: str) -> There:
    made = type_in(capsys, "plan", "share", "sk-1", *options, "--project", project)
    assert made.code == 0, made
    address = re.search(r"Address: \S*?(p/\S+)", made.out)
    words = re.search(r"Words:\s+(.+)", made.out)
    assert address is not None
    done = type_in(capsys, "publish", "--no-wait", "--project", project)
    assert "encrypted page put there" in done.out, done
    said = (project / ".kinopress/servers/nginx.conf").read_text("utf-8")
    policy = re.search(r'Content-Security-Policy "([^"]+)"', said)
    assert policy is not None
    says = {"Content-Security-Policy": policy[1]}
    return There(project, project.parent / "web", address[1], words[1] if words else "", says)


@pytest.fixture
def project(tmp_path: Path, capsys: Capture) -> Path:
    return _begun(tmp_path / "site-of-anna", capsys)


def _begun(folder: Path, capsys: Capture) -> Path:
    project = project_with_plan(folder)
    write(project / "exercises/clam.pose.yml", POSES)
    change(
        project / "mkdocs.yml",
        "  kinopress:\n    ",
        "  kinopress:\n    publish: {web: {folder: ../web}}\n    ",
    )
    more = ("--consent", "today", "--own-words", "It grabs <b>here</b>.")
    assert type_in(capsys, "plan", "new", "sk-1", "--from", PLAN, *more, "--project", project).code == 0  # fmt: skip
    return project


Publish = Callable[..., There]


@pytest.fixture(scope="module")
def shelf() -> dict[tuple[str, ...], There]:
    """What has been published, by the options it was shared with."""
    return {}


@pytest.fixture
def publish(
    shelf: dict[tuple[str, ...], There],
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    capsys: Capture,
) -> Publish:
    """``publish("--in-link")``: a published page in a folder that is the test's own; each kind is published once."""

    def copied(*options: str) -> There:
        if options not in shelf:
            folder = tmp_path_factory.mktemp("published")
            shelf[options] = _published(_begun(folder / "site-of-anna", capsys), capsys, *options)
        whole = shelf[options]
        site = shutil.copytree(whole.site.resolve(), tmp_path / "copy-of-web")
        return replace(whole, site=Path(site))

    return copied


@contextmanager
def opened(
    windows: Windows, there: There, size: tuple[int, int] = PHONE, **options: object
) -> Iterator[tuple[Page, Served]]:
    """A blank page and the site, whose server says the policy; no console may complain."""
    said: list[str] = []
    options = {"java_script_enabled": True, **options}
    with serve(there.site) as served, windows.lent(size, **options) as window:
        served.said.update(there.says)
        page = window.page
        page.on("console", lambda one: said.append(one.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        yield page, served
    assert not [one for one in said if "404" not in one], said


_WIDTH = """async video => {
    await new Promise((done, failed) => {
        video.addEventListener("loadedmetadata", done);
        video.addEventListener("error", () => failed(new Error(video.error.message)));
        video.preload = "auto";
        video.load();
    });
    return video.videoWidth;
}"""
"""How wide a film is, once it could be read."""


def _by_words(page: Page, words: str) -> None:
    page.get_by_label("The words from your coach").fill(words)
    page.get_by_role("button", name="Open").click()


def test_by_its_words_it_is_the_plan(publish: Publish, windows: Windows) -> None:
    there = publish()
    with opened(windows, there) as (page, served):
        page.goto(served.url(there.address))
        assert page.title() == "14 days"
        assert "grabs" not in page.content()
        _by_words(page, "river stone otter river stone otter river stone")
        expect(page.get_by_text("These words do not open it.")).to_be_visible()
        _by_words(page, there.words.upper().replace(" ", "-\n"))
        expect(page.get_by_text("It grabs <b>here</b>.")).to_be_visible()
        page.get_by_role("button", name="Start the plan").click()
        expect(page.get_by_role("heading", name="Today: day 1 of 14")).to_be_visible()
        page.get_by_role("button", name="Start today’s session").click()
        expect(page.locator(".kp-follow__film, .kp-follow__still").first).to_be_attached()
        page.get_by_role("button", name="Close", exact=True).first.click()
        assert page.evaluate("Object.keys(sessionStorage)") == [
            "kinopress.follow"
        ]  # the place in a session, no key
        page.locator("kp-plan .kp-session--ticks .kp-tick input").first.check()
        page.reload()  # what opens it is kept nowhere; what was entered is
        typed = page.get_by_label("The words from your coach")
        typed.fill(there.words)
        # Whoever compares them sees all of them, on the narrowest phone too.
        assert typed.evaluate("box => box.scrollWidth <= box.clientWidth")
        assert typed.evaluate("box => box.scrollHeight <= box.clientHeight")
        typed.press("Enter")
        expect(page.locator("kp-plan .kp-session--ticks .kp-tick input").first).to_be_checked()
        expect(page.locator("article h1")).to_be_focused()
        widths = "[...document.images].filter(i => i.checkVisibility()).map(i => i.naturalWidth)"
        assert all(page.evaluate(widths))
        page.get_by_text("Send me how it went").click()
        expect(page.get_by_label("How it went")).to_have_value(re.compile("kinopress-plan:1:"))
        other = page.context.new_page()  # another tab asks
        other.goto(served.url(there.address))
        expect(other.get_by_label("The words from your coach")).to_be_visible()
        assert {one.path.rpartition("/")[0] for one in served.asked if one.status == 200} == {f"/{there.address}".rstrip("/")}  # fmt: skip


def test_by_its_link_it_opens_and_no_server_hears_the_key(
    publish: Publish, windows: Windows
) -> None:
    there = publish("--in-link")
    address, _, key = there.address.partition("#")
    with opened(windows, there) as (page, served):
        page.goto(served.url(there.address))
        expect(page.get_by_role("button", name="Start the plan")).to_be_visible()
        assert key
        assert not [one for one in served.asked if key in one.log or key in one.path]
        page.get_by_role("link", name="Clam").first.click()
        assert page.evaluate("location.hash") == f"#{key}"  # so that it opens once more
        expect(page.locator("#exercise-clam[open]")).to_be_visible()
        page.reload()
        expect(page.get_by_role("button", name="Start the plan")).to_be_visible()
    for wrong in (address, f"{address}#{key[:-2]}", f"{address}#{sealed.as_letters(bytes(32))}"):
        with opened(windows, there) as (page, served):
            page.goto(served.url(wrong))
            expect(page.get_by_text("This link does not open it.")).to_be_visible()


def test_a_whole_link_after_one_that_was_cut_opens(publish: Publish, windows: Windows) -> None:
    there = publish("--in-link")
    with opened(windows, there) as (page, served):
        page.goto(served.url(there.address[:-3]))
        expect(page.get_by_text("This link does not open it.")).to_be_visible()
        page.goto(
            served.url(there.address)
        )  # of the same page: only what is after the sign changes
        expect(page.get_by_role("button", name="Start the plan")).to_be_visible()


def test_a_damaged_page_is_not_taken_for_a_damaged_link(publish: Publish, windows: Windows) -> None:
    there = publish("--in-link")
    address = replace(there, address=there.address.partition("#")[0])
    _changed(address)
    with opened(windows, there) as (page, served):
        page.goto(served.url(there.address))
        expect(page.get_by_text("Part of this page has been changed or is missing")).to_be_visible()


def test_a_page_to_sign_in_that_comes_in_its_place_is_said(
    publish: Publish, windows: Windows
) -> None:
    there = publish("--in-link")
    with opened(windows, there) as (page, served):
        page.route("**/plan.bin", lambda route: route.fulfill(content_type="text/html", body="<p>"))
        page.goto(served.url(there.address))
        expect(page.get_by_text("Something else came in place of the plan.")).to_be_visible()


def test_closing_it_leaves_nothing_open(publish: Publish, windows: Windows) -> None:
    there = publish("--in-link")
    with opened(windows, there) as (page, served):
        page.goto(served.url(there.address))
        page.get_by_role("button", name="Close this page").click()
        expect(page.get_by_text("Closed. Open the link again.")).to_be_visible()
        expect(page.get_by_text("This link does not open it.")).to_be_hidden()
        assert page.evaluate("location.hash") == ""
        page.goto(served.url(there.address))  # as the message has it
        expect(page.get_by_role("button", name="Start the plan")).to_be_visible()


@pytest.mark.parametrize("how", [(), ("--in-link",)])
def test_no_part_of_a_plan_is_in_an_address(
    publish: Publish, windows: Windows, how: tuple[str, ...]
) -> None:
    """A link inside leads there without an address of its own, which a browser would keep in clear."""
    there = publish(*how)
    with opened(windows, there) as (page, served):
        page.goto(served.url(there.address))
        if not how:
            _by_words(page, there.words)
        expect(page.get_by_role("button", name="Start the plan")).to_be_visible()
        before = page.evaluate("history.length")
        links = page.locator('article a[href^="#"]')
        led = [link for link in links.all() if link.is_visible()]
        assert led
        for link in led:
            link.click()
            expect(page).to_have_url(served.url(there.address))
        assert page.evaluate("history.length") == before
        # One that is there all the same, since somebody typed it, goes when the page is closed.
        page.evaluate("history.replaceState(null, '', '#session-loosen-b')")
        page.get_by_role("button", name="Close this page").click()
        expect(page).to_have_url(served.url(there.address.partition("#")[0]))


@pytest.mark.parametrize("more", [".", "=", "&utm=1", ")", "abc"])
def test_what_a_message_puts_after_a_link_is_not_of_its_key(
    publish: Publish, windows: Windows, more: str
) -> None:
    there = publish("--in-link")
    with opened(windows, there) as (page, served):
        page.goto(served.url(there.address + more))
        expect(page.get_by_role("button", name="Start the plan")).to_be_visible()


def test_going_back_to_it_does_not_show_it_open(publish: Publish, windows: Windows) -> None:
    """Where a browser keeps a page as it was, which this one is told not to: so it is told that it had."""
    there = publish()
    kept = "which => dispatchEvent(new PageTransitionEvent(which, { persisted: true }))"
    with opened(windows, there) as (page, served):
        page.goto(served.url(there.address))
        _by_words(page, there.words)
        expect(page.get_by_text("It grabs <b>here</b>.")).to_be_visible()
        page.evaluate(kept, "pagehide")
        expect(page.get_by_text("It grabs <b>here</b>.")).to_be_hidden()
        page.evaluate(kept, "pageshow")
        expect(page.get_by_label("The words from your coach")).to_be_visible()
        assert "grabs" not in page.content()


def test_what_was_entered_can_go_with_the_page_or_with_everything(
    publish: Publish, windows: Windows
) -> None:
    there = publish("--in-link")
    kept = "Object.keys(localStorage).filter(key => key.startsWith('kinopress.plan.')).length"
    with opened(windows, there) as (page, served):
        for way in ("everything", "gone", "over"):
            page.goto("about:blank")
            page.unroute("**/plan.bin")
            page.goto(served.url(there.address))
            page.get_by_role("button", name="Start the plan").click()
            page.locator("kp-plan .kp-session--ticks .kp-tick input").first.check()
            assert page.evaluate(kept) == 2, way  # what was entered, and on which page
            if way == "everything":
                page.get_by_text("Dates, calendar, print, forget").click()
                page.get_by_role("button", name="Forget everything").click()
                page.get_by_role("button", name="Yes, forget everything").click()
                expect(page.get_by_role("button", name="Start the plan")).to_be_visible()
            else:
                if way == "gone":
                    page.route("**/plan.bin", lambda route: route.fulfill(status=404))
                else:
                    page.add_init_script("Date = class extends Date { getFullYear() { return 2050; } };")  # fmt: skip
                page.reload()
                expect(page.get_by_text("The time of this page is over.")).to_be_visible()
                if way == "gone":  # perhaps for a moment only, so it is asked
                    assert page.evaluate(kept) == 2
                    page.get_by_role("button", name="Delete what was entered on this device").click()  # fmt: skip
                expect(page.get_by_text("What was entered here has been deleted")).to_be_visible()
            assert page.evaluate(kept) == 0, way


def _changed(there: There) -> None:
    file = there.site / there.address / "plan.bin"
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(bytes(data))


def _reordered(there: There) -> None:
    folder = there.site / there.address
    data = (folder / "plan.bin").read_bytes()
    (folder / "plan.bin").write_bytes(data[:12] + data[12:][::-1])


def _gone(there: There) -> None:
    (there.site / there.address / "plan.bin").unlink()


def _weaker(there: There) -> None:
    """A host that asks for fewer rounds, so that what is typed would be easier to guess."""
    page = there.site / there.address / "index.html"
    rounds = f'data-rounds="{sealed.ROUNDS}"'
    words = page.read_text("utf-8")
    assert rounds in words
    page.write_text(words.replace(rounds, 'data-rounds="1000"'), "utf-8")


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (_changed, "Part of this page has been changed or is missing"),
        (_reordered, "Part of this page has been changed or is missing"),
        (_gone, "The time of this page is over."),
        (_weaker, "Part of this page has been changed or is missing"),
    ],
)
def test_what_is_damaged_or_gone_stays_closed_and_says_so(
    publish: Publish, windows: Windows, harm: Callable[[There], None], sentence: str
) -> None:
    there = publish()
    harm(there)
    with opened(windows, there) as (page, served):
        page.goto(served.url(there.address))
        _by_words(page, there.words)
        expect(page.get_by_text(sentence)).to_be_visible()
        assert "grabs" not in page.content()


def test_after_its_day_it_is_over_though_it_is_still_there(
    publish: Publish, windows: Windows
) -> None:
    there = publish()
    with opened(windows, there) as (page, served):
        page.add_init_script("Date = class extends Date { getFullYear() { return 2050; } };")
        page.goto(served.url(there.address))
        _by_words(page, there.words)
        expect(page.get_by_text("The time of this page is over.")).to_be_visible()
        assert "grabs" not in page.content()


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        ("delete Crypto.prototype.subtle", "This browser cannot unlock the page"),
        (
            "Object.defineProperty(window, 'isSecureContext', { value: false })",
            "This page opens over a secure connection alone.",
        ),
        (
            "window.fetch = () => Promise.reject(new TypeError())",
            "Part of it could not be fetched.",
        ),
    ],
)
def test_a_browser_that_cannot_says_why(
    publish: Publish, windows: Windows, before: str, sentence: str
) -> None:
    there = publish("--in-link")
    with opened(windows, there) as (page, served):
        page.add_init_script(before)
        page.goto(served.url(there.address))
        expect(page.get_by_text(sentence)).to_be_visible()


def test_without_scripts_it_says_what_it_needs(publish: Publish, windows: Windows) -> None:
    there = publish()
    with opened(windows, there, java_script_enabled=False) as (page, served):
        page.goto(served.url(there.address))
        expect(page.get_by_text("This browser cannot unlock the page")).to_be_visible()
        expect(page.get_by_role("button", name="Open")).to_be_hidden()


def test_axe_finds_nothing_a_narrow_phone_shows_all_and_paper_takes_two_sheets(
    publish: Publish, windows: Windows, tmp_path: Path
) -> None:
    there = publish()
    with opened(windows, there, (320, 640), bypass_csp=True) as (page, served):  # fmt: skip
        page.goto(served.url(there.address))
        expect(page.get_by_role("button", name="Open")).to_be_visible()
        assert not faults(page, [(320, 640)])
        _by_words(page, there.words)
        page.get_by_role("button", name="Start the plan").click()
        for fold in page.locator("details").all():
            fold.evaluate("fold => { fold.open = true; }")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert not faults(page, [(320, 640)])
        page.reload()
        _by_words(page, there.words)
        expect(page.get_by_role("heading", name="Today: day 1 of 14")).to_be_visible()
        page.pdf(path=tmp_path / "plan.pdf", format="A4")
    assert len(PdfReader(tmp_path / "plan.pdf").pages) <= 2


def test_films_are_decrypted_when_they_are_opened(
    project: Path, windows: Windows, capsys: Capture
) -> None:
    make_film(project / "videos/side.mp4", seconds=2)
    film_page(project, "side", "exercises: [clam]")
    write(project / "videos/side.en.vtt", "WEBVTT\n\n00:00.000 --> 00:01.500\nOpen the knee.\n")
    assert type_in(capsys, "video", "encode", "side", "--project", project).code == 0
    there = _published(project, capsys, "--films", "--in-link")
    address = there.address.partition("#")[0]
    film = (there.site / address / "film-1-1.bin").read_bytes()
    assert b"ftyp" not in film
    with opened(windows, there) as (page, served):
        page.goto(served.url(there.address))
        page.locator("#exercise-clam > summary").click()
        assert f"/{address}film-1-1.bin" not in {one.path for one in served.asked}
        file = there.site / address / "film-1-1.bin"
        file.rename(aside := there.site / "aside.bin")
        page.locator("details[data-film] > summary").click()
        expect(page.get_by_text("The film could not be fetched.")).to_be_visible()
        file.write_bytes(film[:-1] + bytes([film[-1] ^ 1]))
        page.locator("details[data-film] > summary").click()
        page.locator("details[data-film] > summary").click()
        expect(page.get_by_text("The film has been changed or is not whole")).to_be_visible()
        aside.replace(file)
        page.locator("details[data-film] > summary").click()
        page.locator("details[data-film] > summary").click()  # opened again, it is asked for again
        page.wait_for_function("() => document.querySelector('video').src !== ''")
        expect(page.get_by_text("The film")).to_be_hidden()
        assert page.locator("video").evaluate(_WIDTH)
        said = "video => [...video.textTracks].map(t => [t.mode, t.language, [...t.cues].map(c => c.text)])"
        assert page.locator("video").evaluate(said) == [["showing", "en", ["Open the knee."]]]
        assert f"/{address}film-1-1.bin" in {one.path for one in served.asked}


def test_a_long_film_comes_in_pieces_and_each_has_its_place(
    project: Path, windows: Windows, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    film_page(project, "clam", "exercises: [clam]")
    make_film(project / "videos/clam.mp4", seconds=2, size="320x180")
    assert type_in(capsys, "video", "encode", "clam", "--project", project).code == 0
    monkeypatch.setattr(locked, "_PIECE_BYTES", 10_000)
    there = _published(project, capsys, "--films", "--in-link")
    folder = there.site / there.address.partition("#")[0]
    pieces = sorted(folder.glob("film-1-*.bin"), key=lambda file: int(file.stem.split("-")[2]))
    assert len(pieces) > 1
    assert len({piece.stat().st_size for piece in pieces}) == 1
    (page_here,) = shared_pages(project)
    assert page_here.films == 1

    def show(page: Page) -> None:
        page.locator("#exercise-clam > summary").click()
        page.locator("details[data-film] > summary").click()

    with opened(windows, there) as (page, served):
        page.goto(served.url(there.address))
        show(page)
        page.wait_for_function("() => document.querySelector('video').src !== ''")
        assert page.locator("video").evaluate(_WIDTH)
        first, second = (piece.read_bytes() for piece in pieces[:2])
        pieces[0].write_bytes(second)
        pieces[1].write_bytes(first)
        page.reload()
        show(page)
        expect(page.get_by_text("The film has been changed or is not whole")).to_be_visible()


def test_without_its_script_the_plan_is_there_and_says_what_is_missing(
    publish: Publish, windows: Windows
) -> None:
    there = publish("--in-link")
    file = there.site / there.address.partition("#")[0] / "plan.js"
    missing = "Part of this page did not arrive,"
    with opened(windows, there) as (page, served):
        page.goto(served.url(there.address))
        expect(page.get_by_role("button", name="Start the plan")).to_be_visible()
        expect(page.get_by_text(missing)).to_have_count(0)
    for instead in (b"// a page to sign in", None):
        file.write_bytes(instead) if instead is not None else file.unlink()
        with opened(windows, there) as (page, served):
            page.goto(served.url(there.address))
            expect(page.get_by_text(missing)).to_be_visible()
            expect(page.get_by_text("It grabs <b>here</b>.")).to_be_visible()
            expect(page.get_by_text("No script is running")).to_have_count(0)


def test_what_a_browser_encrypts_by_the_same_form_python_opens(windows: Windows, tmp_path: Path) -> None:  # fmt: skip
    """The other way round than every page: so both mean the same by key, nonce, and what an item is bound to."""
    number, key, words = sealed.new_number(), bytes(range(32)), "river stone otter"
    write(tmp_path / "index.html", "<!doctype html><title>Blank</title>")
    with serve(tmp_path) as served, windows.lent(PHONE, java_script_enabled=True) as window:
        window.page.goto(served.url())
        text, locked = window.page.evaluate(
            """async ([number, key, words]) => {
                const coder = new TextEncoder();
                const bound = (item) => coder.encode(`kinopress\\0${1}\\0${number}\\0${item}`);
                const seal = async (own, item, data) => {
                    const iv = crypto.getRandomValues(new Uint8Array(12));
                    const way = { name: "AES-GCM", iv, additionalData: bound(item) };
                    return [...iv, ...new Uint8Array(await crypto.subtle.encrypt(way, own, data))];
                };
                const raw = Uint8Array.from(key);
                const own = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt"]);
                const said = coder.encode("Half: ½");
                const data = new Uint8Array(8 + said.length + 100);
                data[7] = said.length;
                data.set(said, 8);
                const typed = await crypto.subtle.importKey("raw", coder.encode(words), "PBKDF2", false, ["deriveKey"]);
                const salt = Uint8Array.from({ length: 16 }, (_, at) => at);
                const way = { name: "PBKDF2", hash: "SHA-256", salt, iterations: 1000 };
                const behind = await crypto.subtle.deriveKey(way, typed, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
                return [await seal(own, "text", data), await seal(behind, "key:1000", raw)];
            }""",
            [number, list(key), words],
        )
    assert sealed.unseal(key, number, "text", bytes(text)).decode() == "Half: ½"
    locked_key = sealed.Locked(bytes(range(16)), 1000, bytes(locked))
    assert sealed.unlock(locked_key, number, words) == key


@pytest.mark.skipif(find_firefox() is None, reason="there is no Firefox on this computer")
def test_firefox_opens_it(publish: Publish, tmp_path: Path) -> None:
    there = publish()
    with serve(there.site) as served, firefox(tmp_path / "profile", local=True) as browser:
        served.said.update(there.says)
        browser.ask("WebDriver:Navigate", {"url": served.url(there.address)})
        browser.wait_for("form:not([hidden])")
        browser.run("document.querySelector('#passphrase').value = arguments[0]", there.words)
        browser.click(browser.wait_for("form.kp-lock button"))
        browser.click(browser.wait_for("kp-plan form button"))
        browser.click(browser.wait_for("kp-plan .kp-start"))
        browser.wait_for(".kp-follow[open]")
        images = browser.run("return [...document.images].map(i => i.naturalWidth)")
    assert images
    assert all(images)


def test_a_film_or_drawing_in_clear_is_nowhere_in_what_is_published(publish: Publish) -> None:
    there = publish()
    everything = b"".join(f.read_bytes() for f in (there.site / there.address).iterdir())
    assert b"Straighten the knee" not in everything
    assert b"<svg" not in b"".join(f.read_bytes() for f in (there.site / there.address).glob("*.bin"))  # fmt: skip
    shutil.rmtree(there.site)
