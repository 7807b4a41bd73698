"""What is made of a coach's picture: upright, in sRGB, in a few sizes, with nothing but pixels."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

import pillow_heif
import pytest
from PIL import Image, ImageCms

from kinopress.pictures.colours import _PRIMARIES, _matrix_profile
from kinopress.pictures.drawings import make_drawing
from kinopress.pictures.made import MadeFile, PictureError
from kinopress.pictures.making import make_picture
from kinopress.pictures.plan import sizes
from kinopress.pictures.posters import plain_picture
from kinopress.pictures.reading import JPEG_PIXELS_MAX, PIXELS_MAX, read_picture
from kinopress.privacy.traces import find_traces, kind_of

pillow_heif.register_heif_opener()

CORNERS = [(200, 40, 40), (40, 180, 60), (40, 60, 200), (160, 160, 160)]
"""Of the upright picture: top left, top right, bottom left, bottom right."""


def upright(width: int = 240, height: int = 160) -> Image.Image:
    picture = Image.new("RGB", (width, height))
    for number, colour in enumerate(CORNERS):
        left, top = width // 2 * (number % 2), height // 2 * (number // 2)
        picture.paste(colour, (left, top, left + width // 2, top + height // 2))
    return picture


def saved(picture: Image.Image, form: str, **options: Any) -> bytes:
    written = io.BytesIO()
    picture.save(written, form, **options)
    return written.getvalue()


def opened(file: MadeFile) -> Image.Image:
    picture = Image.open(io.BytesIO(file.data))
    picture.load()
    return picture


def near(one: tuple[int, ...], other: tuple[int, ...], within: int) -> bool:
    return all(abs(a - b) <= within for a, b in zip(one[:3], other[:3], strict=True))


def assert_upright(files: list[MadeFile], within: int = 14) -> None:
    for file in files:
        shown = opened(file).convert("RGB")
        assert shown.size == (file.width, file.height)
        assert shown.width > shown.height, file.name
        for number, colour in enumerate(CORNERS):
            at = (
                shown.width * (1 + 2 * (number % 2)) // 4,
                shown.height * (1 + 2 * (number // 2)) // 4,
            )
            found = shown.getpixel(at)
            assert isinstance(found, tuple) and near(found, colour, within), (file.name, number)
        assert not shown.info.get("exif") and not shown.info.get("icc_profile")
        assert find_traces(file.data, file.name) == []


_TURNS = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How an upright picture is stored under each orientation of EXIF."""


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("turn", _TURNS)
def test_a_picture_held_in_any_way_is_upright(form: str, turn: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    how = _TURNS[turn]
    stored = upright() if how is None else upright().transpose(how)
    options = {} if form in ("PNG",) else {"quality": 95}
    assert_upright(make_picture(saved(stored, form, exif=exif, **options)), within=18)


def _turned(heic: bytes, quarters: int) -> bytes:
    """A HEIC with a property that turns its picture, as a phone writes it (ISO/IEC 23008-12, 6.5.10).

    ``heic`` is laid out as libheif writes one: one picture with four properties.
    """
    meta, places, made_of, asked = (
        heic.index(kind) for kind in (b"meta", b"iloc", b"ipco", b"ipma")
    )
    assert heic[asked + 14] == 4, "four properties"
    turn = struct.pack(">I4sB", 9, b"irot", quarters)
    new = bytearray(heic)
    new[asked + 14] = 5
    new[asked + 19 : asked + 19] = b"\x85"
    new[asked - 4 : asked - 4] = turn
    lengths = {meta: 10, heic.index(b"iprp"): 10, made_of: 9, asked + len(turn): 1}
    for at, by in lengths.items():
        new[at - 4 : at] = struct.pack(">I", struct.unpack(">I", new[at - 4 : at])[0] + by)
    base = places + 16
    new[base : base + 4] = struct.pack(">I", struct.unpack(">I", new[base : base + 4])[0] + 10)
    return bytes(new)


@pytest.mark.parametrize(("quarters", "stored"), [(1, 270), (2, 180), (3, 90)])
def test_a_heic_from_a_phone_held_upright_is_upright(quarters: int, stored: int) -> None:
    data = saved(upright().rotate(stored, expand=True), "HEIF", quality=95)
    assert_upright(make_picture(_turned(data, quarters)), within=18)


@pytest.mark.parametrize(
    ("size", "widths"),
    [
        ((4032, 3024), [480, 760, 1080, 1440]),
        ((3024, 4032), [480, 760, 1080, 1440]),
        ((1440, 900), [480, 760, 1080, 1440]),
        ((1000, 10), [480, 760, 1000]),
        ((960, 700), [480, 760, 960]),
        ((800, 700), [480, 800]),
        ((500, 400), [500]),
        ((481, 400), [481]),
        ((64, 48), [64]),
        ((2, 2), [2]),
        ((800, 60_000), [160]),
    ],
)
def test_a_picture_is_made_in_a_few_widths_and_never_enlarged(
    size: tuple[int, int], widths: list[int]
) -> None:
    made = sizes(*size)
    assert [width for width, _ in made] == widths
    for width, height in made:
        assert width <= size[0] and 1 <= height <= size[1]
        assert abs(height - size[1] * width / size[0]) <= 1


def test_a_photo_comes_as_avif_webp_and_jpeg_in_each_width() -> None:
    photo = Image.effect_noise((1100, 700), 30).resize((2200, 1400))
    files = make_picture(saved(photo.convert("RGB"), "JPEG", quality=95))
    assert [file.name for file in files] == [
        f"{width}.{kind}" for kind in ("avif", "webp", "jpg") for width in (480, 760, 1080, 1440)
    ]
    assert [(f.width, f.height) for f in files[:4:3]] == [(480, 305), (1440, 916)]
    small = sum(len(f.data) for f in files if f.name.endswith("avif"))
    assert small < sum(len(f.data) for f in files if f.name.endswith("jpg"))


def _p3() -> bytes:
    return _matrix_profile(_PRIMARIES[12])


def test_colours_of_a_wide_gamut_photo_are_converted_and_not_only_relabelled() -> None:
    # Display P3 (200, 80, 60) is this in sRGB, by the matrices of the two (CSS Color 4).
    wanted = (216, 69, 50)
    photo = Image.new("RGB", (64, 48), (200, 80, 60))
    for form in ("JPEG", "PNG", "WEBP", "AVIF", "HEIF"):
        options = {} if form == "PNG" else {"quality": 95}
        for file in make_picture(saved(photo, form, icc_profile=_p3(), **options)):
            found = opened(file).convert("RGB").getpixel((30, 20))
            assert isinstance(found, tuple) and near(found, wanted, 4), (form, file.name, found)


def test_colours_that_are_given_by_numbers_are_converted_as_well() -> None:
    plain = saved(Image.new("RGB", (64, 48), (200, 80, 60)), "PNG")
    chunk = b"cICP" + bytes((12, 13, 0, 1))
    at = 33  # behind IHDR
    data = (
        plain[:at]
        + struct.pack(">I", 4)
        + chunk
        + struct.pack(">I", zlib.crc32(chunk))
        + plain[at:]
    )
    found = opened(make_picture(data)[-1]).convert("RGB").getpixel((30, 20))
    assert isinstance(found, tuple) and near(found, (216, 69, 50), 3)
    avif = saved(Image.new("RGB", (64, 48), (200, 80, 60)), "AVIF", quality=95)
    at = avif.index(b"colrnclx") + 8
    wide = avif[:at] + struct.pack(">HH", 12, 13) + avif[at + 4 :]
    found = opened(make_picture(wide)[-1]).convert("RGB").getpixel((30, 20))
    assert isinstance(found, tuple) and near(found, (216, 69, 50), 4)
    hdr = avif[:at] + struct.pack(">HH", 9, 16) + avif[at + 4 :]
    with pytest.raises(PictureError, match="HDR"):
        make_picture(hdr)


def test_a_profile_that_is_damaged_counts_for_nothing() -> None:
    photo = Image.new("RGB", (64, 48), (200, 80, 60))
    cmyk = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for profile in (b"no profile at all", _p3()[:200], cmyk):
        (last,) = make_picture(saved(photo, "PNG", icc_profile=profile))[-1:]
        found = opened(last).convert("RGB").getpixel((30, 20))
        assert isinstance(found, tuple) and near(found, (200, 80, 60), 3)


_RED = (200, 40, 40)
_MODES: dict[str, tuple[Callable[[], bytes], tuple[int, ...]]] = {
    "grey": (lambda: saved(Image.new("L", (64, 48), 90), "PNG"), (90, 90, 90, 255)),
    "bits": (lambda: saved(Image.new("1", (64, 48), 1), "PNG"), (255, 255, 255, 255)),
    "16 bits": (lambda: saved(Image.new("I;16", (64, 48), 25_700), "PNG"), (100, 100, 100, 255)),
    "palette": (lambda: saved(Image.new("RGB", (64, 48), _RED).quantize(8), "PNG"), (*_RED, 255)),
    "gif": (lambda: saved(Image.new("RGB", (64, 48), _RED), "GIF"), (*_RED, 255)),
    "cmyk": (lambda: saved(Image.new("RGB", (64, 48), _RED).convert("CMYK"), "JPEG"), (*_RED, 255)),
    "seen through": (lambda: saved(Image.new("RGBA", (64, 48), (*_RED, 128)), "PNG"), (*_RED, 128)),
    "seen through, webp": (
        lambda: saved(Image.new("RGBA", (64, 48), (*_RED, 128)), "WEBP", lossless=True),
        (*_RED, 128),
    ),
    "one colour left out": (
        lambda: saved(Image.new("RGB", (64, 48), _RED), "PNG", transparency=_RED),
        (*_RED, 0),
    ),
    "palette seen through": (
        lambda: saved(Image.new("P", (64, 48), 0), "PNG", transparency=b"\x60"),
        (0, 0, 0, 96),
    ),
}  # fmt: skip


@pytest.mark.parametrize("mode", _MODES)
def test_pixels_of_every_kind_are_shown_as_they_were(mode: str) -> None:
    make, wanted = _MODES[mode]
    files = make_picture(make())
    for file in files:
        found = opened(file).convert("RGBA").getpixel((30, 20))
        assert isinstance(found, tuple)
        assert abs(found[3] - wanted[3]) <= 2, file.name
        assert wanted[3] == 0 or near(found, wanted, 6), (file.name, found)
    assert (files[-1].name == "64.png") == (mode not in ("cmyk",))


def test_a_photo_saved_as_png_is_not_published_ten_times_as_large() -> None:
    photo = Image.effect_noise((700, 500), 40).convert("RGB").resize((900, 640))
    drawn = upright(900, 640)
    assert make_picture(saved(photo, "PNG"))[-1].name.endswith(".jpg")
    assert make_picture(saved(drawn, "PNG"))[-1].name.endswith(".png")


_FORMS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "HEIF")


