"""From the text a coach wrote to plain Markdown: its links, citations and blocks written out."""

from __future__ import annotations

import dataclasses
import re
from urllib.parse import quote

from kinopress.content.captions.webvtt import shown_chapters
from kinopress.content.markdown.code_spans import blanked_code
from kinopress.content.markdown.html.tags import read_tags
from kinopress.content.markdown.html.typed import as_typed
from kinopress.content.markdown.marks import (
    Mark,
    citation_keys,
    plain_address,
    replace,
    scan,
    whole_link,
)
from kinopress.content.markdown.writers.settle import settle
from kinopress.content.model.library import find_page
from kinopress.content.model.pages import Page, Video
from kinopress.content.model.plans import PLAN_DAYS
from kinopress.content.model.shared import LEVELS
from kinopress.content.relations.reaching import leads_on
from kinopress.content.text.addresses import is_elsewhere
from kinopress.content.text.blocks import named_flags, split_block
from kinopress.content.text.targets import find_target
from kinopress.pages.coach import assessment, coach
from kinopress.pages.links import page_path, relative_file
from kinopress.pages.lists import reviews as review_page
from kinopress.pages.lists.find import search_form, where_it_hurts
from kinopress.pages.parts import parts, plan_figures, warning_signs
from kinopress.pages.parts.film import player
from kinopress.pages.parts.html import element, escape, inline, markdown_text, plain_text
from kinopress.pages.parts.picture import picture_element
from kinopress.pages.place import Place


def render_body(place: Place, page: Page) -> str:
    """The body of a page as plain Markdown."""
    return _trimmed(_replaced(place, page, settle(page.body, page.remark_lines).text))


def render_sections(place: Place, page: Page) -> list[tuple[str, str]]:
    """The body of a page in its parts: second-level heading and the text below it, both as plain Markdown."""
    return [
        (_trimmed(_replaced(place, page, title)), _trimmed(_replaced(place, page, text)))
        for title, text in split_sections(settle(page.body, page.remark_lines).text)
    ]


def _trimmed(text: str) -> str:
    return text.strip("\n").rstrip()


def render_line(place: Place, page: Page, words: str) -> str:
    """One line of the coach's Markdown (a step, a sentence of evidence) as HTML."""
    marks = _marks(place, page, words)
    if not marks:
        return inline(words)
    pieces: list[str] = []  # kept from Markdown behind two signs that no font has

    def keep(mark: Mark) -> str:
        pieces.append(_as_html(place, page, mark))
        return f"\ue000{len(pieces) - 1}\ue001"

    html = inline(replace(words, marks, keep))
    return re.sub("\ue000(\\d+)\ue001", lambda m: pieces[int(m[1])], html)


def split_sections(markdown: str) -> list[tuple[str, str]]:
    """A text in its parts: (second-level heading, everything up to the next one). Text before the first has no heading.

    A heading inside an element of HTML, or in code, belongs to what is around it.
    """
    plain = blanked_code(markdown)
    inside = [
        (tag.start, tag.partner.end)
        for tag in read_tags(markdown)
        if tag.partner and tag.kind == "open"
    ]
    found: list[tuple[str, str]] = []
    title, start = "", 0
    for match in _SECTION.finditer(plain):
        if any(begin < match.start() < end for begin, end in inside):
            continue
        found.append((title, markdown[start : match.start()]))
        title, start = match[1].strip(), match.end()
    found.append((title, markdown[start:]))
    return [(t, text.strip("\n")) for t, text in found if t or text.strip()]


_SECTION = re.compile(r"^## (.*)$", re.MULTILINE)


def _citation(place: Place, page: Page, mark: Mark) -> str:
    order = [m.text for m in page.sources if m.text in place.library.shared.references]
    links = [
        element(
            "a",
            str(order.index(key) + 1),
            href=f"#source-{key}",
            aria_label=place.phrase("Source {n}", n=order.index(key) + 1),
        )
        for key in citation_keys(mark.target)
        if key in order
    ]
    return element("sup", ", ".join(links), class_="kp-cite") if links else ""


def _replaced(place: Place, page: Page, text: str) -> str:
    """A text with its marks written out."""
    marks = _marks(place, page, text)
    typed: list[tuple[int, int]] = []
    if "<" in text and any(mark.kind == "page" for mark in marks):
        typed = [(t.start, t.partner.end) for t in as_typed(text, read_tags(text)) if t.partner]

    def written(mark: Mark) -> str:
        if mark.kind == "page" and any(start < mark.start < end for start, end in typed):
            return _as_html(place, page, mark)  # no Markdown is read there
        return _written_out(place, page, mark, text)

    return replace(text, _close_to_words(text, marks), written)


