"""python -m bench.kills [N]: kill the real program N times under load; nothing acknowledged is lost or doubled.

Pupils log over HTTP, each message under a key of its own and sent again under the same key until it
is answered, as the page does. At the end every acknowledged log must be in the database, once.
"""

import asyncio
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp

from bench.turns import SAVE, SENTENCES, prepared

PUPILS = 12
KILLS = 40
PATIENCE = aiohttp.ClientTimeout(total=5)


class Program:
    """The program on one database and port, killed and started again."""

    def __init__(self, path: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self._settings = {"DATABASE_URL": f"sqlite:///{path}", "PORT": str(port), "DEMO": "false"}
        self._process = self._started()

    def _started(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "bot", "run"]
        return subprocess.Popen(command, env={**os.environ, **self._settings}, stdout=subprocess.DEVNULL)

    def kill(self) -> None:
        """SIGKILL, and a new start."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        self._process = self._started()

    def end(self) -> None:
        self._process.terminate()
        self._process.wait()


class Pupil:
    """Logs until told to stop, and counts what was acknowledged."""

    def __init__(self, number: int, client: aiohttp.ClientSession, address: str) -> None:
        self.number = number
        self.acknowledged = 0
        self._client = client
        self._address = address
        self._token = ""
        self._keys = count()

    async def log(self, enough: asyncio.Event) -> None:
        started = await self._post("start", {"join": "PUPIL7A"})
        self._token = str(started["token"])
        for body in ({"text": f"Bạn {self.number}"}, {"choice": "agree:child"}, {"choice": "agree:guardian"}):
            await self._post("say", body)
        while not enough.is_set():
            shown = await self._post("say", {"text": random.choice(SENTENCES)})
            choices = {choice["label"]: choice["value"] for choice in shown["replies"][-1]["choices"]}
            saved = await self._post("say", {"choice": choices[SAVE]})
            assert "Đã ghi" in saved["replies"][0]["text"], saved
            self.acknowledged += 1

    async def _post(self, what: str, body: dict[str, str]) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self._token}", "Idempotency-Key": f"key-{next(self._keys)}"}
        while True:
            try:
                address = f"{self._address}/api/chat/{what}"
                async with self._client.post(address, json=body, headers=headers, timeout=PATIENCE) as response:
                    answer: dict[str, Any] = await response.json()
                    assert response.status < 500, answer
                    return answer
            except (aiohttp.ClientError, TimeoutError):
                await asyncio.sleep(0.05)


async def main(kills: int) -> int:
    """The exit code: 0 when as many logs are saved as were acknowledged."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "school.sqlite3"
        prepared(path).close()
        program, enough = Program(path), asyncio.Event()
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as client:
            pupils = [Pupil(number, client, program.address) for number in range(PUPILS)]
            async with asyncio.TaskGroup() as group:
                for pupil in pupils:
                    group.create_task(pupil.log(enough))
                for _ in range(kills):
                    await asyncio.sleep(random.uniform(1.2, 2.2))
                    program.kill()
                enough.set()
        program.end()
        acknowledged = sum(pupil.acknowledged for pupil in pupils)
        saved = sqlite3.connect(path).execute("SELECT count(*) FROM log").fetchone()[0]
        print(f"{kills} kills: {acknowledged} logs acknowledged, {saved} saved")
        return 0 if acknowledged == saved else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else KILLS)))
