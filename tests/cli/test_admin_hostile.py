"""The program in surroundings that want to harm it: variables, permissions, links, closed streams,
redirects.
"""

from __future__ import annotations

import base64
import os
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.cli.admin_side import Golden, Setup, init_options

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to another user")


class Child:
    """The program in a process of its own, with these variables and no others."""

    def __init__(self, golden: Golden, here: Path) -> None:
        self.golden = golden
        self.variables = {
            "PYTHONPATH": str(here),
            "HOME": str(golden.home),
            "NSQUILIO_NOW": golden.world.now().isoformat(),
        }

    def run(self, *arguments: str, shell: str = "", **variables: str) -> subprocess.CompletedProcess[bytes]:
        """`shell`: what a shell does around it, with $0 "$@" as the program."""
        command = [sys.executable, "-P", "-m", "nsquilio", *arguments]
        if shell:
            command = ["/bin/sh", "-c", shell, *command]
        return subprocess.run(
            command,
            env={**self.variables, **variables},
            cwd="/",
            capture_output=True,
            timeout=60,
            check=False,
        )


@pytest.fixture
def child(golden: Golden, here: Path) -> Child:
    golden.restored()
    return Child(golden, here)


def well(ended: subprocess.CompletedProcess[bytes]) -> None:
    assert (ended.returncode, ended.stderr) == (0, b""), ended.stdout.decode()


def test_umask_of_zero_leaves_nothing_open(child: Child, tmp_path: Path) -> None:
    child.variables["HOME"] = str(tmp_path)
    from nsquilio.sandbox.twilio_access import credentials

    options = init_options(credentials(child.golden.world), child.golden.base_url)
    well(child.run("init", *options, shell='umask 000; exec "$0" "$@"'))
    well(child.run("credentials", "create-certificate", shell='umask 000; exec "$0" "$@"'))
    open_ones = {
        str(path.relative_to(tmp_path)): oct(stat.S_IMODE(path.stat().st_mode))
        for path in tmp_path.rglob("*")
        if stat.S_IMODE(path.stat().st_mode) & 0o077
    }
    # The certificate is public: it is uploaded.
    assert open_ones == {".local/state/nsquilio/trial/netsuite-certificate.pem": "0o644"}


@pytest.mark.parametrize("language", ["C", "en_US.ISO-8859-1"])
def test_terminals_of_other_encodings_get_every_letter_somehow(child: Child, language: str) -> None:
    text = child.golden.config.read_text()
    child.golden.config.write_text(text.replace("Example SaaS Inc.", "Ünïcode ☃ Inc."))
    ended = child.run("doctor", LANG=language, LC_ALL=language, PYTHONIOENCODING="ascii:strict")
    well(ended)
    assert ended.stdout.isascii()


def test_no_home_is_no_problem_where_the_user_has_one(child: Child) -> None:
    del child.variables["HOME"]
    well(child.run("--config", str(child.golden.config), "--version"))
    # The state directory follows from the user's home as the system knows it.
    ended = child.run("--config", str(child.golden.config), "status", "--format", "json")
    assert ended.returncode in (0, 3)
    assert b"Traceback" not in ended.stderr


@pytest.mark.parametrize("closed", [">&-", "<&-", ">&- 2>&- <&-"])
def test_closed_streams_do_not_end_up_in_the_state_file(child: Child, closed: str) -> None:
    state = child.golden.home / ".local/state/nsquilio/trial/state.db"
    before = state.read_bytes()
    ended = child.run("credentials", "delete", "twilio.auth_token", shell=f'exec "$0" "$@" {closed}')
    assert ended.returncode == 0
    assert state.read_bytes() == before
    with sqlite3.connect(state) as database:
        assert database.execute("PRAGMA quick_check").fetchone() == ("ok",)


def test_full_output_is_exit_four(child: Child) -> None:
    ended = child.run("credentials", "list", shell='exec "$0" "$@" >/dev/full')
    assert ended.returncode == 4
    assert b"Traceback" not in ended.stderr


