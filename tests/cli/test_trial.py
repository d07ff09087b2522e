"""The sandbox and the demo as they are typed: what they tell is true, and wrong input is refused in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nsquilio.__main__ import main
from nsquilio.cli.demo import SCENES, shown_scene
from nsquilio.cli.trial import connecting

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
FILE = Path("/home/ann/served.yaml")


def test_served_world_of_this_hour_is_used_as_it_is() -> None:
    assert connecting(FILE, NOW + timedelta(seconds=20), NOW) == [
        f"  From another terminal: nsquilio --config {FILE} remind --dry-run"
    ]


def test_served_world_of_another_day_is_used_with_its_time() -> None:
    world = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)

    assert connecting(FILE, world, NOW) == [
        "  Its clock shows 2026-03-02 07:30 UTC, and it refuses logins of another time. From another terminal:",
        f"  NSQUILIO_NOW=2026-03-02T07:30:00Z nsquilio --config {FILE} remind --dry-run",
        '  For a world of today, first: nsquilio sandbox reset --start "$(date -u +%FT%TZ)"',
    ]


def test_start_of_a_world_that_is_no_time_is_wrong_usage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NSQUILIO_SANDBOX", str(tmp_path / "world"))

    assert main(["sandbox", "reset", "--start", "yesterday"]) == 2
    told = capsys.readouterr().err
    assert "'yesterday' is not a time" in told and "--start 2026-03-02T07:30:00Z" in told


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: " ".join(scene.arguments)[:40])
def test_what_the_demo_says_fits_a_window_of_100_columns(scene: object) -> None:
    assert max(len(line) for line in shown_scene(scene).splitlines()) <= 100  # type: ignore[arg-type]


def test_texts_and_keys_that_are_wrong_are_told_at_once_in_the_file_people_edit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NSQUILIO_SANDBOX", str(tmp_path))
    main(["--sandbox", "status"])
    config = tmp_path / "config.yaml"
    text = config.read_text().replace("limits:", "limts:").replace("invoice.number", "invoice.nmber", 1)
    config.write_text(text)
    capsys.readouterr()

    assert main(["--sandbox", "remind", "--dry-run"]) == 3

    told = capsys.readouterr().err
    assert f"{config}:36: reminders.steps[0].sms: 'invoice.nmber' is not known" in told
    assert f"{config}:67: limts: unknown key; did you mean 'limits'?" in told
    assert "running.yaml" not in told
