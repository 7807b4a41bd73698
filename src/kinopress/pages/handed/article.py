"""The plan of one client as the inside of a page that needs no other page.

Rendered by the parts of a public plan's page. Their addresses all begin with :data:`BASE`, so that what leads to
something in the file leads there, drawings come out of the file, and every other link is words.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable, Mapping, Sequence
from html import unescape
from typing import Any

from kinopress.content.model.clients import PrivatePlan
from kinopress.content.model.pages import Exercise
from kinopress.content.model.plans import PLAN_DAYS, TEST_DAYS
from kinopress.content.relations.of_client import exercises_in
from kinopress.content.relations.related import videos_of_exercise
from kinopress.content.relations.sessions import Sessions, sessions_with_drafts
from kinopress.media.figure import MOVING, Figure, still_name
from kinopress.pages.coach.coach import sender
from kinopress.pages.handed.packed import as_address
from kinopress.pages.kinds.exercise import USUAL
from kinopress.pages.kinds.plan import every_sign, facts, ruled_out
from kinopress.pages.kinds.plan_data import plan_data
from kinopress.pages.parts import figure as figures
from kinopress.pages.parts import parts, warning_signs
from kinopress.pages.parts import plan as plan_parts
from kinopress.pages.parts.html import as_json, element, escape, in_words_alone, inline
from kinopress.pages.place import Place
from kinopress.pages.text import render_line

BASE = "kp:/"
"""How every address begins while the page is made; none is left in the file."""


@dataclasses.dataclass(frozen=True, slots=True)
class Article:
    """The inside of the page, and what has to be packed beside it.

    Attributes:
        inside: All of it, as HTML.
        drawings: The drawings that scripts show: address → the figure and its file.
        follow: What leads through each exercise; ``data-led`` says which.
        films: The films that are inside, by the names of their pages.
    """

    inside: str
    drawings: Mapping[str, tuple[Figure, str]]
    follow: Sequence[Any]
    films: tuple[str, ...]


def handed_article(
    place: Place,
    private: PrivatePlan,
    films: Sequence[str] = (),
    *,
    drawing: Callable[[Figure, str], str],
    locked: bool = False,
) -> Article:
    """The plan as a client opens it: today, the days, the sessions, checks; then the exercises and every warning sign.

    Args:
        place: Somewhere below :data:`BASE`, with the figures that are drawn.
        private: The plan.
        films: Which films are inside the file.
        drawing: Gives the text of one drawing of a figure, by its name.
        locked: It is an encrypted page, and no file.
    """
    plan, about = private.plan, private.about
    own, others = exercises_in(place.library, private)
    # What is only for when the plan asks for it comes in words.
    kept = {page.slug: place.figures[page.slug] for page in own if page.slug in place.figures}
    place = dataclasses.replace(place, figures=kept)
    sessions = sessions_with_drafts(place.library, plan)
    portions = [portion for block in plan.blocks for portion in block.portions]
    mirrored = {one.exercise.text for one in portions if plan_parts.is_mirrored(place, one)}
    # Where another part of the plan does it with the side that is drawn, its steps show that one.
    mirrored -= {one.exercise.text for one in portions if not plan_parts.is_mirrored(place, one)}
    name = element("p", place.in_html("For {name}", name=escape(about.shown_name)), class_="kp-lead") if about.shown_name else ""  # fmt: skip
    said = element("blockquote", element("p", escape(about.own_words))) if about.own_words else ""
    sections = [
        element("h1", escape(plan.title)),
        name,
        said,
        _today(place, private, sessions, locked=locked),
        ruled_out(place, plan, fold=False),
        _section(place.in_html("From your coach"), _words(plan.body), "words"),
        facts(place, plan, sessions),
        _section(
            place.in_html("The 14 days"), plan_parts.days_table(place, plan, sessions), "days"
        ),
        _section(
            place.in_html("Pain: the traffic light"),
            plan_parts.pain_lights(place, plan, plan.pain_rule),
            "pain",
        )
        if plan.pain_rule
        else "",
        _section(
            place.in_html("The sessions"),
            plan_parts.session_lists(place, plan, sessions),
            "sessions",
        ),
        _section(
            place.in_html("Checks: day {days}", days=plan_parts.days_words(place, TEST_DAYS)),
            plan_parts.checks_table(place, plan),
            "checks",
        ),
        _section(place.in_html("What we measured"), _measured(place, private), "measured-before"),
        _section(place.in_html("Swaps"), plan_parts.swap_list(place, plan), "swaps"),
        _section(
            place.in_html("After day {n}", n=str(PLAN_DAYS)),
            element("p", escape(plan.after)),
            "after",
        ),
        # On paper the plan ends here; what follows is for reading.
        element("div", "", class_="kp-plan-end"),
        _section(
            place.in_html("The exercises"),
            element("p", place.in_html(USUAL), class_="kp-review")
            + "".join(_exercise(place, page, films, page.slug in mirrored) for page in own),
            "exercises",
        ),
        _section(
            place.in_html("Easier and harder"),
            "".join(_exercise(place, page, (), False) for page in others),
            "others",
        ),
        _section(place.in_html("Warning signs"), _signs(place, private), "signs"),
        element("p", found) if (found := sender(place)) else "",
        element("p", place.in_html(_KEEPING_LOCKED if locked else _KEEPING), class_="kp-review"),
    ]
    html = "".join(sections)
    inside = {f"exercise-{page.slug}": page.slug for page in (*own, *others)}
    html = _links_inside(html, inside)
    html, drawings = _drawings(place, html, own, drawing)
    html, follow = _led(html)
    html = _DATA.sub(_in_single_quotes, html)
    return Article(html, drawings, follow, tuple(films))


_KEEPING = (
    "This plan was made for one person. Whoever has the file can open it. What you enter is kept on this device alone,"
    " and is not in the file when you pass it on."
)

_KEEPING_LOCKED = (
    "This plan was made for one person. Whoever has the link and what opens it can read it. What you enter is kept on this"
    " device alone."
)


def _section(title: str, html: str, anchor: str) -> str:
    return element("h2", title, id=anchor) + html if html else ""


def _today(place: Place, private: PrivatePlan, sessions: Sessions, *, locked: bool) -> str:
    plan, identity = private.plan, private.about.identity
    data = plan_data(place, plan, sessions)
    rule = plan.pain_rule
    limits = {"greenMax": rule.green_max, "amberMax": rule.amber_max} if rule else None
    data |= {
        "plans": {plan.slug: plan.title},
        "lights": {plan.slug: limits} if limits else {},
        "home": None,
        "measured": {day: values for day in TEST_DAYS if (values := private.values_on(day))},
    }
    words = place.in_html(
        "{no_script} so this cannot show today’s session, keep ticks or make a calendar file. All of the plan is below."
        " Where a phone shows only a preview, open the file in a browser; or print it: two sheets.",
        no_script=element("strong", place.in_html("No script is running,")),
    )
    damaged = place.in_html(
        "{damaged} so this cannot show today’s session. Ask for it again. What came through of the plan is below.",
        damaged=element("strong", place.in_html("This copy is damaged,")),
    )
    missing = place.in_html(
        "{missing} so this cannot show today’s session or keep ticks. Load the page again. All of the plan is below.",
        missing=element("strong", place.in_html("Part of this page did not arrive,")),
    )
    # Without a script, nothing of an encrypted page is ever shown.
    held = "" if locked else element("p", words, class_="kp-held")
    held += element(
        "p", missing if locked else damaged, class_="kp-held", data_kp_damaged=True, hidden=True
    )
    inner = element("kp-plan", held, data_plan=as_json(data), data_id=identity)
    return element("div", inner, class_="kp-plan", id="today")


def _words(body: str) -> str:
    """The coach's own words: paragraphs and simple lists. HTML in them is shown, not obeyed."""
    found = []
    for part in re.split(r"\n\s*\n", body.strip()):
        lines = [line.strip() for line in part.splitlines() if line.strip()]
        if lines and all(line.startswith(("- ", "* ")) for line in lines):
            found.append(
                element(
                    "ul", "".join(element("li", inline(in_words_alone(line[2:]))) for line in lines)
                )
            )
        elif lines and lines[0].startswith("#"):
            found.append(element("h3", inline(in_words_alone(lines[0].lstrip("# ")))))
            found += (
                [element("p", inline(in_words_alone(" ".join(lines[1:]))))] if lines[1:] else []
            )
        elif lines:
            found.append(element("p", inline(in_words_alone(" ".join(lines)))))
    return "".join(found)


