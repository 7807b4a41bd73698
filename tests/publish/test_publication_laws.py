"""Whatever is published in whatever order, wherever a run breaks off and whatever is deleted by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinopress.publish.headers import Headers, kind_of
from kinopress.publish.hosts.direct import AHEAD, Direct
from kinopress.publish.limits import NO_LIMITS
from kinopress.publish.plan import (
    KEPT_FOR,
    Holdings,
    LocalRelease,
    Publication,
    Step,
    plan_publication,
)
from kinopress.publish.record import NAME, HostFile, HostRelease, Kind, read_record
from kinopress.publish.target import Told

BEGINNING = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
HERE = Path("unused")


class Broke(BaseException):
    """The run was killed here."""


def quiet(step: Step, sent: bool) -> None:
    """Nobody listens."""


class Memory:
    """A host in memory, on which each single change may be the last of a run."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.contents: Mapping[str, bytes] = {}
        """What is to be published: path → bytes."""
        self.changes_left = 10**9
        self.order: list[str] = []
        """Paths in the order in which they were put in place."""
        self.shuffled: Callable[[Sequence[Step]], Sequence[Step]] = lambda group: group
        """In which order the files of a group are put in place."""

    def _change(self) -> None:
        if self.changes_left == 0:
            raise Broke
        self.changes_left -= 1

    @contextmanager
    def lock(self) -> Iterator[None]:
        yield

    def sizes(self) -> Mapping[str, int]:
        return {path: len(data) for path, data in self.files.items()}

    def read(self, path: str) -> bytes | None:
        return self.files.get(path)

    def put(self, steps: Sequence[Step], folder: Path, told: Told) -> None:
        for step in steps:
            self._change()
            self.order.append(step.path)
            self.files[step.path] = self.contents[step.path]
            told(step, True)

    def set_aside(self, steps: Sequence[Step], folder: Path, told: Told) -> None:
        for path in [path for path in self.files if path.startswith(f"{AHEAD}/")]:
            self._change()
            del self.files[path]
        for step in steps:
            self._change()
            self.files[f"{AHEAD}/{step.path}"] = self.contents[step.path]
            told(step, True)

    def place(self, groups: Sequence[Sequence[Step]], folder: Path) -> None:
        for group in groups:
            for step in self.shuffled(group):
                self._change()
                self.order.append(step.path)
                self.files[step.path] = self.files.pop(f"{AHEAD}/{step.path}")

    def put_record(self, data: bytes, headers: Headers) -> None:
        assert headers.cache_control == "no-store"
        self._change()
        self.files[NAME] = data

    def delete(self, paths: Sequence[str]) -> None:
        for path in paths:
            self._change()
            self.files.pop(path, None)


def site(pages: Mapping[str, int], *, words: int = 0) -> dict[str, bytes]:
    """A site: page → the version of the film that it shows. Each version has a name of its own."""
    made = {"find.json": f"{words}".encode()}
    for page, version in pages.items():
        film = f"media/{hashlib.sha256(f'{page}{version}'.encode()).hexdigest()[:16]}/film.mp4"
        made[film] = f"film {page} {version}".encode()
        made[f"{page}/index.html"] = f"{words} {film}".encode()
    return made


def release_of(contents: Mapping[str, bytes]) -> LocalRelease:
    files = {
        path: HostFile(len(data), hashlib.sha256(data).hexdigest(), kind_of(path))
        for path, data in contents.items()
    }
    shown = {
        data.decode().partition(" ")[2]: path.partition("/")[0]
        for path, data in contents.items()
        if path.endswith(".html")
    }
    return LocalRelease(files, HERE, "0.1.0", films={film: shown[film] for film in shown if film})


