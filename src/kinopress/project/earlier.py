"""The sites that stood in the site's place before: which are kept, and putting one back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kinopress.codes import Code
from kinopress.content.forms.settings.output_folder import RELEASES, site_place
from kinopress.content.forms.settings.read import read_settings
from kinopress.problems import ExitCode, Problem, Refusal, quoted
from kinopress.project.folder import cannot_write, only_run
from kinopress.project.placing import in_place_or_refused, tell
from kinopress.system.release_record import read_release
from kinopress.system.releases import Kept, NotWhole, Releases


@dataclass(frozen=True, slots=True)
class PutBack:
    """An earlier site that is in place again.

    Attributes:
        site: Its folder.
        kept: The earlier site, as it was kept.
        replaced: Whether the site that was there is kept now; ``None``: there was none.
        problems: Warnings.
    """

    site: Path
    kept: Kept
    replaced: bool | None
    problems: list[Problem]


def earlier_sites(project: Path) -> list[Kept]:
    """The sites that are kept, the one that was replaced last before all others."""
    return Releases(project / RELEASES).all()


def torn_sites(project: Path) -> list[Kept]:
    """The sites that are kept and cannot be put back, since a file of them was changed or removed."""
    return Releases(project / RELEASES).torn()


def put_back(project: Path, digest: str | None = None) -> PutBack:
    """Put an earlier site in its place again; the one that is there now is kept in turn.

    Args:
        project: The project's folder.
        digest: How the digest of the earlier site begins; ``None``: the one replaced last.

    Raises:
        Refusal: there is no such site, or it is not as it was any more, or something else lies where
            its files must go (exit code 2); the disk (3); busy (5). The site is as it was.
    """
    try:
        with only_run(project, "putting an earlier site back"):
            return _put_back(project, digest)
    except OSError as error:
        raise cannot_write(project / str(error.filename or "site"), error) from None


def _put_back(project: Path, digest: str | None) -> PutBack:
    place = site_place(project, read_settings(project).site_dir)
    problems = tell(place.recover(), place, project)
    before = read_release(place.folder)
    kept = _chosen(project, before.digest if before else "", digest)
    try:
        with in_place_or_refused(place, project, Code.SETTINGS_OUTPUT):
            outcome = place.put_back(kept.release.digest)
    except NotWhole as found:
        raise _changed(found.path, project) from None
    now = {one.release.digest for one in earlier_sites(project)}
    replaced = before.digest in now if before is not None else None
    return PutBack(place.folder, kept, replaced, problems + tell(outcome, place, project))


def _changed(file: Path, project: Path) -> Refusal:
    what = "this file of the earlier site has since been changed or removed"
    hint = "put another one back: kinopress back --list shows them. Or build the site again"
    path = file.absolute().relative_to(project.absolute()).as_posix()
    return Refusal([Problem(path, what, hint, Code.BACK_CHANGED)], ExitCode.USAGE)


def _chosen(project: Path, in_place: str, digest: str | None) -> Kept:
    """The site that is meant: never another one because the one that is meant is torn."""
    # A run that died while it dropped the release that is in place again has torn that one.
    torn = [kept for kept in torn_sites(project) if kept.release.digest != in_place]
    there = [*earlier_sites(project), *torn]
    there.sort(key=lambda kept: kept.release.replaced_s, reverse=True)
    found = there
    if digest is not None:
        start = digest.strip().casefold()
        found = [kept for kept in there if start and kept.release.digest.startswith(start)]
    if found and (digest is None or len(found) == 1):
        lacking = found[0].first_lacking()
        if lacking is not None:
            raise _changed(lacking, project)
        return found[0]
    if not there or digest is None:
        what, hint = "no earlier site is kept yet", "a site is kept when a build replaces it"
    else:
        what = f"{'several earlier sites are' if found else 'no earlier site is'} called {quoted(digest)}"
        hint = "kinopress back --list shows what each is called"
    raise Refusal([Problem("back", what, hint, Code.BACK_UNKNOWN)], ExitCode.USAGE)
