"""Addresses on other sites: can a browser follow them, and may a page load from them? Pure."""

from __future__ import annotations

import difflib
import re
from urllib.parse import urlsplit

from kinopress.patterns import lazily

SCHEMES = (
    *("http", "https", "mailto", "tel", "sms", "webcal", "geo", "ftp", "ftps"),
    *("whatsapp", "skype", "facetime", "signal", "sip", "sips", "xmpp", "matrix"),
)
"""What may be before the colon of an address."""

_RUNS = ("javascript", "vbscript", "data", "blob")
_SLIP = lazily(r"h?t{1,3}p{1,2}s?[:;.,]*/{1,3}:?/*|https?:(?!//)", re.IGNORECASE)
_DOMAIN = lazily(
    r"(?:www[0-9]?\.[\w-]+|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|uk|wales|cymru|eu|info|io))(?:[./:?#].*)?$",
    re.IGNORECASE,
)
_EMAIL = lazily(r"[^\s@/:]+@[\w-]+(?:\.[\w-]+)+")
_HERE = ("localhost", "127.0.0.1", "0.0.0.0", "::1", "[::1]")  # noqa: S104 - only compared

CORRECT = "correct the address, or use [[name]] with the page's file name"


def is_elsewhere(target: str) -> bool:
    """Whether an address names another place than this site (or tries to)."""
    return re.match(r"[A-Za-z][\w+.-]*:|//", target) is not None


def is_of_a_computer(target: str) -> bool:
    """Whether an address is written as a computer names files, not as the web does."""
    return re.match(r"[A-Za-z]:|file:", target) is not None or "\\" in target


def address_problem(target: str, *, loads: bool) -> tuple[str, str] | None:
    """What is wrong with an address by itself, and what to do; ``None`` where nothing is.

    Args:
        target: The address as written.
        loads: Whether the page fetches it by itself, as it does a picture.
    """
    try:
        parts = urlsplit(target)
        host = parts.hostname or ""
    except ValueError:
        return "is not a web address", CORRECT
    scheme = parts.scheme
    if len(scheme) == 1 or scheme == "file" or re.match(r"[A-Za-z]:\\", target):
        return "is a file on your own computer", "put the file into docs/ and link to it there"
    if "\\" in target:
        return "has a backslash in it", "write / instead"
    if _EMAIL.fullmatch(target):
        return "is an e-mail address without mailto:", f"write mailto:{target}"
    if not scheme and _DOMAIN.match(target):
        return "is a web address without its beginning", f"write https://{target}"
    if (slip := _SLIP.match(target)) and not re.match(r"https?://[^/:]", target, re.IGNORECASE):
        rest = target[slip.end() :].lstrip("/:")
        return "is not a web address", f"did you mean https://{rest}?" if rest else CORRECT
    if scheme in _RUNS and not (loads and scheme == "data"):
        return "is not an address but a program or a file in itself", "link to a page or a file"
    if scheme and scheme not in SCHEMES and scheme not in _RUNS:
        close = difflib.get_close_matches(scheme, ("https", "http", "mailto", "tel"), 1, 0.6)
        rest = target[len(scheme) + 1 :]
        return "is not a web address", f"did you mean {close[0]}:{rest}?" if close else CORRECT
    if scheme == "mailto" and not _EMAIL.match(parts.path):
        return "gives no e-mail address", "write it like mailto:name@example.org"
    if scheme in ("tel", "sms") and not re.search(r"[0-9]{3}", parts.path):
        return "gives no telephone number", "write it like tel:01234567890"
    if scheme in ("http", "https") or (not scheme and parts.netloc):
        if host in _HERE or host.endswith(".local"):
            return "is an address on your own computer", "link to the page itself, like [[clam]]"
        if "." not in host and ":" not in host:
            return "is not a web address", "write the whole address, like https://example.org/page"
        if loads:
            return (
                "is on another site, and pages here load nothing from elsewhere",
                "put the file into docs/pictures/ and name it there, or write a link to it",
            )
    return None
