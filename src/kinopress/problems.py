"""What went wrong, said once and the same way by every room.

A :class:`Problem` is a value, not an exception: a check carries on after the first
one, so the coach sees everything that needs fixing in one run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import KW_ONLY, asdict, dataclass, field
from enum import IntEnum
from typing import Literal

from kinopress.codes import Code
from kinopress.patterns import lazily

Severity = Literal["error", "warning", "note"]

QUOTED_MAX = 60
"""As many characters of what somebody wrote are enough to find it again."""

_UNPRINTABLE = lazily("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Ends a line, steers a terminal, turns the order of letters round, or is no letter at all."""


class ExitCode(IntEnum):
    """What the command line answers to the shell."""

    OK = 0
    CONTENT = 1
    USAGE = 2
    ENVIRONMENT = 3
    PUBLISH = 4
    BUSY = 5


def one_line(words: str) -> str:
    """Words as they can be shown anywhere: on one line, without characters that steer a terminal."""
    if words.isprintable():
        return words
    return _UNPRINTABLE.sub(lambda m: " " if m[0].isspace() else "\N{REPLACEMENT CHARACTER}", words)


def shortened(words: str) -> str:
    """What somebody wrote, for a message: on one line, not too long."""
    line = " ".join(one_line(words).split())
    return line if len(line) <= QUOTED_MAX else f"{line[: QUOTED_MAX - 1]}…"


def quoted(words: str) -> str:
    """What somebody wrote, shortened and in quotation marks."""
    return f"“{shortened(words)}”"


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in one place, in a coach's words.

    Attributes:
        path: The file as the person knows it, relative to the project folder, with ``/``.
        message: What happened.
        hint: What to do about it.
        code: The kind of problem; see :class:`~kinopress.codes.Code`.
        line: Line in that file, counted from 1; ``None`` when the whole file is meant.
        field: Field of the page (``dosage.hold``), or ``None``.
        severity: An ``error`` stops a build, a ``warning`` does not. A ``note`` is only for the
            writer: it is counted, and shown when it is asked for.
    """

    path: str
    message: str
    hint: str
    code: Code
    _: KW_ONLY
    line: int | None = None
    field: str | None = None
    severity: Severity = "error"

    def __str__(self) -> str:
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        what = self.message if self.field is None else f"{self.field}: {self.message}"
        return one_line(f"{where}: {what}; {self.hint} [{self.code}]")

    def as_dict(self) -> dict[str, str | int | None]:
        """The problem as plain values, in the order in which ``--json`` prints them."""
        values = asdict(self)
        keys = ("severity", "path", "line", "field", "message", "hint", "code")
        return {
            key: one_line(value) if isinstance(value := values[key], str) else value for key in keys
        }


@dataclass(slots=True)
class Report:
    """All problems of one run."""

    problems: list[Problem] = field(default_factory=list)

    def __iter__(self) -> Iterator[Problem]:
        return iter(
            sorted(self.problems, key=lambda p: (p.path, p.line or 0, p.field or "", p.code))
        )

    def add(self, problem: Problem) -> None:
        """Note one more problem."""
        self.problems.append(problem)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note several more problems."""
        self.problems.extend(problems)

    @property
    def errors(self) -> list[Problem]:
        """The problems that stop a build, in reading order."""
        return [p for p in self if p.severity == "error"]

    @property
    def warnings(self) -> list[Problem]:
        """The problems that stop nothing, in reading order."""
        return [p for p in self if p.severity == "warning"]

    @property
    def notes(self) -> list[Problem]:
        """What helps a writer and is not a problem, in reading order."""
        return [p for p in self if p.severity == "note"]


class Refusal(Exception):  # noqa: N818 - it is an answer to the person, not a defect of the program
    """A command cannot continue, and can say why in problems.

    Raised at the edges (settings, environment, a second run at the same time);
    the command line prints the problems and ends with ``exit_code``.
    """

    def __init__(self, problems: Iterable[Problem], exit_code: ExitCode) -> None:
        self.problems = list(problems)
        self.exit_code = exit_code
        super().__init__("\n".join(str(p) for p in self.problems))

    def __reduce__(self) -> tuple[object, ...]:
        """As it travels from one process to another: exceptions by themselves would forget the problems."""
        return _as_it_was, (type(self), self.args, vars(self))


def _as_it_was(kind: type[Refusal], args: tuple[object, ...], values: dict[str, object]) -> Refusal:
    refusal = kind.__new__(kind, *args)
    vars(refusal).update(values)
    return refusal
