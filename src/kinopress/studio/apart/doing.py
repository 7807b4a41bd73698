"""What the studio's jobs do, each by a function of ``kinopress.project``, in a process of its own.

Whatever opens films, makes pages or talks to a host is loaded here when it is needed, and is gone with the process: the
studio itself, which runs all day, stays small. Each function is given plain values, and says how far it is.
"""

# ruff: noqa: PLC0415 - the studio names these functions and never calls them: what they need is loaded where they are done

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kinopress.content.model.library import Library
from kinopress.content.model.settings import VideoDefaults
from kinopress.content.model.shared import WordGroup
from kinopress.media.trim import Trim
from kinopress.problems import ExitCode, Refusal, Report
from kinopress.project.clients.handed import Handed
from kinopress.project.live.wish import Wish
from kinopress.studio.apart.teller import Teller
from kinopress.system.processors.apart import Say

if TYPE_CHECKING:
    from kinopress.project.clients.share import Shared
    from kinopress.project.live.publish import Published, World
    from kinopress.video.encode.produced import Produced


@dataclass(frozen=True)
class NotKept(Mapping[str, WordGroup]):
    """In place of the words of warning signs: a search made without them would warn of nothing, so nobody can make one."""

    def __getitem__(self, key: str) -> WordGroup:
        raise AssertionError(_NOT_KEPT)

    def __iter__(self) -> Iterator[str]:
        raise AssertionError(_NOT_KEPT)

    def __len__(self) -> int:
        raise AssertionError(_NOT_KEPT)


_NOT_KEPT = "the studio keeps no words of signs: read the project where the search is made"


def read(project: Path, say: Say | None = None) -> tuple[Library, Report]:
    """Read and check a project; pages that the last build has read are known.

    It says so when that is done, before anything comes back: what was known before can be let go then.

    Front matter and texts are most of what was read, and no screen but that of a single page asks for them: they stay in their files. So do
    the rules by which readers' searches recognise warning signs, which only those ask for who make the search.

    Raises:
        Refusal: the settings cannot be used.
    """
    from kinopress.content.forms.read_later import read_text_later
    from kinopress.project.check import check_project
    from kinopress.project.remembered.read import read_before

    library, report = check_project(project, known=read_before(project, is_for_later=False))
    terms = library.vocabulary.terms.values()
    for page in (*library.pages.values(), *library.held.values(), *terms):
        read_text_later(page, project)
    flags = {key: replace(flag, say=()) for key, flag in library.shared.red_flags.items()}
    shared = replace(library.shared, red_flags=flags, sign_words=NotKept(), sign_weights=None)
    if say is not None:
        say()
    # A copy has the coach's words, and nothing that was made of them for the check.
    return replace(library, shared=shared), report


def film_s(film: Path) -> float | None:
    """How long a camera film lasts, in seconds; ``None`` where it cannot tell."""
    from kinopress.project.films.times import camera_film_s

    return camera_film_s(film)


def facts(film: Path) -> dict[str, Any]:
    """What a coach wants to know of a film that has arrived.

    Raises:
        Refusal: it cannot be used as a film.
    """
    from kinopress.project.films.add import look_at

    found = look_at(film)
    values = asdict(found)
    names = ("width", "height", "duration_s", "codec", "bit_depth", "has_audio", "bytes")
    return {**{name: values[name] for name in names}, "hdr": found.is_hdr}


def make_playable(
    project: Path, defaults: VideoDefaults, film: Path, name: str, say: Say
) -> tuple[str, list[tuple[float, bytes]]]:
    """Make a whole camera film playable, whatever part of it readers see, and choose pictures of it.

    Returns:
        The folder below the project, and the pictures as JPEG, each with its second.

    Raises:
        Refusal: it cannot be used as a film.
    """
    from kinopress.project.films.early import encode_early, made_early, playable, poster_choices

    teller = Teller(say)
    made = encode_early(project, defaults, film, name, teller, quick=True)
    folder = _folder(made)
    teller.tell("Choosing pictures")
    stills = poster_choices(playable(folder, made_early(folder)))
    return folder.relative_to(project).as_posix(), [(still.at_s, still.jpeg) for still in stills]


