"""The studio stays small: what reads the site, opens films or builds does it in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kinopress.content.source import kept_pages
from kinopress.finder.index import build_index
from kinopress.project.build import build
from kinopress.studio.apart import doing
from kinopress.studio.run import working
from kinopress.studio.session import Session
from kinopress.studio.studio import Studio
from kinopress.studio.work import SITE, begin_build, encoding, looking
from kinopress.system.processors.apart import Lost, Say, apart, here
from support.command import HANGS_S
from support.projects import small_project, write
from support.small_films import film_page, make_film
from support.studio import Client, done, running_studio


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with running_studio(small_project(tmp_path), apart) as client, working(client.studio):
        yield client.open()


@pytest.mark.parametrize("built", [False, True])
def test_what_is_read_elsewhere_is_what_would_be_read_here(tmp_path: Path, built: bool) -> None:
    project = small_project(tmp_path)
    if built:  # then pages are known, and what is written in them is read when it is asked for
        build(project)
    there, report = apart(doing.read, project)
    library, said = doing.read(project)
    assert there == library
    assert [*report] == [*said]
    for name, page in there.pages.items():
        assert page.front == library.pages[name].front
        assert page.front.entries
        assert page.body == library.pages[name].body
    (name, page) = next((n, p) for n, p in apart(doing.read, project)[0].pages.items() if p.body)
    file = project / page.path
    file.write_text(file.read_text("utf-8") + "\nOne more <!-- aside --> word.\n", "utf-8")
    # Its text is read now: it was never sent.
    assert "One more" in apart(doing.read, project)[0].pages[name].body
    assert "aside" not in apart(doing.read, project)[0].pages[name].body


def test_what_the_studio_reads_is_not_made_ready_for_writing_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = []
    monkeypatch.setattr(kept_pages, "_dumped", lambda page, _, **__: packed.append(page) or b"")
    doing.read(small_project(tmp_path))
    assert packed == []


def test_what_comes_back_holds_nothing_that_was_made_for_the_check(tmp_path: Path) -> None:
    library, _ = apart(doing.read, small_project(tmp_path))
    assert set(vars(library)) == set(type(library).__dataclass_fields__)


def test_no_search_can_be_made_of_what_the_studio_keeps(tmp_path: Path) -> None:
    """It has no rules of warning signs: better none than one that warns of nothing."""
    library, _ = apart(doing.read, small_project(tmp_path))
    with pytest.raises(AssertionError, match="keeps no words of signs"):
        build_index(library, {})


def test_a_plan_that_comes_while_the_studio_runs_is_compared_with_the_site(tmp_path: Path) -> None:
    """The folder of clients is where the settings say; it is looked at, and read again only when it has changed."""
    project = small_project(tmp_path / "mine")
    settings = (project / "mkdocs.yml").read_text("utf-8")
    write(project / "mkdocs.yml", settings + "    clients: ../people\n")
    write(project / "docs/handout.txt", "Anna is afraid of stairs.")
    studio = Studio(project, Session(1234), apart=here)
    for words, said in (
        ("Bert loves stairs, if not all.", []),
        ("Anna is afraid of stairs.", ["client-copy"]),
        ("Bert is afraid of stairs.", []),
    ):
        write(tmp_path / "people/ab-1/plan.md", words)
        assert [problem.code for problem in studio.now().report.errors] == said
    assert studio.now() is studio.now()


def test_a_film_and_a_site_are_made_elsewhere(client: Client, tmp_path: Path) -> None:
    data = make_film(tmp_path / "hip.mov", seconds=1.0, size="320x180").read_bytes()
    begun = json.loads(client.send("/uploads", name="hip.mov", size=str(len(data))).text)
    client.ask("PUT", f"/uploads/{begun['id']}?offset=0", data)
    assert done(client, looking(begun["id"])) == "done"
    arrival = client.studio.arrivals.get(begun["id"])
    assert arrival is not None
    assert arrival.facts["width"] == 320
    assert len(arrival.stills) > 0
    assert client.ask("GET", f"/films/{begun['id']}/still?number=0").body[:2] == b"\xff\xd8"
    assert client.ask("GET", f"/films/{begun['id']}/still?at=0.5").body[:2] == b"\xff\xd8"
    assert done(client, encoding(begun["id"])) == "done"
    begin_build(client.studio)
    assert done(client, SITE) == "done"
    assert (client.studio.project / "site/index.html").is_file()


def test_a_site_is_read_here_where_no_process_lives_and_a_job_says_so(tmp_path: Path) -> None:
    def lost(do: Callable[..., Any], *values: Any, say: Say | None = None) -> Any:
        raise Lost

    with running_studio(small_project(tmp_path), lost) as client, working(client.studio):
        client.open()
        assert client.studio.now().library is not None
        begin_build(client.studio)
        assert done(client, SITE) == "failed"
        job = client.studio.jobs.of(SITE)
        assert job is not None
        assert "close other programs" in job.step


def test_a_screen_says_what_to_do_where_no_process_lives(tmp_path: Path) -> None:
    def lost(do: Callable[..., Any], *values: Any, say: Say | None = None) -> Any:
        raise Lost

    project = small_project(tmp_path)
    film_page(project, "hip", "trim: {from: 0, to: 0.5}")
    make_film(project / "videos/hip.mp4", seconds=1.0, size="320x180")
    with running_studio(project, lost) as client:
        client.open()
        # How long a film lasts is not known then; the page that asks is shown without it, and asks again.
        assert client.ask("GET", "/write/page?path=videos/hip.md").status == 200
        assert client.studio.film_s(project / "videos/hip.mp4") is None
        client.studio.apart = apart
        assert client.studio.film_s(project / "videos/hip.mp4") == pytest.approx(1.0, abs=0.1)
        client.studio.apart = lost
        picture = b"\xff\xd8\xff"
        sent = client.ask("PUT", "/footage/hip/poster", picture, Accept="*/*")
        assert (sent.status, sent.headers["content-type"][:10]) == (503, "text/plain")
        assert sent.text.startswith("This stopped before it was done; ")
        shown = client.ask("PUT", "/footage/hip/poster", picture)
        assert shown.status == 503
        assert "<h1>Not done</h1>" in shown.text
        assert "close other programs and try again" in shown.text
        assert "go back in the browser" in shown.text
        assert "<h1>Not found</h1>" in client.ask("GET", "/nowhere").text


def test_a_studio_whose_screens_were_opened_has_loaded_nothing_heavy(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    film_page(project, "hip", "trim: {from: 0, to: 0.5}")  # so that a check asks how long it is
    make_film(project / "videos/hip.mp4", seconds=1.0, size="320x180")
    statuses, loaded, for_a_text = _said_by(_OPENS_SCREENS, project)
    assert set(statuses.values()) == {200}, statuses
    assert "kinopress.studio.run" in loaded
    assert "markdown" in for_a_text
    assert not [
        name
        for name in for_a_text
        if name.startswith("kinopress.finder.") and name != "kinopress.finder.film_facts"
    ]
    # All of it is compiled by a process that ends before the studio begins.
    compiled = {*_said_by(_LOADS_ALL)}
    ours = ("kinopress.", "uvicorn.", "starlette.", "anyio.", "h11.", "jinja2.", "markdown.")
    left = {name for name in {*loaded, *for_a_text} - compiled if name.startswith(ours)}
    assert not {name for name in left if not name.startswith("kinopress.cli")}  # what asks for it
    assert not {"av", "PIL", "numpy", "mkdocs", "obstore", "kinopress.project.build"} & {*loaded}
    # What is kept of the site, not what checks, makes, publishes or draws it.
    assert not {
        "kinopress.content.read",
        "kinopress.project.live.publish",
        "kinopress.pages.place",
    } & {*loaded}
    assert not [
        name
        for name in loaded
        if name.startswith(("kinopress.video.", "kinopress.privacy.", "kinopress.figures."))
    ]


def _said_by(program: str, *values: object) -> Any:
    told = subprocess.run(
        [sys.executable, "-c", program, *map(str, values)],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])},
        capture_output=True,
        check=True,
        timeout=HANGS_S,
    )
    return json.loads(told.stdout)


_LOADS_ALL = """
import json, sys
from kinopress.studio.apart.programs import load_all
load_all(None)
print(json.dumps(sorted(sys.modules)))
"""
_OPENS_SCREENS = """
import json, sys
from pathlib import Path
from kinopress.system.processors.apart import apart
from support.studio import running_studio

