"""A web server that compresses as hosts do, says of files what a release asks hosts to say, and notes what it sent."""

from __future__ import annotations

import functools
import gzip
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from measure import node

from kinopress.publish.headers import headers_of, kind_of
from kinopress.publish.server_settings import HOSTS_FILE, said_in

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".xml": "application/xml",
    ".wasm": "application/wasm",
}
"""What is text and is compressed on the way; anything else is sent as it lies there."""

_BROTLI = """
const {brotliCompressSync} = require("node:zlib"), {readFileSync} = require("node:fs");
const sizes = process.argv.slice(1).map((file) => brotliCompressSync(readFileSync(file)).length);
console.log(JSON.stringify(sizes));
"""


@dataclass
class Served:
    """A folder that is being served.

    Attributes:
        folder: The built site.
        origin: ``http://127.0.0.1:port``.
        sent: Every file sent so far, in order.
        latency_s: Before each answer.
        said: What its own ``_headers`` has a host say with every file, lifetimes with it; ``None``: nothing.
    """

    folder: Path
    origin: str
    said: dict[str, str] | None = None
    latency_s: float = 0.0
    sent: list[Path] = field(default_factory=list)


@functools.cache
def _body(file: Path) -> bytes:
    data = file.read_bytes()
    return gzip.compress(data, 9, mtime=0) if file.suffix in TYPES else data


def gzip_bytes(file: Path) -> int:
    """A file's bytes on the wire with ``gzip -9``."""
    return len(_body(file))


def brotli_bytes(files: Sequence[Path]) -> int:
    """Bytes of files on the wire with Brotli at its highest level, 11, which is Node's own default."""
    text = [file for file in files if file.suffix in TYPES]
    said = subprocess.run(
        [node(), "-e", _BROTLI, "--", *map(str, text)], capture_output=True, text=True, check=True
    ).stdout
    rest = [file.stat().st_size for file in files if file not in text]
    return sum(json.loads(said)) + sum(rest)


@contextmanager
def serve(folder: Path, *, as_host: bool = False, latency_s: float = 0.0) -> Iterator[Served]:
    """Serve a folder on a free port of this computer.

    Args:
        folder: The built site.
        latency_s: How long each answer waits, as on a line.
        as_host: Say with each file what a release asks its host to say, as far as the site has ``_headers``.
    """
    server = _Server(("127.0.0.1", 0), _Handler)
    hosts_file = folder / HOSTS_FILE
    said = said_in(hosts_file.read_text("utf-8")) if as_host and hosts_file.is_file() else None
    served = Served(folder.resolve(), f"http://127.0.0.1:{server.server_port}", said, latency_s)
    server.served = served  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    _body.cache_clear()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that leaves a page hangs up in the middle of its files."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        served: Served = self.server.served  # type: ignore[attr-defined]
        path = unquote(urlsplit(self.path).path)
        file = (served.folder / path.lstrip("/")).resolve()
        if path.endswith("/"):
            file /= "index.html"
        if not file.is_relative_to(served.folder) or not file.is_file():
            self.send_response(404)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        time.sleep(served.latency_s)
        body = _body(file)
        served.sent.append(file)
        self.send_response(200)
        headers = {
            "Content-Type": TYPES.get(file.suffix, "application/octet-stream"),
            # Alone in its process, a page's clock ticks in microseconds instead of tenths of a millisecond.
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Embedder-Policy": "require-corp",
        }
        if served.said is not None:
            place = file.relative_to(served.folder).as_posix()
            asked = headers_of(place, kind_of(place))
            headers = {
                "Content-Type": asked.content_type,
                "Cache-Control": asked.cache_control,
                **served.said,
            }
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        if file.suffix in TYPES:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has above
        """Keep quiet: ``Served.sent`` holds what was sent."""
