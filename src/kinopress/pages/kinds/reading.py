"""The pages one reads or watches: articles, videos, plain pages."""

from __future__ import annotations

from kinopress.content.captions.webvtt import shown_chapters
from kinopress.content.model.language.languages import LANGUAGES
from kinopress.content.model.pages import Article, Chapter, Exercise, PlainPage, Symptom, Video
from kinopress.content.relations.companions import exercises_to_try
from kinopress.content.relations.related import related
from kinopress.media.clip import Clip
from kinopress.media.length import instant_words, length_words
from kinopress.media.transcript import Paragraph
from kinopress.pages.coach.assessment import way_there
from kinopress.pages.coach.coach import byline
from kinopress.pages.parts import parts, warning_signs
from kinopress.pages.parts.film import download_of, download_url, languages
from kinopress.pages.parts.html import element, escape, heading_anchor, plain_text
from kinopress.pages.place import Place
from kinopress.pages.text import film, render_body, render_sections


def _dateline(place: Place, page: Article | Video, more: str = "") -> str:
    if page.date is None:
        return ""
    return element(
        "p",
        element("time", place.words.day(page.date), datetime=page.date.isoformat()) + more,
        class_="kp-dateline",
    )


def render_article(place: Place, page: Article) -> str:
    """An article after its symptoms' warning signs, with the exercises and films that belong to it."""
    library = place.library
    terms = library.terms(page.tags)
    symptoms = [t for t in terms if isinstance(t, Symptom)]
    headings = [title for title, _ in render_sections(place, page)]
    places = [(anchor, plain_text(h)) for h in headings if (anchor := heading_anchor(h))]
    return "".join(
        [
            parts.heading(page.title, page.description),
            parts.block(parts.contents(place, places)),
            parts.block(byline(place) if page.first_person else ""),
            parts.block(_dateline(place, page)),
            parts.block(warning_signs.flags_fold(place, symptoms)),
            parts.block(render_body(place, page)),
            parts.section(place.phrase("What it is about"), parts.chips(place, terms, about=True)),
            parts.section(
                place.phrase("Exercises to try"),
                parts.cards(place, exercises_to_try(library, page)),
            ),
            parts.section(
                place.phrase("Films"), parts.cards(place, related(library, page, Video, 3))
            ),
            parts.section(
                place.phrase("Read on"), parts.cards(place, related(library, page, Article, 3))
            ),
            parts.block(way_there(place)),
            parts.section(place.phrase("Sources"), parts.sources_list(place, page)),
            parts.block(parts.review_note(place, page)),
        ]
    )


def render_video(place: Place, page: Video) -> str:
    """A film with its chapters, its words and the exercises it shows."""
    library = place.library
    clip = place.clips.get(page.slug)
    shown = [e for m in page.exercises if (e := library.get(Exercise, m)) is not None]
    chapters = "".join(
        f"<div><dt>{instant_words(chapter.at_s)}</dt><dd>{_chapter(place, clip, chapter)}</dd></div>"
        for chapter in shown_chapters(
            page.chapters, page.trim, clip.manifest.duration_s if clip else None
        )
    )
    length = f" · {length_words(clip.manifest.duration_s)}" if clip else ""
    others = [v for v in related(library, page, Video, 3) if v.slug != page.slug]
    return "".join(
        [
            parts.heading(page.title, page.description),
            parts.block(_dateline(place, page, length)),
            parts.block(_to_watch(place, page, clip, chapters)),
            parts.block(render_body(place, page)),
            parts.section(place.phrase("The exercises shown"), parts.cards(place, shown)),
            parts.section(
                place.phrase("What it belongs to"), parts.chips(place, library.terms(page.tags))
            ),
            parts.section(place.phrase("More films"), parts.cards(place, others)),
            parts.section(
                place.phrase("To read"), parts.cards(place, related(library, page, Article, 3))
            ),
            parts.section(place.phrase("Sources"), parts.sources_list(place, page)),
            parts.block(parts.review_note(place, page)),
        ]
    )


def _to_watch(place: Place, page: Video, clip: Clip | None, chapters: str) -> str:
    """The film with all that belongs to it, and what is in it: beside it where there is room, as one looks at both."""
    shown = film(place, page)
    if clip:
        shown += _download(place, page, clip) + _transcripts(place, clip)
    if not chapters:
        return shown
    heading = element("h2", place.in_html("In this film"), id="in-this-film")
    listed = element("dl", chapters, class_="kp-chapters")
    return element(
        "div",
        element("div", shown) + element("div", heading + listed, class_="kp-watch__parts"),
        class_="kp-watch",
    )


def _chapter(place: Place, clip: Clip | None, chapter: Chapter) -> str:
    """The title of a chapter: a link to that second of the film's file, which a browser plays even without a script."""
    title = escape(chapter.title)
    if clip is None:
        return title
    return element("a", title, href=f"{download_url(place, clip)}#t={chapter.at_s:g}")


def _download(place: Place, page: Video, clip: Clip) -> str:
    """A link for those who watch without the internet."""
    size = download_of(clip).bytes / 1e6
    link = element(
        "a",
        place.in_html("Download the film"),
        href=download_url(place, clip),
        download=f"{page.slug}.mp4",
    )
    return element("p", f"{link} (MP4, {size:.1f} MB)", class_="kp-film-links")


def _transcripts(place: Place, clip: Clip) -> str:
    """What is said, to read instead, or what the captions of a silent film say: one fold a language."""
    heading = (
        place.phrase("What is said")
        if clip.manifest.has_audio
        else place.phrase("What the captions say")
    )
    folds = []
    for lang in languages(clip.transcript):
        if not clip.transcript[lang]:
            continue
        label = LANGUAGES.get(lang, lang)
        summary = heading + ("" if lang.partition("-")[0] == "en" else f" ({label})")
        words = element("div", "".join(map(_paragraph, clip.transcript[lang])), lang=lang)
        folds.append(
            element("details", element("summary", escape(summary)) + words, class_="kp-transcript")
        )
    return "".join(folds)


def _paragraph(paragraph: Paragraph) -> str:
    time = element("span", instant_words(paragraph.at_s), class_="kp-transcript__time")
    return element("p", f"{time} {escape(paragraph.words)}")


def render_plain(place: Place, page: PlainPage) -> str:
    """Home, about, contact …: the coach's own words and blocks."""
    lead = "" if page.slug == "index" else page.description
    return "".join(
        [
            parts.heading(page.title, lead),
            parts.block(render_body(place, page)),
            parts.section(place.phrase("Sources"), parts.sources_list(place, page)),
            parts.block(parts.review_note(place, page)),
        ]
    )
