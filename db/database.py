"""How work reaches the database: one transaction a call, one thread on SQLite, a few on PostgreSQL."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from db.store import Store

T = TypeVar("T")
Work = Callable[[Store], T]

# Results go back to the event loop together: waking it costs more than a small transaction.
BATCH_SECONDS = 0.002
POSTGRES_LANES = 4


class Database:
    """A database by its URL.

    Work handed in with the same `lane` is done in order and never at once, so the turns of one
    person do not overlap. SQLite has one writer, hence one lane.
    """

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        lanes = 1 if self.engine.dialect.name == "sqlite" else POSTGRES_LANES
        self._lanes = [_Lane(self.engine) for _ in range(lanes)]

    async def run(self, work: Work[T], lane: object = None) -> T:
        """What `work` returns, once its one transaction is committed; an exception rolls it back."""
        return await self._lanes[hash(lane) % len(self._lanes)].run(work)

    @contextmanager
    def transaction(self) -> Iterator[Store]:
        """The same for callers without an event loop: the shell and the tests."""
        with self.engine.begin() as connection:
            store = Store(connection)
            yield store
            store.flush()

    @contextmanager
    def reading(self) -> Iterator[Store]:
        """For long reports: what was true at one moment, read from any thread while others write."""
        options: dict[str, Any] = {"reading": True}
        if self.engine.dialect.name != "sqlite":
            options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with self.engine.connect().execution_options(**options) as connection, connection.begin():
            yield Store(connection)

    def close(self) -> None:
        """Finish the work at hand and let go of the connections."""
        for lane in self._lanes:
            lane.close()
        self.engine.dispose()


class _Job(Generic[T]):
    """Work on its way to the thread, and its result on the way back."""

    def __init__(self, work: Work[T]) -> None:
        self.work = work
        self.loop = asyncio.get_running_loop()
        self.future: asyncio.Future[T] = self.loop.create_future()
        self.result: T | None = None
        self.error: BaseException | None = None

    def do(self, connection: Connection) -> None:
        try:
            with connection.begin():
                store = Store(connection)
                self.result = self.work(store)
                store.flush()
        except BaseException as error:  # whatever it is, it belongs to the caller and not to this thread
            self.error = error

    def settle(self) -> None:
        if self.future.cancelled():
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)  # type: ignore[arg-type]  # no error: the result is a T


class _Lane:
    """A thread with a connection of its own that does what it is handed, in order."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._jobs: SimpleQueue[_Job[Any] | None] = SimpleQueue()
        self._thread: threading.Thread | None = None

    async def run(self, work: Work[T]) -> T:
        if self._thread is None:
            self._thread = threading.Thread(target=self._serve, name="database", daemon=True)
            self._thread.start()
        job = _Job(work)
        self._jobs.put(job)
        return await job.future

    def close(self) -> None:
        if self._thread is not None:
            self._jobs.put(None)
            self._thread.join()
            self._thread = None

    def _serve(self) -> None:
        connection = self._engine.connect()
        while (job := self._jobs.get()) is not None:
            done = [job]
            until = time.perf_counter() + BATCH_SECONDS
            self._do(job, connection)
            while time.perf_counter() < until and (job := self._waiting()) is not None:
                self._do(job, connection)
                done.append(job)
            _settle(done)
        connection.close()

    def _do(self, job: _Job[Any], connection: Connection) -> None:
        job.do(connection)
        if isinstance(job.error, DBAPIError) and job.error.connection_invalidated:
            # The database went away; the next job connects anew (SQLAlchemy does it on first use).
            connection.rollback()

    def _waiting(self) -> _Job[Any] | None:
        """The next job if there is one now; the end mark is left for the outer loop."""
        try:
            job = self._jobs.get_nowait()
        except Empty:
            return None
        if job is None:
            self._jobs.put(None)
        return job


def _settle(jobs: list[_Job[Any]]) -> None:
    """Tell the callers, each on its own event loop, with one wake-up a loop."""
    for loop in {job.loop for job in jobs}:
        mine = [job for job in jobs if job.loop is loop]
        if not loop.is_closed():
            loop.call_soon_threadsafe(_settle_here, mine)


def _settle_here(jobs: list[_Job[Any]]) -> None:
    for job in jobs:
        job.settle()


def _engine(url: str) -> Engine:
    parts = make_url(url)
    if parts.get_backend_name() != "sqlite":
        return create_engine(parts.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    options: dict[str, Any] = {"connect_args": {"check_same_thread": False}}
    if parts.database in (None, "", ":memory:"):
        options["poolclass"] = StaticPool  # one database in memory, shared by every connection
    engine = create_engine(parts, **options)
    event.listen(engine, "connect", prepare_sqlite)
    event.listen(engine, "begin", begin_immediate)
    return engine


def prepare_sqlite(connection: Any, _record: object) -> None:
    """WAL and NORMAL: readers never wait, and a power cut loses at most the last moments, never the file."""
    connection.isolation_level = None  # transactions are ours: see begin_immediate
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def begin_immediate(connection: Connection) -> None:
    """A transaction that reads first and writes later fails under load, however long it may wait.

    https://www.sqlite.org/lang_transaction.html (the upgrade of a read transaction does not wait)
    One that only reads takes no writer's place: in WAL it sees the moment at which it began.
    """
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
