"""The clock: APScheduler ticks, and each tick calls what moves due rows on."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

TICK = timedelta(seconds=2)
LATE = timedelta(seconds=60)


class Clock:
    """APScheduler as a mere ticker: what is due and when stands in the database, not in its job store.

    A tick that is still running when the next one comes is not started twice, and ticks missed while
    the machine slept are one tick.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        tick: Callable[[], Awaitable[object]],
        nightly: Callable[[], Awaitable[object]],
    ) -> None:
        self._now = now
        self._tick = tick
        self._nightly = nightly
        self._scheduler: AsyncIOScheduler | None = None
        self._last = now()

    def start(self) -> None:
        """Tick from now on, in the running event loop."""
        self._scheduler = AsyncIOScheduler(timezone=self._now().tzinfo)
        options = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler.add_job(self._tick_once, "interval", seconds=TICK.total_seconds(), **options)
        self._scheduler.add_job(self._tick_once, misfire_grace_time=None)  # now: what fell due while we were away
        self._scheduler.add_job(self._nightly, "cron", hour=3, minute=10, **options)
        self._scheduler.start()

    def stop(self) -> None:
        """Tick no more."""
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
            self._scheduler = None

    def state(self) -> str:
        """ "ok", "late" when no tick has ended for a minute, "off" before it started."""
        if self._scheduler is None:
            return "off"
        return "ok" if self._now() - self._last < LATE else "late"

    async def _tick_once(self) -> None:
        try:
            await self._tick()
        except (Exception, asyncio.CancelledError):
            if self._scheduler is None:
                return  # stopped meanwhile, the database with it: what is due stays due
            raise
        self._last = self._now()
