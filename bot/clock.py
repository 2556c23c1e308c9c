"""The clock: APScheduler ticks, and each tick calls what moves due rows on."""

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

    def __init__(self, tick: Callable[[], Awaitable[object]], nightly: Callable[[], Awaitable[object]]) -> None:
        self._tick = tick
        self._nightly = nightly
        self._scheduler: AsyncIOScheduler | None = None
        self._last: datetime | None = None

    def start(self, now: datetime) -> None:
        """Tick from now on, in the running event loop."""
        self._scheduler = AsyncIOScheduler(timezone=now.tzinfo)
        options = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler.add_job(self._tick_once, "interval", seconds=TICK.total_seconds(), next_run_time=now, **options)
        self._scheduler.add_job(self._nightly, "cron", hour=3, minute=10, **options)
        self._scheduler.start()

    def stop(self) -> None:
        """Tick no more."""
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
            self._scheduler = None

    def state(self, now: datetime) -> str:
        """ "ok", "late" when no tick has ended for a minute, "off" before it started."""
        if self._scheduler is None:
            return "off"
        return "ok" if self._last is not None and now - self._last < LATE else "late"

    async def _tick_once(self) -> None:
        await self._tick()
        assert self._scheduler is not None
        self._last = datetime.now(self._scheduler.timezone)  # noqa: TID251 - the clock may read the clock
