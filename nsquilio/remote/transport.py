"""One service over HTTP: time-outs, repeats, what an error means, and the service's clock.

Two ways to ask. `read` repeats by itself and is for requests that change nothing or may be repeated without
harm; `once` is for what a customer would notice, and repeats only what provably never reached the service.
Never follows a redirect, keeps no cookie, reads no environment variable or .netrc, and sends to its own base
URL alone.
"""

from __future__ import annotations

import json
import random
import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from nsquilio import __version__
from nsquilio.errors import Unreachable
from nsquilio.remote.trouble import Trouble, trouble_of

if TYPE_CHECKING:
    from requests import PreparedRequest, Response, Session

Now = Callable[[], datetime]
Auth = Callable[["PreparedRequest"], "PreparedRequest"]
Fields = Mapping[str, Any] | Sequence[tuple[str, Any]]

CONNECT_S = 5.0
READ_S = 35.0
"""Above the 26 s that Twilio may hold a request before its own 500 (facts/twilio.md, section 5)."""

READ_TRIES = 4
SEND_TRIES = 3
LONGEST_PAUSE_S = 60.0
"""urllib3's own limit for Retry-After is six hours: a cron job would hang."""

_READ_AT_ONCE = 1 << 20
"""A page of a listing in one piece; the library's own 10 kB cost half of the time of fetching it."""

_HEADERS = {"User-Agent": f"nsquilio/{__version__}", "Accept": "*/*", "Accept-Encoding": "gzip, deflate"}
_TRY_AGAIN = frozenset({408, 429, 500, 502, 503, 504})
_STALE_AFTER_S = 10.0
"""A connection idle for longer may have been closed at the other end just now; a send then gets a new one."""


@dataclass(frozen=True, slots=True)
class Http:
    """What all services share: the settings of `http:` and the seams for tests."""

    ca_file: str | None = None
    proxy: str | None = None
    pause: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random  # jitter, 0 to 1


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, read to its end. Header names are matched without case."""

    service: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def date(self) -> datetime | None:
        """The service's clock, to the second."""
        return _moment(self.headers.get("Date"))

    def parsed(self) -> Any:
        """The JSON, numbers with a fraction as Decimal; None when the body is not JSON."""
        body = self.body
        if b"\\" in body and b"\\u" in body:  # the first look costs a tenth of the second
            body = _SURROGATES.sub(_whole_letter, body)
        try:
            return json.loads(body, parse_float=Decimal)
        except (ValueError, RecursionError):
            return None

    def fields(self) -> dict[str, Any]:
        """The JSON object of the body; empty when it is anything else."""
        parsed = self.parsed()
        return parsed if isinstance(parsed, dict) else {}

    def said(self) -> str:
        """The first words of a body that is not what was expected, harmless to print."""
        if 300 <= self.status < 400:
            return "a redirect, which is never followed"
        text = self.body[:2_000].decode("utf-8", "replace")
        if _IS_HTML.match(text):  # a proxy's or a server's own page: its words, not its tags
            text = f"a web page: {_TAGS.sub(' ', text)}"
        return clean(text) or "nothing"


_IS_HTML = re.compile(r"\s*<(?:!doctype|html|head|body|center|h1)\b", re.IGNORECASE)
_TAGS = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.IGNORECASE | re.DOTALL)
_SURROGATES = re.compile(
    rb"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[dD][89a-fA-F][0-9a-fA-F]{2}"
)


def _whole_letter(match: re.Match[bytes]) -> bytes:
    """Half a letter (a lone surrogate) can neither be sent nor stored; it becomes a replacement character."""
    return rb"\ufffd" if len(match[0]) == 6 else match[0]


