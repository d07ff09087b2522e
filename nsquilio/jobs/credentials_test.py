"""Talks to each service with the stored credentials and says in plain words what is wrong with which of them.

Sends no message and changes nothing.
"""

from __future__ import annotations

from nsquilio.errors import NsquilioError
from nsquilio.jobs.checkup import CheckResult, Findings, Level, Subject, failed
from nsquilio.jobs.doctor_local import credentials
from nsquilio.jobs.doctor_netsuite import login_row as netsuite_login
from nsquilio.jobs.doctor_twilio import login_row as twilio_login
from nsquilio.jobs.doctor_twilio import sendgrid_row


def try_credentials(subject: Subject) -> Findings:
    """The store, then each service. With `subject.following` NetSuite alone, with the waiting certificate."""
    if subject.following:
        return Findings((_netsuite(subject),))
    try:
        stored = credentials(subject)
    except NsquilioError as problem:
        # A store that cannot be opened would be said three times more.
        return Findings((failed("credentials", problem),))
    services = (_netsuite(subject), _twilio(subject), sendgrid_row(subject))
    return Findings((stored, *services) if stored.level is Level.FAILURE else services)


def _netsuite(subject: Subject) -> CheckResult:
    try:
        return netsuite_login(subject, subject.netsuite())
    except NsquilioError as problem:
        return failed("NetSuite login", problem)


def _twilio(subject: Subject) -> CheckResult:
    try:
        return twilio_login(subject.twilio())
    except NsquilioError as problem:
        return failed("Twilio login", problem)
