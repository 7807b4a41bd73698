"""A film as a page shows it: its manifest and the files beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kinopress.media.manifest import Manifest, Output
from kinopress.media.transcript import Paragraph


@dataclass(frozen=True, slots=True)
class Clip:
    """A film ready to be shown.

    Attributes:
        manifest: What there is of it.
        folder: Where those files are.
        captions: WebVTT files by language, relative to the project.
        chapters: A WebVTT file, relative to the project, if it has chapters.
        transcript: What is said, by language.
        elsewhere: Whether its files are not on this computer, only on a host.
    """

    manifest: Manifest
    folder: Path
    captions: Mapping[str, str]
    chapters: str | None = None
    transcript: Mapping[str, tuple[Paragraph, ...]] = field(default_factory=dict)
    elsewhere: bool = False

    @property
    def site_folder(self) -> str:
        """Where its files are on the site; the name changes with the content, so it can be cached for ever."""
        return f"media/{self.manifest.site_name}"

    def site_path(self, output: Output) -> str:
        """Where one of its files is on the site."""
        return f"{self.site_folder}/{output.path}"


def caption_path(slug: str, language: str) -> str:
    """Where captions are on the site."""
    return f"videos/{slug}.{language}.vtt"


def chapters_path(slug: str) -> str:
    """Where chapters are on the site."""
    return f"videos/{slug}.chapters.vtt"
