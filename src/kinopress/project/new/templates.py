"""A page of each kind with blanks. What fills the blanks is in ``content.forms.placeholders``, where the check finds it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from string import Template

from kinopress.content.forms.placeholders import IN_FIELDS, IN_TEXT
from kinopress.content.model.kinds import KINDS, KindOfPage
from kinopress.content.model.pages import Kind

DRAFT = "draft: true            # remove this line when it is ready"

_SOURCES = "sources: [$sources]    # or practice, where no trial supports it"

_OF_ANY_PAGE = """---
title: $title
description: $page_holds
$draft
$fields---

$text_words
"""
"""The empty page of a kind without one of its own."""

_OF_THEIR_OWN: Mapping[Kind, str] = {
    "article": """---
title: $title
description: $reader_gets
date: $today
$draft
tags: [$tags]     # muscles, symptoms and techniques, separated by commas
$source_line
---

$text_marks
""",
    "exercise": """---
title: $title
description: $good_for
$draft
tags: [$tags]     # the technique first, then muscles and symptoms
level: $level
position: $position
equipment: []          # like [loop band, cushion]
dosage:
  sets: $sets
  reps: $reps     # like 8–12
  # hold: 7 s
  # effort: 20 %
  # rest: 1 min
  # tempo: 3-2-3
  per_side: $per_side
  days_per_week: $days_per_week
steps:                 # prepare, step, cue, breathe or caution
  - prepare: $prepare
  - step: $step
  - breathe: $breathe
  - caution: $caution
# easier: an-easier-exercise   # its file name
# harder: a-harder-exercise
# video: file-name-of-a-film
$source_line
---

## Why do it

$text_why

## What you should feel

$text_feel

## When to stop

$text_stop
""",
    "plan": """---
title: $title
description: $weeks_for
$draft
tags: [$tags]     # muscles it works on
for: [$for]
not_for: [$not_for]   # keys of docs/data/red_flags.yml, and symptoms
minutes_per_day: $minutes
pain_rule:
  green: {max: 3, do: Carry on.}
  amber: {max: 5, do: "Fine, as long as it has settled when you wake tomorrow. Do not add more yet."}
  red: {do: Stop that exercise for today and take the easier version next time.}
  # stop_now: [key-of-a-sign]    # warning signs that end the plan
tests: [$tests]     # done on day 0, 7 and 14
blocks:                # exercises by file name, with what the plan changes of their dosage
  strong-1:
    - $exercise
    # - {exercise: another-exercise, sets: 3}
days:                  # all 14; leave a day between two strength days
  1: {do: [strong-1]}
  2: {also: A walk is fine.}
  3: {do: [strong-1]}
  4: {also: A walk is fine.}
  5: {do: [strong-1]}
  6: {also: A walk is fine.}
  7: {also: A walk is fine.}
  8: {do: [strong-1], progress: Add a set.}     # shown with its condition: If days 3 and 5 were green
  9: {also: A walk is fine.}
  10: {do: [strong-1]}
  11: {also: A walk is fine.}
  12: {do: [strong-1]}
  13: {also: A walk is fine.}
  14: {also: Compare your numbers with day 0.}
# swaps:
#   - {exercise: an-exercise, use: another-exercise, when: Lying on your side hurts.}
after: Keep two or three strength days a week for 8 to 12 weeks.
$source_line
---

## Is this the right plan for you?

$text_for_whom

## Why these exercises

$text_exercises

## If you miss a day

Carry on with the next day. Do not do two sessions in one day.
""",
    "video": """---
title: $title
description: $film_shows
date: $today
draft: true            # remove this line when the film is beside this file
tags: [$tags]
# exercises: [file-name-of-an-exercise]
alt: $seen
# poster: 12.5 s         # the moment for the still picture
# chapters:
#   - {at: 0 s, title: Set up}
$source_line
---

$text_film
""",
    "muscle": """---
title: $title
description: $is_and_does
$draft
kind: $structure
# parent: the group it belongs to
regions: [$regions]
aliases: []            # other right names; they work as tags
lay: []                # what people call it
people_say: []         # how people describe it
actions: [$actions]
tags: []               # symptoms that can come from it
$source_line
---

$text_runs
""",
    "symptom": """---
title: $title
description: $helps_with
$draft
regions: [$regions]
aliases: []
people_say: []         # how people describe it
suspects: [$suspects]     # muscles, tendons, nerves or joints, likeliest first
techniques: []         # what can help
avoid: []
tests: []              # keys of docs/data/tests.yml
red_flags: [$not_for]     # not-settling is the least
# start_with: [file-name-of-an-exercise]   # what to do today; [] for nothing
$source_line
---

## What it can be

$text_can_be

## What to try this week

$text_try

## What to leave out for now

$text_leave

## When to see someone

$text_see
""",
    "technique": """---
title: $title
description: $is_and_does
$draft
family: $family
# parent: the wider technique
aliases: []            # other right names; they work as tags
lay: []                # what people call it
# dosage: {days_per_week: 1–3, weeks: 2}
# evidence: What trials say, in a sentence or two.
# caution: When to leave it.
$source_line
---

$text_how
""",
}


def new_page(kind: Kind, title: str, today: dt.date) -> str:
    """A page to fill in.

    Args:
        kind: What kind of page.
        title: Its title, as it is in the fields.
        today: The day it is written.
    """
    blanks = {**IN_FIELDS, **{f"text_{name}": words for name, words in IN_TEXT.items()}}
    source_line = Template(_SOURCES).substitute(blanks)
    template = _OF_THEIR_OWN.get(kind) or _of_any_kind(KINDS[kind])
    return Template(template).substitute(
        blanks, title=title, today=today, draft=DRAFT, source_line=source_line
    )


def _of_any_kind(row: KindOfPage) -> str:
    """The empty page of a kind, made of what is known of the kind."""
    fields = []
    if row.newest_first:
        fields.append("date: $today")
    if row.is_tag:
        fields += [
            "aliases: []            # other right names; they work as tags",
            "lay: []                # what people call it",
        ]
    elif row.site:
        fields.append("tags: [$tags]     # muscles, symptoms and techniques, with commas between")
    if row.sources != "not asked for":
        fields.append("$source_line")
    return _OF_ANY_PAGE.replace("$fields", "".join(f"{field}\n" for field in fields))
