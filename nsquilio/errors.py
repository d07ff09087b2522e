"""Every error a person may see, as one tree, each with its exit code (spec, "Exit codes").

    NsquilioError            70  a bug, when raised as itself
    ├── WrongUsage            2  the command line asks for something impossible
    ├── NotReady              3  nothing was sent: configuration, credentials, a state file that is not ours
    │   ├── BadConfig            all problems of one configuration file
    │   ├── BadCredentials       missing, malformed or refused before the first send
    │   └── ForeignState         state of another profile, account or newer program
    ├── ServiceFailed         4  NetSuite, Twilio, SendGrid or the disk; safe to run again
    │   ├── Unreachable          no answer, or one that cannot be read
    │   ├── Refused              the service said no, in its own words
    │   └── DiskFailed
    ├── AlreadyRunning        5  another run holds the lock
    ├── Braked                6  a brake or the clock check stopped the run before the first send
    ├── Damaged               7  the state file or the audit trail does not check out
    └── Interrupted         130

A message says what happened to what and why; `next` says what to do. Neither ever holds a secret.
Printing, formatting and choosing an exit code from several is the command line's work, not done here.
"""

from __future__ import annotations


class NsquilioError(Exception):
    """`message`: what happened to what, why. `next`: what to do. `code`: stable name for scripts."""

    exit_code = 70
    code = "bug"

    def __init__(self, message: str, next: str = "", *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.next = next
        if code is not None:
            self.code = code


class WrongUsage(NsquilioError):
    exit_code = 2
    code = "wrong_usage"


class NotReady(NsquilioError):
    exit_code = 3
    code = "not_ready"


class BadConfig(NotReady):
    code = "bad_config"


class BadCredentials(NotReady):
    code = "bad_credentials"


class ForeignState(NotReady):
    code = "foreign_state"


class ServiceFailed(NsquilioError):
    """`service`: "NetSuite", "Twilio", "SendGrid" or "disk"."""

    exit_code = 4
    code = "service_failed"

    def __init__(self, message: str, next: str = "", *, service: str = "", code: str | None = None) -> None:
        super().__init__(message, next, code=code)
        self.service = service


class Unreachable(ServiceFailed):
    """No answer or an unreadable one. `sent`: whether the request may have reached the service."""

    code = "unreachable"

    def __init__(self, message: str, next: str = "", *, service: str = "", sent: bool = True) -> None:
        super().__init__(message, next, service=service)
        self.sent = sent


class Refused(ServiceFailed):
    """The service said no. `status`: HTTP status; `error_code`: the service's own code as text."""

    code = "refused"

    def __init__(
        self, message: str, next: str = "", *, service: str = "", status: int = 0, error_code: str = ""
    ) -> None:
        super().__init__(message, next, service=service)
        self.status = status
        self.error_code = error_code


class DiskFailed(ServiceFailed):
    code = "disk_failed"


class AlreadyRunning(NsquilioError):
    """`silent`: the other run is young, so cron's mail would only be noise."""

    exit_code = 5
    code = "already_running"
    silent = True


class Braked(NsquilioError):
    exit_code = 6
    code = "braked"


class Damaged(NsquilioError):
    exit_code = 7
    code = "damaged"


class Interrupted(NsquilioError):
    exit_code = 130
    code = "interrupted"


TOLD_TO_END = "the run was told to end"


def code_of_stop(why: str) -> int:
    """The exit code of a run that ended between two messages: after a signal, or for the file HALT."""
    return Interrupted.exit_code if why.startswith(TOLD_TO_END) else 1


_ORDER = (70, 7, 3, 6, 4, 130, 1)


def worst_exit_code(codes: list[int]) -> int:
    """The one exit code that stands for several, in the order the specification gives."""
    for code in _ORDER:
        if code in codes:
            return code
    return max(codes, default=0)
