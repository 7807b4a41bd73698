"""Which jobs the studio has, and what it keeps of what they find; ``doing`` does them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kinopress.codes import Code
from kinopress.content.model.films import Film
from kinopress.content.model.settings import VideoDefaults
from kinopress.media.trim import Trim
from kinopress.problems import ExitCode, Problem, Refusal
from kinopress.project.live.wish import Wish
from kinopress.studio.apart import doing
from kinopress.studio.apart.teller import Teller
from kinopress.studio.arrivals import Arrival
from kinopress.studio.jobs import Work
from kinopress.studio.studio import Studio

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
        folder, stills = studio.apart(
            doing.make_playable,
            studio.project,
            _defaults(studio),
            film.file,
            film.path,
            say=teller.say,
        )
        return {"folder": folder, "stills": [at_s for at_s, _ in stills]}

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
        wish = Wish(place, dry_run=only_look)
        return studio.apart(doing.publish_site, studio.project, wish, studio.world, say=teller.say)

    studio.jobs.add(key, subject, work, urgency=_AT_ONCE, again=True)


def begin_rolling_back(studio: Studio, place: str) -> None:
    """Give readers the release before the last one again."""

    def work(teller: Teller) -> Mapping[str, Any]:
        return studio.apart(
            doing.put_back, studio.project, Wish(place), studio.world, say=teller.say
        )

    studio.jobs.add(rolling_back(place), "The way back", work, urgency=_AT_ONCE, again=True)


def trying(place: str) -> str:
    """The key of the job that looks whether a place can be reached."""
    return f"try-{place}"


def begin_trying(studio: Studio, place: str) -> None:
    """Look whether a place can be reached and written to; nothing of the site is sent."""

    def work(teller: Teller) -> Mapping[str, Any]:
        return studio.apart(doing.try_place, studio.project, place, say=teller.say)

    studio.jobs.add(trying(place), "The place", work, urgency=_AT_ONCE, again=True)


def _look(studio: Studio, arrival_id: str) -> Work:
    def work(teller: Teller) -> Mapping[str, Any]:
        arrival = _there(studio, arrival_id)
        film = studio.arrivals.film(arrival)
        teller.tell("Looking at the film")
        try:
            found = studio.apart(doing.facts, film)
            studio.arrivals.change(arrival_id, facts=found)
            folder, stills = studio.apart(
                doing.make_playable,
                studio.project,
                _defaults(studio),
                film,
                arrival.name,
                say=teller.say,
            )
        except Refusal as refusal:
            if refusal.exit_code == ExitCode.CONTENT:
                what = refusal.problems[0]
                studio.arrivals.change(arrival_id, problem=f"{what.message}; {_hint(what)}")
            raise
        for number, (_, jpeg) in enumerate(stills):
            studio.arrivals.put(arrival, f"still-{number}.jpg", jpeg)
        studio.arrivals.change(arrival_id, made=folder, stills=tuple(at_s for at_s, _ in stills))
        return {"film": arrival_id}

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
        return studio.apart(
            doing.encode,
            studio.project,
            _defaults(studio),
            studio.arrivals.film(arrival),
            arrival.name,
            Trim(arrival.from_s, arrival.to_s),
            arrival.poster_at_s,
            poster,
            say=teller.say,
        )

    return work


def _build(studio: Studio, *, quick: bool) -> Work:
    def work(teller: Teller) -> Mapping[str, Any]:
        return studio.apart(doing.build_site, studio.project, quick, say=teller.say)

    return work


def _changes(studio: Studio, *, drafts: bool) -> Work:
    def work(teller: Teller) -> Mapping[str, Any]:
        return studio.apart(doing.changes, studio.project, drafts, say=teller.say)

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
