"""Every planted mistake is named by `doctor`, in words that lead to the fix."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from nsquilio.credentials.certificate import create_certificate
from nsquilio.credentials.rotation import write_certificate
from nsquilio.sandbox import control
from nsquilio.sandbox.netsuite_token import deactivate, register_certificate
from nsquilio.store import open_state
from tests.cli.admin_side import CLIENT_ID, Setup
from tests.store.builders import an_inbound


@pytest.fixture(autouse=True)
def quick_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting a child process takes half of a check-up; `test_admin_as_cron` lets it."""
    monkeypatch.setattr("nsquilio.cli.subject._start_as_cron", lambda: None)


def test_good_setup_is_well_in_every_row(setup: Setup) -> None:
    answer = setup.json("doctor")
    assert [row for row in answer["checks"] if row["level"] != "ok"] == []
    assert (answer["schema"], answer["ok"], answer["as_cron"]) == ("nsquilio.doctor.v1", True, False)
    assert answer["counts"] == {"ok": len(answer["checks"]), "warning": 0, "failure": 0}
    assert setup.run("doctor") == 0


def test_doctor_makes_no_state_file_and_sends_nothing(setup: Setup) -> None:
    (setup.state / "state.db").unlink()
    setup.run("doctor")
    assert not (setup.state / "state.db").exists()
    methods = {(entry["method"], entry["path"].split("/")[1]) for entry in setup.world.history()}
    assert {method for method, _ in methods} <= {"GET", "POST"}
    assert [e for e in setup.world.history() if e["method"] == "POST" and "suiteql" not in e["path"]
            and "token" not in e["path"]] == []  # fmt: skip


def test_wrong_certificate_id_is_named(setup: Setup) -> None:
    setup.set("netsuite.certificate_id", "another")
    level, saw, fix = setup.row("NetSuite login")
    assert (level, saw) == ("failure", "NetSuite refused the login: invalid_client.")
    assert "netsuite.certificate_id is the Certificate ID on" in fix
    assert "InvalidIntegration (client id or certificate id)" in fix
    assert setup.run("doctor") == 3


def test_inactive_role_is_named(setup: Setup) -> None:
    deactivate(setup.world, CLIENT_ID)
    level, saw, fix = setup.row("NetSuite login")
    assert (level, saw) == ("failure", "NetSuite refused the login: invalid_grant.")
    assert "its role or employee is inactive" in fix
    assert "EntityOrRoleDisabled (role or employee inactive)" in fix


def test_role_that_may_not_use_the_token_is_named(setup: Setup) -> None:
    setup.world.set_setting("role_without_login", True)
    level, saw, fix = setup.row("NetSuite login")
    assert level == "failure"
    assert "INVALID_LOGIN" in saw
    assert "Log in using OAuth 2.0 Access Tokens" in fix


def test_role_without_queries_is_named(setup: Setup) -> None:
    control.forbid(setup.world, "suiteql")
    level, saw, fix = setup.row("NetSuite queries")
    assert level == "failure"
    assert "INSUFFICIENT_PERMISSION" in saw
    assert "SuiteAnalytics Workbook" in fix
    assert "mapped to another role" in fix
    assert setup.run("doctor") == 3


