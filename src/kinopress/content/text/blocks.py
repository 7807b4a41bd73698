"""The ``{{ blocks }}`` a page may hold: their names, what may be after them, what they show."""

from __future__ import annotations

from collections.abc import Collection

from kinopress.content.model.names import nearest
from kinopress.content.model.pages import Kind, Page, Pages
from kinopress.problems import quoted

BLOCKS: dict[str, tuple[Kind | None, str]] = {
    "video": ("video", "The film of a video page, ready to play."),
    "exercise": ("exercise", "A card that leads to an exercise."),
    "coach": (None, "Who the coach is and what qualifications she has, from the settings."),
    "assessment": (
        None,
        "What a client gets, on which terms, and how to ask for it, as far as the settings say.",
    ),
    "welcome": (
        None,
        "Whose site this is: picture, name, role, place, greeting and promise, as far as the settings have them.",
    ),
    "contact": (None, "How to reach the coach, from the settings."),
    "red-flags": (
        None,
        "All warning signs, the most urgent first; or those whose keys are named after it.",
    ),
    "red-flags-short": (None, "The warning signs that are emergencies."),
    "whom-to-call": (
        None,
        "Large buttons that ring the numbers, and a list that leads to the warning signs of each level.",
    ),
    "sign-figures": (None, "How well the search recognises warning signs, as measured."),
    "find": (None, "The large search field."),
    "body-map": (
        None,
        "Where does it hurt? Front and back of a body to point at, and the same as a list.",
    ),
    "start": (None, "The ways into the site: symptoms, muscles, exercises, videos."),
    "latest": (None, "The newest films and articles."),
    "newest-film": (None, "The newest film: a card with its picture."),
    "plan-facts": (
        None,
        "Every plan in figures: minutes a session, exercises at once, strength days, days to measure.",
    ),
    "reviews": (None, "How many pages somebody has checked, and the way to the list of all."),
}
"""Name → (kind of page it takes, or ``None`` when it takes nothing; what it shows)."""


_LIKE = {"video": "figure-four-stretch", "exercise": "clam"}
"""What may stand after a block that takes a page."""


def split_block(target: str) -> tuple[str, str]:
    """``video: figure-four`` or ``video figure-four`` → its name and what follows."""
    name, _, rest = target.replace(":", " ", 1).strip().partition(" ")
    return name, rest.strip()


def named_in_block(target: str, pages: Pages) -> Page | None:
    """The page a block is made from, if it takes one."""
    name, rest = split_block(target)
    kind, _ = BLOCKS[name]
    return None if kind is None else pages.get((kind, rest))


def named_flags(rest: str) -> list[str]:
    """The warning signs named after ``red-flags``: keys with spaces or commas between."""
    return list(dict.fromkeys(rest.replace(",", " ").split()))


def block_problem(
    target: str, pages: Pages, flags: Collection[str] | None
) -> tuple[str, str] | None:
    """What is wrong with a block, and what to do; ``None`` when it is right.

    ``flags`` are the keys of the warning signs, or ``None`` while their file cannot be read.
    """
    name, rest = split_block(target)
    if name not in BLOCKS:
        close = nearest(name, BLOCKS)
        hint = (
            f"did you mean {{{{ {close[0]} }}}}?" if close else f"choose from {', '.join(BLOCKS)}"
        )
        return f"there is no block {quoted(name)}", hint
    kind, _ = BLOCKS[name]
    if name == "red-flags" and rest:
        return None if flags is None else _unknown_flag(rest, flags)
    if kind is None:
        return (
            None
            if not rest
            else (f"{{{{ {name} }}}} takes nothing after its name", f"write {{{{ {name} }}}}")
        )
    if (kind, rest) in pages:
        return None
    if not rest:
        return (
            f"the name of the {kind} is missing",
            f"write it after {name}, like {{{{ {name} {_LIKE[name]} }}}}",
        )
    close = nearest(rest, [slug for k, slug in pages if k == kind], 2)
    hint = (
        f"did you mean {{{{ {name} {close[0]} }}}}?"
        if close
        else f"write the file name of the {kind}, like {{{{ {name} {_LIKE[name]} }}}}"
    )
    return f"there is no {kind} {quoted(rest)}", hint


def _unknown_flag(rest: str, flags: Collection[str]) -> tuple[str, str] | None:
    for key in named_flags(rest):
        if key not in flags:
            close = nearest(key, flags, 1)
            return (
                f"there is no warning sign {quoted(key)} in docs/data/red_flags.yml",
                f"did you mean {close[0]}?" if close else "write one of the keys in that file",
            )
    return None
