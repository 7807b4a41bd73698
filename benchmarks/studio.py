"""How much memory the studio takes while a large film is sent to it, and how fast that is.

.venv/bin/python benchmarks/studio.py            # 300 MB
.venv/bin/python benchmarks/studio.py 2000       # in MB
.venv/bin/python benchmarks/studio.py 300 a-copy # to the studio of a whole site, in which a week's clicks were made before: every
#                                                  screen opened, a client begun, their plan typed in, made, encrypted, read back
.venv/bin/python benchmarks/studio.py 300 a-copy build # and which has built it, to see what a job leaves behind

The copy is written to: never give it the site itself. PYTHONPYCACHEPREFIX with a folder that is not there makes it the very
first start from source; PYTHONDONTWRITEBYTECODE, one where nothing that was compiled may be kept.

Memory is what Linux has noted as the most that the studio's process ever had, so whatever came and went before counts too.
"Together" is what it and the processes that it had started had at the worst of the moments that were looked at
during the upload, with what they share counted once.
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
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlencode

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
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    opened = _open_screens(connection, headers)
    print(f"screens opened: {_memory_mb(studio.pid):.1f} MB")
    if len(sys.argv) > 2:
        _click_a_client(connection, headers)
        print(f"a client's plan begun, typed in, made, shared: {_memory_mb(studio.pid):.1f} MB")
    if page := next((one for one in opened if one.startswith("/write/page?path=")), None):
        # Somebody has typed in a page as well, with its text as readers will have it beside the field.
        path = unquote(page.partition("path=")[2])
        connection.request(
            "POST",
            "/write/beside",
            urlencode({"path": path, "body": "A text."}),
            {**headers, **kind},
        )
        connection.getresponse().read()
    if len(sys.argv) > 3:
        connection.request("POST", "/publish", "", {**headers, **kind})
        connection.getresponse().read()
        _wait_for_jobs(connection, headers)
    form = urlencode({"name": "large.mov", "size": size, "changed": "1"})
    connection.request("POST", "/uploads", form, {**headers, **kind})
    film = json.loads(connection.getresponse().read())["id"]
    before_mb = _memory_mb(studio.pid)
    begun_s = time.perf_counter()
    piece = bytes(SLICE_BYTES)
    together_mb = 0.0
    for at in range(0, size - SLICE_BYTES, SLICE_BYTES):
        connection.request("PUT", f"/uploads/{film}?offset={at}", piece, headers)
        connection.getresponse().read()
        together_mb = max(together_mb, _together_mb(studio.pid))
    took_s = time.perf_counter() - begun_s
    after_mb = _memory_mb(studio.pid)
    print(
        f"{len(opened)} screens opened; {size / 1e6:.0f} MB in {took_s:.1f} s; memory {before_mb:.1f} MB before,"
        f" {after_mb:.1f} MB at most; together {together_mb:.0f} MB"
    )


def _open_screens(connection: http.client.HTTPConnection, headers: dict[str, str]) -> list[str]:
    """Open every screen that another one leads to, one page of each kind of address for all of them."""
    opened = []
    waiting, seen = ["/"], set()
    while waiting:
        address = waiting.pop()
        kind = re.sub(r"=[^&]*", "", address)
        if kind in seen:
            continue
        seen.add(kind)
        opened.append(address)
        connection.request("GET", address, headers={**headers, "Accept": "text/html"})
        answer = connection.getresponse()
        page = answer.read().decode("utf-8", "replace")
        if answer.status == 200 and "text/html" in answer.headers.get("content-type", ""):
            waiting += [unescape(found) for found in re.findall(r'href="(/[^"#]*)', page)]
    return opened


class _Typed(HTMLParser):
    """What a browser would send of the one form of a page that goes to an address."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self._action, self._inside, self._select = action, False, ""
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        name = said.get("name", "")
        if tag == "form":
            self._inside = re.split("[?#]", said.get("action", ""))[0] == self._action
        elif not self._inside:
            return
        elif tag == "input" and (said.get("type") != "checkbox" or "checked" in said):
            self.fields[name] = said.get("value", "")
        elif tag == "textarea":
            self.fields[name] = ""
        elif tag == "select":
            self._select = name
            self.fields[name] = ""
        elif tag == "option" and "selected" in said:
            self.fields[self._select] = said.get("value", "")


def _click_a_client(connection: http.client.HTTPConnection, headers: dict[str, str]) -> None:
    """Begin a client's plan and do with it what a coach does in a week."""

    def send(address: str, **fields: str) -> str:
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}
        connection.request("POST", address, urlencode(fields), {**headers, **kind})
        answer = connection.getresponse()
        page = answer.read().decode()
        if answer.status == 303:
            return get(answer.headers["location"])
        if answer.status != 200:
            raise SystemExit(f"{address}: {answer.status}\n{page}")
        return page

    def get(address: str) -> str:
        connection.request("GET", address, headers={**headers, "Accept": "text/html"})
        return connection.getresponse().read().decode()

    def typed(page: str, action: str) -> dict[str, str]:
        found = _Typed(action)
        found.feed(page)
        return found.fields

    begun = typed(get("/clients"), "/clients")
    plans = re.findall(r'<option value="([a-z0-9-]+)"', get("/clients"))
    begin = {
        "name": f"bench-{int(time.time())}",
        "agreed": "yes",
        "from": plans[0] if plans else "",
    }
    page = send("/clients", **begun | begin)
    for find in ("hamstring", "knee pain"):
        page = send(
            "/clients/plan", **typed(page, "/clients/plan") | {"find": find, "action": "find"}
        )
        if found := re.search(r'value="(add:[^"]+)"', page):
            page = send("/clients/plan", **typed(page, "/clients/plan") | {"action": found[1]})
    words = {"body": "Begin gently.", "find": "", "action": "save"}
    page = send("/clients/plan", **typed(page, "/clients/plan") | words)
    page = send("/clients/plan", **typed(page, "/clients/plan") | {"find": "", "action": "make"})
    if "Made: " not in page:
        raise SystemExit(f"no file was made:\n{page}")
    page = send("/clients/share", **typed(page, "/clients/share") | {"opens": "link"})
    if "Encrypted: " not in page:
        raise SystemExit(f"nothing was encrypted:\n{page}")
    send("/clients/share", **typed(page, "/clients/share") | {"action": "unshare"})
    get("/clients")


def _wait_for_jobs(connection: http.client.HTTPConnection, headers: dict[str, str]) -> None:
    while True:
        connection.request("GET", "/jobs?since=0", headers=headers)
        jobs = json.loads(connection.getresponse().read())
        if jobs and all(job["state"] in ("done", "failed", "stopped") for job in jobs):
            print(*(f"{job['key']}: {job['state']}" for job in jobs))
            return
        time.sleep(0.5)


def _together_mb(process: int) -> float:
    """What a process and all that it started have in memory (Linux)."""
    mb = 0.0
    waiting = [process]
    while waiting:
        of = waiting.pop()
        try:
            rollup = Path(f"/proc/{of}/smaps_rollup").read_text("utf-8")
            for task in Path(f"/proc/{of}/task").iterdir():
                waiting += map(int, (task / "children").read_text("utf-8").split())
        except OSError:  # it has ended meanwhile
            continue
        found = re.search(r"Pss:\s+(\d+) kB", rollup)
        mb += int(found[1]) / 1000 if found else 0.0
    return mb


def _memory_mb(process: int) -> float:
    """The most that a process has had in memory (Linux)."""
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) / 1000 if found else 0.0


if __name__ == "__main__":
    main()
