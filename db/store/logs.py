"""Questions about help sessions."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import bindparam, func, or_, update
from sqlalchemy import select as core_select
from sqlmodel import col, select

from db.models import (
    Change,
    Log,
    LogRelative,
    LogSkill,
)
from db.prepared import Prepared
from db.store.people import Speaker
from db.store.questions import Questions, named_insert

# Logs that count: told by the pupil and neither taken back nor found wrong.
COUNTED = ("told", "confirmed", "checked")
UNCHECKED = ("told", "confirmed")
DECIDED = ("checked", "wrong")
MOST_VALUES = 500  # SQLite takes 999 values in one statement, older ones at least


@dataclass(frozen=True, slots=True)
class Told:
    """One log with its relatives and skills."""

    id: int
    pupil_id: int
    unit_id: int
    day: date
    minutes: int
    habitual: bool
    began: int | None
    outcome: str
    state: str
    told_at: datetime
    replaces: int | None
    wording: str
    note: str
    relatives: tuple[str, ...]
    skills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A log about to be saved, complete; `began` and `wording` as in `db.models.Log`."""

    day: date
    minutes: int
    habitual: bool
    outcome: str
    relatives: tuple[str, ...]
    skills: tuple[str, ...]
    began: int | None = None
    wording: str = ""


# The columns of a log in the order of `Told`.
_TOLD = tuple(col(getattr(Log, name.name)) for name in fields(Told) if hasattr(Log, name.name))

# The statements of every save, see db/prepared.py.

