"""Running MkDocs: one strict build into a folder aside."""

from __future__ import annotations

import logging
import os
import re
import traceback
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

# Material prints a notice about its own future on every build; a coach can do nothing about it.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from markdown import Markdown
from markdown.util import get_installed_extensions
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException
from mkdocs.utils import get_theme_names

from kinopress.codes import Code
from kinopress.content.model.library import Library
from kinopress.engines.memory import Memory
from kinopress.engines.mkdocs.events import SiteEvents
from kinopress.engines.mkdocs.hooks import watch_answers
from kinopress.engines.mkdocs.pages import build_pages
from kinopress.engines.prepared import Prepared
from kinopress.engines.settings import own_sheets
from kinopress.pages.markdown_extensions import extensions_needed
from kinopress.pages.site import Site
from kinopress.problems import ExitCode, Problem, Refusal

SETTINGS = "mkdocs.yml"

_ALWAYS = ("toc", "tables", "fenced_code")
"""What MkDocs loads of Markdown with any settings."""

NESTED = Problem(
    SETTINGS,
    "the site builder gave up: some page has too many things nested inside one another",
    "look for long rows of *, _ or >, and for lists inside lists inside lists",
    Code.SITE_BUILDER,
)


class _Collect(logging.Handler):
    """What MkDocs warns of, as problems of the coach's own files."""

    def __init__(self, sources: dict[str, str]) -> None:
        super().__init__(logging.WARNING)
        self.sources = sources
        self.problems: list[Problem] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if message.startswith("Aborted with"):
            return
        named = re.search(r"'([^']+\.md)'", message)
        path = self.sources.get(named.group(1), SETTINGS) if named else SETTINGS
        link = re.search(
            r"contains (?:a link|an unrecognized relative link|an absolute link) '([^']+)'", message
        )
        if link:
            what = f"the link to {link.group(1)} leads nowhere"
            hint = "correct the address, or use [[name]] with the page's file name"
            self.problems.append(Problem(path, what, hint, Code.LINK_BROKEN))
        else:
            what = message.replace("\n", " ").rstrip(". ")
            self.problems.append(
                Problem(
                    path,
                    f"the site builder says: {what}",
                    "fix it and build again",
                    Code.SITE_BUILDER,
                )
            )


def build_with_mkdocs(
    project: Path,
    library: Library,
    site: Site,
    out: Path,
    *,
    processes: int | None = None,
    memory: Memory | None = None,
) -> list[Problem]:
    """Build rendered pages into ``out``, strictly: a warning of MkDocs is a problem here.

    Args:
        project: The project's folder.
        library: What the coach wrote.
        site: Its pages.
        out: An empty folder.
        processes: How many share the pages; by default as many as are worth it.
        memory: What the last build made; pages that would come out the same are copied from its site.

    Raises:
        Refusal: when MkDocs cannot use ``mkdocs.yml`` (exit code 2).
    """
    prepared = Prepared(library, site)
    hooks: list[str] = []
    collect = _Collect({page.path: page.source or page.path for page in site.pages})
    log = logging.getLogger("mkdocs")
    before, log.propagate = log.propagate, False
    log.addHandler(collect)
    try:
        config = load(project, lambda *_: prepared, site_dir=str(out), strict=True)
        hooks += (str(hook.__file__) for hook in config["hooks"].values())
        config.plugins.on_startup(command="build", dirty=False)
        lost = build_pages(config, processes, memory)
        if lost:
            collect.problems.append(_lost(lost))
        config.plugins.on_shutdown()
    except Abort:
        if not collect.problems:
            raise
    except RecursionError:
        collect.problems.append(NESTED)
    except Refusal:
        raise
    except MkDocsException as error:
        collect.problems.append(
            Problem(
                SETTINGS,
                f"the site builder says: {error}",
                "fix it and build again",
                Code.SITE_BUILDER,
            )
        )
    except (Exception, SystemExit) as error:
        broken = _of_a_hook(error, project, hooks) or _after_hooks(error, project, hooks)
        if broken is None:
            raise
        raise Refusal([broken], ExitCode.USAGE) from None
    finally:
        log.removeHandler(collect)
        log.propagate = before
    return collect.problems


def load_ahead(*, is_first: bool) -> None:
    """Load what MkDocs asks for by name: for whoever has time before a build begins.

    Nothing depends on it: what is not here by then is loaded and made when it is asked for.

    Args:
        is_first: Nothing is known of an earlier build, so our style sheets will have to be shortened.
    """
    get_theme_names()
    get_installed_extensions()
    Markdown(extensions=[*_ALWAYS, *extensions_needed([])])
    if is_first:
        own_sheets()


