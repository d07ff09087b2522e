"""One line when NetSuite's certificate comes near its end: 60, 30, 14 and 7 days before, each once.

Remembers in the state directory what was said, so that neither frequent nor missed runs change that.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from nsquilio.credentials.certificate import WARN_AT_DAYS, valid_between
from nsquilio.credentials.rotation import read_certificate
from nsquilio.credentials.secure_files import read_private, write_private
from nsquilio.errors import NsquilioError

_REMEMBERED = "certificate-warned.json"


def certificate_warning(state_directory: Path, now: datetime) -> str | None:
    """The line, where one is due now; None when there is nothing to say, or no certificate is kept here.

    Never raises: a run does not fail for a warning.
    """
    try:
        pem = read_certificate(state_directory)
        return None if pem is None else _due(state_directory, valid_between(pem)[1], now)
    except NsquilioError:
        return None


def _due(directory: Path, end: datetime, now: datetime) -> str | None:
    days = (end - now).days
    reached = min((limit for limit in WARN_AT_DAYS if days <= limit), default=None)
    if reached is None:
        return None
    last = {"end": end.isoformat(), "said": reached}
    if _remembered(directory) == last:
        return None
    write_private(directory / _REMEMBERED, json.dumps(last).encode())
    ends = (
        f"ends in {days} days, on {end:%Y-%m-%d}" if days > 0 else f"has ended or ends today ({end:%Y-%m-%d})"
    )
    return f"NetSuite's certificate {ends}. Renew it: nsquilio credentials create-certificate"


def _remembered(directory: Path) -> object:
    try:
        return json.loads(read_private(directory / _REMEMBERED, "The note of certificate warnings") or b"{}")
    except ValueError:
        return {}
