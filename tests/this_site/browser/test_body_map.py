"""The body map: where does it hurt? Pointed at, tapped or reached with Tab, with no script on the page."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from browser.fixtures import DESKTOP, PHONE, TABLET, Open
from browser.html_pages import HtmlPage, Tag
from browser.server import Served
from kinopress.content.model.shared import Region
from kinopress.content.read import read_library
from support.guide import ROOT

from .conftest import KINDS

MAPS = {"home": "", "body map": "body/", "find": "find/", "part of the body": "body/buttock/"}

LARGEST_SQUARES = """step => {
    const map = document.querySelector('.kp-body').getBoundingClientRect();
    const largest = {};
    let above = [];
    const names = new Map();
    for (let y = 0; y < Math.floor(map.height / step); y++) {
        const row = [];
        for (let x = 0; x < Math.floor(map.width / step); x++) {
            const at = [map.left + (x + 0.5) * step, map.top + (y + 0.5) * step];
            const hit = document.elementFromPoint(...at);
            if (!names.has(hit)) names.set(hit, hit?.closest('.kp-body a')?.getAttribute('aria-label'));
            const name = names.get(hit);
            const near = [row[x - 1], above[x], above[x - 1]].map(o => o && o.name === name ? o.points : 0);
            const points = name ? 1 + Math.min(...near) : 0;
            row.push({ name, points });
            const side = (points - 1) * step;
            if (side > (largest[name]?.side ?? 0)) {
                largest[name] = { side, x: at[0] - side / 2, y: at[1] - side / 2 };
            }
        }
        above = row;
    }
    return largest;
}"""
"""For each part the largest square in which every tap leads to it: its side and its middle, in CSS px.

Tried at every so many px, each way; the square from the first to the last point that leads there.
"""
FINE, COARSE = 2, 5
"""So many px: to measure how large a part is, and to find where it is."""

POINTED_AT = """link => {
    const name = link.querySelector('.kp-body__name'), words = name.getBoundingClientRect();
    const view = name.closest('svg').getBoundingClientRect();
    return {
        seen: name.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && words.width > 0,
        name: name.textContent,
        fill: getComputedStyle(link.querySelector('.kp-body__shape')).fill,
        inside: view.left <= words.left && words.right <= view.right && view.top <= words.top,
    };
}"""
"""Whether a part's name is to be seen, all of it within its drawing, and what fills the part."""

FILL = "e => getComputedStyle(e).fill"

RING = """() => {
    const shape = document.activeElement.querySelector('.kp-body__shape');
    const style = getComputedStyle(shape);
    return [style.stroke, parseFloat(style.strokeWidth), style.fill];
}"""


@pytest.fixture(scope="module")
def regions() -> dict[str, Region]:
    return dict(read_library(ROOT)[0].shared.regions)


def _in_order(regions: dict[str, Region]) -> list[tuple[str, str]]:
    """(key, label), front before back, as in the list."""
    return [
        (key, region.label)
        for view in ("front", "back")
        for key, region in regions.items()
        if region.view == view
    ]


def _open_map(kind: str, size: tuple[int, int], open_page: Open, **options: Any) -> Page:
    """A page whose whole map is in view, at the width of a phone, a tablet or a desk."""
    page = open_page(MAPS[kind], (size[0], 2000), **options).page
    page.evaluate(
        "window.scrollTo(0, document.querySelector('.kp-body').getBoundingClientRect().top + scrollY)"
    )
    return page


def _names(page: Page) -> list[str | None]:
    return [link.get_attribute("aria-label") for link in page.locator(".kp-body a").all()]


@pytest.mark.parametrize("kind", MAPS)
def test_tab_goes_through_the_parts_as_they_stand_in_the_list(
    kind: str, open_page: Open, regions: dict[str, Region]
) -> None:
    page = open_page(MAPS[kind], DESKTOP).page
    expected = [label for _, label in _in_order(regions)]
    assert len(expected) == 22
    assert page.locator(".kp-regions a").all_inner_texts() == expected
    reached: list[str] = []
    for _ in range(100):
        page.keyboard.press("Tab")
        name = page.evaluate(
            "document.activeElement.closest('.kp-body') && document.activeElement.getAttribute('aria-label')"
        )
        if name is None and reached:
            break
        if name is not None:
            reached.append(name)
    assert reached == expected


def test_each_part_is_named_and_leads_to_its_page_which_says_where_one_is(
    pages: dict[str, HtmlPage], regions: dict[str, Region]
) -> None:
    labels = {label for _, label in _in_order(regions)}
    for key, label in _in_order(regions):
        links = [tag for tag in _parts(pages[MAPS["body map"]], labels) if _name(tag) == label]
        assert [
            pages[MAPS["body map"]].resolve(str(tag.attributes["href"]))[0] for tag in links
        ] == [f"body/{key}/"]
        page = pages[f"body/{key}/"]
        assert label in page.h1[0]
        here = [tag for tag in _parts(page, labels) if "aria-current" in tag.attributes]
        assert [(_name(tag), tag.attributes["aria-current"]) for tag in here] == [(label, "page")]