def test_netrc_proxy_and_certificate_variables_change_nothing(child: Child) -> None:
    netrc = child.golden.home / ".netrc"
    netrc.write_text("machine 127.0.0.1 login thief password thief\ndefault login thief password thief\n")
    netrc.chmod(0o600)
    nowhere = "http://127.0.0.1:9"
    well(
        child.run(
            "doctor",
            http_proxy=nowhere,
            https_proxy=nowhere,
            HTTP_PROXY=nowhere,
            ALL_PROXY=nowhere,
            REQUESTS_CA_BUNDLE="/nonexistent",
            CURL_CA_BUNDLE="/nonexistent",
            SSL_CERT_FILE="/nonexistent",
            NETRC=str(netrc),
        )
    )


def test_keyring_variables_do_not_choose_another_store(child: Child, tmp_path: Path) -> None:
    (tmp_path / "keyringrc.cfg").write_text("[backend]\ndefault-keyring=keyring.backends.null.Keyring\n")
    ended = child.run(
        "credentials",
        "list",
        PYTHON_KEYRING_BACKEND="keyring.backends.null.Keyring",
        KEYRING_PROPERTY_FILE_PATH="/tmp",
        XDG_CONFIG_HOME=str(tmp_path),
    )
    well(ended)
    assert b"Kept in the encrypted file" in ended.stdout


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example.com",
        "http://127.0.0.1@evil.example.com",
        "http://127.0.0.1.evil.example.com",
        "http://localhost:80@evil.example.com",
        "//evil.example.com",
        "http://2130706433",
    ],
)
def test_base_url_that_is_not_ours_is_refused(setup: Setup, url: str) -> None:
    text = setup.config.read_text()
    setup.config.write_text(text.replace(f"base_url: {setup.base_url}", f"base_url: {url}", 1))
    assert setup.run("credentials", "test") == 3
    assert "base_url" in setup.err
    assert setup.world.history() == []


