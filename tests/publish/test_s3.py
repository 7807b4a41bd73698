"""Publishing to stores that speak S3, against rclone's server: it ignores conditions, and behind conditions.py honours them."""

from __future__ import annotations

import hashlib
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import obstore
import pytest
from obstore.exceptions import NotSupportedError
from obstore.store import S3Store

from kinopress.cli.live.words import PAGE_BY_PAGE
from kinopress.publish.hosts.direct import AHEAD, Direct
from kinopress.publish.hosts.s3 import LOCK, Bucket, BucketStore
from kinopress.publish.hosts.s3_words import in_words
from kinopress.publish.limits import NO_LIMITS
from kinopress.publish.plan import LocalRelease, Step, plan_publication
from kinopress.publish.record import NAME
from kinopress.publish.target import Beside, HostError
from publish import conditions, servers
from publish.hosts import BEGINNING, linked_site, local_site, quiet, run
from support.command import HANGS_S, type_in
from support.ports import quiet_port
from support.projects import SETTINGS, page, small_project, write

BEAT_S, SILENCE_S, SETTLE_S = 0.2, 3, 1

FILM = "media/0123456789abcdef/hip circles é+%.mp4"


@pytest.fixture(
    scope="module", params=[False, True], ids=["ignores-conditions", "honours-conditions"]
)
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Bucket]:
    """A bucket of a real server."""
    folder = tmp_path_factory.mktemp("s3")
    before = None
    with servers.s3(folder) as plain:
        try:
            if request.param:
                before = conditions.serve(int(plain.endpoint.rpartition(":")[2]))
                yield replace(plain, endpoint=f"http://127.0.0.1:{before.server_port}")
            else:
                yield plain
        finally:
            if before is not None:
                before.shutdown()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def bucket(server: Bucket, request: pytest.FixtureRequest) -> Bucket:
    """A folder of its own in it, one a test."""
    name = hashlib.sha256(request.node.name.encode()).hexdigest()
    return Bucket("films", f"site/{name}", server.endpoint, server.region, "key", "secretsecret")


def _wait_until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + HANGS_S
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.02)


def _raw(bucket: Bucket) -> S3Store:
    return S3Store(
        bucket.name,
        prefix=bucket.prefix,
        endpoint=bucket.endpoint,
        region=bucket.region,
        access_key_id=bucket.key_id,
        secret_access_key=bucket.secret,
        client_options={"allow_http": True},
    )


def _target(bucket: Bucket) -> Direct:
    return Direct(_store(bucket), NO_LIMITS)


def _store(bucket: Bucket) -> BucketStore:
    return BucketStore(bucket, beat_s=BEAT_S, silence_s=SILENCE_S, settle_s=SETTLE_S)


def _contents(bucket: Bucket) -> dict[str, bytes]:
    """Everything that is there, whoever put it there."""
    raw = _raw(bucket)
    return {path: bytes(obstore.get(raw, path).bytes()) for path in _store(bucket).sizes()}


def _release(folder: Path, **texts: str) -> LocalRelease:
    return local_site(folder, {path: text.encode() for path, text in texts.items()})


