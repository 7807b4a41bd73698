"""From what was built and what is on a host to what has to be done. Pure: nothing is read, sent or deleted here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kinopress.publish.headers import Headers, headers_of
from kinopress.publish.record import (
    KEPT_EDITIONS,
    Edition,
    HostFile,
    HostRelease,
    Kind,
    Retired,
    release_id,
)

KEPT_FOR = timedelta(days=7)
"""How long a file stays after it went out of use. A page that a reader left open may still ask for it, and so
may one that a cache has kept; a week is longer than either is usually old."""
FILMS_KEPT_FOR = timedelta(days=180)
"""How long a film and its picture stay after another file took their place on a page that is still there. Search
engines play films from the address they read last, and a page that hardly changes is read again after months."""


@dataclass(frozen=True, slots=True)
class LocalRelease:
    """What is to be published.

    Attributes:
        files: Path on the site → file.
        folder: Where these files are on this computer; ``None``: only the host has them.
        program: The version of Kinopress that made them.
        site: Whose site it is: its address, or its name while it has none.
        elsewhere: Files that are not in the folder because only the host has them: path → the page they are
            for. The host must have them already, since they cannot be sent.
        films: Files of films that structured data and feeds give the address of: path → the film's page.
    """

    files: Mapping[str, HostFile]
    folder: Path | None
    program: str
    site: str = ""
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    films: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """See :func:`~kinopress.publish.record.release_id`."""
        return release_id(self.files)


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a host really has.

    Attributes:
        sizes: Every file of the site there, whoever put it there: path → size in bytes; ``None``: the
            host cannot tell, and its record is believed.
        contents: SHA-256 of contents that it keeps under whatever name and can put in place by itself,
            so that they need not be sent.
        changed: Files of ours that somebody changed there since they were published, as far as the host tells.
    """

    sizes: Mapping[str, int] | None = None
    contents: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Step:
    """One file to be put in its place.

    Attributes:
        path: On the site.
        file: What is to be there.
        headers: What the host is to say with it.
        sent: Whether its bytes must be sent; otherwise the host has them under another name.
    """

    path: str
    file: HostFile
    headers: Headers
    sent: bool


@dataclass(frozen=True, slots=True)
class Publication:
    """What has to be done, in this order.

    Attributes:
        announced: The record to be written first on a host that cannot switch in one step: it says
            which paths may hold something else from now on.
        steps: Files in the order in which they are put in place: lasting ones, others, pages.
        release: The record to be written when all of them are there; it makes the release live.
        withdrawn: Pages that readers should not find any more; they go with the switch.
        deletes: Files that went out of use long enough ago; they go after the switch.
        settled: The record once these are gone.
        kept: Files that are there as they should be, by path.
        returned: Paths of the live release whose file somebody deleted or changed on the host.
        in_the_way: Paths where the release must write and something is that we did not put there.
            Then nothing may be done.
        changed: Paths where the release must write and a file of ours is that somebody changed there.
            Then, too, nothing may be done.
        new_release: Whether another release is live, or this one is not whole.
        other_site: The address or name of another site whose release is there; then, too, nothing
            may be done unless somebody says that it is the same.
        clear: Whether all that is out of use is to go, and with it what runs that broke off had brought.
        theirs: Files there that no record of ours names, as far as the host tells.
    """

    announced: HostRelease
    steps: tuple[Step, ...]
    release: HostRelease
    withdrawn: tuple[str, ...] = ()
    deletes: tuple[str, ...] = ()
    settled: HostRelease = field(default_factory=HostRelease)
    kept: frozenset[str] = frozenset()
    returned: tuple[str, ...] = ()
    in_the_way: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    new_release: bool = True
    other_site: str = ""
    clear: bool = False
    theirs: frozenset[str] = frozenset()

    @property
    def nothing_to_do(self) -> bool:
        """Whether the host has this very release already, whole, and nothing is due to be deleted.

        What broken runs had brought is known to the host alone, so there is always something to clear.
        """
        is_blocked = self.in_the_way or self.changed
        has_changes = self.new_release or self.steps or self.withdrawn or self.deletes
        return not (has_changes or is_blocked or self.clear)

    @property
    def sends_bytes(self) -> int:
        """How many bytes have to be sent."""
        return sum(step.file.size_bytes for step in self.steps if step.sent)

    @property
    def new_films(self) -> tuple[str, ...]:
        """Films that have to be sent."""
        return tuple(step.path for step in self.steps if step.sent and step.path.endswith(".mp4"))

    def all_files(self) -> dict[str, HostFile]:
        """Every file of ours that is on the host in the end, except the record."""
        return {
            **{path: one.file for path, one in self.settled.retired.items()},
            **self.settled.files(),
        }


