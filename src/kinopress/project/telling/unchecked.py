"""What a site tells readers in danger that nobody has compared with a source."""

from __future__ import annotations

from dataclasses import dataclass

from kinopress.content.data.shared import FILES
from kinopress.content.model.library import Library

_HINT = "compare them, then write how far at the checked of each in that file"


@dataclass(frozen=True, slots=True)
class Unchecked:
    """What nobody has compared: the file it is in, what it is, and what to do."""

    path: str
    message: str
    hint: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}; {self.hint}"


def unchecked(library: Library) -> list[Unchecked]:
    """What readers in danger are told that nobody has compared with a source; `init` says so once, and a site lives on."""
    shared = library.shared
    help_ = shared.help
    numbers = dict.fromkeys(number for level in help_.unchecked for number in level.numbers)
    advice = [*help_.sentences.values(), *(position.advice for position in help_.positions)]
    said = sum(one.checked == "none" for one in advice)
    signs = sum(flag.checked == "none" for flag in shared.red_flags.values())
    named = f" ({', '.join(numbers)})" if numbers else ""
    told = [
        (library.settings.help, bool(help_.unchecked), f"whom readers call{named}"),
        (library.settings.help, said, f"{said} of {len(advice)} sentences about health"),
        (FILES["red_flags"], signs, f"{signs} of {len(shared.red_flags)} warning signs"),
    ]
    return [
        Unchecked(path, f"nobody has compared {what} with a source", _HINT)
        for path, is_so, what in told
        if is_so
    ]
