"""The checks that ask nobody but this machine: configuration, texts, credentials, certificate, state, disk,
cron.

Changes nothing: no state file is made, no lock is taken for longer than a look.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from nsquilio.core.message_words import TextItem
from nsquilio.core.model import Customer, Invoice
from nsquilio.core.rules import Step
from nsquilio.core.segments import Segments, segments
from nsquilio.core.template_check import template_problems
from nsquilio.core.wording import text_for
from nsquilio.credentials.certificate import WARN_AT_DAYS, key_matches, valid_between
from nsquilio.credentials.rotation import certificate_file, read_certificate
from nsquilio.credentials.shapes import check_shape
from nsquilio.errors import NsquilioError
from nsquilio.jobs.checkup import CheckResult, Subject, failure, ok, warning
from nsquilio.lock import lock_holder
from nsquilio.store import files

MOST_SEGMENTS = 3
LITTLE_SPACE = 500_000_000
LONG_RUN = timedelta(minutes=30)


def configuration(subject: Subject) -> CheckResult:
    steps = len(subject.rules.reminders.steps)
    saw = (
        f"{subject.config_file}: profile {subject.rules.profile}, {steps} reminder "
        f"step{'s' if steps != 1 else ''}"
    )
    if subject.config_warnings:
        return warning(
            "configuration",
            f"{saw}. {' '.join(subject.config_warnings)}",
            "Change what is said, then run it again.",
        )
    return ok("configuration", saw)


def account(subject: Subject) -> CheckResult:
    """The id's form was checked when the configuration was read; here it is shown where it leads."""
    kind = "a sandbox account" if "_" in subject.netsuite_account else "an account"
    saw = f"{subject.netsuite_account}, {kind}, at {subject.netsuite_url}"
    if subject.netsuite_url.startswith("https://"):
        return ok("account id", saw)
    return ok("account id", f"{saw} (base_url: a test server on this machine)")


def templates(subject: Subject) -> CheckResult:
    company, unset = subject.rules.company, subject.columns.unset()
    steps = subject.rules.reminders.steps
    problems = [f"{step.id}: {words}" for step in steps for words in template_problems(step, company, unset)]
    if problems:
        return failure("templates", "; ".join(problems), "Correct the texts under reminders.steps.")
    sizes = [_size(step, subject) for step in subject.rules.reminders.steps if step.sms]
    if not sizes:
        return ok("templates", "no step has a text; mails only")
    saw = f"segments of a text: {', '.join(f'{step.id} {_words(size)}' for step, size in sizes)}"
    dear = [(step, size) for step, size in sizes if size.count > MOST_SEGMENTS or size.encoding != "GSM-7"]
    if not dear:
        return ok("templates", saw)
    return warning("templates", saw, " ".join(_why_dear(step, size) for step, size in dear))


def _size(step: Step, subject: Subject) -> tuple[Step, Segments]:
    """As a customer with one invoice would get it for the first time."""
    days = step.due_offset if step.due_offset is not None else 3
    amount = Decimal("9400.00")
    invoice = Invoice(
        "1042", "INV-1042", "88", date(2026, 3, 7), amount, amount, subject.rules.company.currency
    )
    customer = Customer(id="88", name="Example Customer Ltd")
    return step, segments(
        text_for(step, [TextItem(invoice, days)], customer, subject.rules.company, "", True)
    )


def _words(size: Segments) -> str:
    return str(size.count) if size.encoding == "GSM-7" else f"{size.count} ({size.encoding})"


def _why_dear(step: Step, size: Segments) -> str:
    if size.encoding != "GSM-7":
        return (
            f"{step.id}: the character {size.breaker!r} makes every part hold 67 letters instead of 153; "
            "replace it."
        )
    return f"{step.id}: shorten it, each segment is billed."


def credentials(subject: Subject) -> CheckResult:
    """Whether each needed one is there and looks like what its name says; never a character of one."""
    store = subject.credentials()
    needed = subject.needed()
    missing, wrong = [], []
    for name in needed:
        value = store.find(name)
        if value is None:
            missing.append(name)
        elif problem := check_shape(name, value):
            wrong.append(problem)
    if missing:
        saw = f"{store.place}: not set: {', '.join(missing)}"
        return failure("credentials", saw, f"Run: {'; '.join(_commands(missing))}")
    if wrong:
        return failure(
            "credentials",
            f"{store.place}: {' '.join(wrong)}",
            "Set them again: nsquilio credentials set NAME",
        )
    return ok("credentials", f"{len(needed)} needed, all set in {store.place}")


def _commands(missing: list[str]) -> Iterator[str]:
    others = [name for name in missing if name != "netsuite.private_key"]
    if len(others) < len(missing):
        yield "nsquilio credentials create-certificate"
    if others:
        # Without a name it asks for all that are missing.
        yield f"nsquilio credentials set{f' {others[0]}' if len(others) == 1 else ''}"


def credentials_under_cron(subject: Subject) -> CheckResult:
    name = "credentials under cron"
    try:
        subject.read_as_cron()
    except NsquilioError as problem:
        # Inside a unit the key may come from systemd, which a crontab's jobs do not get.
        if os.environ.get("CREDENTIALS_DIRECTORY"):
            return warning(
                name, f"only this unit can read them: {problem.message}", "Good, if no crontab runs nsquilio."
            )
        return failure(name, f"a job of cron could not read them: {problem.message}", problem.next)
    return ok(name, "readable with cron's few variables and no session")


