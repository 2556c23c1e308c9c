"""Statements compiled once and run on the driver's own cursor."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import bindparam, insert, select
from sqlmodel import col

from db.database import Database
from db.models import Person
from db.prepared import Prepared

pytestmark = pytest.mark.both_databases

NOW = datetime(2026, 11, 25, 12, 30, tzinfo=UTC)
ADD = Prepared(
    insert(Person)
    .values({name: bindparam(name) for name in ("nickname", "address", "locale", "text_size")})
    .values(doing="", memory="", menu="", quiet=True, group="", zone="", created_at=bindparam("created_at"))
    .returning(col(Person.id))
)
READ = Prepared(
    select(col(Person.nickname), col(Person.quiet), col(Person.created_at)).where(col(Person.id) == bindparam("id"))
)


def test_values_pass_through_the_column_types_both_ways(database: Database) -> None:
    with database.engine.begin() as connection:
        ((person_id,),) = ADD.run(
            connection, nickname="An", address="em", locale="vi", text_size="normal", created_at=NOW
        )
        assert READ.run(connection, id=person_id) == [("An", True, NOW)]


def test_outside_a_transaction_it_refuses(database: Database) -> None:
    with database.engine.connect() as connection, pytest.raises(AssertionError, match="begin first"):
        READ.run(connection, id=1)
