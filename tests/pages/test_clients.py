"""From reader to client: one quiet way to the coach where she can be reached, and none that leads to nothing."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from kinopress.content.model.library import Library
from kinopress.content.read import read_library
from kinopress.engines.look import STYLESHEET
from kinopress.engines.settings import foot_links, made_files
from kinopress.pages.render import render_site
from kinopress.project.telling.clients import not_found_by_clients
from support.projects import SETTINGS, page, small_project, write

PHONE = "      phone: 01234 567890\n"
OFFER = """\
    assessment:
      measures: [How far each hip turns, "Strength, left & right"]
      length: 75 minutes
      price: £60
      place: The clubhouse
      remote: false
      cancellation: Free until the day before.
"""
FORM = "      form_url: https://forms.example.org/f/abc\n      form_trap: _honey\n"
ARTICLE = (
    "title: Hills\ndescription: Up.\ndate: 2026-01-02\ntags: [weak glutes]\nsources: [practice]"
)
WITH_A_WAY = ("symptoms/weak-glutes.md", "exercises/clam.md", "articles/hills.md")


def _library(folder: Path, coach: str = "", offer: str = "", more: str = "") -> Library:
    project = small_project(folder)
    settings = SETTINGS.replace("name: Anna Example\n", f"name: Anna Example\n{coach}", 1)
    write(project / "mkdocs.yml", settings.replace("    reviewers", f"{offer}    reviewers") + more)
    write(
        project / "docs/articles/hills.md",
        page(ARTICLE, "Ask: [[contact]], or [write](../contact.md)."),
    )
    write(project / "docs/contact.md", page("title: Contact\ndescription: Write.", "{{ contact }}"))
    write(
        project / "docs/assessment.md",
        page("title: See me\ndescription: An hour.", "We look.\n\n{{ assessment }}"),
    )
    clam = project / "exercises/clam.md"
    write(clam, clam.read_text("utf-8").replace("[strength,", "[weak glutes, strength,"))
    library, report = read_library(project)
    assert report.errors == []
    return library


def _shown(library: Library) -> dict[str, str]:
    return {p.path: p.body for p in render_site(library, {}, Path()).pages}


def test_pages_lead_to_the_assessment_once_the_coach_can_be_reached(tmp_path: Path) -> None:
    shown = _shown(_library(tmp_path, PHONE, OFFER))
    for path in WITH_A_WAY:
        (way,) = re.findall(r'<div class="kp-ask">.*?</div>', shown[path])
        assert '<a href="../../assessment/">See me</a>' in way
        assert "Anna Example · The clubhouse · 75 minutes · £60" in way
    assert [path for path, body in shown.items() if "kp-ask" in body] == sorted(
        WITH_A_WAY, key=list(shown).index
    )


def test_between_a_warning_sign_and_the_way_to_the_coach_there_is_another_part_of_the_page(
    tmp_path: Path,
) -> None:
    shown = _shown(_library(tmp_path, PHONE))
    for path in WITH_A_WAY:
        before, _, _ = shown[path].partition('<div class="kp-ask">')
        assert before.rfind("kp-flags") < before.rfind("\n## ")


def test_a_symptom_with_nothing_to_try_sends_nobody_to_the_coach(tmp_path: Path) -> None:
    library = _library(tmp_path, PHONE)
    del library.pages[("exercise", "clam")]  # type: ignore[attr-defined]
    library.tagged.clear()  # type: ignore[attr-defined]
    body = _shown(library)["symptoms/weak-glutes.md"]
    assert "kp-none" in body and "kp-ask" not in body


def test_without_a_way_to_reach_her_no_page_leads_to_an_empty_one(tmp_path: Path) -> None:
    library = _library(tmp_path, offer=OFFER)
    site = render_site(library, {}, Path())
    assert "contact.md" not in [path for path, _ in foot_links(library)]
    for one in site.pages:
        led_to = re.findall(r'href="([^"]*)"|\]\(([^)]*)\)', one.text)
        assert "kp-ask" not in one.text and "contact" not in str(led_to)
    assert "Ask: a page to come, or write." in _shown(library)["articles/hills.md"]


def test_what_a_client_gets_and_pays_is_on_the_page_of_the_assessment(tmp_path: Path) -> None:
    body = _shown(_library(tmp_path, PHONE, OFFER))["assessment.md"]
    rows = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", body))
    assert rows == {
        "What is measured": "<ul><li>How far each hip turns</li><li>Strength, left &amp; right</li></ul>",
        "Length": "75 minutes",
        "Price": "£60",
        "Place": "The clubhouse",
        "Online": "not possible, only in person",
        "If you cannot come": "Free until the day before.",
    }
    assert '<a href="../contact/">Ask the coach</a>' in body


def test_what_is_not_set_has_no_row(tmp_path: Path) -> None:
    body = _shown(_library(tmp_path, offer="    assessment: {price: £60}\n"))["assessment.md"]
    assert re.findall(r"<dt>(.*?)</dt>", body) == ["Price"]
    assert "kp-ways" not in body


def test_no_address_can_be_gathered_from_the_pages_and_browsers_read_it_all_the_same(
    tmp_path: Path,
) -> None:
    library = _library(
        tmp_path, "      email: anna@example.org\n", more="site_url: https://site.example/\n"
    )
    site = render_site(library, {}, Path())
    for one in site.pages:
        assert "anna@example.org" not in one.text + one.linked_data
    assert not [path for path, made in site.made.items() if b"anna@example.org" in made]
    contact = next(p for p in site.pages if p.path == "contact.md")
    assert '<a href="mailto:anna@example.org">anna@example.org</a>' in unescape(contact.body)
    assert r'"email":"anna\u0040example.org"' in contact.linked_data


def test_a_form_needs_no_script_and_has_a_field_for_robots(tmp_path: Path) -> None:
    body = _shown(_library(tmp_path, FORM))["contact.md"]
    (form,) = re.findall(r"<form.*?</form>", body)
    assert 'method="post" action="https://forms.example.org/f/abc"' in form
    assert re.findall(r' name="(\w+)"', form) == ["name", "email", "message", "_honey"]
    trap = form[form.index("kp-form__trap") - 20 :]
    assert 'tabindex="-1"' in trap and 'aria-hidden="true"' in form
    assert "What you write is sent to forms.example.org." in form


def test_only_a_site_that_shows_the_coach_has_the_style_for_it(tmp_path: Path) -> None:
    (tmp_path / "with").mkdir()
    without = made_files(_library(tmp_path / "without"))[STYLESHEET]
    assert b".kp-ask" not in without
    assert b".kp-ask" in made_files(_library(tmp_path / "with", PHONE))[STYLESHEET]


def test_an_article_in_the_first_person_is_under_her_name(tmp_path: Path) -> None:
    library = _library(tmp_path, "      role: Coach\n      greeting: I film & I answer.\n")
    assert "kp-byline" not in _shown(library)["articles/hills.md"]
    write(tmp_path / "docs/articles/hills.md", page(f"{ARTICLE}\nfirst_person: true"))
    write(tmp_path / "docs/index.md", page("title: A\ndescription: B.", "{{ welcome }}"))
    shown = _shown(read_library(tmp_path)[0])
    assert (
        '<div class="kp-welcome kp-byline"><p>By Anna Example, Coach</p></div>'
        in (shown["articles/hills.md"])
    )
    assert '<p class="kp-greeting"><q>I film &amp; I answer.</q></p>' in shown["index.md"]


@pytest.mark.parametrize(
    ("coach", "offer", "missing"),
    [
        ("", "", 9),
        (PHONE, OFFER, 2),
        ("      photo: pictures/me.jpg\n      qualifications: [Coach]\n", "", 7),
    ],
)
def test_what_a_client_would_look_for_and_not_find_is_listed(
    coach: str, offer: str, missing: int, tmp_path: Path
) -> None:
    project = small_project(tmp_path)
    settings = SETTINGS.replace("name: Anna Example\n", f"name: Anna Example\n{coach}", 1)
    write(project / "mkdocs.yml", settings.replace("    reviewers", f"{offer}    reviewers"))
    write(project / "docs/contact.md", page("title: Contact\ndescription: Write.", "{{ contact }}"))
    write(
        project / "docs/assessment.md",
        page("title: See me\ndescription: An hour.", "{{ assessment }}"),
    )
    assert len(not_found_by_clients(read_library(project)[0])) == missing


def test_pages_that_do_not_show_the_settings_are_named(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    write(project / "docs/contact.md", page("title: Contact\ndescription: Write.", "Ring."))
    listed = not_found_by_clients(read_library(project)[0])
    assert "what it costs (assessment.price in mkdocs.yml)" in listed
    assert listed[-2:] == [
        "the page about what you offer (docs/assessment.md)",
        "on the page on how to reach you, the settings (write {{ contact }} in docs/contact.md)",
    ]
