"""A pose file beside an exercise becomes a figure on its page, drawn once and kept."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from PIL import Image

from kinopress.cli.main import main
from kinopress.content.model.pages import Exercise
from kinopress.content.relations.step_frames import key_frames, without_a_step
from kinopress.figures import draw as door
from kinopress.finder.packing import LINE
from kinopress.privacy.walk import traces_of
from kinopress.project.drawings.figures import figure_digests, ready_figures
from kinopress.project.prepare import prepare
from kinopress.project.read import read_project
from support.own_project import own_library
from support.projects import small_project, write

POSES = """\
start: lie back
poses:
  bent: {floor: [back], R: {hip: {flex: 90}, knee: 90}}
  straight: {as: bent, R: {hip: {flex: 90}, knee: 30}}
film:
  - {pose: bent, hold: 1, say: Thigh straight up}
  - {pose: straight, move: 1, hold: 1, say: Straighten the knee, stretch: [hamstrings]}
"""
POSE_FILE = "exercises/clam.pose.yml"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = small_project(tmp_path_factory.mktemp("figures"))
    clam = (project / "exercises/clam.md").read_text("utf-8")
    lying = "  - prepare: Lie down.\n  - step: Open the top knee.\n"
    write(project / "exercises/clam.md", clam.replace("  - step: Open the top knee.\n", lying))
    write(project / POSE_FILE, POSES)
    assert prepare(project).report.errors == []
    return project


def page(project: Path) -> str:
    site = prepare(project).site
    assert site is not None
    return next(p.body for p in site.pages if p.path == "exercises/clam.md")


def test_the_page_shows_a_still_first_and_moves_only_for_whoever_asks(project: Path) -> None:
    shown = page(project)
    fold = shown.index('<details class="kp-moving">')
    assert fold < shown.index("Open the top knee.")
    moving = shown[fold : shown.index("</details>", fold)]
    summary, _, movement = moving.partition("</summary>")
    assert re.search(
        r'<img src="[^"]+/still-2\.svg" width="\d+" height="\d+" alt="Drawing: Clam">', summary
    )
    assert "Show the movement" in summary
    reduced = r'<source media="\(prefers-reduced-motion: reduce\)" srcset="[^"]+/sheet\.svg">'
    assert re.search(reduced, movement)
    assert re.search(r'<img src="[^"]+/moving\.svg" width="\d+" height="\d+"', movement)
    assert 'loading="lazy"' in movement
    assert "Dotted: is stretched" in shown
    assert "Striped" not in shown


def test_its_film_takes_as_long_as_its_scenes_say(project: Path) -> None:
    library, _ = read_project(project)
    figures, _ = ready_figures(project, library)
    figure = figures["clam"]
    film = (figure.folder / "moving.svg").read_text("utf-8")
    lengths = {float(found) for found in re.findall(r' dur="([\d.]+)s"', film)}
    assert lengths == {round(figure.length_s, 1)}
    assert [scene.say for scene in figure.scenes] == ["Thigh straight up", "Straighten the knee"]


def test_each_step_has_its_drawing_beside_it(project: Path) -> None:
    shown = page(project)
    steps = re.findall(r'<li class="kp-step[^>]*>.*?</li>', shown)
    assert [re.findall(r'still-\d[^>]*alt="([^"]*)"', step) for step in steps] == [
        ["Drawing 1 of 2: Thigh straight up"],
        ["Drawing 2 of 2: Straighten the knee"],
        [],
    ]
    assert ["kp-step--drawn" in step for step in steps] == [True, True, False]
    assert "kp-frames" not in shown


def test_drawings_that_no_step_has_are_above_the_steps_with_their_words(project: Path) -> None:
    path = project / "exercises/clam.md"
    before = path.read_text("utf-8")
    step = re.search(r"  - step: .*\n", before)
    assert step
    write(path, before.replace(step[0], f"{step[0]}    frame: 2\n"))
    try:
        shown = page(project)
        notes = [str(p) for p in read_project(project)[1] if p.code == "frame-unused"]
    finally:
        write(path, before)
    above = shown[shown.index('<ol class="kp-frames">') : shown.index('<ol class="kp-steps"')]
    assert above.count("<img") == 1
    assert '<li value="1">' in above
    assert "<span>Thigh straight up</span>" in above
    assert len(notes) == 1
    assert "drawing 1 of its figure belongs to no step" in notes[0]


def test_a_technique_shows_the_figure_of_the_exercise_it_names(project: Path) -> None:
    path = project / "docs/techniques/strength.md"
    before = path.read_text("utf-8")
    write(path, before.replace("family: strength", "family: strength\nshown_by: clam"))
    try:
        site = prepare(project).site
    finally:
        write(path, before)
    assert site is not None
    shown = next(p.body for p in site.pages if p.path == "techniques/strength.md")
    start = shown.index('<div class="kp-shown"><details class="kp-moving">')
    assert re.search(r'/moving\.svg"', shown[start:])
    assert ">Clam</a>.</p></div>" in shown[start:]


def test_a_card_shows_the_last_still_beside_its_title(project: Path) -> None:
    site = prepare(project).site
    assert site is not None
    listed = {p.path: p.body for p in site.pages}
    for path in ("muscles/gluteus-medius.md", "techniques/strength.md"):
        card = re.search(
            r'<li class="kp-card kp-card--exercise kp-card--drawn"[^>]*>.*?</li>', listed[path]
        )
        assert card, path
        found = re.search(
            r'<img src="[./]*(figures/[^"]+/still-2\.svg)" width="(\d+)" height="(\d+)" alt="" loading="lazy">'
            r'<a class="kp-card__title"',
            card[0],
        )
        assert found, card[0]
        drawing = site.files[found[1]].read_text("utf-8")
        assert f'viewBox="0 0 {found[2]} {found[3]}"' in drawing
    # On the first screen of the long list it comes within the page.
    within = re.findall(
        r'<img src="data:image/svg\+xml,([^"]*)" width', listed["exercises/index.md"]
    )
    assert [unquote(one) for one in within] == [drawing]


def test_a_card_without_a_figure_has_no_picture_and_no_room_for_one(tmp_path: Path) -> None:
    site = prepare(small_project(tmp_path)).site
    assert site is not None
    listed = next(p.body for p in site.pages if p.path == "exercises/index.md")
    assert re.search(
        r'<li class="kp-card kp-card--exercise"[^>]*><a class="kp-card__title"', listed
    )


def test_every_file_that_the_page_names_is_there_and_tells_nothing(project: Path) -> None:
    site = prepare(project).site
    assert site is not None
    named = set(re.findall(r"figures/[\w.-]+/[\w.-]+\.svg", page(project)))
    assert len(named) == 4
    assert named == {path for path in site.files if path.startswith("figures/clam-")}
    for path in named:
        assert traces_of(site.files[path], path) == []


def test_a_search_shows_the_last_still_where_there_is_no_film(project: Path) -> None:
    site = prepare(project).site
    assert site is not None
    index = json.loads(site.made["assets/finder/index.json"])
    (drawing,) = [words for words in index["films"].split(LINE) if words]
    assert drawing == "0"
    assert site.files["figures/clam.svg"].name == "still-2.svg"


@pytest.fixture
def addressed(project: Path) -> Iterator[Path]:
    """The same, with an address."""
    settings = project / "mkdocs.yml"
    before = settings.read_text("utf-8")
    settings.write_text(f"site_url: https://hips.example/\n{before}", "utf-8")
    yield project
    settings.write_text(before, "utf-8")


def test_a_page_asks_for_a_picture_by_its_whole_address_or_not_at_all(project: Path) -> None:
    site = prepare(project).site
    assert site is not None
    assert [p.path for p in site.pages if p.picture is not None] == []


def test_a_drawing_stands_for_its_page_where_that_is_shared(addressed: Path) -> None:
    site = prepare(addressed).site
    assert site is not None
    shared = {p.path: p.picture for p in site.pages if p.picture is not None}
    assert shared.keys() == {p.path for p in site.pages}
    colours = {}
    for path in ("exercises/clam.md", "techniques/strength.md"):
        picture = shared[path]
        file = site.files[picture.path]
        with Image.open(file) as opened:
            assert (opened.format, opened.size) == ("JPEG", (picture.width, picture.height))
            seen = opened.convert("RGB").crop((700, 100, 1100, 530))
            small = seen.resize((40, 43)).quantize(32).getcolors() or []
            colours[path] = sum(1 for count, _ in small if count > 3)
        assert file.stat().st_size <= 100_000
        assert traces_of(file, picture.path) == []
    # Skin, shirt, shorts, hair and mat; elsewhere only the site's own sign.
    assert colours["exercises/clam.md"] > 10
    assert shared["exercises/clam.md"].alt == "Clam"


def test_what_is_no_part_of_a_figure_is_found(project: Path, tmp_path: Path) -> None:
    site = prepare(project).site
    assert site is not None
    good = next(f.read_text("utf-8") for p, f in site.files.items() if p.endswith("moving.svg"))
    for bad in (
        good.replace("</title>", "</title><metadata>Anna</metadata>"),
        good.replace("<title>", "<!-- made at home --><title>"),
        good.replace('role="img"', 'role="img" data-place="53.2,-3.1"'),
        good.replace("<style>", "<style>@import url(http://example.org/a.css);"),
        good.replace("</svg>", '<image href="a.jpg"/></svg>'),
        good.replace("</svg>", ""),
    ):
        assert bad != good
        file = tmp_path / "moving.svg"
        file.write_text(bad, "utf-8")
        assert traces_of(file, "figures/clam/moving.svg")


def test_a_figure_is_drawn_once_and_anew_when_its_pose_changes(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(door, "draw", lambda motion, name: drawn.append(name))
    library, _ = read_project(project)
    figures, problems = ready_figures(project, library)
    assert drawn == []
    assert list(figures) == ["clam"]
    assert problems == []
    before = figure_digests(library)
    write(project / POSE_FILE, POSES.replace("knee: 30", "knee: 35"))
    try:
        changed, _ = read_project(project)
        assert figure_digests(changed).isdisjoint(before)
        assert ready_figures(project, changed, draw=False) == ({}, [])
    finally:
        write(project / POSE_FILE, POSES)


def test_an_exercise_that_is_renamed_has_the_drawing_that_another_computer_makes_of_it(
    project: Path, tmp_path: Path
) -> None:
    renamed = tmp_path / "renamed"
    shutil.copytree(project, renamed)
    for ending in (".md", ".pose.yml"):
        (renamed / f"exercises/clam{ending}").rename(renamed / f"exercises/side-clam{ending}")
    library, _ = read_project(renamed)
    # Every identifier in a drawing begins with the exercise's name: the one that is kept here shows the old one.
    assert ready_figures(renamed, library, draw=False) == ({}, [])
    before = set(figure_digests(read_project(project)[0]))
    assert figure_digests(library).isdisjoint(before)


def test_the_pose_of_a_draft_is_read_and_not_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "draw", lambda *_: pytest.fail("nobody sees it yet"))
    project = small_project(tmp_path)
    write(project / POSE_FILE, POSES.replace("knee: 90", "knee: 900"))
    clam = project / "exercises/clam.md"
    write(clam, clam.read_text("utf-8").replace("---\n", "---\ndraft: true\n", 1))
    library, report = read_project(project)
    assert [(p.path, p.code) for p in report.errors] == [(POSE_FILE, "pose-number")]
    write(project / POSE_FILE, POSES)
    library, report = read_project(project)
    assert ("exercise", "clam") in library.held and "clam" in library.motions
    assert ready_figures(project, library) == ({}, [])


def test_a_build_with_nothing_to_draw_asks_for_no_library_of_numbers_or_pictures(
    addressed: Path,
) -> None:
    assert prepare(addressed).report.errors == []
    program = (
        "import sys; from pathlib import Path; from kinopress.project.prepare import prepare;"
        "site = prepare(Path(sys.argv[1])).site;"
        "assert any(p.startswith('figures/') for p in site.files);"
        "assert all(page.picture for page in site.pages);"
        "loaded = {'numpy', 'contourpy', 'PIL', 'resvg_py', 'font_manrope'} & set(sys.modules);"
        "assert not loaded, loaded"
    )
    subprocess.run([sys.executable, "-c", program, str(addressed)], check=True)


def test_what_no_body_could_do_stops_a_build_and_is_said_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = small_project(tmp_path)
    wrong = "start: lie back\nposes:\n  only:\n    floor: [back]\n    touch: {R heel: crown}\nfilm:\n  - {pose: only, hold: 1}\n"
    write(project / POSE_FILE, wrong)
    prepared = prepare(project)
    assert prepared.site is None
    assert any(
        str(p).startswith(f"{POSE_FILE}:3: poses.only: ") and str(p).endswith("[figure-range]")
        for p in prepared.report.errors
    )
    with pytest.raises(SystemExit) as end:
        main(["figure", "clam", "--project", str(project)])
    assert end.value.code == 1
    said = capsys.readouterr().out
    assert "[figure-range]" in said
    assert "The moving picture: .kinopress/pictures/" in said


def test_who_leans_on_a_wall_needs_one(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    leaning = "start: stand\nposes:\n  only: {floor: [feet], wall: [R palm]}\nfilm:\n  - {pose: only, hold: 1}\n"
    write(project / POSE_FILE, leaning)
    assert [str(p) for p in read_project(project)[1].errors] == [
        f"{POSE_FILE}:3: poses.only.wall: there is no wall in the picture; add a line like things: [{{wall: 0.6}}] [pose-thing]"
    ]
    write(project / POSE_FILE, leaning.replace("poses:", "things: [{wall: 0.6}]\nposes:", 1))
    assert read_project(project)[1].errors == []


def test_a_figure_that_is_not_there_is_named_with_what_was_meant(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["figure", "clan", "--project", str(project)])
    assert end.value.code == 2
    assert "exercises/clan.pose.yml: there is no such pose file; did you mean clam?" in (
        capsys.readouterr().err
    )


def test_an_exercise_is_seen_from_six_sides_with_the_line_that_chooses_each(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["figure", "clam", "--views", "--project", str(project)])
    assert end.value.code == 0
    said = re.search(r"From six sides: (\S+)", capsys.readouterr().out)
    assert said
    drawing = (project / said[1]).read_text("utf-8")
    root = ElementTree.fromstring(drawing)  # noqa: S314 - our own drawing
    assert len(re.findall(r"<svg ", drawing)) == 7
    chosen = [e.text for e in root if e.tag.endswith("text")]
    assert len(set(chosen)) == 6
    assert "seen: {from: 90, high: 12}" in chosen
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", ["clam", "clam.md", "exercises/clam.pose.yml"])
def test_an_exercise_without_a_pose_file_is_told_which_to_write(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["figure", name, "--project", str(small_project(tmp_path))])
    assert end.value.code == 2
    assert f"{POSE_FILE}: this exercise has no pose file; write {POSE_FILE}, and" in (
        capsys.readouterr().err
    )


def test_every_exercise_of_this_site_has_a_pose_file() -> None:
    library = own_library()
    exercises = {slug for kind, slug in library.pages if kind == "exercise"}
    assert set(library.motions) == exercises
    for motion in library.motions.values():
        assert 2 <= sum(step.key for step in motion.film) <= 3
        assert all(step.say for step in motion.film if step.key)


def test_every_drawing_of_this_site_is_beside_a_step() -> None:
    library = own_library()
    for slug, motion in library.motions.items():
        page = library.pages["exercise", slug]
        assert isinstance(page, Exercise)
        assert without_a_step(page.steps, len(key_frames(motion))) == (), slug
        assert any(step.frame for step in page.steps), slug
