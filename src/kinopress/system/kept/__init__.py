"""The one way to read JSON that this program keeps for itself: caches, records, lists and marks.

Whatever has become of such a file, a reader gets what was written or nothing: a disk may lose bytes or turn them, a
power cut may leave half a file, somebody may put anything there. So what is written is written with a digest of it,
and what does not fit its digest is not there. That costs the time of making it again, and never a wrong page.

Files that other programs or other versions read (a host's record, the notes of films) have forms of their own; they
are read here as well, without a digest.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from kinopress.system.atomic import write_json, write_text

T = TypeVar("T")

DAMAGED = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""What reading raises where a value is not as it was written: another shape, no number, brackets without end."""

_CHECK, _KEPT = "check", "kept"
_BEFORE, _BETWEEN, _DIGITS = f'{{"{_CHECK}":"', f'","{_KEPT}":', 64
"""What :func:`write_kept` writes on one line: this, a digest, that, and the value."""
_FIRST, _THEN, _LAST = '["', '",', "]"
"""What :func:`write_said` writes around a check and a value, so that the two are a list in JSON."""


def read_kept(file: Path, take: Callable[[Any], T], *, unchecked: bool = False) -> T | None:
    """What was kept in a file by :func:`write_kept`.

    Args:
        file: The file.
        take: Makes the value of what JSON says; what it raises of :data:`DAMAGED` means that nothing is there.
        unchecked: Accept a file without a digest too: one that earlier versions wrote, or that has a form of its own.

    Returns:
        The value; ``None`` where there is none, it cannot be read, or it is not as it was written.
    """
    text = _text(file)
    return None if text is None else take_kept(text, take, unchecked=unchecked)


def take_kept(text: str | bytes, take: Callable[[Any], T], *, unchecked: bool = False) -> T | None:
    """As :func:`read_kept`, of the text of such a file."""
    try:
        value = parse(text)
        if _is_as_written(text):
            return take(value[_KEPT])
        if isinstance(value, dict) and value.keys() == {_CHECK, _KEPT}:
            kept = value[_KEPT]
            return take(kept) if value[_CHECK] == digest_of(kept) else None
        return take(value) if unchecked else None
    except DAMAGED:
        return None


def write_kept(file: Path, value: Any, *, indent: int | None = None, private: bool = False) -> None:
    """Keep a value for :func:`read_kept`, whole or not at all; ``private``: nobody else on this computer reads it.

    Raises:
        OSError: it cannot be written; what was there is as it was.
    """
    if indent is None:  # a long one is said once, not twice
        said = json.dumps(value, separators=(",", ":"))
        write_text(file, f"{_BEFORE}{_of_text(said)}{_BETWEEN}{said}}}", private=private)
        return
    write_json(file, checked(value), indent=indent, private=private)


def checked(value: Any) -> dict[str, Any]:
    """A value as :func:`write_kept` writes it, for whoever writes many files before any of them is flushed."""
    return {_CHECK: digest_of(value), _KEPT: value}


def read_said(file: Path, check: Callable[[str], str], take: Callable[[Any], T]) -> T | None:
    """What was kept by :func:`write_said`: a long value, whose text is checked before it is read.

    Args:
        file: The file.
        check: A digest of the text, and of whatever it is only good with.
        take: As in :func:`read_kept`.
    """
    text = _text(file) or ""
    check_said, between, said = text[len(_FIRST) : -len(_LAST)].partition(_THEN)
    if not (between and text.startswith(_FIRST) and text.endswith(_LAST)):
        return None
    try:
        return take(parse(said)) if check_said == check(said) else None
    except DAMAGED:
        return None


def write_said(file: Path, check: Callable[[str], str], value: Any) -> None:
    """Keep a long value for :func:`read_said`.

    Raises:
        OSError: it cannot be written; what was there is as it was.
    """
    said = json.dumps(value, separators=(",", ":"))
    write_text(file, f"{_FIRST}{check(said)}{_THEN}{said}{_LAST}")


def parse(text: str | bytes) -> Any:
    """What a text of ours says in JSON.

    Raises:
        Exception: one of :data:`DAMAGED`, where it says nothing or has a word in the place of a number.
    """
    return json.loads(text, parse_constant=_refuse)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _text(file: Path) -> str | None:
    """The text of a regular file; a named pipe would be waited for without end."""
    try:
        if not stat.S_ISREG(os.stat(file).st_mode):  # noqa: PTH116 - hundreds of them: Path costs more
            return None
        return file.read_text("utf-8")
    except (OSError, ValueError):
        return None


def digest_of(value: Any) -> str:
    """A digest of a value that can be said in JSON: the same for what is read of it."""
    return _of_text(json.dumps(value, separators=(",", ":")))


def _of_text(said: str) -> str:
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def _is_as_written(text: str | bytes) -> bool:
    """Whether a text is, sign for sign, what :func:`write_kept` writes: then its value need not be said again to see that."""
    if not isinstance(text, str) or not text.startswith(_BEFORE) or not text.endswith("}"):
        return False
    begins = len(_BEFORE) + _DIGITS
    said = begins + len(_BETWEEN)
    return text[begins:said] == _BETWEEN and text[len(_BEFORE) : begins] == _of_text(text[said:-1])
