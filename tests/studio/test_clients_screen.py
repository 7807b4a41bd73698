"""Clients in the studio: nothing is lost by saving, nothing that hurts is in an address, whatever comes is answered."""

from __future__ import annotations

import os
import re
import stat
import weakref
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from kinopress.content.model.names import Mention
from kinopress.content.model.pages import Exercise
from kinopress.content.model.plans import Block, Portion
from kinopress.content.read import read_library
from kinopress.project.clients.doses import doses_of
from kinopress.project.clients.folder import read_client
from kinopress.project.clients.new import About, begin_plan
from kinopress.project.clients.shared_pages import shared_pages
from support.clients import PLAN, change, code_of, project_with_plan
from support.guide import ROOT
from support.studio import Answer, Client, running_studio


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    project = project_with_plan(tmp_path / "project")
    library, _ = read_library(project)
    begin_plan(project, library, "sk-1", About(library.today), begin_with=PLAN)
    with running_studio(project) as client:
        yield client.open()


def identity_of(client: Client) -> str:
    private, _ = read_client(client.studio.project, read_library(client.studio.project)[0], "sk-1")
    assert private is not None
    return private.about.identity


def file_of(client: Client) -> Path:
    return client.studio.project / "clients/sk-1/plan.md"


def fields(answer: Answer) -> dict[str, str]:
    """What a browser would send of the plan's form if nobody touched it."""
    form = re.findall(r'<form[^>]*action="/clients/plan.*?</form>', answer.text, re.DOTALL)[0]
    found = {}
    for tag in re.findall(r"<input\b[^>]*>", form):
        said = {key: unescape(value) for key, value in re.findall(r'([\w-]+)="([^"]*)"', tag)}
        if said.get("type") != "checkbox" or " checked" in tag:
            found[said["name"]] = said.get("value", "")
    for name, inside in re.findall(r'<select[^>]* name="([^"]*)">(.*?)</select>', form, re.DOTALL):
        chosen = re.findall(r'<option(?: value="([^"]*)")? selected>([^<]*)', inside)
        found[name] = unescape(chosen[0][0] or chosen[0][1]) if chosen else ""
    body = re.findall(r"<textarea[^>]*>(.*?)</textarea>", form, re.DOTALL)
    return {**found, "body": unescape(body[0])}


def opened(client: Client) -> dict[str, str]:
    answer = client.ask("GET", f"/clients/plan?plan={identity_of(client)}")
    assert answer.status == 200
    return fields(answer)


@pytest.mark.parametrize("value", ["{toe-tuch: 30, toe-touch: -3}", "{toe-touch: {left: 3}}"])
def test_a_value_that_fits_no_check_is_kept_and_shown_and_can_be_cleared(
    client: Client, value: str
) -> None:
    change(file_of(client), "tests:", f"measured: {{0: {value}}}\ntests:")
    form = opened(client)
    name, there = next((name, form[name]) for name in ("m.toe-tuch", "m.toe-touch:left") if name in form)  # fmt: skip
    assert there in ("30", "3")
    form["after"] = "Keep on."
    assert client.send("/clients/plan", **form, action="save").status == 303
    text = file_of(client).read_text("utf-8")
    assert f"measured: {{0: {value}}}" in text
    assert "after: " in text and "Keep on." in text
    without = {key: words for key, words in opened(client).items() if not key.startswith("m.")}
    assert client.send("/clients/plan", **without, action="save").status == 303
    assert f"measured: {{0: {value}}}" in file_of(client).read_text("utf-8")
    assert client.send("/clients/plan", **{**opened(client), name: ""}, action="save").status == 303
    assert f"{name.partition(':')[2] or 'toe-tuch'}: {there}" not in file_of(client).read_text(
        "utf-8"
    )
    assert name not in opened(client)


def test_after_a_file_was_refused_the_form_goes_on_from_what_is_saved(client: Client) -> None:
    form = {**opened(client), "after": "Keep on."}
    refused = client.send("/clients/plan", **form, action="make")
    assert refused.status == 422
    assert "agreed" in refused.text
    assert "Keep on." in file_of(client).read_text("utf-8")
    again = {**fields(refused), "consent": "2026-01-02"}
    made = client.send("/clients/plan", **again, action="make")
    assert made.status == 200, made.text
    assert (file_of(client).with_name("14-days.html")).is_file()


