"""Warning signs: in full on the page that says whom to call, folded on pages about what hurts. And the way to that page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from kinopress.content.kinds import Symptom
from kinopress.content.shared_data import LEVELS, RedFlag
from kinopress.pages.html import element, escape
from kinopress.pages.place import Place
from kinopress.pages.words import FLAG_LABELS


def flags_by_level(flags: Iterable[RedFlag]) -> list[tuple[str, list[RedFlag]]]:
    """Warning signs in groups, the most urgent first."""
    found = list(flags)
    groups = [(level, [flag for flag in found if flag.level == level]) for level in LEVELS]
    return [(level, of_level) for level, of_level in groups if of_level]


def flag_list(flags: Iterable[RedFlag]) -> str:
    """Warning signs in full, grouped by how soon, each with what the wording rests on and an anchor of its own."""
    return "".join(
        _flag_group(
            level,
            element(
                "ul",
                "".join(
                    element(
                        "li",
                        element("strong", escape(flag.title), class_="kp-flag__title")
                        + _flag_words(flag)
                        + element("p", escape(flag.basis), class_="kp-flag__basis"),
                        class_="kp-flag",
                        id=f"flag-{flag.key}",
                    )
                    for flag in of_level
                ),
                class_="kp-flags__list",
                role="list",
            ),
            anchor=f"level-{level}",
        )
        for level, of_level in flags_by_level(flags)
    )


def flag_folds(flags: Iterable[RedFlag], heading_level: int = 3, *, opened: bool = False) -> str:
    """Warning signs one can take in at a glance: a line each that opens. What needs 999 is open from the start.

    With ``opened`` all are, for a text that speaks of nothing else just there.
    """
    return "".join(
        _flag_group(
            level,
            "".join(
                element(
                    "details",
                    element("summary", escape(flag.title)) + _flag_words(flag),
                    class_="kp-flag",
                    open=opened or level == "999",
                )
                for flag in of_level
            ),
            heading_level,
        )
        for level, of_level in flags_by_level(flags)
    )


def _flag_words(flag: RedFlag) -> str:
    return element("p", escape(flag.sign)) + element(
        "p", escape(flag.action), class_="kp-flag__action"
    )


def _flag_group(level: str, signs: str, heading_level: int = 3, anchor: str | None = None) -> str:
    title = element(
        f"h{heading_level}", escape(FLAG_LABELS[level]), id=anchor, class_="kp-flags__level"
    )
    return element("div", title + signs, class_=f"kp-flags__group kp-flags__group--{level}")


def flags_box(place: Place, flags: Sequence[RedFlag]) -> str:
    """The warning signs of a symptom, before anything else."""
    if not flags:
        return ""
    inner = (
        '<h2 id="warning-signs">First, the warning signs</h2>'
        + flag_folds(flags)
        + _more_help(place)
    )
    return element("section", inner, class_="kp-flags", aria_labelledby="warning-signs")


def named_signs(place: Place, keys: Iterable[str]) -> str:
    """The warning signs a text names, in their own words and all open: so no page has words of its own for them."""
    known = place.library.shared.red_flags
    found = [known[key] for key in keys if key in known]
    inner = flag_folds(found, opened=True) + _more_help(place)
    return element("div", inner, class_="kp-flags") if found else ""


def flags_fold(place: Place, symptoms: Sequence[Symptom]) -> str:
    """The warning signs behind an exercise or an article, in one line that opens."""
    flags = {
        m.text: place.library.shared.red_flags[m.text]
        for s in symptoms
        for m in s.red_flags
        if m.text in place.library.shared.red_flags
    }
    return fold(place, flags.values(), "Before you start: check the warning signs")


def fold(place: Place, flags: Collection[RedFlag], words: str) -> str:
    """Warning signs in one line that opens; nothing where there are none."""
    if not flags:
        return ""
    return element(
        "details",
        element("summary", escape(words)) + flag_folds(flags, heading_level=2) + _more_help(place),
        class_="kp-flags kp-flags--fold",
    )


def _more_help(place: Place) -> str:
    link = help_link(place, "Who to call, and all warning signs")
    return element("p", link, class_="kp-flags__more") if link else ""


def help_link(place: Place, words: str, anchor: str = "") -> str:
    """A link to the page that says whom to call; nothing while the coach has not written that page."""
    if ("page", "when-to-get-help") not in place.library.pages:
        return ""
    return element("a", escape(words), href=place.url("when-to-get-help.md") + anchor)
