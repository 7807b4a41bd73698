"""The places of the settings, as hosts, and what they say in the coach's words."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from kinopress.codes import Code
from kinopress.content.forms.settings.read import FILE
from kinopress.content.model.names import nearest
from kinopress.content.model.settings import PublishTo, Settings
from kinopress.problems import ExitCode, Problem, Refusal, quoted
from kinopress.project.folder import cannot_write, is_full
from kinopress.project.live.known import REMEMBERED
from kinopress.publish.limits import limits_of
from kinopress.publish.record import NAME, HostRelease, UnreadableRecord, read_record, record_bytes
from kinopress.publish.secrets import find_secret, variable
from kinopress.publish.target import HostError, Target
from kinopress.system.atomic import write_bytes

_OWN = Path(".kinopress/publish")
"""Repositories of our own, one for each branch that is published to."""
_GIT_WAIT_S = 600.0
"""Hosts that make pages of a branch take a minute or two, sometimes ten."""
_WAIT_S = 30.0


def choose(settings: Settings, name: str | None) -> PublishTo:
    """The place that is meant.

    Raises:
        Refusal: there is none, or it is not clear which (exit code 2).
    """
    places = settings.publish
    if not places:
        raise _no_place(
            "no place to publish to is set",
            "add this line below kinopress: in mkdocs.yml, indented by two more spaces: publish: {web: {folder: ../public_html}}",
        )
    if name is None and len(places) > 1:
        raise _no_place(
            f"there are {len(places)} places to publish to",
            f"say which: --to {' or --to '.join(places)}",
        )
    if name is not None and name not in places:
        close = nearest(name, places)
        hint = f"did you mean {close[0]}?" if close else f"choose from {', '.join(places)}"
        raise _no_place(f"there is no place {quoted(name)} to publish to", hint)
    return places[name] if name is not None else next(iter(places.values()))


def _no_place(what: str, hint: str) -> Refusal:
    problem = Problem(FILE, what, hint, Code.PUBLISH_PLACE, field="extra.kinopress.publish")
    return Refusal([problem], ExitCode.USAGE)


def target_of(
    place: PublishTo, project: Path, environment: Mapping[str, str] = os.environ
) -> Target:
    """The host of a place.

    Args:
        place: The place.
        project: The project's folder.
        environment: Where tokens may be.

    Raises:
        `HostError`: a file with tokens can be read by others.
    """
    # Each host is loaded only for whoever publishes there.
    if place.repository is not None:
        from kinopress.publish.hosts.git import GitBranch  # noqa: PLC0415

        return GitBranch(
            _repository(place.repository, project),
            place.branch,
            project / _OWN / f"{place.name}.git",
            limits_of(place.host, place.repository),
            with_history=place.history,
            token=find_secret(place.name, "token", project, environment),
        )
    if place.zip is not None:
        from kinopress.publish.hosts.archive import Archive  # noqa: PLC0415

        return Archive((project / place.zip).resolve(), limits_of(place.host))
    if place.server is not None:
        from kinopress.publish.hosts.server import server_target  # noqa: PLC0415
        from kinopress.publish.hosts.ssh import Server  # noqa: PLC0415

        login, _, folder = place.server.partition(":")
        folder = folder.removeprefix(
            "~/"
        )  # ssh begins there anyway, and a path is never read by its shell
        return server_target(Server(login, folder, place.port), limits_of(place.host))
    if place.bucket is not None:
        return _bucket(place, project, environment)
    from kinopress.publish.hosts.folder import Folder  # noqa: PLC0415

    return Folder((project / (place.folder or "")).resolve())


def _bucket(place: PublishTo, project: Path, environment: Mapping[str, str]) -> Target:
    try:
        from kinopress.publish.hosts.s3 import Bucket, BucketStore  # noqa: PLC0415
    except ImportError:
        what = "the library for stores that speak S3 is not installed"
        raise HostError(what, "install it: pip install 'kinopress[s3]'") from None
    from kinopress.publish.hosts.direct import Direct  # noqa: PLC0415

    found = {
        what: find_secret(place.name, what, project, environment) for what in ("key", "secret")
    }
    for what, value in found.items():
        if not value:
            raise HostError(
                f"the {'access key' if what == 'key' else 'secret key'} of the store is missing",
                f"give it in the environment as {variable(place.name, what)}, or in the file with secrets (COACH.md, “Publish”)",
            )
    name, _, prefix = (place.bucket or "").partition("/")
    bucket = Bucket(
        name,
        prefix.rstrip("/"),
        place.endpoint or "",
        place.region,
        found["key"] or "",
        found["secret"] or "",
    )
    return Direct(BucketStore(bucket), limits_of(place.host))


def _repository(address: str, project: Path) -> str:
    """An address as it is, or a folder as seen from the project."""
    is_address = "://" in address or ":" in address.partition("/")[0]
    return address if is_address else str((project / address).resolve())


def where(place: PublishTo) -> str:
    """A place in words: ``the folder ../web``."""
    if place.repository is not None:
        return f"the branch {place.branch} of {place.repository}"
    if place.server is not None:
        return f"the folder {place.server}"
    if place.bucket is not None:
        return f"the bucket {place.bucket}"
    if place.zip is not None:
        return f"the zip file {place.zip}"
    return f"the folder {place.folder}"


def wait_s(place: PublishTo) -> float:
    """How long to wait until the site shows what was published, in seconds."""
    return _GIT_WAIT_S if place.repository is not None else _WAIT_S


@contextmanager
def in_words(place: PublishTo, project: Path) -> Iterator[None]:
    """Say what a host cannot do.

    Raises:
        Refusal: with exit code 4, or 5 when somebody else publishes there.
    """
    try:
        yield
    except HostError as error:
        code = Code.PUBLISH_BUSY if error.busy else Code.PUBLISH_HOST
        at = error.where or where(place)
        if error.in_the_way:
            code, at = Code.PUBLISH_IN_THE_WAY, f"{where(place)}: {error.in_the_way}"
        problem = Problem(at, error.what, error.hint, code)
        raise Refusal([problem], ExitCode.BUSY if error.busy else ExitCode.PUBLISH) from None
    except UnreadableRecord as error:
        what = (
            "a later version of Kinopress published there"
            if error.newer
            else f"the list of published files there, {NAME}, is damaged"
        )
        hint = (
            "bring this computer up to date before you publish"
            if error.newer
            else f"delete {NAME} there, then publish again"
        )
        problem = Problem(where(place), what, hint, Code.PUBLISH_RECORD)
        raise Refusal([problem], ExitCode.PUBLISH) from None
    except OSError as error:
        if is_full(error) and not _is_kept_here(project, error):
            # Whatever was being copied, the disk that is full is the one that is written to.
            what = "there is no room left on the disk that it is on"
            hint = "free some space there, then run this again"
            problem = Problem(where(place), what, hint, Code.CANNOT_WRITE)
            raise Refusal([problem], ExitCode.PUBLISH) from None
        named = Path(str(error.filename)) if error.filename else project
        raise Refusal(cannot_write(named, error).problems, ExitCode.PUBLISH) from None


def _is_kept_here(project: Path, error: OSError) -> bool:
    """Whether an error is about what the program keeps in the project, and not about the place."""
    if not error.filename:
        return False
    own = (project / ".kinopress").resolve()
    return Path(os.fsdecode(error.filename)).resolve().is_relative_to(own)


def remember(project: Path, place: PublishTo, release: HostRelease) -> None:
    """Keep a copy of the record, for a host on which somebody deletes it.

    Raises:
        OSError: it cannot be written.
    """
    write_bytes(_remembered(project, place), record_bytes(release))


def with_remembered(
    project: Path, place: PublishTo, host: HostRelease | None
) -> HostRelease | None:
    """The host's record; where it has none, what was published there from here, all of it in doubt.

    So files that we put there are known as ours, and each is put there again.
    """
    if host is not None:
        return host
    try:
        last = read_record(_remembered(project, place).read_bytes())
    except (OSError, UnreadableRecord):
        return None
    files = {**{path: one.file for path, one in last.retired.items()}, **last.files()}
    return HostRelease(begun=files, site=last.site)


def place_key(place: PublishTo) -> str:
    """What tells one place from another on this computer, and says nothing of it."""
    at = json.dumps(
        [
            place.folder,
            place.zip,
            place.repository,
            place.branch,
            place.server,
            place.bucket,
            place.endpoint,
        ]
    )
    return hashlib.sha256(at.encode()).hexdigest()[:16]


def _remembered(project: Path, place: PublishTo) -> Path:
    return project / REMEMBERED / f"published-{place_key(place)}.json"


def has_an_earlier_release(project: Path, place: PublishTo) -> bool:
    """Whether a place had a release before the one that was published from this computer last; the host is not asked."""
    if place.zip is not None:  # it holds one
        return False
    try:
        return len(read_record(_remembered(project, place).read_bytes()).editions) > 1
    except (OSError, UnreadableRecord):
        return False
