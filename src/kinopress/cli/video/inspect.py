"""``kinopress video inspect``: what a film is, and what will be made of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from kinopress.cli.options import json_option, project_option
from kinopress.cli.terminal.report import print_problems
from kinopress.media.length import length_words
from kinopress.problems import ExitCode, Problem, Refusal
from kinopress.project.films.inspect import film_facts, film_meant
from kinopress.project.telling.timed import about, size_words
from kinopress.video.recipe.loudness import QUIET_LUFS, TARGET_LUFS

_CODECS = {"h264": "H.264", "hevc": "HEVC", "av1": "AV1", "vp9": "VP9", "prores": "ProRes"}

_TECHNICAL = ("a stream", "a name the camera gave a stream", "left-over bytes", "boxes nested")
"""Traces that tell a person nothing; they are not published either."""


@click.command()
@click.argument("film", metavar="FILE|SLUG")
@project_option
@json_option
def command(film: str, project_dir: Path | None, as_json: bool) -> int:
    """Say what a film is, what it tells about you, and what will be made of it.

    \b
    Example:
      kinopress video inspect hip-circles
    """  # noqa: D301 - click reads the escape
    meant = film_meant(film, project_dir)
    planned = meant.plan()
    if isinstance(planned, Problem):
        raise Refusal([planned], ExitCode.CONTENT)
    facts = film_facts(planned)
    if as_json:
        click.echo(json.dumps({"film": meant.path, **facts}, ensure_ascii=False, indent=1))
    else:
        for label, words in _words(meant.path, facts):
            click.echo(f"{label:<9} {words}")
        print_problems(list(planned.problems))
    return ExitCode.OK if planned.can_be_made else ExitCode.CONTENT


def _words(shown_as: str, facts: dict[str, Any]) -> list[tuple[str, str]]:
    length = facts["duration_s"]
    form = "upright" if facts["upright"] else "wide"
    picture = [_CODECS.get(facts["codec"], facts["codec"])]
    if facts["fps"]:
        picture.append(f"{facts['fps']:g} pictures a second")
    if facts["hdr"]:
        picture.append("HDR (made to look right on ordinary screens)")
    if facts["interlaced"]:
        picture.append("interlaced (will be made smooth)")
    lines = [
        ("film", f"{shown_as}, {size_words(facts['bytes'])}"),
        ("length", "unknown" if length is None else length_words(length)),
        ("size", f"{facts['width']} × {facts['height']}, {form}"),
        ("picture", ", ".join(picture)),
        ("sound", _sound(facts)),
    ]
    if facts["shown_s"] != length and facts["shown_s"] is not None:
        lines.append(("shown", f"{length_words(facts['shown_s'])} of it (trim)"))
    traces = [what for what in facts["traces"] if not what.startswith(_TECHNICAL)]
    lines.append(
        (
            "private",
            f"{', '.join(traces)}; none of it will be published" if traces else "nothing found",
        )
    )
    made = [f"{_CODECS[r['codec']]} {r['width']} × {r['height']}" for r in facts["will_make"]]
    lines.append(("for web", ", ".join(made)))
    lines.append(
        (
            "takes",
            f"about {about(facts['expected_seconds'])}, {size_words(facts['expected_bytes'])}; "
            f"with --quick about {about(facts['quick_expected_seconds'])} until it can be published",
        )
    )
    return lines


def _sound(facts: dict[str, Any]) -> str:
    lufs, peak = facts["loudness_lufs"], facts["true_peak_dbtp"]
    if not facts["has_audio"]:
        return "none"
    if lufs is None:
        return "yes, but its loudness cannot be measured"
    if lufs < QUIET_LUFS:
        return "silent, or nearly so; it will be left as it is"
    peaks = "" if peak is None else f", peaks of {peak:.1f} dBTP"
    return f"{lufs:.1f} LUFS{peaks}; it will be made as loud as your other films ({TARGET_LUFS:.0f} LUFS)"
