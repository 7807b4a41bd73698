"""Laws of captions that hold for any words, times and numbers."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kinopress.content.captions.check import read_captions
from kinopress.content.captions.cue_text import clean, clock, words_of
from kinopress.content.captions.webvtt import Cue, moved, write_webvtt
from kinopress.content.captions.webvtt_reader import read_webvtt

LAWS = settings(max_examples=80, derandomize=True, database=None, deadline=None)

LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="\u0085")
LINE = st.text(st.one_of(st.sampled_from("<>/&;.- ib0123456789:,{}\\"), LETTERS), max_size=30)
PAYLOADS = st.lists(LINE, min_size=1, max_size=4).map("\n".join).map(clean).filter(words_of)
SETTINGS = st.sampled_from(["", "line:0", "align:start position:10%", "vertical:rl size:50%"])


@st.composite
def cues(draw: st.DrawFn) -> list[Cue]:
    """Cues in the order of time, at whole thousandths of a second."""
    begins = sorted(draw(st.lists(st.integers(0, 400_000_000), min_size=1, max_size=6)))
    return [
        Cue(
            begin / 1000,
            (begin + draw(st.integers(1, 90_000))) / 1000,
            draw(PAYLOADS),
            draw(SETTINGS),
        )
        for begin in begins
    ]


def _plain(found: list[Cue] | tuple[Cue, ...]) -> list[tuple[float, float, str, str]]:
    return [(cue.begins_s, cue.ends_s, cue.payload, cue.settings) for cue in found]


@LAWS
@given(cues())
def test_captions_we_write_are_read_back_as_they_were(written: list[Cue]) -> None:
    found = read_webvtt(write_webvtt(written))
    assert _plain(found.cues) == _plain(written)
    assert (found.header, found.not_times, found.lost, found.empty) == (True, [], [], [])


@LAWS
@given(st.text(LETTERS | st.just("\n"), max_size=200))
def test_clean_words_stay_as_they_are(words: str) -> None:
    assert clean(clean(words)) == clean(words)
    assert "-->" not in clean(words) and "\n\n" not in clean(words)


@LAWS
@given(st.text(st.sampled_from("WEBVTNOSYL \n\t0123:.->,–→a<"), max_size=300))
def test_any_text_is_read_and_what_is_published_is_what_was_read(text: str) -> None:
    cues, _ = read_captions("a.vtt", f"WEBVTT\n{text}")
    assert _plain(read_webvtt(write_webvtt(cues)).cues) == _plain(cues)


@LAWS
@given(cues(), st.integers(0, 400_000), st.integers(1, 400_000))
def test_a_part_holds_what_is_said_in_it_and_nothing_else(
    written: list[Cue], from_s: int, length_s: int
) -> None:
    part = moved(written, from_s, from_s + length_s)
    assert len(part) == sum(c.ends_s > from_s and c.begins_s < from_s + length_s for c in written)
    assert all(0 <= cue.begins_s < cue.ends_s <= length_s for cue in part)


WORDS = st.lists(
    st.one_of(st.from_regex(r"[0-9]{1,3}", fullmatch=True), st.sampled_from(["Lift.", "x²", "²"])),
    min_size=1,
    max_size=3,
)


@LAWS
@given(
    st.lists(WORDS, min_size=1, max_size=8),
    st.sampled_from(["none", "from 1", "from 5", "with gaps"]),
    st.booleans(),
)
def test_the_words_of_subrip_are_whole_with_and_without_numbers(
    spoken: list[list[str]], numbers: str, empty_lines: bool
) -> None:
    lines: list[str] = []
    for at, words in enumerate(spoken):
        number = {"from 1": at + 1, "from 5": at + 5, "with gaps": 3 * at + 2}.get(numbers)
        lines += [str(number)] if number is not None else []
        lines.append(f"{clock(at)} --> {clock(at + 1)}".replace(".", ","))
        lines += [*words, ""] if empty_lines else words
    cues, problems = read_captions("a.srt", "\n".join(lines))
    assert problems == []
    assert [cue.words for cue in cues] == [" ".join(words) for words in spoken]
