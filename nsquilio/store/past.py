"""What runs found out about the past of this file: notes, and judgements on messages it did not send."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from nsquilio.store.columns import instant, instant_text
from nsquilio.store.database import Database
from nsquilio.store.tags import Tags
from nsquilio.store.trail import Trail

OPEN, COUNTS, NOTHING_OF_OURS = "open", "counts", "nothing_of_ours"
"""A message not sent by this file: nobody has judged it yet; it was our reminder; it was none."""


@dataclass(frozen=True, slots=True)
class Note:
    """`code`: stable name; `text`: for people, without personal data."""

    at: datetime
    run_id: str
    code: str
    text: str


class Past:
    def __init__(self, database: Database, trail: Trail, tags: Tags) -> None:
        self._database = database
        self._trail = trail
        self._tags = tags

    def note(self, code: str, text: str, now: datetime) -> None:
        """Kept for `status`, and in the trail."""
        with self._database.transaction():
            self._database.write(
                "INSERT INTO notes (at, run_id, code, text) VALUES (:at, :run_id, :code, :text)",
                at=instant_text(now),
                run_id=self._trail.run_id,
                code=code,
                text=text,
            )
            self._trail.append("note", now, details={"code": code, "text": text})

    def notes(self, since: datetime) -> tuple[Note, ...]:
        """Newest first."""
        found = self._database.rows(
            "SELECT at, run_id, code, text FROM notes WHERE at >= :since ORDER BY id DESC",
            since=instant_text(since),
        )
        return tuple(Note(instant(row["at"]), row["run_id"], row["code"], row["text"]) for row in found)

    def judge(self, sids: Iterable[tuple[str, str]], why: str, now: datetime, actor: str = "") -> None:
        """(SID, recipient) of messages not sent by this file, and what they are; the last word counts."""
        with self._database.transaction():
            for sid, to in sids:
                self._database.write(
                    "INSERT INTO seen_foreign (sid, seen_at, to_tag, why) VALUES (:sid, :at, :tag, :why)"
                    " ON CONFLICT (sid) DO UPDATE SET seen_at = excluded.seen_at, why = excluded.why"
                    " WHERE why <> excluded.why",
                    sid=sid,
                    at=instant_text(now),
                    tag=self._tags.of(to) if to else "",
                    why=why,
                )
                ids, details = {"sid": sid}, {"why": why}
                refs = [f"message:{sid}"]
                self._trail.append("foreign.judged", now, ids=ids, details=details, refs=refs, actor=actor)

    def open_ones(self, since: datetime) -> tuple[str, ...]:
        """SIDs that a person has to judge, seen since then."""
        found = self._database.rows(
            "SELECT sid FROM seen_foreign WHERE why = 'open' AND seen_at >= :since ORDER BY seen_at",
            since=instant_text(since),
        )
        return tuple(row["sid"] for row in found)

    def judgements(self) -> dict[str, str]:
        """SID to OPEN, COUNTS or NOTHING_OF_OURS."""
        return {row["sid"]: row["why"] for row in self._database.rows("SELECT sid, why FROM seen_foreign")}