def test_what_is_looked_for_is_in_no_address(client: Client) -> None:
    answer = client.send(
        "/clients/plan", **{**opened(client), "find": "weak glutes"}, action="find"
    )
    assert answer.status == 200
    assert 'value="add:clam"' in answer.text
    assert 'value="weak glutes"' in answer.text
    assert not re.findall(r'(?:href|action)="[^"]*glutes', answer.text)
    query = client.ask("GET", f"/clients/plan?plan={identity_of(client)}&find=glutes")
    assert 'value="add:clam"' not in query.text


def test_what_came_of_an_earlier_plan_is_shown_beside_the_one_that_runs(client: Client) -> None:
    first = identity_of(client)
    project = client.studio.project
    library, _ = read_library(project)
    begin_plan(project, library, "sk-1", About(library.today), again=True)
    now = identity_of(client)
    assert now != first
    sent = code_of({"id": first, "days": {"1": {"pain": 7, "done": ["clam"]}}})
    answer = client.send("/clients/came", plan=now, went=sent)
    assert answer.status == 200, answer.text
    assert "plan 1 of 2" in answer.text
    assert "pain 7 on day 1" in answer.text
    assert f'value="{now}"' in answer.text
    assert client.send("/clients/came", plan=now, went=code_of({"id": now})).status == 303
    assert len(list((project / "clients/sk-1/came-back").iterdir())) == 2


def test_one_more_block_on_a_day_takes_nothing_of_that_day_with_it(client: Client) -> None:
    file = file_of(client)
    day = "  9: {do: [strong-2], swap_if_amber: strong-1}\n"
    change(
        file,
        day,
        '  9: {do: [strong-2], swap_if_amber: strong-1, progress: "One # more."}  # it\'s: mind\n  # her knee\n',
    )
    change(file, "  strong-1: [clam]\n", "  strong-1: [clam]  # left\n  # as in May\n")
    text = file.read_text("utf-8")
    form = opened(client)
    added = client.send("/clients/plan", **{**form, "to": "loosen"}, action="add:clam")
    assert added.status == 303
    more = opened(client)
    assert client.send("/clients/plan", **more, **{"b2.day9": "yes"}, action="save").status == 303
    assert file.read_text("utf-8") == text.replace(
        "  9: {do: [strong-2], swap", "  9: {do: [strong-2, loosen-1], swap"
    ).replace("days:\n", "  loosen-1:\n    - clam\ndays:\n", 1)
    more = opened(client)
    said = client.send("/clients/plan", **more, **{"b0.0.out": "yes"}, action="save")
    assert "day 9: strong-1 after an amber day" in said.text
    assert 'progress: "One # more."}  # it\'s: mind\n  # her knee\n' in file.read_text("utf-8")


@pytest.mark.parametrize(
    "sent",
    [
        f"[kinopress-plan:{'9' * 5000}:x:y]",
        code_of({"id": "0" * 32, "days": {"9" * 5000: {}}}),
        "\x00[kinopress-plan::::]",
    ],
)
def test_whatever_is_pasted_is_answered(client: Client, sent: str) -> None:
    assert client.send("/clients/came", plan=identity_of(client), went=sent).status == 422


def test_where_an_exercise_goes_is_remembered_over_searches_and_from_one_to_the_next(
    client: Client,
) -> None:
    def chosen(answer: Answer) -> str:
        return fields(answer)["to"] or re.findall(r'value="(\w+)" selected', answer.text)[0]

    form = opened(client) | {"find": "clam", "to": "strong"}
    looked = client.send("/clients/plan", **form, action="find")
    assert chosen(looked) == "strong"
    put_in = client.send("/clients/plan", **fields(looked) | {"to": "strong"}, action="add:clam")
    assert put_in.status == 200
    assert 'value="add:clam"' in put_in.text  # what was found is still there, for the next one
    new = chosen(put_in)
    assert new not in ("", "strong")
    before = file_of(client).read_text("utf-8")
    client.send("/clients/plan", **fields(put_in) | {"to": new}, action="add:clam")
    after = file_of(client).read_text("utf-8")
    assert after.count("clam") == before.count("clam") + 1
    assert re.findall(r"^  (\w+-\d+):", after, re.M) == re.findall(r"^  (\w+-\d+):", before, re.M)


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a file has no such mode")
def test_what_is_known_of_a_client_is_for_nobody_else_on_this_computer(client: Client) -> None:
    project = client.studio.project
    library, _ = read_library(project)
    form = opened(client) | {"title": "Fourteen days", "consent": library.today.isoformat()}
    assert "Made:" in client.send("/clients/plan", **form, action="make", films="").text
    begin_plan(project, library, "sk-1", About(library.today), again=True)
    folder = project / "clients"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    own = [path for path in folder.rglob("*") if path.is_file() and "sk-1" in path.parts]
    assert len(own) >= 3  # the plan, the one before it, the file that is handed over
    assert {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in own} == {
        path.name: "0o600" for path in own
    }


