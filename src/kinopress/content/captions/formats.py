"""Which other format of captions a text is in, by what its lines look like (pure).

Programs export a dozen formats, and files get renamed. What the two readers cannot use is named
here, so that whoever exported it knows what to choose instead.
"""

from __future__ import annotations

import re

from kinopress.patterns import lazily

_CLOCK = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
_FRAME = r"[0-9]{2}:[0-9]{2}:[0-9]{2}[:;.][0-9]{2}"
_LINES_LOOKED_AT = 200

_BEGINNINGS = (
    (lazily(r"\[Script Info\]|\[V4\+? Styles\]", re.IGNORECASE), "SubStation Alpha (.ass)"),
    (lazily(r"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:\w+:)?tt\b", re.DOTALL), "TTML"),
    (lazily(r"<SAMI\b", re.IGNORECASE), "SAMI (.smi)"),
    (lazily(r"Scenarist_SCC\b"), "Scenarist (.scc)"),
    (lazily(r"<(?:!doctype|html)\b", re.IGNORECASE), "a web page"),
    (lazily(r"<\?xml|<transcript\b"), "XML"),
    (lazily(r"[\[{]\s*(?:[\"{\[\]}])"), "JSON"),
)
_LINES = (
    (lazily(r"(?:Dialogue|Format):\s*.*,"), "SubStation Alpha (.ass)"),
    (lazily(rf"\s*{_CLOCK}[.,][0-9]+\s*,\s*{_CLOCK}[.,][0-9]+\s*$"), "SubViewer (.sbv)"),
    (lazily(rf"\s*{_FRAME}\s*,\s*{_FRAME}\s*,"), "Spruce (.stl)"),
    (lazily(r"\s*\{[0-9]+\}\s*\{[0-9]*\}"), "MicroDVD (.sub)"),
    (lazily(r"\s*\[[0-9]+\]\s*\[[0-9]*\]"), "MPL2"),
    (lazily(r"\s*\[[0-9]{1,3}:[0-9]{2}(?:[.:][0-9]{1,3})?\]"), "a file of lyrics"),
)

_WORDS = "a transcript without the times at which words begin and end"
_TIMES = "words whose times are written in a way that is not read here"
_BEGINS_WITH_A_TIME = lazily(
    rf"^[\s\d,;|\"(\[<]*{_CLOCK}[\d:;.,]*[\s,;|\"]+(?:[-–—]\s*)?[\"(\[<]*{_CLOCK}", re.MULTILINE
)


def format_of(text: str) -> str | None:
    """What a text of captions is that holds no cue, in words for a coach; ``None`` for no words at all."""
    begins = text.lstrip("\ufeff \t\n")
    for form, name in _BEGINNINGS:
        if form.match(begins):
            return name
    for line in begins.split("\n", _LINES_LOOKED_AT)[:_LINES_LOOKED_AT]:
        for form, name in _LINES:
            if form.match(line):
                return name
    if _BEGINS_WITH_A_TIME.search(text):
        return _TIMES
    return _WORDS if any(letter.isalpha() for letter in text) else None
