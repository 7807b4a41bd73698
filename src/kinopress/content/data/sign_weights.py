"""What the search's second listener has learnt of danger: ``docs/data/sign_weights.yml``.

The rules for warning signs (:mod:`kinopress.content.data.sign_words`) know the words somebody thought of. The weights are
learnt from wordings as they are typed, and say of words nobody thought of how often they told of danger.
``web/src/finder/listener.ts`` adds them up.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from kinopress.codes import Code
from kinopress.content.forms import scalars as f
from kinopress.content.forms.form import Desk, Field, Form
from kinopress.content.model.nodes import Node, Text
from kinopress.content.model.shared import SignWeights
from kinopress.content.source.document import read_text
from kinopress.content.source.yaml.reader import parse_fields
from kinopress.patterns import lazily
from kinopress.problems import Problem, quoted

SIGN_WEIGHTS = "docs/data/sign_weights.yml"
WEIGHT_MOST = 31
"""A weight is at most so heavy, for danger or against it: it travels as one letter."""

_ANEW = (
    "restore the file from a backup, or copy it from a site that kinopress init begins (python benchmarks/listen.py learns"
    " it where that is), or delete the file: the search then goes by its rules alone"
)
_WEIGHT = lazily(r"-?\d{1,2}")
_OF_DANGER = lazily(r"(-?\d{1,2}) ((?:[a-z]+|0)(?: (?:[a-z]+|0))?)")
_OF_SIGN = lazily(r"([a-z][a-z0-9-]*) (-?\d{1,2})((?: (?:[a-z]+|0) -?\d{1,2})*)")

Line = tuple[int, str]


def _lines(node: Node, desk: Desk) -> tuple[Line, ...] | None:
    """The lines of a text, each with where it is in the file."""
    if f.any_text(node, desk) is None or not isinstance(node, Text):
        return None
    # The text begins below the line of its name.
    return tuple((node.line + at, line) for at, line in enumerate(node.text.splitlines(), 1))


FORM = Form(
    Field("of", f.any_text, "A digest of what it was learnt from.", "5b1f…", required=True),
    Field("holds", f.any_text, "A digest of what is below.", "9c02…", required=True),
    Field("base", f.any_text, "The weight before any word is said.", "-12", required=True),
    Field(
        "danger", _lines, "A weight and a word, or two side by side.", "7 both leg", required=True
    ),
    Field(
        "signs", _lines, "A sign, its weight, words and theirs.", "clot -9 calf 6", required=True
    ),
    what="the weights of the search",
)


def read_sign_weights(project: Path, problems: list[Problem]) -> SignWeights | None:
    """The weights; ``None`` where a project has none, or they cannot be read."""
    if not (project / SIGN_WEIGHTS).exists():
        return None
    text, found = read_text(project / SIGN_WEIGHTS, SIGN_WEIGHTS)
    problems += found
    if text is None:
        return None
    top, _ = parse_fields(text, SIGN_WEIGHTS)
    slips: list[Problem] = []
    values = (FORM.read(top, Desk(SIGN_WEIGHTS, slips)) if top is not None else None) or {}
    desk = Desk(SIGN_WEIGHTS, problems)
    lost = next((name for name in FORM.fields if name not in values), None)
    if top is None or lost is not None:
        # Nobody can add a line of it by hand, so no line is asked for.
        message = f"the file is empty, cut short or damaged: {quoted(lost or '')} is not in it"
        desk.at(lost or "").report(1, message, _ANEW, Code.WEIGHTS_FORM)
        return None
    problems += slips
    wrong: list[tuple[str, int, str]] = []
    base = _weight(values["base"]) if _WEIGHT.fullmatch(values["base"]) else None
    if base is None:
        wrong.append(("base", top.key_lines["base"], values["base"]))
    danger: dict[str, int] = {}
    for at, line in values["danger"]:
        told = _OF_DANGER.fullmatch(line)
        weight = _weight(told[1]) if told else None
        if told is None or weight is None or told[2] in danger:
            wrong.append(("danger", at, line))
        else:
            danger[told[2]] = weight
    signs: dict[str, tuple[int, dict[str, int]]] = {}
    for at, line in values["signs"]:
        told = _OF_SIGN.fullmatch(line)
        own = _own(told[2], told[3].split()) if told else None
        if told is None or own is None or told[1] in signs:
            wrong.append(("signs", at, line))
        else:
            signs[told[1]] = own
    if wrong or base is None:
        name, at, line = wrong[0]
        more = f", and {len(wrong) - 1} more like it" if len(wrong) > 1 else ""
        desk.at(name).report(at, f"{quoted(line)} is not a weight{more}", _ANEW, Code.WEIGHTS_FORM)
        return None
    weights = SignWeights(values["of"], base, danger, signs)
    if values["holds"] != digest_of(weights):
        message = "what is below is not all that was learnt, or something else"
        desk.at("holds").report(top.key_lines["holds"], message, _ANEW, Code.WEIGHTS_FORM)
        return None
    return weights


def digest_of(weights: SignWeights) -> str:
    """Changes when a weight does, or is missing: with half of them the search would be deaf for half of the signs."""
    signs = [[key, base, *sorted(of.items())] for key, (base, of) in sorted(weights.signs.items())]
    told = json.dumps([weights.base, sorted(weights.danger.items()), signs])
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _weight(text: str) -> int | None:
    weight = int(text)
    return weight if abs(weight) <= WEIGHT_MOST else None


def _own(before: str, said: Sequence[str]) -> tuple[int, dict[str, int]] | None:
    """What counts for a sign before any word is said, and its words with theirs."""
    base, weights = _weight(before), [_weight(one) for one in said[1::2]]
    found = {word: of for word, of in zip(said[::2], weights, strict=True) if of is not None}
    return (base, found) if base is not None and 2 * len(found) == len(said) else None
