"""The door of the command ``kinopress``: it hears who wants it to end before it loads anything else.

Loading the verbs takes a quarter of a second, and somebody who has mistyped presses Ctrl-C at once.
"""

from __future__ import annotations

import gc
import signal
import sys

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


def main(arguments: list[str] | None = None) -> None:
    """Run ``kinopress``; ends the process with 0 ok, 1 content, 2 usage or settings, 3 environment, 4 publishing, 5 busy.

    Args:
        arguments: The words after the command; those of this process by default, which is then ours.
    """
    given = sys.argv[1:] if arguments is None else arguments
    if arguments is None and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        # Until we can say something, and after we have, Ctrl-C ends us without a word as any other signal does;
        # Python would print where it was.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from kinopress.cli.terminal.signals import stopped_by_signals  # noqa: PLC0415 - see above

    try:
        with stopped_by_signals():
            from kinopress.cli.verbs import run  # noqa: PLC0415 - see above

            code = run(given)
    except KeyboardInterrupt:
        code = _say_stopped(given)
    if arguments is None:  # the process is this command's alone
        # Python would look through all values for garbage once more: of a large library a tenth of a build.
        gc.freeze()
    sys.exit(code)


def _say_stopped(given: list[str]) -> int:
    from kinopress.problems import ExitCode  # noqa: PLC0415 - loaded only where it is needed

    verb = next((word.casefold() for word in given if not word.startswith("-")), "")
    sys.stderr.write(f"Stopped. {_STOPPED.get(verb, _KEPT)}\n")
    return int(ExitCode.ENVIRONMENT)


if __name__ == "__main__":
    main()
