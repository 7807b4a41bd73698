"""What a host is told of its own files, and what is made of a record that is not as it should be."""

from __future__ import annotations

import json
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinopress.publish.headers import content_type, headers_of, kind_of
from kinopress.publish.limits import HOSTS, beyond, limits_of
from kinopress.publish.record import (
    Edition,
    HostFile,
    HostRelease,
    Kind,
    Retired,
    UnreadableRecord,
    id_in,
    is_page,
    is_safe_path,
    read_record,
    record_bytes,
    release_id,
)

WHEN = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)

paths = st.from_regex(r"[a-z]{1,3}(/[a-zé ]{1,3}){0,2}\.(html|json|mp4)", fullmatch=True).filter(
    is_safe_path
)
files = st.builds(
    HostFile,
    st.integers(0, 10**12),
    st.binary(min_size=32, max_size=32).map(bytes.hex),
    st.sampled_from(Kind),
)
trees = st.dictionaries(paths, files, max_size=5)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)).map(
    lambda m: m.replace(microsecond=0)
)
editions = st.builds(
    lambda tree, when, first: Edition(release_id(tree), when, "0.1.0", tree, first),
    trees,
    moments,
    st.none() | moments,
)
records = st.builds(
    HostRelease,
    st.lists(editions, max_size=3).map(tuple),
    st.dictionaries(paths, st.builds(Retired, files, moments), max_size=3),
    trees,
    st.text(max_size=5),
    st.dictionaries(paths, st.text(max_size=5), max_size=2),
)


def one_file(path: str = "index.html", size: int = 3) -> dict[str, HostFile]:
    return {path: HostFile(size, "ab" * 32, Kind.PAGE)}


def one_release(tree: dict[str, HostFile] | None = None) -> HostRelease:
    tree = one_file() if tree is None else tree
    return HostRelease((Edition(release_id(tree), WHEN, "0.1.0", tree),))


@given(records)
def test_what_is_written_is_read_again(record: HostRelease) -> None:
    assert read_record(record_bytes(record)) == record
    assert id_in(record_bytes(record)) == record.id


@given(st.binary(max_size=40) | st.text(max_size=40).map(str.encode))
def test_what_is_not_a_record_is_said_to_be_damaged(data: bytes) -> None:
    with pytest.raises(UnreadableRecord) as found:
        read_record(data)
    assert not found.value.newer


DAMAGE: dict[str, Any] = {
    "format": 0,
    "release": "0123456789abcdef",
    "releases": [{"id": "0123456789abcdef", "published": "2026-11-22T09:30:00+00:00", "program": "0.1.0"}],
    "files": [["../../etc/passwd", 3, "ab" * 32, "page", [0]]],
    "retired": [["a.html", -1, "ab" * 32, "page", "2026-11-22T09:30:00+00:00"]],
    "begun": [["a.html", 3, "ab" * 32, "song"]],
}  # fmt: skip


@pytest.mark.parametrize("key", DAMAGE)
def test_one_wrong_value_makes_the_whole_record_unusable(key: str) -> None:
    value = json.loads(record_bytes(one_release()))
    value[key] = DAMAGE[key]
    with pytest.raises(UnreadableRecord) as found:
        read_record(json.dumps(value).encode())
    assert not found.value.newer


def test_a_day_before_all_calendars_makes_the_record_unusable() -> None:
    value = json.loads(record_bytes(one_release()))
    value["releases"][0]["published"] = "0001-01-01T00:00:00+23:59"
    with pytest.raises(UnreadableRecord):
        read_record(json.dumps(value).encode())


def test_a_record_of_a_later_version_is_told_from_a_damaged_one() -> None:
    with pytest.raises(UnreadableRecord) as found:
        read_record(b'{"format": 2, "songs": []}')
    assert found.value.newer


@pytest.mark.parametrize(
    "path",
    ["", "/etc/passwd", "../a", "a/../b", "a//b", "./a", "a\\b", "C:a", ".git/config", "a/.git", "a\nb", "release.json"],
)  # fmt: skip
def test_a_path_that_leads_elsewhere_is_never_taken_for_a_file_of_the_site(path: str) -> None:
    assert not is_safe_path(path)


@pytest.mark.parametrize("path", ["index.html", "videos/clam.en.vtt", "handouts/Für Läufer 1.pdf"])
def test_paths_of_a_site_are_safe(path: str) -> None:
    assert is_safe_path(path)


def test_a_record_tells_nothing_of_the_computer_or_of_who_published() -> None:
    text = record_bytes(one_release()).decode()
    private = {platform.node(), str(Path.home()), str(Path.cwd())}
    assert [word for word in private if len(word) > 2 and word in text] == []
    assert set(json.loads(text)) == {
        *("about", "format", "site", "release", "releases", "files", "retired", "begun")
    }
    assert set(json.loads(text)["releases"][0]) == {"id", "published", "program"}


