"""The rows of `doctor` and `credentials test` as a table and as JSON: what was seen, and the fix where one
is due.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from nsquilio.jobs.checkup import CheckResult, Findings, Level
from nsquilio.render.advice import as_called
from nsquilio.render.safe import one_line

if TYPE_CHECKING:
    from rich.console import Console

_STYLES = {Level.OK: "green", Level.WARNING: "yellow", Level.FAILURE: "bold red"}


def findings_object(findings: Findings, schema: str) -> dict[str, Any]:
    return {
        "schema": schema,
        "run_id": None,
        "as_cron": findings.as_cron,
        "ok": not findings.count(Level.FAILURE),
        "counts": {str(level): findings.count(level) for level in Level},
        "checks": [_row(check) for check in findings.checks],
    }


def _row(check: CheckResult) -> dict[str, Any]:
    return {
        "name": check.name,
        "level": str(check.level),
        "saw": check.saw,
        "fix": check.fix or None,
        "exit_code": check.exit_code,
    }


def print_findings(findings: Findings, console: Console, command: str = "nsquilio") -> None:
    """`command`: how the program was called, so that a fix can be copied."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for check in findings.checks:
        level = Text(str(check.level), style=_STYLES[check.level])
        table.add_row(level, Text(check.name), Text(as_called(_lines(check.saw), command)))
        if check.fix:
            table.add_row(
                "", "", Text(f"Fix: {as_called(one_line(check.fix, 1_500), command)}", style="bold")
            )
    console.print(table)
    console.print(Text(_summary(findings)))


def _lines(saw: str) -> str:
    """Several problems of one configuration stand on lines of their own."""
    return "\n".join(one_line(line, 1_000) for line in saw.splitlines())


def findings_from(answer: Mapping[str, Any], *, as_cron: bool) -> Findings:
    """What another process printed with `findings_object`. `KeyError` and the like for anything else."""
    checks = [
        CheckResult(row["name"], Level(row["level"]), row["saw"], row["fix"] or "", row["exit_code"])
        for row in answer["checks"]
    ]
    return Findings(tuple(checks), as_cron)


def _summary(findings: Findings) -> str:
    where = " in cron's surroundings" if findings.as_cron else ""
    warnings, failures = findings.count(Level.WARNING), findings.count(Level.FAILURE)
    if not warnings and not failures:
        return f"{_counted(len(findings.checks), 'check')}{where}: all well."
    return (
        f"{_counted(len(findings.checks), 'check')}{where}: {_counted(failures, 'failure')}, "
        f"{_counted(warnings, 'warning')}."
    )


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
