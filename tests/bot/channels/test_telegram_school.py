"""A pupil on Telegram, with the whole program behind either library and a strict server before it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from bot.app import App
from bot.settings import load
from handlers import ROUTES
from tests.bot.channels.fake_telegram import TOKEN, FakeTelegram, Sent
from tests.talk import School

AN = 11


@pytest.fixture(params=["python-telegram-bot", "aiogram"])
async def telegram(request: pytest.FixtureRequest, school: School) -> AsyncIterator[FakeTelegram]:
    """The server, with the program running against it."""
    async with FakeTelegram() as server:
        settings = load(
            _env_file=None,
            channels="telegram",
            telegram_library=request.param,
            telegram_token=TOKEN,
            telegram_api_url=server.url,
        )
        running = asyncio.ensure_future(App(school.database, settings, now=lambda: school.now).run())
        yield server
        running.cancel()
        await asyncio.wait([running])


async def press(telegram: FakeTelegram, label: str) -> None:
    """Press a button of the last message that has it."""
    values = [
        value for sent in reversed(telegram.sent) for row in sent.buttons for found, value in row if found == label
    ]
    telegram.presses(AN, values[0])


async def answer(telegram: FakeTelegram, count: int) -> list[Sent]:
    """What the bot has said, once it has said this many messages."""
    return await telegram.sends(count)


async def test_a_pupil_joins_by_link_logs_and_is_reminded(telegram: FakeTelegram, school: School) -> None:
    telegram.says(AN, "/start PUPIL7A")
    await answer(telegram, 1)
    telegram.says(AN, "Bống")
    await answer(telegram, 2)
    await press(telegram, "Em đồng ý")
    await answer(telegram, 4)
    await press(telegram, "Tôi là phụ huynh, tôi đồng ý")
    await answer(telegram, 6)
    telegram.says(AN, "hnay e chỉ bà ngoại gọi vd zalo 20p, bà tự làm đc r")
    sent = await answer(telegram, 7)
    assert "bà ngoại · gọi video Zalo · 20 phút · tự làm được" in sent[-1].text
    await press(telegram, "Đúng, ghi lại")
    sent = await answer(telegram, 8)
    assert "Đã ghi ✅" in sent[-1].text
    school.wait(days=5)
    telegram.says(AN, "/nhac@HocVuSoBot")
    await answer(telegram, 9)
    await press(telegram, "Thứ Bảy")
    await telegram.until(lambda: "mấy giờ" in telegram.sent[-1].text)
    assert len(telegram.sent) == 9, "a menu takes the place of the menu before"
    telegram.says(AN, "15:00")
    await answer(telegram, 11)
    school.now = datetime(2026, 12, 5, 15, 0, tzinfo=school.now.tzinfo)
    sent = await answer(telegram, 12)
    assert "Bống ơi, tuần này em giúp ai chưa?" in sent[-1].text


async def test_the_menu_of_commands_holds_what_everybody_may_use(telegram: FakeTelegram) -> None:
    telegram.says(AN, "/start")
    await telegram.until(lambda: len(telegram.commands) == 2)
    vietnamese, english = (dict(telegram.commands[language]) for language in ("", "en"))
    assert vietnamese["giup"] == "Ghi một buổi giúp"
    assert english["log"] == "Log a session"
    assert "dulieu" in vietnamese
    assert "duyet" not in vietnamese, "what only teachers may do is in their help"
    assert set(vietnamese) | set(english) <= {name.removeprefix("/") for name in ROUTES.names("command")}