def test_a_release_is_live_with_its_headers_and_the_next_one_takes_its_place(
    bucket: Bucket, tmp_path: Path
) -> None:
    first = _release(
        tmp_path / "1", **{"index.html": "home", "old/index.html": "old", FILM: "film"}
    )
    run(_target(bucket), first)
    raw = _raw(bucket)
    film = obstore.get(raw, FILM)
    assert bytes(film.bytes()) == b"film"
    assert film.attributes["Content-Type"] == "video/mp4"
    assert "immutable" in film.attributes["Cache-Control"]
    assert obstore.get(raw, NAME).attributes["Cache-Control"] == "no-store"

    second = _release(tmp_path / "2", **{"index.html": "home, again", FILM: "film"})
    sent: list[str] = []
    run(
        _target(bucket),
        second,
        BEGINNING + timedelta(days=7),
        lambda step, new: sent.append(step.path),
    )
    assert sent == ["index.html"]
    assert bytes(obstore.get(raw, "index.html").bytes()) == b"home, again"
    home = obstore.get(raw, "index.html").attributes  # it was copied to its place, and they with it
    assert home["Content-Type"].startswith("text/html")
    assert home["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert set(_store(bucket).sizes()) == {"index.html", FILM, NAME}


def test_what_is_there_is_not_sent_again_on_the_way_back(bucket: Bucket, tmp_path: Path) -> None:
    same = {"about/index.html": "about", "assets/a.css": "style", FILM: "film"}
    own = {"media/00000000deadbeef/film.mp4": "own"}
    first = _release(tmp_path / "1", **{"index.html": "one", **same, **own})
    run(_target(bucket), first)
    run(_target(bucket), _release(tmp_path / "2", **{"index.html": "two", **same}))
    sent: list[str] = []
    run(_target(bucket), first, BEGINNING, lambda step, new: sent.append(step.path))
    assert sent == ["index.html"]
    assert bytes(obstore.get(_raw(bucket), "index.html").bytes()) == b"one"


def test_what_is_beside_releases_is_kept_in_no_cache_and_goes_at_once(
    bucket: Bucket, tmp_path: Path
) -> None:
    local_site(tmp_path / "page", {"p/abc/text.bin": b"sealed", "p/abc/index.html": b"lock"})
    run(_target(bucket), _release(tmp_path / "1", **{"index.html": "home"}))
    target, paths = _target(bucket), ["p/abc/text.bin", "p/abc/index.html"]
    assert isinstance(target, Beside)
    with target.lock():
        target.read_record()
        target.put_beside(tmp_path / "page", paths)
    run(_target(bucket), _release(tmp_path / "2", **{"index.html": "again"}))
    found = obstore.get(_raw(bucket), "p/abc/index.html")
    assert bytes(found.bytes()) == b"lock"
    assert found.attributes["Content-Type"] == "text/html; charset=utf-8"
    assert found.attributes["Cache-Control"] == "private, no-store"
    assert b"p/abc" not in bytes(obstore.get(_raw(bucket), NAME).bytes())
    target = _target(bucket)
    assert isinstance(target, Beside)
    with target.lock():
        target.read_record()
        assert target.read_beside(paths[0]) == b"sealed"
        target.remove_beside(paths)
        assert target.read_beside(paths[0]) is None
        target.remove_beside(paths)
    assert set(_store(bucket).sizes()) == {"index.html", NAME}


def test_what_others_keep_in_the_bucket_stays(bucket: Bucket, tmp_path: Path) -> None:
    raw = _raw(bucket)
    obstore.put(raw, "hers/notes.txt", b"mine")
    run(_target(bucket), _release(tmp_path / "1", **{"index.html": "home"}))
    run(
        _target(bucket),
        _release(tmp_path / "2", **{"start.html": "x"}),
        BEGINNING + timedelta(days=30),
    )
    run(
        _target(bucket),
        _release(tmp_path / "3", **{"start.html": "y"}),
        BEGINNING + timedelta(days=60),
    )
    assert bytes(obstore.get(raw, "hers/notes.txt").bytes()) == b"mine"
    assert set(_store(bucket).sizes()) == {"hers/notes.txt", "start.html", NAME}


def test_a_file_deleted_by_hand_comes_back(bucket: Bucket, tmp_path: Path) -> None:
    local = _release(tmp_path / "1", **{"index.html": "home", FILM: "film"})
    run(_target(bucket), local)
    obstore.delete(_raw(bucket), [FILM])
    run(_target(bucket), local)
    assert bytes(obstore.get(_raw(bucket), FILM).bytes()) == b"film"


def test_a_run_that_broke_off_leaves_the_release_before_and_the_next_sends_only_the_rest(
    bucket: Bucket, tmp_path: Path
) -> None:
    run(_target(bucket), _release(tmp_path / "1", **{"index.html": "one"}))
    films = {f"media/{number:016x}/film.mp4": f"film {number}" for number in range(20)}
    local = _release(tmp_path / "2", **{"index.html": "two", **films})
    done: list[Step] = []

    def breaks(step: Step, sent: bool) -> None:
        done.append(step)
        if len(done) == 12:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(_target(bucket), local, tell=breaks)
    assert bytes(obstore.get(_raw(bucket), "index.html").bytes()) == b"one"
    again: list[str] = []
    run(_target(bucket), local, tell=lambda step, new: again.append(step.path))
    assert len(again) <= 21 - 12
    assert again[-1] == "index.html"
    assert bytes(obstore.get(_raw(bucket), "index.html").bytes()) == b"two"


def test_while_somebody_publishes_nobody_else_does(bucket: Bucket) -> None:
    with _store(bucket).lock(), pytest.raises(HostError) as refused, _store(bucket).lock():
        pytest.fail("two publishers at once")
    assert refused.value.busy
    with _store(bucket).lock():
        pass


def test_of_many_who_begin_at_once_one_publishes(bucket: Bucket) -> None:
    holding: list[int] = []
    most = [0]
    guard = threading.Lock()

    def one_publishes() -> None:
        try:
            with _store(bucket).lock():
                with guard:
                    holding.append(1)
                    most[0] = max(most[0], len(holding))
                time.sleep(BEAT_S)
                with guard:
                    holding.pop()
        except HostError as error:
            assert error.busy

    threads = [threading.Thread(target=one_publishes) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert most[0] == 1


def test_a_lock_that_was_left_behind_is_taken_over(bucket: Bucket) -> None:
    obstore.put(_raw(bucket), LOCK, b"of a run that was killed")
    with _store(bucket).lock():
        pass
    assert LOCK not in _store(bucket).sizes()


def test_whoever_lost_the_lock_sends_nothing_more(bucket: Bucket, tmp_path: Path) -> None:
    local = _release(tmp_path / "1", **{"index.html": "home"})
    store = _store(bucket)
    target = Direct(store, NO_LIMITS)
    with target.lock():
        plan = plan_publication(local, None, target.holdings(None, local), BEGINNING)
        obstore.put(_raw(bucket), LOCK, b"somebody else took it, after this computer slept")
        _wait_until(lambda: store.is_lost)
        with pytest.raises(HostError) as refused:
            target.send(plan, local, quiet)
    assert refused.value.busy
    assert _store(bucket).read(NAME) is None


@pytest.mark.parametrize("server", [True], indirect=True, ids=["honours-conditions"])
def test_a_write_whose_answer_was_lost_is_not_taken_for_somebody_else_s(
    bucket: Bucket, tmp_path: Path
) -> None:
    losing = conditions.Conditions.losing
    losing[:] = [LOCK, NAME]
    store = _store(bucket)
    target, local = Direct(store, NO_LIMITS), _release(tmp_path / "1", **{"index.html": "home"})
    with target.lock():
        assert LOCK not in losing
        losing.append(LOCK)  # of a beat
        _wait_until(lambda: LOCK not in losing)
        tag = obstore.get(_raw(bucket), LOCK).meta["e_tag"]
        _wait_until(lambda: obstore.get(_raw(bucket), LOCK).meta["e_tag"] != tag)
        assert not store.is_lost
        plan = plan_publication(local, None, target.holdings(None, local), BEGINNING)
        target.send(plan, local, quiet)
        assert NAME not in losing
        losing.append(NAME)
        target.switch(plan, local, quiet)
    assert losing == []
    assert bytes(obstore.get(_raw(bucket), "index.html").bytes()) == b"home"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"secret": "wrong"}, "the secret key does not belong to this access key"),
        ({"key_id": "other"}, "the store does not know this access key"),
        ({"name": "nowhere"}, "there is no such bucket"),
    ],
)
@pytest.mark.parametrize("server", [False], indirect=True, ids=["asks-for-the-key"])
def test_a_store_that_refuses_is_put_in_words(
    server: Bucket, change: dict[str, str], said: str
) -> None:
    given = {
        "name": "films",
        "prefix": "",
        "endpoint": server.endpoint,
        "region": "us-east-1",
        "key_id": "key",
        "secret": "secretsecret",
    }
    with pytest.raises(HostError) as refused:
        _store(Bucket(**{**given, **change})).sizes()
    assert refused.value.what == said
    assert "secretsecret" not in f"{refused.value.what} {refused.value.hint}"


