"""Many people at once, put straight into the database: for tests and benchmarks of what is sent to them."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import insert
from sqlmodel import col, select

from db.database import Database
from db.models import Due, Person, Role, Unit, Who


def crowd(database: Database, count: int, channel: str, now: datetime) -> list[int]:
    """So many pupils of one class, reached on the channel at the address that is their number; their numbers."""
    with database.engine.begin() as connection:
        unit = connection.execute(
            insert(Unit).values(kind="class", name="Lớp 9A", code="9A-DONG", size=count).returning(col(Unit.id))
        ).scalar_one()
        blank = {"locale": "vi", "text_size": "normal", "group": "", "doing": "", "memory": "", "menu": ""}
        blank |= {"address": "em", "zone": ""}
        connection.execute(
            insert(Person),
            [{**blank, "nickname": f"Bạn {number}", "quiet": False, "created_at": now} for number in range(count)],
        )
        people = list(connection.execute(select(Person.id).order_by(col(Person.id).desc()).limit(count)).scalars())
        connection.execute(
            insert(Who), [{"channel": channel, "address": str(person), "person_id": person} for person in people]
        )
        connection.execute(
            insert(Role),
            [
                {"person_id": person, "unit_id": unit, "role": "pupil", "current": True, "since": now}
                for person in people
            ],
        )
    return sorted(people)


def nudge(database: Database, people: Iterable[int], now: datetime) -> None:
    """A teacher's kind word for each, due now."""
    row = {"kind": "nudge", "about": "never:cô", "urgency": 1, "free_at": now, "written_at": now}
    with database.transaction() as store:
        store.write_outbox([{**row, "key": f"nudge:{person}", "person_id": person} for person in people])


def remind(database: Database, people: Iterable[int], at: datetime) -> None:
    """A weekly reminder for each, first due then."""
    due = {"kind": "practice", "weekday": at.weekday(), "minute": at.hour * 60 + at.minute, "due_at": at}
    with database.engine.begin() as connection:
        connection.execute(insert(Due), [{**due, "person_id": person} for person in people])


def states(database: Database) -> dict[str, int]:
    """How many rows of the outbox are in each state."""
    with database.transaction() as store:
        counts: dict[str, int] = {}
        for tally in store.tallies():
            counts[tally.state] = counts.get(tally.state, 0) + tally.count
        return counts
