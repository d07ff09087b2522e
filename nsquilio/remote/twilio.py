"""Twilio as the jobs see it: texts sent, looked up and canceled; what came in; what the account has.

`send_text` never raises for anything a send can meet: its answer says what became of the text. Everything
else reads, is repeated when it fails, and raises from the error tree.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote

from nsquilio.errors import BadCredentials, Refused, ServiceFailed, Unreachable
from nsquilio.remote.ahead import following_pages
from nsquilio.remote.circles import Circle, circle
from nsquilio.remote.transport import Answer, Http, Now, Transport, clean, own_path
from nsquilio.remote.twilio_errors import error_of
from nsquilio.remote.twilio_rows import (
    CallRow,
    MessageRow,
    NumberRow,
    Page,
    RecordingRow,
    Row,
    TranscriptionRow,
    TranscriptRow,
    page_of,
)
from nsquilio.remote.twilio_sending import Sent, no_answer, outcome_of, refusal_in

if TYPE_CHECKING:
    from requests import PreparedRequest

R = TypeVar("R", bound=Row)
T = TypeVar("T")

_PAGE = 1000
OLDEST_DAYS = 399
"""Lists answer 400 (20004) for a start more than 400 days ago."""


class Canceling(StrEnum):
    CANCELED = "canceled"
    TOO_LATE = "too_late"  # it has left
    UNKNOWN = "unknown"  # no answer, or it still stands as scheduled: try again


@dataclass(frozen=True, slots=True)
class MessagingService:
    sid: str
    name: str
    numbers: tuple[str, ...]


class Twilio:
    """`username`: an API key's SID or the account's; `password`: its secret or the auth token.

    `urls`: "api", "intelligence", "messaging" and "pricing" to scheme and host; Twilio's own by default.
    `messaging_service_sid` (MG…) or `from_number`.
    """

    def __init__(
        self,
        account_sid: str,
        username: str,
        password: str,
        now: Now,
        *,
        urls: Mapping[str, str] | None = None,
        messaging_service_sid: str | None = None,
        from_number: str | None = None,
        http: Http | None = None,
    ) -> None:
        self._account = f"/2010-04-01/Accounts/{quote(account_sid, safe='')}"
        self._now = now
        self.sender = messaging_service_sid or from_number or ""
        self._sender = {"From": from_number or ""}
        if messaging_service_sid:
            self._sender = {"MessagingServiceSid": messaging_service_sid}
        auth = _basic(username, password)

        def transport(host: str) -> Transport:
            url = (urls or {}).get(host) or f"https://{host}.twilio.com"
            return Transport("Twilio", url, auth, now, http)

        self._api = transport("api")
        self._intelligence = transport("intelligence")
        self._messaging = transport("messaging")
        self._pricing = transport("pricing")

    def close(self) -> None:
        for transport in (self._api, self._intelligence, self._messaging, self._pricing):
            transport.close()

    @property
    def skew(self) -> timedelta | None:
        """Twilio's clock minus ours, as last seen; None before the first answer."""
        return self._api.skew

    # --- sending ---

    def send_text(
        self, to: str, body: str, *, send_at: datetime | None = None, validity_s: int | None = None
    ) -> Sent:
        """One text. Tried again only when it provably never reached Twilio (or 429)."""
        # Half a letter from somebody's database must not stop the run.
        form: dict[str, str | bytes] = {"To": to, "Body": body.encode("utf-8", "replace"), **self._sender}
        if send_at is not None:
            form |= {
                "ScheduleType": "fixed",
                "SendAt": send_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            }
        if validity_s is not None:
            form["ValidityPeriod"] = str(validity_s)
        try:
            answer = self._api.once("POST", f"{self._account}/Messages.json", form=form)
        except Unreachable as problem:
            return no_answer(problem)
        return outcome_of(answer)

    def is_from_our_sender(self, row: MessageRow) -> bool:
        """Whether it went out through the configured sender. With a Messaging Service `from` says nothing:
        it is empty at first, and then any number of the service.
        """
        if "MessagingServiceSid" in self._sender:
            return row.messaging_service_sid in ("", self._sender["MessagingServiceSid"])
        return row.sender in ("", self._sender["From"])

    def cancel(self, sid: str) -> Canceling:
        """Stops a scheduled text. Asking twice is harmless: what the first one did shows in the message."""
        try:
            self._api.read("POST", self._message_path(sid), form={"Status": "canceled"})
            status = self.fetch(sid).status
        except ServiceFailed:
            return Canceling.UNKNOWN
        if status == "canceled":
            return Canceling.CANCELED
        return Canceling.UNKNOWN if status in ("scheduled", "accepted") else Canceling.TOO_LATE

    def fetch(self, sid: str) -> MessageRow:
        answer = self._ok(self._api.read("GET", self._message_path(sid)), "fetch a message")
        page = page_of(MessageRow, [answer.parsed()])
        if not page.rows:
            raise self._api.unreadable(answer)
        return page.rows[0]

    def _message_path(self, sid: str) -> str:
        return f"{self._account}/Messages/{quote(sid, safe='')}.json"

    def media_links(self, sid: str) -> list[str]:
        """Where the pictures and files of a message are; opening them takes the account's login."""
        pages = self._list(Row, f"Messages/{quote(sid, safe='')}/Media", "media_list", {})
        return [
            f"{self.media_list_url(sid)}/{quote(row.sid, safe='')}" for page in pages for row in page.rows
        ]

    def recording_link(self, sid: str) -> str:
        """Where a recording can be heard, with the account's login."""
        return f"{self._api.base_url}{self._account}/Recordings/{quote(sid, safe='')}.mp3"

    def media_list_url(self, sid: str) -> str:
        return f"{self._api.base_url}{self._account}/Messages/{quote(sid, safe='')}/Media"

    # --- lists ---

    def messages(
        self, since: date | None = None, *, to: str = "", sender: str = ""
    ) -> Iterator[Page[MessageRow]]:
        """All messages, in and out, newest first as a rule. `since`: days in UTC, by the date of sending.

        Without `since` scheduled and queued messages are in it for certain; they have no date of sending.
        """
        return self.prepared_messages(lambda page: page, since, to=to, sender=sender)

    def prepared_messages(
        self,
        prepare: Callable[[Page[MessageRow]], T],
        since: date | None = None,
        *,
        to: str = "",
        sender: str = "",
    ) -> Iterator[T]:
        """The same; `prepare` is done to each page by the thread that fetches, while the caller stores others."""
        params = {"To": to, "From": sender, "DateSent>": self._from_day(since)}
        path = f"{self._account}/Messages.json"
        return self._raw_pages(
            self._api, path, "messages", params, lambda rows: prepare(page_of(MessageRow, rows))
        )

    def calls(self, since: date) -> Iterator[Page[CallRow]]:
        return self._list(CallRow, "Calls", "calls", {"StartTime>": self._from_day(since)})

    def call(self, sid: str) -> CallRow | None:
        """None when Twilio does not have it any more."""
        answer = self._api.read("GET", f"{self._account}/Calls/{quote(sid, safe='')}.json")
        if answer.status == 404:
            return None
        page = page_of(CallRow, [self._ok(answer, "fetch a call").parsed()])
        return page.rows[0] if page.rows else None

    def recordings(self, since: date) -> Iterator[Page[RecordingRow]]:
        return self._list(RecordingRow, "Recordings", "recordings", {"DateCreated>": self._from_day(since)})

    def transcriptions(self) -> Iterator[Page[TranscriptionRow]]:
        """The recordings' own transcriptions: Twilio can't filter them, so stop when they are old enough."""
        return self._list(TranscriptionRow, "Transcriptions", "transcriptions", {})

    def transcriptions_of(self, recording_sid: str) -> list[TranscriptionRow]:
        resource = f"Recordings/{quote(recording_sid, safe='')}/Transcriptions"
        pages = self._list(TranscriptionRow, resource, "transcriptions", {})
        return [row for page in pages for row in page.rows]

    def transcripts(
        self, since: date | None = None, *, recording_sid: str = ""
    ) -> Iterator[Page[TranscriptRow]]:
        """Transcripts of Voice Intelligence, of the whole account or of one recording."""
        after = f"{self._from_day(since)}T00:00:00Z" if since else ""
        params = {"AfterDateCreated": after, "SourceSid": recording_sid}
        return self._pages(TranscriptRow, self._intelligence, "/v2/Transcripts", "transcripts", params)

    def sentences(self, transcript_sid: str) -> list[str]:
        """What was said, in order. Sentences have SIDs too, but their order is their index."""
        path = f"/v2/Transcripts/{quote(transcript_sid, safe='')}/Sentences"
        said: list[tuple[int, str]] = []
        for rows in self._raw_pages(self._intelligence, path, "sentences", {}, list):
            for row in rows:
                if isinstance(row, dict) and isinstance(row.get("transcript"), str):
                    index = row.get("sentence_index")
                    said.append((index if isinstance(index, int) else len(said), row["transcript"]))
        return [words for _, words in sorted(said, key=lambda sentence: sentence[0])]

    def _list(
        self, made: Callable[[Mapping[str, Any]], R], resource: str, key: str, params: Mapping[str, str]
    ) -> Iterator[Page[R]]:
        return self._pages(made, self._api, f"{self._account}/{resource}.json", key, params)

    def _pages(
        self,
        made: Callable[[Mapping[str, Any]], R],
        transport: Transport,
        path: str,
        key: str,
        params: Mapping[str, str],
    ) -> Iterator[Page[R]]:
        return self._raw_pages(transport, path, key, params, lambda rows: page_of(made, rows))

    def _raw_pages(
        self,
        transport: Transport,
        path: str,
        key: str,
        params: Mapping[str, str],
        taken: Callable[[list[Any]], T],
    ) -> Iterator[T]:
        """Follows the links Twilio gives; a page number of our own making would lose rows."""
        given = {name: value for name, value in params.items() if value} | {"PageSize": str(_PAGE)}
        seen: dict[str, int] = {}
        pages = Circle(_name)

        def fetch(link: str) -> tuple[T, str | None]:
            answer = transport.read("GET", link or path, params=None if link else given)
            fields = self._ok(answer, f"list {key}").fields()
            rows = fields.get(key)
            try:
                following = _next_link(fields)
            except ValueError:
                raise transport.unreadable(answer) from None
            if not isinstance(rows, list):
                raise transport.unreadable(answer)
            # Once more is harmless, because rows are told apart by SID; more often is a circle.
            if following and (seen.setdefault(following, 0) >= 2 or pages.closes(rows)):
                raise circle("Twilio", key)
            if following:
                seen[following] += 1
            return taken(rows), following

        return following_pages(fetch, "")

    def _from_day(self, since: date | None) -> str:
        if since is None:
            return ""
        return max(since, self._now().astimezone(UTC).date() - timedelta(days=OLDEST_DAYS)).isoformat()

    # --- the account ---

    def numbers(self) -> list[str]:
        """The account's own numbers."""
        pages = self._list(NumberRow, "IncomingPhoneNumbers", "incoming_phone_numbers", {})
        return [row.number for page in pages for row in page.rows]

    def messaging_service(self, sid: str) -> MessagingService:
        path = f"/v1/Services/{quote(sid, safe='')}"
        fields = self._ok(self._messaging.read("GET", path), "fetch the Messaging Service").fields()
        pages = self._pages(NumberRow, self._messaging, f"{path}/PhoneNumbers", "phone_numbers", {})
        numbers = tuple(row.number for page in pages for row in page.rows)
        return MessagingService(str(fields.get("sid", "")), clean(fields.get("friendly_name", "")), numbers)

    def price_per_segment(self, country: str) -> Decimal | None:
        """The dearest carrier's price in USD of a text to this country; None when Twilio tells none.

        The dearest, because which carrier a number has is not known before, and the cost brake must not be
        late.
        """
        answer = self._pricing.read("GET", f"/v1/Messaging/Countries/{quote(country.upper(), safe='')}")
        if answer.status == 404:
            return None
        fields = self._ok(answer, "fetch prices").fields()
        prices = [
            price for carrier in _dicts(fields.get("outbound_sms_prices")) for price in _prices(carrier)
        ]
        in_usd = str(fields.get("price_unit") or "USD").upper() == "USD"
        return max(prices, default=None) if in_usd else None

    def balance(self) -> tuple[Decimal, str] | None:
        """Money left and its currency; None when Twilio tells no amount."""
        fields = self._ok(
            self._api.read("GET", f"{self._account}/Balance.json"), "fetch the balance"
        ).fields()
        try:
            return Decimal(str(fields.get("balance"))), str(fields.get("currency") or "USD")
        except InvalidOperation:
            return None

    def _ok(self, answer: Answer, what: str) -> Answer:
        """The answer, when it is good. 401 on the messages is a wrong key; elsewhere a right not given."""
        if answer.ok:
            return answer
        code, words = refusal_in(answer.fields())
        if not code and not words:
            raise Unreachable(
                f"Twilio answered {answer.status} to the request to {what}: {answer.said() or 'nothing'}.",
                "Nothing to do if it happens once; run again.",
                service="Twilio",
            )
        error = error_of(code)
        said = f"Twilio refused to {what} ({code or answer.status}): {words or error.meaning}."
        if answer.status == 401 and what == "list messages":
            raise BadCredentials(
                said, "Check twilio.account_sid and the stored key with `nsquilio credentials test`."
            )
        advice = (
            error.advice if code in ("20003", "20404") else "Run again; `nsquilio doctor` checks each right."
        )
        raise Refused(said, advice, service="Twilio", status=answer.status, error_code=code)


