"""The coach's week in the studio, in Chromium: a film from the disk to a built page, counted; and every screen, looked at."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from browser import axe
from browser.fixtures import DESKTOP, PHONE, Open, Visit
from browser.server import Served, serve
from kinopress.project.change.remove import remove
from kinopress.project.live.publish import World
from kinopress.studio.run import working
from kinopress.studio.work import begin_publishing
from support.command import HANGS_S
from support.figures import FIGURES
from support.projects import SETTINGS, page, small_project, write
from support.small_films import film_page, make_film
from support.studio import Client, running_studio

PLACE = "    publish:\n      web:\n        folder: ../public_html\n"
DRAFT = "videos/hip.en.draft.vtt"
INPUTS_MAX = 5
"""File, title, tags, day, publish."""


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    project = tmp_path / "project"
    project.mkdir()
    with running_studio(small_project(project)) as client, working(client.studio):
        yield client


def studio(client: Client, open_page: Open, size: tuple[int, int] = DESKTOP) -> Visit:
    """The studio as the link in the terminal opens it."""
    visit = open_page(None, size, java_script_enabled=True)
    visit.page.goto(client.studio.session.link)
    return visit


def complaints(visit: Visit) -> list[str]:
    """What the browser complained of, but for what it asked for and then did not need: a piece of the film, a text's look.

    That is fetched while one types, styles included; whoever leaves the page meanwhile needs none of it.
    """
    needless = re.compile(
        r"/(film\.mp4|write/beside|look/(site|studio)\.css)(\?\S*)? net::ERR_ABORTED"
    )
    return [said for said in visit.complaints if not needless.search(said)]


class Counted:
    """Counts what a person does beyond looking and moving on."""

    def __init__(self, visit: Visit) -> None:
        self.visit, self.inputs = visit, 0

    @contextmanager
    def one(self) -> Iterator[None]:
        self.inputs += 1
        yield


@pytest.fixture
def readers(client: Client, tmp_path: Path) -> Iterator[Served]:
    """What readers get: a host that shows a folder, at which the site has been published once."""
    with serve(tmp_path / "public_html") as host:
        client.studio.world = World(address=host.url())
        write(client.studio.project / "mkdocs.yml", SETTINGS + PLACE)
        begin_publishing(client.studio, "web")
        ended(client, "publish-web")
        yield host


def ended(client: Client, key: str) -> None:
    """Wait until a job of the studio is over."""
    ends = time.monotonic() + HANGS_S
    while (job := client.studio.jobs.of(key)) and not job.is_over:
        assert time.monotonic() < ends
        time.sleep(0.05)


def test_a_film_is_dropped_named_tagged_dated_and_live(
    client: Client,
    readers: Served,
    open_page: Open,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    film = make_film(tmp_path / "IMG_0412.mov", seconds=2.0, size="320x180")
    visit = studio(client, open_page)
    counted, window = Counted(visit), visit.page
    window.get_by_role("link", name="New film").first.click()
    dropped_s = time.monotonic()
    with counted.one():
        window.get_by_label("Choose a film").set_input_files(film)
    window.wait_for_url(re.compile(r"/films/(?!new$)"))
    with counted.one():
        window.get_by_label("Title", exact=True).first.fill("Hip circles")
    with counted.one():
        tags = window.get_by_role("combobox", name="Tags")
        tags.press_sequentially("glut")
        expect(window.get_by_role("option").first).to_have_text("Gluteus maximus")
        tags.press("ArrowDown")
        tags.press("Enter")
        expect(tags).to_have_value("Gluteus maximus, ")
    with counted.one():
        window.get_by_label("Day it appears").fill(f"{client.studio.now().at.date()}")
    # The player comes by itself, and what was found in the film; what was typed stays.
    expect(window.locator("video")).to_be_visible()
    expect(window.get_by_text("320 × 180, H.264")).to_be_visible()
    expect(window.get_by_label("Title", exact=True).first).to_have_value("Hip circles")
    with counted.one():
        window.get_by_role("button", name="Publish", exact=True).click()
    window.wait_for_url("**/publish?film=hip-circles")
    # What has changed, the way to the page that readers have, and the way back, without another press.
    expect(window.get_by_text("Live:")).to_be_visible()
    expect(window.get_by_role("heading", name="New pages")).to_be_visible()
    link = window.get_by_role("link", name="“Hip circles” as readers have it")
    live = readers.url("videos/hip-circles/")
    expect(link).to_have_attribute("href", live)
    assert counted.inputs <= INPUTS_MAX
    minutes = (time.monotonic() - dropped_s) / 60
    request.config.stash[FIGURES].append(
        f"a film of 2 s, from dropped to live: {counted.inputs} inputs, {minutes:.2f} minutes"
    )
    answer = visit.context.request.get(live)
    assert "<video" in answer.text()
    assert complaints(visit) == []
    window.get_by_role("button", name="Take it back: the last publishing to web").click()
    expect(window.get_by_text("Readers have the release before the last one again")).to_be_visible()
    assert visit.context.request.get(live).status == 404
    assert (client.studio.project / "videos/hip-circles.md").is_file()


def test_a_film_chosen_before_the_script_is_there_is_sent_all_the_same(
    client: Client, open_page: Open, tmp_path: Path
) -> None:
    film = make_film(tmp_path / "hip.mov", seconds=1.0, size="320x180")
    visit = studio(client, open_page)
    window = visit.page
    held: list[Route] = []
    # A built-in method cannot be marked as a handler by Playwright.
    window.route("**/look/web/studio.js", lambda route: held.append(route))  # noqa: PLW0108
    window.goto(f"{client.studio.session.origin}/films/new", wait_until="commit")
    window.get_by_label("Choose a film").set_input_files(film)
    assert held
    held[0].continue_()
    expect(window.get_by_label("Title", exact=True).first).to_be_visible()


def test_the_names_that_fit_cover_no_button(client: Client, open_page: Open) -> None:
    film = client.studio.arrivals.begin("hip.mov", 1000)
    visit = studio(client, open_page)
    window = visit.page
    window.goto(f"{client.studio.session.origin}/films/{film.id}")
    window.get_by_role("combobox", name="Tags").press_sequentially("t")
    expect(window.get_by_role("option").nth(5)).to_be_attached()
    for name in ("Keep for later", "Publish"):
        window.get_by_role("button", name=name, exact=True).click(trial=True)


def test_what_is_shown_of_a_film_is_chosen_on_the_film_itself(
    client: Client, open_page: Open, tmp_path: Path
) -> None:
    film = make_film(tmp_path / "hip.mov", seconds=3.0, size="320x180")
    visit = studio(client, open_page)
    window = visit.page
    window.goto(f"{client.studio.session.origin}/films/new")
    window.get_by_label("Choose a film").set_input_files(film)
    window.wait_for_url(re.compile(r"/films/(?!new$)"))
    player = window.locator("video")
    expect(player).to_be_visible()
    player.evaluate("video => { video.currentTime = 1.2; }")
    window.get_by_role("button", name="Begin where the player is").click()
    expect(window.get_by_label("Begins at")).to_have_value("0:01.2")
    window.locator("input[name=still]").nth(2).check()
    window.get_by_role("button", name="Take the picture in the player").click()
    expect(window.get_by_label("Another moment")).to_have_value("0:01.2")
    expect(window.locator("input[name=still]:checked")).to_have_count(0)
    window.get_by_role("button", name="Another chapter").click()
    expect(window.locator("input[name=chapter_at]")).to_have_count(2)
    window.get_by_role("button", name="Take the player").nth(1).click()
    expect(window.locator("input[name=chapter_at]").nth(1)).to_have_value("0:01.2")
    # What the studio took is not offered as lost, however it shows it: written otherwise, and in its order.
    window.locator("input[name=chapter_at]").nth(0).fill("2 s")
    window.locator("input[name=chapter_title]").nth(0).fill("Turn")
    window.locator("input[name=chapter_title]").nth(1).fill("Begin")
    window.get_by_role("button", name="Add captions").click()
    expect(window.get_by_role("status").first).to_contain_text("What you typed of the film is kept")
    window.wait_for_load_state()  # the script has read that it was taken
    window.go_back()
    window.wait_for_load_state()
    window.reload()
    expect(window.locator("input[name=chapter_at]").nth(1)).to_have_value("0:02")
    expect(window.get_by_text("Something was typed here")).to_have_count(0)
    assert complaints(visit) == []


def test_what_was_typed_survives_a_closed_tab_and_is_offered(
    client: Client, open_page: Open
) -> None:
    film = client.studio.arrivals.begin("hip.mov", 1000)
    visit = studio(client, open_page)
    address = f"{client.studio.session.origin}/films/{film.id}"
    visit.page.goto(address)
    tags = visit.page.get_by_role("combobox", name="Tags")
    tags.fill("stiff shouldr")
    said = visit.page.get_by_text("No tag is called “stiff shouldr”.")
    expect(said).to_be_visible()
    tags.fill("glut")
    expect(said).to_be_hidden()
    visit.page.get_by_label("Title", exact=True).first.fill("Half a ti")
    visit.page.close()
    again = visit.context.new_page()
    again.goto(address)
    expect(again.get_by_label("Title", exact=True).first).to_have_value("Hip")
    again.get_by_role("button", name="Put it back").click()
    expect(again.get_by_label("Title", exact=True).first).to_have_value("Half a ti")


def test_a_title_is_changed_and_published_and_nothing_else_in_its_file(
    client: Client, open_page: Open
) -> None:
    project = client.studio.project
    write(project / "mkdocs.yml", SETTINGS + PLACE)
    file = project / "exercises/clam.md"
    before = file.read_bytes()
    visit = studio(client, open_page)
    window = visit.page
    window.get_by_role("link", name="Write").click()
    window.get_by_role("link", name="Exercises").click()
    window.get_by_role("link", name="Clam").click()
    window.wait_for_load_state()  # the script is there, and nothing is given up on the way
    window.get_by_label("Title").fill("Clam shell")
    # What is typed outlives its page, and is offered, not put in.
    window.reload()
    expect(window.get_by_label("Title")).to_have_value("Clam")
    window.get_by_role("button", name="Put it back").click()
    expect(window.get_by_label("Title")).to_have_value("Clam shell")
    window.get_by_role("button", name="Save").click()
    expect(window.get_by_text("Only what you changed was written")).to_be_visible()
    assert file.read_bytes() == before.replace(b"title: Clam\n", b"title: Clam shell\n")
    window.wait_for_load_state()
    window.reload()
    expect(window.get_by_role("button", name="Put it back")).to_have_count(0)

    window.get_by_role("link", name="Publish").first.click()
    window.get_by_role("button", name="Publish to web").click()
    expect(window.get_by_text("It is there.")).to_be_visible()
    public = project.parent / "public_html/exercises/clam/index.html"
    assert "<h1>Clam shell</h1>" in public.read_text("utf-8").replace(' id="clam-shell"', "")
    assert complaints(visit) == []


def test_the_buttons_above_a_text_put_in_what_belongs_there(
    client: Client, open_page: Open
) -> None:
    visit = studio(client, open_page)
    window = visit.page
    window.goto(f"{client.studio.session.origin}/write/page?path=exercises/clam.md")
    text = window.get_by_role("textbox", name="The text")
    text.fill("See the clam here")
    text.evaluate("box => box.setSelectionRange(4, 12)")
    window.get_by_role("button", name="Bold").click()
    expect(text).to_have_value("See **the clam** here")
    window.keyboard.press("ControlOrMeta+z")
    expect(text).to_have_value("See the clam here")
    text.evaluate("box => box.setSelectionRange(4, 12)")
    window.get_by_role("button", name="Bold").click()
    window.get_by_role("button", name="Bold").click()
    expect(text).to_have_value("See the clam here")
    text.evaluate("box => box.setSelectionRange(4, 12)")
    link = window.get_by_label("Page to link to")
    link.press_sequentially("piri")
    expect(window.get_by_role("option", name="piriformis")).to_be_visible()
    link.press("ArrowDown")
    link.press("Enter")
    link.press("Enter")  # puts it in, and sends nothing
    expect(text).to_have_value("See [[piriformis|the clam]] here")
    # Whoever types on adds to it, and deletes nothing.
    window.keyboard.type(", now")
    expect(text).to_have_value("See [[piriformis|the clam]], now here")
    text.evaluate("box => box.setSelectionRange(4, 27)")
    window.get_by_role("button", name="Warning box").click()
    expect(text).to_have_value(re.compile(r'!!! warning "Take care"\n\n    \[\[piriformis'))
    with visit.context.expect_page() as opened:
        window.get_by_role("button", name="Look at the text").click()
    expect(opened.value.get_by_text("Take care")).to_be_visible()
    expect(opened.value.get_by_role("link", name="the clam")).to_be_visible()
    assert complaints(visit) == []


def test_the_text_is_shown_beside_its_field_as_readers_will_have_it(
    client: Client, open_page: Open
) -> None:
    visit = studio(client, open_page)
    window = visit.page
    window.goto(f"{client.studio.session.origin}/write/page?path=exercises/clam.md")
    text = window.get_by_role("textbox", name="The text")
    shown = window.frame_locator("iframe[title='The text as readers will have it']").locator("main")
    long = "\n\n".join(f"Paragraph {number}." for number in range(60))
    text.fill(f"See **the** [[piriformis]].\n\n{long}")
    expect(shown.locator("strong")).to_have_text("the")
    scrolled = "() => document.querySelector('iframe').contentDocument.scrollingElement.scrollTop"
    window.evaluate(
        f"() => ({scrolled})() || document.querySelector('iframe').contentWindow.scrollTo(0, 300)"
    )
    text.press("ControlOrMeta+End")
    text.press_sequentially(" And more.")
    expect(shown).to_contain_text("Paragraph 59. And more.")
    assert window.evaluate(scrolled) == 300
    text.fill("[[nowhere]]\n\n<img src=x onerror='top.document.title = 1'><b>Words</b>")
    expect(shown).to_contain_text("Words")
    numbered = window.get_by_text(re.compile(r"^Line \d+ of the file: "))
    expect(numbered.first).to_contain_text("nowhere")
    assert window.title().startswith("Clam")
    text.fill("Words.")
    expect(numbered).to_have_count(0)
    exercise = window.get_by_label("Exercise to show as a card")
    exercise.press_sequentially("cla")
    expect(window.get_by_role("option", name="clam")).to_be_visible()
    exercise.press("ArrowDown")
    exercise.press("Enter")
    exercise.press("Enter")
    expect(text).to_have_value(re.compile(r"\{\{ exercise clam \}\}"))
    expect(shown.get_by_role("link", name="Clam")).to_be_visible()
    assert "nowhere" not in (client.studio.project / "exercises/clam.md").read_text("utf-8")


def test_pages_are_found_while_one_types_and_by_enter(client: Client, open_page: Open) -> None:
    visit = studio(client, open_page)
    window = visit.page
    window.goto(f"{client.studio.session.origin}/write")
    field = window.get_by_role("searchbox", name="Search in all pages")
    field.press_sequentially("piri")
    expect(window.get_by_role("heading", name="Found: 1 page")).to_be_visible()
    expect(window.get_by_role("link", name="Piriformis")).to_be_visible()
    expect(window.get_by_role("search").get_by_role("status")).to_have_text("Found: 1 page")
    expect(field).to_be_focused()
    assert window.url.endswith("/write?q=piri")
    field.fill("nothing of that name")
    expect(window.get_by_role("heading", name="Found: no pages")).to_be_visible()
    field.fill("gluteus")
    field.press("Enter")
    window.wait_for_url("**/write?q=gluteus")
    expect(field).to_have_value("gluteus")
    expect(window.get_by_role("link", name="Gluteus maximus")).to_be_visible()
    assert complaints(visit) == []


def test_a_clash_shows_both_texts_and_is_settled_by_the_keyboard_alone(
    client: Client, open_page: Open
) -> None:
    file = client.studio.project / "exercises/clam.md"
    visit = studio(client, open_page)
    window = visit.page
    window.goto(f"{client.studio.session.origin}/write/page?path=exercises/clam.md")
    for _ in range(30):
        window.keyboard.press("Tab")
        if window.evaluate("() => document.activeElement.id") == "field-title":
            break
    window.keyboard.press("End")
    window.keyboard.type(" shell")
    file.write_bytes(file.read_bytes().replace(b"title: Clam\n", b"title: Mussel\n"))
    window.keyboard.press("Enter")
    expect(window.get_by_role("alert")).to_contain_text("changed after you opened it")
    expect(window.get_by_label("Title")).to_have_value("Clam shell")
    expect(window.locator(".st-there").first).to_contain_text("Mussel")
    assert b"title: Mussel" in file.read_bytes()
    assert axe.faults(window, [PHONE, DESKTOP]) == []
    window.get_by_label("Title").press("Enter")
    expect(window.get_by_text("Only what you changed was written")).to_be_visible()
    assert b"title: Clam shell\n" in file.read_bytes()


def test_another_page_of_this_computer_can_change_nothing(client: Client, open_page: Open) -> None:
    """A form on another port, and one on the preview's name, with the studio open in the same browser."""
    visit = studio(client, open_page)
    form = f"<form method=post action='{client.studio.session.origin}/publish/look'></form><body>"
    for name in ("127.0.0.1", "localhost"):
        with running_studio(client.studio.project) as other:
            port = other.studio.session.port
            hostile = visit.context.new_page()
            hostile.route(
                "**/hostile", lambda route: route.fulfill(body=form, content_type="text/html")
            )
            hostile.goto(f"http://{name}:{port}/hostile")
            with hostile.expect_navigation():
                hostile.evaluate("() => document.forms[0].submit()")
            assert (
                "Only the studio" in hostile.content() or "Another page asked" in hostile.content()
            )
            hostile.close()
    assert client.studio.jobs.of("changes") is None


