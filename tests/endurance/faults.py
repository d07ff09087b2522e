"""How the faults of the table are made: each function is given the town, does something to it, runs the program and
says how that run ended. What they leave behind (a changed configuration, a moved file) they put back themselves.
"""

from __future__ import annotations

import datetime as dt
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from nsquilio.sandbox import control, outside
from nsquilio.sandbox.faults import ordered as waiting
from nsquilio.sandbox.fill import fill
from nsquilio.sandbox.twilio_access import own_numbers
from tests.endurance.between import AFTER, BEFORE, Act, Passed
from tests.endurance.children import Ended
from tests.endurance.town import MARIA, Town

Fault = Callable[[Town], Ended]


def ordered(name: str, times: int = 1, **how: object) -> Fault:
    """A fault of the sandbox for the next requests it is about."""

    def fault(town: Town) -> Ended:
        control.set_fault(town.world, name, times)
        ended = town.run("remind", **how)  # type: ignore[arg-type]
        take_back(town, name, times)
        return ended

    return fault


def take_back(town: Town, name: str, times: int) -> None:
    assert waiting(town.world).get(name, 0) < times, f"the fault {name} never happened"
    control.set_fault(town.world, name, 0)


def at_send(when: str, path: str = "") -> Act:
    """A reset instead of an answer to the first send, or the first to that path."""
    seen: list[int] = []

    def act(passed: Passed, now: str) -> str | None:
        if not passed.is_send or now != when or not passed.path.endswith(path):
            return None
        seen.append(passed.number)
        return "reset" if len(seen) == 1 else None

    return act


def acting(make: Callable[[Town], Act], **how: object) -> Fault:
    return lambda town: town.run("remind", act=make(town), **how)  # type: ignore[arg-type]


def at_first_send(do: Callable[[Town], object]) -> Callable[[Town], Act]:
    """Something happens when the first send arrives, before its effect."""

    def make(town: Town) -> Act:
        done: list[bool] = []

        def act(passed: Passed, when: str) -> str | None:
            if passed.is_send and when == BEFORE and not done:
                done.append(True)
                do(town)
            return None

        return act

    return make


@contextmanager
def changed_config(town: Town, *changes: tuple[str, str]) -> Iterator[Path]:
    """Another configuration beside the one in use."""
    text = town.config.read_text()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    path = town.folder / "elsewhere.yaml"
    path.write_text(text)
    yield path
    path.unlink()


def configured(*changes: tuple[str, str], **how: object) -> Fault:
    def fault(town: Town) -> Ended:
        with changed_config(town, *changes) as config:
            return town.run("remind", config=config, **how)  # type: ignore[arg-type]

    return fault


def one_at_a_time(fault: Callable[[Town, Path], Ended]) -> Fault:
    def run(town: Town) -> Ended:
        with changed_config(town, ("twilio:\n", "twilio:\n  requests_in_flight: 1\n")) as config:
            return fault(town, config)

    return run


def edited(town: Town) -> Ended:
    """Phone, amount and template change after the message went out."""
    assert town.run("remind").code == 0
    control.change_customer(town.world, "Maria O'Brien", mobilephone="+1 617 555 0199", phone=None)
    control.change_invoice(town.world, "INV-1051", foreigntotal=Decimal("999.00"))
    town.later(minutes=5)
    return configured(("was due", "has been due since"))(town)


def many_more(invoices: int) -> Fault:
    def fault(town: Town) -> Ended:
        fill(town.world, invoices, invoices)
        return town.run("remind")

    return fault


def stopped(words: str) -> Fault:
    """A no in these words arrives before the run reads the list."""

    def fault(town: Town) -> Ended:
        town.text(MARIA, words, is_no=True)
        return town.run("remind")

    return fault


def stopped_and_started(town: Town) -> Ended:
    town.text(MARIA, "STOP")
    assert town.run("pull-inbound").code == 0
    town.later(minutes=1)
    town.text(MARIA, "START")
    return town.run("remind")


def logged(name: str, times: int) -> Fault:
    def fault(town: Town) -> Ended:
        assert town.run("remind").code == 0
        control.set_fault(town.world, name, times)
        ended = town.run("log-replies")
        take_back(town, name, times)
        assert town.run("log-replies").code == 0
        return ended

    return fault


def pulled(name: str, times: int) -> Fault:
    def fault(town: Town) -> Ended:
        assert town.run("remind").code == 0
        for number in range(3):
            town.text(MARIA, f"hello {number}")
        control.set_fault(town.world, name, times)
        ended = town.run("pull-inbound")
        take_back(town, name, times)
        town.run("pull-inbound")
        return ended

    return fault


def hostile_words(town: Town) -> Ended:
    assert town.run("remind").code == 0
    for words in ("\x1b]0;gone\x07\x1b[2J", "[/] [bold]", "=cmd|' /C calc'!A0", "\u202egnp.exe", "😀" * 700):
        town.text(MARIA, words)
    assert town.run("pull-inbound").code == 0
    assert town.run("log-replies").code in (0, 1)
    shown = town.run("inbox", "list")
    assert "\x1b" not in shown.out and "\u202e" not in shown.out
    return town.run("remind")


def paid_meanwhile(town: Town) -> Act:
    """The invoice is paid when the last look at the balances begins."""
    done: list[bool] = []

    def act(passed: Passed, when: str) -> str | None:
        if b"BUILTIN.CF(t.status) AS status" in passed.body and when == BEFORE and not done:
            done.append(True)
            control.pay(town.world, "INV-1051")
        return None

    return act


