"""One PDF for readers to keep: its pages, links, marks for screen readers, and nothing else.

Programs write names, folders, dates, earlier versions and whole other files into a PDF. So it is
written again, from its pages on: each entry of each part that is not known to be seen or heard is
left out, as are the parts that only those entries lead to. Comments and form fields are left out
as well, which is reported. Comments in the programs of pages and notes in fonts go too. The only
module that uses pypdf.
"""

from __future__ import annotations

import io
import logging
import re
import zlib
from collections.abc import Iterator

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

from kinopress.codes import Code
from kinopress.pictures.handouts import fonts as pdf_fonts
from kinopress.pictures.handouts.entries import ENTRIES, NAMED_BY_THE_FILE, STRINGS
from kinopress.pictures.handouts.programs import without_comments
from kinopress.pictures.made import PictureError
from kinopress.privacy.traces import find_traces, jpeg

NAME = "handout.pdf"

_DEPTH_MAX = 400
_WEB = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)

_FLAT = {1: "DeviceGray", 3: "DeviceRGB", 4: "DeviceCMYK"}

# It reports each oddity that it tolerates; a coach can do nothing about them.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

_LOCKED = PictureError("a PDF with a password or a lock", "save it without one", Code.FILE_KIND)


def clean_handout(data: bytes) -> tuple[bytes, list[str]]:
    """A PDF without what nobody sees, and in plain words what was left out that somebody might miss.

    Raises:
        PictureError: it is locked, damaged, or holds what cannot be proved clean.
    """
    try:
        copier = _Copier(_opened(data))
        written = copier.written()
    except PictureError:
        raise
    except Exception as error:  # what a hostile file makes of a parser has no list
        if b"/Encrypt" in data:  # some kinds of lock are not even looked into
            raise _LOCKED from error
        raise PictureError(
            "damaged or cut off", "export it again and use that instead", Code.FILE_MISMATCH
        ) from error
    if find_traces(written, NAME):
        raise PictureError(
            "a PDF that cannot be written without notes of where it came from",
            "print it to a new PDF and use that instead",
            Code.MEDIA_PRIVATE,
        )
    return written, copier.left_out


def _opened(data: bytes) -> PdfReader:
    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted:
        raise _LOCKED
    return reader