def publish(
    host: Memory,
    contents: Mapping[str, bytes],
    now: datetime,
    breaks: int | None,
    *,
    takes_back: bool = False,
) -> Publication | None:
    """One run from the beginning; ``None``: it broke off."""
    target, local = Direct(host, NO_LIMITS), release_of(contents)
    host.contents = contents
    host.changes_left = 10**9 if breaks is None else breaks
    record = target.read_record()
    there = target.holdings(record, local)
    plan = plan_publication(local, record, there, now, takes_back=takes_back)
    assert plan.in_the_way == ()
    try:
        if not plan.nothing_to_do:
            target.send(plan, local, quiet)
            target.switch(plan, local, quiet)
    except Broke:
        return None
    return plan


sites = st.builds(
    lambda pages, words: site(pages, words=words),
    st.dictionaries(st.sampled_from("abc"), st.integers(0, 2), min_size=1, max_size=3),
    st.integers(0, 9),
)
actions = st.lists(
    st.tuples(
        sites,
        st.none() | st.integers(0, 14),  # changes of the host until the run breaks off
        st.sampled_from([timedelta(minutes=1), timedelta(days=3), timedelta(days=30), timedelta(days=-2)]),
        st.lists(st.integers(0, 20), max_size=2),  # which files somebody deletes by hand afterwards
    ),
    min_size=1,
    max_size=7,
)  # fmt: skip


def broken_pages(host: Memory) -> list[str]:
    """Pages whose film is not there."""
    return [
        path
        for path, data in host.files.items()
        if path.endswith(".html") and data.decode().partition(" ")[2] not in host.files
    ]


@settings(max_examples=300)
@given(actions)
def test_the_live_site_is_whole_at_any_moment_and_nothing_foreign_is_touched(
    steps: list[tuple[dict[str, bytes], int | None, timedelta, list[int]]],
) -> None:
    host = Memory()
    foreign = {"CNAME": b"example.org", "media/own.mp4": b"mine", "old/index.html": b"0 CNAME"}
    host.files.update(foreign)
    now, by_hand = BEGINNING, False
    for contents, breaks, later, deleted in steps:
        now += later
        plan = publish(host, contents, now, breaks)
        if not by_hand:
            assert broken_pages(host) == []
        if plan is not None:
            by_hand = False
            record = read_record(host.files[NAME])
            assert record.id == release_of(contents).id
            assert not record.begun
            assert {path: host.files.get(path) for path in contents} == contents
            assert broken_pages(host) == []
            # Nothing is there that neither we nor somebody else knows of.
            assert host.files.keys() - foreign.keys() - {NAME} <= record.ours()
            pages = {p for p in host.files if kind_of(p) is Kind.PAGE and p not in foreign}
            assert pages == {p for p in contents if kind_of(p) is Kind.PAGE}
            for one in record.editions:
                lasting = {p for p, f in one.files.items() if f.kind is Kind.LASTING}
                assert deleted or by_hand or lasting <= record.ours()
            again = publish(host, contents, now, None)
            assert again is not None
            assert again.nothing_to_do
        ours = sorted(host.files.keys() - foreign.keys() - {NAME})
        for number in deleted:
            if number < len(ours):
                host.files.pop(ours[number], None)
                by_hand = True
        assert {path: host.files.get(path) for path in foreign} == foreign
    # However it went, the next whole run puts it right.
    publish(host, steps[-1][0], now, None)
    assert {path: host.files.get(path) for path in steps[-1][0]} == steps[-1][0]
    assert broken_pages(host) == []


def test_a_film_stays_until_three_releases_are_without_it_and_a_week_has_passed() -> None:
    host, hours = Memory(), timedelta(hours=1)
    with_film = site({"a": 1})
    film = next(path for path in with_film if path.endswith(".mp4"))
    publish(host, with_film, BEGINNING, None)
    now = BEGINNING
    for words in range(3):  # three releases within hours
        now += hours
        publish(host, site({"b": 1}, words=words), now, None)
    assert film in host.files
    publish(host, site({"b": 1}, words=8), BEGINNING + KEPT_FOR, None)
    assert film in host.files  # out of use since an hour after the beginning
    publish(host, site({"b": 1}, words=9), BEGINNING + hours + KEPT_FOR, None)
    assert film not in host.files


