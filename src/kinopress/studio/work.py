"""What the studio's jobs do, each by a function of ``kinopress.project``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from kinopress.codes import Code
from kinopress.content.model.films import Film
from kinopress.content.model.settings import VideoDefaults
from kinopress.media.trim import Trim
from kinopress.problems import ExitCode, Problem, Refusal
from kinopress.project.films.add import look_at
from kinopress.project.films.early import (
    encode_early,
    made_early,
    playable,
    poster_choices,
)
from kinopress.project.live.new_place import look_at as look_at_place
from kinopress.project.live.publish import Published, Wish, publish
from kinopress.project.live.rollback import roll_back
from kinopress.publish.record import is_page
from kinopress.studio.arrivals import Arrival
from kinopress.studio.jobs import Teller, Work
from kinopress.studio.studio import Studio
from kinopress.video.encode.produced import Produced
from kinopress.video.source.film import Probe

SITE, SITE_WHOLE, CHANGES = "site", "site-whole", "changes"
"""The keys of the job that builds the site, of the one that builds it again with all sizes of its films, and
of the one that looks what a build would change."""
_AT_ONCE, _SOON, _LATER = 0, 1, 2


def looking(arrival_id: str) -> str:
    """The key of the job that looks at a film and makes what can be played."""
    return f"look-{arrival_id}"


def encoding(arrival_id: str) -> str:
    """The key of the job that makes all the rest of a film."""
    return f"encode-{arrival_id}"


def begin_film(studio: Studio, arrival: Arrival) -> None:
    """Begin to work on a film that is whole: first what can be played, then everything."""
    if not arrival.made:
        studio.jobs.add(
            looking(arrival.id), "To be played", _look(studio, arrival.id), urgency=_SOON
        )
    studio.jobs.add(
        encoding(arrival.id),
        "All sizes for readers",
        _encode(studio, arrival.id),
        urgency=_LATER,
        gives_way=True,
    )


def begin_encoding_again(studio: Studio, arrival: Arrival) -> None:
    """Another part of the film is to be shown, or another poster: make that instead."""
    studio.jobs.stop(encoding(arrival.id))
    begin_film(studio, arrival)


def showing(slug: str) -> str:
    """The key of the job that makes a film which has its page playable from end to end, with pictures of it."""
    return f"show-{slug}"


def begin_showing(studio: Studio, film: Film) -> None:
    """Make the whole camera film playable, whatever part of it readers see, and choose pictures of it."""

    def work(teller: Teller) -> Mapping[str, Any]:
        teller.tell("Making the film playable")
        made = encode_early(
            studio.project, _defaults(studio), film.file, film.path, teller, quick=True
        )
        if made.folder is None:
            raise Refusal([p for p in made.problems if p.severity == "error"], ExitCode.CONTENT)
        teller.tell("Choosing pictures")
        stills = poster_choices(playable(made.folder, made_early(made.folder)))
        folder = made.folder.relative_to(studio.project).as_posix()
        return {"folder": folder, "stills": [still.at_s for still in stills]}

    studio.jobs.add(showing(film.slug), "To be played", work, urgency=_SOON, again=True)


def stop_film(studio: Studio, arrival: Arrival) -> None:
    """Let go of a film; what was made of it is kept."""
    studio.jobs.stop(encoding(arrival.id))
    studio.jobs.stop(looking(arrival.id))


def begin_build(studio: Studio) -> None:
    """Build the site with what can be shown soonest, then make the rest of the films and build again."""
    studio.jobs.add(SITE, "The site", _build(studio, quick=True), urgency=_AT_ONCE, again=True)
    studio.jobs.add(
        SITE_WHOLE,
        "All sizes of the films",
        _build(studio, quick=False),
        urgency=_LATER,
        gives_way=True,
        again=True,
    )


def begin_looking(studio: Studio, *, drafts: bool) -> None:
    """Look what a build would change, or at everything there is, drafts included."""
    studio.jobs.add(
        CHANGES, "What would change", _changes(studio, drafts=drafts), urgency=_AT_ONCE, again=True
    )


def publishing(place: str) -> str:
    """The key of the job that gives readers the site as it is written, at a place."""
    return f"publish-{place}"


def comparing(place: str) -> str:
    """The key of the job that looks what publishing to a place would change."""
    return f"compare-{place}"


def rolling_back(place: str) -> str:
    """The key of the job that gives readers the release before the last one again."""
    return f"rollback-{place}"


def begin_publishing(studio: Studio, place: str, *, only_look: bool = False) -> None:
    """Build, and publish to a place; or only look what that would change there."""
    key = comparing(place) if only_look else publishing(place)
    subject = "What readers would get" if only_look else "For readers"

    def work(teller: Teller) -> Mapping[str, Any]:
        teller.tell("Checking everything")
        return _told(publish(studio.project, Wish(place, dry_run=only_look), teller, studio.world))

    studio.jobs.add(key, subject, work, urgency=_AT_ONCE, again=True)


def begin_rolling_back(studio: Studio, place: str) -> None:
    """Give readers the release before the last one again."""

    def work(teller: Teller) -> Mapping[str, Any]:
        teller.tell("Putting it back")
        return _told(roll_back(studio.project, Wish(place), listener=teller, world=studio.world))

    studio.jobs.add(rolling_back(place), "The way back", work, urgency=_AT_ONCE, again=True)


def trying(place: str) -> str:
    """The key of the job that looks whether a place can be reached."""
    return f"try-{place}"


def begin_trying(studio: Studio, place: str) -> None:
    """Look whether a place can be reached and written to; nothing of the site is sent."""

    def work(teller: Teller) -> Mapping[str, Any]:
        teller.tell("Trying to reach it")
        return {"tried": asdict(look_at_place(studio.project, place))}

    studio.jobs.add(trying(place), "The place", work, urgency=_AT_ONCE, again=True)


def _told(done: Published) -> Mapping[str, Any]:
    plan = done.plan
    if plan is None:
        raise Refusal(done.report.errors, ExitCode.CONTENT)
    gone = [path for path in plan.withdrawn if is_page(path)]
    pages = {"new": done.new_pages, "changed": done.changed_pages, "gone": gone}
    return {
        "done": done.done,
        "live": done.live,
        "address": done.address,
        "nothing": plan.nothing_to_do,
        "encrypted": done.pages.in_words(would=not done.done),
        "bytes": plan.sends_bytes,
        "films": len(plan.new_films),
        "warnings": [problem.as_dict() for problem in done.report.warnings],
        **{
            name: [path.removesuffix("index.html") for path in paths]
            for name, paths in pages.items()
        },
    }


def _look(studio: Studio, arrival_id: str) -> Work:
    def work(teller: Teller) -> Mapping[str, Any]:
        arrival = _there(studio, arrival_id)
        film = studio.arrivals.film(arrival)
        teller.tell("Looking at the film")
        try:
            found = look_at(film)
            studio.arrivals.change(arrival_id, facts=facts_of(found))
            made = encode_early(
                studio.project, _defaults(studio), film, arrival.name, teller, quick=True
            )
            folder = _folder(made)
        except Refusal as refusal:
            if refusal.exit_code == ExitCode.CONTENT:
                what = refusal.problems[0]
                studio.arrivals.change(arrival_id, problem=f"{what.message}; {_hint(what)}")
            raise
        teller.tell("Choosing pictures")
        shown = playable(studio.project / folder, made_early(studio.project / folder))
        stills = poster_choices(shown)
        for number, still in enumerate(stills):
            studio.arrivals.put(arrival, f"still-{number}.jpg", still.jpeg)
        studio.arrivals.change(
            arrival_id, made=folder, stills=tuple(still.at_s for still in stills)
        )
        return {"film": arrival_id}

    def _folder(made: Produced) -> str:
        if made.folder is None:
            raise Refusal([p for p in made.problems if p.severity == "error"], ExitCode.CONTENT)
        return made.folder.relative_to(studio.project).as_posix()

    return work


def _hint(problem: Problem) -> str:
    """What to do about a film that was dropped: there is no folder to put another one into."""
    return problem.hint.replace("put that there", "drop that here")


def _encode(studio: Studio, arrival_id: str) -> Work:
    def work(teller: Teller) -> Mapping[str, Any]:
        arrival = _there(studio, arrival_id)
        if arrival.problem:  # said by the first look; nothing was made, and nothing is done
            what, _, hint = arrival.problem.partition("; ")
            unusable = Problem(arrival.name, what, hint, Code.MEDIA_NOT_A_VIDEO)
            raise Refusal([unusable], ExitCode.CONTENT)
        poster = (
            studio.arrivals.beside(arrival, f"poster{arrival.poster}") if arrival.poster else None
        )
        made = encode_early(
            studio.project,
            _defaults(studio),
            studio.arrivals.film(arrival),
            arrival.name,
            teller,
            trim=Trim(arrival.from_s, arrival.to_s),
            poster_at_s=arrival.poster_at_s,
            poster=poster,
        )
        errors = [p for p in made.problems if p.severity == "error"]
        if errors:
            raise Refusal(errors, ExitCode.CONTENT)
        return {"problems": [problem.as_dict() for problem in made.problems]}

    return work


def _build(studio: Studio, *, quick: bool) -> Work:
    def work(teller: Teller) -> Mapping[str, Any]:
        from kinopress.project.build import build  # noqa: PLC0415 - no page is made before that

        teller.tell("Checking everything")
        built = build(studio.project, teller, quick=quick)
        if built.report.errors:
            raise Refusal(built.report.errors, ExitCode.CONTENT)
        return {
            "anew": built.anew,
            "warnings": len(built.report.warnings),
            "pages": len(built.library.pages),
        }

    return work


def _changes(studio: Studio, *, drafts: bool) -> Work:
    def work(teller: Teller) -> Mapping[str, Any]:
        from kinopress.project.telling.changes import what_would_change  # noqa: PLC0415

        teller.tell("Building aside")
        found = what_would_change(studio.project, teller, drafts=drafts)
        if found.folder is None:
            raise Refusal(found.report.errors, ExitCode.CONTENT)
        return {
            "drafts": drafts,
            "folder": found.folder.relative_to(studio.project).as_posix(),
            "nothing": found.nothing,
            "files": found.files,
            **{
                name: [asdict(change) for change in changes]
                for name, changes in (
                    ("new", found.new),
                    ("changed", found.changed),
                    ("gone", found.gone),
                )
            },
        }

    return work


def _there(studio: Studio, arrival_id: str) -> Arrival:
    arrival = studio.arrivals.get(arrival_id)
    if arrival is None:
        gone = Problem("studio", "this film was removed", "drop it again", Code.MEDIA_MISSING)
        raise Refusal([gone], ExitCode.CONTENT)
    return arrival


def _defaults(studio: Studio) -> VideoDefaults:
    library = studio.now().library
    return VideoDefaults() if library is None else library.settings.video


def facts_of(found: Probe) -> dict[str, Any]:
    """What a coach wants to know of a film that has arrived."""
    values = asdict(found)
    names = ("width", "height", "duration_s", "codec", "bit_depth", "has_audio", "bytes")
    return {**{name: values[name] for name in names}, "hdr": found.is_hdr}
