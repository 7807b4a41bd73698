"""A place to publish to, set by answering questions: the settings are changed in no other byte, and secrets never go there."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from kinopress.codes import Code
from kinopress.content.forms.publish_fields import KINDS, PLACE
from kinopress.content.forms.settings import FILE, read_settings, settings_in
from kinopress.content.model.settings import PublishTo, Settings
from kinopress.content.source.document import decode
from kinopress.content.source.writer import Change, Put, Remove, changed_yaml, token
from kinopress.content.source.yaml_words import Value
from kinopress.problems import ExitCode, Problem, Refusal
from kinopress.project.change.save import save
from kinopress.project.live.places import choose, in_words, target_of, where
from kinopress.project.live.site import site_name
from kinopress.publish.secrets import find_secret, keep_secret
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


def name_for(settings: Settings, kind: str) -> str:
    """A free name for a new place: nobody need think of one."""
    name, number = _NAMES[kind], 2
    while name in settings.publish:
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


def forget_place(project: Path, opened_as: str, name: str) -> None:
    """Take a place out of the settings; what was published there stays as it is.

    Raises:
        Refusal: the settings cannot be changed.
    """
    last = len(read_settings(project).publish) == 1
    changes = [Remove(WHERE if last else (*WHERE, name))]
    _would_be_right(project, changes)
    save(project, FILE, opened_as, changes)


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
    try:
        for what in SECRETS.get(kind, ()):
            if typed.get(what):
                keep_secret(name, what, typed[what], project, environment)
    except HostError as error:
        problem = Problem(error.where, error.what, error.hint, Code.PUBLISH_HOST, field=what)
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
