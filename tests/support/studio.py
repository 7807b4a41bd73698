"""A studio that runs in this process, and a client that says of itself what a test wants it to say."""

from __future__ import annotations

import contextlib
import http.client
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import uvicorn

from kinopress.studio.app import make_app
from kinopress.studio.run import server_for
from kinopress.studio.session import Session
from kinopress.studio.studio import Studio
from kinopress.system.processors.apart import Apart, here
from support.command import HANGS_S


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


@dataclass
class Client:
    """A browser's manners, each of which a test can leave out."""

    studio: Studio
    cookie: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def open(self) -> Client:
        """Use the link of the terminal."""
        link = self.studio.session.link.removeprefix(self.studio.session.origin)
        answer = self.ask("GET", link)
        assert answer.status == 303, answer.text
        self.cookie = answer.headers["set-cookie"].partition(";")[0]
        return self

    def ask(
        self, method: str, path: str, body: bytes | None = None, **headers: str | None
    ) -> Answer:
        """A request as a page of the studio sends it; a header of ``None`` is left out."""
        said: dict[str, str | None] = {
            "Host": self.studio.session.authority,
            "Accept": "text/html",
            "Sec-Fetch-Site": "same-origin",
            "Cookie": self.cookie or None,
            "Origin": None if method in ("GET", "HEAD") else self.studio.session.origin,
            **self.headers,
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.studio.session.port, timeout=HANGS_S
        )
        with contextlib.closing(connection):
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in said.items():
                if value is not None:
                    connection.putheader(name, value)
            if body is not None and "Content_Length" not in headers:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            answer = connection.getresponse()
            return Answer(
                answer.status,
                {name.lower(): value for name, value in answer.getheaders()},
                answer.read(),
            )

    def send(self, path: str, /, **fields: str | list[str]) -> Answer:
        """Send a form."""
        return self.ask(
            "POST",
            path,
            urlencode(fields, doseq=True).encode(),
            Content_Type="application/x-www-form-urlencoded",
        )


@contextlib.contextmanager
def serving(make: Callable[[int], uvicorn.Server]) -> Iterator[int]:
    """A server on a free port, which it is told."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        server = make(port)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            ends = time.monotonic() + HANGS_S
            while not server.started and time.monotonic() < ends:
                time.sleep(0.01)
            yield port
        finally:
            server.should_exit = True
            thread.join()


@contextlib.contextmanager
def running_studio(project: Path, apart: Apart = here) -> Iterator[Client]:
    """The studio of a project on a free port; the client has not opened it yet, and no job works.

    It starts no processes of its own unless a test asks for that: what they load is here already.
    """
    made: list[Studio] = []

    def make(port: int) -> uvicorn.Server:
        made.append(Studio(project, Session(port), apart=apart))
        return server_for(make_app(made[0], server_for))

    with serving(make):
        yield Client(made[0])


def done(client: Client, key: str) -> str:
    """Wait for the job of a key to be over; answers what became of it."""
    ends = time.monotonic() + HANGS_S
    while time.monotonic() < ends:
        job = client.studio.jobs.of(key)
        if job is not None and job.is_over:
            return job.state
        time.sleep(0.05)
    raise AssertionError(key)
