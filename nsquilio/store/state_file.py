"""Opens the state file: for writing, or as a copy in memory that a dry run may change without a trace.

One `Store` is one connection for one thread; its parts share that connection and its transactions.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType

from nsquilio.errors import NotReady, NsquilioError
from nsquilio.store import backups, copying, files, identity, opening
from nsquilio.store.blocks import Blocks
from nsquilio.store.communications import Communications
from nsquilio.store.database import Database
from nsquilio.store.erasing import Erased, erase_address, erase_before, oldest_personal
from nsquilio.store.inbound import Inbound
from nsquilio.store.messages import Messages
from nsquilio.store.past import Past
from nsquilio.store.runs import Runs
from nsquilio.store.tags import Tags
from nsquilio.store.trail import Trail
from nsquilio.store.verifying import Verified, verify


class Store:
    """The state of one profile. Every method that writes does so in one transaction, with its audit event."""

    def __init__(self, database: Database) -> None:
        self._database = database
        key = database.value("SELECT value FROM meta WHERE name = 'tag_key'")
        self._tags = tags = Tags(bytes.fromhex(key))
        self.trail = Trail(database)
        self.runs = Runs(database, self.trail)
        self.messages = Messages(database, self.trail, tags)
        self.inbound = Inbound(database, self.trail, tags)
        self.blocks = Blocks(database, self.trail, tags)
        self.communications = Communications(database, self.trail)
        self.past = Past(database, self.trail, tags)

    @property
    def path(self) -> Path | None:
        """None for a copy in memory."""
        return self._database.path

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is written together or not at all; never wait for a service inside."""
        with self._database.transaction():
            yield

    def verify(self, head: tuple[int, str] | None = None) -> Verified:
        """Checks the trail and every row it speaks of; `head`: kept elsewhere, `core.chain.parse_head`."""
        if self._database.copy_of:
            raise NsquilioError("A dry run's copy cannot be verified; open the state file itself.")
        return verify(self._database, head)

    def erase_address(self, address: str, actor: str, now: datetime) -> Erased:
        """Personal data to and from one number or e-mail address; opt-outs of it stay in force."""
        return erase_address(self._database, self.trail, self._tags, address, actor, now)

    def erase_before(self, before: datetime, actor: str, now: datetime) -> Erased:
        """Personal data older than that."""
        return erase_before(self._database, self.trail, before, actor, now)

    def oldest_personal(self) -> datetime | None:
        """When the oldest message was sent or came in whose words and number are still here."""
        return oldest_personal(self._database)

    def backup(self, target: Path) -> Path:
        """A whole, checked, durable copy (0600) in a new file, also while another run writes."""
        backups.copy_to(self._database, target.absolute())
        return target.absolute()

    def close(self) -> None:
        self._database.connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_state(
    directory: Path,
    *,
    profile: str,
    netsuite_account: str,
    twilio_account: str,
    now: datetime,
    create: bool = True,
    busy_timeout_s: float = 30,
    thorough: bool | None = None,
    for_sending: bool = False,
) -> Store:
    """The state file of this profile, made when it is missing and `create`.

    Raises `NotReady` (unsafe place), `ForeignState`, `Damaged`, `DiskFailed`, `ServiceFailed` (locked):
    always before anything could be sent. `thorough`: read every page; None: when that is cheap, due or a
    crash was left behind. `for_sending`: only with room on the disk; what stops or checks needs no such room.
    """
    opening.refuse_old_sqlite()
    folder = Path(directory).absolute()
    if not create and not (folder / opening.FILE_NAME).exists():
        raise NotReady(f"There is no state file in {folder}: nothing has run yet.", code="no_state")
    path = opening.prepare_file(folder)
    if for_sending:
        files.refuse_full_disk(folder)
    names = _names(profile, netsuite_account, twilio_account)
    crashed = opening.left_by_a_crash(path)
    database = opening.open_for_writing(path, busy_timeout_s)
    try:
        if identity.is_empty(database):
            opening.make_schema(database, names, now)
        identity.check_identity(database, path, names)
        opening.bring_up_to_date(database, now)
        opening.check_whole(database, path, now, thorough or crashed or None)
        return Store(database)
    except BaseException:
        database.connection.close()
        raise


def open_copy(
    directory: Path,
    *,
    profile: str,
    netsuite_account: str,
    twilio_account: str,
    now: datetime,
    busy_timeout_s: float = 30,
) -> Store:
    """The same content, changed in memory only: no lock kept, no file made. No file: an empty one."""
    opening.refuse_old_sqlite()
    path = Path(directory).absolute() / opening.FILE_NAME
    names = _names(profile, netsuite_account, twilio_account)
    memory = None
    if path.exists():
        files.check_private(path, 0o600)
        memory = copying.lay_over(path, names, busy_timeout_s)
    memory = memory or Database(sqlite3.connect(":memory:", isolation_level=None), None)
    try:
        if identity.is_empty(memory):
            opening.make_schema(memory, names, now)
        opening.bring_up_to_date(memory, now)
        return Store(memory)
    except BaseException:
        memory.connection.close()
        raise


def _names(profile: str, netsuite_account: str, twilio_account: str) -> dict[str, str]:
    return {"profile": profile, "netsuite_account": netsuite_account, "twilio_account": twilio_account}
