"""Where a test leaves the figures it measured: they stand at the end of the run's report."""

from __future__ import annotations

import pytest

FIGURES = pytest.StashKey[list[str]]()
FIGURES_OF_WORKER = "kinopress-figures"
"""What a worker of a run in several processes calls its figures when it hands them on."""
