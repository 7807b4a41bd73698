"""A plan that was handed over: opened from the disk, with the network cut, done, ticked, sent back and read."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from browser.axe import faults
from browser.fixtures import PHONE
from browser.windows import Windows
from kinopress.content.forms.private.plan import IDENTITY
from kinopress.pages.handed.article import BASE
from kinopress.pages.handed.packed import as_letters
from kinopress.problems import Refusal
from kinopress.project.clients.export import export_in
from support.clients import PLAN, change, project_with_plan
from support.command import type_in
from support.drawn import have_drawn
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
STEPPED = """
    let seconds = 0;
    const begun = Date.now();
    performance.now = () => seconds * 1000;
    Date.now = () => begun + seconds * 1000;
    window.later = (more) => { seconds += more; };
"""
"""Time that passes when a test says so."""
LATER = "() => new Promise(done => { later(1.5); requestAnimationFrame(() => requestAnimationFrame(done)); })"


STEPS_MAX = 1000
"""A session of a few minutes is long over by then."""


@pytest.fixture
def project(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = project_with_plan(tmp_path / "site-of-anna")
    write(project / "exercises/clam.pose.yml", POSES)
    return have_drawn(tmp_path_factory, project)


@pytest.fixture
def handed(project: Path, capsys: Capture) -> Path:
    """The file of a client who wants no name on it."""
    more = ("--consent", "2026-11-30", "--own-words", "It grabs <b>here</b> & “there”.")
    assert type_in(capsys, "plan", "new", "sk-1", "--from", PLAN, *more, "--project", project).code == 0  # fmt: skip
    file = project / "clients/sk-1/plan.md"
    change(file, "title:", "measured: {0: {toe-touch: -3}}\ntitle:")
    change(file, "minutes_per_day: 4–15 min", "minutes_per_day: 2–15 min")
    change(file, "strong-1: [clam]", "strong-1: [{exercise: clam, side: left, words: Slowly.}]")
    file.write_text(file.read_text("utf-8") + "\nMind the step.\n\n- One\n- Two\n", "utf-8")
    answer = type_in(capsys, "plan", "make", "sk-1", "--project", project)
    assert answer.code == 0, answer
    return file.with_name("14-days.html")


@contextmanager
def opened(
    windows: Windows, file: Path, size: tuple[int, int] = PHONE, **options: object
) -> Iterator[tuple[Page, list[str]]]:
    """The file in a blank page, with the network cut; and every address that anything asked for."""
    options = {"java_script_enabled": True, "offline": True, **options}
    asked: list[str] = []
    with windows.lent(size, **options) as window:
        page = window.page
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda said: asked.append(f"console: {said.text}"))
        page.on("pageerror", lambda error: asked.append(f"error: {error}"))
        page.add_init_script(STEPPED)
        page.goto(file.as_uri())
        yield page, asked


def test_a_session_is_done_ticked_sent_back_and_read(
    handed: Path, project: Path, windows: Windows, capsys: Capture, tmp_path: Path
) -> None:
    with opened(windows, handed) as (page, asked):
        assert page.title() == "14 days"
        page.get_by_role("button", name="Start the plan").click()
        expect(page.get_by_role("heading", name="Today: day 1 of 14")).to_be_visible()
        page.get_by_role("button", name="Start today’s session").click()
        expect(page.locator(".kp-follow")).to_contain_text("left side only. Slowly.")
        expect(
            page.locator(".kp-follow__film")
        ).to_be_visible()  # the drawing moves, from inside the file
        for _ in range(STEPS_MAX):
            if page.locator(".kp-follow__tick").count():
                break
            page.evaluate(LATER)
        page.locator(".kp-follow #kp-score").select_option("2")
        page.get_by_role("button", name="Close").first.click()
        box = page.locator("kp-plan .kp-session--ticks .kp-tick input").first
        expect(box).to_be_checked()
        page.get_by_text("Your note").click()
        page.locator("kp-plan textarea").first.fill("Stairs were hard.")
        page.reload()  # kept on the device
        expect(page.locator("kp-plan .kp-session--ticks .kp-tick input").first).to_be_checked()
        page.get_by_text("Send me how it went").click()
        expect(page.get_by_label("How it went")).to_have_value(re.compile("worst pain 2 of 10"))
        with page.expect_download() as downloading:
            page.get_by_role("button", name="Save as a file").click()
        sent = tmp_path / downloading.value.suggested_filename
        downloading.value.save_as(sent)
    assert sent.name == "how-it-went.txt"
    own = handed.as_uri()
    assert {one for one in asked if one != own} <= {one for one in asked if one.startswith("blob:")}
    answer = type_in(capsys, "plan", "read", sent, "--project", project)
    assert answer.code == 0, answer
    assert "1 of 1 session so far done whole, 0 in part; pain 2 on day 1; no red day." in answer.out
    assert "  1  1/1    2 ▇▇ green" in answer.out
    assert "“Stairs were hard.”" in answer.out
    assert "day 0: -3" in answer.out
    assert len(list((handed.parent / "came-back").glob("*.txt"))) == 1
    assert type_in(capsys, "plan", "read", sent, "--project", project).code == 0
    assert len(list((handed.parent / "came-back").glob("*.txt"))) == 1  # the same once
    quoted = "".join(f"> {line}\n" for line in sent.read_text("utf-8").splitlines())
    sent.write_text(f"Hello Anna!\n\n{quoted}\nBye", "utf-8")  # as a mail brings it
    assert type_in(capsys, "plan", "read", sent, "--project", project).code == 0
    assert len(list((handed.parent / "came-back").glob("*.txt"))) == 1


def test_a_drawing_shows_the_side_that_does_it(
    handed: Path, project: Path, windows: Windows, capsys: Capture
) -> None:
    """The right is drawn. A client who does it with the left sees its mirror image, and one who does the right, or both, does not."""
    file = project / "clients/sk-1/plan.md"
    flipped = "el => new DOMMatrix(getComputedStyle(el).transform).a"
    for side, turned in (("left", -1), ("right", 1), ("", 1)):
        text = file.read_text("utf-8")
        words = f"side: {side}, words" if side else "words"
        file.write_text(re.sub(r"strong-1: \[\{exercise: clam, (?:side: \w+, )?words", f"strong-1: [{{exercise: clam, {words}", text), "utf-8")  # fmt: skip
        # Of both blocks, since else its steps show what is drawn.
        text = file.read_text("utf-8")
        other = (
            f"{{exercise: clam, sets: 1, side: {side}}}" if side else "{exercise: clam, sets: 1}"
        )
        file.write_text(re.sub(r"\{exercise: clam, sets: 1(?:, side: \w+)?\}", other, text), "utf-8")  # fmt: skip
        assert type_in(capsys, "plan", "make", "sk-1", "--project", project).code == 0
        with opened(windows, handed) as (page, _):
            row = page.locator("#sessions ~ div li[data-exercise=clam] img").first
            assert row.evaluate(flipped) == turned
            page.locator("#exercise-clam > summary").click()
            moving = page.locator("#exercise-clam .kp-moving__film")
            expect(moving).to_be_attached()
            assert moving.evaluate(flipped) == turned
            box = "el => el.shadowRoot.querySelector('svg').getAttribute('viewBox')"
            height = float(moving.evaluate(box).split()[3])
            still = page.locator("#exercise-clam .kp-step img").first
            assert (height == float(still.get_attribute("height") or 0)) is (turned == -1)
            assert still.evaluate(flipped) == turned
            page.get_by_role("button", name="Start the plan").click()
            page.get_by_role("button", name="Start today’s session").click()
            picture = page.locator(".kp-follow__picture")
            expect(picture).to_be_visible()
            assert picture.evaluate(flipped) == turned


def test_its_scripts_say_the_words_of_the_site(
    project: Path, windows: Windows, capsys: Capture
) -> None:
    """Down to the colours in what the client sends, which are a value in the program."""
    own = {"Start the plan": "Dechrau’r cynllun", "How it went": "Sut aeth hi", "amber": "oren"}
    write(
        project / "docs/data/words.yml", "".join(f"{one}: {other}\n" for one, other in own.items())
    )
    more = ("--from", PLAN, "--consent", "2026-11-30", "--project", project)
    assert type_in(capsys, "plan", "new", "sk-1", *more).code == 0
    assert type_in(capsys, "plan", "make", "sk-1", "--project", project).code == 0
    with opened(windows, project / "clients/sk-1/14-days.html") as (page, asked):
        page.get_by_role("button", name=own["Start the plan"]).click()
        page.locator("#kp-score").select_option("4")
        page.get_by_text("Send me how it went").click()
        went = page.get_by_label(own["How it went"])
        expect(went).to_have_value(re.compile(rf" \({own['amber']}\)"))
        assert not [said for said in asked if said.startswith("error:")]


def test_what_comes_back_may_be_wrapped_and_quoted_but_not_altered(
    handed: Path, project: Path, windows: Windows, capsys: Capture, tmp_path: Path
) -> None:
    with opened(windows, handed) as (page, _):
        page.get_by_role("button", name="Start the plan").click()
        page.get_by_text("Send me how it went").click()
        went = page.get_by_label("How it went")
        expect(went).to_have_value(re.compile("kinopress-plan"))
        text = went.input_value()
    code = text[text.index("[kinopress-plan:") :].strip()
    sent = tmp_path / "mail.txt"

    def read(words: str) -> tuple[int, str]:
        sent.write_text(words, "utf-8")
        answer = type_in(capsys, "plan", "read", sent, "--no-keep", "--project", project)
        return answer.code, answer.out + answer.err

    wrapped = "\n> ".join(code[at : at + 60] for at in range(0, len(code), 60))
    assert read(f"> {wrapped}\n")[0] == 0
    for at in range(len("[kinopress-plan:1:"), len(code) - 1):
        letter = "A" if code[at] != "A" else "B"
        with pytest.raises(Refusal, match="export-damaged"):
            export_in(f"{code[:at]}{letter}{code[at + 1 :]}")
    assert "[export-damaged]" in read(code[:-20])[1]
    assert "[export-newer]" in read(code.replace("plan:1:", "plan:2:"))[1]
    assert "[export-foreign]" in read("It went well.")[1]
    shutil.rmtree(project / "clients/sk-1")
    assert "[export-foreign]" in read(code)[1]
    assert not (project / "clients/sk-1").exists()


def test_nothing_of_the_file_leads_to_another_place(handed: Path, project: Path) -> None:
    text = handed.read_text("latin-1")
    plain = re.sub(r'<script type="text/plain".*?</script>', "", text, flags=re.DOTALL)
    addresses = re.findall(r"""(?:href|src|srcset|action|poster)\s*=\s*["']([^"']*)""", plain)
    assert addresses
    assert {found.partition(":")[0] for found in addresses if ":" in found} <= {"tel", "data"}
    ids = set(re.findall(r'id="([^"]+)"', plain))
    assert {found[1:] for found in addresses if found.startswith("#")} <= ids
    assert BASE not in re.sub(r'data-(?:still|moving)="[^"]*"', "", plain)
    assert "sk-1" not in text
    assert "<b>here" not in text
    identity = IDENTITY.search(text)
    assert identity
    assert text.count(identity[0]) >= 1
    assert str(project) not in text


def test_the_file_is_whole_without_a_script(handed: Path, windows: Windows) -> None:
    with opened(windows, handed, java_script_enabled=False) as (page, asked):
        expect(page.get_by_text("No script is running,")).to_be_visible()
        expect(page.get_by_text("This copy is damaged,")).to_be_hidden()
        expect(page.get_by_text("It grabs <b>here</b> & “there”.")).to_be_visible()
        expect(page.get_by_text("Mind the step.")).to_be_visible()
        assert page.locator(".kp-session img").first.evaluate("image => image.naturalWidth") > 0
        page.get_by_text("Clam", exact=True).last.click()
        expect(page.get_by_text("Open the top knee").first).to_be_visible()
    assert asked == [handed.as_uri()]


def _one_byte_changed(data: bytes) -> bytes:
    at = data.index(b">", data.index(b'data-kp-packed="')) + 400
    return data[:at] + bytes(data[at + 1 : at + 2]) + data[at + 1 :]


def _saved_again(data: bytes) -> bytes:
    return data.decode("windows-1252", "replace").encode("utf-8")


def _cut_in_what_is_packed(data: bytes) -> bytes:
    return data[: data.index(b">", data.index(b'data-kp-packed="')) + 400]


def _cut_before_it(data: bytes) -> bytes:
    return data[: data.index(b"<script", data.index(b"</article>"))]


@pytest.mark.parametrize(
    "damage", [_one_byte_changed, _saved_again, _cut_in_what_is_packed, _cut_before_it]
)
def test_a_damaged_file_says_so_and_still_has_all_its_words(
    handed: Path, windows: Windows, damage: Callable[[bytes], bytes]
) -> None:
    handed.write_bytes(damage(handed.read_bytes()))
    with opened(windows, handed) as (page, _):
        expect(page.get_by_text("This copy is damaged,")).to_be_visible()
        expect(page.get_by_text("No script is running,")).to_be_hidden()
        expect(page.locator("#sessions ~ div").first).to_contain_text("Clam")


@pytest.mark.parametrize("begun", [False, True])
def test_axe_finds_nothing_and_a_narrow_phone_shows_all(
    handed: Path, windows: Windows, begun: bool
) -> None:
    with opened(windows, handed, (320, 640)) as (page, _):
        if begun:
            page.get_by_role("button", name="Start the plan").click()
            page.get_by_text("Send me how it went").click()
        for fold in page.locator("details").all():
            fold.evaluate("fold => { fold.open = true; }")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert not faults(page, [(320, 640)])


def test_paper_takes_two_sheets(handed: Path, windows: Windows, tmp_path: Path) -> None:
    with opened(windows, handed) as (page, _):
        page.get_by_role("button", name="Start the plan").click()
        page.pdf(path=tmp_path / "plan.pdf", format="A4")
    assert len(PdfReader(tmp_path / "plan.pdf").pages) <= 2


def test_where_a_browser_keeps_nothing_it_is_said_and_can_still_be_sent(
    handed: Path, windows: Windows
) -> None:
    with opened(windows, handed) as (page, _):
        page.add_init_script(
            "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } });"
        )
        page.goto(handed.as_uri())
        page.get_by_role("button", name="Start the plan").click()
        expect(
            page.get_by_text("This browser keeps nothing that is entered in a file.")
        ).to_be_visible()
        page.locator("kp-plan .kp-session--ticks .kp-tick input").first.check()
        page.get_by_text("Send me how it went").click()
        expect(page.get_by_label("How it went")).to_have_value(re.compile("1 of 1 done"))


def test_the_calendar_names_nothing(handed: Path, windows: Windows, tmp_path: Path) -> None:
    with opened(windows, handed) as (page, _):
        page.get_by_role("button", name="Start the plan").click()
        page.get_by_text("Dates, calendar, print, forget").click()
        with page.expect_download() as downloading:
            page.get_by_role("button", name="Save calendar file (.ics)").click()
        downloading.value.save_as(tmp_path / "it.ics")
    said = (tmp_path / "it.ics").read_text("utf-8")
    assert said.count("BEGIN:VEVENT") >= 7
    assert not re.search(r"clam|glute|grabs|http|URL:", said, re.IGNORECASE)


def test_films_are_inside_when_asked_for_and_cost_two_in_a_hundred(
    handed: Path, project: Path, windows: Windows, capsys: Capture
) -> None:
    make_film(project / "videos/side.mp4", seconds=2)
    film_page(project, "side", "exercises: [clam]")
    write(project / "videos/side.en.vtt", "WEBVTT\n\n00:00.000 --> 00:01.500\nOpen the knee.\n")
    assert type_in(capsys, "video", "encode", "side", "--project", project).code == 0
    answer = type_in(capsys, "plan", "make", "sk-1", "--project", project)
    assert "With its film inside it would be" in answer.out, answer
    without = handed.stat().st_size
    answer = type_in(capsys, "plan", "make", "sk-1", "--films", "--project", project)
    assert answer.code == 0, answer
    (film,) = project.glob(".kinopress/media/*/h264*.mp4")
    about = (
        len(b'<script type="text/plain" data-kp-film="side"></script>') + 400
    )  # and its place on the page
    assert handed.stat().st_size - without <= film.stat().st_size * 1.02 + about
    with opened(windows, handed) as (page, asked):
        page.locator("#exercise-clam > summary").click()
        page.locator("details[data-film] > summary").click()
        page.wait_for_function("() => document.querySelector('video').src !== ''")
        found = page.locator("video").evaluate(
            """async video => {
                const size = await new Promise((done, failed) => {
                    video.addEventListener("loadedmetadata", () => done(video.videoWidth));
                    video.addEventListener("error", () => failed(new Error(video.error.message)));
                    video.preload = "auto";
                    video.load();
                });
                return size;
            }"""
        )
        assert found > 0
        said = "video => [...video.textTracks].map(t => [t.mode, t.language, [...t.cues].map(c => c.text)])"
        assert page.locator("video").evaluate(said) == [["showing", "en", ["Open the knee."]]]
    assert {one for one in asked if not one.startswith("blob:")} == {handed.as_uri()}


def test_whatever_bytes_are_packed_no_tag_begins_in_them() -> None:
    data = bytes(range(256)) * 3 + b"</script><!--<script>\r\n\0="
    for some in (data, b"", b"\0" * 900, b"\0\r<=" * 300, bytes(range(256))):
        found = as_letters(some)
        assert not set(found.data) & {0, 13, ord("<")}
        assert len(found.data) <= len(some) * (1 + 4 / 256)


@pytest.mark.skipif(find_firefox() is None, reason="there is no Firefox on this computer")
def test_firefox_opens_it_from_the_disk(
    handed: Path, project: Path, capsys: Capture, tmp_path: Path
) -> None:
    with firefox(tmp_path / "profile") as browser:
        browser.open(handed)
        browser.click(browser.wait_for("kp-plan form button"))
        browser.click(browser.wait_for("kp-plan .kp-start"))
        browser.wait_for(".kp-follow[open]")
        assert browser.run(
            "return document.querySelector('.kp-follow__film').shadowRoot.querySelector('svg') !== null"
        )
        browser.click(browser.wait_for(".kp-follow__close"))
        browser.click(browser.wait_for("kp-plan .kp-session--ticks .kp-tick input"))
        browser.run(
            "const score = document.querySelector('#kp-score'); score.value = '6';"
            "score.dispatchEvent(new Event('change', {bubbles: true}))"
        )
        browser.open(handed)  # kept on the device
        browser.wait_for("kp-plan .kp-start, kp-plan .kp-light-answer")
        assert browser.run(
            "return document.querySelector('kp-plan .kp-session--ticks .kp-tick input').checked"
        )
        images = browser.run("return [...document.images].map(i => i.naturalWidth)")
        assert images
        assert all(images)
        browser.click(browser.wait_for(".kp-went > summary"))
        sent = tmp_path / "sent.txt"
        browser.wait_for("#kp-went")
        sent.write_text(browser.run("return document.querySelector('#kp-went').value"), "utf-8")
        asked = browser.run("return performance.getEntriesByType('resource').map(r => r.name)")
    assert [name for name in asked if not name.startswith(("data:", "blob:"))] == []
    answer = type_in(capsys, "plan", "read", sent, "--project", project)
    assert answer.code == 0, answer
    assert "pain 6 on day 1; red on day 1." in answer.out
