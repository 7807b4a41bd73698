"""A place, a name and a date, planted wherever a format has room for them, reach no reader.

Each spot is tried alone and with others, in pictures, drawings and handouts; whatever a build
accepts is searched for the canary, packed streams included, and walked by the list of what may
be there. Files are planted by rules of the formats, not by a library that knows only its own.
"""

from __future__ import annotations

import contextlib
import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

import pillow_heif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.TiffImagePlugin import IFDRational
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from kinopress.pictures.drawings import make_drawing
from kinopress.pictures.handouts import fonts as pdf_fonts
from kinopress.pictures.handouts.clean import clean_handout
from kinopress.pictures.handouts.programs import without_comments
from kinopress.pictures.made import PictureError
from kinopress.pictures.making import make_picture
from kinopress.privacy.traces import find_traces

pillow_heif.register_heif_opener()

CANARY = b"Llangollen 52.9690 Phonemaker 2026:01:02"
Plant = Callable[[bytes], bytes]


def exif() -> Image.Exif:
    notes = Image.Exif()
    notes[0x010F] = notes[0x0110] = notes[0x013B] = notes[0x0132] = CANARY.decode()
    notes.get_ifd(0x8769)[0x927C] = b"Phonemaker iOS\0\0\1MM" + CANARY  # a maker's own notes
    gps = notes.get_ifd(0x8825)
    gps[1], gps[2] = "N", (IFDRational(52), IFDRational(58), IFDRational(8))
    return notes


EXIF = exif().tobytes()
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a b="' + CANARY + b'"/></x:xmpmeta>'
JUMBF = struct.pack(">I4s", 8 + len(CANARY), b"jumb") + CANARY


def saved(form: str, **options: Any) -> bytes:
    written = io.BytesIO()
    noise = Image.effect_noise((64, 48), 60)
    Image.merge("RGB", [noise, noise, Image.new("L", (64, 48), 90)]).save(written, form, **options)
    return written.getvalue()


PLAIN = {
    form: saved(form) for form in ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "HEIF")
}  # fmt: skip


