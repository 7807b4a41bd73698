"""Which tests a change can reach: by the imports of the Python files, and by rules for all others.

Nothing is run to find out: the files are read as text, with the standard library only. Where that leaves a
doubt, a test counts as reached; a kind of file that no rule knows reaches every test.
"""

from __future__ import annotations

import ast
import math
import re
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath

PACKAGE = "src/kinopress/"
SEARCHED = ("src", "tests", "scripts", "benchmarks", "videos/drawings", "web", "")
"""Folders in which an imported name is looked for, beside the importing file's own."""

REACHES_ALL = (
    *(
        "pyproject.toml",
        "scripts/_memory.py",
        "scripts/_reach.py",
        "scripts/_setup.py",
        "scripts/_wheel.py",
        "scripts/test.py",
    ),
    *("scripts/requirements.txt", "scripts/requirements-test.txt"),
    *("tests/conftest.py", "tests/browser/fixtures.py", "tests/support/", ".ci/"),
)
"""What every test depends on: the tools, their versions, and how the run itself is made."""

CONTENT = ("docs", "exercises", "videos", "mkdocs.yml")
"""What a test that can see the repository reads without naming it: ``read_library(ROOT)``."""

BESIDE = (
    *(
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "COACH.md",
        "CONTRIBUTING.md",
        "FIGURES.md",
        "README.md",
        "WRITING.md",
    ),
    *("LICENSE", "README.png", ".gitignore", ".gitattributes"),
    *("benchmarks", "film-scripts", "scripts", "web"),
)
"""What a test reads only under its name."""

_DOTTED = re.compile(r"\bkinopress\.\w+(?:\.\w*)*", re.ASCII)
_IMPORT_IN_TEXT = re.compile(
    r"^[ \t]*(?:from[ \t]+(?=[\w.]+[ \t]+import\b)|import[ \t]+)([\w.]+)", re.MULTILINE
)
_WALKS = ("glob", "rglob", "iterdir", "walk")


@dataclass
class Reached:
    """What a change reaches.

    Attributes:
        all_because: Why every test is reached; empty when not every one is.
        tests: Test file → the changed file that reaches it.
        changed: Every file that changed, in order.
    """

    all_because: str = ""
    tests: dict[str, str] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)

    def touches(self, *starts: str) -> bool:
        """Whether a changed file's path begins with one of these."""
        return bool(self.all_because) or any(path.startswith(starts) for path in self.changed)


def changed_since(root: Path, revision: str) -> list[str]:
    """Every file that differs from a revision, committed or not, removed and new ones included.

    Raises:
        ValueError: Git knows no such revision, or this is not a repository.
    """
    if not _git(root, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}"):
        raise ValueError(f"{revision} is no commit")
    names = [
        *_git(root, "diff", "--name-only", "--no-renames", "-z", revision, "--"),
        *_git(root, "ls-files", "--others", "--exclude-standard", "-z"),
    ]
    return sorted(set(names))


