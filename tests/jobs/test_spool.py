"""Captured requests: genuine ones alone, each once; a message that was polled too is the same message."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest

from nsquilio.errors import DiskFailed, WrongUsage
from nsquilio.jobs.captured_proof import Captured
from nsquilio.jobs.pull_inbound import PullResult, pull_inbound
from nsquilio.jobs.spool import Taken, take_captured
from nsquilio.jobs.understand import understand
from nsquilio.sandbox import outside
from tests.jobs.inbound_builders import Desk

ANNA = "+14155550142"
TOKEN, SECRET = "12345", "shared with our NetSuite script"
URL = "https://hooks.example.com/twilio/sms?tenant=1"
SID = "SM" + "a" * 32
NETSUITE_URL = "https://hooks.example.com/netsuite"


@pytest.fixture
def spool(tmp_path: Path) -> Iterator[Path]:
    directory = tmp_path / "spool"
    directory.mkdir()
    yield directory


def _signed(url: str, params: dict[str, str], token: str = TOKEN) -> str:
    """Written again from facts/twilio.md, section 8, to be independent of ours."""
    text = url + "".join(name + params[name] for name in sorted(params))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()


def _form(params: dict[str, str], **changes) -> dict:
    given = {
        "received_at": "2026-03-02T13:59:00Z",
        "method": "POST",
        "url": URL,
        "headers": {
            "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
            "X-Twilio-Signature": _signed(URL, params),
        },
        "body": urlencode(params),
        "remote_addr": "3.80.1.1",
    }
    return {**given, **changes}


def _text(body: str = "STOP", sid: str = SID, **more: str) -> dict[str, str]:
    return {
        "MessageSid": sid,
        "From": ANNA,
        "To": "+14155550001",
        "Body": body,
        "NumMedia": "0",
        "SmsStatus": "received",
        **more,
    }


def _event(body: dict, *, secret: str = SECRET, method: str = "sha256", **changes) -> dict:
    text = json.dumps(body)
    signature = hmac.new(secret.encode(), text.encode(), method).hexdigest()
    given = {
        "received_at": "2026-03-02T13:59:00Z",
        "method": "POST",
        "url": NETSUITE_URL,
        "headers": {"content-type": "application/json", "x-nsq-signature": f"{method}={signature}"},
        "body": text,
        "remote_addr": "203.0.113.7",
    }
    return {**given, **changes}


def _put(spool: Path, request: dict | str, name: str = "one.json") -> Path:
    path = spool / name
    path.write_text(request if isinstance(request, str) else json.dumps(request), encoding="utf-8")
    return path


def _captured(spool: Path, **changes) -> Captured:
    given = {"twilio_tokens": (TOKEN,), "netsuite_secrets": (SECRET,), **changes}
    return Captured(spool, **given)


def _take(desk: Desk, spool: Path, **changes) -> Taken:
    return take_captured(desk.services, _captured(spool, **changes), desk.now())


def _names(spool: Path, place: str) -> list[str]:
    return sorted(path.name for path in (spool / place).glob("*.json"))


def _reason(spool: Path, name: str = "one") -> str:
    return (spool / "rejected" / f"{name}.reason.txt").read_text(encoding="utf-8").strip()


def _events(desk: Desk, type: str) -> list[dict]:
    return [json.loads(event.details) for event in desk.store.trail.events() if event.type == type]


def test_a_genuine_text_is_taken_applied_and_filed(desk: Desk, spool: Path) -> None:
    _put(spool, _form(_text()))
    taken = _take(desk, spool)
    assert (taken.sms, taken.done, taken.opt_outs, taken.problems) == (1, 1, [ANNA], [])
    assert (_names(spool, "done"), list(spool.glob("*.json"))) == (["one.json"], [])
    stored = desk.store.inbound.stored(SID)
    assert stored is not None
    assert (stored.sender, stored.body, stored.source, stored.received_at.minute) == (
        ANNA,
        "STOP",
        "spool",
        59,
    )
    assert [event["file"] for event in _events(desk, "captured.taken")] == ["one.json"]


@pytest.mark.parametrize(
    "changes",
    [
        {"body": urlencode(_text("START"))},
        {"url": "https://hooks.example.com/twilio/sms?tenant=2"},
        {"headers": {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": "AAAA"}},
        {"body": urlencode({**_text(), "From": "+14155550143"})},
    ],
)
def test_what_was_changed_on_the_way_is_rejected_with_the_reason(
    desk: Desk, spool: Path, changes: dict
) -> None:
    _put(spool, _form(_text(), **changes))
    taken = _take(desk, spool)
    assert (taken.sms, taken.rejected, _names(spool, "rejected")) == (0, 1, ["one.json"])
    assert _reason(spool) == "its X-Twilio-Signature does not fit: not Twilio's, or changed on the way"
    assert desk.store.inbound.stored(SID) is None
    assert [(p.code, p.exit_code) for p in taken.problems] == [("captured_rejected", 1)]
    assert [event["reason"] for event in _events(desk, "captured.rejected")] == [_reason(spool)]


def test_a_replayed_request_is_rejected_and_changes_nothing(desk: Desk, spool: Path) -> None:
    _put(spool, _form(_text()))
    _take(desk, spool)
    desk.store.blocks.opt_in(ANNA, "sms", "text START", desk.now())
    _put(spool, _form(_text(), received_at="2026-03-02T14:30:00Z"), "again.json")
    taken = _take(desk, spool)
    assert (taken.sms, taken.replayed, taken.problems) == (0, 1, [])
    assert _reason(spool, "again") == "it is a replay: the same request was taken before"
    assert ANNA not in desk.store.blocks.opted_out()


def _spelled_otherwise() -> dict[str, dict]:
    port = {"url": URL.replace("hooks.example.com", "hooks.example.com:443")}
    pairs = urlencode(_text("please stop")).split("&")
    return {
        "port": port,
        "space": {"body": "&".join(pairs).replace("+", "%20")},
        "order": {"body": "&".join(reversed(pairs))},
        "twice": {"body": "&".join([*pairs, pairs[0]])},
        "method": {"method": "PUT"},
        "time": {"received_at": "2026-03-02T13:59:30Z", "remote_addr": "3.80.1.2"},
    }


@pytest.mark.parametrize("changed", _spelled_otherwise())
def test_a_replay_that_is_spelled_otherwise_is_rejected(desk: Desk, spool: Path, changed: str) -> None:
    _put(spool, _form(_text("please stop")))
    _take(desk, spool)
    _put(spool, _form(_text("please stop"), **_spelled_otherwise()[changed]), "again.json")
    taken = _take(desk, spool)
    assert (taken.done, taken.replayed, taken.duplicates, taken.problems) == (0, 1, 0, [])
    assert _reason(spool, "again") == "it is a replay: the same request was taken before"


def test_what_says_something_else_with_the_same_signature_is_no_replay(desk: Desk, spool: Path) -> None:
    """Nobody can have a genuine request thrown away by bringing a useless variant of it first."""
    signed = _form(_text("CANCEL"))
    pairs = {name: value for name, value in _text("CANCEL").items() if name != "MessageSid"}
    useless = {**pairs, "MessageSidS": SID[1:]}
    _put(spool, signed | {"body": urlencode(useless)}, "first.json")
    assert (_take(desk, spool).done, desk.store.inbound.stored(SID)) == (1, None)
    _put(spool, signed)
    assert _take(desk, spool).opt_outs == [ANNA]


def test_a_run_that_died_before_moving_the_file_files_it_as_done(desk: Desk, spool: Path) -> None:
    _put(spool, _form(_text()))
    _take(desk, spool)
    os.replace(spool / "done" / "one.json", spool / "one.json")
    taken = _take(desk, spool)
    assert (taken.done, taken.sms, taken.replayed, _names(spool, "done")) == (1, 0, 0, ["one.json"])


def test_the_same_text_by_polling_and_by_capture_is_one_message(desk: Desk, spool: Path) -> None:
    sid = desk.text(ANNA, "hello")
    _put(spool, _form(_text("hello", sid)))
    first = _take(desk, spool)
    assert (first.sms, desk.pull().sms) == (1, 0)
    other = desk.text(ANNA, "again")
    desk.pull()
    _put(spool, _form(_text("again", other)), "two.json")
    second = _take(desk, spool)
    assert (second.sms, second.duplicates, second.done) == (0, 1, 1)


def test_what_polling_says_of_a_captured_text_counts(desk: Desk, spool: Path) -> None:
    sid = desk.text(ANNA, "CANCEL", media=[("image/jpeg", b"\xff\xd8")])
    # Twilio signs no boundaries: what was a value may be the name of another field.
    params = _text("", sid) | {"CANCEL": ""}
    _put(spool, _form(params))
    assert _take(desk, spool).opt_outs == []
    understand(desk.services)
    assert desk.pull().opt_outs == (ANNA,)
    understand(desk.services)
    stored = desk.store.inbound.stored(sid)
    assert stored is not None and stored.reading is not None
    assert (stored.body, len(stored.media), stored.reading.kind) == ("CANCEL", 1, "opt_out")
    assert desk.store.verify().ok


def test_a_captured_text_is_read_once_though_polling_spaces_it_otherwise(desk: Desk, spool: Path) -> None:
    sid = desk.text(ANNA, "We dispute INV-1042")
    _put(spool, _form(_text("We dispute  INV-1042\n", sid)))
    _take(desk, spool)
    understand(desk.services)
    desk.pull()
    assert understand(desk.services).read == 0


def test_a_text_that_twilio_redacted_keeps_its_words(desk: Desk, spool: Path) -> None:
    sid = desk.text(ANNA, "hello")
    _put(spool, _form(_text("hello", sid)))
    _take(desk, spool)
    desk.world.db.execute("UPDATE twilio_message SET body = '' WHERE sid = ?", (sid,))
    desk.pull()
    stored = desk.store.inbound.stored(sid)
    assert stored is not None and stored.body == "hello"


def test_a_text_whose_person_was_erased_stays_erased(desk: Desk, spool: Path) -> None:
    sid = desk.text(ANNA, "Thank you very much")
    _put(spool, _form(_text("Thank you", sid)))
    _take(desk, spool)
    understand(desk.services)
    desk.store.inbound.close(sid, "ar", desk.now())
    desk.store.erase_address(ANNA, "admin", desk.now())
    desk.pull()
    stored = desk.store.inbound.stored(sid)
    assert stored is not None and (stored.erased, stored.body) == (True, "")


@pytest.mark.parametrize("missing", ["From", "To", "Body"])
def test_a_captured_text_without_what_every_text_has_is_rejected(
    desk: Desk, spool: Path, missing: str
) -> None:
    params = _text()
    del params[missing]
    _put(spool, _form(params))
    assert _take(desk, spool).rejected == 1
    assert _reason(spool) == f"its {missing} is missing, which every text has"
    assert desk.store.inbound.stored(SID) is None


def test_a_signed_text_whose_field_names_were_changed_is_rejected(desk: Desk, spool: Path) -> None:
    signed = _form(_text("hi"))
    changed = {name: value for name, value in _text("hi").items() if name != "Body"} | {"Bodyh": "i"}
    _put(spool, signed | {"body": urlencode(changed)})
    assert _take(desk, spool).rejected == 1
    assert _reason(spool) == "its Body is missing, which every text has"


def test_a_half_written_file_is_left_for_the_next_run(desk: Desk, spool: Path) -> None:
    whole = json.dumps(_form(_text()))
    path = _put(spool, whole[: len(whole) // 2])
    assert _take(desk, spool).problems == []
    assert path.exists()
    path.write_text(whole, encoding="utf-8")
    assert _take(desk, spool).sms == 1


def test_a_file_that_never_becomes_whole_is_told_at_the_second_run(desk: Desk, spool: Path) -> None:
    _put(spool, '{"method": "PO')
    assert _take(desk, spool).problems == []
    (problem,) = _take(desk, spool).problems
    assert problem.code == "captured_unfinished"
    assert problem.what == f"1 captured request(s) in {spool} never became whole JSON, such as one.json."


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("[]", "it is no JSON object"),
        ("{}", "it has no method or no url"),
        ('{"method": "POST", "url": 5}', "its url is no text"),
        ('{"method": "POST", "url": "https://x", "headers": []}', "its headers are no object of texts"),
        ("[" * 100_000, "its JSON is nested too deeply"),
        (" " * 1_000_001, "it is larger than 1000000 bytes"),
    ],
)
def test_what_is_no_request_is_rejected(desk: Desk, spool: Path, content: str, reason: str) -> None:
    _put(spool, content)
    assert _take(desk, spool).rejected == 1
    assert _reason(spool) == reason


def test_a_form_with_thousands_of_fields_is_rejected(desk: Desk, spool: Path) -> None:
    _put(spool, _form({f"f{n}": "1" for n in range(600)}))
    assert _take(desk, spool).rejected == 1
    assert _reason(spool) == "its form has more than 500 fields"


def test_a_signed_request_without_a_usable_sid_is_rejected(desk: Desk, spool: Path) -> None:
    _put(spool, _form(_text(sid="SM../../x")))
    assert _take(desk, spool).rejected == 1
    assert _reason(spool) == "its MessageSid is no SID"


def test_without_the_secret_requests_wait_where_they_are(desk: Desk, spool: Path) -> None:
    _put(spool, _form(_text()))
    _put(spool, _event({"type": "invoice", "id": "1042"}), "event.json")
    taken = _take(desk, spool, twilio_tokens=(), netsuite_secrets=())
    assert sorted(path.name for path in spool.glob("*.json")) == ["event.json", "one.json"]
    assert [(p.code, p.exit_code) for p in taken.problems] == [("captured_without_secret", 3)] * 2
    assert "twilio.auth_token" in taken.problems[1].what and "netsuite.event_secret" in taken.problems[0].what


def test_both_tokens_are_good_while_one_is_rotated(desk: Desk, spool: Path) -> None:
    _put(spool, _form(_text()))
    assert _take(desk, spool, twilio_tokens=("new", TOKEN)).sms == 1


def test_a_json_body_of_twilio_needs_its_hash_in_the_url(desk: Desk, spool: Path) -> None:
    body = json.dumps({"MessageSid": SID, "From": ANNA, "To": "+14155550001", "Body": "hi"})
    good = f"{URL}&bodySHA256={hashlib.sha256(body.encode()).hexdigest()}"
    for name, url in (("good.json", good), ("bad.json", URL)):
        headers = {"Content-Type": "application/json", "X-Twilio-Signature": _signed(url, {})}
        _put(spool, _form({}, url=url, headers=headers, body=body), name)
    taken = _take(desk, spool)
    assert (taken.sms, _names(spool, "done"), _names(spool, "rejected")) == (1, ["good.json"], ["bad.json"])


def test_pictures_statuses_calls_and_transcripts_are_taken_too(desk: Desk, spool: Path) -> None:
    call, recording = "CA" + "b" * 32, "RE" + "c" * 32
    both = {"From": ANNA, "To": "+14155550001", "CallSid": call, "Direction": "inbound"}
    requests = [
        _text("see picture", NumMedia="1", MediaUrl0="https://api.twilio.com/x/ME1"),
        {**both, "CallStatus": "ringing"},
        {**both, "CallStatus": "completed", "CallDuration": "35"},
        {**both, "RecordingSid": recording, "RecordingDuration": "30"},
        {
            **both,
            "RecordingSid": recording,
            "TranscriptionSid": "TR1",
            "TranscriptionStatus": "completed",
            "TranscriptionText": "Please call me back",
        },
    ]
    for number, params in enumerate(requests):
        _put(spool, _form(params), f"{number}.json")
    taken = _take(desk, spool)
    assert (taken.sms, taken.calls, taken.voicemails, taken.done) == (1, 1, 1, 5)
    text, rang, said = (desk.store.inbound.stored(sid) for sid in (SID, call, recording))
    assert text.media == ("https://api.twilio.com/x/ME1",)
    assert (rang.status, rang.channel) == ("missed", "call")
    assert (said.body, said.transcript_state, said.sender) == ("Please call me back", "done", ANNA)


def test_a_voicemail_that_is_captured_before_its_call_makes_it_missed(desk: Desk, spool: Path) -> None:
    call, recording = "CA" + "b" * 32, "RE" + "c" * 32
    both = {"From": ANNA, "To": "+14155550001", "CallSid": call, "Direction": "inbound"}
    _put(spool, _form({**both, "CallStatus": "in-progress", "RecordingSid": recording}), "1.json")
    _put(spool, _form({**both, "CallStatus": "completed", "CallDuration": "35"}), "2.json")
    taken = _take(desk, spool)
    rang = desk.store.inbound.stored(call)
    assert rang is not None
    assert (taken.calls, taken.voicemails, rang.status) == (1, 1, "missed")


def test_a_voicemail_that_is_captured_before_its_call_is_polled_makes_it_missed(
    desk: Desk, spool: Path
) -> None:
    call = outside.call(desk.world, ANNA, None, voicemail_text="hello")
    answered = outside.call(desk.world, ANNA, None, answered=True)
    recording = str(desk.world.value("SELECT sid FROM twilio_recording WHERE call_sid = ?", (call,)))
    params = {"From": ANNA, "To": "+14155550001", "CallSid": call, "RecordingSid": recording}
    _put(spool, _form(params))
    assert (_take(desk, spool).voicemails, desk.pull().calls) == (1, 2)
    by_sid = desk.store.inbound.by_sids([call, answered])
    assert {sid: row.status for sid, row in by_sid.items()} == {call: "missed", answered: "answered"}


def test_a_captured_no_in_a_voicemail_is_heard_at_once(desk: Desk, spool: Path) -> None:
    said = {
        "From": ANNA,
        "To": "+14155550001",
        "CallSid": "CA" + "b" * 32,
        "RecordingSid": "RE" + "c" * 32,
        "TranscriptionSid": "TR1",
        "TranscriptionStatus": "completed",
        "TranscriptionText": "Please stop texting this phone",
    }
    _put(spool, _form(said))
    assert _take(desk, spool).opt_outs == [ANNA]


@pytest.mark.parametrize(
    "at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00Z"]
)
def test_a_capture_from_beyond_the_calendar_is_from_now(desk: Desk, spool: Path, at: str) -> None:
    _put(spool, _form(_text("please do not text me any more"), received_at=at))
    assert _take(desk, spool).opt_outs == [ANNA]
    stored = desk.store.inbound.stored(SID)
    assert stored is not None and desk.now() - stored.received_at < timedelta(minutes=1)


UNSIGNED = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize(
    ("request_", "reason"),
    [
        (
            _form(_text(), headers={**UNSIGNED, "X-Twilio-Signature": ""}),
            "it has no X-Twilio-Signature: not Twilio's, or the gateway does not keep it",
        ),
        (
            _form({**_text(), "AccountSid": "AC" + "0" * 32}, headers=UNSIGNED),
            "it has no X-Twilio-Signature: not Twilio's, or the gateway does not keep it",
        ),
        (
            _form({"x": "1"}, headers=UNSIGNED),
            "it has no signature, and its URL does not hold the secret",
        ),
        (
            _event({"type": "invoice", "id": "1042"}, headers={}, url=f"{NETSUITE_URL}/guessed"),
            "it has no signature, and its URL does not hold the secret",
        ),
    ],
)
@pytest.mark.parametrize("stored", ["both", "twilio", "none"])
def test_what_nobody_signed_is_rejected_whatever_is_stored(
    desk: Desk, spool: Path, request_: dict, reason: str, stored: str
) -> None:
    secrets = {"both": {}, "twilio": {"netsuite_secrets": ()}}.get(
        stored, {"twilio_tokens": (), "netsuite_secrets": ()}
    )
    _put(spool, request_)
    first = _take(desk, spool, **secrets)
    assert ([p.exit_code for p in first.problems], _reason(spool)) == ([1], reason)
    assert (_take(desk, spool, **secrets).problems, _names(spool, ".")) == ([], [])


def test_an_event_of_netsuite_is_one_though_the_gateway_adds_an_empty_header(desk: Desk, spool: Path) -> None:
    event = _event({"type": "invoice", "id": "1068"})
    event["headers"]["X-Twilio-Signature"] = ""
    _put(spool, event)
    assert _take(desk, spool).invoices == 1


def test_what_cannot_be_judged_for_a_day_is_rejected(desk: Desk, spool: Path) -> None:
    _put(spool, _event({"type": "invoice", "id": "1042"}, received_at="2026-03-01T13:59:00Z"))
    _put(spool, _event({"type": "invoice", "id": "1043"}, received_at="whenever"), "two.json")
    (first, second) = _take(desk, spool, netsuite_secrets=()).problems
    assert (first.exit_code, second.exit_code) == (1, 1)
    assert _reason(spool) == "netsuite.event_secret is not stored, so nobody can tell whether it is genuine"
    assert _take(desk, spool, netsuite_secrets=()).problems == []


def test_a_captured_delivery_status_updates_what_was_sent(desk: Desk, spool: Path) -> None:
    from nsquilio.jobs.remind import Options, remind

    remind(desk.services, Options())
    sent = next(m for m in desk.store.messages.changed_after(0) if m.sid and m.sid.startswith("SM"))
    status = {"MessageSid": sent.sid, "MessageStatus": "undelivered", "ErrorCode": "30006", "To": sent.to}
    _put(spool, _form(status))
    assert _take(desk, spool).statuses == 1
    stored = desk.store.messages.by_sids([sent.sid])[sent.sid]
    assert (stored.status, stored.error_code, stored.failed_for_good) == ("undelivered", "30006", True)
    assert sent.to in desk.store.blocks.undeliverable()


@pytest.mark.parametrize("method", ["sha1", "sha256"])
def test_an_event_of_netsuite_names_an_invoice_for_the_next_remind(
    desk: Desk, spool: Path, method: str
) -> None:
    _put(spool, _event({"type": "invoice", "id": "1068", "event": "edit"}, method=method))
    assert (_take(desk, spool).invoices, desk.store.runs.named_invoices()) == (1, frozenset({"1068"}))


def test_a_secret_in_the_url_is_proof_as_well(desk: Desk, spool: Path) -> None:
    event = _event({"type": "invoice", "id": 1068}, url=f"{NETSUITE_URL}/s3cret-word", headers={})
    _put(spool, event)
    assert _take(desk, spool, netsuite_secrets=("s3cret-word",)).invoices == 1


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (
            _event({"type": "invoice", "id": "1"}, secret="other"),
            "its X-NSQ-Signature does not fit: another secret, or changed on the way",
        ),
        (
            _event({"type": "invoice", "id": "1"}, headers={}),
            "it has no signature, and its URL does not hold the secret",
        ),
        (
            _event({"type": "invoice", "id": "1"}, remote_addr="198.51.100.1"),
            "it comes from an address that is not on netsuite.events.addresses",
        ),
        (
            _event({}, method="sha256", url="https://[x", headers={}) | {"method": "GET"},
            "its url is none",
        ),
        (_event({"type": "invoice", "id": "1; DROP"}), "its event names no invoice: its id is no number"),
    ],
)
def test_bad_events_are_rejected(desk: Desk, spool: Path, event: dict, reason: str) -> None:
    _put(spool, event)
    taken = _take(desk, spool, netsuite_addresses=("203.0.113.0/24",))
    assert (taken.invoices, taken.rejected, _reason(spool)) == (0, 1, reason)
    assert desk.store.runs.named_invoices() == frozenset()


def test_two_changes_of_one_invoice_are_two_events(desk: Desk, spool: Path) -> None:
    _put(spool, _event({"type": "invoice", "id": "1068"}))
    _put(spool, _event({"type": "invoice", "id": "1068"}, received_at="2026-03-02T14:05:00Z"), "two.json")
    assert _take(desk, spool).done == 2


def test_links_and_other_files_are_left_alone(desk: Desk, spool: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.json"
    outside.write_text(json.dumps(_form(_text())), encoding="utf-8")
    (spool / "link.json").symlink_to(outside)
    (spool / "notes.txt").write_text("x", encoding="utf-8")
    _put(spool, _form(_text()), ".hidden.json")
    assert _take(desk, spool).done == 0
    assert outside.exists()


def test_a_name_that_is_taken_gets_a_number(desk: Desk, spool: Path) -> None:
    for sid in (SID, "SM" + "b" * 32):
        _put(spool, _form(_text(sid=sid)))
        _take(desk, spool)
    assert _names(spool, "done") == ["one-2.json", "one.json"]


def test_a_file_name_with_a_telephone_number_does_not_reach_the_trail(desk: Desk, spool: Path) -> None:
    _put(spool, _form(_text()), "14155550142.json")
    _take(desk, spool)
    (event,) = _events(desk, "captured.taken")
    assert "4155550142" not in json.dumps(event)


def test_a_directory_that_is_not_there_is_wrong_usage(desk: Desk, spool: Path) -> None:
    with pytest.raises(WrongUsage, match="There is no directory"):
        _take(desk, spool / "nowhere")


def test_a_directory_that_cannot_be_written_is_a_failed_disk(
    desk: Desk, spool: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _put(spool, _form(_text()))

    def refused(*_given) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", refused)
    with pytest.raises(DiskFailed, match="could not be read or moved: Permission denied"):
        _take(desk, spool)
    monkeypatch.undo()
    assert _take(desk, spool).done == 1


def test_the_command_takes_captures_and_polls_in_one_run(desk: Desk, spool: Path) -> None:
    desk.text(ANNA, "by polling")
    _put(spool, _form(_text("by capture")))
    result: PullResult = pull_inbound(desk.services, captured=_captured(spool))
    assert (result.sms, result.exit_codes) == (2, [])
    assert desk.store.runs.last("pull-inbound").counts["sms"] == 2
