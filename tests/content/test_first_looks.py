"""A quick look that comes before a slow one finds whatever that one would."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from kinopress.content.forms import placeholders
from kinopress.content.markdown import unread_marks

_PARTS = st.sampled_from(
    [
        *(
            "lorem ipsum",
            "dolor sit amet",
            "your",
            "the",
            "some",
            "text",
            "words",
            "goes",
            "go",
            "here",
        ),
        *("insert", "add", "TODO", "FIXME", "todo", "[", "]", "[[", "(", " ", "\n", "a hip", "x"),
    ]
)
_OTHER_FORMS = str.maketrans({"s": "ſ", "i": "ı"})
"""Letters that are the same as these where case is left out, and stay themselves in small letters."""

_FORMS: tuple[Callable[[str], str], ...] = (
    str.upper,
    str.title,
    lambda it: it.translate(_OTHER_FORMS),
    lambda it: it,
)


@given(st.lists(_PARTS, max_size=12).map("".join), st.sampled_from(_FORMS))
def test_words_that_fill_a_page_are_found_in_any_form(
    words: str, form: Callable[[str], str]
) -> None:
    text = form(words)
    slow = placeholders._REMINDER.search(text) or placeholders._FILLER.search(text)
    assert placeholders._filler(text) == (slow and slow[0])


def test_words_that_fill_a_page_are_found_one_by_one() -> None:
    for words in ("lorem ipsum", "DOLOR ſıT AMET", "Some words go here", "add your text here"):
        assert placeholders._filler(f"Sit. {words}.") == words
    assert placeholders._filler("Do [insert a name] then") == "[insert a name]"
    assert placeholders._filler("Do [İnsert] a [link](here) TO DO") is None


def test_a_text_without_the_first_sign_of_any_mark_has_no_mark() -> None:
    signs = [sign for sign, _, _ in unread_marks._UNREAD]
    assert [sign for sign in signs if unread_marks._ANY_SIGN.search(sign) is None] == []
    assert unread_marks._ANY_SIGN.search("Lie down, breathe out; then (slowly) come up.") is None
