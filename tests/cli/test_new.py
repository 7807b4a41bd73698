"""``kinopress new``: the page it writes is right from the first line, whatever the title."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from kinopress.content.forms.pages import FORMS
from kinopress.content.forms.placeholders import (
    IN_FIELDS,
    IN_TEXT,
    Unfilled,
    left_in_text,
    take_out,
)
from kinopress.content.forms.scalars import Choice
from kinopress.content.model.kinds import KINDS as ROWS
from kinopress.content.model.nodes import Fields, Items, Text
from kinopress.content.read import read_library
from kinopress.content.source.document import read_document
from kinopress.figures.draw import draw, solve
from kinopress.figures.pose import STARTS
from kinopress.pages.render import render_site
from kinopress.project.new.poses import new_poses
from kinopress.project.new.templates import new_page
from kinopress.project.read import read_project
from support.command import files_no_larger_than, start, type_in
from support.projects import contents, page, small_project, write

KINDS = {
    "article": "docs/articles",
    "exercise": "exercises",
    "plan": "docs/plans",
    "video": "videos",
    "muscle": "docs/muscles",
    "symptom": "docs/symptoms",
    "technique": "docs/techniques",
    "page": "docs",
}
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return small_project(tmp_path / "site")


@pytest.mark.parametrize(("kind", "folder"), KINDS.items())
def test_a_new_page_is_a_draft_in_its_folder_that_the_check_accepts(
    kind: str, folder: str, project: Path, capsys: Capture
) -> None:
    answer = type_in(capsys, "new", kind, "Bird dog & co", "--project", project)
    assert answer.code == 0
    assert answer.out.startswith(f"Written: {folder}/bird-dog-co.md\n")
    checked = type_in(capsys, "check", "--json", "--project", project)
    assert checked.code == 0
    assert set(checked.codes) <= {"film-missing", "text-placeholder"}
    assert checked.json["counts"]["held"] == 1


@pytest.mark.parametrize(("kind", "folder"), KINDS.items())
def test_the_remarks_of_an_empty_page_may_stay_when_its_lines_are_used(
    kind: str, folder: str, project: Path, capsys: Capture
) -> None:
    type_in(capsys, "new", kind, "Bird dog", "--project", project)
    file = project / folder / "bird-dog.md"
    text = file.read_text("utf-8")
    write(file, re.sub(r"^( *)# (?=[a-z_]+: )", r"\1", text, flags=re.MULTILINE))
    assert "text-remark" not in type_in(capsys, "check", "--json", "--project", project).codes
    write(file, file.read_text("utf-8").replace("title:", "title: Hips # a start\n#", 1))
    assert "text-remark" in type_in(capsys, "check", "--json", "--project", project).codes


def test_the_days_of_an_empty_plan_suit_an_exercise_of_three_days_a_week_of_every_family(
    project: Path, capsys: Capture
) -> None:
    families = FORMS["technique"].fields["family"].read
    assert isinstance(families, Choice)
    for name in families.names:
        front = f"title: All {name}\ndescription: A way.\nfamily: {name}\nsources: [practice]"
        write(project / f"docs/techniques/all-{name}.md", page(front, "Words."))
        clam = (project / "exercises/clam.md").read_text("utf-8")
        clam = re.sub(r"(?m)^tags: .*", f"tags: [all-{name}]", clam)
        clam = re.sub(r"(?m)^dosage: .*", "dosage: {sets: 1, reps: 5, days_per_week: 3}", clam)
        clam = re.sub(r"(?m)^title: .*", f"title: Clam {name}", clam)
        assert f"all-{name}" in clam
        assert "days_per_week: 3" in clam
        write(project / f"exercises/clam-{name}.md", clam)
    type_in(capsys, "new", "plan", "Bird dog", "--project", project)
    file = project / "docs/plans/bird-dog.md"
    named = "\n    - ".join(f"clam-{name}" for name in families.names)
    text = re.sub(r"(?m)^(    - ).*", rf"\g<1>{named}", file.read_text("utf-8"), count=1)
    write(file, text)
    codes = type_in(capsys, "check", "--json", "--project", project).codes
    wrong = {"plan-too-often", "plan-strength-close", "plan-progress-early", "exercise-unknown"}
    assert not {*codes} & {*wrong, "plan-progress-condition", "tag-unknown", "exercise-too-often"}
    daily = text.replace("2: {also: A walk is fine.}", "2: {do: [strong-1]}")
    write(file, daily)
    codes = type_in(capsys, "check", "--json", "--project", project).codes
    assert {"plan-too-often", "plan-strength-close"} <= {*codes}


@pytest.mark.parametrize("title", ["Con", "NUL", "com1"])
def test_a_page_never_has_a_name_that_windows_keeps_for_itself(
    title: str, project: Path, capsys: Capture
) -> None:
    answer = type_in(capsys, "new", "article", title, "--project", project)
    assert answer.out.startswith(f"Written: docs/articles/{title.casefold()}-1.md\n")


def _without_draft(file: Path) -> None:
    lines = file.read_text("utf-8").splitlines(keepends=True)
    write(file, "".join(line for line in lines if not line.startswith("draft:")))


@pytest.mark.parametrize(("kind", "folder"), KINDS.items())
def test_nothing_of_an_empty_page_is_ever_published(
    kind: str, folder: str, project: Path, capsys: Capture
) -> None:
    type_in(capsys, "new", kind, "Bird dog", "--project", project)
    file = project / folder / "bird-dog.md"
    draft = type_in(capsys, "check", "--json", "--project", project).json["problems"]
    notes = [p for p in draft if p["code"] == "text-placeholder"]
    assert {p["severity"] for p in notes} == {"note"}
    _without_draft(file)
    (project / "videos/bird-dog.mp4").write_bytes(
        b"no film, which is said of the file, not of the page"
    )
    checked = type_in(capsys, "check", "--json", "--project", project)
    page = file.relative_to(project).as_posix()
    errors = [p for p in checked.json["problems"] if p["severity"] == "error" and p["path"] == page]
    assert checked.code == 1
    assert {p["code"] for p in errors} == {"text-placeholder"}
    assert [p["field"] for p in errors] == [p["field"] for p in notes]
    lines = file.read_text("utf-8").splitlines()
    for error in errors:  # once its line is gone, nothing is said of it any more
        assert lines[error["line"] - 1].strip()


@pytest.mark.parametrize(("kind", "folder"), KINDS.items())
def test_no_empty_page_carries_a_real_tag_or_source(
    kind: str, folder: str, project: Path, capsys: Capture
) -> None:
    for name in ("references", "regions", "red_flags", "tests"):
        write(project / f"docs/data/{name}.yml", "")
    for file in (*project.glob("docs/*/*.md"), *project.glob("exercises/*.md")):
        file.unlink()
    type_in(capsys, "new", kind, "Bird dog", "--project", project)
    checked = type_in(capsys, "check", "--json", "--project", project)
    assert set(checked.codes) <= {"film-missing", "text-placeholder"}
    assert checked.code == 0
    document, _ = read_document(project / folder / "bird-dog.md", "bird-dog.md")
    front, _, _ = take_out(document.front)
    named = {"tags", "sources", "for", "not_for", "tests", "regions", "suspects", "techniques"}
    named |= {"red_flags", "level", "dosage", "steps", "actions", "kind", "family", "alt"}
    left = {name: front.entries[name] for name in named & set(front.entries)}
    assert all(isinstance(node, Items) and node.items == [] for node in left.values()), left


def test_the_preview_shows_every_kind_of_empty_page(project: Path, capsys: Capture) -> None:
    for kind in KINDS:
        type_in(capsys, "new", kind, "Bird", kind, "--project", project)
    library, report = read_project(project, show_held=True)
    assert report.errors == []
    shown = {page.path: page.text for page in render_site(library, {}, project).pages}
    empty = {path: text for path, text in shown.items() if "bird-" in path}
    assert len(empty) == len(KINDS)
    assert all(f"# Bird {kind}" in "".join(empty.values()) for kind in KINDS)
    assert not [path for path, text in empty.items() if "None" in text]


@pytest.mark.parametrize("words", [*IN_FIELDS.values(), *IN_TEXT.values()])
def test_each_blank_stands_in_a_page_and_is_known_however_it_is_changed_a_little(
    words: str,
) -> None:
    pages = "".join(new_page(kind, '"T"', dt.date(2026, 1, 1)) for kind in ROWS)
    assert words in pages
    first = words.partition(". ")[0].rstrip(".") + "."
    for changed in (words, words.upper(), f"  {words.replace(' ', '  ')}", f"{first} And mine."):
        if words in IN_TEXT.values():
            lines = f"Mine.\n\n- {changed.replace(' of ', chr(10) + 'of ')}\n"
            assert [left.line for left in left_in_text(lines, 1)] == [3]
        else:
            _, gone, left = take_out(Fields(1, {"alt": Text(2, changed, "text")}, {"alt": 2}))
            assert (gone, left) == ({"alt"}, [Unfilled(2, "alt")])


@pytest.mark.parametrize(
    "words",
    ["You can write here what hurts.", "Film what it does when you run.", "Say what to do next."],
)
def test_a_coachs_own_words_are_never_taken_for_a_blank(words: str) -> None:
    assert list(left_in_text(words, 1)) == []
    assert take_out(Fields(1, {"alt": Text(2, words, "text")}, {"alt": 2}))[2] == []


def test_a_title_needs_no_quotes(project: Path, capsys: Capture) -> None:
    words = ["Your", "first", "hill", "week"]
    assert type_in(capsys, "new", "article", *words, "--project", project).code == 0
    assert "Your first hill week" in (project / "docs/articles/your-first-hill-week.md").read_text()


def test_the_first_page_can_be_made_and_a_list_cannot(project: Path, capsys: Capture) -> None:
    (project / "docs/index.md").unlink()
    assert type_in(capsys, "check", "--json", "--project", project).codes == ["home-missing"]
    assert type_in(capsys, "new", "page", "Index", "--project", project).code == 0
    assert (project / "docs/index.md").is_file()
    assert type_in(capsys, "new", "page", "Exercises", "--project", project).code == 2


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("Hips: a start", "Hips: a start"),
        ('The "lazy" glute', 'The "lazy" glute'),
        ("It's a back\\slash", "It's a back\\slash"),
        ("# not a heading", "# not a heading"),
        ("[[clam]] and {{ video x }}", "[[clam]] and {{ video x }}"),
        ("@you & *me* 20 % !", "@you & *me* 20 % !"),
        ("Ŵyneb â'r llawr", "Ŵyneb â'r llawr"),
        ("A leg 🦵 day", "A leg 🦵 day"),
        ("  too   many spaces ", "too many spaces"),
        ("two\nlines", "two lines"),
        ("a bell \x07 rings", "a bell rings"),
        ("half a letter \udcff", "half a letter"),
        ("true", "true"),
        ("2026 goals", "2026 goals"),
        ("word " * 24, " ".join(["word"] * 24)),
    ],
)
def test_an_odd_title_stands_on_the_page_as_it_was_meant(
    typed: str, title: str, project: Path, capsys: Capture
) -> None:
    answer = type_in(capsys, "new", "article", "--project", project, "--", typed)
    path = answer.out.splitlines()[0].removeprefix("Written: ")
    document, problems = read_document(project / path, path)
    written = document.front.entries["title"]
    assert isinstance(written, Text)
    assert (answer.code, written.text, problems) == (0, title, [])
    checked = type_in(capsys, "check", "--json", "--project", project)
    # A title is shown as it is written: check asks whether signs in it were meant as Markdown.
    has_marks = any(mark in typed for mark in ("# ", "[[", "*me*"))
    asked = {"text-placeholder", "mark-unread"} if has_marks else {"text-placeholder"}
    assert (checked.code, set(checked.codes)) == (0, asked)


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("", "title-empty"),
        ("???", "title-empty"),
        ("🦵", "title-empty"),
        ("Упражнение", "title-empty"),
        ("2026", "title-empty"),
        ("10:30", "title-empty"),
        ("Hip " * 31, "title-long"),
        ("Index", "name-taken"),
    ],
)
def test_a_title_no_page_can_have_is_refused_and_nothing_is_written(
    title: str, code: str, project: Path, capsys: Capture
) -> None:
    before = contents(project)
    answer = type_in(capsys, "new", "article", title, "--project", project)
    assert answer.code == 2
    assert answer.err.rstrip().endswith(f"[{code}]")
    assert contents(project) == before


@pytest.mark.parametrize(("kind", "folder"), KINDS.items())
def test_a_page_that_is_there_is_never_written_over(
    kind: str, folder: str, project: Path, capsys: Capture
) -> None:
    write(project / folder / "mine.md", page("title: Mine", "Words I wrote."))
    before = contents(project)
    answer = type_in(capsys, "new", kind, "Mine", "--project", project)
    assert answer.code == 2
    assert answer.err.startswith(f"{folder}/mine.md: this page already exists; ")
    assert contents(project) == before


def test_not_even_a_page_that_appears_in_the_same_moment(
    project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kinopress.project.new.page._taken", lambda *_: None)
    before = contents(project)
    assert type_in(capsys, "new", "exercise", "Clam", "--project", project).code == 3
    assert contents(project) == before


def test_a_symptom_cannot_take_the_name_of_a_muscle(project: Path, capsys: Capture) -> None:
    answer = type_in(capsys, "new", "symptom", "Piriformis", "--project", project)
    assert answer.code == 2
    assert answer.err.startswith("docs/muscles/piriformis.md: this page already exists")
    assert not (project / "docs/symptoms/piriformis.md").exists()


def test_a_full_disk_leaves_no_half_page_behind(project: Path) -> None:
    answer = start("new", "exercise", "Bird dog", cwd=project, before=files_no_larger_than(100))
    assert answer.code == 3
    assert answer.err.rstrip().endswith("[cannot-write]")
    assert not (project / "exercises/bird-dog.md").exists()
    assert start("new", "exercise", "Bird dog", cwd=project).code == 0


@pytest.mark.parametrize("begins", STARTS)
def test_a_new_exercise_has_a_pose_file_if_asked_that_any_body_could_do(
    begins: str, project: Path, capsys: Capture
) -> None:
    answer = type_in(capsys, "new", "exercise", "Bird dog", "--pose", begins, "--project", project)
    assert answer.code == 0
    assert "Written: exercises/bird-dog.md and exercises/bird-dog.pose.yml\n" in answer.out
    assert "Draw its figure with: kinopress figure bird-dog\n" in answer.out
    library, report = read_library(project, show_held=True)
    assert {p.code for p in report} <= {"text-placeholder"}
    motion = library.motions["bird-dog"]
    assert motion.start == begins
    assert draw(motion, "bird-dog").findings == ()


def test_who_begins_from_sitting_sits_upright_with_a_foot_on_the_floor(project: Path) -> None:
    write(project / "exercises/clam.pose.yml", new_poses("sit"))
    library, _ = read_library(project, show_held=True)
    poses, _ = solve(library.motions["clam"])
    for name in ("ready", "move"):
        bent = poses.solver.bend(poses.solved[name].q[None])
        seat, neck = (bent[bone][2][0] for bone in ("pelvis", "neck"))
        assert abs(neck[0] - seat[0]) < 0.35 * (neck[1] - seat[1])  # 20 degrees
        assert abs(poses.body.at(bent, "L heel")[0][1]) < 0.03


def test_the_words_of_an_empty_pose_file_stop_a_page_that_is_no_draft(
    project: Path, capsys: Capture
) -> None:
    write(project / "exercises/clam.pose.yml", new_poses("lie left"))
    answer = type_in(capsys, "check", "--project", project)
    assert answer.code == 1
    assert (
        "exercises/clam.pose.yml:12: film.say: this still says what the empty page said"
        in answer.out
    )


def test_a_pose_file_is_written_for_an_exercise_only_and_over_nothing(
    project: Path, capsys: Capture
) -> None:
    pose = ("--pose", "stand", "--project", project)
    answer = type_in(capsys, "new", "plan", "Calm calves", *pose)
    assert answer.code == 2
    assert "only an exercise has a figure: leave out --pose" in answer.err
    write(project / "exercises/bird-dog.pose.yml", "start: stand\n")
    before = contents(project)
    answer = type_in(capsys, "new", "exercise", "Bird dog", *pose)
    assert answer.code == 2
    assert "exercises/bird-dog.pose.yml: this page already exists" in answer.err
    assert contents(project) == before


def test_a_film_that_is_there_already_is_not_asked_for(project: Path, capsys: Capture) -> None:
    write(project / "videos/old-phone.3gp", "a film")
    said = type_in(capsys, "new", "video", "Old phone", "--project", project).out
    assert "Its film is there: videos/old-phone.3gp." in said
    assert "Put the film" not in said


def test_a_kind_that_is_mistyped_is_guessed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = small_project(tmp_path)
    answer = type_in(capsys, "new", "exercice", "Bird dog", "--project", project)
    assert answer.code == 2
    assert "the nearest is “exercise”" in answer.err
    assert not (project / "exercises/bird-dog.md").exists()
