"""What readers of this site find: the right page for what they ask in their own words."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import pytest

from kinopress.content.model.library import Library
from support.asking import ask
from support.guide import ROOT
from support.own_project import own_library

sys.path.append(str(ROOT / "benchmarks"))

from queries import Query, Shown, judge, read_queries
from titles import address


def _answers(library: Library, queries: list[Query], folder: Path) -> list[Shown]:
    found = ask(library, [query.words for query in queries], folder)
    return [Shown([f"{page}/" for page in pages]) for pages in found]


@pytest.mark.parametrize(
    ("name", "first_least", "among_five_least"),
    [
        ("queries_dev.tsv", 0.88, 0.98),
        ("pages_dev.tsv", 0.85, 0.95),
        ("pages_told.tsv", 0.82, 0.92),
    ],
)
def test_what_readers_ask_in_their_own_words_is_found(
    name: str, first_least: float, among_five_least: float, tmp_path: Path
) -> None:
    library = own_library()
    queries = read_queries(ROOT / "tests" / "this_site" / name)
    assert len(queries) > 80
    quality = judge(queries, _answers(library, queries, tmp_path))
    assert quality.hit_1 >= first_least
    assert quality.hit_5 >= among_five_least
    assert quality.false_hits == 0


COME = ["appointment", "book an appointment", "price", "how much does it cost", "booking"]


DENIED = {
    "no back pain but calf hurts": ("symptoms/calf-tightness", "back"),
    "calf hurts not knee": ("symptoms/calf-tightness", "knee"),
    "not my hamstring its my calf": ("muscles/calf", "hamstring"),
    "isnt my back its my bum": ("muscles/glutes", "lower-back"),
}
"""What is asked, what comes first, and what none of the first five is about."""

ALL_OF_A_KIND = {
    "plans": "plans/",
    "hip plan": "plans/",
    "beginners plan strength": "plans/",
    "plan for beginners": "plans/",
    "videos": "videos/",
    "articles": "articles/",
    "symptoms": "symptoms/",
}
FIRST = {
    "knee hurts going downstairs": "symptoms/front-knee-pain",
    "arthritis knee": "symptoms/front-knee-pain",
    "childs pose": "exercises/cat-camel",
    "not flexible": "symptoms/limited-forward-bend",
    "jen coppock": "pages/about",
    "the coach": "pages/about",
    "glutes not firing": "techniques/activation",
    "bad knee": "symptoms/front-knee-pain",
    "exercises for bad ankles": "symptoms/ankle-sprain",
    "physio": "pages/when-to-get-help",
    "near me": "pages/when-to-get-help",
    "planta fasitis": "muscles/plantar-fascia",
    "planta fascitis": "muscles/plantar-fascia",
    "my bak hurts": "symptoms/lower-back-ache",
    "pain top of foot": "muscles/ankle-joint",
    "shoes": "articles/questions",
    "how long till i can run": "articles/return-to-running",
    "i cant run anymore": "articles/return-to-running",
    "what can i do instead of running": "techniques/load-management",
    "i cant run what else": "techniques/load-management",
    "coming back after 6 weeks off": "articles/return-to-running",
    "6 weeks off": "articles/return-to-running",
    "had a month off running": "articles/return-to-running",
    "no kit": "exercises/glute-bridge",
    "exercises without equipment": "exercises/glute-bridge",
    "knee clicks": "symptoms/front-knee-pain",
    "ankle clicks": "symptoms/ankle-stiffness",
    "groin ache after football": "symptoms/groin-pain",
    "pain keeps coming back in my calf": "symptoms/calf-tightness",
    "after baby running plan": "articles/after-childbirth",
    "plan for knees": "symptoms/front-knee-pain",
    "top of foot pain": "muscles/ankle-joint",
    "black toenail": "articles/when-to-stop",
    "i get back pain": "symptoms/lower-back-ache",
    "do you get back pain from running": "symptoms/lower-back-ache",
    "i keep getting back spasms": "symptoms/lower-back-one-side",
    "getting back ache": "symptoms/lower-back-ache",
    "how do i get back into running after a break": "articles/return-to-running",
    "5k": "muscles/calf",
}

BY_CHANCE = {
    "coming back after 6 weeks off": "exercises/",
    "6 weeks off": "exercises/",
    "what can i do instead": "exercises/",
    "met": "symptoms/numb-foot",
}
"""What is asked, and what holds a word of it only in a dose, in a sentence or at its beginning."""

SITTING = ["bum hurts when I sit", "hurts to sit", "painful driving"]


NEARBY = [
    "physio near llangollen",
    "physio near me",
    "osteopath in Wrexham",
    "find a coach locally",
]
TOLD = {
    "my physio told me to do clams": "exercises/clam",
    "osteopath says weak glutes": "symptoms/weak-glutes",
}


MISTYPED = ["tite hammys", "tite hamstrings"]
# Each is one slip away from a word of the site: a dancer, a lever, an injection, glutes, single, a day.
FEARED = [
    "is it cancer",
    "cancer",
    "fever",
    "infection",
    "infected",
    "gout",
    "shingles",
    "am i dying",
]
FEARED += ["tumour", "liver", "rash", "clot"]
BACK = {
    "back pain": "symptoms/lower-back-ache",
    "backache": "symptoms/lower-back-ache",
    "back pain on one side": "symptoms/lower-back-one-side",
}
ELSEWHERE = [
    "neck pain",
    "wrist hurts",
    "shoulder pain",
    "elbow pain when swimming",
    "poo before run",
]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What is found for each of these, asked all at once: Node and the index are started with once."""
    asked = [
        *COME,
        *NEARBY,
        *TOLD,
        *SITTING,
        *DENIED,
        *ALL_OF_A_KIND,
        *FIRST,
        *BY_CHANCE,
        *MISTYPED,
        *ELSEWHERE,
        *FEARED,
        *BACK,
    ]
    asked += ["ball release for the buttock"]
    answers = ask(own_library(), asked, tmp_path_factory.mktemp("found"))
    return dict(zip(asked, answers, strict=True))


