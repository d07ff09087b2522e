"""The fault table of facts/delivery-and-storage, section 10: one test, a row for each fault, real processes, real
sockets. After each fault the next runs go on as cron would start them, and everything is held to the invariants.

Rows that are tests of one room stand there: keyring (48) and encrypted file (49) in tests/credentials, inbound
wordings (35, 36) in tests/core, closed streams (52) and hostile bytes in tests/cli, pings (53) in test_runlog,
configuration (51, 54) in tests/config, zones and contact hours (31 to 33) in tests/core. 47 is not needed.
"""

from __future__ import annotations

import shutil
import socket
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from nsquilio.sandbox import control
from nsquilio.sandbox.fill import fill
from nsquilio.sandbox.twilio_rules import set_number
from tests import invariants
from tests.endurance.between import AFTER, BEFORE, Act, Passed, kill_at, nothing
from tests.endurance.children import Ended
from tests.endurance.town import MARIA, TALLAHASSEE, Town, learn

NOTHING_SENT = 0


@dataclass(frozen=True, slots=True)
class Row:
    """`fault`: makes it and runs the program. `codes`: it may end with. `sent`: messages out after it, None: some.

    `open`: outcomes left to a person in the end, at most. `changes`: the world itself changed, so what goes out
    is another thing than in an undisturbed run, and `then` says what must hold instead.
    """

    number: str
    words: str
    fault: Callable[[Town], Ended]
    codes: set[int]
    sent: int | None = None
    open: int = 0
    changes: bool = False
    then: Callable[[Town], bool] = field(default=lambda town: True)


# --- how faults are made ---


def ordered(name: str, times: int = 1, **how: object) -> Callable[[Town], Ended]:
    """A fault of the sandbox for the next requests it is about."""

    def fault(town: Town) -> Ended:
        control.set_fault(town.world, name, times)
        ended = town.run("remind", **how)  # type: ignore[arg-type]
        control.set_fault(town.world, name, 0)
        return ended

    return fault


def at_send(when: str, number: int = 1) -> Act:
    """A reset instead of an answer to the n-th send."""
    seen: list[int] = []

    def act(passed: Passed, now: str) -> str | None:
        if not passed.is_send or now != when:
            return None
        seen.append(passed.number)
        return "reset" if len(seen) == number else None

    return act


def acting(make: Callable[[Town], Act], **how: object) -> Callable[[Town], Ended]:
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


def elsewhere(url: str, **how: object) -> Callable[[Town], Ended]:
    """All services at another address."""

    def fault(town: Town) -> Ended:
        config = town.folder / "elsewhere.yaml"
        config.write_text(town.config.read_text().replace(town.between.url, url))
        return town.run("remind", config=config, **how)  # type: ignore[arg-type]

    return fault


def refused(town: Town) -> Ended:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    return elsewhere(f"http://127.0.0.1:{port}")(town)


def not_speaking_tls(town: Town) -> Ended:
    """A certificate cannot even be shown: the handshake fails, and nothing is said in the clear."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                heard.append(connection.recv(65_536))
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                connection.close()

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        ended = elsewhere(f"https://127.0.0.1:{server.getsockname()[1]}")(town)
        server.shutdown(socket.SHUT_RDWR)
    thread.join()
    assert heard and all(b"POST" not in words and b"Basic" not in words for words in heard)
    return ended


def spoilt_state(change: Callable[[Path], object]) -> Callable[[Town], Ended]:
    """A state file of one good run, changed by somebody; put back as it was afterwards."""

    def fault(town: Town) -> Ended:
        assert town.run("remind").code == 0
        town.later(minutes=5)
        shutil.copytree(town.state, town.folder / "good", dirs_exist_ok=True)
        change(town.state / "state.db")
        ended = town.run("remind")
        for path in town.state.iterdir():
            path.unlink() if path.is_file() or path.is_symlink() else shutil.rmtree(path)
        shutil.copytree(town.folder / "good", town.state, dirs_exist_ok=True)
        return ended

    return fault


def flip_bytes(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    for place in range(len(raw) // 2, len(raw) // 2 + 4096, 7):
        raw[place] ^= 0x5A
    path.write_bytes(raw)


def be_newer(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()


def become_a_link(path: Path) -> None:
    path.rename(path.with_name("elsewhere.db"))
    path.symlink_to(path.with_name("elsewhere.db"))


def full_disk(room: int) -> Callable[[Town], Ended]:
    """The state file may grow by so many bytes and no more."""

    def fault(town: Town) -> Ended:
        assert town.run("status").code == 0
        town.run("remind", "--limit", "1")  # makes the file; what is sent here is part of the night
        size = (town.state / "state.db").stat().st_size
        return town.run("remind", largest_file=size + room)

    return fault


def locked(town: Town) -> Ended:
    town.run("remind", "--limit", "1")
    other = sqlite3.connect(town.state / "state.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    ended = town.run("remind")
    other.close()
    return ended


def without_a_lock(town: Town) -> Ended:
    """Somebody removes the lock's file while a run works: the second one believes to be alone."""
    second: list[Ended] = []

    def act(passed: Passed, when: str) -> str | None:
        if passed.is_send and when == BEFORE and not second:
            second.append(Ended(0, "", ""))
            (town.state / "lock").unlink()
            other = town.children.start(town.config, "remind", town.now)
            second[0] = other.wait()
        return None

    ended = town.run("remind", act=act)
    assert second[0].code in (0, 1, 4), second
    return ended


