"""What is published of a coach's own files, and as what.

A picture is made new in a few sizes, a drawing and a handout are written again without what
nobody sees, a style sheet without its comments, a text is copied, and everything else is refused:
what nothing here knows could tell anything. The check says all of it before a build does.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from kinopress.codes import Code
from kinopress.content.model.library import Library
from kinopress.content.text.linked import (
    HOST_FILES,
    Use,
    in_place_of_pages,
    linked_files,
    unlinked_files,
)
from kinopress.content.text.style_sheet import is_style_sheet, with_addresses, without_comments
from kinopress.pages.published import Published
from kinopress.pictures import store
from kinopress.pictures.made import (
    DRAWING_MIME,
    DRAWING_RECIPE,
    HANDOUT_MIME,
    HANDOUT_RECIPE,
    PICTURE_RECIPE,
    PICTURES,
    Made,
    MadeFile,
    PictureError,
)
from kinopress.pictures.store import Looked
from kinopress.privacy.traces import FileKind, find_traces, kind_by_ending, kind_of
from kinopress.problems import Problem

_COPIED_TEXTS = (".txt", ".csv", ".ics")
_OF_SETTINGS = (".css", ".js")
_AT_ONCE_MAX = 4
_NAMED_MAX = 5

Tell = Callable[[int, int], None]
"""Is told how many pictures are made, and of how many."""


def check_linked_files(project: Path, library: Library) -> list[Problem]:
    """Problems of all files that pages use, and a warning for those that none uses.

    Pictures are opened whole, unless a build has found them good. Nothing is written.
    """
    used, problems = _used(project, library)
    cache = Looked.load(project)
    for asset, uses in sorted(used.items()):
        problems += _look_said(project, asset, uses, cache)
    pages = list(in_place_of_pages(library))
    problems += pages
    said = {problem.path for problem in pages}
    problems += unlinked_files([asset for asset in library.assets if asset not in said], used)
    return problems


def check_posters(project: Path, library: Library) -> list[Problem]:
    """Problems of the coach's own posters, as encoding their films would find them. Nothing is written."""
    cache = Looked.load(project)
    posters = [film.poster for film in library.films.values() if film.poster is not None]
    return [problem for poster in posters for problem in _poster(project, poster, cache)]


def _poster(project: Path, poster: str, cache: Looked) -> list[Problem]:
    """What is wrong with the coach's own still picture of a film."""
    try:
        _look(project / poster, poster, [Use(poster, None, True, True)], cache)
    except PictureError as error:
        message = f"this poster is {error.what}"
        hint = f"{error.hint}, or remove it and the program chooses a poster"
        return [Problem(poster, message, hint, Code.POSTER_IMAGE)]
    except OSError as error:
        return [_cannot_be_read(poster, error)]
    return []


def _cannot_be_read(path: str, error: OSError) -> Problem:
    why = (error.strerror or str(error)).lower()
    message = f"this file cannot be read ({why})"
    hint = "check that you may open it, or remove it"
    return Problem(path, message, hint, Code.FILE_UNREADABLE)


def publish(
    project: Path, library: Library, tell: Tell | None = None
) -> tuple[Published, list[Problem]]:
    """Make what readers get of the files that shown pages use.

    Args:
        project: The project's folder.
        library: Its pages.
        tell: Is told of each picture that is made again.

    Raises:
        OSError: the disk is full or may not be written to.
    """
    used, problems = _used(project, library)
    public = {asset: uses for asset, uses in used.items() if any(use.public for use in uses)}
    made: dict[str, Made] = {}
    missing: dict[str, str] = {}  # digest → one of the files it is of
    wanted: dict[str, str] = {}
    with store.looked(project) as cache:
        for asset in list(public):
            recipe = _recipe(asset)
            if recipe is None:
                # A preview continues where a check has found mistakes: what is wrong stays out of it.
                wrong = _look_said(project, asset, public[asset], cache)
                problems += wrong
                if wrong:
                    del public[asset]
                continue
            digest = cache.get(project / asset, recipe)
            if digest is None:
                digest = store.digest_of((project / asset).read_bytes(), recipe)
                cache.put(project / asset, recipe, digest)
            wanted[asset] = digest
            if store.find(project, digest) is None:
                missing.setdefault(digest, asset)
        failed = _make_all(project, missing, tell)
        for asset, digest in wanted.items():
            if digest in failed:
                problems += _refused(asset, public[asset], failed[digest])
            elif (found := store.find(project, digest)) is not None:
                made[asset] = found
                # The next check need not open it again.
                cache.put(project / asset, f"look {_recipe(asset)}", ", ".join(found.left_out))
    addresses, files = _places(project, public, made)
    styles = [path for path in files if is_style_sheet(path)]
    written = {path: _style(path, files.pop(path), addresses) for path in styles}
    return Published(made, addresses, files, written), problems


