"""Files that were surely meant to be used, under names that nothing reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from kinopress.codes import Code
from kinopress.content.model.kinds import IN_FOLDERS
from kinopress.content.model.language.languages import LANGUAGES, OTHER_NAMES
from kinopress.content.source.film_files import FILM_ENDINGS
from kinopress.patterns import lazily
from kinopress.problems import Problem, quoted

_CAPTIONS = (".vtt", ".srt")
_OTHER_CAPTIONS = (
    *(".sbv", ".ass", ".ssa", ".ttml", ".sub", ".dfxp", ".smi", ".scc", ".stl", ".lrc", ".itt"),
    ".idx",
)
_OTHER_FILMS = (
    *(".wmv", ".flv", ".ogv", ".ogg", ".insv", ".mxf", ".hevc", ".h264", ".h265", ".264", ".265"),
    *(
        ".vob",
        ".qt",
        ".3g2",
        ".mpe",
        ".m2v",
        ".m1v",
        ".mod",
        ".tod",
        ".rm",
        ".rmvb",
        ".asf",
        ".f4v",
    ),
    *(".divx", ".dv", ".braw", ".r3d", ".lrv", ".360", ".y4m", ".ivf", ".av1", ".mjpeg", ".m4p"),
    *(".trp", ".tp", ".wtv", ".dvr-ms", ".amv", ".mj2", ".nut", ".gif"),
)
UNFINISHED = (
    ".part",
    ".crdownload",
    ".download",
    ".partial",
    ".opdownload",
    ".icloud",
    ".filepart",
)
"""How files end that are not here whole yet."""
_PICTURES = (
    *(".jpg", ".jpeg", ".png", ".webp", ".avif", ".heic", ".heif", ".gif", ".tif", ".tiff", ".bmp"),
    *(".svg", ".jfif", ".dng"),
)
_POSTERS = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".heic", ".heif")
_TEXTS = (".txt", ".doc", ".docx", ".rtf", ".odt", ".pages")
_FOLDERS_IN_DOCS = tuple(folder for folder in IN_FOLDERS if folder.startswith("docs/"))
_FOLDERS_BESIDE = tuple(folder for folder in IN_FOLDERS if not folder.startswith("docs/"))
_DRAFT = lazily(r"[\s._-]draft$", re.IGNORECASE)
"""What a draft's name has before its ending, however it is written."""
POSE_ENDING = ".pose.yml"
"""The ending of a pose file, which is beside its exercise and has its name."""
_NEARLY_A_POSE = lazily(
    r"(?P<slug>.*?)(?:[\s._-]*pose)?\.ya?ml(?:\.txt)?|(?P<other>.*?)[\s._-]+pose(?:\.txt)?",
    re.IGNORECASE,
)
_FOR_THE_SITE = frozenset(
    (".md", ".markdown", *FILM_ENDINGS, *_OTHER_FILMS, *UNFINISHED, *_CAPTIONS, *_OTHER_CAPTIONS)
)
_NAMED_MAX = 3


_CODES = "|".join(sorted({*LANGUAGES, *OTHER_NAMES}, key=len, reverse=True))
_ODD_LANGUAGE = lazily(
    rf"(?:\.(?P<dotted>{_CODES})|(?<=[a-z0-9])[_-](?P<joined>en|cy))(?:[-_](?:[a-z]{{2,4}}|[0-9]{{3}}))?$",
    re.IGNORECASE,
)
"""A language in a name: in capitals, in three letters, in full or after the wrong character."""
_CODE = lazily(r"\.([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]+)?$")


def unread_file(path: str) -> Iterator[Problem]:
    """A warning for a file whose name or kind keeps it from being read.

    In ``videos/`` everything that is not read is reported, since nothing is there for another reason.
    """
    file = PurePosixPath(path)
    folder, ending = str(file.parent), file.suffix.casefold()
    pose = _NEARLY_A_POSE.fullmatch(file.name) if file.parts[0] == "exercises" else None
    if folder == "videos":
        yield _beside_films(file, ending)
    elif pose is not None and (folder != "exercises" or not file.name.endswith(POSE_ENDING)):
        slug = pose["slug"] or pose["other"] or "name-of-the-exercise"
        what = f"its name does not end in {POSE_ENDING}"
        if folder != "exercises":
            what = "it is in a folder within exercises/"
        yield _warning(
            path,
            f"this pose file is not read: {what}",
            f"save it as plain text under exercises/{slug}{POSE_ENDING}",
            Code.POSE_FILE,
        )
    elif (folder in _FOLDERS_BESIDE and ending in _TEXTS) or (
        folder in _FOLDERS_IN_DOCS and ending == ".txt"
    ):
        yield _warning(
            path,
            "this page is not read: its name does not end in .md",
            f"save it as plain text under {folder}/{file.name.partition('.')[0]}.md",
            Code.FILE_ENDING,
        )


