"""The preview's headers go with each answer, also with one that is begun again."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import Any

from kinopress.engines.mkdocs.said_headers import with_headers


def test_an_answer_that_fails_half_way_is_begun_again_as_wsgi_has_it() -> None:
    begun: list[tuple[object, ...]] = []

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("200 OK", [("A", "1")])
        try:
            {}["nothing"]
        except KeyError:
            start_response("500 Broken", [], sys.exc_info())
        return [b"broken"]

    def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        begun.append((status, headers, exc_info[0] if exc_info else None))

    assert with_headers(application, lambda: {"B": "2"})({}, start) == [b"broken"]
    assert begun == [
        ("200 OK", [("A", "1"), ("B", "2")], None),
        ("500 Broken", [("B", "2")], KeyError),
    ]
