"""A style sheet travels without what only its authors need."""

from __future__ import annotations

import pytest

from kinopress.engines.compact import compact
from kinopress.engines.look import STYLESHEET, THEME


@pytest.mark.parametrize(
    ("css", "short"),
    [
        ("a {\n  color: red;\n  top: 0.5rem;\n}\n", "a{color:red;top:.5rem}"),
        ("/* why; { */\na, b { c: d } /* and */", "a,b{c:d}"),
        ("a/* one */b { c: d }", "a b{c:d}"),
        # A space before a colon makes another selector; one beside a sign makes a sum.
        ("a :hover { top: calc(1px + 10.5em - 0.5em) }", "a :hover{top:calc(1px + 10.5em - .5em)}"),
        ('a { content: "x ;  { 0.5: /* y */" }', 'a{content:"x ;  { 0.5: /* y */"}'),
        ("a { content: ' \\' ; ' }", "a{content:' \\' ; '}"),
        ("a { b: url( x,  y/*z ) , 1 }", "a{b:url( x,  y/*z ),1}"),
        (
            "@media (min-width: 48rem) and (x) { a { b: c; } }",
            "@media (min-width:48rem) and (x){a{b:c}}",
        ),
        (":root { --a: 0.6rem; --b:  #0.5 }", ":root{--a:.6rem;--b:#0.5}"),
        ("", ""),
    ],
)
def test_only_what_authors_need_is_gone(css: str, short: str) -> None:
    assert compact(css) == short
    assert compact(short) == short


def test_the_theme_s_own_sheet_is_shorter_by_an_eighth() -> None:
    css = (THEME / STYLESHEET).read_text("utf-8")
    short = compact(css)
    assert len(short) < len(css) * 7 / 8
    assert "/*" not in short and "\0" not in short
    assert short.count("{") == short.count("}")