def test_every_part_of_a_dose_can_be_typed_and_is_written_as_it_was(client: Client) -> None:
    form = opened(client)
    typed = {"tempo": "3-1-3", "effort": "20%", "reserve": "2 reps", "stretch": "15 s", "relax": "3 s", "per_side": "true", "one_side_first": "false", "side": "left", "words": "Slowly, please."}  # fmt: skip
    more = {f"b0.0.{name}": value for name, value in typed.items()}
    assert set(more) <= set(form)
    assert client.send("/clients/plan", **{**form, **more}, action="save").status == 303
    project = client.studio.project
    private, _ = read_client(project, read_library(project)[0], "sk-1")
    assert private is not None
    portion = private.plan.blocks[0].portions[0]
    assert portion.side == "left"
    assert portion.words == "Slowly, please."
    for name in ("tempo: 3-1-3", "effort: 20%", "reserve: 2 reps", "per_side: true"):
        assert name in file_of(client).read_text("utf-8")
    again = opened(client)
    assert {name: again[name] for name in more} == more
    before = file_of(client).read_text("utf-8")
    assert client.send("/clients/plan", **again, action="save").status == 303
    assert file_of(client).read_text("utf-8") == before


def test_yes_or_no_is_asked_in_words(client: Client) -> None:
    shown = client.ask("GET", f"/clients/plan?plan={identity_of(client)}").text
    for name in ("per_side", "one_side_first"):
        (inside,) = re.findall(rf'name="b0\.0\.{name}">(.*?)</select>', shown)
        of_page, *rest = re.findall(r"<option[^>]*>([^<]*)", inside)
        assert of_page.startswith("as its page says")
        assert rest == ["yes", "no"]
    assert not {"true", "false"} & set(re.findall(r"<option[^>]*>([^<]*)", shown))


@pytest.mark.parametrize(
    ("said", "name", "words"),
    [
        ("per_side: True", "per_side", "yes"),
        ("per_side: yes", "per_side", "yes, as in the file"),
        ("side: Left", "side", "Left, as in the file"),
    ],
)
def test_what_is_chosen_in_the_file_in_other_words_is_not_lost_by_saving(
    client: Client, said: str, name: str, words: str
) -> None:
    change(file_of(client), "{exercise: clam, sets: 1}", f"{{exercise: clam, sets: 1, {said}}}")
    shown = client.ask("GET", f"/clients/plan?plan={identity_of(client)}").text
    assert words in re.findall(rf'name="b\d\.\d\.{name}">.*? selected>([^<]*)', shown)
    form = {**opened(client), "after": "Keep on."}
    assert client.send("/clients/plan", **form, action="save").status == 303
    text = file_of(client).read_text("utf-8")
    assert "Keep on." in text
    assert f"sets: 1, {said}}}" in text


def test_the_dose_that_is_changed_is_shown_with_what_the_client_will_read(client: Client) -> None:
    """Each field shows what it would be left at, which differs from exercise to exercise."""
    project = client.studio.project
    library, _ = read_library(project)
    private, _ = read_client(project, library, "sk-1")
    assert private is not None
    text = client.ask("GET", f"/clients/plan?plan={identity_of(client)}").text
    shown = dict(re.findall(r'name="(b[0-9.]+\.\w+)"[^>]*placeholder="([^"]*)"', text))
    wanted = {}
    for at, block in enumerate(private.plan.blocks):
        for number, portion in enumerate(block.portions):
            page = library.pages["exercise", portion.exercise.text]
            assert isinstance(page, Exercise)
            for name, unit in (("sets", ""), ("reps", ""), ("hold", " s"), ("rest", " s")):
                if value := getattr(page.dosage, name):
                    wanted[f"b{at}.{number}.{name}"] = f"{value}{unit}"
    assert len(set(wanted.values())) > 1
    assert {name: words for name, words in shown.items() if name in wanted} == wanted
    form = opened(client) | {"b0.0.sets": "4", "b0.0.reps": "11", "b0.0.side": "left"}
    client.send("/clients/plan", **form, action="save")
    after = client.ask("GET", f"/clients/plan?plan={identity_of(client)}").text
    assert re.search(r"The client reads: <span>4 × 11 ·[^<]*left side only", after)


