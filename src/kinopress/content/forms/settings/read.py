"""Settings: one place, ``mkdocs.yml`` under ``extra.kinopress``, checked like everything else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kinopress.codes import Code
from kinopress.content.forms import scalars as f
from kinopress.content.forms.form import Desk, Field, Form, Reader
from kinopress.content.forms.settings import fields as r
from kinopress.content.forms.settings.of_mkdocs import (
    check_mkdocs_settings,
    check_style_files,
    has_more_for_mkdocs,
)
from kinopress.content.forms.settings.output_folder import (
    folder_problem,
    holds_other_things,
    is_private,
    output_problem,
)
from kinopress.content.forms.settings.places import check_places, places, secrets_in
from kinopress.content.forms.settings.shapes import check_shapes
from kinopress.content.forms.settings.theme import read_theme
from kinopress.content.model.kinds import SETTINGS_FILE
from kinopress.content.model.names import Mention
from kinopress.content.model.nodes import Fields, Items, Node, Text
from kinopress.content.model.settings import (
    Assessment,
    Coach,
    PostalAddress,
    Reviewer,
    Settings,
    VideoDefaults,
)
from kinopress.content.source.document import read_text
from kinopress.content.source.yaml.reader import parse_fields
from kinopress.problems import ExitCode, Problem, Refusal, Report, quoted

FILE = SETTINGS_FILE


SENTENCE_MAX = 300
"""Characters: two or three sentences. More is a page's text, and pushes the rest of the home page out of sight."""


def _sentence(node: Node, desk: Desk) -> Mention | None:
    """Words for readers, with the line on which they are."""
    words = f.text(node, desk)
    if words is not None and len(words) > SENTENCE_MAX:
        desk.report(
            node.line,
            f"these words have {len(words)} characters, and where they are shown there is room for {SENTENCE_MAX}",
            "write a sentence or two here, and the rest as the text of a page",
            Code.SETTINGS_LONG,
        )
    return None if words is None else Mention(words, node.line, desk.field)


def _length(node: Node, desk: Desk) -> str | None:
    """How long it takes, in words: a number alone would not say of what."""
    if isinstance(node, Text) and node.type in ("whole", "decimal"):
        desk.report(
            node.line,
            f"only {quoted(node.text)} is written here, without minutes or hours",
            f"write the unit as well, like length: {node.text} minutes",
            Code.TEXT_WANTED,
        )
        return None
    return f.text(node, desk)


def _price(node: Node, desk: Desk) -> str | None:
    """What it costs, in words: a number alone would not say of which money."""
    if isinstance(node, Text) and node.type in ("whole", "decimal"):
        desk.report(
            node.line,
            f"only {quoted(node.text)} is written here, without a currency",
            f"write the currency as well, like price: £{node.text}",
            Code.TEXT_WANTED,
        )
        return None
    return f.text(node, desk)


ADDRESS = Form(
    Field("street", f.any_text, "Street and number.", "3 Castle Street", required=True),
    Field("town", f.text, "The town.", "Llangollen", required=True),
    Field("region", f.text, "County or region.", "Denbighshire"),
    Field("postcode", f.any_text, "The postcode.", "LL20 8NU"),
    Field("country", f.text, "The country.", "Wales", required=True),
    what="the address",
)


def _address(node: Node, desk: Desk) -> PostalAddress | None:
    """Where clients come to; nothing where a part is missing, which has been reported."""
    values = ADDRESS.read(node, desk)
    needed = {field.name for field in ADDRESS.fields.values() if field.required}
    return PostalAddress(**values) if values and needed <= values.keys() else None


