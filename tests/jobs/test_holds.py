"""Holds by hand: a hold that would hold nothing is refused, alone and in a file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nsquilio.errors import WrongUsage
from nsquilio.jobs.find import find_target
from nsquilio.jobs.holds import add_hold, import_holds, release_hold
from tests.jobs.night import Night


@pytest.mark.parametrize("until", [date(2025, 12, 1), date(2026, 3, 2)], ids=["last year", "today"])
def test_hold_that_is_over_before_it_begins_is_refused(night: Night, until: date) -> None:
    services = night.services()

    with pytest.raises(
        WrongUsage, match=rf"ends on {until}, which is not after today \(2026-03-02\)"
    ) as refused:
        add_hold(services, "INV-1042", "asked for time", until)

    assert refused.value.next == "Give the first day on which it no longer holds, or leave it out."
    assert services.store.blocks.holds() == ()


def test_hold_until_tomorrow_is_taken(night: Night) -> None:
    assert add_hold(night.services(), "INV-1042", "asked for time", date(2026, 3, 3)).words == (
        "Hold 1: invoice INV-1042 until 2026-03-03."
    )


def test_file_with_a_hold_that_is_over_adds_none_of_its_holds(night: Night, tmp_path: Path) -> None:
    file = tmp_path / "holds.csv"
    file.write_text("target,reason,until\nINV-1042,asked,2026-03-09\nINV-1043,asked,2025-03-09\n", "utf-8")
    services = night.services()

    with pytest.raises(WrongUsage, match="ends on 2025-03-09"):
        import_holds(services, file)

    assert services.store.blocks.holds() == ()


def test_number_of_no_hold_is_told_as_such(night: Night) -> None:
    with pytest.raises(
        WrongUsage, match="No hold in force has the number 99, and nothing in NetSuite"
    ) as told:
        release_hold(night.services(), "99")

    assert told.value.next == "`nsquilio hold list` shows the holds and their numbers."


def test_empty_target_is_told_as_such(night: Night) -> None:
    with pytest.raises(WrongUsage, match="The target is empty"):
        find_target(night.services(), " ")


@pytest.mark.parametrize(
    ("target", "words"),
    [("INV-99999", "Nothing in NetSuite fits 'INV-99999'."), ("INV-1062", "fits 2 things.")],
)
def test_file_with_a_target_that_names_no_one_thing_says_the_row(
    night: Night, tmp_path: Path, target: str, words: str
) -> None:
    file = tmp_path / "holds.csv"
    file.write_text(f"target,reason,until\nINV-1042,asked,\n{target},asked,\n", "utf-8")
    services = night.services()

    with pytest.raises(WrongUsage) as told:
        import_holds(services, file)

    assert told.value.message.startswith(f"{file}:3: ")
    assert told.value.message.endswith(f"{words} No hold was added.")
    assert services.store.blocks.holds() == ()


def test_file_of_holds_that_is_not_there_is_told_apart_from_one_that_is_no_csv(
    night: Night, tmp_path: Path
) -> None:
    file = tmp_path / "holds.csv"
    with pytest.raises(WrongUsage, match=r"No such file or directory\. No hold was added\.") as told:
        import_holds(night.services(), file)
    assert told.value.next == "Name a CSV file that you may read; first line: target,reason,until"

    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(WrongUsage, match=r"it is not CSV in UTF-8\. No hold was added\.") as told:
        import_holds(night.services(), file)
    assert told.value.next == "Save it as CSV (UTF-8)."


def test_import_counts_the_holds_it_added(night: Night, tmp_path: Path) -> None:
    file = tmp_path / "holds.csv"
    file.write_text("target,reason,until\nINV-1042,asked,\n", "utf-8")
    assert import_holds(night.services(), file).words.startswith("1 hold added.")
