"""What each figure of the month's report is called, what it counts in, and the rule it was made by.

The rule is printed beside the figure, so that whoever reads it can make it again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal["count", "percent", "per_100", "days", "hours", "amount", "cost"]


@dataclass(frozen=True, slots=True)
class FigureWords:
    group: str
    label: str
    unit: Unit
    rule: str


_M, _A, _P, _R, _C = "Messages", "Answers", "Payments", "Receivables", "Cost"

FIGURES: dict[str, FigureWords] = {
    "messages": FigureWords(
        _M,
        "Messages",
        "count",
        "Every attempt written to the state file in the month, in the company's time zone.",
    ),
    "messages_delivered": FigureWords(
        _M, "delivered", "count", "Accepted by the service, and confirmed as delivered or read."
    ),
    "messages_no_receipt": FigureWords(
        _M,
        "sent, no receipt",
        "count",
        "Accepted by the service; no carrier or mailbox has confirmed it yet.",
    ),
    "messages_undelivered": FigureWords(
        _M,
        "undelivered",
        "count",
        "Accepted by the service, then reported as failed, undelivered or bounced.",
    ),
    "messages_scheduled": FigureWords(_M, "scheduled", "count", "Kept by Twilio to leave later."),
    "messages_rejected": FigureWords(
        _M, "rejected", "count", "Refused by the service at once; nothing went out."
    ),
    "messages_unknown": FigureWords(
        _M, "unknown", "count", "Nobody knows yet whether it went out; never sent again without that."
    ),
    "messages_canceled": FigureWords(
        _M, "canceled", "count", "Taken back before it left: paid, changed, held or opted out."
    ),
    "messages_not_sent": FigureWords(_M, "not sent", "count", "Proved not to have reached the service."),
    "reminders": FigureWords(
        _M, "Reminders", "count", "Invoices written about, once per message that names them."
    ),
    "segments": FigureWords(_M, "Segments", "count", "Billed parts of the texts that the service accepted."),
    "delivery_rate_texts": FigureWords(
        _M, "Delivery rate, texts", "percent", "Texts delivered ÷ texts accepted by Twilio; n: accepted."
    ),
    "delivery_rate_mails": FigureWords(
        _M,
        "Delivery rate, e-mails",
        "percent",
        "E-mails delivered ÷ e-mails accepted by SendGrid; n: accepted.",
    ),
    "customers_written": FigureWords(
        _A, "Customers written to", "count", "Customers with at least one accepted message of the month."
    ),
    "customers_answered": FigureWords(
        _A,
        "Customers who answered",
        "count",
        "… who texted, called or left a voicemail within 7 days of one.",
    ),
    "response_rate": FigureWords(
        _A, "Response rate", "percent", "Customers who answered ÷ customers written to; n: written to."
    ),
    "answer_hours": FigureWords(
        _A,
        "Time to answer, median",
        "hours",
        "From the last message of the month before an answer to the answer, 7 days at most; n: answers.",
    ),
    "inbound": FigureWords(
        _A,
        "Texts, calls and voicemails received",
        "count",
        "All that came in, also what matched no customer.",
    ),
    "promises_kept": FigureWords(
        _A, "Promises kept", "count", "Promises for a day of the month, paid by then as far as is known."
    ),
    "promises_broken": FigureWords(_A, "Promises broken", "count", "… whose day passed without payment."),
    "promises_pending": FigureWords(_A, "Promises pending", "count", "… not decided yet, or still a draft."),
    "promises_kept_rate": FigureWords(
        _A,
        "Promises kept, rate",
        "percent",
        "Kept ÷ (kept + broken), pending ones apart; n: kept and broken.",
    ),
    "claims": FigureWords(_A, "“I have paid”", "count", "Answers of the month that say it is paid."),
    "claims_confirmed": FigureWords(
        _A,
        "… confirmed by a payment",
        "count",
        "A payment on one of its invoices, dated from 30 days before the answer until this report.",
    ),
    "claims_without_invoice": FigureWords(
        _A, "… without a clear invoice", "count", "They cannot be confirmed here."
    ),
    "disputes": FigureWords(_A, "Disputes", "count", "Answers of the month that dispute an invoice."),
    "invoices_disputed": FigureWords(_A, "Invoices disputed", "count", "Each counted once."),
    "dispute_rate": FigureWords(
        _A, "Dispute rate", "percent", "Invoices disputed ÷ invoices due in the month; n: invoices due."
    ),
    "opt_outs_texts": FigureWords(_A, "Opt-outs, texts", "count", "Numbers that opted out in the month."),
    "opt_outs_mails": FigureWords(_A, "Opt-outs, e-mails", "count", "Addresses that opted out in the month."),
    "opt_out_rate": FigureWords(
        _A, "Opt-outs per 100 texts", "per_100", "Numbers opted out ÷ texts accepted × 100; n: texts."
    ),
    "wrong_number_rate": FigureWords(
        _A,
        "Wrong numbers per 100 texts",
        "percent",
        "“Wrong number” answers ÷ texts accepted × 100; n: texts.",
    ),
    "collected": FigureWords(
        _P,
        "Collected",
        "amount",
        "Payments dated in the month, applied to invoices; no credits, write-offs or unapplied cash.",
    ),
    "collected_after_reminder": FigureWords(
        _P,
        "Collected after a reminder",
        "amount",
        "… on invoices written about on the payment's day or before. Not proof that the reminder did it.",
    ),
    "days_after_first_reminder": FigureWords(
        _P,
        "Time to pay after the first reminder, median",
        "days",
        "Invoices paid in full in the month: days from the first reminder to the last payment; n: invoices.",
    ),
    "days_after_last_reminder": FigureWords(
        _P,
        "Time to pay after the last reminder, median",
        "days",
        "The same invoices: days from the last reminder before that day to it; n: invoices.",
    ),
    "receivables": FigureWords(
        _R,
        "Receivables",
        "amount",
        "Open invoices at the end of the last day counted: today's balance plus what was applied since."
        " Unapplied cash is not deducted.",
    ),
    "sales": FigureWords(
        _R, "Invoiced", "amount", "Totals of the invoices dated in the month; voided ones left out."
    ),
    "dso": FigureWords(
        _R, "DSO", "days", "Receivables ÷ invoiced in the month × days counted. Simple method, per currency."
    ),
    "days_late": FigureWords(
        _R,
        "Average days late",
        "days",
        "Mean days past due of the invoices overdue on the last day counted; n: invoices.",
    ),
    "cost": FigureWords(
        _C, "Cost of the messages", "cost", "What Twilio billed, else the estimate; n: messages with a price."
    ),
    "cost_billed": FigureWords(_C, "… billed", "cost", "The price Twilio set on the message; n: messages."),
    "cost_estimated": FigureWords(
        _C, "… estimated", "cost", "Segments × price per segment, where no price is set yet; n: messages."
    ),
    "cost_per_message": FigureWords(_C, "Cost per priced message", "cost", "Cost ÷ messages with a price."),
    "texts_unpriced": FigureWords(
        _C, "Texts whose price nobody tells", "count", "In no sum here: neither billed nor estimated."
    ),
    "estimate_difference": FigureWords(
        _C, "Billed less estimated", "cost", "Of the texts that have both; below 0 means cheaper; n: texts."
    ),
}

GROUPS = (_M, _A, _P, _R, _C)

FATES = {
    "delivered": "delivered",
    "no_receipt": "sent, no receipt",
    "undelivered": "undelivered",
    "scheduled": "scheduled",
    "rejected": "rejected",
    "unknown": "unknown",
    "canceled": "canceled",
    "not_sent": "not sent",
}

SHEET_RULES = {
    "steps": "Messages of the month by reminder step, channel and what became of them.",
    "failures": "Undelivered and rejected messages by the service's own error code.",
    "days": "By the day on which they were written or received, in the company's time zone.",
    "ageing": "What was open at the end of the last day counted, by days past due. Currencies are not added.",
    "costs": "A message about several invoices is shared equally among them. “Per 1,000”: cost of the month"
    " ÷ collected after a reminder × 1,000.",
    "promises": "Promises to pay for a day of the month, whenever they were made.",
    "claims": "Confirmed: a payment on one of its invoices, dated from 30 days before the answer on.",
    "disputes": "Answers of the month that dispute an invoice.",
    "opt_outs": "Who said no in the month, and how it was learnt. Numbers and addresses are masked.",
    "patterns": "Customers written to in the month, over the year before its end. Days late: day of the last"
    " payment less due date, median. Fewer than five: not enough data.",
    "payments": "Payments dated in the month, as applied to invoices: the rows behind “Collected”.",
    "messages": "Every attempt of the month: the rows behind the figures on messages and cost.",
    "receivables": "Every invoice open at the end of the last day counted: the rows of ageing and DSO.",
    "history": "Every message and answer of the month by invoice, in time order, with its SID. What is about"
    " several invoices stands under each. Numbers and addresses are masked.",
}