def test_what_is_to_be_put_right_is_named_as_on_the_screen(client: Client) -> None:
    text = client.ask("GET", f"/clients/plan?plan={identity_of(client)}").text
    shown = text[text.index('id="right"') : text.index("</section>", text.index('id="right"'))]
    assert '<a href="#consent">They agreed on</a>' in shown
    assert "consent:" not in shown
    assert ".md" not in shown
    assert re.search(r'<a href="#exercises">[A-Z][a-z ]+</a>: [A-Z][a-z ]+ has neither', shown)
    number = re.search(r'st-count">(\d+)<', shown)
    assert number is not None
    assert int(number[1]) == shown.count("<li ")
    for place in re.findall(r'href="#([\w-]+)"', shown):
        assert f'id="{place}"' in text


def test_what_is_pushed_and_eased_is_counted_in_rounds() -> None:
    library, _ = read_library(ROOT)
    portion = Portion(Mention("met-calf-wall", 1, "blocks.loosen"))
    plan = replace(library.plans[0], blocks=(Block("loosen", 1, (portion,)),))
    found = doses_of(library, plan)["loosen", 0]
    assert found.of_page.startswith("3 rounds of 7 s push, then ")
    assert found.on_page["hold"] == "7 s"
    assert found.names["reps"] == "rounds"


def share(client: Client, **typed: str) -> Answer:
    """The form of an encrypted page, sent as it is on the screen now."""
    identity = identity_of(client)
    shown = client.ask("GET", f"/clients/plan?plan={identity}").text
    there = re.search(r'name="there" value="(\w+)"', shown)
    assert there is not None
    sent = {"plan": identity, "there": there[1], "action": "share", **typed}
    return client.send("/clients/share", **sent)


def test_the_form_of_a_page_makes_one_page_however_often_it_is_sent(client: Client) -> None:
    """A browser that loads the result again sends the form again: the page just shown must not go."""
    identity = identity_of(client)
    change(file_of(client), "assessed:", "consent: 2026-01-02\nassessed:")
    shown = client.ask("GET", f"/clients/plan?plan={identity}").text
    there = re.search(r'name="there" value="(\w+)"', shown)
    assert there is not None
    form = {"plan": identity, "there": there[1], "action": "share", "opens": "words"}
    made = client.send("/clients/share", **form)
    assert made.status == 200, made.text
    before = [page.number for page in shared_pages(client.studio.project)]
    assert len(before) == 1
    for _ in range(2):
        again = client.send("/clients/share", **form)
        assert again.status == 422
        assert "Nothing was encrypted now: since this form was shown" in again.text
        assert [page.number for page in shared_pages(client.studio.project)] == before
    # The form on the screen of the result, or on any new one, makes the next.
    there = re.search(r'name="there" value="(\w+)"', made.text)
    assert there is not None
    assert client.send("/clients/share", **{**form, "there": there[1]}).status == 200
    assert [page.number for page in shared_pages(client.studio.project)] != before


def test_a_page_is_encrypted_shown_once_and_withdrawn(client: Client) -> None:
    identity = identity_of(client)
    refused = share(client, opens="words")
    assert refused.status == 422
    assert "agreed" in refused.text
    change(file_of(client), "assessed:", "consent: 2026-01-02\nassessed:")
    for until, words in (("2020-01-01", "not after today"), ("2099-01-01", "deleted on")):
        answer = share(client, until=until)
        assert answer.status == 422
        assert words in answer.text
    unread = share(client, until="next week")
    assert unread.status == 422
    assert re.search(r'id="until-wrong">“next week” is not a day', unread.text)
    assert 'aria-describedby="until-hint until-wrong" aria-invalid="true"' in unread.text
    made = share(client, opens="words")
    assert made.status == 200, made.text
    words = re.search(r'id="share-words">([a-z ]+)<', made.text)
    address = re.search(r'id="share-address">([^<#]*/p/\w{26}/)<', made.text)
    assert words is not None
    assert address is not None
    assert len(words[1].split()) == 8
    shown = client.ask("GET", f"/clients/plan?plan={identity}").text
    assert words[1] not in shown  # once
    assert "an encrypted page not published from here" in shown
    by_link = share(client, opens="link")
    assert "Their page of before goes then." in by_link.text
    assert re.search(r'id="share-address">[^<]*/p/\w{26}/#[\w-]{43}<', by_link.text)
    assert "share-words" not in by_link.text
    gone = client.send("/clients/share", plan=identity, action="unshare")
    assert gone.status == 303
    assert "is withdrawn" in client.ask("GET", gone.headers["location"].partition("#")[0]).text
    again = client.send("/clients/share", plan=identity, action="unshare")
    assert again.status == 422
    assert "no encrypted page" in again.text


