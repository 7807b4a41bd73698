"""What web servers are told of a finished site: in the site for hosts that read it there, beside it for other servers."""

from __future__ import annotations

from pathlib import Path

from kinopress.engines.prepared import Prepared
from kinopress.publish import server_settings as words
from kinopress.system import disk
from kinopress.system.atomic import write_bytes
from kinopress.system.walking import paths_below

SERVERS = Path(".kinopress/servers")
"""Settings for web servers, to be copied by whoever runs one."""


def add_hosts_file(made: Path, policy: str) -> None:
    """Write ``_headers`` into a finished site; one of the coach's own stays.

    Args:
        made: The folder of the site.
        policy: What its pages may load.

    Raises:
        OSError: it cannot be written.
    """
    own = made / words.HOSTS_FILE
    if not own.exists():
        disk.write(own, words.hosts_file(policy, paths_below(made)).encode())


def said_with_pages(prepared: Prepared) -> dict[str, str]:
    """What servers are told to say with every file of a site, for a preview of it."""
    from kinopress.engines.mkdocs.events import policy_said  # noqa: PLC0415 - slow to load

    return words.said(policy_said(prepared.site, prepared.library))


def write_settings(project: Path, policy: str) -> None:
    """Write the settings for nginx, Apache and Caddy beside the site, where they are not there already.

    Raises:
        OSError: they cannot be written.
    """
    for name, settings in (
        ("nginx.conf", words.for_nginx),
        ("apache.conf", words.for_apache),
        ("Caddyfile", words.for_caddy),
    ):
        file, said = project / SERVERS / name, settings(policy).encode()
        if _bytes_of(file) != said:  # hardly a build changes them, and each is waited for
            write_bytes(file, said)


def _bytes_of(file: Path) -> bytes | None:
    """What is in a regular file; ``None`` where there is none."""
    try:
        return file.read_bytes() if file.is_file() else None
    except OSError:
        return None