def test_a_week_alone_is_not_enough_while_a_release_to_go_back_to_needs_the_film() -> None:
    host = Memory()
    with_film = site({"a": 1})
    film = next(path for path in with_film if path.endswith(".mp4"))
    publish(host, with_film, BEGINNING, None)
    publish(host, site({"b": 1}), BEGINNING + timedelta(days=1), None)
    publish(host, site({"b": 2}), BEGINNING + timedelta(days=60), None)
    assert film in host.files
    publish(host, site({"b": 3}), BEGINNING + timedelta(days=61), None)
    assert film not in host.files


def test_a_film_that_another_took_the_place_of_stays_for_half_a_year() -> None:
    host = Memory()
    old = next(path for path in site({"a": 1}) if path.endswith(".mp4"))
    publish(host, site({"a": 1}), BEGINNING, None)
    days = [1, 30, 60, 180]
    for words, day in enumerate(days):
        publish(host, site({"a": 2}, words=words), BEGINNING + timedelta(days=day), None)
        assert old in host.files
    publish(host, site({"a": 2}, words=9), BEGINNING + timedelta(days=181), None)
    assert old not in host.files


def led_on(page: str, words: int) -> dict[str, bytes]:
    """A site where an address says that its page is gone, or leads on."""
    return {**site({"b": 1}, words=words), f"{page}/index.html": f"{words}".encode()}


@pytest.mark.parametrize(
    "without",
    [lambda words: led_on("a", words), lambda words: site({"b": 1}, words=words)],
    ids=["gone", "no-page"],
)
@pytest.mark.parametrize("version", [1, 2], ids=["shown", "replaced"])
def test_no_film_of_a_withdrawn_page_stays_for_long(
    without: Callable[[int], dict[str, bytes]], version: int
) -> None:
    host = Memory()
    old = next(path for path in site({"a": 1}) if path.endswith(".mp4"))
    publish(host, site({"a": 1, "b": 1}), BEGINNING, None)
    for words, day in enumerate([1, 30, 60]):
        contents = site({"a": version, "b": 1}, words=words)
        publish(host, contents, BEGINNING + timedelta(days=day), None)
    assert old in host.files
    for words, day in enumerate([61, 69, 70, 78]):
        publish(host, without(words), BEGINNING + timedelta(days=day), None)
    assert old not in host.files
    assert not any("mp4" in path for path in host.files if path not in site({"b": 1}))


def test_a_film_that_is_withdrawn_takes_no_other_with_it() -> None:
    host = Memory()
    old = next(path for path in site({"b": 1}) if path.endswith(".mp4"))
    publish(host, site({"a": 1, "b": 1}), BEGINNING, None)
    for words, day in enumerate([1, 9, 10, 100]):
        publish(host, site({"b": 2}, words=words), BEGINNING + timedelta(days=day), None)
    assert old in host.files


def test_a_photo_that_was_removed_goes_after_a_week() -> None:
    host, photo = Memory(), "media/0123456789abcdef/photo-800.jpg"
    publish(host, {**site({"a": 1}), photo: b"a client"}, BEGINNING, None)
    for words, day in enumerate([1, 2, 3, 8]):
        assert photo in host.files
        publish(host, site({"a": 2}, words=words), BEGINNING + timedelta(days=day), None)
    assert photo not in host.files


def test_what_a_rollback_takes_from_readers_goes_after_a_week() -> None:
    host = Memory()
    bad = next(path for path in site({"a": 2}) if path.endswith(".mp4"))
    publish(host, site({"a": 1}), BEGINNING, None)
    publish(host, site({"a": 2}), BEGINNING, None)
    publish(host, site({"a": 1}), BEGINNING, None, takes_back=True)
    for words, day in enumerate([1, 2, 8]):
        assert bad in host.files
        publish(host, site({"a": 3}, words=words), BEGINNING + timedelta(days=day), None)
    assert bad not in host.files


