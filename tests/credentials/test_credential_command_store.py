"""A program that prints the credentials: read only, without a shell, without its chatter, within its time."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from credential_builders import CANARY, NOW

from nsquilio.credentials.command_store import CommandStore
from nsquilio.credentials.store import Row
from nsquilio.errors import BadCredentials

NAME = "twilio.auth_token"


def a_store(code: str, *more: str, limit_s: float = 10.0, **env: str) -> CommandStore:
    return CommandStore((sys.executable, "-c", code, *more), dict(os.environ) | env, limit_s)


def failure(store: CommandStore) -> tuple[str, str]:
    with pytest.raises(BadCredentials) as caught:
        store.get(NAME)
    assert CANARY not in caught.value.message + caught.value.next
    return caught.value.message, caught.value.next


def test_the_command_gets_the_name_and_its_line_end_is_dropped() -> None:
    store = a_store("import sys; print(sys.argv[1], end='\\r\\n')", "of {name}; rm -rf $HOME")
    assert store.get(NAME) == f"of {NAME}; rm -rf $HOME"


def test_lines_within_a_key_are_kept() -> None:
    assert a_store("print('a\\nb\\n')", "{name}").get("netsuite.private_key") == "a\nb"


def test_the_command_runs_once_for_each_credential(tmp_path: Path) -> None:
    file = tmp_path / "runs"
    store = a_store(f"print(open({str(file)!r}, 'a').write('x'))", "{name}")
    assert [store.get(NAME), store.get(NAME), store.get("netsuite.client_id")] == ["1", "1", "1"]
    assert file.read_text() == "xx"


def test_nothing_printed_means_it_is_not_set() -> None:
    store = a_store("", "{name}")
    assert store.find(NAME) is None
    assert failure(store) == (
        f"{NAME} is not set in the command {sys.executable}.",
        f"Make credentials.command print {NAME}, then try again.",
    )


def test_a_failing_command_is_named_without_its_words() -> None:
    store = a_store(f"import sys; print('{CANARY}', file=sys.stderr); sys.exit('{CANARY}')", "{name}")
    assert failure(store) == (
        f"credentials.command failed for {NAME}: {sys.executable} ended with status 1.",
        "Run it by hand to see why.",
    )


def test_a_command_that_is_not_there_is_named(tmp_path: Path) -> None:
    store = CommandStore((str(tmp_path / "no"), "{name}"), {})
    assert failure(store) == (
        f"credentials.command could not be started: {tmp_path}/no: No such file or directory.",
        "Write the program's full path; cron's PATH is short.",
    )


def test_a_command_that_waits_is_ended_with_everything_it_started(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    alive = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    code = (
        f"import subprocess, sys\nheld = open({str(pipe)!r}, 'w', buffering=1)\nheld.write('x\\n')\n"
        "wait = [sys.executable, '-c', 'import time; time.sleep(300)']\n"
        "subprocess.Popen(wait, pass_fds=[held.fileno()]).wait()\n"
    )
    assert failure(a_store(code, "{name}", limit_s=1.0)) == (
        f"credentials.command did not print {NAME} within 1 s.",
        "Run it by hand without a terminal; under cron nobody can answer its questions.",
    )
    os.set_blocking(alive, True)
    # The end of the pipe comes when nobody holds it any more, so not while the grandchild lives.
    assert (os.read(alive, 2), os.read(alive, 1)) == (b"x\n", b"")
    os.close(alive)


@pytest.mark.parametrize("code", ["import os; os.write(1, b'\\xff')", "print('\\0')", "print('x' * 70_000)"])
def test_what_is_no_text_is_no_credential(code: str) -> None:
    assert failure(a_store(code, "{name}")) == (
        f"What the command {sys.executable} printed for {NAME} is no credential.",
        "It must print text.",
    )


def test_the_command_never_sees_the_key_of_the_encrypted_file() -> None:
    store = a_store(
        "import os; print(os.environ.get('NSQUILIO_KEY', 'nothing'))", "{name}", NSQUILIO_KEY=CANARY
    )
    assert store.get(NAME) == "nothing"


def test_the_command_store_is_read_only_and_not_asked_for_lists() -> None:
    store = a_store("raise SystemExit(1)", "{name}")
    for change in (lambda: store.set(NAME, CANARY, NOW), lambda: store.delete(NAME)):
        with pytest.raises(BadCredentials) as caught:
            change()
        assert caught.value.message.endswith(
            f" here: the configuration says that the command {sys.executable} prints the credentials."
        )
        assert caught.value.next == "Change it where that program keeps it."
    assert Row(NAME, None, None) in store.listing()


def test_secrets_are_not_shown_by_the_store() -> None:
    store = a_store(f"print('{CANARY}')", "{name}")
    store.get(NAME)
    assert CANARY not in repr(store)
