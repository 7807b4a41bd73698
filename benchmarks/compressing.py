"""A web server that compresses as hosts do, and notes what it sent."""

from __future__ import annotations

import functools
import gzip
import json
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from measure import node

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
    """

    folder: Path
    origin: str
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
def serve(folder: Path) -> Iterator[Served]:
    """Serve a folder on a free port of this computer."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    served = Served(folder.resolve(), f"http://127.0.0.1:{server.server_port}")
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
        body = _body(file)
        served.sent.append(file)
        self.send_response(200)
        self.send_header("Content-Type", TYPES.get(file.suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(len(body)))
        if file.suffix in TYPES:
            self.send_header("Content-Encoding", "gzip")
        # Alone in its process, a page's clock ticks in microseconds instead of tenths of a millisecond.
        self.send_header("Cross-Origin-Opener-Policy", "same-origin")
        self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has above
        """Keep quiet: ``Served.sent`` holds what was sent."""
