"""Builds are killed two hundred times while a reader looks: there is always a site, and it is always whole.

:mod:`test_power_cuts` replays every moment; this asks the real system, as a web server does.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kinopress.project.build import build
from kinopress.system.release_record import RECORD
from support.command import HANGS_S
from support.figures import FIGURES
from support.killed_builds import make, put
from support.lean import Ended, lean_process
from support.projects import page, small_project, write

WHOLE_BUILDS = 60
PLACINGS = 140
"""Putting in place is a twentieth of a build: kills at random would hardly ever meet it."""
TICK_NS = 100_000_000
"""Ten times as long as the clock of a file system may stand still: a file that changed before, and changes again, shows it."""

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="forks, and folders that change places in one step"
)


@dataclass
class Reader:
    """Looks at the site all the time, as one who opens the folder once and reads what is in it.

    A release that has lost its place stays whole until four others have followed it, or until the same one has
    been built again. No run makes a site that was made before, and a look is over before the next run begins
    (`once_more`): so nothing excuses a look that misses a file, whether its folder is still the one in place or not.

    Attributes:
        looks: How often.
        sites: The digests of the sites that it read to the end.
        bad: What it saw that must not be.
        known: The digests of files that it has read: by number, time of the last change and size.
    """

    site: Path
    looks: int = 0
    sites: set[str] = field(default_factory=set)
    bad: list[str] = field(default_factory=list)
    known: dict[tuple[int, int, int], str] = field(default_factory=dict, repr=False)
    looked: threading.Condition = field(default_factory=threading.Condition, repr=False)
    asked: threading.Event = field(default_factory=threading.Event, repr=False)

    def once_more(self) -> None:
        """Have it look from beginning to end while nobody writes, however busy the machine is."""
        with self.looked:
            wanted = self.looks + 2  # one look may have begun before
            while self.looks < wanted:
                self.asked.set()
                assert self.looked.wait(HANGS_S)

    def look(self) -> None:
        """Open the folder and compare every file with its record."""
        self._look()
        with self.looked:
            self.looks += 1
            self.looked.notify_all()

    def _look(self) -> None:
        try:
            folder = os.open(self.site, os.O_RDONLY | os.O_DIRECTORY)
        except OSError as error:
            self.bad.append(f"no site: {error}")
            return
        try:
            record = json.loads(self._read(RECORD, folder))["kept"]
            for path, (_, _, sha256) in record["files"].items():
                if self._digest(path, folder) != sha256:
                    self.bad.append(f"{path} is not as its record says")
            self.sites.add(hashlib.sha256(json.dumps(record["files"]).encode()).hexdigest())
        except (OSError, ValueError) as error:
            self.bad.append(f"not whole: {error!r}")
        finally:
            os.close(folder)

    def _digest(self, path: str, folder: int) -> str:
        """Of a file that is opened each time, and read unless it is one that was read after its last change."""
        file = os.open(path, os.O_RDONLY, dir_fd=folder)
        try:
            now_ns, status = time.time_ns(), os.fstat(file)
            key = status.st_ino, status.st_ctime_ns, status.st_size
            if (digest := self.known.get(key)) is None:
                digest = hashlib.sha256(os.read(file, status.st_size)).hexdigest()
                if now_ns - status.st_ctime_ns > TICK_NS:
                    self.known[key] = digest
            return digest
        finally:
            os.close(file)

    @staticmethod
    def _read(path: str, folder: int) -> bytes:
        with open(
            path, "rb", opener=lambda name, flags: os.open(name, flags, dir_fd=folder)
        ) as file:
            return file.read()


@contextmanager
def somebody_reads(site: Path) -> Iterator[Reader]:
    """A reader at work meanwhile."""
    reader, over = Reader(site), threading.Event()

    def read() -> None:
        while not over.is_set():
            # Some ten times in a build, and at once for whoever waits: to look all the time took half of this test.
            reader.asked.wait(0.02)
            reader.asked.clear()
            reader.look()

    thread = threading.Thread(target=read)
    thread.start()
    try:
        yield reader
    finally:
        over.set()
        thread.join()


def test_two_hundred_kills_and_always_a_whole_site(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    project = small_project(tmp_path / "project")
    chance = random.Random(3)  # noqa: S311 - moments, not secrets
    write(project / "docs/pictures/notes.txt", "nobody links to this")

    def say(words: object) -> None:
        write(project / "docs/index.md", page(f"title: A small site\ndescription: Words {words}."))

    with lean_process() as lean:
        lean.here(make, str(project))
        write(project / "site/own.txt", "mine")
        say("once more")
        lean.here(make, str(project))
        made = tmp_path / "made"
        shutil.copytree(project / "site", made, ignore=shutil.ignore_patterns(RECORD, "own.txt"))

        def build_it(after_s: float | None) -> Ended:
            return lean.forked(make, str(project), kill_after_s=after_s)

        def put_it(after_s: float | None) -> Ended:
            return lean.forked(put, str(project), str(made), str(runs), kill_after_s=after_s)

        def in_place() -> int:
            """Which run made the site that is there."""
            words = project / "site/words.html"  # only what is put there has one
            if words.exists():
                return int(words.read_text())
            found = re.search(r"Words ([0-9]+)\.", (project / "site/index.html").read_text())
            assert found is not None
            return int(found[1])

        runs = killed = finished = 0
        with somebody_reads(project / "site") as reader:
            for work, until in ((build_it, WHOLE_BUILDS), (put_it, WHOLE_BUILDS + PLACINGS)):
                say(runs := runs + 1)
                longest_s = work(None).took_s
                finished += 1
                reader.once_more()
                was = in_place()
                assert was == runs
                while killed < until:
                    say(runs := runs + 1)  # no run makes a site that was made before
                    ended = work(chance.uniform(0, longest_s))
                    reader.once_more()
                    before, was = was, in_place()
                    assert was == runs or (ended.killed and was == before)
                    if ended.killed:
                        killed += 1
                        longest_s *= 1.02  # so that some come late enough, however busy the machine
                    else:
                        finished += 1
                        longest_s *= 0.92
    assert reader.bad == []
    assert (project / "site/own.txt").read_text() == "mine"
    say("in the end")
    assert build(project).report.errors == []
    beside = sorted(path.name for path in project.iterdir() if "site" in path.name)
    assert beside == ["site"]
    request.config.stash[FIGURES].append(
        f"kills of a build: {killed}, and {finished} that were done before; a reader saw"
        f" {len(reader.sites)} sites in {reader.looks} looks, each of them whole"
    )