def _segment(marker: int, content: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", 2 + len(content)) + content


def _behind_start(segment: bytes) -> Plant:
    return lambda data: data[:2] + segment + data[2:]


def _before_scan(segment: bytes) -> Plant:
    return lambda data: data.replace(b"\xff\xda", segment + b"\xff\xda", 1)


def with_gain_map() -> bytes:
    """A photo as phones write it for bright screens: a second one behind it, which a list in front names."""
    written, notes = io.BytesIO(), exif()
    brighter = Image.effect_noise((32, 24), 60).convert("RGB")
    brighter.info["exif"] = EXIF
    photo = Image.merge("RGB", [Image.effect_noise((64, 48), 60)] * 3)
    photo.save(written, "MPO", save_all=True, append_images=[brighter], exif=notes)
    return written.getvalue()


def with_a_second_picture() -> bytes:
    """A HEIC with another picture inside, as of depth or of brightness."""
    photo = Image.effect_noise((64, 48), 60).convert("RGB")
    several, written = pillow_heif.from_pillow(photo), io.BytesIO()
    several.add_from_pillow(photo.resize((32, 24)))
    several.save(written, exif=EXIF)
    return written.getvalue()


_EXTENDED = b"http://ns.adobe.com/xmp/extension/\0" + b"A" * 32


def _chunk(kind: bytes, content: bytes) -> bytes:
    crc = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + crc


def _png(chunk: bytes, before: bytes = b"IDAT") -> Plant:
    def plant(data: bytes) -> bytes:
        at = data.index(before) - 4
        return data[:at] + chunk + data[at:]

    return plant


def _riff(kind: bytes, content: bytes) -> Plant:
    def plant(data: bytes) -> bytes:
        body = data[8:] + kind + struct.pack("<I", len(content)) + content + bytes(len(content) % 2)
        return b"RIFF" + struct.pack("<I", len(body)) + body

    return plant


def _behind(content: bytes) -> Plant:
    return lambda data: data + content


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


_BEHIND = {
    "a second photo": _behind(saved("JPEG", exif=exif())),
    "a film": _behind(_box(b"ftyp", b"isom") + _box(b"udta", _box(b"\xa9xyz", CANARY))),
    "words": _behind(CANARY),
}
_COMMENT = _chunk(b"tEXt", b"Location\0" + CANARY)
SPOTS: dict[str, dict[str, Plant]] = {
    "JPEG": {
        **{
            f"APP{n}": _behind_start(_segment(0xE0 + n, (EXIF if n == 1 else JUMBF) + CANARY))
            for n in range(16)
        },
        "comment": _behind_start(_segment(0xFE, CANARY)),
        "encoder's comment": _behind_start(_segment(0xFE, b"Lavc60.3.100\0" + CANARY)),
        "behind fill bytes": _behind_start(b"\xff\xff\xff" + _segment(0xE1, EXIF)[1:]),
        "before the scan": _before_scan(_segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP)),
        "IPTC": _behind_start(_segment(0xED, b"Photoshop 3.0\08BIM\4\4\0\0" + CANARY)),
        "profile": _behind_start(_segment(0xE2, b"ICC_PROFILE\0\1\1" + bytes(128) + CANARY)),
        "extended XMP": _behind_start(
            _segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP)
            + _segment(0xE1, _EXTENDED + struct.pack(">II", len(CANARY), 0) + CANARY)
        ),
        "gain map": lambda _: with_gain_map(),
        "further pictures": _behind_start(_segment(0xE2, b"MPF\0" + CANARY)),
        "table too long": _before_scan(_segment(0xDB, b"\0" + bytes(range(1, 65)) + CANARY)),
        **_BEHIND,
    },
    "PNG": {
        "tEXt": _png(_COMMENT),
        "zTXt": _png(_chunk(b"zTXt", b"Author\0\0" + zlib.compress(CANARY))),
        "iTXt": _png(_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP)),
        "eXIf": _png(_chunk(b"eXIf", EXIF.removeprefix(b"Exif\0\0"))),
        "tIME": _png(_chunk(b"tIME", struct.pack(">H5B", 2026, 1, 2, 3, 4, 5))),
        "profile": _png(_chunk(b"iCCP", b"Phonemaker\0\0" + zlib.compress(bytes(128) + CANARY))),
        "content credentials": _png(_chunk(b"caBX", JUMBF)),
        "private": _png(_chunk(b"prVt", CANARY)),
        "palette's name": _png(_chunk(b"sPLT", b"a\0\x08" + CANARY)),
        "behind the pixels": _png(_COMMENT, b"IEND"),
        "dots": _png(_chunk(b"pHYs", struct.pack(">IIB", 2835, 2835, 1))),
        **_BEHIND,
    },
    "WEBP": {
        "EXIF": _riff(b"EXIF", EXIF),
        "XMP": _riff(b"XMP ", XMP),
        "profile": _riff(b"ICCP", bytes(128) + CANARY),
        "private": _riff(b"PRVT", CANARY),
        **_BEHIND,
    },
    "GIF": {
        "comment": lambda d: d[:-1] + b"\x21\xfe" + bytes((len(CANARY),)) + CANARY + b"\0;",
        "XMP": lambda d: d[:-1] + b"\x21\xff\x0bXMP DataXMP" + bytes((len(CANARY),)) + CANARY + b"\0;",
        **_BEHIND,
    },
    "AVIF": {
        "EXIF": lambda _: saved("AVIF", exif=exif()),
        "XMP": lambda _: saved("AVIF", xmp=XMP),
        "uuid": _behind(_box(b"uuid", bytes(16) + CANARY)),
        "gap": _behind(_box(b"free", CANARY)),
        **_BEHIND,
    },
    "HEIF": {
        "EXIF": lambda _: saved("HEIF", exif=exif()),
        "XMP": lambda _: saved("HEIF", xmp=XMP),
        "second picture": lambda _: with_a_second_picture(),
        "moving photo": _behind(_box(b"mpvd", CANARY)),
        "uuid": _behind(_box(b"uuid", bytes(16) + CANARY)),
        **_BEHIND,
    },
}  # fmt: skip
EVERY_SPOT = [(form, spot) for form, spots in SPOTS.items() for spot in spots]


def assert_untold(data: bytes) -> None:
    """The canary is nowhere: not in clear, not in pieces, not packed."""
    words = (CANARY, b"Llangollen", b"Phonemaker", b"52.9690", b"2026:01:02", b"Exif", b"xmpmeta")
    packed = b"".join(_unpacked(data))
    for word in words:
        assert word not in data and word not in packed
        assert word.decode().encode("utf-16-be") not in data + packed


def _unpacked(data: bytes) -> list[bytes]:
    found = []
    for at in range(len(data) - 1):
        if data[at] == 0x78 and data[at + 1] in (0x01, 0x5E, 0x9C, 0xDA):
            try:
                found.append(zlib.decompressobj().decompress(data[at:], 1_000_000))
            except zlib.error:
                continue
    return found


