"""Twilio around the messages: the account, its balance and numbers, its Messaging Services, the price list.
Also what no other module answers: 404, in XML where `.json` is missing.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from re import Match
from typing import Any

from nsquilio.sandbox.exchange import Reply, Request
from nsquilio.sandbox.twilio_access import TABLES as TABLES
from nsquilio.sandbox.twilio_access import account_sid, behind_login
from nsquilio.sandbox.twilio_paging import (
    Listing,
    Page,
    envelope,
    equal_filters,
    meta_envelope,
    read_page,
)
from nsquilio.sandbox.twilio_prices import COUNTRIES, Country
from nsquilio.sandbox.twilio_rules import Refusal
from nsquilio.sandbox.twilio_times import iso, rfc2822
from nsquilio.sandbox.twilio_voice import not_found_xml
from nsquilio.sandbox.world import World

_ACCOUNT_PARTS = (
    "available_phone_numbers", "calls", "conferences", "incoming_phone_numbers", "notifications",
    "outgoing_caller_ids", "recordings", "transcriptions", "addresses", "signing_keys", "connect_apps",
    "authorized_connect_apps", "usage", "keys", "applications", "queues", "messages", "balance",
)  # fmt: skip
_SERVICE_PARTS = {
    "phone_numbers": "PhoneNumbers",
    "short_codes": "ShortCodes",
    "alpha_senders": "AlphaSenders",
    "messages": "Messages",
    "us_app_to_person": "Compliance/Usa2p",
    "us_app_to_person_usecases": "Compliance/Usa2p/Usecases",
    "channel_senders": "ChannelSenders",
    "destination_alpha_senders": "DestinationAlphaSenders",
}


def fetch_account(world: World, request: Request, match: Match[str]) -> Reply:
    """Never with a Standard API key: `twilio_access` has refused that (20003)."""
    sid = match["account"]
    uri = f"/2010-04-01/Accounts/{sid}"
    opened = rfc2822(world.value("SELECT min(created) FROM twilio_service"))
    body = {
        "sid": sid,
        "owner_account_sid": sid,
        "friendly_name": "Sandbox",
        "auth_token": world.setting("twilio.auth_token"),
        "status": world.setting("twilio.account_status", "active"),
        "type": "Trial" if world.setting("twilio.trial", False) else "Full",
        "date_created": opened,
        "date_updated": opened,
        "uri": f"{uri}.json",
        "subresource_uris": {part: f"{uri}/{part.title().replace('_', '')}.json" for part in _ACCOUNT_PARTS},
    }
    return Reply.of_json(200, body)


def fetch_balance(world: World, request: Request, match: Match[str]) -> Reply:
    balance = str(world.setting("twilio.balance", "118.37"))
    return Reply.of_json(200, {"account_sid": match["account"], "balance": balance, "currency": "USD"})


def list_keys(world: World, request: Request, match: Match[str]) -> Reply:
    """Only a Main key or the Auth Token comes this far."""
    opened = rfc2822(world.value("SELECT min(created) FROM twilio_service"))
    key = {"sid": world.setting("twilio.api_key_sid"), "friendly_name": "nsquilio"}
    empty = envelope(request, "keys", Page((), 0, 50, more=False), dict, ())
    return Reply.of_json(200, {**empty, "keys": [{**key, "date_created": opened, "date_updated": opened}]})


def list_numbers(world: World, request: Request, match: Match[str]) -> Reply:
    filters = ("Beta", "FriendlyName", "PhoneNumber", "Origin")
    listing = equal_filters(Listing("twilio_number"), request, {"PhoneNumber": "phone_number"})
    page = read_page(world, listing, request)
    return Reply.of_json(
        200, envelope(request, "incoming_phone_numbers", page, _number(match["account"]), filters)
    )


def _number(account: str) -> Callable[[sqlite3.Row], dict[str, Any]]:
    def render(row: sqlite3.Row) -> dict[str, Any]:
        return {
            "sid": row["sid"],
            "account_sid": account,
            "phone_number": row["phone_number"],
            "friendly_name": row["phone_number"],
            "api_version": "2010-04-01",
            "address_requirements": "none",
            "address_sid": None,
            "beta": False,
            "bundle_sid": None,
            "capabilities": {"voice": True, "sms": True, "mms": row["kind"] == "local", "fax": False},
            "emergency_status": "Inactive",
            "emergency_address_sid": None,
            "emergency_address_status": "unregistered",
            "identity_sid": None,
            "origin": "twilio",
            "sms_application_sid": "",
            "sms_fallback_method": "POST",
            "sms_fallback_url": "",
            "sms_method": "POST",
            "sms_url": "",
            "status": "in-use",
            "status_callback": "",
            "status_callback_method": "POST",
            "trunk_sid": None,
            "type": row["kind"],
            "voice_application_sid": "",
            "voice_caller_id_lookup": False,
            "voice_fallback_method": "POST",
            "voice_fallback_url": None,
            "voice_method": "POST",
            "voice_receive_mode": "voice",
            "voice_url": None,
            "date_created": rfc2822(row["created"]),
            "date_updated": rfc2822(row["created"]),
            "uri": f"/2010-04-01/Accounts/{account}/IncomingPhoneNumbers/{row['sid']}.json",
        }

    return render


# --- Messaging Services ---


def list_services(world: World, request: Request, match: Match[str]) -> Reply:
    page = read_page(world, Listing("twilio_service"), request)
    return Reply.of_json(200, meta_envelope(request, "services", page, _service(world, request), ()))


def fetch_service(world: World, request: Request, match: Match[str]) -> Reply:
    return Reply.of_json(200, _service(world, request)(_stored_service(world, request, match["sid"])))


def _stored_service(world: World, request: Request, sid: str) -> sqlite3.Row:
    row = world.row("SELECT * FROM twilio_service WHERE sid = ?", (sid,))
    if row is None:
        raise Refusal(20404, path=request.path)
    return row


def _service(world: World, request: Request) -> Callable[[sqlite3.Row], dict[str, Any]]:
    account, smart = account_sid(world), bool(world.setting("twilio.smart_encoding", False))

    def render(row: sqlite3.Row) -> dict[str, Any]:
        url = f"{request.base_url}/v1/Services/{row['sid']}"
        return {
            "sid": row["sid"],
            "account_sid": account,
            "friendly_name": row["friendly_name"],
            "inbound_request_url": None,
            "inbound_method": "POST",
            "fallback_url": None,
            "fallback_method": "POST",
            "status_callback": None,
            "sticky_sender": True,
            "mms_converter": True,
            "smart_encoding": smart,
            "scan_message_content": "inherit",
            "fallback_to_long_code": False,
            "area_code_geomatch": True,
            "synchronous_validation": True,
            "validity_period": 36000,
            "usecase": "notifications",
            "us_app_to_person_registered": bool(world.setting("twilio.a2p_registered", True)),
            "use_inbound_webhook_on_number": False,
            "date_created": iso(row["created"]),
            "date_updated": iso(row["created"]),
            "url": url,
            "links": {name: f"{url}/{part}" for name, part in _SERVICE_PARTS.items()},
        }

    return render


def list_senders(world: World, request: Request, match: Match[str]) -> Reply:
    service = _stored_service(world, request, match["sid"])["sid"]
    listing = Listing("twilio_number").that("service_sid = :service", service=service)
    page = read_page(world, listing, request)
    account = account_sid(world)

    def render(row: sqlite3.Row) -> dict[str, Any]:
        return {
            "sid": row["sid"],
            "account_sid": account,
            "service_sid": service,
            "phone_number": row["phone_number"],
            "country_code": "US",
            "capabilities": ["SMS", "MMS", "Voice"],
            "date_created": iso(row["created"]),
            "date_updated": iso(row["created"]),
            "url": f"{request.base_url}/v1/Services/{service}/PhoneNumbers/{row['sid']}",
        }

    return Reply.of_json(200, meta_envelope(request, "phone_numbers", page, render, ()))


# --- prices ---


def list_countries(world: World, request: Request, match: Match[str]) -> Reply:
    """All on one page."""
    meta = meta_envelope(request, "countries", Page((), 0, 50, more=False), dict, ())
    countries = [
        {"country": country.name, "iso_country": country.iso, "url": _country_url(request, country)}
        for country in COUNTRIES
    ]
    return Reply.of_json(200, {**meta, "countries": countries})


def fetch_country(world: World, request: Request, match: Match[str]) -> Reply:
    country = next((country for country in COUNTRIES if country.iso == match["iso"]), None)
    if country is None:
        raise Refusal(20404, path=request.path)
    outbound = [{**_prices(country.outbound, "mobile")}, {**_prices(country.outbound, "local")}]
    body = {
        "country": country.name,
        "iso_country": country.iso,
        "price_unit": "USD",
        "outbound_sms_prices": [{"carrier": "Other", "mcc": "000", "mnc": "000", "prices": outbound}],
        "inbound_sms_prices": [_prices(country.inbound, "local"), _prices(country.inbound, "toll free")],
        "url": _country_url(request, country),
    }
    return Reply.of_json(200, body)


def _prices(price: str, kind: str) -> dict[str, str]:
    """Text, as the real answers have it; the specification says number."""
    return {"base_price": price, "current_price": price, "number_type": kind}


def _country_url(request: Request, country: Country) -> str:
    return f"{request.base_url}/v1/Messaging/Countries/{country.iso}"


# --- anything else ---


def nothing_there(world: World, request: Request, match: Match[str]) -> Reply:
    if request.path.startswith("/2010-04-01") and not request.path.endswith(".json"):
        return not_found_xml(request)
    raise Refusal(20404, path=request.path)


_ACCOUNT = r"/2010-04-01/Accounts/(?P<account>[^/]+)"
ROUTES = behind_login(
    ("GET", re.compile(r"/2010-04-01/Accounts/(?P<account>[^/.]+)\.json"), fetch_account),
    ("GET", re.compile(_ACCOUNT + r"/Balance\.json"), fetch_balance),
    ("GET", re.compile(_ACCOUNT + r"/Keys\.json"), list_keys),
    ("GET", re.compile(_ACCOUNT + r"/IncomingPhoneNumbers\.json"), list_numbers),
    ("GET", re.compile(r"/v1/Services"), list_services),
    ("GET", re.compile(r"/v1/Services/(?P<sid>[^/]+)"), fetch_service),
    ("GET", re.compile(r"/v1/Services/(?P<sid>[^/]+)/PhoneNumbers"), list_senders),
    ("GET", re.compile(r"/v1/Messaging/Countries"), list_countries),
    ("GET", re.compile(r"/v1/Messaging/Countries/(?P<iso>[^/]+)"), fetch_country),
    # Last: whatever no other route of Twilio's paths took, for any method that is asked for.
    *(
        (method, re.compile(r"/(2010-04-01|v1|v2)(/.*)?"), nothing_there)
        for method in ("GET", "POST", "DELETE")
    ),
)
