"""The film a person means."""

from __future__ import annotations

from kinopress.codes import Code
from kinopress.content.model.films import Film
from kinopress.content.model.library import Library
from kinopress.content.model.names import either, nearest
from kinopress.problems import ExitCode, Problem, Refusal, quoted


def film_named(library: Library, name: str) -> Film:
    """The film with a slug; its file's name will do.

    Raises:
        Refusal: there is none (exit code 2).
    """
    film = library.films.get(name)
    by_path = [f for f in library.films.values() if name in (f.path, f.path.rpartition("/")[2])]
    if film is None and by_path:
        film = by_path[0]
    if film is not None:
        return film
    close = nearest(name, library.films, 3)
    problem = Problem(
        "videos",
        f"there is no film {quoted(name)}",
        f"did you mean {either(close)}?" if close else "kinopress video list lists them all",
        Code.FILM_UNKNOWN,
    )
    raise Refusal([problem], ExitCode.USAGE)
