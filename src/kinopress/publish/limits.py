"""What hosts take, as they say it themselves; asked before the first byte is sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kinopress.publish.record import HostFile

_MIB = 1 << 20
_GB = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What one host takes.

    Attributes:
        host: Its name.
        file_bytes_max: The largest file; ``None``: no limit is known.
        site_bytes_max: The largest site.
        files_max: The most files.
        terms: What its terms exclude, as a sentence; empty: nothing that matters here.
        source: Where it says so.
    """

    host: str
    file_bytes_max: int | None = None
    site_bytes_max: int | None = None
    files_max: int | None = None
    terms: str = ""
    source: str = ""


NO_LIMITS = Limits("")

HOSTS: Mapping[str, Limits] = {
    "github": Limits(
        "GitHub Pages",
        100 * _MIB,
        _GB,
        None,
        "its terms exclude sites whose main purpose is an online business or sales",
        "https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits",
    ),
    "gitlab": Limits(
        "GitLab Pages",
        None,
        _GB,
        200_000,
        "",
        "https://docs.gitlab.com/user/gitlab_com/#gitlab-pages",
    ),
    "cloudflare": Limits(
        "Cloudflare Pages",
        25 * _MIB,
        None,
        20_000,
        "",
        "https://developers.cloudflare.com/pages/platform/limits/",
    ),
}
"""By the word that settings use."""

_BY_ADDRESS = {"github.com": "github", "gitlab.com": "gitlab"}


def limits_of(word: str | None, address: str = "") -> Limits:
    """The limits of a host.

    Args:
        word: Its word in :data:`HOSTS`, if the settings give one.
        address: The address of the repository, which may tell.
    """
    if word is None:
        word = next((name for host, name in _BY_ADDRESS.items() if _names(address, host)), None)
    return HOSTS.get(word or "", NO_LIMITS)


def _names(address: str, host: str) -> bool:
    """Whether an address (``https://…`` or ``git@host:…``) is at a host."""
    rest = address.partition("://")[2] or address
    return rest.rpartition("@")[2].replace(":", "/").split("/")[0].casefold() == host


@dataclass(frozen=True, slots=True)
class TooMuch:
    """A limit that a release exceeds.

    Attributes:
        path: The file that is too large; ``None``: the site is.
        what: What is too much, in words.
    """

    path: str | None
    what: str


def beyond(limits: Limits, files: Mapping[str, HostFile]) -> Iterator[TooMuch]:
    """Every limit that these files exceed.

    Args:
        limits: The host's.
        files: Everything that would be there in the end.
    """
    for path, file in sorted(files.items()):
        if limits.file_bytes_max is not None and file.size_bytes > limits.file_bytes_max:
            has, takes = _mb(file.size_bytes), _mb(limits.file_bytes_max)
            yield TooMuch(path, f"it has {has}, and {limits.host} takes files of up to {takes}")
    total = sum(file.size_bytes for file in files.values())
    if limits.site_bytes_max is not None and total > limits.site_bytes_max:
        has, takes = _mb(total), _mb(limits.site_bytes_max)
        yield TooMuch(None, f"the site would have {has}, and {limits.host} takes up to {takes}")
    if limits.files_max is not None and len(files) > limits.files_max:
        yield TooMuch(
            None,
            f"the site would have {len(files)} files, and {limits.host} takes up to {limits.files_max}",
        )


def _mb(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
