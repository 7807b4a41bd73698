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
from kinopress.content.relations.related import videos_of_exercise
from kinopress.content.source.document import read_text
from kinopress.engines.handed import handed_page
from kinopress.engines.settings import words_of_scripts
from kinopress.media.clip import Clip
from kinopress.media.figure import Figure
from kinopress.media.manifest import Output
from kinopress.pages.handed.article import BASE, Article, exercises_in, films_in, handed_article
from kinopress.pages.handed.message import handed_message
from kinopress.pages.handed.packed import FilmInside
from kinopress.pages.parts.film import to_keep
from kinopress.pages.place import Place
from kinopress.problems import ExitCode, Problem, Refusal, Report
from kinopress.project.clients.folder import (
    FILE,
    MESSAGE,
    folder_of,
    no_consent,
    read_client,
    shown_path,
)
from kinopress.project.clients.handed import Handed
from kinopress.project.drawings.figures import ready_figures
from kinopress.project.events import SILENT, Listener
from kinopress.project.films.ready import read_clips
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
    private, report = _ready(project, library, name, today)
    if private is None:
        return None, report
    library = _with_drafts(library, private)
    clips = read_clips(project, library)
    place = Place(library, clips, "plan.md", base=BASE)
    with only_run(project, "making a file"):
        own = {page.slug for page in exercises_in(place, private)[0]}
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
    there = _films_of(place, clips, private)
    inside = {
        slug: FilmInside(_film(clip.folder / output.path), _captions(project, clip))
        for slug, (clip, output) in there.items()
        if films
    }
    report.extend(_left_without(place, private, inside, there, asked=films))
    article = handed_article(place, private, tuple(inside), drawing=_drawing, locked=locked)
    size = sum(output.bytes for _, output in there.values())
    return Drawn(private, place, article, inside, tuple(there), size), report


def _films_of(
    place: Place, clips: Mapping[str, Clip], private: PrivatePlan
) -> dict[str, tuple[Clip, Output]]:
    """The films of a plan that are on this computer, each as it is kept on a device."""
    return {
        slug: (clips[slug], to_keep(clips[slug]))
        for slug in films_in(place, private)
        if slug in clips and not clips[slug].elsewhere
    }


def _left_without(
    place: Place,
    private: PrivatePlan,
    inside: Container[str],
    there: Container[str],
    *,
    asked: bool,
) -> Iterator[Problem]:
    """Exercises whose film does not go with the plan, where it was asked for or there is nothing else to see."""
    for exercise in exercises_in(place, private)[0]:
        for video in videos_of_exercise(place.library, exercise)[:1]:
            if video.slug in inside or (exercise.slug in place.figures and not asked):
                continue
            message = f"{exercise.path} has no drawing, and its film does not go with it"
            hint = "to put the film inside, add --films"
            if video.slug not in there:
                message = f"the film {video.path} cannot go with it: it has not been made for the web on this computer"
                hint = f"run kinopress video encode {video.slug}, then do this again"
            yield Problem(private.plan.path, message, hint, Code.CLIENT_UNSHOWN, severity="warning")


def films_of(
    project: Path, library: Library, name: str, today: dt.date | None = None
) -> tuple[tuple[str, ...], int]:
    """The films that could go with a client's plan, and how large they are, before anything is made or read.

    Raises:
        Refusal: as :func:`hand_over`.
    """
    private, _ = _ready(project, library, name, today)
    if private is None:
        return (), 0
    library = _with_drafts(library, private)
    clips = read_clips(project, library)
    there = _films_of(Place(library, clips, "plan.md", base=BASE), clips, private)
    return tuple(there), sum(output.bytes for _, output in there.values())


def write_message(
    project: Path, library: Library, name: str, today: dt.date | None = None
) -> Handed:
    """Write a client's plan as a message in plain words.

    Raises:
        Refusal: there is no such client (exit code 2), no consent (1), or the file cannot be written (3).
    """
    private, report = _ready(project, library, name, today)
    if private is None:
        return Handed(None, 0, (), 0, report)
    library = _with_drafts(library, private)
    words = handed_message(Place(library, {}, "plan.md", base=BASE), private)
    file = _write(folder_of(project, library, name) / MESSAGE, words.encode("utf-8"))
    return Handed(shown_path(project, file), len(words.encode("utf-8")), (), 0, report)


def _ready(
    project: Path, library: Library, name: str, today: dt.date | None
) -> tuple[PrivatePlan | None, Report]:
    """The plan, where nothing stops it; without consent nothing is made."""
    private, report = read_client(project, library, name, today)
    found = no_consent(report)
    if found is not None:
        problem = Problem(found.path, found.message, found.hint, found.code)
        raise Refusal([problem], ExitCode.CONTENT)
    # What is older than the plan is being made again.
    report.problems = [p for p in report.problems if p.code != Code.CLIENT_OLD_FILE]
    return (None if report.errors else private), report


def _with_drafts(library: Library, private: PrivatePlan) -> Library:
    """A library in which what the plan names is shown, drafts included: for one client they are no drafts."""
    plan = private.plan
    exercises = (
        *(portion.exercise for block in plan.blocks for portion in block.portions),
        *(mention for swap in plan.swaps for mention in (swap.exercise, swap.use)),
    )
    named = {("exercise", mention.text) for mention in exercises}
    for mention in (*plan.symptoms, *plan.not_for):
        if (term := library.vocabulary.resolve(mention.text)) is not None:
            named.add((term.kind, term.slug))
    waiting = {key: page for key, page in library.held.items() if key in named}
    return dataclasses.replace(library, pages={**waiting, **library.pages})


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