def _close_to_words(text: str, marks: list[Mark]) -> list[Mark]:
    """The marks, those of citations with the space before them: a number stands close to its word."""
    return [
        dataclasses.replace(mark, start=mark.start - 1)
        if mark.kind == "citation" and text[mark.start - 1 : mark.start] == " "
        else mark
        for mark in marks
    ]


def _marks(place: Place, page: Page, text: str) -> list[Mark]:
    """The marks of a text. Of a link to a page that is kept back only its words are left."""
    marks: list[Mark] = []
    for mark in scan(text):
        whole = whole_link(text, mark) if _leads_to_nobody(place, page, mark) else None
        if whole is None:
            marks.append(mark)
            continue
        start, end, words = whole
        marks = [m for m in marks if m.end <= start]  # those inside come with the words
        marks.append(Mark("words", start, end, mark.line, words, None))
    return marks


def _leads_to_nobody(place: Place, page: Page, mark: Mark) -> bool:
    if mark.kind not in ("link", "html"):
        return False
    target = plain_address(mark.target)
    address = re.split(r"[?#]", target, maxsplit=1)[0]
    if is_elsewhere(target) or not address:
        return False
    found = find_target(place.library, place.library.pages, page, address)
    return found is None or (found.page is not None and not leads_on(place.library, found.page))


def _as_written(text: str, mark: Mark) -> str:
    return text[mark.start : mark.end]


def _written_out(place: Place, page: Page, mark: Mark, text: str) -> str:
    """What is in the Markdown instead of a mark."""
    if mark.kind == "words":
        return _replaced(place, page, mark.target)
    if mark.kind == "picture":
        return picture_element(place, page, mark) or _as_written(text, mark)
    if mark.kind == "citation":
        return _citation(place, page, mark)
    if mark.kind == "block":
        return f"\n{_block(place, mark)}\n"
    if mark.kind == "sign":
        return warning_signs.named_sign(place, mark.target, mark.words)
    if mark.kind == "page":
        found = _page_of(place, mark)
        words = mark.words or markdown_text(_words_of(place, mark))
        return f"[{words}]({relative_file(place.path, page_path(found))})" if found else words
    if _leads_to_nobody(place, page, mark):
        return "#"
    linked, anchor = _linked_file(place, page, mark)
    if mark.kind == "html":
        return escape(
            f"{quote(place.url(linked))}{anchor}" if linked else plain_address(mark.target)
        )
    return f"{quote(relative_file(place.path, linked))}{anchor}" if linked else mark.target


def _linked_file(place: Place, page: Page, mark: Mark) -> tuple[str | None, str]:
    """The page, list or picture of this site that a link means, by its place in the tree, and what follows it."""
    target = plain_address(mark.target)
    address = re.split(r"[?#]", target, maxsplit=1)[0]
    if is_elsewhere(target) or not address:
        return None, ""
    found = find_target(place.library, place.library.pages, page, address)
    if found is None:
        return None, ""
    linked = page_path(found.page) if found.page else place.published_path(found.path)
    return linked, target[len(address) :]


TO_COME = "a page to come"
"""What a link without words of its own shows while its page is kept back."""


def _page_of(place: Place, mark: Mark) -> Page | None:
    """The page a ``[[link]]`` leads to, if it is there and has what readers come for."""
    found = place.library.find(mark.target)
    return found if found is not None and leads_on(place.library, found) else None


def _words_of(place: Place, mark: Mark) -> str:
    """What a ``[[link]]`` shows: its own words, or the title of its page.

    Of a page that is kept back not even the title is shown: it may be what nobody is to know yet.
    """
    found = _page_of(place, mark)
    kept_back = find_page(place.library.held, mark.target) or place.library.find(mark.target)
    if found is None and kept_back is not None:
        return mark.words or place.phrase(TO_COME)
    return mark.words or (found.title if found else mark.target)


def _as_html(place: Place, page: Page, mark: Mark) -> str:
    if mark.kind == "words":
        return render_line(place, page, mark.target)
    if mark.kind == "citation":
        return _citation(place, page, mark)
    if mark.kind == "sign":
        return warning_signs.named_sign(place, mark.target, mark.words)
    if mark.kind == "page":
        found = _page_of(place, mark)
        words = _words_of(place, mark)
        return place.link(found, words) if found else escape(words)
    if mark.kind == "picture":
        return picture_element(place, page, mark) or escape(mark.words or "")
    linked, anchor = _linked_file(place, page, mark)
    return escape(f"{quote(place.url(linked))}{anchor}" if linked else mark.target)


