"""Set up, then run every check and test of the project, a browser included.

python3 scripts/test.py                  everything, as CI does
python3 scripts/test.py --since main     what a change since that revision can reach, told with its reasons
python3 scripts/test.py tests/cli -q     only these, with pytest's own options
"""

import os
import shutil
import sys

from _memory import folder_of_run, roomy
from _reach import Reached, Tree, changed_since, reached, told
from _setup import PYTHON, ROOT, TEST_LOCK, begun, ready, run, run_together, stop

USAGE = 2
WHEEL = "tests/contract/"
WORKERS = (os.cpu_count() or 1) + 1
"""One process more than there are processors: some tests wait for a page, a signal or another process."""
SHELLS = ("chromium-headless-shell", "chrome-headless-shell", "headless_shell")
"""Chromium without the window and what belongs to it: a page costs a quarter of the processor time."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


SERVERS = {
    "openssh-server": "sshd",
    "rsync": "rsync",
    "nginx": "nginx",
    "apache2-bin": "apache2",
    "caddy": "caddy",
    "firefox-esr": "firefox-esr",
}
"""Package → program: what publishing is tried against, and a second engine. Where one is missing all the same, its tests say so."""


def find_browser() -> str:
    """A Chromium: named by KINOPRESS_CHROMIUM, installed, or Playwright's own."""
    found = os.environ.get("KINOPRESS_CHROMIUM") or next(
        filter(None, map(shutil.which, (*SHELLS, *BROWSERS))), None
    )
    if found:
        return found
    if run([str(PYTHON), "-m", "playwright", "install", "chromium"]) == 0:
        return ""  # Playwright knows where its own is
    stop(
        "The tests need a Chromium browser. Install one, or name it in KINOPRESS_CHROMIUM, then run this again."
    )
    return ""


def apt() -> dict[str, list[str]]:
    """A step that installs what is missing of browser and servers, where apt is there and may do so."""
    if not (shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0):
        return {}
    places = f"{os.environ.get('PATH', '')}{os.pathsep}/usr/sbin"
    missing = [p for p, program in SERVERS.items() if shutil.which(program, path=places) is None]
    install = "apt-get install -y -qq"
    lines = [f"{install} {' '.join(missing)}"] if missing else []
    if not os.environ.get("KINOPRESS_CHROMIUM") and not any(map(shutil.which, SHELLS)):
        missing.append("Chromium")
        lines.append(
            f"{install} {SHELLS[0]} || {install} {BROWSERS[0]}"
        )  # old Debians have no shell
    if not missing:
        return {}
    print(f"Installing {' and '.join(missing)} with apt …", file=sys.stderr)
    script = "\n".join(["apt-get update -qq", *lines])
    return {"apt": ["env", "DEBIAN_FRONTEND=noninteractive", "sh", "-c", script]}


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
    """Lint, types, doors and the wheel at the same time, and if nothing failed all tests, those of the wheel beside the others."""
    # A run starts hundreds of Pythons: where none may keep what it compiled, each compiles the whole program again.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["KINOPRESS_WEB_TOOLS"] = "1"
    system = apt()
    with begun(system) as going:  # it mostly waits for what it fetches, and so does pip
        ready(TEST_LOCK)
        going.wait(*system)
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
    dictionary = [python, "web/build.py", "dictionary"]
    if of_ones_own:
        if run(dictionary):
            stop("The dictionary of the spelling test could not be fetched (above).")
        raise SystemExit(run([python, "-m", "pytest", *chosen], KINOPRESS_CHROMIUM=browser))
    everything = change is None or bool(change.all_because)
    with folder_of_run(roomy()) as folder:
        print(f"The tests keep their files in {folder.parent}.", flush=True)
        films = str(folder / "media")
        before = steps(python, change)
        # The wheel bundles while the web scripts are checked: neither may install under the other's feet.
        if run([python, "web/build.py", "tools"]):
            stop("What checks the web scripts could not be installed (above).")
        wheel = everything or any(test.startswith(WHEEL) for test in chosen)
        installed, coming = str(folder / "installed"), folder / "coming"
        if wheel:
            before["wheel"] = [python, "scripts/_wheel.py", "install", installed]
        before["dictionary of the spelling test"] = (
            dictionary  # it mostly waits for what it fetches
        )
        failed = run_together(before)
        if failed == ["dictionary of the spelling test"]:
            stop("The dictionary of the spelling test could not be fetched (above).")
        if failed:
            raise SystemExit(f"{' and '.join(failed)} found something to fix (above).")
        # The wheel is made of the tree: what its tests hold is not asked of both.
        chosen = [test for test in chosen if not test.startswith(WHEEL)]
        beside = {}
        if wheel:
            coming.touch()
            step = [python, "scripts/_wheel.py", "test", installed, WHEEL, films, str(coming)]
            beside["tests against the wheel"] = step
        # MkDocs, and what looks at a film, use one processor there; the tests have the other meanwhile.
        with begun(beside) as going:
            code = 0
            if everything or chosen:
                print("== tests", flush=True)
                # File after file, in the order that tests/conftest.py gives them.
                by_file = ["--dist", "loadfile", "--no-loadscope-reorder", "-n", str(WORKERS)]
                tests = [python, "-m", "pytest", *by_file, "-m", "not wheel", *chosen]
                tests += ["--cov", "--cov-report=term:skip-covered"] if coverage else []
                code = run(
                    tests,
                    going,
                    KINOPRESS_CHROMIUM=browser,
                    KINOPRESS_TEST_FILMS=films,
                    KINOPRESS_FILMS_COMING=str(coming),
                )
            failed = going.wait(*beside)
    if failed:
        print(f"{' and '.join(failed).capitalize()} failed (above).", file=sys.stderr)
    raise SystemExit(code or len(failed))


if __name__ == "__main__":
    main()