def test_releases_that_share_a_file_name_it_once() -> None:
    one, two = one_file(), {**one_file(), **one_file("clam/index.html")}
    record = HostRelease(
        tuple(Edition(release_id(tree), WHEN, "0.1.0", tree) for tree in (two, one))
    )
    assert record_bytes(record).count(b'"index.html"') == 1
    assert read_record(record_bytes(record)) == record


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("index.html", Kind.PAGE),
        ("feed.xml", Kind.PAGE),
        ("media/43721f8af61b6024/h264-720.mp4", Kind.LASTING),
        ("media/43721f8af61b6024.jpg", Kind.LASTING),
        ("figures/clam-c0b30e3f30/still-2.svg", Kind.LASTING),
        ("figures/muscles/calf-ec522bfa18.svg", Kind.LASTING),
        ("assets/web/main-IAQAVDPE.js", Kind.LASTING),
        ("assets/stylesheets/main.57a0d79d.min.css", Kind.LASTING),
        ("assets/web/kinopress.js", Kind.FILE),
        ("assets/kinopress.css", Kind.FILE),
        ("assets/finder/index.json", Kind.FILE),
        ("videos/clam.en.vtt", Kind.FILE),
        ("handouts/20261122.pdf", Kind.FILE),
        ("pictures/leaflet-20261122.pdf", Kind.FILE),
        ("pictures/20261122/leaflet.pdf", Kind.FILE),
        ("assets/leaflet-20261122.pdf", Kind.FILE),
        ("media/20261122.pdf", Kind.FILE),
        ("figures/leaflet-20261122.pdf", Kind.FILE),
        ("articles/20261122/index.html", Kind.PAGE),
    ],
)
def test_only_names_with_a_digest_of_ours_may_be_cached_for_ever(path: str, kind: Kind) -> None:
    assert kind_of(path) == kind
    assert ("immutable" in headers_of(path, kind_of(path)).cache_control) == (kind is Kind.LASTING)


def test_captions_films_and_calendars_have_the_types_that_browsers_ask_for() -> None:
    found = [content_type(f"a.{ending}") for ending in ("vtt", "mp4", "ics", "avif", "js", "odd")]
    assert found == [
        "text/vtt; charset=utf-8",
        "video/mp4",
        "text/calendar; charset=utf-8",
        "image/avif",
        "text/javascript; charset=utf-8",
        "application/octet-stream",
    ]


def test_a_host_is_known_by_the_address_of_its_repositories() -> None:
    for address in ("git@github.com:jen/site.git", "https://github.com/jen/site"):
        assert limits_of(None, address).host == "GitHub Pages"
    assert limits_of(None, "https://example.org/github.com").host == ""
    assert limits_of("cloudflare", "https://github.com/jen/site").host == "Cloudflare Pages"
    assert all(limits.source.startswith("https://") for limits in HOSTS.values())


def test_each_file_beyond_a_limit_is_named_and_so_is_a_site_that_is_too_large() -> None:
    mb = 1 << 20
    tree = {
        "a.mp4": HostFile(26 * mb, "ab" * 32, Kind.LASTING),
        "b.mp4": HostFile(25 * mb, "ab" * 32, Kind.LASTING),
    }
    assert [one.path for one in beyond(HOSTS["cloudflare"], tree)] == ["a.mp4"]
    many = {f"{i}.mp4": HostFile(99 * mb, "ab" * 32, Kind.LASTING) for i in range(10)}
    assert [one.path for one in beyond(HOSTS["github"], many)] == [None]
    assert list(beyond(HOSTS["github"], tree)) == []


def test_folders_count_where_a_host_counts_them_and_a_free_plan_takes_less() -> None:
    one = HostFile(1, "ab" * 32, Kind.PAGE)
    pages = {f"{i}/index.html": one for i in range(100_001)}
    (gitlab,) = beyond(HOSTS["gitlab"], pages)
    assert "200002 files and folders" in gitlab.what
    (paid,) = beyond(HOSTS["cloudflare"], pages)
    assert paid.stops
    (free,) = beyond(HOSTS["cloudflare"], dict(list(pages.items())[:20_001]))
    assert not free.stops
    assert "takes up to 20000 unless its plan is paid for" in free.what


def test_a_page_is_what_has_an_address_of_its_own() -> None:
    assert [path for path in PATHS if is_page(path)] == ["index.html", "exercises/clam/index.html"]


PATHS = ("index.html", "exercises/clam/index.html", "404.html", "my-index.html", "feed.xml")
