"""What is made of a film, one after the other: sound, pictures, the proof of them, and a lower quality of what is too large.

A run that ends early leaves its whole parts to the next (:mod:`kinopress.video.encode.making.parts`).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from kinopress.media.manifest import Loss, Output
from kinopress.problems import Problem
from kinopress.system import disk
from kinopress.video.encode.elsewhere import Order, Spread
from kinopress.video.encode.job import OF_THE_COMPUTER, Job
from kinopress.video.encode.making import parts
from kinopress.video.encode.making.parts import Row, Rows, begin_again
from kinopress.video.encode.making.pictures import make_pictures
from kinopress.video.encode.making.run import LOG_NAME
from kinopress.video.encode.making.sound import make_sound
from kinopress.video.encode.results import PlannedResult
from kinopress.video.encode.verify import verify
from kinopress.video.encode.worth.useful import left_out
from kinopress.video.encode.worth.weighing import (
    SAID_FROM_BYTES,
    TRIES,
    about_size,
    made_smaller,
    too_large,
    too_large_to_keep,
)
from kinopress.video.ffmpeg import commands
from kinopress.video.proof.losses import Span, losses_of
from kinopress.video.proof.proof import Demand, demand_of
from kinopress.video.recipe.part_files import FOLDER as PARTS_FOLDER
from kinopress.video.recipe.part_files import SOUND_NAME
from kinopress.video.recipe.recipe import Recipe
from kinopress.video.source.packets import Packed, packed_spans

BEFORE = ".before"
"""Ends the name of a rendition while it is made once more."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was made and measured, and what is to be said of it."""

    outputs: tuple[Output, ...]
    problems: tuple[Problem, ...] = ()


def make_outputs(
    job: Job, recipe: Recipe, plan: PlannedResult, folder: Path, sha256: str
) -> Made | Problem:
    """Make what is wanted and measure it.

    Args:
        job: What is to be made of the film.
        recipe: What of it is still wanted.
        plan: Of which result.
        folder: The workshop.
        sha256: Of the source's bytes.

    Raises:
        OSError: The disk is full or in trouble.
    """
    return _Making(job, plan, folder, sha256).outputs(recipe)


