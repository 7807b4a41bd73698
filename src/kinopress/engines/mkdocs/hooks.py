"""What hooks of the coach's answer: MkDocs takes whatever comes, and fails over it much later, in its own code."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, Template
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from kinopress.codes import Code
from kinopress.problems import ExitCode, Problem, Refusal

ANSWERS: dict[str, tuple[type, str]] = {
    "config": (Config, "the settings that it is given"),
    "env": (Environment, "the template environment that it is given"),
    "files": (Files, "the files that it is given (a Files, not a list)"),
    "nav": (Navigation, "the navigation that it is given (a Navigation, not a list)"),
    "page_content": (str, "a text (the HTML of the page)"),
    "page_context": (dict, "the dictionary that it is given"),
    "page_markdown": (str, "a text (the Markdown of the page)"),
    "page_read_source": (str, "a text (the whole source of the page)"),
    "post_page": (str, "a text (the whole HTML of the page)"),
    "post_template": (str, "a text (what the template became)"),
    "pre_page": (Page, "the page that it is given"),
    "pre_template": (Template, "the template that it is given"),
    "template_context": (dict, "the dictionary that it is given"),
    "serve": (object, "the server that it is given"),
}
"""What a hook may answer to each event, and in words; nothing at all is right everywhere. MkDocs reads no other answers."""


def _asked_for(event: str) -> tuple[type, str]:
    """What a hook may answer to an event."""
    if event == "serve":
        from mkdocs.livereload import LiveReloadServer  # noqa: PLC0415 - a build needs no server, and it loads one of HTTP

        return LiveReloadServer, ANSWERS[event][1]
    return ANSWERS.get(event, (object, ""))


def watch_answers(config: MkDocsConfig, project: Path) -> None:
    """Look at what each hook answers before MkDocs does.

    Args:
        config: As MkDocs has read it, with its hooks.
        project: The project's folder.
    """
    plugins = config.plugins
    for event, methods in plugins.events.items():
        for at, method in enumerate(methods):
            name = plugins._event_origins.get(method, "")
            if name in config["hooks"]:
                watched = _watched(method, event, project, config["hooks"][name])
                methods[at] = watched
                plugins._event_origins[watched] = name


def _watched(
    method: Callable[..., Any], event: str, project: Path, hook: Any
) -> Callable[..., Any]:
    @functools.wraps(method, updated=())
    def asked(*args: Any, **kwargs: Any) -> Any:
        try:
            answer = method(*args, **kwargs)
        except TypeError as error:
            if error.__traceback__ is None or error.__traceback__.tb_next is not None:
                raise  # in the hook, whose line is said elsewhere
            why = " ".join(str(error).split()).rstrip(".")
            what = f"on_{event} cannot be called as MkDocs calls it ({why})"
            given = "its first argument and **kwargs" if args else "**kwargs"
            raise _refused(method, hook, project, what, f"let it take {given}") from None
        kind, words = _asked_for(event)
        if answer is None or isinstance(answer, kind):
            return answer
        what = f"on_{event} must return {words}, or nothing, and returned {_shown(answer)}"
        raise _refused(method, hook, project, what, "correct its return")

    return asked


def _shown(answer: object) -> str:
    """An answer in a few words."""
    if isinstance(answer, (bool, int, float)):
        return str(answer)
    kind = type(answer).__name__
    return f"{'an' if kind[:1].lower() in 'aeiou' else 'a'} {kind}"


def _refused(method: Callable[..., Any], hook: Any, project: Path, what: str, how: str) -> Refusal:
    file = Path(str(hook.__file__))
    code = getattr(inspect.unwrap(method), "__code__", None)
    is_here = code is not None and code.co_filename == str(file)
    problem = Problem(
        file.relative_to(project).as_posix() if file.is_relative_to(project) else str(file),
        what,
        f"{how}, or remove it from the hooks in mkdocs.yml",
        Code.SETTINGS_HOOK,
        line=code.co_firstlineno if code is not None and is_here else None,
    )
    return Refusal([problem], ExitCode.USAGE)
