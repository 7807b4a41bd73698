"""The body map: which parts are drawn, how they are named, and where they lead."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kinopress.pages.parts.body.map import VIEWS
from kinopress.pages.parts.body.outlines import OUTLINES
from kinopress.pages.parts.body.shapes import HEIGHT, LEFT, SHAPES, TOP, WIDTH, Points
from support.command import type_in
from support.projects import page, small_project, write

Capture = pytest.CaptureFixture[str]


def _page(project: Path, capsys: Capture, path: str = "body/index.md") -> str:
    """A page as every site builder gets it."""
    plain = project.parent / "plain"
    assert type_in(capsys, "stage", plain, "--project", project).code == 0
    return (plain / "docs" / path).read_text("utf-8")


def _with_regions(folder: Path, *regions: str) -> Path:
    project = small_project(folder / "site-of-anna")
    write(project / "docs/data/regions.yml", "\n".join(regions) + "\n")
    return project


def _drawn(html: str) -> list[str]:
    """The names of the parts in the drawing."""
    return re.findall(r'<a [^>]*aria-label="([^"]*)"[^>]*class="kp-body__part"', html)


def _listed(html: str) -> list[str]:
    return re.findall(r'data-region="[^"]*"[^>]*>([^<]*)</a>', html)


def test_a_part_leads_to_its_page_on_both_sides_of_the_body(
    tmp_path: Path, capsys: Capture
) -> None:
    html = _page(small_project(tmp_path / "site"), capsys)
    assert _drawn(html) == ["Buttock"]
    part = re.findall(r'<a href="/body/buttock/"[^>]*class="kp-body__part".*?</a>', html)
    assert len(part) == 1
    assert part[0].count('class="kp-body__shape"') == 2
    assert ">Buttock</text>" in part[0]


def test_a_site_with_few_parts_shows_the_rest_as_plain_body(
    tmp_path: Path, capsys: Capture
) -> None:
    html = _page(
        _with_regions(
            tmp_path,
            "shin: {label: Shin, view: front}",
            "buttock: {label: Buttock, view: back}",
            "groin: {label: Groin, view: front}",
        ),
        capsys,
    )
    assert _drawn(html) == ["Shin", "Groin", "Buttock"]  # as in the file, front before back
    assert _listed(html) == ["Shin", "Groin", "Buttock"]
    assert html.count('class="kp-body__skin"') == 2


def test_a_part_the_drawing_does_not_know_stands_in_the_list_alone(
    tmp_path: Path, capsys: Capture
) -> None:
    html = _page(
        _with_regions(
            tmp_path,
            "buttock: {label: Buttock, view: back}",
            "elbow: {label: Elbow, view: back}",
            "calf: {label: Calf, view: front}",  # calves are drawn from behind
        ),
        capsys,
    )
    assert _drawn(html) == ["Buttock"]
    assert sorted(_listed(html)) == ["Buttock", "Calf", "Elbow"]
    assert html.count("<svg") == 1  # from the front there is nothing to point at


def test_a_site_whose_parts_are_all_unknown_has_the_list_and_no_drawing(
    tmp_path: Path, capsys: Capture
) -> None:
    project = _with_regions(
        tmp_path, "elbow: {label: Elbow, view: back}", "buttock: {label: Buttock, view: front}"
    )
    html = _page(project, capsys)
    assert _listed(html) == ["Buttock", "Elbow"]
    assert "<svg" not in html
    assert 'class="kp-body"' not in html


def test_a_name_with_signs_in_it_stays_a_name(tmp_path: Path, capsys: Capture) -> None:
    html = _page(_with_regions(tmp_path, "buttock: {label: '<b>\"Bum\" & co', view: back}"), capsys)
    assert 'aria-label="&lt;b&gt;&quot;Bum&quot; &amp; co"' in html
    assert "<b>" not in html


def test_the_page_of_a_part_marks_it_in_drawing_and_list(tmp_path: Path, capsys: Capture) -> None:
    project = _with_regions(
        tmp_path, "buttock: {label: Buttock, view: back}", "calf: {label: Calf, view: back}"
    )
    html = _page(project, capsys, "body/buttock.md")
    current = re.findall(r"<a [^>]*aria-current=[^>]*>", html)
    assert len(current) == 2
    assert all('href="/body/buttock/"' in link for link in current)


def test_a_page_of_the_coach_can_hold_the_map_and_the_search_field(
    tmp_path: Path, capsys: Capture
) -> None:
    project = small_project(tmp_path / "site")
    write(
        project / "docs/start.md",
        page("title: Start\ndescription: Begin.", "{{ find }}\n\n{{ body-map }}"),
    )
    html = _page(project, capsys, "start.md")
    assert html.index('role="search"') < html.index("<svg")
    assert _drawn(html) == ["Buttock"]


def test_the_map_is_one_line_so_that_no_engine_takes_it_apart(
    tmp_path: Path, capsys: Capture
) -> None:
    html = _page(small_project(tmp_path / "site"), capsys)
    line = next(line for line in html.splitlines() if "<svg" in line)
    assert line.startswith(
        "<div><a "
    )  # past the map, for whoever goes from part to part with the keyboard
    assert line.endswith("</div>")
    assert line.count("<div") == line.count("</div>") > 0
    assert "style=" not in line


_COMMON = "title: {}\ndescription: A symptom.\nregions: [buttock]\nsuspects: [gluteus-medius]\nred_flags: [not-settling]\nsources: [practice]"


@pytest.mark.parametrize("named", ["weak-glutes, numb-bum", "Weak glutes, Numb bum"])
def test_what_most_people_have_in_a_part_is_listed_first(
    named: str, tmp_path: Path, capsys: Capture
) -> None:
    project = _with_regions(tmp_path, f"buttock: {{label: Buttock, view: back, common: [{named}]}}")
    for slug, title in (("numb-bum", "Numb bum"), ("aching-bum", "Aching bum")):
        write(project / f"docs/symptoms/{slug}.md", page(_COMMON.format(title), "## What it is"))
    for path in ("body/buttock.md", "symptoms/index.md"):
        html = _page(project, capsys, path)
        places = [html.index(f"/symptoms/{slug}/") for slug in ("weak-glutes", "numb-bum")]
        assert sorted(places) == places, path
        assert html.index("/symptoms/aching-bum/") > places[1], path


@pytest.mark.parametrize("named", ["weak-gluts", "clam", "strength"])
def test_what_most_people_have_must_be_a_symptom(
    named: str, tmp_path: Path, capsys: Capture
) -> None:
    project = _with_regions(tmp_path, f"buttock: {{label: Buttock, view: back, common: [{named}]}}")
    done = type_in(capsys, "check", "--project", project)
    assert done.code == 1
    assert "docs/data/regions.yml:1: buttock.common: " in done.out + done.err
    assert "[tag-unknown]" in done.out + done.err


@pytest.mark.parametrize("view", VIEWS)
def test_every_part_lies_within_the_body_and_the_body_within_its_frame(view: str) -> None:
    half = OUTLINES[view]
    outline = [*half, *((-x, y) for x, y in reversed(half))]
    for key, shape in SHAPES[view].items():
        for x, y in shape.points:
            assert _inside(outline, x, y) or x == 0, (key, x, y)
    for points in [half, *(shape.margin for shape in SHAPES[view].values())]:
        for x, y in points:
            assert 0 <= x <= LEFT + WIDTH, (x, y)
            assert TOP <= y <= HEIGHT, (x, y)


def _inside(outline: Points, x: float, y: float) -> bool:
    """Whether a point lies within a polygon: a line from it to the right crosses the edge an odd number of times."""
    crossings = 0
    for (ax, ay), (bx, by) in zip(outline, [*outline[1:], outline[0]], strict=True):
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            crossings += 1
    return crossings % 2 == 1
