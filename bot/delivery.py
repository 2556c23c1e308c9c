"""The sender of the outbox: claims rows, sends them by their channel, and settles them."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial

from bot import turns
from bot.port import Channel, Later, Refused, Reply, Shut, Stopped, Who
from db.database import Database
from db.store import Sending

logger = logging.getLogger("bot.delivery")
BATCH = 20
IDLE = 1.0
MOST_TRIES = 6
FIRST_WAIT = timedelta(seconds=30)


class Delivery:
    """Claimed exactly once, delivered at least once.

    A crash between a channel's yes and our own note repeats one message at most per row in flight;
    the web chat repeats none, because a letter's key exists once.
    """

    def __init__(
        self, database: Database, channels: Mapping[str, Channel], now: Callable[[], datetime], place: turns.Place
    ) -> None:
        self._database = database
        self._channels = channels
        self._now = now
        self._place = place

    async def run(self) -> None:
        """Send until cancelled."""
        while True:
            try:
                sent = await self.round()
            except Exception as error:  # the database is away: the rows wait, and so do we
                logger.error("Nothing could be sent: %s", type(error).__name__)
                sent = 0
            if not sent:
                await asyncio.sleep(IDLE)

    async def round(self) -> int:
        """Claim some rows and send them, channels side by side; how many were claimed."""
        work = partial(turns.claim, now=self._now(), limit=BATCH, place=self._place)
        claimed = await self._database.run(work)
        by_channel: dict[str, list[tuple[Sending, Reply]]] = {}
        for sending, reply in claimed:
            by_channel.setdefault(sending.channel, []).append((sending, reply))
        async with asyncio.TaskGroup() as group:
            for rows in by_channel.values():
                group.create_task(self._send_all(rows))
        return len(claimed)

    async def _send_all(self, rows: list[tuple[Sending, Reply]]) -> None:
        for sending, reply in rows:
            await self._send(sending, reply)

    async def _send(self, sending: Sending, reply: Reply) -> None:
        channel = self._channels.get(sending.channel)
        if channel is None:
            await self._settle(sending, "failed", f"the channel {sending.channel} is not running")
            return
        try:
            await channel.send(Who(sending.channel, sending.address), sending.key, reply)
        except Stopped:
            await self._stopped(sending)
        except Later as later:
            await self._again(sending, later.after, "the channel asked to wait")
        except Shut as shut:
            await self._elsewhere(sending, reply, str(shut))
        except Refused as refused:
            await self._settle(sending, "failed", str(refused))
        except Exception as error:
            await self._again(sending, FIRST_WAIT * 2**sending.attempts, type(error).__name__)
        else:
            await self._settle(sending, "sent", "")

    async def _elsewhere(self, sending: Sending, reply: Reply, reason: str) -> None:
        """Nothing more at this address for now: another address of the same person may do."""
        others = await self._database.run(lambda store: store.elsewhere(sending.person_id, sending.who_id or 0))
        wait: timedelta | None = None
        for name, address in others:
            channel = self._channels.get(name)
            if channel is None:
                continue
            try:
                await channel.send(Who(name, address), sending.key, reply)
            except (Stopped, Later, Refused) as failure:
                wait = failure.after if isinstance(failure, Later) else wait
                reason = f"{reason}; {name}: {failure}"
            else:
                return await self._settle(sending, "sent", f"through {name}: {reason}")
        if wait is not None:
            return await self._again(sending, wait, reason)
        return await self._settle(sending, "failed", reason)

    async def _again(self, sending: Sending, wait: timedelta, reason: str) -> None:
        if sending.attempts >= MOST_TRIES:
            await self._settle(sending, "failed", reason)
            return
        until = self._now() + wait
        await self._database.run(lambda store: store.postpone(sending.id, until, reason))

    async def _stopped(self, sending: Sending) -> None:
        now = self._now()
        await self._database.run(lambda store: store.stopped(sending.who_id or 0, now))
        await self._settle(sending, "stopped", "the person blocked us there")

    async def _settle(self, sending: Sending, state: str, reason: str) -> None:
        now = self._now()
        await self._database.run(lambda store: store.settle(sending.id, state, now, reason))