def test_what_is_said_beside_exercises_stays_when_one_of_them_is_changed(client: Client) -> None:
    file = file_of(client)
    change(
        file,
        "  strong-2:\n    - glute-bridge\n    - {exercise: clam, sets: 1}\n",
        "  strong-2:  # hers\n    # high enough\n    - glute-bridge  # both feet\n"
        "    # since May\n    - {sets: 1, exercise: clam}  # not # more\n    # below\n",
    )
    text = file.read_text("utf-8")
    form = opened(client)
    assert client.send("/clients/plan", **{**form, "b1.0.sets": "2"}, action="save").status == 303
    assert file.read_text("utf-8") == text.replace(
        "    - glute-bridge  # both feet\n",
        "    - {exercise: glute-bridge, sets: 2}  # both feet\n",
    )
    text = file.read_text("utf-8")
    form = opened(client)
    assert client.send("/clients/plan", **{**form, "b1.1.sets": "3"}, action="save").status == 303
    assert file.read_text("utf-8") == text.replace(
        "    - {sets: 1, exercise: clam}  # not # more\n",
        "    - {exercise: clam, sets: 3}  # not # more\n",
    )
    form = opened(client)
    added = client.send("/clients/plan", **{**form, "to": "strong-2"}, action="add:clam")
    assert added.status == 303
    assert "  # not # more\n    # below\n    - clam\n" in file.read_text("utf-8")


def test_a_block_that_is_indented_otherwise_is_written_again_whole(client: Client) -> None:
    file = file_of(client)
    change(
        file,
        "  strong-2:\n    - glute-bridge\n    - {exercise: clam, sets: 1}\n",
        "  strong-2:\n  - glute-bridge  # both\n  - exercise: clam\n    sets: 1\n",
    )
    form = opened(client)
    assert client.send("/clients/plan", **{**form, "b1.1.sets": "2"}, action="save").status == 303
    assert "    - glute-bridge\n    - {exercise: clam, sets: 2}\n" in file.read_text("utf-8")


LEFT = "    - {exercise: clam, side: left}  # sore side: stop at 3\n"
RIGHT = "    - {exercise: clam, side: right}  # the strong side\n"
TWO_SIDES = f"  strong-2:\n    # lying down\n{LEFT}{RIGHT}    # mind her knee\n"


@pytest.mark.parametrize(
    ("there", "typed", "then"),
    [
        pytest.param(
            TWO_SIDES, {"b1.0.out": "yes"},
            f"  strong-2:\n{RIGHT}    # mind her knee\n", id="left out",
        ),
        pytest.param(
            TWO_SIDES, {"b1.1.out": "yes"},
            f"  strong-2:\n    # lying down\n{LEFT}    # mind her knee\n", id="last out",
        ),
        pytest.param(
            TWO_SIDES, {"b1.0.out": "yes", "b1.1.sets": "2"},
            "  strong-2:\n    - {exercise: clam, side: right, sets: 2}  # the strong side\n    # mind her knee\n",
            id="left out, right changed",
        ),
        pytest.param(
            TWO_SIDES, {"b1.0.side": "right", "b1.1.side": "left"},
            f"  strong-2:\n{RIGHT}    # lying down\n{LEFT}    # mind her knee\n", id="changed about",
        ),
        pytest.param(
            f"  strong-2:\n{LEFT}    - glute-bridge\n", {"b1.0.side": "right"},
            "  strong-2:\n    - {exercise: clam, side: right}\n    - glute-bridge\n", id="other side",
        ),
        pytest.param(
            "  strong-2:\n    - clam  # the first\n    - clam  # the second\n    - glute-bridge\n", {"b1.0.out": "yes"},
            "  strong-2:\n    - clam\n    - glute-bridge\n", id="which of two is in doubt",
        ),
        pytest.param(
            "  strong-2:\n    - {exercise: clam, side: left, sets: 1}  # one\n    - {exercise: clam, side: left, sets: 2}  # two\n",
            {"b1.0.out": "yes", "b1.1.sets": "3"},
            "  strong-2:\n    - {exercise: clam, side: left, sets: 3}\n", id="which of two changed is in doubt",
        ),
        pytest.param(
            "  strong-2: [{exercise: clam, side: left}, {exercise: clam, side: right}]  # the first: stop at 3\n  # hers\n",
            {"b1.0.out": "yes"},
            "  strong-2:\n    - {exercise: clam, side: right}\n  # hers\n", id="on one line",
        ),
        pytest.param(
            "  strong-2:\n    - exercise: clam\n      side: left\n      # sore side: stop at 3\n    - exercise: clam\n      side: right\n",
            {"b1.0.out": "yes"},
            "  strong-2:\n    - {exercise: clam, side: right}\n", id="on several lines each",
        ),
    ],
)  # fmt: skip
def test_what_is_said_of_one_side_is_never_beside_the_other(
    client: Client, there: str, typed: dict[str, str], then: str
) -> None:
    file = file_of(client)
    change(file, "  strong-2:\n    - glute-bridge\n    - {exercise: clam, sets: 1}\n", there)
    text = file.read_text("utf-8")
    form = {name: value for name, value in opened(client).items() if name not in typed}
    assert client.send("/clients/plan", **form, **typed, action="save").status == 303
    assert file.read_text("utf-8") == text.replace(there, then)


