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
        free_files_max: The most files without a plan that is paid for, where that is fewer.
        counts_folders: Whether folders count as files.
        terms: What its terms exclude, as a sentence; empty: nothing that matters here.
        source: Where it says so.
    """

    host: str
    file_bytes_max: int | None = None
    site_bytes_max: int | None = None
    files_max: int | None = None
    terms: str = ""
    source: str = ""
    free_files_max: int | None = None
    counts_folders: bool = False


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
        counts_folders=True,  # "file entries (including directories and symlinks)"
    ),
    "cloudflare": Limits(
        "Cloudflare Pages",
        25 * _MIB,
        None,
        100_000,
        "",
        "https://developers.cloudflare.com/pages/platform/limits/",
        free_files_max=20_000,
    ),
}
"""By the word that settings use; read in November 2026."""

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
        stops: Whether it is too much for certain; otherwise only without a plan that is paid for.
    """

    path: str | None
    what: str
    stops: bool = True


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
    number, named = len(files), "files"
    if limits.counts_folders:
        number += len({at for path in files for at in _folders_of(path)})
        named = "files and folders"
    if limits.files_max is not None and number > limits.files_max:
        has = f"the site would have {number} {named}"
        yield TooMuch(None, f"{has}, and {limits.host} takes up to {limits.files_max}")
    elif limits.free_files_max is not None and number > limits.free_files_max:
        has = f"the site has {number} {named}"
        what = f"{has}, and {limits.host} takes up to {limits.free_files_max} unless its plan is paid for"
        yield TooMuch(None, what, stops=False)


def _folders_of(path: str) -> Iterator[str]:
    return (path[:at] for at, sign in enumerate(path) if sign == "/")


def _mb(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