def _basic(username: str, password: str) -> Callable[[PreparedRequest], PreparedRequest]:
    pair = base64.b64encode(f"{username}:{password}".encode()).decode()

    def authorise(request: PreparedRequest) -> PreparedRequest:
        request.headers["Authorization"] = f"Basic {pair}"
        return request

    return authorise


def _next_link(fields: Mapping[str, Any]) -> str | None:
    """The 2010 API gives a relative `next_page_uri`, the newer ones an absolute one in `meta`.

    Raises `ValueError` for what is neither a link nor null: taken for the end, it would lose the rest of the list.
    """
    meta = fields.get("meta", {"next_page_url": fields.get("next_page_uri")})
    if not isinstance(meta, dict):
        raise ValueError(meta)
    link = meta.get("next_page_url")
    if not isinstance(link, str | None):
        raise ValueError(link)
    return own_path(link) if link else None


def _name(row: object) -> str:
    sid = row.get("sid") if isinstance(row, dict) else None
    return sid if isinstance(sid, str) and sid else repr(row)


def _dicts(value: object) -> list[dict[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _prices(carrier: Mapping[str, Any]) -> Iterator[Decimal]:
    for price in _dicts(carrier.get("prices")):
        try:
            yield Decimal(str(price.get("current_price")))
        except InvalidOperation:
            continue