@pytest.mark.parametrize("words", COME)
def test_who_wants_to_come_finds_the_coach(words: str, found: dict[str, list[str]]) -> None:
    assert set(found[words][:2]) == {"pages/contact", "pages/assessment"}


@pytest.mark.parametrize("words", NEARBY)
def test_who_looks_for_somebody_nearby_finds_whom_to_see(
    words: str, found: dict[str, list[str]]
) -> None:
    assert found[words][:3] == ["pages/when-to-get-help", "pages/contact", "pages/assessment"]


@pytest.mark.parametrize("words", TOLD)
def test_who_only_tells_of_a_physiotherapist_does_not_look_for_one(
    words: str, found: dict[str, list[str]]
) -> None:
    assert found[words][0] == TOLD[words]


@pytest.mark.parametrize("words", MISTYPED)
def test_tite_is_tight(words: str, found: dict[str, list[str]]) -> None:
    assert found[words][0] == "symptoms/tight-hamstrings"


@pytest.mark.parametrize("words", ELSEWHERE)
def test_for_a_part_of_the_body_that_the_site_is_not_about_nothing_is_found(
    words: str, found: dict[str, list[str]]
) -> None:
    assert found[words] == []


@pytest.mark.parametrize("words", FEARED)
def test_what_somebody_fears_leads_to_help_and_to_no_word_spelt_like_it(
    words: str, found: dict[str, list[str]]
) -> None:
    assert found[words] == ["pages/when-to-get-help"]


@pytest.mark.parametrize("words", BACK)
def test_back_pain_is_that_of_one_side_only_where_it_says_so(
    words: str, found: dict[str, list[str]]
) -> None:
    assert found[words][0] == BACK[words]


@pytest.mark.parametrize("words", SITTING)
def test_what_a_symptom_leaves_out_is_offered_for_it_by_no_rank(
    words: str, found: dict[str, list[str]]
) -> None:
    assert "symptoms/pain-on-sitting" in found[words]
    assert "exercises/glute-ball-release" not in found[words]
    # Whoever asks for it by its name finds it.
    assert found["ball release for the buttock"][0] == "exercises/glute-ball-release"


def test_the_sets_of_queries_name_pages_that_are_there() -> None:
    library = own_library()
    pages = {f"{address(page)}/" for page in library.pages.values()}
    for name in ("queries_dev.tsv", "pages_dev.tsv", "pages_told.tsv"):
        with (ROOT / "tests" / "this_site" / name).open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
        assert len({row["query"] for row in rows}) == len(rows)
        for query in read_queries(ROOT / "tests" / "this_site" / name):
            assert set(query.grades) <= pages, query.words


@pytest.mark.parametrize("words", DENIED)
def test_what_is_denied_is_not_looked_for(words: str, found: dict[str, list[str]]) -> None:
    first, other = DENIED[words]
    assert found[words][0] == first
    assert [page for page in found[words][:5] if other in page] == []


@pytest.mark.parametrize("words", ALL_OF_A_KIND)
def test_who_asks_for_a_kind_gets_it_first(words: str, found: dict[str, list[str]]) -> None:
    assert found[words][0].startswith(ALL_OF_A_KIND[words])


@pytest.mark.parametrize("words", BY_CHANCE)
def test_a_dose_or_a_sentence_that_holds_a_word_leads_nowhere(
    words: str, found: dict[str, list[str]]
) -> None:
    assert not [page for page in found[words][:3] if page.startswith(BY_CHANCE[words])]
    assert BY_CHANCE[words] not in found[words]


@pytest.mark.parametrize("words", FIRST)
def test_what_lay_readers_type_leads_there_first(words: str, found: dict[str, list[str]]) -> None:
    assert found[words][0] == FIRST[words]
