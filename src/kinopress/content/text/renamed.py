"""Where a page is named by its file, so that a new name can be put there (pure).

By the same look-ups that the checks and the pages use: a mark or a field is changed where it leads to the page
by its file's name, and left where it leads there by a title or another name, which stays as it is.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping

from kinopress.content.markdown.marks import Mark, plain_address, scan
from kinopress.content.model.library import Library, find_page
from kinopress.content.model.names import Mention
from kinopress.content.model.pages import Exercise, Page, Pages, Term, Video
from kinopress.content.model.vocabulary import normal
from kinopress.content.source.seen import Where
from kinopress.content.source.writer import Put
from kinopress.content.source.yaml.words import Value, value_of
from kinopress.content.text.addresses import is_elsewhere
from kinopress.content.text.blocks import BLOCKS, named_in_block, split_block
from kinopress.content.text.targets import find_target

_OF_EXERCISES = (
    *("easier", "harder", "exercises", "shown_by", "avoid", "start_with", "blocks", "swaps"),
)
_OF_TERMS = (
    *("tags", "for", "not_for", "suspects", "techniques", "avoid", "parent", "antagonists"),
)
_NAMED_BY = ("exercise", "use")
"""In a group within a field, what names a page; the rest is words."""


def name_of(page: Page) -> str:
    """The name of a page's file, without its folder."""
    return page.slug.rpartition("/")[2]


def text_with_new_name(
    library: Library, pages: Pages, on: Page, text: str, page: Page, new: str
) -> str:
    """A text in which every link, block and address that leads to a page has its new name.

    Args:
        library: For what an address means.
        pages: All pages, held ones included.
        on: The page on which the text is.
        text: The text, in Markdown.
        page: The page that is renamed.
        new: The new name of its file, without folder and ending.
    """
    for mark in reversed(scan(text)):
        if not _leads_to(library, pages, on, mark, page):
            continue
        whole = text[mark.start : mark.end]
        within = whole.rpartition("|")[0] if mark.kind == "page" and "|" in whole else whole
        address = mark.target if mark.kind in ("page", "block") else _path(mark.target)
        at = within.find(address)
        if at < 0:
            continue
        name = re.escape(name_of(page))
        changed = re.sub(rf"(?<![\w-]){name}(?![\w-])(?!.*(?<![\w-]){name}(?![\w-]))", new, address)
        start = mark.start + at
        text = text[:start] + changed + text[start + len(address) :]
    return text


def _path(target: str) -> str:
    return re.split(r"[?#]", plain_address(target), maxsplit=1)[0]


def _leads_to(library: Library, pages: Pages, on: Page, mark: Mark, page: Page) -> bool:
    if mark.kind == "page":
        return find_page(pages, mark.target) is page
    if mark.kind == "block":
        name = split_block(mark.target)[0]
        return name in BLOCKS and named_in_block(mark.target, pages) is page
    if mark.kind not in ("link", "html"):
        return False
    path = _path(mark.target)
    if is_elsewhere(mark.target) or not path:
        return False
    found = find_target(library, pages, on, path)
    return found is not None and found.page is page


def fields_with_new_name(
    library: Library, pages: Pages, on: Page, fields: Value, page: Page, new: str
) -> tuple[list[Put], list[Mention]]:
    """What to change in the fields of a page that name another by its file.

    Args:
        library: For tags.
        pages: All pages, held ones included.
        on: The page whose fields they are.
        fields: They, as values.
        page: The page that is renamed.
        new: The new name of its file.

    Returns:
        The changes, and the names that were not found again in the fields as they are written.
    """
    changes: list[Put] = []
    lost: list[Mention] = []
    wanted = [m for m in _mentions(on) if _is_named(library, m, page)]
    for name in dict.fromkeys(_field_of(m) for m in wanted):
        mentions = [m for m in wanted if _field_of(m) == name]
        value = fields.get(name) if isinstance(fields, Mapping) else None
        words = {m.text for m in mentions}
        places = [w for w in _scalars((name,), value) if w[1] in words]
        if words - {text for _, text in places}:
            lost += mentions
        changes += [Put(where, new) for where, _ in places]
    changes += _steps(library, pages, on, page, new)
    return changes, lost


def _steps(library: Library, pages: Pages, on: Page, page: Page, new: str) -> Iterator[Put]:
    """Links in the steps of an exercise, and in what trials say of a technique."""
    top = on.front.entries
    for name in ("steps", "evidence"):
        if name not in top:
            continue
        for where, text in _texts((name,), value_of(top[name])):
            changed = text_with_new_name(library, pages, on, text, page, new)
            if changed != text:
                yield Put(where, changed)


def _texts(where: Where, value: Value) -> Iterator[tuple[Where, str]]:
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _texts((*where, name), inner)
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _texts((*where, at), inner)


def _field_of(mention: Mention) -> str:
    return mention.field.partition(".")[0]


def _mentions(value: object) -> Iterator[Mention]:
    """All names of other pages, wherever they are in a page's values."""
    if isinstance(value, Mention):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _mentions(one)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            if field.name != "front":
                yield from _mentions(getattr(value, field.name))


def _is_named(library: Library, mention: Mention, page: Page) -> bool:
    field = _field_of(mention)
    if isinstance(page, Exercise):
        return field in _OF_EXERCISES and mention.text == page.slug
    if isinstance(page, Video):
        return field == "video" and mention.text == page.slug
    if not isinstance(page, Term) or field not in _OF_TERMS:
        return False
    if field == "not_for" and mention.text in library.shared.red_flags:
        return False
    return is_named_by_file(library, mention.text, page)


def is_named_by_file(library: Library, words: str, page: Term) -> bool:
    """Whether a tag means a term by the name of its file, and not by another of its names."""
    if library.vocabulary.resolve(words) is not page or normal(words) != normal(page.slug):
        return False
    others = (page.title, *page.aliases, *page.misspellings)
    return normal(page.slug) not in {normal(name) for name in others}


def _scalars(where: Where, value: Value) -> Iterator[tuple[Where, str]]:
    """The texts of a field that may name a page."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            if not isinstance(inner, str) or name in _NAMED_BY:
                yield from _scalars((*where, name), inner)
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _scalars((*where, at), inner)
