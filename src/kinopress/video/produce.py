"""The one door of this room: a film goes in, its manifest comes out.

``produce`` is cheap when nothing changed (a probe, a few file stamps) and does the whole
journey otherwise: probe, ladder, recipe, encode, verify, store. Each output has a digest of
its own, and what any earlier run finished is taken from there: another poster costs a poster,
the rest of a quick run the rest. It answers with problems instead of raising, except where
the whole run must end: no FFmpeg, or another run at work.
"""

from __future__ import annotations

import errno
import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from kinopress.problems import Problem
from kinopress.video.encode import (
    Progress,
    convert_picture,
    disk_full,
    encode,
    measure_loudness,
)
from kinopress.video.ffmpeg_binary import find_encoder
from kinopress.video.hashes import HashCache, sha256_of, stamp
from kinopress.video.ladder import plan_ladder
from kinopress.video.lock import hold
from kinopress.video.loudness import choose_gain, correct_gain, limits
from kinopress.video.manifest import MANIFEST_VERSION, Manifest, Output
from kinopress.video.poster import OwnPoster, candidate_moments
from kinopress.video.poster_score import choose
from kinopress.video.probe import Probe, probe, probe_picture, sample_pictures
from kinopress.video.recipe import Recipe, picture_argv, plan_recipe
from kinopress.video.settings import VideoSettings
from kinopress.video.sniff import check_ending, check_file, media_problem, picture_demuxer
from kinopress.video.store import Damaged, Stored, find, put, reusable, sweep, take, workshop
from kinopress.video.storyboard import INDEX_NAME, STORYBOARD_NAME
from kinopress.video.trim import WHOLE, Trim, check_trim
from kinopress.video.verify import length_problem, verify

HASHES_NAME = "hashes.json"
# Long enough for another run's last flush, short enough that a person reads who holds it.
_WAIT_S = 5.0
_DEFAULTS = VideoSettings()
# What a quick run makes plays everywhere and is sharp enough to be published.
_QUICK_SHORT_SIDE_PX = 720


@dataclass(frozen=True, slots=True)
class Produced:
    """What became of one source.

    Attributes:
        manifest: What there is, or ``None`` when there are errors.
        folder: Where the manifest's files lie, or ``None``.
        problems: Errors and warnings about this source.
        encoded: Whether this call had to make anything.
        complete: Whether all is there; after a quick run more is to come.
        source_sha256: The source's bytes, so that a caller sees the same film twice; empty
            when it was not read.
    """

    manifest: Manifest | None
    folder: Path | None
    problems: list[Problem] = field(default_factory=list)
    encoded: bool = False
    complete: bool = False
    source_sha256: str = ""


