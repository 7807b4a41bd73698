"""What a site tells readers in danger that nobody has compared with a source."""

from __future__ import annotations

from kinopress.content.data.shared import FILES
from kinopress.content.model.library import Library


def unchecked_help(library: Library) -> list[str]:
    """What readers in danger are told that nobody has compared with a source; `init` says so once, and a site lives on."""
    shared = library.shared
    numbers = dict.fromkeys(number for level in shared.help.unchecked for number in level.numbers)
    signs = sum(flag.checked == "none" for flag in shared.red_flags.values())
    found = []
    if shared.help.unchecked:
        named = f" ({', '.join(numbers)})" if numbers else ""
        found.append(
            f"{library.settings.help}: nobody has compared whom readers call{named} with a source;"
            " check it, and say so at checked"
        )
    if signs:
        found.append(
            f"{FILES['red_flags']}: {signs} of {len(shared.red_flags)} warning signs have been compared with no source"
        )
    return found
