"""Our reader of WebVTT beside Chromium's own: the same words at the same times, before and after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from kinopress.content.captions.webvtt import write_webvtt
from kinopress.content.captions.webvtt_reader import read_webvtt

READ = """text => new Promise(resolve => {
    const film = document.createElement('video'), track = document.createElement('track');
    const read = () => [...(track.track.cues || [])].map(cue =>
        [cue.startTime, cue.endTime, cue.getCueAsHTML().textContent]);
    track.onload = () => resolve(read());
    track.onerror = () => resolve(null);
    track.src = URL.createObjectURL(new Blob([text], {type: 'text/vtt'}));
    film.append(track);
    document.body.append(film);
    track.track.mode = 'hidden';
})"""

T1, T2 = "00:00:01.000 --> 00:00:02.000", "00:00:03.000 --> 00:00:04.000"
SAME = [
    f"WEBVTT\n\n{T1}\nOne.\n\n{T2}\nTwo\nlines.",
    f"WEBVTT\n{T1}\nOne.\n{T2}\nTwo.",
    f"WEBVTT\n1\n{T1}\nOne.\n\n2\n{T2}\nTwo.",
    f"WEBVTT words\n\n\n  {T1}\nOne.\n\n\t{T2}\t line:0\nTwo.",
    "WEBVTT\n\n00:01.000-->00:02.000\nOne.\n\n99:59:59.999 --> 100:00:00.000\nTwo.",
    "WEBVTT\n\n1:00:00.000 --> 1:00:01.000\nOne.\n\n1:02.000 --> 1:03.000\nNo time.",
    f"WEBVTT\n\nNOTE {T2[:5]}\n\n{T1}\nOne.\n\nLost words.\n\n{T2}\nTwo.",
    f"WEBVTT\n\nSTYLE\n::cue {{ color: red }}\n\nNOTE\nmine\n\n{T1}\nOne.",
    f"WEBVTT\n\n{T2}\nLater.\n\n{T1}\nEarlier.",
    f"WEBVTT\n\n{T1}\nA &amp; B &lt;c&gt; <i>d</i> <v Anna>e</v> <c.x>f</c>",
    f"WEBVTT\n\n{T1} align:start position:10%,line-left size:35% region:x A:b\nOne.",
    f"WEBVTT\n\none\ntwo\n{T1}\nOne.",
    f"WEBVTT\n\n{T1}x\nOne.\n\n00:01.00 --> 00:02.000\nNo.\n\n00:01,000 --> 00:02,000\nNo.",
    f"WEBVTTX\n\n{T1}\nNo.",
    f" WEBVTT\n\n{T1}\nNo.",
    f"\n\nWEBVTT\n\n{T1}\nNo.",
]


def _ours(text: str) -> list[list[Any]] | None:
    found = read_webvtt(text)
    return [[cue.begins_s, cue.ends_s, cue.words] for cue in found.cues] if found.header else None


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """An empty page: nothing is fetched."""
    opened = browser.new_page()
    yield opened
    opened.close()


def _chromium(page: Page, text: str) -> list[list[Any]] | None:
    cues: list[list[Any]] | None = page.evaluate(READ, text)
    if cues is None:
        return None
    return [[begins, ends, " ".join(words.split())] for begins, ends, words in cues]


def test_a_number_that_chromium_would_show_as_a_word_is_not_published(page: Page) -> None:
    text = f"WEBVTT\n1\n{T1}\nOne.\n2\n{T2}\nTwo."
    assert _chromium(page, text) == [[1, 2, "One. 2"], [3, 4, "Two."]]
    assert _chromium(page, write_webvtt(read_webvtt(text).cues)) == [[1, 2, "One."], [3, 4, "Two."]]


@pytest.mark.parametrize("text", SAME, ids=range(len(SAME)))
def test_a_text_is_read_as_chromium_reads_it(text: str, page: Page) -> None:
    assert _chromium(page, text) == _ours(text)
    cues = read_webvtt(text).cues
    assert _chromium(page, write_webvtt(cues)) == [[c.begins_s, c.ends_s, c.words] for c in cues]