_LOG = Prepared(
    named_insert(
        Log,
        *("pupil_id", "unit_id", "day", "minutes", "habitual", "began"),
        *("outcome", "state", "told_at", "replaces", "wording", "note"),
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


_DAYS = Prepared(
    core_select(col(Log.day)).where(
        col(Log.pupil_id) == bindparam("pupil_id"), or_(*(col(Log.state) == state for state in COUNTED))
    )
)


class Logs(Questions):
    """What pupils told, and what teachers checked."""

    def add_log(self, speaker: Speaker, draft: Draft, now: datetime, replaces: int | None = None) -> int:
        """Save what a pupil told; the new log's id."""
        assert speaker.unit_id is not None
        return self._add_log(speaker.id, speaker.unit_id, draft, now, "told", replaces)

    def replace_log(self, old: Told, draft: Draft, teacher_id: int, now: datetime, reason: str) -> int | None:
        """The teacher's own version takes the place of a log; both stay. None when it has moved meanwhile.

        The old one becomes wrong and the new one checked, both for this reason.
        """
        if not self.move_log(old, "wrong", "teacher", teacher_id, now, reason):
            return None
        log_id = self._add_log(old.pupil_id, old.unit_id, draft, now, "checked", old.id)
        self._keep_change(log_id, "checked", "teacher", teacher_id, now, reason)
        return log_id

    def _add_log(
        self, pupil_id: int, unit_id: int, draft: Draft, now: datetime, state: str, replaces: int | None
    ) -> int:
        log_id: int = _LOG.run(
            self._connection,
            pupil_id=pupil_id,
            unit_id=unit_id,
            day=draft.day,
            minutes=draft.minutes,
            habitual=draft.habitual,
            began=draft.began,
            outcome=draft.outcome,
            state=state,
            told_at=now,
            replaces=replaces,
            wording=draft.wording,
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

    def own_days(self, pupil_id: int) -> list[date]:
        """The day of each of the pupil's logs that counts."""
        return [row[0] for row in _DAYS.run(self._connection, pupil_id=pupil_id)]

    def log(self, pupil_id: int, log_id: int) -> Told | None:
        """One of the pupil's own logs, whatever its state."""
        found = self._told(Log.pupil_id == pupil_id, Log.id == log_id)
        return found[0] if found else None

    def class_log(self, unit_id: int, log_id: int) -> Told | None:
        """One log of a class, whatever its state."""
        found = self._told(Log.unit_id == unit_id, Log.id == log_id)
        return found[0] if found else None

    def any_log(self, log_id: int) -> Told | None:
        """A log by id, whosever it is: the caller knows by other means that it may be read."""
        found = self._told(Log.id == log_id)
        return found[0] if found else None

    def versions(self, log: Told) -> list[Told]:
        """The earlier versions of a log, the latest first."""
        found: list[Told] = []
        while log.replaces is not None and (older := self.any_log(log.replaces)) is not None:
            found.append(older)
            log = older
        return found

    def own_logs(self, pupil_id: int, limit: int = 200) -> list[Told]:
        """The pupil's logs that count, the last told first."""
        return self._told(Log.pupil_id == pupil_id, col(Log.state).in_(COUNTED), limit=limit)

    def logs(self, unit_ids: Sequence[int], since: date, until: date) -> list[Told]:
        """The logs that count of some classes, from `since` to `until` inclusive, the last told first."""
        return self._told(
            col(Log.unit_id).in_(unit_ids), col(Log.day).between(since, until), col(Log.state).in_(COUNTED)
        )

    def waiting_logs(self, unit_id: int) -> list[Told]:
        """The logs of a class that wait for the teacher's check, the oldest first."""
        return self._told(Log.unit_id == unit_id, col(Log.state).in_(UNCHECKED))[::-1]

    def decided_logs(self, unit_id: int) -> list[Told]:
        """The logs of a class that the teacher checked or found wrong, without older versions, the last told first."""
        newer = core_select(col(Log.replaces)).where(col(Log.unit_id) == unit_id, col(Log.replaces).is_not(None))
        return self._told(Log.unit_id == unit_id, col(Log.state).in_(DECIDED), col(Log.id).not_in(newer))

    def week_logs(self, unit_id: int, since: date, until: date, told_before: datetime) -> list[Told]:
        """Every log of a class in some days that was told before a moment, whatever became of it since."""
        return self._told(Log.unit_id == unit_id, col(Log.day).between(since, until), col(Log.told_at) < told_before)

    def first_helped(self, unit_id: int) -> dict[int, date]:
        """For each pupil of a class who has a log that counts, the day of the first."""
        rows = self._session.exec(
            select(Log.pupil_id, func.min(Log.day))
            .where(Log.unit_id == unit_id, col(Log.state).in_(COUNTED))
            .group_by(col(Log.pupil_id))
        )
        return dict(rows.all())

    def move_log(self, log: Told, state: str, how: str, by: int | None, now: datetime, reason: str = "") -> bool:
        """The log goes from the state it was read in to another; False when it has moved meanwhile.

        Who, when and how is kept, also where the state stays what it was (a relative's no to a told log).
        """
        same = (col(Log.id) == log.id, col(Log.state) == log.state)
        if self._connection.execute(update(Log).where(*same).values(state=state)).rowcount != 1:
            return False
        self._keep_change(log.id, state, how, by, now, reason)
        return True

    def _keep_change(self, log_id: int, state: str, how: str, by: int | None, now: datetime, reason: str) -> None:
        self._session.add(Change(log_id=log_id, state=state, how=how, by=by, at=now, reason=reason))
        self._session.flush()

    def changes(self, log_ids: Sequence[int]) -> list[Change]:
        """What became of some logs, the first change first."""
        found: list[Change] = []
        for start in range(0, len(log_ids), MOST_VALUES):
            some = select(Change).where(col(Change.log_id).in_(log_ids[start : start + MOST_VALUES]))
            found += self._session.exec(some)
        return sorted(found, key=lambda change: change.id)

    def note(self, pupil_id: int, log_id: int, note: str) -> None:
        """Keep a (masked) sentence with an own log."""
        self._connection.execute(
            update(Log).where(col(Log.id) == log_id, col(Log.pupil_id) == pupil_id).values(note=note)
        )

    def _told(self, *where: object, limit: int | None = None) -> list[Told]:
        # Columns, not entities: a session would give back a log as it was first read in this turn.
        asked = core_select(*_TOLD).where(*where).order_by(col(Log.told_at).desc(), col(Log.id).desc()).limit(limit)  # type: ignore[arg-type]  # columns compared
        logs = self._connection.execute(asked).all()
        ids = [log.id for log in logs]
        relatives = self._codes(LogRelative.log_id, LogRelative.relative, ids)
        skills = self._codes(LogSkill.log_id, LogSkill.skill, ids)
        return [
            Told(**log._mapping, relatives=relatives.get(log.id, ()), skills=skills.get(log.id, ())) for log in logs
        ]

    def _codes(self, key: int, code: str, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
        found: dict[int, tuple[str, ...]] = {}
        for start in range(0, len(ids), MOST_VALUES):
            some = core_select(col(key), col(code)).where(col(key).in_(ids[start : start + MOST_VALUES]))
            for log_id, value in self._connection.execute(some.order_by(col(key), col(code))):
                found[log_id] = (*found.get(log_id, ()), value)
        return found
