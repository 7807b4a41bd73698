"""A plan as one file: the inside of the page with its style, script and what is packed, under a policy that asks nobody.

All of it is ASCII, but for what is packed (:mod:`kinopress.pages.handed.packed`).
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from kinopress.engines.compact import compact
from kinopress.engines.sheets.rules import only, read, written
from kinopress.pages.handed.article import Article
from kinopress.pages.handed.packed import FilmInside, as_letters, bundle
from kinopress.pages.parts.html import escape

THEME = Path(__file__).parent / "theme"
"""The folder of styles and scripts."""
_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_NOT = re.compile(r":not\((?:[^()]|\([^()]*\))*\)")
_OURS = re.compile(r"[\w-]+")
_OF_OTHER_PAGES = re.compile(r":has\((?:> )?\.kp-(?:step|dateline|flags--strip|qr)\b")
"""Rules for the paper of an exercise, of an article or a symptom: here their parts are on a plan's page."""
_POLICY = (
    "default-src 'none'; script-src {script}; style-src {style}; img-src data:; media-src blob:;"
    " base-uri 'none'; form-action 'none'"
)


@cache
def script_of(name: str) -> str:
    """One of the scripts that a plan brings along."""
    return (THEME / f"handed/web/{name}.js").read_text("ascii").strip()


def handed_page(
    article: Article,
    films: Mapping[str, FilmInside],
    *,
    title: str,
    language: str,
    words: str | None = None,
) -> bytes:
    """The whole file.

    Args:
        article: The inside of the page.
        films: The films that are inside, by the names of their pages.
        title: What a browser's tab says: neutral, since others look at it.
        language: The language of the page, in two letters.
        words: What scripts say in another language than English, as JSON.
    """
    packed = {
        "drawings": {
            address: (figure.folder / name).read_text("utf-8")
            for address, (figure, name) in article.drawings.items()
        },
        "follow": article.follow,
        "captions": {name: film.captions for name, film in films.items()},
        "script": (script := script_of("main")),
    }
    first = script_of("first")
    data, size, total = bundle(packed)
    style = _style(f"md-main md-typeset {article.inside} {script}")
    policy = _POLICY.format(script=f"{_named(first)} {_named(script)}", style=_named(style))
    said = f'<script type="application/json" data-kp-words="site">{in_json(words)}</script>' if words else ""  # fmt: skip
    head = (
        f'<!doctype html><html lang="{escape(language)}" dir="ltr"><head><meta charset="windows-1252">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy, quote=False)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer"><meta name="robots" content="noindex">'
        '<meta name="format-detection" content="telephone=no">'
        f"<title>{escape(title)}</title><style>{style}</style><script>{first}</script></head>"
    )
    body = (
        f'<body><main class="md-main"><article class="md-typeset">{article.inside}</article></main>{said}'
        '<script type="text/plain" data-kp-packed="'
        f'{size}" data-sum="{total}" data-shift="{data.shift}">'
    )
    with_films = b"".join(
        f'<script type="text/plain" data-kp-film="{escape(name)}" data-shift="{film.shift}">'.encode()
        + film.data
        + b"</script>"
        for name, film in ((name, as_letters(one.data)) for name, one in films.items())
    )
    return _ascii(head + body) + data.data + b"</script>" + with_films + b"</body></html>\n"


def _ascii(html: str) -> bytes:
    return html.encode("ascii", "xmlcharrefreplace")


def in_json(words: str) -> str:
    """JSON inside a script element: a sign that would end it, and what is not ASCII, as JSON escapes them."""
    plain = "".join(c if c.isascii() else "".join(f"\\u{u:04x}" for u in _units(c)) for c in words)
    return plain.replace("<", "\\u003c")


def _units(letter: str) -> list[int]:
    data = letter.encode("utf-16-be")
    return [int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2)]


def _named(text: str) -> str:
    """How a policy names an inline text (https://www.w3.org/TR/CSP3/#grammardef-hash-source)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _style(text: str) -> str:
    """The rules of the site's style that this page can show, then its own; ASCII."""
    names = set(_OURS.findall(text))

    def is_shown(selector: str) -> bool:
        if _OF_OTHER_PAGES.search(selector):
            return False
        # What a rule is not about need not be there.
        plain = _NOT.sub("", selector)
        elements = re.findall(r"(?<![\w.#-])kp-[\w-]+", plain)
        return all(name in names for name in (*_CLASS.findall(plain), *elements))

    kept = _of_site(is_shown)
    own = compact((THEME / "handed/handed.css").read_text("utf-8"))
    return "".join(c if c.isascii() else f"\\{ord(c):x} " for c in kept + own)


@cache
def style_of_all() -> str:
    """The rules of the site's style that a plan may show, whichever it is."""
    return _of_site(lambda selector: not _OF_OTHER_PAGES.search(selector))


def _of_site(is_shown: Callable[[str], bool]) -> str:
    site = read(compact((THEME / "assets/kinopress.css").read_text("utf-8")))
    kept = written(only(site, is_shown, lambda _: True))
    return re.sub(r"--md-[\w-]+:[^;}]*;?", "", kept)  # only Material's own sheet asks for them
