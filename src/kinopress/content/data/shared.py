"""Data that many pages share: regions, red flags, home checks, references.

They live in ``docs/data/*.yml`` and are named by key from front matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from kinopress.codes import Code
from kinopress.content.data.help import FORM as HELP_FORM
from kinopress.content.data.help import HELP, read_help
from kinopress.content.data.nicknames import NICKNAMES, read_nicknames
from kinopress.content.data.redirects import REDIRECTS, read_redirects, removed_files
from kinopress.content.data.sign_figures import SIGN_FIGURES, read_sign_figures
from kinopress.content.data.sign_weights import SIGN_WEIGHTS, read_sign_weights
from kinopress.content.data.sign_words import FORM as SIGN_FORM
from kinopress.content.data.sign_words import SIGN_WORDS, read_sign_words, rule, unknown_groups
from kinopress.content.data.words import WORDS, read_words
from kinopress.content.forms import groups
from kinopress.content.forms import scalars as f
from kinopress.content.forms.form import Desk, Field, Form
from kinopress.content.model.language.words import ENGLISH
from kinopress.content.model.names import SLUG, nearest
from kinopress.content.model.nodes import Node
from kinopress.content.model.shared import (
    LEVELS,
    Check,
    RedFlag,
    Reference,
    Region,
    SharedData,
)
from kinopress.content.source.document import read_text
from kinopress.content.source.scan import left_lying
from kinopress.content.source.yaml.reader import parse_fields
from kinopress.problems import Problem, quoted


def _doi(node: Node, desk: Desk) -> str | None:
    value = f.any_text(node, desk)
    if value is not None and not re.fullmatch(r"10\.\d{4,9}/[^\s\"<>]+", value):
        desk.report(
            node.line,
            f"{quoted(value)} is not a DOI",
            "write it like 10.2522/ptj.20090012, without https",
            Code.DOI_FORM,
        )
        return None
    return value


_FORMS = {
    "regions": Form(
        Field("label", f.text, "What the reader sees.", "Buttock", required=True),
        Field(
            "view",
            f.choice("front", "back"),
            "The side of the body on which it is drawn.",
            "back",
            required=True,
        ),
        Field(
            "say",
            f.list_of(f.any_text),
            "Words people use for this part, for the search.",
            "[bum, back pocket]",
        ),
        Field(
            "common",
            groups.mentions,
            "Symptoms most people have there, by the names of their pages: its lists begin with them.",
            "[deep-buttock-pain, sciatica]",
        ),
        what="a region",
    ),
    "red_flags": Form(
        Field("level", f.choice(*LEVELS), "emergency, urgent or gp.", "urgent", required=True),
        Field("title", f.any_text, "A few plain words.", "Numb between the legs", required=True),
        Field("sign", f.any_text, "What the reader notices.", "A foot that slaps.", required=True),
        Field(
            "basis",
            f.any_text,
            "What the sign and its level are based on.",
            "NHS wording.",
            required=True,
        ),
        Field("action", f.any_text, "What to do besides calling.", "Do not rub the leg."),
        Field(
            "brief",
            f.any_text,
            "The sign in one short sentence, where several are in sight at once.",
            "Your leg has swollen and your chest hurts.",
        ),
        Field(
            "checked",
            f.choice("read", "secondary", "none"),
            "How far that was read; secondary: known through other pages.",
            "secondary",
        ),
        Field(
            "hospital",
            f.flag,
            "One may go to a hospital with it instead of calling an ambulance or an advice line.",
            "true",
        ),
        Field(
            "named_as",
            f.list_of(f.any_text),
            "Words by which pages name it: + joins what must be in one sentence, / separates alternatives.",
            "[pop / kick + bruising / weak push-off]",
        ),
        Field("alone", f.flag, "The search then shows nothing else.", "true"),
        Field("cause", f.flag, "Of emergencies in the same words it is named first.", "true"),
        Field(
            "own_call",
            f.flag,
            "Its action says whom to call, in place of the sentence for all signs as urgent.",
            "true",
        ),
        Field(
            "say",
            f.list_of(rule),
            "How people say it: + joins what must be close together, & what may be anywhere, ! rules it out, / separates alternatives.",
            "[numb / tingling + between my legs ! bike]",
        ),
        what="a red flag",
    ),
    "tests": Form(
        Field("title", f.any_text, "Its name.", "Knee to wall", required=True),
        Field("home", f.flag, "Whether a reader can do it alone.", "true", required=True),
        Field("unit", f.any_text, "What is counted.", "cm", required=True),
        Field("how", f.any_text, "How it is done.", "Stand facing a wall.", required=True),
        Field(
            "real_change",
            f.any_text,
            "The smallest change that is more than noise.",
            "Not established.",
            required=True,
        ),
        Field("sources", f.list_of(f.mention), "Keys of references.", "[neto2015]"),
        Field("sides", f.flag, "Whether left and right are measured separately.", "true"),
        Field(
            "counts_from",
            f.whole(1, 999),
            "The smallest difference that counts as real, in the unit, if one of the sources gives it.",
            "8",
        ),
        Field(
            "counts_when",
            f.choice("less", "more"),
            "less or more, if that is established for one direction only.",
            "less",
        ),
        what="a test",
    ),
    "references": Form(
        Field(
            "cite",
            f.any_text,
            "Authors, journal, year.",
            "Weppler CH, Magnusson SP. Phys Ther 2010;90:438-449",
            required=True,
        ),
        Field(
            "finding",
            f.any_text,
            "What it found and how strong that is.",
            "Range grew, length did not.",
            required=True,
        ),
        Field(
            "checked",
            f.choice("read", "secondary", "none"),
            "read: abstract or record was read; secondary: known through other pages.",
            "read",
            required=True,
        ),
        Field("year", f.whole(1900, 2100), "Year.", "2010"),
        Field("doi", _doi, "Its DOI.", "10.2522/ptj.20090012"),
        what="a reference",
    ),
}
_FOLDER = "docs/data"
FILES = {name: f"{_FOLDER}/{name}.yml" for name in _FORMS}


def data_forms() -> Mapping[str, Form]:
    """The form of one entry of each shared file; of ``help``, whose groups differ, that of the whole."""
    return {**_FORMS, "help": HELP_FORM, "sign_words": SIGN_FORM}


@dataclass(frozen=True, slots=True)
class _File:
    """One shared file: the values and line of each entry, the keys of wrong ones."""

    entries: Mapping[str, tuple[dict[str, Any], int]]
    left_out: frozenset[str] = frozenset()
    read: bool = True


def _read_file(project: Path, name: str, problems: list[Problem]) -> _File:
    path = FILES[name]
    text, found = read_text(project / path, path)
    problems += found
    if text is None:
        return _File({}, read=False)
    top, found = parse_fields(text, path)
    problems += found
    if top is None:
        return _File({}, read=False)
    entries: dict[str, tuple[dict[str, Any], int]] = {}
    form = _FORMS[name]
    for key, node in top.entries.items():
        line = top.key_lines[key]
        desk = Desk(path, problems).at(key)
        if not SLUG.fullmatch(key):
            desk.report(
                line,
                f"{quoted(key)} cannot be used as a key",
                "use lower-case letters, numbers and hyphens",
                Code.NAME_SLUG,
            )
            continue
        values = form.read(node, desk)
        needed = [n for n, of_form in form.fields.items() if of_form.required]
        if values is not None and all(n in values for n in needed):
            entries[key] = (values, line)
    return _File(entries, frozenset(top.entries) - frozenset(entries))


def read_shared_data(
    project: Path, help_file: str = HELP, language: str = ENGLISH
) -> tuple[SharedData, list[Problem]]:
    """Read the files of ``docs/data/``. A wrong entry is left out and reported.

    Args:
        project: The folder with ``mkdocs.yml``.
        help_file: Which file says whom readers call, as the settings name it.
        language: The language of the words around the pages.
    """
    problems: list[Problem] = []
    files = {name: _read_file(project, name, problems) for name in FILES}
    regions, red_flags, tests, references = (
        files[name].entries for name in ("regions", "red_flags", "tests", "references")
    )
    words = read_sign_words(project, problems)
    for key, (values, line) in red_flags.items():
        said = [p for of in values.get("say", ()) for slot in of for p in slot.said]
        problems += unknown_groups(FILES["red_flags"], f"{key}.say", line, said, words)
    problems += _unfounded_figures(tests)
    problems += _unread(project, help_file)
    data = SharedData(
        regions={k: Region(k, **v, line=line) for k, (v, line) in regions.items()},
        red_flags={k: RedFlag(k, **v, line=line) for k, (v, line) in red_flags.items()},
        checks={k: Check(k, **{"sources": (), **v}) for k, (v, _) in tests.items()},
        references={
            k: Reference(k, **{"year": None, "doi": None, **v}, line=line)
            for k, (v, line) in references.items()
        },
        nicknames=read_nicknames(project, problems),
        sign_words=words,
        help=read_help(project, help_file, problems),
        words=read_words(project, language, problems),
        sign_figures=read_sign_figures(project, problems),
        sign_weights=read_sign_weights(project, problems),
        redirects=read_redirects(project, problems),
        removed=removed_files(project),
        left_out={name: file.left_out for name, file in files.items()},
        unread=frozenset(name for name, file in files.items() if not file.read),
    )
    return data, problems


def _unread(project: Path, help_file: str) -> Iterator[Problem]:
    """A warning for each file of the folder that nothing reads.

    Whoever saves ``help.yaml`` believes that the site names those numbers.
    """
    read = {
        *FILES.values(),
        *(help_file, NICKNAMES, REDIRECTS, SIGN_FIGURES, SIGN_WEIGHTS, SIGN_WORDS, WORDS),
    }
    try:
        names = sorted(file.name for file in (project / _FOLDER).iterdir())
    except OSError:  # whatever should be there is reported as missing, each by its name
        return
    for name in names:
        path = f"{_FOLDER}/{name}"
        if path in read or left_lying(name):
            continue
        message, hint = "nothing reads this file", "move it out of docs/data"
        stem = PurePosixPath(name).stem.casefold()
        stems = {PurePosixPath(one).stem: one for one in read}
        wanted = stem if stem in stems else next(iter(nearest(stem, stems)), None)
        likely = stems[wanted] if wanted is not None else None
        if likely == help_file or stem.startswith("help"):
            if (project / help_file).exists():
                message += f": readers are given the numbers of {help_file}"
                hint = "name it under help in mkdocs.yml if its numbers are the right ones, or move it out of docs/data"
            else:
                hint = f"rename it to {PurePosixPath(help_file).name} if its numbers are the right ones"
        elif likely is not None and (project / likely).exists():
            message += f": {likely} is read"
            hint = f"write what should hold into {likely}, and move this file out of docs/data"
        elif likely is not None:
            hint = f"rename it to {PurePosixPath(likely).name}, or move it out of docs/data"
        yield Problem(path, message, hint, Code.DATA_UNREAD, severity="warning")


def _unfounded_figures(tests: Mapping[str, tuple[dict[str, Any], int]]) -> list[Problem]:
    """Tests with a figure for a real change that no study is named for."""
    return [
        Problem(
            FILES["tests"],
            "this figure needs a study that gives it",
            "add the study's key to sources, or remove counts_from: then the page says that no figure is known",
            Code.SOURCES_MISSING,
            line=line,
            field=f"{key}.counts_from",
        )
        for key, (values, line) in tests.items()
        if "counts_from" in values
        and all(source.text == "practice" for source in values.get("sources", ()))
    ]
