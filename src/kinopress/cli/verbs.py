"""The verbs of ``kinopress``: finds the one that was typed, ends with the right code, shows no traceback for a person's mistake."""

from __future__ import annotations

from typing import Any

import click

from kinopress import __version__
from kinopress.cli.lazy import verbs
from kinopress.cli.terminal.report import print_json, print_refusal
from kinopress.problems import ExitCode, Refusal

VERBS = {
    "check": "check",
    "build": "build",
    "serve": "serve",
    "studio": "studio",
    "init": "starting.init",
    "new": "new",
    "add": "add",
    "rename": "change.rename",
    "remove": "change.remove",
    "captions": "video.captions",
    "video": "video.group",
    "plan": "clients.group",
    "stage": "stage",
    "publish": "live.publish",
    "rollback": "live.rollback",
    "status": "live.status",
    "back": "back",
    "figure": "figure",
    "doctor": "doctor",
}
"""Verb → module."""


@click.group(cls=verbs(VERBS), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kinopress")
def kinopress() -> None:
    """Publish the words and films of a biomechanics coach.

    \b
    Every week:
      kinopress add hip-circles.mov       copy this week's film and write its page
      kinopress check                     is everything right?
      kinopress build                     make the site
      kinopress publish                   give it to readers
    """  # noqa: D301 - click reads the escape


def run(arguments: list[str]) -> int:
    """Run what was typed; its exit code: 0 ok, 1 content, 2 usage or settings, 3 environment, 4 publishing, 5 busy.

    That somebody stops it is raised again, for the door to say.
    """
    try:
        result: Any = kinopress.main(args=arguments, prog_name="kinopress", standalone_mode=False)
        return result if isinstance(result, int) else int(ExitCode.OK)
    except click.ClickException as error:
        # It looks for words that are like another one, which takes a while to load.
        from kinopress.cli.terminal.mistyped import usage_problem  # noqa: PLC0415

        problem = usage_problem(error, kinopress, arguments)
        if problem is None:
            error.show()
        else:
            _say(Refusal([problem], ExitCode.USAGE), arguments)
        return int(ExitCode.USAGE)
    except click.Abort as abort:
        if not isinstance(abort.__context__, EOFError):
            raise KeyboardInterrupt from abort
        click.echo(
            "\nStopped: nobody is here to answer, and nothing was changed. Run it in a"
            " terminal, or give the answers as options (--help lists them).",
            err=True,
        )
        return int(ExitCode.USAGE)
    except Refusal as refusal:
        _say(refusal, arguments)
        return int(refusal.exit_code)
    except BrokenPipeError:
        return int(ExitCode.OK)
    except OSError as error:  # of a file that whoever read it had no sentence for
        from kinopress.project.folder import cannot_use  # noqa: PLC0415 - hardly ever needed

        unusable = cannot_use(error)
        if unusable is None:
            raise
        _say(unusable, arguments)
        return int(unusable.exit_code)


def _say(refusal: Refusal, arguments: list[str]) -> None:
    """Why a command could not continue, in the form that was asked for."""
    if "--json" in arguments:
        print_json(refusal.problems, {})
    else:
        print_refusal(refusal)
