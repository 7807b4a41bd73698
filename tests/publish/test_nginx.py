"""A folder behind a real web server, as hosts have it: types, parts of films, and no moment with half a site."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kinopress.publish.answers import complaints, over_http, sample, wait_until_live
from kinopress.publish.hosts.folder import Folder
from kinopress.publish.record import HostFile
from publish import servers
from publish.hosts import local_site, put_back, run, site
from support.command import HANGS_S

_TYPES = "types { text/vtt vtt; text/javascript js; }"
"""What the guide asks for: as it comes, nginx has no type for captions."""


@pytest.fixture(params=[_TYPES], ids=["types"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where nginx gives the folder ``web`` to readers."""
    (tmp_path / "nginx").mkdir()
    with servers.nginx(tmp_path / "nginx", tmp_path / "web", request.param) as running:
        yield running


def _asked(address: str, files: dict[str, HostFile]) -> list[str]:
    every = sample(files, [])
    return [what for _, what in complaints(address, files, every, over_http)]


def test_readers_get_every_kind_of_file_as_it_is_and_films_in_parts(
    address: str, tmp_path: Path
) -> None:
    contents = site(1) | {"assets/web/main-IAQAVDPE.js": b"0", "assets/a.css": b"a{}"}
    contents |= {"feed.xml": b"<a/>", "media/0123456789abcdef/a.avif": b"avif"}
    local = local_site(tmp_path / "1", contents)
    run(Folder(tmp_path / "web"), local)
    assert wait_until_live(address, local.id, wait_s=0, ask=over_http) == ""
    assert _asked(address, dict(local.files)) == []


@pytest.mark.parametrize("address", [""], indirect=True, ids=["as-it-comes"])
def test_a_server_that_sends_captions_without_a_type_is_named(address: str, tmp_path: Path) -> None:
    local = local_site(tmp_path / "1", site(1))
    run(Folder(tmp_path / "web"), local)
    (said,) = _asked(address, dict(local.files))
    assert "browsers need text/vtt" in said


def test_no_reader_meets_half_a_site_while_it_changes(address: str, tmp_path: Path) -> None:
    web, versions = tmp_path / "web", 6
    locals_ = [local_site(tmp_path / str(n), site(n, pages=20)) for n in range(versions)]
    run(Folder(web), locals_[0])
    over, bad, seen = threading.Event(), [], set()
    paths = ["/", *(f"/page-{n}/" for n in range(20)), "/media/0123456789abcdef/film.mp4"]

    def reads() -> None:
        """Page after page: once one is of a release, no later one is of the release before."""
        client = http.client.HTTPConnection(address.removeprefix("http://"), timeout=HANGS_S)
        newest = 0
        is_last = False
        while not is_last:
            is_last = over.is_set()  # and then once more
            for path in paths:
                client.request("GET", path)
                answer = client.getresponse()
                data = answer.read()
                if answer.status != http.HTTPStatus.OK:
                    bad.append(f"{path}: {answer.status}")
                elif path.endswith(".mp4"):
                    bad.extend([f"{path} is torn"] * (data != site(0)[path[1:]]))
                else:
                    version = int(data.split()[1].rstrip(b","))
                    expected = site(version, pages=20)[f"{path[1:]}index.html"]
                    if data != expected or version < newest:
                        bad.append(f"{path}: {data!r} after version {newest}")
                    newest = max(newest, version)
        seen.add(newest)
        client.close()

    readers = [threading.Thread(target=reads) for _ in range(2)]
    for one in readers:
        one.start()
    try:
        for local in locals_[1:]:
            run(Folder(web), local)
    finally:
        over.set()
        for one in readers:
            one.join()
    assert bad == []
    assert seen == {versions - 1}
    put_back(Folder(web))
    assert over_http("GET", f"{address}/", {}).body == site(versions - 2)["index.html"]
