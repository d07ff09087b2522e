"""What an account may lack: columns nobody asked for by name, addresses, a session that tells its zone."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
import responses
from remote_builders import BASE, COLUMNS, a_login, clock, netsuite_of, no_pause

from nsquilio.errors import BadConfig
from nsquilio.remote.netsuite import NetSuite
from nsquilio.remote.netsuite_auth import TOKEN_PATH
from nsquilio.sandbox.server import Server
from nsquilio.sandbox.world import World

PRESUMED = ("custentity_comm_channel", "custentity_sms_opt_out")


def test_column_that_nobody_named_is_done_without(world: World, server: Server) -> None:
    world.set_setting("hidden_columns", [f"customer.{name}" for name in PRESUMED])
    columns = replace(COLUMNS, presumed=frozenset(PRESUMED))
    client = netsuite_of(world, server.base_url, columns)

    assert [customer.id for customer in client.customers(["88"])] == ["88"]
    assert client.opted_out_numbers() == {}
    assert client.opt_out_column is None
    client.close()


@pytest.mark.parametrize(
    ("named", "hidden", "told"),
    [
        (
            {"mobile": ("custentity_mobil",)},
            (),
            "custentity_mobil that this login may read, so nobody could be texted.|netsuite.customer.mobile",
        ),
        (
            {},
            ("customer.mobilephone", "customer.phone", "customer.altphone"),
            "mobilephone, phone, altphone that this login may read, so nobody could be texted."
            "|netsuite.customer.mobile",
        ),
        (
            {"email": ("invoice.custbody_mial", "contact.custentity_mial")},
            (),
            "invoice.custbody_mial, contact.custentity_mial that this login may read, so nobody could be"
            " e-mailed.|netsuite.customer.email",
        ),
    ],
)
def test_channel_without_a_single_column_stops_the_run_where_the_steps_use_it(
    world: World, server: Server, named: dict[str, tuple[str, ...]], hidden: tuple[str, ...], told: str
) -> None:
    world.set_setting("hidden_columns", list(hidden))
    used = replace(COLUMNS, channels=frozenset({"sms", "email"}), **named)
    client = netsuite_of(world, server.base_url, used)
    unused = netsuite_of(world, server.base_url, replace(used, channels=frozenset()))

    with pytest.raises(BadConfig) as caught:
        list(client.customers(["88"]))

    message, key = told.split("|")
    assert caught.value.message == f"NetSuite has no column {message}"
    assert (
        caught.value.next == f"Correct the names under {key}, or give the role access to one of the fields."
    )
    assert [customer.id for customer in unused.customers(["88"])] == ["88"]
    client.close()
    unused.close()


def test_one_column_of_each_channel_is_enough(world: World, server: Server) -> None:
    world.set_setting("hidden_columns", ["customer.mobilephone", "customer.altphone"])
    named = replace(
        COLUMNS, channels=frozenset({"sms", "email"}), mobile=("custentity_mobil", "phone"), email=()
    )
    client = netsuite_of(world, server.base_url, named)

    assert [customer.id for customer in client.customers(["88"])] == ["88"]
    client.close()


def test_customer_without_a_billing_address_column_is_read(world: World, server: Server) -> None:
    world.set_setting("hidden_columns", ["customer.defaultbillingaddress"])
    client = netsuite_of(world, server.base_url)

    assert [(customer.id, customer.country) for customer in client.customers(["88"])] == [("88", "")]
    client.close()


@pytest.mark.parametrize("status", [400, 404, 500])
@responses.activate
def test_session_that_does_not_tell_its_zone_has_the_usual_one(status: int) -> None:
    responses.post(BASE + TOKEN_PATH, json={"access_token": "t", "expires_in": 3600})
    responses.post(BASE + "/services/rest/query/v1/suiteql", status=status, json={"status": status})
    client = NetSuite(BASE, a_login(), COLUMNS, clock, http=no_pause())

    assert client.session_zone() == ZoneInfo("America/Los_Angeles")
    client.close()
