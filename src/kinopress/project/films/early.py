"""A film before it has a page: what it is, what is made of it meanwhile, and pictures to choose from.

What encodes films and reads pictures takes 30 MB, so each function loads it when it is called: the studio imports this
module to receive a film, and a computer that is receiving one need not hold what will only be asked for afterwards.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kinopress.content.model.settings import VideoDefaults
from kinopress.media.manifest import MANIFEST_NAME, Manifest, read_manifest
from kinopress.media.trim import WHOLE, Trim
from kinopress.pictures.made import PictureError
from kinopress.problems import Problem
from kinopress.project.events import SILENT, Listener

if TYPE_CHECKING:
    from kinopress.video.encode.produced import Produced
    from kinopress.video.proof.still import Still

STILLS = 6
"""As many pictures a person compares at a glance."""


def encode_early(
    project: Path,
    defaults: VideoDefaults,
    file: Path,
    path: str,
    listener: Listener = SILENT,
    *,
    trim: Trim = WHOLE,
    poster_at_s: float | None = None,
    poster: Path | None = None,
    quick: bool = False,
) -> Produced:
    """Encode a film that has no page yet; a build finds what was made by the film's bytes.

    Args:
        project: The project's folder.
        defaults: What the site says of its films.
        file: The film.
        path: What the coach calls it.
        listener: Is told how it comes along.
        trim: The part that is to be shown.
        poster_at_s: Second of the camera film for the poster; ``None``: the program chooses.
        poster: The coach's own poster.
        quick: Make only what is needed to publish.

    Raises:
        Refusal: without a usable FFmpeg or room on the disk (exit code 3), or while another run
            encodes (5).
    """
    from kinopress.project.films.encode import make_film  # noqa: PLC0415 - see above
    from kinopress.project.films.plan import video_settings  # noqa: PLC0415
    from kinopress.video.plan import FilmPlan, plan_film  # noqa: PLC0415

    def plan() -> FilmPlan | Problem:
        return plan_film(
            file,
            display_path=path,
            settings=video_settings(defaults),
            trim=trim,
            poster_at_s=poster_at_s,
            poster_image=poster,
        )

    return make_film(project, path, plan, listener, quick=quick)


def made_early(folder: Path) -> Manifest:
    """What is in a folder of the media store.

    Raises:
        OSError: nothing is there.
        ManifestError: it cannot be trusted.
    """
    return read_manifest(folder / MANIFEST_NAME)


def playable(folder: Path, manifest: Manifest) -> Path:
    """The file that every browser plays: the largest H.264."""
    plain = [o for o in manifest.renditions if not (o.codecs or "").startswith("av01")]
    best = max(plain or manifest.renditions, key=lambda output: output.width * output.height)
    return folder / best.path


def poster_choices(film: Path) -> list[Still]:
    """The best picture of each sixth of an encoded film, to choose the poster from."""
    from kinopress.video.proof.stills import best_stills  # noqa: PLC0415 - see above

    return best_stills(film, STILLS)


def picture_at(film: Path, at_s: float) -> bytes | None:
    """The picture of an encoded film at a second, as a JPEG; ``None``: there is none."""
    from kinopress.video.proof.stills import still_at  # noqa: PLC0415 - see above

    still = still_at(film, at_s)
    return None if still is None else still.jpeg


def poster_wrong(data: bytes) -> str | None:
    """Why a picture cannot be a film's poster, as a sentence; ``None``: it can."""
    from kinopress.pictures.posters import plain_picture  # noqa: PLC0415 - loads Pillow

    try:
        plain_picture(data)
    except PictureError as error:
        return f"This picture is {error.what}; {error.hint}."
    return None
