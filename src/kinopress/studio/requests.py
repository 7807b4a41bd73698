"""What a page of the studio sends: short forms, read whole, with a limit."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

FORM_BYTES_MAX = 1_000_000
"""A long article is a tenth of that."""
_FIELDS_MAX = 1000


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form as they were typed."""

    values: dict[str, list[str]] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A field on one line, without spaces around it; empty when it was not sent."""
        return " ".join(self.block(name).split())

    def block(self, name: str) -> str:
        r"""A field with its lines, ended by ``\n``."""
        found = self.values.get(name, [])
        return found[0].replace("\r\n", "\n").replace("\r", "\n") if found else ""

    def all(self, name: str) -> list[str]:
        """Every field of a name that has words in it."""
        return [words for value in self.values.get(name, []) if (words := " ".join(value.split()))]


async def body_of(request: Request, bytes_max: int) -> bytes:
    """The whole body.

    Raises:
        HTTPException: it is larger than ``bytes_max`` (413), or the browser went away (400).
    """
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > bytes_max:
        raise HTTPException(413, "This is more than can be sent here.")
    parts = bytearray()
    try:
        async for part in request.stream():
            parts += part
            if len(parts) > bytes_max:
                raise HTTPException(413, "This is more than can be sent here.")
    except ClientDisconnect:
        raise HTTPException(400, "The page was closed before all of it was sent.") from None
    return bytes(parts)


async def form_of(request: Request) -> Form:
    """The form that a page sent.

    Raises:
        HTTPException: it is too large (413), or is not a form (415, 400).
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    data = await body_of(request, FORM_BYTES_MAX)
    if not data:
        return Form()
    if kind != "application/x-www-form-urlencoded":
        raise HTTPException(415, "This is not a form of the studio.")
    try:
        pairs = parse_qsl(
            data.decode("utf-8"),
            keep_blank_values=True,
            max_num_fields=_FIELDS_MAX,
            errors="strict",
        )
    except ValueError:
        raise HTTPException(400, "This form cannot be read.") from None
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return Form(values)


def with_form(
    answer: Callable[[Request, Form], Response],
) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that gets the form, and may take its time: it runs beside the others."""

    async def endpoint(request: Request) -> Response:
        form = await form_of(request)
        return await run_in_threadpool(answer, request, form)

    return endpoint
