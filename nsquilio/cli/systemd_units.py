"""Units for systemd instead of a crontab: hardened services, timers that make up for missed times, a failure
unit.

Only text: writes nothing and starts nothing. Times are chosen as in crontab.example: none between midnight and
four, where a change to or from summer time would skip or double it, and no `remind` in a minute in which another
run takes the lock.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nsquilio.credentials.keys import SYSTEMD_NAME

if TYPE_CHECKING:
    from nsquilio.config import Settings

_VAR_LIB = Path("/var/lib")
_HOMES = (Path("/home"), Path("/root"))
SEALED_KEY = Path("/etc/credstore.encrypted") / SYSTEMD_NAME

_HARDENED = """\
NoNewPrivileges=yes
CapabilityBoundingSet=
ProtectSystem=strict
PrivateTmp=yes
PrivateDevices=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
UMask=0077"""


@dataclass(frozen=True, slots=True)
class _Job:
    """`when`: what OnCalendar takes. `delay`: how far machines are spread, not to ask all at once."""

    name: str
    what: str
    when: tuple[str, ...]
    command: str
    delay: str = "0"


_JOBS = (
    _Job(
        "remind",
        "remind customers of their invoices",
        ("*-*-* 05:23,38", "Mon..Sat *-*-* 10,13,16:23"),
        "remind",
        "1m",
    ),
    _Job("inbound", "bring answers home from Twilio", ("*-*-* *:00/5",), "pull-inbound"),
    _Job("log", "write the conversation to NetSuite", ("*-*-* *:02/10",), "log-replies"),
    _Job("report", "last month's report", ("*-*-01 06:25",), "audit report"),
)


def units(settings: Settings, config: Path, program: str, user: str) -> dict[str, str]:
    """File name -> text. `config`: the full path. `user`: who owns the state and runs the units."""
    called = f"{_escaped(program)} --config {_quoted(config)}"
    found = {f"nsquilio-{job.name}.service": _service(job, settings, config, called, user) for job in _JOBS}
    found |= {f"nsquilio-{job.name}.timer": _timer(job) for job in _JOBS}
    found["nsquilio-failed@.service"] = _FAILED
    return found


def _service(job: _Job, settings: Settings, config: Path, called: str, user: str) -> str:
    lines = [
        *(_installation(settings, user) if job is _JOBS[0] else ()),
        "[Unit]",
        f"Description=nsquilio: {job.what}",
        "Wants=network-online.target",
        "After=network-online.target time-sync.target",
        "OnFailure=nsquilio-failed@%n.service",
        "",
        "[Service]",
        "Type=oneshot",
        f"User={user}",
        f"ExecStart={_command(job, settings, called)}",
        "# 5: another run is at work. One that hangs is found by: nsquilio status --max-age 26h",
        "SuccessExitStatus=5",
        "TimeoutStartSec=2h",
        *_key(settings),
        *_places(settings, config, called),
        _HARDENED,
    ]
    return "\n".join(lines) + "\n"


def _command(job: _Job, settings: Settings, called: str) -> str:
    if job.command != "audit report":
        return f"{called} {job.command}"
    # A shell for the month's name. systemd reads % and $ first, so both are doubled.
    file = _escaped(str(settings.state_directory)) + "/report-$$month.html"
    month = "month=$$(date -d yesterday +%%Y-%%m)"
    return f'/bin/sh -c \'{month}; exec {called} audit report --month "$$month" --html "{file}"\''


def _key(settings: Settings) -> Iterator[str]:
    """The key of the encrypted credentials, sealed to this machine and unsealed for the unit alone."""
    if settings.credentials.store != "file":
        return
    line = f"LoadCredentialEncrypted={SYSTEMD_NAME}:{SEALED_KEY}"
    if settings.credentials.key_file is None:
        yield line
    else:
        yield (
            "# With credentials.key_file empty and its key sealed there, no key lies on the disk in the "
            "clear:"
        )
        yield f"# {line}"


def _places(settings: Settings, config: Path, called: str) -> Iterator[str]:
    state = settings.state_directory
    if state.is_relative_to(_VAR_LIB):
        yield f"StateDirectory={_escaped(str(state.relative_to(_VAR_LIB)))}"
        yield "StateDirectoryMode=0700"
    else:
        yield f"ReadWritePaths={_quoted(state)}"
    read = [state, config, settings.credentials.key_file or config, Path(called.split(" ")[0])]
    in_home = any(path.is_relative_to(home) for path in read for home in _HOMES)
    yield f"ProtectHome={'read-only' if in_home else 'yes'}"


def _timer(job: _Job) -> str:
    lines = [
        "[Unit]",
        f"Description=nsquilio: {job.what}",
        "",
        "[Timer]",
        *(f"OnCalendar={when}" for when in job.when),
        "# A time that was missed, with the machine off, is made up for once.",
        "Persistent=true",
        "AccuracySec=30s",
        f"RandomizedDelaySec={job.delay}",
        "",
        "[Install]",
        "WantedBy=timers.target",
    ]
    return "\n".join(lines) + "\n"


_FAILED = """\
# Started when another unit failed. Needs a program `mail`; put your own notification here if you have a
# better one.
[Unit]
Description=Tell that %i failed

[Service]
Type=oneshot
ExecStart=/bin/sh -c "systemctl status --no-pager --full --lines=30 '%i' | mail -s '%i failed on %H' root"
"""


def _installation(settings: Settings, user: str) -> Iterator[str]:
    timers = " ".join(f"nsquilio-{job.name}.timer" for job in _JOBS)
    yield "# Install, as root, in the directory of these files:"
    yield "#   install -m 644 nsquilio-*.service nsquilio-*.timer /etc/systemd/system/"
    yield "#   systemctl daemon-reload"
    if settings.credentials.store == "file" and settings.credentials.key_file is None:
        yield from _sealing(settings, user)
    yield f"#   systemctl enable --now {timers}"
    yield "# Try one: systemctl start nsquilio-inbound.service; journalctl -u nsquilio-inbound.service"
    yield ""


def _sealing(settings: Settings, user: str) -> Iterator[str]:
    yield f"#   install -d -m 700 {SEALED_KEY.parent}"
    yield f"#   install -d -m 700 -o {user} {settings.state_directory}"
    yield f"#   openssl rand -base64 32 | systemd-creds encrypt --name={SYSTEMD_NAME} - {SEALED_KEY}"
    yield "# Credentials are set with that key, by the same user as the units:"
    yield f"#   NSQUILIO_KEY=$(systemd-creds decrypt --name={SYSTEMD_NAME} {SEALED_KEY} -) \\"
    yield f"#     runuser -u {user} -- nsquilio credentials set"


def _quoted(path: Path) -> str:
    text = _escaped(str(path))
    return f'"{text}"' if " " in text else text


def _escaped(text: str) -> str:
    """systemd expands % in every line."""
    return text.replace("%", "%%").replace("\n", " ")
