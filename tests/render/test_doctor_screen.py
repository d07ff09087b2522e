"""The rows of `doctor` on a screen."""

from __future__ import annotations

from nsquilio.jobs.checkup import CheckResult, Findings, failure, ok
from nsquilio.render.doctor import print_findings
from tests.render.screens import screen


def shown(*checks: CheckResult, command: str = "nsquilio") -> list[str]:
    lines = screen(lambda console: print_findings(Findings(checks), console, command))
    return [line.rstrip() for line in lines]


def test_problems_of_a_configuration_stand_on_lines_of_their_own() -> None:
    wrong = failure("configuration", "2 problems:\n  c.yaml:9: a\x1b[2J\n  c.yaml:12: b", "Correct c.yaml.")
    assert shown(wrong)[:4] == [
        "failure  configuration  2 problems:",
        "                          c.yaml:9: a\\u001b[2J",
        "                          c.yaml:12: b",
        "                        Fix: Correct c.yaml.",
    ]


def test_fix_names_the_command_as_it_was_called() -> None:
    wrong = failure("configuration", "wrong", "Correct c.yaml, then run `nsquilio doctor`.")
    unwatched = ok("monitoring", "no ping_url; watch: nsquilio status --max-age 26h")
    rows = "\n".join(shown(wrong, unwatched, command="nsquilio --config /etc/ar.yaml"))
    assert "then run `nsquilio --config /etc/ar.yaml doctor`." in rows
    assert "watch: nsquilio --config /etc/ar.yaml status --max-age 26h" in rows
