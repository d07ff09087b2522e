"""`crontab.example` runs as it stands after its two edits: silent when all is well, at times no clock change
touches.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.admin_side import Golden, a_golden_setup

ENTRY = re.compile(r"(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(.+)")
VARIABLE = re.compile(r"([A-Z]+)=(.*)")


def text(here: Path) -> str:
    return (here / "crontab.example").read_text()


def entries(crontab: str) -> list[tuple[tuple[str, ...], str]]:
    """The five fields and the command of each line."""
    lines = [line for line in crontab.splitlines() if line.strip() and not line.startswith("#")]
    found = [ENTRY.fullmatch(line) for line in lines if not VARIABLE.fullmatch(line)]
    assert all(found), lines
    return [(match.groups()[:5], match[6]) for match in found if match]


def variables(crontab: str) -> dict[str, str]:
    found = (VARIABLE.fullmatch(line) for line in crontab.splitlines())
    return {match[1]: match[2] for match in found if match}


@pytest.fixture(scope="module")
def golden(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Golden]:
    with a_golden_setup(tmp_path_factory.mktemp("crontab")) as made:
        yield made


def test_there_are_two_things_to_edit(here: Path) -> None:
    assert variables(text(here)) == {
        "MAILTO": "ar-admin@example.com",
        "NSQUILIO": "/usr/local/bin/nsquilio",
        "SHELL": "/bin/sh",
    }


def test_what_must_run_runs(here: Path) -> None:
    commands = [command for _fields, command in entries(text(here))]
    assert [shlex.split(command.replace("\\%", "%"))[1] for command in commands] == [
        "pull-inbound",
        "log-replies",
        "remind",
        "remind",
        "--quiet",
        "--quiet",
        "--quiet",
    ]


def test_reminders_go_by_night_and_by_day(here: Path) -> None:
    hours = [
        int(hour)
        for fields, command in entries(text(here))
        for hour in fields[1].split(",")
        if command.endswith(" remind")
    ]
    assert min(hours) < 8 < max(hours)


def test_no_time_is_touched_by_summer_time(here: Path) -> None:
    """Every zone changes between midnight and four in the morning, local time."""
    fixed = [fields[1].split(",") for fields, _command in entries(text(here)) if fields[1] != "*"]
    assert all(int(hour) >= 4 for hours in fixed for hour in hours)


def minutes_of(field: str) -> set[int]:
    """`*/5`, `2-59/10`, `23,38`."""
    if field.isdigit():
        return {int(field)}
    if "," in field:
        return {minute for part in field.split(",") for minute in minutes_of(part)}
    span, _, step = field.partition("/")
    first, last = (0, 59) if span == "*" else map(int, span.split("-"))
    return set(range(first, last + 1, int(step or 1)))


def test_no_reminder_run_starts_together_with_another_run(here: Path) -> None:
    """The later one would leave with exit 5, in silence: ten of fourteen reminder runs did."""
    starts: dict[str, set[int]] = {}
    for fields, command in entries(text(here)):
        starts.setdefault(command.split()[1], set()).update(minutes_of(fields[0]))
    others = starts["pull-inbound"] | starts["log-replies"]
    assert not starts["pull-inbound"] & starts["log-replies"]
    assert not starts["remind"] & (others | {minute - 1 for minute in starts["pull-inbound"]})


def test_percent_signs_are_escaped(here: Path) -> None:
    for _fields, command in entries(text(here)):
        assert re.search(r"(?<!\\)%", command) is None


def a_launcher(folder: Path, here: Path) -> Path:
    """What an installed `nsquilio` is, for the checkout."""
    path = folder / "nsquilio"
    path.write_text(f'#!/bin/sh\nPYTHONPATH={here} exec {sys.executable} -P -m nsquilio "$@"\n')
    path.chmod(0o755)
    return path


def edited(here: Path, golden: Golden, launcher: Path, minute: bool = False) -> str:
    """After the two edits. `minute`: every entry runs each minute, for a test that cannot wait. `date` knows this
    machine's day alone, not the world's.
    """
    program = f"{launcher} --config {golden.config}"
    made = text(here).replace("/usr/local/bin/nsquilio", program).replace("ar-admin@example.com", "root")
    made = made.replace("-d yesterday", f"-d '{golden.world.now():%Y-%m-%d} -1 day'")
    if minute:
        made = "".join(
            f"* * * * * {match[6]}\n"
            if (match := ENTRY.fullmatch(line)) and not line.startswith("#")
            else f"{line}\n"
            for line in made.splitlines()
        )
    return made


def run_as_a_job(golden: Golden, crontab: str, command: str) -> subprocess.CompletedProcess[str]:
    """cron reads an escaped percent sign as a plain one."""
    environment = {
        "HOME": str(golden.home),
        "LOGNAME": "ar",
        "PATH": "/usr/bin:/bin",
        "NSQUILIO_NOW": golden.world.now().isoformat(),
        **variables(crontab),
    }
    return subprocess.run(
        ["/bin/sh", "-c", command.replace("\\%", "%")],
        env=environment,
        cwd=golden.home,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_each_command_runs_in_crons_surroundings_and_says_nothing(
    here: Path, golden: Golden, tmp_path: Path
) -> None:
    """In the order of a first morning."""
    golden.restored()
    crontab = edited(here, golden, a_launcher(tmp_path, here))
    commands = [command for _fields, command in entries(crontab)]
    for command in sorted(commands, key=lambda command: " audit " in command):
        ended = run_as_a_job(golden, crontab, command)
        assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", ""), command


@pytest.mark.parametrize("command", ["$NSQUILIO remind", "$NSQUILIO pull-inbound"])
def test_failure_is_a_short_mail_with_the_next_step(
    here: Path, golden: Golden, tmp_path: Path, command: str
) -> None:
    golden.restored()
    golden.world.set_setting("twilio.api_key_secret", "changed by somebody")
    golden.world.set_setting("role_without_login", True)
    crontab = edited(here, golden, a_launcher(tmp_path, here))
    ended = run_as_a_job(golden, crontab, command)
    assert (ended.returncode, ended.stdout) == (3, "")
    lines = ended.stderr.splitlines()
    assert 2 <= len(lines) <= 20
    assert lines[0].startswith("nsquilio: ")
    assert any(line.startswith("  Next: ") for line in lines)


def test_silence_of_the_nightly_run_is_noticed(here: Path, golden: Golden, tmp_path: Path) -> None:
    golden.restored()
    crontab = edited(here, golden, a_launcher(tmp_path, here))
    (command,) = [command for _fields, command in entries(crontab) if "--max-age" in command]
    ended = run_as_a_job(golden, crontab, command)
    assert ended.stdout == "nsquilio: no good run of remind for 26 hours; see nsquilio status\n"


def no_cron() -> str | None:
    """Why a real cron cannot be tried here; None: it can."""
    if shutil.which("cron") is None or shutil.which("unshare") is None:
        return "no cron, or no unshare, is installed"
    if os.geteuid() != 0:
        return "only root may start a cron with a private spool"
    ended = subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False)
    return None if ended.returncode == 0 else "mount namespaces are not allowed here"


_PRIVATE_CRON = """\
mount --bind {spool} /var/spool/cron/crontabs && mount --bind {empty_folder} /etc/cron.d &&
mount --bind {empty_file} /etc/crontab && mount -t tmpfs none /run && exec cron -f
"""


@pytest.mark.long
@pytest.mark.skipif(no_cron() is not None, reason=no_cron() or "")
def test_real_cron_runs_every_line(here: Path, golden: Golden, tmp_path: Path) -> None:
    """Debian's cron, in a mount namespace of its own, for the one or two minutes it needs."""
    golden.restored()
    wrapper = tmp_path / "wrapper"
    launcher = a_launcher(tmp_path, here)
    wrapper.write_text(
        f'#!/bin/sh\n{launcher} "$@" >>{tmp_path}/said 2>&1\ncode=$?\n'
        f'echo "$code $*" >>{tmp_path}/ran\nenv >{tmp_path}/environment\nexit $code\n'
    )
    wrapper.chmod(0o755)
    crontab = edited(here, golden, wrapper, minute=True)
    now = golden.world.now().isoformat()
    spool, empty = tmp_path / "spool", tmp_path / "empty"
    spool.mkdir()
    empty.mkdir()
    (tmp_path / "nothing").write_text("")
    (spool / "root").write_text(f"HOME={golden.home}\nNSQUILIO_NOW={now}\n{crontab}")
    (spool / "root").chmod(0o600)
    mounts = _PRIVATE_CRON.format(spool=spool, empty_folder=empty, empty_file=tmp_path / "nothing")
    cron = subprocess.Popen(["unshare", "--mount", "sh", "-c", mounts], start_new_session=True)
    try:
        ran = wait_for(tmp_path / "ran", len(entries(crontab)), limit_s=100)
    finally:
        cron.terminate()
        cron.wait()
    # 5: two of them met, for cron starts all of them in the same second here; then no run of remind may have
    # been good yet when status looks.
    wrong = [line for line in ran if line[0] not in "05" and " status " not in line]
    assert wrong == []
    assert {word for line in ran for word in shlex.split(line)[3:5]} >= {"remind", "pull-inbound", "audit"}
    said = tmp_path / "said"
    assert not said.exists() or said.read_text() == ""
    assert "DBUS" not in (tmp_path / "environment").read_text()


def wait_for(file: Path, lines: int, limit_s: float) -> list[str]:
    end = time.monotonic() + limit_s
    while time.monotonic() < end:
        found = file.read_text().splitlines() if file.exists() else []
        if len(found) >= lines:
            return found
        time.sleep(0.5)
    raise AssertionError(f"cron did not run all lines within {limit_s:g} s")
