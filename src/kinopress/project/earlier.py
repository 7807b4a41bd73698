"""The sites that stood in the site's place before: which are kept, and putting one back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kinopress.codes import Code
from kinopress.content.forms.output_folder import RELEASES, site_place
from kinopress.content.forms.settings import read_settings
from kinopress.problems import ExitCode, Problem, Refusal, quoted
from kinopress.project.folder import cannot_write, only_run
from kinopress.project.placing import in_place_or_refused, tell
from kinopress.system.releases import Kept, NotWhole, Releases


@dataclass(frozen=True, slots=True)
class PutBack:
    """An earlier site that is in place again.

    Attributes:
        site: Its folder.
        kept: The earlier site, as it was kept.
        problems: Warnings.
    """

    site: Path
    kept: Kept
    problems: list[Problem]


def earlier_sites(project: Path) -> list[Kept]:
    """The sites that are kept, the one that was replaced last before all others."""
    return Releases(project / RELEASES).all()


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
    kept = _chosen(project, digest)
    try:
        with in_place_or_refused(place, project, Code.SETTINGS_OUTPUT):
            outcome = place.put_back(kept.release.digest)
    except NotWhole as found:
        what = "this file of the earlier site was changed or taken away since"
        hint = "put another one back: kinopress back --list shows them. Or build the site again"
        path = found.path.absolute().relative_to(project.absolute()).as_posix()
        raise Refusal([Problem(path, what, hint, Code.BACK_CHANGED)], ExitCode.USAGE) from None
    return PutBack(place.folder, kept, problems + tell(outcome, place, project))


def _chosen(project: Path, digest: str | None) -> Kept:
    there = earlier_sites(project)
    if not there:
        what, hint = "no earlier site is kept yet", "a site is kept when a build replaces it"
    elif digest is None:
        return there[0]
    else:
        found = [kept for kept in there if kept.release.digest.startswith(digest)]
        if len(found) == 1 and digest:
            return found[0]
        what = f"{'several earlier sites are' if found else 'no earlier site is'} called {quoted(digest)}"
        hint = "kinopress back --list shows what each is called"
    raise Refusal([Problem("back", what, hint, Code.BACK_UNKNOWN)], ExitCode.USAGE)