def _lost(number: int) -> Problem:
    """Said of a build that is whole nonetheless."""
    return Problem(
        SETTINGS,
        "the system ended a process that was to make a part of the pages"
        if number == 1
        else f"the system ended {number} processes that were to make a part of the pages",
        "nothing to do, the pages were made without it; close other programs if it happens again, since"
        " the computer may be short of memory",
        Code.SITE_BUILDER,
        severity="warning",
    )


class _Reasons(logging.Handler):
    """Why MkDocs refuses its settings: it says so in its log alone."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.problems: list[Problem] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = " ".join(record.getMessage().split()).rstrip(".")
        named = re.fullmatch(r"\w+ value '([^']+)': (.+)", message)
        name, reason = named.groups() if named else (None, message)
        self.problems.append(
            Problem(
                SETTINGS,
                f"MkDocs cannot use this: {reason}",
                "correct the setting, or remove it",
                Code.SETTINGS_MKDOCS,
                field=name,
            )
        )


def look_at_settings(project: Path) -> None:
    """Let MkDocs judge plugins and settings that nobody but it knows; no hook is run.

    Raises:
        Refusal: with MkDocs' own reasons (exit code 2).
    """
    _load(project, strict=True, hooks=[])


def load(
    project: Path, source: Callable[[Path, bool], Prepared], *, site_dir: str, strict: bool
) -> MkDocsConfig:
    """MkDocs' own reading of ``mkdocs.yml``, with a source of pages in place of the plugin's own.

    Raises:
        Refusal: with MkDocs' own reasons (exit code 2).
    """
    config = _load(project, site_dir=site_dir, strict=strict)
    for plugin in config.plugins.values():
        if isinstance(plugin, SiteEvents):
            plugin.source = source
    watch_answers(config, project)
    return config


def _of_a_hook(error: BaseException, project: Path, hooks: Collection[str] = ()) -> Problem | None:
    """What a hook of the coach's raised, said at its line; ``None`` where no hook has run.

    Args:
        error: What was raised.
        project: The project's folder.
        hooks: The files of hooks that are loaded; MkDocs itself says which one it is about to load.
    """
    files = set(hooks)
    at: tuple[str, int] | None = None
    for frame, line in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_name == "_load_hook":
            files.add(str(frame.f_locals.get("path")))
        if frame.f_code.co_filename in files:
            at = frame.f_code.co_filename, line
    if isinstance(error, SyntaxError) and error.filename in files:
        at = error.filename, error.lineno or 1
    if at is None:
        return None
    shown = _shown(Path(at[0]), project)
    why = " ".join(f"{type(error).__name__}: {error}".split()).rstrip(".: ")
    return Problem(
        shown,
        f"this hook cannot be run ({why})",
        "correct it and install what it needs, or remove it from the hooks in mkdocs.yml",
        Code.SETTINGS_HOOK,
        line=at[1],
    )


def _after_hooks(error: BaseException, project: Path, hooks: Sequence[str]) -> Problem | None:
    """Said of what fails in nobody's hook where hooks have run: they may have changed what others then use.

    Without hooks it would be a mistake of the program's, which is not hidden. A disk or a memory that is full is nobody's.
    """
    if not hooks or isinstance(error, OSError | MemoryError | SystemExit):
        return None
    shown = [_shown(Path(hook), project) for hook in hooks]
    why = " ".join(f"{type(error).__name__}: {error}".split()).rstrip(".: ")
    others = f" (or in {', '.join(shown[1:])})" if shown[1:] else ""
    return Problem(
        shown[0],
        f"the site cannot be built with what was changed in this hook{others}: {why}",
        "remove the hook from mkdocs.yml and build again: if the site is built then, correct the hook",
        Code.SETTINGS_HOOK,
    )


def _shown(file: Path, project: Path) -> str:
    return file.relative_to(project).as_posix() if file.is_relative_to(project) else str(file)


def _load(project: Path, **values: Any) -> MkDocsConfig:
    reasons = _Reasons()
    log = logging.getLogger("mkdocs.config")
    log.addHandler(reasons)
    try:
        return load_config(config_file=str(project / SETTINGS), **values)
    except ConfigurationError as error:
        problem = Problem(
            SETTINGS,
            f"MkDocs cannot use it: {error}",
            "fix the line it names",
            Code.SETTINGS_MKDOCS,
        )
        raise Refusal([problem], ExitCode.USAGE) from None
    except Abort:
        if not reasons.problems:
            raise
        raise Refusal(reasons.problems, ExitCode.USAGE) from None
    except (Exception, SystemExit) as error:
        if (broken := _of_a_hook(error, project)) is None:
            raise
        raise Refusal([broken], ExitCode.USAGE) from None
    finally:
        log.removeHandler(reasons)