COACH = Form(
    Field("name", f.text, "Your name.", "Jen Coppock"),
    Field("role", f.text, "What you are.", "Biomechanics Coach (level 4)"),
    Field("place", f.text, "Where you work.", "Llangollen, North Wales"),
    Field(
        "qualifications",
        f.list_of(f.any_text),
        "Your qualifications, one per line.",
        "[Level 2 Coach in Running Fitness]",
    ),
    Field(
        "photo",
        f.mention,
        "A picture of you, by its place in docs/; the home page shows it.",
        "pictures/jen.jpg",
    ),
    Field(
        "promise",
        _sentence,
        "What readers can count on, in a sentence of your own; the home page shows it.",
        "I answer within two days.",
    ),
    Field(
        "greeting",
        _sentence,
        "What you say to whoever comes to the site, in a sentence of your own; the home page shows it as your words.",
        "I film one exercise a week, and I would love to hear how you get on.",
    ),
    Field(
        "address",
        _address,
        "Where clients come to, if the whole world may know; the contact page shows it, and search engines are told of a local business.",
        "{street: 3 Castle Street, town: Llangollen, country: Wales}",
    ),
    Field(
        "opening_hours",
        f.list_of(r.hours),
        "When you are there, a line for each time; search engines are told with the address only.",
        "[Mon–Fri 09:00–17:00, Sat 10:00–12:00]",
    ),
    Field("email", r.email, "Where readers can write to.", "name@example.org"),
    Field("phone", r.coach_phone, "Where readers can call.", '"01234 567890"'),
    Field(
        "booking_url",
        r.booking_url,
        "Where readers can book: an address with https://.",
        "https://example.org/book",
    ),
    Field(
        "form_url",
        r.form_url,
        "The address of the service that passes a form on to you; the contact page shows the form.",
        "https://forms.example.org/f/abc",
    ),
    Field(
        "form_trap",
        r.field_name,
        "The name of the hidden field that only robots fill in, as your form service wants it; _gotcha if not set.",
        "_honey",
    ),
    what="the coach",
)
ASSESSMENT = Form(
    Field(
        "measures",
        f.list_of(_sentence),
        "What you measure or look at, one per line.",
        "[How far each hip turns, How you run]",
    ),
    Field("length", _length, "How long it takes.", "75 minutes"),
    Field("price", _price, "What it costs, with the currency.", "£60"),
    Field("place", f.text, "Where it is.", "The clubhouse in Llangollen"),
    Field("remote", f.flag, "Whether it is possible online.", "true"),
    Field(
        "cancellation",
        _sentence,
        "What happens if somebody cannot come.",
        "Free until the day before.",
    ),
    what="the assessment",
)
VIDEO = Form(
    Field(
        "short_side_max_px",
        f.whole(144, 2160),
        "The largest size to make, by the short side of the picture in pixels.",
        "1080",
    ),
    Field(
        "captions_model",
        f.text,
        "A folder with a model for faster-whisper, which drafts captions.",
        "../models/whisper-base",
    ),
    what="this group of settings",
)
REVIEWER = Form(
    Field("name", f.text, "The reviewer's name.", "Jen Coppock", required=True),
    Field("clinician", f.flag, "true only for a registered health professional.", "false"),
    what="a reviewer",
)


def _form(form: Form) -> Reader[dict[str, object]]:
    return form.read


def _reviewers(node: Node, desk: Desk) -> dict[str, Reviewer] | None:
    if not isinstance(node, Fields):
        desk.report(
            node.line,
            "each reviewer needs a key",
            "write a key for each, with name: below it",
            Code.FIELDS_WANTED,
        )
        return None
    if not node.entries:
        desk.report(
            node.line,
            "no reviewer is named here",
            "write one, like reviewers: {jen: {name: Jen Coppock}}, or remove the line",
            Code.LIST_EMPTY,
        )
        return None
    found = {}
    for key, value in node.entries.items():
        values = REVIEWER.read(value, desk.at(key))
        if values and "name" in values:
            found[key] = Reviewer(key, values["name"], values.get("clinician", False))
    return found


SETTINGS = Form(
    Field(
        "timezone", r.timezone, "Whose midnight counts for dates in the future.", "Europe/London"
    ),
    Field(
        "help",
        r.help_file,
        "The file that says whom readers call; docs/data/help.yml if not set.",
        "docs/data/help-nz.yml",
    ),
    Field("coach", _form(COACH), "Who you are and how readers reach you.", "{name: Jen Coppock}"),
    Field(
        "assessment",
        _form(ASSESSMENT),
        "What a client gets, and on which terms.",
        "{length: 75 minutes, price: £60}",
    ),
    Field(
        "reviewers",
        _reviewers,
        "The people who review pages, by key.",
        "{jen: {name: Jen Coppock}}",
    ),
    Field("video", _form(VIDEO), "How films are made.", "{short_side_max_px: 1080}"),
    Field(
        "allowed_phrases",
        f.list_of(f.any_text),
        "Phrases in which a word that promises too much is allowed.",
        "[treat yourself kindly]",
    ),
    Field(
        "offline",
        f.flag,
        "Whether readers' devices keep the site, to be read without a network; true if not set.",
        "false",
    ),
    Field(
        "clients",
        r.clients_folder,
        "The folder of your clients' own plans, seen from mkdocs.yml; clients if not set. Nothing in it is published.",
        "../clients",
    ),
    Field(
        "publish",
        places,
        "Where the site is published to, by names of your own.",
        "{web: {folder: ../public_html}}",
    ),
    what="this group of settings",
)
_TOP: Mapping[str, Reader[str]] = {
    "site_name": f.text,
    "site_url": r.site_url,
    "site_description": f.text,
    "site_dir": f.one_name,
    "docs_dir": f.one_name,
    "copyright": f.text,
}
"""The settings of MkDocs that are read here too."""


