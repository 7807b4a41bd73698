"""Files that were surely meant to be used, under names that nothing reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from kinopress.problems import Problem

_CAPTIONS = (".vtt", ".srt")
_OTHER_CAPTIONS = (".sbv", ".ass", ".ssa", ".ttml", ".sub", ".dfxp")
_FILMS = (".wmv", ".flv", ".ogv", ".heic", ".gif", ".insv")
_TEXTS = (".txt", ".doc", ".docx", ".rtf", ".odt", ".pages")
_VOCABULARY_AND_ARTICLES = ("docs/articles", "docs/muscles", "docs/symptoms", "docs/techniques")


_LANGUAGES = {"english": "en", "eng": "en", "welsh": "cy", "cymraeg": "cy", "cym": "cy"}
_ODD_LANGUAGE = re.compile(
    rf"(?:\.(?P<dotted>[a-z]{{2,3}}|{'|'.join(_LANGUAGES)})|(?<=[a-z0-9])[_-](?P<joined>en|cy))"
    r"(?:[-_](?P<region>[a-z]{2,4}))?$",
    re.IGNORECASE,
)
"""A language in a name, in capitals or behind the wrong sign."""


def unread_file(path: str) -> Iterator[Problem]:
    """A warning for captions, films and pages whose name keeps them from being read."""
    file = PurePosixPath(path)
    folder, ending = str(file.parent), file.suffix.casefold()
    name = file.name.partition(".")[0]
    if folder == "videos" and ending in _CAPTIONS:
        yield _warning(
            path,
            "nobody will see these captions: the language is missing or in capitals",
            f"rename the file to {_with_language(file)}",
            "captions-name",
        )
    elif folder == "videos" and ending in _OTHER_CAPTIONS:
        yield _warning(
            path,
            "nobody will see these captions: they are neither WebVTT nor SubRip",
            f"save them as WebVTT under videos/{name}.en.vtt",
            "captions-name",
        )
    elif folder == "videos" and ending in _FILMS:
        yield _warning(
            path,
            f"this film is not read: films here do not end in {ending}",
            "export it as .mp4 or .mov",
            "file-ending",
        )
    elif (folder == "exercises" and ending in _TEXTS) or (
        folder in _VOCABULARY_AND_ARTICLES and ending == ".txt"
    ):
        yield _warning(
            path,
            "this page is not read: its name does not end in .md",
            f"save it as plain text under {folder}/{name}.md",
            "file-ending",
        )


def _with_language(file: PurePosixPath) -> str:
    """The name captions should have: ``Hip.EN.SRT`` → ``Hip.en.srt``, ``hip_en.vtt`` → ``hip.en.vtt``."""
    match = _ODD_LANGUAGE.search(file.stem)
    slug, lang = file.stem.partition(".")[0], "en"
    if match is not None:
        slug, lang = file.stem[: match.start()], (match["dotted"] or match["joined"]).lower()
        lang = _LANGUAGES.get(lang, lang)
        if match["region"]:
            lang += f"-{match['region'].upper()}"
    return f"{slug}.{lang}{file.suffix.casefold()}"


def _warning(path: str, message: str, hint: str, code: str) -> Problem:
    return Problem(path, None, None, message, hint, code, "warning")