@pytest.mark.parametrize("form", _FORMS)
@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.8, 0.97])
def test_a_picture_that_is_cut_off_is_refused(form: str, share: float) -> None:
    noise = Image.merge("RGB", [Image.effect_noise((320, 180), 60)] * 3)
    whole = saved(noise, form)
    with pytest.raises(PictureError) as refused:
        make_picture(whole[: int(len(whole) * share)])
    assert refused.value.code == "picture-unreadable"
    assert make_picture(whole)


def test_a_half_of_a_progressive_photo_is_refused() -> None:
    noise = Image.merge("RGB", [Image.effect_noise((320, 180), 60)] * 3)
    whole = saved(noise, "JPEG", progressive=True)
    for share in (0.3, 0.6, 0.9):
        with pytest.raises(PictureError):
            make_picture(whole[: int(len(whole) * share)])


_WAYS: dict[str, dict[str, Any]] = {
    "plain": {},
    "progressive": {"progressive": True},
    "full colour": {"subsampling": 0},
    "restarts": {"restart_marker_rows": 2},
    "best": {"quality": 100},
}


@pytest.mark.parametrize("way", _WAYS)
@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_half_a_photo_that_was_given_an_end_is_refused(way: str, mode: str) -> None:
    noise = Image.merge("RGB", [Image.effect_noise((640, 480), 60)] * 3).convert(mode)
    whole = saved(noise, "JPEG", **_WAYS[way])
    assert read_picture(whole)
    assert read_picture(whole + b"words behind it" + whole[:99])
    for share in (0.3, 0.6, 0.9, 0.98):
        with pytest.raises(PictureError, match="cut off"):
            read_picture(whole[: int(len(whole) * share)] + b"\xff\xd9")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "picture-unreadable"),
        (b"\xff\xd8\xff", "picture-unreadable"),
        (b"words", "picture-kind"),
        (b"\0\1\2\3", "picture-kind"),
        (saved(Image.new("L", (8, 8)), "TIFF"), "picture-kind"),
        (saved(Image.new("L", (8, 8)), "BMP"), "picture-kind"),
        (b"\xff\x0a" + bytes(20), "picture-kind"),
        (saved(Image.new("L", (1, 500)), "PNG"), "picture-unreadable"),
    ],
)
def test_what_is_no_picture_for_a_page_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(PictureError) as refused:
        make_picture(data)
    assert refused.value.code == code


