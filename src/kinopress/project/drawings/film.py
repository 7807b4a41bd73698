"""A drawn figure as a film that can be sent: an MP4 in a folder that the coach names.

A file there is replaced only if an earlier run wrote it and nobody has changed it since; the project keeps the
digest of each that it wrote.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from kinopress.codes import Code
from kinopress.media.figure import MOVING, Figure, Scene, still_name
from kinopress.problems import ExitCode, Problem, Refusal
from kinopress.project.events import SILENT, Cancelled, Listener
from kinopress.system.atomic import write_bytes, write_new
from kinopress.system.kept import read_kept, write_kept
from kinopress.video.drawn import FPS, drawn_film

FOLDER = "drawn-films"
"""Where drawn films go unless the coach names a folder: beside pages, not among them."""
WRITTEN = Path(".kinopress") / "drawn-films.json"
"""Path → SHA-256 of each drawn film that was written."""


def write_film(project: Path, figure: Figure, folder: Path, listener: Listener = SILENT) -> Path:
    """Make a film of a figure and put it in a folder.

    Args:
        project: The project's folder.
        figure: It has been drawn, and knows its scenes.
        folder: Made when it is not there.
        listener: Is told how it comes along.

    Raises:
        Refusal: a file of that name was not made here (exit code 1), or there is no usable FFmpeg (3).
        OSError: the disk is full or may not be written to.
    """
    target = folder / f"{figure.slug}.mp4"
    written = _read(project)
    key = str(target.absolute())
    if taken := _not_ours(target, written.get(key)):
        raise Refusal([taken], ExitCode.CONTENT)
    data = _made(figure, target, listener)
    # It has taken a while: somebody may have put a file there meanwhile.
    if taken := _not_ours(target, written.get(key)):
        raise Refusal([taken], ExitCode.CONTENT)
    # The digest first: a run that ends between the two leaves a file that the next one knows.
    write_kept(project / WRITTEN, _read(project) | {key: [*written.get(key, ()), _digest(data)]})
    if target.exists():
        write_bytes(target, data)
    else:
        write_new(target, data)
    write_kept(project / WRITTEN, _read(project) | {key: [_digest(data)]})
    return target


def _made(figure: Figure, target: Path, listener: Listener) -> bytes:
    watching = listener.film(target.name, lambda: None)
    encoded = False
    try:
        with tempfile.TemporaryDirectory(prefix="kinopress-drawn-") as workshop:
            film = drawn_film(
                _pictures(figure),
                Path(workshop),
                display_path=str(target),
                on_progress=watching.share,
            )
            data = film.read_bytes()
        encoded = True
        return data
    except (KeyboardInterrupt, Cancelled):
        watching.stopped()
        raise
    finally:
        watching.done(encoded=encoded)


def _pictures(figure: Figure) -> list[Callable[[], bytes]]:
    # What draws is loaded only where a film is asked for.
    from kinopress.figures.drawing.moments import Moments  # noqa: PLC0415
    from kinopress.pictures.frames import Words, picture  # noqa: PLC0415

    height = figure.sizes[still_name(1)][1]
    moments = Moments((figure.folder / MOVING).read_text("utf-8"), height)
    title = moments.title

    def at(now: float) -> bytes:
        words = Words(title)
        for scene in figure.scenes:
            # Words come with the movement, so that there is time to read them.
            if scene.comes_s <= now < scene.to_s:
                words = Words(title, scene.say, *_counted(scene, now))
        return picture(moments.at(now), words)

    return [partial(at, number / FPS) for number in range(max(1, round(figure.length_s * FPS)))]


def _counted(scene: Scene, now: float) -> tuple[float | None, int]:
    """How far the ring of a scene has closed at a second of the film, and the number in it."""
    if scene.count_s is None:
        return None, 0
    share = max(0.0, (now - scene.from_s) / (scene.to_s - scene.from_s))
    return share, round(share * scene.count_s)


def _not_ours(target: Path, known: list[str] | None) -> Problem | None:
    """Why a file may not be written: something else has its name."""
    if not target.is_symlink():
        if not target.exists():
            return None
        if target.is_file() and _digest(target.read_bytes()) in (known or ()):
            return None
    return Problem(
        str(target),
        "there is already a file of this name, and it is not as kinopress figure wrote it",
        "rename it, or choose another folder with --to",
        Code.FIGURE_FILM,
    )


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _read(project: Path) -> dict[str, list[str]]:
    """What was written before; nothing where the list is gone or is not one."""

    def take(found: Any) -> dict[str, list[str]]:
        return {
            str(path): [str(digest) for digest in digests]
            for path, digests in found.items()
            if isinstance(digests, list)
        }

    return read_kept(project / WRITTEN, take, unchecked=True) or {}