def _measured(place: Place, private: PrivatePlan) -> str:
    items = "".join(element("li", escape(line)) for line in measured_lines(place, private))
    return element("ul", items) if items else ""


def measured_lines(place: Place, private: PrivatePlan) -> list[str]:
    """The values of the assessment in words, a line for each check."""
    checks = place.library.shared.checks
    found: dict[str, list[str]] = {}
    for value in private.about.measured:
        check = checks.get(value.check)
        if check is None:
            continue
        number = f"{value.value:g}".replace("-", "−")
        side = {"left": place.phrase("left"), "right": place.phrase("right"), None: ""}[value.side]
        day = place.phrase("day {n}", n=value.day)
        found.setdefault(value.check, []).append(f"{side} {number} {check.unit} ({day})".strip())
    return [f"{checks[key].title}: {', '.join(values)}" for key, values in found.items()]


def _exercise(place: Place, page: Exercise, films: Sequence[str], mirrored: bool) -> str:
    """One exercise in a line that opens: how to do it, step by step, with its drawings and its film."""
    words = [render_line(place, page, step.text) for step in page.steps]
    steps = parts.step_list(place, page.steps, words, figures.step_stills(place, page))
    own = place.figures.get(page.slug)
    moving = ""
    if own is not None:
        moving = element(
            "div",
            "",
            data_moving=BASE + own.site_path(MOVING),
            data_alt=place.phrase("Moving drawing: {title}", title=page.title),
            # Its words would be mirrored too: it is shown as high as it is without them.
            data_size=" ".join(map(str, own.sizes[still_name(1)])) if mirrored else None,
        )
    film = "".join(
        element(
            "details",
            element("summary", place.in_html("Film"))
            + element(
                "video",
                "",
                controls=True,
                playsinline=True,
                preload="none",
                aria_label=video.alt or video.title,
            ),
            class_="kp-check",
            data_film=video.slug,
            hidden=True,
        )
        for video in videos_of_exercise(place.library, page)[:1]
        if video.slug in films
    )
    inner = (
        element("summary", escape(page.title))
        + element("p", escape(f"{page.position[:1].upper()}{page.position[1:]}."))
        + moving
        + figures.other_stills(place, page)
        + steps
        + figures.figure_key(place, page)
        + film
    )
    return element(
        "details",
        inner,
        class_="kp-check",
        id=f"exercise-{page.slug}",
        data_mirrored=mirrored and own is not None,
    )