@pytest.mark.parametrize("form", ["GIF", "PNG", "WEBP", "AVIF"])
def test_what_moves_is_refused(form: str) -> None:
    frames = [Image.effect_noise((40, 30), 50).convert("RGB") for _ in range(3)]
    data = saved(frames[0], form, save_all=True, append_images=frames[1:])
    with pytest.raises(PictureError) as refused:
        make_picture(data)
    assert refused.value.code == "picture-moving"


def _png_of(width: int, height: int) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        crc = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", crc)

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(bytes(100))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def test_a_picture_that_unfolds_without_end_is_refused_before_it_is_decoded() -> None:
    for width, height in ((60_000, 60_000), (2**31 - 1, 2), (PIXELS_MAX, 2)):
        with pytest.raises(PictureError) as refused:
            read_picture(_png_of(width, height))
        assert refused.value.code in ("picture-large", "picture-unreadable")
    jpeg = saved(Image.new("L", (8, 8)), "JPEG")
    at = jpeg.index(b"\xff\xc0") + 5
    large = jpeg[:at] + struct.pack(">HH", 65_500, 65_500) + jpeg[at + 4 :]
    assert JPEG_PIXELS_MAX < 65_500**2
    with pytest.raises(PictureError) as refused:
        read_picture(large)
    assert refused.value.code == "picture-large"