def test_a_canary_is_in_what_is_planted_and_the_walk_sees_each() -> None:
    """Otherwise the tests below would hold without anything to find."""
    for form, spot in EVERY_SPOT:
        data = SPOTS[form][spot](PLAIN[form])
        assert data != PLAIN[form]
        if form in ("JPEG", "PNG", "WEBP", "AVIF"):
            assert find_traces(data), (form, spot)
    for form in ("JPEG", "PNG", "WEBP", "AVIF"):
        assert find_traces(PLAIN[form]) == []


@pytest.mark.parametrize(("form", "spot"), EVERY_SPOT)
def test_what_is_made_of_a_picture_tells_nothing(form: str, spot: str) -> None:
    # A profile or table that is nonsense may cost the picture, never tell.
    try:
        files = make_picture(SPOTS[form][spot](PLAIN[form]))
    except PictureError:
        assert (form, spot) in ALLOWED_TO_FAIL
        return
    assert files
    for file in files:
        assert_untold(file.data)
        assert find_traces(file.data, file.name) == []


ALLOWED_TO_FAIL = {("JPEG", "table too long")}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_several_spots_at_once_tell_nothing(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(sorted(SPOTS)))
    spots = data.draw(st.lists(st.sampled_from(sorted(SPOTS[form])), min_size=1, max_size=4))
    planted = PLAIN[form]
    for spot in spots:
        planted = SPOTS[form][spot](planted)
    try:
        files = make_picture(planted)
    except PictureError:
        return
    for file in files:
        assert_untold(file.data)


@settings(max_examples=150, deadline=None)
@given(
    form=st.sampled_from(["JPEG", "PNG", "WEBP", "AVIF"]),
    at=st.floats(0, 1),
    planted=st.binary(min_size=8, max_size=60),
)
def test_bytes_added_anywhere_outside_the_pixels_are_seen(
    form: str, at: float, planted: bytes
) -> None:
    """The walk of a published file knows each byte before and behind its pixels."""
    plain = PLAIN[form]
    planted = CANARY[:4] + planted  # fill bytes and zeros mean nothing, and hold nothing
    place = int(at * _PIXELS_BEGIN[form](plain))
    assert find_traces(plain[:place] + planted + plain[place:])
    assert find_traces(plain + planted)


_PIXELS_BEGIN: dict[str, Callable[[bytes], int]] = {
    "JPEG": lambda data: data.index(b"\xff\xda"),
    "PNG": lambda data: data.index(b"IDAT") - 4,
    "WEBP": lambda data: data.index(b"VP8"),
    "AVIF": lambda data: data.index(b"mdat") - 4,
}


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([*PLAIN.values(), b"%PDF-1.7\n", b"<svg xmlns='http://www.w3.org/2000/svg'>"]),
    st.integers(0, 400),
    st.binary(max_size=60),
)
def test_no_bytes_whatever_raise_anything_but_a_refusal(head: bytes, cut: int, rest: bytes) -> None:
    data = head[:cut] + rest
    find_traces(data, "x.jpg")
    for make in (make_picture, make_drawing, clean_handout):
        with contextlib.suppress(PictureError):
            make(data)


# Handouts


def _handout() -> PdfWriter:
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    words = DecodedStreamObject()
    words.set_data(b"BT /F1 12 Tf 20 20 Td (Hip) Tj ET")
    page[NameObject("/Contents")] = writer._add_object(words)
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    named = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(named)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    writer.add_outline_item(title="Hip", page_number=0)
    return writer


def _text(words: bytes = CANARY) -> TextStringObject:
    return TextStringObject(words.decode())


def _stream(data: bytes, **entries: Any) -> DecodedStreamObject:
    stream = DecodedStreamObject()
    stream.set_data(data)
    for key, value in entries.items():
        stream[NameObject(f"/{key}")] = value
    return stream


def _on_page(writer: PdfWriter, key: str, value: Any) -> None:
    writer.pages[0][NameObject(key)] = value


def _in_root(writer: PdfWriter, key: str, value: Any) -> None:
    writer.root_object[NameObject(key)] = value


def _annotation(writer: PdfWriter, subtype: str, **entries: Any) -> None:
    note = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject(subtype),
            NameObject("/Rect"): ArrayObject([NumberObject(n) for n in (0, 0, 9, 9)]),
            **{NameObject(f"/{key}"): value for key, value in entries.items()},
        }
    )
    _on_page(writer, "/Annots", ArrayObject([writer._add_object(note)]))


