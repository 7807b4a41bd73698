"""Starting the studio: its servers, the browser, and the end of them all."""

from __future__ import annotations

import contextlib
import socket
import threading
import webbrowser
from collections.abc import Callable, Iterator
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from kinopress.codes import Code
from kinopress.content.forms.settings import read_settings
from kinopress.problems import ExitCode, Problem, Refusal
from kinopress.project.folder import cannot_write
from kinopress.studio.app import make_app
from kinopress.studio.session import Session
from kinopress.studio.studio import FOLDER, Studio
from kinopress.system import disk
from kinopress.system.lock import hold

_ENDS_S = 1
"""A request that is still running when the studio ends is given as long."""


def run_studio(
    project: Path, tell: Callable[[str], object], *, port: int, open_browser: bool
) -> None:
    """Run the studio of a project until Ctrl-C.

    Args:
        project: The project's folder.
        tell: Is told in words where to look.
        port: Where it listens, on this computer alone.
        open_browser: Open it in the browser at once.

    Raises:
        Refusal: settings that cannot be used (exit code 2), a port that is taken or a folder that
            cannot be written (3), a studio that runs already (5).
    """
    read_settings(project)
    folder = project / FOLDER
    try:
        disk.make_folder(folder)
    except OSError as error:
        raise cannot_write(folder, error) from None
    with (
        hold(folder, path="studio", doing="running the studio", wait_s=0),
        _listening("127.0.0.1", port) as listener,
    ):
        session = Session(port)
        studio = Studio(project, session)
        link = session.link
        tell(
            f"The studio is at {link}\nThis link opens it once, in one browser. Stop it here with Ctrl-C."
        )
        if open_browser:
            # A moment later the server answers; the browser takes longer than that to start.
            threading.Timer(0.5, webbrowser.open, (link,)).start()
        with contextlib.suppress(KeyboardInterrupt):
            server_for(make_app(studio)).run(sockets=[listener])
        tell("Stopped.")


def server_for(app: ASGIApp) -> uvicorn.Server:
    """A server that says nothing by itself and trusts no header that a proxy would set."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            lifespan="off",
            ws="none",
            http="h11",
            timeout_graceful_shutdown=_ENDS_S,
        )
    )


@contextlib.contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """The port, held.

    Raises:
        Refusal: another program has it (exit code 3).
    """
    try:
        listener = socket.create_server((host, port), reuse_port=False)
    except OSError:
        problem = Problem(
            "studio",
            f"port {port} is in use by another program",
            f"stop that one, or use --port {port + 2}",
            Code.PORT_TAKEN,
        )
        raise Refusal([problem], ExitCode.ENVIRONMENT) from None
    with listener:
        yield listener
