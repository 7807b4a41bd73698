"""Tokens and passwords: from the environment, a file that only the coach can read, or the system's keyring.

Never from the project: what is in it is copied, committed and shown to others.
"""

from __future__ import annotations

import importlib
import os
import re
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

from kinopress.publish.target import HostError
from kinopress.system.atomic import make_private_folder, write_bytes


def variable(target: str, what: str) -> str:
    """The name of the environment's variable: ``KINOPRESS_WEB_TOKEN``."""
    name = re.sub(r"[^A-Za-z0-9]+", "_", target).strip("_").upper()
    return f"KINOPRESS_{name}_{what.upper()}"


def secrets_file(environment: Mapping[str, str]) -> Path:
    """The file outside the project: ``NAME=value``, one per line."""
    if named := environment.get("KINOPRESS_SECRETS"):
        return Path(named)
    if sys.platform == "win32":
        return Path(environment.get("APPDATA", str(Path.home()))) / "kinopress" / "secrets"
    return Path(environment.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "kinopress/secrets"


def find_secret(
    target: str, what: str, project: Path, environment: Mapping[str, str]
) -> str | None:
    """A token or password; ``None``: there is none, which is right where git or ssh know it.

    Args:
        target: The name of the place to publish to.
        what: ``token``, ``key`` or ``secret``.
        project: The project's folder, in which no secret may be.
        environment: The environment's variables.

    Raises:
        `HostError`: the file can be read by others, or is in the project.
    """
    name = variable(target, what)
    if value := environment.get(name):
        return value
    found = _in_file(secrets_file(environment), name, project)
    return found if found is not None else _in_keyring(name)


def keep_secret(
    target: str, what: str, value: str, project: Path, environment: Mapping[str, str]
) -> Path:
    """Keep a token or password in the file outside the project, which only the coach may read; answers which file.

    Args:
        target: The name of the place to publish to.
        what: ``token``, ``key`` or ``secret``.
        value: It itself; an empty one is forgotten.
        project: The project's folder, in which no secret may be.
        environment: The environment's variables.

    Raises:
        `HostError`: the file can be read by others, is in the project, or cannot be written.
    """
    name, file = variable(target, what), secrets_file(environment)
    check_secrets(project, environment)
    if not value and _in_file(file, name, project) is None:
        return file
    try:
        make_private_folder(file.parent)
        before = file.read_text("utf-8").splitlines() if file.exists() else []
        lines = [line for line in before if line.partition("=")[0].strip() != name]
        if value:
            lines.append(f"{name}={value}")
        write_bytes(file, "".join(f"{line}\n" for line in lines).encode("utf-8"), private=True)
    except OSError as error:
        why = (error.strerror or "it cannot be written").lower()
        raise _cannot_be_kept(file, why) from None
    return file


def check_secrets(project: Path, environment: Mapping[str, str]) -> None:
    """Whether a secret can be kept, before anything is written elsewhere that needs it.

    Raises:
        `HostError`: the file can be read by others, is in the project, or cannot be written.
    """
    file = secrets_file(environment)
    _in_file(file, "", project)
    if file.resolve().is_relative_to(project.resolve()):
        raise _in_the_project(file)
    there = next(at for at in (file.parent, *file.parent.parents) if os.path.lexists(at))
    if not there.is_dir() or file.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        raise _cannot_be_kept(file, "it cannot be written there")


def _cannot_be_kept(file: Path, why: str) -> HostError:
    return HostError(
        f"the secret cannot be kept ({why})",
        "check that you may write there, and that the disk has room",
        where=str(file),
    )


def _in_the_project(file: Path) -> HostError:
    return HostError(
        "secrets are in the project's folder, which is copied and shown to others",
        "move the file out of it",
        where=str(file),
    )


def _in_file(file: Path, name: str, project: Path) -> str | None:
    try:
        at = file.stat()
        if not stat.S_ISREG(at.st_mode):
            return None
        if file.resolve().is_relative_to(project.resolve()):
            raise _in_the_project(file)
        if os.name == "posix" and at.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise HostError(
                "other people on this computer can read this file with your secrets",
                f"make it yours alone: chmod 600 {file}",
                where=str(file),
            )
        lines = file.read_text("utf-8").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError):
        raise HostError(
            "this file with secrets cannot be read",
            "check its permissions, and save it as UTF-8",
            where=str(file),
        ) from None
    for line in lines:
        key, sign, value = line.partition("=")
        if sign and key.strip() == name:
            return value.strip().strip("\"'") or None
    return None


def _in_keyring(name: str) -> str | None:
    """From the system's keyring, if the library for it is installed and works here."""
    try:
        keyring = importlib.import_module("keyring")
        found = keyring.get_password("kinopress", name)
    except Exception:
        return None
    return found if isinstance(found, str) else None
