"""One fork server for all tests of a process; one town for the tests of a module, made anew for each."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.endurance.children import Children
from tests.endurance.town import Town, open_children, open_town


@pytest.fixture(scope="session")
def children(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Children]:
    os.environ.setdefault("HOME", "/nonexistent")
    with open_children(tmp_path_factory.mktemp("children")) as opened:
        yield opened


@pytest.fixture(scope="module")
def town_of_module(tmp_path_factory: pytest.TempPathFactory, children: Children) -> Iterator[Town]:
    with open_town(tmp_path_factory.mktemp("town"), children) as opened:
        yield opened


@pytest.fixture
def town(town_of_module: Town) -> Town:
    town_of_module.back_to("first")
    town_of_module.printed.clear()
    return town_of_module
