"""A plan as an encrypted page: what everybody gets of it is a lock, and the same for every plan.

Its style and its scripts are those of all such pages, so they tell nothing of this one.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kinopress import sealed
from kinopress.engines.compact import compact
from kinopress.engines.handed import THEME, in_json, script_of, style_of_all
from kinopress.pages.handed.article import Article
from kinopress.pages.handed.packed import FilmInside
from kinopress.pages.parts.html import element, escape
from kinopress.pages.place import Place

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; media-src blob:; connect-src 'self';"
    " base-uri 'none'; form-action 'none'"
)
"""Narrower than that of the site's pages, but for the film that was decrypted (``blob:``)."""
_PIECE_BYTES = 1 << 24
"""Of a film that is encrypted in one: a phone has so much of it in memory at a time, however long it is."""
PLAN = "plan"
"""Text and drawings in one: two sizes would tell more than one."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What is to be encrypted.

    Attributes:
        article: The inside of the page.
        films: The films that go with it, by the names of their pages.
        until: The first day, in letters, on which it is not to be opened any more.
    """

    article: Article
    films: Mapping[str, FilmInside]
    until: str


def locked_page(
    place: Place,
    contents: Contents,
    *,
    number: str,
    key: bytes,
    lock: sealed.Locked | None,
    words: str | None = None,
) -> dict[str, bytes]:
    """All files of the page, by their names in its folder.

    Args:
        place: For the words around the lock.
        contents: What is to be encrypted.
        number: That of the page.
        key: Encrypts every item.
        lock: The key behind a passphrase; ``None``: it is in the link.
        words: What scripts say in another language than English, as JSON.

    Raises:
        `NotInstalled`: the library that encrypts is not there.
    """
    pieces = {
        name: {f"film-{at}-{number}": piece for number, piece in enumerate(_pieces(film.data), 1)}
        for at, (name, film) in enumerate(contents.films.items(), 1)
    }
    article = contents.article
    text = {
        "html": article.inside,
        "until": contents.until,
        "follow": article.follow,
        "drawings": {
            address: (figure.folder / name).read_text("utf-8")
            for address, (figure, name) in article.drawings.items()
        },
        "captions": {name: film.captions for name, film in contents.films.items()},
        "films": {name: list(of) for name, of in pieces.items()},
    }
    items = {PLAN: _packed(text)}
    for of in pieces.values():
        items |= of
    return {
        **{f"{item}.bin": sealed.seal(key, number, item, data) for item, data in items.items()},
        "style.css": _style(),
        "open.js": script_of("locked").encode("ascii"),
        "plan.js": script_of("main").encode("ascii"),
        "index.html": _page(place, number, key, lock, words).encode("utf-8"),
    }


def _pieces(data: bytes) -> list[bytes]:
    """A film in pieces of about one size, so that the last one does not tell its size more closely than the others."""
    size = -(-len(data) // max(1, -(-len(data) // _PIECE_BYTES))) or 1
    return [data[at : at + size] for at in range(0, len(data), size)] or [b""]


def _packed(value: object) -> bytes:
    plain = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, 9)
    return packer.compress(plain) + packer.flush()


@cache
def _style() -> bytes:
    own = compact((THEME / "handed/handed.css").read_text("utf-8"))
    lock = compact((THEME / "handed/locked.css").read_text("utf-8"))
    return f"{style_of_all()}{own}{lock}".encode()


def _page(
    place: Place, number: str, key: bytes, lock: sealed.Locked | None, words: str | None
) -> str:
    """The lock, with a sentence for each thing that can go wrong."""
    said = {
        "old": place.in_html(
            "This browser cannot unlock the page: it is too old, or runs no scripts. Open the link in another one, or ask"
            " your coach for the plan as a file."
        ),
        "insecure": place.in_html(
            "This page opens over a secure connection alone. Write https:// in place of http:// in its address."
        ),
        "busy": place.in_html("Opening …"),
        "wrong": place.in_html(
            "These words do not open it. Compare them with those from your coach: all eight, in their order."
        ),
        "link": place.in_html(
            "This link does not open it. Part of it may be missing: open it in the message itself, or ask your coach to"
            " send it again."
        ),
        "closed": place.in_html("Closed. Open the link again."),
        "over": place.in_html("The time of this page is over. Ask your coach for the plan."),
        "damaged": place.in_html(
            "Part of this page has been changed or is missing, so it stays closed. Load it again; if that does not help,"
            " ask your coach for the plan as a file."
        ),
        "other": place.in_html(
            "Something else came in place of the plan. Perhaps this network asks you to sign in first: open another page,"
            " then load this one again."
        ),
        "away": place.in_html(
            "Part of it could not be fetched. Check the connection, then load the page again."
        ),
    }
    sentences = "".join(
        element("p", words_, data_said=which, hidden=which != "old", role="status")
        for which, words_ in said.items()
    )
    form = element(
        "form",
        element("label", place.in_html("The words from your coach"), for_="passphrase")
        # On a phone eight words are longer than a line, and whoever compares them has to see all.
        + '<textarea id="passphrase" rows="3" autocomplete="off" autocapitalize="none" autocorrect="off"'
        ' spellcheck="false" required></textarea>' + element("button", place.in_html("Open")),
        hidden=True,
        class_="kp-lock",
    )
    inside = element("h1", place.in_html("14 days")) + element(
        "p", place.in_html("This page is encrypted. It is opened on your device alone.")
    )
    inside += (form if lock is not None else "") + sentences
    inside += element(
        "p",
        place.in_html("What was entered here has been deleted from this device."),
        data_erased="",
        hidden=True,
        role="status",
    ) + element(
        "button",
        place.in_html("Delete what was entered on this device"),
        type="button",
        class_="kp-lock__button",
        data_erase="",
        hidden=True,
    )
    close = element(
        "button",
        place.in_html("Close this page"),
        type="button",
        class_="kp-lock__button",
        data_close="",
        hidden=True,
    )
    at = {"data-number": number}
    if lock is not None:
        letters = sealed.as_letters
        at |= {
            "data-salt": letters(lock.salt),
            "data-rounds": str(lock.rounds),
            "data-key": letters(lock.data),
        }
    else:
        at |= {"data-check": sealed.as_letters(sealed.check_of(key, number))}
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in at.items())
    spoken = f'<script type="application/json" data-kp-words="site">{in_json(words)}</script>' if words else ""  # fmt: skip
    return (
        f'<!doctype html><html lang="{escape(place.language)}" dir="ltr"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY, quote=False)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        '<meta name="robots" content="noindex, nofollow, noarchive">'
        '<meta name="format-detection" content="telephone=no">'
        f"<title>{place.in_html('14 days')}</title>"
        '<link rel="stylesheet" href="style.css"><script src="open.js" defer></script></head>'
        f'<body{attributes}><main class="md-main"><article class="md-typeset">{inside}</article>{close}</main>'
        f"{spoken}</body></html>\n"
    )
