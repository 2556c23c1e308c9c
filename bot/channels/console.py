"""The conversation in a terminal: the same replies, choices as numbered lines."""

import asyncio
import os
import sys
from dataclasses import replace
from typing import TextIO

from bot.parts import written_out
from bot.port import Answer, Desk, Incoming, Media, Pace, Reply, Who
from bot.settings import Settings


class Console:
    """One person at one terminal, known by the account they are logged in with."""

    name = "console"
    pace = Pace()

    def __init__(self, desk: Desk, lines: TextIO | None = None, page: TextIO | None = None) -> None:
        self._desk = desk
        self._lines = lines or sys.stdin
        self._page = page or sys.stdout
        self._who = Who(self.name, os.environ.get("USER", "me"))
        self._count = 0

    async def open(self) -> None:
        """A terminal is always there."""

    async def run(self, join: str = "") -> None:
        """Read lines until they end."""
        await self._hear(Incoming(self._who, self._event(), join=join))
        while line := await asyncio.to_thread(self._lines.readline):
            if line.strip():
                await self._hear(Incoming(self._who, self._event(), text=line.strip()))

    async def send(self, who: Who, key: str, reply: Reply) -> None:
        """Print what is said unasked."""
        await self._show(reply)

    async def _hear(self, said: Incoming) -> None:
        answer: Answer = await self._desk.handle(said)
        for reply in answer.replies:
            await self._show(reply)

    async def _show(self, reply: Reply) -> None:
        """A terminal shows no pictures and plays no voices: it says what they mean and where they are."""
        shown = [await self._where(media, reply.text) for media in reply.media]
        words = "\n".join(filter(None, [reply.text, *shown]))
        print(written_out(replace(reply, text=words)) + "\n", file=self._page, flush=True)

    async def _where(self, media: Media, said: str) -> str:
        name = media.name()
        file = await self._desk.file(name) if name else media.url
        meant = "" if media.alt in said else media.alt
        return ": ".join(filter(None, [meant, str(file or "")]))

    def _event(self) -> str:
        """A terminal sends no ids, and nothing twice."""
        self._count += 1
        return f"{os.getpid()}-{id(self)}-{self._count}"


def connect(desk: Desk, settings: Settings) -> Console:
    """The console of this terminal."""
    return Console(desk)
