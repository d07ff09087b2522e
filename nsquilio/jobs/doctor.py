"""Checks one set-up from end to end: this machine first, then one request per thing at each service.

Changes nothing anywhere and sends nothing; it works without a state file and while a run is going on.
"""

from __future__ import annotations

from collections.abc import Callable

from nsquilio.errors import NsquilioError
from nsquilio.jobs.checkup import Check, CheckResult, Findings, Subject, failed
from nsquilio.jobs.doctor_local import CHECKS
from nsquilio.jobs.doctor_netsuite import clock_row, netsuite_rows
from nsquilio.jobs.doctor_twilio import sendgrid_row, twilio_rows


def doctor(subject: Subject, progress: Callable[[str], None] = lambda what: None) -> Findings:
    rows = []
    for name, check in CHECKS:
        progress(name)
        rows.append(_row(name, check, subject))
    progress("NetSuite")
    of_netsuite, netsuite_skew = netsuite_rows(subject)
    progress("Twilio")
    of_twilio, twilio_skew = twilio_rows(subject)
    progress("SendGrid")
    clock = clock_row({"NetSuite": netsuite_skew, "Twilio": twilio_skew})
    return Findings((*rows, clock, *of_netsuite, *of_twilio, sendgrid_row(subject)))


def configuration_failed(problem: NsquilioError) -> Findings:
    """Nothing else can be checked without a configuration."""
    return Findings((failed("configuration", problem),))


def _row(name: str, check: Check, subject: Subject) -> CheckResult:
    try:
        return check(subject)
    except NsquilioError as problem:
        return failed(name, problem)
    except OSError as problem:
        fix = "Let the user who runs nsquilio read and write there."
        return failed(name, NsquilioError(f"{problem.filename or 'A file'}: {problem.strerror}.", fix))
