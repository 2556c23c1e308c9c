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


async def test_the_program_serves_a_bot_that_was_added_from_the_shell(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    async with FakeZaloBot() as zalo:
        zalo.local = f"http://127.0.0.1:{port}"
        environment = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{tmp_path}/school.sqlite3",
            "PYTHONPATH": str(ROOT),
            "PYTHONIOENCODING": "utf-8",
            "CHANNELS": "web,zalo_bot",
            "PORT": str(port),
            "PUBLIC_URL": PUBLIC,
            "ZALO_BOT_API_URL": zalo.url,
        }

        async def bot(*words: str) -> asyncio.subprocess.Process:
            pipe = asyncio.subprocess.PIPE
            command = (sys.executable, "-m", "bot", *words)
            return await asyncio.create_subprocess_exec(
                *command, cwd=tmp_path, env=environment, stdin=pipe, stdout=pipe, stderr=asyncio.subprocess.STDOUT
            )

        added = await bot("channels", "add", "--name", "7a")
        assert b"7a" in (await added.communicate(TOKEN.encode() + b"\n"))[0]
        running = await bot("run")
        async with asyncio.timeout(60):
            while not zalo.bots[TOKEN].hook:
                await asyncio.sleep(0.05)
        assert zalo.bots[TOKEN].hook == f"{PUBLIC}/hooks/zalo_bot/7a"
        assert await zalo.happens(zalo.event("a" * 20, "text", {"text": "xin chào"})) == 200
        assert zalo.sent[0].text.startswith("Chào bạn! Mình là Học Vụ Số")
        checked = await bot("channels", "check")
        told = (await checked.communicate())[0].decode()
        assert "7a · zalo_bot · chưa gắn lớp · 1/50 người · 2/3000 tin tháng này · bot.4459123 · webhook đúng" in told
        running.terminate()
        told += (await running.communicate())[0].decode()
        assert TOKEN.partition(":")[2] not in told
