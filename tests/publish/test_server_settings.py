"""The settings for web servers, behind real ones: types, parts of films, compression, lifetimes and the policy."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kinopress.publish.answers import over_http
from kinopress.publish.server_settings import for_apache, for_caddy, for_nginx, hosts_file
from publish import servers

POLICY = "default-src 'none'; script-src 'self'"
_LONG = b"a" * 5000
NUMBER = "abcdefghijkmnpqrstuvwxyz23"
FILES = {
    "index.html": b"<!doctype html>" + _LONG,
    "plans/hip/index.html": b"<!doctype html>",
    "sw.js": b"//" + _LONG,
    "release.json": b"{}",
    "manifest.webmanifest": b"{}",
    "videos/hip.en.vtt": b"WEBVTT\n",
    "assets/kinopress.css": b"a{}" + b" " * 5000,
    "assets/web/main-IAQAVDPE.js": b"//" + _LONG,
    "media/43721f8af61b6024/h264-720.mp4": b"0123456789" * 100,
    "figures/clam-4f3d7249fa/moving.svg": b"<svg/>" + b" " * 5000,
    f"p/{NUMBER}/index.html": b"<!doctype html>",
    f"p/{NUMBER}/plan.bin": b"sealed",
    "p/index.html": b"<!doctype html>",
    "p/withdrawn.txt": b"",
    "p/word/index.html": b"<!doctype html>",
    "bare/note.txt": b"no page of its own",
}
_YEAR = "public, max-age=31536000, immutable"
_MINUTES = "public, max-age=300, must-revalidate"
_AGAIN = "public, max-age=0, must-revalidate"
KEPT = {
    "": _AGAIN,
    "plans/hip/": _AGAIN,
    "manifest.webmanifest": _AGAIN,
    "sw.js": "no-cache",
    "release.json": "no-store",
    "videos/hip.en.vtt": _MINUTES,
    "assets/kinopress.css": _MINUTES,
    "assets/web/main-IAQAVDPE.js": _YEAR,
    "media/43721f8af61b6024/h264-720.mp4": _YEAR,
    "figures/clam-4f3d7249fa/moving.svg": _YEAR,
    f"p/{NUMBER}/": "private, no-store",
    f"p/{NUMBER}/plan.bin": "private, no-store",
    "p/": "private, no-store",
    "p/withdrawn.txt": "private, no-store",
    "p/word/": _AGAIN,
}
TYPES = {
    "": "text/html; charset=utf-8",
    "sw.js": "text/javascript; charset=utf-8",
    "manifest.webmanifest": "application/manifest+json",
    "videos/hip.en.vtt": "text/vtt; charset=utf-8",
    "assets/kinopress.css": "text/css; charset=utf-8",
    "media/43721f8af61b6024/h264-720.mp4": "video/mp4",
    "figures/clam-4f3d7249fa/moving.svg": "image/svg+xml",
}


@pytest.fixture(scope="module", params=["nginx", "apache", "caddy"])
def address(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Where a real server gives a site in a folder to readers, with the settings made for it."""
    folder = tmp_path_factory.mktemp(request.param)
    for path, data in FILES.items():
        file = folder / "web/clubs/coach" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    (folder / "own").mkdir()
    run, settings = {
        "nginx": (servers.nginx_site, for_nginx),
        "apache": (servers.apache, for_apache),
        "caddy": (servers.caddy, for_caddy),
    }[request.param]
    with run(folder / "own", folder / "web", settings(POLICY)) as running:
        yield f"{running}/clubs/coach/"


def test_each_file_has_its_type_its_lifetime_and_the_policy(address: str) -> None:
    for path, kept in KEPT.items():
        said = over_http("GET", address + path, {})
        assert said.status == 200, path
        assert said.headers["cache-control"] == kept, path
        assert said.headers["content-security-policy"] == f"{POLICY}; frame-ancestors 'self'"
        assert said.headers["x-content-type-options"] == "nosniff"
        assert said.headers["referrer-policy"] == "no-referrer"
        robots = "noindex, nofollow" if kept == "private, no-store" else None
        assert said.headers.get("x-robots-tag") == robots, path
    for path, kind in TYPES.items():
        said = over_http("GET", address + path, {})
        assert said.headers["content-type"].lower().replace("; ", ";") == kind.replace("; ", ";")


def test_no_folder_is_listed(address: str) -> None:
    """That of all encrypted pages has a blank page besides; no server of ours lists one without."""
    said = over_http("GET", f"{address}bare/", {})
    assert said.status in (403, 404)
    assert b"note" not in said.body


def test_a_film_is_given_in_parts_and_as_it_is(address: str) -> None:
    film = address + "media/43721f8af61b6024/h264-720.mp4"
    for asked, first, last in (("0-1", 0, 1), ("990-", 990, 999), ("-100", 900, 999)):
        said = over_http("GET", film, {"Range": f"bytes={asked}", "Accept-Encoding": "gzip"})
        assert said.status == 206
        assert said.headers["content-range"] == f"bytes {first}-{last}/1000"
        assert said.headers["content-length"] == str(last - first + 1)
        assert "content-encoding" not in said.headers
    assert over_http("GET", film, {"Range": "bytes=1000-"}).status == 416


@pytest.mark.parametrize(
    "path", ["", "sw.js", "assets/kinopress.css", "figures/clam-4f3d7249fa/moving.svg"]
)
def test_words_and_drawings_are_compressed(address: str, path: str) -> None:
    said = over_http("GET", address + path, {"Accept-Encoding": "gzip"})
    assert said.headers["content-encoding"] == "gzip"
    assert "accept-encoding" in said.headers["vary"].lower()


def test_hosts_that_read_a_file_of_rules_are_told_what_lasts() -> None:
    lines = hosts_file(POLICY, FILES).splitlines()
    assert lines[:2] == ["/*", f"  Content-Security-Policy: {POLICY}; frame-ancestors 'self'"]
    rules = dict(zip(lines[4::2], lines[5::2], strict=True))
    lasting = f"  Cache-Control: {_YEAR}"
    assert rules == {
        "/media/*": lasting,
        "/figures/*": lasting,
        "/assets/web/main-IAQAVDPE.js": lasting,
        "/sw.js": "  Cache-Control: no-cache",
    }


@pytest.mark.parametrize("folder", ["media", "figures"])
def test_a_folder_in_which_the_coach_has_files_is_not_said_to_last(folder: str) -> None:
    """A leaflet keeps its name when it is changed: readers would never get the new one."""
    lines = hosts_file(POLICY, [*FILES, f"{folder}/leaflet.pdf"]).splitlines()
    assert f"/{folder}/*" not in lines
    assert "/assets/web/main-IAQAVDPE.js" in lines
    assert not any(line.startswith("/pictures") for line in hosts_file(POLICY, FILES).splitlines())
