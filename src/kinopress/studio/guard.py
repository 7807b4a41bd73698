"""What the studio refuses, before anything of it runs.

Any page of the web that the coach has open can send requests to 127.0.0.1, and so can every other
program on her computer. The rules:

- *The name.* Only the one host name and port that the studio was started with is answered. A name of
  somebody else that leads to 127.0.0.1 (DNS rebinding) is not that name.
- *The cookie.* All but the link that opens the studio, and its styles, needs this run's cookie (:mod:`.session`).
- *Where it comes from.* A request that another site, or another port of this computer, caused is
  refused, whatever it asks for. A browser says so in ``Sec-Fetch-Site``; ports are no different sites to
  a cookie, but they are to this line.
- *What changes something* also has to name the studio itself as its ``Origin``, and the browser has to
  call that the same origin. Comparing ``Origin`` with ``Host`` alone would be no protection after rebinding.
- *Reading* changes nothing: no address answers GET by changing something, but for the link that opens the
  studio, whose token a GET uses up. Any other method is refused there: a program that only looks at a link
  asks with HEAD, and must not lock the coach out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kinopress.studio.look import render
from kinopress.studio.session import Session

START = "/start"
LOOK = "/look/"
"""Styles and scripts, the same for everybody: the page that refuses needs them as well."""
AGAIN = "Start Kinopress again, and use the link that it prints; the browser opens it by itself."
_READING = frozenset({"GET", "HEAD"})
_OWN = ("same-origin", "none")
"""``none``: the person typed the address, or came from a bookmark or the terminal."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a request is not answered: its status, and a sentence for the person."""

    status: int
    why: str


class Guard:
    """Lets through what the rules allow, and says to browsers how little the answers may do.

    Args:
        app: The studio.
        session: This run.
        preview: The origin of the preview, which may be shown in a frame; empty: none.
        strict: Demand ``Sec-Fetch-Site`` of what changes something. Browsers send it only to addresses
            that they trust: 127.0.0.1 is one, this computer's address in a network is not.
        again: What a person can do who was refused.
    """

    def __init__(
        self,
        app: ASGIApp,
        session: Session,
        *,
        preview: str = "",
        strict: bool = True,
        again: str = AGAIN,
    ) -> None:
        self.app, self.session, self.strict, self.again = app, session, strict, again
        self.headers = {
            "Content-Security-Policy": (
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
                " media-src 'self'; connect-src 'self'; font-src 'self'; form-action 'self';"
                f" frame-src {preview or chr(39) + 'none' + chr(39)};"
                " base-uri 'none'; frame-ancestors 'none'"
            ),
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            # no-referrer would have browsers send forms with the origin "null".
            "Referrer-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cache-Control": "no-store",
        }
        if strict:  # elsewhere browsers only complain of it
            self.headers["Cross-Origin-Opener-Policy"] = "same-origin"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return  # no web sockets, and nothing to do at start and end

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        headers = Headers(scope=scope)
        refused = self.refused(scope["method"], scope["path"], headers, headers.getlist("host"))
        if refused is None:
            await self.app(scope, receive, send_with_headers)
        else:
            await _answer(refused, headers, self.again)(scope, receive, send_with_headers)

    def refused(
        self, method: str, path: str, headers: Mapping[str, str], hosts: list[str]
    ) -> Refused | None:
        """Why a request is refused, or ``None``.

        Args:
            method: ``GET``, ``POST`` …
            path: The path of its address.
            headers: Its headers, by their names in lower case.
            hosts: Every ``Host`` line.
        """
        if hosts != [self.session.authority]:
            return Refused(400, "This is not the studio's address.")
        site = headers.get("sec-fetch-site")
        if site is not None and site not in _OWN:
            return Refused(403, "Another page asked for this; only the studio's own pages may.")
        if method not in _READING:
            if headers.get("origin") != self.session.origin:
                return Refused(403, "Only the studio's own pages can change something.")
            if self.strict and site != "same-origin":
                return Refused(
                    403, "This browser does not say which page sends this; use a newer one."
                )
        if path == START and method != "GET":
            return Refused(405, "This link is there to be opened in a browser.")
        is_look = path.startswith(LOOK) and method in _READING
        if path != START and not is_look and not self.session.knows(headers.get("cookie", "")):
            return Refused(
                403,
                "This page belongs to a studio that is no longer running, or to another browser.",
            )
        return None


def _answer(refused: Refused, headers: Mapping[str, str], again: str) -> Response:
    if "text/html" in headers.get("accept", ""):
        page = render("refused.html", why=refused.why, again=again)
        return HTMLResponse(page, status_code=refused.status)
    return PlainTextResponse(refused.why, status_code=refused.status)
