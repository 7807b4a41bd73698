"""``kinopress new``: a page to fill in, right from the first line."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from string import Template

import click

from kinopress.cli.project import cannot_write, find_project, project_option
from kinopress.content.kinds import Kind
from kinopress.content.scan import FOLDERS, slug_from
from kinopress.problems import ExitCode, Problem, Refusal


def yaml_text(words: str) -> str:
    """Words as one text of the front matter."""
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


_DRAFT = "draft: true            # take this line out when it is ready"

_TEMPLATES: dict[Kind, str] = {
    "article": """---
title: $title
description: One sentence that says what the reader gets.
date: $today
$draft
tags: [hamstrings]     # muscles, symptoms and techniques it is about
sources: [practice]    # keys of docs/data/references.yml
---

Write here. `##` begins a heading, `[[clam]]` links to a page, `[@weppler2010]` cites a source.
""",
    "exercise": """---
title: $title
description: One sentence that says what it is good for.
$draft
tags: [strength, gluteus medius, weak glutes]
level: easy            # easy, medium or hard
position: lying on your side
equipment: []          # [loop band, cushion]
dosage:
  sets: 2
  reps: 8–12
  # hold: 7 s
  # effort: 20 %
  # rest: 1 min
  # tempo: 3-2-3
  per_side: true
  days_per_week: 3
steps:                 # prepare, step, cue, breathe or caution
  - prepare: How to lie, sit or stand.
  - step: What to do.
  - breathe: When to breathe out.
  - caution: When to stop.
# easier: glute-bridge   # file name of an easier exercise
# harder: band-side-step
# video: figure-four-stretch
sources: [practice]    # keys of docs/data/references.yml
---

## Why do it

Write here.

## What you should feel

Write here.

## When to stop

Write here.
""",
    "plan": """---
title: $title
description: One sentence that says what the two weeks are for.
$draft
tags: [gluteus medius] # muscles it works on
for: [weak glutes]     # the symptoms it is for
not_for: [not-settling]       # keys of docs/data/red_flags.yml, and symptoms
minutes_per_day: 5–15 min
pain_rule:
  green: {max: 3, do: Carry on.}
  amber: {max: 5, do: "Fine, as long as it has settled when you wake tomorrow. Do not add more yet."}
  red: {do: Stop that exercise for today and take the easier version next time.}
  # stop_now: [cauda-equina]    # warning signs that end the plan
tests: [toe-touch]     # keys of docs/data/tests.yml, done on day 0, 7 and 14
blocks:                # exercises by file name, with what the plan changes of their dosage
  strong-1:
    - {exercise: clam, sets: 3}
    # - glute-bridge
days:                  # all 14; leave a day between two strength days
  1: {do: [strong-1]}
  2: {also: A walk is fine.}
  3: {do: [strong-1]}
  4: {also: A walk is fine.}
  5: {do: [strong-1]}
  6: {also: A walk is fine.}
  7: {do: [strong-1]}
  8: {also: A walk is fine.}
  9: {do: [strong-1], progress: "If day 7 was green, add a set."}
  10: {also: A walk is fine.}
  11: {do: [strong-1]}
  12: {also: A walk is fine.}
  13: {do: [strong-1]}
  14: {also: Compare your numbers with day 0.}
# swaps:
#   - {exercise: clam, use: glute-bridge, when: Lying on your side hurts.}
after: Keep two or three strength days a week for 8 to 12 weeks.
sources: [practice]    # keys of docs/data/references.yml
---

## Is this the right plan for you?

Write here who it is for, and who should leave it alone.

## Why these exercises

Write here.

## If you miss a day

Carry on with the next day. Do not do two sessions in one day.
""",
    "video": """---
title: $title
description: One sentence that says what the film shows.
date: $today
draft: true            # take this line out when the film lies beside this file
tags: [stretch, piriformis]
# exercises: [figure-four-stretch]
alt: What is seen, for those who cannot see it.
# poster: 12.5 s         # the moment for the still picture
# chapters:
#   - {at: 0 s, title: Set up}
sources: [practice]
---

A few words about the film.
""",
    "muscle": """---