SCREENS = ["/", "/films/new", "/write", "/write?kind=exercise", "/check", "/publish", "/publish/place", "/settings", "/words"]
PAGE = "videos/hip.md"
SCREENS += [f"/{screen}?path={PAGE}" for screen in ("write/page", "write/remove", "source")] + ["/footage/hip"]
with running_studio(Path(sys.argv[1]), apart) as client:
    client.open()
    statuses = {screen: client.ask("GET", screen).status for screen in SCREENS}
    opened = sorted(sys.modules)
    statuses["typed"] = client.send("/write/beside", path=PAGE, body="A *text*.").status
    print(json.dumps([statuses, opened, sorted({*sys.modules} - {*opened})]))
"""


@pytest.mark.parametrize("may", ["not", "but cannot"])
def test_the_process_that_stays_compiles_nothing_where_python_keeps_nothing(
    tmp_path: Path, may: str
) -> None:
    kept = tmp_path / "compiled"
    options = ["-B"] if may == "not" else []
    if options:
        kept.mkdir()
    else:
        kept.write_text(
            "No folder: nothing can be written below it, as in a read-only place.", "utf-8"
        )
    told = subprocess.run(
        [sys.executable, *options, "-c", _COMPILES],
        env=os.environ | {"PYTHONPYCACHEPREFIX": str(kept), "PYTHONDONTWRITEBYTECODE": ""},
        capture_output=True,
        check=True,
        timeout=HANGS_S,
    )
    before, compiled, folder = json.loads(told.stdout)
    assert before  # what it took to ask the other process
    assert not [name for name in compiled if "kinopress" in name]
    assert not Path(folder).exists()
    assert not kept.is_dir() or not [*kept.iterdir()]


_COMPILES = """
import json, sys
compiled = []
def heard(event, values):
    if event == "compile" and values[1] and not str(values[1]).startswith("<"):
        compiled.append(str(values[1]))
sys.addaudithook(heard)
from kinopress.studio.apart.programs import compiled_apart
with compiled_apart() as templates:
    assert len(templates) > 20
    before, folder = len(compiled), sys.pycache_prefix
    import kinopress.studio.run
print(json.dumps([before, compiled[before:], folder]))
"""
