"""What click says of a command that cannot be understood, in the form of every other message."""

from __future__ import annotations

from collections.abc import Iterable

import click

from kinopress.cli.terminal.asking import somebody_is_there
from kinopress.codes import Code
from kinopress.content.model.names import either
from kinopress.content.model.slips import nearest_words
from kinopress.patterns import lazily
from kinopress.problems import Problem, quoted

_QUOTED = lazily(r"(?<!\w)'([^']+)'")
"""How click quotes what was typed."""
_NO_NUMBER = lazily(r"'([^']+)' is not a valid integer|(\S+) is not in the range")


def usage_problem(
    error: click.ClickException, group: click.Group, arguments: list[str]
) -> Problem | None:
    """A command that cannot be understood, as a problem; ``None``: the answer is the command's help.

    Args:
        error: What click says.
        group: All commands.
        arguments: What was typed.
    """
    if isinstance(error, getattr(click.exceptions, "NoArgsIsHelpError", ())):
        return None
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else _typed(group, arguments)
    hint = f"{command} --help shows what it takes"
    if isinstance(error, click.BadOptionUsage) and "requires an argument" in error.message:
        return _problem(error.option_name, "it needs a value", hint)
    if isinstance(error, click.NoSuchOption):
        if error.possibilities:
            hint = f"did you mean {either(sorted(error.possibilities))}?"
        return _problem("", f"{command} has no option {quoted(error.option_name)}", hint)
    if isinstance(error, click.BadParameter) and error.param is not None:
        named = max(error.param.opts, key=len) if isinstance(error.param, click.Option) else ""
        name = named or error.param.human_readable_name
        if isinstance(error, click.MissingParameter):
            return _problem("", f"{name} is missing", hint)
        kind = error.param.type
        typed = _NO_NUMBER.match(error.message)
        if typed and isinstance(kind, click.IntRange):
            message = f"{quoted(typed[1] or typed[2])} is not a whole number {_range(kind)}"
            return _problem(name, message, hint)
        return _problem(name, error.message, hint)
    return _problem("", error.format_message(), hint)


def _typed(group: click.Group, arguments: list[str]) -> str:
    """The command that was typed, where click does not say which one it read."""
    names = ["kinopress"]
    at: click.Command | None = group
    for word in arguments:
        if not isinstance(at, click.Group):
            break
        at = at.get_command(click.Context(at), word.casefold())
        if at is None:
            break
        names.append(word.casefold())
    return " ".join(names)


def _range(kind: click.IntRange) -> str:
    """Which numbers are taken, in words."""
    if kind.min is None:
        return f"up to {kind.max}"
    return f"of at least {kind.min}" if kind.max is None else f"from {kind.min} to {kind.max}"


def meant_instead(name: str, known: Iterable[str], ctx: click.Context) -> str:
    """The command somebody meant by a name that no command has, if they are there and say so.

    Raises:
        click.UsageError: nobody is there, nothing is like it, or it is not that one.
    """
    verbs = list(known)
    close = nearest_words(name.casefold(), verbs, 1)
    if close and somebody_is_there():
        question = f"There is no command {quoted(name)}. Did you mean {close[0]}?"
        if click.confirm(question, default=False):
            return close[0]
    choose = f"choose from {', '.join(verbs)}"
    hint = f"did you mean {ctx.command_path} {close[0]}?" if close else choose
    raise click.UsageError(f"there is no command {quoted(name)}; {hint}", ctx)


def _problem(field: str, words: str, hint: str) -> Problem:
    """A message of click's begins like a sentence and ends like one; ours may bring its own hint."""
    message, _, own = _QUOTED.sub(r"“\1”", words.strip().rstrip(".")).partition("; ")
    if not message[1:2].isupper():  # the name of a word that is missing, like DIR
        message = message[:1].lower() + message[1:]
    return Problem("usage", message, own or hint, Code.USAGE, field=field or None)
