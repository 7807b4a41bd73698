"""Putting a film and its page into the project: a copy of the film, a new page, nothing else."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from kinopress.codes import Code
from kinopress.content.forms.placeholders import IN_FIELDS, IN_TEXT
from kinopress.content.model.language.words import ENGLISH
from kinopress.content.model.library import Library
from kinopress.content.model.names import either, nearest, slug_from
from kinopress.content.model.pages import Chapter
from kinopress.content.source.film_files import FILM_ENDINGS
from kinopress.content.source.yaml.words import Value
from kinopress.media.length import length_words
from kinopress.media.trim import WHOLE, Trim
from kinopress.problems import ExitCode, Problem, Refusal, quoted
from kinopress.project.new.page import check_length, check_title, page_exists, yaml_text
from kinopress.project.new.templates import DRAFT
from kinopress.project.new.waiting import WaitingPage, waiting_page
from kinopress.system import disk
from kinopress.system.atomic import copy_whole, write_bytes
from kinopress.system.atomic import write_new as put_new

if TYPE_CHECKING:
    from kinopress.video.source.film import Probe

NOTHING: Mapping[str, bytes] = MappingProxyType({})
"""No file beside a film."""


@dataclass(frozen=True, slots=True)
class NewFilm:
    """What the page of a new film says; ``None`` is a sentence the coach has not written.

    Attributes:
        title: Its title, from which its name is made.
        tags: What it belongs to, by any of their names.
        description: One sentence that says what it shows.
        alt: What is seen.
        date: The day it appears.
        exercises: The exercises it shows, by file name.
        poster_at_s: Second of the camera film for the still picture; ``None``: the program chooses.
        trim: The part of the camera film that is shown.
        chapters: Named moments, in seconds of the camera film.
    """

    title: str
    tags: tuple[str, ...]
    description: str | None
    alt: str | None
    date: dt.date
    exercises: tuple[str, ...] = ()
    poster_at_s: float | None = None
    trim: Trim = WHOLE
    chapters: tuple[Chapter, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether readers may see its page as it is written."""
        return bool(self.description and self.alt)


@dataclass(frozen=True, slots=True)
class Added:
    """What was written, relative to the project.

    Attributes:
        slug: The name of both.
        page: The page.
        film: The film.
        copied: Whether the film was brought there; it may have lain there already.
        filled: Whether the page was there before its film, so that only its blanks were filled.
        is_draft: Whether the page waits for its draft line to go.
    """

    slug: str
    page: str
    film: str
    copied: bool
    filled: bool
    is_draft: bool


def look_at(file: Path) -> Probe:
    """Make sure that a file is a film that can be published.

    Raises:
        Refusal: it is not one (exit code 1).
    """
    from kinopress.video.source.probe import probe  # noqa: PLC0415 - loads FFmpeg's libraries

    found = probe(file, display_path=str(file))
    if isinstance(found, Problem):
        raise Refusal([found], ExitCode.CONTENT)
    if file.suffix.casefold() not in FILM_ENDINGS:
        problem = Problem(
            str(file),
            f"films here do not end in {quoted(file.suffix)}",
            "give it the right ending, like .mp4 or .mov",
            Code.FILM_ENDING,
        )
        raise Refusal([problem], ExitCode.CONTENT)
    return found


def tag_problem(library: Library, name: str) -> Problem | None:
    """Why a name is not a tag."""
    if library.vocabulary.resolve(name) is not None:
        return None
    close = [term.title for term in library.vocabulary.nearest(name)]
    if close:
        hint = f"did you mean {either(close)}?"
    elif library.vocabulary.terms:
        hint = "look in the A–Z for the right tag"
    else:
        hint = 'there are none yet: each page that kinopress new technique "…" writes is a tag'
    return Problem("add", f"there is no tag {quoted(name)}", hint, Code.TAG_UNKNOWN, field="tags")


def exercise_problem(library: Library, name: str) -> Problem | None:
    """Why a name is not that of an exercise."""
    known = {slug for kind, slug in {**library.pages, **library.held} if kind == "exercise"}
    if name in known:
        return None
    close = nearest(name, sorted(known), 3)
    hint = f"did you mean {either(close)}?" if close else "name it as its file is named, like clam"
    return Problem(
        "add",
        f"there is no exercise {quoted(name)}",
        hint,
        Code.EXERCISE_UNKNOWN,
        field="exercises",
    )