def _style(place: str, file: Path, addresses: Mapping[str, str]) -> bytes:
    """A style sheet as it is published: without comments, and leading to pictures where these are."""

    def new(asset: str) -> str | None:
        on_site = addresses.get(asset)
        if on_site is None or asset == f"docs/{on_site}":
            return None
        return quote(posixpath.relpath(on_site, posixpath.dirname(place) or "."))

    css = file.read_bytes().decode("utf-8")
    return with_addresses(f"docs/{place}", without_comments(css), new).encode("utf-8")


def used_digests(project: Path, library: Library) -> set[str]:
    """The digests of everything that pages use, held pages included."""
    used, _ = _used(project, library)
    return {
        store.digest_of((project / asset).read_bytes(), recipe)
        for asset in used
        if (recipe := _recipe(asset)) is not None
    }


def _used(project: Path, library: Library) -> tuple[dict[str, list[Use]], list[Problem]]:
    """The files that are used; of those that cannot be read, a problem."""
    problems = []
    used = {}
    for asset, uses in linked_files(project, library).items():
        try:
            with (project / asset).open("rb"):
                used[asset] = uses
        except OSError as error:
            problems.append(_cannot_be_read(asset, error))
    return used, problems


def _recipe(asset: str) -> str | None:
    """What is made of a file, by its ending; ``None`` when it is copied."""
    kind = kind_by_ending(asset)
    if kind is None:
        return None
    if kind.name in PICTURES:
        return f"picture {PICTURE_RECIPE}"
    others = {"svg": f"drawing {DRAWING_RECIPE}", "pdf": f"handout {HANDOUT_RECIPE}"}
    return others.get(kind.name)


def _make_all(project: Path, missing: Mapping[str, str], tell: Tell | None) -> dict[str, PictureError]:  # fmt: skip
    failed: dict[str, PictureError] = {}

    def make(digest: str, asset: str) -> None:
        try:
            files, left_out = _make((project / asset).read_bytes(), asset)
        except PictureError as error:
            failed[digest] = error
        else:
            store.put(project, digest, files, left_out)

    at_once = min(_AT_ONCE_MAX, os.cpu_count() or 1)
    with ThreadPoolExecutor(at_once) as pool:  # decoders and encoders let go of Python's lock
        running = [pool.submit(make, digest, asset) for digest, asset in missing.items()]
        for number, done in enumerate(running, 1):
            try:
                done.result()
            except BaseException:  # a full disk, or Ctrl-C: those that have not begun never do
                pool.shutdown(cancel_futures=True)
                raise
            if tell is not None:
                tell(number, len(running))
    return failed


def _make(data: bytes, asset: str) -> tuple[list[MadeFile], list[str]]:
    """The files that are made of one, and what was left out of it.

    Raises:
        PictureError: it cannot be published.
    """
    kind = kind_by_ending(asset)
    # A library for each is loaded where there is such a file only: most checks open none.
    if kind is not None and kind.name == "svg":
        from kinopress.pictures.drawings import make_drawing  # noqa: PLC0415

        return [make_drawing(data)], []
    if kind is not None and kind.name == "pdf":
        from kinopress.pictures.handouts.clean import NAME, clean_handout  # noqa: PLC0415

        written, left_out = clean_handout(data)
        return [MadeFile(NAME, HANDOUT_MIME, 0, 0, written)], left_out
    from kinopress.pictures.making import make_picture  # noqa: PLC0415

    return make_picture(data), []


def _look(file: Path, asset: str, uses: Iterable[Use], cache: Looked) -> list[Problem]:
    """A warning for what is left out of a file's copy; what was found is remembered.

    Raises:
        PictureError: the file cannot be published.
        OSError: it cannot be read.
    """
    recipe = _recipe(asset)
    known = cache.get(file, f"look {recipe}") if recipe is not None else None
    if known is None:
        known = ", ".join(_judge(file.read_bytes(), asset, uses))
        if recipe is not None:
            cache.put(file, f"look {recipe}", known)
    if not known:
        return []
    message = f"readers get this file without {known}"
    hint = "print it to a new PDF if readers need them; otherwise there is nothing to do"
    return [Problem(asset, message, hint, Code.FILE_LEFT_OUT, severity="warning")]


def _judge(data: bytes, asset: str, uses: Iterable[Use]) -> list[str]:
    """What will be left out of a file that readers may miss.

    Raises:
        PictureError: it cannot be published.
    """
    name = PurePosixPath(asset).name
    promised, found = kind_by_ending(name), kind_of(data[:4096])
    if not data:
        is_picture = promised is not None and promised.name in (*PICTURES, "svg")
        is_linked = any(use.path != asset for use in uses)  # a poster is used by its name alone
        raise PictureError(
            "empty",
            f"put the file itself there{', or remove the link' if is_linked else ''}",
            Code.PICTURE_UNREADABLE if is_picture else Code.FILE_MISMATCH,
        )
    if found is not None and found.name != "text" and not found.has_ending_of(name):
        raise PictureError(
            f"{found.words} whose name says that it is something else",
            f"rename it to {PurePosixPath(name).stem}{found.endings[0]}, in the link as well",
            Code.FILE_MISMATCH,
        )
    if found is not None and found.name in PICTURES:
        from kinopress.pictures.reading import read_picture  # noqa: PLC0415

        read_picture(data, side_px=1)
    elif found is not None and found.name == "svg":
        _make(data, asset)
    elif found is not None and found.name == "pdf":
        if any(use.as_picture for use in uses):
            raise PictureError(
                "a PDF, which is not shown as a picture",
                f"link to it, like [the leaflet]({name}), without the ! before it",
                Code.PICTURE_KIND,
            )
        return _make(data, asset)[1]
    elif promised is not None and promised.name in (*PICTURES, "svg", "pdf"):
        is_picture = promised.name != "pdf"
        raise PictureError(
            f"not {promised.words}, whatever its name says",
            "export it again and use that instead",
            Code.PICTURE_UNREADABLE if is_picture else Code.FILE_MISMATCH,
        )
    else:
        _judge_other(data, name, found, uses)
    return []


