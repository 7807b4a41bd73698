"""Talking to a server by ssh: small scripts for its shell, and files by rsync.

Asks nothing of the server but a POSIX shell and rsync. Every path goes there as an argument or as input, never as
part of a script, so no name can be read as a command.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import stat
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kinopress.publish.hosts.signs import (
    KEY_REFUSED,
    KEY_UNKNOWN,
    LOST,
    NO_ANSWER,
    NO_ROOM,
    NO_SUCH_NAME,
    Sign,
    first_line,
    meaning,
)
from kinopress.publish.target import HostError
from kinopress.system import disk
from kinopress.system.process import Answer, ask, begin

_QUICK_S = 120.0
_LONG_S = 12 * 3600.0
"""A first publication with films takes hours over a slow line."""

_CONNECT = (
    *("-o", "BatchMode=yes"),  # a question that nobody sees would hang for ever
    *("-o", "ConnectTimeout=20"),
    *("-o", "ServerAliveInterval=15"),
    *("-o", "ServerAliveCountMax=8"),
)
_BEGINS = b"kinopress begins\n"
"""What comes before the answer of a script. Before that may be what the login prints for whoever logs in."""

_PERSISTS_S = 20
_LISTED = re.compile(
    r"(?P<sort>[-dlcbps])\S{9,10}\s+(?P<size>[\d,.]+)\s+\d{4}/\d\d/\d\d\s+\d\d:\d\d:\d\d\s(?P<path>.*)"
)
_PLAIN = re.compile(r"[\w./@%+=:,-]+")
"""A folder's name that no shell reads as anything else."""

_ESCAPED = re.compile(r"\\#(\d{3})")
_VANISHED = 24
"""Rsync: a file went away while it looked. Another publication tidies up; what is needed is counted later."""


@dataclass(frozen=True, slots=True)
class Server:
    """A folder on a server.

    Attributes:
        login: ``name@host`` or ``host``, as ssh takes it.
        folder: The folder from which the web server gives pages to readers, absolute or from the login's own.
        port: The port of ssh; ``None``: what ssh itself chooses.
        options: More arguments for ssh, from tests.
    """

    login: str
    folder: str
    port: int | None = None
    options: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """The place in words."""
        return f"{self.login}:{self.folder}"


def needs(program: str) -> None:
    """Refuse where a program is not installed here.

    Raises:
        HostError: it is not.
    """
    if shutil.which(program) is None:
        hint = "install it, or publish to a folder or a zip file"
        raise HostError(f"{program} is not installed on this computer", hint)


def shell(server: Server, script: str, *words: str, stdin: bytes = b"") -> bytes:
    """Run a script in the server's shell and answer what it writes.

    Args:
        server: The server.
        script: For a POSIX shell; ``$1`` and so on are ``words``.
        words: Its arguments.
        stdin: Its input.

    Raises:
        HostError: it cannot be reached, the script ended with an error, or what is there is no shell.
    """
    _connect(server)
    script = f"echo {shlex.quote(_BEGINS.decode().strip())}\n{script}"
    command = " ".join(shlex.quote(word) for word in ("sh", "-c", script, "kinopress", *words))
    answer = ask(
        [*_ssh(server), "--", server.login, command],
        wall_s=_LONG_S if stdin else _QUICK_S,
        stdin=stdin,
        env=_environment(),
    )
    if answer.returncode != 0:
        raise in_words(server, answer)
    _, begins, said = answer.stdout.partition(_BEGINS)
    if not begins:
        raise _unclear(server, answer.stdout)
    return said


def choice(
    server: Server, script: str, *words: str, known: Sequence[str], stdin: bytes = b""
) -> str:
    """Run a script that answers with one of a few words; see :func:`shell`.

    Raises:
        HostError: as there, or the answer is a different word.
    """
    said = shell(server, script, *words, stdin=stdin)
    lines = said.decode("utf-8", "replace").split("\n")
    found = next((line.strip() for line in reversed(lines) if line.strip()), "")
    if found not in known:
        raise _unclear(server, said)
    return found


