"""Whether a captured request really comes from Twilio or from the company's own NetSuite script.

Who it claims to be is told by its headers; what proves it stands in `core.signatures`. A request that cannot
be judged, because the secret for it is not stored, is neither good nor bad.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from nsquilio.core.signatures import (
    carries_secret,
    is_allowed_address,
    is_signed_by_netsuite,
    is_signed_by_twilio,
)
from nsquilio.jobs.captured import Request, Unusable

TWILIO_HEADER, NETSUITE_HEADER = "X-Twilio-Signature", "X-NSQ-Signature"


class Origin(StrEnum):
    TWILIO = "twilio"
    NETSUITE = "netsuite"


@dataclass(frozen=True, slots=True)
class Captured:
    """A directory of captured requests, and what proves where they come from.

    `twilio_tokens`: the auth token, and the secondary one while it is rotated. `netsuite_secrets` likewise.
    `netsuite_addresses`: networks that NetSuite's events may come from; empty: any.
    """

    directory: Path
    twilio_tokens: tuple[str, ...] = field(default=(), repr=False)
    netsuite_secrets: tuple[str, ...] = field(default=(), repr=False)
    netsuite_addresses: tuple[str, ...] = ()

    def can_judge(self, origin: Origin) -> bool:
        return bool(self.twilio_tokens if origin is Origin.TWILIO else self.netsuite_secrets)


def claimed_origin(request: Request) -> Origin:
    return Origin.TWILIO if request.header(TWILIO_HEADER) else Origin.NETSUITE


def prove(request: Request, origin: Origin, captured: Captured) -> None:
    """Raises `Unusable` with the reason when it is not genuine."""
    if origin is Origin.TWILIO:
        _prove_twilio(request, captured)
    else:
        _prove_netsuite(request, captured)


def _prove_twilio(request: Request, captured: Captured) -> None:
    is_form = request.is_form and request.method != "GET"
    good = is_signed_by_twilio(
        request.url,
        request.headers,
        tokens=captured.twilio_tokens,
        params=request.form if is_form else None,
        body=None if is_form else request.body.encode("utf-8", "surrogatepass"),
    )
    if not good:
        raise Unusable("its X-Twilio-Signature does not fit: not Twilio's, or changed on the way")


def _prove_netsuite(request: Request, captured: Captured) -> None:
    if not is_allowed_address(request.remote_addr, captured.netsuite_addresses):
        raise Unusable("it comes from an address that is not on netsuite.events.addresses")
    body = request.body.encode("utf-8", "surrogatepass")
    if request.header(NETSUITE_HEADER):
        if not is_signed_by_netsuite(request.headers, body, secrets=captured.netsuite_secrets):
            raise Unusable("its X-NSQ-Signature does not fit: another secret, or changed on the way")
    elif not carries_secret(request.url, secrets=captured.netsuite_secrets):
        raise Unusable("it has no signature, and its URL does not hold the secret")
