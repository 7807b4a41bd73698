"""A film and what is beside it under its name: captions and the coach's own poster."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kinopress.codes import Code
from kinopress.content.model.films import CaptionFile, Film
from kinopress.content.model.language.languages import LANGUAGES
from kinopress.patterns import lazily
from kinopress.problems import Problem

FILM_ENDINGS = (
    ".mp4",
    ".mov",
    ".m4v",
    ".mkv",
    ".webm",
    ".avi",
    ".mts",
    ".m2ts",
    ".mpg",
    ".mpeg",
    ".ts",
    ".3gp",
)
CAPTION_NAME = lazily(
    rf"^(?P<slug>.+)\.(?P<lang>{'|'.join(LANGUAGES)})"
    r"(?:-(?:[A-Za-z]{2}|[A-Za-z]{4}|[0-9]{3}))?\.(?P<form>vtt|srt)$"
)
"""The country or script behind a language is read over: readers choose among languages."""

POSTER_NAME = lazily(r"^(?P<slug>.+)\.poster\.(?:jpe?g|png|webp|avif|heic|heif)$", re.IGNORECASE)


DRAFT_ENDING = ".draft.vtt"
"""Captions that a program drafted (``hip.en.draft.vtt``): nobody sees them until they are corrected and renamed."""


def join_captions(captions: Iterable[CaptionFile], films: dict[str, Film]) -> Iterator[Problem]:
    """Captions belong to the film of their name.

    Of two in one language WebVTT wins over SubRip, and then the shorter name.
    """
    for form, slug, lang, path in sorted(
        captions, key=lambda file: (file.form != "vtt", file.slug, len(file.path), file.path)
    ):
        film = films.get(slug)
        if film is None and slug.casefold().endswith(".draft"):
            wanted = f"{slug[: -len('.draft')]}.{lang}.{form}"
            yield _warning(
                path,
                "this looks like a draft of captions, and nobody sees it",
                f"correct it, then rename it to {wanted}",
                Code.CAPTIONS_NAME,
            )
        elif film is None:
            yield _warning(
                path,
                f"there is no film {slug} beside these captions",
                "name the captions after the film, like hip.en.vtt beside hip.mp4",
                Code.CAPTIONS_ALONE,
            )
        elif other := film.captions.get(lang) or film.subrip.get(lang):
            yield _warning(
                path,
                f"{other} is shown instead of these captions",
                "keep one of the two files",
                Code.CAPTIONS_TWICE,
            )
        elif form == "vtt":
            film.captions[lang] = path
        else:
            film.subrip[lang] = path


def join_posters(posters: Iterable[tuple[str, str]], films: dict[str, Film]) -> Iterator[Problem]:
    """A poster belongs to the film of its name; ``posters`` are names and paths."""
    for slug, path in posters:
        film = films.get(slug)
        if film is None:
            yield _warning(
                path,
                f"there is no film {slug} beside this poster",
                "name the poster after the film, like hip.poster.jpg beside hip.mp4",
                Code.POSTER_ALONE,
            )
        elif film.poster is not None:
            yield _warning(
                path,
                f"{film.poster} is shown instead of this poster",
                "keep one of the two pictures",
                Code.POSTER_TWICE,
            )
        else:
            films[slug] = replace(film, poster=path)


def _warning(path: str, message: str, hint: str, code: Code) -> Problem:
    """A warning about a name: it has no line."""
    return Problem(path, message, hint, code, severity="warning")
