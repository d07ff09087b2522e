"""Signed requests; the vectors are those of facts/twilio.md, section 8."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nsquilio.core.signatures import (
    carries_secret,
    is_allowed_address,
    is_signed_by_netsuite,
    is_signed_by_twilio,
    twilio_signature,
)

U = "https://mycompany.com/myapp.php?foo=1&bar=2"
P = {
    "CallSid": "CA1234567890ABCDE",
    "Caller": "+14158675309",
    "Digits": "1234",
    "From": "+14158675309",
    "To": "+18005551212",
}
JSON = b'{"property": "value", "boolean": true}'
JSON_HASH = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620"
EMPTY_HASH = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def signed(
    url: str,
    signature: str,
    params: Mapping[str, str | Sequence[str]] | None = None,
    body: bytes | None = None,
    tokens: Sequence[str] = ("12345",),
) -> bool:
    return is_signed_by_twilio(
        url, {"X-Twilio-Signature": signature}, tokens=tokens, params=params, body=body
    )


@pytest.mark.parametrize(
    ("url", "params", "signature"),
    [
        (U, P, "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
        (U.replace(".com/", ".com:1234/"), P, "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
        (U.replace(".com/", ".com:443/"), P, "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
        ("http://mycompany.com:1234/myapp.php?foo=1&bar=2", P, "Zmvh+3yNM1Phv2jhDCwEM3q5ebU="),
        ("https://mycompany.com:443/myapp.php?foo=1&bar=2", P, "kvajT1Ptam85bY51eRf/AJRuM3w="),
        (U, P, "kvajT1Ptam85bY51eRf/AJRuM3w="),
        ("http://mycompany.com:80/myapp.php?foo=1&bar=2", P, "0ZXoZLH/DfblKGATFgpif+LLRf4="),
        ("http://mycompany.com/myapp.php?foo=1&bar=2", P, "0ZXoZLH/DfblKGATFgpif+LLRf4="),
        ("https://user:pass@mycompany.com/myapp.php?foo=1&bar=2", P, "CukzLTc1tT5dXEDIHm/tKBanW10="),
        ("https://user:pass@mycompany.com:443/myapp.php?foo=1&bar=2", P, "CukzLTc1tT5dXEDIHm/tKBanW10="),
        ("https://user@mycompany.com/myapp.php?foo=1&bar=2", P, "2YRLlVAflCqxaNicjMpJcSTgzSs="),
        ("https://user:pass@mycompany.com:443/myapp.php?foo=1&bar=2", P, "ZQFR1PTIZXF2MXB8ZnKCvnnA+rI="),
        (
            U,
            {"Sid": "CA123", "SidAccount": "AC123", "Digits": ["5678", "1234", "1234"]},
            "IK+Dwps556ElfBT0I3Rgjkr1wJU=",
        ),
        (U, {"MessagingBinding.Address": ["+1325xxxxxxx", "+1415xxxxxxx"]}, "83O6e2vORAoJHUNzJjDWN1jz+BA="),
        (U, {"MessagingBinding.Address": ["+1415xxxxxxx", "+1325xxxxxxx"]}, "83O6e2vORAoJHUNzJjDWN1jz+BA="),
        (U + "&Body=It%27s+amazing", P, "TfZzewPq8wqrGlMfyAud8+/IvJ0="),
        (U + "&Body=It's+amazing", P, "dsq4Ehbj6cs+KdTkpF5sSSplOWw="),
        (U, P | {"From": "+12349013030", "Caller": "+12349013030"}, "0/KCTR6DLpKmkAf8muzZqo1nDgQ="),
    ],
)
def test_twilios_forms_are_recognised(
    url: str, params: Mapping[str, str | Sequence[str]], signature: str
) -> None:
    assert signed(url, signature, params)


@pytest.mark.parametrize(
    ("url", "body", "signature"),
    [
        (f"{U}&bodySHA256={JSON_HASH}", JSON, "a9nBmqA0ju/hNViExpshrM61xv4="),
        (f"https://mycompany.com/myapp.php?bodySHA256={JSON_HASH}", JSON, "y77kIzt2vzLz71DgmJGsen2scGs="),
        (f"{U.replace('.com/', '.com:443/')}&bodySHA256={EMPTY_HASH}", b"{}", "Ldidvp12m26NI7eqEvxnEpkd9Hc="),
        (f"{U}&bodySHA256={EMPTY_HASH}", b"{}", "Ldidvp12m26NI7eqEvxnEpkd9Hc="),
        (f"{U}&bodySHA256={EMPTY_HASH}", b"{}", "rw/jVviOgicj2+kHZULvebnA4ag="),
    ],
)
def test_twilios_json_bodies_are_recognised(url: str, body: bytes, signature: str) -> None:
    assert signed(url, signature, body=body)


def test_a_changed_json_body_is_refused() -> None:
    url = f"{U}&bodySHA256={JSON_HASH}"
    assert not signed(url, "a9nBmqA0ju/hNViExpshrM61xv4=", body=JSON + b" ")


def test_a_json_body_without_its_hash_in_the_url_is_refused() -> None:
    assert not signed(U, twilio_signature(U, {}, "12345"), body=JSON)
    assert signed(U, twilio_signature(U, {}, "12345"), body=b"")


def test_a_second_hash_in_the_url_is_refused() -> None:
    url = f"{U}&bodySHA256={EMPTY_HASH}&bodySHA256={JSON_HASH}"
    assert not signed(url, twilio_signature(url, {}, "12345"), body=JSON)


@pytest.mark.parametrize("name", sorted(P))
def test_a_changed_parameter_is_refused(name: str) -> None:
    assert not signed(U, "RSOYDt4T1cUTdK1PDd93/VVr8B8=", P | {name: "x"})
    assert not signed(U, "RSOYDt4T1cUTdK1PDd93/VVr8B8=", {k: v for k, v in P.items() if k != name})


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.com/myapp.php?foo=1&bar=2",
        U + "&baz=3",
        U.replace("https", "http"),
        "",
        "//[",
        "https://a:b/",
    ],
)
def test_another_url_is_refused(url: str) -> None:
    assert not signed(url, "RSOYDt4T1cUTdK1PDd93/VVr8B8=", P)


@pytest.mark.parametrize("signature", ["", "x", "RSOYDt4T1cUTdK1PDd93/VVr8B8", "\udcff", "ü" * 500])
def test_a_wrong_signature_is_refused(signature: str) -> None:
    assert not signed(U, signature, P)


def test_the_secondary_token_works_while_it_is_rotated_in() -> None:
    assert signed(U, "RSOYDt4T1cUTdK1PDd93/VVr8B8=", P, tokens=("new", "12345"))
    assert not signed(U, "RSOYDt4T1cUTdK1PDd93/VVr8B8=", P, tokens=("new", ""))


def test_without_a_token_nothing_is_accepted() -> None:
    assert not signed(U, twilio_signature(U, P, ""), P, tokens=("",))
    assert not signed(U, twilio_signature(U, P, ""), P, tokens=())


def test_the_headers_name_is_read_in_any_case() -> None:
    headers = {"x-TWILIO-signature": "RSOYDt4T1cUTdK1PDd93/VVr8B8="}
    assert is_signed_by_twilio(U, headers, tokens=["12345"], params=P)
    assert not is_signed_by_twilio(U, {}, tokens=["12345"], params=P)


EVENT = b'{"type":"invoice","id":"1042","event":"edit"}'


def netsuite_header(
    method: str, secret: str, *, as_base64: bool = False, body: bytes = EVENT
) -> dict[str, str]:
    digest = hmac.new(secret.encode(), body, method).digest()
    text = base64.b64encode(digest).decode() if as_base64 else digest.hex()
    return {"X-NSQ-Signature": f"{method}={text}"}


@pytest.mark.parametrize("method", ["sha1", "sha256"])
@pytest.mark.parametrize("as_base64", [False, True])
def test_netsuites_events_are_recognised_with_either_digest(method: str, as_base64: bool) -> None:
    headers = netsuite_header(method, "s3cret", as_base64=as_base64)
    assert is_signed_by_netsuite(headers, EVENT, secrets=["s3cret"])
    assert is_signed_by_netsuite(headers, EVENT, secrets=["new", "s3cret"])
    assert not is_signed_by_netsuite(headers, EVENT + b" ", secrets=["s3cret"])
    assert not is_signed_by_netsuite(headers, EVENT, secrets=["new", ""])


def test_capital_hexadecimal_digits_are_read() -> None:
    text = hmac.new(b"s3cret", EVENT, hashlib.sha256).hexdigest().upper()
    assert is_signed_by_netsuite({"x-nsq-signature": f"SHA256={text}"}, EVENT, secrets=["s3cret"])


@pytest.mark.parametrize(
    "value", ["", "sha256=", "sha256", "md5=00", "sha256=zz", "sha1=%%%", "=abc", "sha256=" + "0" * 64]
)
def test_a_malformed_event_signature_is_refused(value: str) -> None:
    assert not is_signed_by_netsuite({"X-NSQ-Signature": value}, EVENT, secrets=["s3cret"])


def test_a_digest_under_the_other_name_is_refused() -> None:
    as_sha1 = netsuite_header("sha1", "s3cret")["X-NSQ-Signature"].removeprefix("sha1=")
    assert not is_signed_by_netsuite({"X-NSQ-Signature": f"sha256={as_sha1}"}, EVENT, secrets=["s3cret"])


@pytest.mark.parametrize(
    "url",
    [
        "https://hook.example.com/nsq?key=s3cret",
        "https://hook.example.com/s3cret/nsq",
        "https://h.example.com/?a=1&b=s3%63ret",
    ],
)
def test_the_secret_may_stand_in_the_url(url: str) -> None:
    assert carries_secret(url, secrets=["new", "s3cret"])


@pytest.mark.parametrize(
    "url",
    [
        "https://hook.example.com/nsq",
        "https://hook.example.com/?key=s3cret1",
        "https://s3cret/",
        "https://h.example.com/?key=",
        "//[",
        "",
    ],
)
def test_a_url_without_the_whole_secret_is_refused(url: str) -> None:
    assert not carries_secret(url, secrets=["s3cret", ""])


def test_addresses_are_compared_with_the_list() -> None:
    allowed = ["192.0.2.7", "198.51.100.0/24", "2001:db8::/32", "not an address"]
    good = ["192.0.2.7", "198.51.100.200", "2001:db8::1", "[2001:db8::1]", "::ffff:192.0.2.7", " 192.0.2.7 "]
    bad = ["192.0.2.8", "198.51.101.1", "2001:db9::1", "", "example.com", "192.0.2.7:80"]
    assert [a for a in good if not is_allowed_address(a, allowed)] == []
    assert [a for a in bad if is_allowed_address(a, allowed)] == []


def test_an_empty_list_allows_everybody() -> None:
    assert is_allowed_address("203.0.113.9", [])


@given(st.text(max_size=80), st.text(max_size=40), st.binary(max_size=40))
def test_no_captured_request_breaks_the_checks(url: str, signature: str, body: bytes) -> None:
    assert not signed(url, signature, body=body)
    assert not is_signed_by_netsuite({"X-NSQ-Signature": signature}, body, secrets=["a long shared secret"])
    assert not carries_secret(url, secrets=["a long shared secret that no test makes up"])
    assert not is_allowed_address(signature, ["192.0.2.0/31"])
