"""Make a project of N pages of every kind but films, and the same content as a Hugo site.

    python benchmarks/generate.py 1000 out

writes ``out/kinopress`` and ``out/hugo``. The same N gives the same files on every computer.

Kinds stand in the proportions of a grown site: a vocabulary of a quarter of the pages, 123 terms
at most (55 muscles, 47 symptoms and 21 techniques, as the site has); four plain pages; the rest
exercises and articles, three to one. A body has the words a real page of its kind has, 150 to 300,
with its links, citations, lists and steps; articles are kept to 300 words. There are no
films: encoding is measured elsewhere, and Hugo has nothing to set against it.
"""

from __future__ import annotations

import argparse
import datetime as dt
import shutil
from pathlib import Path

import hugo_site
import words
from front import front_matter
from plan import FEWEST, PLAIN, Dice, Draft, Plan, make_plan
from shared import FLAGS, REFERENCES, REGIONS, SETTINGS, shared_data

HELP = Path(__file__).parents[1] / "docs/data/help.yml"
"""Whom to call: no site is built without."""
REVIEWED = {"by": "maker", "on": "2025-01-06", "next": "2099-01-06"}
FIRST_DAY = dt.date(2020, 1, 6)


def _sources(dice: Dice, count: int) -> list[str]:
    return dice.some(tuple(f"author{i:02d}" for i in range(REFERENCES)), count)


def _common(title: str, dice: Dice, sources: list[str]) -> dict[str, object]:
    about = dice.some(words.SENTENCES, 1)[0]
    return {
        "title": title,
        "description": f"{title}: {about[0].lower()}{about[1:]}",
        "sources": sources,
        "reviewed": REVIEWED,
    }


def _body(
    dice: Dice, headings: tuple[str, ...], sentences: int, links: list[str], sources: list[str]
) -> str:
    """Sections of ``sentences`` sentences each; each link and citation stands in one of them."""
    left = list(words.SENTENCES)
    parts = []
    for at, heading in enumerate(headings):
        said = [left.pop(dice.below(len(left))) for _ in range(sentences)]
        if at < len(sources):
            said[0] = f"{said[0].removesuffix('.')} [@{sources[at]}]."
        if at < len(links):
            said.append(f"Read more under [[{links[at]}]].")
        text = " ".join(said)
        if heading == "Common mistakes":
            slips = "\n".join(f"- {slip}" for slip in dice.some(words.MISTAKES, 4))
            text = f"{slips}\n\n{text}"
        parts.append(f"## {heading}\n\n{text}")
    return "\n\n".join(parts) + "\n"


def _exercise(plan: Plan, at: int, slug: str) -> Draft:
    """One of three in a row: easy, medium, hard, each leading to the next."""
    dice = Dice(slug)
    slugs = list(plan.exercises)
    sources = _sources(dice, 1)
    step = at % 3
    terms = (tuple(plan.techniques.values()), tuple(plan.muscles.values()))
    front = {
        **_common(plan.exercises[slug], dice, sources),
        "tags": [
            *dice.some(terms[0], 2),
            *dice.some(terms[1], 2),
            *dice.some(tuple(plan.symptoms.values()), 2),
        ],
        "level": ("easy", "medium", "hard")[step],
        "position": dice.some(words.POSITIONS, 1)[0],
        "equipment": dice.some(words.EQUIPMENT, dice.below(3)),
        "dosage": {
            "sets": 2 + step,
            "reps": f"{6 + dice.below(3)}–{10 + dice.below(6)}",
            "hold": f"{3 + dice.below(8)} s",
            "rest": "1 min 30 s",
            "per_side": True,
            "days_per_week": 2 + dice.below(2),
        },
        "steps": [{kind: text} for kind, text in words.STEPS],
    }
    if step > 0:
        front["easier"] = slugs[at - 1]
    if step < 2 and at + 1 < len(slugs):
        front["harder"] = slugs[at + 1]
    links = [slugs[dice.below(len(slugs))], dice.some(tuple(plan.symptoms), 1)[0]]
    headings = ("Why do it", "What you should feel", "Common mistakes", "When to stop")
    return Draft(
        "exercises", slug, plan.exercises[slug], front, _body(dice, headings, 3, links, sources)
    )


def _article(plan: Plan, at: int, slug: str) -> Draft:
    dice = Dice(slug)
    sources = _sources(dice, 3)
    front = {
        **_common(plan.articles[slug], dice, sources),
        "date": FIRST_DAY + dt.timedelta(days=at),
        "tags": [
            *dice.some(tuple(plan.symptoms.values()), 2),
            *dice.some(tuple(plan.muscles.values()), 1),
            *dice.some(tuple(plan.techniques.values()), 1),
        ],
    }
    links = [*dice.some(tuple(plan.exercises), 2), *dice.some(tuple(plan.muscles), 1)]
    headings = ("Where it begins", "What is known", "What to try", "What to leave", "In short")
    return Draft(
        "articles", slug, plan.articles[slug], front, _body(dice, headings, 3, links, sources)
    )


def _term(title: str, dice: Dice, sources: list[str]) -> dict[str, object]:
    first, _, rest = title.partition(" ")
    return {
        **_common(title, dice, sources),
        "aliases": [f"{rest} {first.lower()}"],
        "people_say": dice.some(words.SAYINGS, 5),
    }


