"""A client's plan is made into what is handed over: one file that needs nothing else, or a message in plain words."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kinopress.codes import Code
from kinopress.content.captions.webvtt_reader import read_webvtt
from kinopress.content.model.clients import PrivatePlan
from kinopress.content.model.library import Library
from kinopress.content.relations.of_client import exercises_in, with_drafts
from kinopress.content.relations.related import videos_of_exercise
from kinopress.content.source.document import read_text
from kinopress.engines.handed import handed_page
from kinopress.engines.settings import words_of_scripts
from kinopress.media.clip import Clip
from kinopress.media.figure import Figure
from kinopress.pages.handed.article import BASE, Article, handed_article
from kinopress.pages.handed.message import handed_message
from kinopress.pages.handed.packed import FilmInside
from kinopress.pages.place import Place
from kinopress.problems import ExitCode, Problem, Refusal, Report
from kinopress.project.clients.films import films_there, ready_plan
from kinopress.project.clients.folder import (
    FILE,
    MESSAGE,
    folder_of,
    shown_path,
)
from kinopress.project.clients.handed import Handed
from kinopress.project.drawings.figures import ready_figures
from kinopress.project.events import SILENT, Listener
from kinopress.project.films.made.ready import read_clips
from kinopress.project.folder import cannot_write, only_run
from kinopress.system.atomic import write_bytes


def hand_over(
    project: Path,
    library: Library,
    name: str,
    *,
    films: bool = False,
    listener: Listener = SILENT,
    today: dt.date | None = None,
) -> Handed:
    """Make the file of a client's plan.

    Args:
        project: The project's folder.
        library: The site's pages.
        name: The client's folder.
        films: Put the films of its exercises inside.
        listener: Is told how drawings come along.
        today: The day it is; by default that of the library.

    Raises:
        Refusal: there is no such client (exit code 2), no consent (1), the file cannot be
            written or a film not read (3), or another run holds the project (5).
    """
    drawn, report = drawn_plan(project, library, name, films=films, listener=listener, today=today)
    if drawn is None:
        return Handed(None, 0, (), 0, report)
    words = library.shared.words
    data = handed_page(
        drawn.article,
        drawn.inside,
        title=drawn.place.phrase("14 days"),
        language=library.settings.language,
        words=words_of_scripts(words) or None,
    )
    file = _write(folder_of(project, library, name) / FILE, data)
    more = 0 if films else round(drawn.films_bytes * 1.016)
    return Handed(shown_path(project, file), len(data), drawn.films, len(data) + more, report)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A client's plan with all that it shows, for whatever it is handed over in.

    Attributes:
        private: The plan.
        place: For words around it.
        article: The inside of its page.
        inside: The films that go with it, by the names of their pages.
        films: The films that go with it, or could.
        films_bytes: How large these are.
    """

    private: PrivatePlan
    place: Place
    article: Article
    inside: Mapping[str, FilmInside]
    films: tuple[str, ...]
    films_bytes: int


def drawn_plan(
    project: Path,
    library: Library,
    name: str,
    *,
    films: bool = False,
    locked: bool = False,
    listener: Listener = SILENT,
    today: dt.date | None = None,
) -> tuple[Drawn | None, Report]:
    """A client's plan, where nothing stops it, with its drawings made and its films read.

    Args:
        project: The project's folder.
        library: The site's pages.
        name: The client's folder.
        films: Its films go with it.
        locked: It is for an encrypted page, and not for a file.
        listener: Is told how drawings come along.
        today: The day it is; by default that of the library.

    Raises:
        Refusal: as :func:`hand_over`.
    """
    private, report = ready_plan(project, library, name, today)
    if private is None:
        return None, report
    library = with_drafts(library, private)
    clips = read_clips(project, library)
    place = Place(library, clips, "plan.md", base=BASE)
    with only_run(project, "making a file"):
        own = {page.slug for page in exercises_in(place.library, private)[0]}
        needed = {slug: motion for slug, motion in library.motions.items() if slug in own}
        of_plan = dataclasses.replace(library, motions=needed)
        try:
            figures, problems = ready_figures(project, of_plan, listener.figures, draw=True)
        except OSError as error:
            raise cannot_write(project / ".kinopress", error) from None
    report.extend(p for p in problems if p.severity == "error")
    if report.errors:
        return None, report
    place = dataclasses.replace(place, figures=figures)
    there = films_there(library, clips, private)
    inside = {
        slug: FilmInside(_film(clip.folder / output.path), _captions(project, clip))
        for slug, (clip, output) in there.items()
        if films
    }
    report.extend(_left_without(place, private, inside, there, asked=films))
    article = handed_article(place, private, tuple(inside), drawing=_drawing, locked=locked)
    size = sum(output.bytes for _, output in there.values())
    return Drawn(private, place, article, inside, tuple(there), size), report


def _left_without(
    place: Place,
    private: PrivatePlan,
    inside: Container[str],
    there: Container[str],
    *,
    asked: bool,
) -> Iterator[Problem]:
    """Exercises whose film does not go with the plan, where it was asked for or there is nothing else to see."""
    for exercise in exercises_in(place.library, private)[0]:
        for video in videos_of_exercise(place.library, exercise)[:1]:
            if video.slug in inside or (exercise.slug in place.figures and not asked):
                continue
            message = f"{exercise.path} has no drawing, and its film does not go with it"
            hint = "to put the film inside, add --films"
            if video.slug not in there:
                message = f"the film {video.path} cannot go with it: it has not been made for the web on this computer"
                hint = f"run kinopress video encode {video.slug}, then do this again"
            yield Problem(private.plan.path, message, hint, Code.CLIENT_UNSHOWN, severity="warning")


def write_message(
    project: Path, library: Library, name: str, today: dt.date | None = None
) -> Handed:
    """Write a client's plan as a message in plain words.

    Raises:
        Refusal: there is no such client (exit code 2), no consent (1), or the file cannot be written (3).
    """
    private, report = ready_plan(project, library, name, today)
    if private is None:
        return Handed(None, 0, (), 0, report)
    library = with_drafts(library, private)
    words = handed_message(Place(library, {}, "plan.md", base=BASE), private)
    file = _write(folder_of(project, library, name) / MESSAGE, words.encode("utf-8"))
    return Handed(shown_path(project, file), len(words.encode("utf-8")), (), 0, report)


def _captions(project: Path, clip: Clip) -> dict[str, list[tuple[float, float, str]]]:
    """What is said in a film, as readers of the site get it."""
    found = {}
    for language, path in clip.captions.items():
        text, _ = read_text(project / path, path)
        cues = read_webvtt(text or "").cues
        found[language] = [(cue.begins_s, cue.ends_s, cue.words) for cue in cues]
    return found


def _drawing(figure: Figure, name: str) -> str:
    return (figure.folder / name).read_text("utf-8")


def _film(file: Path) -> bytes:
    """A film that was made for the site; another run may have cleared it away since it was looked for."""
    try:
        return file.read_bytes()
    except OSError as error:
        problem = Problem(
            str(file),
            f"the film cannot be read ({(error.strerror or 'the disk refuses').lower()})",
            "run kinopress build, which makes it again, then make the file again",
            Code.FILE_UNREADABLE,
        )
        raise Refusal([problem], ExitCode.ENVIRONMENT) from None


def _write(file: Path, data: bytes) -> Path:
    try:
        write_bytes(file, data, private=True)
    except OSError as error:
        raise cannot_write(file, error) from None
    return file
