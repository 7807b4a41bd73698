"""Putting a film and its page into the project: a copy of the film, a new page, nothing else."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from pathlib import Path

from kinopress.codes import Code
from kinopress.content.forms.placeholders import IN_FIELDS, IN_TEXT
from kinopress.content.model.library import Library
from kinopress.content.model.names import either, slug_from
from kinopress.content.source.film_files import FILM_ENDINGS
from kinopress.problems import ExitCode, Problem, Refusal, quoted
from kinopress.project.new.page import check_title, page_exists, write_new, yaml_text
from kinopress.project.new.templates import DRAFT
from kinopress.system import disk
from kinopress.system.atomic import copy_whole
from kinopress.video.source.probe import Probe, probe


@dataclass(frozen=True, slots=True)
class NewFilm:
    """What the page of a new film says; ``None`` is a sentence the coach has not written."""

    title: str
    tags: tuple[str, ...]
    description: str | None
    alt: str | None
    date: dt.date

    @property
    def is_whole(self) -> bool:
        """Whether readers may see its page as it is written."""
        return bool(self.description and self.alt)


@dataclass(frozen=True, slots=True)
class Added:
    """What was written, relative to the project. ``copied`` is False when the film lay there already."""

    slug: str
    page: str
    film: str
    copied: bool


def look_at(file: Path) -> Probe:
    """Make sure that a file is a film that can be published.

    Raises:
        Refusal: it is not one (exit code 1).
    """
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


def split_tags(words: str) -> tuple[str, ...]:
    """Tags separated by commas."""
    return tuple(tag for part in words.split(",") if (tag := " ".join(part.split())))


def slug_for(project: Path, file: Path, title: str) -> str:
    """The name a film gets: its own if it is in videos/ under a good one, its title's otherwise."""
    if _lies_in_videos(project, file) and slug_from(file.stem) == file.stem:
        return file.stem
    return slug_from(title)


def add_film(project: Path, library: Library, file: Path, new: NewFilm) -> Added:
    """Copy a film into videos/ and write its page.

    Raises:
        Refusal: a name is taken, or a tag is unknown (exit code 2).
        OSError: it cannot be written.
    """
    slug = slug_for(project, file, new.title)
    page = f"videos/{slug}.md"
    film = f"videos/{slug}{file.suffix.casefold()}"
    there = _lies_in_videos(project, file) and file.stem == slug
    if there:
        film = f"videos/{file.name}"
    problems = [p for tag in new.tags if (p := tag_problem(library, tag))]
    problems += [p for p in (check_title(new.title, slug), _no_tags(new)) if p]
    problems += _taken(project, slug, page, there=there)
    if problems:
        raise Refusal(problems, ExitCode.USAGE)
    if not there:
        copy_whole(file, project / film)
    try:
        write_new(project / page, _page(new))
    except OSError:
        if not there:
            disk.remove(project / film)  # ours: copied a moment ago
        raise
    return Added(slug, page, film, copied=not there)


def _lies_in_videos(project: Path, file: Path) -> bool:
    return file.resolve().parent == (project / "videos").resolve()


def _no_tags(new: NewFilm) -> Problem | None:
    if new.tags:
        return None
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


def _page(new: NewFilm) -> str:
    """The film's page; a draft as long as a sentence is missing that only the coach can write."""
    tags = ", ".join(map(yaml_text, new.tags))
    draft = "" if new.is_whole else f"{DRAFT}\n"
    return f"""---
title: {yaml_text(new.title)}
description: {yaml_text(new.description or IN_FIELDS["film_shows"])}
date: {new.date}
{draft}tags: [{tags}]
alt: {yaml_text(new.alt or IN_FIELDS["seen"])}
# poster: 12.5 s         # the moment for the still picture
# trim: {{from: 2 s}}      # the part of the film to show
# chapters:
#   - {{at: 0 s, title: Set up}}
sources: [practice]
---

{new.description or IN_TEXT["film"]}
"""
