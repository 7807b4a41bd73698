"""A draft of captions: what a program heard, for the coach to correct. Nothing reads it for the site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kinopress.codes import Code
from kinopress.content.captions.cue_text import clean
from kinopress.content.captions.webvtt import Cue, write_webvtt
from kinopress.content.forms.settings.read import FILE
from kinopress.content.model.films import Film
from kinopress.content.model.language.languages import LANGUAGES
from kinopress.content.model.library import Library
from kinopress.content.source.film_files import DRAFT_ENDING
from kinopress.problems import ExitCode, Problem, Refusal, quoted
from kinopress.project.films.add import look_at
from kinopress.project.films.named import film_named
from kinopress.project.folder import cannot_write
from kinopress.project.read import read_project
from kinopress.speech import Heard, NoModel, NotHeard, NotInstalled, Recogniser, Whisper
from kinopress.system.atomic import write_text

_SIGNS_MAX = 84
"""Two lines of 42 characters are what readers can follow (Netflix's Timed Text Style Guide)."""
_FIELD = "extra.kinopress.video.captions_model"

Make = Callable[[Path], Recogniser]
"""Makes a recogniser of a model's folder; a test gives another one."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What became of it: the draft's path, and how many captions are in it."""

    path: str
    captions: int


def draft_captions(
    project: Path,
    name: str,
    language: str,
    told: Callable[[float], None] = lambda _: None,
    make: Make = Whisper,
) -> Draft:
    """Listen to a film and write what is heard beside it, to be corrected.

    Args:
        project: The project's folder.
        name: The film, by its name.
        language: In which it speaks, two letters.
        told: Is told the share of the film that was heard, 0 to 1; may raise to end it.
        make: What listens.

    Raises:
        Refusal: there is no such film or language (exit code 2), a draft is there already or the film has no sound (1),
            the extra, the model or the film is not here, the model breaks down, or the draft cannot be written (3).
    """
    library, _ = read_project(project, show_held=True)
    film = film_named(library, name)
    path = f"videos/{film.slug}.{language}{DRAFT_ENDING}"
    _refuse(project, film, language, path)
    recogniser = _recogniser(project, library, make)
    try:
        length_s, heard = recogniser.listen(film.file, language)
        cues = list(_cues(_followed(heard, length_s, told)))
    except NotHeard as error:
        raise _not_heard(film, library, error) from error
    try:
        write_text(project / path, write_webvtt(cues))
    except OSError as error:
        raise cannot_write(project / path, error) from None
    return Draft(path, len(cues))


def _refuse(project: Path, film: Film, language: str, path: str) -> None:
    if language not in LANGUAGES:
        what = f"{quoted(language)} is not a language known here"
        hint = "write its two letters, like en"
        raise Refusal([Problem("captions", what, hint, Code.CAPTIONS_NAME)], ExitCode.USAGE)
    if not film.original:
        what, hint = "the film is not on this computer, so nobody can listen to it", "put it back"
        raise Refusal(
            [Problem(film.path, what, f"{hint}: {film.path}", Code.FILM_MISSING)],
            ExitCode.ENVIRONMENT,
        )
    if (project / path).exists():
        what = "there is already a draft of these captions, maybe with your corrections"
        hint = f"rename it to {path.removesuffix(DRAFT_ENDING)}.vtt to show it, or delete it"
        raise Refusal([Problem(path, what, hint, Code.CAPTIONS_DRAFT)], ExitCode.CONTENT)


def _recogniser(project: Path, library: Library, make: Make) -> Recogniser:
    named = library.settings.video.captions_model
    if named is None:
        what = "no folder with a model that can listen is set"
        hint = (
            "under video, write captions_model and the folder of a model for faster-whisper"
            " (COACH.md, “Captions that a program drafts”)"
        )
        raise _missing(FILE, what, hint, _FIELD)
    try:
        return make(project / named)
    except NotInstalled:
        what = "the part that listens to films is not installed"
        raise _missing("captions", what, "install it: pip install 'kinopress[captions]'") from None
    except NoModel as error:
        what = f"the folder {named} has no model for faster-whisper ({error})"
        hint = "name a folder that has one, with tokenizer.json in it"
        raise _missing(FILE, what, hint, _FIELD) from None


def _not_heard(film: Film, library: Library, error: NotHeard) -> Refusal:
    if not look_at(film.file).has_audio:
        what, hint = (
            "the film has no sound, so there is nothing to listen to",
            "write captions by hand, if it needs any",
        )
        problem = Problem(film.path, what, hint, Code.CAPTIONS_MODEL)
        return Refusal([problem], ExitCode.CONTENT)
    what = f"the model in {library.settings.video.captions_model} broke down over {film.path} ({error})"
    return _missing(
        FILE, what, "get the whole model again, or name the folder of another one", _FIELD
    )


def _missing(path: str, what: str, hint: str, field: str | None = None) -> Refusal:
    problem = Problem(path, what, hint, Code.CAPTIONS_MODEL, field=field)
    return Refusal([problem], ExitCode.ENVIRONMENT)


def _followed(
    heard: Iterable[Heard], length_s: float, told: Callable[[float], None]
) -> Iterator[Heard]:
    for one in heard:
        told(min(1.0, one.ends_s / length_s) if length_s > 0 else 1.0)
        yield one


def _cues(heard: Iterable[Heard]) -> Iterator[Cue]:
    """Captions of at most two lines; a longer piece is told in parts, each as long as its words are."""
    for one in heard:
        words = " ".join(one.words.split())
        parts = list(_parts(words))
        begins_s, every = one.begins_s, max(1, sum(map(len, parts)))
        for part in parts:
            ends_s = begins_s + (one.ends_s - one.begins_s) * len(part) / every
            if ends_s > begins_s:
                yield Cue(begins_s, ends_s, clean(part.replace("<", "&lt;")))
            begins_s = ends_s


def _parts(words: str) -> Iterator[str]:
    line = ""
    for word in words.split():
        if line and len(line) + 1 + len(word) > _SIGNS_MAX:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    if line:
        yield line