def _unclear(server: Server, said: bytes) -> HostError:
    words = " ".join(said.decode("utf-8", "replace").split())
    what = f"the server answered with something else than was asked ({words[:60] or 'nothing'})"
    hint = "ask the host whether this login has a shell, or publish to a zip file and upload that"
    return HostError(what, hint, where=server.where)


def send(
    server: Server,
    here: Path,
    paths: Iterable[str],
    there: str,
    *,
    stop: threading.Event | None = None,
    aside: bool = False,
) -> None:
    """Bring files to a folder on the server; each is put in its place whole, by renaming.

    What an interrupted run brought there is not sent again.

    Args:
        server: The server.
        here: The folder of the files on this computer.
        paths: Their paths below it.
        there: The folder on the server.
        stop: When it is set, nothing more is sent.
        aside: No reader looks into that folder, so a part of a file may stay there, to be continued. Rsync keeps it
            under the file's own name.

    Raises:
        HostError: it cannot be done.
    """
    listed = "\0".join(paths).encode("utf-8", "surrogateescape")
    if not listed:
        return
    argv = [
        *(
            "rsync",
            *_guards(server),
            "-rlptzc",
            "--chmod=D755,F644",
            *(("--partial",) if aside else ()),
            "--from0",
            "--files-from=-",
        ),
        *("-e", shlex.join(_ssh(server)), f"{here}/", _remote(server, f"{there}/")),
    ]
    _sync(server, argv, listed, stop)


def sizes_below(server: Server, there: str) -> Mapping[str, int]:
    """Every file and link below a folder on the server: path → size in bytes.

    Raises:
        HostError: it cannot be read.
    """
    argv = [
        "rsync",
        *_guards(server),
        "-r8l",
        "--list-only",
        "-e",
        shlex.join(_ssh(server)),
        _remote(server, f"{there}/"),
    ]
    answer = _sync(server, argv, b"")
    found = {}
    for line in answer.stdout.decode("utf-8", "surrogateescape").splitlines():
        match = _LISTED.fullmatch(line)
        if match is None or match["sort"] == "d":
            continue
        path = match["path"]
        if match["sort"] == "l":
            path = path.partition(" -> ")[0]
        path = _ESCAPED.sub(lambda number: chr(int(number[1], 8)), path)
        found[path] = int(match["size"].replace(",", "").replace(".", ""))
    return found


def _sync(
    server: Server, argv: Sequence[str], stdin: bytes, stop: threading.Event | None = None
) -> Answer:
    _connect(server)
    answer = ask(argv, wall_s=_LONG_S, stdin=stdin, env=_environment(), stop=stop)
    if answer.returncode not in (0, _VANISHED):
        raise in_words(server, answer)
    return answer


def _ssh(server: Server) -> list[str]:
    port = ("-p", str(server.port)) if server.port is not None else ()
    return ["ssh", *_CONNECT, *_shared(), *port, *server.options]


def _connect(server: Server) -> None:
    """Open the connection that the many short commands of a publication share, where ssh can.

    Each of its own would cost a second on a distant server. It ends by itself soon after the last command.
    Where it cannot be opened, each command opens its own, and says what is wrong.
    """
    if _shared() and ask([*_ssh(server), "-O", "check", server.login], wall_s=_QUICK_S).returncode:
        stays = ("-M", "-N", "-f", "-o", f"ControlPersist={_PERSISTS_S}")
        begin([*_ssh(server), *stays, server.login], wall_s=_QUICK_S)


