"""Encrypted pages go out with a publication, and those whose time is over, or that were withdrawn, are removed.

They are part of no release: no record names them, and neither a rollback nor a release that is kept has any. What was put
where is noted before anything is sent, so that a run that broke off leaves nothing that is not known. What is to go goes
first, whatever becomes of the rest.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from kinopress.codes import Code
from kinopress.content.model.settings import PublishTo, Settings
from kinopress.problems import Problem, Refusal
from kinopress.project.clients.share import ends_of, keeps_all, live_pages, orphans, publish_to
from kinopress.project.clients.shared_pages import (
    AT,
    OUT_THERE,
    SHARED,
    OutThere,
    Put,
    SharedPage,
    Withdrawn,
    about_withdrawn,
    numbers_among,
    read_out_there,
    read_withdrawn,
    shared_pages,
    write_out_there,
    write_withdrawn,
)
from kinopress.project.folder import only_run
from kinopress.project.live.places import in_words, place_key, target_of, where
from kinopress.publish.answers import Ask
from kinopress.publish.target import Beside, Target
from kinopress.system.atomic import write_text

_AROUND = SHARED / "around"
"""Files of ours that are beside the pages at a place, as they were sent last."""
_FRONT = f"{AT}/index.html"
_BLANK = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="robots" content="noindex, nofollow">'
    "<title>Nothing here</title></head><body></body></html>\n"
)
"""In place of a list of the folder, which many servers would show."""
_WITHDRAWN = f"{AT}/withdrawn.txt"
"""Which numbers were withdrawn, as digests: no live address is in it, and none can be read out of it."""
_NAMED_MAX = 12


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of encrypted pages at a place.

    Attributes:
        put: How many came.
        removed: How many went.
        there: How many there are in the end.
        numbers: Those of the pages that are there.
        problems: Warnings.
        elsewhere: What is to be said of places that the settings do not name any more.
    """

    put: int = 0
    removed: int = 0
    there: int = 0
    numbers: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()
    elsewhere: tuple[str, ...] = ()

    def in_words(self, *, would: bool = False) -> str:
        """What became of them, in a sentence; empty where nothing did. ``would``: it was only looked at."""
        verb = "would be " if would else ""
        done = [
            f"{number} encrypted page{'' if number == 1 else 's'} {verb}{word}"
            for number, word in ((self.put, "put there"), (self.removed, "removed"))
            if number
        ]
        return f"{' and '.join(done)}; {self.there or 'none'} in all." if done else ""

    def then(self, later: Moved) -> Moved:
        """This and what became of them later in the same run, if that came to it."""
        return self if later == Moved() else replace(later, removed=self.removed + later.removed)


@dataclass(frozen=True, slots=True)
class _Look:
    """What is to be done at a place.

    Attributes:
        wanted: The pages that are to be there, by number.
        gone: Those that are there and are to go: number → paths.
        ended: Those that no copy of the project is to bring there, whoever put them there before.
        untold: The numbers of those of which the place has not been told.
        new: Those that are to come.
        alone: Those that do not come, since nothing is kept of their client any more.
        refused: The numbers of those that were withdrawn before, here or by another copy of the project.
        withdrawn: What the place has been told of withdrawn pages: digest → the day on which all copies know.
        places: What is out there.
        key: The place in it.
        out: What is out there at this place.
    """

    wanted: Mapping[str, SharedPage]
    gone: Mapping[str, tuple[str, ...]]
    ended: Mapping[str, Withdrawn]
    untold: frozenset[str]
    new: tuple[SharedPage, ...]
    alone: tuple[SharedPage, ...]
    refused: frozenset[str]
    withdrawn: Mapping[str, dt.date]
    places: dict[str, OutThere] = field(repr=False)
    key: str
    out: OutThere


