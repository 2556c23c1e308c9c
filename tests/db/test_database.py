"""How work reaches the database."""

import asyncio
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from db.database import Database
from db.models import Unit
from db.store import Store

pytestmark = pytest.mark.both_databases

NOW = datetime(2026, 11, 25, 12, 30, tzinfo=UTC)


def add(store: Store, code: str = "A") -> int:
    return store.add_unit(Unit(kind="class", name="Lớp", code=code))


async def test_returning_commits_and_raising_rolls_back(database: Database) -> None:
    def broken(store: Store) -> None:
        add(store, "B")
        raise ZeroDivisionError

    await database.run(add)
    with pytest.raises(ZeroDivisionError):
        await database.run(broken)
    assert await database.run(lambda store: store.unit_by_code("A")) is not None
    assert await database.run(lambda store: store.unit_by_code("B")) is None


async def test_an_error_of_one_does_not_touch_its_neighbours(database: Database) -> None:
    results = await asyncio.gather(*(database.run(add) for _ in range(3)), return_exceptions=True)
    assert [isinstance(result, IntegrityError) for result in results] == [False, True, True]
    assert await database.run(lambda store: store.unit_by_code("a")) is not None


async def test_work_is_done_in_the_order_it_was_handed_in(database: Database) -> None:
    seen: list[int] = []

    def note(_store: Store, number: int) -> None:
        seen.append(number)

    await asyncio.gather(*(database.run(partial(note, number=number)) for number in range(200)))
    assert seen == list(range(200))


async def test_who_gave_up_waiting_does_not_disturb_the_rest(database: Database) -> None:
    first = asyncio.ensure_future(database.run(add))
    second = asyncio.ensure_future(database.run(lambda store: add(store, "B")))
    await asyncio.sleep(0)
    first.cancel()
    assert await second


def test_a_session_written_in_a_transaction_is_there_after_it(database: Database) -> None:
    with database.transaction() as store:
        speaker = store.newcomer("web", "somebody", "vi", NOW)
        store.lesson_progress(speaker.id, "wifi", NOW).step = 3
    with database.transaction() as store:
        assert store.progress(speaker.id)["wifi"].step == 3


def test_sqlite_is_set_up_for_one_writer_and_many_readers(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/school.sqlite3")
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 1
    database.close()


def test_a_long_report_reads_one_moment_while_others_write(database: Database) -> None:
    with database.transaction() as store:
        store.add_unit(Unit(kind="class", name="Lớp 7A", code="7A", size=38))
    with database.reading() as report:
        assert len(report.classes()) == 1
        with database.transaction() as store:
            store.add_unit(Unit(kind="class", name="Lớp 7B", code="7B", size=30))
        assert len(report.classes()) == 1
    with database.reading() as report:
        assert len(report.classes()) == 2