def _git(root: Path, *words: str) -> list[str]:
    done = subprocess.run(
        ["git", *words], cwd=root, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise ValueError(done.stderr.strip())
    return [name for name in done.stdout.split("\0") if name]


def reached(tree: Tree, changed: Iterable[str]) -> Reached:
    """The test files that a change of these files can reach.

    Args:
        tree: The repository's files, as they are after the change.
        changed: Paths below it, with slashes; those of removed files too.
    """
    found = Reached(changed=sorted(changed))
    for path in found.changed:
        if path.startswith(REACHES_ALL):
            found.all_because = f"{path} is what every test stands on"
            return found
        reaches = tree.rule_for(path)
        if reaches is None:
            found.all_because = f"no rule says what {path} reaches"
            return found
        for test in tree.tests:
            if test not in found.tests and (test == path or reaches(test)):
                found.tests[test] = path
    return found


def told(change: Reached, revision: str) -> str:
    """What is run since a revision, and why."""
    count = len(change.changed)
    head = f"{count} {'file' if count == 1 else 'files'} changed since {revision}; "
    if change.all_because:
        return f"{head}every test is run: {change.all_because}."
    if not change.tests:
        return f"{head}no test can be reached by that."
    width = max(map(len, change.tests))
    lines = [f"  {test:{width}}  by {path}" for test, path in sorted(change.tests.items())]
    return "\n".join([f"{head}these {len(lines)} files of tests can be reached:", *lines])


@dataclass
class _File:
    """What is read of a Python file.

    Attributes:
        imports: Module names that it may import; some are none (a function's, for instance).
        texts: Its strings.
        sees_root: It reaches the repository's top folder from its own place.
        sees_package: It asks where the package is, and so may read its source.
        walks_root: It goes through the top folder itself, whatever is there.
    """

    imports: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    sees_root: bool = False
    sees_package: bool = False
    walks_root: bool = False


class Tree:
    """The Python files of a working tree, and who imports whom.

    Args:
        root: The tree's top folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        names = _git(root, "ls-files", "--cached", "--others", "--exclude-standard", "-z")
        self.python = sorted({n for n in names if n.endswith(".py") and (root / n).is_file()})
        self.tests = [n for n in self.python if re.search(r"^tests/.*test_[^/]*\.py$", n)]
        self._named: dict[str, set[str]] = {}
        for path in self.python:
            for name in _module_names(path):
                self._named.setdefault(name, set()).add(path)
        self._closures: dict[str, frozenset[str]] = {}

    @cached_property
    def _files(self) -> dict[str, _File]:
        entries = _entry_points(self.root)
        found = {path: _read(self.root, path) for path in self.python}
        for file in found.values():
            if "mkdocs" in file.imports:  # it loads plugins by their names
                file.imports |= entries
        return found

    def rule_for(self, path: str) -> Callable[[str], bool] | None:
        """Which tests a file reaches; ``None`` when no rule knows."""
        top = path.partition("/")[0]
        if path.endswith(".py"):
            names = _module_names(path)
            as_text = top != "tests"  # guides and messages are held against the source itself
            return lambda test: (
                path in self._closure(test)
                or bool(names & self._wanted(test))
                or (as_text and self._reads(test, path))
            )
        if path.startswith(PACKAGE):
            return lambda test: self._imports_beside(test, path) or self._reads(test, path)
        if top == "web":
            # Bundled, its scripts are files of the pages.
            bundle = f"{PACKAGE}engines/theme"
            return lambda test: self._imports_beside(test, bundle) or self._reads(test, path)
        if top in (*CONTENT, *BESIDE, "tests"):
            return lambda test: self._reads(test, path)
        return None

    def _imports_beside(self, test: str, path: str) -> bool:
        """Whether a test imports a module of the package in which a file of data is."""
        folder = PurePosixPath(path).parent
        while not any(PurePosixPath(p).parent == folder for p in self.python):
            folder = folder.parent
        return any(PurePosixPath(p).parent == folder for p in self._closure(test))

    def _reads(self, test: str, path: str) -> bool:
        """Whether a test may open a file, as far as its own files' strings tell."""
        top, _, rest = path.partition("/")
        own = [self._files[p] for p in self._closure(test) if not p.startswith(PACKAGE)]
        if top == "tests":
            folder = rest.partition("/")[0]
            return test.startswith(f"tests/{folder}/") or any(
                _names(file.texts, folder) for file in own
            )
        if path.startswith(PACKAGE) and any(file.sees_package for file in own):
            return True
        seers = [file for file in own if file.sees_root]
        if not seers:
            return False
        if top in CONTENT or any(file.walks_root for file in seers):
            return True
        return any(_names(file.texts, top) for file in own)

    def _wanted(self, test: str) -> set[str]:
        """Every module name that a test or what it imports asks for, of removed modules too."""
        return set().union(*(self._files[path].imports for path in self._closure(test)))

    def _conftests(self, test: str) -> list[str]:
        """Those of the folders; what the top one does reaches every test anyway."""
        folders = PurePosixPath(test).relative_to("tests").parents
        names = (f"tests/{folder}/conftest.py" for folder in folders if str(folder) != ".")
        return [name for name in names if name in self._files]

    def _closure(self, test: str) -> frozenset[str]:
        """A test file and all Python files that it may load."""
        if test not in self._closures:
            seen: set[str] = set()
            waiting = [test, *self._conftests(test)]
            while waiting:
                path = waiting.pop()
                if path not in seen:
                    seen.add(path)
                    for name in self._files[path].imports:
                        waiting += self._named.get(name, ())
            self._closures[test] = frozenset(seen)
        return self._closures[test]


def _module_names(path: str) -> set[str]:
    """Under which names a file can be imported, and for a module also the package that holds it, for ``import *``."""
    names = set()
    places = [*SEARCHED, path.rpartition("/")[0]]
    for place in places:
        start = f"{place}/" if place else ""
        if path.startswith(start):
            parts = path.removeprefix(start).removesuffix(".py").split("/")
            if parts[-1] == "__init__":
                parts.pop()
            if parts:
                names.add(".".join(parts))
    # ``kinopress.cli.*`` stands for all that are below: a name put together as the program runs.
    for name in [name for name in names if name.startswith("kinopress.")]:
        parts = name.split(".")
        names |= {".".join(parts[:end]) + ".*" for end in range(1, len(parts))}
    return names


def _names(texts: Iterable[str], name: str) -> bool:
    """Whether one of these strings is a path or a part of one with this file or folder in it."""
    follows = r"(?![\w-])" if "." in name else "/"
    path = re.compile(rf"(?<![\w.-])(?:{re.escape(name)}{follows}|(?<=/){re.escape(name)}$)")
    return any(text == name or path.search(text) for text in texts)


def _entry_points(root: Path) -> set[str]:
    """The modules that another program finds by the package's entry points."""
    file = root / "pyproject.toml"
    text = file.read_text("utf-8") if file.is_file() else ""
    return set(re.findall(r"\"(kinopress[\w.]*):\w+\"", text))


def _read(root: Path, path: str) -> _File:
    file = _File()
    text = (root / path).read_text("utf-8")
    try:
        nodes = list(ast.walk(ast.parse(text)))
    except SyntaxError:  # half-written: it may be anything
        return _File({"kinopress.*"}, {text}, sees_root=True, sees_package=True, walks_root=True)
    inner = {id(node.value) for node in nodes if isinstance(node, ast.Subscript)}
    climbs = [
        climb for node in nodes if id(node) not in inner and (climb := _climb(node)) is not None
    ]
    followed = {id(start) for start, _ in climbs}
    file.sees_root = any(levels > path.count("/") for _, levels in climbs)
    tops = {"ROOT"}
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                file.imports |= _with_parents(alias.name)
        elif isinstance(node, ast.ImportFrom):
            base = _base_of(node, path)
            file.imports |= _with_parents(base)
            file.imports |= {f"{base}.{alias.name}".strip(".") for alias in node.names}
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            file.texts.add(node.value)
        elif isinstance(node, ast.Attribute) and node.attr == "__file__":
            file.sees_package = True
        elif isinstance(node, ast.Name) and node.id == "__file__" and id(node) not in followed:
            file.sees_root = file.walks_root = True  # it climbs in a way not known here
        elif isinstance(node, ast.Assign) and _climb(node.value) is not None:
            tops |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    file.walks_root |= any(_walks(node, tops) for node in nodes)
    for text in file.texts:
        for dotted in _DOTTED.findall(text):
            file.imports |= {*_with_parents(dotted.rstrip(".")), f"{dotted.rstrip('.')}.*"}
        for name in _IMPORT_IN_TEXT.findall(text):
            file.imports |= _with_parents(name)
    return file


def _with_parents(name: str) -> set[str]:
    """``a.b.c``, ``a.b`` and ``a``: importing the first imports them all."""
    parts = name.split(".")
    return {".".join(parts[:end]) for end in range(1, len(parts) + 1)} - {""}


def _base_of(node: ast.ImportFrom, path: str) -> str:
    """The module of ``from … import …`` as an absolute name; a relative one counts from ``tests`` or ``src``."""
    if not node.level:
        return node.module or ""
    folders = path.split("/")[:-1]
    kept = folders[1 : len(folders) - node.level + 1]
    return ".".join([*kept, *([node.module] if node.module else [])])


def _climb(node: ast.AST) -> tuple[ast.Name, float] | None:
    """The ``__file__`` of ``Path(__file__).resolve().parents[2]`` and how many folders up it leads."""
    levels: float = 0
    while True:
        if isinstance(node, ast.Subscript):
            index = node.slice
            known = isinstance(index, ast.Constant) and isinstance(index.value, int)
            levels += index.value + 1 if known and index.value >= 0 else math.inf
            node = node.value
            if isinstance(node, ast.Attribute) and node.attr == "parents":
                node = node.value
        elif isinstance(node, ast.Attribute) and node.attr == "parent":
            levels += 1
            node = node.value
        elif isinstance(node, ast.Attribute) and node.attr == "parents":
            levels = math.inf
            node = node.value
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            node = node.func.value  # .resolve()
        elif isinstance(node, ast.Call) and len(node.args) == 1:
            node = node.args[0]  # Path(…)
        else:
            break
    return (node, levels) if isinstance(node, ast.Name) and node.id == "__file__" else None


def _walks(node: ast.AST, tops: set[str]) -> bool:
    """Whether a call goes through one of these folders itself: ``ROOT.rglob(…)``, ``os.walk(ROOT)``."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    about = [node.func.value, *node.args]
    return node.func.attr in _WALKS and any(
        (isinstance(one, ast.Name) and one.id in tops) or _climb(one) is not None for one in about
    )