def _picture(writer: PdfWriter) -> None:
    jpeg = _stream(
        SPOTS["JPEG"]["APP1"](SPOTS["JPEG"]["words"](PLAIN["JPEG"])),
        Type=NameObject("/XObject"),
        Subtype=NameObject("/Image"),
        Width=NumberObject(64),
        Height=NumberObject(48),
        BitsPerComponent=NumberObject(8),
        ColorSpace=ArrayObject(
            [NameObject("/ICCBased"), writer._add_object(_stream(CANARY, N=NumberObject(3)))]
        ),
        Filter=NameObject("/DCTDecode"),
        Metadata=writer._add_object(_stream(XMP)),
    )
    pictures = DictionaryObject({NameObject("/Im1"): writer._add_object(jpeg)})
    writer.pages[0]["/Resources"][NameObject("/XObject")] = pictures


def _action(kind: str, **entries: Any) -> DictionaryObject:
    return DictionaryObject(
        {NameObject("/S"): NameObject(kind)}
        | {NameObject(f"/{key}"): value for key, value in entries.items()}
    )


def _sfnt(**more: bytes) -> bytes:
    """A font in which nothing draws; the tables that do are not looked into."""
    head = struct.pack(">4I2H16s18s", 0x10000, 0, 0, 0x5F0F3CF5, 0, 1000, CANARY[:16], bytes(18))
    tables = {"head": head, "glyf": b"outlines", "cvt ": b"\0\1", **more}
    directory, body = b"", b""
    for name, table in tables.items():
        at = 12 + 16 * len(tables) + len(body)
        directory += struct.pack(">4sIII", name.encode(), 0, at, len(table))
        body += table + bytes(-len(table) % 4)
    return b"\0\1\0\0" + struct.pack(">4H", len(tables), 0, 0, 0) + directory + body


def _cff() -> bytes:
    def index(*entries: bytes) -> bytes:
        ends = [1 + sum(map(len, entries[:n])) for n in range(len(entries) + 1)]
        return struct.pack(">HB", len(entries), 1) + bytes(ends) + b"".join(entries)

    notice = b"\x1c" + struct.pack(">h", 391) + b"\x01"  # Notice
    copyright_ = b"\xf8\x1c\x0c\x00"  # 392, written in two bytes: Copyright
    full_name = b"\x1d" + struct.pack(">i", 393) + b"\x02"
    numbers = b"\x1e\x0a\x14\x1f\x05"  # a real number, for another operator
    top = numbers + notice + copyright_ + full_name
    return b"\1\0\4\1" + index(b"Hip") + index(top) + index(CANARY, CANARY, CANARY, b"glyph")


_TYPE1 = (
    b"%!PS-AdobeFont-1.0: Hip " + CANARY + b"\n%%CreationDate: " + CANARY + b"\n/FontInfo 3 dict dup begin"
    b"\n/Notice (" + CANARY + b" (c\\)) " + CANARY + b") readonly def\n/FontName /Hip def\neexec\n\1\2%(\3"
)  # fmt: skip
_MAP = b"%!PS-Adobe-3.0 Resource-CMap\n%%Title: " + CANARY + b"\nbegincmap (% kept) endcmap"


def _font(writer: PdfWriter, entry: str, data: bytes, **more: Any) -> None:
    font = writer.pages[0]["/Resources"]["/Font"]["/F1"].get_object()
    file = writer._add_object(_stream(data, **more).flate_encode())
    described = {"/Type": NameObject("/FontDescriptor"), f"/{entry}": file}
    named = DictionaryObject({NameObject(key): value for key, value in described.items()})
    font[NameObject("/FontDescriptor")] = writer._add_object(named)


def _in_font(writer: PdfWriter, entry: str, value: Any) -> None:
    writer.pages[0]["/Resources"]["/Font"]["/F1"].get_object()[NameObject(entry)] = value


def _program(before: bytes = b"", behind: bytes = b"") -> bytes:
    return before + b"BT /F1 12 Tf 20 20 Td (Hip) Tj ET" + behind


def _drawn(writer: PdfWriter, kind: str, **entries: Any) -> None:
    """A part of a page with a remark in it."""
    part = _stream(b"q % " + CANARY + b"\rQ", **entries)
    parts = DictionaryObject({NameObject("/X1"): writer._add_object(part)})
    writer.pages[0]["/Resources"][NameObject(kind)] = parts


