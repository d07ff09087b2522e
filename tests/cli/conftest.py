"""A set-up that works, for tests that break one thing in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cli.admin_side import Golden, Setup, a_golden_setup


@pytest.fixture(scope="session")
def golden(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Golden]:
    with a_golden_setup(tmp_path_factory.mktemp("golden")) as made:
        yield made


@pytest.fixture
def setup(golden: Golden, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Setup:
    golden.restored()
    monkeypatch.setenv("HOME", str(golden.home))
    monkeypatch.setenv("NSQUILIO_NOW", golden.world.now().isoformat())
    return Setup(golden.world, golden.base_url, golden.config, capsys)
