"""A client's plan is put on an encrypted page, which the next publication brings to readers, or withdrawn from there.

Key and passphrase are shown once and kept nowhere: who has lost them gets another page, and the one before is withdrawn.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kinopress import sealed
from kinopress.codes import Code
from kinopress.content.model.clients import PrivatePlan
from kinopress.content.model.library import Library
from kinopress.content.model.settings import PublishTo, Settings
from kinopress.problems import ExitCode, Problem, Refusal, Report, quoted
from kinopress.project.clients.folder import (
    EARLIER,
    PLAN_FILE,
    folder_of,
    names_of,
    numbers_in,
    read_client,
    read_plan_file,
)
from kinopress.project.clients.shared_pages import (
    SharedPage,
    keep_page,
    left_by_broken_runs,
    read_out_there,
    read_withdrawn,
    shared_pages,
    withdraw,
)
from kinopress.project.events import SILENT, Listener
from kinopress.project.folder import only_run
from kinopress.project.live.places import place_key

CANNOT_RECALL = (
    "What cannot be recalled: what somebody has opened, saved or printed; and copies of the encrypted page that others"
    " made, that a bucket keeps as earlier versions, or that are in backups of the host: words can be guessed for them for"
    " ever."
)
KNOWN_HERE = (
    "Pages that were shared on another computer, or by a project whose .kinopress was deleted, are not known here:"
    " withdraw those on the computer that shared them."
)


@dataclass(frozen=True, slots=True)
class Shared:
    """What became of it.

    Attributes:
        page: The page; ``None`` where something stopped it.
        address: Its whole address, with the key where it is in the link; from the site's root while that has no address.
        passphrase: What opens it; ``None`` where that is in the link. Nobody can tell it again.
        size_bytes: How large it is.
        withdrawn: How many pages of this client it takes the place of.
        report: What was found.
    """

    page: SharedPage | None
    address: str
    passphrase: str | None
    size_bytes: int
    withdrawn: int
    report: Report


def share(
    project: Path,
    library: Library,
    name: str,
    *,
    films: bool = False,
    in_link: bool = False,
    until: dt.date | None = None,
    listener: Listener = SILENT,
) -> Shared:
    """Encrypt a client's plan for the next publication; a page of theirs that there is goes with it.

    Args:
        project: The project's folder.
        library: The site's pages.
        name: The client's folder.
        films: Put the films of its exercises there as well, encrypted each.
        in_link: The link opens it, without a passphrase.
        until: The first day on which it is to be gone; by default the day on which the plan is deleted.
        listener: Is told how drawings come along.

    Raises:
        Refusal: there is no such client or the day cannot be (exit code 2), no consent (1), what encrypts is not
            installed or something cannot be written (3), or another run holds the project (5).
    """
    # Loaded only where a page is made: who lists or withdraws one needs nothing of what makes it.
    from kinopress.engines.locked import Contents, locked_page  # noqa: PLC0415
    from kinopress.engines.settings import words_of_scripts  # noqa: PLC0415
    from kinopress.project.clients.hand_over import drawn_plan  # noqa: PLC0415

    private, _ = read_client(project, library, name)
    if private is not None:
        until = until or private.about.delete_on
        _refuse_day(private, until, library.today)
    key, number = sealed.new_key(), sealed.new_number()
    passphrase = None if in_link else sealed.new_passphrase()
    try:
        # Before anything is drawn: without the library all of it would be for nothing.
        lock = sealed.lock(key, number, passphrase) if passphrase is not None else None
        sealed.seal(key, number, "", b"")
        drawn, report = drawn_plan(
            project, library, name, films=films, locked=True, listener=listener
        )
        if drawn is None or until is None:
            return Shared(None, "", None, 0, 0, report)
        files = locked_page(
            drawn.place,
            Contents(drawn.article, drawn.inside, until.isoformat()),
            number=number,
            key=key,
            lock=lock,
            words=words_of_scripts(library.shared.words) or None,
        )
    except sealed.NotInstalled:
        raise _not_installed() from None
    with only_run(project, "encrypting a page"):
        before = [page.number for page in pages_of(project, library, name)]
        page = keep_page(
            project,
            files,
            number=number,
            plan=drawn.private.about.identity,
            until=until,
            made=library.today,
            in_link=in_link,
        )
        withdraw(project, [*before, *left_by_broken_runs(project)])
    report.extend(_about_places(library.settings))
    report.extend(_about_address(library.settings))
    address = f"{(library.settings.site_url or '').rstrip('/')}/{page.address}"
    if in_link:
        address += f"#{sealed.as_letters(key)}"
    size = sum(map(len, files.values()))
    return Shared(page, address, passphrase, size, len(before), report)


def unshare(project: Path, library: Library, name: str) -> list[SharedPage]:
    """Withdraw the pages of a client; the next publication takes them from readers.

    Raises:
        Refusal: there is no such client or they have no page (exit code 2), it cannot be deleted (3), or another
            run holds the project (5).
    """
    found = pages_of(project, library, name)
    if not found:
        problem = Problem(
            "plan",
            f"there is no encrypted page of {quoted(name)} to withdraw",
            "kinopress plan list shows which there are; what is withdrawn goes with the next kinopress publish",
            Code.CLIENT_SHARE_NONE,
            field="name",
        )
        raise Refusal([problem], ExitCode.USAGE)
    with only_run(project, "withdrawing a page"):
        withdraw(project, [page.number for page in found])
    return found


def unshare_orphans(project: Path, settings: Settings) -> list[SharedPage]:
    """Withdraw the pages of clients of whom nothing is kept any more.

    Raises:
        Refusal: there is none (exit code 2), it cannot be deleted (3), or another run holds the project (5).
    """
    with only_run(project, "withdrawing pages"):
        found = orphans(project, settings)
        withdraw(project, [page.number for page in found])
    if not found:
        problem = Problem(
            "plan",
            "every encrypted page that is kept here is of a client who is here",
            "kinopress plan list shows which there are; what is withdrawn goes with the next kinopress publish",
            Code.CLIENT_SHARE_NONE,
            field="--orphans",
        )
        raise Refusal([problem], ExitCode.USAGE)
    return found


def orphans(project: Path, settings: Settings) -> list[SharedPage]:
    """The pages of clients whose folder, or whose plan in it, was deleted or moved by hand."""
    folder = project / settings.clients
    plans = {number for name in names_of(folder) for number in _plans_in(folder / name)}
    return [page for page in shared_pages(project) if page.plan not in plans]


def live_pages(project: Path, settings: Settings, today: dt.date) -> list[SharedPage]:
    """The pages that readers may have on a day: as the plans say now, but for those that were withdrawn before."""
    ends, gone = ends_of(project, settings), read_withdrawn(project)
    return [
        page
        for page in shared_pages(project)
        if today < ends[page.number].day and page.number not in gone
    ]


@dataclass(frozen=True, slots=True)
class End:
    """When a page goes.

    Attributes:
        day: The first day on which it is not to be there any more.
        is_agreed: Its client has agreed, as far as the plan can be read; where that was taken back, it goes at once.
    """

    day: dt.date
    is_agreed: bool = True


def ends_of(project: Path, settings: Settings) -> dict[str, End]:
    """When each page goes, by number: on its own day, or sooner where its plan says so since it was encrypted.

    Consent, and the day of deletion that was agreed with it, are a person's and not a plan's: what a client's plan of
    now says ends the pages of their earlier plans too.
    """
    said: dict[str, list[End]] = {}
    folder = project / settings.clients
    for name in names_of(folder):
        own = folder / name
        for file in _files_of(own):
            private, problems = read_plan_file(project, file, name)
            if private is None:
                continue
            about = private.about
            # A mistake in the file may be one in the day of consent: nothing is taken for taken back then.
            is_agreed = about.consent is not None or any(p.severity == "error" for p in problems)
            end = End(about.delete_on if is_agreed else dt.date.min, is_agreed)
            is_of_now = file == own / PLAN_FILE
            for plan in {about.identity, *(_plans_in(own) if is_of_now else ())}:
                said.setdefault(plan, []).append(end)
    return {
        page.number: min([End(page.until), *said.get(page.plan, ())], key=lambda one: one.day)
        for page in shared_pages(project)
    }


def pages_of(project: Path, library: Library, name: str) -> list[SharedPage]:
    """The encrypted pages of a client, those of their earlier plans too.

    Raises:
        Refusal: there is no such client (exit code 2).
    """
    plans = _plans_in(folder_of(project, library, name))
    return [page for page in shared_pages(project) if page.plan in plans]


def _plans_in(own: Path) -> set[str]:
    """The numbers of a client's plans, the earlier ones too."""
    return {number.decode() for file in _files_of(own) for number in numbers_in(file)}


