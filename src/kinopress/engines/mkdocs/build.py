"""Running MkDocs: one strict build into a folder aside, or its live preview."""

from __future__ import annotations

import logging
import os
import re
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path

import click

# Material prints a notice about its own future on every build; a coach can do nothing about it.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException

from kinopress.codes import Code
from kinopress.content.model.library import Library
from kinopress.engines.mkdocs import plugin as mkdocs_plugin
from kinopress.engines.mkdocs.byte_ranges import in_parts
from kinopress.engines.mkdocs.plugin import Prepared
from kinopress.pages.render import Site
from kinopress.problems import ExitCode, Problem, Refusal

SETTINGS = "mkdocs.yml"

_POLL_S = 0.2
"""How often the preview looks for changed files; MkDocs' own 0.5 s is felt while writing."""


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


def build_with_mkdocs(project: Path, library: Library, site: Site, out: Path) -> list[Problem]:
    """Build rendered pages into ``out``, strictly: a warning of MkDocs is a problem here.

    Raises:
        Refusal: when MkDocs cannot use ``mkdocs.yml`` (exit code 2).
    """
    prepared = Prepared(library, site)
    collect = _Collect({page.path: page.source or page.path for page in site.pages})
    log = logging.getLogger("mkdocs")
    before, log.propagate = log.propagate, False
    log.addHandler(collect)
    mkdocs_plugin.source = lambda *_: prepared
    try:
        config = _load(project, site_dir=str(out), strict=True)
        config.plugins.on_startup(command="build", dirty=False)
        mkdocs_build(config)
        config.plugins.on_shutdown()
    except Abort:
        if not collect.problems:
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
    finally:
        mkdocs_plugin.source = mkdocs_plugin.read_and_render
        log.removeHandler(collect)
        log.propagate = before
    return collect.problems


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


def _load(project: Path, *, site_dir: str, strict: bool) -> MkDocsConfig:
    """The settings as MkDocs reads them.

    Raises:
        Refusal: with MkDocs' own reasons (exit code 2).
    """
    reasons = _Reasons()
    log = logging.getLogger("mkdocs.config")
    log.addHandler(reasons)
    try:
        return load_config(config_file=str(project / SETTINGS), site_dir=site_dir, strict=strict)
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
    finally:
        log.removeHandler(reasons)


def serve_with_mkdocs(
    project: Path,
    source: Callable[[Path, bool], Prepared],
    *,
    port: int,
    open_browser: bool,
    to_network: bool = False,
) -> None:
    """Serve with live reload until Ctrl-C. A build that fails leaves the last one in place.

    Args:
        project: The folder with ``mkdocs.yml``.
        source: Gives the pages, each time anew.
        port: Where to listen.
        open_browser: Show the first page at once.
        to_network: Answer other devices of the network as well, and say where.

    Raises:
        Refusal: when the port is taken (exit code 3).
    """
    from mkdocs.livereload import LiveReloadServer  # noqa: PLC0415 - a build needs no server

    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    mkdocs_plugin.source = source
    url = f"http://127.0.0.1:{port}/"
    host = "0.0.0.0" if to_network else "127.0.0.1"  # noqa: S104 - only when it is asked for, and said
    with tempfile.TemporaryDirectory(prefix="kinopress-") as site_dir:

        def rebuild() -> None:
            try:
                config = _load(project, site_dir=site_dir, strict=False)
                config.site_url = url
                config.plugins.on_startup(command="serve", dirty=False)
                mkdocs_build(config, serve_url=url)
            except (Abort, MkDocsException, Refusal) as error:
                click.echo(str(error), err=True)

        try:
            # The server binds only when it serves; a port that is taken must be said before.
            socket.create_server((host, port), reuse_port=False).close()
            server = LiveReloadServer(
                builder=rebuild,
                host=host,
                port=port,
                root=site_dir,
                polling_interval=_POLL_S,
            )
        except OSError:
            problem = Problem(
                "serve",
                f"port {port} is in use by another program",
                f"stop that one, or use --port {port + 1}",
                Code.PORT_TAKEN,
            )
            raise Refusal([problem], ExitCode.ENVIRONMENT) from None
        server.url = url
        server.set_app(in_parts(server.serve_request))  # whole files alone cannot be moved within
        server.error_handler = lambda code: _page_of(Path(site_dir), code)
        rebuild()
        for name in ("docs", *mkdocs_plugin.WATCHED, SETTINGS):
            if (project / name).exists():
                server.watch(str(project / name))
        click.echo(f"Look at {url} (stop with Ctrl-C)")
        if to_network:
            click.echo(_on_a_phone(network_address(), port))
        try:
            server.serve(open_in_browser=open_browser)  # type: ignore[no-untyped-call]
        except KeyboardInterrupt:
            click.echo("Stopped.")
        finally:
            server.shutdown()


def network_address() -> str | None:
    """This computer's address in its network, as other devices of it know it; ``None`` without a network.

    Nothing is sent: the system is asked from where it would send to an address that nobody has
    (https://www.rfc-editor.org/rfc/rfc5737).
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(("192.0.2.1", 9))
            address = str(asked.getsockname()[0])
        except OSError:
            return None
    return None if address.startswith("127.") or address == "0.0.0.0" else address  # noqa: S104 - compared


def _on_a_phone(address: str | None, port: int) -> str:
    if address is None:
        return "On a phone: this computer is in no network, so only this computer can look."
    return (
        f"On a phone in the same network: http://{address}:{port}/\n"
        "Everybody in this network can look while this runs, at drafts too."
        " If the phone finds nothing, this computer's firewall may have to allow it."
    )


def _page_of(site: Path, code: int) -> bytes | None:
    page = site / f"{code}.html"
    return page.read_bytes() if page.is_file() else None
