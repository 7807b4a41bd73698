"""What somebody with a symptom can begin with today: what its page names, or else a cautious choice. Pure."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from dataclasses import dataclass

from kinopress.content.model.dosage import Dosage
from kinopress.content.model.library import Library
from kinopress.content.model.pages import LEVELS, START_MAX, Exercise, Symptom, Technique
from kinopress.content.relations.ladders import Ladders, ladders_of
from kinopress.content.relations.related import exercises_for


@dataclass(frozen=True, slots=True)
class FirstExercise:
    """An exercise to begin with.

    Attributes:
        exercise: Its page.
        when: For whom, from when or how, all of it; empty where that is not said.
        dosage: How much of it with this symptom, where the symptom says so.
        later: Whether it is not for the first day.
        how: Of ``when`` what is said of the movement itself, where the symptom tells it apart.
    """

    exercise: Exercise
    when: str = ""
    dosage: Dosage | None = None
    later: bool = False
    how: str = ""

    @property
    def is_limited(self) -> bool:
        """Whether the exercise's own dose may be too much: the symptom has another, or its words ask for less.

        Any words may do that but those that only say for whom it is. What is not for the first day is limited too.
        """
        has_words = bool(self.when and not _FOR_WHOM.fullmatch(self.when))
        return self.later or self.dosage is not None or has_words

    @property
    def is_by_finding(self) -> bool:
        """Whether it depends on what somebody finds: that is what a page's checks are for."""
        return bool(_FINDING.match(self.when))

    @property
    def at_most(self) -> Dosage | None:
        """The exercise's own dose as the most of it, where the symptom limits it and says no other.

        ``None`` for what is not for the first day: on that day nothing of it is.
        """
        has_most = self.is_limited and not self.later and self.dosage is None
        if not has_most:
            return None
        if self.is_with_both_legs:
            return dataclasses.replace(self.exercise.dosage, per_side=False, one_side_first=False)
        return self.exercise.dosage

    @property
    def is_with_both_legs(self) -> bool:
        """Whether the words ask for both legs at once: then nobody changes sides."""
        return bool(_BOTH.search(self.when))

    @property
    def is_without_sides(self) -> bool:
        """Whether its own dose names no side, where the exercise has two: its steps still say to change sides.

        Words of how it is done may say which: "on both feet", "the sore leg". To name a leg in a condition says
        nothing of that.
        """
        is_one = self.dosage is not None and not self.dosage.per_side
        return is_one and self.exercise.dosage.per_side and not _NAMES_SIDE.search(self.how)

    @property
    def is_another_form(self) -> bool:
        """Whether the words ask for another form than the exercise's usual one, which is what its drawings show."""
        return bool(_FORM.search(self.when))

    @property
    def in_motion(self) -> str:
        """What is to be heeded while one moves: not for whom it is, how often, or after which other exercise.

        Where the symptom does not tell that apart, the sentences that ask for another form than the usual one: who
        is to stand on two legs must not find only the words for one.
        """
        said = re.split(r"(?<=[.!?]) +", self.when)
        return self.how or " ".join(sentence for sentence in said if _FORM.search(sentence))

    @property
    def is_with_both_in_place_of_one(self) -> bool:
        """Whether both legs do at once what its steps and drawings tell of one."""
        return self.is_with_both_legs and self.exercise.dosage.per_side


