"""Saving what was changed in a form, over the file it was opened from and no other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kinopress.codes import Code
from kinopress.content.source.writer import Body, Change, changed_page, changed_yaml, token
from kinopress.problems import ExitCode, Problem, Refusal
from kinopress.project.folder import cannot_write
from kinopress.system.atomic import make_private_folder, write_bytes

_KEPT = ".kinopress/unsaved"


class Clash(Refusal):
    """A file was changed after it was opened. Both texts are kept.

    Attributes:
        there: The file as it is now; its token is what the next attempt to save needs.
        wanted: The file as it is now with the changes made to it; ``None`` where they do not fit any more.
        kept: The file below the project in which the changes are kept.
    """

    def __init__(self, path: str, there: bytes, wanted: bytes | None, kept: str) -> None:
        message = "this file was changed after you opened it, so it was not overwritten"
        hint = f"what you wrote is kept in {kept}: open the page again and compare the two"
        super().__init__([Problem(path, message, hint, Code.EDIT_CLASH)], ExitCode.CONTENT)
        self.there, self.wanted, self.kept = there, wanted, kept


def save(project: Path, path: str, opened: str, changes: Sequence[Change]) -> str:
    """Change a page, a list in ``docs/data`` or the settings; nothing is written where nothing changes.

    Args:
        project: The project's folder.
        path: The file, relative to it.
        opened: The token of the file from which the form was filled.
        changes: What to do.

    Returns:
        The token of the file as it is now.

    Raises:
        Clash: the file is another than the one that was opened.
        Refusal: it cannot be read or written, or a change cannot be made.
    """
    file = project / path
    try:
        there = file.read_bytes()
    except OSError as error:
        what = (error.strerror or "it cannot be opened").lower()
        hint = "check that it exists and that you may open it"
        problem = Problem(path, f"the file cannot be read ({what})", hint, Code.FILE_UNREADABLE)
        raise Refusal([problem], ExitCode.CONTENT) from None
    if token(there) != opened:
        raise _kept(project, path, there, changes)
    wanted = _changed(there, path, changes)
    if wanted != there:
        try:
            write_bytes(file, wanted)
        except OSError as error:
            raise cannot_write(file, error) from None
    return token(wanted)


def _changed(data: bytes, path: str, changes: Sequence[Change]) -> bytes:
    if path.endswith((".yml", ".yaml")):
        return changed_yaml(data, path, changes, any_tags=path == "mkdocs.yml")
    return changed_page(data, path, changes)


def _kept(project: Path, path: str, there: bytes, changes: Sequence[Change]) -> Clash:
    wanted: bytes | None = None
    try:
        wanted = _changed(there, path, changes)
        words = wanted
    except Refusal:
        words = "\n".join(map(_in_words, changes)).encode("utf-8", "replace")
    name = f"{_KEPT}/{path.replace('/', '-')}.{token(words)[:8]}.txt"
    try:
        make_private_folder((project / name).parent)
        write_bytes(project / name, words, private=True)
    except OSError as error:
        raise cannot_write(project / name, error) from None
    return Clash(path, there, wanted, name)


def _in_words(change: Change) -> str:
    if isinstance(change, Body):
        return f"\n{change.text}"
    name = ".".join(map(str, change.where))
    return f"{name}: {getattr(change, 'value', 'removed')}"