@dataclass(frozen=True, slots=True)
class _Making:
    """What is being made of one film, and where.

    Attributes:
        job: What is to be made of the film.
        plan: Of which result.
        folder: The workshop.
        sha256: Of the source's bytes.
    """

    job: Job
    plan: PlannedResult
    folder: Path
    sha256: str

    def outputs(self, recipe: Recipe) -> Made | Problem:
        """Make what is wanted and measure it.

        Parts stay in the folder only when the computer ended the encoding early.
        """
        rows = parts.begin(
            self.job.media_dir, self.folder, {n: self.plan.recipes[n] for n in recipe.films}
        )
        resumed = any(row.files for row in rows.values())
        made = self._made(recipe, rows)
        if isinstance(made, Problem) and made.code in OF_THE_COMPUTER:
            return made
        parts.drop(self.folder)
        if isinstance(made, Problem) and resumed:
            # What an earlier run left may be to blame: once more without it.
            for name in recipe.names:
                with suppress(FileNotFoundError):
                    disk.remove(self.folder / name)
            return self.outputs(recipe)
        return made

    def _made(self, recipe: Recipe, rows: Rows) -> Made | Problem:
        """Sound, pictures, and the proof of them."""
        with self._spread(recipe, rows) as spread:
            heard = self._sound(recipe)
            if isinstance(heard, Problem):
                return heard
            encoded = make_pictures(self.job, recipe, self.folder, rows, spread)
        if isinstance(encoded, Problem):
            return encoded
        demand = Demand(None, None)
        lost: tuple[Loss, ...] = ()
        packed = Packed((), ())
        if recipe.films and encoded is not None:
            demand = demand_of(recipe, self.job.source, heard)
            film = recipe.probe
            packed = packed_spans(self.job.source, film.video_index, film.audio_index)
            lost = losses_of(recipe, packed, heard or [], encoded.decoded_s)

        def proved(some: Recipe) -> tuple[Output, ...] | Problem:
            return verify(
                some,
                self.folder,
                self.plan.recipes,
                demand,
                lost=lost,
                display_path=self.job.display_path,
            )

        outputs = proved(recipe)
        if isinstance(outputs, Problem):
            return outputs
        return self._weighed(recipe, rows, packed, outputs, proved)

    def _weighed(
        self,
        recipe: Recipe,
        rows: Rows,
        packed: Packed,
        outputs: tuple[Output, ...],
        proved: Callable[[Recipe], tuple[Output, ...] | Problem],
    ) -> Made | Problem:
        """Encode again, lower, what is larger than its source warrants; leave out what still is.

        Args:
            recipe: What was made.
            rows: The parts of each rendition.
            packed: What the source's packets say.
            outputs: What was made and proved.
            proved: Proves what was made by another recipe.
        """
        known = {output.path: output for output in outputs}
        worthless = left_out(
            [one for one in outputs if one.kind == "rendition"], recipe.settings.saving_min
        )
        # What another one takes the place of anyway is not made again.
        weighed = [one for one in outputs if one.path not in worthless]
        over = too_large(recipe, self.folder, weighed, packed)
        lowered_names: set[str] = set()
        for _ in range(TRIES):
            fewer = made_smaller(recipe, over, packed)
            if not fewer:
                break
            renditions = tuple(fewer.get(one.name, one) for one in recipe.renditions)
            recipe = replace(recipe, renditions=renditions, wanted=frozenset(fewer))
            again: dict[str, Row] = {}
            for name in fewer:
                disk.move(self.folder / name, self.folder / f"{name}{BEFORE}")
                digest = commands.digest_of(
                    recipe, name, self.plan.recipes[name], self.job.encoder.version
                )
                again[name] = begin_again(rows[name], digest)
            with self._spread(recipe, again) as spread:
                encoded = make_pictures(self.job, recipe, self.folder, again, spread)
            if isinstance(encoded, Problem):
                return encoded
            made = proved(recipe)
            if isinstance(made, Problem):
                # So low that it is another film: as it was, it was proved.
                for name in fewer:
                    disk.remove(self.folder / name)
                    disk.move(self.folder / f"{name}{BEFORE}", self.folder / name)
                break
            for name in fewer:
                disk.remove(self.folder / f"{name}{BEFORE}")
            lowered_names |= fewer.keys()
            known |= {output.path: output for output in made}
            over = {name: times for name, times in over.items() if name not in fewer}
            over |= too_large(recipe, self.folder, made, packed)
        gone = too_large_to_keep(self.plan.recipe.renditions, known.keys() - worthless, over.keys())
        # Was never weighed, and what took its place may be gone.
        for name in gone | worthless:
            disk.remove(self.folder / name)
        kept = tuple(one for name, one in known.items() if name not in gone | worthless)
        if packed.bytes_in_all < SAID_FROM_BYTES or not self.plan.complete:
            return Made(kept)  # what a quick run makes is made again soon
        # One in whose place another is now is not on the site.
        seen = lowered_names - left_out(
            [one for one in kept if one.kind == "rendition"], recipe.settings.saving_min
        )
        said = about_size(seen, gone, over.keys() - gone, self.job.display_path)
        return Made(kept, tuple(said))

    def _sound(self, recipe: Recipe) -> list[Span] | Problem | None:
        """Make the sound of the renditions; answers what was heard, ``None`` for silent films."""
        if not recipe.films or not recipe.probe.has_audio:
            return None
        return make_sound(
            recipe,
            self.job.source,
            self.folder / PARTS_FOLDER / SOUND_NAME,
            ffmpeg=self.job.encoder.path,
            display_path=self.job.display_path,
            on_progress=self.job.on_sound,
            log=self.job.media_dir / LOG_NAME,
        )

    def _spread(self, recipe: Recipe, rows: Rows) -> AbstractContextManager[Spread | None]:
        """Begin to have the renditions made elsewhere, if there is anybody."""
        if self.job.elsewhere is None or not recipe.films:
            return nullcontext()
        films = replace(recipe, wanted=frozenset(recipe.films))
        return self.job.elsewhere.begin(
            Order(self.job.source, self.sha256, self.job.display_path, films, rows)
        )
