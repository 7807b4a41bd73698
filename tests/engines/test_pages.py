"""The pages of a site through MkDocs: the same bytes, and the same problems, however many processors share them."""

from __future__ import annotations

import dataclasses
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from kinopress.engines.mkdocs import pages
from kinopress.engines.mkdocs.build import build_with_mkdocs
from kinopress.pages.site import Site
from kinopress.project.prepare import Preparation, prepare
from support.projects import contents, small_project, write

forks = pytest.mark.skipif(sys.platform != "linux", reason="one process builds all pages there")

Built = tuple[dict[str, bytes], list[str]]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Preparation]:
    project = small_project(tmp_path_factory.mktemp("pages") / "site")
    settings = (project / "mkdocs.yml").read_text("utf-8")
    write(project / "mkdocs.yml", f"site_url: https://hips.example/run\n{settings}")
    return project, prepare(project)


@pytest.fixture
def build(prepared: tuple[Path, Preparation], tmp_path: Path) -> Callable[..., Built]:
    project, made = prepared
    assert made.site is not None
    pages_of_it = made.site

    def run(processes: int, site: Site = pages_of_it) -> Built:
        out = tmp_path / f"out-{processes}"
        out.mkdir()
        problems = build_with_mkdocs(project, made.library, site, out, processes=processes)
        return contents(out), [str(problem) for problem in problems]

    return run


@forks
def test_any_number_of_processes_makes_the_bytes_that_mkdocs_makes_alone(
    build: Callable[..., Built], monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = [build(processes) for processes in (1, 2, 3)]
    monkeypatch.setattr(pages, "_pages_are_alone", lambda _: False)
    alone = build(4)
    assert len([path for path in alone[0] if path.endswith(".html")]) > 10
    assert shared == [alone] * 3


@forks
def test_warnings_come_in_the_order_of_the_pages(
    build: Callable[..., Built], prepared: tuple[Path, Preparation]
) -> None:
    site = prepared[1].site
    assert site is not None
    broken = tuple(
        dataclasses.replace(page, body=f"{page.body}\n\n[Gone](gone-{at}.md)\n")
        for at, page in enumerate(site.pages)
    )
    told = [build(processes, dataclasses.replace(site, pages=broken))[1] for processes in (1, 3)]
    assert len(told[0]) == len(broken)
    assert told[1] == told[0]


@forks
def test_a_process_that_the_system_ends_costs_a_sentence_and_no_page(
    build: Callable[..., Built], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, _ = build(1)
    here, make = os.getpid(), pages._Making._make

    def make_or_die(self: pages._Making, *args: object) -> object:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return make(self, *args)  # type: ignore[arg-type] # whatever it takes

    monkeypatch.setattr(pages._Making, "_make", make_or_die)
    files, problems = build(2)
    assert files == whole
    assert len(problems) == 1
    assert "ended a process" in problems[0]
    assert "short of memory" in problems[0]


def test_a_template_is_compiled_again_when_its_text_has_changed(tmp_path: Path) -> None:
    def said(words: str) -> str:
        write(tmp_path / "page.html", words)
        files = FileSystemLoader(tmp_path)
        known = Environment(loader=files, bytecode_cache=pages._COMPILED, autoescape=True)
        return known.get_template("page.html").render(n=3)

    assert [said(words) for words in ("{{ n }}", "{{ n + 1 }}", "{{ n }}")] == ["3", "4", "3"]


def _compiled(programs: str) -> pages._Compiled:
    known = pages._Compiled()
    known.read(programs)
    return known


def _taken(known: pages._Compiled, folder: Path) -> bool:
    """Whether a template was taken from what is known, and not compiled."""
    env = Environment(loader=FileSystemLoader(folder), bytecode_cache=known, autoescape=True)
    before = dict(known._known)
    assert env.get_template("a.html").render(x=1) == "<p>1</p>"
    return bool(before) and known._known == before


def test_templates_are_kept_for_the_same_programs_alone_and_only_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "kept" / "templates.marshal"
    monkeypatch.setattr(pages, "_KEPT_TEMPLATES", file)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    write(tmp_path / "a.html", "<p>{{ x }}</p>")
    first = _compiled("these")
    assert not _taken(first, tmp_path)
    first.write()
    assert _taken(_compiled("these"), tmp_path)
    assert not _taken(_compiled("others"), tmp_path)
    assert not _taken(_compiled(""), tmp_path)
    whole = file.read_bytes()
    for at in (0, 40, len(whole) - 1):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert not _taken(_compiled("these"), tmp_path)
    file.write_bytes(whole[:-1])
    assert not _taken(_compiled("these"), tmp_path)
    file.unlink()
    assert not _taken(_compiled("these"), tmp_path)
    write(tmp_path / "a.html", "<p>{{ x }}</p>\n")
    file.write_bytes(whole)
    assert not _taken(_compiled("these"), tmp_path)  # another text


def test_templates_are_not_kept_where_python_keeps_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "kept" / "templates.marshal"
    monkeypatch.setattr(pages, "_KEPT_TEMPLATES", file)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    write(tmp_path / "a.html", "<p>{{ x }}</p>")
    known = _compiled("these")
    assert not _taken(known, tmp_path)
    known.write()
    assert not file.exists()