def plan_publication(
    local: LocalRelease,
    host: HostRelease | None,
    there: Holdings,
    now: datetime,
    *,
    clear: bool = False,
    room_bytes: int | None = None,
    takes_back: bool = False,
) -> Publication:
    """What has to be done so that a host has a release.

    Args:
        local: The release.
        host: The host's record; ``None``: it has none, and nothing there is ours.
        there: What it really has.
        now: The time, with its zone.
        clear: Delete what is out of use at once, and keep no release to go back to.
        room_bytes: The largest site that the host takes: films that were replaced go earlier to leave room.
        takes_back: It is an earlier release, put back because the live one should not be there.
    """
    host = host or HostRelease()
    now = now.astimezone(UTC).replace(microsecond=0)
    if host.live is not None:
        now = max(now, host.live.published)  # a clock that is slow must not turn their order round
    is_new = host.id != local.id

    kept, steps, returned = set(), [], []
    for path, file in sorted(local.files.items(), key=_in_order):
        if _is_in_place(path, file, host, there):
            kept.add(path)
            continue
        steps.append(
            Step(path, file, headers_of(path, file.kind), file.sha256 not in there.contents)
        )
        if host.files().get(path) == file:
            returned.append(path)

    editions = _editions(local, host, now, clear=clear)
    gone = {
        **host.begun,
        **{path: one.file for path, one in host.retired.items()},
        **host.files(),
    }
    gone = {path: file for path, file in gone.items() if path not in local.files}
    withdrawn = {path for path, file in gone.items() if file.kind is Kind.PAGE}
    retired = {
        path: host.retired.get(path, Retired(file, now))
        for path, file in gone.items()
        if path not in withdrawn
    }
    needed = {path for one in editions for path in one.files}
    replaced = _replaced(local, host, retired, takes_back=takes_back)
    due = {
        path
        for path, one in retired.items()
        if clear or (path not in needed and one.since <= now - KEPT_FOR)
    }
    if not clear:
        due -= _kept_longer(retired, due & replaced.keys(), now, local, room_bytes)
    due |= _where_folders_come(retired, local)
    waiting = {path: one for path, one in retired.items() if path not in due}
    taken_back = (host.id or "") if takes_back and is_new else ""
    at_risk = {step.path: step.file for step in steps}
    return Publication(
        announced=replace(host, begun={**host.begun, **at_risk}, site=host.site or local.site),
        steps=tuple(steps),
        release=HostRelease(
            editions,
            retired,
            site=local.site,
            films={**local.films, **replaced},
            taken_back=taken_back,
        ),
        withdrawn=tuple(sorted(withdrawn)),
        deletes=tuple(sorted(due)),
        settled=HostRelease(
            editions,
            waiting,
            site=local.site,
            films={**local.films, **{path: replaced[path] for path in replaced.keys() & waiting}},
            taken_back=taken_back,
        ),
        kept=frozenset(kept),
        returned=tuple(returned),
        in_the_way=_in_the_way(local, host, there),
        changed=tuple(sorted(there.changed & {*local.files, *waiting})),
        new_release=is_new or bool(host.begun) or (clear and len(host.editions) > 1),
        other_site=host.site if host.site != local.site else "",
        clear=clear,
        theirs=frozenset(() if there.sizes is None else there.sizes.keys() - host.ours()),
    )


