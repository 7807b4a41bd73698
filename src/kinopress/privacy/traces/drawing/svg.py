"""SVG: which elements and attributes a published drawing may have, and the drawing without the rest.

Drawing programs write names, folders and dates into a drawing, and it can hold scripts, other
files and whole other documents. What draws something is listed here; everything else is left
out, comments and hidden titles too. Names that parts give each other (``id``, ``class``) become
numbers: layers are often called after people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from xml.parsers import expat

from kinopress.privacy.traces.drawing.canvas import Place, beginning
from kinopress.privacy.traces.drawing.hidden import REFERRED_TO, Seen, Styles
from kinopress.privacy.traces.drawing.names import ELEMENTS, MEASURED, PROPERTIES, WORDS
from kinopress.privacy.traces.kinds import wide_coding
from kinopress.privacy.traces.trace import Trace

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_BETWEEN = " "

_NAMED = frozenset(("id", "class", "in", "in2", "result"))
_WRAPPERS = ("a", "switch")
"""Elements that only hold others."""

_DRAWN = {
    "image": "a picture",
    "foreignObject": "a page",
    **dict.fromkeys(("animate", "animateTransform", "animateMotion", "set"), "movement"),
}
"""What cannot be proved clean, and without which the drawing would look otherwise."""

_ATTRIBUTES = PROPERTIES | MEASURED | _NAMED | {"style", "href", "space"}

_MEASURES = re.compile(r"[-+0-9.,\s()%a-zA-Z]*")
_WORD = re.compile(r"[a-zA-Z]{2,}")
_NO_PATH = re.compile(r"[^mzlhvcsqtaeMZLHVCSQTAE\d\s.,+-]")
_VALUE = re.compile(r"[-+0-9.,\s()%a-zA-Z#'\"!]*")
_REFERENCE = re.compile(r"url\(\s*['\"]?#([^'\")\s]+)['\"]?\s*\)")
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_NAME = re.compile(r"([.#])(-?[A-Za-z_][\w-]*)")
_SELECTOR = re.compile(r"[\w\s.,#>*:()-]*")
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


class DrawingError(ValueError):
    """A drawing that cannot be read, and why in plain words."""


def walk(data: bytes) -> Iterator[Trace]:
    """Everything in a drawing that draws nothing."""
    try:
        _, left_out = clean(data)
    except DrawingError as error:
        yield Trace("", str(error))
        return
    for what in dict.fromkeys(left_out):
        yield Trace(what, _TOLD.get(what, "something in a drawing that draws nothing"))


_TOLD = {
    "metadata": "who made the drawing, and when",
    "comment": "a comment in a drawing",
    "script": "a script in a drawing",
    "title": "a hidden title in a drawing",
    "desc": "a hidden description in a drawing",
    "hidden": "words of a part that is not drawn",
}


def clean(data: bytes) -> tuple[bytes, list[str]]:
    """A drawing without everything that draws nothing, and the names of what was left out.

    A clean drawing comes back with the same meaning, and with nothing left out.

    Raises:
        DrawingError: it is not XML, or has entities of its own, which could unfold without end.
    """
    reader = _Reader()
    reader.read(_in_utf8(data))
    writer = _Writer(reader)
    return writer.written().encode(), reader.left_out


def _in_utf8(data: bytes) -> bytes:
    """A drawing in UTF-8, without a first line that may name another encoding."""
    coding = wide_coding(data)
    if coding is None:
        return data
    try:
        return _DECLARATION.sub("", bytes(data).decode(coding), count=1).encode()
    except UnicodeError as error:
        raise DrawingError("a drawing that is damaged or cut off") from error


_DECLARATION = re.compile(r"\A\ufeff?\s*<\?xml[^>]*\?>|\A\ufeff")

_Piece = tuple[str, dict[str, str]] | str | None
"""An element that opens (its name and attributes), text, or ``None`` where an element closes."""


class _Reader:
    """One walk through a drawing: what may stay, and what was left out."""

    def __init__(self) -> None:
        self.pieces: list[_Piece] = []
        self.left_out: list[str] = []
        self._skipped = 0
        self._open: list[str] = []
        self._seen: list[Seen] = []
        self._places: list[Place] = []
        self._style_texts: list[str] = []
        self._styles = Styles(())
        self._ids: list[frozenset[str] | None] = []
        """Of each open element, the names under which it can be referred to, if it is only drawn then."""
        self._references: list[tuple[frozenset[str] | None, set[str]]] = []
        self._waiting: list[tuple[int, frozenset[str]]] = []
        """Words that are drawn only where something refers to one of these names."""

    def read(self, data: bytes) -> None:
        """Walk through a drawing.

        Raises:
            DrawingError: it cannot be read, or cannot be proved clean.
        """
        self._style_texts = _styles_in(data)
        self._styles = Styles(self._style_texts)
        self._walk(data)
        reached = self._reached()
        for at, names in self._waiting:
            if names.isdisjoint(reached):
                self.left_out.append("hidden")
                self.pieces[at] = ""

    def _reached(self) -> set[str]:
        """The names to which something refers that is drawn."""
        reached = {name for names, found in self._references if names is None for name in found}
        while True:
            more = {
                name
                for names, found in self._references
                if names is not None and not names.isdisjoint(reached)
                for name in found
            }
            if more <= reached:
                return reached
            reached |= more

    def _walk(self, data: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=_BETWEEN)
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.CommentHandler = lambda _: self.left_out.append("comment")
        parser.ProcessingInstructionHandler = lambda *_: self.left_out.append("instruction")
        parser.StartDoctypeDeclHandler = lambda *_: self.left_out.append("doctype")
        parser.EntityDeclHandler = _no_entities
        try:
            parser.Parse(bytes(data), True)
        except expat.ExpatError as error:
            raise DrawingError("a drawing that is damaged or cut off") from error
        except ValueError as error:
            raise DrawingError(str(error)) from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(_BETWEEN)
        if space in (_SVG, "") and not self._skipped:
            if local in _WRAPPERS and self._open:
                local = "g"
            elif local in _DRAWN and "requiredExtensions" not in attributes:
                raise DrawingError(f"a drawing with {_DRAWN[local]} inside")
        known = space in (_SVG, "") and local in ELEMENTS and (self._open or local == "svg")
        if self._skipped or not known:
            if not self._skipped:
                self.left_out.append(local)
            self._skipped += 1
            return
        kept: dict[str, str] = {}
        for key, value in attributes.items():
            its_space, _, its_name = key.rpartition(_BETWEEN)
            good = its_space in ("", _SVG, _XLINK) or its_name == "space"
            if good and its_name in _ATTRIBUTES and (written := self._value(its_name, value)):
                kept[its_name] = written
            elif value.strip():
                self.left_out.append(its_name)
        self._open.append(local)
        above = self._seen[-1] if self._seen else Seen()
        self._seen.append(above.inside(self._styles.answers(local, attributes)))
        self._ids.append(self._names_of(local, attributes))
        self._places.append(
            self._places[-1].inside(local, attributes)
            if self._places
            else beginning(attributes, self._style_texts)
        )
        values = (kept.get("href", ""), *(v for n, v in kept.items() if n != "href"))
        refers = {ref for value in values[1:] for ref in _REFERENCE.findall(value)}
        refers |= {values[0][1:]} if values[0] else set()
        if refers and self._seen[-1].words() != "hidden":
            self._references.append((self._ids[-1], refers))
        self.pieces.append((local, kept))

    def _names_of(self, local: str, attributes: dict[str, str]) -> frozenset[str] | None:
        around = self._ids[-1] if self._ids else None
        if around is None and local not in REFERRED_TO:
            return None
        own = {attributes["id"]} if "id" in attributes else set()
        return (around or frozenset()) | own

    def _value(self, name: str, value: str) -> str | None:
        """What may stay of an attribute."""
        if name == "href":
            return value if value.startswith("#") else None
        if name == "style":
            return _declarations(value, self.left_out) or None
        if name in _NAMED:
            return value
        if name == "space":
            return value if value in ("preserve", "default") else None
        if name in MEASURED:
            words = () if name == "d" else _WORD.findall(value)
            fits = _MEASURES.fullmatch(value) and all(word in WORDS for word in words)
            return value if fits and not (name == "d" and _NO_PATH.search(value)) else None
        return value if _is_harmless(value) else None

    def _end(self, _: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        local = self._open.pop()
        self._seen.pop()
        self._ids.pop()
        done = self._places.pop()
        if local in ("tspan", "textPath") and self._places:
            self._places[-1] = self._places[-1].joined(done)
        self.pieces.append(None)

    def _text(self, words: str) -> None:
        if self._skipped or not self._open:
            return
        if self._open[-1] == "style":
            self.pieces.append(_rules(words, self.left_out))
        elif not words.strip():
            if self._open[-1] in _HOLD_WORDS:
                self.pieces.append(words)
        elif (drawn := self._seen[-1].words()) == "hidden":
            self.left_out.append("hidden")
        elif self._open[-1] in _HOLD_WORDS:
            if drawn == "open":
                raise DrawingError(
                    "a drawing with words that some of its styles hide and others show"
                )
            if (names := self._ids[-1]) is not None:
                self._waiting.append((len(self.pieces), names))
            elif not self._places[-1].shows(words):
                self._waiting.append((len(self.pieces), self._places[-1].ids))
            self._places[-1] = self._places[-1].after(words)
            self.pieces.append(words)
        else:
            self.left_out.append("words")


_HOLD_WORDS = ("text", "tspan", "textPath")


def _styles_in(data: bytes) -> list[str]:
    """The style sheets of a drawing: they hold wherever in it they are."""
    if b"style" not in data:
        return []
    found: list[str] = []
    inside = [False]

    def begins(name: str, _: dict[str, str]) -> None:
        inside.append(name.rpartition(_BETWEEN)[2] == "style")
        if inside[-1]:
            found.append("")

    def words(text: str) -> None:
        if inside[-1]:
            found[-1] += text

    parser = expat.ParserCreate(namespace_separator=_BETWEEN)
    parser.StartElementHandler = begins
    parser.EndElementHandler = lambda _: inside.pop() and None
    parser.CharacterDataHandler = words
    parser.EntityDeclHandler = _no_entities
    try:
        parser.Parse(bytes(data), True)
    except (expat.ExpatError, ValueError):
        return []  # the walk says what is wrong
    return found


def _no_entities(*_: object) -> None:
    raise DrawingError("a drawing with abbreviations of its own (entities)")


def _is_harmless(value: str) -> bool:
    return _VALUE.fullmatch(_REFERENCE.sub("", value)) is not None and "expression" not in value


def _declarations(text: str, left_out: list[str]) -> str:
    """The properties of a ``style`` that draw something."""
    if "/*" in text:
        left_out.append("comment")
        text = _CSS_COMMENT.sub("", text)
    kept = []
    for declaration in text.split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if name in PROPERTIES and value and _is_harmless(value):
            kept.append(f"{name}:{value}")
        elif name:
            left_out.append(name)
    return ";".join(kept)


def _rules(text: str, left_out: list[str]) -> str:
    """The rules of a style sheet that draw something."""
    if "/*" in text:
        left_out.append("comment")
        text = _CSS_COMMENT.sub("", text)
    if _RULE.sub("", text).strip() or not all(
        _SELECTOR.fullmatch(s) for s, _ in _RULE.findall(text)
    ):
        # Without its condition a rule would hold always: half of such styles is worse than none.
        raise DrawingError("a drawing with styles that not every program reads alike")
    kept = []
    for selector, inside in _RULE.findall(text):
        if declarations := _declarations(inside, left_out):
            kept.append(f"{selector.strip()}{{{declarations}}}")
    return "\n".join(kept)


_WRITTEN = {"space": "xml:space"}


class _Writer:
    """The drawing written out, with numbers for names."""

    def __init__(self, reader: _Reader) -> None:
        self.reader = reader
        self.names: dict[str, str] = {}
        self.styles = "".join(
            piece
            for piece, before in zip(reader.pieces, [None, *reader.pieces], strict=False)
            if isinstance(piece, str) and isinstance(before, tuple) and before[0] == "style"
        )
        attributes = [p[1] for p in reader.pieces if isinstance(p, tuple)]
        self.referred = {
            ref for a in attributes for v in a.values() for ref in _REFERENCE.findall(v)
        }
        self.referred |= {a["href"][1:] for a in attributes if "href" in a}
        self.referred |= {name for sign, name in _NAME.findall(self.styles) if sign == "#"}
        self.referred |= set(_REFERENCE.findall(self.styles))
        self.classes = {name for sign, name in _NAME.findall(self.styles) if sign == "."}

    def written(self) -> str:
        """The whole drawing."""
        parts: list[str] = []
        opened: list[str] = []
        for piece in self.reader.pieces:
            if piece is None:
                parts.append(f"</{opened.pop()}>")
            elif isinstance(piece, str):
                words = self._styled(piece) if opened[-1] == "style" else piece
                parts.append(escape(words, quote=False))
            else:
                parts.append(self._opening(*piece, root=not opened))
                opened.append(piece[0])
        return "".join(parts) + "\n"

    def _opening(self, name: str, attributes: dict[str, str], *, root: bool) -> str:
        written = [f' xmlns="{_SVG}"'] if root else []
        for key, value in attributes.items():
            shown: str | None = value
            if key == "id":
                shown = self._number(value) if value in self.referred else None
            elif key == "class":
                names = [self._number(n) for n in value.split() if n in self.classes]
                shown = " ".join(names) or None
            elif key in ("in", "in2", "result"):
                shown = value if value in WORDS else self._number(value)
            elif key == "href":
                shown = f"#{self._number(value[1:])}"
            elif key == "space":
                shown = value
            else:
                shown = self._renamed(value)
            if shown is not None:
                written.append(f' {_WRITTEN.get(key, key)}="{escape(shown)}"')
        return f"<{name}{''.join(written)}>"

    def _number(self, name: str) -> str:
        return self.names.setdefault(name, f"n{len(self.names) + 1}")

    def _renamed(self, value: str) -> str:
        return _REFERENCE.sub(lambda m: f"url(#{self._number(m[1])})", value)

    def _styled(self, rules: str) -> str:
        """Rules with numbers for names in their selectors; ``#`` and ``.`` in values are not names."""
        return "\n".join(
            _NAME.sub(lambda m: m[1] + self._number(m[2]), selector)
            + f"{{{self._renamed(inside)}}}"
            for selector, inside in _RULE.findall(rules)
        )