def clock_off(**off: float) -> Callable[[Town], Ended]:
    return lambda town: town.run("remind", now=town.now + timedelta(**off))


def lost_state(*, whole: bool) -> Callable[[Town], Ended]:
    def fault(town: Town) -> Ended:
        assert town.run("remind").code == 0
        town.later(minutes=30)
        (town.state / "state.db").unlink()
        if whole:
            shutil.rmtree(town.state)
        return town.run("remind")

    return fault


def restored_state(town: Town) -> Ended:
    town.run("remind", "--limit", "1")
    copy = (town.state / "state.db").read_bytes()
    town.later(minutes=1)
    assert town.run("remind").code == 0
    (town.state / "state.db").write_bytes(copy)
    town.later(minutes=30)
    return town.run("remind")


def second_machine(town: Town) -> Ended:
    assert town.run("remind").code == 0
    town.state.rename(town.folder / "first machine")
    town.later(minutes=30)
    ended = town.run("remind")
    shutil.rmtree(town.state)
    (town.folder / "first machine").rename(town.state)
    return ended


def edited(town: Town) -> Ended:
    """Phone, amount and template change after the message went out."""
    assert town.run("remind").code == 0
    control.change_customer(town.world, "Maria O'Brien", mobilephone="+1 617 555 0199", phone=None)
    control.change_invoice(town.world, "INV-1051", foreigntotal=Decimal("999.00"))
    config = town.folder / "elsewhere.yaml"
    config.write_text(town.config.read_text().replace("was due", "has been due since"))
    town.later(minutes=5)
    return town.run("remind", config=config)


def many_more(invoices: int) -> Callable[[Town], Ended]:
    def fault(town: Town) -> Ended:
        fill(town.world, invoices, invoices)
        return town.run("remind")

    return fault


def stopped(town: Town) -> Ended:
    """STOP arrives before the run reads the list."""
    town.text(MARIA, "STOP")
    return town.run("remind")


def logged(name: str, times: int) -> Callable[[Town], Ended]:
    def fault(town: Town) -> Ended:
        assert town.run("remind").code == 0
        control.set_fault(town.world, name, times)
        ended = town.run("log-replies")
        control.set_fault(town.world, name, 0)
        assert town.run("log-replies").code == 0
        return ended

    return fault


def pulled(name: str, times: int) -> Callable[[Town], Ended]:
    def fault(town: Town) -> Ended:
        assert town.run("remind").code == 0
        for number in range(3):
            town.text(MARIA, f"hello {number}")
        control.set_fault(town.world, name, times)
        ended = town.run("pull-inbound")
        control.set_fault(town.world, name, 0)
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


