"""The headers of the finished site, sent by the preview: what the coach sees is what readers get."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kinopress.engines.mkdocs.byte_ranges import Application


def with_headers(application: Application, said: Callable[[], Mapping[str, str]]) -> Application:
    """An application that says more with each answer.

    Args:
        application: What answers.
        said: Gives the headers as they are now.
    """

    def answered(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def more(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            # An answer that fails half way is begun again, and only with the reason may a server do that.
            return start_response(status, [*headers, *said().items()], exc_info)

        return application(environ, more)

    return answered
