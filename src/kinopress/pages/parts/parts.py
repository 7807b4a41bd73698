"""The parts pages are made of: chips, cards, dosage, steps, warning signs, sources. All HTML, one line each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kinopress.content.model.dosage import Dosage, Step
from kinopress.content.model.kinds import KINDS
from kinopress.content.model.language.words import IN_ENGLISH
from kinopress.content.model.pages import Article, Exercise, Page, Plan, Technique, Term, Video
from kinopress.content.model.plans import PLAN_DAYS
from kinopress.content.relations.sessions import minutes_of
from kinopress.media.length import length_words
from kinopress.pages.parts.figure import thumbnail
from kinopress.pages.parts.film import poster_element
from kinopress.pages.parts.html import element, escape, in_a_row, markdown_text, plain_text
from kinopress.pages.parts.plan_figures import sessions_of
from kinopress.pages.parts.wording import (
    FAMILY_LABELS,
    STEP_LABELS,
    STRUCTURE_LABELS,
    dosage_line,
    dosage_rows,
    minutes_words,
)
from kinopress.pages.place import Place


def heading(title: str, lead: str = "") -> str:
    """The top of a page: its title in Markdown, its sentence below."""
    top = f"# {markdown_text(title)}{_long_word(title)}\n\n"
    return top + (element("p", escape(lead), class_="kp-lead") + "\n\n" if lead else "")


LONG_WORD = 14
"""Letters of a word that fill a phone's line at the size of other titles where letters are set twice as large."""
LONGER_WORD = 17


def _long_word(title: str) -> str:
    """The class of a title whose longest word would be broken on a phone at the size of other titles."""
    letters = max(map(len, re.findall(r"\w+", title)), default=0)
    if letters < LONG_WORD:
        return ""
    return " { .kp-longer }" if letters >= LONGER_WORD else " { .kp-long }"


def section(title: str, html: str, level: int = 2, anchor: str = "") -> str:
    """A heading and one block of HTML below it; nothing when the block is empty."""
    mark = f" {{ #{anchor} }}" if anchor else ""
    return f"{'#' * level} {markdown_text(title)}{mark}\n\n{html}\n\n" if html else ""


CONTENTS_MIN = 3


def contents(place: Place, targets: Sequence[tuple[str, str]]) -> str:
    """What is on a page, beside it where there is room for a second column: (anchor, words).

    Nothing for a page of one or two parts: that is seen at once.
    """
    if len(targets) < CONTENTS_MIN:
        return ""
    items = "".join(
        element("li", element("a", escape(words), href=f"#{anchor}")) for anchor, words in targets
    )
    listed = element("ul", items, role="list")
    label = place.phrase("On this page")
    return element("nav", listed, class_="kp-contents", aria_label=label)


def block(html: str) -> str:
    """HTML as a Markdown block of its own."""
    return f"{html}\n\n" if html else ""


def chip(place: Place, term: Page) -> str:
    """A tag that leads to its page; the class tells techniques, muscles and symptoms apart, and so does the label before a row."""
    return element(
        "a",
        escape(term.title),
        class_=f"kp-chip kp-chip--{term.kind}",
        href=place.url(term),
        lang=place.lang_of(term),
    )


_TAGS = tuple(row for row in KINDS.values() if row.is_tag)
"""The kinds of tag as an article has them: what is felt, where, what is done. What is to be done begins at the end."""


def chips(place: Place, terms: Sequence[Term], *, about: bool = False) -> str:
    """All tags of a page in rows by kind."""
    rows = []
    for row in _TAGS if about else reversed(_TAGS):
        of_kind = [chip(place, t) for t in terms if t.kind == row.name]
        if of_kind:
            label = (row.about if about else row.tagged) or row.label
            rows.append(f"<dt>{place.in_html(label)}</dt><dd>{' '.join(of_kind)}</dd>")
    return element("dl", "".join(rows), class_="kp-chips") if rows else ""


def chip_row(place: Place, terms: Sequence[Page]) -> str:
    """Tags in a row without a label."""
    return (
        element("p", " ".join(chip(place, t) for t in terms), class_="kp-chip-row") if terms else ""
    )


def family_of(place: Place, exercise: Exercise) -> str:
    """The family an exercise is grouped under: that of its first technique; mobility when it names none."""
    for term in place.library.terms(exercise.tags):
        if isinstance(term, Technique):
            return term.family
    return "mobility"


def card(place: Place, page: Page) -> str:
    """A card that leads to a page and says what kind of thing it is."""
    picture = ""
    if isinstance(page, Exercise):
        picture = thumbnail(place, page.slug)
        meta = " · ".join(
            x
            for x in (
                place.phrase(FAMILY_LABELS[family_of(place, page)]),
                dosage_line(page.dosage, place.words),
                place.phrase(page.level),
            )
            if x
        )
        text = plain_text(page.description)
    elif isinstance(page, Video):
        clip = place.clips.get(page.slug)
        picture = poster_element(place, clip) if clip else ""
        length = f" · {length_words(clip.manifest.duration_s)}" if clip else ""
        meta = f"{kind_label(place, page)}{length}{_dated(place, page)}"
        text = plain_text(page.description)
    elif isinstance(page, Article):
        meta = f"{kind_label(place, page)}{_dated(place, page)}"
        text = plain_text(page.description)
    elif isinstance(page, Plan):
        low, high = minutes_of(page, sessions_of(place, page))
        days = place.counted(PLAN_DAYS, "{n} day", "{n} days")
        meta = f"{kind_label(place, page)} · {days}"
        if high:
            minutes = minutes_words(low, high, place.words)
            meta += f" · {place.phrase('{minutes} a day', minutes=minutes)}"
        text = plain_text(page.description)
    else:
        meta, text = kind_label(place, page), plain_text(page.description)
    # Only the title is the link, so that it is read out as a name and not as a paragraph;
    # the stylesheet stretches it over the whole card.
    lang = place.lang_of(page)
    inner = (
        picture
        + element("a", escape(page.title), class_="kp-card__title", href=place.url(page), lang=lang)
        + element("span", escape(in_a_row(meta)), class_="kp-card__meta")
        + element("span", escape(text), class_="kp-card__text", lang=lang)
    )
    drawn = " kp-card--drawn" if picture and isinstance(page, Exercise) else ""
    return element("li", inner, class_=f"kp-card kp-card--{page.kind}{drawn}")


