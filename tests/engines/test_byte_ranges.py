"""Parts of a film, as browsers ask for them while a reader moves along it."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from wsgiref.util import FileWrapper

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinopress.engines.mkdocs.byte_ranges import Beyond, ByteRange, asked_part, in_parts

FILM = bytes(range(256)) * 600


class Answer:
    def __init__(self, application: Any, **environ: str) -> None:
        self.status, self.headers = "", dict[str, str]()
        environ.setdefault("REQUEST_METHOD", "GET")
        body = application(environ, self._start)
        self.body = b"".join(body)
        if hasattr(body, "close"):
            body.close()

    def _start(self, status: str, headers: list[tuple[str, str]]) -> None:
        self.status, self.headers = status[:3], dict(headers)


@pytest.fixture
def film(tmp_path: Path) -> Any:
    """An application that serves one film, as MkDocs does: always whole."""
    path = tmp_path / "film.mp4"
    path.write_bytes(FILM)

    def whole(_: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response(
            "200 OK", [("Content-Type", "video/mp4"), ("Content-Length", str(len(FILM)))]
        )
        return FileWrapper(path.open("rb"))

    return in_parts(whole)


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-1", 0, 1),
        ("bytes=0-99", 0, 99),
        ("bytes=100000-", 100000, len(FILM) - 1),
        ("bytes=-500", len(FILM) - 500, len(FILM) - 1),
        (f"bytes=0-{len(FILM) * 9}", 0, len(FILM) - 1),
        (f"bytes={len(FILM) - 1}-", len(FILM) - 1, len(FILM) - 1),
        (f"bytes=-{len(FILM) * 9}", 0, len(FILM) - 1),
        ("Bytes = 5-70000", 5, 70000),
    ],
)
def test_a_part_is_given_as_it_is_asked_for(film: Any, asked: str, first: int, last: int) -> None:
    answer = Answer(film, HTTP_RANGE=asked)
    assert answer.status == "206"
    assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{len(FILM)}"
    assert answer.headers["Content-Length"] == str(last - first + 1)
    assert answer.headers["Content-Type"] == "video/mp4"
    assert answer.body == FILM[first : last + 1]


@pytest.mark.parametrize("asked", [f"bytes={len(FILM)}-", "bytes=-0", "bytes=999999999-1000000000"])
def test_a_part_beyond_the_end_is_refused_with_the_length(film: Any, asked: str) -> None:
    answer = Answer(film, HTTP_RANGE=asked)
    assert (answer.status, answer.body) == ("416", b"")
    assert answer.headers["Content-Range"] == f"bytes */{len(FILM)}"


@pytest.mark.parametrize(
    "asked",
    ["", "bytes=", "bytes=-", "bytes=9-5", "bytes=0-1,5-6", "lines=0-1", "bytes=a-b", "0-1"],
)
def test_anything_else_gets_the_whole_film_and_the_word_that_parts_can_be_had(
    film: Any, asked: str
) -> None:
    answer = Answer(film, HTTP_RANGE=asked)
    assert (answer.status, answer.body) == ("200", FILM)
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["Content-Length"] == str(len(FILM))


def test_a_part_of_a_film_that_has_changed_meanwhile_is_the_whole_film(film: Any) -> None:
    whole = Answer(film)
    for mark in (whole.headers["ETag"], whole.headers["Last-Modified"]):
        assert Answer(film, HTTP_RANGE="bytes=0-1", HTTP_IF_RANGE=mark).status == "206"
    for mark in ('"another"', f"W/{whole.headers['ETag']}", "Thu, 01 Jan 1970 00:00:00 GMT"):
        assert Answer(film, HTTP_RANGE="bytes=0-1", HTTP_IF_RANGE=mark).body == FILM


def test_head_says_the_same_as_get_and_sends_nothing(film: Any) -> None:
    head = Answer(film, REQUEST_METHOD="HEAD", HTTP_RANGE="bytes=0-1")
    assert (head.status, head.body) == ("200", b"")
    assert head.headers == Answer(film).headers


def test_pages_that_are_made_in_memory_and_other_answers_pass_as_they_are() -> None:
    def page(_: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", "text/html")])
        return FileWrapper(io.BytesIO(b"a page"))

    def gone(_: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("404 Not Found", [("Content-Type", "text/html")])
        return [b"gone"]

    assert Answer(in_parts(page), HTTP_RANGE="bytes=0-1").body == b"a page"
    assert Answer(in_parts(gone), HTTP_RANGE="bytes=0-1").status == "404"


@given(st.integers(0, 300), st.integers(0, 400), st.integers(0, 400))
def test_a_part_never_leaves_the_file(size: int, first: int, length: int) -> None:
    try:
        part = asked_part(f"bytes={first}-{first + length}", size)
    except Beyond:
        assert first >= size
    else:
        assert part == ByteRange(first, min(first + length, size - 1))
