"""A small project with a public plan, and plans for clients in it."""

from __future__ import annotations

import base64
import json
import shutil
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from unittest import mock

from kinopress import sealed
from kinopress.content.text.sums import sum_of

CASES = Path(__file__).resolve().parents[1] / "invalid"
PLAN = "weak-glutes-14"


def project_with_plan(folder: Path) -> Path:
    """A project whose one public plan is :data:`PLAN`."""
    shutil.copytree(CASES / "_base", folder)
    shutil.copytree(CASES / "accepted" / "plan", folder, dirs_exist_ok=True)
    for film in (folder / "videos").iterdir():
        film.unlink()
    return folder


def locked_with(rounds: int) -> AbstractContextManager[object]:
    """A key is locked behind a passphrase with so many rounds, which are what takes time where a page is made.

    Tests of what a browser opens keep to what it accepts, and tests/sealed holds how many they are in earnest.
    """
    return mock.patch.object(sealed.lock, "__defaults__", (rounds,))


def change(file: Path, old: str, new: str) -> None:
    """Replace something that is in a file once."""
    text = file.read_text("utf-8")
    assert text.count(old) == 1, (old, text)
    file.write_text(text.replace(old, new), "utf-8")


def code_of(value: Any) -> str:
    """What a client sends, as the page writes it."""
    data = json.dumps(value).encode()
    code = base64.urlsafe_b64encode(data).decode().rstrip("=")
    return f"[kinopress-plan:1:{code}:{sum_of(data)}]"