def _in_order(entry: tuple[str, HostFile]) -> tuple[int, int, str]:
    """Lasting files first, pages last, of which home leads to the others; then feeds, which announce them all."""
    path, file = entry
    is_feed = file.kind is Kind.PAGE and path.endswith((".xml", ".json"))
    return list(Kind).index(file.kind), 2 if is_feed else int(path == "index.html"), path


def _is_in_place(path: str, file: HostFile, host: HostRelease, there: Holdings) -> bool:
    """Whether a file is on the host, as it should be, without doubt."""
    if there.sizes is not None and there.sizes.get(path) != file.size_bytes:
        return False
    begun = host.begun.get(path)
    if begun is not None:
        # A run that broke off may have replaced it or not. Where the size agrees, a lasting name says
        # what is there; hosts put a file in place whole or not at all. Without a list nobody knows.
        return begun == file and file.kind is Kind.LASTING and there.sizes is not None
    known = host.files().get(path)
    if known is None and path in host.retired:
        known = host.retired[path].file
    return known is not None and known.sha256 == file.sha256


def _editions(
    local: LocalRelease, host: HostRelease, now: datetime, *, clear: bool
) -> tuple[Edition, ...]:
    """The live release and those before it; one that is published again is the newest again."""
    if host.live is not None and host.live.id == local.id:
        new = host.live
    else:
        known = next((one for one in host.editions if one.id == local.id), None)
        first = known.first_published if known else None
        new = Edition(local.id, now, local.program, local.files, first)
    before = [] if clear else [one for one in host.editions if one.id != local.id]
    return (new, *before[: KEPT_EDITIONS - 1])


def _replaced(
    local: LocalRelease, host: HostRelease, retired: Mapping[str, Retired], *, takes_back: bool
) -> dict[str, str]:
    """Files of films that went because another film took their place on its page: path → that page.

    A film that a coach withdraws must not stay for months. So one whose page has no film now, be it removed, held
    back or led on, is not among them, nor is any other picture, nor what a rollback takes from readers; and what
    was not among them once never is.
    """
    filmed = {page for path, page in local.films.items() if path.endswith(".mp4")}
    return {
        path: page
        for path, page in host.films.items()
        if path in retired and page in filmed and not (takes_back and path not in host.retired)
    }


def _kept_longer(
    retired: Mapping[str, Retired],
    replaced: Set[str],
    now: datetime,
    local: LocalRelease,
    room_bytes: int | None,
) -> set[str]:
    """Which replaced films stay though they could go: the newest, as many as the host has room for."""
    young = [path for path in replaced if retired[path].since > now - FILMS_KEPT_FOR]
    others = [one.file for path, one in retired.items() if path not in replaced]
    size = sum(file.size_bytes for file in (*local.files.values(), *others))
    kept = set()
    for path in sorted(young, key=lambda path: (retired[path].since, path), reverse=True):
        size += retired[path].file.size_bytes
        if room_bytes is None or size <= room_bytes:
            kept.add(path)
    return kept


def _where_folders_come(retired: Mapping[str, Retired], local: LocalRelease) -> set[str]:
    """Retired files that cannot stay: the release has a folder of that name, or a file where theirs was."""
    return {path for path in retired if any(at in local.files for at in _folders_of(path))} | (
        retired.keys() & {at for path in local.files for at in _folders_of(path)}
    )


def _folders_of(path: str) -> Iterator[str]:
    return (path[:at] for at, sign in enumerate(path) if sign == "/")


def _in_the_way(local: LocalRelease, host: HostRelease, there: Holdings) -> tuple[str, ...]:
    """Where something is that we did not put there; nothing of anybody's is ever overwritten."""
    if there.sizes is None:
        return ()
    foreign = there.sizes.keys() - host.ours()
    folders = {at for path in foreign for at in _folders_of(path)}
    blocked = foreign | folders
    found = {path for path in local.files if path in blocked}
    found |= {at for path in local.files for at in _folders_of(path) if at in foreign}
    return tuple(sorted(found))