def split_tags(words: str) -> tuple[str, ...]:
    """Tags separated by commas."""
    return tuple(tag for part in words.split(",") if (tag := " ".join(part.split())))


def title_from(name: str) -> str | None:
    """A title from a file's name, unless a camera gave it (IMG_0412)."""
    words = Path(name).stem.replace("-", " ").replace("_", " ").strip()
    is_cameras = sum(sign.isdigit() for sign in words) > 2
    return words[:1].upper() + words[1:] if words and not is_cameras else None


def plain_description(title: str, length_s: float | None, language: str = ENGLISH) -> str:
    """What can be said of a film in one sentence without having seen it: its title and length.

    Pages in another language than English get no words that the coach has not typed.
    """
    if language != ENGLISH:
        return f"{title}." if length_s is None else f"{title} ({length_words(length_s)})."
    length = "" if length_s is None else f" of {length_words(length_s)}"
    return f"{title}, shown in a film{length}."


def plain_alt(library: Library, title: str, exercises: tuple[str, ...]) -> str:
    """What can be said for those who cannot see a film: which exercises it shows, else its title."""
    shown = [page for slug in exercises if (page := library.pages.get(("exercise", slug)))]
    if not shown:
        english = library.settings.language == ENGLISH
        return f"The film shows this: {title}." if english else f"{title}."
    return " ".join(f"{page.title}: {page.description}" for page in shown)


def slug_for(project: Path, file: Path, title: str) -> str:
    """The name a film gets: its own if it is in videos/ under a good one, its title's otherwise."""
    if _lies_in_videos(project, file) and slug_from(file.stem) == file.stem:
        return file.stem
    return slug_from(title)


def add_film(
    project: Path,
    library: Library,
    file: Path,
    new: NewFilm,
    *,
    beside: Mapping[str, bytes] = NOTHING,
    ours: bool = False,
) -> Added:
    """Copy a film into videos/ and write its page, or fill in the one that waits for it.

    Args:
        project: The project's folder.
        library: Its pages.
        file: The film.
        new: What its page says.
        beside: Files to put beside it under its name, by ending: ``.poster.jpg``, ``.en.vtt``.
        ours: The file is a copy that this program has made, and is moved instead of copied again.

    Raises:
        Refusal: a name is taken, or a tag or an exercise is unknown (exit code 2).
        OSError: it cannot be written.
    """
    slug = slug_for(project, file, new.title)
    page = f"videos/{slug}.md"
    film = f"videos/{slug}{file.suffix.casefold()}"
    there = _lies_in_videos(project, file) and file.stem == slug
    if there:
        film = f"videos/{file.name}"
    waiting = waiting_page(project, slug, file)
    problems = [p for tag in new.tags if (p := tag_problem(library, tag))]
    problems += [p for p in (check_title(new.title, slug), check_length(new.title)) if p]
    if not new.tags and (waiting is None or "tags" in waiting.blank):
        problems.append(_no_tags())
    if waiting is None:
        problems += _taken(project, slug, page, there=there)
    problems += [p for name in new.exercises if (p := exercise_problem(library, name))]
    if problems:
        raise Refusal(problems, ExitCode.USAGE)
    text = _page(new) if waiting is None else _filled(waiting, new)
    made: list[Path] = []
    changed = False
    try:
        for ending, data in beside.items():
            put_new(project / f"videos/{slug}{ending}", data)
            made.append(project / f"videos/{slug}{ending}")
        if not there and not ours:
            copy_whole(file, project / film)
            made.append(project / film)
        if waiting is None:
            put_new(project / page, text)
            made.append(project / page)
        elif text != waiting.data:
            write_bytes(project / page, text)
            changed = True
        if not there and ours:
            disk.move(file, project / film)
    except OSError:
        for one in made:
            disk.remove(one)  # ours: written a moment ago
        if waiting is not None and changed:
            write_bytes(project / page, waiting.data)
        raise
    if not there and ours:
        # The only copy is in its place by now, and its page with it: a disk that cannot be flushed undoes neither.
        with contextlib.suppress(OSError):
            disk.flush((project / film).parent)
            disk.flush(file.parent)
    is_draft = waiting.is_draft_with(text) if waiting is not None else not new.is_whole
    return Added(slug, page, film, not there, waiting is not None, is_draft)


def _lies_in_videos(project: Path, file: Path) -> bool:
    return file.resolve().parent == (project / "videos").resolve()


