"""The page of a new film: what is typed, what is refused, and what is written in the end."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from kinopress.project.new.page import write_page
from kinopress.studio.look import day_words
from kinopress.studio.run import working
from support.command import HANGS_S
from support.projects import SETTINGS, page, small_project, write
from support.small_films import make_film
from support.studio import Answer, Client, running_studio

SPITEFUL = """"><b data-evil='1'>A & B's "C"</b>"""


@pytest.fixture(scope="module")
def film_bytes(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    film = tmp_path_factory.mktemp("film") / "hip.mp4"
    return make_film(film, seconds=3.0, size="320x180").read_bytes()


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with running_studio(small_project(tmp_path)) as client:
        yield client.open()


def sent(client: Client, data: bytes, name: str = "hip circles.mp4") -> str:
    """The address of a film that has been sent."""
    begun = json.loads(client.send("/uploads", name=name, size=str(len(data))).text)
    answer = client.ask("PUT", f"/uploads/{begun['id']}?offset=0", data)
    assert json.loads(answer.text)["whole"]
    return str(begun["address"])


def publish(client: Client, address: str, **fields: str | list[str]) -> Answer:
    filled: dict[str, str | list[str]] = {
        **{"title": "Hip circles", "tags": "Strength", "action": "publish"},
        **fields,
    }
    return client.send(address, **filled)


def page_of(client: Client, slug: str = "hip-circles") -> str:
    return (client.studio.project / f"videos/{slug}.md").read_text("utf-8")


def test_five_answers_are_a_whole_page(client: Client, film_bytes: bytes) -> None:
    address = sent(client, film_bytes)
    answer = publish(client, address, tags="strength, gluteus medius")
    assert (answer.status, answer.headers["location"]) == (303, "/publish?film=hip-circles")
    text = page_of(client)
    assert 'title: "Hip circles"\n' in text
    assert 'tags: ["strength", "gluteus medius"]\n' in text
    assert "draft" not in text
    assert (client.studio.project / "videos/hip-circles.mp4").read_bytes() == film_bytes
    assert client.studio.arrivals.all() == []
    report = client.studio.now().report
    assert report.errors == []


@pytest.mark.parametrize(
    ("place", "key"), [("", "publish-web"), ("archive", "publish-archive"), ("none", "publish-web")]
)
def test_a_film_goes_to_the_place_that_was_chosen(
    client: Client, film_bytes: bytes, place: str, key: str
) -> None:
    places = "    publish:\n      web: {folder: ../web}\n      archive: {zip: ../site.zip}\n"
    write(client.studio.project / "mkdocs.yml", SETTINGS + places)
    address = sent(client, film_bytes)
    text = client.ask("GET", address).text
    assert "web: the folder ../web" in text
    assert "archive: the zip file ../site.zip" in text
    assert publish(client, address, place=place, to="0:02").status == 303
    assert client.studio.jobs.of(key) is not None
    assert client.studio.jobs.of("site") is None


def test_a_film_of_a_later_day_is_said_to_wait_for_it(client: Client, film_bytes: bytes) -> None:
    answer = publish(client, sent(client, film_bytes), date="2099-01-07")
    text = client.ask("GET", answer.headers["location"]).text
    assert "It waits for Wednesday 7 January 2099" in text


def test_all_that_can_be_said_of_a_film_is_on_its_page(client: Client, film_bytes: bytes) -> None:
    address = sent(client, film_bytes)
    captions = "WEBVTT\n\n00:00.500 --> 00:01.500\nOpen the knee.\n"
    assert client.send(f"{address}/captions", text=captions, lang="en").status == 303
    answer = publish(
        client,
        address,
        **{"from": "0:00.5", "to": "2.5", "poster": "0:01"},
        exercises="clam",
        chapter_at=["0:02", "0:00.5", ""],
        chapter_title=["Other side", 'Say "hello"', ""],
        alt="A knee opens.",
    )
    assert answer.status == 303, answer.text
    text = page_of(client)
    assert "exercises: [clam]\n" in text
    assert "trim: {from: 0.5 s, to: 2.5 s}\n" in text
    assert "poster: 1 s\n" in text
    assert 'alt: "A knee opens."\n' in text
    library = client.studio.now().library
    assert library is not None
    assert client.studio.now().report.errors == []
    page = library.pages["video", "hip-circles"]
    assert [(c.at_s, c.title) for c in page.chapters] == [(0.5, 'Say "hello"'), (2.0, "Other side")]  # type: ignore[attr-defined]
    assert library.films["hip-circles"].captions == {"en": "videos/hip-circles.en.vtt"}


def test_who_goes_to_the_captions_in_the_middle_of_a_film_loses_nothing_that_was_typed(
    client: Client, film_bytes: bytes
) -> None:
    address = sent(client, film_bytes)
    answer = client.send(address, title="Half a title", tags="strength", date="", action="captions")
    assert (answer.status, answer.headers["location"]) == (303, f"{address}/captions?said=film")
    back = client.ask("GET", address).text
    assert 'value="Half a title"' in back
    assert 'value="strength"' in back
    answer = client.send(address, title="Half", date="yesterdayish", action="captions")
    assert answer.status == 422  # what cannot be kept is said here, and is still in its field
    assert "yesterdayish" in answer.text


def test_captions_are_in_the_language_of_the_site_until_somebody_says_another(
    client: Client, film_bytes: bytes
) -> None:
    settings = client.studio.project / "mkdocs.yml"
    welsh = settings.read_text("utf-8").replace("theme:\n", "theme:\n  language: cy\n")
    assert "language: cy" in welsh
    settings.write_text(welsh, "utf-8")
    address = sent(client, film_bytes)
    assert '<option value="cy" selected>' in client.ask("GET", f"{address}/captions").text
    subrip = b"1\n00:00:00,500 --> 00:00:01,500\nAgorwch y pen-glin.\n"
    assert client.ask("PUT", f"{address}/captions", subrip).status == 204
    (arrival,) = client.studio.arrivals.all()
    assert arrival.captions == "cy"


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("title", "", "needs a title"),
        ("title", "…", "no letters that a file name can use"),
        ("title", "Hip " * 31, "have room for 120"),
        ("title", "Index", "made automatically"),
        ("tags", "", "At least one tag"),
        ("tags", "strenght", "did you mean"),
        ("date", "2026-02-30", "no day 2026-02-30"),
        ("date", "2020-01-01", "That day is past: choose today or a day to come"),
        ("from", "early", "like 1:05"),
        ("to", "0:00", "after the beginning"),
        ("from", "0:10", "The film ends at 0:03; the part to show must begin before that"),
        ("to", "0:10", "The film ends at 0:03; choose a time up to then"),
        ("poster", "0:10", "The film ends at 0:03; choose a moment"),
        ("exercises", "clamm", "no exercise"),
        ("chapter_at", "1:05", "a title"),
    ],
)
def test_what_cannot_be_used_is_said_at_its_field_and_nothing_typed_is_lost(
    client: Client, film_bytes: bytes, field: str, typed: str, words: str
) -> None:
    address = sent(client, film_bytes)
    before = sorted((client.studio.project / "videos").iterdir())
    answer = publish(client, address, **{"alt": "What I typed before.", field: typed})
    assert answer.status == 422
    assert words.casefold() in answer.text.casefold()
    assert "What I typed before." in answer.text
    assert sorted((client.studio.project / "videos").iterdir()) == before
    assert client.ask("GET", address).status == 200


