"""Each chat in order, chats side by side, each event once."""

import asyncio

import pytest

from bot.chats import Chats


class Work:
    """Takes note of events; the chats in `held` wait."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.held: dict[str, asyncio.Event] = {}

    async def __call__(self, event: str) -> None:
        if event in self.held:
            await self.held[event].wait()
        if event == "broken":
            raise LookupError("somebody's words")
        self.done.append(event)


async def test_a_chat_keeps_its_order_and_holds_up_no_other() -> None:
    work = Work()
    chats: Chats[str] = Chats(work)
    work.held["a1"] = asyncio.Event()
    async with chats.serving():
        for chat, event in (("a", "a1"), ("a", "a2"), ("b", "b1")):
            last = chats.put(chat, event, event)
        await last
        assert work.done == ["b1"]
        work.held["a1"].set()
    assert work.done == ["b1", "a1", "a2"]


async def test_an_event_that_comes_twice_is_answered_once_and_both_are_told() -> None:
    work = Work()
    chats: Chats[str] = Chats(work)
    work.held["a1"] = asyncio.Event()
    async with chats.serving():
        assert not await chats.answered("a", "1", "a1", within=0.01)
        work.held["a1"].set()
        assert await chats.answered("a", "1", "a1", within=60)
        assert await chats.answered("a", "1", "a1", within=60)
    assert work.done == ["a1"]


async def test_what_breaks_is_logged_by_its_kind_and_the_next_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    work = Work()
    chats: Chats[str] = Chats(work)
    async with chats.serving():
        chats.put("a", "1", "broken")
        await chats.put("a", "2", "fine")
    assert work.done == ["fine"]
    assert "LookupError" in caplog.text
    assert "somebody's words" not in caplog.text


async def test_who_does_not_serve_is_not_open() -> None:
    chats: Chats[str] = Chats(Work())
    assert not chats.open
    async with chats.serving():
        assert chats.open
    assert not chats.open
