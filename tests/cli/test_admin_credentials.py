"""Secrets: typed, piped or read from a file, tested, listed without a character, renewed without a gap."""

from __future__ import annotations

import io
import json
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from nsquilio.sandbox.netsuite_token import deactivate
from tests.cli.admin_side import CERTIFICATE_ID, CLIENT_ID, Setup, upload

CANARY = "c4n4ry5ecret0000c4n4ry5ecret0000"


class Terminal(io.StringIO):
    """Standard input with a person at it."""

    def isatty(self) -> bool:
        return True


def piped(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))


def typed(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """A person who answers the questions without echo; returns the list of questions asked."""
    asked: list[str] = []
    waiting = list(answers)

    def answer(prompt: str = "") -> str:
        asked.append(prompt)
        return waiting.pop(0)

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr("getpass.getpass", answer)
    return asked


# --- set, list, delete ---


def test_secret_is_read_from_a_pipe(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, f"{CANARY}\n")
    assert setup.run("credentials", "set", "twilio.auth_token") == 0
    assert setup.store().get("twilio.auth_token") == CANARY
    place = f"the encrypted file {setup.state / 'credentials.enc'}"
    assert setup.out == f"twilio.auth_token is set in {place}.\n"


def test_secret_is_asked_for_without_echo(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = typed(monkeypatch, CANARY)
    assert setup.run("credentials", "set", "twilio.auth_token") == 0
    assert asked == ["twilio.auth_token: "]
    assert setup.store().get("twilio.auth_token") == CANARY


def test_secret_is_read_from_a_file(setup: Setup, tmp_path: Path) -> None:
    (tmp_path / "token").write_text(CANARY)
    assert setup.run("credentials", "set", "twilio.auth_token", "--from-file", str(tmp_path / "token")) == 0
    assert setup.store().get("twilio.auth_token") == CANARY


def test_file_that_is_not_there_is_named(setup: Setup, tmp_path: Path) -> None:
    assert setup.run("credentials", "set", "twilio.auth_token", "--from-file", str(tmp_path / "none")) == 3
    assert setup.err.startswith(f"nsquilio: {tmp_path / 'none'} cannot be read: No such file or directory.")


def test_file_that_is_no_text_is_refused(setup: Setup, tmp_path: Path) -> None:
    (tmp_path / "token").write_bytes(b"\xff\xfe\x00")
    assert setup.run("credentials", "set", "twilio.auth_token", "--from-file", str(tmp_path / "token")) == 3
    assert "cannot be read: it is not text. Nothing was stored." in setup.err


def test_pipe_that_is_no_text_is_refused(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff\xff"), "utf-8"))
    assert setup.run("credentials", "set", "twilio.auth_token") == 3
    assert "What was piped in is not text. Nothing was stored." in setup.err


def test_nothing_piped_is_nothing_stored(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, "\n")
    assert setup.run("credentials", "set", "twilio.auth_token") == 2
    assert setup.err.startswith("nsquilio: No value for twilio.auth_token was given.")


def test_closed_standard_input_is_no_bug(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert setup.run("credentials", "set", "twilio.auth_token") == 2


def test_value_of_another_credential_is_refused_without_a_character_of_it(
    setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    piped(monkeypatch, f"SG.{CANARY}")
    assert setup.run("credentials", "set", "twilio.api_key_secret") == 3
    assert "That is a SendGrid key, which is sendgrid.api_key, not twilio.api_key_secret." in setup.err
    assert CANARY not in setup.err + setup.out


def test_secret_in_the_place_of_the_name_is_not_shown(setup: Setup) -> None:
    assert setup.run("credentials", "set", CANARY) == 2
    assert CANARY not in setup.err + setup.out


def test_all_that_is_missing_is_asked_for(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("twilio.api_key_sid", "twilio.api_key_secret"):
        setup.store().delete(name)
    sid = "SK" + "a" * 32
    asked = typed(monkeypatch, "AC" + "b" * 32, sid, "")
    assert setup.run("credentials", "set") == 0
    assert [question.partition(" (")[0] for question in asked] == [
        "SID of Twilio's API key",
        "SID of Twilio's API key",
        "secret of that API key",
    ]
    assert "That is an account SID" in setup.err
    assert setup.store().get("twilio.api_key_sid") == sid
    assert setup.store().find("twilio.api_key_secret") is None


def test_private_key_is_not_asked_for(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    setup.store().delete("netsuite.private_key")
    typed(monkeypatch)
    assert setup.run("credentials", "set") == 0
    assert "netsuite.private_key is made by: nsquilio credentials create-certificate" in setup.err


def test_nothing_missing_is_said(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch)
    assert setup.run("credentials", "set") == 0
    assert setup.out == "Nothing is missing.\n"


def test_nobody_to_ask_needs_a_name(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, CANARY)
    assert setup.run("credentials", "set") == 2
    assert setup.err.startswith("nsquilio: Which credential?")


def test_list_shows_names_age_and_certificate_days(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    setup.world.advance(timedelta(days=10))
    monkeypatch.setenv("NSQUILIO_NOW", setup.world.now().isoformat())
    answer = setup.json("credentials", "list")
    rows = {row["name"]: (row["set"], row["age_days"]) for row in answer["credentials"]}
    assert rows["sendgrid.api_key"] == (True, 10)
    assert rows["twilio.auth_token"] == (False, None)
    assert (answer["store"], answer["certificate_days_left"]) == ("file", 719)
    assert setup.run("credentials", "list") == 0
    assert "NetSuite certificate: 719 days left." in setup.out


def test_delete_says_whether_it_was_there(setup: Setup) -> None:
    assert setup.run("credentials", "delete", "sendgrid.api_key") == 0
    assert setup.out.startswith("sendgrid.api_key is deleted from")
    assert setup.run("credentials", "delete", "sendgrid.api_key") == 0
    assert setup.out.startswith("sendgrid.api_key was not set in")


def test_each_change_is_an_audit_event_without_the_value(
    setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    piped(monkeypatch, CANARY)
    setup.run("credentials", "set", "twilio.auth_token")
    setup.run("credentials", "delete", "twilio.auth_token")
    content = (setup.state / "state.db").read_bytes()
    assert b"credential.changed" in content
    assert CANARY.encode() not in content


# --- create-certificate ---


def fresh(setup: Setup) -> None:
    """As before the first certificate."""
    for name in ("netsuite.private_key", "netsuite.certificate_id"):
        setup.store().delete(name)
    (setup.state / "netsuite-certificate.pem").unlink()


@pytest.mark.parametrize(
    ("type", "kind", "bits"),
    [("p256", ec.EllipticCurvePublicKey, 256), ("rsa3072", rsa.RSAPublicKey, 3072)],
)
def test_certificate_is_written_and_its_key_kept(
    setup: Setup, tmp_path: Path, type: str, kind: type, bits: int
) -> None:
    fresh(setup)
    out = tmp_path / "upload.pem"
    assert setup.run("credentials", "create-certificate", "--type", type, "--out", str(out)) == 0
    certificate = x509.load_pem_x509_certificate(out.read_bytes())
    key = certificate.public_key()
    assert isinstance(key, kind)
    assert key.key_size == bits
    assert certificate.not_valid_after_utc - certificate.not_valid_before_utc == timedelta(days=730)
    assert (setup.state / "netsuite-certificate.pem").read_bytes() == out.read_bytes()
    assert setup.store().get("netsuite.private_key").startswith("-----BEGIN PRIVATE KEY-----")


def test_clicks_and_permissions_are_said_in_words(setup: Setup) -> None:
    fresh(setup)
    assert setup.run("credentials", "create-certificate") == 0
    for words in (
        f"{setup.state / 'netsuite-certificate.pem'}   (good until 2028-03-01)",
        "Setup > Integration > Manage Authentication > OAuth 2.0 Client Credentials (M2M) Setup > Create New",
        "Setup > Log in using OAuth 2.0 Access Tokens: Full",
        "Reports > SuiteAnalytics Workbook: Edit",
        f"nsquilio --config {setup.config} credentials set netsuite.client_id",
        f"nsquilio --config {setup.config} credentials test",
    ):
        assert words in setup.out
    assert "PRIVATE KEY" not in setup.out


def test_certificate_as_json_names_the_file(setup: Setup) -> None:
    fresh(setup)
    answer = setup.json("credentials", "create-certificate")
    assert {**answer, "valid_until": answer["valid_until"][:10]} == {
        "schema": "nsquilio.certificate.v1",
        "credential": "netsuite.private_key",
        "type": "p256",
        "certificate_file": str(setup.state / "netsuite-certificate.pem"),
        "valid_until": "2028-03-01",
    }


def test_copy_never_overwrites(setup: Setup, tmp_path: Path) -> None:
    fresh(setup)
    (tmp_path / "upload.pem").write_text("mine")
    code = setup.run("credentials", "create-certificate", "--out", str(tmp_path / "upload.pem"))
    assert (code, (tmp_path / "upload.pem").read_text()) == (4, "mine")
    assert "The pair is made, but the certificate could not be copied" in setup.err


def test_pair_that_waits_for_its_id_is_not_thrown_away(setup: Setup) -> None:
    setup.store().delete("netsuite.certificate_id")
    assert setup.run("credentials", "create-certificate") == 3
    assert "its certificate waits for its id" in setup.err
    before = setup.store().get("netsuite.private_key")
    assert setup.run("credentials", "create-certificate", "--replace") == 0
    assert setup.store().get("netsuite.private_key") != before


# --- test and rotation ---


def test_good_credentials_are_well(setup: Setup) -> None:
    answer = setup.json("credentials", "test")
    assert answer["schema"] == "nsquilio.credentials-test.v1"
    assert [(row["name"], row["level"]) for row in answer["checks"]] == [
        ("NetSuite login", "ok"),
        ("Twilio login", "ok"),
        ("SendGrid key", "ok"),
    ]
    assert setup.run("credentials", "test") == 0
    assert setup.out.splitlines()[-1] == "3 checks: all well."


def test_each_refused_credential_is_named(setup: Setup) -> None:
    setup.set("netsuite.certificate_id", "wrong")
    setup.set("twilio.api_key_secret", "wrong")
    setup.set("sendgrid.api_key", "SG.wrong")
    answer = setup.json("credentials", "test")
    assert [(row["level"], row["saw"]) for row in answer["checks"]] == [
        ("failure", "NetSuite refused the login: invalid_client."),
        ("failure", "Twilio refused to list messages (20003): Authenticate."),
        (
            "failure",
            "SendGrid refused to list the key's scopes: The provided authorization grant is invalid, "
            "expired, "
            "or revoked.",
        ),
    ]
    assert setup.run("credentials", "test") == 3


def test_missing_credential_is_said_with_its_command(setup: Setup) -> None:
    setup.store().delete("sendgrid.api_key")
    answer = setup.json("credentials", "test")
    assert [row["level"] for row in answer["checks"]] == ["failure", "ok", "ok", "failure"]
    assert answer["checks"][0]["fix"] == "Run: nsquilio credentials set sendgrid.api_key"


def test_store_that_cannot_be_opened_is_said_once(setup: Setup) -> None:
    (setup.config.parent / "trial.key").unlink()
    answer = setup.json("credentials", "test")
    assert [row["name"] for row in answer["checks"]] == ["credentials"]
    assert "is gone, so the encrypted file" in answer["checks"][0]["saw"]


def test_certificate_is_renewed_without_a_gap(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    old = setup.store().get("netsuite.private_key")
    assert setup.run("credentials", "create-certificate") == 0
    assert "A second private key is in the credential store, beside the one in use." in setup.out
    assert setup.run("credentials", "test") == 0, "the old one still works"

    assert setup.run("credentials", "test", "--next") == 3
    assert "netsuite.certificate_id.next is not set" in " ".join(setup.out.split())
    upload(setup, setup.state / "netsuite-certificate.next.pem", "certificate-two")
    piped(monkeypatch, "certificate-two")
    assert setup.run("credentials", "set", "netsuite.certificate_id.next") == 0
    assert setup.run("credentials", "test", "--next") == 0
    assert setup.run("credentials", "promote") == 0

    store = setup.store()
    assert store.get("netsuite.certificate_id") == "certificate-two"
    assert store.get("netsuite.private_key") != old
    assert store.find("netsuite.private_key.next") is None
    assert not (setup.state / "netsuite-certificate.next.pem").exists()
    assert setup.run("credentials", "test") == 0
    assert setup.rows()["key and certificate"]["level"] == "ok"


def test_certificate_that_does_not_work_is_not_promoted(setup: Setup) -> None:
    setup.run("credentials", "create-certificate")
    setup.set("netsuite.certificate_id.next", "never uploaded")
    assert setup.run("credentials", "promote") == 3
    assert "The waiting certificate does not work yet, so nothing was changed." in setup.err
    assert setup.store().get("netsuite.certificate_id") == CERTIFICATE_ID
    assert setup.run("credentials", "promote", "--untested") == 0
    assert setup.store().get("netsuite.certificate_id") == "never uploaded"


def test_nothing_to_promote_is_said(setup: Setup) -> None:
    assert setup.run("credentials", "promote") == 3
    assert "Nothing can be promoted" in setup.err


def test_third_pair_is_refused_while_the_second_waits(setup: Setup) -> None:
    assert setup.run("credentials", "create-certificate") == 0
    waiting = setup.store().get("netsuite.private_key.next")
    assert setup.run("credentials", "create-certificate") == 3
    assert "A second pair is waiting to be tested and promoted already." in setup.err
    assert setup.run("credentials", "create-certificate", "--replace") == 0
    assert setup.store().get("netsuite.private_key.next") != waiting


def test_refused_next_certificate_is_explained(setup: Setup) -> None:
    setup.run("credentials", "create-certificate")
    upload(setup, setup.state / "netsuite-certificate.next.pem", "certificate-two")
    setup.set("netsuite.certificate_id.next", "certificate-two")
    deactivate(setup.world, CLIENT_ID)
    answer = setup.json("credentials", "test", "--next")
    assert [row["name"] for row in answer["checks"]] == ["NetSuite login"]
    assert "its role or employee is inactive" in answer["checks"][0]["fix"]


def test_quiet_test_says_nothing_when_all_is_well(setup: Setup) -> None:
    from nsquilio.__main__ import main

    assert main(["--quiet", "--config", str(setup.config), "credentials", "test"]) == 0
    assert setup.capture is not None
    assert setup.capture.readouterr() == ("", "")


def test_errors_of_credentials_are_json_when_asked_for(setup: Setup) -> None:
    setup.config.unlink()
    assert setup.run("credentials", "list", "--format", "json") == 3
    assert json.loads(setup.out)["schema"] == "nsquilio.error.v1"
