"""*Check*: every problem in words, each a link to the place it is about."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePosixPath
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from kinopress.codes import Code
from kinopress.content.source.film_files import FILM_ENDINGS
from kinopress.patterns import lazily
from kinopress.problems import Problem, one_line
from kinopress.studio.screens.source import SHOWN_ENDINGS
from kinopress.studio.studio import studio_of


@dataclass(frozen=True, slots=True)
class ShownProblem:
    """A problem as a screen shows it.

    Attributes:
        where: The file, and its line where there is one.
        field: The field, or empty.
        message: What happened.
        hint: What to do, as a sentence.
        code: Its kind.
        severity: ``error``, ``warning`` or ``note``.
        address: Where it can be seen or corrected; empty where there is no such place.
    """

    where: str
    field: str
    message: str
    hint: str
    code: str
    severity: str
    address: str


def shown_problem(problem: Problem) -> ShownProblem:
    """A problem in the words of ``kinopress check``, in parts."""
    line = f", line {problem.line}" if problem.line is not None else ""
    return ShownProblem(
        one_line(problem.path) + line,
        one_line(problem.field or ""),
        sentence(problem.message),
        sentence(problem.hint),
        problem.code,
        problem.severity,
        editor_address(problem),
    )


_COMMAND = lazily(r" \(kinopress [^()]*\)|: kinopress [a-z]+(?= *$)")
"""A command that a message adds to what it says, for whoever is at a terminal."""

_AS_CHOSEN = (
    ("remove the draft line", "choose “no” under Draft"),
    ("remove its draft line", "choose “no” under Draft"),
    ("set draft: true", "choose “yes” under Draft"),
)
"""What is a line in the file is a choice on the screen of the page."""


def sentence(words: str) -> str:
    """A message's part as a sentence of its own, in words of the studio: it has buttons and choices, no commands and lines."""
    line = _COMMAND.sub("", one_line(words)).strip()
    for of_the_file, of_the_screen in _AS_CHOSEN:
        line = line.replace(of_the_file, of_the_screen)
    end = "" if line.endswith((".", "?", "!")) else "."
    return line[:1].upper() + line[1:] + end


def in_sentences(problem: Problem) -> str:
    """What happened and what to do, where the place is in sight."""
    return f"{sentence(problem.message)} {sentence(problem.hint)}"


def of_its_line(problem: Problem, *, of_the_file: bool = False) -> str:
    """The same with the line: of the text that is shown as a whole, or of a file of which only a part is shown."""
    if problem.line is None:
        return in_sentences(problem)
    of = " of the file" if of_the_file else ""
    return f"Line {problem.line}{of}: {in_sentences(problem)}"


def editor_address(problem: Problem) -> str:
    """Where a problem can be corrected: the one place that knows which screen shows which file.

    Empty for what is not a file of the project, such as a port that is taken, and for what no screen shows.
    """
    if "/" not in problem.path and not problem.path.endswith(".yml"):
        return ""
    if problem.code == Code.CAPTIONS_DRAFT:
        return draft_address(problem.path)
    place = {"path": problem.path, "line": problem.line or "", "field": problem.field or ""}
    asked = urlencode({key: value for key, value in place.items() if value})
    name = PurePosixPath(problem.path)
    if name.suffix.casefold() in FILM_ENDINGS:
        return footage_address(name.stem)
    if name.suffix.casefold() not in SHOWN_ENDINGS:
        return ""  # a picture or a folder: no screen has it
    if problem.path.endswith(".md"):
        # What is not a page, or cannot be read as fields, is shown as a file from there.
        field = (problem.field or "").partition(".")[0]
        return f"/write/page?{asked}#{f'field-{field}' if field else 'body'}"
    return f"/source?{asked}" + (f"#line-{problem.line}" if problem.line else "")


def footage_address(slug: str) -> str:
    """Where a film that has its page is looked at."""
    return f"/footage/{quote(slug)}"


def draft_address(path: str) -> str:
    """Where a draft of captions is corrected."""
    return f"/drafts?{urlencode({'path': path})}"


def _check(request: Request) -> Response:
    studio = studio_of(request)
    now = studio.now()
    notes = request.query_params.get("notes") == "yes"
    groups = []
    for severity, found in (
        ("error", now.report.errors),
        ("warning", now.report.warnings),
        ("note", now.report.notes if notes else []),
    ):
        files = [
            (path, [shown_problem(problem) for problem in those])
            for path, those in groupby(found, key=lambda problem: problem.path)
        ]
        groups.append((severity, len(found), files))
    return HTMLResponse(
        studio.page(
            "check.html",
            request,
            title="Check",
            groups=groups,
            notes=notes,
            notes_there=len(now.report.notes),
            pages=0 if now.library is None else len(now.library.pages),
        )
    )


routes = [Route("/check", _check)]
