"""Real servers on this computer, started for a while: sshd, rclone's for S3, nginx."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from kinopress.publish.hosts.s3 import Bucket
from publish.hosts import free_port, wait_for

_NGINX = """\
daemon off;
worker_processes 2;
pid {folder}/pid;
error_log stderr;
events {{}}
http {{
  include /etc/nginx/mime.types;
  {types}
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
    root {web};
  }}
}}
"""


@dataclass(frozen=True, slots=True)
class Sshd:
    """A running server: its port, and what ssh needs to log in there."""

    port: int
    options: tuple[str, ...]


def program(name: str) -> str:
    """Where a program of the system is."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if found is None:
        pytest.fail(f"{name} is needed: install openssh-server, openssh-client, rsync and nginx")
    return found


@contextmanager
def _running(argv: Sequence[str], folder: Path, port: int) -> Iterator[None]:
    with (folder / "log").open("wb") as log:
        running = subprocess.Popen(argv, stdout=log, stderr=log)
    try:
        wait_for(port, running)
        yield
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(30)


@contextmanager
def sshd(folder: Path) -> Iterator[Sshd]:
    """An sshd of our own, with keys of its own in a folder, that knows nobody else."""
    program("rsync")
    keygen = program("ssh-keygen")
    for name in ("host", "client"):
        subprocess.run(
            [keygen, "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True
        )
    shutil.copy(folder / "client.pub", folder / "authorized")
    port = free_port()
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # sshd asks for it
    settings = [
        *(f"HostKey {folder / 'host'}", f"AuthorizedKeysFile {folder / 'authorized'}"),
        *("StrictModes no", "UsePAM no", "PidFile none", "PermitRootLogin yes"),
        *("ListenAddress 127.0.0.1", f"Port {port}", "MaxStartups 100"),
        "SetEnv SHLVL=3",  # bash then reads no settings of the account that runs the tests
    ]
    (folder / "settings").write_text("\n".join(settings) + "\n")
    options = (
        *("-F", "none", "-i", str(folder / "client"), "-o", "IdentitiesOnly=yes"),
        *("-o", f"UserKnownHostsFile={folder / 'known'}", "-o", "StrictHostKeyChecking=accept-new"),
        *("-o", "LogLevel=ERROR"),
    )
    with _running([program("sshd"), "-D", "-e", "-f", str(folder / "settings")], folder, port):
        yield Sshd(port, options)


@contextmanager
def s3(folder: Path) -> Iterator[Bucket]:
    """A bucket of rclone's server, which keeps it in ``films`` in a folder."""
    port = free_port()
    rclone = str(Path(sys.executable).with_name("rclone"))
    (folder / "films").mkdir()
    own = ["--config", str(folder / "none.conf"), "--auth-key", "key,secretsecret"]
    argv = [rclone, "serve", "s3", *own, "--addr", f"127.0.0.1:{port}", str(folder)]
    with _running(argv, folder, port):
        yield Bucket("films", "", f"http://127.0.0.1:{port}", "us-east-1", "key", "secretsecret")


@contextmanager
def nginx(folder: Path, web: Path, types: str) -> Iterator[str]:
    """The address at which nginx gives a folder to readers.

    Args:
        folder: For what nginx itself needs.
        web: The folder.
        types: More lines of its settings.
    """
    port = free_port()
    words = _NGINX.format(folder=folder, port=port, web=web, types=types)
    if os.geteuid() == 0:
        words = f"user root;\n{words}"
    (folder / "settings").write_text(words)
    argv = [program("nginx"), "-c", str(folder / "settings"), "-e", "stderr"]
    with _running(argv, folder, port):
        yield f"http://127.0.0.1:{port}"
