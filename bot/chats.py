"""Events of many chats: each chat in order, chats side by side, each event once."""

import asyncio
import logging
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Generic, TypeVar

E = TypeVar("E")

# So many events are remembered, to know one that is delivered twice.
REMEMBERED = 10_000

log = logging.getLogger(__name__)


class Chats(Generic[E]):
    """Events of one chat in order, chats side by side, each event once as long as it is remembered."""

    def __init__(self, work: Callable[[E], Awaitable[None]]) -> None:
        self._work = work
        self._lines: dict[str, deque[tuple[E, asyncio.Future[None]]]] = {}
        self._known: OrderedDict[str, asyncio.Future[None]] = OrderedDict()
        self._tasks: asyncio.TaskGroup | None = None

    @property
    def open(self) -> bool:
        """Whether events are being served."""
        return self._tasks is not None

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[asyncio.TaskGroup]:
        """Serve meanwhile; at the end what is lined up is still answered, when cancelled it is not."""
        async with asyncio.TaskGroup() as tasks:
            self._tasks = tasks
            try:
                yield tasks
            finally:
                self._tasks = None

    def put(self, chat: str, event_id: str, event: E) -> "asyncio.Future[None]":
        """Line an event up; what comes back is done when it has been answered. The same event is the same future."""
        key = f"{chat} {event_id}"
        if key in self._known:
            return self._known[key]
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._known[key] = done
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        if chat in self._lines:
            self._lines[chat].append((event, done))
        else:
            assert self._tasks is not None
            self._lines[chat] = deque([(event, done)])
            self._tasks.create_task(self._serve(chat))
        return done

    async def answered(self, chat: str, event_id: str, event: E, within: float) -> bool:
        """Line an event up and wait until it is answered, at most `within` seconds; whether it was."""
        done, _waiting = await asyncio.wait([self.put(chat, event_id, event)], timeout=within)
        return bool(done)

    async def _serve(self, chat: str) -> None:
        line = self._lines[chat]
        while line:
            event, done = line.popleft()
            try:
                await self._work(event)
            except Exception as error:  # its message may hold what somebody wrote
                log.error("An event was not answered: %s.", type(error).__name__)
            done.set_result(None)
        del self._lines[chat]
