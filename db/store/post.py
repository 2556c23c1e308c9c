"""Questions about what is due, and about letters that wait to be read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, bindparam, delete, update
from sqlalchemy import select as core_select
from sqlmodel import col, select

from db.models import (
    Due,
    LetterRow,
    Person,
    Push,
    Who,
)
from db.prepared import Prepared
from db.store.questions import Questions


@dataclass(frozen=True, slots=True)
class Appointment:
    """A due row that is due, with the person's time zone."""

    id: int
    kind: str
    person_id: int
    weekday: int
    minute: int
    due_at: datetime
    zone: str


_DUE = Prepared(
    core_select(
        col(Due.id),
        col(Due.kind),
        col(Due.person_id),
        col(Due.weekday),
        col(Due.minute),
        col(Due.due_at),
        col(Person.zone),
    )
    .join(Person, col(Person.id) == col(Due.person_id))
    .where(col(Due.due_at) <= bindparam("now"))
    .order_by(col(Due.due_at), col(Due.id))
    .limit(bindparam("most", type_=BigInteger))
    .with_for_update(of=[Due.__table__], skip_locked=True)  # type: ignore[attr-defined]  # SQLModel does not declare it
)


class Post(Questions):
    """What is due, and what waits to be read."""

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

    def due(self, now: datetime, limit: int) -> list[Appointment]:
        """What is due now, the oldest first; no other ticker sees these rows before this one is done."""
        return [Appointment(*row) for row in _DUE.run(self._connection, now=now, most=limit)]

    def move_dues(self, times: Iterable[tuple[int, datetime]]) -> None:
        """The next due time of each row."""
        rows = [{"due_id": due_id, "next": due_at} for due_id, due_at in times]
        if rows:
            table = Due.__table__  # type: ignore[attr-defined]  # SQLModel does not declare __table__
            moved = update(table).where(table.c.id == bindparam("due_id")).values(due_at=bindparam("next"))
            self._connection.execute(moved, rows)

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

    def browsers(self, channel: str, address: str) -> list[tuple[str, str, str]]:
        """Where the browsers of an address are reached, and their two keys."""
        asked = (
            core_select(col(Push.endpoint), col(Push.p256dh), col(Push.auth))
            .join(Who, col(Who.id) == col(Push.who_id))
            .where(col(Who.channel) == channel, col(Who.address) == address)
            .order_by(col(Push.id))
        )
        return [(row[0], row[1], row[2]) for row in self._connection.execute(asked)]

    def add_browser(self, channel: str, address: str, endpoint: str, p256dh: str, auth: str, now: datetime) -> None:
        """Tell this browser of the letters of an address, and of no other."""
        self.forget_browser(endpoint)
        who = select(Who).where(Who.channel == channel, Who.address == address)
        who_id = self._session.exec(who).one().id
        self._session.add(Push(who_id=who_id, endpoint=endpoint, p256dh=p256dh, auth=auth, at=now))
        self._session.flush()

    def forget_browser(self, endpoint: str) -> None:
        """This browser is told nothing any more."""
        self._connection.execute(delete(Push).where(col(Push.endpoint) == endpoint))