def remove_first(
    project: Path,
    settings: Settings,
    place: PublishTo,
    environment: Mapping[str, str],
    now: dt.datetime,
) -> Moved:
    """Remove what is to go at a place before anything is built: a site with problems keeps no page longer than its day.

    No host is asked for anything where this computer knows of nothing to remove.

    Raises:
        Refusal: the place does not do it (exit code 4; busy 5), or the list of what is out there is damaged (3).
    """
    key, today = place_key(place), _today(settings, now)
    out = read_out_there(project).get(key)
    live = {page.number for page in live_pages(project, settings, today)}
    due = [number for number in (out.pages if out is not None else ()) if number not in live]
    ended = {} if keeps_all(place) else _ended(project, settings, today)
    if not due and all(key in one.told for one in ended.values()):
        return Moved()
    try:
        with only_run(project, "removing encrypted pages"), in_words(place, project):
            target = target_of(place, project, environment)
            with target.lock():
                if not isinstance(target, Beside):
                    return Moved()
                look = _look(project, settings, place, target, now)
                if not look.gone:  # what is only to be told can wait until there is a site
                    return Moved()
                pages = _remove(project, settings, target, look, now)
                return Moved(0, len(look.gone), len(pages), frozenset(pages))
    except Refusal as refusal:
        if not due:
            raise
        still = Problem(
            where(place),
            f"still there, though withdrawn or over: {_many(len(due))}",
            "publish again as soon as the place can be reached; or delete there what is in "
            + _folders(due),
            Code.CLIENT_SHARE_LEFT,
            severity="warning",
        )
        raise Refusal([*refusal.problems, still], refusal.exit_code) from None


def removed_anyway(place: PublishTo, pages: Moved) -> list[Problem]:
    """What is to be said where encrypted pages went and then nothing could be published."""
    if not pages.removed:
        return []
    return [
        Problem(
            where(place),
            f"removed from there before this was found: {_many(pages.removed)}",
            "there is nothing to do about that",
            Code.CLIENT_SHARE_WITHDRAWN,
            severity="warning",
        )
    ]


def move_pages(
    project: Path,
    settings: Settings,
    place: PublishTo,
    target: Target,
    now: dt.datetime,
    *,
    theirs: Collection[str] = (),
    ours: Collection[str] = (),
    dry_run: bool = False,
) -> Moved:
    """Put encrypted pages at a place and remove those whose time is over; only for whoever holds place and project.

    Args:
        project: The project's folder.
        settings: Its settings.
        place: The place.
        target: The place's host.
        now: The moment.
        theirs: Files there that are in no release.
        ours: Those of the release.
        dry_run: Only look.

    Raises:
        HostError: the place does not do it; what it has is noted.
        Refusal: the list of what is out there is damaged (exit code 3).
        OSError: a file cannot be read, or the list not be written.
    """
    if not isinstance(target, Beside):
        return Moved(problems=_nowhere(place, live_pages(project, settings, _today(settings, now))))
    look = _look(project, settings, place, target, now, theirs)
    problems = (*_about(look), *_unknown(place, look, theirs))
    if not dry_run and (look.gone or look.new or look.ended):
        # Away first: should the rest fail, at least that is done.
        pages = _remove(project, settings, target, look, now)
        pages |= {page.number: Put(_in_order(page), page.until, False) for page in look.new}
        _note(project, look, pages)
        if look.new and _FRONT not in ours:
            write_text(project / _AROUND / _FRONT, _BLANK)
            target.put_beside(project / _AROUND, [_FRONT])
        for page in look.new:
            target.put_beside(page.folder, _in_order(page))
            pages[page.number] = replace(pages[page.number], whole=True)
        _note(project, look, pages)
    numbers = frozenset(look.wanted)
    elsewhere = (
        *_still_there(project, settings, _today(settings, now), but=look.key),
        *left_elsewhere(project, settings),
    )
    return Moved(len(look.new), len(look.gone), len(numbers), numbers, problems, elsewhere)


def _ended(project: Path, settings: Settings, today: dt.date) -> dict[str, Withdrawn]:
    """What other copies of the project may still bring somewhere: withdrawn here, or ended by its plan before its day."""
    ends = ends_of(project, settings)
    ended = {
        page.number: Withdrawn(page.files, page.until)
        for page in shared_pages(project)
        if ends[page.number].day <= today
    } | read_withdrawn(project)
    return {number: one for number, one in ended.items() if one.until > today}


