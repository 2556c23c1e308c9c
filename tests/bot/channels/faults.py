"""How a server misbehaves on demand: what every fake of a messenger's server shares."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web


@dataclass(frozen=True)
class Fault:
    """What to answer instead: an error, a proxy's page, nothing, or nothing after having done it."""

    status: int = 0
    description: str = ""
    retry_after: int | None = None
    page: bool = False
    hang: bool = False
    done: bool = False
    drop: bool = False


BAD_GATEWAY = Fault(502, "<html><h1>502 Bad Gateway</h1></html>", page=True)
GATEWAY_TIMEOUT = Fault(504, "<html><h1>504 Gateway Timeout</h1></html>", page=True)
HANG = Fault(hang=True)
SILENT = Fault(hang=True, done=True)
DROP = Fault(drop=True)


class Refusal(Exception):
    """The platform says no, in its own words."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.retry_after = retry_after
        self.description = description


class Loopback:
    """A server on loopback with scripted faults; a subclass has `routes` and speaks for one platform."""

    def __init__(self) -> None:
        self.failed: list[Fault] = []
        self._faults: list[tuple[str, Fault | None]] = []
        self._closing = False
        self._changed = asyncio.Event()

    async def serve(self, app: web.Application) -> str:
        """Begin; the address."""
        # The server's own log would show every address, token and all.
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def close(self) -> None:
        """End, whoever is still waiting."""
        self._closing = True
        self.notify()
        await self._runner.cleanup()

    def fails(self, method: str, *faults: Fault | None) -> None:
        """The next calls of this method fail so, one fault each; None lets one call through."""
        self._faults += [(method, fault) for fault in faults]

    def notify(self) -> None:
        """Something happened: wake whoever waits."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait until it is so."""
        async with asyncio.timeout(20):
            while not true():
                await self._changed.wait()

    def planned(self, method: str) -> Fault | None:
        """The fault that is next for this method, taken off the plan."""
        for planned in self._faults:
            if planned[0] == method:
                self._faults.remove(planned)
                return planned[1]
        return None

    async def misbehave(
        self, request: web.Request, fault: Fault, act: Callable[[], Awaitable[object]]
    ) -> web.Response | None:
        """Do as the fault says; None: answer with its status and description, in the platform's form."""
        if fault.done:
            await act()
        self.failed.append(fault)
        self.notify()
        if fault.hang:
            while not self._closing:
                await self._changed.wait()
        if fault.drop and request.transport is not None:
            request.transport.abort()
        if fault.page:
            return web.Response(status=fault.status, text=fault.description, content_type="text/html")
        return None