def read_settings(project: Path) -> Settings:
    """Read and check the settings of a project.

    Raises:
        Refusal: with exit code 2 and every problem found.
    """
    text, problems = read_text(project / FILE, FILE)
    return settings_in(text, problems, project)


def settings_in(text: str | None, problems: list[Problem], project: Path) -> Settings:
    """:func:`read_settings` of a text that may not be saved yet.

    Args:
        text: What the file says, or would say; ``None``: it cannot be read.
        problems: What was found in reading it.
        project: The project's folder.

    Raises:
        Refusal: with exit code 2 and every problem found.
    """
    values: dict[str, Any] = {}
    if text is not None:
        top, found = parse_fields(text, FILE, any_tags=True)
        problems += [_as_setting(p) for p in found]
        if top is not None:
            values = _kinopress_values(top, project, problems) | _top_values(top, problems)
            site_dir = values.get("site_dir", Settings().site_dir)
            unusable = output_problem(project, site_dir)
            _check_output(top, site_dir, unusable, project, Desk(FILE, problems))
            values |= read_theme(top, project, Desk(FILE, problems))
            values["extra_files"] = (*_extra_files(top), *_of_theme(values))
            values["has_more_for_mkdocs"] = has_more_for_mkdocs(top)
            check_mkdocs_settings(top, Desk(FILE, problems))
            tagged = check_shapes(top, project, Desk(FILE, problems))
            # What else is wrong with a value that is not understood is not known.
            problems = [
                p for p in problems if p.line not in tagged or p.code == Code.SETTINGS_MKDOCS
            ]
            check_style_files(top, project, Desk(FILE, problems).at("extra_css"))
            at = Desk(FILE, problems, "extra.kinopress.publish")
            check_places(values.get("publish", {}), project, site_dir, at)
            published = [] if unusable else [site_dir]
            at_clients = Desk(FILE, problems, "extra.kinopress.clients")
            _check_clients(top, values, published, project, at_clients)
            at = Desk(FILE, problems, "extra.kinopress.video.captions_model")
            _check_model(top, values, project, at)
        problems = [_as_setting(p) if p.code == Code.FRONT_MATTER_QUOTES else p for p in problems]
        told = {p.line for p in problems if p.code == Code.SETTINGS_SECRET}
        problems += [p for p in secrets_in(text, FILE) if p.line not in told]
    if any(p.severity == "error" for p in problems):
        raise Refusal(Report(problems), ExitCode.USAGE)
    values["warnings"] = tuple(problems)
    video = values.pop("video", None)
    coach = values.pop("coach", None)
    assessment = values.pop("assessment", None)
    return Settings(
        **values,
        assessment=Assessment(**assessment) if isinstance(assessment, dict) else Assessment(),
        coach=Coach(**coach) if isinstance(coach, dict) else Coach(),
        video=VideoDefaults(**video) if isinstance(video, dict) else VideoDefaults(),
    )


def _check_clients(
    top: Fields, values: Mapping[str, Any], sites: Iterable[str], project: Path, desk: Desk
) -> None:
    """Whether the folder of clients, as the disk knows it, is one in which readers or a build would find it."""
    published = [place.folder for place in values.get("publish", {}).values() if place.folder]
    published += sites
    folder = values.get("clients", Settings().clients)
    line = _line_of(top, "extra", "kinopress", "clients")
    if wrong := folder_problem(project, folder):
        desk.report(
            line, wrong, "name a folder of its own, like clients, or ../clients", Code.CLIENT_FOLDER
        )
    elif not is_private(project, folder, published):
        desk.report(line, *r.CLIENTS_IN_SITE, Code.CLIENT_FOLDER)


