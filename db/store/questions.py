"""The open transaction that every question is asked in."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Insert, bindparam, insert
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

    @contextmanager
    def undone_if_it_fails(self) -> Iterator[None]:
        """What is done inside is undone when it raises, and the transaction goes on."""
        try:
            with self._connection.begin_nested():
                yield
                self.flush()
        except BaseException:
            if self._opened is not None:
                self._opened.expunge_all()
            raise

    def flush(self) -> None:
        """Write what is still only in memory; called before the transaction ends."""
        if self._opened is not None:
            self._opened.flush()
            self._opened.expunge_all()


def named_insert(table: type[SQLModel], *names: str) -> Insert:
    """An insert with one bind parameter a column."""
    return insert(table).values({name: bindparam(name) for name in names})
