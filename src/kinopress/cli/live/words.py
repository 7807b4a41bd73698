"""What is said of a publication, and how it is asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from kinopress.cli.terminal.progress import Told
from kinopress.cli.terminal.report import print_problems
from kinopress.content.forms.settings.read import read_settings
from kinopress.content.model.pages import Page
from kinopress.problems import ExitCode
from kinopress.project.live.encrypted import Moved
from kinopress.project.live.publish import Published
from kinopress.project.telling.timed import about, size_words
from kinopress.publish.plan import Publication
from kinopress.publish.record import is_page

F = TypeVar("F", bound=Callable[..., Any])
_SHOWN_MAX = 12
PAGE_BY_PAGE = (
    "A store changes its pages one after another, within moments: until the last of them, readers may"
    " have met pages of both releases, and every link led somewhere."
)
"""Said where a host cannot change a site in one step."""
_SHOWN_DIGITS = 8
_LINE_EVERY_PERCENT = 25


def to_option(function: F) -> F:
    """``--to NAME``: which place."""
    return click.option("--to", metavar="NAME", help="The place, by its name in mkdocs.yml.")(
        function
    )


class ToldOfPublishing(Told):
    """Tells a person at the command line: a :class:`~kinopress.project.live.publish.PublishListener`."""

    def __init__(self) -> None:
        self.percent = 0
        self.has_waited = False

    def sent(self, done_bytes: int, of_bytes: int) -> None:
        """A line at each quarter, where there is much to send."""
        percent = 100 * done_bytes // max(1, of_bytes)
        if (
            of_bytes >= 5_000_000
            and percent // _LINE_EVERY_PERCENT > self.percent // _LINE_EVERY_PERCENT
        ):
            click.echo(f"sent {percent} % of {size_words(of_bytes)}", err=True)
        self.percent = percent

    def waiting(self, left_s: float) -> None:
        """Said once."""
        if not self.has_waited:
            self.has_waited = True
            click.echo(f"Waiting until the site shows it, at most {about(left_s)} …", err=True)


def chosen(project: Path, to: str | None) -> str | None:
    """The place that was named, or that a person at a terminal chooses out of several."""
    places = read_settings(project).publish
    if to is not None or len(places) < 2 or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return to
    answer: str = click.prompt("Publish to", type=click.Choice(list(places)))
    return answer


def say_published(done: Published, *, rolled_back: bool = False, due: bool = False) -> ExitCode:
    """Say what became of a publication; answers the exit code."""
    plan = done.plan
    if plan is None:
        print_problems(done.report)
        click.echo("Nothing was published; readers still have what they had.")
        say_pages(done.pages)
        return ExitCode.CONTENT
    print_problems(done.report.warnings)
    if done.was_taken_back:
        click.echo(
            f"Nothing was sent: a rollback took this very release back from {done.place}."
            " It is published again when something has changed, or by kinopress publish without --due."
        )
        say_pages(done.pages)
        say_agenda(done.agenda)
        return ExitCode.OK
    if not done.done:
        say_changes(done)
        say_pages(done.pages, would=True)
        say_agenda(done.agenda)
        click.echo("Nothing was sent: this was only a look.")
        return ExitCode.OK
    if plan.nothing_to_do:
        when = f" since {moment(done.since)}" if done.since else ""
        click.echo(f"Nothing to do: {done.place} has had this very release{when}.")
    else:
        say_changes(done)
        verb = "Put back" if rolled_back else "Published"
        click.echo(f"{verb}: release {done.id[:_SHOWN_DIGITS]} to {done.place}.")
        if done.page_by_page:
            click.echo(PAGE_BY_PAGE)
    say_pages(done.pages)
    for path in done.noted:
        click.echo(f"Noted for computers without the film: {path} (keep it with your pages)")
    if done.live:
        click.echo(f"It is live: {done.address}")
        if due:
            for path in done.new_pages[:_SHOWN_MAX]:
                click.echo(f"  {address_of(done.address or '', path)}")
    elif done.live is None and not done.address:
        click.echo("Whether readers get it was not checked: site_url is not set in mkdocs.yml.")
    say_agenda(done.agenda)
    return ExitCode.PUBLISH if done.live is False else ExitCode.OK


def say_changes(done: Published) -> None:
    """What readers get that they did not have."""
    plan = done.plan
    if plan is None:
        return
    _list("New page", "New pages", done.new_pages)
    _list("Changed page", "Changed pages", done.changed_pages)
    gone = [path for path in plan.withdrawn if is_page(path)]
    _list("Page that goes", "Pages that go", gone)
    if plan.returned:
        _list(
            "Put back, since it was deleted there",
            "Put back, since they were deleted there",
            plan.returned,
        )
    click.echo(to_send(plan))


def say_pages(pages: Moved, *, would: bool = False) -> None:
    """What became of encrypted pages, in a line; nothing where nothing did."""
    if line := pages.in_words(would=would):
        click.echo(line)
    for line in pages.elsewhere:
        click.echo(line)


def say_agenda(agenda: Mapping[date, Sequence[Page]]) -> None:
    """What goes live when: on a day, never to the minute, since it takes a publication."""
    coming = [(day, page) for day, pages in agenda.items() for page in pages]
    if not coming:
        return
    click.echo("Goes live with the first publishing on its day or later:")
    for day, page in coming[:_SHOWN_MAX]:
        click.echo(f"  {day:%A} {day.day} {day:%B %Y}: {page.title} ({page.path})")
    if len(coming) > _SHOWN_MAX:
        click.echo(f"  and {len(coming) - _SHOWN_MAX} more")


def to_send(plan: Publication) -> str:
    """How much there is to send and to delete, in a line."""
    files = sum(step.sent for step in plan.steps)
    films = len(plan.new_films)
    words = "nothing to send"
    if files:
        words = f"{_many(files, 'file')} to send, {size_words(plan.sends_bytes)}"
        words += f", including {_many(films, 'film file')}" if films else ""
    words += f"; {len(plan.kept)} there already"
    if plan.deletes:
        words += f"; {len(plan.deletes)} out of use to delete"
    return words[0].upper() + words[1:] + "."


def _list(one: str, many: str, paths: Sequence[str]) -> None:
    if not paths:
        return
    click.echo(f"{one if len(paths) == 1 else many} ({len(paths)}):")
    for path in paths[:_SHOWN_MAX]:
        click.echo(f"  {_page(path)}")
    if len(paths) > _SHOWN_MAX:
        click.echo(f"  and {len(paths) - _SHOWN_MAX} more")


def _page(path: str) -> str:
    return path.removesuffix("index.html") or "/"


def address_of(site_url: str, path: str) -> str:
    """The address of a page."""
    return f"{site_url.rstrip('/')}/{path.removesuffix('index.html')}"


def _many(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def moment(when: datetime) -> str:
    """A moment where the coach is: ``22 November 2026 at 09:30``."""
    here = when.astimezone()
    return f"{here.day} {here:%B %Y} at {here:%H:%M}"


def short(release: str) -> str:
    """The id of a release as it is shown."""
    return release[:_SHOWN_DIGITS]
