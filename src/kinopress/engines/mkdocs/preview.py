"""MkDocs' live preview."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.exceptions import Abort, MkDocsException

from kinopress.engines.mkdocs.build import SETTINGS, load
from kinopress.engines.mkdocs.byte_ranges import in_parts
from kinopress.engines.mkdocs.events import WATCHED
from kinopress.engines.mkdocs.said_headers import with_headers
from kinopress.engines.prepared import Prepared
from kinopress.problems import Refusal
from kinopress.system.network import network_address
from kinopress.system.port import hold_port

_POLL_S = 0.2
"""How often the preview looks for changed files; MkDocs' own 0.5 s is felt while writing."""


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
    """Serve with live reload until Ctrl-C. A build that fails leaves the last one in place.

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
    from mkdocs.livereload import LiveReloadServer  # noqa: PLC0415 - a build needs no server

    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    url = f"http://127.0.0.1:{port}/"
    host = "0.0.0.0" if to_network else "127.0.0.1"  # noqa: S104 - only when it is asked for, and said
    headers: Mapping[str, str] = {}

    def read() -> Prepared:
        nonlocal headers
        prepared = source()
        headers = said(prepared)
        return prepared

    with tempfile.TemporaryDirectory(prefix="kinopress-") as site_dir:

        def rebuild() -> None:
            try:
                config = load(project, lambda *_: read(), site_dir=site_dir, strict=False)
                config.site_url = url
                config.plugins.on_startup(command="serve", dirty=False)
                mkdocs_build(config, serve_url=url)
            except (Abort, MkDocsException, Refusal) as error:
                tell(str(error))
            except RecursionError:
                tell(
                    "A page has too many things nested inside one another (long rows of *, _ or >); it is not shown."
                )

        # The server binds only when it serves; a port that cannot be had must be reported before.
        hold_port(host, port, path="serve", other=port + 1).close()
        server = LiveReloadServer(
            builder=rebuild,
            host=host,
            port=port,
            root=site_dir,
            polling_interval=_POLL_S,
        )
        server.url = url
        # Whole files alone cannot be moved within.
        server.set_app(with_headers(in_parts(server.serve_request), lambda: headers))
        server.error_handler = lambda code: _page_of(Path(site_dir), code)
        rebuild()
        for name in ("docs", *WATCHED, SETTINGS):
            if (project / name).exists():
                server.watch(str(project / name))
        tell(f"Look at {url} (stop with Ctrl-C)")
        if to_network:
            tell(_on_a_phone(network_address(), port))
        try:
            server.serve(open_in_browser=open_browser)  # type: ignore[no-untyped-call]
        except KeyboardInterrupt:
            tell("Stopped.")
        finally:
            server.shutdown()


def _on_a_phone(address: str | None, port: int) -> str:
    if address is None:
        return "On a phone: this computer is not on a network, so only this computer can look."
    return (
        f"On a phone on the same network: http://{address}:{port}/\n"
        "Everyone on this network can look while this runs, at drafts too."
        " If the phone finds nothing, this computer's firewall may have to allow it."
    )


def _page_of(site: Path, code: int) -> bytes | None:
    page = site / f"{code}.html"
    return page.read_bytes() if page.is_file() else None
