"""A project about something else than the coach's: hands that play music. To see that nothing was made for one site."""

from __future__ import annotations

from itertools import product
from pathlib import Path

from support.projects import small_project, write

_PARTS = (
    "thumb",
    "wrist",
    "forearm",
    "knuckle",
    "little finger",
    "shoulder blade",
    "jaw",
    "collarbone",
)
_FEELINGS = ("Stiff", "Tired", "Sore", "Cold", "Trembling")
_MOVES = ("Slow scale for the", "Open-and-close of the", "Spider walk with the", "Silent trill:")
_SUBJECTS = ("practice diaries", "long rehearsals", "a new bridge", "stage nerves", "gut strings")
_ANGLES = ("What a luthier says of", "An honest look at", "How to live with")


def slug_of(title: str) -> str:
    """The name of a title's file."""
    return "-".join("".join(c if c.isalnum() else " " for c in title.lower()).split())


def other_subject(folder: Path) -> Path:
    """Write the project into an empty or new folder: some eighty pages of five kinds."""
    project = small_project(folder)
    for part in _PARTS:
        write(
            project / f"docs/muscles/{slug_of(part)}.md",
            f"---\ntitle: {part.capitalize()}\ndescription: Where the {part} is.\nkind: group\n"
            f"regions: [buttock]\nsources: [practice]\n---\n\nIt is at work in every bar.\n",
        )
    for feeling, part in product(_FEELINGS, _PARTS):
        title = f"{feeling} {part} after playing"
        write(
            project / f"docs/symptoms/{slug_of(title)}.md",
            f"---\ntitle: {title}\ndescription: The {part} complains.\nregions: [buttock]\n"
            f"suspects: [{slug_of(part)}]\nred_flags: [not-settling]\nsources: [practice]\n---\n\n"
            "## What it can be\n\nSeveral things.\n",
        )
    for move, part in product(_MOVES, _PARTS):
        title = f"{move} {part}"
        write(
            project / f"exercises/{slug_of(title)}.md",
            f'---\ntitle: "{title}"\ndescription: Ten calm bars.\ntags: [strength, {slug_of(part)}]\n'
            "level: easy\nposition: sitting\ndosage: {sets: 2, reps: 10}\nsteps:\n"
            f"  - step: Move the {part} a little.\nsources: [practice]\n---\n",
        )
    for angle, subject in product(_ANGLES, _SUBJECTS):
        title = f"{angle} {subject}"
        write(
            project / f"docs/articles/{slug_of(title)}.md",
            f"---\ntitle: {title}\ndescription: Notes from the orchestra.\ntags: [strength]\n"
            "date: 2024-05-06\nsources: [practice]\n---\n\nIn short, with care.\n",
        )
    return project
