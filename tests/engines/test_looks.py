"""A coach's own logo, icon, colour and font are on her pages; without them the pages are as they ever were."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kinopress.content.model.settings import Coach, Settings
from kinopress.engines.mkdocs.events import POLICY, policy_of
from kinopress.pages.site import Site
from support.command import type_in
from support.projects import SETTINGS, small_project, write

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="{}"/></svg>'
)
THEME = """name: material
  logo: pictures/logo.svg
  favicon: icon.svg
  palette: {primary: Deep Orange}"""


def test_logo_icon_and_colour_are_on_every_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = small_project(tmp_path / "site-of-anna")
    write(project / "mkdocs.yml", SETTINGS.replace("name: material", THEME))
    write(project / "docs/pictures/logo.svg", SVG.format(8))
    write(project / "docs/icon.svg", SVG.format(4))
    answer = type_in(capsys, "build", "--project", project)
    assert answer.code == 0, answer.out + answer.err
    site = project / "site"
    for path in ("index.html", "exercises/clam/index.html"):
        html = (site / path).read_text("utf-8")
        (logo,) = re.findall(r'<a class="kp-brand"[^>]*><img src="([^"]+)"', html)
        (icon,) = re.findall(r'<link rel="icon" href="([^"]+)"', html)
        assert logo != icon
        assert "data-kp-words" not in html, "English pages carry no words for scripts"
        assert 'height="8"' in (site / path).parent.joinpath(logo).read_text("utf-8")
        assert 'height="4"' in (site / path).parent.joinpath(icon).read_text("utf-8")
        ours, colours = html.index("assets/kinopress.css"), html.index("assets/colours.css")
        assert ours < colours, "its own colours come after the theme's"
    assert "--kp-brand:#" in (site / "assets/colours.css").read_text("utf-8")


def test_a_page_may_load_a_font_only_where_the_coach_has_one() -> None:
    file = Path("any")
    assert policy_of(Site((), {"pictures/a.svg": file}), Settings()) == POLICY
    assert policy_of(Site((), {"fonts/a.woff2": file}), Settings()) == f"{POLICY}; font-src 'self'"


def test_a_form_may_go_to_the_service_that_the_coach_chose_and_nowhere_else() -> None:
    settings = Settings(coach=Coach(form_url="https://forms.example.org:8443/f/abc?to=me"))
    fonts = Site((), {"fonts/a.woff2": Path("any")})
    assert policy_of(Site((), {}), settings) == f"{POLICY} https://forms.example.org:8443"
    assert "; form-action 'self' https://forms.example.org:8443; " in policy_of(fonts, settings)
