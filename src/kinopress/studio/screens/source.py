"""A file of the project as it is on the disk, with its lines: where a problem is."""

from __future__ import annotations

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from kinopress.content.forms.settings.read import FILE
from kinopress.content.model.kinds import SOURCE_TOPS
from kinopress.content.source.document import read_text
from kinopress.studio.studio import studio_of

SHOWN_ENDINGS = frozenset({".md", ".yml", ".vtt", ".srt"})
"""Which files are shown, line by line."""
_BYTES_MAX = 2_000_000


def source_file(project: Path, path: str) -> Path | None:
    """A text of the coach's by its path below the project; ``None`` for anything else.

    No name that a browser sends is trusted: what leads out of the folders that hold sources, by ``..``
    or by a link on the disk, is not there.
    """
    parts = path.split("/")
    if "\0" in path or "\\" in path or any(part in ("", ".", "..") for part in parts):
        return None
    if path != FILE and parts[0] not in SOURCE_TOPS:
        return None
    file = project / path
    root = project.resolve()
    try:
        there = file.resolve(strict=True)
        inside = there == root / FILE or any(
            there.is_relative_to(root / top) for top in SOURCE_TOPS
        )
        if not inside or not there.is_file() or there.suffix.casefold() not in SHOWN_ENDINGS:
            return None
        return file if there.stat().st_size <= _BYTES_MAX else None
    except (OSError, ValueError):
        return None


def _source(request: Request) -> Response:
    studio = studio_of(request)
    path = request.query_params.get("path", "")
    file = source_file(studio.project, path)
    if file is None:
        raise HTTPException(404)
    text, problems = read_text(file, path)
    line = request.query_params.get("line", "")
    return HTMLResponse(
        studio.page(
            "source.html",
            request,
            title=path,
            lines=(text or "").split("\n"),
            line=int(line) if line.isdigit() and len(line) < 8 else 0,
            field=request.query_params.get("field", "")[:80],
            unread=problems[0].message if problems else "",
        )
    )


routes = [Route("/source", _source)]
