"""Writing pages in the studio: what a form changes in a file, what it refuses, and that nothing typed is lost."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kinopress.content.forms.placeholders import Unfilled
from kinopress.studio.screens.check import in_sentences
from support.projects import page, small_project, write
from support.studio import Answer, Client, running_studio

PATH = "docs/articles/hips.md"
WHERE = f"/write/page?path={PATH}"
FRONT = """\
title: "Loose hips" # ask Jen
description: A text
  about hips.
tags: [ stretch,  gluteus medius ]
date: 2026-01-02
sources: [practice]
also_called:
- hip opener
- "one: two"
"""


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    project = small_project(tmp_path)
    text = page(FRONT.rstrip(), "Some words.\n\n- a  \n- b\n").replace("\n", "\r\n")
    write(project / PATH, "")
    (project / PATH).write_bytes(text.encode())
    with running_studio(project) as client:
        yield client.open()


def fields(answer: Answer) -> dict[str, str]:
    """The form of a page as a browser would send it untouched."""
    text = answer.text.partition('<form id="page"')[2].partition("</form>")[0]
    found = {
        name: html.unescape(value)
        for name, value in re.findall(r'<input[^>]*? name="([^"]+)"[^>]*? value="([^"]*)"', text)
    }
    for name, value in re.findall(
        r'<textarea[^>]*? name="([^"]+)"[^>]*>\n(.*?)</textarea>', text, re.DOTALL
    ):
        found[name] = html.unescape(value).replace("\n", "\r\n")
    for name, inner in re.findall(
        r'<select[^>]*? name="([^"]+)"[^>]*>(.*?)</select>', text, re.DOTALL
    ):
        chosen = re.search(r'<option value="([^"]*)" selected>', inner)
        found[name] = html.unescape(chosen[1]) if chosen else ""
    return found


def test_a_form_sent_untouched_changes_no_byte_of_any_page(client: Client) -> None:
    project = client.studio.project
    for file in sorted({*project.glob("docs/**/*.md"), *project.glob("exercises/*.md")}):
        path = file.relative_to(project).as_posix()
        before = file.read_bytes()
        answer = client.ask("GET", f"/write/page?path={path}")
        assert answer.status == 200, path
        assert client.send("/write/page", **fields(answer)).status == 303
        assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "typed", "old", "new"),
    [
        ("title", "Free: hips", b'"Loose hips"', b'"Free: hips"'),
        ("date", "2026-03-04", b"2026-01-02", b"2026-03-04"),
        ("tags", "stretch, strength", b"gluteus medius", b"strength"),
        ("also_called", "hip opener\r\none: three", b'"one: two"', b'"one: three"'),
        ("draft", "true", b"date: 2026", b"draft: true\r\ndate: 2026"),
    ],
)
def test_only_the_bytes_of_the_value_change(
    client: Client, name: str, typed: str, old: bytes, new: bytes
) -> None:
    file = client.studio.project / PATH
    before = file.read_bytes()
    sent = fields(client.ask("GET", WHERE)) | {f"field.{name}": typed}
    answer = client.send("/write/page", **sent)
    assert answer.status == 303, answer.text
    if name != "draft":
        assert file.read_bytes() == before.replace(old, new)
    else:
        assert b"draft: true\r\n" in file.read_bytes()
        assert file.read_bytes().replace(b"draft: true\r\n", b"") == before


def test_the_text_keeps_its_line_ends_and_its_other_lines(client: Client) -> None:
    file = client.studio.project / PATH
    before = file.read_bytes()
    sent = fields(client.ask("GET", WHERE))
    sent["body"] = sent["body"].replace("Some words", "Many words")
    assert client.send("/write/page", **sent).status == 303
    assert file.read_bytes() == before.replace(b"Some words", b"Many words")


def test_a_field_that_is_emptied_goes_with_its_line(client: Client) -> None:
    file = client.studio.project / PATH
    sent = fields(client.ask("GET", WHERE)) | {"field.also_called": ""}
    assert client.send("/write/page", **sent).status == 303
    assert b"also_called" not in file.read_bytes()


def test_deep_fields_are_typed_in_the_words_of_the_file(client: Client) -> None:
    file = client.studio.project / "exercises/clam.md"
    where = "/write/page?path=exercises/clam.md"
    sent = fields(client.ask("GET", where))
    assert sent["field.dosage"] == "sets: 2\r\nreps: 15"
    sent["field.dosage"] = "sets: 3\r\nreps: 15"
    assert client.send("/write/page", **sent).status == 303
    assert b"dosage: {sets: 3, reps: 15}" in file.read_bytes()

    before = file.read_bytes()
    sent = fields(client.ask("GET", where)) | {"field.steps": "- step: [Open", "field.title": "X"}
    answer = client.send("/write/page", **sent)
    assert answer.status == 422
    assert "In line 1 of this box" in html.unescape(answer.text)
    assert fields(answer)["field.steps"] == "- step: [Open"  # what was typed is still there
    assert fields(answer)["field.title"] == "X"
    assert file.read_bytes() == before


def test_a_file_changed_meanwhile_is_not_overwritten_and_both_texts_are_shown(
    client: Client,
) -> None:
    file = client.studio.project / PATH
    sent = fields(client.ask("GET", WHERE)) | {"field.title": "Mine", "body": "My words.\r\n"}
    elsewhere = (
        file.read_bytes()
        .replace(b"Loose hips", b"Theirs")
        .replace(b"Some words.", b"Their words.")
        .replace(b"2026-01-02", b"2026-05-06")
    )
    file.write_bytes(elsewhere)
    answer = client.send("/write/page", **sent)
    assert answer.status == 409
    assert file.read_bytes() == elsewhere
    for words in ("Mine", "My words.", "Theirs", "Their words."):
        assert words in answer.text
    # Where nothing was typed here is what the file says now, and no two texts to compare.
    assert fields(answer)["field.date"] == "2026-05-06"
    assert answer.text.count("In the file now:") == 2
    kept = list((client.studio.project / ".kinopress/unsaved").iterdir())
    assert "My words." in kept[0].read_text("utf-8")

    # Sent again from that page, hers replaces what she changed, and the day from elsewhere stays.
    assert client.send("/write/page", **fields(answer)).status == 303
    after = file.read_bytes()
    assert b'title: "Mine" # ask Jen\r\n' in after
    assert b"2026-05-06" in after
    assert after.endswith(b"My words.\r\n")


def test_problems_stand_beside_their_fields_and_check_leads_there(client: Client) -> None:
    sent = fields(client.ask("GET", WHERE)) | {"field.tags": "stretchy"}
    assert client.send("/write/page", **sent).status == 303
    answer = client.ask("GET", WHERE)
    beside = answer.text.partition('id="tags-problems"')[2].partition("</ul>")[0]
    assert "stretchy" in beside
    link = re.search(r'href="(/write/page\?[^"]+#field-tags)"', client.ask("GET", "/check").text)
    assert link is not None
    address = html.unescape(link[1]).partition("#")[0]
    assert client.ask("GET", address).status == 200
    assert 'id="field-tags"' in client.ask("GET", address).text


def test_what_is_typed_is_looked_at_without_saving_and_without_scripts(client: Client) -> None:
    file = client.studio.project / PATH
    before = file.read_bytes()
    sent = fields(client.ask("GET", WHERE))
    sent["body"] = "See [[clam]] in **full**.\r\n\r\n<script>alert(1)</script>"
    answer = client.send("/write/typed", **sent)
    assert "<strong>full</strong>" in answer.text
    assert 'now/exercises/clam/">Clam</a>' in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; style-src")
    assert "script-src" not in answer.headers["content-security-policy"]
    assert file.read_bytes() == before


def test_beside_the_field_is_the_text_and_what_is_wrong_with_it_by_the_lines_of_a_check(
    client: Client,
) -> None:
    before = (client.studio.project / PATH).read_bytes()
    text = "See [[clam]].\r\n\r\nAnd [[nowhere]].\r\n\r\n#Heading"
    shown = json.loads(client.send("/write/beside", path=PATH, body=text).text)
    assert 'now/exercises/clam/">Clam</a>' in shown["html"]
    above = before.decode().replace("\r\n", "\n").partition("\n---\n")[0].count("\n") + 2
    above += before.decode().partition("\n---\n")[2].startswith("\n")  # an empty line is not shown
    assert [said.partition(":")[0] for said in shown["problems"]] == [
        f"Line {above + line} of the file" for line in (3, 5)
    ]
    assert "nowhere" in shown["problems"][0]
    fine = json.loads(client.send("/write/beside", path=PATH, body="Some words.").text)
    assert fine == {"html": "<p>Some words.</p>", "problems": []}
    sent = fields(client.ask("GET", WHERE)) | {"body": text}
    assert client.send("/write/page", **sent).status in (200, 303)
    found = [
        p.line for p in client.studio.now().report if p.path == PATH and "nowhere" in p.message
    ]
    assert found == [above + 3]
    (client.studio.project / PATH).write_bytes(before)
    deep = "> " * 400 + "words"
    assert json.loads(client.send("/write/beside", path=PATH, body=deep).text)["html"] == ""
    assert client.send("/write/beside", path="mkdocs.yml", body="x").status == 404
    assert (client.studio.project / PATH).read_bytes() == before


def test_what_the_field_of_sources_names_may_be_cited_in_the_text(client: Client) -> None:
    def said(**more: str) -> list[str]:
        sent = {"path": PATH, "body": "Some words [@practice].", "shape.sources": "names", **more}
        problems: list[str] = json.loads(client.send("/write/beside", **sent).text)["problems"]
        return problems

    assert said() == []  # the file names it
    assert said(**{"field.sources": "practice"}) == []
    assert "is not in this page's sources" in said(**{"field.sources": ""})[0]
    sent = fields(client.ask("GET", WHERE)) | {"body": "Some words [@practice]."}
    assert 'href="#source-practice"' in client.send("/write/typed", **sent).text


def test_a_new_page_begins_as_a_draft_that_can_be_written(client: Client) -> None:
    answer = client.send("/write/new", kind="article", title="Warm up: how")
    assert answer.status == 303
    shown = client.ask("GET", answer.headers["location"])
    assert shown.status == 200
    assert fields(shown)["field.title"] == "Warm up: how"
    assert fields(shown)["field.draft"] == "true"
    again = client.send("/write/new", kind="article", title="Warm up: how")
    assert again.status == 422
    assert "already exists" in again.text
    assert 'value="Warm up: how"' in again.text
    assert client.send("/write/new", kind="../x", title="A title").status == 422


def test_what_is_refused_for_a_field_still_knows_which_file_it_was_typed_for(
    client: Client,
) -> None:
    file = client.studio.project / "exercises/clam.md"
    where = "/write/page?path=exercises/clam.md"
    sent = fields(client.ask("GET", where)) | {
        "field.steps": "- step: [Open",
        "field.title": "Mine",
    }
    file.write_bytes(file.read_bytes().replace(b"title: Clam", b"title: Theirs"))
    answer = client.send("/write/page", **sent)
    assert answer.status == 422
    again = fields(answer) | {"field.steps": sent["field.steps"].replace("[", "")}
    assert client.send("/write/page", **again).status == 409
    assert b"title: Theirs" in file.read_bytes()


def test_yes_or_no_is_asked_in_words_and_written_as_the_file_has_it(client: Client) -> None:
    shown = client.ask("GET", WHERE).text
    (draft,) = re.findall(r'<select id="field-draft".*?</select>', shown, re.DOTALL)
    assert re.findall(r"<option[^>]*>([^<]*)", draft) == ["–", "yes", "no"]
    assert "“yes” keeps the page back." in shown
    sent = fields(client.ask("GET", WHERE)) | {"field.draft": "true"}
    assert client.send("/write/page", **sent).status == 303
    assert b"draft: true" in (client.studio.project / PATH).read_bytes()


def test_a_page_that_cannot_be_read_is_never_saved_over(client: Client) -> None:
    file = client.studio.project / PATH
    sent = fields(client.ask("GET", WHERE)) | {"body": "My words."}
    broken = file.read_bytes().replace(b"tags: [", b"tags: [[")
    file.write_bytes(broken)
    answer = client.send("/write/page", **sent)
    assert answer.status == 409
    assert "My words." in answer.text
    assert file.read_bytes() == broken
    assert client.ask("GET", WHERE).headers["location"].startswith("/source?")
    file.unlink()
    answer = client.send("/write/page", **sent)
    assert answer.status == 409
    assert "My words." in answer.text
    assert not file.exists()


@pytest.mark.parametrize(
    "path", ["../secret.md", "mkdocs.yml", "docs/data/regions.yml", "/etc/passwd", ""]
)
def test_only_pages_are_written_in(client: Client, path: str) -> None:
    write(client.studio.project.parent / "secret.md", "a secret\n")
    sent = fields(client.ask("GET", WHERE)) | {"path": path, "body": "x"}
    settings = (client.studio.project / "mkdocs.yml").read_bytes()
    assert client.send("/write/page", **sent).status == 409
    assert client.send("/write/typed", **sent).status == 404
    assert (client.studio.project / "mkdocs.yml").read_bytes() == settings
    assert (client.studio.project.parent / "secret.md").read_text() == "a secret\n"


def test_pages_are_found_by_kind_and_by_words(client: Client) -> None:
    assert "Loose hips" in client.ask("GET", "/write").text
    assert "Clam" in client.ask("GET", "/write?kind=exercise").text
    found = client.ask("GET", "/write?q=small+lift").text
    assert ">Clam</a>" in found
    assert "Loose hips" not in found
    assert "&lt;b&gt;" in client.ask("GET", "/write?q=%3Cb%3E").text


@pytest.mark.parametrize(("is_draft", "choice"), [(True, "no"), (False, "yes")])
def test_a_problem_says_what_to_choose_on_the_screen_and_not_what_to_write_in_the_file(
    is_draft: bool, choice: str
) -> None:
    said = in_sentences(Unfilled(3, None).as_problem(PATH, is_draft=is_draft))
    assert f"choose “{choice}” under Draft" in said
    assert "draft line" not in said
    assert "draft: true" not in said


def test_a_page_that_waits_for_its_film_says_what_to_choose_on_every_screen(
    client: Client,
) -> None:
    write(
        client.studio.project / "videos/hips.md",
        page("title: Hips\ndescription: A text.\ndate: 2026-01-02\ndraft: true\ntags: [stretch]"),
    )
    shown = client.ask("GET", "/check").text
    assert "before you choose “no” under Draft" in shown
    assert "draft line" not in shown
