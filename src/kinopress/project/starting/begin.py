"""What a new site begins with, as texts; and writing them, never over a file that is there."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template

from kinopress.codes import Code
from kinopress.content.data.help import HELP
from kinopress.content.forms.settings.read import FILE
from kinopress.content.model.language.words import ENGLISH
from kinopress.problems import ExitCode, Problem, Refusal
from kinopress.project.folder import cannot_write
from kinopress.project.new.page import write_new, yaml_text
from kinopress.project.starting.countries import COUNTRIES, Country
from kinopress.project.starting.signs import (
    SIGN_WORDS,
    SIGNS,
    WEIGHTS,
    shared_file,
    signs_for,
    weights,
)

_FILES = Path(__file__).with_name("files")
_IGNORED = ".gitignore"
_NOT_KEPT = """\
# What kinopress makes, what was removed, and plans for clients, which are about people: git keeps nothing of it.
/site/
/.kinopress/
/removed/
/clients/
"""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a new site is about.

    Attributes:
        folder: Where its first pages are.
        words: As in *plain help with …*.
    """

    folder: str
    words: str


SUBJECTS: Mapping[str, Subject] = {
    "legs": Subject("legs", "sore or stiff hips and legs"),
    "shoulders": Subject("shoulders", "sore or stiff shoulders"),
    "other": Subject("other", "moving well"),
}
"""By the word that ``kinopress init --subject`` takes."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody says who begins a site.

    Attributes:
        name: The coach's name.
        site_name: The site's name.
        language: The language of the words around the pages, in two letters.
        country: Whose numbers readers call: a key of ``COUNTRIES``.
        subject: What it is about: a key of ``SUBJECTS``.
    """

    name: str
    site_name: str
    language: str
    country: str
    subject: str


def begin(folder: Path, answers: Answers) -> tuple[str, ...]:
    """Write a new site into a folder, which need not be there.

    Files that are there already with the very same text are left alone, so that a run that was interrupted can
    be done again.

    Returns:
        What was written, relative to the folder.

    Raises:
        Refusal: something else has one of the names, or the folder is within another site (exit code 2);
            a file cannot be written (3).
    """
    texts = first_texts(answers, folder.absolute().name)
    if not os.path.lexists(folder / _IGNORED):  # whoever has one has decided
        texts[_IGNORED] = _NOT_KEPT
    there = _nearest(folder)
    if not there.is_dir():
        problems = [_is_a_file(there)]
    else:
        problems = [*_within_another(folder), *_in_the_way(folder, texts)]
    if problems:
        raise Refusal(problems, ExitCode.USAGE)
    written = []
    for path, text in texts.items():
        file = folder / path
        if file.exists():
            continue
        try:
            write_new(file, text)
        except OSError as error:
            raise cannot_write(file, error) from None
        written.append(path)
    return tuple(written)


def _nearest(folder: Path) -> Path:
    """The folder, or the nearest above it of which there is anything."""
    at = folder.absolute()
    return next((one for one in (at, *at.parents) if os.path.lexists(one)), at)


def _is_a_file(folder: Path) -> Problem:
    return Problem(
        str(folder),
        "this is a file, and a site needs a folder",
        "choose a different name, or move the file away",
        Code.SITE_EXISTS,
    )


def _within_another(folder: Path) -> Iterator[Problem]:
    for above in folder.absolute().parents:
        if (above / FILE).is_file():
            yield Problem(
                str(folder),
                f"this folder is inside another site, {above}",
                "choose a folder outside it",
                Code.SITE_EXISTS,
            )
            return


def _in_the_way(folder: Path, texts: Mapping[str, str]) -> Iterator[Problem]:
    """Whatever has the name of a file that would be written."""
    for path, text in texts.items():
        file = folder / path
        if os.path.lexists(file) and not _says(file, text):
            yield Problem(
                str(file),
                "there is something of this name already, and nothing was written",
                "choose a different folder, or move this away",
                Code.SITE_EXISTS,
            )


def _says(file: Path, text: str) -> bool:
    try:
        return file.read_bytes() == text.encode()
    except OSError:
        return False


