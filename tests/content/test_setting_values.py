"""Values of settings: a password is never repeated, and readers get only what they can use."""

from __future__ import annotations

import pytest

from kinopress.content.forms import scalars
from kinopress.content.forms.form import Desk
from kinopress.content.forms.settings.fields import hours, site_url
from kinopress.content.forms.settings.places import PLACE
from kinopress.content.forms.settings.read import ASSESSMENT, COACH, SENTENCE_MAX
from kinopress.content.model.nodes import Fields, Text
from kinopress.content.model.settings import Hours
from kinopress.problems import Problem


def _said(form: object, name: str, value: str) -> list[Problem]:
    desk = Desk("mkdocs.yml", [])
    node = Text(1, value, "text")
    if form == "site_url":
        site_url(node, desk)
    else:
        form.read(Fields(1, {name: node}, {name: 1}), desk)  # type: ignore[attr-defined]  # a Form
    return desk.problems


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("server", "jen:letmein@example.org:public_html"),
        ("server", "jen:let/me@in@example.org:public_html"),
        ("server", "jen:letmein@example.org"),
        ("server", "sftp://jen:letmein@example.org/public_html"),
        ("repository", "jen:letmein@example.org:site.git"),
        ("bucket", "key:letmein@hips"),
        ("folder", "ftp://jen:letmein@example.org/public_html"),
    ],
)
def test_a_password_in_a_place_is_never_repeated(name: str, value: str) -> None:
    (problem,) = _said(PLACE, name, value)
    assert problem.code == "settings-secret"
    assert "letm" not in str(problem)
    assert "let/m" not in str(problem)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("server", "jen@example.org:public_html"),
        ("server", "jen@example.org:sites/jen@home"),
        ("repository", "git@github.com:jen/site.git"),
        ("repository", "ssh://git@example.org:2222/jen/site.git"),
        ("endpoint", "http://localhost:9000"),
        ("folder", "C:\\sites\\jen@home"),
    ],
)
def test_a_login_alone_is_no_password(name: str, value: str) -> None:
    assert _said(PLACE, name, value) == []


@pytest.mark.parametrize(
    "value",
    ["ftp://jen:letmein@example.org", "jen:letmein@example.org", "https://jen:letmein@x.org"],
)
def test_a_password_in_an_address_for_readers_is_never_repeated(value: str) -> None:
    for form, name in (("site_url", ""), (COACH, "booking_url"), (COACH, "form_url")):
        (problem,) = _said(form, name, value)
        assert "name or a password" in problem.message
        assert "letmein" not in str(problem)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("booking_url", "http://example.org/book", "safely"),
        ("booking_url", "https://example.org:99999/book", "is not a web address"),
        ("booking_url", "https://localhost/book", "their own computers"),
        ("booking_url", "http://192.168.1.5/book", "their own computers"),
        ("booking_url", "https://studio.local/book", "their own computers"),
        ("phone", "12", "too short"),
        ("phone", "999", "too short"),
    ],
)
def test_what_readers_cannot_use_is_refused(name: str, value: str, says: str) -> None:
    (problem,) = _said(COACH, name, value)
    assert says in problem.message


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("booking_url", "https://book.example.org/anna?service=first&to=a@example.org"),
        ("phone", "01234 567890"),
        ("phone", "+500 27770"),
    ],
)
def test_what_readers_can_use_passes(name: str, value: str) -> None:
    assert _said(COACH, name, value) == []


@pytest.mark.parametrize(
    ("words", "days", "opens", "closes"),
    [
        ("Mon–Fri 09:00–17:00", (0, 1, 2, 3, 4), "09:00", "17:00"),
        ("Mon, Wed 9.30-12.00", (0, 2), "09:30", "12:00"),
        ("Saturday 10:00 – 12:15", (5,), "10:00", "12:15"),
        ("Fri-Mon 9:00-10:00", (0, 4, 5, 6), "09:00", "10:00"),
        ("tues–thurs, sun 7:00–8:00", (1, 2, 3, 6), "07:00", "08:00"),
    ],
)
def test_opening_hours_are_read_as_people_write_them(
    words: str, days: tuple[int, ...], opens: str, closes: str
) -> None:
    desk = Desk("mkdocs.yml", [])
    assert hours(Text(1, words, "text"), desk) == Hours(words, days, opens, closes)
    assert desk.problems == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("every day", "is not understood as days and times"),
        ("Mon–Fri 9–5", "is not understood as days and times"),
        ("Mon–Fri 9:00–25:00", "is not understood as days and times"),
        ("Mon 17:00–09:00", "ends before it begins"),
        ("Mon 17:00–17:00", "ends before it begins"),
        ("Mon 22:00–02:00", "hours past midnight are two lines, to 23:59 and from 00:00"),
    ],
)
def test_opening_hours_that_nobody_can_be_sure_of_are_refused(words: str, says: str) -> None:
    desk = Desk("mkdocs.yml", [])
    assert hours(Text(1, words, "text"), desk) is None
    (problem,) = desk.problems
    assert says in f"{problem.message}; {problem.hint}"


