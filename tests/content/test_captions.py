"""Captions: what is read of them is what is checked, shown, moved and published."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from kinopress.content.captions.check import read_captions
from kinopress.content.captions.cue_text import clean, words_of
from kinopress.content.captions.webvtt import moved, write_webvtt
from kinopress.content.source.unread_files import unread_file

VTT = "videos/hip.en.vtt"
SRT = "videos/hip.en.srt"
NUMBERED = "1\n00:00:00,500 --> 00:00:01,000\n{words}\n\n2\n00:00:01,000 --> 00:00:01,900\nTwo.\n"
TIMES = "00:00:01.000 --> 00:00:02.000"


def read(path: str, text: str) -> tuple[list[tuple[float, float, str]], list[tuple[int, str]]]:
    cues, problems = read_captions(path, text)
    return (
        [(cue.begins_s, cue.ends_s, cue.words) for cue in cues],
        [(problem.line or 0, problem.code) for problem in problems],
    )


def shown(path: str, text: str) -> list[str]:
    """The words that are shown, when there is nothing to say about the captions."""
    cues, problems = read(path, text)
    assert problems == []
    return [words for _, _, words in cues]


# WebVTT as people write it: good for the check, and then the words are there


@pytest.mark.parametrize(
    "text",
    [
        f"WEBVTT\n\n{TIMES}\nOne.\n",
        f"\ufeffWEBVTT\n\n{TIMES}\nOne.\n",
        f"WEBVTT - made by hand\n\n{TIMES}\nOne.",
        f"WEBVTT\n{TIMES}\nOne.\n",
        f"WEBVTT\nKind: captions\nLanguage: en\n\n{TIMES}\nOne.\n",
        f"WEBVTT\n\n\n\n  {TIMES}\nOne.\n",
        f"WEBVTT\n\n\t{TIMES}\t\nOne.\n",
        "WEBVTT\n\n00:01.000-->00:02.000\nOne.\n",
        "WEBVTT\n\n00:01.000\u00a0--> 00:02.000\nOne.\n",
        "WEBVTT\n\n\u200b00:01.000 --> 00:02.000\u200e\nOne.\n",
        f"WEBVTT\n\nthe first\n{TIMES}\nOne.\n",
        f"WEBVTT\n\nNOTE Ask Anna.\n\n{TIMES}\nOne.\n",
        f"WEBVTT\n\nNOTE\nAsk\nAnna.\n\n{TIMES}\nOne.\n\nNOTE the end\n",
        f"WEBVTT\n\n{TIMES} line:0 align:start\nOne.\n",
        f"WEBVTT\n\n1\n\n{TIMES}\nOne.\n",
    ],
)
def test_webvtt_that_is_called_good_has_its_words(text: str) -> None:
    assert read(VTT, text) == ([(1.0, 2.0, "One.")], [])


def test_cues_without_an_empty_line_between_them_are_two() -> None:
    text = f"WEBVTT\n\n{TIMES}\nOne.\n00:00:03.000 --> 00:00:04.000\nTwo.\n"
    assert shown(VTT, text) == ["One.", "Two."]


def test_a_line_of_spaces_is_an_empty_line() -> None:
    text = f"WEBVTT\n \n{TIMES}\nOne.\n \n2\n00:00:03.000 --> 00:00:04.000\nTwo.\n\t\nNOTE Anna\n"
    assert shown(VTT, text) == ["One.", "Two."]


def test_cues_are_shown_in_the_order_of_time_and_may_overlap() -> None:
    text = f"WEBVTT\n\n00:00:01.500 --> 00:00:09.000\nLater.\n\n{TIMES}\nEarlier.\n"
    assert shown(VTT, text) == ["Earlier.", "Later."]


def test_a_film_may_last_for_hours() -> None:
    text = "WEBVTT\n\n123:00:00.000 --> 123:00:01.000\nStill here.\n"
    cues, problems = read_captions(VTT, text)
    assert write_webvtt(cues) == text and problems == []


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (f"WEBVTT\n\n{TIMES}\nOne.\n\nLost.\n", [(6, "captions-left-out")]),
        (f"WEBVTT\nLost.\n\n{TIMES}\nOne.\n", [(2, "captions-left-out")]),
        (f"WEBVTT\n\nSTYLE\n::cue {{ color: red }}\n\n{TIMES}\nOne.\n", [(3, "captions-left-out")]),
        (f"WEBVTT\n\nREGION\nid:a\n\n{TIMES} region:a\nOne.\n", [(3, "captions-left-out")]),
        (f"WEBVTT\n\n{TIMES} line:top\nOne.\n", [(3, "captions-left-out")]),
        (f"WEBVTT\n\n{TIMES} position:200%\nOne.\n", [(3, "captions-left-out")]),
        (f"WEBVTT\n\n{TIMES} line:100% size:99.5% position:0%\nOne.\n", []),
        (f"WEBVTT\n\nNOTE\n{TIMES}\nSecret.\n\n{TIMES}\nOne.\n", [(3, "captions-left-out")]),
        (f"WEBVTT\n\n{TIMES}\n\nOne.\n", [(3, "captions-empty"), (5, "captions-left-out")]),
        (f"WEBVTT\n\n{TIMES}\n<i></i>\n", [(3, "captions-empty")]),
        ("WEBVTT\n\n00:01.000 —> 00:02.000\nOne.\n", [(3, "captions-time")]),
        ("WEBVTT\n00:01.000 → 00:02.000\nOne.\n", [(2, "captions-time")]),
        ("WEBVTT\n\n1\n00:01.000 -> 00:02.000\nOne.\n", [(4, "captions-time")]),
        ("WEBVTT\n\n00:01.000 --&gt; 00:02.000\nOne.\n", [(3, "captions-time")]),
        ("WEBVTT\n\n1:02.000 --> 00:02.000\nOne.\n", [(3, "captions-time")]),
        ("WEBVTT\n\n00:61.000 --> 01:02.000\nOne.\n", [(3, "captions-time")]),
        ("WEBVTT\n\n00:01.0000 --> 00:02.000\nOne.\n", [(3, "captions-time")]),
        ("WEBVTTX\n\n00:01.000 --> 00:02.000\nOne.\n", [(1, "captions-header")]),
        (f"\nWEBVTT\n\n{TIMES}\nOne.\n", [(1, "captions-header")]),
        ("WEBVTT", [(1, "captions-empty")]),
    ],
)
def test_what_a_browser_would_leave_out_is_said_on_its_line(
    text: str, problems: list[tuple[int, str]]
) -> None:
    cues, found = read(VTT, text)
    assert found == problems
    assert all(words == "One." for _, _, words in cues)


@pytest.mark.parametrize("words", ["Open 5:30 - 6:00", "From 3 -> 5 kilos", "2:1 → slow"])
def test_words_with_times_in_them_are_words(words: str) -> None:
    assert shown(VTT, f"WEBVTT\n\n{TIMES}\n{words}\n") == [words]


@pytest.mark.parametrize(
    ("payload", "published", "words"),
    [
        ("Slow & <i>steady</i>", "Slow &amp; <i>steady</i>", "Slow & steady"),
        ("less than < 30 s", "less than &lt; 30 s", "less than < 30 s"),
        ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;", "<script>x</script>"),
        ("<v Anna Example>Hello</v>", "Hello", "Hello"),
        ("<v.loud Anna\nExample>Hello", "Hello", "Hello"),
        ("<c.anna>A</c> <B.anna>b</B>", "A <b>b</b>", "A b"),
        ("<lang anna>A</lang> <i anna>b</i>", "A <i>b</i>", "A b"),
        ("<ruby>a<rt>b</rt></ruby>", "<ruby>a<rt>b</rt></ruby>", "ab"),
        ('<font color="#ff0">A</font><br>b', "A\nb", "A b"),
        ("a<00:01:02.500>b", "a<00:01:02.500>b", "ab"),
        ("a<01:02.500>b", "a<00:01:02.500>b", "ab"),
        ("90&deg; &amp; more", "90° &amp; more", "90° & more"),
        ("a --> b", "a --&gt; b", "a --> b"),
        ("a\n\n \nb", "a\nb", "a b"),
    ],
)
def test_words_are_published_as_every_browser_shows_them(
    payload: str, published: str, words: str
) -> None:
    assert clean(payload) == published
    assert clean(published) == published
    assert words_of(published) == words


def test_captions_of_a_part_begin_with_it() -> None:
    text = (
        "WEBVTT\n\nNOTE mine\n\n  00:00.000 --> 00:01.000\nGone.\n\n"
        "  00:01.500 --> 00:03.000 line:0\nHalf <00:02.500>there <00:01.600>now.\n\n"
        "00:09.000 --> 00:10.000\nLate.\n"
    )
    cues, problems = read_captions(VTT, text)
    assert problems == []
    assert write_webvtt(moved(cues, 2.0, 9.0)) == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:01.000 line:0\nHalf <00:00:00.500>there now.\n"
    )


def test_marks_of_another_format_are_no_words_in_webvtt_either() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n{\\an8}Above\\Nand {\\i1}below{\\i0}\n"
    cues, problems = read_captions("videos/hip.en.vtt", text)
    assert problems == []
    assert [cue.payload for cue in cues] == ["Above\nand below"]


# SubRip


@pytest.mark.parametrize(
    ("words", "published"),
    [
        ("<i>Slow</i> & steady", "<i>Slow</i> &amp; steady"),
        ('<font color="#ff0">Yellow</font>', "Yellow"),
        ("{\\an8}Above", "Above"),
        ("{\\an8\\fs20}<font size=3>Above</font>", "Above"),
        ("{\\an8}Above\\Nand below,\\hthen", "Above\nand below, then"),
        ("{\\a{\\b}6}Above", "Above"),
        ("{held} \\ 2", "{held} \\ 2"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("<B>Loud</B>", "<b>Loud</b>"),
        ("one\n\ntwo", "one\ntwo"),
        ("10", "10"),
        ("10\n20", "10\n20"),
        ("x²\n²", "x²\n²"),
        ("a --> b", "a --&gt; b"),
        ("One <!-- ask Anna -->more", "One more"),
        ("One\n<!-- ask\nAnna -->\nmore", "One\nmore"),
    ],
)
def test_subrip_words_are_shown_as_they_were_meant(words: str, published: str) -> None:
    cues, problems = read_captions(SRT, NUMBERED.format(words=words))
    assert problems == []
    assert write_webvtt(cues) == (
        f"WEBVTT\n\n00:00:00.500 --> 00:00:01.000\n{published}\n\n"
        "00:00:01.000 --> 00:00:01.900\nTwo.\n"
    )


@pytest.mark.parametrize(
    "times",
    [
        "00:00:01,000 --> 00:00:02,000",
        "00:00:01.000 --> 00:00:02.000",
        "0:0:1,0 --> 0:0:2,0",
        "00:01,000 --> 00:02,000",
        "00:00:01-->00:00:02",
        "  00:00:01,000  -->  00:00:02,000  ",
        "00:00:01, 000 --> 00:00:02, 000",
        "00 : 00 : 01,000 --> 00 : 00 : 02,000",
        "00:00:01,000 --> 00:00:02,000 X1:100 X2:200 Y1:100 Y2:200",
        "00:00:01,000\u00a0-->\u202f00:00:02,000\u200e",
    ],
)
def test_times_of_every_program_are_read(times: str) -> None:
    assert read(SRT, f"1\n{times}\nOne.\n") == ([(1.0, 2.0, "One.")], [])


def _srt(*cues: str, between: str = "\n") -> str:
    times = [f"00:00:0{n},000 --> 00:00:0{n + 1},000" for n in range(len(cues))]
    return "".join(
        cue.replace("T", at, 1) + "\n" + between for cue, at in zip(cues, times, strict=True)
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (_srt("T\n3", "T\n2", "T\n1"), ["3", "2", "1"]),
        (_srt("T\n1", "T\n2", "T\n3"), ["1", "2", "3"]),
        (_srt("T\n2", "T\n3", "T\n4"), ["2", "3", "4"]),
        (_srt("T\nhold\n30", "T\nrest\n10"), ["hold 30", "rest 10"]),
        (_srt("T\n3", "T\n2", "T\n1", between=""), ["3", "2", "1"]),
        (_srt("1\nT\n3", "2\nT\n2", "3\nT\n1"), ["3", "2", "1"]),
        (_srt("1\nT\n3", "2\nT\n2", "3\nT\n1", between=""), ["3", "2", "1"]),
        (_srt("7\nT\none", "9\nT\ntwo", "7\nT\nthree"), ["one", "two", "three"]),
        (_srt("1\nT\none\n30", "T\ntwo"), ["one 30", "two"]),
        (_srt("T\none", "2\nT\ntwo", "3\nT\nthree"), ["one", "two", "three"]),
        (_srt("1\n\nT\n\none\n", "2\n\nT\n\ntwo\n"), ["one", "two"]),
        (_srt("T\n²", "T\n²"), ["²", "²"]),
        (_srt("#1\nT\none", "#2\nT\ntwo", between=""), ["one", "two"]),
        (_srt("1.\nT\none", "2.\nT\ntwo"), ["one", "two"]),
        (_srt("1\nT\none", "2 Jen\nT\ntwo"), ["one", "two"]),
        (_srt("1 Jen\nT\none", "2 Jen\nT\ntwo"), ["one", "two"]),
        (_srt("1\nT\none", "2\nT\ntwo\n\n3"), ["one", "two"]),
        (_srt("1\nT\none", "2\nT\ntwo\n\n30"), ["one", "two 30"]),
        (_srt("1\nT\none", "2\nT\ntwo\n3"), ["one", "two 3"]),
        (_srt("1\nT\none\n\n3 sets", "T\ntwo", between=""), ["one 3 sets", "two"]),
        (_srt("1\nT One", "2\nT align:start\ntwo"), ["One", "two"]),
        (_srt("\u200b1\nT\none", "2\u00a0\nT\ntwo"), ["one", "two"]),
    ],
)
def test_the_numbers_of_cues_are_known_by_the_file_not_by_their_look(
    text: str, words: list[str]
) -> None:
    assert shown(SRT, text) == words


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("1\n00:00:02,000 --> 00:00:01,000\nBack.\n", 2, "captions-order"),
        *(
            (f"1\n00:00:02,000 {arrow} 00:00:03,000\nOne arrow.\n", 2, "captions-time")
            for arrow in ("->", "—>", "–>", "→", "⟶", "-- >", "=>", "--&gt;", "–")
        ),
        ("1\n00:0x:02,0 --> 00:00:03,000\nA slip.\n", 2, "captions-time"),
        ("1\n00:00:02,0000 --> 00:00:03,000\nA slip.\n", 2, "captions-time"),
        ("Only words.\n", 1, "captions-format"),
        (" \n", 1, "captions-empty"),
        ("1\n00:00:02,000 --> 00:00:03,000\n", 2, "captions-empty"),
        ("1\n00:00:02,000 to 00:00:03,000\nOne.\n", 2, "captions-time"),
        (f"1\n{TIMES}\nFrom here --> 5:30\n", 3, "captions-time"),
        ("My film\n\n1\n00:00:02,000 --> 00:00:03,000\nOne.\n", 1, "captions-left-out"),
    ],
)
def test_a_mistake_in_subrip_is_said_with_its_line(text: str, line: int, code: str) -> None:
    _, problems = read(SRT, text)
    assert problems == [(line, code)]


@pytest.mark.parametrize("path", [VTT, SRT])
@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("0:00:01.000,0:00:04.000\nHello.\n", "SubViewer (.sbv)"),
        ("[Script Info]\n\nDialogue: 0,0:00:01.00,0:00:04.00,A,,0,0,0,,Hello.\n", "SubStation"),
        ("Dialogue: 0,0:00:01.00,0:00:04.00,A,,0,0,0,,Hello.\n", "SubStation"),
        ('<?xml version="1.0"?>\n<tt xml:lang="en"><p begin="1s">Hello.</p></tt>\n', "TTML"),
        ("<SAMI><BODY>Hello.</BODY></SAMI>\n", "SAMI"),
        ("[ti:Hips]\n[00:12.00]Hello.\n", "lyrics"),
        ("{25}{100}Hello.\n", "MicroDVD"),
        ("[25][100]Hello.\n", "MPL2"),
        ("Scenarist_SCC V1.0\n\n00:00:01:00\t9420 9420\n", "Scenarist"),
        ("00:00:01:00 , 00:00:04:00 , Hello.\n", "Spruce"),
        ('{"events": [{"text": "Hello."}]}\n', "JSON"),
        ("Start,End,Words\n00:00:01,00:00:04,Hello.\n", "words whose times"),
        ("Hello.\nThis is all that is said.\n", "a transcript"),
        ("0:01\nHello.\n0:05\nGoodbye.\n", "a transcript"),
    ],
)
def test_another_format_is_named_whatever_the_ending(path: str, text: str, name: str) -> None:
    cues, (problem,) = read_captions(path, text)
    assert (cues, problem.line, problem.code) == ((), 1, "captions-format")
    assert name in problem.message


def test_webvtt_under_the_name_of_subrip_keeps_its_remarks_to_itself() -> None:
    text = f"WEBVTT\n\n{TIMES}\nOne.\n\nNOTE Ask Anna.\n\n00:03.000 --> 00:04.000\nTwo.\n"
    cues, (problem,) = read_captions(SRT, text)
    assert [cue.words for cue in cues] == ["One.", "Two."]
    assert (problem.code, problem.severity) == ("captions-name", "warning")


@pytest.mark.parametrize("path", [VTT, SRT])
def test_times_in_figures_of_a_whole_square_are_read(path: str) -> None:
    wide = TIMES.translate({ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789:."})
    text = ("WEBVTT\n\n" if path == VTT else "1\n") + f"{wide}\n５ times\n"
    assert read(path, text) == ([(1.0, 2.0, "５ times")], [])


@pytest.mark.parametrize("zero", "٠۰०")
def test_times_and_numbers_in_figures_of_another_script_are_read(zero: str) -> None:
    text = f"1\n{TIMES}\n{zero} times\n\n2\n00:03.000 --> 00:04.000\nTwo\n"
    figures = {ord(figure): ord(zero) + int(figure) for figure in "0123456789"}
    written, problems = read(SRT, text.translate(figures))
    assert [words for _, _, words in written] == [f"{zero} times", "Two"]
    assert problems == []


def test_numbers_right_below_the_header_count() -> None:
    text = "WEBVTT\n1\n00:01.000 --> 00:02.000\nOne.\n2\n00:03.000 --> 00:04.000\nTwo.\n"
    assert shown(VTT, text) == ["One.", "Two."]


def test_an_arrow_in_words_is_told_what_to_write() -> None:
    _, (problem,) = read_captions(VTT, f"WEBVTT\n\n{TIMES}\nBend --> stretch\n")
    assert (problem.line, problem.code, problem.hint) == (
        4,
        "captions-time",
        "in words, write → instead",
    )


def test_numbers_of_webvtt_need_no_empty_line_above_them() -> None:
    times = ["00:01.000 --> 00:02.000", "00:03.000 --> 00:04.000", "00:05.000 --> 00:06.000"]
    for first, second in (("1", "2"), ("#1", "#2"), ("1.", "2.")):
        text = "WEBVTT\n\n{3}\n{0}\nOne.\n{4}\n{1}\nTwo.\n30\n{2}\nThree.\n"
        assert shown(VTT, text.format(*times, first, second)) == ["One.", "Two. 30", "Three."]


# Places


@pytest.mark.parametrize(
    "words",
    [
        "[iso: 100] [latitude: 12.582212] [longitude: 65.722511] [rel_alt: 1.200 abs_alt: 33.1]",
        "SrtCnt : 1, DiffTime : 33ms",
        "HOME(149.0251,-20.2532) 2017.08.05 14:11:51\nGPS(149.0251,-20.2533,16) BAROMETER:1.9",
        "F/2.8, SS 206.14, ISO 150, EV 0, GPS (-122.3699, 37.8166, 15), D 224.43m, H 1.30m",
        "Lat: 52.96 Lon: -3.17",
        "52.9690, -3.1720",
        "+52.9690-003.1720/",
        "52° 58' 9\" N",
        "GPS: W 3.1720",
        "N53 02.47 W003 12.07",
        "N 53.0412, W 3.2011",
        "53.0412N 3.2011W",
        "53.0412° N, 3.2011° W",
        "Lat. 53.04 Long. -3.20",
        "53,0412 -3,2011",
        "53°02.47'N 3°12.07'W",
        "5302.470,N,00312.070,W",
        "lat=53.0412 lon=-3.2011",
        "BAROMETER:1.9",
    ],
)
@pytest.mark.parametrize("path", [VTT, SRT])
def test_what_a_camera_writes_of_places_stops_a_build(words: str, path: str) -> None:
    header = "WEBVTT\n\n" if path == VTT else "1\n"
    _, problems = read(path, f"{header}{TIMES}\n{words}\n")
    assert [code for _, code in problems] == ["captions-place"]


@pytest.mark.parametrize(
    "words",
    [
        "My GPS watch says 4.25, 4.30.",
        "Bend to 90°.",
        "Run home (slowly)",
        "2.5 kg, 7.25 kg",
        "a lat pull-down, 3.5 kg",
        "Hold it at home (3 times a day).",
        "Home: 3 sets a day",
        "Home: 3.5 minutes, 4.5 minutes",
        "Keep it long. 12.5 seconds is fine.",
        "Keep it long: 12.5 seconds",
        "My GPS (5 km) watch",
        "Think of it as a barometer.",
        "10,000 steps, 20,000 steps",
    ],
)
def test_words_about_running_are_no_place(words: str) -> None:
    assert shown(VTT, f"WEBVTT\n\n{TIMES}\n{words}\n") == [words]


# Names


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("hip.srt", "hip.en.srt"),
        ("hip.vtt", "hip.en.vtt"),
        ("hip.EN.srt", "hip.en.srt"),
        ("hip.en.SRT", "hip.en.srt"),
        ("hip.en_gb.vtt", "hip.en.vtt"),
        ("hip.eng.vtt", "hip.en.vtt"),
        ("hip.cym.srt", "hip.cy.srt"),
        ("hip.xx.vtt", "hip.en.vtt"),
        ("hip_en.vtt", "hip.en.vtt"),
        ("hip-cy.srt", "hip.cy.srt"),
        ("hip.english.srt", "hip.en.srt"),
        ("chicken.vtt", "chicken.en.vtt"),
    ],
)
def test_captions_without_a_language_are_told_their_name(name: str, better: str) -> None:
    (problem,) = unread_file(str(PurePosixPath("videos") / name))
    assert (problem.code, problem.hint) == ("captions-name", f"rename the file to {better}")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("hip.vtt", "the language is missing from their name"),
        ("hip.EN.vtt", "the language is in capitals"),
        ("hip.english.vtt", "the language “english” is not written with two letters"),
        ("hip.English.srt", "the language “English” is not written with two letters"),
        ("hip_en.vtt", "there is no full stop in front of the language"),
        ("hip.en_GB.vtt", "“en_GB” is more than the two letters of a language"),
        ("hip.xq.vtt", "“xq” is not a language known here"),
    ],
)
def test_what_is_wrong_with_the_language_of_captions_is_said_as_it_is(name: str, says: str) -> None:
    (problem,) = unread_file(f"videos/{name}")
    assert problem.message == f"nobody will see these captions: {says}"
    assert problem.hint.startswith("rename the file to hip.")


def _row(second: int, words: str, number: int | None) -> str:
    above = "" if number is None else f"{number}\n"
    return f"{above}00:00:0{second},000 --> 00:00:0{second},500\n{words}\n"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        # Figures alone, where the file numbers its cues and where it does not.
        ([(1, "Count"), (2, "10")], ["Count", "10"]),
        ([(1, "10"), (2, "9"), (3, "8")], ["10", "9", "8"]),
        ([(None, "10"), (None, "Go")], ["10", "Go"]),
        ([(None, "2"), (None, "3"), (None, "4")], ["2", "3", "4"]),
        ([(1, "a\n\n10"), (2, "b")], ["a 10", "b"]),
        # Numbers that leave some out, or begin again where two files were joined.
        ([(1, "a"), (5, "b")], ["a", "b"]),
        ([(0, "a"), (1, "b")], ["a", "b"]),
        ([(1, "a"), (1, "b"), (2, "10")], ["a", "b", "10"]),
        # A number that is left below the last words, of a cue that somebody cut away.
        ([(1, "a"), (2, "b\n\n3")], ["a", "b"]),
        ([(1, "a"), (5, "b\n\n6")], ["a", "b"]),
        ([(1, "a"), (1, "b\n\n2")], ["a", "b"]),
        ([(1, "a"), (2, "b\n\n10")], ["a", "b 10"]),
    ],
)
def test_figures_at_the_edges_of_cues_are_numbers_only_where_the_file_counts(
    rows: list[tuple[int | None, str]], words: list[str]
) -> None:
    text = "\n".join(_row(at, said, number) for at, (number, said) in enumerate(rows, start=1))
    assert shown("videos/hip.en.srt", text) == words