def first_texts(answers: Answers, folder_name: str) -> dict[str, str]:
    """Every file of a new site, by its path in it.

    Args:
        answers: What was said.
        folder_name: The name of the site's folder, beside which its first copy is published.
    """
    country, subject = COUNTRIES[answers.country], SUBJECTS[answers.subject]
    values = _values(answers, country, subject, folder_name)
    texts = {
        path: Template(file.read_text("utf-8")).safe_substitute(values)
        for root in (_FILES / "common", _FILES / subject.folder)
        for path, file in _pages_in(root)
    }
    if answers.language != ENGLISH:
        texts = {
            path: _marked(text) if path.endswith(".md") else text for path, text in texts.items()
        }
        # The warning signs and whom to call are in English too, and not to be read out in another voice.
        texts[HELP] = texts[HELP].replace("\nlevels:\n", f"\nlang: {ENGLISH}\nlevels:\n", 1)
    keys, own = _FILES / subject.folder / "signs.txt", _FILES / subject.folder / "signs.yml"
    chosen = keys.read_text("utf-8").split() if keys.exists() else []
    texts[f"docs/data/{SIGNS}"] = signs_for(
        chosen,
        own.read_text("utf-8") if own.exists() else "",
        country,
    )
    texts[f"docs/data/{SIGN_WORDS}"] = shared_file(SIGN_WORDS)
    if country.british and answers.language == ENGLISH and not chosen:
        # Learnt from what people in Britain type, for these very signs.
        texts[f"docs/data/{WEIGHTS}"] = weights()
    return texts


def _marked(page: str) -> str:
    """A first page, which is in English, on a site in another language: it says so."""
    return page.replace("\n---\n", f"\nlang: {ENGLISH}\n---\n", 1)


def _pages_in(root: Path) -> Iterator[tuple[str, Path]]:
    """The files of a site, by path; what is right in the folder of a subject says what else belongs to it."""
    for file in sorted(root.rglob("*")):
        path = file.relative_to(root).as_posix()
        if file.is_file() and ("/" in path or path == FILE):
            yield path, file


def _values(
    answers: Answers, country: Country, subject: Subject, folder_name: str
) -> dict[str, str]:
    urgent_hospital = country.urgent_hospital or country.hospital
    also = f" For urgent advice call {country.advice}." if country.advice else ""
    return {
        "site_name": yaml_text(answers.site_name),
        "site_description": yaml_text(f"Plain help with {subject.words}, from {answers.name}."),
        "home_title": yaml_text(f"Plain help with {subject.words}"),
        "copyright": yaml_text(f"Words and films © {answers.name}"),
        "name": yaml_text(answers.name),
        "language": answers.language,
        "timezone": country.timezone,
        "publish_to": yaml_text(f"../{folder_name}-published"),
        "country": country.name,
        "doctor": country.doctor,
        "therapist": country.therapist,
        "emergency_heading": f"Call {country.emergency}",
        "emergency_action": f"Call {country.emergency} now.",
        "emergency_hospital_heading": f"Call {country.emergency} or go to {country.hospital}",
        "emergency_hospital_action": f"Call {country.emergency} now, or go straight to {country.hospital}.",
        "emergency_numbers": _listed((country.emergency, *country.more_numbers)),
        "urgent_action": country.urgent,
        "urgent_hospital_heading": f"Go to {urgent_hospital} today",
        "urgent_hospital_action": f"Go to {urgent_hospital} today.",
        "urgent_numbers": f"    numbers: {_listed((country.advice,))}\n" if country.advice else "",
        "footer": yaml_text(
            f"This site is for learning. It is no diagnosis and does not replace a doctor or {country.therapist}."
            f" In an emergency call {country.emergency}.{also}"
        ),
        "whom_to_call": f"In an emergency, call {country.emergency}. {country.urgent.removesuffix('.')}"
        " when it should be seen today but nobody's life is in danger.",
    }


def _listed(numbers: tuple[str, ...]) -> str:
    return "[" + ", ".join(yaml_text(number) for number in numbers) + "]"
