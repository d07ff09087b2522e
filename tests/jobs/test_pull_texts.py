"""Texts from customers: stored once each, STOP and START applied at once, whatever the lists do."""

from __future__ import annotations

from inbound_builders import Desk, desk  # noqa: F401

ANNA = "+14155550142"


def test_a_text_is_stored_once_however_often_it_is_listed(desk: Desk) -> None:  # noqa: F811
    sid = desk.text(ANNA, "Will pay on Friday")
    first, again = desk.pull(), desk.pull()
    assert (first.sms, first.duplicates) == (1, 0)
    assert (again.sms, again.duplicates) == (0, 1)
    stored = desk.store.inbound.stored(sid)
    assert stored is not None
    assert (stored.sender, stored.body, stored.channel) == (ANNA, "Will pay on Friday", "sms")
