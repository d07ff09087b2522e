"""`audit report` and `remind --days` as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nsquilio.__main__ import main


@pytest.fixture
def sandbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NSQUILIO_SANDBOX", str(tmp_path / "sandbox"))
    assert main(["--quiet", "sandbox", "reset", "--start", "2026-03-02T14:00:00+00:00"]) == 0
    return tmp_path


def test_report_writes_its_files_and_says_where(sandbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    html, folder, book = sandbox / "r.html", sandbox / "csv", sandbox / "r.xlsx"
    assert main(["--quiet", "--sandbox", "remind"]) == 0

    code = main(
        [
            "--sandbox",
            "audit",
            "report",
            "--month",
            "2026-03",
            "--html",
            str(html),
            "--csv",
            str(folder),
            "--xlsx",
            str(book),
        ]
    )

    assert code == 0
    assert capsys.readouterr().out.startswith(
        f"2026-03: HTML {html}, CSV in {folder}, XLSX {book}. Audit head "
    )
    assert "INV-1057" in html.read_text(encoding="utf-8")
    assert (folder / "history.csv").exists()
    assert book.stat().st_mode & 0o077 == 0


def test_wrong_month_is_a_wrong_command_line(sandbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["--sandbox", "audit", "report", "--month", "March", "--html", str(sandbox / "r.html")])

    assert code == 2
    assert capsys.readouterr().err == "nsquilio: 'March' is not a month.\n  Next: Write it as 2026-03.\n"


def test_place_that_cannot_be_written_is_a_failed_disk(
    sandbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(
        ["--sandbox", "audit", "report", "--month", "2026-03", "--html", str(sandbox / "no" / "r.html")]
    )

    assert code == 4
    assert "The report cannot be written: No such file or directory" in capsys.readouterr().err


def test_next_days_are_shown_and_come_as_json(sandbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--sandbox", "remind", "--dry-run", "--days", "3"]) == 0
    assert capsys.readouterr().out.startswith("THE NEXT 3 DAYS if nobody pays or answers")

    assert main(["--sandbox", "remind", "--dry-run", "--days", "3", "--format", "json"]) == 0
    days = json.loads(capsys.readouterr().out)["days"]
    assert [day["day"] for day in days] == ["2026-03-02", "2026-03-03", "2026-03-04"]
