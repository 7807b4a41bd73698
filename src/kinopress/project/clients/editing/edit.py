"""A client's plan is opened to be changed, and saved: only the lines of what was changed are written again."""

from __future__ import annotations

from pathlib import Path

from kinopress.codes import Code
from kinopress.content.model.library import Library
from kinopress.content.model.nodes import Fields
from kinopress.content.model.plans import PLAN_DAYS
from kinopress.content.source.document import Document, decode, parse_document, read_file
from kinopress.content.source.writer import token
from kinopress.problems import ExitCode, Problem, Refusal
from kinopress.project.clients.editing.draft import (
    Draft,
    done_on,
    draft_in,
    settled,
    swap_stays,
)
from kinopress.project.clients.editing.draft_lines import changes, split_words
from kinopress.project.clients.folder import PLAN_FILE, folder_of, shown_path
from kinopress.project.clients.new import lines_of
from kinopress.project.folder import cannot_write
from kinopress.system.atomic import write_text


def draft_of(project: Path, library: Library, name: str) -> Draft:
    """A client's plan, to be changed.

    Raises:
        Refusal: there is no such client (exit code 2), or the file cannot be read (1).
    """
    return draft_in(*_read(project, library, name))


def save_draft(project: Path, library: Library, name: str, draft: Draft) -> bool:
    """Write what was changed of a client's plan; whether anything was.

    Raises:
        Refusal: there is no such client (exit code 2), the file was changed meanwhile or cannot be read (1), or it
            cannot be written (3).
    """
    document, data = _read(project, library, name)
    if token(data) != draft.token:
        problem = Problem(
            document.path,
            "the file has been changed since this form was opened",
            "open the plan again, then change it there",
            Code.EDIT_CLASH,
        )
        raise Refusal([problem], ExitCode.CONTENT)
    before = draft_in(document, data)
    text = as_it_was = data.decode("utf-8-sig").replace("\r\n", "\n")
    for key, lines in changes(before, draft, document.front, text):
        found, _ = parse_document(text, document.path)
        text = _with(text, found.front, key, lines)
    if draft.body != before.body:
        head = text[: len(text) - len(parse_document(text, document.path)[0].body)]
        text = head + (f"\n{draft.body}\n" if draft.body else "")
    if text == as_it_was:
        return False
    said, _ = parse_document(text, document.path)
    if not said.readable or _said(draft_in(said, b"")) != _said(draft):
        problem = Problem(
            document.path,
            "this cannot be written without changing something else in the file",
            "change it in the file itself, with an editor",
            Code.EDIT_CLASH,
        )
        raise Refusal([problem], ExitCode.CONTENT)
    file = folder_of(project, library, name) / PLAN_FILE
    try:
        write_text(file, text, private=True)
    except OSError as error:
        raise cannot_write(file, error) from None
    return True


def _said(draft: Draft) -> tuple[object, ...]:
    """What has to be the same when a file is read again: all but how it is written."""
    return (
        {key: words for key, words in draft.lines.items() if words},
        {key: split_words(words) for key, words in draft.lists.items()},
        [(b.name, b.days, [(p.exercise, dict(p.said)) for p in b.portions]) for b in draft.blocks],
        {name: value for name, value in draft.measured.items() if value},
        draft.body,
        {day: settled(draft, day) for day in range(1, PLAN_DAYS + 1)},
        draft.swaps,
    )


def _read(project: Path, library: Library, name: str) -> tuple[Document, bytes]:
    file = folder_of(project, library, name) / PLAN_FILE
    path = shown_path(project, file)
    data, problems = read_file(file, path)
    if data is None:
        raise Refusal(problems, ExitCode.CONTENT)
    text, problems = decode(data, path)
    document, more = parse_document(text or "", path)
    if text is None or not document.readable:
        raise Refusal([*problems, *more], ExitCode.CONTENT)
    return document, data


def lost_with(project: Path, library: Library, name: str, draft: Draft) -> list[str]:
    """What else goes when a draft is saved, in words: a swap to a block that is no longer there, or is done that day.

    Raises:
        Refusal: there is no such client (exit code 2), or the file cannot be read (1).
    """
    _read(project, library, name)
    return [
        f"day {day}: {swap} after an amber day"
        for day, said in draft.of_days.items()
        if (swap := said.get("swap_if_amber", ""))
        and not swap_stays(draft.blocks, swap, done_on(draft, day))
    ]


def _with(text: str, front: Fields, key: str, lines: str) -> str:
    """A file with other lines for one of its fields."""
    old = lines_of(text, front, key)
    if old:
        begin = sum(map(len, text.splitlines(keepends=True)[: front.key_lines[key] - 1]))
        return text[:begin] + lines + text[begin + len(old) :]
    end = text.index("\n---", text.index("---") + 3) + 1
    return text[:end] + lines + text[end:]
