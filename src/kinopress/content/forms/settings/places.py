"""Where the site is published to: ``extra.kinopress.publish``, a group of fields for each place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from kinopress.codes import Code
from kinopress.content.forms import scalars as f
from kinopress.content.forms.form import Desk, Field, Form
from kinopress.content.forms.settings.fields import folder_name
from kinopress.content.forms.settings.output_folder import output_problem
from kinopress.content.model.nodes import Fields, Node
from kinopress.content.model.settings import PublishTo
from kinopress.problems import Problem, quoted

KINDS = ("folder", "zip", "repository", "server", "bucket")
"""A place has one of these fields, which says what it is."""
_NAME = re.compile(r"[a-z][a-z0-9-]{0,30}", re.ASCII)
_BRANCH = re.compile(r"(?![-./])(?!.*(?:\.\.|//|@\{|\.lock$|[./]$))[\w./-]{1,100}", re.ASCII)
_REPOSITORY = re.compile(r"(?!-|.*::).*", re.DOTALL)
_ZIP = re.compile(r".*\.zip", re.DOTALL | re.IGNORECASE | re.ASCII)
_SERVER = re.compile(r"(?!-)[\w.@-]+:(?!-|~(?!/[^/]))[^\n\0:]{1,200}")
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,62}(?:/(?!\.{1,2}(?:/|$))[\w.-]+)*/?", re.ASCII)
_ENDPOINT = re.compile(r"https?://[\w.-]+(?::\d{1,5})?/?", re.ASCII)
_SECRET = re.compile(
    r"ghp_\w{30,}|github_pat_\w{30,}|gl(?:pat|dt)-[\w-]{16,}|AKIA[0-9A-Z]{16}|-----BEGIN [A-Z ]*PRIVATE KEY",
    re.ASCII,
)
"""How tokens and keys of hosts begin."""
_WITH_PASSWORD = re.compile(
    r"\w+://[^\s/@]*:[^\s/]*@|https?://[^\s/]*@"
    r"|(?![A-Za-z]:[\\/]|\w+://)[^\s/@:]+:(?:[^\s/@]*@|\S*@[^\s/@:]+:)",
    re.ASCII,
)
"""In an address of the web, or as a login for ssh (``jen:password@example.org:site``), which knows none."""
_MOVE_IT = (
    "remove it here; give it to the host's own login, to a variable of the environment or to a file "
    "outside the project (COACH.md, “Publish”), and make a new one, since this one may have been copied"
)


def _no_secret(line: int, desk: Desk) -> None:
    desk.report(
        line,
        "a password or a token must not be in a file of the project",
        _MOVE_IT,
        Code.SETTINGS_SECRET,
    )


def _without_password(node: Node, desk: Desk) -> str | None:
    """One name that has no password in it, seen before anything quotes it."""
    value = f.one_name(node, desk)
    if value is not None and _WITH_PASSWORD.match(value):
        desk.report(
            node.line,
            "this address contains a login or a password",
            _MOVE_IT,
            Code.SETTINGS_SECRET,
        )
        return None
    return value


def _written(
    pattern: re.Pattern[str], message: str, hint: str
) -> Callable[[Node, Desk], str | None]:
    """A reader of one name that looks like a pattern and has no password in it.

    Args:
        pattern: What the whole of it looks like.
        message: What is said of one that does not, after its name.
        hint: How to write it.
    """

    def read(node: Node, desk: Desk) -> str | None:
        value = _without_password(node, desk)
        if value is not None and not pattern.fullmatch(value):
            desk.report(node.line, f"{quoted(value)} {message}", hint, Code.SETTINGS_PUBLISH)
            return None
        return value

    return read


_branch = _written(_BRANCH, "cannot be the name of a branch", "write it like gh-pages")
_zip = _written(_ZIP, "does not end with .zip", "write it like ../site.zip")
_server = _written(
    _SERVER,
    "does not name a folder on a server",
    "write the login, a colon and the folder, like jen@example.org:public_html",
)
_bucket = _written(
    _BUCKET,
    "cannot be the name of a bucket",
    "write it as the store's pages show it, with a folder in it if you like: hips/site",
)
_repository = _written(
    _REPOSITORY,
    "is not the address of a repository",
    "write it like git@github.com:jen/site.git or https://github.com/jen/site.git",
)
_address_of_store = _written(
    _ENDPOINT,
    "is not the address of a store",
    "write it as the store's pages show it, like https://s3.eu-central-003.backblazeb2.com",
)


def _endpoint(node: Node, desk: Desk) -> str | None:
    value = _address_of_store(node, desk)
    return value.rstrip("/") if value is not None else None


def _folder(node: Node, desk: Desk) -> str | None:
    return None if folder_name(node, desk) is None else _without_password(node, desk)


PLACE = Form(
    Field(
        "folder",
        _folder,
        "A folder that a web server shows to readers, seen from the project.",
        "../public_html",
    ),
    Field("zip", _zip, "A zip file to upload by hand, seen from the project.", "../site.zip"),
    Field(
        "repository",
        _repository,
        "A git repository whose host makes pages of a branch.",
        "git@github.com:jen/site.git",
    ),
    Field(
        "branch",
        _branch,
        "Its branch; gh-pages if not set. Nothing else should be in it.",
        "pages",
    ),
    Field(
        "history",
        f.flag,
        "true if the branch is protected: each publication then has the one before as its parent.",
        "false",
    ),
    Field(
        "server",
        _server,
        "A folder on a server that you can log in to with ssh, and that has rsync.",
        "jen@example.org:public_html",
    ),
    Field("port", f.whole(1, 65535), "The port of ssh on that server, if it is not 22.", "2222"),
    Field(
        "bucket",
        _bucket,
        "A bucket of a store that speaks S3, and the folder in it, if any.",
        "hips/site",
    ),
    Field(
        "endpoint",
        _endpoint,
        "The address of that store; without it Amazon's own.",
        "https://s3.eu-central-003.backblazeb2.com",
    ),
    Field("region", f.one_name, "The store's region; auto if not set.", "eu-central-003"),
    Field(
        "host",
        f.choice("github", "gitlab", "cloudflare"),
        "Whose limits apply, where the address does not tell: `github`, `gitlab` or `cloudflare`.",
        "cloudflare",
    ),
    what="a place to publish to",
    elsewhere=dict.fromkeys(("token", "password", "secret", "key", "secret_key"), _no_secret),
)


def places(node: Node, desk: Desk) -> dict[str, PublishTo] | None:
    """Every place, by its name."""
    if not isinstance(node, Fields):
        desk.report(
            node.line,
            "each place needs a name",
            "write a name of your own for each, like web, with folder:, zip:, repository:, server: or bucket: below it",
            Code.FIELDS_WANTED,
        )
        return None
    if not node.entries:
        desk.report(
            node.line,
            "no place is named here",
            "write one, like publish: {web: {folder: ../public_html}}, or remove the line",
            Code.LIST_EMPTY,
        )
        return None
    found = {}
    for name, value in node.entries.items():
        line = node.key_lines[name]
        if not _NAME.fullmatch(name):
            desk.at(name).report(
                line,
                f"{quoted(name)} cannot be the name of a place",
                "use lower-case letters, digits and hyphens, like web",
                Code.SETTINGS_PUBLISH,
            )
            continue
        values = PLACE.read(value, desk.at(name))
        if values is None:
            continue
        kinds = [kind for kind in KINDS if isinstance(value, Fields) and kind in value.entries]
        if len(kinds) != 1:
            desk.at(name).report(
                line,
                "a place needs a folder, a zip file, a repository, a server or a bucket, and this one has none of them"
                if not kinds
                else f"a place cannot be {' and '.join(kinds)} at once",
                "write exactly one of the lines folder:, zip:, repository:, server: and bucket:",
                Code.SETTINGS_PUBLISH,
            )
        elif kinds[0] in values:
            found[name] = PublishTo(name, line, **values)
    return found


def check_places(found: Mapping[str, PublishTo], project: Path, site_dir: str, desk: Desk) -> None:
    """Whether what is published may be written where the settings say."""
    for place in found.values():
        where = place.folder if place.folder is not None else place.zip
        if where is None:
            continue
        wrong = output_problem(
            project, where if place.zip is None else str(Path(where).parent / "x")
        )
        if wrong is None and place.folder is not None and _is_site(project, where, site_dir):
            wrong = "kinopress build fills this folder itself"
        if place.zip is not None and (project / where).resolve().is_relative_to(
            (project / site_dir).resolve()
        ):
            wrong = "the next build would find this file in the site's folder"
        if wrong:
            kind = "folder" if place.folder is not None else "zip"
            desk.at(place.name).at(kind).report(
                place.line, wrong, "choose a place outside the project", Code.SETTINGS_PUBLISH
            )


def _is_site(project: Path, where: str, site_dir: str) -> bool:
    site, folder = (project / site_dir).resolve(), (project / where).resolve()
    return folder == site or folder.is_relative_to(site) or site.is_relative_to(folder)


def secrets_in(text: str, path: str) -> list[Problem]:
    """A problem for each line of a file in which a token or a password is."""
    return [
        Problem(
            path,
            "there is a password or a token on this line",
            _MOVE_IT,
            Code.SETTINGS_SECRET,
            line=number,
        )
        for number, line in enumerate(text.splitlines(), 1)
        if _SECRET.search(line)
    ]
