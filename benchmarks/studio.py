"""How much memory the studio takes while a large film is sent to it, and how fast that is.

.venv/bin/python benchmarks/studio.py            # 300 MB
.venv/bin/python benchmarks/studio.py 2000       # in MB
.venv/bin/python benchmarks/studio.py 300 a-copy # to the studio of a whole site, whose pages it has in memory as well
"""

from __future__ import annotations

import http.client
import json
import re
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

SETTINGS = "site_name: A site\ntheme: {name: material}\nplugins: [kinopress]\n"
SLICE_BYTES = 16 * 1024 * 1024
"""As the studio's own page sends."""


def main() -> None:
    """Start a studio, send it bytes as its page does, and say what it took."""
    size = int(sys.argv[1] if len(sys.argv) > 1 else "300") * 1_000_000
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as made:
        folder = sys.argv[2] if len(sys.argv) > 2 else made
        (Path(made) / "mkdocs.yml").write_text(SETTINGS, "utf-8")
        command = [sys.executable, "-m", "kinopress.cli.main", "studio", "--no-open"]
        with subprocess.Popen(
            [*command, "--port", str(port), "--project", folder], stdout=subprocess.PIPE, text=True
        ) as studio:
            try:
                _send(studio, port, size)
            finally:
                studio.terminate()


def _send(studio: subprocess.Popen[str], port: int, size: int) -> None:
    assert studio.stdout is not None
    said = ""
    while "token=" not in said:
        said = studio.stdout.readline()
        if not said:
            raise SystemExit("the studio did not start (above)")
    link = re.search(r"/start\S+", said)
    assert link is not None
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        try:
            connection.request("GET", link[0])
            break
        except OSError:
            time.sleep(0.1)
    answer = connection.getresponse()
    answer.read()
    headers = {
        "Cookie": answer.headers["set-cookie"].partition(";")[0],
        "Origin": f"http://127.0.0.1:{port}",
        "Sec-Fetch-Site": "same-origin",
    }
    form = urlencode({"name": "large.mov", "size": size, "changed": "1"})
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/uploads", form, {**headers, **kind})
    film = json.loads(connection.getresponse().read())["id"]
    before_mb = _memory_mb(studio.pid)
    begun_s = time.perf_counter()
    piece = bytes(SLICE_BYTES)
    for at in range(0, size - SLICE_BYTES, SLICE_BYTES):
        connection.request("PUT", f"/uploads/{film}?offset={at}", piece, headers)
        connection.getresponse().read()
    took_s = time.perf_counter() - begun_s
    after_mb = _memory_mb(studio.pid)
    print(
        f"{size / 1e6:.0f} MB in {took_s:.1f} s; memory {before_mb:.0f} MB before, {after_mb:.0f} MB at most"
    )


def _memory_mb(process: int) -> float:
    """The most that a process has had in memory (Linux)."""
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) / 1000 if found else 0.0


if __name__ == "__main__":
    main()
