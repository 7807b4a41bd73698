"""Warning signs: in full on the page that says whom to call, folded on pages about what hurts. And the way to that page."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from kinopress.content.data.phones import call, number_links
from kinopress.content.model.pages import Symptom
from kinopress.content.model.shared import LEVELS, RedFlag, Urgency
from kinopress.pages.parts.html import element, escape
from kinopress.pages.place import Place


def flags_by_way(flags: Iterable[RedFlag]) -> list[tuple[str, bool, list[RedFlag]]]:
    """Warning signs in groups of one level and one way to help (``hospital`` or not), the most urgent first.

    An ambulance comes before a lift to A&E, and A&E today before a call to an advice line.
    """
    found = list(flags)
    groups = [
        (level, way, [flag for flag in found if (flag.level, flag.hospital) == (level, way)])
        for level in LEVELS
        for way in ((False, True) if level == LEVELS[0] else (True, False))
    ]
    return [(level, way, of_way) for level, way, of_way in groups if of_way]


def flag_list(place: Place, flags: Iterable[RedFlag]) -> str:
    """Warning signs in full, grouped by how soon, each with an anchor of its own.

    How far the wording was checked is said once above them. What each rests on is folded at the end of its group,
    with a mark where it was checked less than all: whoever looks for their sign is not to read about sources.
    """
    flags = list(flags)
    return _checked_note(place, flags) + "".join(
        _flag_group(
            place,
            (level, hospital),
            element(
                "ul",
                "".join(
                    element(
                        "li",
                        element("strong", escape(flag.title), class_="kp-flag__title")
                        + _flag_words(place, flag),
                        class_="kp-flag",
                        lang=place.told_lang,
                        id=f"flag-{flag.key}",
                    )
                    for flag in of_way
                ),
                class_="kp-flags__list",
                role="list",
            )
            + _bases(place, of_way),
            anchor=_anchor_of(level, hospital=hospital),
        )
        for level, hospital, of_way in flags_by_way(flags)
    )


def whom_to_call(place: Place, flags: Iterable[RedFlag]) -> str:
    """The numbers as buttons, each under when it is to be rung, and a list that leads to the signs of each level."""
    help_ = place.library.shared.help
    rings = "".join(
        element(
            "div",
            element("p", escape(urgency.heading), class_="kp-flags__level", lang=place.told_lang)
            + _ring(place, urgency),
            class_=f"kp-call kp-flags__group--{level}",
        )
        for level, urgency in help_.levels.items()
        if urgency.numbers
    )
    jumps = "".join(
        element(
            "li",
            element(
                "a",
                escape(help_.level(level).heading_for(hospital=hospital)),
                href=f"#{_anchor_of(level, hospital=hospital)}",
                lang=place.told_lang,
            )
            + f" ({len(of_way)})",
        )
        for level, hospital, of_way in flags_by_way(flags)
    )
    return element(
        "div",
        element("div", rings, class_="kp-calls")
        + (
            element("p", place.in_html("The warning signs, the most urgent first:"))
            + element("ul", jumps, class_="kp-jumps", role="list")
            if jumps
            else ""
        ),
        class_="kp-whom",
    )


def _anchor_of(level: str, *, hospital: bool) -> str:
    return f"level-{level}{'-hospital' if hospital else ''}"


def _bases(place: Place, flags: Sequence[RedFlag]) -> str:
    """What the wording of each sign of a group rests on, in one line that opens."""
    rows = "".join(
        element(
            "li",
            element("strong", escape(f"{flag.title}:")) + " " + escape(_basis(place, flag)),
            class_="kp-flag__basis",
            lang=place.told_lang,
        )
        for flag in flags
    )
    return element(
        "details",
        element("summary", place.in_html("What these signs rest on"))
        + element("ul", rows, role="list"),
        class_="kp-flags__bases",
    )


def flag_folds(
    place: Place, flags: Iterable[RedFlag], heading_level: int = 3, *, opened: bool = False
) -> str:
    """Warning signs one can take in at a glance: a line each that opens. What is an emergency is open from the start.

    With ``opened`` all are, for a text that speaks of nothing else just there.
    """
    return "".join(
        _flag_group(
            place,
            (level, hospital),
            "".join(
                element(
                    "details",
                    element("summary", escape(flag.title)) + _flag_words(place, flag),
                    class_="kp-flag",
                    lang=place.told_lang,
                    open=opened or level == LEVELS[0],
                )
                for flag in of_way
            ),
            heading_level,
        )
        for level, hospital, of_way in flags_by_way(flags)
    )


def _flag_words(place: Place, flag: RedFlag) -> str:
    """What the reader notices, then whom to call, which the level decides where the sign says nobody of its own, and what else to do."""
    help_ = place.library.shared.help
    call = help_.level(flag.level).action_for(hospital=flag.hospital)
    action = flag.action if flag.own_call else f"{call} {flag.action}".strip()
    return element("p", escape(flag.sign)) + element(
        "p", number_links(escape(action), help_.numbers), class_="kp-flag__action"
    )


CHECKED = {
    "read": "",
    "secondary": "Not all read",
    "none": "Not compared",
}
"""What marks a sign whose sources were not all read."""
CHECKED_WORDS = {
    "secondary": "“Not all read”: not all of its source was read at first hand.",
    "none": "“Not compared”: nobody has compared the sign with a source yet.",
}


def _checked_note(place: Place, flags: Sequence[RedFlag]) -> str:
    """That no clinician has looked at any of these signs, and what the marks beside them say."""
    if not flags:
        return ""
    marks = [
        place.phrase(words)
        for checked, words in CHECKED_WORDS.items()
        if any(flag.checked == checked for flag in flags)
    ]
    said = " ".join((place.phrase("No clinician has reviewed these signs."), *marks))
    return element("p", escape(said), class_="kp-flags__checked")


def _basis(place: Place, flag: RedFlag) -> str:
    """Where sign and level rest, with a mark where that was not read, or not all of it."""
    mark = CHECKED[flag.checked]
    # The mark is within what is of the list, and in its language.
    return f"{flag.basis} [{place.told_words.phrase(mark)}]" if mark else flag.basis


def _flag_group(
    place: Place,
    way: tuple[str, bool],
    signs: str,
    heading_level: int = 3,
    anchor: str | None = None,
) -> str:
    level, hospital = way
    urgency = place.library.shared.help.level(level)
    heading = urgency.heading_for(hospital=hospital)
    # On paper the number is beside the heading where no sign repeats it; not where they go to a hospital instead.
    goes = hospital and level != LEVELS[0]
    number = next((n for n in urgency.numbers[:1] if n not in heading and not goes), None)
    title = element(
        f"h{heading_level}",
        escape(heading),
        id=anchor,
        class_="kp-flags__level",
        lang=place.told_lang,
        data_number=number,
    )
    return element("div", title + signs, class_=f"kp-flags__group kp-flags__group--{level}")


def flags_strip(place: Place, flags: Sequence[RedFlag]) -> str:
    """The warning signs of a symptom, before anything else and short enough to be read.

    What cannot wait for a day is in sight, the most urgent first: how soon, a number to ring, each emergency in a
    sentence and each other sign in a line. What each is like and what else to do is in a fold below, with the
    signs that can wait for some days.
    """
    if not flags:
        return ""
    in_sight = "".join(_in_sight(place, level, found) for level, found in _by_heading(flags))
    inner = (
        element("h2", place.in_html("First, the warning signs"), id="warning-signs")
        + in_sight
        + _in_full(place, flags, has_urgent=bool(in_sight))
    )
    return element(
        "section",
        inner,
        class_="kp-flags kp-flags--strip" + _calm(flags),
        aria_labelledby="warning-signs",
    )


def _calm(flags: Iterable[RedFlag]) -> str:
    """The class of a box in which nothing is urgent: red is for danger."""
    return " kp-flags--gp" if all(flag.level == LEVELS[-1] for flag in flags) else ""


def _by_heading(flags: Sequence[RedFlag]) -> list[tuple[str, list[RedFlag]]]:
    """The signs that cannot wait, by what is said above them, so that no heading says another way than a sign.

    An ambulance fits every emergency: those are together, and the fold says which of them may go to a hospital.
    """
    groups: list[tuple[str, list[RedFlag]]] = []
    for level, _, found in flags_by_way(flags):
        if level == LEVELS[-1]:
            continue
        if level == LEVELS[0] and groups:
            groups[0][1].extend(found)
        else:
            groups.append((level, found))
    return groups


def by_urgency(place: Place, flags: Iterable[RedFlag]) -> str:
    """Warning signs by name, each leading to what to do: in lists, with above each how soon, and a number to ring."""
    help_ = place.library.shared.help
    return "".join(
        headed(
            of_the_list(
                place,
                number_links(
                    escape(help_.level(level).heading_for(hospital=hospital)), help_.numbers
                ),
            )
            + _number_beside(place, help_.level(level), hospital=hospital),
            "".join(
                element(
                    "li",
                    help_link(place, flag.title, f"#flag-{flag.key}") or escape(flag.title),
                    lang=place.told_lang,
                )
                for flag in found
            ),
            level,
        )
        for level, hospital, found in flags_by_way(flags)
    )


def _number_beside(place: Place, urgency: Urgency, *, hospital: bool) -> str:
    """Whom to ring, where the heading names no number and sends nobody to a hospital instead."""
    heading = urgency.heading_for(hospital=hospital)
    if not urgency.numbers or hospital or urgency.numbers[0] in heading:
        return ""
    number = urgency.numbers[0]
    return ": " + element(
        "a", place.in_html("ring {number}", number=escape(number)), href=call(number)
    )


def headed(heading: str, items: str, level: str = "") -> str:
    """Items of a list under a line that says how soon, or where to go instead."""
    name = f" kp-not-for__group--{level}" if level else ""
    return element(
        "div",
        element("p", heading, class_="kp-not-for__level")
        + element("ul", items, class_="kp-signs", role="list"),
        class_=f"kp-not-for__group{name}",
    )


def _in_sight(place: Place, level: str, flags: Sequence[RedFlag]) -> str:
    """The signs of one heading by name, each with its own first call if it has one; emergencies are described as well."""
    urgency = place.library.shared.help.level(level)
    hospital = all(flag.hospital for flag in flags)
    signs = "".join(_sign_in_sight(place, flag, len(flags)) for flag in flags)
    goes = hospital and level != LEVELS[0]
    said = escape(urgency.heading_for(hospital=hospital))
    head = element("h3", said, class_="kp-flags__level", lang=place.told_lang)
    return element(
        "div",
        element("div", head + ("" if goes else _ring(place, urgency)), class_="kp-flags__head")
        + element("ul", signs, class_="kp-signs", role="list"),
        class_=f"kp-flags__group kp-flags__group--{level}",
    )


def _sign_in_sight(place: Place, flag: RedFlag, beside: int) -> str:
    help_ = place.library.shared.help
    if flag.level == LEVELS[0]:
        said = flag.sign if beside == 1 else flag.brief or flag.sign
    else:
        said = first_call(flag)
    words = number_links(escape(said), help_.numbers)
    title = element("strong", escape(flag.title) + ("." if said else ""))
    return element("li", f"{title} {words}".strip(), class_="kp-sign", lang=place.told_lang)


_CALLS = re.compile(r"Ring [^.]*\.")


def first_call(flag: RedFlag) -> str:
    """Whom a sign itself says to ring before the number of its level: a midwife, the team that operated; or nothing."""
    found = _CALLS.search(flag.action)
    return found[0] if found else ""


def _ring(place: Place, urgency: Urgency) -> str:
    """The number of a level, large enough for a thumb that trembles."""
    if not urgency.numbers:
        return ""
    number = urgency.numbers[0]
    words = place.in_html("Ring {number}", number=escape(number))
    return element("a", words, class_="kp-ring", href=call(number))


def emergencies(place: Place, items: str) -> str:
    """The number to ring at once, and below it the signs, in a line that opens: a list of all is two screens of a phone."""
    urgency = place.library.shared.help.level(LEVELS[0])
    return element(
        "div",
        _ring(place, urgency)
        + element(
            "details",
            element("summary", place.in_html("Which signs these are")) + element("ul", items),
            class_="kp-flags__full",
        ),
        class_="kp-flags",
    )


def _in_full(place: Place, flags: Sequence[RedFlag], *, has_urgent: bool) -> str:
    """Every sign in words, with what to do, in one line that opens."""
    later = sum(flag.level == LEVELS[-1] for flag in flags)
    if has_urgent:
        summary = escape(place.phrase("What to do about each"))
        if later:
            summary = escape(place.phrase("What to do; {n} more that can wait", n=later))
    else:
        urgency = place.library.shared.help.level(LEVELS[-1])
        counted = escape(place.counted(later, "{n} sign", "{n} signs"))
        summary = f"{of_the_list(place, escape(urgency.heading))}: {counted}"
    return element(
        "details",
        element("summary", summary) + flag_folds(place, flags, opened=True) + _more_help(place),
        class_="kp-flags__full",
    )


def named_signs(place: Place, keys: Iterable[str]) -> str:
    """The warning signs a text names, in their own words and all open: so no page has words of its own for them."""
    known = place.library.shared.red_flags
    found = [known[key] for key in keys if key in known]
    inner = flag_folds(place, found, opened=True) + _more_help(place)
    return element("div", inner, class_="kp-flags") if found else ""


def flags_fold(place: Place, symptoms: Sequence[Symptom]) -> str:
    """The warning signs behind an exercise or an article, in one line that opens."""
    flags = {
        m.text: place.library.shared.red_flags[m.text]
        for s in symptoms
        for m in s.red_flags
        if m.text in place.library.shared.red_flags
    }
    return fold(place, flags.values(), place.phrase("Before you start: check the warning signs"))


def fold(place: Place, flags: Collection[RedFlag], words: str) -> str:
    """Warning signs in one line that opens; nothing where there are none."""
    if not flags:
        return ""
    return element(
        "details",
        element("summary", escape(words))
        + flag_folds(place, flags, heading_level=2)
        + _more_help(place),
        class_="kp-flags kp-flags--fold" + _calm(flags),
    )


def _more_help(place: Place) -> str:
    link = help_link(place, place.phrase("Who to call, and all warning signs"))
    return element("p", link, class_="kp-flags__more") if link else ""


def named_sign(place: Place, key: str, words: str | None) -> str:
    """A warning sign among other words: a link to it, and in brackets how soon, as its level says."""
    flag = place.library.shared.red_flags.get(key)
    if flag is None:
        return escape(words or key)
    help_ = place.library.shared.help
    # Words of the writer's own are in the language of her page; the list of signs is in one of its own.
    shown = words or flag.title[:1].lower() + flag.title[1:]
    heading = help_.level(flag.level).heading_for(hospital=flag.hospital)
    soon = number_links(escape(heading[:1].lower() + heading[1:]), help_.numbers)
    link = help_link(place, shown, f"#flag-{key}") or escape(shown)
    return f"{link if words else of_the_list(place, link)} ({of_the_list(place, soon)})"


def of_the_list(place: Place, words: str) -> str:
    """Words from the lists of signs and of help, in the language of those."""
    return words if place.told_lang is None else element("span", words, lang=place.told_lang)


def figures(place: Place) -> str:
    """How well the search recognises warning signs; nothing where it was not measured."""
    of = place.library.shared.sign_figures
    if not of:
        return ""
    rows = (
        (place.phrase("Wordings that tell of a sign"), of["wordings"]),
        (place.phrase("Recognised"), of["recognised"]),
        (place.phrase("Wordings of an emergency"), of["emergencies"]),
        (place.phrase("Missed"), of["emergencies_missed"]),
        (place.phrase("Harmless wordings"), of["harmless"]),
        (place.phrase("Warned of all the same"), of["warned"]),
    )
    cells = "".join(
        element("tr", element("th", escape(name), scope="row") + element("td", f"{number:,}"))
        for name, number in rows
    )
    return element("table", element("tbody", cells), class_="kp-table")


def sudden(place: Place) -> str:
    """Who should first read when to get help; nothing while the coach has not written that page."""
    link = help_link(place, place.phrase("When to get help, and from whom"))
    words = of_the_list(place, escape(place.library.shared.help.say("sudden")))
    return element("p", f"{words} {link}", class_="kp-caution") if link else ""


def help_link(place: Place, words: str, anchor: str = "") -> str:
    """A link to the page that says whom to call; nothing while the coach has not written that page."""
    if ("page", "when-to-get-help") not in place.library.pages:
        return ""
    return element("a", escape(words), href=place.url("when-to-get-help.md") + anchor)
