"""The search index: small, the same every time, and true to the pages."""

from __future__ import annotations

import json
import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kinopress.content.read import read_library
from kinopress.finder import packing as coding
from kinopress.finder import stems as normal
from kinopress.finder.film_facts import FilmFacts
from kinopress.finder.index import (
    build_facets,
    build_index,
    build_more,
)
from kinopress.finder.packing import LINE
from kinopress.finder.signs.index import build_signs
from kinopress.finder.stems import content_stems, phrase_stems, stem, stems, words
from kinopress.finder.typos import distance, forgiven
from support.finder_project import finder_project
from support.projects import page, small_project, write

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden" / "finder"


def test_words_lead_to_the_stems_that_the_browser_uses_too() -> None:
    # web/test/normal.test.ts reads the same file.
    lines = (GOLDEN / "stems.txt").read_text("utf-8").splitlines()
    assert len(lines) > 100
    assert [
        f"{word} {stem(word)}" for word, _, _ in (line.partition(" ") for line in lines)
    ] == lines


def test_the_browser_leaves_out_the_same_words_and_knows_the_same_odd_forms() -> None:
    script = (ROOT / "web" / "src" / "finder" / "normal.ts").read_text("utf-8")
    lists = dict(re.findall(r"const (\w+) = new Set\(\s*`(.*?)`", script, re.DOTALL))
    assert {name: frozenset(text.split()) for name, text in lists.items()} == {
        "STOP": normal.STOP,
        "FILLERS": normal.FILLERS,
    }
    forms = script.partition("const IRREGULAR")[2].partition("};")[0]
    assert dict(re.findall(r"^  (\w+): \"(\w+)\",$", forms, re.MULTILINE)) == normal.IRREGULAR