def test_a_part_kept_before_the_film_was_here_is_held_against_its_length(
    client: Client, film_bytes: bytes
) -> None:
    begun = json.loads(client.send("/uploads", name="hip.mp4", size=str(len(film_bytes))).text)
    kept = publish(client, begun["address"], **{"from": "0:10", "to": "0:20"}, action="keep")
    assert kept.status == 303
    client.ask("PUT", f"/uploads/{begun['id']}?offset=0", film_bytes)
    answer = client.send(begun["address"], title="Hip circles", tags="Strength", action="publish")
    assert answer.status == 422
    assert "The film ends at 0:03; the part to show must begin before that" in answer.text
    assert not (client.studio.project / "videos/hip-circles.md").exists()
    assert publish(client, begun["address"], **{"from": "0:01", "to": ""}).status == 303
    assert "a film of 0:02" in page_of(client)


def test_a_film_named_like_a_page_harms_neither(client: Client, film_bytes: bytes) -> None:
    write(client.studio.project / "videos/hip-circles.md", "my own words\n")
    answer = publish(client, sent(client, film_bytes))
    assert answer.status == 422
    assert "already exists" in answer.text
    assert page_of(client) == "my own words\n"
    assert len(client.studio.arrivals.all()) == 1


def test_a_film_that_has_its_page_by_now_is_said_to_a_second_window(
    client: Client, film_bytes: bytes
) -> None:
    address = sent(client, film_bytes)
    assert publish(client, address).status == 303
    for answer in (client.ask("GET", address), publish(client, address, title="Another title")):
        assert answer.status == 404
        assert "it has one by now, perhaps written in another window" in answer.text
    assert not (client.studio.project / "videos/another-title.md").exists()