def saved(client: Client, **typed: str) -> Answer:
    form = {name: value for name, value in opened(client).items() if name not in typed}
    return client.send("/clients/plan", **form, **typed, action="save")


@pytest.mark.parametrize(
    ("typed", "then"),
    [
        ({"b1.2.place": "1"}, "cab"),
        ({"b1.0.place": "3"}, "bca"),
        ({"b1.0.place": "2"}, "bac"),
        ({"b1.0.place": "2", "b1.1.place": "1"}, "bac"),
        ({"b1.2.place": "2", "b1.0.out": "yes"}, "cb"),
        ({"b1.2.place": "9" * 5000}, "abc"),
        ({"b1.2.place": "-1"}, "abc"),
    ],
    ids=str,
)
def test_exercises_are_put_in_another_order_with_what_is_said_beside_them(
    client: Client, typed: dict[str, str], then: str
) -> None:
    rows = {
        "a": "    - glute-bridge  # both feet\n",
        "b": "    # since May\n    - {exercise: clam, side: left}  # sore side\n",
        "c": "    - {exercise: clam, side: right}\n",
    }
    file = file_of(client)
    change(
        file,
        "  strong-2:\n    - glute-bridge\n    - {exercise: clam, sets: 1}\n",
        f"  strong-2:\n{''.join(rows.values())}",
    )
    text = file.read_text("utf-8")
    assert saved(client, **typed).status == 303
    assert file.read_text("utf-8") == text.replace(
        "".join(rows.values()), "".join(rows[name] for name in then)
    )


def test_what_is_said_of_a_day_is_typed_and_the_other_days_stay_as_they_are(
    client: Client,
) -> None:
    file = file_of(client)
    change(
        file,
        "  9: {do: [strong-2], swap_if_amber: strong-1}\n",
        "  9: {do: [strong-2], swap_if_amber: strong-1}  # hers\n",
    )
    text = file.read_text("utf-8")
    assert saved(client).status == 303
    assert file.read_text("utf-8") == text
    assert saved(client, **{"d9.progress": "One more: a set.", "d9.also": "A walk."}).status == 303
    day = '{do: [strong-2], swap_if_amber: strong-1, also: "A walk.", progress: "One more: a set."}'
    text = text.replace("{do: [strong-2], swap_if_amber: strong-1}  # hers", f"{day}  # hers")
    assert file.read_text("utf-8").replace("also: A walk.", 'also: "A walk."') == text
    assert saved(client, **{"d9.swap_if_amber": "", "d9.also": ""}).status == 303
    assert '  9: {do: [strong-2], progress: "One more: a set."}  # hers\n' in file.read_text(
        "utf-8"
    )
    # What a day is swapped to is another session than its own.
    said = saved(client, **{"d9.swap_if_amber": "strong-2"})
    assert "day 9: strong-2 after an amber day" in said.text
    private, _ = read_client(client.studio.project, read_library(client.studio.project)[0], "sk-1")
    assert private is not None
    (ninth,) = [day for day in private.plan.days if day.number == 9]
    assert (ninth.progress, ninth.swap_if_amber) == ("One more: a set.", None)


