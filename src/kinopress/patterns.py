"""Regular expressions that are compiled when they are first used.

There are some hundred and fifty of them below a check, and compiling all takes a quarter of the time in which
a small site is checked. Most look for what hardly any page has.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, AnyStr

if TYPE_CHECKING:

    def lazily(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
        """The same as ``re.compile``, later; only its methods and attributes can be used, not ``re``'s functions.

        Raises:
            re.error: when it is first used and is wrong.
        """
        ...

else:

    class lazily:  # noqa: N801, D101 - in the place of a function
        def __init__(self, pattern: str | bytes, flags: int = 0) -> None:
            self._written = pattern, flags

        def __getattr__(self, name: str) -> Any:
            """Compile it, and keep the method: the next time it is found without coming here."""
            if name.startswith("__"):
                raise AttributeError(name)
            compiled = self.__dict__.get("_compiled")
            if compiled is None:
                compiled = self.__dict__["_compiled"] = re.compile(*self._written)
            found = self.__dict__[name] = getattr(compiled, name)
            return found
