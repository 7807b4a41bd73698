"""``kinopress init``: a site of one's own, ready to be built and published."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from kinopress.cli.starting.choices import COUNTRY_NAMES, LANGUAGE_NAMES, SUBJECT_NAMES, Named
from kinopress.cli.terminal.asking import somebody_is_there
from kinopress.content.model.language.languages import IN_ENGLISH
from kinopress.content.model.language.words import ENGLISH, LANGUAGES_WITH_WORDS
from kinopress.problems import ExitCode
from kinopress.project.starting.begin import SUBJECTS, Answers, begin
from kinopress.project.starting.countries import COUNTRIES

LANGUAGE = Named(LANGUAGES_WITH_WORDS, LANGUAGE_NAMES)
COUNTRY = Named(COUNTRIES, COUNTRY_NAMES)
SUBJECT = Named(SUBJECTS, SUBJECT_NAMES)


@click.command()
@click.argument("folder", metavar="FOLDER", type=click.Path())
@click.option("--name", help="Your name, as readers see it.")
@click.option("--site-name", help="The name of the site; your own name by default.")
@click.option(
    "--language", type=LANGUAGE, help="The language of the words around your pages; en by default."
)
@click.option("--country", type=COUNTRY, help="Where your readers are, and whom they call.")
@click.option("--subject", type=SUBJECT, help="What the site is about.")
def command(
    folder: str,
    name: str | None,
    site_name: str | None,
    language: str | None,
    country: str | None,
    subject: str | None,
) -> int:
    """Begin a site of your own in a new folder; asks for what is not given.

    It writes settings, first pages, names of muscles, an exercise and the
    warning signs of your country, and never over a file that is there.

    \b
    Example:
      kinopress init my-site
      kinopress init my-site --name "Anna Example" --site-name "Free shoulders"
    """  # noqa: D301 - click reads the escape
    if not folder.strip():
        raise click.UsageError("Say in which folder, like kinopress init my-site.")
    is_there = somebody_is_there()
    name = " ".join((name or "").split())
    wanted = {"--name": name, "--country": country, "--subject": subject}
    missing = [option for option, value in wanted.items() if not value]
    if missing and not is_there:
        raise click.UsageError(
            f"Nobody is there to be asked: give {' and '.join(missing)} on the command line."
        )
    name = name or _asked("Your name, as readers see it")
    answers = Answers(
        name=name,
        site_name=" ".join((site_name or "").split())
        or (_asked("Name of the site", name) if is_there else name),
        language=language
        or (
            _asked("Language of the words around your pages", ENGLISH, LANGUAGE)
            if is_there
            else ENGLISH
        ),
        country=country or _asked("Where your readers are", among=COUNTRY),
        subject=subject or _asked("What it is about", "legs", SUBJECT),
    )
    written = begin(Path(folder), answers)
    click.echo(f"Written: {len(written)} files in {folder}")
    click.echo(
        "Nobody has compared docs/data/help.yml with a source: check its numbers before readers see them."
    )
    if answers.language != "en":
        click.echo(
            f"Some of the words around your pages are in {IN_ENGLISH[answers.language]}, and nobody has reviewed them;"
            " kinopress doctor says how many are still in English. The first pages are in English and"
            " say so (lang: en): remove that line where you have translated one. The warning signs and whom to call,"
            " in docs/data, are in English as well, and docs/data/help.yml says so for both (lang: en): translate those first."
        )
    typed = shlex.quote(folder)
    click.echo(f"Look at it:    kinopress serve --project {typed}")
    click.echo(f"Publish it:    kinopress publish --project {typed}")
    click.echo(f"In a browser:  kinopress studio --project {typed}")
    return ExitCode.OK


def _asked(
    question: str, default: str | None = None, among: click.Choice[str] | None = None
) -> str:
    """The answer to a question; what is not among the answers is asked again."""
    while True:
        answer: str = click.prompt(question, default=default, type=among or str)
        if words := " ".join(answer.split()):
            return words
