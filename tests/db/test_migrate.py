"""Migrations: up and down, and equal to the models."""

from pathlib import Path

import pytest
from sqlalchemy import inspect

from db import migrate
from db.database import Database

pytestmark = pytest.mark.both_databases


def test_up_down_and_up_again_ends_at_the_models(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/new.sqlite3")
    migrate.to(database.engine)
    assert migrate.differences(database.engine) == []
    migrate.to(database.engine, "base")
    assert set(inspect(database.engine).get_table_names()) <= {"alembic_version", "sqlite_sequence"}
    migrate.to(database.engine)
    assert migrate.differences(database.engine) == []
    database.close()


def test_up_down_and_up_again_on_postgresql_too(postgres: Database) -> None:
    database = Database(postgres.engine.url.render_as_string(hide_password=False))
    for revision in ("base", "head"):
        migrate.to(database.engine, revision)
    assert migrate.differences(database.engine) == []
    database.close()


def test_running_them_again_changes_nothing(database: Database) -> None:
    migrate.to(database.engine)
    assert migrate.differences(database.engine) == []


@pytest.mark.sqlite_only
def test_letters_never_reuse_a_number(database: Database) -> None:
    """An event id that came back would hide a letter from whoever resumes after it."""
    with database.engine.connect() as connection:
        sql = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'letter'").scalar_one()
    assert "AUTOINCREMENT" in sql


def test_who_settled_a_log_is_kept_when_the_history_gets_a_table_of_its_own(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/old.sqlite3")
    migrate.to(database.engine, "0001")
    with database.engine.begin() as connection:
        for row in (
            "INSERT INTO person VALUES (1, 'An', 'em', 'vi', 'normal', '', '', '', 0, 0)",
            "INSERT INTO unit (id, kind, name, code) VALUES (1, 'class', 'Lớp 7A', '7A')",
            "INSERT INTO log (id, pupil_id, unit_id, day, minutes, habitual, outcome, state, told_at, settled_at,"
            " settled_by, note) VALUES (1, 1, 1, '2026-11-25', 20, 0, 'TU_LAM', 'checked', 5, 9, 1, '')",
        ):
            connection.exec_driver_sql(row)
    migrate.to(database.engine)
    assert migrate.differences(database.engine) == []
    with database.engine.connect() as connection:
        kept = connection.exec_driver_sql('SELECT log_id, state, how, "by", at FROM change').fetchall()
    assert [tuple(row) for row in kept] == [(1, "checked", "teacher", 1, 9)]
    database.close()
