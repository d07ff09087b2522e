"""Twilio's error codes: what each means for a person, and what it means for the run.

The same code may come as a refusal of the request or later as a message's error (facts/twilio.md, section
3), so both are read with this one table. New codes appear without notice: an unknown one has its own class.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nsquilio.core.model import NOT_DELIVERED


class ErrorClass(StrEnum):
    OPT_OUT = "opt_out"  # the recipient said STOP
    BAD_NUMBER = "bad_number"  # this number can't be texted, ever
    COUNTRY = "country"  # nothing goes out to one country until a person allows it in the account
    ACCOUNT = "account"  # nothing goes out until a person changes the account or its settings
    BAD_REQUEST = "bad_request"  # our mistake or the template's
    CONTENT = "content"  # a filter stopped this text
    QUIET_HOURS = "quiet_hours"  # Twilio's own contact hours
    LATER = "later"  # too much at once, or out of time
    MAYBE = "maybe"  # the phone may be off
    IN_DOUBT = "in_doubt"  # Twilio itself does not know whether it arrived
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class TwilioError:
    """`meaning` and `advice` are for people. `for_good`: no text like it can ever reach this number."""

    code: str
    kind: ErrorClass
    meaning: str
    advice: str

    @property
    def for_good(self) -> bool:
        return self.kind in _FOR_GOOD


_FOR_GOOD = frozenset({ErrorClass.OPT_OUT, ErrorClass.BAD_NUMBER, ErrorClass.CONTENT})

_ADVICE = {
    ErrorClass.OPT_OUT: "Nothing more is texted to it. Only the person can lift it, by texting START.",
    ErrorClass.BAD_NUMBER: "Correct the number in NetSuite; until then the customer is written to by e-mail.",
    ErrorClass.COUNTRY: "Allow the country in the Twilio console under Messaging, Geo permissions.",
    ErrorClass.ACCOUNT: "Put it right in the Twilio console, then run again; nothing was lost.",
    ErrorClass.BAD_REQUEST: "Correct the template or settings; `nsquilio doctor` shows how texts come out.",
    ErrorClass.CONTENT: "Don't send the same text again. Check the wording and the sender's registration.",
    ErrorClass.QUIET_HOURS: "Compare contact_rules.hours with the Compliance Toolkit's hours in Twilio.",
    ErrorClass.LATER: "Nothing to do if it happens once; send fewer messages at a time if it goes on.",
    ErrorClass.MAYBE: "Nothing to do if it happens once; check the number if it goes on.",
    ErrorClass.IN_DOUBT: "Ask the customer; nothing is sent in its place, neither a text nor an e-mail.",
    ErrorClass.UNKNOWN: "Look it up at https://www.twilio.com/docs/api/errors.",
}

_TABLE = f"""
{ErrorClass.OPT_OUT}
21610 the recipient replied STOP to this sender
{ErrorClass.BAD_NUMBER}
21211 this is not a phone number
21214 this number can't be reached
21217 this number can't be verified
21612 there is no way from this sender to this number
21614 this is not a mobile number
21635 this is a landline
30005 nobody has this number
30006 this is a landline, or its carrier takes no texts
63003 the recipient's channel does not know this address
63024 the recipient's channel does not know this address
63032 the recipient's channel does not let us write
63033 the recipient blocks us on this channel
{ErrorClass.COUNTRY}
21408 texts to this country are not allowed in the account's settings
{ErrorClass.ACCOUNT}
20003 Twilio does not accept the credentials
20005 the account is not active
20006 the credentials may not do this
20008 test credentials can't do this
20404 Twilio knows no such account, service or message
21470 an API key stands where the account SID belongs
21601 the sender can't send texts
21603 no sender was named
21606 the sender does not belong to this account or can't text
21607 the trial account can't send from this number
21608 the trial account can't text an unverified number, or the compliance profile is not approved
21212 the sender is not a phone number
21659 the sender is not a Twilio number of this account
21660 the sender belongs to another account
21616 the sender fits several numbers
21701 the Messaging Service does not exist
21702 the Messaging Service does not exist
21703 the Messaging Service has no senders
21704 the Messaging Service has no number for this country
21705 the Messaging Service is not valid
30002 the account is suspended
30018 the sender id is not registered for this country
30024 the sender id is not provisioned by the carrier
30032 the toll-free number is not verified
30033 the campaign is suspended
30034 the number is not registered for business texts (A2P 10DLC)
30035 the number is still being set up; this takes hours
30037 sending is switched off for this account
30044 the trial account can't send texts this long
35111 the time to send at is missing
35115 the time to send at is not a time
35118 scheduling needs a Messaging Service
63007 the channel's sender is unknown
90010 the account is not active
572002 the trial account uses another sender for this number
572005 the verification of this number is pending
{ErrorClass.BAD_REQUEST}
21602 the text is empty
21604 no recipient was named
21605 the text is too long
21617 the text is longer than 1,600 characters
21619 neither text nor media was given
21620 the media address is not valid
21623 the media address is not valid
21624 the validity period is not valid
21654 the content template is missing
21655 the content template does not exist
21656 the content template's variables are wrong
21658 a parameter is too long
{ErrorClass.CONTENT}
30004 the carrier or the recipient blocks this message
30007 the carrier filtered this message
30019 the media is too large for the carrier
30450 fraud protection blocked this destination for a while
30863 debt collection is not allowed from this toll-free number
63013 the channel's policy forbids this message
{ErrorClass.QUIET_HOURS}
30047 Twilio's contact hours stopped this message
30610 Twilio's contact hours stopped this message
{ErrorClass.LATER}
14107 too many replies in a short time
20429 too many requests at once
21611 the sender's queue is full
30001 the queue is full
30017 the carrier's network is congested
30022 the campaign's rate limit was reached
30023 the brand's limit for the day was reached; it ends at midnight Pacific time
30027 the brand's limit for the day was reached; it ends at midnight Pacific time
30036 the message waited longer than it was allowed to
30500 Twilio failed inside
35114 the time to send at can't be scheduled
35117 the time to send at is outside what Twilio schedules (5 minutes to 35 days)
63017 the account's rate limit was reached
63018 the channel's rate limit was reached
63038 the limit for the day was reached
{ErrorClass.MAYBE}
30003 the phone was off or out of reach
30008 the carrier gave no reason
30009 a part of the message is missing
{ErrorClass.IN_DOUBT}
30410 the carrier did not answer in time and the message may have arrived
"""


def _read(table: str) -> dict[str, TwilioError]:
    errors: dict[str, TwilioError] = {}
    kind = ErrorClass.UNKNOWN
    for line in table.strip().splitlines():
        code, _, meaning = line.partition(" ")
        if meaning:
            errors[code] = TwilioError(code, kind, meaning, _ADVICE[kind])
        else:
            kind = ErrorClass(code)
    return errors


ERRORS = _read(_TABLE)


def codes_of(kind: ErrorClass) -> tuple[str, ...]:
    return tuple(error.code for error in ERRORS.values() if error.kind is kind)


def error_of(code: object) -> TwilioError:
    """The error behind a code, number or text; of class UNKNOWN when the table has none."""
    text = "" if code is None else str(code)[:20]
    known = ERRORS.get(text)
    if known:
        return known
    return TwilioError(text, ErrorClass.UNKNOWN, "no reason is known", _ADVICE[ErrorClass.UNKNOWN])


def is_lost(status: str, code: object) -> bool:
    """Whether a text that Twilio took has ended without arriving. A second one is forbidden, so whatever the
    error's class, that was all; but for those that may have arrived.
    """
    return status in NOT_DELIVERED and error_of(code).kind is not ErrorClass.IN_DOUBT
