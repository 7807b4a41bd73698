"""``kinopress add``: a film and its page, asking for what is needed."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import click

from kinopress.cli.options import project_option
from kinopress.cli.terminal.completing import completions
from kinopress.cli.video.film_options import Said, bring_in, film_options, say
from kinopress.content.model.library import Library
from kinopress.content.model.names import slug_from
from kinopress.content.read import read_library
from kinopress.media.length import length_words
from kinopress.problems import ExitCode
from kinopress.project.films.add import (
    look_at,
    slug_for,
    split_tags,
    tag_problem,
    title_from,
)
from kinopress.project.folder import find_project
from kinopress.project.new.page import check_length, check_title
from kinopress.project.new.waiting import waiting_page
from kinopress.project.telling.timed import size_words


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@film_options
@project_option
def command(
    file: Path,
    said: Said,
    project_dir: Path | None,
) -> int:
    """Copy a film into videos/ and write its page; asks for what is not given.

    A page that waits for its film, from kinopress new video, gets it by having the same title.
    The Tab key completes tags. The film itself stays where it is, unchanged.

    \b
    Example:
      kinopress add ~/Films/IMG_0412.MOV
    """  # noqa: D301 - click reads the escape
    project = find_project(project_dir)
    found = look_at(file)
    library, _ = read_library(project)
    length = "" if found.duration_s is None else f", {length_words(found.duration_s)}"
    click.echo(f"{file.name}: {found.width} × {found.height}{length}, {size_words(found.bytes)}")
    title, tags, description, alt = said.title, said.tags, said.description, said.alt
    if title is None:
        title = _ask("Title", title_from(file.name), _title_wrong)
    page = waiting_page(project, slug_for(project, file, title), file)
    if page is not None:
        click.echo(f"Its page is there: {page.path}. Only what it leaves blank is asked.")
    blank = None if page is None else page.blank
    if tags is None and blank is not None and "tags" not in blank:
        tags = ""
    if tags is None:
        with _completing(_tag_names(library)):
            tags = _ask(
                "Tags, separated by commas", None, lambda words: _tags_wrong(library, words)
            )
    if description is None and (blank is None or "description" in blank):
        description = _ask("What it shows, in one sentence", None, _empty)
    if alt is None and (blank is None or "alt" in blank):
        alt = _ask("What is seen, for those who cannot see it", None, _empty)
    answered = replace(said, description=description, alt=alt)
    added, new = bring_in(project, library, file, answered, title=title, tags=tags)
    say(project, added, new, library.today)
    return ExitCode.OK


def _ask(question: str, default: str | None, wrong: Callable[[str], str | None]) -> str:
    """Ask until the answer can be used."""
    while True:
        answer: str = " ".join(click.prompt(question, default=default, type=str).split())
        reason = wrong(answer)
        if reason is None:
            return answer
        click.echo(f"  {reason}")


def _empty(words: str) -> str | None:
    return None if words else "Write a few words."


def _title_wrong(title: str) -> str | None:
    problem = check_title(title, slug_from(title)) or check_length(title)
    return None if problem is None else f"{problem.message}; {problem.hint}"


def _tags_wrong(library: Library, words: str) -> str | None:
    tags = split_tags(words)
    problems = [p for tag in tags if (p := tag_problem(library, tag))]
    if problems:
        return "\n  ".join(f"{p.message}; {p.hint}" for p in problems)
    return None if tags else "At least one tag is needed."


def _tag_names(library: Library) -> list[str]:
    """Every name that works as a tag and is shown to people, titles and aliases."""
    return sorted(
        {
            name
            for term in library.vocabulary.terms.values()
            for name in (term.title, *term.aliases)
        },
        key=str.casefold,
    )


@contextmanager
def _completing(names: list[str]) -> Iterator[None]:
    """Let the Tab key complete tags, where the terminal has such a thing."""
    try:
        readline: ModuleType = importlib.import_module("readline")
    except ImportError:  # Windows
        yield
        return

    def complete(begun: str, state: int) -> str | None:
        found = completions(names, begun)
        return found[state] if state < len(found) else None

    before, delimiters = readline.get_completer(), readline.get_completer_delims()
    readline.set_completer(complete)
    readline.set_completer_delims(",")
    is_libedit = "libedit" in (readline.__doc__ or "")
    readline.parse_and_bind("bind ^I rl_complete" if is_libedit else "tab: complete")
    try:
        yield
    finally:
        readline.set_completer(before)
        readline.set_completer_delims(delimiters)