def test_a_poster_is_made_ready_upright_and_on_white() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    data = saved(upright().transpose(Image.Transpose.ROTATE_90), "JPEG", exif=exif, quality=95)
    png, size = plain_picture(data)
    assert size == (240, 160)
    assert Image.open(io.BytesIO(png)).size == size
    png, _ = plain_picture(saved(Image.new("RGBA", (40, 40), (255, 0, 0, 0)), "PNG"))
    assert Image.open(io.BytesIO(png)).getpixel((3, 3)) == (255, 255, 255)


DRAWING = """<?xml version="1.0"?><!-- Canary --><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:i="urn:i"
  viewBox="0 0 40 20" width="400" onload="Canary()" i:docname="/home/Canary/x.svg" data-name="Canary">
<title>Canary</title><desc>Canary</desc><metadata><i:who>Canary</i:who></metadata>
<style>/* Canary */ .Canary{fill:#f00;--made:Canary} #Canary1>path{stroke:url(#Canary2)}</style>
<defs><linearGradient id="Canary2"><stop offset="0" stop-color="red"/></linearGradient></defs>
<g id="Canary1" class="Canary Canary9" aria-label="Canary"><path d="M0 0L5 5z" style="fill:none;-i-x:Canary"/>
<use xlink:href="#Canary2"/><use href="https://Canary.example/x.svg#a"/></g>
<text x="1" y="2">Hip</text><script>Canary()</script><i:view Canary="Canary"/>
<filter id="Canary3"><feOffset in="SourceGraphic" result="Canary4"/><feOffset in="Canary4" values="Canary"/></filter>
</svg>"""


