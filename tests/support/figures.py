"""Where a test leaves the figures it measured: they stand at the end of the run's report."""

from __future__ import annotations

import pytest

FIGURES = pytest.StashKey[list[str]]()