def _behind_packed(writer: PdfWriter) -> None:
    content = _stream(_program()).flate_encode()
    content._data = content._data + CANARY
    _on_page(writer, "/Contents", writer._add_object(content))


HANDOUT_SPOTS: dict[str, Callable[[PdfWriter], None]] = {
    "author": lambda w: w.add_metadata({"/Author": CANARY.decode(), "/Canary": CANARY.decode()}),
    "XMP": lambda w: _in_root(w, "/Metadata", w._add_object(_stream(XMP))),
    "XMP of a page": lambda w: _on_page(w, "/Metadata", w._add_object(_stream(XMP))),
    "notes of a program": lambda w: _on_page(w, "/PieceInfo", DictionaryObject({NameObject("/Canary"): _text()})),
    "day of a page": lambda w: _on_page(w, "/LastModified", _text()),
    "small second picture": lambda w: _on_page(w, "/Thumb", w._add_object(_stream(CANARY))),
    "an unknown entry": lambda w: _on_page(w, "/Canary", _text()),
    "words under a known entry": lambda w: _on_page(w, "/Tabs", _text()),
    "an attached file": lambda w: w.add_attachment("clients.txt", CANARY) and None,
    "a script": lambda w: _in_root(w, "/OpenAction", _action("/JavaScript", JS=_text())),
    "an action at opening": lambda w: _in_root(w, "/OpenAction", _action("/Launch", F=_text())),
    "a comment": lambda w: _annotation(w, "/Text", Contents=_text(), T=_text()),
    "a form field": lambda w: _annotation(w, "/Widget", T=_text(), V=_text()),
    "a name on a link": lambda w: _annotation(w, "/Link", NM=_text(), M=_text(), A=_action("/URI", URI=_text(b"https://example.org"))),
    "a link to a file": lambda w: _annotation(w, "/Link", A=_action("/URI", URI=_text(b"file:///home/" + CANARY))),
    "a program to start": lambda w: _annotation(w, "/Link", A=_action("/Launch", F=_text())),
    "a picture": _picture,
    "the file's own number": lambda w: setattr(w, "_ID", ArrayObject([ByteStringObject(CANARY)] * 2)),
    "a remark in a page": lambda w: _on_page(w, "/Contents", w._add_object(_stream(_program(b"% " + CANARY + b"\n", b" %" + CANARY)))),
    "a remark in a packed page": lambda w: _on_page(w, "/Contents", w._add_object(_stream(_program(b"%" + CANARY + b"\r")).flate_encode())),
    "a remark in one of several parts of a page": lambda w: _on_page(w, "/Contents", ArrayObject([w._add_object(_stream(p)) for p in (b"q %" + CANARY, _program(), b"Q")])),
    "a remark in a form": lambda w: _drawn(w, "/XObject", Type=NameObject("/XObject"), Subtype=NameObject("/Form")),
    "a remark in a pattern": lambda w: _drawn(w, "/Pattern", PatternType=NumberObject(1)),
    "a remark in a map of characters": lambda w: _in_font(w, "/ToUnicode", w._add_object(_stream(_MAP))),
    "a remark in a glyph": lambda w: _in_font(w, "/CharProcs", DictionaryObject({NameObject("/a"): w._add_object(_stream(b"q %" + CANARY + b"\nQ"))})),
    "behind packed bytes": _behind_packed,
    "names and dates of a TrueType font": lambda w: _font(w, "FontFile2", _sfnt(name=CANARY, FFTM=CANARY, DSIG=CANARY), Length1=NumberObject(9)),
    "notices of a CFF": lambda w: _font(w, "FontFile3", _cff(), Subtype=NameObject("/Type1C")),
    "notices of an OpenType font": lambda w: _font(w, "FontFile3", _sfnt(name=CANARY, **{"CFF ": _cff()}), Subtype=NameObject("/OpenType")),
    "notices of a Type 1 font": lambda w: _font(w, "FontFile", _TYPE1, Length1=NumberObject(_TYPE1.index(b"eexec"))),
    "a part that nothing uses": lambda w: w._add_object(_stream(CANARY)) and None,
}  # fmt: skip


@pytest.mark.parametrize("spot", HANDOUT_SPOTS)
def test_what_is_made_of_a_handout_tells_nothing(spot: str) -> None:
    writer = _handout()
    HANDOUT_SPOTS[spot](writer)
    written = io.BytesIO()
    writer.write(written)
    data = written.getvalue()
    made, left_out = clean_handout(data)
    assert_untold(made)
    assert find_traces(made, "leaflet.pdf") == []
    reader = PdfReader(io.BytesIO(made))
    assert reader.pages[0].extract_text().strip() == "Hip"
    assert [item["/Title"] for item in reader.outline if isinstance(item, dict)] == ["Hip"]
    said = {"a comment": ["its comments"], "a form field": ["its form fields"]}
    assert left_out == said.get(spot, [])
    assert clean_handout(made) == (made, [])