class _Copier:
    """Copies what is known from one PDF into a new one."""

    def __init__(self, reader: PdfReader) -> None:
        self.reader = reader
        self.writer = PdfWriter()
        self.copied: dict[tuple[int, int], IndirectObject] = {}
        self.left_out: list[str] = []

    def written(self) -> bytes:
        """The new PDF."""
        root = self.reader.root_object
        if self.reader.get_num_pages() == 0:
            raise ValueError("no pages")
        self._layers(root)
        if "/AcroForm" in root:
            self._leave_out("its form fields")
        catalog = self._dictionary(root, 0)
        own = self.writer.root_object
        own.clear()
        own.update(catalog)
        self.writer.metadata = None
        out = io.BytesIO()
        self.writer.write(out)
        return out.getvalue()

    def _leave_out(self, what: str) -> None:
        if what not in self.left_out:
            self.left_out.append(what)

    def _layers(self, root: DictionaryObject) -> None:
        layers = root.get("/OCProperties")
        layers = layers.get_object() if layers is not None else None
        for shown in self._states(layers) if isinstance(layers, DictionaryObject) else ():
            if shown.get("/BaseState") == "/OFF" or shown.get("/OFF", ArrayObject()).get_object():
                raise PictureError(
                    "a PDF with hidden layers",
                    "print it to a new PDF and use that instead",
                    Code.FILE_KIND,
                )

    def _states(self, layers: DictionaryObject) -> Iterator[DictionaryObject]:
        for found in (layers.get("/D"),):
            state = found.get_object() if found is not None else None
            if isinstance(state, DictionaryObject):
                yield state

    def _copy(self, value: PdfObject, entry: str, depth: int) -> PdfObject | None:
        """A value as it may stay, or ``None``."""
        if depth > _DEPTH_MAX:
            raise ValueError("nested without end")
        if isinstance(value, IndirectObject):
            return self._indirect(value, entry, depth)
        if isinstance(value, StreamObject):
            return self._stream(value, entry, depth)
        if isinstance(value, DictionaryObject):
            return self._dictionary(value, depth, named=entry in NAMED_BY_THE_FILE)
        if isinstance(value, ArrayObject):
            return self._array(value, entry, depth)
        if isinstance(value, str) and not isinstance(value, NameObject):
            return value if entry in STRINGS else None
        if isinstance(value, bytes):
            return value if entry in STRINGS else None
        return value

    def _indirect(self, value: IndirectObject, entry: str, depth: int) -> PdfObject | None:
        key = (value.idnum, value.generation)
        if key in self.copied:
            return self.copied[key]
        found = self.reader.get_object(value)
        if found is None or isinstance(found, NullObject):
            return None
        if isinstance(found, DictionaryObject) and self._unwanted(found):
            return None
        placed = self.writer._add_object(NullObject())
        self.copied[key] = placed
        copied = self._copy(found, entry, depth + 1)
        self.writer._replace_object(placed, copied if copied is not None else NullObject())
        return placed

    def _unwanted(self, found: DictionaryObject) -> bool:
        """Comments, form fields and attached files on a page."""
        if found.get("/Subtype") == "/Link" or "/Rect" not in found or "/Subtype" not in found:
            return False
        self._leave_out("its form fields" if found.get("/Subtype") == "/Widget" else "its comments")
        return True

    def _array(self, value: ArrayObject, entry: str, depth: int) -> PdfObject:
        if len(value) == 2 and value[0] == "/ICCBased":
            # A colour profile carries the name of its device, and dates.
            stream = value[1].get_object()
            count = int(stream.get("/N", 3)) if isinstance(stream, DictionaryObject) else 3
            return NameObject(f"/{_FLAT.get(count, 'DeviceRGB')}")
        inner = "Lookup" if value and value[0] == "/Indexed" else entry
        copied = ArrayObject()
        for item in value:
            if isinstance(item, DictionaryObject) and self._unwanted(item):
                continue
            kept = self._copy(item, inner, depth + 1)
            if kept is not None:
                copied.append(kept)
            elif entry != "Annots":
                copied.append(NullObject())
        return copied

    def _dictionary(
        self, value: DictionaryObject, depth: int, *, named: bool = False
    ) -> DictionaryObject:
        copied = DictionaryObject()
        for key in value:
            entry = key.removeprefix("/")
            if not named and entry not in ENTRIES:
                continue
            inside = value.raw_get(key)
            if entry == "A" and not self._is_harmless(inside):
                continue
            kept = self._copy(inside, entry, depth + 1)
            if kept is not None:
                copied[NameObject(key)] = kept
        return copied

    def _is_harmless(self, action: PdfObject) -> bool:
        """Whether an action only opens an address or turns a page here; ``A`` also holds attributes of marks."""
        found = action.get_object()
        if not isinstance(found, DictionaryObject) or "/S" not in found:
            return True
        kind = str(found["/S"])
        if kind == "/URI":
            return _WEB.match(str(found.get("/URI", ""))) is not None
        return kind == "/GoTo"

    def _stream(self, value: StreamObject, entry: str, depth: int) -> StreamObject:
        copied = StreamObject()
        copied.update(self._dictionary(value, depth))
        raw = bytes(value._data)
        filters = value.get("/Filter")
        names = filters if isinstance(filters, ArrayObject) else [filters]
        if names and names[-1] == "/JPXDecode":
            raise PictureError(
                "a PDF with JPEG 2000 pictures, which may carry notes",
                "print it to a new PDF and use that instead",
                Code.FILE_KIND,
            )
        if names == ["/DCTDecode"]:
            raw = jpeg.stripped(raw)
        elif names[-1] == "/DCTDecode":
            raise PictureError(
                "a PDF with pictures packed twice",
                "print it to a new PDF and use that instead",
                Code.FILE_KIND,
            )
        elif (inside := _cleaned(value, entry)) is not None:
            raw = zlib.compress(inside)
            copied[NameObject("/Filter")] = NameObject("/FlateDecode")
            copied.pop("/DecodeParms", None)
            if entry == "FontFile2":
                copied[NameObject("/Length1")] = NumberObject(len(inside))
        elif names[0] == "/FlateDecode":
            raw = _packed_alone(raw)
        copied._data = raw
        copied[NameObject("/Length")] = NumberObject(len(raw))
        return copied


_FONTS = ("FontFile", "FontFile2", "FontFile3")
_NO_PROGRAMS = ("JBIG2Globals", "Lookup", "CIDToGIDMap", "CIDSet", "HT", *_FONTS)


def _cleaned(value: StreamObject, entry: str) -> bytes | None:
    """What a font or a program holds without its notes and comments; ``None`` when it has none.

    Raises:
        ValueError: it is a font that is damaged.
    """
    if entry in _FONTS:
        inside = bytes(value.get_data())
        cleaned = pdf_fonts.without_notes(inside)
    elif _is_program(value, entry):
        inside = bytes(value.get_data())
        cleaned = without_comments(inside)
    else:
        return None
    return cleaned if cleaned != inside else None


def _is_program(value: StreamObject, entry: str) -> bool:
    """Whether a stream is a page, a part of one, a glyph or a map of characters, and no table of bytes."""
    if value.get("/Subtype") == "/Form":
        return True
    if value.get("/Subtype") == "/Image" or "/ShadingType" in value:
        return False
    return value.get("/FunctionType", 4) == 4 and entry not in _NO_PROGRAMS


def _packed_alone(raw: bytes) -> bytes:
    """Packed bytes without what comes after their end."""
    unpacker = zlib.decompressobj()
    try:
        unpacker.decompress(raw)
    except zlib.error:  # damaged, which readers bear with
        return raw
    return raw[: len(raw) - len(unpacker.unused_data)] if unpacker.eof else raw
