"""axe-core on a page of each kind, as a reader meets it: by day and night, on a phone and a desk."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from .conftest import DESKTOP, KINDS, PHONE, Open

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(kind: str, open_page: Open) -> None:
    # axe is a script itself; a colour that is still changing would be measured half-way.
    page = open_page(KINDS[kind], java_script_enabled=True, reduced_motion="reduce").page
    # What is folded away is looked at too: the menu, the warning signs, the checks.
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    axe, found = Axe(), []
    for width, height in (PHONE, DESKTOP):
        page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            results = axe.run(page, options=OPTIONS).response
            assert len(results["passes"]) > 10
            found += [
                f"{width} px, {scheme}: {rule['id']}: {node['html'][:120]}: {node['failureSummary']}"
                for rule in results["violations"]
                for node in rule["nodes"]
            ]
    assert found == []


def test_axe_would_find_what_is_wrong(open_page: Open) -> None:
    page = open_page(KINDS["symptom"], java_script_enabled=True).page
    page.evaluate("document.querySelector('.kp-lead').style.color = '#bbb'")
    violations = Axe().run(page, options=OPTIONS).response["violations"]
    assert [rule["id"] for rule in violations] == ["color-contrast"]
