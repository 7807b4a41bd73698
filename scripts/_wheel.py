"""Builds the wheel and unpacks it aside, and runs the tests marked ``wheel`` against it instead of the tree.

python3 scripts/_wheel.py install FOLDER: build it, and unpack it there.
python3 scripts/_wheel.py test FOLDER TESTS FILMS COMING: where it is, where those tests are, where they leave the web
videos of the project's own films for what runs beside, and a file that is removed when no more is to be expected there.
Two steps of scripts/test.py, with what that has set up.
"""

import sys
import tempfile
from pathlib import Path

from _setup import PYTHON, ROOT, run


def install(installed: str) -> int:
    """The exit code of the first program that fails, or 0."""
    with tempfile.TemporaryDirectory(prefix="kinopress-wheel-") as folder:
        build = ["-m", "build", "--wheel", "--no-isolation", "--outdir", folder, str(ROOT)]
        if code := run([str(PYTHON), *build]):
            return code
        wheel = str(next(Path(folder).glob("*.whl")))
        return run(
            [
                str(PYTHON),
                "-m",
                "pip",
                "install",
                "--quiet",
                "--no-deps",
                "--target",
                installed,
                wheel,
            ]
        )


def test(installed: str, tests: str, films: str, coming: str) -> int:
    """The exit code of the tests."""
    try:
        return run(
            [str(PYTHON), "-m", "pytest", "-q", "-m", "wheel", tests],
            PYTHONPATH=installed,
            KINOPRESS_UNDER_TEST=installed,
            KINOPRESS_TEST_FILMS=films,
        )
    finally:
        Path(coming).unlink(missing_ok=True)


if __name__ == "__main__":
    verb, *words = sys.argv[1:]
    raise SystemExit({"install": install, "test": test}[verb](*words))
