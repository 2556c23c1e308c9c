"""The clock."""

import asyncio
from datetime import datetime, timedelta

from bot.clock import Clock
from tests.conftest import WEDNESDAY


class Hours:
    """A time that a test may move, and a tick that counts."""

    def __init__(self) -> None:
        self.now = WEDNESDAY
        self.ticked = asyncio.Event()

    def time(self) -> datetime:
        return self.now

    async def tick(self) -> None:
        self.ticked.set()


async def test_the_clock_ticks_and_says_how_it_is() -> None:
    hours = Hours()
    clock = Clock(hours.time, hours.tick, hours.tick)
    assert clock.state() == "off"
    clock.start()
    try:
        async with asyncio.timeout(10):
            await hours.ticked.wait()
        assert clock.state() == "ok"
        hours.now += timedelta(minutes=2)
        assert clock.state() == "late"
    finally:
        clock.stop()
    assert clock.state() == "off"
