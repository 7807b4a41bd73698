"""Her site without a network: the way of a reader with a sore hip, in a gym without reception."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from browser.fixtures import PHONE, Open
from browser.server import Served

_MEGABYTES_MAX = 3.0
_KEPT = """
async () => {
  while ((await navigator.serviceWorker.getRegistration())?.active?.state !== "activated")
    await new Promise((done) => setTimeout(done, 50));
}
"""


def test_a_reader_without_reception_searches_follows_an_exercise_ticks_a_day_and_sees_a_kept_film(
    open_page: Open, site: Served
) -> None:
    visit = open_page("", PHONE, java_script_enabled=True, keeps=True)
    page = visit.page
    page.evaluate(_KEPT)
    page.goto(site.url("videos/figure-four-stretch/"))
    page.get_by_role("button", name=re.compile(r"^Keep for offline \(\d+ kB\)$")).click()
    expect(page.locator("kp-film").get_by_role("status")).to_have_text(
        "This film is kept on this device."
    )
    visit.context.set_offline(True)
    asked = len(site.asked)

    page.goto(site.url())
    search = page.locator("main input[type=search]").first
    search.fill("deep buttock pain when sitting")
    expect(page.get_by_role("option").first).to_contain_text("Deep buttock pain")
    search.press("Enter")
    page.locator("[data-kp-results] a[href*='symptoms/']").first.click()
    expect(page).to_have_url(re.compile("symptoms/deep-buttock-pain/"))
    page.locator("main a[href*='exercises/']").first.click()
    expect(page).to_have_url(re.compile("exercises/"))
    page.locator("kp-follow").first.click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()

    page.goto(site.url("plans/deep-buttock-pain-14/"))
    page.get_by_role("button", name="Start the plan").click()
    page.get_by_role("checkbox").first.check()
    page.reload()
    expect(page.get_by_role("checkbox").first).to_be_checked()

    page.goto(site.url("videos/figure-four-stretch/"))
    expect(page.locator("kp-film").get_by_role("status")).to_be_visible()
    at = page.evaluate(
        """async () => {
          const film = document.querySelector("video");
          film.muted = true;
          await film.play();
          film.currentTime = film.duration - 2;
          await new Promise((done) => (film.onseeked = done));
          return [film.currentSrc.endsWith("?kept"), film.duration - film.currentTime];
        }"""
    )
    assert at[0] and at[1] < 3
    assert {one.path for one in site.asked[asked:]} <= {"/sw.js"}


def test_what_is_fetched_to_keep_the_site_is_small(site: Served) -> None:
    first = (site.folder / "sw.js").read_text("utf-8").partition("\n")[0]
    found = re.search(r"BYTES=(\d+)", first)
    assert found and 1.0 < int(found[1]) / 1e6 <= _MEGABYTES_MAX
