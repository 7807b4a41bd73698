"""What all screens share: the project as it is now, the jobs at work, the films that have arrived."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from starlette.requests import Request

from kinopress.content.model.library import Library
from kinopress.content.model.settings import Settings
from kinopress.problems import Refusal, Report
from kinopress.project.folder import cannot_use
from kinopress.project.made_from import fingerprint
from kinopress.studio.apart import doing
from kinopress.studio.arrivals import Arrivals
from kinopress.studio.folder import DropFolder
from kinopress.studio.jobs import Jobs
from kinopress.studio.look import render
from kinopress.studio.session import Session
from kinopress.system.processors.apart import Apart, Lost, apart
from kinopress.system.processors.memory import give_back
from kinopress.system.stamps import stamp

if TYPE_CHECKING:
    from kinopress.project.live.publish import World  # what publishes is loaded where that is done

FOLDER = Path(".kinopress/studio")
"""Where the studio keeps what can be made again or is on its way, below the project."""


@dataclass(frozen=True, slots=True)
class Now:
    """A project as it is at a moment.

    Attributes:
        library: What the coach wrote; ``None`` when the settings cannot be used and never could be.
        report: Every problem.
        at: When it was read, in the coach's time zone.
    """

    library: Library | None
    report: Report
    at: dt.datetime


class Studio:
    """One run of the studio.

    Args:
        project: The project's folder.
        session: Who may use it.
        preview: The address at which the site is shown; empty: it is not.
        world: What a publication asks of the world around it; a test gives another one.
        apart: How anything is done that takes libraries or much memory.
    """

    def __init__(
        self,
        project: Path,
        session: Session,
        preview: str = "",
        world: World | None = None,
        apart: Apart = apart,
    ) -> None:
        self.project, self.session, self.preview, self.world = project, session, preview, world
        self.apart = apart
        self.jobs = Jobs(project / FOLDER / "jobs")
        self.arrivals = Arrivals(project / FOLDER / "films")
        self.folder = DropFolder(project / FOLDER / "folder.json")
        self._reading = threading.Lock()
        self._read: tuple[str, str, Now] | None = None
        self._last: Library | None = None
        self._lengths_s: dict[str, float | None] = {}

    def now(self) -> Now:
        """The project as it is now; read again only when a file has changed, or the day."""
        with self._reading:
            today = dt.datetime.now().astimezone()
            try:
                seen = fingerprint(self.project, self._clients())
            except OSError:
                seen = ""
            hour = f"{today:%Y-%m-%d %H}"  # so that a new day is seen in any time zone
            if self._read is None or not seen or self._read[:2] != (seen, hour):
                self._read = seen, hour, self._look(today)
            return self._read[2]

    def _clients(self) -> str:
        """The folder of clients as far as it is known: whoever names another one changes the settings, and so all is read."""
        return (Settings() if self._last is None else self._last.settings).clients

    def _look(self, at: dt.datetime) -> Now:
        try:
            library, report = self._read_apart()
        except Refusal as refusal:  # the settings: what was read before stays in force
            return Now(self._last, Report(list(refusal.problems)), at)
        except OSError as error:
            if (unusable := cannot_use(error)) is None:
                raise
            return Now(self._last, Report(list(unusable.problems)), at)
        self._last = library
        return Now(library, report, dt.datetime.now(ZoneInfo(library.settings.timezone)))

    def _read_apart(self) -> tuple[Library, Report]:
        """What is written and every problem of it; where no process can be had for that, it is read here."""

        def let_go() -> None:
            """Not two sites at a time: what it takes to hold both would be kept from the system all day."""
            self._read = self._last = None

        try:
            return self.apart(doing.read, self.project, say=let_go)
        except Lost:
            return doing.read(self.project)
        finally:
            give_back()

    def film_s(self, film: Path) -> float | None:
        """How long a camera film lasts, in seconds; ``None`` where it cannot tell.

        A film that has not changed since is not opened again.
        """
        try:
            is_as = f"{film} {stamp(film)}"
        except OSError:
            return None
        if is_as not in self._lengths_s:
            try:
                self._lengths_s[is_as] = self.apart(doing.film_s, film)
            except Lost:  # it is asked again the next time
                return None
        return self._lengths_s[is_as]

    def page(self, template: str, request: Request, **values: object) -> str:
        """A screen: its template with its own values and those that every screen has."""
        return render(
            template,
            here=request.url.path,
            preview=self.preview,
            said=SAID.get(request.query_params.get("said", ""), ""),
            **values,
        )


SAID = {
    "kept": "Kept. The film waits here until you publish it.",
    "removed": "Removed. The film you sent it from is where it was.",
    "film": "What you typed of the film is kept.",
    "captions": "The captions are kept.",
    "no-captions": "The captions are removed.",
    "look": "Saved. The next publishing makes the film again as far as it has become different.",
    "accepted": "The captions are accepted: readers get them with the next publishing.",
    "folder": "The folder is kept.",
    "saved": "Saved. Only what you changed was written.",
    "place": "Kept: only its own lines in mkdocs.yml were written. It is being tried.",
    "no-place": "It is off the list. What is published there stays as it is.",
    "new": "Written, as a draft: fill in what is marked, then choose “no” under Draft.",
    "returned": "The page is back where it was, with its address.",
    "plan": "Saved. Only what you changed was written.",
    "unshared": "The encrypted page is withdrawn. The next publication removes it.",
    "forgotten": "Deleted. What the client has, and copies of this computer, cannot be recalled.",
    "back": "The earlier site is in place again.",
}
"""What a screen may say after something was done: by the key in its address, since nothing in an address
is ever shown."""


def studio_of(request: Request) -> Studio:
    """The studio that answers a request."""
    found: Studio = request.app.state.studio
    return found
