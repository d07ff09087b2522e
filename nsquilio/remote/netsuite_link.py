"""The authorised line to one NetSuite account: a refused token is renewed once, then the refusal counts.

Knows no table and no record.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from nsquilio.errors import BadConfig, BadCredentials
from nsquilio.remote.netsuite_auth import NetSuiteLogin, Tokens
from nsquilio.remote.netsuite_errors import LOGIN_AUDIT_TRAIL, reason_in
from nsquilio.remote.transport import Answer, Http, Now, Transport

_ACCOUNT = re.compile(r"[A-Za-z0-9]+(?:[_-][A-Za-z0-9]+)?")


def base_url_of(account: str) -> str:
    """Where an account is served. Checked, because a stray / or @ would send the login to another host."""
    if not _ACCOUNT.fullmatch(account):
        raise BadConfig(
            f"{account[:60]!r} can't be a NetSuite account id.",
            "Write it as NetSuite shows it at Setup > Company > Company Information: 1234567 or 1234567_SB1.",
        )
    return f"https://{account.lower().replace('_', '-')}.suitetalk.api.netsuite.com"


class NetSuiteLink:
    def __init__(
        self, base_url: str, login: NetSuiteLogin, now: Now, http: Http | None, concurrency: int
    ) -> None:
        self._for_tokens = Transport("NetSuite", base_url, None, now, http)
        self._tokens = Tokens(self._for_tokens, login, now)
        self._transport = Transport(
            "NetSuite", base_url, self._tokens.authorise, now, http, in_flight=max(1, concurrency)
        )

    @property
    def skew(self) -> timedelta | None:
        """NetSuite's clock minus ours, as last seen."""
        return self._transport.skew if self._transport.skew is not None else self._for_tokens.skew

    def close(self) -> None:
        self._transport.close()
        self._for_tokens.close()

    def log_in(self) -> None:
        """Fetches a token; raises what is wrong with the login."""
        self._tokens.current()

    def read(
        self, method: str, path: str, *, body: Any = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """For queries and for writes that may be repeated (`PUT …/eid:`)."""
        return self._authorised(lambda: self._transport.read(method, path, body=body, headers=headers))

    def once(
        self, method: str, path: str, *, body: Any = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        return self._authorised(lambda: self._transport.once(method, path, body=body, headers=headers))

    def _authorised(self, ask: Callable[[], Answer]) -> Answer:
        token = self._tokens.current()
        answer = ask()
        if answer.status != 401:
            return answer
        # An expired token and too many requests at once look the same (facts/netsuite.md, section 0).
        self._tokens.renew(token)
        answer = ask()
        if answer.status == 401:
            why = reason_in(answer) or "no reason given"
            raise BadCredentials(
                f"NetSuite refused a request right after the login: {why}.",
                f"{LOGIN_AUDIT_TRAIL} The role needs the permission Log in using OAuth 2.0 Access Tokens. "
                "Too many requests at once look the same: lower netsuite.concurrency if others share the "
                "account.",
            )
        return answer
