"""Whether a captured request really comes from Twilio or from the company's own NetSuite script.

Who it claims to be is told by its headers and fields; what proves it stands in `core.signatures`. A request that
carries a signature and cannot be judged, because the secret for it is not stored, is neither good nor bad.
"""

from __future__ import annotations

from collections.abc import Mapping
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

    def can_judge(self, request: Request, origin: Origin) -> bool:
        """What nobody signed needs no secret to be told: anybody can post it, and it would wait for ever."""
        if origin is Origin.TWILIO:
            return bool(self.twilio_tokens) or not request.header(TWILIO_HEADER)
        return bool(self.netsuite_secrets) or not request.header(NETSUITE_HEADER)


def claimed_origin(request: Request) -> Origin:
    """A signature tells first; a gateway may add an empty header to all it keeps."""
    if request.header(TWILIO_HEADER):
        return Origin.TWILIO
    if request.header(NETSUITE_HEADER):
        return Origin.NETSUITE
    is_twilios = request.has_header(TWILIO_HEADER) or _says_what_twilio_says(request.fields)
    return Origin.TWILIO if is_twilios else Origin.NETSUITE


def _says_what_twilio_says(fields: Mapping[str, str]) -> bool:
    return "AccountSid" in fields and any(name.endswith("Sid") and name != "AccountSid" for name in fields)


def prove(request: Request, origin: Origin, captured: Captured) -> None:
    """Raises `Unusable` with the reason when it is not genuine."""
    if origin is Origin.TWILIO:
        _prove_twilio(request, captured)
    else:
        _prove_netsuite(request, captured)


def _prove_twilio(request: Request, captured: Captured) -> None:
    if not request.header(TWILIO_HEADER):
        raise Unusable("it has no X-Twilio-Signature: not Twilio's, or the gateway does not keep it")
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
