"""A function is done in a process of its own, which takes with it what it needed: libraries, and memory.

Python gives little memory back. Whoever serves pages for a whole day and once opens a film, or reads two hundred
pages, would hold from then on what that took. The two processes talk in turns: what is done there says how far it is
and waits for an answer, which may be that it has to end. So nobody needs a second thread, or a file that says "stop".
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, Protocol, TypeVar

from kinopress.problems import Refusal
from kinopress.system.process import talk

R = TypeVar("R")
Say = Callable[..., object]
"""Is told how far it is, in values fit for :mod:`pickle`; what it raises ends the work, which may tidy up before."""

_PROGRAM = "from kinopress.system.processors.apart import answer; answer()"
_GC_THRESHOLD = 100_000
"""It reads much, keeps most of it and ends soon."""


class Lost(Exception):  # noqa: N818 - the same as a program that was killed
    """The process ended without an answer: it was killed, or broke down and has said why in the terminal."""


class Apart(Protocol):
    """How something is done: :func:`apart`, or :func:`here`."""

    def __call__(self, do: Callable[..., R], *values: Any, say: Say | None = None) -> R:
        """See :func:`apart`."""
        ...


def here(do: Callable[..., R], *values: Any, say: Say | None = None) -> R:
    """Do it in this process."""
    return do(*values) if say is None else do(*values, say)


def apart(do: Callable[..., R], *values: Any, say: Say | None = None) -> R:
    """Do it in a process of its own.

    Args:
        do: A function that can be imported by its name.
        values: What it is given, fit for :mod:`pickle` as what it returns.
        say: Is called in this process with what the function says there by the last value that it is given;
            ``None``: it is given none.

    Returns:
        What it returned.

    Raises:
        Lost: it broke down, or was killed.
        Exception: whatever it refused with, or could not open (``OSError``), and what ``say`` raised.
    """
    with contextlib.ExitStack() as until:
        try:
            # Where this process may keep nothing that is compiled, neither may that one.
            kept = ["-B"] if sys.dont_write_bytecode else []
            command = [sys.executable, *kept, "-P", "-c", _PROGRAM]
            to, back = until.enter_context(talk(command))
            _tell(to, (do, values, say is not None))
            what, value = _last_word(to, back, say)
        except (EOFError, OSError, pickle.UnpicklingError):  # it cannot begin, or has ended
            raise Lost from None
    if what == "raised":
        raise value
    if what != "done":
        raise Lost
    done: R = value
    return done


def _last_word(to: IO[bytes], back: IO[bytes], say: Say | None) -> tuple[str, Any]:
    while True:
        what, value = pickle.load(back)  # noqa: S301 - our own process wrote it
        if what != "said" or say is None:
            return what, value
        _tell(to, _heard(say, value))


def _tell(to: IO[bytes], value: object) -> None:
    pickle.dump(value, to, pickle.HIGHEST_PROTOCOL)
    to.flush()


def _heard(say: Say, values: tuple[Any, ...]) -> Exception | None:
    try:
        say(*values)
    except Exception as error:
        return error
    return None


class _Gone(Exception):  # noqa: N818 - a state, and nobody's mistake
    """Whoever asked is no longer there."""


def _next(heard: IO[bytes]) -> Any:
    """What is said next by whoever asked.

    Its end is told by a name of its own: work that reads beyond the end of a film or a file raises the same error.
    """
    try:
        return pickle.load(heard)  # noqa: S301 - our own process wrote it
    except EOFError:
        raise _Gone from None


def answer() -> None:
    """What the other process does: hear what is to be done, do it, and say what came of it."""
    gc.set_threshold(_GC_THRESHOLD)
    # Nothing that prints may come between what is said, and nothing that asks may hear what is meant for us.
    with os.fdopen(os.dup(0), "rb") as heard, os.fdopen(os.dup(1), "wb") as to:
        with Path(os.devnull).open("rb") as nothing:
            os.dup2(nothing.fileno(), 0)
        os.dup2(2, 1)

        def say(*values: Any) -> None:
            _tell(to, ("said", values))
            if (error := _next(heard)) is not None:
                ends.append(error)
                raise error

        ends: list[Exception] = []
        told: tuple[str, object]
        try:
            do, values, talks = _next(heard)
            told = "done", do(*values, say) if talks else do(*values)
        except _Gone:
            return
        except Exception as error:
            if isinstance(error, (Refusal, OSError)) or error in ends:
                told = "raised", error
            else:  # a defect: told here, in the terminal
                traceback.print_exception(error)
                told = "broken", None
        _tell(to, told)
