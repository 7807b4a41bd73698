"""All shades of a site come from one colour, and words stay readable in each of them."""

from __future__ import annotations

import re

import pytest

from kinopress.content.forms.settings.theme import COLOURS
from kinopress.engines.colours import DARK_PAPER, PAPER, contrast, readable, stylesheet

READABLE = 4.5
"""https://www.w3.org/TR/WCAG22/#contrast-minimum"""


def test_contrast_is_that_of_the_web_content_accessibility_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_a_colour_that_can_be_read_stays_as_it_is() -> None:
    assert readable("#1b5b57", PAPER, 6.5) == "#1b5b57"


@pytest.mark.parametrize("colour", [*COLOURS.values(), "#ffffff", "#000000", "#1b5b57"])
def test_every_colour_can_be_read_on_light_pages_and_on_dark_ones(colour: str) -> None:
    light, dark = stylesheet(colour).split("@media")
    for css, paper in ((light, PAPER), (dark, DARK_PAPER)):
        shade = dict(re.findall(r"--kp-([a-z-]+): (#[0-9a-f]{6});", css))
        assert contrast(shade["brand"], paper) >= READABLE
        assert contrast(shade["brand"], shade["brand-soft"]) >= READABLE
        assert contrast(shade["on-brand"], shade["brand"]) >= READABLE
        assert contrast(shade["link"], paper) >= READABLE
