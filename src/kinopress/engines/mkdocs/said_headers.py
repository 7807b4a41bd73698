"""The headers of the finished site, sent by the preview: what the coach sees is what readers get."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from typing import Any

from kinopress.engines.mkdocs.byte_ranges import Application

POLICY = "Content-Security-Policy"
_RELOADS = re.compile(rb"<script>(\nvar livereload = [^<]*)</script>(?!.*<script>)", re.DOTALL)
"""The script that MkDocs puts at the end of each page, to load it again; it names the moment and is never twice the same."""


def with_headers(application: Application, said: Callable[[], Mapping[str, str]]) -> Application:
    """An application that says more with each answer.

    Args:
        application: What answers.
        said: Gives the headers as they are now. The policy allows MkDocs' script as well, by its hash.
    """

    def answered(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        answers: list[tuple[str, list[tuple[str, str]]]] = []

        def note(status: str, headers: list[tuple[str, str]], *_: Any) -> None:
            answers.append((status, headers))

        body = application(environ, note)
        status, headers = answers[-1]
        more = dict(said())
        if POLICY in more and (script := _reloads(body)):
            digest = base64.b64encode(hashlib.sha256(script).digest()).decode()
            more[POLICY] = more[POLICY].replace(
                "script-src 'self'", f"script-src 'self' 'sha256-{digest}'"
            )
        start_response(status, [*headers, *more.items()])
        return body

    return answered


def _reloads(body: Iterable[bytes]) -> bytes:
    """The script at the end of a page, which MkDocs answers from memory; of a file on disk nothing is read."""
    page = getattr(body, "filelike", None)
    found = _RELOADS.search(page.getvalue()) if isinstance(page, BytesIO) else None
    return found[1] if found else b""
