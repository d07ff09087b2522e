"""Which credentials exist, and what each is, in words for prompts and errors. Holds no value of any."""

from __future__ import annotations

from nsquilio.errors import WrongUsage

NEXT = ".next"  # the second slot of a rotation: tested, then promoted

PURPOSES = {
    "netsuite.client_id": "client id of NetSuite's integration record",
    "netsuite.certificate_id": "certificate id that NetSuite shows after the upload",
    "netsuite.private_key": "private key of that certificate, as PEM",
    "netsuite.event_secret": "secret of captured NetSuite events",
    "twilio.api_key_sid": "SID of Twilio's API key",
    "twilio.api_key_secret": "secret of that API key",
    "twilio.auth_token": "auth token of the Twilio account",
    "sendgrid.api_key": "SendGrid's API key",
    "netsuite.certificate_id.next": "certificate id that takes over at 'credentials promote'",
    "netsuite.private_key.next": "private key that takes over at 'credentials promote'",
}
NAMES = tuple(PURPOSES)
ROTATED = ("netsuite.private_key", "netsuite.certificate_id")


def check_name(name: str) -> str:
    """`name`, if there is such a credential; else `WrongUsage` with the nearest one."""
    if name in PURPOSES:
        return name
    from difflib import get_close_matches

    close = get_close_matches(name, NAMES, n=1, cutoff=0.5)
    near = f"Did you mean {close[0]}?" if close else f"It is one of {', '.join(NAMES)}."
    # Only a word is shown: a secret typed in the name's place must not reach the screen.
    shown = name if name.replace(".", "").replace("_", "").isalpha() and len(name) < 40 else "That"
    raise WrongUsage(f"{shown} is not the name of a credential.", near)
