"""Turns a second and their latency, beside a bare sqlite3 script and an async session, in one run.

The load is fixed: 200 pupils in turn each write a sentence and tap "Đúng, ghi lại". Both are turns;
the second one saves a log. Every variant starts from an empty file and does the same turns.
"""

import asyncio
import json
import os
import random
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import psutil
from sqlalchemy import event
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import turns
from bot.app import App
from bot.port import Answer, Incoming, Who
from bot.settings import Settings
from db import database as sync_database
from db import migrate
from db.database import Database
from db.models import Unit
from db.store import Store

NOW = datetime(2026, 11, 25, 19, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
PLACE = turns.Place()
PUPILS = 200
PAIRS = 2000
AT_ONCE = 20
SENTENCES = (
    "hnay e chỉ bà ngoại gọi vd zalo 20p, bà tự làm đc r",
    "giúp mẹ đặt lịch khám 25 phút, mẹ tự làm được",
    "hqua em day ong noi quet qr tra tien 15p, ong lam duoc roi",
    "Hôm nay em hướng dẫn bà nội cài VNeID 30 phút, bà vẫn chưa quen.",
)
SAVE = "Đúng, ghi lại"


def main() -> None:
    """Measure everything and print it."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        print(f"{PAIRS} sentences and {PAIRS} taps by {PUPILS} pupils, {AT_ONCE} at once, {os.cpu_count()} cores\n")
        statements = recorded(place / "recorded.sqlite3")
        bare = bare_sqlite(place / "bare.sqlite3", statements)
        hopping = asyncio.run(bare_sqlite_in_a_thread(place / "hopping.sqlite3", statements))
        ours = asyncio.run(in_process(place / "ours.sqlite3"))
        slow = asyncio.run(async_session(place / "async.sqlite3", PAIRS // 10))
        http, latency, memory, started = asyncio.run(over_http(place / "http.sqlite3"))
        rows = [
            ("bare sqlite3 script, the same statements, no server", bare),
            ("bare sqlite3 script, one hop to a thread per turn", hopping),
            ("this program, in process", ours),
            ("this program, over HTTP (client on the same 2 cores)", http),
            ("the same handlers on AsyncSession + aiosqlite", slow),
        ]
        print(f"{'':<56}{'turns/s':>8}{'of bare':>10}{'of bare with hop':>18}")
        for name, speed in rows:
            print(f"{name:<56}{speed:>8.0f}{speed / bare:>10.2f}{speed / hopping:>18.2f}")
        p50, p99 = (latency[int(len(latency) * share)] * 1000 for share in (0.5, 0.99))
        print(f"\nlatency over HTTP at 200 turns/s: p50 {p50:.1f} ms, p99 {p99:.1f} ms")
        print(f"memory of the default process after the load: {memory / 2**20:.0f} MiB")
        print(f"from start to first answer: {started:.2f} s")


# -- this program, in process ----------------------------------------------------------------------


async def in_process(path: Path) -> float:
    """Turns a second through `App.handle`: one hop to the database thread, one transaction."""
    database = prepared(path)
    app = App(database, Settings(_env_file=None), now=lambda: NOW)  # type: ignore[call-arg]  # pydantic-settings' own
    speed = await pairs(PAIRS, AT_ONCE, partial(say_in_process, app))
    database.close()
    return speed


async def say_in_process(app: App, number: int) -> None:
    who = Who("web", f"pupil-{number % PUPILS}")
    answer = await app.handle(Incoming(who, f"say-{number}", text=SENTENCES[number % len(SENTENCES)]))
    value = next(choice.value for choice in answer.replies[-1].choices if choice.label == SAVE)
    saved = await app.handle(Incoming(who, f"tap-{number}", choice=value))
    assert saved.replies[0].text.startswith("Đã ghi"), saved


async def pairs(count: int, at_once: int, say: Callable[[int], Awaitable[None]]) -> float:
    """Do the pairs, each pupil's own in order; turns a second."""
    started = time.perf_counter()

    async def worker(first: int) -> None:
        for number in range(first, count, at_once):
            await say(number)

    async with asyncio.TaskGroup() as group:
        for first in range(at_once):
            group.create_task(worker(first))
    return 2 * count / (time.perf_counter() - started)


def prepared(path: Path) -> Database:
    """A migrated database with a class whose pupils have joined."""
    database = Database(f"sqlite:///{path}")
    migrate.to(database.engine)
    with database.transaction() as store:
        room = store.add_unit(Unit(kind="class", name="Lớp 7A", code="7A-HOAMAI", size=PUPILS))
        store.invite("PUPIL7A", room, "pupil")
        for number in range(PUPILS):
            pupil = store.newcomer("web", f"pupil-{number}", "vi", NOW)
            pupil.nickname, pupil.address = f"HS{number}", "em"
            store.describe(pupil)
            store.take_role(pupil.id, "pupil", room, NOW)
    return database


# -- the same handlers on an async session ---------------------------------------------------------


async def async_session(path: Path, count: int) -> float:
    """The same `turns.answer` inside SQLModel's AsyncSession over aiosqlite."""
    prepared(path).close()
    engine = create_async_engine(f"sqlite+aiosqlite:///{path}")
    event.listen(engine.sync_engine, "connect", sync_database.prepare_sqlite)
    event.listen(engine.sync_engine, "begin", sync_database.begin_immediate)
    writing = asyncio.Lock()  # SQLite has one writer; without this every other turn would wait in busy_timeout

    async def answer(said: Incoming) -> Answer:
        async with writing, AsyncSession(engine) as session:

            def work(sync: object) -> Answer:
                store = Store(sync.connection())  # type: ignore[attr-defined]  # the session run_sync hands in
                answered = turns.answer(store, said, NOW, PLACE)
                store.flush()
                return answered

            answered: Answer = await session.run_sync(work)
            await session.commit()
            return answered

    async def say(number: int) -> None:
        who = Who("web", f"pupil-{number % PUPILS}")
        first = await answer(Incoming(who, f"say-{number}", text=SENTENCES[number % len(SENTENCES)]))
        value = next(choice.value for choice in first.replies[-1].choices if choice.label == SAVE)
        await answer(Incoming(who, f"tap-{number}", choice=value))

    speed = await pairs(count, AT_ONCE, say)
    await engine.dispose()
    return speed


# -- a bare script ---------------------------------------------------------------------------------


Turns = list[list[tuple[str, Sequence[object]]]]


def bare_sqlite(path: Path, statements: Turns) -> float:
    """The same statements with the same parameters by a plain sqlite3 script, one transaction a turn."""
    connection = bare_connection(path)
    started = time.perf_counter()
    for turn in statements:
        bare_turn(connection, turn)
    return checked(connection, len(statements) / (time.perf_counter() - started))


async def bare_sqlite_in_a_thread(path: Path, statements: Turns) -> float:
    """The same by one writer thread that an event loop hands each turn to, as a server must."""
    with ThreadPoolExecutor(1) as writer:
        loop = asyncio.get_running_loop()
        connection = await loop.run_in_executor(writer, bare_connection, path)
        started = time.perf_counter()

        async def worker(first: int) -> None:
            for number in range(first, len(statements), AT_ONCE):
                await loop.run_in_executor(writer, bare_turn, connection, statements[number])

        async with asyncio.TaskGroup() as group:
            for first in range(AT_ONCE):
                group.create_task(worker(first))
        speed = len(statements) / (time.perf_counter() - started)
        return await loop.run_in_executor(writer, checked, connection, speed)


def bare_connection(path: Path) -> sqlite3.Connection:
    prepared(path).close()
    connection = sqlite3.connect(path, isolation_level=None)
    sync_database.prepare_sqlite(connection, None)
    return connection


def bare_turn(connection: sqlite3.Connection, turn: list[tuple[str, Sequence[object]]]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for statement, parameters in turn:
        connection.execute(statement, parameters).fetchall()
    connection.execute("COMMIT")


def checked(connection: sqlite3.Connection, speed: float) -> float:
    """The speed, if every log was really saved."""
    saved = connection.execute("SELECT count(*) FROM log").fetchone()[0]
    assert saved == PAIRS, saved
    connection.close()
    return speed


def recorded(path: Path) -> Turns:
    """Every statement of every turn of the load, as this program sent it to sqlite3."""
    prepared(path).close()
    taken: Turns = []

    class Recorder(sqlite3.Cursor):
        def execute(self, statement: str, parameters: Any = (), /) -> "Recorder":
            if not statement.startswith(("BEGIN", "PRAGMA")):
                taken[-1].append((statement, parameters))
            super().execute(statement, parameters)
            return self

    class Recorded(sqlite3.Connection):
        def cursor(self, factory: Any = Recorder) -> Any:
            return super().cursor(factory)

    database = Database(f"sqlite:///{path}")
    event.listen(database.engine, "do_connect", lambda *_: sqlite3.connect(path, factory=Recorded))
    for number in range(PAIRS):
        who = Who("web", f"pupil-{number % PUPILS}")
        text = Incoming(who, f"say-{number}", text=SENTENCES[number % len(SENTENCES)])
        value = next(
            choice.value for choice in noted(database, taken, text).replies[-1].choices if choice.label == SAVE
        )
        noted(database, taken, Incoming(who, f"tap-{number}", choice=value))
    database.close()
    return taken


def noted(database: Database, taken: Turns, said: Incoming) -> Answer:
    taken.append([])
    with database.transaction() as store:
        return turns.answer(store, said, NOW, PLACE)


# -- over HTTP -------------------------------------------------------------------------------------


async def over_http(path: Path) -> tuple[float, list[float], int, float]:
    """Turns a second, latencies at 200 turns/s, memory and start-up of the real process."""
    prepared(path).close()
    started = time.perf_counter()
    async with served(path) as (address, process), aiohttp.ClientSession(address) as client:
        tokens = [await joined(client, number) for number in range(1)]
        first_answer = time.perf_counter() - started
        tokens += [await joined(client, number) for number in range(1, AT_ONCE)]
        speed = await pairs(PAIRS // 2, AT_ONCE, partial(say_over_http, client, tokens, []))
        latencies = await steadily(client, tokens, rate=200, seconds=10)
        return speed, latencies, psutil.Process(process.pid).memory_info().rss, first_answer


@asynccontextmanager
async def served(path: Path) -> AsyncIterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """The program as `make run` starts it, on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {"DATABASE_URL": f"sqlite:///{path}", "PORT": str(port), "DEMO": "false", "CHANNELS": "web"}
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"], env={**os.environ, **settings}, stdout=subprocess.DEVNULL
    )
    try:
        address = f"http://127.0.0.1:{port}"
        async with aiohttp.ClientSession() as client:
            while True:
                try:
                    async with client.get(f"{address}/health"):
                        break
                except aiohttp.ClientConnectionError:
                    await asyncio.sleep(0.02)
        yield address, process
    finally:
        process.terminate()
        process.wait(timeout=10)


async def joined(client: aiohttp.ClientSession, number: int) -> str:
    """A pupil who has joined; their token."""
    async with client.post("/api/chat/start", json={"join": "PUPIL7A"}) as response:
        token = str((await response.json())["token"])
    client.cookie_jar.clear()
    for body in ({"text": f"Bạn {number}"}, {"choice": "agree:child"}, {"choice": "agree:guardian"}):
        await said(client, token, body)
    return token


async def said(client: aiohttp.ClientSession, token: str, body: dict[str, str]) -> list[dict[str, object]]:
    key = f"{random.getrandbits(64):x}"
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
    async with client.post("/api/chat/say", json=body, headers=headers) as response:
        answer = json.loads(await response.read())
        assert response.status == 200, answer
        replies: list[dict[str, object]] = answer["replies"]
        return replies


async def say_over_http(client: aiohttp.ClientSession, tokens: list[str], taken: list[float], number: int) -> None:
    token = tokens[number % len(tokens)]
    started = time.perf_counter()
    replies = await said(client, token, {"text": SENTENCES[number % len(SENTENCES)]})
    taken.append(time.perf_counter() - started)
    choices: list[dict[str, str]] = replies[-1]["choices"]  # type: ignore[assignment]  # as the contract says
    value = next(choice["value"] for choice in choices if choice["label"] == SAVE)
    started = time.perf_counter()
    await said(client, token, {"choice": value})
    taken.append(time.perf_counter() - started)


async def steadily(client: aiohttp.ClientSession, tokens: list[str], rate: int, seconds: int) -> list[float]:
    """Latencies, sorted, when pairs begin at a fixed rate whether or not earlier ones have ended."""
    taken: list[float] = []
    locks = [asyncio.Lock() for _ in tokens]

    async def one(number: int) -> None:
        async with locks[number % len(tokens)]:
            await say_over_http(client, tokens, taken, number)

    started = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for number in range(rate * seconds // 2):
            await asyncio.sleep(max(0.0, started + number * 2 / rate - time.perf_counter()))
            group.create_task(one(number))
    return sorted(taken)


if __name__ == "__main__":
    main()
