"""The checks that ask NetSuite for more than tables: the login and why it fails, the clock, our own record
type.

Reads only. Why a login fails NetSuite tells on one of its pages alone; what can be known here comes first.
"""

from __future__ import annotations

from datetime import timedelta

from nsquilio.credentials.certificate import key_matches, valid_between
from nsquilio.credentials.names import NEXT
from nsquilio.credentials.rotation import read_certificate
from nsquilio.errors import BadCredentials, NsquilioError, Refused
from nsquilio.jobs.checkup import CheckResult, Level, Subject, failed, failure, not_checked, ok, warning
from nsquilio.jobs.doctor_tables import table_rows
from nsquilio.remote.netsuite import NetSuite
from nsquilio.remote.netsuite_probe import record_refusal, table_seen
from nsquilio.remote.netsuite_queries import COMM, COMM_FIELD

_NOT_FOUND = (404, 405)
MOST_OFF = timedelta(seconds=120)
"""As the clock check before sending (facts, delivery-and-storage 2.4)."""

_UNEASY = timedelta(seconds=30)
_M2M_PAGE = "Setup > Integration > Manage Authentication > OAuth 2.0 Client Credentials (M2M) Setup"
_COMM_FIELDS = "invoice customer direction channel from to body status time kind sid key details".split()

_AUDIT_TRAIL = (
    "Why exactly stands at Setup > Users/Roles > View Login Audit Trail, column Detail: InvalidIntegration "
    "(client id or certificate id), InvalidSignature (key, certificate or its dates), EntityOrRoleDisabled "
    "(role or employee inactive), TokenRejected or AccessTokenExpired (clock, or another account), "
    "ScopeMismatched (grant or scope not ticked)."
)

# What NetSuite's one word for a refused login can mean, most frequent first (facts/netsuite.md, 1.5 and 1.7).
_LOGIN_WORDS = {
    "invalid_client": (
        "NetSuite knows no certificate of this id for this client id. netsuite.certificate_id is the "
        "Certificate ID on "
        f"{_M2M_PAGE}, of this account (a sandbox has its own, and loses them when it is refreshed); "
        "netsuite.client_id "
        "is shown once, when the integration record is saved."
    ),
    "invalid_grant": (
        "The certificate with this id does not fit the stored private key, has run out or was revoked, or "
        "its role or "
        f"employee is inactive. Compare the row on {_M2M_PAGE}: application, entity, role, valid until."
    ),
    "unauthorized_client": (
        "On the integration record tick Client Credentials (Machine to Machine) Grant and the scope REST "
        "Web Services."
    ),
    "invalid_scope": "On the integration record tick the scope REST Web Services.",
    "invalid_request": "NetSuite could not read the login. Check that netsuite.client_id was copied whole.",
    "INVALID_LOGIN": (
        "The token was given, but the role may not use it: give it Log in using OAuth 2.0 Access Tokens "
        "(not the one "
        "without OAuth 2.0, which is another permission) and REST Web Services, and check that the role is "
        "still assigned."
    ),
}


def login_row(subject: Subject, client: NetSuite) -> CheckResult:
    """Fetches a token and asks for the time, which needs no permission."""
    name = "NetSuite login"
    try:
        client.log_in()
        client.server_time()
    except BadCredentials as problem:
        return failure(name, problem.message, _login_fix(subject, client.skew, problem))
    except NsquilioError as problem:
        # Whatever was not found was not refused for its token.
        if not (isinstance(problem, Refused) and problem.status in _NOT_FOUND):
            return failed(name, problem)
    return ok(name, f"a token for {subject.netsuite_account}, and it works")


def _login_fix(subject: Subject, skew: timedelta | None, problem: BadCredentials) -> str:
    """What is known here comes first: NetSuite says invalid_grant to all of it."""
    known = _known_reason(subject, skew)
    if known:
        return known
    said = next((words for word, words in _LOGIN_WORDS.items() if word in problem.message), "")
    return f"{said} {_AUDIT_TRAIL}" if said else problem.next


