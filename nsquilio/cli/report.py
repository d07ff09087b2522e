"""`audit report`: the month beside the ledger, as HTML, CSV and XLSX."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nsquilio.cli.session import Session


def add_to(audit_app: typer.Typer) -> None:
    """Adds `report` to the `audit` commands."""
    audit_app.command("report")(report)


def report(
    context: typer.Context,
    month: Annotated[str, typer.Option("--month", metavar="YYYY-MM", help="In the company's time zone.")],
    html: Annotated[Path, typer.Option("--html", metavar="FILE", help="One page, nothing else needed.")],
    csv: Annotated[
        Path | None, typer.Option("--csv", metavar="DIR", help="Also one CSV file per table.")
    ] = None,
    xlsx: Annotated[
        Path | None, typer.Option("--xlsx", metavar="FILE", help="Also a workbook, one sheet per table.")
    ] = None,
) -> None:
    """The month: messages, answers, payments, ageing, cost and the history of every invoice."""
    session: Session = context.obj
    from nsquilio.jobs.report import report as run
    from nsquilio.render.report_files import write_report

    with session.app() as app:
        result = run(app.services(dry_run=True), month)
        write_report(result, html, csv, xlsx)
    also = [f"CSV in {csv}"] if csv else []
    also += [f"XLSX {xlsx}"] if xlsx else []
    session.tell(f"{month}: HTML {html}{''.join(f', {each}' for each in also)}. Audit head {result.head}")