def key_and_certificate(subject: Subject) -> CheckResult:
    name = "key and certificate"
    private = subject.credentials().find("netsuite.private_key")
    if private is None:
        return failure(name, "there is no private key", "Run: nsquilio credentials create-certificate")
    pem = read_certificate(subject.state_directory)
    if pem is None:
        place = certificate_file(subject.state_directory)
        fix = f"Put a copy of the certificate at {place} to be warned before it ends."
        return warning(name, "the certificate was made elsewhere, so its days are not known here", fix)
    if not key_matches(private, pem):
        return failure(
            name,
            "netsuite.private_key is not the key of the certificate kept here",
            "Set the right key, or make a new pair with: nsquilio credentials create-certificate",
        )
    return certificate_row(name, valid_between(pem), subject.now)


def certificate_row(name: str, valid: tuple[datetime, datetime], now: datetime) -> CheckResult:
    begins, ends = valid
    days = (ends - now).days
    renew = (
        "Run: nsquilio credentials create-certificate (the old one goes on working until you promote the "
        "new one)"
    )
    if now < begins:
        saw = (
            f"the certificate is valid only from {begins:%Y-%m-%d %H:%M} UTC; this machine's clock says "
            f"{now:%Y-%m-%d %H:%M}"
        )
        return failure(
            name,
            saw,
            "Set the clock, or wait; else make a new one with: nsquilio credentials create-certificate",
        )
    if now >= ends:
        return failure(name, f"the certificate expired on {ends:%Y-%m-%d}; NetSuite refuses the login", renew)
    saw = f"they belong together; {days} days left, until {ends:%Y-%m-%d}"
    return warning(name, saw, renew) if days <= WARN_AT_DAYS[0] else ok(name, saw)


def state_file(subject: Subject) -> CheckResult:
    folder, name = subject.state_directory, "state file"
    if not os.path.lexists(folder):
        return ok(name, f"none yet; the first run makes it in {folder}")
    files.check_private(folder, 0o700)
    files.refuse_network(folder)
    if not os.access(folder, os.W_OK | os.X_OK):
        return failure(name, f"{folder} cannot be written to", f"chmod u+rwx {folder}")
    if not (folder / "state.db").exists():
        return ok(name, f"none yet; the first run makes it in {folder}")
    state = subject.state()
    try:
        oldest = state.oldest_personal()
    finally:
        state.close()
    size = (folder / "state.db").stat().st_size / 1e6
    saw = f"{folder / 'state.db'}, {size:.1f} MB, of this profile and these accounts"
    kept_from = _years_before(subject.now, subject.retention_years)
    if oldest is not None and oldest < kept_from:
        saw += f"; holds messages since {oldest:%Y-%m-%d}, longer than retention_years ({subject.retention_years})"
        return warning(name, saw, f"Run: nsquilio audit erase --before {kept_from:%Y-%m-%d}")
    return ok(name, saw)


def _years_before(now: datetime, years: int) -> datetime:
    """The 29th of February of a year without one counts as the 28th."""
    day = now.day if (now.month, now.day) != (2, 29) else 28
    return now.replace(year=now.year - years, day=day)


def disk_space(subject: Subject) -> CheckResult:
    place = _existing(subject.state_directory)
    room = os.statvfs(place)
    free = room.f_bavail * room.f_frsize
    saw = f"{free / 1e9:.1f} GB free for {subject.state_directory}"
    if free < files.FREE_BYTES_NEEDED:
        return failure("disk space", saw, "Free some space: below 50 MB nothing is sent.", 4)
    return (
        warning("disk space", saw, "Free some space soon.") if free < LITTLE_SPACE else ok("disk space", saw)
    )


def _existing(path: Path) -> Path:
    return next((place for place in (path, *path.parents) if place.exists()), Path("/"))


def lock(subject: Subject) -> CheckResult:
    halt = subject.state_directory / "HALT"
    if os.path.lexists(halt):
        return warning("lock", f"{halt} is there, so nothing is sent", f"When it may go on: rm {halt}")
    holder = lock_holder(subject.state_directory)
    if holder is None:
        return ok("lock", "free: no run is going on")
    saw = (
        f"held by {holder.get('command', 'a run')}, process {holder.get('pid', '?')}, since "
        f"{holder.get('started', '?')}"
    )
    try:
        is_long = subject.now - datetime.fromisoformat(holder["started"]) > LONG_RUN
    except (KeyError, ValueError, TypeError):
        is_long = False
    fix = "It takes long. If it hangs, end that process; the next run carries on."
    return warning("lock", saw, fix) if is_long else ok("lock", saw)


def cron_environment(subject: Subject) -> CheckResult:
    name = "cron environment"
    trouble = subject.start_as_cron()
    if trouble:
        return failure(
            name, trouble, "Name the program by its full path in the crontab (crontab.example shows it)."
        )
    called = f"; in a crontab write: {subject.command_for_cron}" if subject.command_for_cron else ""
    return ok(name, f"the program starts without a terminal, a session or your shell's variables{called}")


def monitoring(subject: Subject) -> CheckResult:
    from nsquilio.remote.ping import may_be_asked

    if subject.ping_url is None:
        return ok(
            "monitoring",
            "no ping_url; to notice when cron itself stops, watch: nsquilio status --max-age 26h",
        )
    if not may_be_asked(subject.ping_url):
        return failure(
            "monitoring",
            "monitoring.ping_url is neither https nor on this machine, so it is not asked",
            "Use https.",
        )
    return ok("monitoring", "pings at start, success and failure")


CHECKS = (
    ("configuration", configuration),
    ("account id", account),
    ("templates", templates),
    ("credentials", credentials),
    ("credentials under cron", credentials_under_cron),
    ("key and certificate", key_and_certificate),
    ("state file", state_file),
    ("disk space", disk_space),
    ("lock", lock),
    ("cron environment", cron_environment),
    ("monitoring", monitoring),
)
