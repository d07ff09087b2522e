"""SendGrid as the jobs see it: mails sent, and what is known of addresses and mails since.

`send_mail` never raises for anything a send can meet: its answer says what became of the mail. SendGrid's
hosts are fixed by the settings; the key goes nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from nsquilio.core.model import Message, Outcome
from nsquilio.errors import BadCredentials, Refused, Unreachable
from nsquilio.remote.circles import Circle, circle
from nsquilio.remote.transport import Answer, Http, Now, Transport, clean
from nsquilio.remote.twilio_errors import ErrorClass
from nsquilio.remote.twilio_rows import moment_of
from nsquilio.remote.twilio_sending import Sent, no_answer

if TYPE_CHECKING:
    from requests import PreparedRequest

KEY = "nsq_key"
"""The custom argument that carries the message's key, so that a mail of unknown outcome can be found again.
"""

SUPPRESSIONS = ("bounces", "blocks", "spam_reports", "invalid_emails", "unsubscribes")
_NOT_FOR_US = frozenset({403, 404, 405})  # also said by something in front of SendGrid, as HTML
_PAGE = 500  # of suppressions
_LOGS = 1000
_NOT_ALLOWED = frozenset({401, 403})


@dataclass(frozen=True, slots=True)
class Suppression:
    """An address SendGrid does not write to any more. `kind`: one of SUPPRESSIONS."""

    kind: str
    email: str
    reason: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class MailLog:
    """A mail to one recipient. `message_id` begins with the id that the send was answered with."""

    message_id: str
    to: str
    subject: str
    status: str
    reason: str
    at: datetime | None


class SendGrid:
    def __init__(
        self,
        url: str,
        api_key: str,
        now: Now,
        *,
        from_email: str,
        from_name: str = "",
        reply_to: str | None = None,
        http: Http | None = None,
    ) -> None:
        def authorise(request: PreparedRequest) -> PreparedRequest:
            request.headers["Authorization"] = f"Bearer {api_key}"
            return request

        self._transport = Transport("SendGrid", url, authorise, now, http)
        self.sender = from_email
        self._from = {"email": from_email, **({"name": from_name} if from_name else {})}
        self._reply_to = reply_to

    def close(self) -> None:
        self._transport.close()

    @property
    def skew(self) -> timedelta | None:
        return self._transport.skew

    def send_mail(self, message: Message) -> Sent:
        """One mail to all its recipients.

        Tried again only when it provably never reached SendGrid (or 429).
        """
        try:
            answer = self._transport.once("POST", "/v3/mail/send", body=self._mail(message))
        except Unreachable as problem:
            return no_answer(problem)
        return outcome_of_mail(answer, message.key)

    def _mail(self, message: Message) -> dict[str, Any]:
        recipients = [{"email": address.strip()} for address in message.to.split(",") if address.strip()]
        # The plain text first: SendGrid refuses the other order.
        content = [{"type": "text/plain", "value": message.body or " "}]
        if message.html:
            content.append({"type": "text/html", "value": message.html})
        return {
            # Top-level custom_args are typed as text in SendGrid's own description; here they are an object.
            "personalizations": [{"to": recipients, "custom_args": {KEY: message.key}}],
            "from": self._from,
            **({"reply_to": {"email": self._reply_to}} if self._reply_to else {}),
            "subject": message.subject or "",
            "content": content,
        }

    def suppressions(self, kind: str, since: datetime) -> Iterator[list[Suppression]]:
        """Addresses added to one of the lists since then, a page at a time."""
        offset, pages = 0, Circle(_entry)
        while True:
            params = {"start_time": int(since.timestamp()), "limit": _PAGE, "offset": offset}
            rows = self._list(f"/v3/suppression/{quote(kind, safe='')}", params, f"list {kind}")
            yield [_suppression(kind, row) for row in rows if isinstance(row, dict) and row.get("email")]
            if len(rows) < _PAGE:
                return
            if pages.closes(rows):
                raise circle("SendGrid", kind.replace("_", " "))
            offset += _PAGE

    def unsubscribed_addresses(self) -> Iterator[list[str]]:
        """Addresses that left an unsubscribe group. One list of all: SendGrid has neither pages nor times
        here.
        """
        rows = self._list("/v3/asm/suppressions", {}, "list unsubscribes")
        yield [str(row["email"]) for row in rows if isinstance(row, dict) and row.get("email")]

    def logs(self, *, to: str = "", subject: str = "", since: datetime | None = None) -> list[MailLog]:
        """Mails by recipient, subject and time, at most 1000. Refused (403) where the plan has no logs."""
        body = {"query": _query(to, subject, since), "limit": _LOGS}
        answer = self._ok(self._transport.read("POST", "/v3/logs", body=body), "search the mail logs")
        rows = answer.fields().get("messages")
        if not isinstance(rows, list):
            raise self._transport.unreadable(answer)
        return [_log(row) for row in rows if isinstance(row, dict)]

    def key_of(self, message_id: str) -> str:
        """The key of the message that this mail was sent for; empty when it is none of ours."""
        answer = self._transport.read("GET", f"/v3/logs/{quote(message_id, safe='')}")
        arguments = self._ok(answer, "fetch a mail's log").fields().get("custom_args")
        return str(arguments.get(KEY) or "") if isinstance(arguments, dict) else ""

    def scopes(self) -> frozenset[str]:
        """What the key may do; `mail.send` is needed."""
        scopes = self._ok(self._transport.read("GET", "/v3/scopes"), "list the key's scopes").fields()
        named = scopes.get("scopes")
        return frozenset(map(str, named)) if isinstance(named, list) else frozenset()

    def _list(self, path: str, params: dict[str, Any], what: str) -> list[Any]:
        # Without this header the list of bounces may come as CSV.
        headers = {"Accept": "application/json"}
        answer = self._transport.read("GET", path, params=params, headers=headers)
        if answer.status == 404:
            return []  # not every account has every list
        rows = self._ok(answer, what).parsed()
        if not isinstance(rows, list):
            raise self._transport.unreadable(answer)
        return rows

    def _ok(self, answer: Answer, what: str) -> Answer:
        if answer.ok:
            return answer
        words = words_in(answer) or ("no reason given" if answer.status in _NOT_FOR_US else "")
        if not words:
            raise self._transport.unreadable(answer)
        if answer.status == 401:
            raise BadCredentials(
                f"SendGrid refused to {what}: {words}.", "Store a valid key as sendgrid.api_key."
            )
        raise Refused(
            f"SendGrid refused to {what} ({answer.status}): {words}.",
            "Run again; `nsquilio doctor` lists the scopes the key needs.",
            service="SendGrid",
            status=answer.status,
        )


def outcome_of_mail(answer: Answer, key: str) -> Sent:
    """202 or any 2xx with an id: taken over. SendGrid's own 4xx: refused. Anything else is unknown, as with texts.

    Too large (413) is the gateway's page instead of SendGrid's JSON, and as sure: the mail was never read.
    """
    at = answer.date
    message_id = clean((answer.headers.get("X-Message-Id") or "").strip(), 200)
    if (answer.ok and message_id) or answer.status == 202:
        return Sent(Outcome.SENT, sid=message_id or _nameless(key), status="accepted", at=at)
    if answer.status == 413:
        return _rejected(answer.status, "the mail is too large", at)
    if answer.status == 429:
        return Sent(Outcome.NOT_SENT, error_code="429", detail="SendGrid: too many requests at once.", at=at)
    words = words_in(answer)
    if 400 <= answer.status < 500 and answer.status != 408 and words:
        return _rejected(answer.status, words, at)
    detail = f"SendGrid answered {answer.status}: {answer.said()}"
    return Sent(Outcome.UNKNOWN, detail=detail, stop="run" if 300 <= answer.status < 500 else None, at=at)


def _nameless(key: str) -> str:
    """An id of our own for a mail that SendGrid took over without naming it."""
    return f"mail-{sha256(key.encode()).hexdigest()[:32]}"


def _rejected(status: int, words: str, at: datetime | None) -> Sent:
    """401 and 403 are about the key or the sender (not verified); the rest about this mail."""
    is_account = status in _NOT_ALLOWED
    advice = "Check the key, its scope mail.send and the sender's verification in SendGrid."
    return Sent(
        Outcome.REJECTED,
        error_code=str(status),
        detail=f"SendGrid refused it ({words})." + (f" {advice}" if is_account else ""),
        kind=ErrorClass.ACCOUNT if is_account else ErrorClass.BAD_REQUEST,
        stop="run" if is_account else None,
        at=at,
    )


def words_in(answer: Answer) -> str:
    """`{"errors": [{"message": …, "field": …}]}`; empty for anything else, such as a proxy's page."""
    errors = answer.fields().get("errors")
    first = errors[0] if isinstance(errors, list) and errors else None
    if not isinstance(first, dict) or not first.get("message"):
        return ""
    place = f" at {first['field']}" if first.get("field") else ""
    return clean(f"{first['message']}".rstrip(".") + place)


def _entry(row: object) -> str:
    return f"{row.get('email')} {row.get('created')}" if isinstance(row, dict) else repr(row)


def _suppression(kind: str, row: dict[str, Any]) -> Suppression:
    created = row.get("created")
    at = datetime.fromtimestamp(created, UTC) if isinstance(created, int) and 0 < created < 2**33 else None
    return Suppression(kind, str(row["email"]), clean(row.get("reason") or ""), at)


def _log(row: dict[str, Any]) -> MailLog:
    return MailLog(
        message_id=str(row.get("sg_message_id") or ""),
        to=str(row.get("to_email") or ""),
        subject=str(row.get("subject") or ""),
        status=str(row.get("status") or ""),
        reason=clean(row.get("reason") or ""),
        at=moment_of(row.get("sg_message_id_created_at")),
    )


def _query(to: str, subject: str, since: datetime | None) -> str:
    conditions = [
        f"{name} = {_quoted(text)}" for name, text in (("to_email", to), ("subject", subject)) if text
    ]
    if since is not None:
        moment = since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        conditions.append(f'sg_message_id_created_at > TIMESTAMP "{moment}"')
    return " AND ".join(conditions)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