def unread_folder(folder: str, files: Iterable[str]) -> Iterator[Problem]:
    """A warning for films, captions and pages in a folder within ``videos/``: they are read beside it.

    What else is there (drawings, a project of an editing program) belongs to whoever works in it.

    Args:
        folder: Its path.
        files: The paths of everything in it and below it.
    """
    files = [path for path in files if PurePosixPath(path).suffix.casefold() in _FOR_THE_SITE]
    if not files:
        return
    names = ", ".join(path.removeprefix(f"{folder}/") for path in files[:_NAMED_MAX])
    more = f" and {len(files) - _NAMED_MAX} more" if len(files) > _NAMED_MAX else ""
    yield _warning(
        folder,
        f"the files in this folder are not read: {names}{more}",
        "move what belongs on the site directly into videos/, and anything else out of videos/",
        Code.FILE_FOLDER,
    )


def _beside_films(file: PurePosixPath, ending: str) -> Problem:
    """What is said of one file right in ``videos/``."""
    path, name = str(file), file.name.partition(".")[0]
    if ending in (*_CAPTIONS, *_OTHER_CAPTIONS) and (draft := _DRAFT.search(file.stem)):
        wanted = _with_language(file.with_name(file.stem[: draft.start()] + ".vtt"))
        what = "this looks like a draft of captions, and nobody sees it"
        hint = f"correct it, then save it as WebVTT under videos/{wanted}"
        if ending == ".vtt":
            hint = f"correct it, then rename it to {wanted}"
        return _warning(path, what, hint, Code.CAPTIONS_NAME)
    if ending in _CAPTIONS:
        what = f"nobody will see these captions: {_wrong_language(file)}"
        return _warning(
            path, what, f"rename the file to {_with_language(file)}", Code.CAPTIONS_NAME
        )
    if ending in _OTHER_CAPTIONS:
        what = "nobody will see these captions: they are neither WebVTT nor SubRip"
        hint = f"save them as WebVTT under videos/{name}.en.vtt"
        return _warning(path, what, hint, Code.CAPTIONS_NAME)
    if ending in UNFINISHED:
        what = "this file is not read: it has not finished downloading"
        hint = "wait until it has, or copy it again"
    elif ending in _PICTURES and PurePosixPath(file.stem).suffix.casefold() == ".poster":
        what = f"this poster is not read: posters here do not end in {ending}"
        hint = f"save it as videos/{name}.poster.jpg"
    elif ending in _PICTURES and ending != ".gif":
        what = "nothing shows this picture"
        hint = f"for a film's poster, name it {name}.poster{ending}; otherwise move it into docs/"
        if ending not in _POSTERS:
            hint = (
                f"for a film's poster, save it as {name}.poster.jpg; otherwise move it into docs/"
            )
    elif ending in _OTHER_FILMS:
        what = f"this film is not read: films here do not end in {ending}"
        hint = "export it as .mp4 or .mov"
    elif ending in _TEXTS and PurePosixPath(file.stem).suffix.casefold() in _CAPTIONS:
        what = f"nobody will see these captions: {ending} was added to their name"
        return _warning(path, what, f"rename the file to {file.stem}", Code.CAPTIONS_NAME)
    elif ending in _TEXTS:
        what = "this page is not read: its name does not end in .md"
        hint = f"save it as plain text under videos/{name}.md"
    elif not ending:
        what = "this file is not read: its name has no ending"
        hint = "for a film, add its ending, like .mp4; otherwise move it out of videos/"
    else:
        what = f"this file is not read: what ends in {ending} is not known here"
        hint = "for a film, export it as .mp4 or .mov; otherwise move it out of videos/"
    return _warning(path, what, hint, Code.FILE_ENDING)


def _wrong_language(file: PurePosixPath) -> str:
    """What is wrong with the language in the name of captions."""
    match, code = _ODD_LANGUAGE.search(file.stem), _CODE.search(file.stem)
    if match is None:
        known = f"{quoted(code[1])} is not a language known here" if code else None
        return known or "the language is missing from their name"
    if match["joined"]:
        return "there is no full stop in front of the language"
    if match["dotted"].lower() not in LANGUAGES:
        return f"the language {quoted(match['dotted'])} is not written with two letters"
    if not match["dotted"].islower():
        return "the language is in capitals"
    if file.suffix != file.suffix.casefold():
        return f"{file.suffix} is in capitals"
    return f"{quoted(match[0][1:])} is more than the two letters of a language"


def _with_language(file: PurePosixPath) -> str:
    """The name captions should have: ``Hip.EN.SRT`` → ``Hip.en.srt``, ``hip.eng.vtt`` → ``hip.en.vtt``."""
    match = _ODD_LANGUAGE.search(file.stem)
    slug, lang = file.stem.partition(".")[0], "en"
    if match is not None:
        slug, lang = file.stem[: match.start()], (match["dotted"] or match["joined"]).lower()
        lang = OTHER_NAMES.get(lang, lang)
    return f"{slug}.{lang}{file.suffix.casefold()}"


def _warning(path: str, message: str, hint: str, code: Code) -> Problem:
    return Problem(path, message, hint, code, severity="warning")