def _look(
    project: Path,
    settings: Settings,
    place: PublishTo,
    target: Beside,
    now: dt.datetime,
    theirs: Collection[str] = (),
) -> _Look:
    today = _today(settings, now)
    kept = {page.number: page for page in shared_pages(project)}
    ends = ends_of(project, settings)
    live = {number: page for number, page in kept.items() if ends[number].day > today}
    places = read_out_there(project)
    key = place_key(place)
    out = places.get(key, OutThere(where(place)))
    ended = _ended(project, settings, today)
    withdrawn = _read_withdrawn(target) if live or out.pages or ended else {}
    refused = {number for number in live if number in ended or _digest(number) in withdrawn}
    without = {page.number for page in orphans(project, settings)} - out.pages.keys()
    wanted = {n: page for n, page in live.items() if n not in refused and n not in without}
    untold = {number for number in ended if _digest(number) not in withdrawn}
    gone = {number: put.paths for number, put in out.pages.items() if number not in wanted}
    # Another copy of the project may have brought what this one is to end.
    listed = set(theirs)
    ours = {n: page.files for n, page in kept.items() if n not in live or n in refused}
    ours |= {number: one.paths for number, one in ended.items()}
    for number, paths in ours.items():
        if number in gone or number in wanted:
            continue
        if not listed.isdisjoint(paths) or (number in untold and _is_at(target, number)):
            gone[number] = paths
    return _Look(
        wanted,
        gone,
        ended,
        frozenset(untold),
        tuple(page for n, page in wanted.items() if not _is_whole(out.pages.get(n))),
        tuple(page for n, page in live.items() if n in without and n not in refused),
        frozenset(refused),
        withdrawn,
        places,
        key,
        out,
    )


def _remove(
    project: Path, settings: Settings, target: Beside, look: _Look, now: dt.datetime
) -> dict[str, Put]:
    """Remove what is to go, and tell the place, so that no other copy of the project brings it again."""
    today = _today(settings, now)
    gone = {**{number: look.ended[number].paths for number in look.untold}, **look.gone}
    if gone:
        target.remove_beside([path for paths in gone.values() for path in paths])
    told = {digest: _rounded(until) for digest, until in look.withdrawn.items() if until > today}
    told |= {
        _digest(number): _rounded(put.until)
        for number, put in look.out.pages.items()
        if number in look.gone and put.until > today
    }
    told |= {_digest(number): _rounded(one.until) for number, one in look.ended.items()}
    if told != look.withdrawn:
        lines = "".join(f"{digest} {until}\n" for digest, until in sorted(told.items()))
        write_text(project / _AROUND / _WITHDRAWN, lines)
        target.put_beside(project / _AROUND, [_WITHDRAWN])
    pages = {number: put for number, put in look.out.pages.items() if number in look.wanted}
    _note(project, look, pages)
    noted = {n: replace(one, told=one.told | {look.key}) for n, one in look.ended.items()}
    if noted != read_withdrawn(project):
        write_withdrawn(project, noted)
    return pages


def _rounded(until: dt.date) -> dt.date:
    """The first day of the year after a day: anybody can read it, and the day itself tells when a plan began."""
    return dt.date(until.year + 1, 1, 1)


def _is_at(target: Beside, number: str) -> bool:
    return target.read_beside(f"{AT}/{number}/index.html") is not None


def _read_withdrawn(target: Beside) -> dict[str, dt.date]:
    """What the place has been told; a line that is not ours says nothing."""
    found = {}
    for line in (target.read_beside(_WITHDRAWN) or b"").decode("ascii", "replace").splitlines():
        digest, _, until = line.partition(" ")
        try:
            found[digest] = dt.date.fromisoformat(until)
        except ValueError:
            continue
    return found


def _digest(number: str) -> str:
    return hashlib.sha256(number.encode()).hexdigest()


def _note(project: Path, look: _Look, pages: Mapping[str, Put]) -> None:
    look.places[look.key] = replace(look.out, pages=dict(pages))
    write_out_there(project, look.places)


def _is_whole(put: Put | None) -> bool:
    return put is not None and put.whole


def _in_order(page: SharedPage) -> tuple[str, ...]:
    """The page itself last: it asks for the others."""
    return tuple(sorted(page.files, key=lambda path: (path.endswith(".html"), path)))


def _today(settings: Settings, now: dt.datetime) -> dt.date:
    return now.astimezone(ZoneInfo(settings.timezone)).date()


def _nowhere(place: PublishTo, wanted: Collection[SharedPage]) -> tuple[Problem, ...]:
    if not wanted:
        return ()
    return (
        Problem(
            where(place),
            f"no encrypted page was put there: {keeps_all(place)}",
            "hand the plan over as a file (kinopress plan make), or publish to a server, a bucket or a folder as well",
            Code.CLIENT_SHARE_PLACE,
            severity="warning",
        ),
    )


