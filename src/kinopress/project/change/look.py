"""How a film that has its page looks: the fields of its part, its still picture and its chapters, changed in its file."""

from __future__ import annotations

from pathlib import Path

from kinopress.content.forms.pages import FORMS
from kinopress.content.model.pages import Chapter, Video
from kinopress.content.source.writer import Change, Put, Remove
from kinopress.content.source.yaml.words import Value
from kinopress.media.trim import WHOLE, Trim
from kinopress.project.change.save import save
from kinopress.project.films.add import in_seconds


def change_look(
    project: Path,
    page: Video,
    opened: str,
    trim: Trim,
    poster_at_s: float | None,
    chapters: tuple[Chapter, ...],
) -> None:
    """Change what is chosen on a film, and no other byte of its page. The next build makes what differs.

    Args:
        project: The project's folder.
        page: The film's page as it was read.
        opened: The token of the file from which the form was filled.
        trim: The part of the camera film to show.
        poster_at_s: Second of the camera film for the still picture; ``None``: the program chooses.
        chapters: Named moments, in seconds of the camera film.

    Raises:
        Refusal: as :func:`.save.save`.
    """
    changes: list[Change] = []
    if trim != (page.trim or WHOLE):
        ends = {"from": in_seconds(trim.from_s)} if trim.from_s else {}
        if trim.to_s is not None:
            ends["to"] = in_seconds(trim.to_s)
        changes.append(_put("trim", ends))
    if poster_at_s != page.poster_at_s:
        changes.append(_put("poster", None if poster_at_s is None else in_seconds(poster_at_s)))
    if [(c.at_s, c.title) for c in chapters] != [(c.at_s, c.title) for c in page.chapters]:
        rows = [{"at": in_seconds(chapter.at_s), "title": chapter.title} for chapter in chapters]
        changes.append(_put("chapters", rows))
    save(project, page.path, opened, changes)


def _put(name: str, value: Value) -> Change:
    return Put((name,), value, tuple(FORMS["video"].fields)) if value else Remove((name,))
