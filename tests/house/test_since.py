"""``scripts/test.py --since``: no test that a change can reach is left out, on repositories made up for it."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from support.guide import ROOT
from support.projects import write

sys.path.append(str(ROOT / "scripts"))

from _reach import Reached, Tree, changed_since, reached, told

FILES = {
    "pyproject.toml": '[project.entry-points."mkdocs.plugins"]\nkinopress = "kinopress.engines.plugin:P"\n',
    "COACH.md": "A guide.",
    "mkdocs.yml": "site_name: A site",
    "docs/muscles/hip.md": "A hip.",
    "web/src/kinopress.ts": "let a = 1;",
    "web/build.py": "",
    "scripts/check.py": "from _help import ready\n",
    "scripts/_help.py": "",
    "benchmarks/figures.py": "",
    "tests/conftest.py": "",
    "tests/support/projects.py": "",
    "tests/golden/pages/hip.html": "",
    "tests/spelling/words.txt": "",
    "tests/video/films.tsv": "",
    "src/kinopress/__init__.py": "",
    "src/kinopress/problems.py": "",
    "src/kinopress/engines/__init__.py": "",
    "src/kinopress/engines/engine.py": "import mkdocs\n",
    "src/kinopress/engines/plugin.py": "from kinopress.engines.body import html\n",
    "src/kinopress/engines/body.py": "",
    "src/kinopress/engines/theme/main.html": "",
    "src/kinopress/engines/theme/assets/own.css": "",
    "src/kinopress/video/__init__.py": "",
    "src/kinopress/video/rate.py": "from ..problems import Problem\n",
    "src/kinopress/video/trim.py": "def trim():\n    from kinopress.video import rate\n",
    "src/kinopress/video/job.py": "",
    "src/kinopress/cli/__init__.py": "",
    "src/kinopress/cli/lazy.py": (
        'import importlib\n\ndef load(name):\n    return importlib.import_module(f"kinopress.cli.{name}")\n'
    ),
    "src/kinopress/cli/build.py": "from kinopress.engines import engine\n",
    "src/kinopress/cli/main.py": "from kinopress.cli.lazy import load\n",
    "tests/unit/test_rate.py": "import kinopress.video.rate\n",
    "tests/unit/test_trim.py": "from kinopress.video import trim\n",
    "tests/unit/test_body.py": "from kinopress.engines.body import html\n",
    "tests/unit/test_command.py": 'ARGV = ["-m", "kinopress.cli.main"]\n',
    "tests/unit/test_job.py": 'CODE = """\nfrom kinopress.video import job\nprint(job)\n"""\n',
    "tests/unit/test_guide.py": (
        'from pathlib import Path\n\nROOT = Path(__file__).resolve().parents[2]\nGUIDE = ROOT / "COACH.md"\n'
    ),
    "tests/unit/test_scripts.py": (
        "from pathlib import Path\n\nHERE = Path(__file__).parent.parent.parent\n"
        'RUN = """\nimport sys\nsys.path.insert(0, "scripts")\nimport _help\n"""\n'
    ),
    "tests/unit/test_codes.py": (
        'from pathlib import Path\n\nimport kinopress\n\nFILES = Path(kinopress.__file__).parent.rglob("*.py")\n'
    ),
    "tests/unit/test_golden.py": (
        'from pathlib import Path\n\nGOLDEN = Path(__file__).parents[1] / "golden" / "pages"\n'
    ),
    "tests/unit/test_lists.py": (
        'from pathlib import Path\n\nFILE = Path(__file__).parents[1] / "spelling/words.txt"\n'
    ),
    "tests/unit/test_every_file.py": (
        "from pathlib import Path\n\nROOT = Path(__file__).parents[2]\nALL = sorted(ROOT.rglob('*'))\n"
    ),
    "tests/unit/test_alone.py": '"""The web, docs and scripts of a guide are only words here: see golden."""\n',
    "tests/video/__init__.py": "",
    "tests/video/conftest.py": "from kinopress.video.trim import trim\n",
    "tests/video/films.py": "",
    "tests/video/test_films.py": "from .films import a\n",
}
TESTS = {name for name in FILES if "/test_" in name}
EVERY_FILE = "unit/test_every_file.py"


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("repository")
    for path, text in FILES.items():
        write(root / path, text)
    git(root, "init", "--quiet", "--initial-branch", "main")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", "All")
    return root


def git(root: Path, *words: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *words], cwd=root, check=True)


def names_of_reached(root: Path, *changed: str) -> set[str]:
    found = reached(Tree(root), changed)
    assert found.all_because == ""
    assert found.changed == sorted(changed)
    assert set(found.tests.values()) <= set(changed)
    return {test.removeprefix("tests/") for test in found.tests}


@pytest.mark.parametrize(
    ("changed", "reaches"),
    [
        # Through imports, also those within a function, relative, or of a folder's conftest.
        ("src/kinopress/video/rate.py", {"rate", "trim", "job", "codes", "video/test_films.py"}),
        ("src/kinopress/video/trim.py", {"trim", "job", "codes", "video/test_films.py"}),
        ("src/kinopress/video/__init__.py", {*["rate", "trim", "job", "codes", "video/test_films.py"]}),
        # In code that stands in a string: whatever lies in the package it names.
        ("src/kinopress/video/job.py", {"job", "codes"}),
        # A module whose name is put together, and a plugin found by its entry point.
        ("src/kinopress/cli/build.py", {"command", "codes"}),
        ("src/kinopress/engines/body.py", {"body", "command", "codes"}),
        # Data of a package go with its modules; the browser's scripts become such data.
        ("src/kinopress/engines/theme/main.html", {"body", "command", "codes"}),
        ("src/kinopress/engines/theme/assets/own.css", {"body", "command", "codes"}),
        ("web/src/kinopress.ts", {"body", "command", EVERY_FILE}),
        # Only who can see the repository reads its words.
        ("docs/muscles/hip.md", {"guide", "scripts", EVERY_FILE}),
        ("mkdocs.yml", {"guide", "scripts", EVERY_FILE}),
        ("COACH.md", {"guide", EVERY_FILE}),
        ("scripts/_help.py", {"scripts", EVERY_FILE}),
        ("benchmarks/figures.py", {EVERY_FILE}),
        # Data of the tests: who lies beside them, or names their folder.
        ("tests/golden/pages/hip.html", {"golden"}),
        ("tests/spelling/words.txt", {"lists"}),
        ("tests/video/films.tsv", {"video/test_films.py"}),
        ("tests/video/films.py", {"video/test_films.py"}),
        ("tests/video/conftest.py", {"video/test_films.py"}),
        ("tests/unit/test_alone.py", {"alone"}),
    ],
)  # fmt: skip
def test_a_change_reaches_who_can_load_or_read_the_file(
    repository: Path, changed: str, reaches: set[str]
) -> None:
    wanted = {name if "/" in name else f"unit/test_{name}.py" for name in reaches}
    # A test that goes through all files reads the package's source as well.
    if changed.startswith("src/"):
        wanted.add(EVERY_FILE)
    assert names_of_reached(repository, changed) == wanted


@pytest.mark.parametrize(
    "gone",
    ["src/kinopress/video/gone.py", "src/kinopress/video/rate/__init__.py"],
)
def test_a_removed_module_reaches_who_still_asks_for_it(tmp_path: Path, gone: str) -> None:
    write(tmp_path / "tests/unit/test_old.py", "from kinopress.video import gone, rate\n")
    write(tmp_path / "tests/unit/test_new.py", "from kinopress import video\n")
    write(tmp_path / "src/kinopress/video/__init__.py", "")
    git(tmp_path, "init", "--quiet")
    assert names_of_reached(tmp_path, gone) == {"unit/test_old.py"}


@pytest.mark.parametrize(
    ("changed", "because"),
    [
        ("pyproject.toml", "pyproject.toml is what every test stands on"),
        ("tests/conftest.py", "tests/conftest.py is what every test stands on"),
        ("tests/support/projects.py", "tests/support/projects.py is what every test stands on"),
        ("scripts/test.py", "scripts/test.py is what every test stands on"),
        ("scripts/requirements-test.txt", "scripts/requirements-test.txt is what every test"),
        ("notes.xyz", "no rule says what notes.xyz reaches"),
        ("tools/new.toml", "no rule says what tools/new.toml reaches"),
    ],
)
def test_what_all_stand_on_and_what_nobody_knows_reach_every_test(
    repository: Path, changed: str, because: str
) -> None:
    found = reached(Tree(repository), ["COACH.md", changed])
    assert found.all_because.startswith(because)
    assert found.touches("web/")
    assert f"every test is run: {because}" in told(found, "main")


def test_a_half_written_test_counts_as_reached_by_everything(tmp_path: Path) -> None:
    write(tmp_path / "tests/unit/test_half.py", "def test_a(:\n")
    write(tmp_path / "src/kinopress/problems.py", "")
    git(tmp_path, "init", "--quiet")
    for path in ("src/kinopress/problems.py", "docs/a.md", "COACH.md", "README.png"):
        assert names_of_reached(tmp_path, path) == {"unit/test_half.py"}


def test_changed_is_what_differs_committed_or_not_new_renamed_or_gone(tmp_path: Path) -> None:
    for path in ("same.md", "worked-on.md", "Übung 1.md", "gone.md", "moved.md"):
        write(tmp_path / path, f"{path}\n")
    write(tmp_path / ".gitignore", "site/\n")
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "All")
    write(tmp_path / "Übung 1.md", "another")
    git(tmp_path, "commit", "--quiet", "--all", "--message", "More")
    write(tmp_path / "worked-on.md", "another")
    write(tmp_path / "new/a b.md", "new")
    write(tmp_path / "site/index.html", "made")
    (tmp_path / "gone.md").unlink()
    git(tmp_path, "mv", "moved.md", "elsewhere.md")
    assert changed_since(tmp_path, "main~1") == sorted(
        ["worked-on.md", "Übung 1.md", "gone.md", "moved.md", "elsewhere.md", "new/a b.md"]
    )
    assert "Übung 1.md" not in changed_since(tmp_path, "main")


@pytest.mark.parametrize("revision", ["no-such-branch", "--help", "main..", ""])
def test_a_revision_nobody_knows_is_an_error(repository: Path, revision: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        changed_since(repository, revision)


def test_it_is_told_what_is_run_and_why() -> None:
    few = Reached(
        tests={"tests/unit/test_b.py": "b.py", "tests/c/test_a.py": "x.md"}, changed=["b.py"]
    )
    assert told(few, "main").splitlines() == [
        "1 file changed since main; these 2 files of tests can be reached:",
        "  tests/c/test_a.py     by x.md",
        "  tests/unit/test_b.py  by b.py",
    ]
    none = Reached(changed=["a.md", "b.md"])
    assert told(none, "v1") == "2 files changed since v1; no test can be reached by that."


LINT = {"ruff check", "ruff format"}


@pytest.mark.parametrize(
    ("changed", "checked"),
    [
        ("src/kinopress/video/rate.py", {*LINT, "mypy", "import-linter"}),
        ("web/src/kinopress.ts", {*LINT, "web: types and units"}),
        ("tests/golden/finder/index.json", {*LINT, "web: types and units"}),
        ("docs/muscles/hip.md", LINT),
        ("tests/unit/test_alone.py", LINT),
        ("pyproject.toml", {*LINT, "mypy", "import-linter", "web: types and units"}),
    ],
)
def test_what_is_checked_before_the_tests_is_what_the_change_can_spoil(
    repository: Path, changed: str, checked: set[str]
) -> None:
    spec = importlib.util.spec_from_file_location("whole_run", ROOT / "scripts/test.py")
    assert spec is not None and spec.loader is not None
    whole_run = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(whole_run)
    assert set(whole_run.steps("python", reached(Tree(repository), [changed]))) == checked
    assert set(whole_run.steps("python", None)) == {
        *LINT,
        "mypy",
        "import-linter",
        "web: types and units",
    }


# This repository


@pytest.fixture(scope="module")
def here() -> Tree:
    return Tree(ROOT)


@pytest.mark.parametrize(
    ("changed", "reaches"),
    [
        ("COACH.md", "house/test_guide.py"),
        ("WRITING.md", "content/test_writing.py"),
        ("WRITING.md", "this_site/test_guides.py"),
        ("CHANGELOG.md", "house/test_spelling.py"),
        ("docs/data/regions.yml", "this_site/test_body_map.py"),
        ("docs/about.md", "this_site/browser/test_every_page.py"),
        ("docs/about.md", "contract/test_any_engine.py"),
        ("exercises/clam.md", "finder/test_answers.py"),
        ("exercises/clam.md", "this_site/test_finder_answers.py"),
        ("exercises/clam.md", "this_site/browser/test_finder.py"),
        ("film-scripts/README.md", "this_site/test_film_scripts.py"),
        ("web/src/kinopress.ts", "this_site/browser/test_finder.py"),
        ("web/src/finder/rank.ts", "this_site/test_finder_answers.py"),
        ("web/src/finder/signs.ts", "house/test_spelling.py"),
        ("src/kinopress/engines/theme/main.html", "this_site/browser/test_fit.py"),
        ("src/kinopress/video/source/trim.py", "video/test_produce.py"),
        ("src/kinopress/video/source/trim.py", "house/test_spelling.py"),
        ("src/kinopress/video/source/trim.py", "house/test_guide.py"),
        ("src/kinopress/content/library.py", "invalid/test_invalid.py"),
        ("benchmarks/flags.py", "this_site/test_flags.py"),
        ("scripts/_setup.py", "video/encode/test_signals.py"),
        ("scripts/check.py", "video/encode/test_signals.py"),
        ("tests/invalid/_base/mkdocs.yml", "property/test_check_never_crashes.py"),
        ("tests/golden/video/encode-events.txt", "cli/test_video.py"),
        ("tests/this_site/red_flags_dev.tsv", "this_site/test_flags.py"),
        ("tests/this_site/pages_dev.tsv", "this_site/test_finder_answers.py"),
        ("tests/video/films.py", "video/recipe/test_recipe.py"),
        ("tests/video/conftest.py", "video/encode/test_kills.py"),
        ("tests/browser/fixtures.py", "browser/test_captions.py"),
    ],
)
def test_here_too(here: Tree, changed: str, reaches: str) -> None:
    found = reached(here, [changed])
    assert found.all_because or f"tests/{reaches}" in found.tests


def test_here_a_change_does_not_reach_everything(here: Tree) -> None:
    found = reached(here, ["tests/golden/video/encode-events.txt", "CHANGELOG.md"])
    assert not found.all_because
    assert 0 < len(found.tests) < 20