@pytest.mark.parametrize("indent", ["", "  ", "    "])
@pytest.mark.parametrize("shape", ["on a line", "on lines", "dash alone"])
def test_comments_in_swaps_stay_however_they_are_indented(
    client: Client, indent: str, shape: str
) -> None:
    file = file_of(client)
    front, _, words = file.read_text("utf-8").rpartition("---\n")
    front = re.sub(r"(?ms)^swaps:.*?(?=^\S)", "", front + "end: x").removesuffix("end: x")
    first = {
        "on a line": f'{indent}- {{exercise: clam, use: glute-bridge, when: "It hurts."}}  # as in May\n',
        "on lines": f'{indent}- exercise: clam\n{indent}  # as in May\n{indent}  use: glute-bridge\n{indent}  when: "It hurts."\n',
        "dash alone": f'{indent}-\n{indent}  exercise: clam  # as in May\n{indent}  use: glute-bridge\n{indent}  when: "It hurts."\n',
    }[shape]
    second = (
        f"{indent}- {{exercise: glute-bridge, use: clam, when: Cramp.}}\n{indent}  # and in June\n"
    )
    was = f"{front}swaps:  # hers\n{first}{second}---\n{words}"
    file.write_text(was, "utf-8")
    typed = {"s2.exercise": "clam", "s2.use": "glute-bridge", "s2.when": "Tired."}
    answer = saved(client, **typed)
    assert answer.status == 303, answer.text
    new = f'{indent}- {{exercise: clam, use: glute-bridge, when: "Tired."}}\n'
    assert f"swaps:  # hers\n{first}{second}{new}---\n" in file.read_text("utf-8")
    assert saved(client, **{"s2.out": "yes"}).status == 303
    assert file.read_text("utf-8") == was


def test_swaps_are_typed_changed_and_left_out(client: Client) -> None:
    file = file_of(client)
    before = file.read_text("utf-8")
    had = [name for name in opened(client) if re.fullmatch(r"s\d+\.when", name)]
    new = f"s{len(had) - 1}"
    typed = {f"{new}.exercise": "clam", f"{new}.use": "glute-bridge"}
    wrong = saved(client, **typed)
    assert wrong.status == 422
    assert "A swap needs the exercise to leave" in wrong.text
    assert file.read_text("utf-8") == before
    assert saved(client, **typed, **{f"{new}.when": "Lying: it hurts."}).status == 303
    row = '  - {exercise: clam, use: glute-bridge, when: "Lying: it hurts."}\n'
    assert row in file.read_text("utf-8")
    change(file, row, f"{row}  # as in May\n")
    text = file.read_text("utf-8")
    again = f"s{len(had)}"
    typed = {f"{again}.exercise": "clam", f"{again}.use": "glute-bridge", f"{again}.when": "Cramp."}
    assert saved(client, **typed).status == 303
    more = file.read_text("utf-8")
    assert more != text
    assert f"{row}  # as in May\n" in more
    private, _ = read_client(client.studio.project, read_library(client.studio.project)[0], "sk-1")
    assert private is not None
    assert [swap.when for swap in private.plan.swaps][-2:] == ["Lying: it hurts.", "Cramp."]
    assert saved(client, **{f"{again}.out": "yes"}).status == 303
    assert file.read_text("utf-8") == text
    assert saved(client, **{f"s{at}.out": "yes" for at in range(len(had))}).status == 303
    assert "swaps:" not in file.read_text("utf-8")


def test_a_client_whose_plan_cannot_be_read_is_forgotten(client: Client) -> None:
    file, other = file_of(client), client.studio.project / "clients/sk-2/earlier"
    file.write_bytes(b"\0\0\0")
    other.mkdir(parents=True)  # what a hand has left of a client
    shown = client.ask("GET", "/clients").text
    for name in ("sk-1", "sk-2"):
        assert f'name="client" value="{name}"' in shown
    refused = client.send("/clients/forget", client="sk-1")
    assert refused.status == 422
    assert "Tick the box" in refused.text
    assert file.exists()
    gone = client.send("/clients/forget", client="sk-1", sure="yes")
    # Without the number of a plan no copy of it can be looked for, which is no reason for silence.
    assert gone.status == 200
    assert "Could not be looked into" in gone.text
    assert not file.parent.exists()
    assert other.is_dir()
    for name in ("sk-1", "../docs", "", "sk-3"):
        answer = client.send("/clients/forget", client=name, sure="yes")
        assert answer.status == 422, name
        assert "there is no client" in answer.text.lower()
    assert (client.studio.project / "docs").is_dir()