def produce(
    source: Path,
    *,
    display_path: str,
    media_dir: Path,
    settings: VideoSettings = _DEFAULTS,
    trim: Trim | None = None,
    poster_at_s: float | None = None,
    poster_image: Path | None = None,
    quick: bool = False,
    on_progress: Progress | None = None,
    wait_s: float = _WAIT_S,
) -> Produced:
    """Make sure that what a source becomes exists, and say where.

    Args:
        source: The camera file. It is only read.
        display_path: What the coach calls it, such as ``videos/hip.mov``.
        media_dir: ``.kinopress/media`` of the project; made when missing.
        settings: What the project set.
        trim: The part of the source that is shown.
        poster_at_s: Second of the source for the poster; ``None`` lets the program choose.
        poster_image: The coach's own poster, which wins over ``poster_at_s``. It is only read.
        quick: Make the H.264 rendition of at most 720 and the poster first, unless more is
            there already; the next call without it makes only the rest.
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
    shown, problem = check_trim(trim or WHOLE, found.duration_s, display_path)
    if problem is not None:
        problems.append(problem)
        if problem.severity == "error":
            return Produced(None, None, problems)
    if warning := _check_poster(found, shown, poster_at_s, display_path):
        problems.append(warning)
        poster_at_s = None
    encoder = find_encoder()
    try:
        image: OwnPoster | None = None
        if poster_image is not None:
            looked = _look_at(poster_image, settings, display_path)
            if isinstance(looked, Problem):
                return Produced(None, None, [*problems, looked])
            image = looked
        recipe = plan_recipe(
            found,
            plan_ladder(found, settings, encoder.av1),
            settings,
            av1=encoder.av1,
            avif=encoder.makes_avif,
            trim=shown,
            poster_at_s=poster_at_s,
            own_poster=image,
        )
        job = _Job(
            source, poster_image, display_path, media_dir, recipe, encoder.path, encoder.version
        )
        made = job.run(on_progress, wait_s, quick=quick)
    except OSError as error:
        made = Produced(None, None, [_store_problem(error, display_path)])
    return replace(made, problems=problems + made.problems)


@dataclass(frozen=True, slots=True)
class _Plan:
    """One result: its digest and the recipe digest of each of its outputs."""

    digest: str
    recipes: Mapping[str, str]
    complete: bool


@dataclass(frozen=True, slots=True)
class _Job:
    source: Path
    poster_image: Path | None
    display_path: str
    media_dir: Path
    recipe: Recipe
    ffmpeg: str
    ffmpeg_version: str

    def run(self, on_progress: Progress | None, wait_s: float, *, quick: bool) -> Produced:
        self.media_dir.mkdir(parents=True, exist_ok=True)
        hashes = HashCache.load(self.media_dir / HASHES_NAME)
        try:
            before = stamp(self.source)
            sha256 = hashes.sha256(self.source)
            whole = self._plan(sha256, self.recipe.names, complete=True)
            plans = [whole]
            if quick:
                names = _quick_names(self.recipe)
                plans.append(
                    self._plan(sha256, names, complete=set(names) == set(self.recipe.names))
                )
            for plan in plans:
                stored = find(self.media_dir, plan.digest, hashes)
                if isinstance(stored, Stored):
                    return self._produced(stored)
            with hold(
                self.media_dir,
                path=self.display_path,
                doing=f"encoding {self.display_path}",
                wait_s=wait_s,
            ):
                # The run that held the lock until now may have made it.
                for plan in plans:
                    stored = find(self.media_dir, plan.digest, hashes)
                    if isinstance(stored, Stored):
                        return self._produced(stored)
                sweep(self.media_dir)
                made = self._make(plans[-1], sha256, before, hashes, on_progress)
            if isinstance(stored, Damaged) and made.manifest is not None:
                made.problems.append(self._damaged(stored))
            return made
        finally:
            hashes.save()

    def _plan(self, sha256: str, names: tuple[str, ...], *, complete: bool) -> _Plan:
        recipes = {name: self.recipe.digest_of(name, sha256, self.ffmpeg_version) for name in names}
        if STORYBOARD_NAME in recipes:
            recipes[INDEX_NAME] = _digest([recipes[STORYBOARD_NAME], INDEX_NAME])
        trim = [self.recipe.trim.from_s, self.recipe.trim.to_s]
        digest = _digest([MANIFEST_VERSION, sha256, trim, complete, sorted(recipes.items())])
        return _Plan(digest, recipes, complete)

    def _make(
        self,
        plan: _Plan,
        sha256: str,
        before: str,
        hashes: HashCache,
        on_progress: Progress | None,
    ) -> Produced:
        there = reusable(self.media_dir, plan.recipes, hashes)
        if INDEX_NAME not in there:
            there.pop(STORYBOARD_NAME, None)  # a grid and its index are made together
        missing = frozenset(plan.recipes) - frozenset(there)
        recipe = replace(self.recipe, wanted=missing)
        with workshop(self.media_dir) as folder:
            for one in there.values():
                take(one, folder)
            problem = self._encode(recipe, folder, on_progress)
            if problem is not None:
                return Produced(None, None, [problem])
            made = verify(recipe, folder, plan.recipes, display_path=self.display_path)
            if isinstance(made, Problem):
                return Produced(None, None, [made])
            if stamp(self.source) != before:
                return Produced(None, None, [self._changed()])
            known = {one.output.path: one.output for one in there.values()}
            known |= {output.path: output for output in made}
            outputs = tuple(known[name] for name in plan.recipes)
            manifest = self._manifest(plan, sha256, outputs)
            stored = put(self.media_dir, folder, manifest)
            return self._produced(stored, encoded=bool(missing))

    def _manifest(self, plan: _Plan, sha256: str, outputs: tuple[Output, ...]) -> Manifest:
        film = self.recipe.probe
        return Manifest(
            version=MANIFEST_VERSION,
            digest=plan.digest,
            source_name=self.source.name,
            source_bytes=film.bytes,
            width=film.width,
            height=film.height,
            duration_s=round(self.recipe.length_s or outputs[0].duration_s or 0.0, 3),
            has_audio=film.has_audio,
            outputs=outputs,
            complete=plan.complete,
            source_sha256=sha256,
            from_s=self.recipe.trim.from_s,
        )

    def _encode(self, recipe: Recipe, folder: Path, on_progress: Progress | None) -> Problem | None:
        """Make what is wanted, with the fewest runs of FFmpeg."""
        wanted = set(recipe.names)
        if self.poster_image is not None:
            posters = [poster.name for poster in recipe.posters if poster.name in wanted]
            wanted -= set(posters)
            if posters:
                argv = picture_argv(recipe, self.poster_image, folder, posters)
                problem = convert_picture(argv, ffmpeg=self.ffmpeg, display_path=self.display_path)
                if problem is not None:
                    return problem
        if not wanted:
            return None
        recipe = self._measured(self._chosen(replace(recipe, wanted=frozenset(wanted))))
        problem = encode(
            recipe,
            self.source,
            folder,
            ffmpeg=self.ffmpeg,
            display_path=self.display_path,
            on_progress=on_progress,
        )
        if problem is not None and problem.code == "media-encode-failed":
            # A film that ends early has no picture for a poster wished for near its end.
            shorter = length_problem(recipe, folder, display_path=self.display_path)
            problem = shorter or problem
        if problem is None and recipe.storyboard is not None and STORYBOARD_NAME in wanted:
            (folder / INDEX_NAME).write_text(recipe.storyboard.index(), encoding="utf-8")
        return problem

    def _chosen(self, recipe: Recipe) -> Recipe:
        """The recipe with a moment for its poster, if it needs one."""
        names = {poster.name for poster in recipe.posters}
        if recipe.poster_at_s is not None or self.poster_image or not names & set(recipe.names):
            return recipe
        film, from_s = recipe.probe, recipe.trim.from_s
        moments_s = candidate_moments(from_s, recipe.length_s)
        samples = sample_pictures(self.source, film, moments_s, recipe.settings.pixels_max)
        chosen_s = choose([sample for sample in samples if sample.at_s >= from_s])
        if chosen_s is None:
            return replace(recipe, poster_at_s=(recipe.length_s or 0.0) / 2)
        return replace(recipe, poster_at_s=chosen_s - from_s)

    def _measured(self, recipe: Recipe) -> Recipe:
        """The recipe with a gain for its sound, if it needs one."""
        names = {rendition.name for rendition in recipe.renditions}
        if not recipe.probe.has_audio or not names & set(recipe.names):
            return recipe
        measured = measure_loudness(recipe, self.source, ffmpeg=self.ffmpeg)
        gain_db = choose_gain(measured)
        if measured is not None and gain_db is not None and limits(gain_db, measured):
            limited = measure_loudness(recipe, self.source, ffmpeg=self.ffmpeg, gain_db=gain_db)
            gain_db = correct_gain(gain_db, limited)
        return replace(recipe, gain_db=gain_db)

    def _produced(self, stored: Stored, *, encoded: bool = False) -> Produced:
        # The same film may lie under two names and share one folder.
        manifest = replace(stored.manifest, source_name=self.source.name)
        sha256 = manifest.source_sha256
        return Produced(manifest, stored.folder, [], encoded, manifest.complete, sha256)

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


def _digest(parts: list[object]) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _quick_names(recipe: Recipe) -> tuple[str, ...]:
    """The outputs of a quick run: one H.264 rendition and the posters."""
    plain = [one for one in recipe.renditions if one.codec == "h264"] or list(recipe.renditions)
    small = [one for one in plain if min(one.width, one.height) <= _QUICK_SHORT_SIDE_PX] or plain[
        -1:
    ]
    best = max(small, key=lambda one: one.width * one.height)
    return (best.name, *(poster.name for poster in recipe.posters))


def _look_at(image: Path, settings: VideoSettings, display_path: str) -> OwnPoster | Problem:
    """What the coach's own poster is.

    Raises:
        OSError: It cannot be read.
    """
    shown = f"{Path(display_path).parent.as_posix()}/{image.name}"
    if problem := check_file(image, shown):
        return problem
    size = probe_picture(image, settings.pixels_max)
    demuxer = picture_demuxer(image)
    if size is None or demuxer is None or min(size) < 2:
        return media_problem(
            shown,
            "this is not a picture that can be read, or it is too large",
            "put a JPEG, PNG or WebP there, or remove it and the program chooses a poster",
            "poster-image",
        )
    return OwnPoster(sha256_of(image), demuxer, *size)


def _check_poster(
    film: Probe, trim: Trim, poster_at_s: float | None, display_path: str
) -> Problem | None:
    if poster_at_s is None:
        return None
    inside = math.isfinite(poster_at_s) and poster_at_s >= 0
    if inside and (film.duration_s is None or poster_at_s <= film.duration_s):
        if trim.published_s(poster_at_s) is not None:
            return None
        where = "in a part of the film that the trim leaves out"
    else:
        length = "" if film.duration_s is None else f", which lasts {film.duration_s:.1f} s"
        where = f"outside the film{length}"
    return media_problem(
        display_path,
        f"the poster is wished for at {poster_at_s:g} s, {where}",
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
