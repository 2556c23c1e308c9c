"""Web Push: a reminder reaches a browser whose page is closed."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.channels.web.push import Push
from tests.bot.channels.web.fake_push import FakeBrowser, FakePush
from tests.bot.channels.web.test_http import Server
from tests.bot.channels.web.test_http import server as server  # the fixture
from tests.talk import School


@pytest.fixture
async def service() -> AsyncIterator[FakePush]:
    async with FakePush() as made:
        yield made


async def subscribed(server: Server, service: FakePush, token: str) -> FakeBrowser:
    async with server.client.get("/api/chat/push") as response:
        browser = service.subscribe((await response.json())["key"])
    assert await subscribe(server, token, browser.subscription) == (200, {"ok": True})
    return browser


async def subscribe(server: Server, token: str, subscription: object) -> tuple[int, dict[str, object]]:
    return await server.post("/api/chat/push", {"subscription": subscription}, {"Authorization": f"Bearer {token}"})


async def reminded(server: Server, token: str) -> None:
    """A reminder on Saturday 19:00 is due."""
    for text in ("nhắc", "thứ Bảy", "19:00"):
        await server.say(token, {"text": text})
    server.school.now = server.school.now.replace(day=28, hour=19, minute=0)


async def test_a_reminder_reaches_a_closed_page_and_only_its_browser_can_read_it(
    server: Server, service: FakePush
) -> None:
    token = await server.pupil()
    browser = await subscribed(server, service, token)
    await reminded(server, token)
    await server.deliver()
    (message,) = browser.told
    assert message["title"] == "Học Vụ Số"
    assert message["body"] == "An ơi, tuần này em giúp ai chưa? 5 phút thôi cũng là một buổi."
    assert server.school.outbox() == [("sent", "")]


async def test_an_open_page_shows_the_letter_itself(server: Server, service: FakePush) -> None:
    token = await server.pupil()
    browser = await subscribed(server, service, token)
    await reminded(server, token)
    async with server.client.get("/api/chat/events", headers={"Authorization": f"Bearer {token}"}) as stream:
        await stream.content.readline()
        await server.deliver()
        async with asyncio.timeout(5):
            while b"An \xc6\xa1i" not in await stream.content.readline():
                pass
    assert browser.told == []


async def test_a_service_that_asks_for_patience_gets_it_and_the_letter_is_kept_once(
    server: Server, service: FakePush
) -> None:
    token = await server.pupil()
    browser = await subscribed(server, service, token)
    browser.faults = [(429, {"Retry-After": "90"}), (503, {})]
    await reminded(server, token)
    await server.deliver()
    server.school.wait(seconds=89)
    await server.deliver()
    assert len(browser.faults) == 1
    for _ in range(2):
        server.school.wait(seconds=60)
        await server.deliver()
    assert len(browser.told) == 1
    assert server.school.outbox() == [("sent", "")]
    with server.school.database.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM letter").scalar_one() == 1


@pytest.mark.parametrize("status", [404, 410])
async def test_a_browser_that_is_gone_is_forgotten(server: Server, service: FakePush, status: int) -> None:
    token = await server.pupil()
    gone, here = [await subscribed(server, service, token) for _ in range(2)]
    gone.faults = [(status, {})] * 5
    await reminded(server, token)
    await server.deliver()
    assert (len(gone.told), len(here.told)) == (0, 1)
    server.school.wait(days=7)
    await server.deliver()
    assert (len(gone.faults), len(here.told)) == (4, 2)


async def test_a_browser_belongs_to_whoever_used_it_last(server: Server, service: FakePush) -> None:
    an, binh = await server.pupil("An"), await server.pupil("Bình")
    browser = await subscribed(server, service, an)
    await subscribe(server, binh, browser.subscription)
    await reminded(server, an)
    await server.deliver()
    assert browser.told == []


async def test_the_key_is_made_once_and_survives_a_restart(server: Server, school: School) -> None:
    def again() -> Push:
        return Push(server.app, "https://hocvuso.example.vn", ["127.0.0.1"])

    first, second = await asyncio.gather(again().key(), again().key())
    assert first == second == await again().key()
    assert len(first) == 87


@pytest.mark.parametrize(
    "change",
    [
        {"endpoint": "https://evil.example/push"},
        {"endpoint": "http://fcm.googleapis.com/x"},
        {"endpoint": "https://fcm.googleapis.com.evil.example/x"},
        {"endpoint": "https://a@127.0.0.1/x"},
        {"endpoint": "https://[/x"},
        {"endpoint": 7},
        {"keys": {}},
        {"keys": {"p256dh": "short", "auth": "short"}},
        {"keys": "none"},
    ],
)
async def test_no_machine_but_a_push_service_is_ever_called(
    server: Server, service: FakePush, change: dict[str, Any]
) -> None:
    token = await server.pupil()
    subscription = service.subscribe("x").subscription | change
    status, answer = await subscribe(server, token, subscription)
    assert (status, answer["error"]) == (400, "wrong_subscription")


async def test_a_stranger_subscribes_to_nothing(server: Server, service: FakePush) -> None:
    assert (await subscribe(server, "nobody", service.subscribe("x").subscription))[0] == 401


async def test_the_worker_is_served_where_it_may_rule_the_page(server: Server) -> None:
    async with server.client.get("/sw.js") as response:
        assert (response.status, response.content_type.endswith("/javascript")) == (200, True)
        assert "showNotification" in await response.text()
