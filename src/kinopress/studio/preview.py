"""The site as it is and as it would be, on another name and port than the studio.

What a site holds is its own: a script in it must not reach the studio. ``localhost`` is another site than
``127.0.0.1``, so the studio's cookie is not sent there, and what a page there asks of the studio is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kinopress.publish.server_settings import HOSTS_FILE
from kinopress.publish.server_settings import said_in as said_to_hosts

NAME = "localhost"
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def make_preview(port: int, folders: dict[str, Callable[[], Path | None]]) -> ASGIApp:
    """A server of finished sites, each below the word that it has in ``folders``.

    Args:
        port: Where it listens.
        folders: Gives the folder to be shown, each time that something of it is asked for.
    """

    async def site(request: Request) -> Response:
        folder = folders[request.path_params["which"]]()
        if folder is None or not folder.is_dir():
            return PlainTextResponse("There is nothing to look at yet.", status_code=404)
        path = request.path_params["path"]
        if path and not path.endswith("/") and (folder / path).is_dir():
            return PlainTextResponse(
                "", status_code=307, headers={"Location": f"{request.url.path}/"}
            )
        files = StaticFiles(directory=folder, html=True, check_dir=False)
        try:
            return await files.get_response(path or ".", request.scope)
        except HTTPException as refused:
            return PlainTextResponse("There is no such page.", status_code=refused.status_code)

    def said(word: str) -> dict[str, str]:
        folder = folders[word]()
        try:
            return said_to_hosts((folder / HOSTS_FILE).read_text("utf-8")) if folder else {}
        except OSError:
            return {}  # there is none, or another build has just taken its place

    app = Starlette(routes=[Route("/{which}/{path:path}", site)])

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        word = scope["path"].strip("/").partition("/")[0]
        if hosts != [f"{NAME}:{port}".encode()] or word not in folders:
            answer = PlainTextResponse("This is not the preview's address.", status_code=400)
            await answer(scope, receive, send)
            return
        await app(scope, receive, _with_headers(send, said(word)))

    return guarded


def _framed(said: dict[str, str]) -> dict[str, str]:
    """What readers' hosts say, but that no other site may show this one: the studio shows it."""
    return {
        name: re.sub(r"(^|;)\s*frame-ancestors[^;]*", "", value)
        for name, value in said.items()
        if name.casefold() != "x-frame-options"
    }


def _with_headers(send: Send, said: dict[str, str]) -> Send:
    async def more(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update({**_framed(said), **_HEADERS})
        await send(message)

    return more
