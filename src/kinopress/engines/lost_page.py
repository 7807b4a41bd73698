"""The page for wrong addresses on a site that was never told its own.

A host shows that page at any depth, so nothing on it can be named from where it is. It brings
a plain style of its own and a small script that finds out where the site begins; its policy allows
these two by their hash, and nothing else that is inline.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass

from kinopress.engines import look

_FOLDER = look.THEME / "lost"


@dataclass(frozen=True, slots=True)
class Lost:
    """What the page has that no other has.

    Attributes:
        style: Its style, as it is between ``<style>`` and ``</style>``.
        script: Its script, in the same way.
        policy: The site's policy, which allows these two as well.
    """

    style: str
    script: str
    policy: str


def lost_page(policy: str) -> Lost:
    """The parts of the page, for a site with ``policy``."""
    style = (_FOLDER / "lost.css").read_text("utf-8")
    script = (_FOLDER / "lost.js").read_text("utf-8")
    for name, text in (("style-src", style), ("script-src", script)):
        policy = policy.replace(f"{name} 'self'", f"{name} 'self' '{_hash(text)}'")
    return Lost(style, script, policy)


def _hash(text: str) -> str:
    """How a policy names an inline text (https://www.w3.org/TR/CSP3/#grammardef-hash-source)."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
