"""Drafts of captions: found, corrected and accepted. Readers see none of them before that."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kinopress.codes import Code
from kinopress.content.captions.check import read_captions
from kinopress.content.model.library import Library
from kinopress.content.source.film_files import CAPTION_NAME, DRAFT_ENDING
from kinopress.content.source.writer import token
from kinopress.problems import ExitCode, Problem, Refusal
from kinopress.project.folder import cannot_write
from kinopress.system import disk
from kinopress.system.atomic import write_bytes, write_new


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft beside a film.

    Attributes:
        path: The file, relative to the project.
        slug: The film.
        language: In which it speaks, two letters.
        captions: What the file is called once it is accepted.
    """

    path: str
    slug: str
    language: str
    captions: str


def drafts(project: Path, library: Library) -> list[Draft]:
    """The drafts beside the films, by name; one without a film is a problem of the check."""
    found = []
    for file in sorted((project / "videos").glob(f"*{DRAFT_ENDING}")):
        captions = f"{file.name.removesuffix(DRAFT_ENDING)}.vtt"
        name = CAPTION_NAME.fullmatch(captions)
        if name is not None and name["slug"] in library.films:
            path = f"videos/{file.name}"
            found.append(Draft(path, name["slug"], name["lang"], f"videos/{captions}"))
    return found


def correct_draft(project: Path, draft: Draft, opened: str, text: str) -> None:
    """Keep what was corrected so far, in the draft.

    Args:
        project: The project's folder.
        draft: Which.
        opened: The token of the file that was corrected.
        text: All of it.

    Raises:
        Refusal: the file is another than the one that was opened, or cannot be read or written.
    """
    _unchanged(project, draft, opened)
    try:
        write_bytes(project / draft.path, text.encode("utf-8"))
    except OSError as error:
        raise cannot_write(project / draft.path, error) from None


def accept_draft(project: Path, library: Library, draft: Draft, opened: str, text: str) -> None:
    """Make a corrected draft the captions of its film; it is a draft no more.

    Args:
        project: The project's folder.
        library: What there is.
        draft: Which.
        opened: The token of the file that was corrected.
        text: All of it, as it was corrected.

    Raises:
        Refusal: it cannot be read as captions, the film has captions in this language, the file is another than the
            one that was opened, or cannot be read or written.
    """
    _unchanged(project, draft, opened)
    _, problems = read_captions(draft.path, text)
    film = library.films[draft.slug]
    there = film.captions.get(draft.language) or film.subrip.get(draft.language)
    if there is not None:
        problems = [*problems, _there_already(draft, there)]
    if problems:
        raise Refusal(problems, ExitCode.CONTENT)
    try:
        write_new(project / draft.captions, text.encode("utf-8"))
        # Last, and only now: a break before it leaves the draft beside the captions, never neither.
        disk.remove(project / draft.path)
    except FileExistsError:
        raise Refusal([_there_already(draft, draft.captions)], ExitCode.CONTENT) from None
    except OSError as error:
        raise cannot_write(project / draft.captions, error) from None


def _there_already(draft: Draft, there: str) -> Problem:
    what = f"{there} is what readers have as captions in this language"
    hint = "rename or remove that file first, then accept the draft"
    return Problem(draft.path, what, hint, Code.CAPTIONS_TWICE)


def _unchanged(project: Path, draft: Draft, opened: str) -> None:
    try:
        data = (project / draft.path).read_bytes()
    except OSError as error:
        what = f"the file cannot be read ({(error.strerror or 'it cannot be opened').lower()})"
        hint = "check that it exists and that you may open it"
        raise Refusal(
            [Problem(draft.path, what, hint, Code.FILE_UNREADABLE)], ExitCode.CONTENT
        ) from None
    if token(data) != opened:
        what = "this file was changed after you opened it, so it was not overwritten"
        hint = "copy what you corrected, and open the draft again"
        raise Refusal([Problem(draft.path, what, hint, Code.EDIT_CLASH)], ExitCode.CONTENT)