def test_a_page_that_waits_for_its_film_gets_it(client: Client, film_bytes: bytes) -> None:
    (path,) = write_page(client.studio.project, "video", "Hip circles", dt.date(2026, 1, 5))
    assert publish(client, sent(client, film_bytes)).status == 303
    assert (client.studio.project / "videos/hip-circles.mp4").is_file()
    assert "draft:" not in (client.studio.project / path).read_text("utf-8")
    assert "Strength" in page_of(client)


def test_what_waits_for_its_day_is_no_fault_of_the_week(client: Client) -> None:
    day = client.studio.now().at.date() + dt.timedelta(days=40)
    fields = (
        f"title: A later film\ndescription: A.\ndate: {day}\ntags: [stretch]\nsources: [practice]"
    )
    write(client.studio.project / "docs/articles/later.md", page(fields))
    week = client.ask("GET", "/").text
    assert "waits until" not in week
    assert f"After that: “A later film” on {day_words(day, client.studio.now().at.date())}." in week


def test_the_week_says_whose_numbers_nobody_has_checked(client: Client) -> None:
    file = client.studio.project / "docs/data/help.yml"
    text = file.read_text("utf-8")
    said = "Nobody has compared whom readers call"
    write(file, text.replace("checked: none", "checked: read"))
    assert said not in client.ask("GET", "/").text
    write(file, text.replace("checked: read", "checked: none"))
    week = client.ask("GET", "/").text
    assert said in week
    assert "Compare them, then write how far" in week
    (address,) = set(re.findall(r'<a href="([^"]+)">docs/data/help.yml</a>', week))
    assert client.ask("GET", address).status == 200


def test_html_in_a_title_is_words(client: Client, film_bytes: bytes) -> None:
    address = sent(client, film_bytes)
    hostile = '"><script>alert(1)</script> {{ 7*7 }}'
    assert client.send(address, title=hostile, action="keep").status == 303
    for path in (address, "/films/new"):
        text = client.ask("GET", path).text
        assert "<script>alert" not in text
        assert "&lt;script&gt;" in text
    assert publish(client, address, title=hostile).status == 303
    assert "<script>alert" not in client.ask("GET", "/").text


def test_signs_in_what_is_typed_are_words_on_every_screen(
    client: Client, film_bytes: bytes
) -> None:
    address = sent(client, film_bytes)
    typed = {"description": f"{SPITEFUL} shown.", "alt": f"{SPITEFUL} seen."}
    refused = publish(client, address, title="", tags=SPITEFUL, exercises=SPITEFUL, **typed)
    assert client.send(address, title="Hips", action="keep", **typed).status == 303
    shown = [refused.text, client.ask("GET", address).text]
    for text in shown:
        for name, words in typed.items():
            value = re.search(rf'name="{name}"[^>]*? value="([^"]*)"', text)
            assert value is not None
            assert html.unescape(value[1]) == words
    before = ("/", "/films/new", f"{address}/captions")
    shown += [client.ask("GET", path).text for path in before]
    answer = publish(client, address, title="Hips", **typed)
    assert answer.status == 303, answer.text
    library = client.studio.now().library
    assert library is not None
    page = library.pages["video", "hips"]
    assert (page.description, page.alt) == tuple(typed.values())  # type: ignore[attr-defined]
    write(client.studio.project / "videos/hips.en.draft.vtt", f"WEBVTT\n\n{SPITEFUL}\n")
    where = "path=videos/hips.md"
    after = (
        *("/", "/write?kind=video", f"/write?q={quote(SPITEFUL)}", f"/write/page?{where}"),
        *(f"/source?{where}", "/check?notes=yes", answer.headers["location"], "/settings"),
        "/drafts?path=videos/hips.en.draft.vtt",
    )
    shown += [client.ask("GET", path).text for path in after]
    shown.append(
        client.send("/write/typed", path="videos/hips.md", **{"field.title": SPITEFUL}).text
    )
    for text in shown:
        assert text.lstrip().startswith("<!doctype html>")
        assert "<b data-evil" not in text
        assert "data-evil='1'" not in text


