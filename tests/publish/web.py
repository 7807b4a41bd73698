"""A web server on this computer, as good or as bad as a host can be."""

from __future__ import annotations

import threading
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from kinopress.publish.headers import content_type


class Host:
    """What the server does wrong.

    Attributes:
        address: Where it answers.
        plain_captions: It sends captions as plain text.
        no_parts: It gives no parts of files.
        old_record: What it gives for ``release.json``, as a cache would; ``None``: what is there.
        asked: Method and path of each question.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = ""
        self.plain_captions = False
        self.no_parts = False
        self.old_record: bytes | None = None
        self.asked: list[str] = []


@contextmanager
def serving(folder: Path) -> Iterator[Host]:
    """Serve a folder while a test runs."""
    host = Host(folder)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(body=True)

        def do_HEAD(self) -> None:
            self._answer(body=False)

        def _answer(self, *, body: bool) -> None:
            path = urllib.parse.unquote(urllib.parse.urlsplit(self.path).path).lstrip("/")
            host.asked.append(f"{self.command} /{path}")
            if not path or path.endswith("/"):
                path += "index.html"
            file = host.folder / path
            if not file.is_file():
                self.send_error(404)
                return
            data = file.read_bytes()
            if path == "release.json" and host.old_record is not None:
                data = host.old_record
            status, kind = 200, content_type(path)
            if "Range" in self.headers and not host.no_parts:
                status, data = 206, data[:2]
            if path.endswith(".vtt") and host.plain_captions:
                kind = "text/plain"
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            if body:
                self.wfile.write(data)

        def log_message(self, *words: object) -> None:
            """Silence."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        host.address = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield host
        finally:
            server.shutdown()