def _name(tag: Tag) -> str | None:
    return tag.attributes.get("aria-label")


def _parts(page: HtmlPage, labels: set[str]) -> list[Tag]:
    """The links of the map: those of the list beside it need no label."""
    return [tag for tag in page.named("a") if _name(tag) in labels]


@pytest.mark.parametrize("label", ["Groin", "Calf"])
def test_the_keyboard_leads_to_a_part(
    label: str, open_page: Open, site: Served, regions: dict[str, Region]
) -> None:
    key = next(key for key, region in regions.items() if region.label == label)
    page = open_page(MAPS["body map"], PHONE).page
    page.locator(".kp-body").get_by_role("link", name=label, exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url(site.url(f"body/{key}/"))
    expect(page.locator("h1")).to_contain_text(label)


@pytest.mark.parametrize("label", ["Buttock", "Inner knee", "Achilles", "Side of hip"])
def test_a_tap_on_either_side_leads_to_the_part(
    label: str, open_page: Open, site: Served, regions: dict[str, Region]
) -> None:
    key, region = next((key, r) for key, r in regions.items() if r.label == label)
    page = _open_map("body map", PHONE, open_page, has_touch=True)
    found = page.evaluate(LARGEST_SQUARES, COARSE)[label]
    svg = page.locator(".kp-body svg").nth(["front", "back"].index(region.view)).bounding_box()
    assert svg is not None
    page.touchscreen.tap(found["x"], found["y"])
    page.wait_for_url(site.url(f"body/{key}/"))
    page = _open_map("body map", PHONE, open_page, has_touch=True)
    page.touchscreen.tap(2 * svg["x"] + svg["width"] - found["x"], found["y"])
    page.wait_for_url(site.url(f"body/{key}/"))


@pytest.mark.parametrize("kind", MAPS)
def test_each_part_holds_a_square_large_enough_for_a_finger(
    kind: str, open_page: Open, regions: dict[str, Region]
) -> None:
    found = _open_map(kind, PHONE, open_page).evaluate(LARGEST_SQUARES, FINE)
    assert set(found) == {region.label for region in regions.values()}
    assert {name: square["side"] for name, square in found.items() if square["side"] < 24} == {}


@pytest.mark.parametrize("size", [PHONE, TABLET, DESKTOP], ids=["phone", "tablet", "desk"])
def test_pointing_at_a_part_shows_its_name_and_fills_it(
    size: tuple[int, int], open_page: Open
) -> None:
    page = _open_map("body map", size, open_page)
    found = page.evaluate(LARGEST_SQUARES, COARSE)
    assert len(found) == 22
    for label, square in found.items():
        link = page.locator(f'.kp-body [aria-label="{label}"]')
        before = link.evaluate(POINTED_AT)
        assert not before["seen"], label
        page.mouse.move(square["x"], square["y"])
        after = link.evaluate(POINTED_AT)
        assert after["seen"], label
        assert after["name"] == label
        assert after["fill"] != before["fill"], label
        assert after["inside"], label
        page.mouse.move(0, 0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_part_one_has_reached_with_tab_has_a_ring(scheme: str, open_page: Open) -> None:
    page = open_page(MAPS["body map"], PHONE, color_scheme=scheme).page
    focus = {"light": "rgb(11, 87, 208)", "dark": "rgb(158, 197, 255)"}[scheme]
    page.keyboard.press("Tab")
    for label in _names(page):
        page.locator(f'.kp-body [aria-label="{label}"]').focus()
        stroke, width, fill = page.evaluate(RING)
        assert stroke == focus, label
        assert width >= 3, label
        assert fill != stroke, label
        assert page.locator(f'.kp-body [aria-label="{label}"] .kp-body__name').is_visible(), label


def test_the_parts_can_be_told_from_the_body_in_the_readers_own_colours(open_page: Open) -> None:
    page = open_page(KINDS["part of the body"], PHONE, forced_colors="active").page
    here = page.locator(".kp-body [aria-current] .kp-body__shape").first.evaluate(FILL)
    other = page.locator('.kp-body [aria-label="Calf"] .kp-body__shape').first.evaluate(FILL)
    line = page.locator('.kp-body [aria-label="Calf"] .kp-body__shape').first.evaluate(
        "e => getComputedStyle(e).stroke"
    )
    assert len({here, other, line}) == 3


def test_the_map_fits_on_a_sheet_of_paper_beside_its_list(open_page: Open) -> None:
    page = open_page(MAPS["body map"], DESKTOP, color_scheme="dark").page
    page.emulate_media(media="print", color_scheme="dark")
    box = page.locator(".kp-body").bounding_box()
    assert box is not None
    assert box["height"] < 900  # A4 is 1123 px high, its margins included
    skin = page.locator(".kp-body__skin").first.evaluate("e => getComputedStyle(e).fill")
    assert min(int(part) for part in skin.removeprefix("rgb(").removesuffix(")").split(",")) > 200
