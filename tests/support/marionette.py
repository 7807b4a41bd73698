"""Firefox, driven by its own protocol: Playwright has a Firefox of its own alone, and readers have this one."""

from __future__ import annotations

import contextlib
import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from support.command import HANGS_S

NAMES = ("firefox-esr", "firefox")
_LOOKS_S = 0.1
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
# No address but a file's leads anywhere.
_SETTINGS = {
    "marionette.port": 0,
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "network.proxy.no_proxies_on": "",
    "network.proxy.allow_hijacking_localhost": True,
    "app.update.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
    "browser.shell.checkDefaultBrowser": False,
}


def find_firefox() -> str | None:
    """The program, if it is there."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


class Firefox:
    """A running Firefox with one window."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=HANGS_S)
        self._read = self._socket.makefile("rb")
        self._number = 0
        self._heard()
        self.ask("WebDriver:NewSession", {})

    def ask(self, command: str, values: dict[str, Any]) -> Any:
        """What it answers to a command; what it refuses is an error."""
        self._number += 1
        said = json.dumps([0, self._number, command, values]).encode()
        self._socket.sendall(str(len(said)).encode() + b":" + said)
        _, _, error, result = self._heard()
        assert error is None, error
        return result

    def _heard(self) -> Any:
        length = b""
        while (letter := self._read.read(1)) != b":":
            assert letter, "Firefox has gone"
            length += letter
        return json.loads(self._read.read(int(length)))

    def open(self, file: Path) -> None:
        self.ask("WebDriver:Navigate", {"url": file.as_uri()})

    def find(self, selector: str) -> list[str]:
        """The elements of a selector."""
        found = self.ask("WebDriver:FindElements", {"using": "css selector", "value": selector})
        return [one[_ELEMENT] for one in found]

    def wait_for(self, selector: str) -> str:
        """The first element of a selector, as soon as it is there."""
        until = time.monotonic() + HANGS_S
        while not (found := self.find(selector)):
            assert time.monotonic() < until, selector
            time.sleep(_LOOKS_S)
        return found[0]

    def click(self, element: str) -> None:
        self.ask("WebDriver:ElementClick", {"id": element})

    def run(self, script: str, *arguments: Any) -> Any:
        """What a function's text returns."""
        return self.ask("WebDriver:ExecuteScript", {"script": script, "args": list(arguments)})[
            "value"
        ]

    def quit(self) -> None:
        with contextlib.suppress(OSError, AssertionError):
            self.ask("Marionette:Quit", {"flags": ["eForceQuit"]})
        self._read.close()
        self._socket.close()


@contextmanager
def firefox(profile: Path, *, local: bool = False) -> Iterator[Firefox]:
    """Start it with a profile of its own and no network; ``local``: but for this computer's own addresses."""
    program = find_firefox()
    assert program is not None
    profile.mkdir()
    settings = {**_SETTINGS, "network.proxy.allow_hijacking_localhost": not local}
    lines = [f'user_pref("{name}", {json.dumps(value)});\n' for name, value in settings.items()]
    (profile / "user.js").write_text("".join(lines), "utf-8")
    with subprocess.Popen(
        [program, "--headless", "--no-remote", "--marionette", "--profile", str(profile)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            running = Firefox(_port(process, profile))
            yield running
            running.quit()
        finally:
            process.terminate()


def _port(process: subprocess.Popen[bytes], profile: Path) -> int:
    """The port that it has chosen, which it writes into its profile."""
    until = time.monotonic() + HANGS_S
    while time.monotonic() < until:
        assert process.poll() is None, "Firefox has ended"
        with contextlib.suppress(OSError, ValueError):
            port = int((profile / "MarionetteActivePort").read_text())
            with socket.create_connection(("127.0.0.1", port)):
                return port
        time.sleep(_LOOKS_S)
    raise AssertionError("Firefox does not answer")
