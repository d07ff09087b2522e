"""The bare loops: the same requests with `requests` and nothing around them."""

from __future__ import annotations

import json
import pickle
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import local

import requests


def fetch_and_parse(base_url: str, file: Path) -> None:
    """Every recorded request, one after the other, its JSON parsed."""
    _known, order = pickle.loads(file.read_bytes())
    session = requests.Session()
    session.trust_env = False
    for method, path, body in order:
        json.loads(session.request(method, base_url + path, data=body or None, timeout=60).content)


def send(base_url: str, count: int, in_flight: int) -> None:
    """So many texts, a session per thread."""
    mine = local()

    def one(n: int) -> None:
        if not hasattr(mine, "session"):
            mine.session = requests.Session()
            mine.session.trust_env = False
        form = {"To": "+12125550123", "Body": f"text {n}"}
        answer = mine.session.post(f"{base_url}/2010-04-01/Accounts/AC/Messages.json", data=form, timeout=60)
        answer.json()

    with ThreadPoolExecutor(in_flight) as pool:
        list(pool.map(one, range(count)))


if __name__ == "__main__":
    if sys.argv[1] == "fetch":
        fetch_and_parse(sys.argv[2], Path(sys.argv[3]))
    else:
        send(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
