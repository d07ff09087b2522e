"""What each reason means, in words an analyst can paste into a mail, and what can be done about it.

The stable codes stay in JSON and CSV; these words may get better at any time.
"""

from __future__ import annotations

from nsquilio.core.model import Reason

MEANINGS = {
    Reason.FILTERED: "it was left out by the options of this run",
    Reason.UNREADABLE: "something about it in NetSuite cannot be understood",
    Reason.NO_DUE_DATE: "it has no due date",
    Reason.NOT_DUE: "the day of its first reminder has not come",
    Reason.EXPIRED: "its last reminder step is over",
    Reason.ALREADY_SENT: "this reminder was sent or scheduled before",
    Reason.SUPERSEDED: "a later reminder has taken its place",
    Reason.UNKNOWN_OUTCOME: "nobody knows whether the last attempt went out",
    Reason.INACTIVE_CUSTOMER: "the customer is inactive in NetSuite",
    Reason.EXCLUDED: "it is excluded in NetSuite",
    Reason.CHANNEL_NONE: "the customer's preference is neither text nor e-mail",
    Reason.BELOW_SMALLEST_BALANCE: "the open balance is too small to write about",
    Reason.ABOVE_LARGEST_BALANCE: "the open balance is so large that a person decides",
    Reason.UNAPPLIED_CASH: "the customer has money with us that is not applied yet",
    Reason.HELD_INVOICE: "somebody put this invoice on hold",
    Reason.HELD_CUSTOMER: "somebody put this customer on hold",
    Reason.DISPUTE: "the customer disputes it",
    Reason.PROMISE: "the customer promised to pay",
    Reason.PAID_CLAIM: "the customer says it is paid",
    Reason.NO_CONTACT: "there is no number or address to write to",
    Reason.INVALID_NUMBER: "the number on file cannot get texts",
    Reason.UNDELIVERABLE: "earlier messages to this number or address did not arrive",
    Reason.OPTED_OUT: "the recipient said no to messages",
    Reason.RECIPIENT_NOT_ALLOWED: "this profile may not write to that number or address",
    Reason.TIME_ZONE_UNKNOWN: "nobody knows what time it is where the customer is",
    Reason.PER_NUMBER_LIMIT: "the number has had its text for the day",
    Reason.PER_CUSTOMER_LIMIT: "the customer was written to often enough these days",
    Reason.CONTACT_HOURS: "it is outside the hours in which texts may arrive there",
    Reason.HOLIDAY: "it is a public holiday where the customer is",
    Reason.DUE_WINDOW: "its reminder step is due",
    Reason.CREATED: "the invoice is new",
    Reason.CHANGED: "it is not what the customer was told any more",
    Reason.PAID: "it has been paid",
    Reason.PAID_SINCE_PLAN: "it was paid just before sending",
}

HINTS = {
    Reason.ABOVE_LARGEST_BALANCE: "let it through once: nsquilio hold release INVOICE",
    Reason.UNAPPLIED_CASH: "apply the money in NetSuite, or nsquilio hold release INVOICE",
    Reason.UNKNOWN_OUTCOME: "nsquilio status says what to do",
    Reason.UNREADABLE: "nsquilio why INVOICE shows what is wrong",
    Reason.TIME_ZONE_UNKNOWN: "fill in the customer's billing address or time zone in NetSuite",
    Reason.HELD_INVOICE: "end it: nsquilio hold release INVOICE",
    Reason.HELD_CUSTOMER: "end it: nsquilio hold release CUSTOMER",
    Reason.DISPUTE: "settled? nsquilio hold release INVOICE",
    Reason.PAID_CLAIM: "look for the payment; nsquilio hold release INVOICE if there is none",
    Reason.PROMISE: "it ends with the promised day; sooner: nsquilio hold release INVOICE",
    Reason.NO_CONTACT: "fill in a mobile number or e-mail address in NetSuite",
    Reason.INVALID_NUMBER: "correct the number in NetSuite",
    Reason.UNDELIVERABLE: "correct the number or address in NetSuite",
}


def hint(reason: Reason, command: str) -> str:
    """What to do about it, with commands for the profile that was asked for, so that they can be copied."""
    return HINTS[reason].replace("nsquilio ", f"{command} ")


def plain(reason: str) -> str:
    """`per_number_limit` as it is said: `per number limit`."""
    return reason.replace("_", " ")
