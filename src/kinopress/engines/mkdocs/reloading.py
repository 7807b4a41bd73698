"""MkDocs' server that loads pages again, with two things of ours: a script that keeps the writer's place, and what is wrong.

A page that could not be built again is shown as it was, with the reason above all else; once the reason is gone, so is the
notice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from mkdocs.livereload import LiveReloadServer

from kinopress.engines import look
from kinopress.engines.mkdocs.byte_ranges import Application
from kinopress.engines.mkdocs.previewed.watching import Watching
from kinopress.pages.site import problem_box
from kinopress.problems import Problem

_SCRIPT = look.THEME / "preview" / "preview.js"
_ADDRESS = "/livereload/preview.js"
"""Below the folder of MkDocs' own answers, which no page of a site can have."""

_TOP = re.compile(rb"<(article|body)\b[^>]*>")
_SETTLES_S = 0.03
"""Programs save in several steps; as soon as nothing has changed for this long, the pages are made."""

_OLD = "The site cannot be built, so this page is as it was before. To fix:"
_NOTHING = "The site cannot be built yet. To fix:"
_BARE = (
    b'<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Preview</title>'
    b"<body>%b</body></html>"
)


class ReloadingServer(LiveReloadServer):
    """MkDocs' server of a folder that is built again whenever a source changes.

    Attributes:
        amiss: Why the last build failed; empty while all is well.
    """

    def __init__(self, builder: Callable[[], None], **options: Any) -> None:
        super().__init__(builder, **options)
        self.amiss: Sequence[Problem] = ()
        self.watching: Watching | None = None
        self.build_delay = _SETTLES_S
        self.error_handler = self._said_of

    def watch_from_now(self, paths: Iterable[Path]) -> None:
        """Look for changes before :meth:`serve` does: what is saved while the first pages are made counts as well.

        Args:
            paths: Files and folders, which may come later, or go and come back as another branch is checked out.
        """
        watched = list(paths)
        self.watching = Watching(watched, self._wants_pages)
        self.watching.start()
        # MkDocs adds to pages of a server that watches something what loads them again.
        self._watched_paths = dict.fromkeys(map(str, watched), 1)
        self.observer.start = lambda: None  # type: ignore[method-assign]

    def shutdown(self, wait: bool = False) -> None:
        """End, and look for changes no more."""
        if self.watching is not None:
            self.watching.stop()
        super().shutdown(wait)

    def _wants_pages(self) -> None:
        with self._rebuild_cond:
            self._want_rebuild = True
            self._rebuild_cond.notify_all()

    def _serve_request(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes] | None:
        """MkDocs' answer; ``None`` where there is nothing.

        It chooses a file and then waits for a build that goes on, which may put another folder in place.
        """
        while True:
            root = self.root
            answer = super()._serve_request(environ, start_response)
            if answer is not None or self.root == root:
                return answer

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        """What MkDocs calls with each page before it is sent."""
        if self.amiss:
            content = _with_notice(content, _notice(_OLD, self.amiss))
        return _with_script(content, epoch)

    def _said_of(self, code: int) -> bytes:
        """What is shown where there is no page; it comes by itself once there is one."""
        page = Path(self.root) / f"{code}.html"
        if page.is_file():
            return self._inject_js_into_html(page.read_bytes(), self._visible_epoch)
        said = _notice(_NOTHING, self.amiss) if self.amiss else b"<p>There is no such page.</p>"
        return _with_script(_BARE % said, self._visible_epoch)


def with_script(application: Application) -> Application:
    """An application that also answers with the script that each page of a preview loads."""
    script = _SCRIPT.read_bytes()

    def answered(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ.get("PATH_INFO") != _ADDRESS:
            return application(environ, start_response)
        kind = ("Content-Type", "text/javascript; charset=utf-8")
        start_response("200 OK", [kind, ("Content-Length", str(len(script)))])
        return [script]

    return answered


def _notice(lead: str, amiss: Iterable[Problem]) -> bytes:
    return problem_box(tuple(amiss), lead).encode()


def _with_notice(content: bytes, notice: bytes) -> bytes:
    """A page with a notice above what it says."""
    places = {place[1]: place.end() for place in _TOP.finditer(content)}
    at = places.get(b"article", places.get(b"body", 0))
    return content[:at] + notice + content[at:]


def _with_script(content: bytes, epoch: int) -> bytes:
    """A page that is loaded again once there is a newer one than ``epoch``."""
    script = f'<script src="{_ADDRESS}" data-epoch="{epoch}"></script>'.encode()
    before, end, after = content.rpartition(b"</body>")
    return before + script + end + after if end else content + script