def test_a_replaced_film_goes_where_the_host_has_no_room_for_it() -> None:
    host = Memory()
    old = next(path for path in site({"a": 1}) if path.endswith(".mp4"))
    publish(host, site({"a": 1}), BEGINNING, None)
    for words, day in enumerate([1, 2, 3]):
        publish(host, site({"a": 2}, words=words), BEGINNING + timedelta(days=day), None)
    record = read_record(host.files[NAME])
    sizes = {path: len(data) for path, data in host.files.items() if path != NAME}
    contents = site({"a": 2}, words=9)
    room = sum(map(len, contents.values())) + len(host.files[old])
    for room_bytes, goes in ((room, False), (room - 1, True)):
        plan = plan_publication(
            release_of(contents),
            record,
            Holdings(sizes),
            BEGINNING + timedelta(days=30),
            room_bytes=room_bytes,
        )
        assert (old in plan.deletes) is goes


def plan_of(contents: Mapping[str, bytes], host: Memory, *, clear: bool = False) -> Publication:
    record = None if NAME not in host.files else read_record(host.files[NAME])
    sizes = {path: len(data) for path, data in host.files.items() if path != NAME}
    return plan_publication(
        release_of(contents), record, Holdings(sizes), BEGINNING + timedelta(days=1), clear=clear
    )


def test_films_go_first_and_the_home_page_last() -> None:
    contents = site({"a": 1, "b": 1}) | {"index.html": b"home", "zebra/index.html": b"z"}
    order = [step.path for step in plan_of(contents, Memory()).steps]
    assert [kind_of(path) for path in order] == sorted(map(kind_of, order), key=list(Kind).index)
    assert order[-1] == "index.html"
    host = Memory()
    publish(host, contents, BEGINNING, None)
    assert host.order == order


def test_the_site_of_another_coach_is_recognised() -> None:
    mine = LocalRelease(release_of(site({"a": 1})).files, HERE, "0.1.0", "https://jen.example/")
    theirs = HostRelease(site="https://sam.example/")
    assert (
        plan_publication(mine, theirs, Holdings(), BEGINNING).other_site == "https://sam.example/"
    )
    assert plan_publication(mine, None, Holdings(), BEGINNING).other_site == ""


def test_what_is_there_is_not_sent_again_and_what_was_deleted_by_hand_comes_back() -> None:
    host, contents = Memory(), site({"a": 1, "b": 1})
    publish(host, contents, BEGINNING, None)
    changed = site({"a": 1, "b": 2})
    assert {s.path for s in plan_of(changed, host).steps} == {
        path for path, data in changed.items() if host.files.get(path) != data
    }
    gone = next(path for path in contents if path.endswith(".mp4"))
    del host.files[gone]
    plan = plan_of(contents, host)
    assert ([s.path for s in plan.steps], plan.returned) == ([gone], (gone,))
    assert not plan.new_release


def test_a_run_that_broke_off_does_not_send_its_films_twice() -> None:
    host, contents = Memory(), site({"a": 1, "b": 1, "c": 1})
    films = sum(path.endswith(".mp4") for path in contents)
    publish(host, contents, BEGINNING, 1 + films)  # the record that announces it, and the films
    assert not [s for s in plan_of(contents, host).steps if s.path.endswith(".mp4")]


@pytest.mark.parametrize("foreign", ["a/index.html", "a", "find.json/own.txt"])
def test_a_file_that_somebody_put_where_the_site_must_write_is_named_and_never_replaced(
    foreign: str,
) -> None:
    host = Memory()
    host.files[foreign] = b"mine"
    plan = plan_of(site({"a": 1}), host)
    assert plan.in_the_way
    assert not plan.nothing_to_do