def encode(
    project: Path,
    defaults: VideoDefaults,
    film: Path,
    name: str,
    trim: Trim,
    poster_at_s: float | None,
    poster: Path | None,
    say: Say,
) -> Mapping[str, Any]:
    """Make all sizes of a film that has no page yet.

    Raises:
        Refusal: it cannot be made.
    """
    from kinopress.project.films.early import encode_early

    made = encode_early(
        project,
        defaults,
        film,
        name,
        Teller(say),
        trim=trim,
        poster_at_s=poster_at_s,
        poster=poster,
    )
    _folder(made)
    return {"problems": [problem.as_dict() for problem in made.problems]}


def _folder(made: Produced) -> Path:
    errors = [p for p in made.problems if p.severity == "error"]
    if made.folder is None or errors:
        raise Refusal(errors, ExitCode.CONTENT)
    return made.folder


def build_site(project: Path, quick: bool, say: Say) -> Mapping[str, Any]:
    """Build the site.

    Raises:
        Refusal: it cannot be built.
    """
    from kinopress.project.build import build

    teller = Teller(say)
    teller.tell("Checking everything")
    built = build(project, teller, quick=quick)
    if built.report.errors:
        raise Refusal(built.report.errors, ExitCode.CONTENT)
    return {
        "anew": built.anew,
        "warnings": len(built.report.warnings),
        "pages": len(built.library.pages),
    }


def changes(project: Path, drafts: bool, say: Say) -> Mapping[str, Any]:
    """What a build would change.

    Raises:
        Refusal: it cannot be built.
    """
    from kinopress.project.telling.changes import what_would_change

    teller = Teller(say)
    teller.tell("Building aside")
    found = what_would_change(project, teller, drafts=drafts)
    if found.folder is None:
        raise Refusal(found.report.errors, ExitCode.CONTENT)
    return {
        "drafts": drafts,
        "folder": found.folder.relative_to(project).as_posix(),
        "nothing": found.nothing,
        "files": found.files,
        **{
            name: [asdict(change) for change in changes]
            for name, changes in (
                ("new", found.new),
                ("changed", found.changed),
                ("gone", found.gone),
            )
        },
    }


def publish_site(project: Path, wish: Wish, world: World | None, say: Say) -> Mapping[str, Any]:
    """Build, and publish to a place; or only look what that would change there.

    Raises:
        Refusal: it cannot be published.
    """
    from kinopress.project.live.publish import publish

    teller = Teller(say)
    teller.tell("Checking everything")
    return _told(publish(project, wish, teller, world))


def put_back(project: Path, wish: Wish, world: World | None, say: Say) -> Mapping[str, Any]:
    """Give readers the release before the last one again.

    Raises:
        Refusal: it cannot be had.
    """
    from kinopress.project.live.rollback import roll_back

    teller = Teller(say)
    teller.tell("Putting it back")
    return _told(roll_back(project, wish, listener=teller, world=world))


def try_place(project: Path, place: str, say: Say) -> Mapping[str, Any]:
    """Look whether a place can be reached and written to; nothing of the site is sent."""
    from kinopress.project.live.new_place import look_at as look_at_place

    Teller(say).tell("Trying to reach it")
    return {"tried": asdict(look_at_place(project, place))}


def hand_over(project: Path, name: str, films: bool) -> Handed:
    """Make the file of a client's plan.

    Raises:
        Refusal: it cannot be made.
    """
    from kinopress.project.clients.hand_over import hand_over as made
    from kinopress.project.read import read_project

    return made(project, read_project(project)[0], name, films=films)


def share(project: Path, name: str, films: bool, in_link: bool, until: dt.date | None) -> Shared:
    """Encrypt a client's plan for the next publication.

    Raises:
        Refusal: it cannot be encrypted.
    """
    from kinopress.project.clients.share import share as encrypted
    from kinopress.project.read import read_project

    library, _ = read_project(project)
    return encrypted(project, library, name, films=films, in_link=in_link, until=until)


def _told(done: Published) -> Mapping[str, Any]:
    from kinopress.publish.record import is_page

    plan = done.plan
    if plan is None:
        raise Refusal(done.report.errors, ExitCode.CONTENT)
    gone = [path for path in plan.withdrawn if is_page(path)]
    pages = {"new": done.new_pages, "changed": done.changed_pages, "gone": gone}
    return {
        "done": done.done,
        "live": done.live,
        "address": done.address,
        "nothing": plan.nothing_to_do,
        "encrypted": done.pages.in_words(would=not done.done),
        "bytes": plan.sends_bytes,
        "films": len(plan.new_films),
        "warnings": [problem.as_dict() for problem in done.report.warnings],
        **{
            name: [path.removesuffix("index.html") for path in paths]
            for name, paths in pages.items()
        },
    }
