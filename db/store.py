"""Every question we ask the database, in plain words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, Insert, and_, bindparam, delete, exists, func, insert, or_, update
from sqlalchemy import select as core_select
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import aliased
from sqlmodel import Session, SQLModel, col, select

from db.models import (
    Consent,
    Due,
    Heard,
    Invitation,
    LetterRow,
    Log,
    LogRelative,
    LogSkill,
    Outbox,
    Person,
    Progress,
    Role,
    Unit,
    Who,
)
from db.prepared import Prepared

# Logs that count: told by the pupil and neither taken back nor found wrong.
COUNTED = ("told", "confirmed", "checked")


@dataclass(slots=True)
class Speaker:
    """The person who is speaking, with all that a turn needs to know of them, in one read.

    Changing `nickname` … `quiet` and handing the speaker to `Store.remember` keeps the change.
    `first_answer` is the stored answer when this very event was answered before, else None.
    """

    id: int
    who_id: int
    nickname: str
    address: str
    locale: str
    text_size: str
    doing: str
    memory: str
    menu: str
    quiet: bool
    stopped_at: datetime | None
    role: str | None
    unit_id: int | None
    heard: str | None = None
    first_answer: str | None = None


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


@dataclass(frozen=True, slots=True)
class Pupil:
    """A pupil of a class, as their teacher sees them."""

    id: int
    nickname: str


@dataclass(frozen=True, slots=True)
class Sending:
    """An outbox row claimed for sending, with the address to send it to."""

    id: int
    key: str
    kind: str
    about: str
    person_id: int
    attempts: int
    reply: str | None
    who_id: int | None
    channel: str
    address: str


def _named_insert(table: type[SQLModel], *names: str) -> Insert:
    return insert(table).values({name: bindparam(name) for name in names})


# The statements of every turn, see db/prepared.py; what is asked less often is written where it is asked.

_SPEAKER = Prepared(
    core_select(
        col(Person.id),
        col(Who.id),
        col(Person.nickname),
        col(Person.address),
        col(Person.locale),
        col(Person.text_size),
        col(Person.doing),
        col(Person.memory),
        col(Person.menu),
        col(Person.quiet),
        col(Who.stopped_at),
        col(Role.role),
        col(Role.unit_id),
        col(Heard.event_id),
        col(Heard.replies),
    )
    .select_from(Who)
    .join(Person, col(Person.id) == col(Who.person_id))
    .outerjoin(Role, and_(col(Role.person_id) == col(Person.id), col(Role.current)))
    .outerjoin(Heard, and_(col(Heard.who_id) == col(Who.id), col(Heard.event_id) == bindparam("event_id")))
    .where(col(Who.channel) == bindparam("channel"), col(Who.address) == bindparam("address"))
    .with_for_update(of=[Person.__table__])  # type: ignore[attr-defined]  # SQLModel does not declare __table__
)
_REMEMBER = Prepared(
    update(Person)
    .where(col(Person.id) == bindparam("person_id"))
    .values({name: bindparam(name) for name in ("doing", "memory", "menu")})
)
_HEARD = Prepared(_named_insert(Heard, "who_id", "event_id", "at", "replies"))
_LOG = Prepared(
    _named_insert(
        Log,
        *("pupil_id", "unit_id", "day", "minutes", "habitual"),
        *("outcome", "state", "told_at", "replaces", "note"),
    ).returning(col(Log.id))
)
_LOG_RELATIVE = Prepared(_named_insert(LogRelative, "log_id", "relative"))
_LOG_SKILL = Prepared(_named_insert(LogSkill, "log_id", "skill"))
_RELATIVES = Prepared(
    core_select(col(LogRelative.relative))
    .distinct()
    .join(Log, col(Log.id) == col(LogRelative.log_id))
    .where(col(Log.pupil_id) == bindparam("pupil_id"), or_(*(col(Log.state) == state for state in COUNTED)))
)


class Store:
    """The database inside one transaction; whoever opened the transaction commits it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._opened: Session | None = None

    @property
    def _session(self) -> Session:
        if self._opened is None:
            self._opened = Session(bind=self._connection, expire_on_commit=False)
        return self._opened

    def flush(self) -> None:
        """Write what is still only in memory; called before the transaction ends."""
        if self._opened is not None:
            self._opened.flush()
            self._opened.expunge_all()

    # -- the person who speaks -------------------------------------------------------------

    def speaker(self, channel: str, address: str, event_id: str) -> Speaker | None:
        """The person at this address, or None when nobody has spoken from it yet."""
        rows = _SPEAKER.run(self._connection, channel=channel, address=address, event_id=event_id)
        return Speaker(*rows[0]) if rows else None

    def newcomer(self, channel: str, address: str, locale: str, now: datetime) -> Speaker:
        """A new person at a new address."""
        person = Person(locale=locale, created_at=now)
        self._session.add(person)
        self._session.flush()
        who = Who(channel=channel, address=address, person_id=person.id)
        self._session.add(who)
        self._session.flush()
        return Speaker(person.id, who.id, "", "", locale, "normal", "", "", "", False, None, None, None)

    def heard(self, who_id: int, event_id: str, now: datetime, replies: str) -> None:
        """This event was answered with these replies; a second time is an IntegrityError."""
        _HEARD.run(self._connection, who_id=who_id, event_id=event_id, at=now, replies=replies)

    def remember(self, speaker: Speaker) -> None:
        """Where the conversation stands now."""
        _REMEMBER.run(
            self._connection, person_id=speaker.id, doing=speaker.doing, memory=speaker.memory, menu=speaker.menu
        )

    def describe(self, speaker: Speaker) -> None:
        """How the person wants to be spoken to now."""
        self._change_person(
            speaker.id,
            nickname=speaker.nickname,
            address=speaker.address,
            locale=speaker.locale,
            text_size=speaker.text_size,
            quiet=speaker.quiet,
        )

    def speaks_again(self, who_id: int) -> None:
        """The person wrote to us, so the address is open again."""
        self._connection.execute(update(Who).where(col(Who.id) == who_id).values(stopped_at=None))

    def stopped(self, who_id: int, now: datetime) -> None:
        """The person blocked us at this address."""
        self._connection.execute(update(Who).where(col(Who.id) == who_id).values(stopped_at=now))

    def role_at(self, channel: str, address: str) -> tuple[str, int | None] | None:
        """The current role and unit of whoever speaks from this address."""
        row = self._connection.execute(
            core_select(col(Role.role), col(Role.unit_id))
            .join(Who, col(Who.person_id) == col(Role.person_id))
            .where(col(Who.channel) == channel, col(Who.address) == address, col(Role.current))
        ).first()
        return None if row is None else (row[0], row[1])

    def is_known(self, channel: str, address: str) -> bool:
        """Whether anybody has spoken from this address."""
        found = core_select(col(Who.id)).where(col(Who.channel) == channel, col(Who.address) == address)
        return self._connection.execute(found).first() is not None

    def person(self, person_id: int) -> Person:
        """A person by id, who must exist."""
        return self._session.exec(select(Person).where(Person.id == person_id)).one()

    def _change_person(self, person_id: int, **values: object) -> None:
        self._connection.execute(update(Person).where(col(Person.id) == person_id).values(**values))

    # -- units, roles, invitations, consent --------------------------------------------------

    def unit(self, unit_id: int) -> Unit:
        """A unit by id, which must exist."""
        return self._session.exec(select(Unit).where(Unit.id == unit_id)).one()

    def unit_by_code(self, code: str) -> Unit | None:
        """A unit by its short code, in capitals or not."""
        return self._session.exec(select(Unit).where(func.upper(Unit.code) == code.upper())).first()

    def add_unit(self, unit: Unit) -> int:
        """Add a node to the tree; its id."""
        self._session.add(unit)
        self._session.flush()
        return unit.id

    def classes_under(self, unit_id: int) -> list[Unit]:
        """Every class at or below a unit, by name."""
        found: list[Unit] = []
        level = [self.unit(unit_id)]
        while level:
            found += [unit for unit in level if unit.kind == "class"]
            level = list(self._session.exec(select(Unit).where(col(Unit.parent_id).in_([unit.id for unit in level]))))
        return sorted(found, key=lambda unit: unit.name)

    def is_empty(self) -> bool:
        """Whether nothing was ever set up or said here."""
        return (
            self._session.exec(select(Unit.id)).first() is None and self._session.exec(select(Who.id)).first() is None
        )

    def invite(self, code: str, unit_id: int | None, role: str, expires_at: datetime | None = None) -> None:
        """Let this code give that role."""
        self._session.add(Invitation(code=code, unit_id=unit_id, role=role, expires_at=expires_at))
        self._session.flush()

    def invitation(self, code: str, now: datetime) -> Invitation | None:
        """The invitation with this code, unless it has expired."""
        found = self._session.exec(select(Invitation).where(Invitation.code == code)).first()
        return found if found and (found.expires_at is None or found.expires_at > now) else None

    def invitations(self, unit_id: int | None, role: str) -> list[Invitation]:
        """The invitations to a role in a unit."""
        return list(
            self._session.exec(select(Invitation).where(Invitation.unit_id == unit_id, Invitation.role == role))
        )

    def take_role(self, person_id: int, role: str, unit_id: int | None, now: datetime) -> None:
        """From now on the person speaks in this role."""
        self.leave_role(person_id)
        self._session.add(Role(person_id=person_id, role=role, unit_id=unit_id, since=now))
        self._session.flush()

    def leave_role(self, person_id: int) -> None:
        """The person speaks in no role any more."""
        self._connection.execute(update(Role).where(col(Role.person_id) == person_id).values(current=False))

    def agree(self, person_id: int, by: str, notice: str, channel: str, now: datetime) -> None:
        """Keep the proof of a consent."""
        self._session.add(Consent(person_id=person_id, by=by, notice=notice, channel=channel, at=now))
        self._session.flush()

    def withdraw_consent(self, person_id: int, now: datetime) -> None:
        """The person agrees no longer."""
        self._connection.execute(
            update(Consent)
            .where(col(Consent.person_id) == person_id, col(Consent.withdrawn_at).is_(None))
            .values(withdrawn_at=now)
        )

    def consents(self, person_id: int) -> list[Consent]:
        """Every consent of a person, withdrawn ones too."""
        return list(self._session.exec(select(Consent).where(Consent.person_id == person_id).order_by(col(Consent.id))))

    def pupils(self, unit_id: int) -> list[Pupil]:
        """The pupils who joined a class, by nickname."""
        rows = self._session.exec(
            select(Person.id, Person.nickname)
            .join(Role, col(Role.person_id) == col(Person.id))
            .where(Role.unit_id == unit_id, Role.role == "pupil", col(Role.current))
            .order_by(Person.nickname, col(Person.id))
        )
        return [Pupil(person_id, nickname) for person_id, nickname in rows]

    def nicknames(self, unit_id: int) -> set[str]:
        """The nicknames taken in a class, lower case."""
        return {pupil.nickname.lower() for pupil in self.pupils(unit_id)}

    # -- logs ----------------------------------------------------------------------------------

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

    # -- lessons -------------------------------------------------------------------------------

    def progress(self, person_id: int) -> dict[str, Progress]:
        """How far the person is, by lesson."""
        rows = self._session.exec(select(Progress).where(Progress.person_id == person_id))
        return {row.lesson: row for row in rows}

    def lesson_progress(self, person_id: int, lesson: str, now: datetime) -> Progress:
        """How far the person is in one lesson; changing it keeps the change."""
        asked = select(Progress).where(Progress.person_id == person_id, Progress.lesson == lesson)
        found = self._session.exec(asked).first()
        if found is None:
            found = Progress(person_id=person_id, lesson=lesson, seen_at=now)
            self._session.add(found)
        found.seen_at = now
        return found

    # -- what is due ---------------------------------------------------------------------------

    def add_due(self, kind: str, person_id: int, weekday: int, minute: int, due_at: datetime) -> bool:
        """Say this every week; False when it was so already."""
        asked = select(Due).where(
            Due.kind == kind, Due.person_id == person_id, Due.weekday == weekday, Due.minute == minute
        )
        if self._session.exec(asked).first() is not None:
            return False
        self._session.add(Due(kind=kind, person_id=person_id, weekday=weekday, minute=minute, due_at=due_at))
        self._session.flush()
        return True

    def dues(self, person_id: int, kind: str) -> list[Due]:
        """What the person asked to be told every week; changing a row keeps the change."""
        asked = select(Due).where(Due.person_id == person_id, Due.kind == kind)
        return list(self._session.exec(asked.order_by(col(Due.weekday), col(Due.minute))))

    def drop_dues(self, person_id: int, kind: str | None = None) -> int:
        """Stop saying this (or anything) every week; how many were stopped."""
        unwanted = delete(Due).where(col(Due.person_id) == person_id)
        if kind is not None:
            unwanted = unwanted.where(col(Due.kind) == kind)
        return self._connection.execute(unwanted).rowcount

    def due(self, now: datetime, limit: int) -> list[Due]:
        """What is due now, the oldest first; no other ticker sees these rows before this one is done."""
        asked = select(Due).where(Due.due_at <= now).order_by(col(Due.due_at), col(Due.id)).limit(limit)
        return list(self._session.exec(asked.with_for_update(skip_locked=True)))

    def move_dues(self, times: Iterable[tuple[int, datetime]]) -> None:
        """The next due time of each row."""
        rows = [{"due_id": due_id, "next": due_at} for due_id, due_at in times]
        if rows:
            table = Due.__table__  # type: ignore[attr-defined]  # SQLModel does not declare __table__
            moved = update(table).where(table.c.id == bindparam("due_id")).values(due_at=bindparam("next"))
            self._connection.execute(moved, rows)

    # -- the outbox ----------------------------------------------------------------------------

    def write_outbox(self, rows: Sequence[dict[str, object]]) -> None:
        """Put these into the outbox, each key once for ever.

        A row has `key`, `person_id`, `kind`, `about`, `urgency`, `free_at` and `written_at`.
        """
        if not rows:
            return
        insert_once = postgres_insert if self._connection.dialect.name == "postgresql" else sqlite_insert
        full = [{"state": "waiting", "attempts": 0, "reason": "", **row} for row in rows]
        self._connection.execute(insert_once(Outbox).on_conflict_do_nothing(index_elements=["key"]), full)

    def is_in_outbox(self, key: str) -> bool:
        """Whether this was put into the outbox before, sent or not."""
        return self._session.exec(select(Outbox.id).where(Outbox.key == key)).first() is not None

    def claim(self, now: datetime, limit: int, patience: timedelta) -> list[Sending]:
        """Take rows to send, answers before bulk and each person's first row only.

        A claim lasts as long as `patience`: whoever dies with it leaves the row to the next.
        """
        other = aliased(Outbox)
        earlier = exists().where(
            col(other.person_id) == col(Outbox.person_id), col(other.state) == "waiting", col(other.id) < col(Outbox.id)
        )
        free = (
            core_select(col(Outbox.id))
            .where(col(Outbox.state) == "waiting", col(Outbox.free_at) <= now, ~earlier)
            .order_by(col(Outbox.urgency), col(Outbox.id))
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        claimed = (
            update(Outbox)
            .where(col(Outbox.id).in_(free.scalar_subquery()))
            .values(free_at=now + patience, attempts=col(Outbox.attempts) + 1)
            .returning(col(Outbox.id))
        )
        ids = [row[0] for row in self._connection.execute(claimed)]
        return [self._sending(row_id) for row_id in sorted(ids)]

    def _sending(self, outbox_id: int) -> Sending:
        row = self._session.exec(select(Outbox).where(Outbox.id == outbox_id)).one()
        asked = select(Who).where(Who.person_id == row.person_id, col(Who.stopped_at).is_(None))
        who = self._session.exec(asked.order_by(col(Who.id).desc())).first()
        place = (who.id, who.channel, who.address) if who else (None, "", "")
        return Sending(outbox_id, row.key, row.kind, row.about, row.person_id, row.attempts, row.reply, *place)

    def worded(self, outbox_id: int, reply: str) -> None:
        """Fix the words of a row, so that a second try says the same."""
        self._connection.execute(update(Outbox).where(col(Outbox.id) == outbox_id).values(reply=reply))

    def settle(self, outbox_id: int, state: str, now: datetime, reason: str = "") -> None:
        """The row is done: sent, dropped or failed."""
        self._connection.execute(
            update(Outbox).where(col(Outbox.id) == outbox_id).values(state=state, settled_at=now, reason=reason)
        )

    def postpone(self, outbox_id: int, until: datetime, reason: str) -> None:
        """Try the row again then."""
        self._connection.execute(update(Outbox).where(col(Outbox.id) == outbox_id).values(free_at=until, reason=reason))

    def outbox(self, person_id: int | None = None) -> list[Outbox]:
        """The outbox rows, oldest first, of one person or of all."""
        asked = select(Outbox).order_by(col(Outbox.id))
        return list(self._session.exec(asked if person_id is None else asked.where(Outbox.person_id == person_id)))

    # -- letters ---------------------------------------------------------------------------------

    def keep_letter(self, channel: str, address: str, key: str, reply: str, now: datetime) -> bool:
        """Keep a reply until its reader fetches it, each key once; False when it was kept before."""
        who_id = self._connection.execute(
            core_select(col(Who.id)).where(col(Who.channel) == channel, col(Who.address) == address)
        ).scalar_one()
        if self._session.exec(select(LetterRow.id).where(LetterRow.key == key)).first() is not None:
            return False
        self._session.add(LetterRow(who_id=who_id, key=key, reply=reply, at=now))
        self._session.flush()
        return True

    def letters(self, channel: str, address: str, after: int | None) -> list[tuple[int, str]]:
        """The letters kept for an address, oldest first: with an id above `after`, or all not yet seen."""
        asked = (
            core_select(col(LetterRow.id), col(LetterRow.reply))
            .join(Who, col(Who.id) == col(LetterRow.who_id))
            .where(col(Who.channel) == channel, col(Who.address) == address)
            .order_by(col(LetterRow.id))
        )
        which = col(LetterRow.seen_at).is_(None) if after is None else col(LetterRow.id) > after
        return [(row[0], row[1]) for row in self._connection.execute(asked.where(which))]

    def letters_seen(self, channel: str, address: str, up_to: int, now: datetime) -> None:
        """The reader has every letter up to this id."""
        who = core_select(col(Who.id)).where(col(Who.channel) == channel, col(Who.address) == address)
        self._connection.execute(
            update(LetterRow)
            .where(col(LetterRow.who_id).in_(who), col(LetterRow.id) <= up_to, col(LetterRow.seen_at).is_(None))
            .values(seen_at=now)
        )

    # -- keeping and erasing ---------------------------------------------------------------------

    def forget_words(self, before: datetime) -> None:
        """Erase answers and letters older than this; that an event was answered stays known."""
        self._connection.execute(
            update(Heard).where(col(Heard.at) < before, col(Heard.replies).is_not(None)).values(replies=None)
        )
        self._connection.execute(delete(LetterRow).where(col(LetterRow.at) < before))

    def erase(self, person_id: int) -> None:
        """Delete everything about a person except that consent was given and withdrawn."""
        logs = core_select(col(Log.id)).where(col(Log.pupil_id) == person_id)
        mine = core_select(col(Who.id)).where(col(Who.person_id) == person_id)
        for doomed in (
            delete(LogRelative).where(col(LogRelative.log_id).in_(logs)),
            delete(LogSkill).where(col(LogSkill.log_id).in_(logs)),
            update(Log).where(col(Log.replaces).in_(logs)).values(replaces=None),
            update(Log).where(col(Log.settled_by) == person_id).values(settled_by=None),
            delete(Log).where(col(Log.pupil_id) == person_id),
            delete(Progress).where(col(Progress.person_id) == person_id),
            delete(Due).where(col(Due.person_id) == person_id),
            delete(Outbox).where(col(Outbox.person_id) == person_id),
            delete(LetterRow).where(col(LetterRow.who_id).in_(mine)),
            update(Heard).where(col(Heard.who_id).in_(mine)).values(replies=None),
            delete(Role).where(col(Role.person_id) == person_id),
        ):
            self._connection.execute(doomed)
        self._change_person(person_id, nickname="", address="", doing="", memory="", menu="", quiet=True)
