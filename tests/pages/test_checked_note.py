"""How far warning signs were checked is said once above a list of them, and beside each only where it is not all."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

from kinopress.content.data.phones import call
from kinopress.content.read import read_library
from kinopress.pages.parts.html import escape
from kinopress.pages.parts.warning_signs import flag_list, whom_to_call
from kinopress.pages.place import Place
from support.projects import small_project


def test_what_nobody_has_checked_is_said_once_and_marked_beside_the_signs_it_is_about(
    tmp_path: Path,
) -> None:
    library, _ = read_library(small_project(tmp_path))
    place = Place(library, {}, "when-to-get-help.md")
    flag = next(iter(library.shared.red_flags.values()))
    signs = [dataclasses.replace(flag, checked=checked) for checked in ("read", "none", "none")]
    made = flag_list(place, signs)
    assert made.count("No clinician has reviewed these signs.") == 1
    assert made.count("nobody has compared the sign with a source yet") == 1
    assert made.count("[Not compared]") == 2
    assert "Not all read" not in made
    assert "nobody has compared" not in flag_list(place, signs[:1])
    assert flag_list(place, []) == ""


def test_what_signs_rest_on_is_folded_at_the_end_of_their_group(tmp_path: Path) -> None:
    library, _ = read_library(small_project(tmp_path))
    place = Place(library, {}, "when-to-get-help.md")
    flags = list(library.shared.red_flags.values())
    signs, *folds = (
        part
        for part in flag_list(place, flags).replace("</ul><details", "</ul>\0<details").split("\0")
    )
    assert folds
    assert all(flag.basis not in signs for flag in flags)
    assert all(any(escape(flag.basis) in fold for fold in folds) for flag in flags)


def test_the_page_about_help_begins_with_numbers_to_ring_and_a_way_to_each_group(
    tmp_path: Path,
) -> None:
    library, _ = read_library(small_project(tmp_path))
    place = Place(library, {}, "when-to-get-help.md")
    flags = list(library.shared.red_flags.values())
    made = whom_to_call(place, flags)
    for urgency in library.shared.help.levels.values():
        for number in urgency.numbers[:1]:
            assert f'href="{call(number)}"' in made
    anchors = re.findall(r'href="#(level-[a-z-]+)"', made)
    assert anchors == re.findall(r'id="(level-[a-z-]+)"', flag_list(place, flags))
    assert anchors