def test_time_for_tests_is_refused_with_real_services(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    setup.config.write_text(
        setup.config.read_text().replace(f"base_url: {setup.base_url}", "base_url:").replace("TSTDRV", "7")
    )
    assert setup.run("doctor") == 3
    assert "NSQUILIO_NOW is set, but this profile talks to real services." in " ".join(setup.out.split())


class Redirector(BaseHTTPRequestHandler):
    target = ""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(307)
        self.send_header("Location", self.target + self.path)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def redirector(setup: Setup) -> Iterator[str]:
    """A server that sends everybody on to the world."""
    Redirector.target = setup.base_url
    server = ThreadingHTTPServer(("127.0.0.1", 0), Redirector)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_redirect_is_named_and_no_credential_follows_it(setup: Setup, redirector: str) -> None:
    setup.config.write_text(setup.config.read_text().replace(setup.base_url, redirector))
    rows = setup.rows("credentials", "test")
    assert {row["level"] for row in rows.values()} == {"failure"}
    assert all("a redirect, which is never followed" in row["saw"] for row in rows.values())
    assert setup.world.history() == []


def test_linked_key_is_refused(setup: Setup) -> None:
    key = setup.config.parent / "trial.key"
    key.rename(key.with_suffix(".real"))
    key.symlink_to(key.with_suffix(".real"))
    assert setup.run("credentials", "test") == 3
    assert "is a symbolic link." in " ".join(setup.out.split())


def test_linked_state_directory_is_refused(setup: Setup) -> None:
    state = setup.state
    state.rename(state.with_name("real"))
    state.symlink_to(state.with_name("real"))
    assert setup.run("hold", "list") in (0, 3)
    assert setup.row("state file")[0] == "failure"
    assert "is a symbolic link" in setup.row("state file")[1]


def test_linked_configuration_is_read(setup: Setup) -> None:
    real = setup.config.with_name("real.yaml")
    setup.config.rename(real)
    setup.config.symlink_to(real)
    assert setup.run("doctor") == 0


@only_root
def test_files_of_another_user_are_refused_or_told(setup: Setup) -> None:
    os.chown(setup.config.parent / "trial.key", 12345, 12345)
    assert "belongs to another user" in setup.row("credentials")[1]
    os.chown(setup.config, 12345, 12345)
    assert "belongs to another user" in setup.row("configuration")[1]
    os.chown(setup.state, 12345, 12345)
    assert "belongs to user 12345" in setup.row("state file")[1]


def test_configuration_of_a_program_to_run_is_not_trusted_blindly(setup: Setup) -> None:
    setup.config.chmod(0o602)
    level, saw, _fix = setup.row("configuration")
    assert (level, "can be changed by everyone" in saw) == ("warning", True)


# --- canaries ---

CANARIES = {
    "twilio.api_key_secret": "c4n4ry0twilio0secret0c4n4ry00000",
    "twilio.auth_token": "c4n4ry0auth0token0c4n4ry00000000",
    "sendgrid.api_key": "SG.c4n4ry0sendgrid.c4n4ry0000000",
    "netsuite.client_id": "c4n4ry0client0id0c4n4ry0000000000",
    "netsuite.event_secret": "c4n4ry0event0secret0c4n4ry0000000",
}


def plant(setup: Setup) -> dict[str, str]:
    """Secrets that work, easy to recognise; with the private key's own lines."""
    for name, value in CANARIES.items():
        setup.set(name, value)
    for name in ("twilio.api_key_secret", "twilio.auth_token", "sendgrid.api_key"):
        setup.world.set_setting(name, CANARIES[name])
    with setup.world.change() as db:
        db.execute("UPDATE ns_certificate SET client_id = ?", (CANARIES["netsuite.client_id"],))
    lines = setup.store().get("netsuite.private_key").splitlines()[1:-1]
    return {**CANARIES, **{f"key line {number}": line for number, line in enumerate(lines) if len(line) > 20}}


def disguises(secret: str) -> list[bytes]:
    raw = secret.encode()
    coded = [base64.b64encode(b"x" * shift + raw)[4:-4] for shift in range(3)]
    return [
        raw,
        quote(secret, safe="").encode(),
        raw.hex().encode(),
        *(text for text in coded if len(text) > 12),
    ]


EVERY_COMMAND = (
    ("doctor",),
    ("--verbose", "doctor", "--format", "json"),
    ("doctor", "--as-cron"),
    ("credentials", "list"),
    ("credentials", "test", "--format", "json"),
    ("credentials", "create-certificate"),
    ("credentials", "test", "--next"),
    ("credentials", "promote"),
    ("remind", "--dry-run", "--full"),
    ("remind",),
    ("--verbose", "pull-inbound"),
    ("status",),
    ("hold", "list"),
    ("why", "nobody"),
    ("init",),
    ("credentials", "set"),
    ("no-such-command",),
)


def test_no_byte_of_a_secret_is_anywhere_but_in_its_store(setup: Setup) -> None:
    secrets = plant(setup)
    said = b""
    for works in (True, False):
        if not works:
            setup.world.set_setting("twilio.api_key_secret", "changed")
            setup.world.set_setting("sendgrid.api_key", "SG.changed")
            setup.world.set_setting("role_without_login", True)
        for arguments in EVERY_COMMAND:
            setup.run(*arguments)
            said += setup.out.encode() + setup.err.encode()
    home = setup.config.parents[2]
    key = setup.config.parent / "trial.key"
    files = {path: path.read_bytes() for path in home.rglob("*") if path.is_file() and path != key}
    assert (setup.state / "state.db") in files
    for name, secret in secrets.items():
        for disguise in disguises(secret):
            assert disguise not in said, name
            assert [str(path) for path, content in files.items() if disguise in content] == [], name
