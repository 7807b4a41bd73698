"""Settings, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kinopress.content.model.names import Mention
from kinopress.problems import Problem


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """Where clients come to."""

    street: str
    town: str
    country: str
    region: str | None = None
    postcode: str | None = None


@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody is there.

    Attributes:
        text: As the coach wrote it.
        days: From 0, Monday, to 6, in order.
        opens: In 24-hour time: ``09:00``.
        closes: Likewise, later on the same day.
    """

    text: str
    days: tuple[int, ...]
    opens: str
    closes: str


@dataclass(frozen=True, slots=True)
class Coach:
    """Who the reader can turn to. What is not set is said to be not set, never made up."""

    name: str | None = None
    role: str | None = None
    place: str | None = None
    qualifications: tuple[str, ...] = ()
    photo: Mention | None = None
    """A picture of hers, by its place in docs/."""
    promise: Mention | None = None
    """What readers can count on, in a sentence of hers."""
    greeting: Mention | None = None
    """What she says to whoever comes to the site, in the first person."""
    address: PostalAddress | None = None
    """Where clients come to, if it is to be public."""
    opening_hours: tuple[Hours, ...] = ()
    email: str | None = None
    phone: str | None = None
    booking_url: str | None = None
    form_url: str | None = None
    """Where the form on the contact page is sent to."""
    form_trap: str = "_gotcha"
    """The name of the field that only robots fill in."""

    @property
    def can_be_asked(self) -> bool:
        """Whether there is any way to reach her."""
        return bool(self.email or self.phone or self.booking_url or self.form_url)


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a client gets, and on which terms; what is not set is not shown."""

    measures: tuple[Mention, ...] = ()
    """What is measured or looked at, a thing each."""
    length: str | None = None
    price: str | None = None
    place: str | None = None
    remote: bool | None = None
    """Whether it is possible online; ``None`` where nothing is said of it."""
    cancellation: Mention | None = None


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Somebody who goes through pages."""

    key: str
    name: str
    clinician: bool = False


@dataclass(frozen=True, slots=True)
class VideoDefaults:
    """How films are made; the size is the short side of the picture in pixels.

    ``captions_model`` is a folder, seen from the project, with a model that drafts captions.
    """

    short_side_max_px: int = 1080
    captions_model: str | None = None


@dataclass(frozen=True, slots=True)
class PublishTo:
    """A place to publish to: a folder, a zip file, a branch of a repository, a server or a bucket.

    Attributes:
        name: What the coach calls it.
        line: The line on which it begins.
        folder: A folder that a web server shows, seen from the project.
        zip: A zip file, seen from the project.
        repository: The address of a git repository.
        branch: Its branch.
        history: Whether each commit on it has a parent.
        server: A folder on a server, like ``jen@example.org:public_html``, to which ssh and rsync lead.
        port: The port of ssh there.
        bucket: A bucket of a store that speaks S3, with the folder in it, like ``site/hips``.
        endpoint: The address of that store.
        region: Its region.
        host: Whose limits apply, where the address does not tell.
    """

    name: str
    line: int
    folder: str | None = None
    zip: str | None = None
    repository: str | None = None
    branch: str = "gh-pages"
    history: bool = False
    server: str | None = None
    port: int | None = None
    bucket: str | None = None
    endpoint: str | None = None
    region: str = "auto"
    host: str | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set."""

    site_name: str = "Kinopress"
    site_url: str | None = None
    site_description: str | None = None
    site_dir: str = "site"
    timezone: str = "Europe/London"
    copyright: str | None = None
    language: str = "en"
    """The language of the words around the pages, in two letters."""
    logo: Mention | None = None
    """The picture before the site's name, by its place in docs/."""
    favicon: Mention | None = None
    """The site's icon, by its place in docs/."""
    colour: str | None = None
    """The colour of links, buttons and headings, like ``#4051b5``; its shades are worked out from it."""
    offline: bool = True
    """Whether a reader's device keeps the site, to be read without a network."""
    clients: str = "clients"
    """The folder of private plans, seen from the project; nothing in it is ever read for the site."""
    help: str = "docs/data/help.yml"
    """The file that says whom readers call and what they are told for their own safety."""
    coach: Coach = Coach()
    assessment: Assessment = Assessment()
    reviewers: Mapping[str, Reviewer] = field(default_factory=dict)
    video: VideoDefaults = VideoDefaults()
    allowed_phrases: tuple[str, ...] = ()
    publish: Mapping[str, PublishTo] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()
    """What is worth a look in the settings and stops nothing."""
    extra_files: tuple[tuple[str, int], ...] = ()
    """Styles, scripts, logo and icon of the coach's own, by their place in docs/, and the lines that name them."""
    has_more_for_mkdocs: bool = False
    """Whether something is set that only MkDocs can judge."""
