"""The scripts of a page: no file that only leads to the next one, on a line where each is a journey there and back."""

from __future__ import annotations

import re
from pathlib import Path

from kinopress.engines.look import THEME
from kinopress.engines.settings import SCRIPTS

SHARED = re.compile(r'(?:from|import)"\./([^"]+)"')
LATER = re.compile(r'import\("\./([^"]+)"\)')
SMALL = 1500


def small_and_shared(folder: Path) -> dict[str, int]:
    """Files that others cannot begin without and that hold next to nothing, with their bytes."""
    texts = [file.read_text("utf-8") for file in folder.glob("*.js")]
    shared = {name for text in texts for name in SHARED.findall(text)}
    sizes = {name: (folder / name).stat().st_size for name in shared}
    return {name: size for name, size in sizes.items() if size <= SMALL}


def test_no_script_waits_for_a_file_that_holds_next_to_nothing() -> None:
    assert small_and_shared(THEME / SCRIPTS) == {}


def test_each_script_is_asked_for_and_each_that_is_asked_for_is_there() -> None:
    folder = THEME / SCRIPTS
    texts = [file.read_text("utf-8") for file in folder.glob("*.js")]
    asked = {name for text in texts for one in (SHARED, LATER) for name in one.findall(text)}
    assert asked | {"kinopress.js"} == {file.name for file in folder.glob("*.js")}
    assert len(asked) > 10
