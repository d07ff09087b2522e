"""A certificate's end is announced 60, 30, 14 and 7 days before, each once, however often a run asks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nsquilio.credentials.certificate import create_certificate
from nsquilio.credentials.rotation import write_certificate
from nsquilio.jobs.certificate_watch import certificate_warning

MADE = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
END = MADE + timedelta(days=730)


@pytest.fixture
def state(tmp_path: Path) -> Path:
    write_certificate(tmp_path, create_certificate("p256", "test", MADE)[1])
    return tmp_path


def days_warned_at(state: Path, days: list[int]) -> list[int]:
    """Of runs at so many days before the end, those that say something."""
    return [left for left in days if certificate_warning(state, END - timedelta(days=left))]


def test_each_limit_is_announced_once(state: Path) -> None:
    nightly = list(range(90, 0, -1))
    assert days_warned_at(state, nightly) == [60, 30, 14, 7]


def test_missed_nights_and_frequent_runs_change_nothing(state: Path) -> None:
    assert days_warned_at(state, [61, 58, 58, 57, 29, 29, 12, 5, 5, 1]) == [58, 29, 12, 5]


def test_words_name_days_date_and_command(state: Path) -> None:
    assert certificate_warning(state, END - timedelta(days=14)) == (
        "NetSuite's certificate ends in 14 days, on 2028-03-01. Renew it: nsquilio credentials "
        "create-certificate"
    )
    assert certificate_warning(state, END + timedelta(days=1)) == (
        "NetSuite's certificate has ended or ends today (2028-03-01). Renew it: "
        "nsquilio credentials create-certificate"
    )


def test_new_certificate_is_watched_anew(state: Path) -> None:
    assert certificate_warning(state, END - timedelta(days=60))
    write_certificate(state, create_certificate("p256", "test", END)[1])
    assert certificate_warning(state, END - timedelta(days=59)) is None
    assert certificate_warning(state, END + timedelta(days=730 - 60))


def test_no_certificate_is_no_news(tmp_path: Path) -> None:
    assert certificate_warning(tmp_path, MADE) is None


def test_nothing_about_it_fails_a_run(state: Path) -> None:
    (state / "certificate-warned.json").mkdir()
    assert certificate_warning(state, END - timedelta(days=60)) is None
    (state / "netsuite-certificate.pem").write_text("no certificate")
    assert certificate_warning(state, END - timedelta(days=60)) is None


def test_damaged_note_warns_again(state: Path) -> None:
    assert certificate_warning(state, END - timedelta(days=60))
    (state / "certificate-warned.json").write_text("{")
    assert certificate_warning(state, END - timedelta(days=59))
