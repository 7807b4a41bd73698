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

LARGEST_SQUARES = """([step, around]) => {
    const whole = document.querySelector('.kp-body').getBoundingClientRect();
    const first = (from, at) => from + Math.max(0, Math.floor((at - around.side - from) / step)) * step;
    const map = around ? new DOMRect(
        first(whole.left, around.x), first(whole.top, around.y), 2 * around.side, 2 * around.side) : whole;
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

Tried at every so many px, each way, of the whole map or of a square around a place; the square from the first to the last
point that leads there.
"""
FINE, COARSE = 2, 5
"""So many px: to measure how large a part is, and to find where it is."""
FINGER_PX = 24

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

EACH_POINTED_AT = f"""() => Object.fromEntries([...document.querySelectorAll('.kp-body a')]
    .map(link => [link.getAttribute('aria-label'), ({POINTED_AT})(link)]))"""
"""The same of every part, by its name."""

FILL = "e => getComputedStyle(e).fill"

RINGS = """() => [...document.querySelectorAll('.kp-body a')].map(link => {
    link.focus();
    const style = getComputedStyle(link.querySelector('.kp-body__shape'));
    const seen = link.querySelector('.kp-body__name').checkVisibility({ visibilityProperty: true, opacityProperty: true });
    return [link.getAttribute('aria-label'), style.stroke, parseFloat(style.strokeWidth), style.fill, seen];
})"""
"""Each part as it looks when it has the focus."""


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
    found = page.evaluate(LARGEST_SQUARES, [COARSE, None])[label]
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
    page = _open_map(kind, PHONE, open_page)
    found = page.evaluate(LARGEST_SQUARES, [COARSE, None])
    assert set(found) == {region.label for region in regions.values()}
    sides = {name: square["side"] for name, square in found.items()}
    for name, square in found.items():
        if square["side"] < FINGER_PX:  # points as far apart as these miss the ends of a square
            place = {**square, "side": FINGER_PX + COARSE}
            sides[name] = page.evaluate(LARGEST_SQUARES, [FINE, place])[name]["side"]
    assert {name: side for name, side in sides.items() if side < FINGER_PX} == {}


@pytest.mark.parametrize("size", [PHONE, TABLET, DESKTOP], ids=["phone", "tablet", "desk"])
def test_pointing_at_a_part_shows_its_name_and_fills_it(
    size: tuple[int, int], open_page: Open
) -> None:
    page = _open_map("body map", size, open_page)
    found = page.evaluate(LARGEST_SQUARES, [COARSE, None])
    assert len(found) == 22
    before = page.evaluate(EACH_POINTED_AT)
    assert [label for label, part in before.items() if part["seen"]] == []
    for label, square in found.items():
        page.mouse.move(square["x"], square["y"])
        all_parts = page.evaluate(EACH_POINTED_AT)
        after = all_parts[label]
        assert [name for name, part in all_parts.items() if part["seen"]] == [label]
        assert after["name"] == label
        assert after["fill"] != before[label]["fill"], label
        assert after["inside"], label


def test_the_part_one_has_reached_with_tab_has_a_ring(open_page: Open) -> None:
    page = open_page(MAPS["body map"], PHONE).page
    page.keyboard.press("Tab")
    for scheme, focus in (("light", "rgb(11, 87, 208)"), ("dark", "rgb(158, 197, 255)")):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # one of its words
        rings = page.evaluate(RINGS)
        assert len(rings) == 22
        for label, stroke, width, fill, seen in rings:
            assert stroke == focus, label
            assert width >= 3, label
            assert fill != stroke, label
            assert seen, label


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
