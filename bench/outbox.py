"""python -m bench.outbox: 10,000 reminders due at once: how soon they are in the outbox, and how fast they leave.

They leave over the Telegram channel to a server of our own that speaks its words and keeps its
limit: it refuses what comes too fast with 429. All 10,000 take seven minutes at the true pace
(`--all`); without it the first minute is measured.
"""

import asyncio
import sys
import tempfile
import time
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app import App
from bot.channels import connect
from bot.channels.telegram import NAME
from bot.delivery import Delivery
from bot.settings import load
from db import migrate
from db.database import Database
from tests.bot.channels.fake_telegram import TOKEN, FakeTelegram
from tests.crowd import crowd, remind

DUE = 10_000
SOME = 1500
SATURDAY = datetime(2026, 11, 28, 15, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
# What Telegram's own FAQ calls the limit, and what we allow ourselves of it (bot/channels/telegram.py).
LIMIT = 30


async def main(count: int) -> int:
    """The exit code: 0 when the goals are met."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder)}/school.sqlite3")
        migrate.to(database.engine)
        people = crowd(database, DUE, NAME, SATURDAY - timedelta(days=1))
        remind(database, people, SATURDAY)
        now = partial(moving, time.monotonic())
        async with FakeTelegram(most_a_second=LIMIT) as telegram:
            telegram.join(people)
            settings = load(_env_file=None, channels=(NAME,), telegram_token=TOKEN, telegram_api_url=telegram.url)
            app = App(database, settings, now)
            channels = connect([NAME], app, settings, app.accounts)
            began = time.perf_counter()
            await app.tick()
            written = time.perf_counter() - began
            speed = await sent(app.delivery(channels), telegram, count)
        database.close()
    pace = channels[NAME].pace.per_second or 0
    print(f"{DUE:,} reminders due at once are in the outbox after {written:.2f} s (goal ≤ 1)")
    print(f"{count:,} of them sent at {speed / pace:.1%} of {pace:g} a second (goal ≥ 95 %)")
    print(f"refused by the server as too fast, more than {LIMIT} a second: {telegram.floods} (goal 0)")
    return 0 if written <= 1 and speed >= 0.95 * pace and telegram.floods == 0 else 1


async def sent(delivery: Delivery, telegram: FakeTelegram, count: int) -> float:
    """Messages a second, from the first to the last of these."""
    sending = asyncio.ensure_future(delivery.run())
    while not telegram.sent:
        await asyncio.sleep(0.001)
    began = time.perf_counter()
    while len(telegram.sent) < count:
        await asyncio.sleep(0.02)
    took = time.perf_counter() - began
    sending.cancel()
    await asyncio.wait([sending])
    return (count - 1) / took


def moving(began: float) -> datetime:
    """Saturday afternoon, and time passes."""
    return SATURDAY + timedelta(seconds=time.monotonic() - began)


if __name__ == "__main__":
    sys.exit(asyncio.run(main(DUE if "--all" in sys.argv else SOME)))
