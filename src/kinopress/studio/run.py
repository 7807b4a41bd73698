"""Starting the studio: its servers, the browser, and the end of them all."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
import webbrowser
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from kinopress.content.forms.settings.read import read_settings
from kinopress.project.folder import cannot_write
from kinopress.studio.app import make_app
from kinopress.studio.folder import LOOK_EVERY_S
from kinopress.studio.look import take_compiled
from kinopress.studio.preview import NAME, make_preview
from kinopress.studio.screens.readers.publish import next_folder, site_folder
from kinopress.studio.session import Session
from kinopress.studio.studio import FOLDER, Studio
from kinopress.studio.work import begin_film
from kinopress.system.atomic import make_private_folder
from kinopress.system.lock import hold
from kinopress.system.network import hold_port
from kinopress.system.processors.memory import give_back

_ENDS_S = 1
"""A request that is still running when the studio ends is given as long."""


def run_studio(
    project: Path,
    tell: Callable[[str], object],
    templates: Mapping[str, bytes],
    *,
    port: int,
    open_browser: bool,
) -> None:
    """Run the studio of a project until Ctrl-C.

    Args:
        project: The project's folder.
        tell: Is told in words where to look.
        templates: Its templates as programs, as far as they are compiled.
        port: Where it listens, on this computer alone.
        open_browser: Open it in the browser at once.

    Raises:
        Refusal: settings that cannot be used (exit code 2), a port that cannot be had or a folder that
            cannot be written (3), a studio that runs already (5).
    """
    take_compiled(templates)
    read_settings(project)
    folder = project / FOLDER
    try:
        make_private_folder(folder)
    except OSError as error:
        raise cannot_write(folder, error) from None
    with (
        hold(folder, path="studio", doing="running the studio", wait_s=0),
        hold_port("127.0.0.1", port, path="studio", other=port + 2) as listener,
    ):
        session = Session(port)
        with _previewing(port + 1) as (preview, looked_at):
            studio = Studio(project, session, f"http://{NAME}:{looked_at}")
            preview(studio)
            link = session.link
            tell(
                f"The studio is at {link}\n"
                "This link opens it once, in one browser. Stop it here with Ctrl-C."
            )
            if open_browser:
                # A moment later the server answers; the browser takes longer than that to start.
                threading.Timer(0.5, webbrowser.open, (link,)).start()
            # The first page need not wait for the first look at all files.
            threading.Thread(target=studio.now, name="first look", daemon=True).start()
            give_back()  # what it took to load the programs
            with working(studio), contextlib.suppress(KeyboardInterrupt):
                server_for(make_app(studio, server_for)).run(sockets=[listener])
        tell("Stopped. What has been encoded is kept, and the next start resumes from there.")


@contextlib.contextmanager
def working(studio: Studio) -> Iterator[None]:
    """The studio's jobs at work; films that were on their way when it was stopped are taken up again."""
    studio.arrivals.sweep(time.time())
    studio.jobs.start()
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(LOOK_EVERY_S):
            studio.folder.look(time.monotonic())

    threading.Thread(target=look, name="folder", daemon=True).start()
    try:
        for arrival in studio.arrivals.all():
            if arrival.is_whole and not arrival.problem:
                begin_film(studio, arrival)
        yield
    finally:
        ended.set()
        studio.jobs.end()


@contextlib.contextmanager
def _previewing(port: int) -> Iterator[tuple[Callable[[Studio], None], int]]:
    """The preview's port, held, and what begins to serve there; another port, where that one is taken."""
    try:
        listener = socket.create_server(("127.0.0.1", port), reuse_port=False)
    except OSError:
        listener = socket.create_server(("127.0.0.1", 0), reuse_port=False)
    port = listener.getsockname()[1]
    server: uvicorn.Server | None = None
    thread = threading.Thread()

    def begin(studio: Studio) -> None:
        nonlocal server, thread
        folders: dict[str, Callable[[], Path | None]] = {
            "now": lambda: site_folder(studio),
            "next": lambda: next_folder(studio),
        }
        server = server_for(make_preview(port, folders))
        serving = {"sockets": [listener]}
        thread = threading.Thread(target=server.run, kwargs=serving, name="preview", daemon=True)
        thread.start()

    with listener:
        try:
            yield begin, port
        finally:
            if server is not None:
                server.should_exit = True
                thread.join(_ENDS_S + 1)  # it lets go of the port before that is closed


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