@pytest.mark.parametrize(
    "screen",
    [
        *("week", "new", "film", "captions", "write", "page", "check", "source", "publish"),
        *("published", "settings", "draft", "footage", "remove", "removed", "places", "place"),
    ],
)
def test_axe_finds_nothing_on_any_screen(client: Client, open_page: Open, screen: str) -> None:
    project = client.studio.project
    write(
        project / "docs/articles/wrong.md",
        page(
            "title: A <b>title</b>\ndescription: A text.\ndate: 2026-13-02\ntags: [stretchy]\nsources: [practice]"
        ),
    )
    if screen == "published":
        (project / "docs/articles/wrong.md").unlink()
        write(project / "mkdocs.yml", SETTINGS + PLACE)
        begin_publishing(client.studio, "web")
        ended(client, "publish-web")
    if screen in ("draft", "footage"):
        (project / "videos/hip.mov").write_bytes(b"nothing to be played")
        film_page(project, "hip")
        write(project / DRAFT, "WEBVTT\n\n00:01.000 --> 00:03.000\nOpen the need.\n")
    if screen == "removed":
        remove(project, "clam", "gone")
    film = client.studio.arrivals.begin("hip.mov", 1000)
    path = {
        "week": "/",
        "new": "/films/new",
        "film": f"/films/{film.id}",
        "captions": f"/films/{film.id}/captions",
        "check": "/check?notes=yes",
        "source": "/source?path=docs/articles/wrong.md&line=4&field=date",
        "write": "/write?q=clam",
        "page": "/write/page?path=docs/articles/wrong.md",
        "publish": "/publish",
        "published": "/publish",
        "places": "/publish/place",
        "place": "/publish/place?kind=bucket",
        "settings": "/settings",
        "footage": "/footage/hip",
        "remove": "/write/remove?path=exercises/clam.md",
        "removed": "/write/removed?path=exercises/clam.md",
        "draft": f"/drafts?path={DRAFT}",
    }[screen]
    visit = studio(client, open_page)
    visit.page.goto(client.studio.session.origin + path)
    for width, height in (PHONE, DESKTOP):
        visit.page.set_viewport_size({"width": width, "height": height})
        wide = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not visit.page.evaluate(wide), f"{width} px: wider than the window"
    assert axe.faults(visit.page, [PHONE, DESKTOP]) == []
    width, height = PHONE
    visit.page.set_viewport_size({"width": width, "height": height})
    assert not_by_keyboard(visit.page) == []
    assert complaints(visit) == []


