"""``kinopress video worker``: encode parts of films for other computers."""

from __future__ import annotations

from pathlib import Path

import click

from kinopress.project.films.elsewhere.working import work_for_others


@click.command()
@click.argument("address")
@click.option(
    "--folder",
    "folders",
    metavar="THERE=HERE",
    multiple=True,
    help="Where a folder of the computer that wants films made is on this one. May be given again.",
)
@click.option(
    "--work",
    metavar="PATH",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep parts and films that are sent here; where temporary files are by default.",
)
@click.option(
    "--kept-gb",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    help="Keep at most so much of films that are sent; 0: take none.",
)
@click.option(
    "--at-once",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Make so many parts at the same time; one keeps about four processors busy.",
)
def command(
    address: str, folders: tuple[str, ...], work: Path | None, kept_gb: int, at_once: int
) -> None:
    """Encode parts of films for whoever asks the scheduler at ADDRESS, until it ends.

    Whoever reaches the scheduler can run programs on this computer: only in a network
    of your own, or with tls:// and keys.

    \b
    Example:
      kinopress video worker tcp://192.168.1.20:8786 --folder /home/ana/site=/films
    """  # noqa: D301 - click reads the escape
    mapped = {}
    for one in folders:
        there, given, here = one.rpartition("=")
        if not (there and given and here):
            raise click.UsageError("write --folder as THERE=HERE, such as /home/ana/site=/films")
        mapped[there] = here
    work_for_others(
        address,
        folder=work,
        folders=mapped,
        kept_bytes=kept_gb << 30,
        at_once=at_once,
        on_begin=lambda own: click.echo(f"Ready at {own}; Ctrl-C ends it."),
    )
