"""The open transaction that every question is asked in."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Insert, bindparam, insert
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Session, SQLModel


class Questions:
    """What every group of questions shares: the open transaction, and a session on it once one is needed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._opened: Session | None = None

    @property
    def _session(self) -> Session:
        if self._opened is None:
            self._opened = Session(bind=self._connection, expire_on_commit=False)
        return self._opened

    def _insert_once(self, table: type[SQLModel], *keys: str) -> Insert:
        """An insert that leaves a row alone where these columns have the same values already."""
        insert_once = postgres_insert if self._connection.dialect.name == "postgresql" else sqlite_insert
        return insert_once(table).on_conflict_do_nothing(index_elements=keys)

    @contextmanager
    def undone_if_it_fails(self) -> Iterator[None]:
        """What is done inside is undone when it raises, and the transaction goes on."""
        session = self._session
        session.connection()  # it joins now, since one that joined inside would end with the inner transaction
        try:
            with self._connection.begin_nested():
                yield
                self.flush()
        except BaseException:
            session.expunge_all()
            raise

    def flush(self) -> None:
        """Write what is still only in memory; called before the transaction ends."""
        if self._opened is not None:
            self._opened.flush()
            self._opened.expunge_all()


def named_insert(table: type[SQLModel], *names: str) -> Insert:
    """An insert with one bind parameter a column."""
    return insert(table).values({name: bindparam(name) for name in names})
