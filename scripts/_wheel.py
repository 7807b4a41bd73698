"""Builds the wheel, unpacks it aside, and runs the tests marked ``wheel`` against it instead of the tree.

python3 scripts/_wheel.py TESTS FILMS: where those tests lie, and where they leave the web videos of the project's own
films for the steps that follow. A step of scripts/test.py, with what that has set up.
"""

import sys
import tempfile
from pathlib import Path

from _setup import PYTHON, ROOT, run


def main(tests: str, films: str) -> int:
    """The exit code of the first program that fails, or 0."""
    python = str(PYTHON)
    with tempfile.TemporaryDirectory(prefix="kinopress-wheel-") as folder:
        installed = str(Path(folder) / "installed")
        build = ["-m", "build", "--wheel", "--no-isolation", "--outdir", folder, str(ROOT)]
        if code := run([python, *build]):
            return code
        wheel = str(next(Path(folder).glob("*.whl")))
        install = ["-m", "pip", "install", "--quiet", "--no-deps", "--target", installed, wheel]
        if code := run([python, *install]):
            return code
        return run(
            [python, "-m", "pytest", "-q", "-m", "wheel", tests],
            PYTHONPATH=installed,
            KINOPRESS_UNDER_TEST=installed,
            KINOPRESS_TEST_FILMS=films,
        )


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
