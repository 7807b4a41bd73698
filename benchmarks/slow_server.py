"""A web server for a built site, held to the speed of a line: ranges, and the bytes of each file sent."""

from __future__ import annotations

import collections
import contextlib
import re
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".avif": "image/avif",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".mp4": "video/mp4",
    ".vtt": "text/vtt; charset=utf-8",
}
LATENCY_S = 0.05
"""Before each answer: what a mobile line takes to a near server and back."""
_CHUNK_BYTES = 4096
# What lies in the kernel's buffers counts as sent; a large one would count what nobody received.
_SEND_BUFFER_BYTES = 32_768
_RANGE = re.compile(r"bytes=(\d+)-(\d*)$")


@dataclass
class Line:
    """A line that all connections share.

    Attributes:
        folder: The built site.
        bits_per_s: Its speed.
        sent: Bytes of bodies sent so far, by path.
    """

    folder: Path
    bits_per_s: float
    sent: collections.Counter[str] = field(default_factory=collections.Counter)
    _free_at_s: float = field(default=0.0, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait_for(self, count: int) -> None:
        """Wait until the line has room for some bytes."""
        with self._lock:
            begins_s = max(time.monotonic(), self._free_at_s)
            self._free_at_s = begins_s + 8 * count / self.bits_per_s
        time.sleep(max(0.0, self._free_at_s - time.monotonic()))


@contextlib.contextmanager
def serve(line: Line) -> Iterator[str]:
    """Serve a line's folder on a free port of this computer; gives the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.line = line  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        self.request.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER_BYTES)
        super().setup()

    def do_GET(self) -> None:
        line: Line = self.server.line  # type: ignore[attr-defined]
        path = unquote(urlsplit(self.path).path)
        file = line.folder / path.lstrip("/")
        if path.endswith("/"):
            file /= "index.html"
        if not file.is_file():
            self.send_error(404)
            return
        time.sleep(LATENCY_S)
        whole = file.stat().st_size
        wanted = _RANGE.match(self.headers.get("Range") or "")
        first = int(wanted[1]) if wanted else 0
        last = min(int(wanted[2]), whole - 1) if wanted and wanted[2] else whole - 1
        self.send_response(206 if wanted else 200)
        self.send_header("Content-Type", TYPES.get(file.suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(last - first + 1))
        self.send_header("Accept-Ranges", "bytes")
        if wanted:
            self.send_header("Content-Range", f"bytes {first}-{last}/{whole}")
        self.end_headers()
        # A player that has seen enough hangs up.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError), file.open("rb") as body:
            self.close_connection = True
            body.seek(first)
            left = last - first + 1
            while left > 0:
                chunk = body.read(min(left, _CHUNK_BYTES))
                line.wait_for(len(chunk))
                self.wfile.write(chunk)
                line.sent[path] += len(chunk)
                left -= len(chunk)
            self.close_connection = False

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has above
        """Keep quiet: the line counts."""