def clean(text: object, longest: int = 300) -> str:
    """A service's words for one of our messages: one line, no control characters, not endless."""
    printable = "".join(letter if letter.isprintable() else " " for letter in str(text)[: longest * 4])
    line = " ".join(printable.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


class Transport:
    """Safe to use from many threads: each has its own session, as the authors of requests advise."""

    def __init__(
        self,
        service: str,
        base_url: str,
        auth: Auth | None,
        now: Now,
        http: Http | None = None,
        *,
        in_flight: int | None = None,
    ) -> None:
        self.service = service
        self.base_url = base_url.rstrip("/")
        self.host = urlsplit(base_url).netloc
        self.skew: timedelta | None = None
        self._auth = auth
        self._now = now
        self._http = http or Http()
        self._local = threading.local()
        self._sessions: list[Session] = []
        self._lock = threading.Lock()
        self._room: AbstractContextManager[Any] = (
            threading.BoundedSemaphore(in_flight) if in_flight else nullcontext()
        )

    def close(self) -> None:
        with self._lock:
            for session in self._sessions:
                session.close()
            self._sessions.clear()
            self._local = threading.local()

    def read(
        self,
        method: str,
        path: str,
        *,
        params: Fields | None = None,
        form: Fields | None = None,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Repeats on a lost connection, 429 and 5xx; returns the last answer whatever its status."""
        for attempt in range(READ_TRIES):
            last_try = attempt == READ_TRIES - 1
            try:
                answer = self._ask(method, path, params, form, body, headers)
            except Unreachable:
                if last_try:
                    raise
                self._pause(attempt, None)
                continue
            if last_try or answer.status not in _TRY_AGAIN:
                return answer
            self._pause(attempt, answer)
        raise AssertionError("unreachable: the last try returns or raises")

    def once(
        self,
        method: str,
        path: str,
        *,
        form: Fields | None = None,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """For what a customer would notice. Repeats only a 429 and what never left.

        429: "never processed and is always safe to retry" (Twilio, error 20429).
        """
        self._drop_stale_connection()
        for attempt in range(SEND_TRIES):
            last_try = attempt == SEND_TRIES - 1
            try:
                answer = self._ask(method, path, None, form, body, headers)
            except Unreachable as problem:
                if problem.sent or last_try:
                    raise
                self._pause(attempt, None)
                continue
            if last_try or answer.status != 429:
                return answer
            self._pause(attempt, answer)
        raise AssertionError("unreachable: the last try returns or raises")

    def _ask(
        self,
        method: str,
        path: str,
        params: Fields | None,
        form: Fields | None,
        body: Any,
        headers: Mapping[str, str] | None,
    ) -> Answer:
        import requests

        kind, payload = _payload(form, body)
        try:
            with self._room:
                # Prepared without the session, whose merging of its settings costs a third of a request.
                prepared = requests.Request(
                    method,
                    self.base_url + own_path(path),
                    params=params,
                    data=payload,
                    headers={**_HEADERS, **kind, **(headers or {})},
                    auth=self._auth,
                ).prepare()
                response = self._session().send(
                    prepared,
                    timeout=(CONNECT_S, READ_S),
                    allow_redirects=False,
                    stream=True,
                    verify=self._http.ca_file or True,
                )
                body = b"".join(response.iter_content(_READ_AT_ONCE))
        except (requests.RequestException, OSError) as error:
            raise self._unreachable(trouble_of(error)) from None
        return self._answer(response, body)

    def _answer(self, response: Response, content: bytes) -> Answer:
        self._local.used_at = time.monotonic()
        answer = Answer(self.service, response.status_code, response.headers, content)
        self._note_clock(answer)
        return answer

    def unreadable(self, answer: Answer) -> Unreachable:
        """The error for an answer that is not the service's own: a proxy's page, a cut body, HTML."""
        said = answer.said()
        return Unreachable(
            f"{self.service} ({self.host}) answered {answer.status} with something unreadable: {said}.",
            "Check for a proxy or sign-in page between this machine and the service, then run again.",
            service=self.service,
        )

    def _unreachable(self, trouble: Trouble) -> Unreachable:
        return Unreachable(
            f"{self.service} ({self.host}) {trouble.what}.",
            trouble.next,
            service=self.service,
            sent=trouble.sent,
        )

    def _note_clock(self, answer: Answer) -> None:
        there = answer.date
        if there is not None:
            self.skew = there - self._now()

    def _pause(self, attempt: int, answer: Answer | None) -> None:
        asked = None if answer is None else self._retry_after(answer)
        doubling = 0.5 * 2**attempt
        wait = doubling * (1 + self._http.chance() / 2) if asked is None else asked
        self._http.pause(min(wait, LONGEST_PAUSE_S))

    def _retry_after(self, answer: Answer) -> float | None:
        text = (answer.headers.get("Retry-After") or "").strip()
        if text.isascii() and text.isdigit():
            return float(text[:6])
        at = _moment(text)
        if at is None:
            return None
        return max(0.0, (at - self._now() - (self.skew or timedelta())).total_seconds())

    def _session(self) -> Session:
        session: Session | None = getattr(self._local, "session", None)
        if session is None:
            session = self._local.session = _new_session(self._http.proxy)
            with self._lock:
                self._sessions.append(session)
        return session

    def _drop_stale_connection(self) -> None:
        """A pooled connection that died unnoticed would turn a send into an unknown outcome."""
        session: Session | None = getattr(self._local, "session", None)
        used_at: float = getattr(self._local, "used_at", 0.0)
        if session is not None and time.monotonic() - used_at > _STALE_AFTER_S:
            session.close()  # closes its pools; the session itself goes on and opens a new connection


def _moment(text: str | None) -> datetime | None:
    """A header's date, `Thu, 24 Aug 2023 05:01:45 GMT`."""
    try:
        moment = parsedate_to_datetime(text or "")
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _new_session(proxy: str | None) -> Session:
    from http.cookiejar import DefaultCookiePolicy

    import requests

    session = requests.Session()
    session.trust_env = False  # else a line in ~/.netrc replaces our Authorization header
    session.cookies.set_policy(
        DefaultCookiePolicy(allowed_domains=())
    )  # a JSESSIONID makes NetSuite refuse logins
    if proxy:
        session.proxies = {"http": proxy, "https": proxy}
    return session


def _payload(form: Fields | None, body: Any) -> tuple[dict[str, str], bytes | str | None]:
    """The body of a request, and the header that says what it is."""
    if form is not None:
        words = urlencode(form, doseq=True, errors="replace")
        return {"Content-Type": "application/x-www-form-urlencoded"}, words
    if body is not None:
        words = json.dumps(body, ensure_ascii=False)
        return {"Content-Type": "application/json"}, words.encode("utf-8", "replace")
    return {}, None


def own_path(address: str) -> str:
    """The path and query of an address a service gave us, so that no answer can send us to another host."""
    if address.startswith("/"):
        return address
    parts = urlsplit(address)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
