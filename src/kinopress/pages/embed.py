"""From a film's manifest to one ``<video>`` element that needs no script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kinopress.pages.html import element, escape
from kinopress.video.manifest import Manifest, Output

LANGUAGE_LABELS = {"en": "English", "cy": "Cymraeg"}


class Links(Protocol):
    """Somewhere on the site, from where other places can be reached."""

    def url(self, target: str, /) -> str:
        """The address of a plain-tree file as written here."""
        ...


@dataclass(frozen=True, slots=True)
class Clip:
    """A film ready to be shown: its manifest, the folder that holds its files, its captions by language."""

    manifest: Manifest
    folder: Path
    captions: Mapping[str, str]

    @property
    def site_folder(self) -> str:
        """Where its files stand on the site; the name changes with the content, so it can be cached for ever."""
        return f"media/{self.manifest.digest[:16]}"

    def site_path(self, output: Output) -> str:
        """Where one of its files stands on the site."""
        return f"{self.site_folder}/{output.path}"


def caption_path(slug: str, language: str) -> str:
    """Where captions stand on the site."""
    return f"videos/{slug}.{language}.vtt"


def length_words(seconds: float) -> str:
    """A film's length as a clock shows it: 0:24, 12:05."""
    minutes, secs = divmod(round(seconds), 60)
    return f"{minutes}:{secs:02d}"


def _poster(clip: Clip, *kinds: str) -> Output | None:
    posters = [o for o in clip.manifest.outputs if o.kind == "poster"]
    for mime in kinds:
        for output in posters:
            if output.mime == mime:
                return output
    return posters[0] if posters else None


def video_element(place: Links, slug: str, alt: str, clip: Clip) -> str:
    """The ``<video>`` of a film for the page at ``place``.

    ``preload="none"`` and a poster: nothing of the film is fetched before it is played.
    Width and height are the film's own, so nothing jumps. A rendition smaller than the
    largest is offered to small screens first; the first source that fits is taken.
    """
    renditions = sorted(clip.manifest.renditions, key=lambda o: -o.width * o.height)
    sources = []
    for at, output in enumerate(sorted(renditions, key=lambda o: o.width * o.height)):
        is_largest = at == len(renditions) - 1
        sources.append(
            f'<source src="{escape(place.url(clip.site_path(output)))}" '
            f'type="{escape(_type(output), quote=False).replace(chr(34), "&quot;")}"'
            + ("" if is_largest else f' media="(max-width: {_screen_px(output)}px)"')
            + ">"
        )
    tracks = [
        f'<track kind="captions" src="{escape(place.url(caption_path(slug, lang)))}" '
        f'srclang="{lang}" label="{LANGUAGE_LABELS.get(lang, lang)}"{" default" if at == 0 else ""}>'
        for at, lang in enumerate(sorted(clip.captions))
    ]
    # A poster attribute takes one picture and no alternatives: JPEG is shown everywhere.
    poster = _poster(clip, "image/jpeg")
    largest = renditions[0]
    download = element(
        "a",
        "download the film",
        href=place.url(clip.site_path(largest)),
        download=f"{slug}.mp4",
    )
    return element(
        "video",
        "".join(
            [*sources, *tracks, f"<p>Your browser cannot play this film. You can {download}.</p>"]
        ),
        class_="kp-video" + (" kp-video--tall" if largest.height > largest.width else ""),
        controls=True,
        playsinline=True,
        preload="none",
        width=clip.manifest.width,
        height=clip.manifest.height,
        poster=place.url(clip.site_path(poster)) if poster else None,
        aria_label=alt,
    )


def poster_element(place: Links, clip: Clip) -> str:
    """The still picture of a film for a card, beside a text that says what it is."""
    small, fallback = _poster(clip, "image/webp"), _poster(clip, "image/jpeg")
    if small is None or fallback is None:
        return ""
    image = (
        f'<img src="{escape(place.url(clip.site_path(fallback)))}" alt="" loading="lazy" '
        f'width="{fallback.width}" height="{fallback.height}">'
    )
    if small is not fallback:
        source = f'<source srcset="{escape(place.url(clip.site_path(small)))}" type="image/webp">'
        image = f"<picture>{source}{image}</picture>"
    return image


def _type(output: Output) -> str:
    return f'{output.mime}; codecs="{output.codecs}"' if output.codecs else output.mime


def _screen_px(output: Output) -> int:
    """Up to which screen width a rendition is the better choice: its own long side at one to one, at most 600 px."""
    return min(600, max(output.width, output.height))
