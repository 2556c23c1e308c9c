"""Channels by their names, as the settings give them."""

import asyncio
import os
import socket
import sys
from pathlib import Path

from aiohttp.web import AppRunner

from bot.app import App
from bot.channels import connect
from bot.channels.web import Web
from bot.settings import load
from tests.bot.channels.fake_zalo_bot import PUBLIC, TOKEN, FakeZaloBot
from tests.bot.test_main import bot
from tests.talk import School

ROOT = Path(__file__).parents[3]


async def test_messengers_that_call_us_are_reached_through_the_web_server(school: School) -> None:
    settings = load(
        _env_file=None,
        channels="web,zalo_bot,zalo_oa",
        public_url=PUBLIC,
        zalo_oa_app_id="1",
        zalo_oa_app_secret="secret-of-the-app",
        zalo_oa_hook_secret="secret-of-the-hook",
    )
    app = App(school.database, settings, now=lambda: school.now)
    channels = connect(settings.channels, app, settings, app.accounts)
    web = channels["web"]
    assert isinstance(web, Web)
    assert list(web.hooked) == ["zalo_bot", "zalo_oa"]
    assert "secret-of" not in f"{settings!r}{vars(channels['zalo_oa'])}"
    served = AppRunner(web.application())
    await served.setup()
    await served.cleanup()


async def test_in_production_the_program_serves_a_bot_added_from_the_shell_and_loads_nothing(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    async with FakeZaloBot() as zalo:
        zalo.local = f"http://127.0.0.1:{port}"
        settings = {
            "DATABASE_URL": f"sqlite:///{tmp_path}/school.sqlite3",
            "CHANNELS": "web,zalo_bot",
            "DEMO": "false",
            "PORT": str(port),
            "PUBLIC_URL": PUBLIC,
            "ZALO_BOT_API_URL": zalo.url,
        }
        added = await asyncio.to_thread(bot, tmp_path, "channels", "add", "--name", "7a", said=f"{TOKEN}\n")
        assert "7a" in added.output
        running = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"} | settings,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        async with asyncio.timeout(60):
            while not zalo.bots[TOKEN].hook:
                await asyncio.sleep(0.05)
        assert zalo.bots[TOKEN].hook == f"{PUBLIC}/hooks/zalo_bot/7a"
        assert await zalo.happens(zalo.event("a" * 20, "text", {"text": "xin chào"})) == 200
        assert zalo.sent[0].text.startswith("Chào bạn! Mình là Học Vụ Số")
        checked = await asyncio.to_thread(bot, tmp_path, "channels", "check", **settings)
        told = checked.output
        assert "7a · zalo_bot · chưa gắn lớp · 1/50 người · 2/3000 tin tháng này · bot.4459123 · webhook đúng" in told
        running.terminate()
        printed = (await running.communicate())[0].decode()
        assert printed.startswith("Học Vụ Số: http")
        assert printed.endswith("Tạm biệt!\n")
        assert "join=" not in printed
        assert TOKEN.partition(":")[2] not in told + printed
        demo = await asyncio.to_thread(bot, tmp_path, "summary", "--class", "7A-HOAMAI", "--week", "2026-W47")
        assert "7A-HOAMAI" in demo.stderr