def _signs(place: Place, private: PrivatePlan) -> str:
    """Every sign that rules the plan out or belongs to what it is for, in full."""
    return warning_signs.flag_list(place, every_sign(place, private.plan))


_LINK = re.compile(rf'<a\b([^>]*?) href="{BASE}([^"#]*)(#[^"]*)?"([^>]*)>(.*?)</a>', re.DOTALL)


def _links_inside(html: str, inside: Mapping[str, str]) -> str:
    """What leads to another page leads to the place in this one, or is words."""
    by_path = {f"exercises/{slug}/": anchor for anchor, slug in inside.items()}

    def replaced(found: re.Match[str]) -> str:
        before, path, fragment, after, inner = found.groups()
        if (anchor := by_path.get(path)) is not None:
            return f'<a{before} href="#{anchor}"{after}>{inner}</a>'
        if fragment and fragment.startswith("#flag-"):
            return f'<a{before} href="{fragment}"{after}>{inner}</a>'
        if path.startswith("videos/"):
            return _DROPPED
        return inner

    html = _LINK.sub(replaced, html)
    return html.replace(f"{_DROPPED} · ", "").replace(_DROPPED, "")


_DROPPED = "\ufdd0"
"""Where a link was that is no use without the page that it leads to."""
_IMAGE = re.compile(rf'<img src="{BASE}([^"]+)" width="(\d+)" height="(\d+)" alt="([^"]*)"[^>]*>')


def _drawings(
    place: Place, html: str, own: Sequence[Exercise], drawing: Callable[[Figure, str], str]
) -> tuple[str, dict[str, tuple[Figure, str]]]:
    """Drawings from inside the file: the last still of each exercise as it is, once; all others when a script runs."""
    packed: dict[str, tuple[Figure, str]] = {}
    paths = {}
    for page in own:
        if (one := place.figures.get(page.slug)) is None:
            continue
        names = (MOVING, *(still_name(n + 1) for n in range(len(one.says))))
        packed |= {BASE + one.site_path(name): (one, name) for name in names}
        paths[one.site_path(still_name(len(one.says)))] = (one, still_name(len(one.says)))
    shown = set()

    def replaced(found: re.Match[str]) -> str:
        path, width, height, alt = found.groups()
        if path in paths and path not in shown and not alt:
            shown.add(path)
            figure, name = paths[path]
            address = as_address(drawing(figure, name))
            packed.pop(BASE + path, None)
            return f'<img src="{address}" data-still="{BASE}{path}" width="{width}" height="{height}" alt="{alt}">'
        return (
            f'<span class="kp-still" data-still="{BASE}{path}" data-alt="{alt}"'
            f' data-width="{width}" data-height="{height}"></span>'
        )

    return _IMAGE.sub(replaced, html), packed


_DATA = re.compile(r'data-plan="([^"]*)"')


def _in_single_quotes(found: re.Match[str]) -> str:
    """JSON in an attribute, in the quotes that it has none of: half as long."""
    return f"data-plan='{unescape(found[1]).replace('&', '&amp;').replace(chr(39), '&#39;')}'"


_FOLLOW = re.compile(r' data-follow="([^"]*)"')


def _led(html: str) -> tuple[str, list[Any]]:
    """What leads through exercises, apart from the page: a number is left in its place, and it is packed with the drawings."""
    found: list[Any] = []

    def replaced(match: re.Match[str]) -> str:
        data = json.loads(unescape(match[1]))
        if data not in found:
            found.append(data)
        return f' data-led="{found.index(data)}"'

    return _FOLLOW.sub(replaced, html), found
