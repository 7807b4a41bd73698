"""``kinopress video``: films come in, are made ready, are looked at and tidied up after."""

from __future__ import annotations

import concurrent.futures
import functools
import json
import os
import pty
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from kinopress.cli.terminal.completing import completions
from kinopress.cli.terminal.progress import Bar, Events, Lines, size_words
from kinopress.cli.verbs import kinopress
from kinopress.cli.video.group import VERBS
from kinopress.project.films import add as film_add
from kinopress.project.films import encode as films
from kinopress.project.films.made import prune
from kinopress.project.folder import only_run
from kinopress.project.telling import timed
from kinopress.system.lock import hold
from kinopress.video.recipe.estimate import Estimate
from support.command import HANGS_S, Answer, start, type_in
from support.guide import command_lines, in_code, section, table
from support.projects import contents, small_project, write
from support.small_films import film_page, make_film

Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def camera(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film as a phone writes it: it knows where it was made."""
    file = tmp_path_factory.mktemp("camera") / "IMG_0412.MOV"
    return make_film(
        file, "-metadata", "location=+52.9700-003.1700/", "-movflags", "use_metadata_tags"
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return small_project(tmp_path / "site-of-anna")


@pytest.fixture
def with_film(project: Path, camera: Path) -> Path:
    """A project with one film and its page."""
    shutil.copy(camera, project / "videos/hip.mov")
    film_page(project, "hip")
    return project


@pytest.fixture(scope="module")
def encoded_before(tmp_path_factory: pytest.TempPathFactory, camera: Path) -> Path:
    """The web videos of that film."""
    project = small_project(tmp_path_factory.mktemp("encoded") / "site")
    shutil.copy(camera, project / "videos/hip.mov")
    film_page(project, "hip")
    assert start("video", "encode", "hip", cwd=project).code == 0
    return project / ".kinopress/media"


@pytest.fixture
def encoded(with_film: Path, encoded_before: Path, capsys: Capture) -> Path:
    """The project after its film was encoded; this run finds it and makes nothing."""
    shutil.copytree(encoded_before, with_film / ".kinopress/media")
    before = contents(encoded_before)
    assert type_in(capsys, "video", "encode", "hip", "--project", with_film).code == 0
    assert contents(with_film / ".kinopress/media").keys() == before.keys()
    return with_film


def _events(answer: Answer) -> list[dict[str, object]]:
    return [json.loads(line) for line in answer.out.splitlines()]


def _films(capsys: Capture, project: Path) -> dict[str, dict[str, object]]:
    answer = type_in(capsys, "video", "list", "--json", "--project", project)
    return {film["slug"]: film for film in answer.json["films"]}


# The guide


@pytest.mark.parametrize("verb", VERBS)
def test_the_guide_holds_every_option_and_an_example(verb: str) -> None:
    group = kinopress.get_command(click.Context(kinopress), "video")
    assert isinstance(group, click.Group)
    command = group.get_command(click.Context(group), verb)
    assert command is not None and command.help is not None
    told = {in_code(row[0])[0].split()[0] for row in table(f"kinopress video {verb}")}
    assert told == {o for p in command.params if isinstance(p, click.Option) for o in p.opts}
    example = f"kinopress video {verb}"
    assert any(line.startswith(example) and line in section(example) for line in command_lines())
    assert example in command.help.partition("Example:")[2]


# Adding


def test_adding_copies_the_film_and_writes_a_page_that_is_published(
    project: Path, camera: Path, capsys: Capture
) -> None:
    words = ("--title", "Hip circles", "--tags", "stretch, PIRIFORMIS", "--project", project)
    words += ("--description", "Slow circles of one hip.", "--alt", "A hip moves.")
    before = contents(camera.parent)
    answer = type_in(capsys, "video", "add", camera, *words)
    assert answer.code == 0, answer.err
    assert (project / "videos/hip-circles.mov").read_bytes() == camera.read_bytes()
    assert contents(camera.parent) == before
    checked = type_in(capsys, "check", "--json", "--project", project)
    assert (checked.code, checked.codes, checked.json["counts"]["videos"]) == (0, [], 1)
    assert checked.json["counts"]["held"] == 0
    assert "Readers will see it after the next build" in answer.out


def test_a_page_with_sentences_nobody_wrote_is_a_draft(
    project: Path, camera: Path, capsys: Capture
) -> None:
    words = ("--title", "Hip", "--tags", "stretch", "--alt", "A hip.", "--project", project)
    answer = type_in(capsys, "video", "add", camera, *words)
    assert "It is a draft: write description there" in answer.out
    checked = type_in(capsys, "check", "--json", "--project", project)
    assert (checked.code, checked.json["counts"]["held"]) == (0, 1)
    file = project / "videos/hip.md"
    write(file, re.sub(r"(?m)^draft:.*\n", "", file.read_text("utf-8")))
    checked = type_in(capsys, "check", "--json", "--project", project)
    assert (checked.code, set(checked.codes)) == (1, {"text-placeholder"})


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (
            "3/12/2026",
            "can be two days; write 2026-12-03 for 3 December, or 2026-03-12 for 12 March",
        ),
        ("31/11/2026", "there is no day “31/11/2026”"),
        ("next week", "is not written as a date; write it like "),
    ],
)
def test_a_day_that_means_none_or_two_is_answered_with_the_right_form(
    day: str, said: str, project: Path, camera: Path, capsys: Capture
) -> None:
    words = ("--title", "Hip", "--tags", "stretch", "--date", day, "--project", project)
    answer = type_in(capsys, "video", "add", camera, *words)
    assert answer.code == 2
    assert said in answer.err
    assert not (project / "videos/hip.md").exists()


def test_a_page_for_a_day_to_come_says_when_readers_see_it(
    project: Path, camera: Path, capsys: Capture
) -> None:
    words = ("--title", "Hip", "--tags", "stretch", "--description", "A.", "--alt", "B.")
    words += ("--date", "2099-12-03", "--project", project)
    said = type_in(capsys, "video", "add", camera, *words).out
    assert "from the first build on 3 December 2099 or later" in said


def test_adding_never_writes_over_anything(project: Path, camera: Path, capsys: Capture) -> None:
    write(project / "videos/hip.md", "mine")
    (project / "videos/hip.mp4").write_bytes(b"mine")
    before = contents(project)
    words = ("--title", "Hip", "--tags", "stretch", "--project", project)
    answer = type_in(capsys, "video", "add", camera, *words)
    assert answer.code == 2
    assert re.findall(r"\[(.+)\]$", answer.err, re.MULTILINE) == ["page-exists", "film-exists"]
    assert contents(project) == before


def test_a_page_that_was_begun_gets_its_film_and_what_is_said_of_it(
    project: Path, camera: Path, capsys: Capture
) -> None:
    begun = type_in(capsys, "new", "video", "Hip circles", "--project", project)
    assert 'kinopress add FILE --title "Hip circles"' in begun.out
    words = ("--title", "Hip circles", "--tags", "stretch", "--description", "Round and *round*.")
    words += ("--alt", "A hip moves.", "--date", "2099-12-03", "--project", project)
    answer = type_in(capsys, "add", camera, *words)
    assert answer.code == 0, answer.err
    assert "Its page was there: videos/hip-circles.md" in answer.out
    assert (project / "videos/hip-circles.mov").read_bytes() == camera.read_bytes()
    page = (project / "videos/hip-circles.md").read_text("utf-8")
    assert "draft:" not in page
    assert "date: 2099-12-03\n" in page
    assert "tags: [stretch]\n" in page
    assert page.endswith("---\n\nRound and \\*round\\*.\n")
    assert type_in(capsys, "check", "--project", project).code == 0


def test_what_was_written_before_the_film_came_stays_to_the_byte(
    project: Path, camera: Path, capsys: Capture
) -> None:
    type_in(capsys, "new", "video", "Hip circles", "--date", "2099-12-03", "--project", project)
    file = project / "videos/hip-circles.md"
    hers = re.sub("(?m)^alt: .*$", "alt:   My own words.   # mine", file.read_text("utf-8"))
    file.write_bytes(hers.replace("\n", "\r\n").encode())
    words = ("--title", "Hip circles", "--tags", "stretch", "--description", "Round.")
    answer = type_in(capsys, "add", camera, *words, "--alt", "Others.", "--project", project)
    assert answer.code == 0, answer.err
    assert "remove its draft line" in answer.out
    after = file.read_bytes().decode()
    assert "alt:   My own words.   # mine\r\n" in after
    assert "date: 2099-12-03\r\n" in after
    assert "draft: true" in after, "the line in a page somebody has written in is hers to remove"
    assert "description: Round.\r\n" in after
    assert "\n" not in after.replace("\r\n", "")


def test_only_what_a_begun_page_leaves_blank_is_asked(
    project: Path, camera: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in(capsys, "new", "video", "Hip circles", "--project", project)
    file = project / "videos/hip-circles.md"
    hers = re.sub("(?m)^tags: .*$", "tags: [stretch]", file.read_text("utf-8"))
    file.write_text(re.sub("(?m)^description: .*$", "description: Round.", hers), "utf-8")
    answers = ["Hip circles", "A hip moves."]
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: answers.pop(0))
    answer = type_in(capsys, "add", camera, "--project", project)
    assert (answer.code, answers) == (0, []), answer.err
    assert "alt: A hip moves." in file.read_text("utf-8")


def test_a_page_of_whose_film_there_is_another_copy_is_not_given_a_second(
    project: Path, camera: Path, capsys: Capture
) -> None:
    type_in(capsys, "new", "video", "Hip", "--project", project)
    shutil.copy(camera, project / "videos/hip.mp4")
    before = contents(project)
    words = ("--title", "Hip", "--tags", "stretch", "--project", project)
    answer = type_in(capsys, "video", "add", camera, *words)
    assert re.findall(r"\[(.+)\]$", answer.err, re.MULTILINE) == ["page-exists", "film-exists"]
    assert contents(project) == before


def test_not_even_over_a_film_that_comes_in_the_same_moment(
    project: Path, camera: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "videos/hip.mov").write_bytes(b"mine")
    monkeypatch.setattr(film_add, "_taken", lambda *_, **__: [])
    before = contents(project)
    words = ("--title", "Hip", "--tags", "stretch", "--project", project)
    answer = type_in(capsys, "video", "add", camera, *words)
    assert (answer.code, answer.err.rstrip().endswith("[cannot-write]")) == (3, True)
    assert contents(project) == before


def test_a_film_that_lies_in_its_place_already_only_gets_a_page(
    project: Path, camera: Path, capsys: Capture
) -> None:
    film = project / "videos/hip-circles.mov"
    shutil.copy(camera, film)
    words = ("--title", "Slow circles", "--tags", "stretch", "--json", "--project", project)
    assert type_in(capsys, "video", "add", film, *words).json == {
        "slug": "hip-circles",
        "page": "videos/hip-circles.md",
        "film": "videos/hip-circles.mov",
    }
    assert sorted(f.name for f in film.parent.iterdir()) == ["hip-circles.md", "hip-circles.mov"]


@pytest.mark.parametrize(("tags", "code"), [("strech", "tag-unknown"), (" , ", "tags-missing")])
def test_adding_with_tags_nobody_knows_says_which_are_near(
    tags: str, code: str, project: Path, camera: Path, capsys: Capture
) -> None:
    before = contents(project)
    words = ("--title", "Hip", "--tags", tags, "--project", project)
    answer = type_in(capsys, "video", "add", camera, *words)
    assert (answer.code, answer.err.rstrip().endswith(f"[{code}]")) == (2, True)
    assert code != "tag-unknown" or "did you mean Stretch?" in answer.err
    assert contents(project) == before


def test_what_is_no_film_is_not_added(project: Path, tmp_path: Path, capsys: Capture) -> None:
    write(tmp_path / "letter.mov", "Dear coach, " * 100)
    before = contents(project)
    words = ("--title", "Hip", "--tags", "stretch", "--project", project)
    answer = type_in(capsys, "video", "add", tmp_path / "letter.mov", *words)
    assert (answer.code, answer.err.rstrip().endswith("[media-not-a-video]")) == (1, True)
    assert contents(project) == before


def test_without_a_title_or_tags_there_is_nothing_to_add(
    project: Path, camera: Path, capsys: Capture
) -> None:
    for words, missing in ((("--tags", "stretch"), "--title"), (("--title", "Hip"), "--tags")):
        answer = type_in(capsys, "video", "add", camera, *words, "--project", project)
        assert (answer.code, f"{missing} is missing" in answer.err) == (2, True)


def test_a_conversation_asks_again_until_the_answer_can_be_used(
    project: Path, camera: Path
) -> None:
    said = [
        "!!!",
        "Hip: circles",
        "strech",
        "stretch, weak glutes",
        "Slow circles.",
        "A hip moves.",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "kinopress.cli.main", "add", str(camera), "--project", str(project)],
        input="\n".join(said) + "\n",
        capture_output=True,
        text=True,
        timeout=HANGS_S,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "did you mean Stretch?" in done.stdout
    written = (project / "videos/hip-circles.md").read_text("utf-8")
    assert 'title: "Hip: circles"' in written
    assert 'tags: ["stretch", "weak glutes"]' in written
    assert 'alt: "A hip moves."' in written
    assert start("check", cwd=project).code == 0


def test_a_conversation_with_nobody_says_so_and_changes_nothing(
    project: Path, camera: Path
) -> None:
    before = contents(project)
    done = subprocess.run(
        [sys.executable, "-m", "kinopress.cli.main", "add", str(camera), "--project", str(project)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=HANGS_S,
        check=False,
    )
    assert (done.returncode, "nobody is here to answer" in done.stderr) == (2, True)
    assert "is kept" not in done.stderr
    assert contents(project) == before


def test_the_tab_key_completes_a_tag_on_a_real_terminal(project: Path, camera: Path) -> None:
    leader, follower = pty.openpty()
    words = ["add", str(camera), "--title", "Hip", "--description", "A.", "--alt", "B."]
    process = subprocess.Popen(
        [sys.executable, "-m", "kinopress.cli.main", *words, "--project", str(project)],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env={**os.environ, "TERM": "dumb"},
    )
    os.close(follower)
    shown = b""
    while (
        b"by commas: " not in shown
    ):  # its last space is readline's own: from now on it takes keys
        shown += os.read(leader, 1000)
    os.write(leader, b"strength, piri\t, weak gl\t\n\x04")  # Ctrl-D: a question asked again ends it
    try:
        while part := os.read(leader, 1000):
            shown += part
    except OSError:  # the other end was closed
        pass
    assert process.wait(HANGS_S) == 0, shown.decode()
    written = (project / "videos/hip.md").read_text("utf-8")
    assert 'tags: ["strength", "piriformis", "weak glutes"]' in written


def test_completion_offers_the_names_that_begin_like_the_last_tag() -> None:
    names = ["Gluteus maximus", "Gluteus medius", "Stretch"]
    assert completions(names, " glut") == [" gluteus maximus", " gluteus medius"]
    assert completions(names, "x") == []


@given(
    names=st.lists(st.text(alphabet="abAB ßİéÉ", max_size=6)),
    begun=st.text(alphabet="abAB ßİéÉ", max_size=4),
)
def test_a_completion_never_takes_away_what_was_typed(names: list[str], begun: str) -> None:
    offered = completions(names, begun)
    assert all(one.startswith(begun) for one in offered)


# Encoding


def test_a_program_reads_one_event_a_line_and_last_the_manifest(
    with_film: Path, capsys: Capture
) -> None:
    film_page(with_film, "hip", "trim: {from: 0.1 s, to: 5 s}")

    def said(slug: str) -> str:
        answer = type_in(capsys, "video", "encode", slug, "--json", "--project", with_film)
        assert _percents_rise(_events(answer))
        lines = _without_the_computers_numbers(_events(answer), with_film)
        return "\n".join([f"$ kinopress video encode {slug} --json", *lines, f"exit {answer.code}"])

    first, again = said("hip"), said("hip")
    (manifest,) = with_film.glob(".kinopress/media/*/manifest.json")
    assert json.loads(manifest.read_text("utf-8"))["complete"] is True
    write(with_film / "videos/hip.mov", "no film " * 100)
    golden = Path(__file__).parents[1] / "golden/video/encode-events.txt"
    told = re.findall(r"^\$ .*?^exit \d$", golden.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert [first, again, said("hip"), said("hop")] == told


def _percents_rise(events: list[dict[str, object]]) -> bool:
    """Each percent of a step is told once, in order; the steps follow each other."""
    told = [(str(e["step"]), int(str(e["percent"]))) for e in events if e["event"] == "progress"]
    order = ["measuring", "encoding", "checking"]
    return told == sorted(set(told), key=lambda one: (order.index(one[0]), one[1]))


def _without_the_computers_numbers(events: list[dict[str, object]], project: Path) -> list[str]:
    """Events as lines: the last of each step, times and sizes as 0, paths from the project on."""
    lines = []
    for event, following in zip(events, [*events[1:], {}], strict=True):
        if "step" in event and event["step"] == following.get("step"):
            continue
        plain = {
            **event,
            **{key: 0 for key in ("seconds", "bytes", "left_s") if key in event},
            **({"percent": 99} if event.get("step") == "encoding" else {}),
        }
        line = json.dumps(plain, ensure_ascii=False).replace(str(project), "PROJECT")
        lines.append(re.sub(r"media/[0-9a-f]{16}/", "media/0/", line))
    return lines


def test_a_film_that_cannot_be_published_ends_with_1_and_a_reason(
    with_film: Path, capsys: Capture
) -> None:
    write(with_film / "videos/hip.mov", "no film " * 100)
    answer = type_in(capsys, "video", "encode", "hip", "--json", "--project", with_film)
    _, problem, failed = _events(answer)
    assert (answer.code, problem["code"]) == (1, "media-not-a-video")
    assert failed == {"event": "failed", "slug": "hip"}
    assert type_in(capsys, "video", "encode", "hip", "--project", with_film).code == 1


def test_a_name_no_film_has_ends_with_2_and_the_nearest(with_film: Path, capsys: Capture) -> None:
    answer = type_in(capsys, "video", "encode", "hop", "--project", with_film)
    assert (answer.code, "did you mean hip?" in answer.err) == (2, True)
    events = _events(type_in(capsys, "video", "encode", "hop", "--json", "--project", with_film))
    assert [e["event"] for e in events] == ["problem", "failed"]


def test_two_runs_at_once_end_with_5(
    with_film: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(films, "make", functools.partial(films.make, wait_s=0.1))
    media = with_film / ".kinopress/media"
    media.mkdir(parents=True)
    with hold(media, path="videos/a.mov", doing="encoding videos/a.mov", wait_s=0):
        answer = type_in(capsys, "video", "encode", "hip", "--json", "--project", with_film)
    assert answer.code == 5
    assert [e.get("code") for e in _events(answer)][-2] == "media-busy"


def test_a_run_waits_for_another_one_that_encodes_and_takes_what_that_made(
    with_film: Path, encoded_before: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    media = with_film / ".kinopress/media"
    media.mkdir(parents=True)
    held, told = threading.Event(), threading.Event()

    def encode_first() -> None:
        doing = "encoding videos/hip.mov"
        with hold(media, path="videos/hip.mov", doing=doing, wait_s=0) as other:
            other.tell(0.43)
            held.set()
            assert told.wait(HANGS_S)
            shutil.copytree(encoded_before, media, dirs_exist_ok=True)

    said = Lines.waits

    def note(self: Lines, who: str, percent: int | None, *, first: bool) -> None:
        said(self, who, percent, first=first)
        told.set()

    monkeypatch.setattr(Lines, "waits", note)
    with concurrent.futures.ThreadPoolExecutor() as beside:
        other = beside.submit(encode_first)
        assert held.wait(HANGS_S)
        answer = type_in(capsys, "video", "encode", "hip", "--project", with_film)
        other.result()
    assert answer.code == 0
    sentence, percent = answer.err.splitlines()
    assert sentence.startswith(
        "videos/hip.mov: waiting for Kinopress, which has been encoding videos/hip.mov since "
    )
    assert sentence.endswith("; Ctrl-C ends the waiting and changes nothing")
    assert percent == "videos/hip.mov: the other run is at 43 %"


def test_trim_and_the_coachs_own_poster_reach_the_film(with_film: Path, capsys: Capture) -> None:
    make_film(with_film / "videos/hip.mov", seconds=2)
    film_page(with_film, "hip", "trim: {from: 0.5 s, to: 1.5 s}")
    Image.new("RGB", (200, 300), (200, 40, 40)).save(with_film / "videos/hip.poster.png")
    done = _events(type_in(capsys, "video", "encode", "hip", "--json", "--project", with_film))[-1]
    manifest = json.loads(Path(str(done["manifest"])).read_text("utf-8"))
    assert (manifest["duration_s"], manifest["from_s"]) == (1.0, 0.5)
    posters = [o for o in manifest["outputs"] if o["mime"] == "image/jpeg"]
    assert [(o["width"], o["height"]) for o in posters] == [(200, 300)]


# Listing


def test_the_list_says_where_each_film_stands(
    with_film: Path, camera: Path, capsys: Capture
) -> None:
    film_page(with_film, "waits")
    film_page(with_film, "later", "draft: true")
    for name in ("later", "alone"):
        shutil.copy(camera, with_film / f"videos/{name}.mov")
    assert {slug: film["state"] for slug, film in _films(capsys, with_film).items()} == {
        "hip": "to encode",
        "waits": "no film",
        "later": "draft",
        "alone": "no page",
    }
    type_in(capsys, "video", "encode", "hip", "--project", with_film)
    hip = _films(capsys, with_film)["hip"]
    assert (hip["state"], hip["title"], hip["date"]) == ("ready", "Hip", "2026-01-05")
    assert hip["duration_s"] == pytest.approx(1.0, abs=0.1)
    assert hip["source_bytes"] == camera.stat().st_size and int(str(hip["web_bytes"])) > 1000
    film_page(with_film, "hip", "trim: {from: 0.2 s}")
    assert _films(capsys, with_film)["hip"]["state"] == "to encode"
    shown = type_in(capsys, "video", "list", "--project", with_film).out
    assert re.search(r"^alone +no page +0:01", shown, re.MULTILINE)


def test_a_quick_film_is_published_and_the_next_run_makes_the_rest(
    with_film: Path, capsys: Capture
) -> None:
    type_in(capsys, "video", "encode", "hip", "--quick", "--project", with_film)
    assert _films(capsys, with_film)["hip"]["state"] == "quick only"
    type_in(capsys, "video", "encode", "hip", "--project", with_film)
    film = _films(capsys, with_film)["hip"]
    assert film["state"] == "ready"
    shown = type_in(capsys, "video", "list", "--project", with_film).out
    web, filmed = size_words(film["web_bytes"]), size_words(film["source_bytes"])
    assert shown.splitlines()[-1] == f"On the site: {web} of films, made from {filmed}."


def test_times_outside_a_film_are_said_by_the_check_where_they_were_written(
    with_film: Path, capsys: Capture
) -> None:
    def said(fields: str) -> list[str]:
        film_page(with_film, "hip", fields)
        problems = type_in(capsys, "check", "--json", "--project", with_film).json["problems"]
        return [f"{p['path']}:{p['line']} {p['field']} {p['code']}" for p in problems]

    # No build has come to it yet.
    assert said("poster: 50 s") == ["videos/hip.md:8 poster poster-outside"]
    assert said("trim: {from: 50 s}") == ["videos/hip.md:8 trim trim-wrong"]
    chapters = (
        "chapters: [{at: 0 s, title: Lift}, {at: 0.6 s, title: Lower}, {at: 50 s, title: Rest}]"
    )
    assert said(chapters) == ["videos/hip.md:8 chapters chapters-beyond"]
    assert len(said(chapters + "\ntrim: {to: 0.5 s}")) == 2
    captions = with_film / "videos/hip.en.vtt"
    write(captions, "WEBVTT\n\n00:00.000 --> 00:59.000\nLift your knee.\n")
    assert said("") == ["videos/hip.en.vtt:None None captions-beyond"]
    assert said("trim: {to: 0.5 s}") == []  # what is shown of them is seen when it is made
    captions.unlink()
    film_page(with_film, "hip")
    type_in(capsys, "video", "encode", "hip", "--project", with_film)
    assert said("poster: 0.5 s") == []
    assert said("poster: 50 s") == ["videos/hip.md:8 poster poster-outside"]
    assert said("trim: {from: 50 s}") == ["videos/hip.md:8 trim trim-wrong"]
    assert said("trim: {from: 0.2 s, to: 50 s}") == ["videos/hip.md:8 trim trim-beyond"]
    assert said(chapters) == ["videos/hip.md:8 chapters chapters-beyond"]
    film_page(with_film, "hip", "trim: {to: 0.5 s}")
    type_in(capsys, "video", "encode", "hip", "--project", with_film)
    assert said("poster: 0.9 s") == []  # the film continues after the trim
    assert said("poster: 50 s") == ["videos/hip.md:8 poster poster-outside"]
    film_page(with_film, "hip", "poster: 50 s")
    built = type_in(capsys, "build", "--quick", "--json", "--project", with_film).json["problems"]
    assert [(p["path"], p["line"], p["code"]) for p in built] == [
        ("videos/hip.md", 8, "poster-outside")
    ]
    film_page(with_film, "hip", chapters)
    built = type_in(capsys, "build", "--quick", "--json", "--project", with_film).json["problems"]
    assert [(p["line"], p["code"]) for p in built] == [(8, "chapters-beyond")]
    # The film is on another computer, and what was made of it is here.
    (film,) = (with_film / "videos").glob("hip.m[op]*")
    film.unlink()
    assert "videos/hip.md:8 chapters chapters-beyond" in said(chapters)


# Looking


def test_inspecting_says_what_the_film_is_and_what_it_tells(
    with_film: Path, camera: Path, capsys: Capture
) -> None:
    shown = type_in(capsys, "video", "inspect", "hip", "--project", with_film).out
    assert "128 × 72, wide" in shown
    assert "the place where it was filmed" in shown and "none of it will be published" in shown
    facts = type_in(capsys, "video", "inspect", camera, "--json", "--project", with_film).json
    assert (facts["width"], facts["upright"], facts["hdr"], facts["has_audio"]) == (
        128,
        False,
        False,
        True,
    )
    assert "h264" in [made["codec"] for made in facts["will_make"]]


def test_inspecting_plans_the_film_as_its_page_wants_it_and_says_what_a_build_would(
    with_film: Path, capsys: Capture
) -> None:
    def facts(*fields: str) -> Answer:
        film_page(with_film, "hip", *fields)
        return type_in(capsys, "video", "inspect", "hip", "--json", "--project", with_film)

    fine = facts("trim: {from: 0.5 s}", "poster: 0.8 s")
    assert (fine.code, fine.json["problems"]) == (0, [])
    assert fine.json["shown_s"] == pytest.approx(0.5, abs=0.1)
    beyond = facts("poster: 50 s")
    said = [(p["path"], p["line"], p["code"]) for p in beyond.json["problems"]]
    assert (beyond.code, said) == (0, [("videos/hip.md", 8, "poster-outside")])
    wrong = facts("trim: {from: 50 s}")
    said = [(p["path"], p["line"], p["code"]) for p in wrong.json["problems"]]
    assert (wrong.code, said) == (1, [("videos/hip.md", 8, "trim-wrong")])
    film_page(with_film, "hip")
    (with_film / "videos/hip.poster.jpg").write_bytes(b"no picture")
    shown = type_in(capsys, "video", "inspect", "hip", "--project", with_film)
    assert shown.code == 1 and "videos/hip.poster.jpg: this poster is" in shown.out


def test_a_poster_that_cannot_be_opened_is_said_in_the_same_words_by_whoever_meets_it(
    with_film: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Path.read_bytes

    def denied(file: Path) -> bytes:
        if file.name == "hip.poster.jpg":
            raise PermissionError(13, "Permission denied")
        return read(file)

    film_page(with_film, "hip")
    (with_film / "videos/hip.poster.jpg").write_bytes(b"a picture that only its owner opens")
    monkeypatch.setattr(Path, "read_bytes", denied)
    wanted = "videos/hip.poster.jpg: this file cannot be read (permission denied); check that you may open it"
    for verb in (["check"], ["build"], ["video", "inspect", "hip"]):
        said = type_in(capsys, *verb, "--project", with_film)
        assert wanted in said.out + said.err, verb


@pytest.mark.parametrize(
    ("volume", "words", "lufs", "peak"),
    [
        (
            "0dB",
            r"-\d\d\.\d LUFS, peaks of -\d\d\.\d dBTP; it will be made as loud as",
            -21.8,
            -20.7,
        ),
        ("-12dB", r"-33\.\d LUFS, peaks of -32\.\d dBTP; .* \(-16 LUFS\)", -33.8, -32.7),
        ("-200dB", "silent, or nearly so; it will be left as it is", -70.0, None),
    ],
)
def test_inspecting_says_how_loud_the_film_is(
    tmp_path: Path, capsys: Capture, volume: str, words: str, lufs: float, peak: float | None
) -> None:
    film = make_film(tmp_path / "film.mov", "-af", f"volume={volume}", seconds=2)
    shown = type_in(capsys, "video", "inspect", film).out
    assert re.search(f"^sound +{words}", shown, re.MULTILINE), shown
    facts = type_in(capsys, "video", "inspect", film, "--json").json
    assert facts["loudness_lufs"] == pytest.approx(lufs, abs=1.0)
    assert facts["true_peak_dbtp"] == (None if peak is None else pytest.approx(peak, abs=1.0))


def test_a_film_without_sound_has_no_loudness(tmp_path: Path, capsys: Capture) -> None:
    film = make_film(tmp_path / "film.mov", "-an")
    assert re.search(r"^sound +none", type_in(capsys, "video", "inspect", film).out, re.MULTILINE)
    facts = type_in(capsys, "video", "inspect", film, "--json").json
    assert (facts["loudness_lufs"], facts["true_peak_dbtp"]) == (None, None)


# Pruning


def _stored(project: Path) -> set[str]:
    return {f.name for f in (project / ".kinopress/media").iterdir() if f.is_dir()}


def test_pruning_deletes_only_what_no_page_uses(encoded: Path, capsys: Capture) -> None:
    first = _stored(encoded)
    film_page(encoded, "hip", "trim: {from: 0.3 s}")
    type_in(capsys, "video", "encode", "hip", "--project", encoded)
    (second,) = _stored(encoded) - first
    sources = contents(encoded / "videos")
    answer = type_in(capsys, "video", "prune", "--yes", "--project", encoded)
    assert (answer.code, _stored(encoded)) == (0, {second})
    assert f"{first.pop()}: " in answer.out and "Deleted: 1 web film" in answer.out
    assert contents(encoded / "videos") == sources
    assert "Nothing to delete" in type_in(capsys, "video", "prune", "--project", encoded).out


@pytest.mark.parametrize("damaged", [False, True])
def test_pruning_leaves_what_no_build_made(damaged: bool, encoded: Path, capsys: Capture) -> None:
    (name,) = _stored(encoded)
    folder = encoded / ".kinopress/media" / name
    write(folder / "notes.txt", "where I filmed it")
    write(folder / "cut/h264-72.mp4", "mine")
    write(folder / "poster-mine.jpg", "a name that looks like one of ours")
    made = {file.name for file in folder.iterdir()}
    (folder / "poster.png").symlink_to(encoded / "mkdocs.yml")
    if damaged:
        write(folder / "manifest.json", "{")
    for file in encoded.glob("videos/hip.*"):
        file.unlink()
    settings = (encoded / "mkdocs.yml").read_bytes()
    answer = type_in(capsys, "video", "prune", "--yes", "--project", encoded)
    assert answer.code == 0
    assert f"it was not made by a build: .kinopress/media/{name}/notes.txt" in answer.out
    mine = {"notes.txt", "cut", "poster-mine.jpg", "poster.png"}
    stays = made | mine if damaged else mine  # without a list nobody knows what a build made
    assert {file.name for file in folder.iterdir()} == stays
    assert (folder / "cut/h264-72.mp4").read_text() == "mine"
    assert (encoded / "mkdocs.yml").read_bytes() == settings


def test_films_of_one_day_stand_in_the_order_of_their_titles(
    with_film: Path, capsys: Capture
) -> None:
    for slug in ("knee", "ankle"):
        film_page(with_film, slug, "draft: false")
        (with_film / f"videos/{slug}.mov").write_bytes(b"not looked into by a list")
    told = type_in(capsys, "video", "list", "--json", "--project", with_film).json["films"]
    assert [film["slug"] for film in told] == ["ankle", "hip", "knee"]


def test_pruning_without_the_list_of_films_keeps_all_of_every_film(
    encoded: Path, capsys: Capture
) -> None:
    before = _stored(encoded)
    shutil.rmtree(encoded / ".kinopress/cache")
    type_in(capsys, "video", "prune", "--yes", "--project", encoded)
    assert _stored(encoded) == before


@pytest.mark.parametrize(("said", "deleted"), [("y\n", True), ("n\n", False), ("\n", False)])
def test_pruning_asks_first(
    said: str,
    deleted: bool,
    encoded: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Capture,
) -> None:
    (encoded / "videos/hip.md").unlink()
    monkeypatch.setattr(click.termui, "visible_prompt_func", lambda _: said.strip())
    assert type_in(capsys, "video", "prune", "--project", encoded).code == 0
    assert (_stored(encoded) == set()) is deleted


def test_pruning_deletes_nothing_while_a_page_cannot_be_read(
    encoded: Path, capsys: Capture
) -> None:
    before = _stored(encoded)
    write(encoded / "videos/hip.md", "---\ntitle: [\n---\n")
    assert type_in(capsys, "video", "prune", "--yes", "--project", encoded).code == 1
    assert _stored(encoded) == before


def test_pruning_does_not_go_on_beside_a_build(
    encoded: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prune, "only_run", functools.partial(only_run, wait_s=0.1))
    with only_run(encoded, "building the site"):
        answer = type_in(capsys, "video", "prune", "--yes", "--project", encoded)
    assert (answer.code, "building the site" in answer.err) == (5, True)


# The computer


def test_doctor_says_how_av1_is_made(project: Path, capsys: Capture) -> None:
    out = type_in(capsys, "doctor", "--project", project).out
    (line,) = [line for line in out.splitlines() if line.startswith("AV1")]
    assert "films are made as" in line


def test_on_a_terminal_one_line_moves_and_elsewhere_lines_are_plain(with_film: Path) -> None:
    plain = start("video", "encode", "hip", cwd=with_film).err
    assert plain.splitlines()[0] == "videos/hip.mov: encoding" and "\r" not in plain
    assert plain.splitlines()[-1] == "videos/hip.mov: encoded"
    shutil.rmtree(with_film / ".kinopress")
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "kinopress.cli.main", "video", "encode", "hip"],
        cwd=with_film,
        stdout=subprocess.DEVNULL,
        stderr=follower,
    )
    os.close(follower)
    shown = b""
    try:
        while part := os.read(leader, 1000):
            shown += part
    except OSError:  # the other end was closed
        pass
    assert process.wait(HANGS_S) == 0
    assert b"\rvideos/hip.mov: measuring the sound [" in shown
    assert re.search(rb"\rvideos/hip.mov: (encoding|checking) \[#+\.*\] +\d+ %", shown)


def test_a_program_is_told_each_percent_once_and_a_long_film_is_announced(
    capsys: Capture,
) -> None:
    events = Events("hip", "videos/hip.mov", lambda: Estimate(240.0, 35_000_000))
    for share in (0.0, 0.101, 0.102, 0.5, 0.4, 1.0):
        events.share(share)
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert told[0] == {"event": "expected", "slug": "hip", "seconds": 240, "bytes": 35_000_000}
    assert [e["percent"] for e in told[1:]] == [0, 10, 50, 100]
    assert [e["step"] for e in told[1:]] == ["encoding"] * 3 + ["checking"]
    lines = Lines("videos/hip.mov", lambda: None)
    for share in (0.0, 0.3, 0.8, 1.0):
        lines.sound(share)
    lines.share(0.0)
    lines.share(0.5)
    told = [line.partition(",")[0] for line in capsys.readouterr().err.splitlines()]
    assert told == [
        "videos/hip.mov: encoding",
        "videos/hip.mov: measuring the sound 30 %",
        "videos/hip.mov: measuring the sound 80 %",
        "videos/hip.mov: encoding 50 %",
    ]
    lines = Lines("videos/hip.mov", lambda: Estimate(240.0, 35_000_000))
    lines.share(0.0)
    assert capsys.readouterr().err.splitlines()[0] == (
        "videos/hip.mov: this takes about 4 minutes and 35 MB of disk"
    )


def test_who_goes_on_with_a_stopped_film_is_told_where_and_how_long_the_rest_takes(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def watched(watch: Events | Lines | Bar) -> None:
        now_s = 0.0
        monkeypatch.setattr(timed.time, "monotonic", lambda: now_s)
        watch.sound(0.0)
        watch.sound(1.0)
        watch.share(0.6)
        now_s = 30.0
        watch.share(0.8)

    watched(Lines("videos/hip.mov", lambda: None))
    assert capsys.readouterr().err.splitlines() == [
        "videos/hip.mov: encoding",
        "videos/hip.mov: resumed at 60 %, where the last run ended",
        "videos/hip.mov: encoding 80 %, 30 seconds left",
    ]
    watched(Events("hip", "videos/hip.mov", lambda: None))
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert told[2:] == [
        {"event": "resumed", "slug": "hip", "percent": 60},
        {"event": "progress", "slug": "hip", "step": "encoding", "percent": 60, "left_s": None},
        {"event": "progress", "slug": "hip", "step": "encoding", "percent": 80, "left_s": 30.0},
    ]
    watched(Bar("videos/hip.mov", lambda: None))
    shown = [line.strip() for line in re.split(r"[\r\n]+", capsys.readouterr().err)]
    assert "videos/hip.mov: resumed at 60 %, where the last run ended" in shown
    assert "videos/hip.mov: encoding [################....]  80 %, 30 seconds left" in shown
