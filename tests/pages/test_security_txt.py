"""Who finds a hole in the site is told whom to write to (RFC 9116), and nobody where nobody can be reached."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from kinopress.content.read import read_library
from kinopress.pages.found.security import PATH, security_files
from support.command import type_in
from support.projects import SETTINGS, page, small_project, write

CONTACT = "      email: anna@example.org\n"


def _project(folder: Path, coach: str = CONTACT, root: str = "https://site.example/") -> Path:
    project = small_project(folder)
    settings = SETTINGS.replace("name: Anna Example\n", f"name: Anna Example\n{coach}", 1)
    write(project / "mkdocs.yml", settings + (f"site_url: {root}\n" if root else ""))
    write(project / "docs/contact.md", page("title: Contact\ndescription: Write.", "{{ contact }}"))
    return project


@pytest.mark.parametrize(
    "day", [dt.date(2026, 1, 1), dt.date(2026, 2, 28), dt.date(2027, 12, 31), dt.date(2028, 2, 29)]
)
def test_it_names_the_contact_page_and_lasts_for_less_than_a_year(
    day: dt.date, tmp_path: Path
) -> None:
    library, _ = read_library(_project(tmp_path), today=day)
    text = security_files(library)[PATH].decode()
    fields = dict(line.split(": ", 1) for line in text.splitlines())
    assert fields["Contact"] == "https://site.example/contact/"
    assert fields["Canonical"] == f"https://site.example/{PATH}"
    assert "anna@" not in text
    expires = dt.datetime.fromisoformat(fields["Expires"])
    left = expires - dt.datetime.combine(day, dt.time(), dt.UTC)
    assert dt.timedelta(days=300) < left < dt.timedelta(days=365)


def test_a_build_of_the_next_day_says_the_same(tmp_path: Path) -> None:
    project = _project(tmp_path)
    first, second = (
        security_files(read_library(project, today=dt.date(2026, 3, day))[0]) for day in (4, 5)
    )
    assert first == second


@pytest.mark.parametrize(
    ("coach", "root"),
    [
        ("", "https://site.example/"),
        (CONTACT, ""),
        (CONTACT, "https://host.example/hips/"),
    ],
)
def test_there_is_none_where_it_would_tell_nothing_or_be_found_by_nobody(
    coach: str, root: str, tmp_path: Path
) -> None:
    assert security_files(read_library(_project(tmp_path, coach, root))[0]) == {}


def test_it_is_on_the_site_and_the_form_may_go_where_it_goes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    coach = f"{CONTACT}      form_url: https://forms.example.org/f/abc\n"
    project = _project(tmp_path, coach)
    answer = type_in(capsys, "build", "--project", project)
    assert answer.code == 0, answer.out + answer.err
    assert (project / "site" / PATH).is_file()
    contact = (project / "site/contact/index.html").read_text("utf-8")
    assert "form-action 'self' https://forms.example.org" in contact
    # Services refuse a form of which nobody says from which site it comes; of all other pages nothing is said.
    assert '<meta name="referrer" content="strict-origin">' in contact
    clam = (project / "site/exercises/clam/index.html").read_text("utf-8")
    assert '<meta name="referrer" content="no-referrer">' in clam
    assert "anna@example.org" not in contact and "&#97;&#110;&#110;&#97;&#64;" in contact
    said = (project / "site/_headers").read_text("utf-8")
    assert "form-action 'self' https://forms.example.org; frame-ancestors 'self'" in said
