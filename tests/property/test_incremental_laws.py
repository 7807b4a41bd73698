"""Whatever a coach does between two builds: the site is the one that a clean build makes, byte for byte."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from PIL import Image

from kinopress.codes import Code
from kinopress.content.model.noticing.watched import Watched
from kinopress.pages import again
from kinopress.problems import Problem, Report
from kinopress.project import prepare
from kinopress.project.build import PAGES, build
from kinopress.project.made_from import STAMP
from kinopress.project.read import read_project
from kinopress.project.remembered.read import READ
from kinopress.project.remembered.rendered import RENDERED
from kinopress.project.telling.unchanged import nothing_new
from kinopress.system import disk
from kinopress.system.release_record import RECORD
from support.projects import SETTINGS, contents, page, small_project, write
from support.starts import fork

FIRST_DAY = dt.date(2026, 3, 2)
SOURCES = ("docs", "exercises", "videos", "mkdocs.yml", "hook.py")

names = st.sampled_from(("hills", "rest", "new-shoes"))
bodies = st.sampled_from(
    (
        "Some words.",
        "Other words, with [[clam]].",
        "See [the muscle](../muscles/piriformis.md).",
        "See [the hills](hills.md).",
        "![A hill, drawn.](hill.png)",
        "Crossed ~~out~~ words.[^1]\n\n[^1]: A footnote.",
        'He said "less".\n\n## A heading\n\n| a | b |\n|---|---|\n| 1 | 2 |',
    )
)


_CLEAN: dict[str, tuple[list[Problem], dict[str, bytes]]] = {}

OF_THE_LAST_SITE = {Code.PAGE_GONE}
"""Codes of what is said of the site that is there."""

KEPT = (PAGES, STAMP, READ, RENDERED)
"""All that a build remembers."""

changes = ("make_folder", "write", "copy", "link", "rename", "exchange", "remove", "flush_all")
"""What the door to the disk does."""


def _of_sources(report: Report) -> list[Problem]:
    """What is said of what a coach has written; where there is no last site, nothing is said of that."""
    return [problem for problem in report.problems if problem.code not in OF_THE_LAST_SITE]


_read_again = again.Renderings._is_read_again


def _told_both_ways(self: again.Renderings, last: again.Rendered, watched: Watched) -> bool:
    """What differs is found among what a page has read, or all of that is told again: both must come to the same."""
    found = _read_again(self, last, watched)
    assert found == (watched.now(last.seen) == last.now)
    return found


class Coach(RuleBasedStateMachine):
    """Edits, days and accidents; each build is compared with one of the same sources that remembers nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.top = Path(tempfile.mkdtemp(prefix="kinopress-law-"))
        self.project = small_project(self.top / "mine")
        self.day = FIRST_DAY
        self.version = "a"
        self.patches = [
            mock.patch(f"kinopress.project.{module}.programs", lambda: self.version)
            for module in ("build", "remembered.read", "made_from")
        ]
        self.patches.append(mock.patch.object(again.Renderings, "_is_read_again", _told_both_ways))
        for patch in self.patches:
            patch.start()

    def teardown(self) -> None:
        for patch in self.patches:
            patch.stop()
        shutil.rmtree(self.top)

    @rule(
        name=names,
        title=st.sampled_from(("Hills", "Up & down")),
        body=bodies,
        days=st.integers(0, 2),
    )
    def write_an_article(self, name: str, title: str, body: str, days: int) -> None:
        # A warning that stays.
        due = "reviewed: {by: anna, on: 2025-01-01, next: 2026-01-01}\n" if "&" in title else ""
        front = f'title: "{title} {name}"\ndescription: Of {name}.\ntags: [strength]\nsources: [practice]\n{due}date: {FIRST_DAY + dt.timedelta(days)}'
        write(self.project / f"docs/articles/{name}.md", page(front, body))

    @rule(name=names)
    def delete_an_article(self, name: str) -> None:
        (self.project / f"docs/articles/{name}.md").unlink(missing_ok=True)

    @rule(one=names, other=names)
    def rename_an_article(self, one: str, other: str) -> None:
        old = self.project / f"docs/articles/{one}.md"
        if old.exists():
            old.replace(self.project / f"docs/articles/{other}.md")

    @rule(title=st.sampled_from(("Piriformis", "The pear muscle")))
    def rename_a_muscle(self, title: str) -> None:
        front = f"title: {title}\ndescription: A muscle.\nkind: muscle\nregions: [buttock]\nsources: [practice]"
        write(self.project / "docs/muscles/piriformis.md", page(front))

    @rule(
        more=st.sampled_from(
            (
                "",
                "site_url: https://hips.example/\n",
                "copyright: Mine\n",
                "site_description: Plain.\nsite_author: A & B\n",
                "extra_css: [own.css]\n",
                "hooks: [hook.py]\n",
            )
        )
    )
    def change_the_settings(self, more: str) -> None:
        write(self.project / "docs/own.css", "p { color: red }\n")
        write(self.project / "mkdocs.yml", more + SETTINGS)
        if more.startswith("hooks"):
            self.change_the_hook("One.")

    @rule(
        words=st.sampled_from(("One.", "The other."))
    )  # Python knows a file by its length and second
    def change_the_hook(self, words: str) -> None:
        write(
            self.project / "hook.py",
            f"def on_page_content(html, **_):\n    return html + '<p>{words}</p>'\n",
        )

    @rule(colour=st.sampled_from(("red", "blue")))
    def draw_a_picture(self, colour: str) -> None:
        file = self.project / "docs/articles/hill.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (24, 16), colour).save(file)

    @rule(label=st.sampled_from(("Buttock", "Behind")))
    def rename_a_region(self, label: str) -> None:
        write(self.project / "docs/data/regions.yml", f"buttock: {{label: {label}, view: back}}\n")

    @rule(to=st.sampled_from(("muscles/piriformis", "techniques/strength", "gone")))
    def redirect_an_old_address(self, to: str) -> None:
        write(self.project / "docs/data/redirects.yml", f"articles/old: {to}\n")

    @rule(words=st.sampled_from(("my shoulder aches", "my foot is sore")))
    def choose_words_around_the_pages(self, words: str) -> None:
        write(self.project / "docs/data/words.yml", f"stiff in the morning: {words}\n")

    @rule(days=st.integers(1, 2))
    def let_days_pass(self, days: int) -> None:
        self.day += dt.timedelta(days)

    @rule(
        name=st.sampled_from(KEPT),
        at=st.floats(0, 1),
        byte=st.sampled_from((b"", b"0", b"}", b"\xff")),
    )
    def damage_what_is_remembered(self, name: Path, at: float, byte: bytes) -> None:
        file = self.project / name
        if file.exists():
            data = file.read_bytes()
            place = int(at * (len(data) - 1))
            file.write_bytes(data[:place] + byte + data[place + 1 :])

    def spoil(self, name: Path) -> None:
        """Turn a bit of every thirtieth byte of what is remembered."""
        file = self.project / name
        data = bytearray(file.read_bytes())
        for at in range(7, len(data), 30):
            data[at] ^= 1
        file.write_bytes(data)

    def write_a_line(self) -> None:
        with (self.project / "docs/techniques/stretch.md").open("a", encoding="utf-8") as file:
            file.write("\nOne more line.\n")

    @rule(version=st.sampled_from(("a", "b")))
    def come_with_another_program(self, version: str) -> None:
        """What another version has noted is not used, even where it says what this one would not."""
        self.version = version

    @rule(words=st.sampled_from(("Of hills.", "Of slopes.")))
    def describe_a_technique(self, words: str) -> None:
        file = self.project / "docs/techniques/stretch.md"
        text = file.read_text("utf-8")
        file.write_text(re.sub(r"(?m)^description:.*$", f"description: {words}", text), "utf-8")

    @rule(
        exercise=st.sampled_from(("easy", "hard")),
        words=st.sampled_from(
            ("- step: Lift.", "- step: Lift slowly.\n  - caution: Stop if it hurts.")
        ),
    )
    def change_an_exercise(self, exercise: str, words: str) -> None:
        front = f"title: Clam\ndescription: A clam.\ntags: [strength, piriformis]\nlevel: {exercise}\nsources: [practice]\nsteps:\n  {words}"
        write(self.project / "exercises/clam.md", page(front))

    @rule(path=st.sampled_from(("index.html", "muscles/piriformis/index.html")))
    def lose_a_page_of_the_site_and_write(self, path: str) -> None:
        (self.project / "site" / path).unlink(missing_ok=True)
        with (self.project / "docs/techniques/stretch.md").open("a", encoding="utf-8") as file:
            file.write("\nAnother line.\n")

    @rule(after=st.integers(0, 150))
    def write_and_kill_a_build(self, after: int) -> None:
        """It is killed just before it changes the disk once more than ``after`` times."""
        with (self.project / "docs/techniques/strength.md").open("a", encoding="utf-8") as file:
            file.write(f"\nLine {after}.\n")
        if sys.platform != "linux":
            return
        child = fork()
        if child == 0:
            code = 1
            try:
                self._build_until(after)
                code = 0
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(code)
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert ended in {0, -signal.SIGKILL}

    def _build_until(self, after: int) -> None:
        left = after

        def counted(step: Callable[..., Any]) -> Callable[..., Any]:
            def do(*arguments: Any, **named: Any) -> Any:
                nonlocal left
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                left -= 1
                return step(*arguments, **named)

            return do

        for name in changes:
            setattr(disk, name, counted(getattr(disk, name)))
        self._build(self.project)

    @invariant()
    def the_site_is_that_of_a_clean_build(self) -> None:
        told, site = self._clean_build()
        is_wrong = any(problem.severity == "error" for problem in told)
        before = self._site(self.project)
        noted = nothing_new(self.project, self.day)
        if noted is not None:
            assert (_of_sources(noted.report), site) == (told, before)
        assert self._build(self.project) == told
        assert self._site(self.project) == (site or before)
        has_hook = "hooks:" in (self.project / "mkdocs.yml").read_text("utf-8")
        assert (nothing_new(self.project, self.day) is None) == (is_wrong or has_hook)

    def _clean_build(self) -> tuple[list[Problem], dict[str, bytes]]:
        """What a build says that remembers nothing, and its site; each state of the sources is built once."""
        sources = {
            path: data
            for path, data in contents(self.project).items()
            if path.partition("/")[0] in SOURCES
        }
        known = repr((self.day, sources))
        if known not in _CLEAN:
            clean = self.top / "clean"
            shutil.rmtree(clean, ignore_errors=True)
            for path, data in sources.items():
                (clean / path).parent.mkdir(parents=True, exist_ok=True)
                (clean / path).write_bytes(data)
            _CLEAN[known] = self._build(clean), self._site(clean)
        return _CLEAN[known]

    def _build(self, project: Path) -> list[Problem]:
        def read(folder: Path, **how: Any) -> Any:
            return read_project(folder, **{**how, "today": self.day})

        noon = dt.datetime.combine(self.day, dt.time(12), dt.UTC)
        with (
            mock.patch.object(prepare, "read_project", read),
            mock.patch.dict(os.environ, SOURCE_DATE_EPOCH=f"{noon.timestamp():.0f}"),
        ):
            return _of_sources(build(project).report)

    @staticmethod
    def _site(project: Path) -> dict[str, bytes]:
        return {path: data for path, data in contents(project / "site").items() if path != RECORD}