def test_what_is_withdrawn_at_once_leaves_nothing_to_go_back_to() -> None:
    host = Memory()
    publish(host, site({"a": 1}), BEGINNING, None)
    publish(host, site({"b": 1}), BEGINNING, None)
    plan = plan_of(site({"b": 1}), host, clear=True)
    assert [path for path in plan.deletes if path.endswith(".mp4")] == list(plan.deletes) != []
    assert len(plan.settled.editions) == 1
    assert not plan.settled.retired


@pytest.mark.parametrize(("before", "after"), [("more", "more/a.json"), ("more/a.json", "more")])
def test_a_file_out_of_use_goes_at_once_where_a_folder_of_its_name_comes(
    before: str, after: str
) -> None:
    host = Memory()
    publish(host, {before: b"1"}, BEGINNING, None)
    plan = plan_of({after: b"2"}, host)
    assert plan.deletes == (before,)
    assert set(plan.all_files()) == {after}


def test_a_release_that_is_published_again_is_the_newest_and_is_listed_once() -> None:
    host = Memory()
    one, two = site({"a": 1}), site({"b": 1})
    for contents in (one, two, one):
        publish(host, contents, BEGINNING, None)
    record = read_record(host.files[NAME])
    assert [e.id for e in record.editions] == [release_of(one).id, release_of(two).id]


def test_a_host_that_keeps_contents_is_sent_none_of_them() -> None:
    contents = site({"a": 1})
    local = release_of(contents)
    kept = frozenset(file.sha256 for file in local.files.values())
    plan = plan_publication(local, HostRelease(), Holdings({}, kept), BEGINNING)
    assert len(plan.steps) == len(contents)
    assert plan.sends_bytes == 0


def linked(version: int, pages: Sequence[str]) -> dict[str, bytes]:
    """A site whose home leads to its pages, each of which leads home, to the next one and to a picture of this version."""
    picture = f"media/{hashlib.sha256(str(version).encode()).hexdigest()[:16]}/p.jpg"
    made = {picture: f"{version}".encode(), "handout.pdf": f"{version}".encode()}
    for page, after in zip(pages, [*pages[1:], pages[0]], strict=True):
        words = f"{version} index.html {after}/index.html {picture}"
        made[f"{page}/index.html"] = words.encode()
    made["index.html"] = " ".join(
        [f"{version}", *(f"{page}/index.html" for page in pages), "handout.pdf"]
    ).encode()
    return made


def dead_ends(host: Memory) -> list[str]:
    """Links that lead nowhere, on the pages to which a reader comes from home."""
    found, seen, ahead = [], {"index.html"}, ["index.html"]
    while ahead:
        at = ahead.pop()
        for path in host.files[at].decode().split()[1:]:
            if path not in host.files:
                found.append(f"{at} leads to {path}")
            elif path.endswith(".html") and path not in seen:
                seen.add(path)
                ahead.append(path)
    return found


@settings(max_examples=200)
@given(
    st.lists(st.sets(st.sampled_from("abcde"), min_size=1), min_size=2, max_size=4),
    st.randoms(use_true_random=False),
)
def test_wherever_a_run_breaks_off_every_link_that_readers_meet_leads_somewhere(
    sites: list[set[str]], chance: Random
) -> None:
    """Where pages change one after another, those that are there lead to each other, whichever release each is of."""

    def in_any_order(group: Sequence[Step]) -> list[Step]:
        return chance.sample(group, len(group))

    host = Memory()
    host.shuffled = in_any_order
    publish(host, linked(0, sorted(sites[0])), BEGINNING, None)
    for number, pages in enumerate(sites[1:], 1):
        for breaks in (chance.randrange(40), chance.randrange(40), None):
            publish(host, linked(number, sorted(pages)), BEGINNING + timedelta(days=number), breaks)
            assert dead_ends(host) == []
    assert not [path for path in host.files if path.startswith(AHEAD)]
