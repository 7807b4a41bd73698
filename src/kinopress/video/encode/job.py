"""One film's work: what of it is there, what must be made, and the result put into the store.

A result is put in place whole. One process decodes the film once and makes everything, renditions
in parts, which are then joined. A run that ends early leaves its whole parts to the next
(:mod:`kinopress.video.encode.parts`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from kinopress.codes import Code
from kinopress.media.manifest import MANIFEST_VERSION, Loss, Manifest, Output, address_of
from kinopress.problems import Problem
from kinopress.system import disk
from kinopress.system.lock import OnWait, hold
from kinopress.system.stamps import HASHES_NAME, HashCache, stamp
from kinopress.video.encode import parts
from kinopress.video.encode.elsewhere import Elsewhere, Order, Spread
from kinopress.video.encode.gathering import gather
from kinopress.video.encode.parts import Row, Rows, begin_again
from kinopress.video.encode.produced import Produced
from kinopress.video.encode.results import PlannedResult, plan_results
from kinopress.video.encode.run import LOG_NAME, Encoded, Progress, both, convert_picture, encode
from kinopress.video.encode.sound_work import make_sound
from kinopress.video.encode.store import (
    Damaged,
    Stored,
    find,
    not_worth_it,
    put,
    reusable,
    sweep,
    take,
    workshop,
)
from kinopress.video.encode.useful import left_out
from kinopress.video.encode.verify import length_problem, verify, wrong
from kinopress.video.encode.weighing import (
    SAID_FROM_BYTES,
    TRIES,
    about_size,
    made_smaller,
    too_large,
)
from kinopress.video.ffmpeg import commands
from kinopress.video.ffmpeg.binary import Encoder
from kinopress.video.ffmpeg.graph import picture_argv
from kinopress.video.proof.joining import JoinError, count_joined, join
from kinopress.video.proof.losses import (
    Span,
    loss_problems,
    lost_pictures,
    lost_sound,
    missing_sound,
)
from kinopress.video.proof.pictures import sample_pictures
from kinopress.video.proof.proof import Demand, demand_of
from kinopress.video.recipe.ladder import Rendition
from kinopress.video.recipe.part_files import FOLDER as PARTS_FOLDER
from kinopress.video.recipe.part_files import SOUND_NAME
from kinopress.video.recipe.poster import candidate_moments
from kinopress.video.recipe.recipe import Recipe
from kinopress.video.recipe.storyboard import INDEX_NAME, STORYBOARD_NAME
from kinopress.video.source.packets import Packed, packed_spans
from kinopress.video.source.poster_score import choose
from kinopress.video.source.sniff import media_problem

_OWN_POSTER = "own-poster.png"
"""Is in the workshop while the posters are made of it."""
_BEFORE = ".before"
"""Ends the name of a rendition while it is made once more."""
OF_THE_COMPUTER = frozenset(
    {
        *(Code.MEDIA_DISK_FULL, Code.MEDIA_STORE_FAILED, Code.FFMPEG_ENDED),
        *(Code.CLUSTER_LOST, Code.CLUSTER_WORKERS),
    }
)
"""Codes of the computer's trouble, not the film's: another film would fare no better, and what was
finished of this one is good."""


@dataclass(frozen=True, slots=True)
class _Made:
    """What was made and measured, and what is to be said of it."""

    outputs: tuple[Output, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be made of one source, decided.

    Attributes:
        source: The camera film.
        poster: The coach's own poster, as a PNG of nothing but pixels.
        display_path: What the coach calls the film.
        media_dir: The store.
        recipe: What is to be made, and how.
        encoder: What makes it.
        on_progress: Is told the finished share while encoding.
        on_sound: Is told the finished share while the sound is measured, which comes before.
        on_wait: Is told for which other run this one waits.
        elsewhere: Other computers that encode; ``None``: this one does.
    """

    source: Path
    poster: bytes | None
    display_path: str
    media_dir: Path
    recipe: Recipe
    encoder: Encoder
    on_progress: Progress | None = None
    on_sound: Progress | None = None
    on_wait: OnWait | None = None
    elsewhere: Elsewhere | None = None

    def run(self, wait_s: float, *, quick: bool) -> Produced:
        """Find the result or make it.

        Args:
            wait_s: How long to wait for another run that encodes, in seconds; as :func:`hold` has it.
            quick: What is enough to publish will do.

        Raises:
            Refusal: ``BUSY`` while another run encodes.
            OSError: The store cannot be written.
        """
        disk.make_folder(self.media_dir)
        hashes = HashCache.load(self.media_dir / HASHES_NAME)
        try:
            before = stamp(self.source)
            sha256 = hashes.sha256(self.source)
            whole, first = plan_results(self.recipe, sha256, self.encoder.version)
            enough = [whole, first] if quick else [whole]
            found = self._find(enough, hashes)
            if isinstance(found, Stored):
                return self._produced(found)
            doing = f"encoding {self.display_path}"
            with hold(
                self.media_dir,
                path=self.display_path,
                doing=doing,
                wait_s=wait_s,
                on_wait=self.on_wait,
            ) as held:
                # The run that held the lock until now may have made it.
                found = self._find(enough, hashes)
                if isinstance(found, Stored):
                    return self._produced(found)
                sweep(self.media_dir)
                telling = replace(self, on_progress=both(held.tell, self.on_progress))
                plan = first if quick else whole
                with self._only_one(plan.digest):
                    made = telling._make(plan, sha256, before, hashes)
            if self.elsewhere is not None:
                made.problems.extend(self.elsewhere.said(self.display_path))
            if isinstance(found, Damaged) and made.manifest is not None:
                made.problems.append(self._damaged(found))
            return made
        finally:
            hashes.save()

    def _only_one(self, digest: str) -> AbstractContextManager[None]:
        if self.elsewhere is None:
            return nullcontext()
        return self.elsewhere.only_one(digest, self.display_path)

    def _find(self, plans: list[PlannedResult], hashes: HashCache) -> Stored | Damaged | None:
        """The first result that is there whole; else what is known of the last one."""
        found: Stored | Damaged | None = None
        for plan in plans:
            found = find(self.media_dir, plan.digest, hashes)
            if isinstance(found, Stored):
                break
        return found

    def _make(self, plan: PlannedResult, sha256: str, before: str, hashes: HashCache) -> Produced:
        there = reusable(self.media_dir, plan.recipes, hashes)
        if INDEX_NAME not in there:
            there.pop(STORYBOARD_NAME, None)  # a grid and its index are made together
        useless = not_worth_it(self.media_dir, plan.recipes) - there.keys()
        missing = frozenset(plan.recipes) - there.keys() - useless
        recipe = replace(plan.recipe, wanted=missing)
        before_it = {f"{name}{_BEFORE}" for name in recipe.films}
        makes = {*plan.recipes, *recipe.names, INDEX_NAME, STORYBOARD_NAME, _OWN_POSTER, *before_it}
        with workshop(self.media_dir, makes) as folder:
            for one in there.values():
                take(one, folder)
            made = self._outputs(recipe, folder, plan, sha256)
            if isinstance(made, Problem):
                return Produced(None, None, [made])
            if stamp(self.source) != before:
                return Produced(None, None, [self._changed()])
            known = {one.output.path: one.output for one in there.values()}
            known |= {output.path: output for output in made.outputs}
            outputs = [known[name] for name in plan.recipes if name in known]
            renditions = [output for output in outputs if output.kind == "rendition"]
            useless |= left_out(renditions, recipe.settings.saving_min)
            useless |= set(recipe.films) - known.keys()  # too large for what they show
            for name in useless & known.keys():
                disk.remove(folder / name)
            outputs = [output for output in outputs if output.path not in useless]
            manifest = self._manifest(plan, sha256, outputs, useless)
            stored = put(self.media_dir, folder, manifest)
            produced = self._produced(stored, encoded=bool(missing))
            return replace(produced, problems=[*produced.problems, *made.problems])

    def _outputs(
        self, recipe: Recipe, folder: Path, plan: PlannedResult, sha256: str
    ) -> _Made | Problem:
        """Make what is wanted and measure it.

        Parts stay in the folder only when the computer ended the encoding early.
        """
        rows = parts.begin(self.media_dir, folder, {n: plan.recipes[n] for n in recipe.films})
        resumed = any(row.files for row in rows.values())
        made = self._made(recipe, folder, rows, plan, sha256)
        if isinstance(made, Problem) and made.code in OF_THE_COMPUTER:
            return made
        parts.drop(folder)
        if isinstance(made, Problem) and resumed:
            # What an earlier run left may be to blame: once more without it.
            for name in recipe.names:
                with suppress(FileNotFoundError):
                    disk.remove(folder / name)
            return self._outputs(recipe, folder, plan, sha256)
        return made

    def _made(
        self, recipe: Recipe, folder: Path, rows: Rows, plan: PlannedResult, sha256: str
    ) -> _Made | Problem:
        """Sound, pictures, and the proof of them."""
        with self._spread(recipe, rows, sha256) as spread:
            heard = self._sound(recipe, folder)
            if isinstance(heard, Problem):
                return heard
            encoded = self._encode(recipe, folder, rows, spread)
        if isinstance(encoded, Problem):
            return encoded
        demand = Demand(None, None)
        lost: tuple[Loss, ...] = ()
        packed = Packed((), ())
        if recipe.films and encoded is not None:
            demand = demand_of(recipe, self.source, heard)
            film = recipe.probe
            packed = packed_spans(self.source, film.video_index, film.audio_index)
            lost = self._lost(recipe, packed, heard or [], encoded.decoded_s)

        def proved(some: Recipe) -> tuple[Output, ...] | Problem:
            return verify(
                some, folder, plan.recipes, demand, lost=lost, display_path=self.display_path
            )

        outputs = proved(recipe)
        if isinstance(outputs, Problem):
            return outputs
        return self._weighed(recipe, folder, rows, plan, packed, outputs, proved, sha256)

    def _weighed(
        self,
        recipe: Recipe,
        folder: Path,
        rows: Rows,
        plan: PlannedResult,
        packed: Packed,
        outputs: tuple[Output, ...],
        proved: Callable[[Recipe], tuple[Output, ...] | Problem],
        sha256: str,
    ) -> _Made | Problem:
        """Encode again, lower, what is larger than its source warrants; leave out what still is.

        Args:
            recipe: What was made.
            folder: The workshop.
            rows: The parts of each rendition.
            plan: Of which result.
            packed: What the source's packets say.
            outputs: What was made and proved.
            proved: Proves what was made by another recipe.
            sha256: Of the source's bytes.
        """
        known = {output.path: output for output in outputs}
        worthless = left_out(
            [one for one in outputs if one.kind == "rendition"], recipe.settings.saving_min
        )
        # What another one takes the place of anyway is not made again.
        weighed = [one for one in outputs if one.path not in worthless]
        over = too_large(recipe, folder, weighed, packed)
        lowered_names: set[str] = set()
        for _ in range(TRIES):
            fewer = made_smaller(recipe, over, packed)
            if not fewer:
                break
            renditions = tuple(fewer.get(one.name, one) for one in recipe.renditions)
            recipe = replace(recipe, renditions=renditions, wanted=frozenset(fewer))
            again: dict[str, Row] = {}
            for name in fewer:
                disk.move(folder / name, folder / f"{name}{_BEFORE}")
                digest = commands.digest_of(recipe, name, plan.recipes[name], self.encoder.version)
                again[name] = begin_again(rows[name], digest)
            with self._spread(recipe, again, sha256) as spread:
                encoded = self._encode(recipe, folder, again, spread)
            if isinstance(encoded, Problem):
                return encoded
            made = proved(recipe)
            if isinstance(made, Problem):
                # So low that it is another film: as it was, it was proved.
                for name in fewer:
                    disk.remove(folder / name)
                    disk.move(folder / f"{name}{_BEFORE}", folder / name)
                break
            for name in fewer:
                disk.remove(folder / f"{name}{_BEFORE}")
            lowered_names |= fewer.keys()
            known |= {output.path: output for output in made}
            over = {name: times for name, times in over.items() if name not in fewer}
            over |= too_large(recipe, folder, made, packed)
        gone = _without_harm(plan.recipe.renditions, known.keys() - worthless, over.keys())
        # Was never weighed, and what took its place may be gone.
        for name in gone | worthless:
            disk.remove(folder / name)
        kept = tuple(one for name, one in known.items() if name not in gone | worthless)
        if packed.bytes_in_all < SAID_FROM_BYTES or not plan.complete:
            return _Made(kept)  # what a quick run makes is made again soon
        # One in whose place another is now is not on the site.
        seen = lowered_names - left_out(
            [one for one in kept if one.kind == "rendition"], recipe.settings.saving_min
        )
        said = about_size(seen, gone, over.keys() - gone, self.display_path)
        return _Made(kept, tuple(said))

    def _lost(
        self,
        recipe: Recipe,
        packed: Packed,
        heard: Sequence[Span],
        decoded_s: Sequence[float],
    ) -> tuple[Loss, ...]:
        """What is in the film and did not decode, and where it has no sound."""
        film, from_s, to_s = recipe.probe, recipe.from_s, recipe.trim.to_s
        sound: tuple[Loss, ...] = ()
        if film.has_audio and film.picture_end_s is not None:
            if not film.jumps:  # where times begin again, they tell nothing of what is missing
                sound = lost_sound(packed.sound, heard, from_s=from_s, to_s=to_s)
            sound += missing_sound(
                heard,
                sound,
                damaged_s=packed.damaged_s,
                codec=film.audio_codec,
                packed=packed.sound,
                from_s=from_s,
                to_s=film.picture_end_s if to_s is None else min(film.picture_end_s, to_s),
                film_s=film.duration_s if to_s is None else to_s,
            )
        pictures = lost_pictures(
            () if film.jumps else packed.picture,
            decoded_s,
            damaged_s=packed.damaged_s,
            silent=sound,
            from_s=from_s,
            to_s=to_s,
        )
        return pictures + tuple(sorted(sound, key=lambda loss: loss.from_s))

    def _sound(self, recipe: Recipe, folder: Path) -> list[Span] | Problem | None:
        """Make the sound of the renditions; answers what was heard, ``None`` for silent films."""
        if not recipe.films or not recipe.probe.has_audio:
            return None
        return make_sound(
            recipe,
            self.source,
            folder / PARTS_FOLDER / SOUND_NAME,
            ffmpeg=self.encoder.path,
            display_path=self.display_path,
            on_progress=self.on_sound,
            log=self.media_dir / LOG_NAME,
        )

    def _manifest(
        self, plan: PlannedResult, sha256: str, outputs: Sequence[Output], useless: frozenset[str]
    ) -> Manifest:
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
            outputs=tuple(outputs),
            complete=plan.complete,
            source_sha256=sha256,
            from_s=round(self.recipe.from_s, 3),
            left_out=tuple(sorted(plan.recipes[name] for name in useless)),
            fps=round(float(self.recipe.fps), 6),
            address=address_of(outputs),
        )

    def _spread(
        self, recipe: Recipe, rows: Rows, sha256: str
    ) -> AbstractContextManager[Spread | None]:
        """Begin to have the renditions made elsewhere, if there is anybody."""
        if self.elsewhere is None or not recipe.films:
            return nullcontext()
        films = replace(recipe, wanted=frozenset(recipe.films))
        return self.elsewhere.begin(Order(self.source, sha256, self.display_path, films, rows))

    def _encode(
        self, recipe: Recipe, folder: Path, rows: Rows, spread: Spread | None
    ) -> Encoded | Problem | None:
        """Make what is wanted, with the fewest runs of FFmpeg.

        Args:
            recipe: What is wanted.
            folder: The workshop.
            rows: The parts of each rendition.
            spread: Where renditions are being made already, if that is elsewhere.

        Returns:
            What went by; ``None`` when the film itself was not needed.
        """
        wanted = set(recipe.names)
        if self.poster is not None:
            posters = [poster.name for poster in recipe.posters if poster.name in wanted]
            wanted -= set(posters)
            if posters:
                problem = self._make_posters(recipe, self.poster, folder, posters)
                if problem is not None:
                    return problem
        if not wanted:
            return None
        recipe = self._chosen(replace(recipe, wanted=frozenset(wanted)))
        encoded = (
            self._run(recipe, folder, rows, self.on_progress)
            if spread is None
            else self._gathered(recipe, folder, rows, spread)
        )
        if isinstance(encoded, Problem):
            if encoded.code != Code.MEDIA_ENCODE_FAILED:
                return encoded
            # A film that ends early has no picture for a poster requested near its end.
            parts.look(rows.values(), ended=True)
            return length_problem(recipe, rows, display_path=self.display_path) or encoded
        problem = self._join(recipe, folder, rows, encoded.pictures)
        if problem is None and recipe.storyboard is not None and STORYBOARD_NAME in wanted:
            disk.write(folder / INDEX_NAME, recipe.storyboard.index().encode("utf-8"))
        return problem or encoded

    def _run(
        self,
        recipe: Recipe,
        folder: Path,
        rows: Rows,
        tell: Progress | None,
        *,
        to_the_end: bool = False,
    ) -> Encoded | Problem:
        return encode(
            recipe,
            self.source,
            folder,
            ffmpeg=self.encoder.path,
            display_path=self.display_path,
            rows=rows,
            on_progress=tell,
            log=self.media_dir / LOG_NAME,
            to_the_end=to_the_end,
        )

    def _gathered(
        self, recipe: Recipe, folder: Path, rows: Rows, spread: Spread
    ) -> Encoded | Problem:
        """:func:`gather`, with what this job makes itself."""

        def run(
            recipe: Recipe, rows: Rows, tell: Progress, *, to_the_end: bool
        ) -> Encoded | Problem:
            return self._run(recipe, folder, rows, tell, to_the_end=to_the_end)

        return gather(recipe, rows, spread, run, self.on_progress)

    def _make_posters(
        self, recipe: Recipe, picture: bytes, folder: Path, posters: list[str]
    ) -> Problem | None:
        """Posters from the coach's own picture."""
        ready = folder / _OWN_POSTER
        disk.write(ready, picture)
        try:
            argv = picture_argv(recipe, ready, folder, posters)
            return convert_picture(
                argv,
                ffmpeg=self.encoder.path,
                display_path=self.display_path,
                log=self.media_dir / LOG_NAME,
            )
        finally:
            disk.remove(ready)

    def _join(self, recipe: Recipe, folder: Path, rows: Rows, pictures: int) -> Problem | None:
        """Make films of the renditions' parts, and prove that each has every picture.

        Args:
            recipe: What is made.
            folder: The workshop.
            rows: The parts.
            pictures: How many the graph gave to each rendition.

        Raises:
            OSError: The disk is full or in trouble.
        """
        sound = None if recipe.probe.audio_index is None else folder / PARTS_FOLDER / SOUND_NAME
        for name, row in rows.items():
            if row.unreadable is not None:
                return wrong(self.display_path, f"{name}: part {row.unreadable} cannot be read")
            try:
                join(row.paths, sound, folder / name, recipe.fps)
            except JoinError as error:
                return wrong(self.display_path, f"{name}: {error}")
            joined = count_joined(folder / name, recipe.fps)
            if joined is None or joined != pictures:
                found = "none at its time" if joined is None else str(joined)
                what = f"of {pictures} pictures {name} has {found}"
                return wrong(self.display_path, what)
        return None

    def _chosen(self, recipe: Recipe) -> Recipe:
        """The recipe with a moment for its poster, if it needs one."""
        names = {poster.name for poster in recipe.posters}
        if (
            recipe.poster_at_s is not None
            or self.poster is not None
            or not names & set(recipe.names)
        ):
            return recipe
        film, from_s = recipe.probe, recipe.from_s
        moments_s = candidate_moments(from_s, recipe.length_s)
        samples = sample_pictures(self.source, film, moments_s, recipe.settings.pixels_max)
        chosen_s = choose([sample for sample in samples if sample.at_s >= from_s])
        if chosen_s is None:
            return replace(recipe, poster_at_s=(recipe.length_s or 0.0) / 2)
        return replace(recipe, poster_at_s=chosen_s - from_s)

    def _produced(self, stored: Stored, *, encoded: bool = False) -> Produced:
        # The same film may be under two names and share one folder.
        manifest = replace(stored.manifest, source_name=self.source.name)
        sha256 = manifest.source_sha256
        lost = next((one.lost for one in manifest.renditions), ())
        film_s = self.recipe.probe.duration_s or manifest.duration_s
        problems = loss_problems(lost, film_s, self.display_path)
        return Produced(manifest, stored.folder, problems, encoded, manifest.complete, sha256)

    def _changed(self) -> Problem:
        return media_problem(
            self.display_path,
            "the file changed while it was being encoded",
            "run the command again once it has been copied completely",
            Code.MEDIA_CHANGED,
        )

    def _damaged(self, stored: Damaged) -> Problem:
        return media_problem(
            self.display_path,
            f"its stored web videos were damaged ({stored.reason}) and were made again",
            "nothing to do; if it happens often, check the disk",
            Code.MEDIA_STORED_DAMAGED,
            "warning",
        )


def _without_harm(
    renditions: Sequence[Rendition], made: Collection[str], over: Collection[str]
) -> set[str]:
    """Which of those that are too large are left out: H.264 plays everywhere, so one of it stays, whatever it takes."""
    plain = [one.name for one in renditions if one.codec == "h264"]
    small_enough = any(name in made and name not in over for name in plain)
    return set(over) if small_enough else set(over) - set(plain) if plain else set()
