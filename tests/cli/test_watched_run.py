"""What surrounds a run: log, pings, the certificate's warning. None of it changes how the run ends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from nsquilio.app import App
from nsquilio.cli.session import Session
from nsquilio.cli.watched_run import watched_run
from nsquilio.errors import Braked
from nsquilio.jobs.results import Problem
from nsquilio.store import Store
from tests.cli.admin_side import Setup
from tests.remote.monitor import Monitor, a_monitor, url_of


@dataclass(frozen=True)
class Result:
    run_id: str
    problems: tuple[Problem, ...] = ()
    exit_codes: list[int] = field(default_factory=list)


@pytest.fixture
def monitor() -> Iterator[Monitor]:
    with a_monitor() as served:
        yield served


def log_of(setup: Setup) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (setup.state / "runs.log").read_text().splitlines()]


@dataclass
class Run:
    """One watched run of the command `remind`."""

    setup: Setup

    def do(self, exit_code: int = 0, raising: Exception | None = None) -> None:
        session = Session(config=self.setup.config)
        with session.app() as app:
            store = app.store()
            self._watched(session, app, store, exit_code, raising)

    def _watched(
        self, session: Session, app: App, store: Store, exit_code: int, raising: Exception | None
    ) -> None:
        with watched_run(session, app, "remind", store) as watch:
            run_id = store.runs.begin("remind", app.clock(), live=True, actor="cron")
            if raising:
                raise raising
            problem = Problem("rejected", "text to +14155550123 refused", "status", exit_code)
            problems = (problem,) if exit_code else ()
            line = {"key": "1042:late-7:preferred", "to": "+14155550123", "status": "sent"}
            watch.ended(Result(run_id, problems, [exit_code] if exit_code else []), store, [line], read=54)


def with_pings(setup: Setup, monitor: Monitor) -> None:
    setup.replace("{ping_url: }", f"{{ping_url: '{url_of(monitor)}'}}")


def test_good_run_is_logged_and_pinged_with_the_audit_head(setup: Setup, monitor: Monitor) -> None:
    with_pings(setup, monitor)
    Run(setup).do()
    lines = log_of(setup)
    assert [line["event"] for line in lines] == ["started", "message", "ended"]
    assert len({line["run"] for line in lines}) == 1
    assert lines[0]["run"] != "none"
    assert (lines[1]["to"], lines[1]["key"]) == ("+1*****0123", "1042:late-7:preferred")
    head = lines[2]["audit_head"]
    assert (lines[2]["exit_code"], lines[2]["read"]) == (0, 54)
    assert [(path, body) for path, body, _login in monitor.seen] == [
        ("/check/1/start", ""),
        ("/check/1", f"audit head {head}\n"),
    ]


def test_run_with_a_failed_item_is_pinged_with_its_code(setup: Setup, monitor: Monitor) -> None:
    with_pings(setup, monitor)
    Run(setup).do(exit_code=1)
    problem = next(line for line in log_of(setup) if line["event"] == "problem")
    assert (problem["level"], problem["what"]) == ("warning", "text to +1*****0123 refused")
    assert monitor.seen[-1][0] == "/check/1/1"


@pytest.mark.parametrize(
    ("problem", "code", "name"),
    [(Braked("Too many."), 6, "braked"), (RuntimeError("secret words"), 70, "bug")],
)
def test_failed_run_is_logged_and_pinged_and_still_fails(
    setup: Setup, monitor: Monitor, problem: Exception, code: int, name: str
) -> None:
    with_pings(setup, monitor)
    with pytest.raises(type(problem)):
        Run(setup).do(raising=problem)
    last = log_of(setup)[-1]
    assert (last["event"], last["exit_code"], last["code"], last["level"]) == ("failed", code, name, "error")
    assert last["run"] != "none"
    assert "secret words" not in json.dumps(last)
    assert monitor.seen[-1][0] == f"/check/1/{code}"


def test_monitor_that_is_down_changes_nothing(setup: Setup) -> None:
    setup.replace("{ping_url: }", "{ping_url: 'http://127.0.0.1:9/x'}")
    Run(setup).do()
    assert log_of(setup)[-1]["event"] == "ended"


def test_log_that_cannot_be_written_is_said_once(setup: Setup) -> None:
    (setup.state / "runs.log").mkdir()
    Run(setup).do()
    assert setup.capture is not None
    err = setup.capture.readouterr().err
    assert err == (
        f"nsquilio: The log {setup.state / 'runs.log'} cannot be written: Is a directory. "
        "The run itself went on.\n"
    )


def test_certificate_near_its_end_is_one_line_once(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    setup.world.advance(timedelta(days=700))
    monkeypatch.setenv("NSQUILIO_NOW", setup.world.now().isoformat())
    assert setup.capture is not None
    Run(setup).do()
    assert setup.capture.readouterr().err == (
        "nsquilio: NetSuite's certificate ends in 29 days, on 2028-03-01. Renew it: "
        "nsquilio credentials create-certificate\n"
    )
    Run(setup).do()
    assert setup.capture.readouterr().err == ""


def test_good_run_says_nothing(setup: Setup, tmp_path: Path) -> None:
    Run(setup).do()
    assert setup.capture is not None
    assert setup.capture.readouterr() == ("", "")
