"""The door for plain ``mkdocs build`` and ``mkdocs serve``: the same journey as every other door."""

from __future__ import annotations

from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger

from kinopress.engines.mkdocs.events import SiteEvents
from kinopress.engines.prepared import Prepared
from kinopress.problems import Refusal
from kinopress.project.folder import cannot_use
from kinopress.project.prepare import prepare

_log = get_plugin_logger(__name__)


class KinopressPlugin(SiteEvents):  # type: ignore[no-untyped-call]
    """The plugin that ``mkdocs.yml`` names: everything written, and the films encoded so far."""

    def __init__(self) -> None:
        super().__init__()
        self.source = prepared_for_mkdocs


def prepared_for_mkdocs(project: Path, preview: bool) -> Prepared:
    """The pages of a project for plain MkDocs.

    Raises:
        PluginError: with every problem, when there is an error and this is not a preview.
    """
    try:
        prepared = prepare(project, encode=False, preview=preview)
    except Refusal as refusal:
        raise PluginError(str(refusal)) from None
    except OSError as error:
        if (unusable := cannot_use(error)) is None:
            raise
        raise PluginError(str(unusable)) from None
    if prepared.site is None or (prepared.report.errors and not preview):
        raise PluginError("\n".join(map(str, prepared.report.errors)))
    for problem in prepared.report.errors:
        _log.warning(str(problem))
    return Prepared(prepared.library, prepared.site)