def hostile_surroundings(town: Town) -> Ended:
    home = town.folder / "home"
    home.mkdir(exist_ok=True)
    (home / ".netrc").write_text("machine 127.0.0.1 login evil password evil\n")
    proxy = "http://127.0.0.1:9"
    return town.run(
        "remind",
        HOME=str(home),
        HTTP_PROXY=proxy,
        http_proxy=proxy,
        ALL_PROXY=proxy,
        REQUESTS_CA_BUNDLE="/nonexistent",
        PYTHON_KEYRING_BACKEND="keyring.backends.null.Keyring",
    )


def died_in_commit(town: Town) -> Ended:
    """A journal is left beside the state file."""
    for number in range(2, 30):
        town.back_to("first")
        ended = town.run("remind", die_at_commit=(number, "before"))
        if (town.state / "state.db-journal").exists():
            return ended
    raise AssertionError("no commit of the run leaves a journal")


def paid_meanwhile(town: Town) -> Act:
    """The invoice is paid when the last look at the balances begins."""
    done: list[bool] = []

    def act(passed: Passed, when: str) -> str | None:
        if b"BUILTIN.CF(t.status)" in passed.body and when == BEFORE and not done:
            done.append(True)
            control.pay(town.world, "INV-1051")
        return None

    return act


def no_text_to(*numbers: str) -> Callable[[Town], bool]:
    return lambda town: not any(to in numbers for to, _words in town.told())


def as_many_as(count: int) -> Callable[[Town], bool]:
    return lambda town: sum(town.told().values()) == count


ROWS = (
    Row("1", "connection refused", refused, {4}, NOTHING_SENT),
    Row("2", "no such proxy", elsewhere("http://localhost:1"), {3, 4}, NOTHING_SENT),
    Row("3", "no TLS at the other end", not_speaking_tls, {3, 4}, NOTHING_SENT),
    Row("4", "reset before the send is read", acting(lambda t: at_send(BEFORE)), {1}, 3, open=1),
    Row("5", "reset after the send", acting(lambda t: at_send(AFTER)), {1}, 4),
    Row("6", "no answer after the send", ordered("timeout-after-accept"), {1}, 4),
    Row("7", "500 after the send", ordered("500-after-accept"), {1}, 4),
    Row("8", "500 before the send", ordered("500-before"), {1}, 3, open=1),
    Row("8b", "503 before every send", ordered("503-before", 9), {1, 4}, NOTHING_SENT, open=4),
    Row("9", "cut answer", ordered("truncated-after-accept"), {1}, 4),
    Row("10", "201 with a page of HTML", ordered("html-after-accept"), {1}, 4),
    Row("11", "429 twice", ordered("429", 2), {0}, 4),
    Row("12", "redirect to another host", ordered("redirect"), {1, 4}, open=1),
    Row("13", "credentials refused in the middle", ordered("401"), {1, 4}),
    Row(
        "14",
        "the number opted out at Twilio",
        acting(at_first_send(lambda t: set_number(t.world, MARIA, "blocked"))),
        {0, 1},
        changes=True,
    ),
    Row(
        "14b",
        "no mobile number",
        acting(at_first_send(lambda t: set_number(t.world, MARIA, "refuse:21614"))),
        {0, 1},
        changes=True,
    ),
    Row("16", "a page of the list fails for good", ordered("list-500", 8), {4}, NOTHING_SENT),
    Row("16b", "a page of the list twice", ordered("duplicate-page"), {0}, 4),
    Row("20", "two runs without a lock", without_a_lock, {0, 1, 4}),
    Row("21", "two machines, two state files", second_machine, {0, 1}, 4),
    Row("22", "an old copy of the state put back", restored_state, {0, 1}, 4),
    Row("23", "the state file deleted", lost_state(whole=False), {1}, 4),
    Row("23b", "the state folder deleted", lost_state(whole=True), {1}, 4),
    Row("24", "a journal left by a crash", died_in_commit, {-9}, NOTHING_SENT),
    Row("25", "flipped bytes in the state file", spoilt_state(flip_bytes), {7}, 4),
    Row("26", "disk full before the intent", full_disk(0), {4}),
    Row("27", "disk full some writes later", full_disk(8192), {0, 1, 4}),
    Row("27b", "disk full more writes later", full_disk(24_576), {0, 1, 4}),
    Row("28", "state file readable by others", spoilt_state(lambda p: p.chmod(0o644)), {3}, 4),
    Row("28b", "state file is a link", spoilt_state(become_a_link), {3}, 4),
    Row(
        "28c",
        "state file of another program",
        spoilt_state(lambda p: p.write_bytes(b"hello" * 999)),
        {3, 7},
        4,
    ),
    Row("29", "state file locked by another program", locked, {4}, 1),
    Row("30", "clock an hour back", clock_off(hours=-1), {6}, NOTHING_SENT),
    Row("30b", "clock a day ahead", clock_off(days=1), {6}, NOTHING_SENT),
    Row("30c", "clock in 1970", clock_off(days=-20_515), {6}, NOTHING_SENT),
    Row("30d", "clock five minutes ahead", clock_off(minutes=5), {6}, NOTHING_SENT),
    Row("34", "STOP before the run", stopped, {0}, changes=True, then=no_text_to(MARIA)),
    Row(
        "37", "paid between plan and send", acting(paid_meanwhile), {0}, changes=True, then=no_text_to(MARIA)
    ),
    Row("38", "phone, amount and words edited after the send", edited, {0}, 4),
    Row(
        "39",
        "5,000 due at the first run",
        many_more(1000),
        {6},
        NOTHING_SENT,
        changes=True,
        then=as_many_as(0),
    ),
    Row("41", "NetSuite fails after the write", logged("netsuite-500-after-write", 2), {0, 1}, 4),
    Row("41b", "NetSuite drops the line after the write", logged("netsuite-reset-after-write", 2), {0, 1}, 4),
    Row("42", "NetSuite is busy", ordered("netsuite-429", 3), {0}, 4),
    Row("43", "no NetSuite token", ordered("token-down", 9), {3, 4}, NOTHING_SENT),
    Row("44", "NetSuite shows nothing", ordered("netsuite-empty", 2), {0, 1, 4}),
    Row("45", "inbound pages twice", pulled("duplicate-page", 1), {0}, 4),
    Row("46", "hostile words from a customer", hostile_words, {0}, 4),
    Row("50", "hostile environment", hostile_surroundings, {0}, 4),
    Row("55", "state file of a newer program", spoilt_state(be_newer), {3}, 4),
)