def _known_reason(subject: Subject, skew: timedelta | None) -> str:
    if skew is not None and abs(skew) > MOST_OFF:
        return (
            f"This machine's clock is {off_words(skew)} NetSuite's, so the login counts as expired. "
            f"{CLOCK_FIX}"
        )
    try:
        pem = read_certificate(subject.state_directory, subject.following)
        if pem is None:
            return ""
        begins, ends = valid_between(pem)
        slot = NEXT if subject.following else ""
        matches = key_matches(subject.credentials().get(f"netsuite.private_key{slot}"), pem)
    except NsquilioError:
        return ""
    if not begins <= subject.now < ends:
        when = (
            f"expired on {ends:%Y-%m-%d}"
            if subject.now >= ends
            else f"is valid only from {begins:%Y-%m-%d %H:%M} UTC"
        )
        return f"The certificate {when}. Make a new one: nsquilio credentials create-certificate"
    if not matches:
        return (
            "The stored private key is not the certificate's. Make a new pair: nsquilio credentials "
            "create-certificate"
        )
    return ""


CLOCK_FIX = "Set the clock: timedatectl set-ntp true"


def off_words(skew: timedelta) -> str:
    seconds = int(abs(skew).total_seconds())
    amount = (
        f"{seconds} seconds"
        if seconds < 120
        else f"{seconds // 60} minutes"
        if seconds < 10_800
        else f"{seconds // 3600} hours"
    )
    return f"{amount} {'behind' if skew > timedelta() else 'ahead of'}"


def clock_row(skews: dict[str, timedelta | None]) -> CheckResult:
    known = {service: skew for service, skew in skews.items() if skew is not None}
    if not known:
        return not_checked("clock", "no service answered")
    worst = max(known, key=lambda service: abs(known[service]))
    skew = known[worst]
    if abs(skew) > MOST_OFF:
        return failure(
            "clock",
            f"this machine's clock is {off_words(skew)} {worst}'s; nothing is sent like that",
            CLOCK_FIX,
        )
    if abs(skew) > _UNEASY:
        return warning("clock", f"this machine's clock is {off_words(skew)} {worst}'s", CLOCK_FIX)
    return ok("clock", f"agrees with {' and '.join(known)} to {max(1, int(abs(skew).total_seconds()))} s")


def record_row(subject: Subject, client: NetSuite) -> CheckResult:
    name = "communication record"
    if not subject.writes_to_netsuite:
        return ok(name, "netsuite.log.to is nothing: no message is written to NetSuite")
    columns = tuple(COMM_FIELD + field for field in _COMM_FIELDS)
    try:
        seen = table_seen(client.suiteql, COMM, ("id", "externalid", "created", *columns))
        refusal = record_refusal(client.link, COMM) if seen.exists else None
    except NsquilioError as problem:
        return failed(name, problem)
    if not seen.exists:
        return failure(name, f"the record type {COMM} is not there for this login", _DEPLOY)
    if seen.missing:
        return failure(name, f"{COMM} has no {', '.join(seen.missing)}", _DEPLOY)
    if isinstance(refusal, Refused) and refusal.status in _NOT_FOUND:
        return warning(name, f"queries show {COMM}, the record API does not: {refusal.message}", _DEPLOY)
    if refusal is not None:
        fix = (
            f"Give the role the record type's permission (Edit), and REST Web Services: {COMM} > Permissions."
        )
        return failure(name, refusal.message, fix)
    return ok(
        name, f"{COMM} with its {len(columns)} fields; whether it may be written shows at the first message"
    )


_DEPLOY = (
    "Deploy the project that `nsquilio init --netsuite-project DIR` writes out, and give the role the "
    "record type's "
    "permission; or set netsuite.log.to: nothing."
)


def netsuite_rows(subject: Subject) -> tuple[list[CheckResult], timedelta | None]:
    """All rows, and NetSuite's clock minus ours."""
    try:
        client = subject.netsuite()
    except NsquilioError as problem:
        return [failed("NetSuite login", problem), not_checked("NetSuite tables", "there is no login")], None
    rows = [login_row(subject, client)]
    if rows[0].level is Level.FAILURE:
        return [*rows, not_checked("NetSuite tables", "the login failed")], client.skew
    try:
        rows += table_rows(subject, client)
        if rows[-1].name != "NetSuite queries":
            rows.append(record_row(subject, client))
    except NsquilioError as problem:
        rows.append(failed("NetSuite tables", problem))
    return rows, client.skew
