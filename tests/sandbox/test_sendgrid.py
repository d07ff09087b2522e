"""The sandbox's SendGrid against facts/twilio.md section 9 and its OpenAPI files."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests

from nsquilio.errors import WrongUsage
from nsquilio.sandbox import outside
from nsquilio.sandbox.sendgrid_events import set_mailbox, suppress
from nsquilio.sandbox.server import Server
from nsquilio.sandbox.twilio_access import credentials
from nsquilio.sandbox.world import World
from tests.sandbox.openapi import FOLDER, check_request, check_response
from tests.sandbox.twilio_side import NOON, hold_the_clock

ACME = "ap@acme.example"
LISTS = ("bounces", "blocks", "spam_reports", "invalid_emails", "unsubscribes")


class Api:
    """Requests with the right key; what is not `wrong` on purpose is checked against the OpenAPI files."""

    def __init__(self, server: Server) -> None:
        self.base_url = server.base_url
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers["Authorization"] = f"Bearer {credentials(server.world)['sendgrid.api_key']}"

    def send(self, mail: dict[str, Any] | None = None, *, wrong: bool = False) -> requests.Response:
        return self._ask("POST", "/v3/mail/send", wrong, json=mail or a_mail())

    def logs(self, query: str, *, wrong: bool = False, **more: Any) -> requests.Response:
        return self._ask("POST", "/v3/logs", wrong, json={"query": query, **more})

    def get(self, path: str, *, wrong: bool = False, **query: Any) -> requests.Response:
        return self._ask("GET", path, wrong, params=query)

    def _ask(self, method: str, path: str, wrong: bool, **named: Any) -> requests.Response:
        response = self.session.request(method, self.base_url + path, timeout=10, **named)
        if FOLDER.is_dir() and not wrong:
            check_request(method, path, query=named.get("params", ()), body=named.get("json"))
            body = response.json() if response.content else None
            check_response(method, path, response.status_code, body)
        return response


def a_mail(to: str = ACME, **changes: Any) -> dict[str, Any]:
    mail = {
        "personalizations": [{"to": [{"email": to}], "custom_args": {"nsq_key": "1042:late-7:email"}}],
        "from": {"email": "ar@example.com", "name": "Example AR"},
        "reply_to": {"email": "ar@example.com"},
        "subject": "Invoice INV-1042",
        "content": [
            {"type": "text/plain", "value": "Please pay."},
            {"type": "text/html", "value": "<p>Please pay.</p>"},
        ],
        "categories": ["invoice-reminder"],
        **changes,
    }
    return {name: value for name, value in mail.items() if value is not None}


@pytest.fixture
def api(world: World, server: Server, monkeypatch: pytest.MonkeyPatch) -> Api:
    hold_the_clock(world, monkeypatch)
    return Api(server)


def later(world: World, **step: float) -> None:
    world.advance(timedelta(**step))


# --- mail/send ---


def test_a_good_mail_is_accepted_with_an_id_and_stands_in_the_outbox(api: Api, world: World) -> None:
    response = api.send()
    assert (response.status_code, response.content) == (202, b"")
    message_id = response.headers["X-Message-Id"]
    sent = outside.outbox(world)[0]
    assert sent.sid.startswith(message_id + ".recvd-")
    assert (sent.to, sent.subject, sent.body) == (ACME, "Invoice INV-1042", "Please pay.")
    assert sent.custom_args == {"nsq_key": "1042:late-7:email"}
    assert int(response.headers["X-RateLimit-Reset"]) > NOON.timestamp()


def test_sandbox_mode_checks_and_sends_nothing(api: Api, world: World) -> None:
    mail = a_mail(mail_settings={"sandbox_mode": {"enable": True}})
    response = api.send(mail, wrong=True)  # the file does not know this 200
    assert (response.status_code, response.content) == (200, b"")
    assert outside.outbox(world) == []


def test_each_recipient_is_a_mail_of_its_own(api: Api, world: World) -> None:
    to = [{"email": ACME}, {"email": "cfo@acme.example"}]
    response = api.send(a_mail(personalizations=[{"to": to, "cc": [{"email": "ceo@acme.example"}]}]))
    sids = {sent.sid for sent in outside.outbox(world)}
    assert len(sids) == 3
    assert all(sid.startswith(response.headers["X-Message-Id"]) for sid in sids)


WRONG_MAILS = [
    (a_mail(personalizations=None), "personalizations"),
    (a_mail(personalizations=[]), "personalizations"),
    (a_mail(personalizations=[{"to": [{"email": ACME}]}] * 1001), "personalizations"),
    (a_mail(personalizations=[{"to": []}]), "personalizations.0.to"),
    (a_mail(personalizations=[{"to": {"email": ACME}}]), "personalizations.0.to"),
    (a_mail(personalizations=["x"]), "personalizations.0"),
    (a_mail(personalizations=[{"to": [{"email": ACME}], "colour": 1}]), "personalizations.0.colour"),
    (a_mail(to="nobody"), "personalizations.0.to.0.email"),
    (a_mail(to="olá@omega.example"), "personalizations.0.to.0.email"),
    (
        a_mail(personalizations=[{"to": [{"email": ACME}], "bcc": [{"email": ACME.upper()}]}]),
        "personalizations.0",
    ),
    (
        a_mail(personalizations=[{"to": [{"email": ACME}], "custom_args": {"n": 1}}]),
        "personalizations.0.custom_args",
    ),
    (
        a_mail(personalizations=[{"to": [{"email": ACME}], "custom_args": {"n": "x" * 10_000}}]),
        "personalizations.0.custom_args",
    ),
    (
        a_mail(personalizations=[{"to": [{"email": f"a{n}@x.example"} for n in range(1001)]}]),
        "personalizations",
    ),
    ({**a_mail(), "from": {"email": "ar"}}, "from.email"),
    ({**a_mail(), "from": {}}, "from.email"),
    (a_mail(reply_to_list=[{"email": ACME}]), "reply_to"),
    (a_mail(reply_to={"email": "x"}), "reply_to.email"),
    (a_mail(subject=None), "subject"),
    (a_mail(content=None), "content"),
    (a_mail(content=[{"type": "text/plain", "value": ""}]), "content.0.value"),
    (a_mail(content=a_mail()["content"][::-1]), "content.1.type"),
    (a_mail(categories=["a", "a"]), "categories"),
    (a_mail(categories=[str(n) for n in range(11)]), "categories"),
    (a_mail(categories=["x" * 256]), "categories"),
    (a_mail(categories="one"), "categories"),
    (a_mail(headers={"Subject": "x"}), "headers"),
    (a_mail(headers={"X-A": 1}), "headers.X-A"),
    (a_mail(attachments=[{"content": "%%%", "filename": "a.pdf"}]), "attachments.0.content"),
    (a_mail(attachments=[{"content": base64.b64encode(b"x").decode()}]), "attachments.0.content"),
    (a_mail(send_at="tomorrow"), "send_at"),
    (a_mail(send_at=int(NOON.timestamp()) + 73 * 3600), "send_at"),
    (a_mail(mail_settings=[]), "mail_settings"),
    (a_mail(priority="high"), "priority"),
]


@pytest.mark.parametrize(("mail", "field"), WRONG_MAILS)
def test_a_wrong_mail_is_refused_and_the_field_named(
    api: Api, world: World, mail: dict[str, Any], field: str
) -> None:
    response = api.send(mail, wrong=True)
    errors = response.json()["errors"]
    assert (response.status_code, [error["field"] for error in errors]) == (400, [field])
    assert set(errors[0]) == {"message", "field", "help"}
    assert outside.outbox(world) == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]"])
def test_a_body_that_is_no_object_is_a_bad_request(api: Api, body: bytes) -> None:
    response = api.session.post(f"{api.base_url}/v3/mail/send", data=body)
    assert (response.status_code, response.json()["errors"][0]["message"]) == (400, "Bad Request")


def test_a_mail_that_is_too_large_is_refused_by_the_proxy_in_html(api: Api) -> None:
    response = api.session.post(f"{api.base_url}/v3/mail/send", data=b"x" * (30 * 1024 * 1024 + 1))
    assert (response.status_code, response.headers["Content-Type"]) == (413, "text/html")
    assert "nginx" in response.text


def test_an_unverified_sender_is_forbidden_in_json_or_html(api: Api, world: World) -> None:
    world.set_setting("sendgrid.senders", ["@verified.example"])
    response = api.send()
    assert (response.status_code, response.json()["errors"][0]["field"]) == (403, "from")
    world.set_setting("sendgrid.html_errors", [403])
    response = api.send(wrong=True)
    assert (response.status_code, response.headers["Content-Type"]) == (403, "text/html")
    world.set_setting("sendgrid.senders", ["@example.com"])
    assert api.send().status_code == 202


@pytest.mark.parametrize("header", ["Bearer SG.wrong.key", "Basic x", "Bearer", ""])
def test_a_wrong_key_is_refused(api: Api, header: str) -> None:
    api.session.headers["Authorization"] = header
    assert api.send().status_code == 401
    assert api.get("/v3/scopes").status_code == 401


def test_a_key_without_the_scope_is_forbidden(api: Api, world: World) -> None:
    assert "mail.send" in api.get("/v3/scopes").json()["scopes"]
    world.set_setting("sendgrid.scopes", ["suppression.read"])
    assert api.send().status_code == 403
    assert api.get("/v3/scopes").json() == {"scopes": ["suppression.read"]}
    assert api.get("/v3/suppression/bounces").status_code == 200


# --- what becomes of it ---


@pytest.mark.parametrize(
    ("behaviour", "status", "on_list", "event"),
    [
        ("delivers", "delivered", None, "delivered"),
        ("bounces", "bounced", "bounces", "bounce"),
        ("blocks", "blocked", "blocks", "bounce"),
        ("complains", "delivered", "spam_reports", "delivered"),
        ("unsubscribes", "delivered", "unsubscribes", "delivered"),
        ("invalid", "dropped", "invalid_emails", "dropped"),
    ],
)
def test_recipients_behave_by_rule(
    api: Api, world: World, behaviour: str, status: str, on_list: str | None, event: str
) -> None:
    set_mailbox(world, "@acme.example", behaviour)
    api.send()
    assert api.logs(f"to_email = '{ACME}'").json()["messages"][0]["status"] == "processed"
    later(world, hours=2)
    entry = api.logs(f"to_email = '{ACME}'").json()["messages"][0]
    assert entry["status"] == status
    detail = api.get(f"/v3/logs/{entry['sg_message_id']}").json()
    assert detail["events"][-1]["event"] == event
    assert detail["custom_args"] == {"nsq_key": "1042:late-7:email"}
    listed = {name: len(api.get(f"/v3/suppression/{name}").json()) for name in LISTS}
    assert listed == {name: int(name == on_list) for name in LISTS}


def test_a_deferred_mail_arrives_later(api: Api, world: World) -> None:
    set_mailbox(world, ACME, "defers")
    api.send()
    later(world, hours=1)
    entry = api.logs("status IN ('deferred')").json()["messages"][0]
    later(world, hours=6)
    events = api.get(f"/v3/logs/{entry['sg_message_id']}").json()["events"]
    assert [event["event"] for event in events] == ["processed", "deferred", "delivered"]


def test_a_suppressed_address_gets_nothing_more(api: Api, world: World) -> None:
    suppress(world, "bounces", ACME, "550 5.1.1 gone")
    api.send()
    api.send(a_mail(mail_settings={"bypass_list_management": {"enable": True}}))
    later(world, minutes=1)
    found = api.logs(f"to_email = '{ACME}'").json()["messages"]
    assert [(each["status"], each["reason"]) for each in found] == [
        ("delivered", "250 OK"),
        ("dropped", "Bounced Address"),
    ]
    assert [sent.sent_at is None for sent in outside.outbox(world)] == [True, False]


def test_a_mail_for_later_leaves_later(api: Api, world: World) -> None:
    api.send(a_mail(send_at=int(NOON.timestamp()) + 3600))
    assert api.logs("").json()["messages"] == []
    later(world, hours=2)
    assert api.logs("").json()["messages"][0]["status"] == "delivered"


def test_suppressions_are_windowed_and_paged(api: Api, world: World) -> None:
    start = int(NOON.timestamp())
    for number in range(5):
        suppress(world, "unsubscribes", f"u{number}@x.example", at=start + number * 10)
    later(world, minutes=5)

    def emails(**query: Any) -> str:
        found = api.get("/v3/suppression/unsubscribes", **query).json()
        return "".join(entry["email"][1] for entry in found)

    assert emails() == "43210"
    assert emails(start_time=start + 10, end_time=start + 30) == "321"
    assert emails(limit=2, offset=2) == "21"
    assert emails(email="u3") == "3"
    assert emails(email="%x.example") == "43210"
    refused = api.get("/v3/suppression/unsubscribes", wrong=True, start_time="yesterday")
    assert refused.status_code == 400
    assert api.get("/v3/suppression/nothing", wrong=True).status_code == 404


def test_there_are_no_unsubscribe_groups(api: Api) -> None:
    assert api.get("/v3/asm/suppressions").json() == []
    assert api.get(f"/v3/asm/suppressions/{ACME}").json() == {"suppressions": []}


def test_unknown_mailboxes_and_lists_are_refused_with_the_known_ones(world: World) -> None:
    with pytest.raises(WrongUsage, match="No mailbox 'burns'") as error:
        set_mailbox(world, ACME, "burns")
    assert "bounces" in error.value.next
    with pytest.raises(WrongUsage, match="No suppression list 'friends'") as error:
        suppress(world, "friends", ACME)
    assert "spam_reports" in error.value.next


# --- logs ---


@pytest.fixture
def three(api: Api, world: World) -> Api:
    """Three mails, an hour apart: to a, b and c; b bounces."""
    set_mailbox(world, "b@x.example", "bounces")
    for letter in "abc":
        api.send(a_mail(to=f"{letter}@x.example", subject=f"It's {letter}", categories=[letter, "all"]))
        later(world, hours=1)
    return api


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "cba"),
        ("to_email = 'a@x.example'", "a"),
        ("to_email='a@x.example'", "a"),
        ("subject = 'It''s b'", "b"),
        ('subject = "It\'s b"', "b"),
        ("status IN ('bounced', 'dropped')", "b"),
        ("categories IN ('a', 'c')", "ca"),
        ("reason = '250 OK' AND categories IN ('all')", "ca"),
        ('sg_message_id_created_at > TIMESTAMP "2026-03-02T12:30:00Z"', "cb"),
        ('sg_message_id_created_at >= TIMESTAMP "2026-03-02T13:00:00Z" AND status IN ("delivered")', "c"),
        ("to_email = 'a@x.example' AND to_email = 'b@x.example'", ""),
        ("to_email = ''' OR 1=1 --'", ""),
    ],
)
def test_the_logs_can_be_asked(three: Api, query: str, found: str) -> None:
    messages = three.logs(query).json()["messages"]
    assert "".join(message["to_email"][0] for message in messages) == found


@pytest.mark.parametrize(
    "query",
    [
        "to_email = 'a@x.example' OR to_email = 'b@x.example'",
        "(to_email = 'a@x.example')",
        "to_email LIKE 'a%'",
        "status = 'bounced'",
        "to_email IN ('a@x.example')",
        "custom_args = 'x'",
        "sg_message_id_created_at > '2026-03-02T12:30:00Z'",
        'sg_message_id_created_at > TIMESTAMP "yesterday"',
        "to_email = 'a@x.example' AND",
        "to_email = 'a@x.example",
    ],
)
def test_other_questions_are_refused(three: Api, query: str) -> None:
    response = three.logs(query)
    assert (response.status_code, response.json()["errors"][0]["field"]) == (400, "query")


def test_the_logs_have_a_limit_and_no_pages(three: Api) -> None:
    assert len(three.logs("", limit=2).json()["messages"]) == 2
    for limit in (0, 1001, "5"):
        assert three.logs("", limit=limit, wrong=True).status_code == 400
    assert three.logs("", offset=1, wrong=True).status_code == 400


def test_an_unknown_log_is_not_found(api: Api) -> None:
    assert api.get("/v3/logs/nothing").status_code == 404


def test_a_plan_may_have_no_logs(three: Api, world: World) -> None:
    world.set_setting("sendgrid.logs", False)
    assert three.logs("").status_code == 403
    assert three.get("/v3/logs/x").status_code == 403


def test_the_activity_add_on_is_off_until_bought(three: Api, world: World) -> None:
    message_id = three.send().headers["X-Message-Id"]
    query = f"msg_id LIKE '{message_id}%'"
    assert three.get("/v3/messages", wrong=True, query=query).status_code == 403
    world.set_setting("sendgrid.activity", True)
    found = three.get("/v3/messages", query=query, limit=5).json()["messages"]
    assert [(each["to_email"], each["status"]) for each in found] == [(ACME, "processed")]
    missed = three.get("/v3/messages", query='to_email="b@x.example"').json()["messages"]
    assert [each["status"] for each in missed] == ["not_delivered"]
    assert three.get("/v3/messages", wrong=True).status_code == 400


def test_times_in_the_logs_are_utc(api: Api) -> None:
    api.send()
    created = api.logs("").json()["messages"][0]["sg_message_id_created_at"]
    assert datetime.fromisoformat(created) == datetime(2026, 3, 2, 12, tzinfo=UTC)
