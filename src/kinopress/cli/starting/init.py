"""``kinopress init``: a site of one's own, ready to be built and published."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from kinopress.cli.terminal.asking import somebody_is_there
from kinopress.content.model.language.languages import LANGUAGES
from kinopress.content.model.language.words import LANGUAGES_WITH_WORDS
from kinopress.problems import ExitCode
from kinopress.project.starting.begin import SUBJECTS, Answers, begin
from kinopress.project.starting.countries import COUNTRIES


def _one_of(names: Iterable[str]) -> click.Choice[str]:
    return click.Choice(list(names), case_sensitive=False)


_LANGUAGE, _COUNTRY, _SUBJECT = map(_one_of, (LANGUAGES_WITH_WORDS, COUNTRIES, SUBJECTS))


@click.command()
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", help="Your name, as readers see it.")
@click.option("--site-name", help="The name of the site; your own name if it has none.")
@click.option("--language", type=_LANGUAGE, help="The language of the words around your pages.")
@click.option("--country", type=_COUNTRY, help="Where your readers are, and whom they call.")
@click.option("--subject", type=_SUBJECT, help="What the site is about.")
def command(
    folder: Path,
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
    name = " ".join((name or "").split()) or _asked("Your name, as readers see it", "--name")
    answers = Answers(
        name=name,
        site_name=" ".join((site_name or "").split())
        or _asked("Name of the site", "--site-name", name),
        language=language
        or _asked("Language of the words around your pages", "--language", "en", _LANGUAGE),
        country=country or _asked("Where your readers are", "--country", "wales", _COUNTRY),
        subject=subject or _asked("What it is about", "--subject", "legs", _SUBJECT),
    )
    written = begin(folder, answers)
    click.echo(f"Written: {len(written)} files in {folder}")
    click.echo(
        "Nobody has compared docs/data/help.yml with a source: check its numbers before readers see them."
    )
    if answers.language != "en":
        click.echo(
            f"The words around your pages begin to be {LANGUAGES[answers.language]}, reviewed by nobody;"
            " kinopress doctor says how many are English still. The first pages are in English: put them into it."
        )
    click.echo(f"Look at it:    kinopress serve --project {folder}")
    click.echo(f"Publish it:    kinopress publish --project {folder}")
    return ExitCode.OK


def _asked(
    question: str, option: str, default: str | None = None, among: click.Choice[str] | None = None
) -> str:
    """The answer to a question, or a refusal where nobody is there to give one."""
    if not somebody_is_there():
        raise click.UsageError(f"Say it as an option as well: {option} (--help lists them).")
    while True:
        answer: str = click.prompt(question, default=default, type=among or str)
        if words := " ".join(answer.split()):
            return words
