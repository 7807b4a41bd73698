"""How readers reach the coach: every link reads as words, whatever its address."""

from __future__ import annotations

from pathlib import Path

from kinopress.content.read import read_library
from kinopress.pages.render import render_site
from support.projects import SETTINGS, page, small_project, write

COACH = """\
      email: anna@example.org
      phone: 01234 567890
      booking_url: https://book.example.org/anna?service=first&length=60
"""


def test_the_link_to_book_a_time_reads_as_words(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    write(
        project / "mkdocs.yml",
        SETTINGS.replace("name: Anna Example\n", f"name: Anna Example\n{COACH}", 1),
    )
    write(project / "docs/contact.md", page("title: Contact\ndescription: Write.", "{{ contact }}"))
    library, report = read_library(project)
    assert report.errors == []
    shown = {p.path: p.text for p in render_site(library, {}, project).pages}["contact.md"]
    assert (
        '<a href="https://book.example.org/anna?service=first&amp;length=60" rel="noopener">'
        "Book a time</a>"
    ) in shown
    assert ">https://" not in shown


def test_what_the_coach_has_learnt_stands_where_she_is_introduced(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    learnt = "      qualifications: [Coach (level 4), Swimming & running]\n"
    name = "      name: Anna Example\n"
    write(project / "mkdocs.yml", SETTINGS.replace(name, name + learnt, 1))
    write(project / "docs/about.md", page("title: About\ndescription: Who.", "{{ coach }}"))
    write(project / "docs/contact.md", page("title: Contact\ndescription: Write.", "{{ contact }}"))
    library, report = read_library(project)
    assert report.errors == []
    shown = {p.path: p.body for p in render_site(library, {}, project).pages}
    row = "<dt>Qualifications</dt><dd>Coach (level 4)<br>Swimming &amp; running</dd>"
    assert row in shown["about.md"] and row in shown["contact.md"]
