"""MkDocs' live preview."""

from __future__ import annotations

import logging
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from kinopress.codes import Code
from kinopress.engines.memory import Memory, PageMade
from kinopress.engines.mkdocs.build import NESTED, SETTINGS, load
from kinopress.engines.mkdocs.byte_ranges import in_parts
from kinopress.engines.mkdocs.events import WATCHED
from kinopress.engines.mkdocs.pages import build_pages
from kinopress.engines.mkdocs.said_headers import with_headers
from kinopress.engines.prepared import Prepared
from kinopress.problems import Problem, Refusal
from kinopress.system.network import network_address
from kinopress.system.port import hold_port

_POLL_S = 0.2
"""How often the preview looks for changed files; MkDocs' own 0.5 s is felt while writing."""

_DELETED_AFTER_S = 1.0
"""When a site is deleted that another has taken the place of."""


def serve_with_mkdocs(
    project: Path,
    source: Callable[[], Prepared],
    tell: Callable[[str], object],
    *,
    said: Callable[[Prepared], Mapping[str, str]],
    port: int,
    open_browser: bool,
    to_network: bool = False,
) -> None:
    """Serve with live reload until Ctrl-C. A build that fails leaves the last one in place, and each page says why.

    Args:
        project: The folder with ``mkdocs.yml``.
        source: Gives the pages, at the beginning and after each change.
        tell: Is told in words where to look, and what MkDocs cannot do.
        said: Gives the headers that go with every file of such pages.
        port: Where to listen.
        open_browser: Show the first page at once.
        to_network: Answer other devices of the network as well, and say where.

    Raises:
        Refusal: when the port is taken (exit code 3).
    """
    from kinopress.engines.mkdocs.reloading import (  # noqa: PLC0415 - a build needs no server
        ReloadingServer,
        with_script,
    )

    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    url = f"http://127.0.0.1:{port}/"
    host = "0.0.0.0" if to_network else "127.0.0.1"  # noqa: S104 - only when it is asked for, and said
    with tempfile.TemporaryDirectory(prefix="kinopress-", ignore_cleanup_errors=True) as folder:
        sites = _Sites(project, Path(folder), source, said, url)

        def rebuild() -> None:
            server.amiss = sites.build()
            server.root = str(sites.now)
            for problem in server.amiss:
                tell(str(problem))

        # The server binds only when it serves; a port that cannot be had must be reported before.
        hold_port(host, port, path="serve", other=port + 1).close()
        server = ReloadingServer(
            builder=rebuild,
            host=host,
            port=port,
            root=str(sites.now),
            polling_interval=_POLL_S,
        )
        server.url = url
        # Whole files alone cannot be moved within.
        parts = with_script(in_parts(server.serve_request))
        server.set_app(with_headers(parts, lambda: sites.headers))
        server.watch_from_now(project / name for name in ("docs", *WATCHED, SETTINGS))
        rebuild()
        tell(f"Look at {url} (stop with Ctrl-C)")
        if to_network:
            tell(_on_a_phone(network_address(), port))
        try:
            server.serve(open_in_browser=open_browser)  # type: ignore[no-untyped-call]
        except KeyboardInterrupt:
            tell("Stopped.")
        finally:
            server.shutdown()


class _Sites:
    """The sites of a preview, one after the other, each in a folder of its own: one that fails spoils none.

    Attributes:
        headers: What is said with its files.
    """

    def __init__(
        self,
        project: Path,
        folder: Path,
        source: Callable[[], Prepared],
        said: Callable[[Prepared], Mapping[str, str]],
        url: str,
    ) -> None:
        self.project, self.folder, self.source, self.said, self.url = (
            project,
            folder,
            source,
            said,
            url,
        )
        self.headers: Mapping[str, str] = {}
        self._made: Mapping[str, PageMade] = {}
        self._whole = self._new()

    @property
    def now(self) -> Path:
        """The folder of the last site that is whole."""
        return Path(self._whole.name)

    def _new(self) -> tempfile.TemporaryDirectory[str]:
        return tempfile.TemporaryDirectory(dir=self.folder, ignore_cleanup_errors=True)

    def build(self) -> Sequence[Problem]:
        """Make the site as it is now; answers why that failed, nothing when it did not."""
        made = self._new()
        try:
            prepared = self.source()
            config = load(self.project, lambda *_: prepared, site_dir=made.name, strict=False)
            config.site_url = self.url
            config.plugins.on_startup(command="serve", dirty=False)
            memory = Memory(self.now, self._made, is_alone=True)
            # One process: this one has threads that answer, and a copy of it might wait for them for ever.
            build_pages(config, processes=1, memory=memory)
            self.headers, self._made = self.said(prepared), memory.made
            made, self._whole = self._whole, made
        except Refusal as refusal:
            return refusal.problems
        except RecursionError:
            return [NESTED]
        except Exception as error:  # whatever it is, the preview goes on and says it
            return [_failed(error)]
        finally:
            _later(made)  # what failed, or the site before
        return ()


def _later(site: tempfile.TemporaryDirectory[str]) -> None:
    """Delete a site that nobody is shown any more, when the browser has the new one: thousands of files take long.

    What is still there at the end goes with the folder around it.
    """
    timer = threading.Timer(_DELETED_AFTER_S, site.cleanup)
    timer.daemon = True
    timer.start()


def _failed(error: Exception) -> Problem:
    words = " ".join(str(error).split()) or type(error).__name__
    return Problem(
        SETTINGS,
        f"the site builder says: {words}",
        "fix it and save it again; kinopress build may say more",
        Code.SITE_BUILDER,
    )


def _on_a_phone(address: str | None, port: int) -> str:
    if address is None:
        return "On a phone: this computer is not on a network, so only this computer can look."
    return (
        f"On a phone on the same network: http://{address}:{port}/\n"
        "Everyone on this network can look while this runs, at drafts too."
        " If the phone finds nothing, this computer's firewall may have to allow it."
    )
