"""Parts, encodings and look-alikes; the vectors are those of facts/twilio.md, section 10."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nsquilio.core.segments import Segments, harmless_gsm, segments, smart_encoded

ANY_TEXT = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("a€’\u00a0😀ê\u0301\u200d🇩🇪")), max_size=400
)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 152 + "€" + "a" * 10, 2),
        ("ê" * 70, 1),
        ("ê" * 71, 2),
        ("ê" * 134, 2),
        ("ê" * 135, 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("😀" * 67, 3),
    ],
)
def test_parts_are_counted_as_twilio_counts_them(text: str, count: int) -> None:
    assert segments(text).count == count


def test_an_escaped_character_is_never_torn() -> None:
    assert segments("a" * 152 + "€" + "a" * 151) == Segments(2, "GSM-7", 305, None)
    assert segments("a" * 152 + "€" + "a" * 152) == Segments(3, "GSM-7", 306, None)


def test_one_character_outside_the_alphabet_turns_the_whole_text() -> None:
    assert segments("It’s due") == Segments(1, "UCS-2", 8, "’")
    assert segments("It’s due", smart=True) == Segments(1, "GSM-7", 8, None)


def test_letters_of_the_alphabet_are_cheap_and_others_are_named() -> None:
    assert segments("àèéùìòÇØøÅåÄÖÑÜ§äöñü¿¡£$¥@ÆæßÉΔΦΓΛΩΠΨΣΘΞ\r\n").encoding == "GSM-7"
    assert [segments(f"ab{c}d").breaker for c in "êëçáíóúâôœ`\t\u00a0“–…"] == list("êëçáíóúâôœ`\t\u00a0“–…")


def test_an_empty_text_has_no_part() -> None:
    assert segments("") == Segments(0, "GSM-7", 0, None)


@pytest.mark.parametrize("cluster", ["👨‍👩‍👧", "🇩🇪", "👍🏽", "e\u0301\u0302", "☁️"])
def test_what_belongs_together_stays_in_one_part(cluster: str) -> None:
    size = sum(1 + (ord(c) > 0xFFFF) for c in cluster)
    assert segments("x" * (67 - size) + cluster + "ê" * 67).count == 2
    assert segments("x" * (68 - size) + cluster + "ê" * (67 - size)).count == 2
    assert segments("x" * (68 - size) + cluster + "ê" * (68 - size)).count == 3


def test_two_flags_are_two_characters() -> None:
    assert segments("x" * 63 + "🇩🇪🇫🇷" + "y" * 63) == Segments(2, "UCS-2", 134, "🇩")


def test_a_letter_larger_than_a_part_is_torn_rather_than_refused() -> None:
    assert segments("a" + "\u0301" * 500).count == 8


def test_look_alikes_are_folded_and_accents_stay() -> None:
    assert smart_encoded("“It’s”\u00a0due – 5…５ ½") == '"It\'s" due - 5...5 1/2'
    assert smart_encoded("crêpe ©") == "crêpe ©"


def test_formatted_amounts_are_made_cheap_without_changing_what_is_read() -> None:
    assert harmless_gsm("1\u202f250,50\u00a0€ CHF\u00a01’250.50\u200b") == "1 250,50 € CHF 1'250.50"


def test_joined_emoji_survive_both_foldings() -> None:
    assert harmless_gsm("👨‍👩‍👧") == smart_encoded("👨‍👩‍👧") == "👨‍👩‍👧"


@given(ANY_TEXT)
def test_folding_never_makes_a_gsm_text_dearer_and_can_be_repeated(text: str) -> None:
    assert smart_encoded(smart_encoded(text)) == smart_encoded(text)
    assert harmless_gsm(harmless_gsm(text)) == harmless_gsm(text)
    if segments(text).encoding == "GSM-7":
        assert segments(text, smart=True) == segments(text)


@given(ANY_TEXT)
def test_the_count_lies_between_what_fits_and_what_is_torn(text: str) -> None:
    found = segments(text)
    whole, part = (160, 153) if found.encoding == "GSM-7" else (70, 67)
    if found.units <= whole:
        assert found.count == (1 if text else 0)
    else:
        assert found.count >= -(-found.units // part)
    assert (found.breaker is None) == (found.encoding == "GSM-7")


@given(ANY_TEXT, st.characters())
def test_a_longer_text_never_has_fewer_parts(text: str, more: str) -> None:
    assert segments(text + more).count >= segments(text).count
