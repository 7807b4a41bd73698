"""What makes rclone's S3 server one that honours conditions, as Amazon, R2 and MinIO do: it answers 412 where they would."""

from __future__ import annotations

import http.client
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

from support.command import HANGS_S

_OWN = {"connection", "transfer-encoding", "keep-alive"}


class Conditions(BaseHTTPRequestHandler):
    """Passes each request on, unless its condition does not hold. The server is its class's ``behind``."""

    protocol_version = "HTTP/1.1"
    behind = 0
    """The port of rclone's server."""
    deciding = threading.Lock()
    """A condition and what it allows are one step."""
    losing: ClassVar[list[str]] = []
    """Names of objects; the answer to the next write of each is lost, though it was done."""

    def _pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        with self.deciding:
            if self.command == "PUT" and not self._holds():
                self._answer(412, {}, b"<Error><Code>PreconditionFailed</Code></Error>")
                return
            answer = self._asked(self.command, body)
            name = self.path.partition("?")[0].rpartition("/")[2]
            if self.command == "PUT" and name in self.losing:
                self.losing.remove(name)
                answer = (503, {}, b"<Error><Code>ServiceUnavailable</Code></Error>")
            self._answer(*answer)

    do_GET = _pass_on  # noqa: N815 - the base class asks for methods by these names
    do_HEAD = do_PUT = do_POST = do_DELETE = do_GET  # noqa: N815 - as above

    def _holds(self) -> bool:
        none, match = self.headers.get("If-None-Match"), self.headers.get("If-Match")
        if none is None and match is None:
            return True
        tag = self.tags.get(self.path)
        return tag is None if none == "*" else tag == (match or "").strip('"')

    tags: dict[str, str] = {}  # noqa: RUF012 - one server a test run, and handlers are made anew for each request
    """Tag of each object that was put here."""

    def _asked(self, method: str, body: bytes) -> tuple[int, dict[str, str], bytes]:
        behind = http.client.HTTPConnection("127.0.0.1", self.behind, timeout=HANGS_S)
        # The name in Host is signed, so it stays the one the client asked.
        headers = {name: value for name, value in self.headers.items() if name.lower() not in _OWN}
        behind.request(method, self.path, body, headers)
        answer = behind.getresponse()
        data = answer.read()
        found = {name: value for name, value in answer.getheaders() if name.lower() not in _OWN}
        behind.close()
        if answer.status < 300:
            if method == "PUT":
                self.tags[self.path] = found.get("Etag", found.get("ETag", "")).strip('"')
            elif method == "DELETE":
                self.tags.pop(self.path, None)
            elif method == "POST":
                self._deleted(body)
        return answer.status, found, data

    def _deleted(self, body: bytes) -> None:
        bucket = "/" + self.path.strip("/").split("?")[0].split("/")[0]
        for part in body.decode().split("<Key>")[1:]:
            self.tags.pop(f"{bucket}/{part.partition('</Key>')[0]}", None)

    def _answer(self, status: int, headers: dict[str, str], data: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            if name.lower() != "content-length":
                self.send_header(name, value)
        length = headers.get("Content-Length", "0") if self.command == "HEAD" else str(len(data))
        self.send_header("Content-Length", length)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base class
        """Say nothing."""


def serve(behind: int) -> ThreadingHTTPServer:
    """A server on a free port that passes on to rclone's."""
    handler = type("Handler", (Conditions,), {"behind": behind, "tags": {}})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
