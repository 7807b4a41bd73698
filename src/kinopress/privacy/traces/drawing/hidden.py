"""Which words of an SVG drawing are not drawn (SVG 2, CSS 2.2).

Programs keep what somebody switched off: layers, old labels, names. A word is not drawn when it
or a part around it is not displayed, is hidden, is wholly see-through, has no size or neither
fill nor stroke; and when it is among the parts that are only drawn where others refer to
them and nothing drawn does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Answer = Literal["drawn", "hidden", "open"]
"""``open``: one rule of a style says so, another one not, and which holds is not known here."""

REFERRED_TO = ("defs", "symbol", "clipPath", "mask", "pattern", "marker")
"""Elements that are drawn only where others refer to them."""

_OF_ALL_INSIDE = ("display", "opacity", "transform")
_HANDED_DOWN = ("visibility", "fill", "fill-opacity", "stroke", "stroke-opacity", "font-size")
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_COMPOUND = re.compile(r"(?P<tag>[\w-]+|\*)?(?P<rest>(?:[.#][\w-]+)*)")
_NOTHING = re.compile(r"[-+]?0*\.?0*(?:e\d+)?\s*(?:%|[a-z]+)?", re.IGNORECASE)
_SEE_THROUGH = re.compile(
    r"none|transparent|(?:rgb|hsl)a?\(.*[,/]\s*0*\.?0*%?\s*\)|#[0-9a-f]{3}0|#[0-9a-f]{6}00",
    re.IGNORECASE,
)
_ALPHA = re.compile(r"(?:rgb|hsl)a?\([^,/]*(?:,[^,/]*){2}\)", re.IGNORECASE)
_SCALED_AWAY = re.compile(r"scale[XY]?\(\s*[-+]?0*\.?0*\s*[,)]")


@dataclass(frozen=True, slots=True)
class _Rule:
    tag: str
    ids: frozenset[str]
    classes: frozenset[str]
    is_sure: bool
    """Whether the selector asks for nothing but the element itself."""
    weight: tuple[int, int, int]
    values: Mapping[str, str]


class Styles:
    """The rules of a drawing's styles that can hide something."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.rules: list[_Rule] = []
        for text in texts:
            for selectors, inside in _RULE.findall(re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)):
                if values := declared(inside):
                    self.rules += (r for s in selectors.split(",") for r in _rule(s, values))

    def answers(self, name: str, attributes: Mapping[str, str]) -> dict[str, Answer]:
        """What rules, the ``style`` and the attributes of an element say of each property."""
        classes = frozenset(attributes.get("class", "").split())
        matching = [
            rule
            for rule in self.rules
            if rule.tag in ("", "*", name)
            and rule.classes <= classes
            and rule.ids <= {attributes.get("id", "")}
        ]
        own = declared(attributes.get("style", ""))
        found: dict[str, Answer] = {}
        for what in (*_OF_ALL_INSIDE, *_HANDED_DOWN):
            said = [rule for rule in matching if what in rule.values]
            sure = sorted((rule for rule in said if rule.is_sure), key=lambda rule: rule.weight)
            value = own.get(what) or (sure[-1].values[what] if sure else attributes.get(what))
            important = {_hides(what, r.values[what]) for r in said if "!" in r.values[what]}
            perhaps = {_hides(what, rule.values[what]) for rule in said if not rule.is_sure}
            if value is None and not perhaps:
                continue
            hides = what == "stroke" if value is None else _hides(what, value)
            is_open = any(other is not hides for other in perhaps | important)
            found[what] = "open" if is_open else "hidden" if hides else "drawn"
        return found


@dataclass(frozen=True, slots=True)
class Seen:
    """How words in a part of a drawing come out."""

    whole: Answer = "drawn"
    handed_down: Mapping[str, Answer] = field(default_factory=lambda: {"stroke": "hidden"})

    def inside(self, answers: Mapping[str, Answer]) -> Seen:
        """The same for an element in this part."""
        whole = [self.whole, *(answers[what] for what in _OF_ALL_INSIDE if what in answers)]
        own = {what: answer for what, answer in answers.items() if what in _HANDED_DOWN}
        return Seen(_worst(whole), {**self.handed_down, **own})

    def words(self) -> Answer:
        """Whether words are drawn."""

        def get(what: str) -> Answer:
            return self.handed_down.get(what, "drawn")

        painted = [_worst([get("fill"), get("fill-opacity")]), _worst([get("stroke"), get("stroke-opacity")])]  # fmt: skip
        paint: Answer = "drawn" if "drawn" in painted else "open" if "open" in painted else "hidden"
        return _worst([self.whole, get("visibility"), get("font-size"), paint])


def declared(style: str) -> dict[str, str]:
    """The declarations of a ``style`` that can hide something."""
    pairs = (part.partition(":") for part in style.split(";"))
    values = {name.strip().lower(): value.strip() for name, _, value in pairs}
    return {name: v for name, v in values.items() if name in (*_OF_ALL_INSIDE, *_HANDED_DOWN) and v}


def _rule(selector: str, values: Mapping[str, str]) -> Iterable[_Rule]:
    parts = re.split(r"[\s>+~]+", selector.strip())
    match = _COMPOUND.fullmatch(parts[-1])
    if match is None:  # :hover and the like: not the drawing as it comes
        return
    names = re.findall(r"([.#])([\w-]+)", match["rest"])
    ids = frozenset(name for sign, name in names if sign == "#")
    classes = frozenset(name for sign, name in names if sign == ".")
    tag = match["tag"] or ""
    yield _Rule(tag, ids, classes, len(parts) == 1, (len(ids), len(classes), tag not in ("", "*")), values)  # fmt: skip


def _hides(what: str, value: str) -> bool:
    value = value.partition("!")[0].strip().lower()
    if what == "display":
        return value == "none"
    if what == "visibility":
        return value in ("hidden", "collapse")
    if what == "transform":
        return _SCALED_AWAY.search(value) is not None
    if what in ("fill", "stroke"):
        return _SEE_THROUGH.fullmatch(value) is not None and not _ALPHA.fullmatch(value)
    return bool(value) and _NOTHING.fullmatch(value) is not None and "0" in value


def _worst(answers: Iterable[Answer]) -> Answer:
    found = set(answers)
    return "hidden" if "hidden" in found else "open" if "open" in found else "drawn"