title: $title
description: One sentence that says what it is and does.
$draft
kind: muscle           # muscle, group, tendon, fascia, nerve or joint
# parent: glutes
regions: [buttock]     # keys of docs/data/regions.yml
aliases: []            # other right names; they work as tags
lay: []                # what people call it
people_say: []         # how people describe it
actions: [what it does]
tags: []               # symptoms that can come from it
sources: [practice]
---

What it does when you run, and what helps.
""",
    "symptom": """---
title: $title
description: One sentence that says what this page helps with.
$draft
regions: [buttock]     # keys of docs/data/regions.yml
aliases: []
people_say: []         # how people describe it
suspects: [gluteus-maximus]   # what it can be, likeliest first
techniques: [strength]
avoid: []
tests: []              # keys of docs/data/tests.yml
red_flags: [not-settling]     # keys of docs/data/red_flags.yml
sources: [practice]
---

## What it can be

Write here.

## What to try this week

Write here.

## What to leave out for now

Write here.

## When to see someone

Write here.
""",
}
"""Kind → a page with blanks: ``$title``, ``$today`` and the line that makes it a draft."""


_TERM_FOLDERS = tuple(
    folder for folder, kind in FOLDERS.items() if kind in ("muscle", "symptom", "technique")
)


@click.command()
@click.argument("kind", type=click.Choice(list(_TEMPLATES)))
@click.argument("title")
@project_option
def command(kind: Kind, title: str, project_dir: Path | None) -> int:
    """Write a new page to fill in. It is a draft until you take its draft line out.

    \b
    Example:
      kinopress new exercise "Bird dog"
    """  # noqa: D301 - the sign itself tells click to keep the lines below it apart
    project = find_project(project_dir)
    # What cannot be seen (control characters, halves of letters) cannot be mended by the coach either.
    title = " ".join("".join(c for c in title if c.isprintable() or c.isspace()).split())
    slug = slug_from(title)
    folder = next(name for name, of in FOLDERS.items() if of == kind)
    path = f"{folder}/{slug}.md"
    if problem := check_title(title, slug) or _taken(project, folder, slug):
        raise Refusal([problem], ExitCode.USAGE)
    try:
        text = Template(_TEMPLATES[kind]).substitute(
            title=yaml_text(title), today=dt.date.today(), draft=_DRAFT
        )
        write_new(project / path, text)
    except OSError as error:
        raise cannot_write(project / path, error) from None
    click.echo(f"Written: {path}")
    if kind == "video":
        click.echo(
            f"Put the film beside it as videos/{slug}.mp4 (or .mov), then take the draft line out."
        )
    return ExitCode.OK


def check_title(title: str, slug: str) -> Problem | None:
    """Why no page can have this title."""
    if not any(letter.isalpha() for letter in slug):
        return Problem(
            "new",
            None,
            "title",
            f"“{title}” has no letters a file name could have",
            "give it a title in words, with letters from a to z",
            "title-empty",
        )
    if slug == "index":
        return Problem(
            "new",
            None,
            "title",
            f"“{title}” is the name of a list that is made by itself",
            "give the page another title",
            "name-taken",
        )
    return None


def _taken(project: Path, folder: str, slug: str) -> Problem | None:
    """The page that has this name already; muscles, symptoms and techniques are one list of tags."""
    for other in _TERM_FOLDERS if folder in _TERM_FOLDERS else (folder,):
        path = f"{other}/{slug}.md"
        if os.path.lexists(project / path):
            return page_exists(path)
    return None


def page_exists(path: str) -> Problem:
    """The problem of a page whose name is taken."""
    return Problem(
        path,
        None,
        None,
        "this page exists already",
        "open it, or choose another title",
        "page-exists",
    )


def write_new(file: Path, text: str) -> None:
    """Write a file that was not there; when the disk is full, leave no half of it behind.

    Raises:
        OSError: it cannot be written.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with file.open("x", encoding="utf-8", newline="\n") as new:
            new.write(text)
    except FileExistsError:
        raise
    except OSError:
        file.unlink(missing_ok=True)
        raise