def test_an_address_without_a_street_is_none() -> None:
    desk = Desk("mkdocs.yml", [])
    entries = {"town": Text(2, "Llangollen", "text"), "country": Text(3, "Wales", "text")}
    where = Fields(1, entries, {"town": 2, "country": 3})
    assert COACH.read(Fields(1, {"address": where}, {"address": 1}), desk) in (
        {},
        {"address": None},
    )
    (problem,) = desk.problems
    assert "street" in f"{problem.field} {problem.message}"


@pytest.mark.parametrize(
    ("form", "name", "meant"),
    [
        (COACH, "telephone", "did you mean phone?"),
        (COACH, "mobile", "did you mean phone?"),
        (COACH, "booking", "did you mean booking_url?"),
        (ASSESSMENT, "cost", "did you mean price?"),
        (COACH, "cost", "remove the line"),
        (COACH, "shoe_size", "remove the line"),
        (PLACE, "s3", "did you mean bucket?"),
        (PLACE, "rsync", "did you mean server?"),
        (PLACE, "github", "did you mean repository?"),
    ],
)
def test_of_an_unknown_setting_it_is_said_what_was_meant(
    form: object, name: str, meant: str
) -> None:
    (problem,) = _said(form, name, "123")
    assert problem.hint == meant


def test_a_price_needs_a_currency_and_the_hint_shows_one() -> None:
    desk = Desk("mkdocs.yml", [])
    ASSESSMENT.read(Fields(1, {"price": Text(1, "60", "whole")}, {"price": 1}), desk)
    (problem,) = desk.problems
    assert problem.hint == "write the currency as well, like price: £60"


def test_a_length_needs_its_unit_and_the_hint_shows_one() -> None:
    desk = Desk("mkdocs.yml", [])
    ASSESSMENT.read(Fields(1, {"length": Text(1, "75", "whole")}, {"length": 1}), desk)
    (problem,) = desk.problems
    assert problem.hint == "write the unit as well, like length: 75 minutes"


@pytest.mark.parametrize(
    ("form", "name"), [(COACH, "promise"), (COACH, "greeting"), (ASSESSMENT, "cancellation")]
)
def test_what_is_shown_in_a_line_is_not_a_page_long(form: object, name: str) -> None:
    assert _said(form, name, "x" * SENTENCE_MAX) == []
    (problem,) = _said(form, name, "x" * (SENTENCE_MAX + 1))
    assert problem.code == "settings-long"


def test_of_a_form_at_a_name_in_other_letters_the_plain_name_is_said() -> None:
    (problem,) = _said(COACH, "form_url", "https://ffurflen.tŷ.cymru/f/abc")
    assert problem.hint == "write it as computers do: https://ffurflen.xn--t-foa.cymru/f/abc"
    assert _said(COACH, "form_url", problem.hint.partition(": ")[2]) == []


@pytest.mark.parametrize(
    ("words", "marks"),
    [
        ("“Clam", 1),
        ("„Clam", 1),
        ("Clam”", 1),
        ("“Clam” and more", 0),
        ("„Clam“", 1),  # a title wholly in them: readers would see them
        ("The “clam”", 0),
        ("A band of 12”", 0),
        ("The runners’", 0),
    ],
)
def test_one_curly_quotation_mark_without_a_partner_is_named(words: str, marks: int) -> None:
    desk = Desk("exercises/clam.md", [])
    assert scalars.title(Text(2, words, "text"), desk) == words
    assert [problem.code for problem in desk.problems] == ["front-matter-quotes"] * marks