def test_what_draws_in_a_font_stays_byte_for_byte() -> None:
    cleaned = pdf_fonts.without_notes(_sfnt(name=CANARY, glyf=b"outlines of a hip"))
    assert b"outlines of a hip" in cleaned and b"name" not in cleaned
    assert pdf_fonts.without_notes(cleaned) == cleaned
    (count,) = struct.unpack_from(">H", cleaned, 4)
    tables = [struct.unpack_from(">4sIII", cleaned, 12 + 16 * n) for n in range(count)]
    assert [name for name, *_ in tables] == sorted(name for name, *_ in tables)
    for _, _, at, size in tables:
        assert at % 4 == 0 and at + size <= len(cleaned)
    for font in (_cff(), _TYPE1):
        cleaned = pdf_fonts.without_notes(font)
        assert len(cleaned) == len(font) and cleaned != font
    assert cleaned.endswith(b"/FontName /Hip def\neexec\n\1\2%(\3")
    assert pdf_fonts.without_notes(_cff()).endswith(b"glyph")


@pytest.mark.parametrize("font", [b"", b"no font", _sfnt()[:30], b"\1\0\4\1\0\1\4\xff\xff"])
def test_a_font_that_cannot_be_read_is_refused(font: bytes) -> None:
    writer, written = _handout(), io.BytesIO()
    _font(writer, "FontFile2", font)
    writer.write(written)
    with pytest.raises(PictureError):
        clean_handout(written.getvalue())


@pytest.mark.parametrize(
    ("program", "left"),
    [
        (b"(50% off) Tj % gone\n(a) Tj", b"(50% off) Tj \n(a) Tj"),
        (b"(a \\) % b) Tj%gone", b"(a \\) % b) Tj"),
        (b"((nested) % a) Tj", b"((nested) % a) Tj"),
        (b"<25> Tj %gone\r\nET", b"<25> Tj \r\nET"),
        (
            b"BI /W 2 ID \x00%(\xff EI \x01\x02\nEI Q %gone",
            b"BI /W 2 ID \x00%(\xff EI \x01\x02\nEI Q ",
        ),
        (b"/ID 3 0 R %gone", b"/ID 3 0 R "),
        (b"/F1ID %gone\n", b"/F1ID \n"),
        (b"(never closed % a", b"(never closed % a"),
        (b"", b""),
    ],
)
def test_only_remarks_are_taken_out_of_a_program(program: bytes, left: bytes) -> None:
    assert without_comments(program) == left
    assert without_comments(left) == left


def test_earlier_versions_of_a_handout_are_gone() -> None:
    written = io.BytesIO()
    first = _handout()
    first.add_metadata({"/Author": CANARY.decode()})
    first.write(written)
    again = PdfWriter(io.BytesIO(written.getvalue()), incremental=True)
    again.add_metadata({"/Author": "Nobody"})
    later = io.BytesIO()
    again.write(later)
    assert b"Llangollen" in later.getvalue() or "Llangollen".encode("utf-16-be") in later.getvalue()
    assert_untold(clean_handout(later.getvalue())[0])


def test_a_locked_or_damaged_handout_is_refused() -> None:
    locked, written = _handout(), io.BytesIO()
    locked.encrypt("secret", algorithm="RC4-128")
    locked.write(written)
    plain = io.BytesIO()
    _handout().write(plain)
    lock = b"/Filter /Standard /V 5 /R 6 /Length 256 /P -4 /StmF /A /StrF /A"
    lock += b" /CF << /A << /CFM /AESV3 /AuthEvent /DocOpen /Length 32 >> >>"
    for key, length in ((b"O", 48), (b"U", 48), (b"OE", 32), (b"UE", 32), (b"Perms", 16)):
        lock += b" /%s <%s>" % (key, b"5a" * length)
    aes = plain.getvalue().replace(b"/Root", b"/Encrypt << %s >> /ID [<5a> <5a>] /Root" % lock, 1)
    with pytest.raises(PictureError, match="password"):
        clean_handout(aes)
    for data in (written.getvalue(), b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", b""):
        with pytest.raises(PictureError):
            clean_handout(data)