def test_expired_certificate_is_named_twice(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    setup.world.advance(timedelta(days=800))
    monkeypatch.setenv("NSQUILIO_NOW", setup.world.now().isoformat())
    rows = setup.rows()
    assert rows["key and certificate"]["level"] == "failure"
    assert "expired on 2028-03-01" in rows["key and certificate"]["saw"]
    assert rows["NetSuite login"]["fix"].startswith("The certificate expired on 2028-03-01.")


def test_certificate_of_the_future_is_named(setup: Setup) -> None:
    later = setup.world.now() + timedelta(days=3)
    key, certificate = create_certificate("p256", "later", later)
    setup.set("netsuite.private_key", key)
    write_certificate(setup.state, certificate)
    register_certificate(setup.world, certificate, CLIENT_ID, "certificate-one")
    rows = setup.rows()
    assert "valid only from 2026-03-05" in rows["key and certificate"]["saw"]
    assert rows["NetSuite login"]["fix"].startswith("The certificate is valid only from 2026-03-05")


def test_certificate_near_its_end_is_a_warning(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    setup.world.advance(timedelta(days=700))
    monkeypatch.setenv("NSQUILIO_NOW", setup.world.now().isoformat())
    level, saw, fix = setup.row("key and certificate")
    assert (level, saw) == ("warning", "they belong together; 29 days left, until 2028-03-01")
    assert "nsquilio credentials create-certificate" in fix
    assert setup.run("doctor") == 0


def test_key_of_another_certificate_is_named(setup: Setup) -> None:
    key, _certificate = create_certificate("p256", "other", setup.world.now())
    setup.set("netsuite.private_key", key)
    rows = setup.rows()
    assert rows["key and certificate"]["saw"] == (
        "netsuite.private_key is not the key of the certificate kept here"
    )
    assert rows["NetSuite login"]["fix"].startswith("The stored private key is not the certificate's.")


def test_certificate_made_elsewhere_is_a_warning(setup: Setup) -> None:
    (setup.state / "netsuite-certificate.pem").unlink()
    level, saw, _fix = setup.row("key and certificate")
    assert (level, saw) == ("warning", "the certificate was made elsewhere, so its days are not known here")


def test_short_rsa_key_is_named(setup: Setup) -> None:
    """The kind of key that RS256 was used with; NetSuite takes neither."""
    key = rsa.generate_private_key(65537, 2048)
    form = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    setup.set("netsuite.private_key", key.private_bytes(*form).decode())
    rows = setup.rows()
    assert "The RSA key has 2048 bits, and NetSuite takes 3072 or 4096." in rows["credentials"]["saw"]
    assert rows["NetSuite login"]["level"] == "failure"
    assert "2048 bits" in rows["NetSuite login"]["saw"]


def test_wrong_clock_is_the_reason_of_the_refused_login(
    setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    behind = setup.world.now() - timedelta(hours=2)
    monkeypatch.setenv("NSQUILIO_NOW", behind.isoformat())
    (setup.state / "netsuite-certificate.pem").unlink()
    rows = setup.rows()
    assert rows["clock"]["level"] == "failure"
    assert "119 minutes behind" in rows["clock"]["saw"] or "120 minutes behind" in rows["clock"]["saw"]
    assert rows["clock"]["fix"] == "Set the clock: timedatectl set-ntp true"
    assert rows["NetSuite login"]["fix"].startswith("This machine's clock is 1")


def test_clock_a_minute_off_is_a_warning(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NSQUILIO_NOW", (setup.world.now() + timedelta(seconds=60)).isoformat())
    level, saw, _fix = setup.row("clock")
    assert level == "warning"
    assert "ahead of" in saw


def test_account_id_with_the_wrong_dash_is_named(setup: Setup) -> None:
    setup.replace("account: TSTDRV1234567", "account: 1234567-sb1")
    level, saw, _fix = setup.row("configuration")
    assert level == "failure"
    assert "write '1234567_SB1'" in saw
    assert setup.run("doctor") == 3


@pytest.mark.parametrize(
    ("table", "row", "level", "right"),
    [
        ("transaction", "NetSuite invoices", "failure", "Transactions > Find Transaction"),
        ("customer", "NetSuite customers", "failure", "Lists > Customers (View)"),
        ("nexttransactionlinelink", "NetSuite payments", "failure", "Transactions > Customer Payment"),
        ("contact", "NetSuite contacts", "warning", "Lists > Contacts (View)"),
    ],
)
def test_missing_table_is_named(setup: Setup, table: str, row: str, level: str, right: str) -> None:
    control.hide_table(setup.world, table)
    found, saw, fix = setup.row(row)
    assert found == level
    assert table in saw or "was not found" in saw
    assert right in fix


def test_account_without_currencies_and_addresses_is_well(setup: Setup) -> None:
    control.single_currency(setup.world)
    control.hide_table(setup.world, "entityaddress")
    rows = setup.rows()
    assert rows["NetSuite currencies"]["saw"] == "no table currency: an account with one currency"
    assert rows["NetSuite currencies"]["level"] == "ok"
    assert rows["NetSuite addresses"]["level"] in ("ok", "warning")


@pytest.mark.parametrize(
    ("table", "row", "level", "right"),
    [
        ("transaction", "NetSuite invoices", "failure", "Transactions > Invoice (View)"),
        ("customer", "NetSuite customers", "failure", "Lists > Customers (View)"),
        ("nexttransactionlinelink", "NetSuite payments", "warning", "Transactions > Customer Payment"),
    ],
)
def test_permission_that_shows_as_no_rows_is_named(
    setup: Setup, table: str, row: str, level: str, right: str
) -> None:
    control.hide_rows(setup.world, table)
    found, saw, fix = setup.row(row)
    assert (found, saw) == (level, f"{table} shows no rows at all")
    assert right in fix


def test_missing_column_of_the_opt_out_is_a_failure_where_it_is_named(setup: Setup) -> None:
    control.hide_column(setup.world, "customer", "custentity_sms_opt_out")
    assert setup.row("NetSuite customers")[0] == "warning"
    text = setup.config.read_text()
    setup.config.write_text(text.replace("# sms_opt_out: custentity", "sms_opt_out: custentity"))
    level, saw, fix = setup.row("NetSuite customers")
    assert (level, saw) == ("failure", "customer has no custentity_sms_opt_out that this login may see")
    assert fix.startswith("Correct the name under netsuite.customer (or leave the key empty)")


def test_missing_column_that_can_be_done_without_is_a_warning(setup: Setup) -> None:
    control.hide_column(setup.world, "customer", "altname")
    level, saw, _fix = setup.row("NetSuite customers")
    assert level == "warning"
    assert saw.endswith("done without altname, which this login does not see")


def test_channel_without_a_column_is_a_failure(setup: Setup) -> None:
    for name in ("mobilephone", "phone", "altphone"):
        control.hide_column(setup.world, "customer", name)
    level, saw, fix = setup.row("NetSuite columns")
    assert level == "failure"
    assert saw.endswith("mobilephone, phone, altphone that this login may read, so nobody could be texted.")
    assert fix.startswith("Correct the names under netsuite.customer.mobile")


def test_missing_phone_column_is_no_news(setup: Setup) -> None:
    control.hide_column(setup.world, "customer", "homephone")
    level, saw, _fix = setup.row("NetSuite customers")
    assert level == "ok"
    assert "done without homephone" in saw


def test_missing_record_type_is_named(setup: Setup) -> None:
    control.hide_table(setup.world, "customrecord_nsq_comm")
    level, saw, fix = setup.row("communication record")
    assert (level, saw) == (
        "failure",
        "the record type customrecord_nsq_comm is not there for this login",
    )
    assert "nsquilio init --netsuite-project DIR" in fix


def test_missing_field_of_the_record_type_is_named(setup: Setup) -> None:
    control.hide_column(setup.world, "customrecord_nsq_comm", "custrecord_nsq_comm_key")
    level, saw, _fix = setup.row("communication record")
    assert (level, saw) == ("failure", "customrecord_nsq_comm has no custrecord_nsq_comm_key")


def test_record_type_without_permission_is_named(setup: Setup) -> None:
    control.forbid(setup.world, "customrecord_nsq_comm")
    level, saw, fix = setup.row("communication record")
    assert level == "failure"
    assert "INSUFFICIENT_PERMISSION" in saw
    assert "record type's permission (Edit)" in fix


def test_no_record_type_is_needed_where_nothing_is_written(setup: Setup) -> None:
    setup.replace("log: {to: custom_record}", "log: {to: nothing}")
    control.hide_table(setup.world, "customrecord_nsq_comm")
    assert setup.row("communication record")[0] == "ok"


def test_subsidiary_without_invoices_is_named(setup: Setup) -> None:
    setup.replace("  concurrency: 2", "  subsidiary: 77\n  concurrency: 2")
    level, _saw, fix = setup.row("NetSuite subsidiary")
    assert level == "failure"
    assert "access to the subsidiary 77" in fix


def test_standard_key_is_enough_although_it_may_not_read_the_account(setup: Setup) -> None:
    setup.world.set_setting("twilio.key_kind", "standard")
    rows = setup.rows()
    assert rows["Twilio login"]["saw"] == "the API key works and may list messages"
    account = f"/2010-04-01/Accounts/{setup.world.setting('twilio.account_sid')}.json"
    assert account not in [entry["path"] for entry in setup.world.history()]


def test_wrong_twilio_secret_is_named(setup: Setup) -> None:
    setup.set("twilio.api_key_secret", "wrong")
    level, saw, fix = setup.row("Twilio login")
    assert (level, saw) == ("failure", "Twilio refused to list messages (20003): Authenticate.")
    assert "twilio.api_key_secret" in fix
    assert setup.run("doctor") == 3


def test_another_account_than_the_keys_is_named(setup: Setup) -> None:
    own = setup.world.setting("twilio.account_sid")
    setup.replace(own, "AC" + "0" * 32)
    level, _saw, fix = setup.row("Twilio login")
    assert level == "failure"
    assert fix == "twilio.account_sid is not the account of this key; correct it."


@pytest.mark.parametrize(
    ("part", "row"),
    [
        ("Calls", "Twilio calls"),
        ("Recordings", "Twilio recordings"),
        ("Transcriptions", "Twilio transcriptions"),
        ("IncomingPhoneNumbers", "Twilio numbers"),
        ("Countries", "Twilio prices"),
    ],
)
def test_right_the_key_lacks_is_named_and_the_rest_is_checked(setup: Setup, part: str, row: str) -> None:
    setup.world.set_setting("twilio.denied", [part])
    rows = setup.rows()
    assert rows[row]["level"] == "warning"
    assert rows[row]["saw"].startswith("the key may not read them (403, Authenticate (20003)):")
    assert rows["sender"]["level"] == "ok"


def test_transcripts_are_checked_where_they_are_read(setup: Setup) -> None:
    setup.replace(
        "  messages_per_second: 1", "  voicemail: [recordings, intelligence]\n  messages_per_second: 1"
    )
    setup.world.set_setting("twilio.denied", ["/v2/Transcripts"])
    assert setup.row("Twilio transcripts")[0] == "warning"


def test_sender_that_may_not_be_read_is_a_warning(setup: Setup) -> None:
    setup.world.set_setting("twilio.denied", ["/v1/Services"])
    level, _saw, fix = setup.row("sender")
    assert (level, fix) == ("warning", "Give the key the right to read it, to have it checked.")


def test_messaging_service_of_another_account_is_named(setup: Setup) -> None:
    own = setup.world.setting("twilio.messaging_service_sid")
    setup.replace(own, "MG" + "0" * 32)
    level, saw, _fix = setup.row("sender")
    assert (level, saw) == ("failure", f"this account has no Messaging Service MG{'0' * 32}")


def test_messaging_service_without_numbers_is_named(setup: Setup) -> None:
    with setup.world.change() as db:
        db.execute("UPDATE twilio_number SET service_sid = NULL")
    level, saw, fix = setup.row("sender")
    assert level == "failure"
    assert "has no sender, so every text is refused (21704)" in saw
    assert "Sender Pool" in fix


def test_unregistered_sender_is_named(setup: Setup) -> None:
    setup.world.set_setting("twilio.a2p_registered", False)
    level, saw, fix = setup.row("sender")
    assert level == "failure"
    assert "not registered for business texts in the US (A2P 10DLC)" in saw
    assert "Register brand and campaign" in fix


def test_toll_free_numbers_need_no_campaign(setup: Setup) -> None:
    setup.world.set_setting("twilio.a2p_registered", False)
    with setup.world.change() as db:
        db.execute(
            "UPDATE twilio_number SET service_sid = CASE kind WHEN 'toll-free' THEN :sid END",
            {"sid": setup.world.setting("twilio.messaging_service_sid")},
        )
    assert setup.row("sender")[0] == "ok"


def sends_from(setup: Setup, number: str) -> None:
    setup.replace(
        f"messaging_service_sid: {setup.world.setting('twilio.messaging_service_sid')}",
        f'from_number: "{number}"',
    )


def test_number_of_another_account_is_named(setup: Setup) -> None:
    sends_from(setup, "+14155550111")
    level, saw, _fix = setup.row("sender")
    assert (level, saw) == (
        "failure",
        "+14155550111 is not a number of this Twilio account, so every text is refused (21606)",
    )


def test_number_without_a_service_is_a_warning(setup: Setup) -> None:
    sends_from(setup, "+14155550180")
    level, saw, _fix = setup.row("sender")
    assert level == "warning"
    assert "whether it is registered for business texts (A2P 10DLC) cannot be seen" in saw


def test_toll_free_number_is_well(setup: Setup) -> None:
    sends_from(setup, "+18885550182")
    assert setup.row("sender")[:2] == ("ok", "+18885550182 is the account's")


def test_recent_refusals_of_the_carriers_are_shown(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    from nsquilio.sandbox.twilio_rules import set_number

    set_number(setup.world, "+14155550123", "error:30034")
    known = {"To": "+14155550123", "Body": "x", "MessagingServiceSid": setup.world.setting(
        "twilio.messaging_service_sid")}  # fmt: skip
    send(setup, known)
    setup.world.advance(timedelta(minutes=5))
    monkeypatch.setenv("NSQUILIO_NOW", setup.world.now().isoformat())
    level, saw, _fix = setup.row("Twilio login")
    assert level == "warning"
    assert "1 of the newest messages failed with 30034" in saw


def send(setup: Setup, form: dict[str, str]) -> None:
    import requests

    sid = setup.world.setting("twilio.account_sid")
    key = (setup.world.setting("twilio.api_key_sid"), setup.world.setting("twilio.api_key_secret"))
    url = f"{setup.base_url}/2010-04-01/Accounts/{sid}/Messages.json"
    assert requests.post(url, data=form, auth=key, timeout=10).status_code == 201


def test_sendgrid_key_without_its_scope_is_named(setup: Setup) -> None:
    setup.world.set_setting("sendgrid.scopes", ["suppression.read", "messages.read"])
    level, saw, fix = setup.row("SendGrid key")
    assert (level, saw) == ("failure", "the key lacks the scope mail.send, so every mail is refused")
    assert "Mail Send" in fix


def test_sendgrid_key_that_reads_no_bounces_is_a_warning(setup: Setup) -> None:
    setup.world.set_setting("sendgrid.scopes", ["mail.send"])
    level, saw, _fix = setup.row("SendGrid key")
    assert level == "warning"
    assert "lacks suppression.read, messages.read" in saw


def test_wrong_sendgrid_key_is_named(setup: Setup) -> None:
    setup.set("sendgrid.api_key", "SG.wrong")
    level, saw, fix = setup.row("SendGrid key")
    assert level == "failure"
    assert "expired, or revoked" in saw
    assert fix == "Store a valid key as sendgrid.api_key."


def test_texts_alone_need_no_sendgrid(setup: Setup) -> None:
    text = setup.config.read_text()
    start, end = text.index("email:\n  sendgrid:"), text.index("reminders:")
    setup.config.write_text(text[:start] + text[end:])
    assert setup.row("SendGrid key")[:2] == ("ok", "no mail is set up (email.sendgrid)")


def test_missing_credentials_are_named_with_their_commands(setup: Setup) -> None:
    for name in ("netsuite.private_key", "twilio.api_key_secret"):
        setup.store().delete(name)
    rows = setup.rows()
    assert rows["credentials"]["saw"].endswith("not set: netsuite.private_key, twilio.api_key_secret")
    assert rows["credentials"]["fix"] == (
        "Run: nsquilio credentials create-certificate; nsquilio credentials set twilio.api_key_secret"
    )
    assert rows["NetSuite login"]["level"] == rows["Twilio login"]["level"] == "failure"
    assert rows["NetSuite tables"] == {
        "name": "NetSuite tables", "level": "warning", "saw": "not checked: there is no login", "fix": None,
        "exit_code": 0,
    }  # fmt: skip


def test_key_from_the_environment_is_not_there_under_cron(
    setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = setup.config.parent / "trial.key"
    monkeypatch.setenv("NSQUILIO_KEY", key.read_text().strip())
    setup.replace(f'key_file: "{key}"', "key_file:")
    rows = setup.rows()
    assert rows["credentials"]["level"] == "ok"
    assert rows["credentials under cron"]["level"] == "failure"
    assert "a job of cron could not read them" in rows["credentials under cron"]["saw"]


def test_world_readable_key_is_refused_with_the_command(setup: Setup) -> None:
    key = setup.config.parent / "trial.key"
    key.chmod(0o644)
    level, saw, fix = setup.row("credentials")
    assert (level, saw) == ("failure", f"The key file {key} can be read by other users.")
    assert fix == f"Run: chmod 600 {key}"
    assert setup.rows()["state file"]["level"] == "ok"


def test_open_state_directory_is_refused_with_the_command(setup: Setup) -> None:
    setup.state.chmod(0o755)
    level, saw, fix = setup.row("state file")
    assert level == "failure"
    assert "can be read or changed by other users" in saw
    assert fix == f"chmod 700 {setup.state}"


def test_messages_kept_longer_than_wanted_are_named_with_the_command(setup: Setup) -> None:
    settings, now = setup.settings, setup.world.now()
    names = {"netsuite_account": settings.netsuite.account, "twilio_account": settings.twilio.account_sid}
    with open_state(setup.state, profile=settings.profile, now=now, **names) as store:
        long_ago = datetime(2019, 2, 28, 12, tzinfo=UTC)
        store.inbound.store_page([an_inbound("SM01", received_at=long_ago)], now, "poll")
        store.inbound.store_page([an_inbound("SM02", received_at=now)], now, "poll")
    level, saw, fix = setup.row("state file")
    assert level == "warning"
    assert saw.endswith("; holds messages since 2019-02-28, longer than retention_years (5)")
    assert fix == "Run: nsquilio audit erase --before 2021-03-02"


def test_state_of_another_profile_is_named(setup: Setup) -> None:
    state = setup.state
    setup.replace("profile: trial", "profile: other")
    setup.config.write_text(setup.config.read_text() + f"state: {{directory: {state}}}\n")
    level, saw, _fix = setup.row("state file")
    assert level == "failure"
    assert "belongs to profile 'trial'" in saw


def test_damaged_state_file_is_exit_seven(setup: Setup) -> None:
    (setup.state / "state.db").write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    level, _saw, _fix = setup.row("state file")
    assert level == "failure"
    assert setup.run("doctor") == 7


def test_config_that_others_may_change_is_a_warning(setup: Setup) -> None:
    setup.config.chmod(0o666)
    level, saw, _fix = setup.row("configuration")
    assert level == "warning"
    assert "can be changed by everyone" in saw


def test_halt_is_shown(setup: Setup) -> None:
    (setup.state / "HALT").touch()
    level, saw, fix = setup.row("lock")
    assert (level, saw) == ("warning", f"{setup.state / 'HALT'} is there, so nothing is sent")
    assert fix == f"When it may go on: rm {setup.state / 'HALT'}"


def test_run_that_holds_the_lock_is_shown(setup: Setup) -> None:
    from nsquilio.lock import run_lock

    with run_lock(setup.state, "remind", setup.world.now() - timedelta(hours=1)):
        level, saw, _fix = setup.row("lock")
    assert level == "warning"
    assert "held by remind, process" in saw
    with run_lock(setup.state, "remind", setup.world.now()):
        assert setup.row("lock")[0] == "ok"


def test_dear_letters_in_texts_are_named(setup: Setup) -> None:
    setup.replace("thank you, invoice", "thank you ☺, invoice")
    level, saw, fix = setup.row("templates")
    assert level == "warning"
    assert "thanks 2 (UCS-2)" in saw
    assert "'☺'" in fix


def test_wrong_template_is_named(setup: Setup) -> None:
    setup.replace("thank you, invoice {{ invoice.number }}", "thank you, invoice {{ invoice.numbr }}")
    level, saw, _fix = setup.row("templates")
    assert level == "failure"
    assert "thanks: sms: 'invoice.numbr' is not known" in saw


def test_word_of_a_template_that_no_column_fills_is_named(setup: Setup) -> None:
    setup.replace("thank you, invoice", "thank you, {{ invoice.payment_link }}")
    level, saw, _fix = setup.row("templates")
    assert level == "failure"
    assert "thanks: sms: payment_link is empty for every invoice" in saw


@pytest.mark.parametrize(
    ("url", "level"), [("https://hc-ping.com/x", "ok"), ("http://hc-ping.com/x", "failure")]
)
def test_ping_address_must_be_safe(setup: Setup, url: str, level: str) -> None:
    setup.replace("{ping_url: }", f"{{ping_url: '{url}'}}")
    assert setup.row("monitoring")[0] == level


def test_nothing_readable_is_one_row(setup: Setup) -> None:
    setup.config.unlink()
    answer = setup.json("doctor")
    assert [row["name"] for row in answer["checks"]] == ["configuration"]
    assert setup.run("doctor") == 3


def test_unreachable_service_is_exit_four(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    import nsquilio.remote.transport as transport

    monkeypatch.setattr(transport, "READ_TRIES", 1)
    setup.replace(setup.base_url, "http://127.0.0.1:9")
    rows = setup.rows()
    assert "the connection was refused" in rows["NetSuite login"]["saw"]
    assert rows["clock"]["saw"] == "not checked: no service answered"
    assert setup.run("doctor") == 4


def test_table_shows_the_fix_below_what_was_seen(setup: Setup) -> None:
    setup.set("sendgrid.api_key", "SG.wrong")
    assert setup.run("doctor") == 3
    assert "failure  SendGrid key" in setup.out
    assert "Fix: Store a valid key as sendgrid.api_key." in setup.out
    assert setup.out.splitlines()[-1].endswith("checks: 1 failure, 0 warnings.")
    assert setup.err == ""


def test_nothing_set_yet_leads_to_one_command(setup: Setup) -> None:
    for row in setup.store().listing():
        setup.store().delete(row.name)
    rows = setup.rows()
    assert rows["credentials"]["fix"] == (
        "Run: nsquilio credentials create-certificate; nsquilio credentials set"
    )
    assert rows["Twilio login"]["saw"].startswith(
        "Neither twilio.api_key_sid nor twilio.auth_token is set in"
    )
    assert rows["clock"]["saw"] == "not checked: no service answered"


def test_auth_token_alone_will_do(setup: Setup) -> None:
    for name in ("twilio.api_key_sid", "twilio.api_key_secret"):
        setup.store().delete(name)
    setup.set("twilio.auth_token", setup.world.setting("twilio.auth_token"))
    rows = setup.rows()
    assert rows["credentials"]["level"] == "ok"
    assert rows["Twilio login"]["saw"] == "the auth token works and may list messages"


def test_record_type_that_only_queries_show_is_a_warning(setup: Setup) -> None:
    """The record API and queries are two doors; an account may open only one of them."""
    setup.world.set_setting("records_not_found", ["customrecord_nsq_comm"])
    level, saw, _fix = setup.row("communication record")
    assert level == "warning"
    assert saw.startswith("queries show customrecord_nsq_comm, the record API does not:")
