"""Questions about one person's several addresses: making two people one, and two again."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, Table, UniqueConstraint, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel, col
from sqlmodel import select as ask

from db.models import Due, Link, LinkCode, Role, Who
from db.store.questions import Questions

# A reminder of the account that is put away comes due when this calendar ends, or when it is two again.
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
# What says where somebody speaks and in which role is not the same person's twice, see `unite`; a list that
# waits for a yes and what was said last are of one conversation.
_NOT_MOVED = ("who", "role", "link", "due", "list_draft", "summary_said")


class Linking(Questions):
    """One person at several addresses."""

    def offer_link(self, code: str, who_id: int, now: datetime, expires_at: datetime) -> None:
        """Let this code make another account one with whoever speaks at this address; its older codes end.

        Codes whose time is over go: a code that comes up again must find its place free.
        """
        over = (col(LinkCode.who_id) == who_id) | (col(LinkCode.expires_at) <= now)
        self._connection.execute(delete(LinkCode).where(over))
        self._session.add(LinkCode(code=code, who_id=who_id, expires_at=expires_at))
        self._session.flush()

    def link_code(self, code: str, now: datetime) -> LinkCode | None:
        """What a code leads to, unless its time is over."""
        return self._session.exec(ask(LinkCode).where(LinkCode.code == code, col(LinkCode.expires_at) > now)).first()

    def offered_link(self, who_id: int, now: datetime) -> LinkCode | None:
        """The code that is good for this address now."""
        return self._session.exec(
            ask(LinkCode).where(LinkCode.who_id == who_id, col(LinkCode.expires_at) > now)
        ).first()

    def drop_link_code(self, code: str) -> None:
        """A code is good once."""
        self._connection.execute(delete(LinkCode).where(col(LinkCode.code) == code))

    def channels_of(self, link: Link) -> list[str]:
        """The channels that came with a link."""
        which = col(Who.id).in_(json.loads(link.moved)["who"])
        return list(self._connection.execute(select(col(Who.channel)).where(which)).scalars())

    def place(self, who_id: int) -> Who:
        """An address by its id, which must exist."""
        return self._session.exec(ask(Who).where(Who.id == who_id)).one()

    def places(self, person_id: int) -> list[Who]:
        """Where a person speaks with us, the oldest first."""
        return list(self._session.exec(ask(Who).where(Who.person_id == person_id).order_by(col(Who.id))))

    def role_of(self, person_id: int) -> tuple[str, int | None] | None:
        """The current role and unit of a person."""
        found = self._session.exec(ask(Role).where(Role.person_id == person_id, col(Role.current))).first()
        return (found.role, found.unit_id) if found else None

    def prefer(self, person_id: int, who_id: int) -> None:
        """What is said unasked goes here first."""
        self._connection.execute(
            update(Who).where(col(Who.person_id) == person_id).values(preferred=col(Who.id) == who_id)
        )

    def links(self, person_id: int) -> list[Link]:
        """The accounts that became one with this person and still are, the oldest first."""
        asked = ask(Link).where(Link.kept_id == person_id, col(Link.ended_at).is_(None))
        return list(self._session.exec(asked.order_by(col(Link.id))))

    def unite(self, kept_id: int, left_id: int, now: datetime) -> Link:
        """Make two people one: all that is `left_id`'s becomes `kept_id`'s, and what moved is noted.

        A row that would be there twice (the same lesson begun in both) stays with the account that is
        put away, as do its role and the reminders of which the other has the like: nothing is lost.
        """
        moved: dict[str, list[Any]] = {}
        for table, column in _columns_of_people():
            if rows := list(self._moved(table, column, left_id, kept_id)):
                moved[f"{table.name}.{column.name}"] = rows
        moved["due"] = self._move_dues_over(left_id, kept_id)
        moved["role"] = self._ids(Role, col(Role.person_id) == left_id, col(Role.current))
        moved["held"] = self._ids(Role, col(Role.person_id) == left_id, col(Role.held))
        self._connection.execute(update(Role).where(col(Role.person_id) == left_id).values(current=False, held=False))
        moved["who"] = self._ids(Who, col(Who.person_id) == left_id)
        self._connection.execute(
            update(Who).where(col(Who.person_id) == left_id).values(person_id=kept_id, preferred=False)
        )
        link = Link(kept_id=kept_id, left_id=left_id, moved=json.dumps(moved, separators=(",", ":")), at=now)
        self._session.add(link)
        self._session.flush()
        return link

    def part(self, link: Link, now: datetime) -> list[Due]:
        """Two people again, each with what was theirs; the reminders that need a new time.

        What was told while they were one stays with the person who was kept.
        """
        moved: dict[str, list[Any]] = json.loads(link.moved)
        back, left = moved.pop("who"), link.left_id
        self._connection.execute(update(Who).where(col(Who.id).in_(back)).values(person_id=left, preferred=False))
        current = moved.pop("role")
        held = moved.pop("held", current)
        self._connection.execute(update(Role).where(col(Role.id).in_(held)).values(held=True))
        self._connection.execute(update(Role).where(col(Role.id).in_(current)).values(current=True))
        ours = col(Due.id).in_(moved.pop("due"))
        self._connection.execute(update(Due).where(ours, col(Due.person_id) == link.kept_id).values(person_id=left))
        tables = SQLModel.metadata.tables
        for name, rows in moved.items():
            table = tables[name.partition(".")[0]]
            column = table.c[name.partition(".")[2]]
            for keys in rows:
                one = [other == key for other, key in zip(_others(table, column), keys, strict=True)]
                self._connection.execute(update(table).where(column == link.kept_id, *one).values({column: left}))
        self._session.expire_all()
        link.ended_at = now
        self._session.add(link)
        self._session.flush()
        return list(self._session.exec(ask(Due).where(Due.person_id == left, col(Due.due_at) >= NEVER)))

    def link_with(self, link_id: int, person_id: int) -> Link | None:
        """A link of this person that still stands."""
        return next((link for link in self.links(person_id) if link.id == link_id), None)

    def _moved(self, table: Table, column: Column[Any], left_id: int, kept_id: int) -> Iterator[list[Any]]:
        others = _others(table, column)
        rows = self._connection.execute(select(*others).where(column == left_id)).all()
        for row in rows:
            one = [other == key for other, key in zip(others, row, strict=True)]
            change = update(table).where(column == left_id, *one).values({column: kept_id})
            if not _may_clash(table, column):
                self._connection.execute(change)
                yield list(row)
                continue
            try:
                with self._connection.begin_nested():
                    self._connection.execute(change)
            except IntegrityError:
                continue
            yield list(row)

    def _move_dues_over(self, left_id: int, kept_id: int) -> list[int]:
        """Reminders of a kind that the other has already would make two where one was asked for: they rest."""
        kinds = {due.kind for due in self._session.exec(ask(Due).where(Due.person_id == kept_id))}
        mine = col(Due.person_id) == left_id
        goes = self._ids(Due, mine, col(Due.kind).not_in(kinds))
        self._connection.execute(update(Due).where(col(Due.id).in_(goes)).values(person_id=kept_id))
        self._connection.execute(update(Due).where(mine).values(due_at=NEVER))
        return goes

    def _ids(self, table: Any, *which: Any) -> list[int]:
        return list(self._connection.execute(select(table.id).where(*which)).scalars())


def _columns_of_people() -> Iterator[tuple[Table, Column[Any]]]:
    """Every column that names a person, so that no table added later is forgotten."""
    for table in SQLModel.metadata.sorted_tables:
        for column in table.columns:
            if table.name not in _NOT_MOVED and any(key.column.table.name == "person" for key in column.foreign_keys):
                yield table, column


def _others(table: Table, column: Column[Any]) -> list[Column[Any]]:
    """What names a row beside this column."""
    return [key for key in table.primary_key.columns if key is not column]


def _may_clash(table: Table, column: Column[Any]) -> bool:
    """Whether the same row may be there for another person already."""
    unique = [rule for rule in table.constraints if isinstance(rule, UniqueConstraint)]
    return column.primary_key or bool(column.unique) or any(column.name in rule.columns for rule in unique)