Coach.TestCase.settings = settings(max_examples=3, stateful_step_count=8)
test_any_sequence_of_changes_ends_in_the_site_of_a_clean_build = Coach.TestCase


def test_each_kind_of_change_ends_in_the_site_of_a_clean_build() -> None:
    """What the law may miss in a few tries: one of each, one after the other."""
    coach = Coach()
    try:
        coach.the_site_is_that_of_a_clean_build()
        hills = ("hills", "Hills", "Words and [[clam]].", 0)
        for changes_at_once in (
            [
                lambda: coach.write_an_article(*hills),
                lambda: coach.write_an_article("rest", "Up & down", "See [hills](hills.md).", 1),
            ],
            [lambda: coach.change_the_settings("copyright: Mine\n")],
            [lambda: coach.choose_words_around_the_pages("my foot is sore")],
            [lambda: coach.let_days_pass(1)],
            [
                lambda: coach.change_the_settings("extra_css: [own.css]\n"),
                lambda: coach.rename_a_muscle("The pear muscle"),
            ],
            [lambda: coach.lose_a_page_of_the_site_and_write("index.html")],
            [
                lambda: coach.draw_a_picture("red"),
                lambda: coach.write_an_article(*hills[:2], "![A hill, drawn.](hill.png)", 0),
            ],
            [lambda: coach.draw_a_picture("blue")],
            [
                lambda: coach.rename_a_region("Behind"),
                lambda: coach.redirect_an_old_address("muscles/piriformis"),
            ],
            [lambda: coach.redirect_an_old_address("gone")],
            [lambda: coach.describe_a_technique("Of slopes.")],
            [lambda: coach.change_an_exercise("hard", "- step: Lift.")],
            [lambda: coach.come_with_another_program("b")],
            *([partial(coach.spoil, name), coach.write_a_line] for name in KEPT),
            [lambda: coach.change_the_settings("hooks: [hook.py]\n")],
            [lambda: coach.change_the_hook("The other.")],
            [
                lambda: coach.change_the_settings(""),
                lambda: coach.delete_an_article("rest"),
            ],
        ):
            for change in changes_at_once:
                change()
            coach.the_site_is_that_of_a_clean_build()
    finally:
        coach.teardown()