def test_a_store_that_is_not_there_is_put_in_words(tmp_path: Path) -> None:
    nobody = Bucket("films", "", f"http://127.0.0.1:{quiet_port()}", "auto", "key", "secret")
    with pytest.raises(HostError) as refused:
        _store(nobody).sizes()
    assert "does not answer" in refused.value.what


def test_a_wrong_clock_is_said_in_minutes() -> None:
    answer = (
        "status code: 403 Forbidden: <Error><Code>RequestTimeTooSkewed</Code>"
        "<RequestTime>20261201T093000Z</RequestTime><ServerTime>2026-12-01T09:10:00Z</ServerTime></Error>"
    )
    said = in_words(answer, "films", "")
    assert said.what == "this computer's clock is 20 minutes fast, so the store refuses it"


def test_a_folder_of_the_site_may_have_the_name_of_the_folder_in_the_bucket(bucket: Bucket) -> None:
    obstore.put(_raw(bucket), f"{bucket.prefix}/index.html", b"home")
    assert _store(bucket).sizes() == {f"{bucket.prefix}/index.html": 4}


@pytest.mark.parametrize("copies", [0, 3, 7])
def test_pages_of_two_releases_lead_to_each_other_until_the_next_run(
    bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, copies: int
) -> None:
    """A store cannot change several pages in one step: here a run ends between two of them."""
    releases = [local_site(tmp_path / str(n), linked_site(n, pages=6)) for n in range(3)]
    run(_target(bucket), releases[0])
    copy, left = obstore.copy, iter(range(copies))

    def until_it_ends(*words: Any) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt
        copy(*words)

    with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
        broken.setattr(obstore, "copy", until_it_ends)
        broken.setattr("kinopress.publish.hosts.s3._IN_ONE_GO", 1)
        run(_target(bucket), releases[1])
    there = _contents(bucket)
    shown = {
        there[p].partition(b" <")[0].partition(b",")[0]
        for p in there
        if p.endswith("index.html") and AHEAD not in p
    }
    assert len(shown) == (1 if copies == 0 else 2)
    for path in (p for p in there if p.endswith("html") and AHEAD not in p and "news-1" not in p):
        for link in re.findall(r'href="/([^"]*)"', there[path].decode()):
            assert (f"{link}index.html" if link.endswith("/") or not link else link) in there, path
    run(_target(bucket), releases[2])
    there = _contents(bucket)
    assert not [path for path in there if AHEAD in path]
    assert {p: there[p] for p in releases[2].files} == linked_site(2, pages=6)


