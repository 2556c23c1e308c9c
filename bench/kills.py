"""python -m bench.kills [N]: kill the real program N times under load; nothing is lost, and hardly anything doubled.

Pupils log over HTTP, each message under a key of its own and sent again under the same key until it
is answered, as the page does; meanwhile reminders fall due and go out over Telegram, to a server of
our own that counts them. At the end every acknowledged log must be in the database, once; everybody
must have been reminded; and there may be at most as many second reminders as sendings were in
flight at the kills: taken by Telegram, and not yet noted by us.
"""

import asyncio
import logging
import os
import random
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp

import content
from bench.turns import SAVE, SENTENCES, prepared
from bot.channels.telegram import NAME
from bot.turns import PATIENCE as CLAIM_LASTS
from tests.bot.channels.fake_telegram import TOKEN, FakeTelegram
from tests.crowd import crowd, remind

WORLDS = 3  # side by side: most of the time a killed program is waited for
PUPILS = 4  # in each
KILLS = 40
REMINDERS_A_KILL = 5
YOUNG = 0.25  # of them die while they start, the others at some moment after they began to answer
LIVES = (0.05, 0.6)  # seconds
EXPECTED = 0.8  # seconds a life lasts, about: reminders fall due all the while
COLD = 10  # each tenth start reads the whole program anew; the others are copies of one that has
LATENCY = 0.1  # seconds until Telegram answers: what is taken and not yet noted is what a crash can double
PATIENCE = aiohttp.ClientTimeout(total=5)
PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload(
    ["bot.__main__", "bot.app", "bot.demo", "bot.channels.web", "bot.channels.telegram_ptb"]
)


def run(settings: dict[str, str]) -> None:
    """`python -m bot run`, in a copy of a process that has read the program already."""
    os.environ.update(settings)
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    from bot.__main__ import shell

    shell(["run"])


class Program:
    """The program on one database and port, killed and started again."""

    def __init__(self, path: Path, telegram: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self._settings = {
            "DATABASE_URL": f"sqlite:///{path}",
            "PORT": str(port),
            "DEMO": "false",
            "CHANNELS": "web,telegram",
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_API_URL": telegram,
            "TIMEZONE": noon().key,
        }
        self._starts = count(1)
        self._process = self._started()

    def _started(self) -> "ForkServerProcess | subprocess.Popen[bytes]":
        if next(self._starts) % COLD == 0:
            command = [sys.executable, "-m", "bot", "run"]
            nowhere = subprocess.DEVNULL
            return subprocess.Popen(command, env={**os.environ, **self._settings}, stdout=nowhere, stderr=nowhere)
        process = PROCESSES.Process(target=run, args=(self._settings,))
        process.start()
        return process

    @property
    def is_over(self) -> bool:
        """Whether it has ended, which nobody asked of it before a kill."""
        ended = self._process.exitcode if isinstance(self._process, ForkServerProcess) else self._process.poll()
        return ended is not None

    async def kill(self) -> None:
        """The end, without a word."""
        self._process.kill()
        await self._ended()

    async def end(self) -> None:
        """The polite end."""
        self._process.terminate()
        await self._ended()

    async def _ended(self) -> None:
        wait = self._process.join if isinstance(self._process, ForkServerProcess) else self._process.wait
        await asyncio.to_thread(wait)

    def start(self) -> None:
        """And a new beginning."""
        self._process = self._started()


def noon() -> ZoneInfo:
    """A time zone in which it is about noon now: nobody is reminded at night."""
    hours = 12 - datetime.now(UTC).hour
    return ZoneInfo(f"Etc/GMT{-hours:+d}" if hours else "Etc/GMT")


class InFlight:
    """Sendings that Telegram had taken and the program had not noted when it was killed, each counted once."""

    def __init__(self, path: Path, telegram: FakeTelegram) -> None:
        self._path = path
        self._telegram = telegram
        self._found: set[tuple[int, int]] = set()

    async def look(self) -> None:
        """After a kill, once what it had sent has arrived."""
        await asyncio.sleep(0.05)
        taken = {message.chat for message in self._telegram.sent}
        with sqlite3.connect(self._path) as database:
            claimed = database.execute(
                "SELECT id, attempts, person_id FROM outbox WHERE state = 'waiting' AND attempts > 0"
            )
            self._found |= {(row, tries) for row, tries, person in claimed if person in taken}
        database.close()

    def __len__(self) -> int:
        return len(self._found)


class Pupil:
    """Logs until told to stop, and counts what was acknowledged."""

    def __init__(self, number: int, client: aiohttp.ClientSession, address: str) -> None:
        self.number = number
        self.acknowledged = 0
        self._client = client
        self._address = address
        self._token = ""
        self._keys = count()

    async def log(self, enough: asyncio.Event) -> None:
        started = await self._post("start", {"join": "PUPIL7A"})
        self._token = str(started["token"])
        for body in ({"text": f"Bạn {self.number}"}, {"choice": "agree:child"}, {"choice": "agree:guardian"}):
            await self._post("say", body)
        while not enough.is_set():
            shown = await self._post("say", {"text": random.choice(SENTENCES)})
            choices = {choice["label"]: choice["value"] for choice in shown["replies"][-1]["choices"]}
            saved = await self._post("say", {"choice": choices[SAVE]})
            assert "Đã ghi" in saved["replies"][0]["text"], saved
            self.acknowledged += 1

    async def _post(self, what: str, body: dict[str, str]) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self._token}", "Idempotency-Key": f"key-{next(self._keys)}"}
        while True:
            try:
                address = f"{self._address}/api/chat/{what}"
                async with self._client.post(address, json=body, headers=headers, timeout=PATIENCE) as response:
                    answer: dict[str, Any] = await response.json()
                    assert response.status < 500, answer
                    return answer
            except (aiohttp.ClientError, TimeoutError):
                await asyncio.sleep(0.05)


