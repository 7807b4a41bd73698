"""Which titles begin with the name of somebody, so that they stay written large inside a sentence: "for Achilles tendon".

No list of people can hold those of the next coach. What tells is how the site itself writes a word: a title has a large
letter in any case, and so has a sentence, but inside one only a name has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kinopress.content.model.pages import Page
from kinopress.patterns import lazily

_WORD = lazily(r"[^\W\d_]+")
_INSIDE = lazily(r"(?<=[\w,)] )[^\W\d_]+")
_NAMES = lazily(r"[^\W\d_]+(?:[’']s\b|[-–](?=[^\W\d_a-z]))")
"""What only a name looks like, unless it is another word: "Morton’s neuroma", "Osgood-Schlatter", and "Runner’s knee"."""


def titles_with_names(pages: Sequence[Page]) -> Iterator[int]:
    """The places of the pages whose title begins with a name.

    That is a word which titles and descriptions write large inside a sentence, or one that looks like nothing else; and
    which none of them writes small. (What people say is written as they type it, so it tells nothing.)
    """
    texts = [text for page in pages for text in (page.title, page.description)]
    large = {word for text in texts for word in _INSIDE.findall(text) if word[0].isupper()}
    small = {word for text in texts for word in _WORD.findall(text) if word[0].islower()}
    for at, page in enumerate(pages):
        first = _WORD.match(page.title)
        if first is None or not first[0][0].isupper():
            continue
        word = first[0]
        if (word in large or _NAMES.match(page.title)) and word.casefold() not in small:
            yield at
