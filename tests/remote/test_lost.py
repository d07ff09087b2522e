"""Which of Twilio's last words on a text mean that it never arrived."""

from __future__ import annotations

import pytest

from nsquilio.remote.twilio_errors import ErrorClass, codes_of, error_of, is_lost


@pytest.mark.parametrize(
    ("status", "code", "lost"),
    [
        ("failed", "30036", True),
        ("undelivered", 30008, True),
        ("failed", "30034", True),
        ("undelivered", None, True),
        ("undelivered", "99999", True),
        ("undelivered", "30410", False),  # it may have arrived
        ("sent", "30008", False),
        ("delivered", None, False),
        ("canceled", None, False),
    ],
)
def test_text_is_lost_when_it_ended_and_cannot_have_arrived(status: str, code: object, lost: bool) -> None:
    assert is_lost(status, code) is lost


def test_codes_of_a_class_are_all_of_it() -> None:
    assert codes_of(ErrorClass.IN_DOUBT) == ("30410",)
    assert {error_of(code).kind for code in codes_of(ErrorClass.ACCOUNT)} == {ErrorClass.ACCOUNT}