WALKED = """() => {
  const e = document.activeElement;
  const s = getComputedStyle(e);
  const box = e.getBoundingClientRect();
  e.dataset.walked = "yes";
  // What has parts of its own, which the browser makes, shows them itself.
  const own = ["IFRAME", "VIDEO", "BODY"].includes(e.tagName) || ["date", "file"].includes(e.type);
  const seen = own || (s.outlineStyle !== "none" && box.bottom > 0 && box.top < innerHeight);
  return [e === document.body, seen, e.tagName === "SUMMARY" && !e.parentElement.open, e.outerHTML.slice(0, 90)];
}"""
LEFT = """() => {
  const every = "a[href], button:enabled, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  // Of some radio buttons Tab reaches one, and the arrow keys the others.
  const group = e => e.type === "radio" && document.querySelector(`[name="${e.name}"][data-walked]`);
  return [...document.querySelectorAll(every)]
    .filter(e => e.checkVisibility() && !e.dataset.walked && !group(e)).map(e => e.outerHTML.slice(0, 90));
}"""


def not_by_keyboard(window: Page) -> list[str]:
    """What Tab does not reach, or reaches unseen, with every fold opened by Enter on the way."""
    unseen = []
    window.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    for _ in range(400):
        window.keyboard.press("Tab")
        is_over, is_seen, is_fold, what = window.evaluate(WALKED)
        if is_over:
            break
        unseen += [] if is_seen else [what]
        if is_fold:
            window.keyboard.press("Enter")
    return unseen + list(window.evaluate(LEFT))