_FOR_WHOM = re.compile(r"(?!.*\b(?:only|not|mild)\b)(?:If|For|Unless) [^.,;:]+(?:, instead)?\.")
"""One sentence with nothing but a condition. Where that is in doubt, the words count as a limit."""
_FINDING = re.compile(r"(?:Only )?if\b", re.IGNORECASE)
_BOTH = re.compile(r"\b(?:on|with) (?:two|both) (?:legs|feet)\b(?! first)", re.IGNORECASE)
_NAMES_SIDE = re.compile(
    r"\b(?:both|two) (?:legs|feet|sides|knees|hips|heels|hands)\b"
    r"|\b(?:sor|weak|stiff|tight|strong|good|bett|wors|pain|affect|injur|left|right)\w*[ -]"
    r"(?:leg|foot|side|knee|hip|ankle|heel|calf|thigh|buttock|one)\b",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"\b(?:(?:two|both|bent|straight|flat) (?:legs|feet|knees|back|sides)|on your knees|small (?:range|lifts)|range"
    r"|heels|hips almost|cushion|towel|pillow|height|ribs|tail|back still|short of|before (?:the|it) \w+s?)\b",
    re.IGNORECASE,
)
"""How one stands, lies or how far one goes. Once too often only says that the drawings show the usual form."""


def first_exercises(library: Library, symptom: Symptom) -> list[FirstExercise]:
    """The exercises to begin with, at most :data:`START_MAX`, in the order in which they are shown.

    What the page names goes before any rule, even where it names none. Without that, of the exercises that
    carry the symptom as a tag:

    - nothing that uses only techniques to leave out, because the page says so;
    - nothing hard, because nobody has looked at the reader yet;
    - techniques in the page's own order, one exercise each, because two of a kind add little on the first day;
    - of each technique the easiest, then one that needs no equipment, because it can be done at once;
    - no exercise that is harder than another of them: that is for later.
    """
    if symptom.start_with is not None:
        found = [
            FirstExercise(exercise, start.words, start.dosage, start.later, start.how)
            for start in symptom.start_with
            if (exercise := library.get(Exercise, start.exercise)) is not None
        ]
        return found[:START_MAX]
    return [FirstExercise(exercise) for exercise in _chosen(library, symptom)]


def _chosen(library: Library, symptom: Symptom) -> list[Exercise]:
    avoided = Avoided(library, symptom)
    fit = [
        exercise
        for exercise in exercises_for(library, symptom)
        if exercise.level != LEVELS[-1] and exercise not in avoided
    ]
    fit.sort(key=lambda e: (LEVELS.index(e.level), bool(e.equipment), e.title.casefold()))
    ladders = ladders_of(library)
    chosen: list[Exercise] = []
    for technique in library.terms(symptom.techniques):
        tagged = {page.slug for page in library.tagged.get(technique.slug, ())}
        _add_first(chosen, (e for e in fit if e.slug in tagged), ladders)
    if not chosen:
        _add_first(chosen, fit, ladders)
    return chosen[:START_MAX]


def _add_first(chosen: list[Exercise], found: Iterable[Exercise], ladders: Ladders) -> None:
    """Add the first exercise that is neither there yet nor on one ladder with what is."""
    for exercise in found:
        beside = [other.slug for other in chosen]
        # By name: to compare two pages is to read all that both say.
        if exercise.slug not in beside and not any(
            ladders.is_harder(exercise.slug, slug) or ladders.is_harder(slug, exercise.slug)
            for slug in beside
        ):
            chosen.append(exercise)
            return


class Avoided:
    """What a symptom asks to leave out: for whoever asks it of one exercise after the other."""

    def __init__(self, library: Library, symptom: Symptom) -> None:
        family = library.vocabulary.family
        self._library = library
        self._named = {named.text for named in symptom.avoid}
        self._techniques = {
            term.slug for named in library.terms(symptom.avoid) for term in family(named)
        }

    def __contains__(self, exercise: Exercise) -> bool:
        """Whether an exercise is left out: by its file name, or every technique it uses."""
        if exercise.slug in self._named:
            return True
        if not self._techniques:
            return False
        used = {t.slug for t in self._library.terms(exercise.tags) if isinstance(t, Technique)}
        return bool(used) and used <= self._techniques


def is_avoided(library: Library, symptom: Symptom, exercise: Exercise) -> bool:
    """Whether a symptom asks to leave an exercise out."""
    return exercise in Avoided(library, symptom)