def _judge_other(data: bytes, name: str, found: FileKind | None, uses: Iterable[Use]) -> None:
    ending = PurePosixPath(name).suffix.casefold()
    as_picture = any(use.as_picture for use in uses)
    words = found.words if found else "of a kind that is not known here"
    if found is not None and found.name == "text":
        of_settings = any(use.path == "mkdocs.yml" or is_style_sheet(use.path) for use in uses)
        good = (
            ending in _COPIED_TEXTS
            or name in HOST_FILES
            or (ending in _OF_SETTINGS and of_settings)
        )
        if good and not as_picture:
            traces = find_traces(data, name)
            if traces and ending == ".ics" and all(trace.at for trace in traces):
                raise PictureError(
                    f"a calendar with entries that readers do not see ({', '.join(trace.at for trace in traces[:_NAMED_MAX])})",
                    "delete these lines in it, with any that begin with a space below them",
                    Code.FILE_KIND,
                )
            if traces:
                raise PictureError(
                    "text with a picture or bytes inside that could reveal anything",
                    "save it as plain text in UTF-8, pictures as files of their own",
                    Code.FILE_KIND,
                )
            return
        words = "a text" if not ending else f"a text in a file that ends in {ending}"
    if found is None and ending in _COPIED_TEXTS:
        raise PictureError(
            "not plain text in UTF-8", "save it again with the encoding UTF-8", Code.FILE_KIND
        )
    if found is not None and found.name in ("woff", "woff2") and not find_traces(data, name):
        return
    kind = found.name if found else ""
    raise PictureError(
        words,
        _HINTS.get(
            kind, "save it as a PDF, as a JPEG or PNG picture or as plain text, and link to that"
        ),
        Code.PICTURE_KIND if as_picture or kind in _OTHER_PICTURES else Code.FILE_KIND,
    )


_OTHER_PICTURES = ("tiff", "bmp", "ico", "jxl", "jp2", "psd")
_FILM = (
    "put it into videos/, where films are made small and private, and show it with {{ video name }}"
)
_SOUND = "turn it into a film, with a still picture, and put that into videos/"
_HINTS = {
    **dict.fromkeys(_OTHER_PICTURES, "save it as JPEG or PNG and link to that"),
    **dict.fromkeys(("mp4", "mov", "webm", "avi"), _FILM),
    **dict.fromkeys(("wav", "mp3", "aac", "ogg", "flac"), _SOUND),
    **dict.fromkeys(("zip", "office", "rtf"), "save it as a PDF and link to that"),
    "font": "save it as WOFF2",
    "woff": "save it without such notes, as WOFF2",
    "woff2": "save it without such notes",
    "text": "write it as a page, or save it as a PDF or as plain text (.txt) and link to that",
}


def _look_said(project: Path, asset: str, uses: Iterable[Use], cache: Looked) -> list[Problem]:
    """What there is to say of a file: why it cannot be published, or what is left out of it."""
    try:
        return _look(project / asset, asset, uses, cache)
    except PictureError as error:
        return _refused(asset, uses, error)


def _refused(asset: str, uses: Iterable[Use], error: PictureError) -> list[Problem]:
    """Why a file cannot be published, at each line that uses it."""
    seen = dict.fromkeys((use.path, use.line) for use in uses)
    return [
        Problem(path, f"{asset} is {error.what}", error.hint, error.code, line=line)
        for path, line in seen
    ]


def _places(
    project: Path, public: Iterable[str], made: Mapping[str, Made]
) -> tuple[dict[str, str], dict[str, Path]]:
    """Where everything is on the site."""
    addresses: dict[str, str] = {}
    files: dict[str, Path] = {}
    for asset in public:
        on_site = asset.removeprefix("docs/")
        found = made.get(asset)
        if found is None:
            if _recipe(asset) is None:
                files[on_site] = project / asset
                addresses[asset] = on_site
            continue
        if found.files[0].mime in (HANDOUT_MIME, DRAWING_MIME):
            files[on_site] = found.folder / found.files[0].name
        else:
            on_site = f"{found.site_folder}/{found.files[-1].name}"
            for file in found.files:
                files[f"{found.site_folder}/{file.name}"] = found.folder / file.name
        addresses[asset] = on_site
    return addresses, files
