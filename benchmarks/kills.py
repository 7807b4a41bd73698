"""What readers have after a publication is killed: a hundred times each to a folder, a branch, S3 and over ssh.

    .venv/bin/python benchmarks/kills.py            100 kills of each
    .venv/bin/python benchmarks/kills.py 20 s3      fewer, or of one
    .venv/bin/python benchmarks/kills.py 100 aimed  S3, each within the moments in which pages take the place of others

Each run publishes another release and gets SIGKILL at a random moment of it. Then every page must be whole, of
the release before or of the new one, and find the films it names; where a host switches in one step, all pages must
be of one release. The record must be readable. Now and then a run is left to end, and all must be new.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from publish import servers
from publish.killed import measure


def main() -> None:
    """Each kind of host, or those that are named."""
    words = sys.argv[1:]
    kills = int(words[0]) if words else 100
    wanted = words[1:] or ["folder", "branch", "s3", "aimed", "link", "real"]
    with tempfile.TemporaryDirectory() as made, ExitStack() as stack:
        root = Path(made)
        for name in ("s3", "sshd", "sources"):
            (root / name).mkdir()
        about: dict[str, object] = {"sources": str(root / "sources")}
        if "folder" in wanted:
            web = root / "folder/web"
            web.parent.mkdir()
            measure("a folder", about | {"kind": "folder", "folder": str(web)}, web, kills, print)
        if "branch" in wanted:
            repository = root / "branch/site.git"
            subprocess.run(["git", "init", "--quiet", "--bare", str(repository)], check=True)
            branch = about | {"kind": "branch", "repository": str(repository)}
            measure("a branch", branch, root / "branch/web", kills, print)
        if {"s3", "aimed"} & {*wanted}:
            bucket = stack.enter_context(servers.s3(root / "s3"))
            store = about | {"kind": "s3", "bucket": asdict(bucket)}
            web = root / "s3/films"
            if "s3" in wanted:
                measure("s3", store, web, kills, print)
            if "aimed" in wanted:
                for_web = "s3, while pages change"
                measure(for_web, store | {"aimed": True}, web, kills, print)
        if {"link", "real"} & {*wanted}:
            sshd = stack.enter_context(servers.sshd(root / "sshd"))
            login = about | {"kind": "ssh", "port": sshd.port, "options": sshd.options}
            for kind, name in (("link", "ssh, a link"), ("real", "ssh, a real folder")):
                if kind in wanted:
                    web = root / kind / "web"
                    web.parent.mkdir()
                    if kind == "real":
                        web.mkdir()
                        (web / "hers.txt").write_text("hers")
                    measure(name, login | {"folder": str(web)}, web, kills, print)


if __name__ == "__main__":
    main()
