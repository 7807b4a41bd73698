"""Is the release live? Only the site itself can tell, asked past every cache.

A host may have taken a release and still give readers the one before, for minutes or because of a mistake in its
settings; an old page answers just as well as a new one. So ``release.json`` must come back with the new id, and then
a few pages and films must answer as what they are.
"""

from __future__ import annotations

import http.client
import os
import socket
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from email.message import Message
from functools import cache

from kinopress.publish.headers import content_type
from kinopress.publish.record import BYTES_MAX, NAME, HostFile, id_in, is_page

_ANSWER_S = 20.0
_POLL_S = (1.0, 2.0, 4.0, 8.0, 15.0)
"""Seconds between two questions; the last one again and again."""
_SAMPLE_MAX = 12
_FROM_CACHES = {"Cache-Control": "no-cache, no-store", "Pragma": "no-cache"}
_PARTIAL = 206


@dataclass(frozen=True, slots=True)
class Reply:
    """What an address answered.

    Attributes:
        status: The HTTP status; 0 when there was no answer.
        headers: By name in lower case.
        body: The bytes, for a question that asks for them.
        why: Why there was no answer.
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    why: str = ""


Ask = Callable[[str, str, Mapping[str, str]], Reply]
"""Method, address and headers → reply."""


def over_http(method: str, address: str, headers: Mapping[str, str]) -> Reply:
    """Ask a web server; what goes wrong is in the reply."""
    request = urllib.request.Request(address, method=method, headers={**_FROM_CACHES, **headers})  # noqa: S310 - the settings take only http and https
    try:
        with urllib.request.urlopen(request, timeout=_ANSWER_S, context=_trusted()) as answer:  # noqa: S310 - as above
            body = answer.read(BYTES_MAX) if method == "GET" else b""
            return Reply(answer.status, _lower(answer.headers), body)
    except urllib.error.HTTPError as error:
        return Reply(error.code, _lower(error.headers))
    except (OSError, ValueError, http.client.HTTPException) as error:
        return Reply(0, why=_in_words(error))


@cache
def _trusted() -> ssl.SSLContext:
    """Whose certificates are good: a tenth of a second to read, so once and not for each question."""
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])  # as where nobody gives a context
    return context


def _in_words(error: Exception) -> str:
    """Why there was no answer, without the numbers and names of a network's errors."""
    reason = getattr(error, "reason", error)
    if isinstance(reason, socket.gaierror):
        return "its name is not known, or this computer is not connected to the internet"
    if isinstance(reason, TimeoutError):
        return "nothing came within a while"
    if isinstance(reason, ssl.SSLCertVerificationError):
        return f"its certificate is not good: {reason.verify_message}"
    if isinstance(reason, ssl.SSLError):
        return "no secure connection can be made"
    if isinstance(reason, ConnectionRefusedError):
        return "no web server is there"
    if isinstance(reason, OSError):
        return (reason.strerror or "the connection broke").lower()
    if isinstance(reason, http.client.HTTPException):
        return "what came is not the answer of a web server"
    return str(reason)


def wait_until_live(
    site_url: str,
    wanted: str,
    *,
    wait_s: float,
    ask: Ask = over_http,
    still: Callable[[str | None, float], object] = lambda _id, _left: None,
    sleep: Callable[[float], object] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> str:
    """Ask for ``release.json`` until it names a release.

    Args:
        site_url: The address of the site.
        wanted: The id of the release.
        wait_s: How long to go on asking, in seconds.
        ask: Asks a web server.
        still: Is told of each other answer: the id that came, and how many seconds are left.
        sleep: Waits.
        clock: Seconds, from any beginning.

    Returns:
        Why it is not live, in words; empty: it is.
    """
    ends, number = clock() + wait_s, 0
    while True:
        reply = ask("GET", _uncached(_address(site_url, NAME)), {})
        found = id_in(reply.body) if reply.status == http.HTTPStatus.OK else None
        if found == wanted:
            return ""
        left = ends - clock()
        if left <= 0:
            return _why_not(reply, found)
        still(found, left)
        sleep(min(left, _POLL_S[min(number, len(_POLL_S) - 1)]))
        number += 1


def _why_not(reply: Reply, found: str | None) -> str:
    if reply.status == 0:
        return f"it does not answer ({reply.why})"
    if reply.status != http.HTTPStatus.OK:
        return f"it answers {reply.status} for {NAME}"
    if found is None:
        return f"what it gives for {NAME} is not a list of published files"
    return "it still gives readers another release"


def sample(files: Mapping[str, HostFile], new: Sequence[str]) -> list[str]:
    """Which files to ask for: the home page, what is new, and one of each kind.

    Args:
        files: What is published.
        new: Paths that were put there just now.
    """
    chosen = ["index.html"] if "index.html" in files else []
    chosen += [path for path in new if path.endswith(".html") and path in files][-4:]
    endings: dict[str, str] = {}
    for path in (*new, *sorted(files)):
        if path in files:
            endings.setdefault(path.rpartition(".")[2], path)
    chosen += sorted(endings.values(), key=lambda path: (not path.endswith((".mp4", ".vtt")), path))
    return list(dict.fromkeys(chosen))[:_SAMPLE_MAX]


def complaints(
    site_url: str, files: Mapping[str, HostFile], paths: Sequence[str], ask: Ask = over_http
) -> Iterator[tuple[str, str]]:
    """What readers would not get as they should: address → what is wrong.

    Args:
        site_url: The address of the site.
        files: What is published.
        paths: Which of them to ask for.
        ask: Asks a web server.
    """
    for path in paths:
        address = _address(site_url, path)
        reply = ask("HEAD", _uncached(address), {"Accept-Encoding": "identity"})
        if reply.status != http.HTTPStatus.OK:
            silent = f"it does not answer ({reply.why})"
            yield address, silent if reply.status == 0 else f"it answers {reply.status}"
            continue
        given = reply.headers.get("content-type", "").partition(";")[0].strip().casefold()
        meant = content_type(path).partition(";")[0]
        if not _is_as_good(given, meant):
            yield address, f"its type is {given or 'not given'}, and browsers need {meant}"
        length = reply.headers.get("content-length")
        packed = reply.headers.get("content-encoding", "identity") != "identity"
        if length is not None and not packed and length != str(files[path].size_bytes):
            yield address, f"it has {length} bytes, and {files[path].size_bytes} were published"
        if path.endswith(".mp4"):
            part = ask("GET", address, {"Range": "bytes=0-1"})
            if part.status != _PARTIAL:
                yield (
                    address,
                    "the host gives no parts of files (Range), so an iPhone cannot play the film",
                )


def _is_as_good(given: str, meant: str) -> bool:
    same = {
        "text/javascript": {"application/javascript", "application/x-javascript"},
        "application/xml": {"text/xml", "application/rss+xml", "application/atom+xml"},
        "image/vnd.microsoft.icon": {"image/x-icon"},
        "application/manifest+json": {"application/json"},
    }
    # Only what a browser would refuse is worth a word.
    matters = meant.startswith(("text/", "video/", "image/", "audio/"))
    return given == meant or given in same.get(meant, ()) or not matters


def _address(site_url: str, path: str) -> str:
    """The address that readers use: of a page, its folder."""
    if is_page(path):
        path = path.removesuffix("index.html")
    return f"{site_url.rstrip('/')}/{urllib.parse.quote(path)}"


def _uncached(address: str) -> str:
    """An address that no cache has an answer for."""
    return f"{address}?kinopress={os.urandom(6).hex()}"


def _lower(headers: Message) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}