def test_an_earlier_plan_whose_day_has_come_is_named_and_goes_alone(client: Client) -> None:
    project = client.studio.project
    library, _ = read_library(project)
    begin_plan(project, library, "sk-1", About(library.today), again=True)
    (earlier,) = (file_of(client).parent / "earlier").iterdir()
    identity = identity_of(client)
    where = f"/clients/plan?plan={identity}"
    assert "Forget what is earlier" not in client.ask("GET", where).text
    assert "earlier plan" not in client.ask("GET", "/clients").text
    text = earlier.read_text("utf-8")
    earlier.write_text(re.sub("(?m)^delete_on: .*", "delete_on: 2020-01-02", text), "utf-8")
    assert f'1 earlier plan to be deleted: <a href="{where}#gone"' in client.ask("GET", "/clients").text  # fmt: skip
    shown = client.ask("GET", where).text
    assert '<a href="#gone">Forget</a>: this earlier plan was to be deleted on 2020-01-02' in shown
    sent = {"plan": identity, "earlier": "yes"}
    refused = client.send("/clients/forget", **sent)
    assert refused.status == 422
    assert "Tick the box" in refused.text
    before = file_of(client).read_bytes()
    assert client.send("/clients/forget", **sent, sure="yes").status == 303
    assert not earlier.exists()
    assert file_of(client).read_bytes() == before
    again = client.send("/clients/forget", **sent, sure="yes")
    assert again.status == 422
    assert "no earlier plan" in again.text.lower()
    begin_plan(project, library, "sk-1", About(library.today), again=True)
    (earlier,) = (file_of(client).parent / "earlier").iterdir()
    earlier.write_bytes(b"\0\0\0")
    for place in ("/clients", f"/clients/plan?plan={identity_of(client)}"):
        shown = client.ask("GET", place).text
        assert "cannot be read" in shown
        assert earlier.name in shown


def test_what_could_not_be_looked_into_is_said_after_forgetting(client: Client) -> None:
    (client.studio.project / "backup.7z").write_bytes(b"7z\xbc\xaf\x27\x1c and more")
    answer = client.send("/clients/forget", plan=identity_of(client), sure="yes")
    assert answer.status == 200
    assert "Could not be looked into" in answer.text
    assert "backup.7z" in answer.text
    assert not file_of(client).exists()


def test_copies_that_a_host_keeps_are_named_among_what_cannot_be_recalled(client: Client) -> None:
    shown = client.ask("GET", f"/clients/plan?plan={identity_of(client)}").text
    page = shown.partition('<h2 id="page">')[2].partition("</section>")[0]
    for kept in ("a bucket keeps as earlier versions", "backups of the host"):
        assert kept in page


def test_a_page_that_goes_offline_for_want_of_consent_is_said_above_all_else(
    client: Client,
) -> None:
    about = f"/clients/plan?plan={identity_of(client)}"
    typed = fields(client.ask("GET", about))
    today = client.studio.now().at.date().isoformat()
    client.send("/clients/plan", **{**typed, "consent": today, "action": "save"})
    there = re.findall(r'name="there" value="(\w+)"', client.ask("GET", about).text)[0]
    sent = client.send("/clients/share", plan=identity_of(client), there=there, opens="link")
    assert "Encrypted: " in sent.text
    goes = "their encrypted page goes offline with the next publication"
    assert goes not in client.ask("GET", about).text
    typed = fields(client.ask("GET", about))
    client.send("/clients/plan", **{**typed, "consent": "", "action": "save"})
    assert goes in client.ask("GET", about).text


def test_the_site_of_before_is_let_go_before_another_is_held(client: Client) -> None:
    about = f"/clients/plan?plan={identity_of(client)}"
    typed = fields(client.ask("GET", about))
    gone = weakref.ref(client.studio.now().library)
    seen = []
    apart = client.studio.apart

    def watching(do, *values, say=None):  # type: ignore[no-untyped-def]
        def heard(*said: object) -> None:
            say(*said)
            seen.append(gone() is None)

        return apart(do, *values, say=say and heard)

    client.studio.apart = watching  # type: ignore[assignment]
    client.send("/clients/plan", **{**typed, "body": "Slowly.", "find": "clam", "action": "find"})
    assert seen
    assert all(seen)


def test_a_wrong_number_is_named_with_its_exercise_and_at_its_field(client: Client) -> None:
    assert (
        saved(client, **{"b1.0.sets": "lots", "b1.1.sets": "lots", "b1.1.reps": "some"}).status
        == 303
    )
    shown = client.ask("GET", f"/clients/plan?plan={identity_of(client)}").text
    for place, name in (
        ("b1.0.sets", "Glute bridge"),
        ("b1.1.sets", "Clam"),
        ("b1.1.reps", "Clam"),
    ):
        assert f'<a href="#{place}">{name}</a>: ' in shown
        field = re.findall(rf'<input id="{place}"[^>]*>', shown)[0]
        assert 'aria-invalid="true"' in field
        assert f'aria-describedby="{place}-wrong"' in field
    assert shown.count('aria-invalid="true"') == 3
    assert "“lots” is not a number from 1 to 20. " in shown
    assert ">Write a number like 3 or a range like 3–5.</span>" in shown
