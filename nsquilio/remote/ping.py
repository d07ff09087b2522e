"""Tells a monitoring service that a run has begun, ended well or failed: one request each, in the background.

Never changes the outcome of a run: no error leaves this module and none of its requests is waited for longer
than ten seconds. Asks https addresses and this machine only, follows no redirect, sends counts and the audit
head but nothing about a customer.
"""

from __future__ import annotations

import re
import threading
from urllib.parse import urlsplit

from nsquilio import __version__
from nsquilio.remote.transport import Http

LIMIT_S = 10.0
_LOOPBACK = re.compile(r"localhost|127(?:\.\d{1,3}){3}|::1")


def may_be_asked(url: str) -> bool:
    """https, or plain http to this machine."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (
        parts.scheme == "http" and _LOOPBACK.fullmatch(parts.hostname or "") is not None
    )


class Pings:
    """As healthchecks.io has it: `…/start`, the bare address for success, `…/<exit code>` for failure."""

    def __init__(self, url: str | None, http: Http | None = None, limit_s: float = LIMIT_S) -> None:
        self._url = url.rstrip("/") if url and may_be_asked(url) else None
        self._http = http or Http()
        self._limit_s = limit_s

    def start(self) -> bool:
        return self._ask("/start", "")

    def success(self, audit_head: str) -> bool:
        """`audit_head`: kept by the monitoring service, where nobody on this machine can change it."""
        return self._ask("", f"audit head {audit_head}\n")

    def failure(self, exit_code: int) -> bool:
        return self._ask(f"/{exit_code:d}", f"exit code {exit_code:d}\n")

    def _ask(self, suffix: str, body: str) -> bool:
        """Whether somebody answered in time. In a thread: requests has a time-out per read, not in all."""
        if self._url is None:
            return False
        path, _, query = self._url.partition("?")
        url = path.rstrip("/") + suffix + (f"?{query}" if query else "")
        answered = threading.Event()
        thread = threading.Thread(target=self._post, args=(url, body, answered), daemon=True, name="ping")
        try:
            thread.start()
            thread.join(self._limit_s)
        except RuntimeError:  # no more threads; a run does not fail for that
            return False
        return answered.is_set()

    def _post(self, url: str, body: str, answered: threading.Event) -> None:
        import requests

        proxy = self._http.proxy
        try:
            with requests.Session() as session:
                session.trust_env = False
                answer = session.post(
                    url,
                    data=body.encode("ascii", "replace"),
                    headers={"User-Agent": f"nsquilio/{__version__}", "Content-Type": "text/plain"},
                    timeout=self._limit_s / 2,
                    allow_redirects=False,
                    stream=True,  # the answer's body is of no interest and may be endless
                    verify=self._http.ca_file or True,
                    proxies={"http": proxy, "https": proxy} if proxy else None,
                )
                answer.close()
                if 200 <= answer.status_code < 300:
                    answered.set()
        except Exception:  # noqa: BLE001 - whatever happens here, the run goes on
            return
