"""A small project with everything the finder reads: names, what people say, parts of the body, warning signs, nicknames."""

from __future__ import annotations

from pathlib import Path

from support.projects import small_project, write

_FILES = {
    "docs/data/regions.yml": """\
buttock: {label: Buttock, view: back, say: [bum, back of hip]}
knee-back: {label: Back of knee, view: back, say: [back of knee, knee]}
knee-front: {label: Front of knee, view: front, say: [kneecap, knee]}
""",
    "docs/data/red_flags.yml": """\
not-settling:
  level: gp
  title: No better
  sign: Six weeks and no change.
  basis: A rule of thumb.
  say:
    - weeks / months & no better / not getting better
cauda-equina:
  level: emergency
  title: Numb between the legs
  sign: Numb between the legs.
  action: Do not drive.
  basis: A test.
  say:
    - NUMB + SADDLE ! bike
    - CANT pee / CANT wee / CANT .. wee
clot:
  level: urgent
  title: One leg swollen
  sign: One leg has swollen.
  basis: A test.
  say:
    - CALF + swollen
    - clot ! what is
    - spoon
    - RISK & CALF + pain / sore
heart:
  level: emergency
  title: Chest pain
  alone: true
  sign: Your chest hurts.
  action: If it passes, you can also ring 111.
  basis: A test.
  say:
    - chest + pain / tight
    - heart attack
frail:
  level: urgent
  title: A small fall
  sign: You are over 60 and fell.
  basis: A test.
  say:
    - 60-99 & fell / fall & pain
    - no way up .
""",
    "docs/data/sign_words.yml": """\
names: {near: true, condition: true, say: [heart attack / blood clot]}
harmless: {say: [warm up / chest stretch / back to / what is a NAMES / spoon massage]}
calf: {place: true, say: [calf / lower leg]}
knee: {place: true, say: [knee]}
saddle: {place: true, say: [between my legs / saddle area]}
cant: {say: [cannot / cant / unable]}
numb: {near: true, say: [numb / tingling / no feeling / CANT .. feel]}
risk: {ever: true, say: [had cancer]}
""",
    "docs/data/nicknames.yml": "clamshells / clam shells: [clam, gluteus-medius, strength]\nkegels: [piriformis]\n",
    "docs/muscles/popliteus.md": """\
---
title: Popliteus
description: A small muscle behind the knee.
kind: muscle
regions: [knee-back]
sources: [practice]
latin: musculus popliteus
aliases: [the key of the knee]
misspellings: [poplitius, pop litty us]
people_say:
  - deep pull behind my knee
---

It unlocks the knee.
""",
    "docs/symptoms/back-of-knee-pain.md": """\
---
title: Pain at the back of the knee
description: Pain in the hollow of the knee.
regions: [knee-back]
suspects: [popliteus, hamstrings]
sources: [practice]
red_flags: [not-settling]
people_say:
  - hurts behind my knee when i straighten it
  - the hollow of my knee aches after cycling
  - an ache in the hollow of the knee
  - cannot squat, back of knee feels full
---

## What it can be

Several things.
""",
    "docs/symptoms/front-knee-pain.md": """\
---
title: Pain at the front of the knee
description: Pain around the kneecap.
regions: [knee-front]
suspects: [hamstrings]
sources: [practice]
red_flags: [not-settling]
people_say:
  - kneecap aches on the stairs
  - my kneecap creaks on stairs
  - hurts to squat
---

## What it can be

Several things.
""",
    "exercises/bridge.md": """\
---
title: Glute bridge
description: Lift the hips.
tags: [strength, gluteus maximus, hamstrings]
also_called: [bum lift, shoulder bridge]
level: medium
position: lying
equipment: [mat]
sources: [practice]
dosage: {sets: 2, reps: 10}
steps:
  - step: Lift the hips.
---
""",
}


def finder_project(folder: Path) -> Path:
    """Write the project into an empty or new folder."""
    project = small_project(folder)
    for path, text in _FILES.items():
        write(project / path, text)
    return project