def refused_at_third(town: Town, config: Path) -> Ended:
    """The credentials are taken away while messages go out."""
    seen: list[int] = []

    def act(passed: Passed, when: str) -> str | None:
        if passed.is_send and when == BEFORE:
            seen.append(passed.number)
            if len(seen) == 3:
                control.set_fault(town.world, "401", 9)
        return None

    ended = town.run("remind", config=config, act=act)
    control.set_fault(town.world, "401", 0)
    return ended


def sigterm_at_second(town: Town, config: Path) -> Ended:
    """Told to end while a request is under way: that one is finished, and none follows."""
    seen: list[int] = []

    def act(passed: Passed, when: str) -> str | None:
        if passed.is_send and when == BEFORE:
            seen.append(passed.number)
            if len(seen) == 2:
                os.kill(passed.pid, signal.SIGTERM)
        return None

    return town.run("remind", config=config, act=act)


def lagging_list(town: Town) -> Ended:
    """The answer is lost, and for a while the list does not show what was sent either."""
    control.set_fault(town.world, "list-lag", 99)
    ended = town.run("remind", act=at_send(AFTER, path="/Messages.json"))  # the logs of mails do not lag
    town.later(minutes=2)
    assert town.run("remind").code == 1
    assert sum(town.told().values()) == 4
    control.set_fault(town.world, "list-lag", 0)
    return ended


def small_pages(fault: Fault) -> Fault:
    """Two rows on each page of Twilio's lists."""

    def run(town: Town) -> Ended:
        town.between.rewrite = lambda path: path.replace("PageSize=1000", "PageSize=2")
        try:
            return fault(town)
        finally:
            town.between.rewrite = lambda path: path

    return run


def _small_talk(town: Town) -> None:
    for number in range(4):
        town.text("+12125550142", f"hello {number}")
        town.later(seconds=1)


def page_twice(town: Town) -> Ended:
    _small_talk(town)
    return ordered("duplicate-page")(town)


def second_page_fails(town: Town) -> Ended:
    """What customers wrote takes several pages, and only the first can be read. An old STOP stands on the last."""
    _small_talk(town)
    ours = own_numbers(town.world)[0]
    outside.replies(town.world, [(MARIA, ours, "STOP", town.now - timedelta(days=9))])
    town.stopped[MARIA] = town.now

    def act(passed: Passed, when: str) -> str | None:
        return (
            "reset" if when == BEFORE and "Messages.json?" in passed.path and "Token" in passed.path else None
        )

    ended = town.run("remind", act=act)
    assert town.told() == {}
    return ended


def by_hand(to: str, body: str, *, sender: str | None = None) -> Fault:
    """Somebody else's program, or a person in the console, sends in the same account."""

    def fault(town: Town) -> Ended:
        town.run("remind", "--limit", "1")
        outside_text(town, to, body, sender)
        town.later(minutes=10)
        return town.run("remind")

    return fault


def outside_text(town: Town, to: str, body: str, sender: str | None = None) -> None:
    """A text that left the account without us, straight into Twilio's record."""
    import http.client
    from base64 import b64encode
    from urllib.parse import urlencode, urlsplit

    from nsquilio.sandbox.twilio_access import credentials

    known = credentials(town.world)
    who = {"From": sender} if sender else {"MessagingServiceSid": known["messaging_service_sid"]}
    given = f"{known['account_sid']}:{known['twilio.auth_token']}".encode()
    there = urlsplit(town.sandbox_url)
    connection = http.client.HTTPConnection(there.hostname or "", there.port, timeout=10)
    connection.request(
        "POST",
        f"/2010-04-01/Accounts/{known['account_sid']}/Messages.json",
        urlencode({"To": to, "Body": body, **who}),
        {
            "Authorization": "Basic " + b64encode(given).decode(),
            "Content-Type": "application/x-www-form-urlencoded",
        },
    )
    assert connection.getresponse().status == 201
    connection.close()


def nights_of_a_change(first: datetime, hours: int, *due: str) -> Fault:
    """A run every half hour through a night in which the clocks change, so twice in a doubled hour."""

    def fault(town: Town) -> Ended:
        assert town.run("remind").code == 0
        town.now = first
        for day in due:
            control.new_invoice(
                town.world,
                "Maria O'Brien",
                Decimal("80.00"),
                dt.date.fromisoformat(day),
                entered=first.date(),
            )
        for _ in range(2 * hours):
            ended = town.run("remind")
            assert ended.code == 0, ended
            town.later(minutes=30)
        return ended

    return fault


def changed_customer(name: str, **columns: object) -> Fault:
    def fault(town: Town) -> Ended:
        control.change_customer(town.world, name, **columns)
        return town.run("remind")

    return fault


def suddenly_many(town: Town) -> Ended:
    """The second night brings a thousand times the first."""
    assert town.run("remind").code == 0
    town.later(days=1)
    fill(town.world, 1000, 1000)
    before = sum(town.told().values())
    ended = town.run("remind")
    assert sum(town.told().values()) == before
    return ended


def late_and_out_of_order(town: Town) -> Ended:
    """Texts that were received long before turn up behind newer ones; and each is read again and again."""
    assert town.run("remind").code == 0
    town.text(MARIA, "new")
    assert town.run("pull-inbound").code == 0
    ours = own_numbers(town.world)[0]
    outside.replies(
        town.world,
        [
            (MARIA, ours, f"{hours} hours late", town.now - timedelta(hours=hours))
            for hours in (1, 40, 70, 71)
        ],
    )
    assert town.run("pull-inbound").code == 0
    return town.run("pull-inbound")


def printing_to_a_full_disk(town: Town) -> Ended:
    return town.run("remind", "--format", "json", out="/dev/full")


def on_a_poor_terminal(town: Town) -> Ended:
    return town.run("remind", TERM="dumb", LANG="C")
