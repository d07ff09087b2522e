"""The key pair for NetSuite: made, matched, counted down and rotated without a gap."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from credential_builders import NOW, p256, rsa_key
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from nsquilio.credentials.certificate import Kind, create_certificate, days_left, key_matches, valid_between
from nsquilio.credentials.file_store import FileStore
from nsquilio.credentials.keys import KeySource
from nsquilio.credentials.rotation import certificate_file, promote, read_certificate, write_certificate
from nsquilio.credentials.shapes import accepted
from nsquilio.errors import BadCredentials, DiskFailed


def a_store(folder: Path) -> FileStore:
    return FileStore(folder / "credentials.enc", "test", KeySource(variable="ab" * 32))


@pytest.mark.parametrize("kind", ["p256", "rsa3072"])
def test_a_new_key_pair_is_what_netsuite_takes(kind: Kind) -> None:
    private, pem = create_certificate(kind, "nsquilio 1234567", NOW)
    certificate = x509.load_pem_x509_certificate(pem.encode())
    assert accepted("netsuite.private_key", private) == private.strip()
    assert key_matches(private, pem)
    assert certificate.subject.rfc4514_string() == "CN=nsquilio 1234567"
    assert valid_between(pem) == (NOW, NOW + timedelta(days=730))
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        assert key.key_size == 3072
        assert isinstance(certificate.signature_algorithm_parameters, padding.PSS)
    else:
        assert isinstance(key, ec.EllipticCurvePublicKey)
        assert isinstance(key.curve, ec.SECP256R1)
        certificate.verify_directly_issued_by(certificate)


def test_days_left_are_whole_days_and_negative_after_the_end() -> None:
    _private, pem = create_certificate("p256", "x", NOW)
    after = [days_left(pem, NOW + timedelta(days=days, hours=1)) for days in (0, 700, 729, 730, 740)]
    assert after == [729, 29, 0, -1, -11]


def test_a_certificate_of_another_key_does_not_match() -> None:
    _private, pem = create_certificate("p256", "x", NOW)
    assert not key_matches(p256(), pem)


def test_what_is_no_certificate_and_no_usable_key_is_an_error() -> None:
    private, pem = create_certificate("p256", "x", NOW)
    with pytest.raises(BadCredentials) as caught:
        days_left(private, NOW)
    assert caught.value.message == "The certificate cannot be read."
    with pytest.raises(BadCredentials) as caught:
        key_matches(rsa_key(2048), pem)
    assert caught.value.message == "The RSA key has 2048 bits, and NetSuite takes 3072 or 4096."


def test_certificates_are_files_that_anyone_may_read(tmp_path: Path) -> None:
    assert read_certificate(tmp_path) is None
    path = write_certificate(tmp_path, "PEM", following=True)
    assert path == tmp_path / "netsuite-certificate.next.pem"
    assert path.stat().st_mode & 0o777 == 0o644
    assert (read_certificate(tmp_path, following=True), read_certificate(tmp_path)) == ("PEM", None)


def test_a_certificate_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    certificate_file(tmp_path).mkdir()
    with pytest.raises(BadCredentials) as caught:
        read_certificate(tmp_path)
    assert caught.value.message == f"The certificate {certificate_file(tmp_path)} cannot be read."


def rotating(folder: Path) -> FileStore:
    store = a_store(folder)
    for name, value in (
        ("netsuite.private_key", "old key"),
        ("netsuite.certificate_id", "old id"),
        ("netsuite.private_key.next", "new key"),
        ("netsuite.certificate_id.next", "new id"),
    ):
        store.set(name, value, NOW)
    write_certificate(folder, "old")
    write_certificate(folder, "new", following=True)
    return store


def keys_of(store: FileStore) -> list[str | None]:
    names = ("netsuite.private_key", "netsuite.certificate_id")
    return [store.find(name + end) for end in ("", ".next") for name in names]


def test_promotion_puts_the_new_pair_in_place_of_the_old(tmp_path: Path) -> None:
    store = rotating(tmp_path)
    promote(store, tmp_path, NOW)
    assert keys_of(store) == ["new key", "new id", None, None]
    assert (read_certificate(tmp_path), read_certificate(tmp_path, following=True)) == ("new", None)


@pytest.mark.parametrize("stop_after", range(1, 4))
def test_an_interrupted_promotion_can_be_run_again(tmp_path: Path, stop_after: int) -> None:
    class Interrupted(FileStore):
        steps = 0

        def step(self) -> None:
            if self.steps == stop_after:
                raise KeyboardInterrupt
            self.steps += 1

        def set(self, *arguments: object) -> None:
            self.step()
            super().set(*arguments)  # type: ignore[arg-type]

        def delete(self, name: str) -> bool:
            self.step()
            return super().delete(name)

    store = rotating(tmp_path)
    stopping = Interrupted(tmp_path / "credentials.enc", "test", KeySource(variable="ab" * 32))
    with pytest.raises(KeyboardInterrupt):
        promote(stopping, tmp_path, NOW)
    promote(store, tmp_path, NOW)
    assert keys_of(store) == ["new key", "new id", None, None]
    assert read_certificate(tmp_path) == "new"


@pytest.mark.parametrize("lacking", ["netsuite.private_key.next", "netsuite.certificate_id.next"])
def test_half_a_pair_is_not_promoted(tmp_path: Path, lacking: str) -> None:
    store = rotating(tmp_path)
    store.delete(lacking)
    with pytest.raises(BadCredentials) as caught:
        promote(store, tmp_path, NOW)
    assert caught.value.message == f"Nothing can be promoted: {lacking} is not set."
    assert "create-certificate --next" in caught.value.next
    assert keys_of(store)[:2] == ["old key", "old id"]


def test_a_certificate_that_cannot_be_moved_stops_the_promotion_before_anything_is_deleted(
    tmp_path: Path,
) -> None:
    store = rotating(tmp_path)
    certificate_file(tmp_path).unlink()
    certificate_file(tmp_path).mkdir()
    with pytest.raises(DiskFailed) as caught:
        promote(store, tmp_path, NOW)
    assert caught.value.message.endswith("netsuite-certificate.next.pem could not be moved: Is a directory.")
    assert keys_of(store) == ["new key", "new id", "new key", "new id"]
