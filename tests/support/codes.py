"""Every problem code the program can give, read from its source.

A code reaches a person as the ``code`` of a :class:`~kinopress.problems.Problem`. So every
function and class of ``src/`` that takes a ``code: str`` is looked up, and what stands there in
each of its calls is followed back to the words in the source. What cannot be followed fails
loudly: a list with a hole would be worse than none.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import kinopress
from kinopress.content.forms.pages import read_page
from kinopress.content.model import pages as kinds
from kinopress.content.model.nodes import Fields
from kinopress.content.model.pages import Kind
from kinopress.content.source.document import Document

PACKAGE = Path(kinopress.__file__).parent
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass
class _Module:
    path: Path
    tree: ast.Module


def problem_codes() -> dict[str, set[str]]:
    """Code → the source files (relative to the package) that give it."""
    source = _Source()
    found: dict[str, set[str]] = {}
    for module in source.modules:
        for code in source.codes_of(module):
            found.setdefault(code, set()).add(module.path.relative_to(PACKAGE).as_posix())
    return found


class _Source:
    def __init__(self) -> None:
        self.modules = [
            _Module(path, ast.parse(path.read_text("utf-8"))) for path in PACKAGE.rglob("*.py")
        ]
        self.givers = dict(self._givers())

    def _givers(self) -> Iterator[tuple[str, int]]:
        """Callable → which of its arguments is the code."""
        for module in self.modules:
            methods: set[ast.stmt] = set()
            for node in ast.walk(module.tree):  # a class comes before what stands in it
                if isinstance(node, ast.ClassDef):
                    methods |= set(node.body)
                    fields = [f for f in node.body if isinstance(f, ast.AnnAssign)]
                    yield from self._position(
                        node.name, [(_name(f.target), f.annotation) for f in fields]
                    )
                    for method in node.body:
                        if isinstance(method, ast.FunctionDef):
                            name = node.name if method.name == "__init__" else method.name
                            yield from self._position(name, _parameters(method)[1:])
                elif isinstance(node, ast.FunctionDef) and node not in methods:
                    yield from self._position(node.name, _parameters(node))

    @staticmethod
    def _position(
        name: str, parameters: list[tuple[str, ast.expr | None]]
    ) -> Iterator[tuple[str, int]]:
        for at, (parameter, annotation) in enumerate(parameters):
            if parameter == "code" and _name(annotation) == "str":
                yield name, at

    def codes_of(self, module: _Module) -> Iterator[str]:
        for function, call in _calls(module.tree):
            at = self.givers.get(_name(call.func))
            if at is not None:
                yield from self.follow(_argument(call, at, "code"), function, module)

    def follow(
        self, value: ast.expr | None, function: Function | None, module: _Module
    ) -> Iterator[str]:
        """The words an expression can stand for; nothing for what is counted elsewhere."""
        match value:
            case ast.Constant(value=str(code)):
                yield code
            case ast.IfExp():
                yield from self.follow(value.body, function, module)
                yield from self.follow(value.orelse, function, module)
            case ast.Attribute(attr="code"):
                return  # of a problem that was made elsewhere
            case ast.Call(
                func=ast.Attribute(value=ast.Attribute(attr="code"), attr="replace"),
                args=[ast.Constant(value=str(old)), ast.Constant(value=str(new))],
            ):
                # The settings are read by the same reader as front matter, under names of their own.
                for reader in self.modules:
                    if reader.path.stem.startswith("yaml_"):
                        yield from (code.replace(old, new) for code in self.codes_of(reader))
            case ast.Name(id=name) if function is not None:
                yield from self._variable(name, function, module)
            case ast.JoinedStr(
                values=[ast.FormattedValue(value=part), ast.Constant(value=str(end))]
            ):
                assert function is not None
                yield from (f"{word}{end}" for word in self._words(part, function))
            case _:
                where = f"{module.path.name}:{getattr(value, 'lineno', '?')}"
                raise AssertionError(f"{where}: the code given here cannot be followed")

    def _variable(self, name: str, function: Function, module: _Module) -> Iterator[str]:
        if name in [parameter for parameter, _ in _parameters(function)]:
            return  # counted where the function is called
        values = [
            node.value
            for node in ast.walk(function)
            if isinstance(node, ast.Assign) and _name(node.targets[0]) == name
        ]
        for loop in ast.walk(function):
            if isinstance(loop, ast.For) and isinstance(loop.target, ast.Tuple):
                targets = [_name(target) for target in loop.target.elts]
                if name in targets:
                    rows = _rows(module.tree, _name(loop.iter))
                    values += [row.elts[targets.index(name)] for row in rows]
        assert values, f"{module.path.name}: where {name} comes from cannot be followed"
        for value in values:
            yield from self.follow(value, function, module)

    def _words(self, part: ast.expr, function: Function) -> Iterator[str]:
        """What can stand in a code's ``{…}``: an argument of the calls, or the kinds of a page."""
        parameters = _parameters(function)
        match part:
            case ast.Name(id=name):
                at = [parameter for parameter, _ in parameters].index(name)
                for module in self.modules:
                    for _, call in _calls(module.tree):
                        if _name(call.func) == function.name:
                            word = _argument(call, at, name)
                            assert isinstance(word, ast.Constant)
                            yield str(word.value)
            case ast.Attribute(value=ast.Name(id=name), attr="kind"):
                page_class = getattr(kinds, _name(dict(parameters)[name]))
                for kind in get_args(Kind):
                    page, _ = read_page(kind, "any", Document("any.md", Fields(1), "", 1))
                    if isinstance(page, page_class):
                        yield kind
            case _:
                raise AssertionError(f"{ast.dump(part)} in a code cannot be followed")


def _name(node: ast.AST | None) -> str:
    return str(getattr(node, "id", None) or getattr(node, "attr", ""))


def _parameters(function: Function) -> list[tuple[str, ast.expr | None]]:
    arguments = function.args
    return [(a.arg, a.annotation) for a in (*arguments.posonlyargs, *arguments.args)]


def _argument(call: ast.Call, at: int, name: str) -> ast.expr | None:
    named = [keyword.value for keyword in call.keywords if keyword.arg == name]
    return named[0] if named else call.args[at] if at < len(call.args) else None


def _calls(
    tree: ast.AST, function: Function | None = None
) -> Iterator[tuple[Function | None, ast.Call]]:
    """Every call with the innermost function around it."""
    for node in ast.iter_child_nodes(tree):
        inside = node if isinstance(node, Function) else function
        if isinstance(node, ast.Call):
            yield function, node
        yield from _calls(node, inside)


def _rows(tree: ast.AST, name: str) -> Iterator[ast.Tuple]:
    """The tuples a list is made of: where it is written down, and where it is appended to."""
    for node in ast.walk(tree):
        match node:
            case ast.Assign(
                targets=[ast.Name(id=found)], value=ast.Tuple(elts=rows) | ast.List(elts=rows)
            ) if found == name:
                yield from (row for row in rows if isinstance(row, ast.Tuple))
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id=found), attr="append"),
                args=[ast.Tuple() as row],
            ) if found == name:
                yield row