def _files_of(own: Path) -> tuple[Path, ...]:
    return (own / PLAN_FILE, *sorted((own / EARLIER).glob("*.md")))


def places_with(project: Path, page: SharedPage) -> dict[str, str]:
    """Where readers can have a page, in words, by the place's key.

    Raises:
        Refusal: the list of what is out there is damaged (exit code 3).
    """
    there = read_out_there(project).items()
    return {key: one.where for key, one in there if page.number in one.pages}


def publish_to(settings: Settings, key: str) -> str:
    """The command that publishes to a place: with its name, where there are several."""
    names = [name for name, place in settings.publish.items() if place_key(place) == key]
    return f"kinopress publish --to {names[0]}" if names and len(settings.publish) > 1 else "kinopress publish"  # fmt: skip


def left_at(settings: Settings, key: str, where: str) -> str:
    """That a page is still at a place, and what removes it."""
    return f"in {where}: {publish_to(settings, key)} removes it"


def left_there(project: Path, settings: Settings) -> list[str]:
    """Where pages are that were withdrawn, and what removes them: once for each.

    Raises:
        Refusal: the list of what is out there is damaged (exit code 3).
    """
    there = {page.number for page in shared_pages(project)}
    return [
        left_at(settings, key, one.where)
        for key, one in read_out_there(project).items()
        for number in one.pages
        if number not in there
    ]