def test_a_drawing_keeps_what_draws_and_nothing_else() -> None:
    made = make_drawing(DRAWING.encode())
    assert (made.width, made.height) == (400, 200)
    assert b"Canary" not in made.data
    words = made.data.decode()
    for kept in ('viewBox="0 0 40 20"', 'd="M0 0L5 5z"', 'stop-color="red"', ">Hip<", "fill:#f00"):
        assert kept in words
    (name,) = {part.split('"')[0] for part in words.split('linearGradient id="')[1:]}
    assert f"stroke:url(#{name})" in words and f'href="#{name}"' in words
    assert find_traces(made.data, "hip.svg") == []
    assert find_traces(DRAWING.encode(), "hip.svg")
    assert make_drawing(made.data).data == made.data


@pytest.mark.parametrize("coding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_drawing_is_read_in_each_encoding_that_programs_save_it_in(coding: str) -> None:
    drawing = DRAWING.replace('version="1.0"', 'version="1.0" encoding="UTF-16"')
    drawing = drawing if coding.startswith("utf-16") else DRAWING
    saved_so = drawing.replace("Hip", "Hüft–Ƶ").encode(coding)
    assert (kind := kind_of(saved_so[:4096])) is not None and kind.name == "svg"
    expected = make_drawing(DRAWING.replace("Hip", "Hüft–Ƶ").encode())
    assert make_drawing(saved_so).data == expected.data
    assert {trace.at for trace in find_traces(saved_so, "hip.svg")} == {
        trace.at for trace in find_traces(DRAWING.encode(), "hip.svg")
    }


def test_a_drawing_in_a_wide_encoding_that_is_cut_off_is_refused() -> None:
    with pytest.raises(PictureError, match="cut off"):
        make_drawing(DRAWING.encode("utf-16")[:-1])


@pytest.mark.parametrize(
    "inside",
    [
        '<g display="none"><text>Canary</text></g>',
        '<g style="fill:red; display : none"><g><text><tspan>Canary</tspan></text></g></g>',
        '<style>.st0{display:none;}.st1{fill:red}</style><g class="st1 st0"><text>Canary</text></g>',
        '<style>.a,.b{fill:red}.b{display:none}</style><text class="b">Canary</text>',
        '<text display="none">Canary</text><text>Seen</text>',
        '<text visibility="hidden">Canary</text>',
        '<g style="visibility:collapse"><text>Canary</text></g>',
        '<g opacity="0"><g opacity="1"><text>Canary</text></g></g>',
        '<text style="opacity:0.0 !important">Canary</text>',
        '<text fill="none">Canary</text>',
        '<g fill="none"><text stroke="transparent">Canary</text></g>',
        '<text fill="#ff000000" stroke-opacity="0" stroke="red">Canary</text>',
        '<text fill="rgba(1, 2, 3, 0)">Canary</text>',
        '<text fill-opacity="0%">Canary</text>',
        '<text font-size="0">Canary</text>',
        '<g transform="scale(0)"><text>Canary</text></g>',
        '<g transform="translate(3 4) scale(0, 1)"><text>Canary</text></g>',
        '<text class="late">Canary</text><style>.late{opacity:0}</style>',
        "<style>text{visibility:hidden}</style><text>Canary</text>",
        "<style>text.x{fill:none}#y{fill:none}</style><text class='x'>Canary</text><text id='y'>Canary</text>",
        "<style>.a{opacity:1}text.a{opacity:0}</style><text class='a'>Canary</text>",
        "<style>*{opacity:0}</style><text>Canary</text>",
        "<defs><text id='old'>Canary</text></defs>",
        "<defs><g id='old'><text>Canary</text></g></defs>",
        "<symbol id='old'><text>Canary</text></symbol>",
        "<clipPath id='old'><text>Canary</text></clipPath>",
        "<pattern id='old'><text>Canary</text></pattern>",
        "<defs><text id='old'>Canary</text><use href='#old'/></defs>",
        "<defs><text id='old'>Canary</text><g id='b'><use href='#old'/></g></defs>",
        "<defs><text id='old'>Canary</text></defs><use href='#old' display='none'/>",
    ],
)
def test_words_of_a_layer_that_is_switched_off_are_left_out(inside: str) -> None:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg">{inside}<path d="M0 0L9 9"/></svg>'
    made = make_drawing(drawing.encode()).data
    assert b"Canary" not in made and b"M0 0L9 9" in made
    assert (b"Seen" in made) is ("Seen" in inside)
    assert find_traces(drawing.encode(), "hip.svg") and not find_traces(made, "hip.svg")


def test_words_of_which_nobody_knows_whether_they_are_drawn_are_refused() -> None:
    inside = "<style>g .a{opacity:0}</style><text class='a'>Canary</text>"
    with pytest.raises(PictureError, match="styles hide and others show"):
        make_drawing(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode())


@pytest.mark.parametrize(
    "inside",
    [
        '<g style="display:inline" display="none"><text>Seen</text></g>',
        '<style>.a{display:inline}</style><g class="a" display="none"><text>Seen</text></g>',
        '<style>.a{display:none}.a{display:inline}</style><g class="a"><text>Seen</text></g>',
        '<g visibility="hidden"><text visibility="visible">Seen</text></g>',
        '<g fill="none"><text fill="red">Seen</text></g>',
        '<text fill="none" stroke="black">Seen</text>',
        '<text fill="rgb(0, 0, 0)">Seen</text>',
        '<text fill="#000">Seen</text>',
        '<text fill="#100">Seen</text>',
        '<text opacity="0.5" font-size="0.5em">Seen</text>',
        "<style>.b{opacity:0}</style><text class='a'>Seen</text>",
        "<style>text:hover{opacity:0}</style><text>Seen</text>",
        "<defs><text id='a'>Seen</text></defs><use href='#a'/>",
        "<symbol id='a'><text>Seen</text></symbol><g><use href='#a'/></g>",
        "<defs><g id='a'><text>Seen</text></g><g id='b'><use href='#a'/></g></defs><use href='#b'/>",
        "<clipPath id='a'><text>Seen</text></clipPath><path clip-path='url(#a)' d='M0 0L9 9'/>",
    ],
)
def test_words_that_a_later_rule_shows_stay(inside: str) -> None:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'
    assert b"Seen" in make_drawing(drawing.encode()).data


SHEET = '<svg xmlns="http://www.w3.org/2000/svg" {}>{}<path d="M0 0L9 9"/></svg>'


@pytest.mark.parametrize(
    ("sheet", "inside"),
    [
        ('viewBox="0 0 400 200"', '<text x="-5000" y="20">Canary</text><text>Seen</text>'),
        ('viewBox="0 0 400 200"', '<text x="10" y="9e3" font-size="20px">Canary</text>'),
        ('viewBox="0 0 400 200"', '<g transform="translate(0,-900)"><text>Canary</text></g>'),
        ('viewBox="0 0 400 200"', '<g transform="rotate(180)"><text y="900">Canary</text></g>'),
        ('viewBox="-10 -10 20 20"', '<text x="9in" style="font:bold 9px Arial">Canary</text>'),
        ('viewBox="0 0 90 90"', '<text>Seen<tspan x="900" y="900">Canary</tspan></text>'),
        ('viewBox="0 0 90 90"', '<text x="-999"><tspan dy="3">Canary</tspan></text>'),
        ('width="90" height="90"', '<text transform="matrix(1 0 0 1 900 0)">Canary</text>'),
        ('width="100%"', '<text y="-900">Canary</text><text x="900">Seen</text>'),
        ("", "<style>text{font-size:9px;letter-spacing:0}</style><text x='-900'>Canary</text>"),
        ("", '<text id="old" x="-900">Canary</text><g><use/></g>'),
        ('viewBox="0 0 90 9" width="90" height="90"', '<text y="-999">Canary</text>'),
    ],
)
def test_words_beside_the_sheet_are_left_out(sheet: str, inside: str) -> None:
    drawing = SHEET.format(sheet, inside).encode()
    made = make_drawing(drawing).data
    assert b"Canary" not in made and b"M0 0L9 9" in made
    assert (b"Seen" in made) is ("Seen" in inside)
    assert find_traces(drawing, "hip.svg") and not find_traces(made, "hip.svg")


@pytest.mark.parametrize(
    ("sheet", "inside"),
    [
        ('viewBox="0 0 400 200"', '<text x="-90" y="20">Seen by its last letters</text>'),
        ('viewBox="0 0 400 200"', '<text x="450" text-anchor="end">Seen</text>'),
        ('viewBox="0 0 400 200"', '<text y="1000" font-size="900">Seen</text>'),
        ('viewBox="0 0 400 200"', '<g font-size="50em"><text y="900">Seen</text></g>'),
        ("", "<style>.a{font-size:xx-large}</style><text x='-300' class='a'>Seen</text>"),
        ("", "<style>.a{letter-spacing:9em}</style><text x='-900' class='a'>Seen</text>"),
        ("", '<text x="-900">Gone<tspan dx="900">Seen</tspan></text>'),
        ("", '<text x="-900" textLength="1200">Seen</text>'),
        ("", '<text x="-90%">Seen</text>'),
        ("", '<g transform="translate(900)"><text x="-900">Seen</text></g>'),
        ("", '<g transform="rotate(90)"><text y="-900">Seen</text></g>'),
        ("", '<text id="a" x="-900">Seen</text><use href="#a" x="900"/>'),
        ("", '<g id="a"><text x="-900">Seen</text></g><use href="#a" x="900"/>'),
        ("", '<svg x="900"><text x="-900">Seen</text></svg>'),
        ("", '<filter id="f"><feOffset dx="900"/></filter><text filter="url(#f)" x="-900">Seen</text>'),
        ("", '<path id="p" d="M0 9H99"/><text x="-900"><textPath href="#p">Seen</textPath>Seen</text>'),
        ('viewBox="0 0 90 9" width="90" height="90"', '<text y="-40">Seen</text>'),
        ('viewBox="0 0 9 90" height="90" width="900"', '<text x="400">Seen</text>'),
    ],
)  # fmt: skip
def test_words_that_may_reach_into_the_sheet_stay(sheet: str, inside: str) -> None:
    made = make_drawing(SHEET.format(sheet, inside).encode()).data
    assert made.count(b"Seen") == inside.count("Seen")


@pytest.mark.parametrize(
    ("written", "size"),
    [
        ('viewBox="0 0 40 20"', (700, 350)),
        ('viewBox="0,0,40,20" width="80"', (80, 40)),
        ('viewBox="0 0 40 20" height="5px"', (10, 5)),
        ('width="210mm" height="297mm" viewBox="0 0 210 297"', (794, 1123)),
        ('width="100%" viewBox="0 0 10 10"', (700, 700)),
        ('viewBox="0 0 0 0"', (700, 350)),
        ("", (300, 150)),
    ],
)
def test_a_drawing_keeps_the_room_that_browsers_would_give_it(
    written: str, size: tuple[int, int]
) -> None:
    made = make_drawing(f'<svg xmlns="http://www.w3.org/2000/svg" {written}></svg>'.encode())
    assert (made.width, made.height) == size


@pytest.mark.parametrize(
    "inside",
    [
        '<image href="data:image/jpeg;base64,AAAA"/>',
        "<foreignObject><p>Hip</p></foreignObject>",
        '<animate attributeName="x"/>',
        "<style>@media (width > 1px) { path { fill: red } }</style>",
        "<style>@import 'x.css';</style>",
    ],
)
def test_a_drawing_that_would_look_otherwise_without_its_inside_is_refused(inside: str) -> None:
    with pytest.raises(PictureError):
        make_drawing(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode())


def test_a_drawing_with_entities_is_refused_before_they_unfold() -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    with pytest.raises(PictureError, match="entities"):
        make_drawing(f'{bomb}<svg xmlns="http://www.w3.org/2000/svg">&b;</svg>'.encode())
