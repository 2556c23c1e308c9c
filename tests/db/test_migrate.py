"""Migrations: up and down, and equal to the models."""

from pathlib import Path

from sqlalchemy import inspect

from db import migrate
from db.database import Database


def test_up_down_and_up_again_ends_at_the_models(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/new.sqlite3")
    migrate.to(database.engine)
    assert migrate.differences(database.engine) == []
    migrate.to(database.engine, "base")
    assert set(inspect(database.engine).get_table_names()) <= {"alembic_version", "sqlite_sequence"}
    migrate.to(database.engine)
    assert migrate.differences(database.engine) == []
    database.close()


def test_running_them_again_changes_nothing(database: Database) -> None:
    migrate.to(database.engine)
    assert migrate.differences(database.engine) == []


def test_letters_never_reuse_a_number(database: Database) -> None:
    """An event id that came back would hide a letter from whoever resumes after it."""
    with database.engine.connect() as connection:
        sql = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'letter'").scalar_one()
    assert "AUTOINCREMENT" in sql