def _shared() -> tuple[str, ...]:
    """The option that names the shared connection; empty where there can be none."""
    if os.name != "posix":
        return ()
    folder = Path("/tmp") / f"kinopress-ssh-{os.getuid()}"  # noqa: S108 - the path of a socket must be short; whose it is, is looked at
    with contextlib.suppress(OSError):  # it is there, or there can be none
        disk.make_new_folder(folder, 0o700)
    with contextlib.suppress(OSError):
        at = folder.lstat()
        if stat.S_ISDIR(at.st_mode) and at.st_uid == os.getuid() and not at.st_mode & 0o077:
            return ("-o", f"ControlPath={folder}/%C")
    return ()


def _remote(server: Server, path: str) -> str:
    """A path for rsync; see :func:`_guards`."""
    return f"{server.login}:{path}"


def _guards(server: Server) -> tuple[str, ...]:
    """What keeps the server's shell from reading the folder's name as words of its own.

    Rsync does so by itself since 3.2.4, and since 3.0 if asked to; others, such as that of a Mac, cannot.

    Raises:
        HostError: nothing does, and the name has signs that a shell would read.
    """
    version = _rsync_version()
    if version >= (3, 2, 4):
        return ()
    if version >= (3, 0, 0):
        return ("-s",)
    if _PLAIN.fullmatch(server.folder):
        return ()
    raise HostError(
        "this computer’s rsync cannot publish to a folder with a space or a sign in its name",
        "install rsync 3.2.4 or newer, or choose a folder with a plain name in mkdocs.yml",
        where=server.where,
    )


@cache
def _rsync_version() -> tuple[int, ...]:
    """The version of this computer's rsync; nothing where it is another program of that name."""
    said = ask(["rsync", "--version"], wall_s=_QUICK_S, env=_environment()).stdout
    found = re.match(rb"rsync\s+version v?(\d+)\.(\d+)\.(\d+)", said)
    return tuple(int(number) for number in found.groups()) if found else ()


def _environment() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C", "RSYNC_OLD_ARGS": "0"}


_SAID: tuple[Sign, ...] = (
    (
        KEY_REFUSED,
        "the server did not accept this computer’s ssh key",
        "add the key on the host’s pages, then log in once with ssh in a terminal",
    ),
    (
        KEY_UNKNOWN,
        "this computer does not know the server, or it is not the same server as before",
        "log in once with ssh in a terminal and compare what it shows with what the host says",
    ),
    (
        NO_SUCH_NAME,
        "there is no server of this name",
        "correct its name in mkdocs.yml, or check that this computer is online",
    ),
    (
        NO_ANSWER,
        "the server does not answer",
        "check that this computer is online, and which port the host names for ssh",
    ),
    (
        ("rsync: command not found", "rsync: not found", "remote command not found"),
        "the server has no rsync",
        "ask the host for it, or publish to a zip file and upload that",
    ),
    (
        ("is your shell clean", "protocol version mismatch"),
        "the login prints a greeting, and rsync takes it for an answer",
        "remove what .bashrc or .profile on the server prints, or ask the host to",
    ),
    (
        NO_ROOM,
        "the server’s disk is full",
        "free some space there, or ask the host for more",
    ),
    (
        ("permission denied", "read-only file system", "operation not permitted"),
        "this login may not write there",
        "correct the folder in mkdocs.yml, or ask the host who may write to it",
    ),
    (
        LOST,
        "the connection to the server was lost",
        "run this again; what was sent is not sent again",
    ),
)  # fmt: skip
"""Signs in what ssh and rsync say → what happened, what to do."""


def in_words(server: Server, answer: Answer) -> HostError:
    """What ssh, rsync or the server's shell complained of."""
    if not answer.in_time:
        return HostError("the server did not answer in time", "run this again", where=server.where)
    if (known := meaning(answer.stderr, _SAID)) is not None:
        return HostError(*known, where=server.where)
    first = first_line(answer.stderr) or f"it ended with {answer.returncode}"
    hint = "correct the place in mkdocs.yml, or ask the host"
    return HostError(f"the server could not do it ({first})", hint, where=server.where)
