"""Captions beside films: drafts, which readers never see, and those that were accepted; both can be corrected."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kinopress.codes import Code
from kinopress.content.captions.check import read_captions
from kinopress.content.captions.webvtt import write_webvtt
from kinopress.content.model.library import Library
from kinopress.content.source.document import decode
from kinopress.content.source.film_files import CAPTION_NAME, DRAFT_ENDING
from kinopress.content.source.writer import token
from kinopress.problems import ExitCode, Problem, Refusal
from kinopress.project.folder import cannot_write
from kinopress.system import disk
from kinopress.system.atomic import write_bytes, write_new


@dataclass(frozen=True, slots=True)
class Draft:
    """Captions beside a film.

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

    @property
    def is_accepted(self) -> bool:
        """Whether readers have them."""
        return self.path == self.captions


def accepted(library: Library) -> list[Draft]:
    """The captions that readers have and that can be corrected as they are: WebVTT, by name."""
    found = [
        Draft(path, film.slug, lang, path)
        for film in library.films.values()
        for lang, path in film.captions.items()
    ]
    return sorted(found, key=lambda one: one.path)


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
    """Keep what was corrected so far, in the file.

    Args:
        project: The project's folder.
        draft: Which.
        opened: The token of the file that was corrected.
        text: All of it.

    Raises:
        Refusal: the file is another than the one that was opened, or cannot be read or written; what readers have
            cannot be read as captions any more.
    """
    _unchanged(project, draft, opened)
    _, problems = read_captions(draft.path, text)
    if draft.is_accepted and problems:
        raise Refusal(problems, ExitCode.CONTENT)
    try:
        write_bytes(project / draft.path, text.encode("utf-8"))
    except OSError as error:
        raise cannot_write(project / draft.path, error) from None


def put_draft(project: Path, slug: str, language: str, data: bytes) -> str:
    """Put captions that somebody has beside a film as a draft, to be read before readers get them.

    Args:
        project: The project's folder.
        slug: The film.
        language: In which it speaks, two letters.
        data: A file of captions, WebVTT or SubRip.

    Returns:
        The draft's path.

    Raises:
        Refusal: it is not a file of captions, there is a draft already, or it cannot be written.
    """
    path = f"videos/{slug}.{language}{DRAFT_ENDING}"
    text, problems = decode(data, path)
    if text is not None:
        is_subrip = not text.lstrip().startswith("WEBVTT")
        cues, problems = read_captions(path.replace(".vtt", ".srt") if is_subrip else path, text)
        if cues:
            try:
                write_new(project / path, write_webvtt(cues).encode("utf-8"))
            except FileExistsError:
                what = "there is already a draft of these captions, maybe with your corrections"
                hint = "accept it, rename it or delete it first"
                raise Refusal(
                    [Problem(path, what, hint, Code.CAPTIONS_DRAFT)], ExitCode.CONTENT
                ) from None
            except OSError as error:
                raise cannot_write(project / path, error) from None
            return path
    empty = Problem(path, "nothing is said in this file", "choose another one", Code.CAPTIONS_EMPTY)
    raise Refusal(problems or [empty], ExitCode.CONTENT)


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
