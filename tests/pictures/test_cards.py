"""The picture of a shared page: its words are all there, whatever they are, and it is small."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageOps

from kinopress.pictures.cards import draw as drawing
from kinopress.pictures.cards.card import BYTES_MAX, HEIGHT, SQUARE, WIDTH, Card
from kinopress.pictures.cards.draw import draw
from kinopress.pictures.cards.rows import encoded
from kinopress.pictures.store import unused
from kinopress.project.drawings import cards
from kinopress.project.drawings.cards import lots_of_cards, ready_cards

RED = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><path fill="#c9361f" d="M0 0h200v100H0z"/></svg>'


def card(title: str = "Clam", **more: object) -> Card:
    values: dict[str, object] = {"label": "Exercise", "name": "Anna Example", "site": "Hips"}
    return Card(title, colour="#1b5b57", **{**values, **more})  # type: ignore[arg-type]


def shown(one: Card, picture: bytes | str | None = None) -> Image.Image:
    data = draw(one, picture)
    assert len(data) <= BYTES_MAX
    return Image.open(io.BytesIO(data)).convert("RGB")


def ink(page: Image.Image, box: tuple[int, int, int, int]) -> int:
    return sum(page.crop(box).convert("L").histogram()[:90])


@pytest.mark.parametrize(
    "title",
    [
        "Clam",
        "Are your hamstrings tight, weak, or is it your piriformis that complains when you sit?",
        "Pneumonoultramicroscopicsilicovolcanoconiosis-and-more-of-the-same-without-a-space",
        "Étirement du mollet – łydka, ŵyneb",
        "Numbness " * 40,
    ],
)
@pytest.mark.parametrize("picture", [None, RED])
def test_a_title_of_any_length_stays_within_its_room(title: str, picture: str | None) -> None:
    page = shown(card(title), picture)
    assert page.size == (WIDTH, HEIGHT)
    right = WIDTH - 72 if picture is None else 616
    assert ink(page, (92, 130, right, 470)) > 1000
    assert ink(page, (right + 4, 0, right + 44, HEIGHT)) == 0
    assert ink(page, (92, 470, right, 490)) == 0  # nothing runs into the name


def test_a_drawing_is_on_its_plate_and_a_photograph_reaches_the_edge() -> None:
    drawn = shown(card(), RED)
    middle = drawn.getpixel((WIDTH - 286, HEIGHT // 2))
    assert isinstance(middle, tuple)
    assert all(abs(a - b) < 12 for a, b in zip(middle, (0xC9, 0x36, 0x1F), strict=True))
    written = io.BytesIO()
    Image.effect_noise((900, 1600), 120).convert("RGB").save(written, "JPEG", quality=95)
    film = shown(card(label="Film"), written.getvalue())
    assert len(film.crop((WIDTH - 20, 0, WIDTH, 20)).getcolors(400) or ()) > 50


def test_the_cover_of_a_feed_is_a_square() -> None:
    assert shown(card(square=True)).size == (SQUARE, SQUARE)


def test_the_same_card_is_drawn_once_and_another_one_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wished = {"a.md": card(), "b.md": card("Other")}
    told: list[tuple[int, int]] = []
    first = ready_cards(tmp_path, wished, lambda *done: told.append(done))
    assert told == [(1, 2), (2, 2)]
    assert {ready.width for ready in first.values()} == {WIDTH}
    monkeypatch.setattr(cards, "_painted", lambda *_: pytest.fail("drawn again"))
    assert ready_cards(tmp_path, wished) == first
    assert ready_cards(tmp_path, {"c.md": card("New")}, draw=False) == {}
    assert unused(tmp_path, set(lots_of_cards(tmp_path))) == []
    monkeypatch.undo()
    changed = ready_cards(tmp_path, {"a.md": card(shown="another drawing"), "b.md": card("Other")})
    assert changed["b.md"] == first["b.md"]
    assert changed["a.md"].path != first["a.md"].path


def test_what_most_of_a_lot_is_no_longer_wished_for_is_not_kept(tmp_path: Path) -> None:
    """Else a folder would grow by every title there ever was."""
    wished = {f"{number}.md": card(f"Clam {number}") for number in range(5)}
    assert ready_cards(tmp_path, wished).keys() == wished.keys()
    (lot,) = lots_of_cards(tmp_path)
    fewer = dict(list(wished.items())[:3])
    again = ready_cards(tmp_path, fewer)
    assert list(lots_of_cards(tmp_path)) == [lot]
    fewest = dict(list(wished.items())[:2])
    ready = ready_cards(tmp_path, fewest)
    assert {path: one.path for path, one in ready.items()} == {p: again[p].path for p in fewest}
    (other,) = lots_of_cards(tmp_path)
    assert other != lot
    assert [found.folder.name for found in unused(tmp_path, {other})] == [lot[:16]]


def test_a_card_of_a_lot_that_is_damaged_is_drawn_again(tmp_path: Path) -> None:
    wished = {f"{number}.md": card(f"Clam {number}") for number in range(3)}
    first = ready_cards(tmp_path, wished)
    data = first["1.md"].file.read_bytes()
    first["1.md"].file.write_bytes(data[:-9])
    assert ready_cards(tmp_path, wished) == first
    assert first["1.md"].file.read_bytes() == data


@pytest.mark.parametrize(
    "title",
    [
        "",
        "Clam",
        "Étirement du mollet – łydka, ŵyneb gjpq",
        "E\u0301t \u1ea2\u0301",
        "日本語のタイトル",
    ],
)
def test_rows_that_are_put_together_are_the_picture_encoded_whole(title: str) -> None:
    """The mark of each row lets a reader begin anew there: nothing is left over of another title."""
    page = drawing._wide(card(title), None)
    data = draw(card(title))
    assert data == encoded(page, drawing._QUALITIES[0]).written()
    whole = io.BytesIO()
    page.save(whole, "JPEG", quality=drawing._QUALITIES[0])
    assert Image.open(io.BytesIO(data)).tobytes() == Image.open(whole).tobytes()
    assert len(data) < 1.01 * whole.tell()


def test_a_picture_that_has_gone_costs_its_card_and_nothing_else(tmp_path: Path) -> None:
    wished = {"a.md": card(file=tmp_path / "gone.jpg"), "b.md": card("Other")}
    assert ready_cards(tmp_path, wished).keys() == {"b.md"}
    (tmp_path / cards.LIST).write_text("{}", "utf-8")
    assert lots_of_cards(tmp_path) == {}


@pytest.mark.parametrize("line", ["AVATAR „To“: 1/4", "Étirement – łydka", "why", "fi-fl"])
def test_a_line_laid_of_letters_is_as_long_and_as_high_as_one_drawn_whole(line: str) -> None:
    font = drawing._own(76, "ExtraBold")
    laid, whole = (Image.new("RGB", (900, 200), "#ffffff") for _ in range(2))
    drawing._write(laid, (20, 20), line, "#000000", font)
    ImageDraw.Draw(whole).text((20, 20), line, "#000000", font, anchor="lt", features=["-liga"])
    boxes = [ImageOps.invert(page).getbbox() for page in (laid, whole)]
    assert all(abs(a - b) <= 2 for a, b in zip(*map(tuple, boxes), strict=True))  # type: ignore[arg-type]


def test_a_mark_stands_on_its_letter() -> None:
    """Accents that are letters of their own are not laid beside the letter before."""
    page = Image.new("RGB", (400, 200), "#ffffff")
    drawing._write(page, (20, 20), "E\u0301t", "#000000", drawing._own(76, "ExtraBold"))
    apart = ImageOps.invert(page.crop((20, 0, 68, 200))).getbbox()
    whole = ImageOps.invert(page).getbbox()
    assert apart is not None
    assert whole is not None
    assert apart[1] == whole[1]  # the mark is the highest, and above the first letter
