"""A site that a reader's browser keeps: read without a network, replaced whole by the next release, removed cleanly.

The site is in a folder of its host, as on project pages; what is in other folders is no affair of it.
"""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, expect

from browser.fixtures import PHONE, Open, Visit, build_site
from browser.server import Served, serve
from browser.windows import PATIENCE_MS
from support.projects import page as written
from support.projects import small_project, write

FOLDER = "clubs/coach/"
_CAUGHT = "async () => (await caches.keys()).sort()"
_STYLED = """() => {
    const links = [...document.querySelectorAll('link[rel=stylesheet]')];
    return links.length > 0 && links.every(link => link.sheet !== null && link.sheet.cssRules.length > 0);
}"""
_STATES = """
async (wanted) => {
  const state = async () => {
    const found = await navigator.serviceWorker.getRegistration();
    if (!found) return "gone";
    if (found.installing) return "coming";
    return found.waiting ? "waiting" : (found.active?.state ?? "gone");
  };
  for (let left = PATIENCE; (await state()) !== wanted; left -= 20) {
    if (left < 0) throw new Error(`the worker is ${await state()}, not ${wanted}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}
""".replace("PATIENCE", f"{PATIENCE_MS:.0f}")
"""Wait until the worker of the page is as it should be."""
_LOOKED = """
async () => {
  const found = await navigator.serviceWorker.ready;
  const before = found.active;
  await found.update();
  for (let left = PATIENCE; found.installing; left -= 20) {
    if (left < 0) throw new Error("the new worker is still being installed");
    await new Promise((done) => setTimeout(done, 20));
  }
  return found.waiting !== null || found.active !== before;
}
""".replace("PATIENCE", f"{PATIENCE_MS:.0f}")
"""Look for a new worker, as the browser and the page do by themselves a little later, and wait until it is there."""


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Two releases of a site, and one that keeps nothing any more."""
    folder = tmp_path_factory.mktemp("releases")
    project = small_project(folder / "project")
    made = {}
    for name in ("first", "second", "without"):
        if name == "second":
            write(
                project / "docs/symptoms/weak-glutes.md",
                written(
                    "title: Weak glutes\ndescription: A symptom.\nregions: [buttock]\n"
                    "suspects: [gluteus-medius]\nred_flags: [not-settling]\nsources: [practice]",
                    "Other words.",
                ),
            )
        if name == "without":
            settings = project / "mkdocs.yml"
            write(settings, settings.read_text("utf-8") + "    offline: false\n")
        made[name] = folder / name
        shutil.copytree(build_site(project), made[name])
    return made


class Host:
    """A host whose site changes."""

    def __init__(self, folder: Path, served: Served) -> None:
        self.folder = folder
        self.served = served

    def put(self, release: Path) -> None:
        """Replace the site; files whose name tells their content stay, as a publication leaves them."""
        shutil.copytree(release, self.folder / FOLDER, dirs_exist_ok=True)

    def url(self, path: str = "") -> str:
        return self.served.url(FOLDER + path)


@pytest.fixture
def host(tmp_path: Path, releases: dict[str, Path]) -> Iterator[Host]:
    with serve(tmp_path) as served:
        found = Host(tmp_path, served)
        found.put(releases["first"])
        yield found


def _kept(open_page: Open, host: Host) -> Visit:
    """A browser that has been to the first page and has kept the site."""
    visit = open_page(None, PHONE, java_script_enabled=True, keeps=True)
    visit.page.goto(host.url())
    visit.page.evaluate(_STATES, "activated")
    return visit


def _cut(visit: Visit) -> None:
    visit.context.set_offline(True)


def _words(page: Page) -> str:
    return page.locator("main").inner_text()


def test_after_the_first_visit_all_of_it_is_there_without_a_network(
    open_page: Open, host: Host, releases: dict[str, Path]
) -> None:
    visit = _kept(open_page, host)
    _cut(visit)
    asked = len(host.served.asked)
    page = visit.page
    for file in sorted(releases["first"].rglob("index.html")):
        path = file.parent.relative_to(releases["first"]).as_posix().removeprefix(".")
        if 'http-equiv="refresh"' in file.read_text("utf-8"):
            continue
        page.goto(host.url(f"{path}/" if path else ""))
        assert page.locator("h1").count() == 1, path
        assert page.evaluate(_STYLED), path
    page.goto(host.url("exercises/clam"))  # as somebody types it
    expect(page).to_have_url(host.url("exercises/clam/"))
    page.locator("#kp-find").fill("weak glutes")
    expect(page.get_by_role("option").first).to_contain_text("Weak glutes")
    page.goto(host.url("muscles/never-written/"))
    expect(page).to_have_url(host.url("offline/#missing"))
    missing = page.get_by_text("the page you asked for is not kept on this device")
    expect(missing).to_be_visible()
    page.goto(host.url("symptoms/"))
    page.goto(host.url("offline/"))  # as the menu leads there
    expect(page.get_by_role("status")).to_have_text("This site is kept on this device.")
    expect(missing).to_be_hidden()
    # The browser itself looks for a new worker, and is not cut off; nothing else is asked for.
    assert {one.path for one in host.served.asked[asked:]} <= {f"/{FOLDER}sw.js"}


def test_without_a_network_an_encrypted_page_keeps_its_address_and_the_key_in_it(
    open_page: Open, host: Host
) -> None:
    """It is of no release; led to another page, whoever opened the link would have lost what opens it."""
    visit = _kept(open_page, host)
    number, key = "abcdefghijkmnpqrstuvwxyz23", "A" * 43
    own = f"p/{number}/"
    write(host.folder / FOLDER / own / "index.html", "<!doctype html><title>14 days</title>")
    page = visit.page
    page.goto(host.url(f"{own}#{key}"))
    assert page.title() == "14 days"
    page.goto(host.url())
    _cut(visit)
    # In a tab of its own: the browser's page about it comes a moment later than the error.
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        visit.context.new_page().goto(host.url(f"{own}#{key}"))
    page.goto(host.url("exercises/clam/"))  # all else is there
    assert page.locator("h1").count() == 1
    visit.context.set_offline(False)
    page.goto(host.url(f"{own}#{key}"))
    assert page.title() == "14 days"


def test_the_next_release_is_shown_at_once_and_takes_the_place_of_the_old_one_whole(
    open_page: Open, host: Host, releases: dict[str, Path]
) -> None:
    visit = _kept(open_page, host)
    (first,) = visit.page.evaluate(_CAUGHT)[:1]
    stays = visit.context.new_page()  # a tab that is open all the while
    stays.goto(host.url("symptoms/"))
    host.put(releases["second"])
    page = visit.page
    page.goto(host.url("symptoms/weak-glutes/"))
    assert "Other words." in _words(page)
    assert page.evaluate(_LOOKED)
    assert first in page.evaluate(_CAUGHT)  # what is in force is whole until the other is
    page.goto(host.url("muscles/"))
    page.evaluate(_STATES, "activated")
    _cut(visit)
    page.goto(host.url("symptoms/weak-glutes/"))
    assert "Other words." in _words(page)
    stays.reload()
    stays.goto(host.url("symptoms/weak-glutes/"))
    assert "Other words." in _words(stays)


def test_a_tab_that_reads_the_old_release_gets_no_file_of_the_new_one(
    open_page: Open, host: Host, releases: dict[str, Path]
) -> None:
    visit = _kept(open_page, host)
    _cut(visit)
    old = visit.context.new_page()
    old.goto(host.url("symptoms/weak-glutes/"))  # out of the cache: a page of the first release
    visit.context.set_offline(False)
    host.put(releases["second"])
    index = host.folder / FOLDER / "assets/finder/index.json"
    assert index.read_bytes() == (releases["second"] / "assets/finder/index.json").read_bytes()
    page = visit.page
    page.bring_to_front()  # the clock of a tab that nobody sees goes slowly
    assert page.evaluate(_LOOKED)
    page.goto(host.url("muscles/"))
    page.evaluate(_STATES, "activated")
    seen = old.evaluate("async (at) => (await fetch(at)).text()", host.url("symptoms/weak-glutes/"))
    assert "Some words." in seen
    seen = page.evaluate(
        "async (at) => (await fetch(at)).text()", host.url("symptoms/weak-glutes/")
    )
    assert "Other words." in seen


def test_a_release_that_is_half_published_is_not_kept_and_harms_nobody(
    open_page: Open, host: Host, releases: dict[str, Path]
) -> None:
    visit = _kept(open_page, host)
    before = visit.page.evaluate(_CAUGHT)
    torn = host.folder / FOLDER / "symptoms/weak-glutes/index.html"
    old = torn.read_bytes()
    host.put(releases["second"])
    torn.write_bytes(old)
    page = visit.page
    page.goto(host.url())
    assert not page.evaluate(_LOOKED)
    _cut(visit)
    page.goto(host.url("symptoms/weak-glutes/"))
    assert "Some words." in _words(page)
    assert before[0] in page.evaluate(_CAUGHT)


def test_a_page_that_the_browser_has_kept_by_itself_has_its_styles_or_is_not_shown(
    open_page: Open, host: Host, releases: dict[str, Path]
) -> None:
    # As on hosts that let browsers keep pages for ten minutes: the page is there, and nobody who has its styles.
    host.served.kept = frozenset({".html"})
    visit = _kept(open_page, host)
    page = visit.page
    page.goto(host.url("symptoms/weak-glutes/"))
    _cut(visit)
    page.goto(host.url())
    page.goto(host.url("symptoms/weak-glutes/"))
    assert page.evaluate(_STYLED)
    visit.context.set_offline(False)
    host.put(releases["second"])
    assert page.evaluate(_LOOKED)
    page.goto(host.url("muscles/"))
    page.evaluate(_STATES, "activated")
    _cut(visit)
    page.goto(host.url("symptoms/weak-glutes/"))
    assert page.evaluate(_STYLED)
    assert "Other words." in _words(page)


def test_the_page_about_it_says_that_the_site_is_on_its_way_and_then_that_it_is_there(
    open_page: Open, host: Host, releases: dict[str, Path]
) -> None:
    visit = open_page(None, PHONE, java_script_enabled=True, keeps=True)
    page = visit.page
    slow = next((host.folder / FOLDER / "assets/offline").glob("list-*.json"))
    host.served.held[f"/{slow.relative_to(host.folder).as_posix()}"] = threading.Event()
    page.goto(host.url("offline/"))
    status = page.get_by_role("status")
    expect(status).to_have_text("This site is being kept now …")
    expect(page.locator("kp-offline button")).to_be_hidden()
    for gate in host.served.held.values():
        gate.set()
    expect(status).to_have_text("This site is kept on this device.")
    expect(page.get_by_role("button", name="Remove all that is kept")).to_be_visible()


def test_the_setting_removes_the_worker_and_its_caches_and_no_other_cache(
    open_page: Open, host: Host, releases: dict[str, Path]
) -> None:
    visit = _kept(open_page, host)
    page = visit.page
    page.evaluate("async () => void (await caches.open('somebody else'))")
    page.evaluate("async () => void (await caches.open('kinopress /clubs/coach-2/ films'))")
    assert len(page.evaluate(_CAUGHT)) >= 3
    host.put(releases["without"])
    page.goto(host.url("muscles/"))
    page.evaluate(_STATES, "gone")
    assert page.evaluate(_CAUGHT) == ["kinopress /clubs/coach-2/ films", "somebody else"]
    assert page.locator('link[rel="manifest"]').count() == 0
    page.goto(host.url("exercises/clam/"))
    assert page.evaluate("navigator.serviceWorker.controller") is None


def test_a_reader_who_saves_data_is_asked_and_can_remove_it_again(
    open_page: Open, host: Host
) -> None:
    visit = open_page(None, PHONE, java_script_enabled=True, keeps=True)
    page = visit.page
    page.add_init_script(
        "Object.defineProperty(navigator, 'connection', {value: {saveData: true, effectiveType: '4g'}})"
    )
    page.clock.install()
    page.goto(host.url("offline/"))
    page.clock.run_for(10_000)
    assert (
        page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0
    )
    button = page.get_by_role("button", name=re.compile(r"^Keep this site \(\d+ kB\)$"))
    button.click()
    expect(page.get_by_role("status")).to_have_text("This site is kept on this device.")
    page.get_by_role("button", name="Remove all that is kept").click()
    page.get_by_role("button", name="Yes, remove it").click()
    expect(page.get_by_role("status")).to_have_text("This site is not kept on this device.")
    assert page.evaluate(_CAUGHT) == []
    page.reload()
    page.clock.run_for(10_000)
    assert (
        page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0
    )
