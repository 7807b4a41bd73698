"""A client's plan in the studio, in Chromium: from the notes of an assessment to a file to hand over, counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from browser import axe
from browser.fixtures import DESKTOP, PHONE, Open
from browser.test_handed import POSES
from browser.test_studio import Counted, complaints, studio
from kinopress.content.read import read_library
from kinopress.project.clients.editing.draft import with_exercise
from kinopress.project.clients.editing.edit import draft_of, save_draft
from kinopress.project.clients.folder import read_client
from kinopress.project.clients.new import About, begin_plan
from support.clients import PLAN, project_with_plan
from support.drawn import have_drawn
from support.projects import write
from support.studio import Client, running_studio

INPUTS_MAX = 12


@pytest.fixture
def client(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    project = project_with_plan(tmp_path / "project")
    write(project / "exercises/clam.pose.yml", POSES)
    with running_studio(have_drawn(tmp_path_factory, project)) as client:
        yield client


def test_from_the_notes_to_the_file_and_back(
    client: Client, open_page: Open, tmp_path: Path
) -> None:
    """The own words, a measured value, one side and a dose: what an assessment changes of a public plan."""
    visit = studio(client, open_page)
    counted, window = Counted(visit), visit.page
    window.get_by_role("link", name="Clients").click()
    with counted.one():
        window.get_by_label("Client", exact=True).fill("sk-1")
    with counted.one():
        window.get_by_label("Begin with").select_option(PLAN)
    with counted.one():
        window.get_by_label("What hurts, in their own words").fill("It grabs on stairs.")
    with counted.one():
        window.get_by_label("They agreed today that I keep this.").check()
    with counted.one():
        window.get_by_role("button", name="Begin the plan").click()
    window.wait_for_url(re.compile(r"/clients/plan\?plan=[0-9a-f]{32}$"))
    assert "sk-1" not in window.url + window.title()
    with counted.one():
        window.get_by_label(re.compile("^Toe touch")).fill("-3")
    second = window.locator(".st-portion").nth(2)
    with counted.one():
        second.locator("select[name$='.side']").select_option("left")
    with counted.one():
        second.get_by_label("sets").fill("3")
    with counted.one():
        window.get_by_role("button", name="Make the file").click()
    expect(window.get_by_role("status").first).to_contain_text("Made:")
    with counted.one(), window.expect_download() as downloading:
        window.get_by_role("link", name="Save the file").click()
    assert counted.inputs <= INPUTS_MAX
    assert downloading.value.suggested_filename == "14-days.html"
    file = tmp_path / "14-days.html"
    downloading.value.save_as(file)
    written = (client.studio.project / "clients/sk-1/plan.md").read_text("utf-8")
    assert "    - {exercise: clam, sets: 3, side: left}\n" in written
    assert "  0: {toe-touch: -3}\n" in written
    plan = client.studio.project / f"docs/plans/{PLAN}.md"
    assert "  9: {do: [strong-2], swap_if_amber: strong-1}\n" in plan.read_text("utf-8")
    assert (
        "  9: {do: [strong-2], swap_if_amber: strong-1}\n" in written
    )  # what nobody touched is as it was
    # The client opens the file, and sends back how it went.
    at_home = window.context.new_page()
    at_home.goto(file.as_uri())
    at_home.get_by_role("button", name="Start the plan").click()
    at_home.locator("kp-plan .kp-session--ticks .kp-tick input").first.check()
    at_home.locator("#kp-score").select_option("4")
    at_home.get_by_text("Send me how it went").click()
    went = at_home.get_by_label("How it went")
    expect(went).to_have_value(re.compile("kinopress-plan"))
    window.get_by_label("Paste what they sent").fill(went.input_value())
    window.get_by_role("button", name="Read it").click()
    expect(
        window.get_by_text("1 of 1 session so far done whole, 0 in part; pain 4 on day 1")
    ).to_be_visible()
    expect(window.locator("meter")).to_have_attribute("value", "4")
    window.get_by_label("Paste what they sent").fill("It went well.")
    window.get_by_role("button", name="Read it").click()
    expect(window.get_by_role("alert")).to_contain_text("no export of a plan in this text")
    window.get_by_label("I am sure").check()
    window.get_by_role("button", name="Forget this client").click()
    expect(window.get_by_role("status")).to_contain_text("Deleted.")
    assert not (client.studio.project / "clients/sk-1").exists()
    kept = [path for path in client.studio.project.rglob("*") if path.is_file()]
    assert kept
    assert not [path for path in kept if b"It grabs on stairs" in path.read_bytes()]
    assert complaints(visit) == [] or all("422" in said for said in complaints(visit))


def test_an_exercise_is_found_by_muscle_symptom_or_name_and_put_in(
    client: Client, open_page: Open
) -> None:
    library, _ = read_library(client.studio.project)
    begin_plan(client.studio.project, library, "sk-1", About(library.today), begin_with=PLAN)
    visit = studio(client, open_page)
    window = visit.page
    window.get_by_role("link", name="Clients").click()
    window.get_by_role("link", name="sk-1").click()
    for words, found in (
        ("gluteus medius", "Clam"),
        ("weak glutes", "Clam"),
        ("brid", "Glute bridge"),
    ):
        window.get_by_label("Another exercise").fill(words)
        if found == "Clam":
            window.get_by_role("button", name="Look for it").click()
        else:
            window.get_by_label("Another exercise").press("Enter")
        expect(window.get_by_label("Another exercise")).to_have_value(words)
        expect(window.get_by_role("button", name=f"Add {found}")).to_be_visible()
    window.get_by_label("Into").select_option("strong-1")
    window.get_by_role("button", name="Add Glute bridge").click()
    expect(window.locator(".st-block").first).to_contain_text("Glute bridge")
    day = window.locator(".st-block").first.get_by_label("2", exact=True)
    day.check()
    window.get_by_role("button", name="Save").first.click()
    # Strength on days 1, 2 and 3: the rules of public plans hold here too.
    expect(window.locator(".st-problems")).to_contain_text(
        "less than 48 hours after the one on day 1"
    )


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_screens_are_well_and_fit(
    client: Client, open_page: Open, size: tuple[int, int]
) -> None:
    library, _ = read_library(client.studio.project)
    begin_plan(client.studio.project, library, "sk-1", About(library.today), begin_with=PLAN)
    private, _ = read_client(client.studio.project, library, "sk-1")
    assert private is not None
    page = studio(client, open_page, size).page
    for address in ("clients", f"clients/plan?plan={private.about.identity}"):
        page.goto(f"{client.studio.session.origin}/{address}")
        for fold in page.locator("details.st-by-day > summary").all():
            fold.click()
        # Wherever a fold brought the page, the row of buttons that stays in sight lies over some field.
        page.evaluate("scrollTo(0, 0)")
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        assert axe.faults(page, [size]) == []


def test_only_what_was_changed_is_written_again(client: Client) -> None:
    project = client.studio.project
    library, _ = read_library(project)
    begin_plan(project, library, "sk-1", About(library.today), begin_with=PLAN)
    file = project / "clients/sk-1/plan.md"
    text = file.read_text("utf-8").replace("pain_rule:\n", "# mine\npain_rule:   # keep\n")
    file.write_text(text, "utf-8")
    draft = draft_of(project, library, "sk-1")
    assert save_draft(project, library, "sk-1", draft) is False
    assert file.read_text("utf-8") == text
    more = with_exercise(draft, "loosen", "glute-bridge")
    assert save_draft(project, library, "sk-1", more) is True
    changed = file.read_text("utf-8")
    assert "# mine\npain_rule:   # keep\n" in changed
    assert "  loosen-1:\n    - glute-bridge\n" in changed
    private, report = read_client(project, library, "sk-1")
    assert private is not None
    assert {problem.code for problem in report.errors} == set()
    assert {"plan-block-unused"} <= {problem.code.value for problem in report.warnings}


def test_what_was_typed_and_not_saved_is_asked_about_before_the_page_goes(
    client: Client, open_page: Open
) -> None:
    library, _ = read_library(client.studio.project)
    begin_plan(client.studio.project, library, "sk-1", About(library.today), begin_with=PLAN)
    visit = studio(client, open_page)
    window, asked = visit.page, []
    window.get_by_role("link", name="Clients").click()
    window.get_by_role("link", name="sk-1").click()
    window.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    own_words = window.get_by_label("Your own words to them")
    own_words.click()
    own_words.press_sequentially("Take the stairs slowly.")
    # However far down a long plan one types, Save is in sight.
    window.get_by_label("To be deleted on").scroll_into_view_if_needed()
    expect(window.get_by_role("button", name="Save", exact=True)).to_be_in_viewport()
    window.get_by_role("link", name="All clients").click(no_wait_after=True)
    expect(own_words).to_have_value("Take the stairs slowly.")
    window.wait_for_timeout(0)  # the dialog has been told of
    assert asked == ["beforeunload"]
    window.get_by_role("button", name="Save", exact=True).click()
    expect(window.get_by_role("status").first).to_contain_text("Saved.")
    window.get_by_role("link", name="All clients").click()
    expect(window.get_by_role("heading", name="Who has a plan")).to_be_visible()
    assert asked == ["beforeunload"]
    # Of nothing of it a trace is in the browser.
    assert window.evaluate("() => [...Object.values(localStorage), ...Object.values(sessionStorage)]") == []  # fmt: skip


@pytest.mark.parametrize(
    ("tick", "button"),
    [(None, "Encrypt it"), (None, "Read it"), ("I am sure", "Forget this client")],
)
def test_another_form_of_the_page_is_not_sent_over_words_that_are_not_saved(
    client: Client, open_page: Open, tick: str | None, button: str
) -> None:
    library, _ = read_library(client.studio.project)
    about = About(library.today, library.today)
    begin_plan(client.studio.project, library, "sk-1", about, begin_with=PLAN)
    window = studio(client, open_page).page
    window.get_by_role("link", name="Clients").click()
    window.get_by_role("link", name="sk-1").click()
    own_words = window.get_by_label("Your own words to them")
    own_words.click()
    own_words.press_sequentially("Take the stairs slowly.")
    if tick:
        window.get_by_label(tick).check()
    window.get_by_role("button", name=button).click()
    refused = window.get_by_role("alert").filter(has_text="Nothing was done yet")
    expect(refused).to_contain_text("“Your own words to them” was changed and is not saved")
    refused.get_by_role("button", name="Go back to it").click()
    expect(own_words).to_be_focused()
    expect(own_words).to_have_value("Take the stairs slowly.")
    folder = client.studio.project / "clients/sk-1"
    assert "Take the stairs" not in (folder / "plan.md").read_text("utf-8")
    # Saved, nothing stands in the way; nor does it for whoever means to go on without the words.
    if button == "Encrypt it":
        window.get_by_role("button", name="Save", exact=True).click()
        expect(window.get_by_role("status").first).to_contain_text("Saved.")
        window.get_by_role("button", name=button).click()
        expect(window.get_by_text("Encrypted:")).to_be_visible()
    elif tick:
        window.get_by_role("button", name=button).click()
        refused.get_by_role("button", name="Go on without it").click()
        expect(window.get_by_role("status")).to_contain_text("Deleted.")
        assert not folder.exists()


@pytest.mark.parametrize("wide", [360, 1280])
def test_the_refusal_is_in_sight_at_a_button_that_stays_above_a_long_form(
    client: Client, open_page: Open, wide: int
) -> None:
    library, _ = read_library(client.studio.project)
    begin_plan(client.studio.project, library, "sk-1", About(library.today), begin_with=PLAN)
    window = studio(client, open_page).page
    window.set_viewport_size({"width": wide, "height": 800})
    window.get_by_role("link", name="Clients").click()
    window.get_by_role("link", name="sk-1").click()
    pasted = window.get_by_label("Paste what they sent")
    pasted.click()
    pasted.press_sequentially("Day 1: it went well.")
    window.get_by_label("when").last.scroll_into_view_if_needed()
    window.get_by_role("button", name="Save", exact=True).click()
    refused = window.get_by_role("alert").filter(has_text="Nothing was done yet")
    back = refused.get_by_role("button", name="Go back to it")
    expect(back).to_be_focused()
    expect(back).to_be_in_viewport(ratio=1)
    expect(refused).to_be_in_viewport(ratio=1)
    back.press("Enter")
    expect(pasted).to_be_focused()


def test_words_that_could_not_be_taken_are_unsaved_words_too(
    client: Client, open_page: Open
) -> None:
    library, _ = read_library(client.studio.project)
    begin_plan(client.studio.project, library, "sk-1", About(library.today), begin_with=PLAN)
    window = studio(client, open_page).page
    window.get_by_role("link", name="Clients").click()
    window.get_by_role("link", name="sk-1").click()
    window.get_by_label("Your own words to them").fill("Take the stairs slowly.")
    window.get_by_label("when").last.fill("It hurts.")
    window.get_by_role("button", name="Save", exact=True).click()
    expect(window.get_by_role("alert")).to_contain_text("A swap needs the exercise to leave")
    window.get_by_role("button", name="Read it").click()
    expect(window.get_by_text("Nothing was done yet")).to_be_visible()
    expect(window.get_by_label("Your own words to them")).to_have_value("Take the stairs slowly.")


def test_a_message_far_down_a_page_is_where_the_page_begins(
    client: Client, open_page: Open
) -> None:
    library, _ = read_library(client.studio.project)
    begin_plan(client.studio.project, library, "sk-1", About(library.today), begin_with=PLAN)
    visit = studio(client, open_page)
    window = visit.page
    window.get_by_role("link", name="Clients").click()
    window.get_by_role("link", name="sk-1").click()
    window.get_by_role("button", name="Forget this client").click()
    said = window.get_by_text("Tick the box")
    expect(said).to_be_focused()
    expect(said).to_be_in_viewport()
    window.goto(client.studio.session.origin + "/publish/place?kind=server")
    window.get_by_label("Login and folder").fill("example.org")
    window.get_by_role("button", name="Keep this place").click()
    expect(window.get_by_label("Login and folder")).to_be_focused()
    expect(window.get_by_text("does not name a folder on a server")).to_be_in_viewport()
