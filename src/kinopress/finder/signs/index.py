"""From the Library to the file of warning signs and the rules by which they are recognised."""

from __future__ import annotations

import json

from kinopress.content.model.library import Library
from kinopress.content.model.pages import Page, Symptom
from kinopress.content.model.shared import RedFlag
from kinopress.finder.index import columns, searched_pages
from kinopress.finder.packing import rising
from kinopress.finder.signs.dialect import DIALECT
from kinopress.finder.signs.listener import packed_listener
from kinopress.finder.signs.packing import packed, parts_of
from kinopress.finder.signs.plain_words import PLAIN_WORDS
from kinopress.finder.signs.rules import MISHEARD, sign_file
from kinopress.finder.stems import stem

SAYS = ("may_be_sign", "if_now", "near_sign", "see_first")
"""What the script says around warning signs, in this order."""


def build_signs(library: Library) -> bytes:
    """Warning signs and the rules by which they are recognised: fetched when the words can mean one.

    Its parts: ``words``, ``symbols``, ``groups`` and ``rules`` as :mod:`kinopress.finder.signs.packing`
    describes, ``misheard`` and ``dialect`` as :mod:`kinopress.finder.signs.rules` does,
    ``plain`` stems of words that are not slips (:mod:`kinopress.finder.signs.plain_words`), and

    ``flags``    [key, level, title, what else to do, 1 where nothing else is shown beside it, marks: 1 where one may
                 go to a hospital with it, 2 where it is a cause, 4 where what else to do says whom to call] a sign
    ``urgency``  [level, whom to call and how soon, numbers that become links, the same for a sign with which one
                 may go to a hospital], the most urgent first
    ``says``     sentences of ``docs/data/help.yml``, by the keys of :data:`SAYS`
    ``warns``    numbers of a symptom's signs, one line per page as in the index
    ``listener`` what was learnt of danger, as :mod:`kinopress.finder.signs.listener` says; not on every site

    Returns:
        JSON in UTF-8.
    """
    shared = library.shared
    pages = searched_pages(library)
    said = sign_file(shared.sign_words, [*shared.red_flags.values()])
    parts = [part for of in parts_of(said.groups, said.rules) for part in of]
    learnt = shared.sign_weights
    file = {
        **packed(said.groups, said.rules),
        "misheard": " ".join(word for pair in MISHEARD.items() for word in pair),
        "dialect": " ".join(word for pair in DIALECT.items() for word in pair),
        "plain": " ".join(sorted({stem(word) for word in PLAIN_WORDS})),
        "flags": [
            [flag.key, flag.level, flag.title, flag.action, int(flag.alone), _marks(flag)]
            for flag in shared.red_flags.values()
        ],
        "urgency": [
            [level, of.action, [*of.numbers], of.action_for(hospital=True)]
            for level, of in shared.help.levels.items()
        ],
        "says": [shared.help.say(key) for key in SAYS],
        **({"listener": packed_listener(learnt, parts, [*shared.red_flags])} if learnt else {}),
        **columns([{"warns": _warns(library, page)} for page in pages]),
    }
    return json.dumps(file, ensure_ascii=False, separators=(",", ":")).encode()


def _marks(flag: RedFlag) -> int:
    return flag.hospital | flag.cause << 1 | flag.own_call << 2


def _warns(library: Library, page: Page) -> str:
    """Numbers of a symptom's warning signs, as they are in ``flags``."""
    order = list(library.shared.red_flags)
    named = page.red_flags if isinstance(page, Symptom) else ()
    return rising(sorted({order.index(m.text) for m in named if m.text in order}))
