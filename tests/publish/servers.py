"""Real servers on this computer, started for a while: sshd, rclone's for S3, nginx."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from kinopress.publish.hosts.s3 import Bucket
from publish.hosts import wait_for
from support.command import HANGS_S
from support.ports import quiet_port

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
    {lines}
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
        pytest.fail(
            f"{name} is needed: install openssh-server, openssh-client, rsync, nginx, apache2-bin and caddy"
        )
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
        running.wait(HANGS_S)


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
    port = quiet_port()
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
    port = quiet_port()
    rclone = str(Path(sys.executable).with_name("rclone"))
    (folder / "films").mkdir()
    own = ["--config", str(folder / "none.conf"), "--auth-key", "key,secretsecret"]
    argv = [rclone, "serve", "s3", *own, "--addr", f"127.0.0.1:{port}", str(folder)]
    with _running(argv, folder, port):
        yield Bucket("films", "", f"http://127.0.0.1:{port}", "us-east-1", "key", "secretsecret")


@contextmanager
def nginx(folder: Path, web: Path, types: str, lines: str = "") -> Iterator[str]:
    """The address at which nginx gives a folder to readers.

    Args:
        folder: For what nginx itself needs.
        web: The folder.
        types: More lines of its settings.
        lines: More lines of its part ``server``.
    """
    port = quiet_port()
    words = _NGINX.format(folder=folder, port=port, web=web, types=types, lines=lines)
    if os.geteuid() == 0:
        words = f"user root;\n{words}"
    (folder / "settings").write_text(words)
    argv = [program("nginx"), "-c", str(folder / "settings"), "-e", "stderr"]
    with _running(argv, folder, port):
        yield f"http://127.0.0.1:{port}"


def nginx_site(folder: Path, web: Path, lines: str) -> AbstractContextManager[str]:
    """The address at which nginx gives a folder to readers, with lines of settings for its part ``server``."""
    return nginx(folder, web, "", lines)


_APACHE = """\
ServerRoot {folder}
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
PidFile {folder}/pid
ErrorLog {folder}/errors
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule dir_module {modules}/mod_dir.so
LoadModule mime_module {modules}/mod_mime.so
LoadModule filter_module {modules}/mod_filter.so
LoadModule deflate_module {modules}/mod_deflate.so
LoadModule headers_module {modules}/mod_headers.so
LoadModule setenvif_module {modules}/mod_setenvif.so
TypesConfig /etc/mime.types
DocumentRoot {web}
<Directory {web}>
  AllowOverride All
  Require all granted
</Directory>
"""


@contextmanager
def apache(folder: Path, web: Path, lines: str) -> Iterator[str]:
    """The address at which Apache gives a folder to readers, with lines in its ``.htaccess``."""
    port = quiet_port()
    (web / ".htaccess").write_text(lines)
    words = _APACHE.format(folder=folder, port=port, web=web, modules="/usr/lib/apache2/modules")
    if os.geteuid() == 0:
        words += "User www-data\nGroup www-data\n"
        for each in (web, *web.parents):
            mode = each.stat().st_mode
            if each.is_relative_to(tempfile.gettempdir()) and mode & 0o055 != 0o055:
                each.chmod(mode | 0o055)
    (folder / "settings").write_text(words)
    argv = [program("apache2"), "-f", str(folder / "settings"), "-D", "FOREGROUND"]
    with _running(argv, folder, port):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def caddy(folder: Path, web: Path, lines: str) -> Iterator[str]:
    """The address at which Caddy gives a folder to readers, with lines in the site's part of its settings."""
    port = quiet_port()
    head = "{\n  admin off\n  auto_https off\n}\n"
    words = f"{head}http://127.0.0.1:{port} {{\n  root * {web}\n{lines}\n  file_server\n}}\n"
    (folder / "settings").write_text(words)
    settings = str(folder / "settings")
    own = [f"XDG_CONFIG_HOME={folder}", f"XDG_DATA_HOME={folder}"]  # it keeps notes of each run
    argv = ["env", *own, program("caddy"), "run", "--adapter", "caddyfile", "--config", settings]
    with _running(argv, folder, port):
        yield f"http://127.0.0.1:{port}"
