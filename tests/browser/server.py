"""A small web server for a built site: ranges, as films need them, and a note of what was asked."""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".avif": "image/avif",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".mp4": "video/mp4",
    ".vtt": "text/vtt; charset=utf-8",
    ".xml": "application/xml",
    ".webmanifest": "application/manifest+json",
}
_KEPT = frozenset({".css", ".js", ".svg", ".png", ".jpg", ".webp"})
"""What a browser may keep for ten minutes, as GitHub Pages allows it: a second page of a visit costs a third less."""
_RANGE = re.compile(r"bytes=(\d*)-(\d*)$")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: its path, the status it was answered with, and all that a server's log could hold of it."""

    path: str
    status: int
    log: str = ""


@dataclass
class Served:
    """A site that is being served.

    Attributes:
        folder: The built site.
        origin: ``http://127.0.0.1:port``.
        asked: Every request so far, in order.
        kept: The endings of what a browser may keep for ten minutes.
        held: Paths that are answered only once their event is set.
        said: Headers that are sent with every file.
    """

    folder: Path
    origin: str
    asked: list[Asked] = field(default_factory=list)
    kept: frozenset[str] = _KEPT
    held: dict[str, threading.Event] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)

    def url(self, path: str = "") -> str:
        """The address of a page: ``symptoms/``; the home page is empty."""
        return f"{self.origin}/{path}"


@contextmanager
def serve(folder: Path) -> Iterator[Served]:
    """Serve a built site on a free port of this computer."""
    server = _Server(("127.0.0.1", 0), _Handler)
    served = Served(folder, f"http://127.0.0.1:{server.server_port}")
    server.served = served  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that is closed hangs up wherever it is; anything else is told."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        served: Served = self.server.served  # type: ignore[attr-defined]
        path = unquote(urlsplit(self.path).path)
        if (gate := served.held.get(path)) is not None:
            gate.wait()
        file = (served.folder / path.lstrip("/")).resolve()
        if path.endswith("/"):
            file /= "index.html"
        status = 200
        if not file.is_relative_to(served.folder.resolve()) or not file.is_file():
            file, status = served.folder / "404.html", 404
        data = file.read_bytes()
        whole = len(data)
        wanted = _RANGE.match(self.headers.get("Range") or "")
        span = None
        if status == 200 and wanted:
            span = _span(wanted[1], wanted[2], whole)
            status = 206
            data = data[span[0] : span[1] + 1]
        served.asked.append(Asked(path, status, f"{self.requestline}\n{self.headers}"))
        self.send_response(status)
        self.send_header("Content-Type", TYPES.get(file.suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Accept-Ranges", "bytes")
        for name, value in served.said.items():
            self.send_header(name, value)
        if status == 200 and file.suffix in served.kept:
            self.send_header("Cache-Control", "max-age=600")
        if span is not None:
            self.send_header("Content-Range", f"bytes {span[0]}-{span[1]}/{whole}")
        self.end_headers()
        if self.command == "HEAD":
            return
        try:
            self.wfile.write(data)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # a player that has seen enough hangs up

    do_HEAD = do_GET  # noqa: N815 - the name that the library looks for

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has above
        """Keep quiet: ``Served.asked`` holds the requests."""


def _span(first: str, last: str, whole: int) -> tuple[int, int]:
    if not first:
        return max(0, whole - int(last)), whole - 1
    return int(first), min(int(last), whole - 1) if last else whole - 1