def _check_model(top: Fields, values: Mapping[str, Any], project: Path, desk: Desk) -> None:
    """Whether the folder is there from which captions are drafted; nothing else needs it."""
    video = values.get("video")
    folder = video.get("captions_model") if isinstance(video, dict) else None
    if folder is None:
        return
    wrong = folder_problem(project, folder)
    if wrong is None and not _is_folder(project / folder):
        wrong = f"there is no folder {quoted(folder)} on this computer"
    if wrong:
        desk.report(
            _line_of(top, "extra", "kinopress", "video", "captions_model"),
            f"{wrong}, so no captions can be drafted",
            "correct the name, or put the model there; until you want a draft, there is nothing to do",
            Code.CAPTIONS_MODEL,
            "warning",
        )


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # it may not be looked at
        return False


def _line_of(top: Fields, *names: str) -> int:
    """The line of a setting, or of the last one above it that is written."""
    at: Node | None = top
    line = 1
    for name in names:
        at = at.entries.get(name) if isinstance(at, Fields) else None
        line = line if at is None else at.line
    return line


def _as_setting(p: Problem) -> Problem:
    """A problem of the YAML itself, under the names the settings' problems have."""
    code = Code.named(p.code.replace("front-matter", "settings"))
    return Problem(p.path, p.message, p.hint, code, line=p.line, field=p.field, severity=p.severity)


def _kinopress_values(top: Fields, project: Path, problems: list[Problem]) -> dict[str, Any]:
    """What is under ``extra.kinopress``."""
    desk = Desk(FILE, problems)
    at: Node = top
    for name in ("extra", "kinopress"):
        if not isinstance(at, Fields) or name not in at.entries:
            break
        desk, at = desk.at(name), at.entries[name]
        if isinstance(at, Text) and at.type == "nothing":
            return {}
    else:
        before = len(problems)
        values = SETTINGS.read(at, desk) or {}
        if isinstance(at, Fields) and "help" in values:
            r.check_help_file(values["help"], at.entries["help"].line, project, desk.at("help"))
        problems[before:] = [_unknown_setting(p) for p in problems[before:]]
        return values
    if (
        not isinstance(at, Fields) and desk.field != "extra"
    ):  # of extra itself it is reported elsewhere
        desk.report(
            at.line,
            "the settings belong below this word",
            "write them one per line, indented by two more spaces",
            Code.FIELDS_WANTED,
        )
    return {}


def _unknown_setting(p: Problem) -> Problem:
    code = Code.SETTING_UNKNOWN if p.code == Code.FIELD_UNKNOWN else p.code
    return Problem(p.path, p.message, p.hint, code, line=p.line, field=p.field, severity=p.severity)


def _top_values(top: Fields, problems: list[Problem]) -> dict[str, object]:
    """The settings of MkDocs that are read here too."""
    desk = Desk(FILE, problems)
    values: dict[str, object] = {}
    for name, read in _TOP.items():
        node = top.entries.get(name)
        value = None if node is None else read(node, desk.at(name))
        if node is None or value is None:
            continue
        if name == "docs_dir":
            if value.rstrip("/") not in ("docs", "./docs"):
                desk.at(name).report(
                    node.line,
                    f"this would take the pages from {quoted(value)}",
                    "remove the line: pages are always in docs/",
                    Code.SETTINGS_DOCS,
                )
            continue
        values[name] = value
    return values


def _extra_files(top: Fields) -> Iterator[tuple[str, int]]:
    """What ``extra_css`` and ``extra_javascript`` name: as text, or as ``path:``."""
    for name in ("extra_css", "extra_javascript"):
        node = top.entries.get(name)
        for item in node.items if isinstance(node, Items) else ():
            named = item.entries.get("path") if isinstance(item, Fields) else item
            if isinstance(named, Text):
                yield named.text, named.line


def _of_theme(values: Mapping[str, object]) -> Iterator[tuple[str, int]]:
    """The pictures that ``theme`` names."""
    for name in ("logo", "favicon"):
        if isinstance(picture := values.get(name), Mention):
            yield picture.text, picture.line


def _check_output(top: Fields, site_dir: str, wrong: str | None, project: Path, desk: Desk) -> None:
    """Whether the site may be written where the settings say, or where it goes if they say nothing."""
    node = top.entries.get("site_dir")
    hint = "choose a separate folder, like site"
    if node is None:
        hint = "move it away, or name a different folder with site_dir"
    if not wrong and holds_other_things(project, site_dir):
        wrong = "this folder contains other things, and the site would be mixed up with them"
    if wrong:
        desk.at("site_dir").report(node.line if node else 1, wrong, hint, Code.SETTINGS_OUTPUT)
