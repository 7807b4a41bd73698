"""Set up, then run every check and test of the project, a browser included."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from _setup import PYTHON, ROOT, TEST_LOCK, ready, run, stop

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


def test_wheel(chosen: list[str]) -> int:
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
            [str(PYTHON), "-m", "pytest", "-q", "-m", "wheel", *chosen],
            PYTHONPATH=str(installed),
            KINOPRESS_UNDER_TEST=str(installed),
        )


def main() -> None:
    """Lint, types, doors, the wheel, then everything; the first failure is named and ends it."""
    ready(TEST_LOCK)
    python = str(PYTHON)
    chosen = sys.argv[1:]
    browser = find_browser()
    if run([python, "web/build.py", "dictionary"]):
        stop("The dictionary of the spelling test could not be fetched (above).")
    steps = (
        {}
        if chosen
        else {
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
    )
    for name, command in steps.items():
        print(f"== {name}", flush=True)
        if run(command):
            raise SystemExit(f"{name} found something to fix (above).")
    if not chosen:
        print("== tests against the wheel", flush=True)
        if test_wheel(chosen):
            raise SystemExit("The tests against the built wheel failed (above).")
    print("== tests", flush=True)
    coverage = [] if chosen else ["--cov", "--cov-report=term:skip-covered"]
    # The browser's tests in one process, all others in a second one (tests/conftest.py).
    workers = [] if chosen else ["-n", "2"]
    tests = [python, "-m", "pytest", *coverage, *workers, *chosen]
    raise SystemExit(run(tests, KINOPRESS_CHROMIUM=browser))


if __name__ == "__main__":
    main()
