"""The elements of HTML by what they are on this site: in a line or a block, allowed or not (data)."""

from __future__ import annotations

VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
"""Elements without an end."""

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "details",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "picture",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "video",
        "audio",
    ]
)
"""Elements that are among paragraphs and not in one."""

HOLDS_MARKDOWN = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "details",
        "div",
        "figure",
        "figcaption",
        "footer",
        "header",
        "main",
        "nav",
        "section",
    ]
)
"""Elements in which Markdown is read when they take more than a line, as writers expect it."""

WORDS = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "br",
        "caption",
        "cite",
        "code",
        "col",
        "colgroup",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "map",
        "area",
        "mark",
        "meter",
        "param",
        "progress",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "source",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "track",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
FORBIDDEN = {
    **dict.fromkeys(
        ("iframe", "frame", "frameset", "object", "embed", "applet", "portal"),
        "write a link to it instead, like [the film](https://example.org/film)",
    ),
    **dict.fromkeys(
        (
            "script",
            "style",
            "link",
            "meta",
            "base",
            "template",
            "noscript",
            "svg",
            "math",
            "canvas",
        ),
        "remove it: the site brings what its pages need",
    ),
    **dict.fromkeys(
        ("form", "input", "button", "select", "option", "textarea", "label", "dialog"),
        "remove it, or write a link or an e-mail address instead",
    ),
    **dict.fromkeys(
        ("html", "head", "body", "title"), "remove it: the site makes it automatically"
    ),
    **dict.fromkeys(
        ("video", "audio"), "put the film into videos/ and show it with {{ video name }}"
    ),
    **dict.fromkeys(("source", "track"), "remove it: it means something only inside a <picture>"),
}
"""Elements the site's rules for browsers make useless or dangerous, each with what to do."""

ADDRESSES = ("href", "src", "background", "cite", "longdesc")
LOADED = ("src", "background")
"""Attributes whose address the page itself fetches."""