@pytest.fixture(scope="module")
def known(town_of_module: Town) -> Town:
    learn(town_of_module, "remind")
    return town_of_module


def secrets(town: Town) -> list[str]:
    """What must be printed nowhere: keys and whole numbers."""
    from nsquilio.sandbox.twilio_access import credentials

    given = credentials(town.world)
    return [
        given["twilio.auth_token"],
        given["twilio.api_key_secret"],
        given["sendgrid.api_key"],
        MARIA,
        TALLAHASSEE,
    ]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.number} {row.words}")
def test_fault(known: Town, town: Town, row: Row) -> None:
    town.expected = known.expected
    ended = row.fault(town)
    assert ended.code in row.codes, ended
    if row.sent is not None:
        assert sum(town.told().values()) == row.sent
    for minutes in (1, 11, 11):
        town.later(minutes=minutes)
        after = town.run("remind")
        assert not row.changes or after.code in (0, 1, 6), after
        assert row.changes or after.code in (0, 1), after
        if not invariants.unknown(town.state):
            break
    broken = [each for each in town.verdict() if not (row.changes and each.startswith(("I1", "I2")))]
    broken += invariants.told_secrets(town.printed, secrets(town))
    assert broken == []
    assert len(invariants.unknown(town.state)) <= row.open
    assert max(town.told().values(), default=1) == 1
    assert row.then(town)


def test_dry_run_changes_nothing_anywhere(known: Town, town: Town) -> None:
    before = town.world.value("SELECT max(seq) FROM history") or 0
    assert town.run("remind", "--dry-run").code == 0
    assert invariants.changed_something(town.world, before) == []
    assert not town.state.exists()


def test_run_that_dies_while_the_next_one_waits_for_nothing(known: Town, town: Town) -> None:
    """The lock is the kernel's: it ends with its holder."""
    town.expected = known.expected
    assert town.run("remind", act=kill_at(1, BEFORE)).code == -9
    assert (town.run("remind", act=nothing).code, town.verdict()) == (0, [])