def tab_to(window: Page, name: str) -> None:
    """Press Tab until what is called so has the focus."""
    for _ in range(100):
        window.keyboard.press("Tab")
        said = window.evaluate(
            "() => { const e = document.activeElement; const l = e.labels?.[0]; return (l ?? e).innerText.trim(); }"
        )
        if said == name:
            return
    raise AssertionError(f"Tab does not lead to {name}")


def test_a_page_is_written_removed_and_put_back_by_the_keyboard_alone(
    client: Client, open_page: Open
) -> None:
    visit = studio(client, open_page)
    window, keys = visit.page, visit.page.keyboard
    tab_to(window, "Write")
    keys.press("Enter")
    expect(window.get_by_role("heading", name="Write", exact=True)).to_be_visible()
    tab_to(window, "Title")
    keys.type("Hill reps")
    keys.press("Enter")
    expect(window.get_by_role("heading", name="Hill reps")).to_be_visible()
    window.goto(f"{client.studio.session.origin}/write/page?path=exercises/clam.md")
    tab_to(window, "Remove this page")
    keys.press("Enter")
    expect(window.get_by_role("heading", name="Remove “Clam”")).to_be_visible()
    tab_to(window, "A short page that says that this one is gone")
    keys.press("Space")
    tab_to(window, "Remove it")
    keys.press("Enter")
    expect(window.get_by_role("status")).to_contain_text("exercises/clam.md is removed")
    assert not (client.studio.project / "exercises/clam.md").exists()
    tab_to(window, "Put it back")
    keys.press("Enter")
    expect(window.get_by_text("back where it was")).to_be_visible()
    assert (client.studio.project / "exercises/clam.md").is_file()


