"""MkDocs' live preview."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from kinopress.engines.mkdocs.build import SETTINGS
from kinopress.engines.mkdocs.byte_ranges import in_parts
from kinopress.engines.mkdocs.events import WATCHED
from kinopress.engines.mkdocs.previewed.sites import Sites
from kinopress.engines.mkdocs.said_headers import with_headers
from kinopress.engines.prepared import Prepared
from kinopress.system.network import hold_port, network_address


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
        sites = Sites(project, Path(folder), source, said, url)

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
            sites.close()


def _on_a_phone(address: str | None, port: int) -> str:
    if address is None:
        return "On a phone: this computer is not on a network, so only this computer can look."
    return (
        f"On a phone on the same network: http://{address}:{port}/\n"
        "Everyone on this network can look while this runs, at drafts too."
        " If the phone finds nothing, this computer's firewall may have to allow it."
    )
