"""Bring a database to the shape of the models, or back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine
from sqlmodel import SQLModel

import db.models  # noqa: F401 - the tables

FOLDER = Path(__file__).parent / "migrations"


class NoSuchRevision(Exception):
    """There is no migration of that name."""


def to(engine: Engine, revision: str = "head") -> None:
    """Run the migrations up to a revision ("head"), or down to an earlier one ("base")."""
    with engine.connect() as connection, _free_to_rebuild(connection):
        current = MigrationContext.configure(connection).get_current_revision()
        connection.commit()
        config = _config(connection)
        try:
            if revision == "base" or (current is not None and _is_older(config, revision, current)):
                command.downgrade(config, revision)
            else:
                command.upgrade(config, revision)
        except CommandError as error:
            raise NoSuchRevision(revision) from error
        connection.commit()


@contextmanager
def _free_to_rebuild(connection: Connection) -> Iterator[None]:
    """SQLite alters a table by building it anew, which its references must not notice; afterwards they are checked.

    https://www.sqlite.org/lang_altertable.html#otheralter (a transaction cannot switch them off)
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    sqlite = connection.connection.cursor()
    sqlite.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        lost = sqlite.execute("PRAGMA foreign_key_check").fetchall()
        assert not lost, f"rows that refer to nothing after the migration: {lost[:5]}"
    finally:
        sqlite.execute("PRAGMA foreign_keys=ON")
        sqlite.close()


def differences(engine: Engine) -> list[object]:
    """What the models say and the database does not, or the other way round; empty when equal."""
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), SQLModel.metadata)
        connection.rollback()
        return list(found)


def write(engine: Engine, message: str) -> None:
    """Write a new migration from what differs between database and models; a person reads it afterwards."""
    with engine.connect() as connection:
        command.revision(_config(connection), message=message, autogenerate=True)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config


def _is_older(config: Config, revision: str, current: str) -> bool:
    if revision in ("head", current):
        return False
    newer = ScriptDirectory.from_config(config).iterate_revisions(current, "base")
    return revision in {script.revision for script in newer}
