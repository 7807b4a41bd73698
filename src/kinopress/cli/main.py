"""The command ``kinopress``: finds the verb, ends with the right code, shows no traceback for a person's mistake."""

from __future__ import annotations

import sys
from typing import Any

import click

from kinopress import __version__
from kinopress.cli.lazy import verbs
from kinopress.cli.terminal.report import print_json, print_refusal
from kinopress.cli.terminal.signals import stopped_by_signals
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

_KEPT = "What was finished is kept, and the next run resumes from there."
_READERS = (
    "Readers have the old site or the new one; in a bucket or a real folder on a server, pages of both"
    " for as long as it stays so. Run it again: what was sent is not sent again. kinopress status says"
    " what is live."
)
_NOTHING = "Nothing was changed."
_STOPPED = {
    **dict.fromkeys(("publish", "rollback"), _READERS),
    **dict.fromkeys(("check", "status", "doctor"), _NOTHING),
    **dict.fromkeys(("serve", "studio"), "Your files are as they were saved last."),
}
"""What is said of a verb that was stopped (Ctrl-C), where it is not :data:`_KEPT`."""


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


def main(arguments: list[str] | None = None) -> None:
    """Run ``kinopress``; ends the process with 0 ok, 1 content, 2 usage or settings, 3 environment, 4 publishing, 5 busy."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        with stopped_by_signals():
            result: Any = kinopress.main(
                args=arguments, prog_name="kinopress", standalone_mode=False
            )
        code = result if isinstance(result, int) else ExitCode.OK
    except click.ClickException as error:
        # It looks for words that are like another one, which takes a while to load.
        from kinopress.cli.terminal.mistyped import usage_problem  # noqa: PLC0415

        problem = usage_problem(error)
        if problem is None:
            error.show()
        else:
            _say(Refusal([problem], ExitCode.USAGE), given)
        code = ExitCode.USAGE
    except click.Abort as abort:
        if isinstance(abort.__context__, EOFError):
            click.echo(
                "\nStopped: nobody is here to answer, and nothing was changed. Run it in a"
                " terminal, or give the answers as options (--help lists them).",
                err=True,
            )
            sys.exit(int(ExitCode.USAGE))
        verb = next((word.casefold() for word in given if not word.startswith("-")), "")
        click.echo(f"Stopped. {_STOPPED.get(verb, _KEPT)}", err=True)
        code = ExitCode.ENVIRONMENT
    except Refusal as refusal:
        _say(refusal, given)
        code = refusal.exit_code
    except BrokenPipeError:
        code = ExitCode.OK
    except OSError as error:  # of a file that whoever read it had no sentence for
        from kinopress.project.folder import cannot_use  # noqa: PLC0415 - hardly ever needed

        unusable = cannot_use(error)
        if unusable is None:
            raise
        _say(unusable, given)
        code = unusable.exit_code
    sys.exit(int(code))


def _say(refusal: Refusal, given: list[str]) -> None:
    """Why a command could not continue, in the form that was asked for."""
    if "--json" in given:
        print_json(refusal.problems, {})
    else:
        print_refusal(refusal)


if __name__ == "__main__":
    main()
