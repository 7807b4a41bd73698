"""Set up, then run every check and test of the project, a browser included.

python3 scripts/test.py                  everything, as CI does
python3 scripts/test.py --since main     what a change since that revision can reach, told with its reasons
python3 scripts/test.py tests/unit -q    only these, with pytest's own options
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from _reach import Reached, Tree, changed_since, reached, told
from _setup import PYTHON, ROOT, TEST_LOCK, ready, run, run_together, stop

USAGE = 2
WHEEL = "tests/contract/"
SHELLS = ("chromium-headless-shell", "chrome-headless-shell", "headless_shell")
"""Chromium without the window and what belongs to it: a page costs a quarter of the processor time."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_browser() -> str:
    """A Chromium: named by KINOPRESS_CHROMIUM, installed, installed now with apt, or Playwright's own."""
    named = os.environ.get("KINOPRESS_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, SHELLS)), None)
    if found:
        return found
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        print("Installing Chromium with apt …", file=sys.stderr)
        run(["apt-get", "update", "-qq"])
        for package in (SHELLS[0], BROWSERS[0]):  # old Debians have no shell
            install = ["apt-get", "install", "-y", "-qq", package]
            if run(install, DEBIAN_FRONTEND="noninteractive") == 0:
                break
    found = next(filter(None, map(shutil.which, (*SHELLS, *BROWSERS))), None)
    if found:
        return found
    if run([str(PYTHON), "-m", "playwright", "install", "chromium"]) == 0:
        return ""  # Playwright knows where its own is
    stop(
        "The tests need a Chromium browser. Install one, or name it in KINOPRESS_CHROMIUM, then run this again."
    )
    return ""


def check_wheel(films: Path) -> None:
    """Build the wheel, unpack it aside, and run the tests marked ``wheel`` against it instead of the tree.

    Args:
        films: Where they leave the web videos of the project's own films for the steps that follow.
    """
    with tempfile.TemporaryDirectory(prefix="kinopress-wheel-") as folder:
        installed = Path(folder) / "installed"
        build = ["-m", "build", "--wheel", "--no-isolation", "--outdir", folder, str(ROOT)]
        install = ["-m", "pip", "install", "--quiet", "--no-deps", "--target", str(installed)]
        for words in (build, install):
            wheel = [] if words is build else [str(next(Path(folder).glob("*.whl")))]
            if run([str(PYTHON), *words, *wheel]):
                raise SystemExit("The wheel cannot be built or installed (above).")
        tests = [str(PYTHON), "-m", "pytest", "-q", "-m", "wheel", WHEEL]
        environment = {"PYTHONPATH": str(installed), "KINOPRESS_UNDER_TEST": str(installed)}
        if run(tests, **environment, KINOPRESS_TEST_FILMS=str(films)):
            raise SystemExit("The tests against the built wheel failed (above).")


def steps(python: str, change: Reached | None) -> dict[str, list[str]]:
    """What is checked before any test runs, by name; only what a change can reach, if there is one."""
    known = {
        "mypy": ([python, "-m", "mypy"], ("src/",)),
        "web: types and units": ([python, "web/build.py", "check"], ("web/", "tests/golden/")),
        "ruff check": ([python, "-m", "ruff", "check", "."], ("",)),
        "ruff format": ([python, "-m", "ruff", "format", "--check", "."], ("",)),
        "import-linter": (
            [python, "-c", "from importlinter.cli import lint_imports_command as lint; lint()"],
            ("src/",),
        ),
    }
    return {
        name: command
        for name, (command, starts) in known.items()
        if change is None or change.touches(*starts)
    }


def since(revision: str) -> Reached:
    """What a change since a revision reaches; it is told."""
    try:
        change = reached(Tree(ROOT), changed_since(ROOT, revision))
    except ValueError as error:
        print(f"Git cannot say what changed since {revision}: {error}", file=sys.stderr)
        raise SystemExit(USAGE) from None
    print(told(change, revision), flush=True)
    return change


def main() -> None:
    """Lint, types, doors, the wheel, then the tests; the first failure is named and ends it."""
    ready(TEST_LOCK)
    python = str(PYTHON)
    chosen = sys.argv[1:]
    coverage = "--coverage" in chosen
    if coverage:
        chosen.remove("--coverage")
    change: Reached | None = None
    if chosen[:1] == ["--since"]:
        if len(chosen) != 2:
            print("Name a revision and nothing else: test.py --since main", file=sys.stderr)
            raise SystemExit(USAGE)
        change = since(chosen.pop())
        chosen = [] if change.all_because else sorted(change.tests)
    of_ones_own = bool(chosen) and change is None
    browser = find_browser()
    if run([python, "web/build.py", "dictionary"]):
        stop("The dictionary of the spelling test could not be fetched (above).")
    if of_ones_own:
        raise SystemExit(run([python, "-m", "pytest", *chosen], KINOPRESS_CHROMIUM=browser))
    failed = run_together(steps(python, change))
    if failed:
        raise SystemExit(f"{' and '.join(failed)} found something to fix (above).")
    everything = change is None or bool(change.all_because)
    with tempfile.TemporaryDirectory(prefix="kinopress-films-") as folder:
        films = Path(folder) / "media"
        if everything or any(test.startswith(WHEEL) for test in chosen):
            print("== tests against the wheel", flush=True)
            check_wheel(films)
        # The wheel is made of the tree: what its tests hold is not asked of both.
        chosen = [test for test in chosen if not test.startswith(WHEEL)]
        if not everything and not chosen:
            return
        print("== tests", flush=True)
        # The browser's tests in one process, all others in a second one (tests/conftest.py).
        tests = [python, "-m", "pytest", "-n", "2", "-m", "not wheel", *chosen]
        tests += ["--cov", "--cov-report=term:skip-covered"] if coverage else []
        code = run(tests, KINOPRESS_CHROMIUM=browser, KINOPRESS_TEST_FILMS=str(films))
    raise SystemExit(code)


if __name__ == "__main__":
    main()
