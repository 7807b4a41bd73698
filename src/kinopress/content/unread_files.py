"""Files that were surely meant to be used, under names that nothing reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from kinopress.problems import Problem

_CAPTIONS = (".vtt", ".srt", ".sbv", ".ass", ".ssa", ".ttml")
_FILMS = (".wmv", ".flv", ".ogv", ".heic", ".gif", ".insv")
_TEXTS = (".txt", ".doc", ".docx", ".rtf", ".odt", ".pages")
_VOCABULARY_AND_ARTICLES = ("docs/articles", "docs/muscles", "docs/symptoms", "docs/techniques")


def unread_file(path: str) -> Iterator[Problem]:
    """A warning for captions, films and pages whose name keeps them from being read."""
    file = PurePosixPath(path)
    folder, ending = str(file.parent), file.suffix.casefold()
    name = file.name.partition(".")[0]
    if folder == "videos" and ending in _CAPTIONS:
        yield _warning(
            path,
            "nobody will see these captions: the language is missing or in capitals"
            if ending == ".vtt"
            else "nobody will see these captions: they are not WebVTT",
            f"rename the file to {name}.en.vtt"
            if ending == ".vtt"
            else f"save them as WebVTT under videos/{name}.en.vtt",
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


def _warning(path: str, message: str, hint: str, code: str) -> Problem:
    return Problem(path, None, None, message, hint, code, "warning")