def _no_tags() -> Problem:
    return Problem(
        "add",
        "a film needs at least one tag",
        'separate them with commas: --tags "stretch, piriformis"',
        Code.TAGS_MISSING,
        field="tags",
    )


def _taken(project: Path, slug: str, page: str, *, there: bool) -> list[Problem]:
    problems = []
    if os.path.lexists(project / page):
        problems.append(page_exists(page))
    others = [f"videos/{slug}{ending}" for ending in FILM_ENDINGS]
    other = next((path for path in others if os.path.lexists(project / path)), None)
    if other and not there:
        problems.append(
            Problem(
                other,
                "there is already a film with this name",
                "choose a different title, or remove that film",
                Code.FILM_EXISTS,
            )
        )
    return problems


def _filled(waiting: WaitingPage, new: NewFilm) -> bytes:
    """The page that waits for this film, with what was said in place of its blanks.

    Raises:
        Refusal: it cannot be changed without changing something else (exit code 1).
    """
    trim: dict[str, Value] = {}
    if new.trim.from_s:
        trim["from"] = in_seconds(new.trim.from_s)
    if new.trim.to_s is not None:
        trim["to"] = in_seconds(new.trim.to_s)
    said: dict[str, Value] = {
        "description": new.description,
        "date": f"{new.date}",
        "tags": new.tags,
        "exercises": new.exercises,
        "alt": new.alt,
        "poster": None if new.poster_at_s is None else in_seconds(new.poster_at_s),
        "trim": trim,
        "chapters": [{"at": in_seconds(one.at_s), "title": one.title} for one in new.chapters],
        "sources": ("practice",),
    }
    text = _as_markdown(new.description) if new.description else ""
    values = {name: value for name, value in said.items() if value}
    return waiting.filled(values, text, is_whole=new.is_whole)


def _page(new: NewFilm) -> bytes:
    """The film's page; a draft as long as a sentence is missing that only the coach can write."""
    tags = ", ".join(map(yaml_text, new.tags))
    shows = f"exercises: [{', '.join(new.exercises)}]\n" if new.exercises else ""
    draft = "" if new.is_whole else f"{DRAFT}\n"
    return f"""---
title: {yaml_text(new.title)}
description: {yaml_text(new.description or IN_FIELDS["film_shows"])}
date: {new.date}
{draft}tags: [{tags}]
{shows}alt: {yaml_text(new.alt or IN_FIELDS["seen"])}
{_poster_line(new)}{_trim_line(new)}{_chapter_lines(new)}sources: [practice]
---

{_as_markdown(new.description) if new.description else IN_TEXT["film"]}
""".encode()


_MARKS = re.compile(r"[\\`*<\[\]{]|(?<!\w)_|_(?!\w)|^(?:[#>+-]|\d+(?=[.)]))")


def _as_markdown(words: str) -> str:
    """Words that were typed as they are to be read: no sign in them is a mark or a tag of the text."""
    return _MARKS.sub(lambda sign: f"{sign[0]}\\" if sign[0].isdecimal() else f"\\{sign[0]}", words)


def _poster_line(new: NewFilm) -> str:
    if new.poster_at_s is None:
        return "# poster: 12.5 s         # the moment for the still picture\n"
    return f"poster: {in_seconds(new.poster_at_s)}\n"


def _trim_line(new: NewFilm) -> str:
    ends = []
    if new.trim.from_s:
        ends.append(f"from: {in_seconds(new.trim.from_s)}")
    if new.trim.to_s is not None:
        ends.append(f"to: {in_seconds(new.trim.to_s)}")
    if not ends:
        return "# trim: {from: 2 s}      # the part of the film to show\n"
    return f"trim: {{{', '.join(ends)}}}\n"


def _chapter_lines(new: NewFilm) -> str:
    if not new.chapters:
        return "# chapters:\n#   - {at: 0 s, title: Set up}\n"
    lines = [
        f"  - {{at: {in_seconds(chapter.at_s)}, title: {yaml_text(chapter.title)}}}\n"
        for chapter in new.chapters
    ]
    return "chapters:\n" + "".join(lines)


def in_seconds(seconds: float) -> str:
    """A time of a film as its fields write it, to a hundredth of a second: ``12.5 s``."""
    return f"{round(seconds, 2):g} s" if seconds < 100_000 else f"{seconds:.0f} s"