def test_the_keyboard_alone_reaches_and_works_everything(client: Client, open_page: Open) -> None:
    """The parts of a day's field, which the browser makes, show their focus themselves."""
    film = client.studio.arrivals.begin("hip.mov", 1000)
    visit = studio(client, open_page)
    window = visit.page
    window.goto(f"{client.studio.session.origin}/films/{film.id}")
    reached = []
    for _ in range(40):
        window.keyboard.press("Tab")
        reached.append(
            window.evaluate(
                "() => { const e = document.activeElement; const s = getComputedStyle(e);"
                " return [e.textContent.trim() || e.id, e === document.body || e.type === 'date' || s.outlineStyle !== 'none']; }"
            )
        )
    names = [name for name, _ in reached]
    for wanted in (
        "Skip to the page",
        "New film",
        "title",
        "tags",
        "date",
        "Keep for later",
        "Publish",
    ):
        assert wanted in names, wanted
    assert all(seen for _, seen in reached), "something has the focus and does not show it"


def test_words_that_clashed_are_in_their_fields_and_not_offered_as_lost(
    client: Client, open_page: Open
) -> None:
    file = client.studio.project / "exercises/clam.md"
    visit = studio(client, open_page)
    window = visit.page
    window.goto(client.studio.session.origin + "/write/page?path=exercises/clam.md")
    words = window.locator("textarea[name=body]")
    words.click()
    words.press("Control+End")
    words.press_sequentially(" More of it.")
    before = file.read_text("utf-8")
    file.write_text(before.replace("title: Clam", "title: The clam"), "utf-8")
    window.get_by_role("button", name="Save", exact=True).click()
    expect(window.get_by_text("changed after you opened it")).to_be_focused()
    expect(words).to_have_value(re.compile(r"More of it\.$"))
    expect(window.get_by_text("Something was typed here")).to_have_count(0)
    window.get_by_role("button", name="Save", exact=True).click()
    expect(window.get_by_role("status").first).to_contain_text("Saved.")
    after = file.read_text("utf-8")
    assert "title: The clam" in after
    assert "More of it." in after
