"""Captions and chapters of a film as the files a page links to.

Captions are written again below ``.kinopress/cache/tracks/``, from what was read of them: cues and
nothing else, so that no comment of the coach and nothing a browser would stumble over gets out.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path

from kinopress.codes import Code
from kinopress.content.captions.check import read_captions
from kinopress.content.captions.webvtt import (
    Cue,
    moved,
    shown_chapters,
    write_chapters,
    write_webvtt,
)
from kinopress.content.model.films import Film
from kinopress.content.model.pages import Video, line_of
from kinopress.content.source.document import read_text
from kinopress.media.manifest import Manifest
from kinopress.media.trim import Trim
from kinopress.problems import Problem
from kinopress.project.films.made.list import TRACKS
from kinopress.system.atomic import write_text

# Programs let the last words stay a moment longer than the picture.
_BEYOND_S = 1.0


def write_captions(
    project: Path, film: Film, trim: Trim | None, manifest: Manifest
) -> tuple[dict[str, str], list[Problem]]:
    """The captions of a film as it is shown: WebVTT files by language, relative to the project."""
    written: dict[str, str] = {}
    problems: list[Problem] = []
    for lang, path in {**film.subrip, **film.captions}.items():
        # Their other problems were found by the check before.
        text, _ = read_text(project / path, path)
        cues, _ = read_captions(path, text) if text is not None else ((), [])
        if trim is None or trim.to_s is None:
            problems += words_beyond(path, cues, manifest.from_s + manifest.duration_s)
        shown = cues if trim is None else moved(cues, trim.from_s, trim.to_s)
        if shown:
            written[lang] = _write(project, f"{film.slug}.{lang}.vtt", write_webvtt(shown))
        elif cues:
            message = "none of these words fall within the part of the film that is shown"
            hint = "check that these are the captions of this film, and its trim"
            problems.append(Problem(path, message, hint, Code.CAPTIONS_BEYOND, severity="warning"))
    return written, problems


def chapters_beyond(page: Video, ends_s: float) -> list[Problem]:
    """Chapters that begin when what is shown of a film has ended.

    Args:
        page: The film's page.
        ends_s: The second of the camera film at which that is.
    """
    return [
        Problem(
            page.path,
            f"a chapter begins at {chapter.at_s:g} s, after the end of the film that is shown",
            "correct the time or remove the chapter",
            Code.CHAPTERS_BEYOND,
            line=line_of(page, "chapters"),
            field="chapters",
            severity="warning",
        )
        for chapter in page.chapters
        if chapter.at_s >= ends_s
    ]


def write_chapter_track(
    project: Path, page: Video | None, manifest: Manifest
) -> tuple[str | None, list[Problem]]:
    """The chapters of a film as a WebVTT file, relative to the project, if it has any."""
    if page is None or not page.chapters:
        return None, []
    shown = shown_chapters(page.chapters, page.trim, manifest.duration_s)
    problems = chapters_beyond(page, manifest.from_s + manifest.duration_s)
    if not shown:
        return None, problems
    text = write_chapters(shown, manifest.duration_s)
    return _write(project, f"{page.slug}.chapters.vtt", text), problems


def words_beyond(path: str, cues: Sequence[Cue], film_s: float) -> list[Problem]:
    """A warning of captions that go on after the end of a camera film that lasts ``film_s`` seconds."""
    late = [cue for cue in cues if cue.ends_s > film_s + _BEYOND_S]
    if not late:
        return []
    more = f", and {len(late) - 1} more" if len(late) > 1 else ""
    return [
        Problem(
            path,
            f"words end at {late[0].ends_s:.1f} s{more}, but the film ends at {film_s:.1f} s",
            "check that these are the captions of this film",
            Code.CAPTIONS_BEYOND,
            severity="warning",
        )
    ]


def _write(project: Path, name: str, text: str) -> str:
    path = TRACKS / name
    file = project / path
    with contextlib.suppress(OSError):
        if file.read_bytes() == text.encode("utf-8"):
            return path.as_posix()
    write_text(file, text)
    return path.as_posix()
