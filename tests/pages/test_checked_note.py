"""How far warning signs were checked is said once above a list of them, and beside each only where it is not all."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from kinopress.content.read import read_library
from kinopress.pages.parts.warning_signs import flag_list
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
