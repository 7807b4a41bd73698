"""A small, whole project to throw away: a page of each kind of word, one exercise, no film."""

from __future__ import annotations

from pathlib import Path

SETTINGS = """\
site_name: A small site
theme:
  name: material
plugins:
  - kinopress
extra:
  kinopress:
    timezone: Europe/London
    coach:
      name: Anna Example
    reviewers:
      anna:
        name: Anna Example
"""

HELP_FILE = Path(__file__).with_name("help.yml")
"""Whom readers of the small sites call: the United Kingdom's numbers."""

_DATA = {
    "regions": "buttock: {label: Buttock, view: back}\n",
    "red_flags": (
        "not-settling: {level: gp, title: No better, sign: Six weeks and no change.,"
        " basis: A rule of thumb.}\n"
    ),
    "tests": (
        "toe-touch: {title: Toe touch, home: true, unit: cm, how: Bend forwards.,"
        " real_change: Not established.}\n"
    ),
    "references": (
        "practice: {cite: Ordinary practice, finding: No trial stands behind it., checked: none}\n"
        "weppler2010: {cite: Weppler CH. Phys Ther 2010, finding: Range grew., checked: read}\n"
    ),
}

_PAGES = {
    "docs/index.md": "title: A small site\ndescription: Where everything begins.",
    **{
        f"docs/muscles/{slug}.md": (
            f"title: {slug.replace('-', ' ').capitalize()}\ndescription: A muscle.\n"
            "kind: muscle\nregions: [buttock]\nsources: [practice]"
        )
        for slug in ("hamstrings", "piriformis", "gluteus-medius", "gluteus-maximus")
    },
    "docs/symptoms/weak-glutes.md": (
        "title: Weak glutes\ndescription: A symptom.\nregions: [buttock]\n"
        "suspects: [gluteus-medius]\nred_flags: [not-settling]\nsources: [practice]"
    ),
    "docs/techniques/strength.md": "title: Strength\ndescription: A way.\nfamily: strength\nsources: [practice]",
    "docs/techniques/stretch.md": "title: Stretch\ndescription: A way.\nfamily: stretch\nsources: [weppler2010]",
    "exercises/clam.md": (
        "title: Clam\ndescription: A small lift.\ntags: [strength, gluteus medius]\nlevel: easy\n"
        "position: side-lying\ndosage: {sets: 2, reps: 15}\nsteps:\n  - step: Open the top knee.\n"
        "  - caution: Stop if the hip pinches.\nsources: [practice]"
    ),
}


def small_project(folder: Path) -> Path:
    """Write the project into an empty or new folder.

    Every term, source and page that ``kinopress new`` names in its pages to fill in is there.
    """
    for name, text in _DATA.items():
        write(folder / f"docs/data/{name}.yml", text)
    write(folder / "docs/data/help.yml", HELP_FILE.read_text("utf-8"))
    for path, front in _PAGES.items():
        write(folder / path, page(front))
    (folder / "videos").mkdir()
    write(folder / "mkdocs.yml", SETTINGS)
    return folder


def page(front: str, body: str = "Some words.") -> str:
    """A Markdown file from its front matter and its text."""
    return f"---\n{front}\n---\n\n{body}\n"


def write(file: Path, text: str) -> None:
    """Write a text file and the folders it needs."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, byte for byte."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }
