"""The fault table of facts/delivery-and-storage, section 10, row by row; `test_faults` plays each of them.

Numbers are the table's; a letter marks a second form of a row. Not here: 17 and 56, the kills and the nights in
random order, have modules of their own; 55, an upgrade in the middle, is in tests/store/test_opening (there is one
version of the schema so far); 47 is not needed (media are never fetched). What rows 31 to 33, 48, 49 and 54 say of
many zones, backends, entries and keys stands in tests/core, tests/jobs/test_weeks, tests/credentials and tests/config.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from nsquilio.sandbox.twilio_rules import set_number
from tests.endurance import broken_disk as disk
from tests.endurance import faults as of
from tests.endurance import network_faults as net
from tests.endurance import state_faults as state
from tests.endurance.between import AFTER, BEFORE, DURING
from tests.endurance.faults import Fault
from tests.endurance.town import MARIA, Town

NOTHING_SENT = 0


@dataclass(frozen=True, slots=True)
class Row:
    """`fault`: makes it and runs the program. `codes`: it may end with. `sent`: messages out after it, None: some.

    `open`: outcomes left to a person in the end, at most. `changes`: the world itself changed, so what goes out
    is another thing than in an undisturbed run, and `then` says what must hold instead. `says`: words that the run
    must have printed.
    """

    number: str
    words: str
    fault: Fault
    codes: set[int]
    sent: int | None = None
    open: int = 0
    changes: bool = False
    then: Callable[[Town], bool] = field(default=lambda town: True)
    says: str = ""


def no_text_to(*numbers: str) -> Callable[[Town], bool]:
    return lambda town: not any(to in numbers for to, _words in town.told())


def a_text_to(*numbers: str) -> Callable[[Town], bool]:
    return lambda town: set(numbers) <= {to for to, _words in town.told()}


def explained(words: str) -> Callable[[Town], bool]:
    """`status` tells a person what was found."""
    return lambda town: words in " ".join(town.run("status").out.split())


def as_many_as(count: int) -> Callable[[Town], bool]:
    return lambda town: sum(town.told().values()) == count


ROWS = (
    Row("1", "connection refused", net.refused, {4}, NOTHING_SENT),
    Row("2", "no way out", net.without_a_name, {3, 4}, NOTHING_SENT),
    Row("3", "a certificate nobody vouches for", net.self_signed, {3, 4}, NOTHING_SENT),
    Row("3b", "no TLS at the other end", net.not_speaking_tls, {3, 4}, NOTHING_SENT),
    Row("4", "reset before the send is read", of.acting(lambda t: of.at_send(BEFORE)), {1}, 3, open=1),
    Row("5", "reset after the send", of.acting(lambda t: of.at_send(AFTER)), {1}, 4),
    Row("5b", "reset in the middle of the answer", of.acting(lambda t: of.at_send(DURING)), {1}, 4),
    Row("6", "no answer after the send", of.ordered("timeout-after-accept"), {1}, 4),
    Row("7", "500 after the send", of.ordered("500-after-accept"), {1}, 4),
    Row("8", "500 before the send", of.ordered("500-before"), {1}, 3, open=1),
    Row("8b", "503 before every send", of.ordered("503-before", 9), {1, 4}, NOTHING_SENT, open=4),
    Row("9", "cut answer", of.ordered("truncated-after-accept"), {1}, 4),
    Row("10", "201 with a page of HTML", of.ordered("html-after-accept"), {1}, 4),
    Row("11", "429 twice", of.ordered("429", 2), {0}, 4),
    Row("12", "redirect to another host", of.ordered("redirect"), {1, 4}, open=1),
    Row("13", "credentials refused at the third", of.one_at_a_time(of.refused_at_third), {4}, 2),
    Row(
        "14",
        "the number opted out at Twilio",
        of.acting(of.at_first_send(lambda t: set_number(t.world, MARIA, "blocked"))),
        {0, 1},
        changes=True,
    ),
    Row(
        "14b",
        "no mobile number",
        of.acting(of.at_first_send(lambda t: set_number(t.world, MARIA, "refuse:21614"))),
        {0, 1},
        changes=True,
    ),
    Row("15", "the list lags behind a lost answer", of.lagging_list, {1}, 4),
    Row("16", "the list fails for good", of.ordered("list-500", 8), {4}, NOTHING_SENT),
    Row(
        "16b",
        "the second page of the list fails",
        of.small_pages(of.second_page_fails),
        {4},
        NOTHING_SENT,
        changes=True,
        then=no_text_to(MARIA),
    ),
    Row("16c", "a page of the list twice", of.small_pages(of.page_twice), {0}, 4),
    Row(
        "18",
        "SIGTERM while a request is under way",
        of.one_at_a_time(of.sigterm_at_second),
        {130},
        2,
        says="told to end (SIGTERM)",
    ),
    Row("19", "two runs at once", state.two_at_once, {0}, 4),
    Row("20", "two runs without a lock", state.without_a_lock, {0, 1, 4}),
    Row("21", "two machines, two state files", state.second_machine, {0, 1}, 4),
    Row(
        "22",
        "an old copy of the state put back",
        state.restored_state,
        {0, 1},
        4,
        then=explained("The state file was lost or is an older copy"),
    ),
    Row(
        "23",
        "the state file deleted",
        state.lost_state(whole=False),
        {1},
        4,
        then=explained("The state file was lost or is an older copy"),
    ),
    Row(
        "23b",
        "the state folder deleted",
        state.lost_state(whole=True),
        {1},
        4,
        then=explained("The state file is new, but messages had gone out"),
    ),
    Row(
        "23c",
        "the state file emptied",
        state.emptied_state,
        {1},
        4,
        then=explained("The state file was lost or is an older copy"),
    ),
    Row("24", "a journal left by a crash", state.died_in_commit, {-9}, NOTHING_SENT),
    Row("25", "flipped bytes in the state file", state.spoilt_state(state.flip_bytes), {7}, 4),
    Row("26", "disk full before the intent", state.full_disk(0), {4}),
    Row("26b", "disk takes nothing from the start", state.broken_disk(1, disk.FULL), {4}, 1),
    Row("27", "disk full some writes later", state.full_disk(8192), {0, 1, 4}),
    Row("27b", "disk full more writes later", state.full_disk(24_576), {0, 1, 4}),
    Row("27c", "a write fails in the middle", state.broken_disk(150, disk.FAILING), {4}),
    Row("28", "state file readable by others", state.spoilt_state(lambda p: p.chmod(0o644)), {3}, 4),
    Row("28b", "state file is a link", state.spoilt_state(state.become_a_link), {3}, 4),
    Row(
        "28c",
        "another program's file",
        state.spoilt_state(lambda p: p.write_bytes(b"hello" * 999)),
        {3, 7},
        4,
    ),
    Row("28d", "state file that can only be read", state.broken_disk(1, disk.READ_ONLY), {4}, 1),
    Row("29", "state file locked by another program", state.locked, {4}, 1),
    Row("29b", "state file held open by a reader", state.read_in_between, {4}, 1),
    Row("30", "clock an hour back", state.clock_off(hours=-1), {6}, NOTHING_SENT),
    Row("30b", "clock a day ahead", state.clock_off(days=1), {6}, NOTHING_SENT),
    Row("30c", "clock in 1970", state.clock_off(days=-20_515), {6}, NOTHING_SENT),
    Row("30d", "clock five minutes ahead", state.clock_off(minutes=5), {6}, NOTHING_SENT),
    Row("30e", "clock three minutes back", state.clock_off(minutes=-3), {6}, NOTHING_SENT),
    Row(
        "31",
        "a night without an hour",
        of.nights_of_a_change(datetime(2026, 3, 8, 5, 15, tzinfo=UTC), 4, "2026-03-07"),
        {0},
        changes=True,
        then=a_text_to(MARIA),
    ),
    Row(
        "32",
        "a night with an hour twice",
        of.nights_of_a_change(datetime(2026, 11, 1, 4, 15, tzinfo=UTC), 4, "2026-10-31", "2026-10-30"),
        {0},
        changes=True,
        then=a_text_to(MARIA),
    ),
    Row(
        "33",
        "a toll-free number of nowhere",
        of.changed_customer("Maria O'Brien", mobilephone="+1 800 555 0199", phone=None, altphone=None),
        {0, 1},
        changes=True,
        then=no_text_to(MARIA),
    ),
    Row("34", "STOP before the run", of.stopped("STOP"), {0}, changes=True, then=no_text_to(MARIA)),
    *(
        Row(f"35{letter}", words, of.stopped(words), {0}, changes=True, then=no_text_to(MARIA))
        for letter, words in zip(
            "abcdefg",
            ("please stop texting", "arrêt", "ALTO", "Stop.", "🛑", "STOP STOP", "take me off your list"),
            strict=True,
        )
    ),
    Row("36", "START after STOP", of.stopped_and_started, {0}, changes=True, then=a_text_to(MARIA)),
    Row(
        "37",
        "paid between plan and send",
        of.acting(of.paid_meanwhile),
        {0},
        changes=True,
        then=no_text_to(MARIA),
    ),
    Row("38", "phone, amount and words edited after the send", of.edited, {0}, 4),
    Row("39", "5,000 due at the first run", of.many_more(1000), {6}, 0, changes=True, then=as_many_as(0)),
    Row("40", "thirty times the rows of last night", of.suddenly_many, {6}, changes=True),
    Row("41", "NetSuite fails after the write", of.logged("netsuite-500-after-write", 2), {0, 1}, 4),
    Row(
        "41b",
        "NetSuite drops the line after the write",
        of.logged("netsuite-reset-after-write", 2),
        {0, 1},
        4,
    ),
    Row("41c", "NetSuite hangs after the write", of.logged("netsuite-timeout-after-write", 1), {0, 1}, 4),
    Row("42", "NetSuite is busy", of.ordered("netsuite-429", 3), {0}, 4),
    Row("43", "no NetSuite token", of.ordered("token-down", 9), {3, 4}, NOTHING_SENT),
    Row("44", "NetSuite shows nothing", of.ordered("netsuite-empty", 2), {0, 1, 4}),
    Row(
        "44b",
        "a customer without any number",
        of.changed_customer("Maria O'Brien", mobilephone=None, phone=None, altphone=None),
        {0},
        changes=True,
        then=no_text_to(MARIA),
    ),
    Row("45", "inbound pages twice", of.small_pages(of.pulled("duplicate-page", 2)), {0}, 4),
    Row("45b", "inbound late and out of order", of.late_and_out_of_order, {0}, 4),
    Row("46", "hostile words from a customer", of.hostile_words, {0}, 4),
    Row(
        "48",
        "no keyring",
        of.configured(("store: file,", "store: os, backend: keyring.backends.fail.Keyring,")),
        {3},
        NOTHING_SENT,
    ),
    Row("49", "swapped entries", state.tampered_credentials(state.swap_entries), {3}, NOTHING_SENT),
    Row(
        "49b",
        "another key",
        state.tampered_credentials(lambda f, k: k.write_bytes(k.read_bytes()[::-1])),
        {3},
        0,
    ),
    Row("49c", "key readable by others", state.tampered_credentials(lambda f, k: k.chmod(0o644)), {3}, 0),
    Row("49d", "key is a link", state.tampered_credentials(state.key_becomes_a_link), {3}, NOTHING_SENT),
    Row("50", "hostile environment", net.hostile_surroundings, {0}, 4),
    Row("51", "another host's address", net.elsewhere("https://evil.example"), {3}, NOTHING_SENT),
    Row("52", "nowhere to print to", of.printing_to_a_full_disk, {4}, 4),
    Row(
        "52b",
        "a terminal without letters",
        of.on_a_poor_terminal,
        {0},
        4,
    ),
    Row(
        "53",
        "a monitor that says no",
        net.deaf_monitor(b"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"),
        {0},
        4,
    ),
    Row("53b", "a monitor that hangs", net.deaf_monitor(None), {0}, 4),
    Row(
        "53c",
        "a monitor that points elsewhere",
        net.deaf_monitor(
            b"HTTP/1.1 302 Go\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n"
        ),
        {0},
        4,
    ),
    Row("54", "a setting twice", of.configured(("state:", "profile: other\nstate:")), {3}, 0, says="line"),
    Row(
        "54b",
        "a word where a time belongs",
        of.configured(("limits:", "contact_rules: {hours: ON}\nlimits:")),
        {3},
        0,
    ),
    Row("55", "state file of a newer program", state.spoilt_state(state.be_newer), {3}, 4),
    # Beyond the table: others in the same account.
    Row(
        "60",
        "the reminder went out by hand",
        of.by_hand(MARIA, "Example SaaS Inc.: Maria, what about invoice INV-1051? Bob"),
        {0, 1},
        changes=True,
        then=explained("Messages that this state file did not send were taken over"),
    ),
    Row(
        "61",
        "another company's texts in the account",
        of.by_hand(MARIA, "Somebody Else Ltd.: invoice INV-1051 is due"),
        {0, 1},
        changes=True,
        then=as_many_as(5),
    ),
)
