"""Questions about help sessions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, func, or_, update
from sqlalchemy import select as core_select
from sqlmodel import col, select

from db.models import (
    Log,
    LogRelative,
    LogSkill,
)
from db.prepared import Prepared
from db.store.people import Speaker
from db.store.questions import Questions, named_insert

# Logs that count: told by the pupil and neither taken back nor found wrong.
COUNTED = ("told", "confirmed", "checked")


@dataclass(frozen=True, slots=True)
class Told:
    """One log with its relatives and skills."""

    id: int
    pupil_id: int
    unit_id: int
    day: date
    minutes: int
    habitual: bool
    outcome: str
    state: str
    told_at: datetime
    relatives: tuple[str, ...]
    skills: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A log about to be saved, complete."""

    day: date
    minutes: int
    habitual: bool
    outcome: str
    relatives: tuple[str, ...]
    skills: tuple[str, ...]


# The statements of every save, see db/prepared.py.

_LOG = Prepared(
    named_insert(
        Log,
        *("pupil_id", "unit_id", "day", "minutes", "habitual"),
        *("outcome", "state", "told_at", "replaces", "note"),
    ).returning(col(Log.id))
)


_LOG_RELATIVE = Prepared(named_insert(LogRelative, "log_id", "relative"))


_LOG_SKILL = Prepared(named_insert(LogSkill, "log_id", "skill"))


_RELATIVES = Prepared(
    core_select(col(LogRelative.relative))
    .distinct()
    .join(Log, col(Log.id) == col(LogRelative.log_id))
    .where(col(Log.pupil_id) == bindparam("pupil_id"), or_(*(col(Log.state) == state for state in COUNTED)))
)


class Logs(Questions):
    """What pupils told, and what teachers checked."""

    def add_log(self, speaker: Speaker, draft: Draft, now: datetime, replaces: int | None = None) -> int:
        """Save what a pupil told; the new log's id."""
        log_id: int = _LOG.run(
            self._connection,
            pupil_id=speaker.id,
            unit_id=speaker.unit_id,
            day=draft.day,
            minutes=draft.minutes,
            habitual=draft.habitual,
            outcome=draft.outcome,
            state="told",
            told_at=now,
            replaces=replaces,
            note="",
        )[0][0]
        for relative in draft.relatives:
            _LOG_RELATIVE.run(self._connection, log_id=log_id, relative=relative)
        for skill in draft.skills:
            _LOG_SKILL.run(self._connection, log_id=log_id, skill=skill)
        return log_id

    def relatives_helped(self, pupil_id: int) -> set[str]:
        """Whom a pupil has helped so far."""
        return {row[0] for row in _RELATIVES.run(self._connection, pupil_id=pupil_id)}

    def log(self, pupil_id: int, log_id: int) -> Told | None:
        """One of the pupil's own logs, whatever its state."""
        found = self._told(Log.pupil_id == pupil_id, Log.id == log_id)
        return found[0] if found else None

    def own_logs(self, pupil_id: int, limit: int = 200) -> list[Told]:
        """The pupil's logs that count, the last told first."""
        return self._told(Log.pupil_id == pupil_id, col(Log.state).in_(COUNTED), limit=limit)

    def logs(self, unit_ids: Sequence[int], since: date, until: date) -> list[Told]:
        """The logs that count of some classes, from `since` to `until` inclusive, the last told first."""
        return self._told(
            col(Log.unit_id).in_(unit_ids), col(Log.day).between(since, until), col(Log.state).in_(COUNTED)
        )

    def waiting_logs(self, unit_id: int, limit: int = 200) -> list[Told]:
        """The logs of a class that wait for the teacher's check, the oldest first."""
        return self._told(Log.unit_id == unit_id, col(Log.state).in_(("told", "confirmed")), limit=limit)[::-1]

    def first_helped(self, unit_id: int) -> dict[int, date]:
        """For each pupil of a class who has a log that counts, the day of the first."""
        rows = self._session.exec(
            select(Log.pupil_id, func.min(Log.day))
            .where(Log.unit_id == unit_id, col(Log.state).in_(COUNTED))
            .group_by(col(Log.pupil_id))
        )
        return dict(rows.all())

    def withdraw_log(self, pupil_id: int, log_id: int, now: datetime) -> bool:
        """Take back an own log that nobody has checked; False when there is none such."""
        changed = self._connection.execute(
            update(Log)
            .where(col(Log.id) == log_id, col(Log.pupil_id) == pupil_id, col(Log.state).in_(("told", "confirmed")))
            .values(state="withdrawn", settled_at=now, settled_by=pupil_id)
        )
        return changed.rowcount == 1

    def check_logs(self, unit_id: int, log_ids: Sequence[int], teacher_id: int, now: datetime) -> int:
        """The teacher has checked these logs of the class; how many changed."""
        changed = self._connection.execute(
            update(Log)
            .where(col(Log.id).in_(log_ids), col(Log.unit_id) == unit_id, col(Log.state).in_(("told", "confirmed")))
            .values(state="checked", settled_at=now, settled_by=teacher_id)
        )
        return changed.rowcount

    def note(self, pupil_id: int, log_id: int, note: str) -> None:
        """Keep a (masked) sentence with an own log."""
        self._connection.execute(
            update(Log).where(col(Log.id) == log_id, col(Log.pupil_id) == pupil_id).values(note=note)
        )

    def _told(self, *where: object, limit: int | None = None) -> list[Told]:
        asked = select(Log).where(*where).order_by(col(Log.told_at).desc(), col(Log.id).desc()).limit(limit)  # type: ignore[arg-type]  # columns compared
        logs = list(self._session.exec(asked))
        ids = [log.id for log in logs]
        relatives = self._codes(LogRelative.log_id, LogRelative.relative, ids)
        skills = self._codes(LogSkill.log_id, LogSkill.skill, ids)
        return [
            Told(
                log.id,
                log.pupil_id,
                log.unit_id,
                log.day,
                log.minutes,
                log.habitual,
                log.outcome,
                log.state,
                log.told_at,
                relatives.get(log.id, ()),
                skills.get(log.id, ()),
                log.note,
            )
            for log in logs
        ]

    def _codes(self, key: int, code: str, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
        found: dict[int, tuple[str, ...]] = {}
        for start in range(0, len(ids), 500):  # SQLite takes 999 values in one statement, older ones at least
            some = core_select(col(key), col(code)).where(col(key).in_(ids[start : start + 500]))
            for log_id, value in self._connection.execute(some.order_by(col(key), col(code))):
                found[log_id] = (*found.get(log_id, ()), value)
        return found
