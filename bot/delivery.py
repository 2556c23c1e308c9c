"""The sender of the outbox: claims rows, sends them by their channel, and settles them."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import partial
from random import Random, SystemRandom

from bot import turns
from bot.port import Channel, Later, Refused, Reply, Shut, Stopped, Who
from bot.rules import pacing, retrying
from db.database import Database
from db.store import Sending, Store

logger = logging.getLogger("bot.delivery")
BATCH = 25
IDLE = 1.0
BREATH = 0.2

Claimed = tuple[Sending, Reply]


class Delivery:
    """Claimed exactly once, delivered at least once.

    A crash between a channel's yes and our own note repeats one message at most per row in flight;
    the web chat repeats none, because a letter's key exists once. Each channel is a lane of its own:
    a slow one holds up no other. Rows of channels that do not run here wait for a process that runs them.
    """

    def __init__(
        self,
        database: Database,
        channels: Mapping[str, Channel],
        now: Callable[[], datetime],
        place: turns.Place,
        chance: Random | None = None,
    ) -> None:
        self._database = database
        self._now = now
        self._place = place
        self._chance = chance or SystemRandom()
        self._lanes = [_Lane(channel) for channel in channels.values()]

    async def run(self) -> None:
        """Send until cancelled."""
        async with asyncio.TaskGroup() as group:
            for lane in self._lanes:
                group.create_task(self._keep_sending(lane))

    async def round(self) -> int:
        """Claim some rows on every channel and send them, channels side by side; how many were claimed."""
        async with asyncio.TaskGroup() as group:
            rounds = [group.create_task(self._round(lane)) for lane in self._lanes]
        return sum(one.result() for one in rounds)

    async def _round(self, lane: "_Lane") -> int:
        claimed = await self._claim(lane)
        async with asyncio.TaskGroup() as group:
            for sending, reply in claimed:
                group.create_task(self._send(lane, sending, reply))
        return len(claimed)

    async def _keep_sending(self, lane: "_Lane") -> None:
        async with asyncio.TaskGroup() as group:
            while True:
                claimed: list[Claimed] = []
                try:
                    await lane.has_room()
                    claimed = await self._claim(lane)
                except Exception as error:  # the database is away: the rows wait, and so do we
                    logger.error("Nothing could be claimed for %s: %s", lane.name, type(error).__name__)
                for sending, reply in claimed:
                    group.create_task(self._send_safely(lane, sending, reply))
                await asyncio.sleep(BREATH if claimed else IDLE)

    async def _claim(self, lane: "_Lane") -> list[Claimed]:
        claim = partial(turns.claim, now=self._now(), limit=BATCH, place=self._place, channel=lane.name)
        return await self._database.run(claim)

    async def _send_safely(self, lane: "_Lane", sending: Sending, reply: Reply) -> None:
        try:
            await self._send(lane, sending, reply)
        except Exception as error:  # the database is away: the claim runs out, and the row is tried again
            logger.error("Row %s could not be settled: %s", sending.id, type(error).__name__)

    async def _send(self, lane: "_Lane", sending: Sending, reply: Reply) -> None:
        async with lane.turn(sending.address):
            rest = await self._wait_for_moment(lane)
            if rest is not None:
                await self._database.run(lambda store: store.give_back(sending, rest))
                return
            if self._now() >= sending.until:
                return  # we came too late: by now the row may be somebody else's
            try:
                await lane.channel.send(Who(sending.channel, sending.address), sending.key, reply)
            except Stopped:
                await self._stopped(sending)
            except Later as later:
                await self._later(lane, sending, later)
            except Shut as shut:
                await self._elsewhere(lane, sending, reply, str(shut))
            except Refused as refused:
                await self._settle(sending, "failed", str(refused))
            except Exception as error:
                await self._again(sending, None, type(error).__name__)
            else:
                await self._settle(sending, "sent", "")

    async def _wait_for_moment(self, lane: "_Lane") -> datetime | None:
        """Wait for a moment of the line that all processes share; until when it rests, where it does."""
        if lane.pace.per_second is None:
            return None
        step = timedelta(seconds=1 / lane.pace.per_second)
        for _ in range(pacing.MOST_BOOKINGS):
            now = self._now()
            book = partial(Store.book, channel=lane.name, now=now, step=step, until=now + pacing.AHEAD)
            moment = await self._database.run(book)
            if pacing.is_at_rest(moment, now):
                return moment
            await _sleep(moment - self._now())
            if not pacing.is_lost(moment, self._now()):
                break
        return None

    async def _later(self, lane: "_Lane", sending: Sending, later: Later) -> None:
        if later.everyone:
            until = self._now() + later.after
            await self._database.run(lambda store: store.take_line(lane.name, until))
        await self._again(sending, later.after, str(later))

    async def _elsewhere(self, lane: "_Lane", sending: Sending, reply: Reply, reason: str) -> None:
        """Nothing more at this address for now: another address of the same person may do."""
        others = await self._database.run(lambda store: store.elsewhere(sending.person_id, sending.who_id or 0))
        here = {other.name: other.channel for other in self._lanes}
        wait: timedelta | None = None
        for name, address in others:
            if name not in here:
                continue
            try:
                await here[name].send(Who(name, address), sending.key, reply)
            except (Stopped, Later, Refused) as failure:
                wait = failure.after if isinstance(failure, Later) else wait
                reason = f"{reason}; {name}: {failure}"
            else:
                return await self._settle(sending, "sent", f"through {name}: {reason}")
        if wait is not None:
            return await self._again(sending, wait, reason)
        return await self._settle(sending, "failed", reason)

    async def _again(self, sending: Sending, asked: timedelta | None, reason: str) -> None:
        wait = retrying.wait(sending.attempts, self._chance.random(), asked)
        if wait is None:
            await self._settle(sending, "failed", reason)
            return
        until = self._now() + wait
        await self._database.run(lambda store: store.postpone(sending, until, reason))

    async def _stopped(self, sending: Sending) -> None:
        now = self._now()
        await self._database.run(lambda store: store.stopped(sending.who_id or 0, now))
        await self._settle(sending, "stopped", "the person blocked us there")

    async def _settle(self, sending: Sending, state: str, reason: str) -> None:
        now = self._now()
        await self._database.run(lambda store: store.settle(sending, state, now, reason))


class _Lane:
    """A channel's sendings: so many at once, and to one person not faster than the channel likes."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self.name = channel.name
        self.pace = channel.pace
        self._free = asyncio.Semaphore(channel.pace.at_once)
        self._told: dict[str, float] = {}

    async def has_room(self) -> None:
        """Wait until another sending may begin."""
        async with self._free:
            return

    @asynccontextmanager
    async def turn(self, address: str) -> AsyncIterator[None]:
        """The turn of one sending: it waits for a free place, and for the last one to the same person."""
        clock = asyncio.get_running_loop().time
        async with self._free:
            since = self._told.get(address)
            if since is not None:
                await _sleep(timedelta(seconds=since - clock()) + self.pace.to_one)
            try:
                yield
            finally:
                self._note(address, clock())

    def _note(self, address: str, now: float) -> None:
        """Remember only who was told so lately that it matters."""
        if self.pace.to_one:
            old = now - self.pace.to_one.total_seconds()
            self._told = {who: at for who, at in self._told.items() if at > old}
            self._told[address] = now


async def _sleep(span: timedelta) -> None:
    if span > timedelta(0):
        await asyncio.sleep(span.total_seconds())
