"""The report's tables of single cases: answers, patterns, and the rows behind the figures."""

from __future__ import annotations

from collections.abc import Iterator

from nsquilio.core.phones import masked
from nsquilio.jobs.patterns import Pattern
from nsquilio.jobs.report import Report
from nsquilio.jobs.report_messages import fate
from nsquilio.jobs.report_money import bucket, cost_of
from nsquilio.render.report_sheet import TENTH, Row, Sheet, amount, cost, rounded
from nsquilio.render.report_words import FATES

NOT_ENOUGH = "not enough data"


def answer_sheets(report: Report) -> Iterator[Sheet]:
    zone, number, name = report.month.zone, report.number, report.name
    yield Sheet(
        "promises",
        "Promises to pay",
        (
            ("For", "date"),
            ("Customer", "text"),
            ("Invoice", "text"),
            ("Amount", "amount"),
            ("Currency", "text"),
            ("State", "text"),
            ("Made", "moment"),
            ("SID", "text"),
        ),
        lambda: (
            (
                p.promised_on,
                name(p.customer_id),
                number(p.invoice_id) if p.invoice_id else "",
                p.amount,
                p.currency or "",
                p.state,
                p.made_at.astimezone(zone),
                p.inbound_sid,
            )
            for p in report.promises
        ),
    )
    yield Sheet(
        "claims",
        "“I have paid”",
        (
            ("Received", "moment"),
            ("Customer", "text"),
            ("Invoices", "text"),
            ("Confirmed by a payment of", "date"),
            ("SID", "text"),
        ),
        lambda: (
            (
                claim.at.astimezone(zone),
                name(claim.customer_id),
                " ".join(map(number, claim.invoice_ids)),
                claim.confirmed_on,
                claim.sid,
            )
            for claim in report.claims
        ),
    )
    yield Sheet(
        "disputes",
        "Disputes",
        (
            ("Received", "moment"),
            ("Customer", "text"),
            ("Invoices", "text"),
            ("What was said", "text"),
            ("SID", "text"),
        ),
        lambda: (
            (
                row.received_at.astimezone(zone),
                name(row.customer_id or ""),
                " ".join(map(number, row.invoice_ids)),
                "(erased)" if row.erased else row.body,
                row.sid,
            )
            for row in report.disputes
        ),
    )
    yield Sheet(
        "opt_outs",
        "Opt-outs",
        (
            ("Since", "moment"),
            ("Number or address", "text"),
            ("Channel", "text"),
            ("How", "text"),
            ("Customers", "text"),
            ("Still in force", "text"),
        ),
        lambda: (
            (
                o.since.astimezone(zone),
                masked(o.address) if o.address else "(erased)",
                o.channel,
                o.kind.replace("_", " "),
                ", ".join(map(name, o.customer_ids)),
                "yes" if o.active else "no",
            )
            for o in report.opt_outs
        ),
    )


def patterns(report: Report) -> Sheet:
    return Sheet(
        "patterns",
        "How customers pay and answer",
        (
            ("Customer", "text"),
            ("Days late, median", "number"),
            ("n paid", "count"),
            ("Hours to answer, median", "number"),
            ("n answers", "count"),
            ("Note", "text"),
        ),
        lambda: (_pattern_row(each, report) for each in _most_known(report)),
    )


def _most_known(report: Report) -> list[Pattern]:
    return sorted(
        report.patterns, key=lambda each: (-each.paid - each.answers, report.name(each.customer_id))
    )


def _pattern_row(each: Pattern, report: Report) -> Row:
    late, hours = each.days_late, each.answer_hours
    missing = [name for name, value in (("payments", late), ("answers", hours)) if value is None]
    return (
        report.name(each.customer_id),
        rounded(late, TENTH) if late is not None else None,
        each.paid,
        rounded(hours, TENTH) if hours is not None else None,
        each.answers,
        NOT_ENOUGH if len(missing) == 2 else f"{missing[0]}: {NOT_ENOUGH}" if missing else "",
    )


def row_sheets(report: Report) -> Iterator[Sheet]:
    """The rows behind the figures."""
    name = report.name
    yield Sheet(
        "payments",
        "Payments",
        (
            ("Paid", "date"),
            ("Invoice", "text"),
            ("Customer", "text"),
            ("Amount", "amount"),
            ("Currency", "text"),
            ("Reminders before", "count"),
            ("Days since the last", "count"),
            ("Payment id", "text"),
        ),
        lambda: (
            (
                row.payment.paid_on,
                row.number,
                name(row.customer_id),
                amount(row.payment.amount, row.currency),
                row.currency,
                row.reminded,
                row.days,
                row.payment.payment_id,
            )
            for row in report.payments
        ),
        in_html=False,
    )
    yield Sheet(
        "messages",
        "Messages",
        (
            ("Written", "moment"),
            ("Step", "text"),
            ("Channel", "text"),
            ("Outcome", "text"),
            ("Customer", "text"),
            ("Segments", "count"),
            ("Cost", "number"),
            ("Cost in", "text"),
            ("Billed", "text"),
            ("Status", "text"),
            ("Error code", "text"),
            ("SID", "text"),
            ("Message key", "text"),
            ("Attempt", "count"),
        ),
        lambda: _message_rows(report),
        in_html=False,
    )
    yield Sheet(
        "receivables",
        "Open invoices",
        (
            ("Invoice", "text"),
            ("Customer id", "text"),
            ("Customer", "text"),
            ("Issued", "date"),
            ("Due", "date"),
            ("Days past due", "text"),
            ("Open", "amount"),
            ("Currency", "text"),
        ),
        lambda: (
            (
                r.number,
                r.customer_id,
                name(r.customer_id),
                r.issued,
                r.due,
                bucket(r.due, report.month.day),
                amount(r.open_then, r.currency),
                r.currency,
            )
            for r in report.receivables
        ),
        in_html=False,
    )


def _message_rows(report: Report) -> Iterator[Row]:
    zone = report.month.zone
    for m in report.messages:
        price = cost_of(m)
        yield (
            m.written_at.astimezone(zone),
            m.step,
            m.channel,
            FATES[fate(m)],
            m.customer or report.name(m.customer_id),
            m.segments,
            cost(price.amount) if price else None,
            price.currency if price else "",
            "billed" if m.price is not None else "estimated" if price else "",
            m.status,
            m.error_code,
            m.sid,
            m.key,
            m.attempt,
        )


def history(report: Report) -> Sheet:
    zone = report.month.zone
    return Sheet(
        "history",
        "The conversation, invoice by invoice",
        (
            ("Invoice", "text"),
            ("Customer", "text"),
            ("At", "moment"),
            ("Direction", "text"),
            ("Channel", "text"),
            ("Step or kind", "text"),
            ("Number or address", "text"),
            ("Status", "text"),
            ("SID", "text"),
            ("Words", "text"),
        ),
        lambda: (
            (
                row.number or "(no invoice)",
                row.customer,
                row.at.astimezone(zone),
                row.direction,
                row.channel,
                row.kind,
                row.party,
                FATES.get(row.status, row.status),
                row.sid,
                row.words,
            )
            for row in report.history()
        ),
    )
