"""Set up, then run every check and test of the project, a browser included.

python3 scripts/test.py                  everything, as CI does
python3 scripts/test.py --since main     what a change since that revision can reach, told with its reasons
python3 scripts/test.py tests/cli -q     only these, with pytest's own options
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
WORKERS = (os.cpu_count() or 1) + 1
"""One process more than there are processors: some tests wait for a page, a signal or another process."""
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


def find_servers() -> None:
    """What publishing is tried against: sshd, rsync and web servers, installed now with apt where that is allowed.

    Where they are missing otherwise, their tests say so.
    """
    places = f"{os.environ.get('PATH', '')}{os.pathsep}/usr/sbin"
    missing = [
        package
        for package, program in (
            ("openssh-server", "sshd"),
            ("rsync", "rsync"),
            ("nginx", "nginx"),
            ("apache2-bin", "apache2"),
            ("caddy", "caddy"),
        )
        if shutil.which(program, path=places) is None
    ]
    if missing and shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        print(f"Installing {' and '.join(missing)} with apt …", file=sys.stderr)
        run(["apt-get", "update", "-qq"])
        run(["apt-get", "install", "-y", "-qq", *missing], DEBIAN_FRONTEND="noninteractive")


def steps(python: str, change: Reached | None) -> dict[str, list[str]]:
    """What is checked before the tests run, by name; only what a change can reach, if there is one."""
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
    """Lint, types, doors and the wheel at the same time, then the tests; what failed is named and ends it."""
    # A run starts hundreds of Pythons: where none may keep what it compiled, each compiles the whole program again.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["KINOPRESS_WEB_TOOLS"] = "1"
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
    find_servers()
    if run([python, "web/build.py", "dictionary"]):
        stop("The dictionary of the spelling test could not be fetched (above).")
    if of_ones_own:
        raise SystemExit(run([python, "-m", "pytest", *chosen], KINOPRESS_CHROMIUM=browser))
    everything = change is None or bool(change.all_because)
    with tempfile.TemporaryDirectory(prefix="kinopress-films-") as folder:
        films = str(Path(folder) / "media")
        before = steps(python, change)
        # The wheel bundles while the web scripts are checked: neither may install under the other's feet.
        if run([python, "web/build.py", "tools"]):
            stop("What checks the web scripts could not be installed (above).")
        if everything or any(test.startswith(WHEEL) for test in chosen):
            before["tests against the wheel"] = [python, "scripts/_wheel.py", WHEEL, films]
        failed = run_together(before)
        if failed:
            raise SystemExit(f"{' and '.join(failed)} found something to fix (above).")
        # The wheel is made of the tree: what its tests hold is not asked of both.
        chosen = [test for test in chosen if not test.startswith(WHEEL)]
        if not everything and not chosen:
            return
        print("== tests", flush=True)
        # File after file, in the order that tests/conftest.py gives them.
        by_file = ["--dist", "loadfile", "--no-loadscope-reorder", "-n", str(WORKERS)]
        tests = [python, "-m", "pytest", *by_file, "-m", "not wheel", *chosen]
        tests += ["--cov", "--cov-report=term:skip-covered"] if coverage else []
        code = run(tests, KINOPRESS_CHROMIUM=browser, KINOPRESS_TEST_FILMS=films)
    raise SystemExit(code)


if __name__ == "__main__":
    main()
