"""What all pages of a benchmark project share: its settings and the four files of ``docs/data/``."""

from __future__ import annotations

import words

REFERENCES = 40
REGIONS = ("hip-front", "buttock", "thigh-back", "calf", "knee-outer", "foot")
FLAGS = (("not-settling", "gp"), ("foot-drop", "urgent"), ("saddle-numbness", "emergency"))

SETTINGS = """site_name: A coach's site
site_url: https://example.org/
site_description: Plain help for runners with sore hips.
copyright: Words © a coach
theme:
  name: material
plugins:
  - kinopress
extra:
  kinopress:
    timezone: Europe/London
    coach:
      name: A coach
      email: name@example.org
    reviewers:
      maker:
        name: the benchmark
"""
"""``mkdocs.yml`` of a benchmark project."""


def shared_data() -> dict[str, dict[str, dict[str, object]]]:
    """The four files of ``docs/data/``."""
    return {
        "regions": {key: {"label": key.capitalize(), "view": "back"} for key in REGIONS},
        "red_flags": {
            key: {
                "level": level,
                "title": f"{key.replace('-', ' ').capitalize()} that will not wait",
                "sign": words.SENTENCES[23],
                "action": "Say what you noticed and since when.",
                "basis": "Made up for a benchmark.",
            }
            for key, level in FLAGS
        },
        "tests": {
            "toe-touch": {
                "title": "Toe touch",
                "home": True,
                "unit": "cm",
                "how": "Stand with straight knees, fold forward slowly and measure the gap to the floor.",
                "real_change": "Not established.",
                "sources": ["author00"],
            }
        },
        "references": {
            f"author{i:02d}": {
                "cite": f"Author {i} and others. Journal of Made-up Trials {2000 + i % 25};{i}:{10 * i}–{10 * i + 9}",
                "year": 2000 + i % 25,
                "doi": f"10.5555/benchmark.{i:04d}",
                "finding": words.FINDINGS[i % len(words.FINDINGS)],
                "checked": "read",
            }
            for i in range(REFERENCES)
        },
    }