def test_a_film_that_was_cut_off_is_said_to_be_broken(client: Client, film_bytes: bytes) -> None:
    with working(client.studio):
        address = sent(client, film_bytes[:20_000])
        ends = time.monotonic() + HANGS_S
        while not (film := client.studio.arrivals.all()[0]).problem:
            assert time.monotonic() < ends
            time.sleep(0.05)
    text = client.ask("GET", address).text
    assert 'role="alert"' in text
    assert film.made == ""
    assert publish(client, address).status == 422
    assert not (client.studio.project / "videos/hip-circles.md").exists()


def test_signs_in_a_title_are_words_in_the_sentence_made_of_it(
    client: Client, film_bytes: bytes
) -> None:
    address = sent(client, film_bytes)
    title = "Evil <b>hips</b> *now* [x](y)"
    assert publish(client, address, title=title).status == 303
    text = page_of(client, "evil-b-hips-b-now-x-y")
    assert f'description: "{title}, shown' in text
    assert "\nEvil \\<b>hips\\</b> \\*now\\* \\[x\\](y), shown in a film" in text


def test_a_page_of_another_language_gets_no_english_sentences(
    client: Client, film_bytes: bytes
) -> None:
    settings = client.studio.project / "mkdocs.yml"
    write(settings, settings.read_text("utf-8").replace("theme:\n", "theme:\n  language: cy\n"))
    address = sent(client, film_bytes)
    assert publish(client, address, title="Cylchoedd").status == 303
    text = page_of(client, "cylchoedd")
    assert re.search(r'description: "?Cylchoedd \(0:0\d\)\."?\n', text), text
    assert re.search(r'alt: "?Cylchoedd\."?\n', text), text
    assert "film" not in text.partition("---\n")[2].partition("---\n")[2]


def test_a_film_still_on_its_way_is_not_published(client: Client) -> None:
    begun = json.loads(client.send("/uploads", name="hip.mov", size="1000").text)
    answer = publish(client, begun["address"])
    assert answer.status == 409
    assert "still on its way" in answer.text


def test_what_was_kept_is_there_again(client: Client, film_bytes: bytes) -> None:
    address = sent(client, film_bytes)
    client.send(
        address, title="Hip & circles", tags="strength", **{"from": "0:02.5"}, action="keep"
    )
    assert 'value="Hip &amp; circles"' in client.ask("GET", address).text
    # Kept once more by a page on which there is no player yet, the part to show stays.
    client.send(address, title="Hip circles", tags="strength", action="keep")
    (film,) = client.studio.arrivals.all()
    assert (film.title, film.tags, film.from_s) == ("Hip circles", ("strength",), 2.5)


def test_a_film_kept_for_later_appears_on_the_day_it_is_published(
    client: Client, film_bytes: bytes
) -> None:
    address = sent(client, film_bytes)
    library = client.studio.now().library
    assert library is not None
    today = library.today.isoformat()
    publish(client, address, date=today, action="keep")
    (film,) = client.studio.arrivals.all()
    assert film.date == ""
    client.studio.arrivals.change(film.id, date="2020-01-01")  # kept long ago
    assert f'value="{today}"' in client.ask("GET", address).text


def test_removing_a_film_takes_only_the_copy(client: Client, film_bytes: bytes) -> None:
    address = sent(client, film_bytes)
    assert client.send(f"{address}/remove").status == 303
    assert list(client.studio.arrivals.folder.iterdir()) == []


