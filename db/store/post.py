"""Questions about what is said unasked: due rows, the outbox, letters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, bindparam, delete, exists, or_, update
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from db.models import (
    Due,
    LetterRow,
    Outbox,
    Sharer,
    Who,
)
from db.store.questions import Questions


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


class Post(Questions):
    """What is due, what waits to be sent, what waits to be read."""

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

    def write_outbox(self, rows: Sequence[dict[str, object]]) -> None:
        """Put these into the outbox, each key once for ever.

        A row has `key`, `person_id`, `kind`, `about`, `urgency`, `free_at` and `written_at`.
        """
        if not rows:
            return
        full = [{"state": "waiting", "attempts": 0, "reason": "", **row} for row in rows]
        self._connection.execute(self._insert_once(Outbox, "key"), full)

    def is_in_outbox(self, key: str) -> bool:
        """Whether this was put into the outbox before, sent or not."""
        return self._session.exec(select(Outbox.id).where(Outbox.key == key)).first() is not None

    def claim(self, now: datetime, limit: int, patience: timedelta) -> list[Sending]:
        """Take rows to send, answers before bulk and each person's first row only.

        A row that is being tried again holds up the person's later ones; one planned for later does not.

        A claim lasts as long as `patience`: whoever dies with it leaves the row to the next.
        """
        other = aliased(Outbox)
        earlier = exists().where(
            col(other.person_id) == col(Outbox.person_id),
            col(other.state) == "waiting",
            col(other.id) < col(Outbox.id),
            or_(col(other.free_at) <= now, col(other.attempts) > 0),
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
        asked = select(Who).where(_is_at(row.person_id), col(Who.stopped_at).is_(None))
        who = self._session.exec(asked.order_by(col(Who.preferred).desc(), col(Who.id).desc())).first()
        place = (who.id, who.channel, who.address) if who else (None, "", "")
        return Sending(outbox_id, row.key, row.kind, row.about, row.person_id, row.attempts, row.reply, *place)

    def elsewhere(self, person_id: int, who_id: int) -> list[tuple[str, str]]:
        """Channel and address of where else a person can be told, the preferred first."""
        asked = select(Who.channel, Who.address).where(_is_at(person_id), Who.id != who_id)
        open_ = asked.where(col(Who.stopped_at).is_(None))
        return list(self._session.exec(open_.order_by(col(Who.preferred).desc(), col(Who.id).desc())))

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

    def abouts(self, kind: str, since: datetime) -> list[tuple[str, datetime]]:
        """What rows of a kind were about, and when they were written, since a moment."""
        asked = select(Outbox.about, Outbox.written_at).where(Outbox.kind == kind, col(Outbox.written_at) >= since)
        return [(about, at) for about, at in self._session.exec(asked)]

    def outbox(self, person_id: int | None = None) -> list[Outbox]:
        """The outbox rows, oldest first, of one person or of all."""
        asked = select(Outbox).order_by(col(Outbox.id))
        return list(self._session.exec(asked if person_id is None else asked.where(Outbox.person_id == person_id)))

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


def _is_at(person_id: int) -> ColumnElement[bool]:
    """The addresses that a person uses, alone or with others."""
    shared = core_select(col(Sharer.who_id)).where(col(Sharer.person_id) == person_id)
    return or_(col(Who.person_id) == person_id, col(Who.id).in_(shared))
