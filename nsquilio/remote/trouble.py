"""What went wrong on the wire, in words, and whether the request may have reached the service.

The classes of facts/delivery-and-storage.md, section 2.2: a look at the innermost cause, because requests
wraps it two or three times. Whatever is not provably unsent counts as sent.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import dataclass

_WAIT = "Nothing to do if it happens once; run again."
_NETWORK = "Check the network, name service, firewall and http.proxy of this machine, then run again."
_CERTIFICATE = (
    "If a proxy of your own inspects TLS, name its certificate in http.ca_file; else ask who answers here."
)


@dataclass(frozen=True, slots=True)
class Trouble:
    """`what` follows the service's name in a sentence. `sent`: the request may have been received."""

    what: str
    next: str
    sent: bool


def trouble_of(error: BaseException) -> Trouble:
    from requests import exceptions as said
    from urllib3 import exceptions as inner

    causes = list(_causes(error))

    def is_any(*kinds: type[BaseException]) -> bool:
        return any(isinstance(cause, kinds) for cause in causes)

    if is_any(ssl.SSLCertVerificationError):
        return Trouble("shows a certificate that can't be verified", _CERTIFICATE, sent=False)
    if is_any(said.ProxyError, inner.ProxyError):
        return Trouble("can't be reached through the proxy", "Check http.proxy, then run again.", sent=False)
    if is_any(inner.NameResolutionError):
        return Trouble("can't be reached: its name can't be resolved", _NETWORK, sent=False)
    if is_any(inner.NewConnectionError):
        return Trouble("can't be reached: the connection was refused", _NETWORK, sent=False)
    if is_any(said.ConnectTimeout, inner.ConnectTimeoutError):
        return Trouble("can't be reached: no connection within 5 s", _NETWORK, sent=False)
    if is_any(said.InvalidURL, said.InvalidSchema, said.InvalidHeader, inner.LocationValueError):
        return Trouble("can't be asked: its address or a credential is malformed", "Check both.", sent=False)
    if is_any(said.ReadTimeout, inner.ReadTimeoutError):
        return Trouble("took longer than 35 s to answer", _WAIT, sent=True)
    return Trouble("ended the connection before its answer was complete", _WAIT, sent=True)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and everything it wraps: its cause, its `reason` and errors among its arguments.

    Not `__context__`: that may hold another request's error, handled by our caller at the time.
    """
    waiting: list[object] = [error]
    seen: set[int] = set()
    while waiting:
        cause = waiting.pop()
        if not isinstance(cause, BaseException) or id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        waiting += [cause.__cause__, getattr(cause, "reason", None), *cause.args]