@pytest.mark.parametrize(
    "why",
    [
        NotSupportedError("A header you provided implies functionality that is not implemented"),
        # The library's own word for an object that is not there, which is none of its errors.
        FileNotFoundError("Object at location .kinopress-next/index.html not found"),
    ],
)
def test_a_store_that_cannot_copy_gets_each_page_straight(
    bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, why: Exception
) -> None:
    def refused(*words: Any) -> None:
        raise why

    monkeypatch.setattr(obstore, "copy", refused)
    release = local_site(tmp_path / "1", linked_site(1, pages=6))
    run(_target(bucket), release)
    there = _contents(bucket)
    assert {path: there[path] for path in release.files} == linked_site(1, pages=6)
    assert not [path for path in there if AHEAD in path]


def test_what_broke_off_is_told_by_status_and_put_right_by_the_next_publication(
    bucket: Bucket,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    project = small_project(tmp_path / "project")
    place = f"store: {{bucket: {bucket.name}/{bucket.prefix}, endpoint: '{bucket.endpoint}'}}"
    write(project / "mkdocs.yml", f"{SETTINGS}    publish:\n      {place}\n")
    for what, value in (("KEY", bucket.key_id), ("SECRET", bucket.secret)):
        monkeypatch.setenv(f"KINOPRESS_STORE_{what}", value)
    monkeypatch.setattr("kinopress.publish.hosts.s3._SETTLE_S", SETTLE_S)
    first = type_in(capsys, "publish", "--project", project).out
    assert PAGE_BY_PAGE not in first  # nothing was there before
    assert "broke-off" not in type_in(capsys, "status", "--project", project).out
    write(project / "docs/index.md", page("title: A small site\ndescription: Other words."))

    def never(*words: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(obstore, "copy", never)
        type_in(capsys, "publish", "--project", project)
    said = type_in(capsys, "status", "--project", project)
    assert "publish-broke-off" in said.out + said.err
    assert PAGE_BY_PAGE in type_in(capsys, "publish", "--project", project).out
    said = type_in(capsys, "status", "--project", project)
    assert "publish-broke-off" not in said.out + said.err
