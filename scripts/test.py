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
from _setup import PYTHON, ROOT, TEST_LOCK, ready, run, stop

USAGE = 2
WHEEL = "tests/contract/"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_browser() -> str:
    """A Chromium: named by KINOPRESS_CHROMIUM, installed, installed now with apt, or Playwright's own."""
    named = os.environ.get("KINOPRESS_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, BROWSERS)), None)
    if found:
        return found
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        print("Installing Chromium with apt …", file=sys.stderr)
        run(["apt-get", "update", "-qq"])
        run(["apt-get", "install", "-y", "-qq", "chromium"], DEBIAN_FRONTEND="noninteractive")
        found = next(filter(None, map(shutil.which, BROWSERS)), None)
        if found:
            return found
    if run([str(PYTHON), "-m", "playwright", "install", "chromium"]) == 0:
        return ""  # Playwright knows where its own is
    stop(
        "The tests need a Chromium browser. Install one, or name it in KINOPRESS_CHROMIUM, then run this again."
    )
    return ""


def test_wheel() -> int:
    """Build the wheel, unpack it aside, and run the tests marked ``wheel`` against it instead of the tree."""
    with tempfile.TemporaryDirectory(prefix="kinopress-wheel-") as folder:
        code = run(
            [str(PYTHON), "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, str(ROOT)]
        )
        if code:
            return code
        wheel = next(Path(folder).glob("*.whl"))
        installed = Path(folder) / "installed"
        code = run(
            [
                str(PYTHON),
                "-m",
                "pip",
                "install",
                "--quiet",
                "--no-deps",
                "--target",
                str(installed),
                str(wheel),
            ]
        )
        if code:
            return code
        return run(
            [str(PYTHON), "-m", "pytest", "-q", "-m", "wheel", "tests/contract"],
            PYTHONPATH=str(installed),
            KINOPRESS_UNDER_TEST=str(installed),
        )


def whole_steps(python: str) -> dict[str, list[str]]:
    """What is checked before any test runs, by name."""
    return {
        "ruff check": [python, "-m", "ruff", "check", "."],
        "ruff format": [python, "-m", "ruff", "format", "--check", "."],
        "mypy": [python, "-m", "mypy"],
        "web: types and units": [python, "web/build.py", "check"],
        "import-linter": [
            python,
            "-c",
            "from importlinter.cli import lint_imports_command as lint; lint()",
        ],
    }


def steps_reached(steps: dict[str, list[str]], change: Reached) -> dict[str, list[str]]:
    """Those of the steps that a change can reach."""
    starts = {
        "ruff check": ("",),
        "ruff format": ("",),
        "mypy": ("src/", "pyproject.toml"),
        "web: types and units": ("web/", "tests/golden/"),
        "import-linter": ("src/", "pyproject.toml"),
    }
    return {name: step for name, step in steps.items() if change.touches(*starts[name])}


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
    change: Reached | None = None
    if chosen[:1] == ["--since"]:
        if len(chosen) != 2:
            print("Write a revision and nothing else: test.py --since main", file=sys.stderr)
            raise SystemExit(USAGE)
        change = since(chosen.pop())
        chosen = [] if change.all_because else sorted(change.tests)
    browser = find_browser()
    if run([python, "web/build.py", "dictionary"]):
        stop("The dictionary of the spelling test could not be fetched (above).")
    steps = whole_steps(python)
    if change is not None:
        steps = steps_reached(steps, change)
    elif chosen:
        steps = {}
    for name, command in steps.items():
        print(f"== {name}", flush=True)
        if run(command):
            raise SystemExit(f"{name} found something to fix (above).")
    if change is not None and not change.all_because and not chosen:
        return
    by_wheel = [test for test in chosen if test.startswith(WHEEL)] if change else []
    if not chosen or by_wheel:
        print("== tests against the wheel", flush=True)
        if test_wheel():
            raise SystemExit("The tests against the built wheel failed (above).")
    print("== tests", flush=True)
    coverage = [] if chosen else ["--cov", "--cov-report=term:skip-covered"]
    # The browser's tests in one process, all others in a second one (tests/conftest.py).
    workers = [] if chosen and change is None else ["-n", "2"]
    tests = [python, "-m", "pytest", *coverage, *workers, *chosen]
    raise SystemExit(run(tests, KINOPRESS_CHROMIUM=browser))


if __name__ == "__main__":
    main()
