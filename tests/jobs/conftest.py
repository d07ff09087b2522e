"""The sandbox over real HTTP, with a real state file, for every test of a job."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.jobs.inbound_builders import desk as desk
from tests.jobs.night import Night, open_night


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Night]:
    """The small world of seed 1 on Monday 2 March 2026, 14:00 UTC (09:00 in New York); its clock stands still."""
    with open_night(tmp_path) as opened:
        yield opened
