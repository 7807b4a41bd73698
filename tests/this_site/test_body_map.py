"""The parts of the body that this site speaks of are those that can be drawn."""

from __future__ import annotations

from kinopress.pages.parts.body.map import VIEWS
from kinopress.pages.parts.body.shapes import SHAPES
from support.own_project import own_library


def test_every_part_of_the_body_on_this_site_is_drawn_on_its_side() -> None:
    regions = own_library().shared.regions
    for view in VIEWS:
        assert {key for key, region in regions.items() if region.view == view} == set(SHAPES[view])


def test_what_most_people_have_in_a_part_is_said_to_be_there() -> None:
    library = own_library()
    for key, region in library.shared.regions.items():
        here = {page.slug for page in library.symptoms if key in {one.text for one in page.regions}}
        assert {one.text for one in region.common} <= here, key
        # Where several are felt, the alphabet does not say which comes first.
        assert len(here) < 2 or region.common, key
