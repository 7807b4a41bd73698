"""Films from a phone in the same network: asked for, upload only, a quarter of an hour.

This is the one thing of the studio that another device can reach. It has a port of its own, on this
computer's address in the network, and a session of its own: the code that the phone scans opens it once. It
can announce a film and send it; it reads nothing of the project.
"""

from __future__ import annotations

import contextlib
import io
import socket
import threading
import time
from collections.abc import Callable

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from kinopress.studio.guard import START, Guard
from kinopress.studio.look import render
from kinopress.studio.screens.uploads import begin, facts_words, take
from kinopress.studio.session import Session
from kinopress.studio.studio import Studio
from kinopress.system.network import network_address

OPEN_FOR_S = 15 * 60.0
_LOOK_EVERY_S = 5.0
_AGAIN = "On the computer, show a new code in the studio and scan that."


class Phone:
    """The door for a phone: closed until it is asked for, and again after :data:`OPEN_FOR_S`.

    Args:
        studio: Whose films they become.
        serve: Makes a server of an application.
        looks: The routes of styles and scripts.
        address: This computer's address in its network, or ``None``.
    """

    def __init__(
        self,
        studio: Studio,
        serve: Callable[[ASGIApp], uvicorn.Server],
        looks: list[BaseRoute],
        address: Callable[[], str | None] = network_address,
    ) -> None:
        self._studio, self._serve, self._looks, self._address = studio, serve, looks, address
        self._lock = threading.Lock()
        self._server: uvicorn.Server | None = None
        self._session: Session | None = None
        self._heard_s = 0.0

    @property
    def link(self) -> str:
        """The address that the phone opens; empty while the door is closed."""
        with self._lock:
            return self._session.link if self._session else ""

    @property
    def is_used(self) -> bool:
        """Whether a phone has opened the link: no other can."""
        with self._lock:
            return self._session is not None and self._session.is_open

    @property
    def minutes_left(self) -> int:
        """Minutes until the door closes by itself, rounded up."""
        left_s = self._heard_s + OPEN_FOR_S - time.monotonic()
        return max(0, -int(-left_s // 60)) if self._session else 0

    def open(self) -> str | None:
        """Open the door with a new code; why that is not possible, as a sentence."""
        self.close()
        address = self._address()
        if address is None:
            return "This computer is not on a network, so no phone can reach it."
        try:
            listener = socket.create_server((address, 0), reuse_port=False)
        except OSError:
            return "This computer's network does not let it answer a phone."
        session = Session(listener.getsockname()[1], address)
        server = self._serve(make_phone_app(self._studio, session, self._looks, self._heard))
        with self._lock:
            self._session, self._server = session, server
            self._heard_s = time.monotonic()
        threading.Thread(
            target=self._run, args=(server, listener), name="phone", daemon=True
        ).start()
        threading.Thread(target=self._close_in_time, args=(server,), daemon=True).start()
        return None

    def close(self) -> None:
        """Close the door; what came is kept."""
        with self._lock:
            if self._server is not None:
                self._server.should_exit = True
            self._server = self._session = None

    def code(self) -> bytes | None:
        """The address as a code to be scanned, as SVG; ``None`` while the door is closed."""
        link = self.link
        if not link:
            return None
        drawn = io.BytesIO()
        import segno  # noqa: PLC0415 - few films come by phone

        segno.make(link, micro=False).save(
            drawn, kind="svg", scale=6, border=4, dark="#000000", light="#ffffff"
        )
        return drawn.getvalue()

    def _heard(self) -> None:
        self._heard_s = time.monotonic()

    def _run(self, server: uvicorn.Server, listener: socket.socket) -> None:
        with listener, contextlib.suppress(OSError):
            server.run(sockets=[listener])

    def _close_in_time(self, server: uvicorn.Server) -> None:
        while self._server is server:
            if time.monotonic() - self._heard_s > OPEN_FOR_S:
                self.close()
                return
            time.sleep(_LOOK_EVERY_S)


def make_phone_app(
    studio: Studio, session: Session, looks: list[BaseRoute], heard: Callable[[], None]
) -> ASGIApp:
    """What a phone can reach: a page to send films, and nothing else.

    Args:
        studio: Whose films they become.
        session: The phone's own.
        looks: The routes of styles and scripts.
        heard: Is called when something comes: while films come, the door stays open.
    """

    async def start(request: Request) -> Response:
        cookie = session.open_with(request.query_params.get("token", ""))
        if cookie is None:
            why = "This code has been used already, or is too old."
            page = render("refused.html", why=why, again=_AGAIN)
            return HTMLResponse(page, status_code=403)
        answer = RedirectResponse("/", status_code=303)
        answer.set_cookie(session.cookie_name, cookie, httponly=True, samesite="strict", path="/")
        return answer

    async def page(request: Request) -> Response:
        del request
        return HTMLResponse(render("phone.html", title="Send a film"))

    async def announced(request: Request) -> Response:
        heard()
        return await begin(request, studio, "phone")

    async def piece(request: Request) -> Response:
        heard()
        arrival = studio.arrivals.get(request.path_params["id"])
        if arrival is None or arrival.way != "phone":
            return JSONResponse({"why": "This film was removed; send it again."}, status_code=404)
        if request.method == "PUT":
            return await take(request, studio)
        there = studio.arrivals.received(arrival)
        return JSONResponse(
            {
                "id": arrival.id,
                "offset": there,
                "whole": arrival.is_whole,
                "address": "/",
                "facts": facts_words(arrival, phone=True),
            },
            headers={"Upload-Offset": str(there)},
        )

    app = Starlette(
        routes=[
            Route(START, start),
            Route("/", page),
            Route("/uploads", announced, methods=["POST"]),
            Route("/uploads/{id}", piece, methods=["GET", "HEAD", "PUT"]),
            *looks,
        ]
    )
    return Guard(app, session, strict=False, again=_AGAIN)
