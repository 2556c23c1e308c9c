"""People, days and conversations that every test may use."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event

from db import migrate
from db.database import Database
from tests.postgres import emptied, postgres_server
from tests.talk import School

# What is imported and collected stays until the end: looking through it for garbage, again and again, was
# a quarter of the time that collecting the tests took.
gc.disable()

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
# The Wednesday evening on which every conversation takes place.
WEDNESDAY = datetime(2026, 11, 25, 19, 30, tzinfo=VIETNAM)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database, migrated once for all tests to copy."""
    path = tmp_path_factory.mktemp("database") / "empty.sqlite3"
    made = Database(f"sqlite:///{path}")
    migrate.to(made.engine)
    made.close()
    return path


@pytest.fixture(scope="session")
def furnished(migrated: Path) -> tuple[Path, School]:
    """The migrated database with the school in it, set up once for all tests to copy."""
    path = migrated.with_name("school.sqlite3")
    shutil.copy(migrated, path)
    made = Database(f"sqlite:///{path}")
    school = School(made, WEDNESDAY)
    made.close()
    return path, school


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """One for all tests of this process, so that what SQLAlchemy has compiled once stays compiled."""
    made = Database(f"sqlite:///{tmp_path_factory.mktemp('school')}/school.sqlite3")
    event.listen(made.engine, "connect", _without_waiting)
    return made


def _replace(made: Database, template: Path) -> None:
    path = str(made.engine.url.database)
    for left in (path, f"{path}-wal", f"{path}-shm"):
        Path(left).unlink(missing_ok=True)
    shutil.copy(template, path)


def _without_waiting(connection: Any, _record: object) -> None:
    """A test survives no power cut; waiting for the disk was most of what a short one cost."""
    connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Database]:
    """A database on a real PostgreSQL, migrated; one for all tests too."""
    with postgres_server() as url:
        made = Database(url)
        migrate.to(made.engine)
        yield made
        made.close()


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """An empty database: SQLite, and PostgreSQL too where a test says `both_databases`."""
    if getattr(request, "param", "sqlite") == "postgresql":
        made: Database = request.getfixturevalue("postgres")
        emptied(made.engine)
    else:
        made = request.getfixturevalue("sqlite")
        with_school = "school" in request.fixturenames
        _replace(made, request.getfixturevalue("furnished")[0] if with_school else request.getfixturevalue("migrated"))
    yield made
    made.close()


def pytest_collection_finish() -> None:
    """From here on there is garbage to look for, and only among what the tests make."""
    gc.collect()
    gc.freeze()
    gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever opens a page in a browser is marked `page` (`make test-page`)."""
    for item in items:
        if isinstance(item, pytest.Function) and "browser" in item.fixturenames:
            item.add_marker("page")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """`pytestmark = pytest.mark.both_databases` runs a file's tests on SQLite and on PostgreSQL.

    With EVERYTHING_ON=postgresql all tests run there (`make test-postgresql`).
    """
    marked = metafunc.definition.get_closest_marker
    if "database" not in metafunc.fixturenames or marked("sqlite_only"):
        return
    if everything := os.environ.get("EVERYTHING_ON"):
        metafunc.parametrize("database", [everything], indirect=True)
    elif marked("both_databases"):
        metafunc.parametrize("database", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def school(database: Database, request: pytest.FixtureRequest) -> School:
    """A ward with a school with class 7A (38 pupils, goal 30), its codes, and a clock that stands still."""
    if database.engine.dialect.name != "sqlite":
        return School(database, WEDNESDAY)
    standing: School = request.getfixturevalue("furnished")[1]
    return standing.again(database)


@pytest.fixture
def another_school(sqlite: Database, furnished: tuple[Path, School]) -> Iterator[Callable[[datetime], School]]:
    """The school as new whenever it is called, at that time: for tests that try many examples, one after the other."""

    def anew(now: datetime) -> School:
        sqlite.close()
        _replace(sqlite, furnished[0])
        school = furnished[1].again(sqlite)
        school.now = now
        return school

    yield anew
    sqlite.close()


@pytest.fixture
def monday() -> datetime:
    """The next Monday, 9:00."""
    return WEDNESDAY.replace(hour=9, minute=0) + timedelta(days=5)