def _dated(place: Place, page: Page) -> str:
    return f" · {place.words.day(page.date)}" if page.date else ""


def kind_label(place: Place, page: Page) -> str:
    """What kind of page this is, in a reader's word."""
    structure = getattr(page, "structure", None)
    if structure is not None:
        return place.phrase(STRUCTURE_LABELS[structure])
    return place.phrase(KINDS[page.kind].label)


def cards(place: Place, pages: Iterable[Page], sort: str = "") -> str:
    """Cards side by side, as many as fit; ``sort`` is what the stylesheet calls these."""
    items = "".join(card(place, page) for page in pages)
    name = f"kp-cards kp-cards--{sort}" if sort else "kp-cards"
    return element("ul", items, class_=name, role="list") if items else ""


def dosage_card(place: Place, dosage: Dosage, label: str) -> str:
    """A dosage as pairs of label and value."""
    rows = "".join(
        f"<div><dt>{escape(label_)}</dt><dd>{escape(value)}</dd></div>"
        for label_, value in dosage_rows(dosage, place.words)
    )
    return element("dl", rows, class_="kp-dosage", aria_label=label) if rows else ""


def step_list(
    place: Place, steps: Sequence[Step], words: Sequence[str], stills: Sequence[str] | None = None
) -> str:
    """The steps of an exercise. Every step says its kind in a word.

    Args:
        place: The page they are on.
        steps: The steps.
        words: Their texts as HTML.
        stills: The drawing that belongs to each, empty for a step without one.
    """
    items = "".join(
        element(
            "li",
            element("span", place.in_html(STEP_LABELS[step.kind]), class_="kp-step__kind")
            + still
            + element("span", text, class_="kp-step__text"),
            class_=f"kp-step kp-step--{step.kind}" + (" kp-step--drawn" if still else ""),
        )
        for step, text, still in zip(steps, words, stills or [""] * len(steps), strict=True)
    )
    # Safari drops a list's meaning with its markers; the role keeps it.
    return element("ol", items, class_="kp-steps", role="list") if items else ""


def people_say(place: Place, term: Term) -> str:
    """Other ways to say it. Nobody said them to us, so they are without quotation marks, and that is reported."""
    items = "".join(element("li", escape(words)) for words in term.people_say)
    lead = place.in_html("Our own examples of how people may put it. Nobody is quoted.")
    listed = element("ul", items, class_="kp-say", role="list")
    return element("div", element("p", lead) + listed) if items else ""


def sources_list(place: Place, page: Page) -> str:
    """The sources of a page, numbered as cited, each with what it found and how far it was checked."""
    items = []
    for mention in page.sources:
        reference = place.library.shared.references.get(mention.text)
        if reference is None:
            continue
        cite = escape(reference.cite)
        if reference.url:
            cite += f" {element('a', f'doi:{escape(str(reference.doi))}', href=reference.url, rel='noopener')}"
        checked = {
            "secondary": f" {place.in_html('We know this paper only through other pages.')}",
        }.get(reference.checked, "")
        items.append(
            element(
                "li",
                f"{cite}<br>{escape(reference.finding)}{checked}",
                id=f"source-{reference.key}",
            )
        )
    return element("ol", "".join(items), class_="kp-sources") if items else ""


def review_note(place: Place, page: Page) -> str:
    """Who went through the page last, when it is due, whether a clinician has, and the way to the list of all."""
    review = page.reviewed
    who = place.library.settings.reviewers.get(review.by.text) if review is not None else None
    everywhere = element("a", place.in_html("Who has checked what"), href=place.url("reviews.md"))
    if review is None or who is None:
        if page.kind == "page":
            return ""
        nobody = place.in_html("Nobody has checked this page yet.")
        return element("p", f"{nobody} {everywhere}.", class_="kp-review")
    note = place.in_html(
        "Last checked on {day} by {name}; next due {next_day}.",
        day=place.words.day(review.on),
        name=escape(who.name),
        next_day=place.words.day(review.next),
    )
    if not who.clinician:
        note += f" {place.in_html('No clinician has reviewed this page yet.')}"
    return element("p", f"{note} {everywhere}.", class_="kp-review")


def held_reason(page: Page) -> str:
    """In the preview: why this page is not on the public site."""
    reason = (
        "a draft"
        if page.draft
        else f"waiting until {IN_ENGLISH.day(page.date)}"
        if page.date
        else "held back"
    )
    return f"Preview: this page is {reason}."