def pages_in_words(project: Path, library: Library, name: str) -> list[str]:
    """What is to be said of a client's encrypted pages, a line each.

    Raises:
        Refusal: as :func:`pages_of` and :func:`places_with`.
    """
    found = []
    plan = folder_of(project, library, name) / PLAN_FILE
    ends, gone = ends_of(project, library.settings), read_withdrawn(project)
    for page in pages_of(project, library, name):
        places = places_with(project, page)
        end = ends[page.number]
        # Another copy of the project may have published it: only the place knows that.
        where = f"in {' and in '.join(places.values())}" if places else "not published from here"
        when = f"until {end.day}"
        if end.day <= library.today:
            why = "over" if end.is_agreed else "over, since the plan no longer records consent"
            removing = " and ".join(publish_to(library.settings, key) for key in places)
            when = f"{why}: the next {removing} removes it" if places else why
        elif page.number in gone:
            when = "withdrawn: encrypt the plan again where the client wants a page"
        opens = "opened by its link" if page.in_link else "opened by a passphrase"
        old = ", older than the plan" if page.is_older_than(plan) else ""
        found.append(f"an encrypted page {where}, {opens}, {when}{old}")
    return found


def keeps_all(place: PublishTo) -> str:
    """Why no page that is to go again can be put at a place; empty where one can."""
    if place.repository is not None:
        return "a git branch lists every address, and its history keeps what was once in it"
    if place.zip is not None:
        return "a zip file is uploaded by hand, so nobody would remove the page on its day"
    return ""


def _about_places(settings: Settings) -> Iterator[Problem]:
    """A warning where the page has nowhere to go."""
    reasons = [keeps_all(place) for place in settings.publish.values()]
    if all(reasons):
        yield Problem(
            "mkdocs.yml",
            f"no place to publish to takes an encrypted page: {reasons[0] if reasons else 'none is set'}",
            "publish to a server, a bucket or a folder, or hand the plan over as a file: kinopress plan make",
            Code.CLIENT_SHARE_PLACE,
            field="extra.kinopress.publish",
            severity="warning",
        )


def _about_address(settings: Settings) -> Iterator[Problem]:
    """A warning where the address that is sent would not open: browsers decrypt over a secure connection alone."""
    address = settings.site_url or ""
    if address.startswith("https://"):
        return
    yield Problem(
        "mkdocs.yml",
        f"the page opens over a secure connection alone, and the site’s address is {quoted(address)}"
        if address
        else "the address of the page begins with that of the site, which is not set",
        "write the site’s address with https:// before you send the link",
        Code.CLIENT_SHARE_ADDRESS,
        field="site_url",
        severity="warning",
    )


def _refuse_day(private: PrivatePlan, until: dt.date, today: dt.date) -> None:
    last = private.about.delete_on
    if today < until <= last:
        return
    problem = Problem(
        private.plan.path,
        f"the page would have to be gone on {until}, which is not after today"
        if until <= today
        else f"the page would be there until {until}, and the plan itself is deleted on {last}",
        f"choose a day until {last}"
        if last > today
        else "write a later delete_on into the plan, if the client agreed to one",
        Code.CLIENT_SHARE_UNTIL,
        field="until",
    )
    raise Refusal([problem], ExitCode.USAGE)


def _not_installed() -> Refusal:
    problem = Problem(
        "plan",
        "what encrypts is not installed",
        "install it: pip install kinopress[private] (scripts/build.py brings it along)",
        Code.CLIENT_SHARE_NEEDS,
    )
    return Refusal([problem], ExitCode.ENVIRONMENT)