def _block(place: Place, mark: Mark) -> str:
    name, rest = split_block(mark.target)
    library = place.library
    if name == "video":
        page = library.pages.get(("video", rest))
        return film(place, page) if isinstance(page, Video) else ""
    if name == "exercise":
        exercise = library.pages.get(("exercise", rest))
        return parts.cards(place, [exercise]) if exercise else ""
    if name == "coach":
        return coach.who(place)
    if name == "welcome":
        return coach.welcome(place)
    if name == "contact":
        return coach.ways_to_reach(place)
    if name == "assessment":
        return assessment.offered(place)
    flags = library.shared.red_flags.values()
    if name == "red-flags" and rest:
        return warning_signs.named_signs(place, named_flags(rest))
    if name == "red-flags":
        return element(
            "div", warning_signs.flag_list(place, flags), class_="kp-flags kp-flags--all"
        )
    if name == "red-flags-short":
        items = "".join(
            element(
                "li", warning_signs.help_link(place, f.title, f"#flag-{f.key}") or escape(f.title)
            )
            for f in flags
            if f.level == LEVELS[0]
        )
        return warning_signs.emergencies(place, items)
    if name == "whom-to-call":
        return warning_signs.whom_to_call(place, flags)
    if name == "sign-figures":
        return warning_signs.figures(place)
    if name == "find":
        return search_form(place)
    if name == "body-map":
        return where_it_hurts(place)
    if name == "plan-facts":
        return plan_figures.figures(place)
    if name == "reviews":
        return element("div", review_page.sums_with_link(place), class_="kp-reviews")
    if name == "start":
        return _start(place)
    if name == "newest-film":
        return parts.cards(place, library.videos[:1])
    newest = [*library.videos[:3], *library.articles[:3]]
    newest.sort(key=lambda p: (p.date is not None, p.date), reverse=True)
    return parts.cards(place, newest, "latest")


def film(place: Place, page: Video) -> str:
    """A film ready to play, or a sentence that says it is being prepared (in the preview only: a build waits for it)."""
    clip = place.clips.get(page.slug)
    if clip is None:
        return element(
            "p", f"The film “{escape(page.title)}” is not encoded here.", class_="kp-held"
        )
    return element(
        "figure",
        player(
            place,
            page.slug,
            plain_text(page.alt or page.title),
            clip,
            shown_chapters(page.chapters, page.trim, clip.manifest.duration_s),
        ),
        class_="kp-film",
    )


def _start(place: Place) -> str:
    """Ways to begin, without lists that are empty."""
    library = place.library
    ways = (
        (
            len(library.symptoms),
            "symptoms/index.md",
            place.phrase("What do you feel?"),
            place.counted(
                len(library.symptoms),
                "{n} symptom, with what to try",
                "{n} symptoms, with what to try",
            ),
        ),
        (
            len(library.muscles),
            "muscles/index.md",
            place.phrase("Which muscle is it?"),
            place.counted(
                len(library.muscles),
                "{n} muscle, tendon, nerve or joint",
                "{n} muscles, tendons, nerves and joints",
            ),
        ),
        (
            len(library.exercises),
            "exercises/index.md",
            place.phrase("What can I do?"),
            place.counted(
                len(library.exercises),
                "{n} exercise, step by step",
                "{n} exercises, step by step",
            ),
        ),
        (
            len(library.plans),
            "plans/index.md",
            place.phrase("Follow a plan"),
            _plans(place, len(library.plans)),
        ),
        (
            len(library.videos),
            "videos/index.md",
            place.phrase("Show me"),
            _films(place, len(library.videos)),
        ),
        (1, "a-z.md", place.phrase("A–Z"), place.phrase("Every name there is, Latin or plain")),
    )
    items = "".join(
        element(
            "li",
            element("a", escape(title), class_="kp-card__title", href=place.url(path))
            + element("span", escape(text), class_="kp-card__text"),
            class_="kp-card kp-card--start",
        )
        for number, path, title, text in ways
        if number
    )
    return element("ul", items, class_="kp-cards kp-cards--start", role="list")


def _plans(place: Place, number: int) -> str:
    return place.counted(
        number,
        "{n} plan: {days} days, day by day",
        "{n} plans: {days} days, day by day",
        days=PLAN_DAYS,
    )


def _films(place: Place, number: int) -> str:
    return place.counted(number, "{n} film", "{n} films, week by week")
