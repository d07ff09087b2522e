"""A new state file for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nsquilio.store import Store
from tests.store.builders import a_state


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with a_state(tmp_path) as opened:
        yield opened
