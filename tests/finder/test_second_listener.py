"""The second listener on a small site: rules first, and of what was learnt only what is clear."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from kinopress.content.data.sign_weights import SIGN_WEIGHTS, digest_of
from kinopress.content.model.shared import SignWeights
from kinopress.content.read import read_library
from kinopress.finder.signs.index import build_signs
from support.finder_project import finder_project
from support.projects import write

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
import flags
import listen

WEIGHTS = """\
of: "a digest"
holds: "HOLDS"
base: -14
danger: |
  11 crush
  11 anvil
  5 anvil on
  8 lopsid
  -9 warm
  7 0 wobbl
signs: |
  clot -6 lopsid 7 anvil 3
  cauda-equina -6 limpet 12
  frail -6 0 6 wobbl 4
  heart -6 anvil 9 crush 7
  unheard-of -2 anvil 20
"""


HOLDS = digest_of(
    SignWeights(
        "a digest",
        -14,
        {"crush": 11, "anvil": 11, "anvil on": 5, "lopsid": 8, "warm": -9, "0 wobbl": 7},
        {
            "clot": (-6, {"lopsid": 7, "anvil": 3}),
            "cauda-equina": (-6, {"limpet": 12}),
            "frail": (-6, {"0": 6, "wobbl": 4}),
            "heart": (-6, {"anvil": 9, "crush": 7}),
            "unheard-of": (-2, {"anvil": 20}),
        },
    )
)
WEIGHTS = WEIGHTS.replace("HOLDS", HOLDS)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    project = finder_project(tmp_path)
    write(project / SIGN_WEIGHTS, WEIGHTS)
    return project


def hear(project: Path, *words: str) -> dict[str, flags.Heard]:
    library, _ = read_library(project)
    wordings = [flags.Wording(one, (), "made") for one in words]
    return dict(zip(words, flags.hear(flags.files(library), wordings), strict=True))


def test_what_is_clear_is_warned_of_and_what_is_likely_asked_about(project: Path) -> None:
    clear, likely, little = "an anvil on my ribs crushing me", "lopsided walk", "a crushing walk"
    unclear = "anvils on a lopsided crush 7 wobbles"
    heard = hear(project, clear, likely, little, unclear)
    assert heard[clear].keys == ("heart",)
    assert (heard[likely].keys, heard[likely].is_near) == ((), False)  # -14 + 8
    assert (heard[little].keys, heard[little].is_near) == ((), False)
    assert heard[unclear].keys == ("heart",)
    both = "crushing and lopsided"  # 5 above, which asks; of each sign 1
    found = hear(project, both)[both]
    assert (found.keys, found.is_near, found.likely) == ((), True, ("clot", "heart"))


def test_a_long_story_takes_more_to_be_warned_of(project: Path) -> None:
    words = "an anvil on my ribs crushing me"
    told = f"{words} while we were out with the dog and the kids and had cake after that"
    heard = hear(project, told)[told]
    assert (heard.keys, heard.is_near, heard.likely[:1]) == ((), True, ("heart",))


def test_a_rule_decides_alone_and_each_word_counts_once(project: Path) -> None:
    rule = "weeks and not getting better, an anvil on it crushing me"
    repeated = "lopsided lopsided lopsided"
    heard = hear(project, rule, repeated)
    assert heard[rule].keys == ("not-settling",)
    assert (heard[repeated].keys, heard[repeated].is_near) == ((), False)


def test_numbers_are_one_word_and_slips_are_put_right_as_for_the_rules(project: Path) -> None:
    heard = hear(project, "81 wobbles anvil", "wobbles 81 anvil")
    assert [(one.is_near, one.likely[:1]) for one in heard.values()] == [
        (True, ("frail",)),  # -14 + 11 + 7: side by side in that order
        (False, ()),
    ]


def test_words_of_one_sign_alone_are_asked_about_unless_they_are_surely_harmless(
    project: Path,
) -> None:
    heard = hear(project, "a limpet walk", "a warm limpet walk")
    assert [one.likely for one in heard.values()] == [("cauda-equina",), ()]
    assert [one.is_near for one in heard.values()] == [True, False]


@pytest.mark.parametrize(("base", "likely"), [(-14, ("clot", "heart")), (-15, ("clot",))])
def test_the_less_danger_the_fewer_signs_are_asked_about(
    project: Path, base: int, likely: tuple[str, ...]
) -> None:
    danger = {"crush": 11, "lopsid": 8}
    weights = SignWeights(
        "-", base, danger, {"clot": (-6, {"lopsid": 7}), "heart": (-6, {"crush": 3})}
    )
    write(project / SIGN_WEIGHTS, listen.written(weights, [], listen.dt.date(2026, 1, 2)))
    words = "crushing and lopsided"  # 5 or 4 of danger; one sign is 4 behind the other
    assert hear(project, words)[words].likely == likely


def test_a_long_story_that_merely_comes_near_a_sign_is_passed_over_sooner(project: Path) -> None:
    near = "fingers numb after the race"
    weights = SignWeights("-", -7, {"crush": 11}, {"clot": (-20, {})})
    write(project / SIGN_WEIGHTS, listen.written(weights, [], listen.dt.date(2026, 1, 2)))
    told = f"{near} and then we had cake with the kids and went home by bus and watched a film"
    heard = hear(project, near, told)
    assert [one.is_near for one in heard.values()] == [True, False]


def test_without_the_file_the_rules_are_all_there_is(project: Path) -> None:
    (project / SIGN_WEIGHTS).unlink()
    library, problems = read_library(project)
    assert [one for one in problems if one.path == SIGN_WEIGHTS] == []
    assert "listener" not in json.loads(build_signs(library))
    words = "an anvil on my ribs crushing me"
    assert hear(project, words)[words].keys == ()


@pytest.mark.parametrize(
    ("was", "now", "line", "field"),
    [
        ("  11 crush", "  nine crush", 5, "danger"),
        ("  11 crush", "  32 crush", 5, "danger"),
        ("  11 crush", "  11 crush it all", 5, "danger"),
        ("  11 crush\n", "  11 crush\n  11 crush\n", 6, "danger"),
        ("base: -14", "base: low", 3, "base"),
        ("lopsid 7 anvil 3", "lopsid 7 anvil", 12, "signs"),
        ("lopsid 7 anvil 3", "lopsid 7 anvil 33", 12, "signs"),
        ("  11 crush", "  1 crush", 2, "holds"),
        ("  11 crush\n", "", 2, "holds"),
        ("  heart -6 anvil 9 crush 7\n  unheard-of -2 anvil 20\n", "", 2, "holds"),
        ("lopsid 7 anvil 3", "lopsid 7", 2, "holds"),
        # Cut short, emptied, or something else: nobody is asked to write a line of it by hand.
        (WEIGHTS, "", 1, "of"),
        (WEIGHTS, "# nothing\n", 1, "of"),
        (WEIGHTS, "- a list\n", 1, "of"),
        (WEIGHTS, "{{{\n", 1, "of"),
        (WEIGHTS, WEIGHTS.partition("danger:")[0], 1, "danger"),
        (WEIGHTS, WEIGHTS.partition("signs:")[0], 1, "signs"),
    ],
)
def test_a_damaged_file_is_said_once_with_its_line_and_what_to_do(
    project: Path, was: str, now: str, line: int, field: str
) -> None:
    write(project / SIGN_WEIGHTS, WEIGHTS.replace(was, now))
    library, problems = read_library(project)
    (problem,) = [one for one in problems if one.path == SIGN_WEIGHTS]
    assert (problem.line, problem.code, problem.field) == (line, "weights-form", field)
    assert "benchmarks/listen.py" in problem.hint
    assert "delete the file" in problem.hint
    assert library.shared.sign_weights is None


def test_what_is_written_is_what_is_read_again(project: Path) -> None:
    library, _ = read_library(project)
    weights = library.shared.sign_weights
    assert weights is not None
    lessons = [listen.Lesson("an anvil", ("an", "anvil"), ("heart",))]
    write(project / SIGN_WEIGHTS, listen.written(weights, lessons, listen.dt.date(2026, 1, 2)))
    again, problems = read_library(project)
    assert [one for one in problems if one.path == SIGN_WEIGHTS] == []
    assert again.shared.sign_weights == weights


def test_what_tells_danger_apart_is_learnt_and_what_does_not_is_not() -> None:
    dangers = [
        ("anvil", "on", "chest"),
        ("anvil", "on", "rib"),
        ("anvil", "fell"),
        ("chest", "anvil"),
    ]
    harmless = [("run", "on", "grass"), ("run", "rib"), ("chest", "stretch"), ("run", "fell")]
    lessons = [listen.Lesson(" ".join(w), w, ("heart",)) for w in dangers * 5]
    lessons += [listen.Lesson(" ".join(w), w, ()) for w in harmless * 5]
    weights = listen.learnt(lessons)
    assert weights == listen.learnt(lessons)
    most, least = (pick(weights.danger, key=weights.danger.__getitem__) for pick in (max, min))
    assert (most, least) == ("anvil", "run")
    assert weights.danger["anvil on"] > 0
    assert {*weights.signs} == {"heart"}
