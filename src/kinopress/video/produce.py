"""The one door of this room: a film goes in, its manifest comes out.

``produce`` is cheap when nothing changed (a probe, a few file stamps) and does the whole
journey otherwise: probe, ladder, recipe, encode, verify, store. It answers with problems
instead of raising, except where the whole run must end: no FFmpeg, or another run at work.
"""

from __future__ import annotations

import errno
import math
from dataclasses import dataclass, field, replace
from pathlib import Path

from kinopress.problems import Problem
from kinopress.video.encode import Progress, disk_full, encode
from kinopress.video.ffmpeg_binary import find_encoder
from kinopress.video.hashes import HashCache, stamp
from kinopress.video.ladder import plan_ladder
from kinopress.video.lock import hold
from kinopress.video.manifest import MANIFEST_VERSION, Manifest
from kinopress.video.probe import Probe, probe
from kinopress.video.recipe import Recipe, plan_recipe
from kinopress.video.settings import VideoSettings
from kinopress.video.sniff import check_ending, media_problem
from kinopress.video.store import Damaged, Stored, find, put, sweep, workshop
from kinopress.video.verify import length_problem, verify

HASHES_NAME = "hashes.json"
# Long enough for another run's last flush, short enough that a person reads who holds it.
_WAIT_S = 5.0
_DEFAULTS = VideoSettings()


@dataclass(frozen=True, slots=True)
class Produced:
    """What became of one source.

    Attributes:
        manifest: The renditions, or ``None`` when there are errors.
        folder: Where the manifest's files lie, or ``None``.
        problems: Errors and warnings about this source.
        encoded: Whether this call had to encode.
    """

    manifest: Manifest | None
    folder: Path | None
    problems: list[Problem] = field(default_factory=list)
    encoded: bool = False


def produce(
    source: Path,
    *,
    display_path: str,
    media_dir: Path,
    settings: VideoSettings = _DEFAULTS,
    poster_at_s: float | None = None,
    on_progress: Progress | None = None,
    wait_s: float = _WAIT_S,
) -> Produced:
    """Make sure that a source's renditions exist, and say where.

    Args:
        source: The camera file. It is only read.
        display_path: What the coach calls it, such as ``videos/hip.mov``.
        media_dir: ``.kinopress/media`` of the project; made when missing.
        settings: What the project set.
        poster_at_s: Second of the film for the poster; ``None`` lets the program choose.
        on_progress: Is told the finished share while encoding.
        wait_s: How long to wait for another run that encodes, in seconds.

    Raises:
        Refusal: ``ENVIRONMENT`` without a usable FFmpeg, ``BUSY`` while another run encodes.
    """
    found = probe(source, display_path=display_path, settings=settings)
    if isinstance(found, Problem):
        return Produced(None, None, [found])
    problems = []
    if warning := check_ending(source, found.container, display_path):
        problems.append(warning)
    if warning := _check_poster(found, poster_at_s, display_path):
        problems.append(warning)
        poster_at_s = None
    encoder = find_encoder()
    recipe = plan_recipe(found, plan_ladder(found, settings), settings, poster_at_s=poster_at_s)
    job = _Job(source, display_path, media_dir, recipe, encoder.path, encoder.version)
    try:
        made = job.run(on_progress, wait_s)
    except OSError as error:
        made = Produced(None, None, [_store_problem(error, display_path)])
    return replace(made, problems=problems + made.problems)


@dataclass(frozen=True, slots=True)
class _Job:
    source: Path
    display_path: str
    media_dir: Path
    recipe: Recipe
    ffmpeg: str
    ffmpeg_version: str

    def run(self, on_progress: Progress | None, wait_s: float) -> Produced:
        self.media_dir.mkdir(parents=True, exist_ok=True)
        hashes = HashCache.load(self.media_dir / HASHES_NAME)
        try:
            before = stamp(self.source)
            digest = self.recipe.digest(hashes.sha256(self.source), self.ffmpeg_version)
            stored = find(self.media_dir, digest, hashes)
            if isinstance(stored, Stored):
                return self._produced(stored)
            with hold(
                self.media_dir,
                path=self.display_path,
                doing=f"encoding {self.display_path}",
                wait_s=wait_s,
            ):
                # The run that held the lock until now may have made it.
                stored = find(self.media_dir, digest, hashes)
                if isinstance(stored, Stored):
                    return self._produced(stored)
                sweep(self.media_dir)
                made = self._encode(digest, before, on_progress)
            if isinstance(stored, Damaged) and made.manifest is not None:
                made.problems.append(self._damaged(stored))
            return made
        finally:
            hashes.save()

    def _encode(self, digest: str, before: str, on_progress: Progress | None) -> Produced:
        with workshop(self.media_dir) as folder:
            problem = encode(
                self.recipe,
                self.source,
                folder,
                ffmpeg=self.ffmpeg,
                display_path=self.display_path,
                on_progress=on_progress,
            )
            if problem is not None and problem.code == "media-encode-failed":
                # A film that ends early has no picture for a poster wished for near its end.
                shorter = length_problem(self.recipe, folder, display_path=self.display_path)
                problem = shorter or problem
            if problem is not None:
                return Produced(None, None, [problem])
            outputs = verify(self.recipe, folder, display_path=self.display_path)
            if isinstance(outputs, Problem):
                return Produced(None, None, [outputs])
            if stamp(self.source) != before:
                return Produced(None, None, [self._changed()])
            film = self.recipe.probe
            manifest = Manifest(
                version=MANIFEST_VERSION,
                digest=digest,
                source_name=self.source.name,
                source_bytes=film.bytes,
                width=film.width,
                height=film.height,
                duration_s=round(film.duration_s or outputs[0].duration_s or 0.0, 3),
                has_audio=film.has_audio,
                outputs=outputs,
            )
            return self._produced(put(self.media_dir, folder, manifest), encoded=True)

    def _produced(self, stored: Stored, *, encoded: bool = False) -> Produced:
        # The same film may lie under two names and share one folder.
        manifest = replace(stored.manifest, source_name=self.source.name)
        return Produced(manifest, stored.folder, [], encoded)

    def _changed(self) -> Problem:
        return media_problem(
            self.display_path,
            "the file changed while it was being encoded",
            "run the command again when it is copied completely",
            "media-changed",
        )

    def _damaged(self, stored: Damaged) -> Problem:
        return media_problem(
            self.display_path,
            f"its stored web videos were damaged ({stored.reason}) and were made anew",
            "nothing to do; if it happens often, check the disk",
            "media-stored-damaged",
            "warning",
        )


def _check_poster(film: Probe, poster_at_s: float | None, display_path: str) -> Problem | None:
    if poster_at_s is None:
        return None
    inside = math.isfinite(poster_at_s) and poster_at_s >= 0
    if inside and (film.duration_s is None or poster_at_s <= film.duration_s):
        return None
    length = "" if film.duration_s is None else f", which lasts {film.duration_s:.1f} s"
    return media_problem(
        display_path,
        f"the poster is wished for at {poster_at_s:g} s, outside the film{length}",
        "choose a second within the film; for now the program chose one",
        "poster-outside",
        "warning",
    )


def _store_problem(error: OSError, display_path: str) -> Problem:
    if error.errno == errno.ENOSPC:
        return disk_full(display_path)
    return media_problem(
        display_path,
        f"its web videos could not be stored ({error.strerror or error})",
        "check that the folder .kinopress/media may be written to",
        "media-store-failed",
    )