@dataclass(frozen=True, slots=True)
class Found:
    """What came out of a world: counts of logs, reminders and sendings."""

    told: int
    saved: int
    due: int
    lost: int
    doubled: int
    in_flight: int

    @property
    def well(self) -> bool:
        """Nothing lost, nothing saved twice, and no more said twice than was in flight."""
        return self.told == self.saved and not self.lost and self.doubled <= self.in_flight


async def main(kills: int) -> int:
    """The exit code: 0 when all was well in every world."""
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)  # who is killed says half a sentence to Telegram
    shares = [len(range(world, kills, WORLDS)) for world in range(min(WORLDS, kills))]
    found = await asyncio.gather(*(world(share) for share in shares))
    told, saved, due, lost, doubled, in_flight = (sum(counts) for counts in zip(*map(astuple, found), strict=True))
    print(f"{kills} kills: {told} logs acknowledged, {saved} saved")
    print(f"{due} reminders due, {lost} lost, {doubled} doubled, {in_flight} in flight at a kill")
    return 0 if all(one.well for one in found) else 1


async def world(kills: int) -> Found:
    """One program on a database of its own, killed so many times."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "school.sqlite3"
        async with FakeTelegram(latency=LATENCY) as telegram:
            people = reminders(path, kills)
            telegram.join(people)
            program, in_flight = Program(path, telegram.url), InFlight(path, telegram)
            pupils = await under_kills(program, kills, in_flight)
            await settled(path, people)
            await program.end()
            reminded = Counter(message.chat for message in telegram.sent)
        with sqlite3.connect(path) as database:
            saved = database.execute("SELECT count(*) FROM log").fetchone()[0]
        database.close()
    return Found(
        told=sum(pupil.acknowledged for pupil in pupils),
        saved=saved,
        due=len(people),
        lost=sum(not reminded[person] for person in people),
        doubled=sum(times - 1 for times in reminded.values()),
        in_flight=len(in_flight),
    )


def reminders(path: Path, kills: int) -> list[int]:
    """People whose reminders fall due all the while; none on a holiday, when reminders rest."""
    database = prepared(path)
    now = datetime.now(noon())
    people = [] if content.holidays_until(now.date()) else crowd(database, REMINDERS_A_KILL * kills, NAME, now)
    lasts = timedelta(seconds=kills * EXPECTED)
    for number, person in enumerate(people):
        remind(database, [person], now + lasts * number / len(people))
    database.close()
    return people


async def under_kills(program: Program, kills: int, in_flight: InFlight) -> "list[Pupil]":
    """Let pupils log while the program is killed again and again."""
    enough = asyncio.Event()
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as client:
        pupils = [Pupil(number, client, program.address) for number in range(PUPILS)]
        async with asyncio.TaskGroup() as group:
            for pupil in pupils:
                group.create_task(pupil.log(enough))
            for _ in range(kills):
                if random.random() >= YOUNG:
                    await answers(client, program)
                await asyncio.sleep(random.uniform(*LIVES))
                await program.kill()
                await in_flight.look()
                program.start()
            enough.set()
    return pupils


async def answers(client: aiohttp.ClientSession, program: Program) -> None:
    """Wait until the program has started."""
    while True:
        assert not program.is_over, "the program ended by itself"
        try:
            async with client.get(f"{program.address}/health", timeout=PATIENCE):
                return
        except (aiohttp.ClientError, TimeoutError):
            await asyncio.sleep(0.02)


async def settled(path: Path, people: Iterable[int]) -> None:
    """Wait until everybody's reminder is noted: the claims of the dead run out first."""
    give_up = time.monotonic() + 3 * CLAIM_LASTS.total_seconds()
    while time.monotonic() < give_up:
        with sqlite3.connect(path) as database:
            sent = database.execute("SELECT count(*) FROM outbox WHERE state = 'sent'").fetchone()[0]
        database.close()
        if sent >= len(list(people)):
            return
        await asyncio.sleep(0.5)


if __name__ == "__main__":
    sys.exit(asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else KILLS)))