def test_captions_that_cannot_be_read_are_not_kept_and_not_lost(
    client: Client, film_bytes: bytes
) -> None:
    address = sent(client, film_bytes)
    wrong = "WEBVTT\n\n00:05.000 -> 00:01.000\nBackwards."
    answer = client.send(f"{address}/captions", text=wrong, lang="en")
    assert answer.status == 422
    assert "Backwards." in answer.text
    assert client.ask("GET", f"{address}/captions.vtt").status == 404
    subrip = b"1\n00:00:00,500 --> 00:00:01,500\nOpen the knee.\n"
    assert client.ask("PUT", f"{address}/captions", subrip).status == 204
    assert "Open the knee." in client.ask("GET", f"{address}/captions.vtt").text
    assert client.ask("PUT", f"{address}/captions", b"\xff\xfe\0").status == 422


def test_the_words_of_the_example_never_become_captions(client: Client, film_bytes: bytes) -> None:
    address = sent(client, film_bytes)
    shown = html.unescape(client.ask("GET", f"{address}/captions").text)
    (example,) = re.findall(r"<textarea[^>]*>\n?(.*?)</textarea>", shown, re.DOTALL)
    answer = client.send(f"{address}/captions", text=example, lang="en")
    assert answer.status == 422
    assert "only there to show how it is written" in answer.text
    assert client.ask("GET", f"{address}/captions.vtt").status == 404


def test_captions_that_go_on_after_the_end_of_the_film_are_kept_with_a_word(
    client: Client, film_bytes: bytes
) -> None:
    address = sent(client, film_bytes)
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nOpen.\n\n01:00.000 --> 01:04.000\nClose.\n"
    assert client.send(f"{address}/captions", text=text, lang="en").status == 303
    shown = client.ask("GET", f"{address}/captions").text
    assert "Words end at 64.0 s, but the film ends at 3.0 s." in shown
    fine = text.replace("01:00.000 --> 01:04.000", "00:02.000 --> 00:03.500")
    client.send(f"{address}/captions", text=fine, lang="en")
    assert "Words end at" not in client.ask("GET", f"{address}/captions").text


def test_a_picture_that_is_none_is_not_taken_as_a_poster(client: Client, film_bytes: bytes) -> None:
    address = sent(client, film_bytes)
    for data in (b"", b"GIF89a", b"\xff\xd8\xff" + b"x" * 100, b"<svg/>"):
        answer = client.ask("PUT", f"{address}/poster", data)
        assert answer.status == 422
        assert "picture" in answer.text


def test_a_film_is_played_and_chosen_from_while_it_is_encoded(
    client: Client, film_bytes: bytes
) -> None:
    with working(client.studio):
        address = sent(client, film_bytes)
        ends = time.monotonic() + HANGS_S
        while client.ask("GET", f"{address}/film.mp4").status != 200:
            assert time.monotonic() < ends
            time.sleep(0.2)
        part = client.ask("GET", f"{address}/film.mp4", Range="bytes=0-99")
        assert (part.status, len(part.body)) == (206, 100)
        for number in range(6):
            still = client.ask("GET", f"{address}/still?number={number}")
            assert still.headers["content-type"] == "image/jpeg"
            assert still.body.startswith(b"\xff\xd8")
        assert client.ask("GET", f"{address}/still?number=6").status == 404
        own = client.ask("GET", f"{address}/still?number=0").body
        assert client.ask("GET", f"{address}/still?at=0:01.4").body.startswith(b"\xff\xd8")
        assert client.ask("PUT", f"{address}/poster", own).status == 204
        assert publish(client, address).status == 303
        assert (client.studio.project / "videos/hip-circles.poster.jpg").read_bytes() == own


def test_what_is_no_film_is_said_on_its_page(client: Client) -> None:
    with working(client.studio):
        address = sent(client, b"not a film at all" * 100)
        ends = time.monotonic() + HANGS_S
        while "st-wrong" not in client.ask("GET", address).text:
            assert time.monotonic() < ends
            time.sleep(0.1)
        assert publish(client, address).status == 422
        assert "drop that here" in client.ask("GET", address).text
        week = client.ask("GET", "/").text
        assert "cannot be used: this is text" in week
        assert "<p>Nothing. Everything" not in week
        while any(not job.is_over for job in client.studio.jobs.since(0)):
            assert time.monotonic() < ends
            time.sleep(0.1)
        assert {job.state for job in client.studio.jobs.since(0)} == {"failed"}
