"""A place to publish to, set by answering questions: the settings are changed in no other byte, and secrets never go there."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from kinopress.codes import Code
from kinopress.content.forms.settings.places import KINDS, PLACE
from kinopress.content.forms.settings.read import FILE, read_settings, settings_in
from kinopress.content.model.settings import PublishTo, Settings
from kinopress.content.source.document import decode
from kinopress.content.source.writer import Change, Put, Remove, changed_yaml, token
from kinopress.content.source.yaml.words import Value
from kinopress.problems import ExitCode, Problem, Refusal
from kinopress.project.change.save import save
from kinopress.project.live.places import choose, in_words, target_of, where
from kinopress.project.live.site import site_name
from kinopress.publish.secrets import check_secrets, find_secret, keep_secret, variable
from kinopress.publish.target import HostError

WHERE = ("extra", "kinopress", "publish")
"""The way to the places in the settings."""

FIELDS: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "folder": ("folder",),
        "zip": ("zip", "host"),
        "server": ("server", "port"),
        "bucket": ("bucket", "endpoint", "region"),
        "repository": ("repository", "branch", "history"),
    }
)
"""What is asked of each kind of place; the first is what it cannot be without."""

SECRETS: Mapping[str, Sequence[str]] = MappingProxyType(
    {"bucket": ("key", "secret"), "repository": ("token",)}
)
"""What is asked as well, and kept outside the project."""

_NAMES = {
    "folder": "web",
    "zip": "upload",
    "server": "server",
    "bucket": "store",
    "repository": "pages",
}
_ORDER = [field.name for field in PLACE.fields.values()]


@dataclass(frozen=True, slots=True)
class Found:
    """What is at a place, before anything is published there.

    Attributes:
        place: It, in words.
        site: Whose site is there already; empty where there is none of ours.
        is_ours: Whether that is this very site.
    """

    place: str
    site: str = ""
    is_ours: bool = False


def kind_of(place: PublishTo) -> str:
    """Which of :data:`FIELDS` a place is."""
    return next(kind for kind in KINDS if getattr(place, kind) is not None)


def name_for(
    settings: Settings, kind: str, project: Path, environment: Mapping[str, str] = os.environ
) -> str:
    """A free name for a new place: nobody need think of one.

    A name of which keys are known is not free: they are another place's, and this one must never be shown them.
    """
    name, number = _NAMES[kind], 2
    taken = {variable(other, "") for other in settings.publish}
    while variable(name, "") in taken or known_secrets(project, name, kind, environment):
        name, number = f"{_NAMES[kind]}-{number}", number + 1
    return name


def opened(project: Path) -> str:
    """What a form keeps to know whether the settings are still those that it was filled from."""
    try:
        return token((project / FILE).read_bytes())
    except OSError:
        return ""


def set_place(
    project: Path,
    opened_as: str,
    name: str,
    kind: str,
    typed: Mapping[str, str],
    site_url: str | None = None,
) -> None:
    """Write a place into the settings, or change the one of that name.

    Args:
        project: The project's folder.
        opened_as: See :func:`opened`.
        name: The name of the place.
        kind: Which of :data:`FIELDS` it is.
        typed: What was typed for each field; an empty one is not written.
        site_url: The address at which readers will find the site; ``None``: as it is.

    Raises:
        Refusal: what was typed cannot be used, each with the field it is about; or the settings cannot be
            changed. Nothing is written then.
    """
    first = FIELDS[kind][0]
    if not typed.get(first):
        raise _wrong(name, first, "this is needed", "write it like the example")
    written = {field: _value(field, typed[field]) for field in FIELDS[kind] if typed.get(field)}
    changes: list[Change] = [Put((*WHERE, name), written, _ORDER)]
    if site_url is not None and site_url != (read_settings(project).site_url or ""):
        changes.append(Put(("site_url",), site_url) if site_url else Remove(("site_url",)))
    _would_be_right(project, changes)
    save(project, FILE, opened_as, changes)


def forget_place(
    project: Path, opened_as: str, name: str, environment: Mapping[str, str] = os.environ
) -> None:
    """Take a place out of the settings, and forget its keys; what was published there stays as it is.

    Keys are kept for a person and found by the name of a place, so another project that has a place of this name loses
    them as well, which the studio says. Kept for that other one, they would open a place that nobody here names any more.

    Raises:
        Refusal: the settings cannot be changed, or its keys cannot be forgotten.
    """
    places = read_settings(project).publish
    changes = [Remove(WHERE if len(places) == 1 else (*WHERE, name))]
    _would_be_right(project, changes)
    # Whatever kind it once was; but not what another place is found by, too.
    shared = {variable(other, "") for other in places if other != name}
    known = [] if variable(name, "") in shared else [w for each in SECRETS.values() for w in each]
    needs_them = name in places and kind_of(places[name]) in SECRETS
    if needs_them:
        with _in_words_of_a_field():
            check_secrets(project, environment)
    save(project, FILE, opened_as, changes)
    # A file of keys that cannot be read is in the way of a place with keys alone; its name stays taken then.
    with nullcontext() if needs_them else suppress(Refusal):
        for what in known:
            with _in_words_of_a_field(what):
                keep_secret(name, what, "", project, environment)


def check_keeping(
    project: Path, kind: str, typed: Mapping[str, str], environment: Mapping[str, str] = os.environ
) -> None:
    """Whether :func:`keep_secrets` will do it: a place is not written for which there can be no keys.

    Raises:
        Refusal: they cannot be kept.
    """
    needed = [what for what in SECRETS.get(kind, ()) if typed.get(what)]
    if needed:
        with _in_words_of_a_field(needed[0]):
            check_secrets(project, environment)


def keep_secrets(
    project: Path,
    name: str,
    kind: str,
    typed: Mapping[str, str],
    environment: Mapping[str, str] = os.environ,
) -> None:
    """Keep what was typed of keys and tokens outside the project; what was left empty stays as it is.

    Raises:
        Refusal: they cannot be kept there.
    """
    for what in SECRETS.get(kind, ()):
        if typed.get(what):
            with _in_words_of_a_field(what):
                keep_secret(name, what, typed[what], project, environment)


@contextmanager
def _in_words_of_a_field(field: str | None = None) -> Iterator[None]:
    try:
        yield
    except HostError as error:
        problem = Problem(error.where, error.what, error.hint, Code.PUBLISH_HOST, field=field)
        raise Refusal([problem], ExitCode.ENVIRONMENT) from None


def known_secrets(
    project: Path, name: str, kind: str, environment: Mapping[str, str] = os.environ
) -> frozenset[str]:
    """Which of the keys and tokens of a place are known already; what they are is told to nobody."""
    try:
        return frozenset(
            what
            for what in SECRETS.get(kind, ())
            if find_secret(name, what, project, environment) is not None
        )
    except HostError:  # said when they are needed, or kept
        return frozenset()


def look_at(project: Path, name: str, environment: Mapping[str, str] = os.environ) -> Found:
    """Whether a place can be reached and written to, and whose site is there. Nothing stays of it there.

    Raises:
        Refusal: why not (exit code 4 or 5).
    """
    settings = read_settings(project)
    place = choose(settings, name)
    with in_words(place, project):
        target = target_of(place, project, environment)
        with target.lock():
            host = target.read_record()
    site = host.site if host is not None and host.live is not None else ""
    return Found(where(place), site, site == site_name(settings))


def _value(field: str, words: str) -> Value:
    if field == "port" and words.isascii() and words.isdecimal():
        return int(words)
    return words == "true" if field == "history" else words


def _would_be_right(project: Path, changes: Sequence[Change]) -> None:
    """Whether the settings could be used with these changes.

    Raises:
        Refusal: they could not.
    """
    try:
        there = (project / FILE).read_bytes()
    except OSError:
        return  # saving says why it cannot be read
    wanted = changed_yaml(there, FILE, changes, any_tags=True)
    text, problems = decode(wanted, FILE)
    settings_in(text, problems, project)


def _wrong(name: str, field: str, what: str, hint: str) -> Refusal:
    at = ".".join((*WHERE, name, field))
    return Refusal([Problem(FILE, what, hint, Code.SETTINGS_PUBLISH, field=at)], ExitCode.USAGE)