def _about(look: _Look) -> Iterator[Problem]:
    """What was not put there, and why."""
    if look.alone:
        yield Problem(
            look.out.where,
            f"not put there, since nothing is kept of their client any more: {_many(len(look.alone))}",
            "put the client’s folder back, or withdraw them: kinopress plan unshare --orphans",
            Code.CLIENT_SHARE_LEFT,
            severity="warning",
        )
    if look.refused:
        yield Problem(
            look.out.where,
            f"not put there, since they were withdrawn before, here or by another copy of this project: {_many(len(look.refused))}",
            "withdraw them here as well with kinopress plan unshare, or encrypt the plan again",
            Code.CLIENT_SHARE_WITHDRAWN,
            severity="warning",
        )


def _unknown(place: PublishTo, look: _Look, theirs: Collection[str]) -> Iterator[Problem]:
    """Pages at a place that nobody here has put there, or puts there or removes now."""
    known = look.out.pages.keys() | look.wanted.keys() | look.gone.keys()
    if found := sorted(numbers_among(theirs) - known):
        yield Problem(
            where(place),
            f"in {_folders(found)} are encrypted pages that this computer does not know",
            "withdraw them on the computer that shared them; where that is not possible, delete these folders there",
            Code.CLIENT_SHARE_LEFT,
            severity="warning",
        )


def about_pages(project: Path, settings: Settings, today: dt.date) -> list[str]:
    """What is to be said of encrypted pages that belong to no client here, or should not be where they are.

    Raises:
        Refusal: the list of what is out there is damaged (exit code 3).
    """
    places = read_out_there(project)
    lines = []
    for page in orphans(project, settings):
        at = [one.where for one in places.values() if page.number in one.pages]
        out = f"in {' and in '.join(at)}" if at else "not published"
        lines.append(
            f"An encrypted page whose client is not here any more, {page.address}, {out}, until {page.until}:"
            " kinopress plan unshare --orphans withdraws it."
        )
    still = _still_there(project, settings, today)
    said = [*lines, *still, *left_elsewhere(project, settings)]
    return [*said, *about_withdrawn(project)]


def _still_there(
    project: Path, settings: Settings, today: dt.date, *, but: str = ""
) -> Iterator[str]:
    """What is over or withdrawn and still at places of the settings, a line each; ``but``: not at this one."""
    kept = {page.number for page in shared_pages(project)} - read_withdrawn(project).keys()
    named = {place_key(place) for place in settings.publish.values()} - {but}
    live = {page.number for page in live_pages(project, settings, today)}
    left = Counter(
        (key, one.where, "Over" if number in kept else "Withdrawn")
        for key, one in read_out_there(project).items()
        for number in one.pages
        if key in named and number not in live
    )
    for (key, at, why), number in left.items():
        command = publish_to(settings, key)
        yield f"{why}, but still in {at}: {_many(number)}. {command} removes {'it' if number == 1 else 'them'}."


def left_elsewhere(project: Path, settings: Settings) -> list[str]:
    """What is still at places that the settings do not name any more, a line each.

    Raises:
        Refusal: as :func:`about_pages`.
    """
    named = {place_key(place) for place in settings.publish.values()}
    return [
        f"Still in {one.where}, which your settings do not name any more: {_folders(one.pages)}. Name that place under"
        f" publish again and publish there; or delete these folders there, then their lines in {(SHARED / OUT_THERE).as_posix()}."
        for key, one in read_out_there(project).items()
        if key not in named and one.pages
    ]


def listed_to_anybody(address: str, numbers: Collection[str], ask: Ask) -> list[Problem]:
    """A warning where a site shows the addresses of its encrypted pages to whoever asks for the folder."""
    at = f"{address.rstrip('/')}/{AT}/"
    if not numbers or not any(one.encode() in ask("GET", at, {}).body for one in numbers):
        return []
    return [
        Problem(
            at,
            "the address lists the encrypted pages, so that anybody can find them",
            "switch off lists of folders in the settings of the host",
            Code.CLIENT_SHARE_LEFT,
            severity="warning",
        )
    ]


def _folders(numbers: Collection[str]) -> str:
    """The folders of pages, by their paths on the site."""
    named = sorted(numbers)[:_NAMED_MAX]
    more = len(numbers) - len(named)
    return ", ".join(f"{AT}/{number}/" for number in named) + (f" and {more} more" if more else "")


def _many(number: int) -> str:
    return "1 encrypted page" if number == 1 else f"{number} encrypted pages"
