"""One film: what of it is there, what must be made, and the result put into the store whole."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path

from kinopress.codes import Code
from kinopress.media.manifest import MANIFEST_VERSION, Manifest, Output, address_of
from kinopress.problems import Problem
from kinopress.system import disk
from kinopress.system.lock import hold
from kinopress.system.stamps import HASHES_NAME, HashCache, stamp
from kinopress.video.encode.job import Job
from kinopress.video.encode.making.pictures import OWN_POSTER
from kinopress.video.encode.making.run import both
from kinopress.video.encode.outputs import BEFORE, make_outputs
from kinopress.video.encode.produced import Produced
from kinopress.video.encode.results import PlannedResult, plan_results
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
from kinopress.video.encode.worth.useful import left_out
from kinopress.video.proof.losses import loss_problems
from kinopress.video.recipe.storyboard import INDEX_NAME, STORYBOARD_NAME
from kinopress.video.source.sniff import media_problem


def find_or_make(job: Job, wait_s: float, *, quick: bool) -> Produced:
    """Find the result or make it.

    Args:
        job: What is to be made.
        wait_s: How long to wait for another run that encodes, in seconds; as :func:`hold` has it.
        quick: What is enough to publish will do.

    Raises:
        Refusal: ``BUSY`` while another run encodes.
        OSError: The store cannot be written.
    """
    disk.make_folder(job.media_dir)
    hashes = HashCache.load(job.media_dir / HASHES_NAME)
    try:
        before = stamp(job.source)
        sha256 = hashes.sha256(job.source)
        whole, first = plan_results(job.recipe, sha256, job.encoder.version)
        enough = [whole, first] if quick else [whole]
        found = _find(job.media_dir, enough, hashes)
        if isinstance(found, Stored):
            return _produced(job, found)
        doing = f"encoding {job.display_path}"
        with hold(
            job.media_dir,
            path=job.display_path,
            doing=doing,
            wait_s=wait_s,
            on_wait=job.on_wait,
        ) as held:
            # The run that held the lock until now may have made it.
            found = _find(job.media_dir, enough, hashes)
            if isinstance(found, Stored):
                return _produced(job, found)
            sweep(job.media_dir)
            telling = replace(job, on_progress=both(held.tell, job.on_progress))
            plan = first if quick else whole
            with _only_one(job, plan.digest):
                made = _make(telling, plan, sha256, before, hashes)
        if job.elsewhere is not None:
            made.problems.extend(job.elsewhere.said(job.display_path))
        if isinstance(found, Damaged) and made.manifest is not None:
            made.problems.append(_damaged(job, found))
        return made
    finally:
        hashes.save()


def _only_one(job: Job, digest: str) -> AbstractContextManager[None]:
    if job.elsewhere is None:
        return nullcontext()
    return job.elsewhere.only_one(digest, job.display_path)


def _find(
    media_dir: Path, plans: list[PlannedResult], hashes: HashCache
) -> Stored | Damaged | None:
    """The first result that is there whole; else what is known of the last one."""
    found: Stored | Damaged | None = None
    for plan in plans:
        found = find(media_dir, plan.digest, hashes)
        if isinstance(found, Stored):
            break
    return found


def _make(job: Job, plan: PlannedResult, sha256: str, before: str, hashes: HashCache) -> Produced:
    there = reusable(job.media_dir, plan.recipes, hashes)
    if INDEX_NAME not in there:
        there.pop(STORYBOARD_NAME, None)  # a grid and its index are made together
    useless = not_worth_it(job.media_dir, plan.recipes) - there.keys()
    missing = frozenset(plan.recipes) - there.keys() - useless
    recipe = replace(plan.recipe, wanted=missing)
    before_it = {f"{name}{BEFORE}" for name in recipe.films}
    makes = {*plan.recipes, *recipe.names, INDEX_NAME, STORYBOARD_NAME, OWN_POSTER, *before_it}
    with workshop(job.media_dir, makes) as folder:
        for one in there.values():
            take(one, folder)
        made = make_outputs(job, recipe, plan, folder, sha256)
        if isinstance(made, Problem):
            return Produced(None, None, [made])
        if stamp(job.source) != before:
            return Produced(None, None, [_changed(job)])
        known = {one.output.path: one.output for one in there.values()}
        known |= {output.path: output for output in made.outputs}
        outputs = [known[name] for name in plan.recipes if name in known]
        renditions = [output for output in outputs if output.kind == "rendition"]
        useless |= left_out(renditions, recipe.settings.saving_min)
        useless |= set(recipe.films) - known.keys()  # too large for what they show
        for name in useless & known.keys():
            disk.remove(folder / name)
        outputs = [output for output in outputs if output.path not in useless]
        manifest = _manifest(job, plan, sha256, outputs, useless)
        stored = put(job.media_dir, folder, manifest)
        produced = _produced(job, stored, encoded=bool(missing))
        return replace(produced, problems=[*produced.problems, *made.problems])


def _manifest(
    job: Job, plan: PlannedResult, sha256: str, outputs: Sequence[Output], useless: frozenset[str]
) -> Manifest:
    film = job.recipe.probe
    return Manifest(
        version=MANIFEST_VERSION,
        digest=plan.digest,
        source_name=job.source.name,
        source_bytes=film.bytes,
        width=film.width,
        height=film.height,
        duration_s=round(job.recipe.length_s or outputs[0].duration_s or 0.0, 3),
        has_audio=film.has_audio,
        outputs=tuple(outputs),
        complete=plan.complete,
        source_sha256=sha256,
        from_s=round(job.recipe.from_s, 3),
        left_out=tuple(sorted(plan.recipes[name] for name in useless)),
        fps=round(float(job.recipe.fps), 6),
        address=address_of(outputs),
    )


def _produced(job: Job, stored: Stored, *, encoded: bool = False) -> Produced:
    # The same film may be under two names and share one folder.
    manifest = replace(stored.manifest, source_name=job.source.name)
    sha256 = manifest.source_sha256
    lost = next((one.lost for one in manifest.renditions), ())
    film_s = job.recipe.probe.duration_s or manifest.duration_s
    problems = loss_problems(lost, film_s, job.display_path)
    return Produced(manifest, stored.folder, problems, encoded, manifest.complete, sha256)


def _changed(job: Job) -> Problem:
    return media_problem(
        job.display_path,
        "the file changed while it was being encoded",
        "run the command again once it has been copied completely",
        Code.MEDIA_CHANGED,
    )


def _damaged(job: Job, stored: Damaged) -> Problem:
    return media_problem(
        job.display_path,
        f"its stored web videos were damaged ({stored.reason}) and were made again",
        "nothing to do; if it happens often, check the disk",
        Code.MEDIA_STORED_DAMAGED,
        "warning",
    )
