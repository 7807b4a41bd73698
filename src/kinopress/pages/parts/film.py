"""From a film's manifest to one ``<video>`` element that needs no script, and what a script needs for more."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Protocol

from kinopress.content.model.language.languages import LANGUAGES
from kinopress.content.model.pages import Chapter
from kinopress.finder.film_facts import FilmFacts
from kinopress.media.clip import Clip, caption_path, chapters_path
from kinopress.media.manifest import Output
from kinopress.media.to_keep import is_av1, pixels, to_keep
from kinopress.pages.parts.html import element, escape


class Links(Protocol):
    """Somewhere on the site, from where other places can be reached."""

    def url(self, target: str, /) -> str:
        """The address of a plain-tree file as written here."""
        ...

    def in_html(self, english: str, /, **values: str) -> str:
        """Words of the program as HTML."""
        ...

    @property
    def language(self) -> str:
        """The language of the page."""
        ...


def languages(names: Iterable[str]) -> list[str]:
    """Languages in the order in which they are offered: English first."""
    return sorted(names, key=lambda name: (name.partition("-")[0] != "en", name))


def _poster(clip: Clip, *kinds: str) -> Output | None:
    posters = [o for o in clip.manifest.outputs if o.kind == "poster"]
    for mime in kinds:
        for output in posters:
            if output.mime == mime:
                return output
    return posters[0] if posters else None


def film_facts(clip: Clip) -> FilmFacts:
    """What a search result shows of a film."""
    poster = _poster(clip, "image/webp", "image/jpeg")
    return FilmFacts(clip.manifest.duration_s, clip.site_path(poster) if poster else "")


def share_poster(clip: Clip) -> Output | None:
    """The poster that stands for a film where its page is shared, as every program can show it."""
    return _poster(clip, "image/jpeg")


def share_picture(clip: Clip) -> str:
    """Where that poster is on the site; empty without one."""
    poster = share_poster(clip)
    return clip.site_path(poster) if poster else ""


def player(place: Links, slug: str, alt: str, clip: Clip, chapters: Sequence[Chapter] = ()) -> str:
    """A film for the page at ``place``: :func:`video_element` over its poster, and what the player cannot see in it.

    A browser does not say how many pictures a second has, nor how long a film is that it has not fetched. The poster
    is an image behind the element: ``poster=`` takes one file, and a picture has a smaller one where it can be shown.
    """
    manifest = clip.manifest
    board = manifest.storyboard
    tall = " kp-video--tall" if manifest.height > manifest.width else ""
    kept = to_keep(clip)
    marks = [[round(chapter.at_s, 3), chapter.title] for chapter in chapters]
    return element(
        "kp-film",
        element(
            "div",
            poster_element(place, clip, first=True) + video_element(place, slug, alt, clip),
            class_=f"kp-video{tall}",
        ),
        data_length=f"{manifest.duration_s:g}",
        data_fps=f"{manifest.fps:.9g}" if manifest.fps else None,
        data_silent=not manifest.has_audio,
        data_keep=place.url(clip.site_path(kept)),
        data_keep_bytes=kept.bytes,
        data_board=place.url(clip.site_path(board[1])) if board else None,
        data_chapters=json.dumps(marks, ensure_ascii=False, separators=(",", ":"))
        if marks
        else None,
    )


def video_element(place: Links, slug: str, alt: str, clip: Clip) -> str:
    """The ``<video>`` of a film.

    ``preload="none"``: nothing of the film is fetched before it is played.
    Width and height are the film's own, so nothing jumps.
    """
    download = element(
        "a",
        place.in_html("download the film"),
        href=download_url(place, clip),
        download=f"{slug}.mp4",
    )
    return element(
        "video",
        "".join(
            [
                *_sources(place, clip),
                *_tracks(place, slug, clip),
                element(
                    "p",
                    place.in_html(
                        "Your browser cannot play this film. You can {download}.", download=download
                    ),
                ),
            ]
        ),
        controls=True,
        playsinline=True,
        preload="none",
        width=clip.manifest.width,
        height=clip.manifest.height,
        aria_label=alt,
    )


def _sources(place: Links, clip: Clip) -> Iterator[str]:
    """The ``<source>`` elements. A browser takes the first that it can play and whose ``media`` fits.

    So the codecs come one after another, AV1 before H.264, and within a codec the smaller
    files, for small screens only, before the largest, for all.
    """
    renditions = sorted(clip.manifest.renditions, key=lambda o: (not is_av1(o), pixels(o)))
    for _, of_codec in groupby(renditions, key=is_av1):
        *smaller, largest = of_codec
        for output in (*smaller, largest):
            yield (
                f'<source src="{escape(place.url(clip.site_path(output)))}" '
                f'type="{escape(_type(output))}"'
                + ("" if output is largest else f' media="(max-width: {_screen_px(output)}px)"')
                + ">"
            )


def _tracks(place: Links, slug: str, clip: Clip) -> Iterator[str]:
    for at, lang in enumerate(languages(clip.captions)):
        yield (
            f'<track kind="captions" src="{escape(place.url(caption_path(slug, lang)))}" '
            f'srclang="{lang}" label="{LANGUAGES.get(lang, lang)}"'
            f"{' default' if at == 0 else ''}>"
        )
    if clip.chapters is not None:
        yield (
            f'<track kind="chapters" src="{escape(place.url(chapters_path(slug)))}" '
            f'srclang="{place.language}" label="{place.in_html("Chapters")}">'
        )


def download_of(clip: Clip) -> Output:
    """The file to download: the largest that plays everywhere."""
    plain = [o for o in clip.manifest.renditions if not is_av1(o)]
    return max(plain or clip.manifest.renditions, key=pixels)


def download_url(place: Links, clip: Clip) -> str:
    """The address of that file."""
    return place.url(clip.site_path(download_of(clip)))


def poster_element(place: Links, clip: Clip, *, first: bool = False) -> str:
    """The still picture of a film for a card, beside a text that says what it is.

    ``first``: it is among the first things that a reader sees, and does not wait for its turn.
    """
    posters = {output.mime: output for output in clip.manifest.posters}
    fallback = _poster(clip, "image/jpeg")
    if fallback is None:
        return ""
    image = (
        f'<img src="{escape(place.url(clip.site_path(fallback)))}" alt="" '
        f'{"fetchpriority" if first else "loading"}="{"high" if first else "lazy"}" '
        f'width="{fallback.width}" height="{fallback.height}">'
    )
    sources = "".join(
        f'<source srcset="{escape(place.url(clip.site_path(posters[mime])))}" type="{mime}">'
        for mime in ("image/avif", "image/webp")
        if mime in posters
    )
    return f"<picture>{sources}{image}</picture>" if sources else image


def _type(output: Output) -> str:
    return f'{output.mime}; codecs="{output.codecs}"' if output.codecs else output.mime


def _screen_px(output: Output) -> int:
    """Up to which screen width a rendition is the better choice: its own long side at one to one, at most 600 px."""
    return min(600, max(output.width, output.height))
