"""Four delivery processes side by side: each row is claimed once."""

import asyncio
import time
from collections import Counter
from datetime import datetime, timedelta
from functools import partial
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest

from bot.app import App
from bot.channels import connect
from bot.channels.telegram import NAME
from bot.delivery import Delivery
from bot.settings import load
from db.database import Database
from tests.bot.channels.fake_telegram import TOKEN, FakeTelegram
from tests.conftest import WEDNESDAY
from tests.crowd import crowd, nudge, states
from tests.processes import PROCESSES
from tests.talk import PLACE

pytestmark = pytest.mark.both_databases

PEOPLE, SENDERS = 24, 4


def moving(started: float) -> datetime:
    """Wednesday evening, and time passes."""
    return WEDNESDAY + timedelta(seconds=time.time() - started)


def send(url: str, server: str, started: float) -> None:
    """A process that sends until it is killed."""
    database, now = Database(url), partial(moving, started)
    settings = load(_env_file=None, channels=("telegram",), telegram_token=TOKEN, telegram_api_url=server)
    app = App(database, settings, now)
    channels = connect([NAME], app, settings, app.accounts)
    asyncio.run(Delivery(database, channels, now, PLACE).run())


async def test_four_processes_send_each_message_once(database: Database) -> None:
    people = crowd(database, PEOPLE, NAME, WEDNESDAY)
    nudge(database, people, WEDNESDAY)
    url = database.engine.url.render_as_string(hide_password=False)
    async with FakeTelegram() as telegram:
        telegram.join(people)
        senders = [sender(url, telegram.url) for _ in range(SENDERS)]
        try:
            async with asyncio.timeout(60):
                while states(database) != {"sent": PEOPLE}:
                    await asyncio.sleep(0.05)
        finally:
            for process in senders:
                process.kill()
                process.join()
    assert Counter(message.chat for message in telegram.sent) == Counter(people)


def sender(url: str, server: str) -> ForkServerProcess:
    process = PROCESSES.Process(target=send, args=(url, server, time.time()))
    process.start()
    return process


def test_the_same_rows_claimed_by_four_at_once_are_shared_out(database: Database, tmp_path: Path) -> None:
    """Without a channel between: nothing but the claims, and all of them."""
    people = crowd(database, 400, NAME, WEDNESDAY)
    nudge(database, people, WEDNESDAY)
    url = database.engine.url.render_as_string(hide_password=False)
    files = [tmp_path / f"claimed-{number}" for number in range(SENDERS)]
    claimers = [PROCESSES.Process(target=claim_all, args=(url, file)) for file in files]
    for process in claimers:
        process.start()
    for process in claimers:
        process.join()
    claimed = [int(line) for file in files for line in file.read_text().split()]
    assert sorted(claimed) == list(range(1, 401))


def claim_all(url: str, file: Path) -> None:
    """Claim a few rows at a time until there are no more, and write down which."""
    database = Database(url)
    found: list[int] = []
    empty = 0
    while empty < 3:
        with database.transaction() as store:
            rows = store.claim(WEDNESDAY, 7, timedelta(hours=1), NAME)
        found += [row.id for row in rows]
        empty = 0 if rows else empty + 1
    file.write_text(" ".join(map(str, found)))
    database.close()
