"""The pages while they are written: what can be shown is shown, whatever is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kinopress.content.forms.settings.read import read_settings
from kinopress.content.model.library import Library
from kinopress.content.source.kept_pages import KeptPages
from kinopress.engines.prepared import Prepared
from kinopress.pages.again import Renderings
from kinopress.problems import Report
from kinopress.project.events import SILENT, Listener
from kinopress.project.prepare import prepare


class Preview:
    """Prepares a project again whenever it is asked.

    Args:
        project: The project's folder.
        tell: Is told what was read and every problem, each time.
        listener: Is told how films and pictures come along.

    Raises:
        Refusal: when the settings cannot be used from the beginning (exit code 2).
    """

    def __init__(
        self,
        project: Path,
        tell: Callable[[Library, Report], None],
        listener: Listener = SILENT,
    ) -> None:
        self.project, self.tell, self.listener = project, tell, listener
        self._known, self._renderings = KeptPages(), Renderings()
        read_settings(project)

    def now(self) -> Prepared:
        """The pages as they are now, drafts and pages of later days included.

        Raises:
            Refusal: while the settings cannot be used (exit code 2); all other mistakes are shown on pages.
        """
        known, renderings = self._known, self._renderings
        prepared = prepare(
            self.project, self.listener, preview=True, renderings=renderings, known=known
        )
        self.tell(prepared.library, prepared.report)
        if prepared.site is None:
            raise AssertionError("a preview always has pages")
        made = prepared.site.made
        self._known, self._renderings = known.next(), renderings.another(made.get)
        return Prepared(prepared.library, prepared.site)