def _muscle(plan: Plan, at: int, slug: str) -> Draft:
    """The first of every six is a group, the others belong to it."""
    dice = Dice(slug)
    slugs = list(plan.muscles)
    sources = _sources(dice, 2)
    front = {
        **_term(plan.muscles[slug], dice, sources),
        "kind": "muscle" if at % 6 else "group",
        "regions": dice.some(REGIONS, 1),
        "latin": f"musculus {slug.replace('-', ' ')}",
        "actions": ["turns the thigh outwards", "holds the pelvis level"],
        "tags": dice.some(tuple(plan.symptoms.values()), 4),
    }
    if at % 6:
        front["parent"] = slugs[at - at % 6]
    links = [*dice.some(tuple(plan.exercises), 2), dice.some(tuple(plan.symptoms), 1)[0]]
    headings = ("Where it is", "What it does when you run", "How trouble can feel", "What to try")
    return Draft(
        "muscles", slug, plan.muscles[slug], front, _body(dice, headings, 2, links, sources)
    )


def _symptom(plan: Plan, slug: str) -> Draft:
    dice = Dice(slug)
    sources = _sources(dice, 1)
    techniques = dice.some(tuple(plan.techniques), 3)
    front = {
        **_term(plan.symptoms[slug], dice, sources),
        "regions": dice.some(REGIONS, 1),
        "suspects": dice.some(tuple(plan.muscles), 3),
        "techniques": techniques[:2],
        "avoid": techniques[2:],
        "tests": ["toe-touch"],
        "red_flags": dice.some(tuple(key for key, _ in FLAGS), 2),
    }
    links = [*dice.some(tuple(plan.exercises), 3)]
    headings = (
        "What it can be",
        "Checks you can do at home",
        "What to try this week",
        "What to leave out for now",
        "When to see someone",
    )
    return Draft(
        "symptoms", slug, plan.symptoms[slug], front, _body(dice, headings, 3, links, sources)
    )


def _technique(plan: Plan, at: int, slug: str) -> Draft:
    """The first of every four is the wider technique, the others are forms of it."""
    dice = Dice(slug)
    slugs = list(plan.techniques)
    sources = _sources(dice, 2)
    families = ("stretch", "strength", "mobility")
    front = {
        **_term(plan.techniques[slug], dice, sources),
        "family": families[at // 4 % 3],
        "dosage": {"reps": "3–5", "hold": "5–10 s", "sessions_per_day": "1–2"},
        "evidence": f"{dice.some(words.FINDINGS, 1)[0].removesuffix('.')} [@{sources[0]}].",
        "caution": "Leave it alone over a fresh tear, or where a leg is newly numb or weak.",
    }
    if at % 4:
        front["parent"] = slugs[at - at % 4]
    links = [*dice.some(tuple(plan.exercises), 2)]
    headings = ("In general", "How it goes", "When to choose it", "When not")
    return Draft(
        "techniques", slug, plan.techniques[slug], front, _body(dice, headings, 2, links, sources)
    )


def _plain(plan: Plan, slug: str) -> Draft:
    dice = Dice(slug)
    title = slug.replace("-", " ").capitalize() if slug != "index" else "Move better, run easier"
    front: dict[str, object] = {"title": title, "description": dice.some(words.SENTENCES, 1)[0]}
    links = dice.some(tuple(plan.exercises), 2)
    return Draft("", slug, title, front, _body(dice, ("First", "Then", "After that"), 4, links, []))


def drafts(pages: int) -> list[Draft]:
    """All pages of a site of ``pages`` pages."""
    return drafts_of(make_plan(pages))


def drafts_of(made: Plan) -> list[Draft]:
    """All pages of a plan."""
    return [
        *(_muscle(made, at, slug) for at, slug in enumerate(made.muscles)),
        *(_symptom(made, slug) for slug in made.symptoms),
        *(_technique(made, at, slug) for at, slug in enumerate(made.techniques)),
        *(_exercise(made, at, slug) for at, slug in enumerate(made.exercises)),
        *(_article(made, at, slug) for at, slug in enumerate(made.articles)),
        *(_plain(made, slug) for slug in PLAIN),
    ]


def write_project(made: list[Draft], project: Path) -> None:
    """Write the pages as a Kinopress project. A project that lies there already is replaced."""
    shutil.rmtree(project, ignore_errors=True)
    for draft in made:
        top = project if draft.folder == "exercises" else project / "docs"
        file = top / draft.folder / f"{draft.slug}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\n{front_matter(draft.front)}---\n\n{draft.body}", "utf-8")
    for name, entries in shared_data().items():
        data = project / "docs" / "data" / f"{name}.yml"
        data.parent.mkdir(exist_ok=True)
        data.write_text(front_matter(dict(entries)), "utf-8")
    shutil.copy(HELP, project / "docs" / "data")
    (project / "mkdocs.yml").write_text(SETTINGS, "utf-8")


def generate(pages: int, out: Path) -> tuple[Path, Path]:
    """Write both forms of a site.

    Returns:
        The folders of the Kinopress project and of the Hugo site.
    """
    made = drafts(pages)
    write_project(made, out / "kinopress")
    hugo_site.write_site(made, shared_data()["references"], out / "hugo")
    return out / "kinopress", out / "hugo"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("pages", type=int, help=f"how many pages, {FEWEST} or more")
    parser.add_argument("out", type=Path, help="the folder to write to")
    options = parser.parse_args()
    if options.pages < FEWEST:
        parser.error(f"{options.pages} pages are too few for every kind; ask for {FEWEST} or more")
    for folder in generate(options.pages, options.out):
        print(folder)


if __name__ == "__main__":
    main()