def test_the_index_says_which_exercises_a_symptom_limits_and_to_what(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    front = (
        "title: Sore\ndescription: It is sore.\nregions: [buttock]\nsuspects: [piriformis]\n"
        "red_flags: [not-settling]\nsources: [practice]\nstart_with:\n"
        "  - {exercise: clam, when: Gently., dosage: {sets: 1, reps: 5}}\n"
        "  - {exercise: reach, when: From the second week., later: true}\n"
        "  - {exercise: bend, when: If it only pulls.}\n"
    )
    write(project / "docs/symptoms/sore.md", page(front))
    for slug in ("reach", "bend"):
        write(
            project / f"exercises/{slug}.md",
            page(
                f"title: {slug.capitalize()}\ndescription: A move.\ntags: [stretch]\nlevel: easy\n"
                "position: standing\ndosage: {sets: 2, reps: 8}\n"
                "steps:\n  - step: Move.\nsources: [practice]"
            ),
        )
    library, report = read_library(project)
    assert [str(p) for p in report.errors] == []
    file = json.loads(build_index(library, {}))
    titles = file["titles"].split(LINE)
    line = file["limits"].split(LINE)[titles.index("Sore")]
    found = dict(entry.partition(" ")[::2] for entry in line.split(";"))
    assert found == {
        str(titles.index("Clam")): "1 × 5",
        f"{titles.index('Reach')}!": "",  # nothing for the first day
        str(titles.index("Bend")): "",  # at most the usual one
    }
    assert file["doses"].split(LINE)[titles.index("Bend")] == "2 × 8"
    assert file["doses"].split(LINE)[titles.index("Reach")] == "2 × 8"


def test_a_small_project_gives_the_golden_index_and_again_the_same(tmp_path: Path) -> None:
    # The unit tests in web/test search in this very file.
    library, report = read_library(finder_project(tmp_path))
    assert [str(p) for p in report.errors] == []
    made = build_index(library, {})
    shown = json.dumps(json.loads(made), ensure_ascii=False, indent=1) + "\n"
    assert shown == (GOLDEN / "index.json").read_text("utf-8")
    more = json.dumps(json.loads(build_more(library)), ensure_ascii=False, indent=1) + "\n"
    assert more == (GOLDEN / "more.json").read_text("utf-8")
    assert build_facets(library).decode() == (GOLDEN / "facets.json").read_text("utf-8")
    rules = json.dumps(json.loads(build_signs(library)), ensure_ascii=False, indent=1) + "\n"
    assert rules == (GOLDEN / "signs.json").read_text("utf-8")
    again, _ = read_library(tmp_path)
    assert build_index(again, {}) == made


def test_a_film_is_known_with_its_length_and_poster(tmp_path: Path) -> None:
    project = finder_project(tmp_path)
    film = "---\ntitle: Bridge, filmed\ndescription: A film.\nexercises: [bridge]\n---\n"
    (project / "videos").mkdir(exist_ok=True)
    (project / "videos" / "bridge.md").write_text(film, "utf-8")
    library, _ = read_library(project)
    index = json.loads(build_index(library, {"bridge": FilmFacts(29.6, "media/1/poster.webp")}))
    titles, films = index["titles"].split(LINE), index["films"].split(LINE)
    shown = {title: film for title, film in zip(titles, films, strict=False) if film}
    assert shown == {
        "Glute bridge": "30 media/1/poster.webp",
        "Bridge, filmed": "30 media/1/poster.webp",
    }


def test_an_exercise_without_a_film_has_its_drawing(tmp_path: Path) -> None:
    library, _ = read_library(finder_project(tmp_path))
    index = json.loads(build_index(library, {}, {"bridge"}))
    titles, films = index["titles"].split(LINE), index["films"].split(LINE)
    shown = {title: film for title, film in zip(titles, films, strict=False) if film}
    assert shown == {"Glute bridge": "0"}


def test_a_draft_and_a_page_of_the_future_are_not_found(tmp_path: Path) -> None:
    project = finder_project(tmp_path)
    bridge = project / "exercises" / "bridge.md"
    bridge.write_text(bridge.read_text("utf-8").replace("level:", "draft: true\nlevel:"), "utf-8")
    library, _ = read_library(project)
    assert "Glute bridge" not in build_index(library, {}).decode()


def test_a_misspelling_travels_in_the_second_file_unless_it_is_forgiven(tmp_path: Path) -> None:
    library, _ = read_library(finder_project(tmp_path))
    vocabulary = decoded_words(json.loads(build_index(library, {}))["words"])
    assert "popliteus" in vocabulary
    assert not {"poplitius", "pop", "litti"} & set(vocabulary)
    names = json.loads(build_more(library))["names"]
    assert not [line for line in names if "poplitius" in line]
    assert [line for line in names if line.startswith("pop litty us=")]


def test_slips_are_forgiven_as_the_browser_forgives_them() -> None:
    lines = (GOLDEN / "slips.txt").read_text("utf-8").splitlines()
    made = []
    for line in lines:
        typed, _, meant = line.split()
        made.append(f"{typed} {'leads to' if forgiven(typed, meant) else 'is not'} {meant}")
    assert made == [line.replace(" = ", " leads to ").replace(" / ", " is not ") for line in lines]


def test_what_changes_nothing_in_a_phrase_is_left_out() -> None:
    assert phrase_stems("back of my left knee") == ["back", "kne"]
    assert phrase_stems("I cannot wee") == phrase_stems("cant pee")
    assert phrase_stems("saddle area") == ["saddl", "area"]
    assert phrase_stems("both legs") == ["both", "leg"]


def test_a_lay_sentence_keeps_what_says_something() -> None:
    assert content_stems("I can't get my knee to my toes!") == ["kne", "toe"]
    assert content_stems("is it me") == ["is", "it", "me"]  # nothing else is there
    assert words("Müller’s  hip—hüft") == ["mullers", "hip", "huft"]


@given(st.lists(st.integers(0, 10_000)))
def test_numbers_come_back(values: list[int]) -> None:
    assert decoded(coding.numbers(values)) == values


@given(
    st.lists(st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=12), unique=True)
)
def test_words_come_back_in_whatever_order(given_words: list[str]) -> None:
    assert decoded_words(coding.front_coded(given_words)) == given_words


@given(st.text(max_size=200))
def test_any_text_has_words_and_stems(text: str) -> None:
    assert all(word.isascii() and word.isalnum() for word in stems(text))
    assert len(stems(text)) == len(words(text))


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_slips_are_counted_the_same_both_ways(a: str, b: str) -> None:
    assert distance(a, b) == distance(b, a) >= abs(len(a) - len(b))
    assert (distance(a, b) == 0) == (a == b)


def decoded(text: str) -> list[int]:
    """As web/src/finder/coding.ts reads it."""
    found, value, scale = [], 0, 1
    for letter in map(coding.ALPHABET.index, text):
        value += letter * scale
        scale *= 20
        if letter < 61:
            found.append(value)
            value, scale = 0, 1
    return found


def decoded_words(text: str) -> list[str]:
    found: list[str] = []
    for letter in text:
        if letter.isupper():
            found.append((found[-1] if found else "")[: ord(letter) - ord("A")])
        else:
            found[-1] += letter
    return found
