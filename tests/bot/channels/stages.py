"""Every channel as a stage: the real program behind it, people before it, and one way to tell what they see."""

import asyncio
import io
import json
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any, TextIO

import aiohttp
from aiohttp import web
from pydantic import SecretStr

from bot.app import App
from bot.channels.console import Console
from bot.channels.telegram import TelegramSettings
from bot.channels.web import Web
from bot.channels.zalo_bot import ZaloBot, ZaloBotSettings
from bot.channels.zalo_oa import PRESSED, ZaloOa, ZaloOaSettings
from bot.port import Channel, Hooked, Later, Refused, Reply, Shut, Who
from bot.settings import load
from db.models import Account
from tests.bot.channels import fake_telegram, fake_zalo_bot, fake_zalo_oa
from tests.bot.channels.fake_telegram import FakeTelegram
from tests.bot.channels.fake_zalo_bot import FakeZaloBot
from tests.bot.channels.fake_zalo_oa import FakeZaloOa
from tests.bot.channels.faults import BAD_GATEWAY, DROP, GATEWAY_TIMEOUT, SILENT, Fault
from tests.talk import School

PATIENCE = 2.0  # seconds; less and a busy machine looks like a broken line
PEOPLE = {"An": 11, "Bình": 22}


@dataclass(frozen=True)
class Seen:
    """One message as a person sees it; choices as (label, what is sent when it is chosen)."""

    text: str
    choices: tuple[tuple[str, str], ...] = ()
    file: str = ""


@dataclass(frozen=True)
class Failing:
    """How a sending fails: what the server does, what the channel makes of it, and whether it arrived."""

    fault: Fault
    failure: type[Exception]
    arrived: bool = False


class Stage:
    """A channel with the program behind it; people are called by name."""

    name = ""
    most_units = 10_000
    has_buttons = True
    patience = PATIENCE
    failing: Mapping[str, Failing] = MappingProxyType({})

    def __init__(self, school: School, media: Path) -> None:
        self.school = school
        self.media = media
        self.waited: list[float] = []
        self._running: list[asyncio.Future[None]] = []

    async def wait(self, seconds: float) -> None:
        """Time that passes at once."""
        self.waited.append(seconds)
        await asyncio.sleep(0)

    def settings(self) -> dict[str, Any]:
        return {"media_dir": self.media}

    async def begin(self) -> None:
        """Start the program."""
        self.app = App(self.school.database, load(_env_file=None, **self.settings()), now=lambda: self.school.now)
        self.channel = self.connect()
        await self.channel.open()
        self._running = [asyncio.ensure_future(self.channel.run())]

    async def end(self) -> None:
        """Kill it."""
        for running in self._running:
            running.cancel()
        _ended, stuck = await asyncio.wait(self._running, timeout=10)
        assert not stuck

    async def restart(self) -> None:
        """Kill it and start it again, on the same database."""
        await self.end()
        await self.begin()

    async def deliver(self) -> None:
        """The clock ticks, and the outbox is sent."""
        await self.app.tick()
        sender = self.app.delivery({self.name: self.channel})
        while await sender.round():
            pass

    def connect(self) -> Channel:
        raise NotImplementedError

    def who(self, person: str) -> Who:
        raise NotImplementedError

    async def says(self, person: str, text: str) -> object:
        """They write; what comes back names the event, for `again`."""
        raise NotImplementedError

    def writes(self, person: str, text: str) -> object:
        """They write, and it is under way: `again` lets it arrive. Only where a messenger calls us."""
        raise NotImplementedError

    async def is_hidden(self, person: str) -> None:
        """They write, and the messenger withholds their words. Only where one does."""
        raise NotImplementedError

    async def presses(self, person: str, value: str) -> object:
        """They press a button with this behind it."""
        raise NotImplementedError

    async def again(self, person: str, event: object) -> None:
        """The same event comes once more."""
        raise NotImplementedError

    async def shows(self, person: str) -> None:
        """They send a picture."""
        raise NotImplementedError

    def seen(self, person: str) -> list[Seen]:
        raise NotImplementedError

    def fails(self, fault: Fault) -> None:
        """The next sending fails so."""
        raise NotImplementedError

    def leaves(self, person: str) -> None:
        """They block us."""
        raise NotImplementedError

    async def chooses(self, person: str, label: str) -> object:
        """They choose from the last message that offers it: by its button, or by its number."""
        shown = await self.sees(person, label, offered=True)
        value = dict(shown.choices)[label]
        return await (self.presses(person, value) if self.has_buttons else self.says(person, value))

    async def sees(self, person: str, words: str, *, offered: bool = False) -> Seen:
        """Wait until they have seen these words, or may choose them; the last message with them."""
        async with asyncio.timeout(20):
            while True:
                for one in reversed(self.seen(person)):
                    if words in dict(one.choices) or (words in one.text and not offered):
                        return one
                await asyncio.sleep(0.002)

    async def learner(self, person: str = "An") -> None:
        """They say that they are a grandmother who wants to learn."""
        await self.says(person, "xin chào")
        await self.sees(person, "bạn là ai")
        await self.chooses(person, "Tôi muốn học")
        await self.sees(person, "Gọi thế nào")
        await self.chooses(person, "Bà")
        if self.name == "web":
            await self.sees(person, "cỡ chữ")
            await self.chooses(person, "Chữ to")
        await self.sees(person, "Bà muốn làm gì ạ?")

    async def pupil(self, person: str = "An") -> None:
        """They join class 7A."""
        await self.says(person, "xin chào")
        await self.sees(person, "bạn là ai")
        await self.chooses(person, "Em là học sinh")
        await self.sees(person, "nhập mã lớp")
        await self.says(person, "PUPIL7A")
        await self.sees(person, "Lớp 7A")
        await self.says(person, person)
        await self.sees(person, "đọc giúp mình")
        await self.chooses(person, "Em đồng ý")
        await self.sees(person, "Kính gửi phụ huynh")
        await self.chooses(person, "Tôi là phụ huynh, tôi đồng ý")
        await self.sees(person, "Cảm ơn phụ huynh")


def numbered(text: str) -> tuple[tuple[str, str], ...]:
    """The choices of a message that has them as numbered lines at its end."""
    found: list[tuple[str, str]] = []
    for line in text.splitlines():
        number, _dot, label = line.partition(". ")
        if number == str(len(found) + 1) and label:
            found.append((label, number))
    return tuple(found)


class TelegramStage(Stage):
    name = "telegram"
    most_units = 4096
    library = ""
    failing = MappingProxyType(
        {
            "401": Failing(Fault(401, "Unauthorized"), Refused),
            "408": Failing(Fault(408, "Request Timeout"), Refused),
            "429": Failing(fake_telegram.FLOOD, Later),
            "500": Failing(fake_telegram.BROKEN, Later),
            "502 page": Failing(BAD_GATEWAY, Later),
            "connection lost": Failing(DROP, Later),
            "timeout after acceptance": Failing(SILENT, Later, arrived=True),
        }
    )

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Stage"]:
        async with FakeTelegram() as self.server:
            await self.begin()
            try:
                yield self
            finally:
                await self.end()

    def connect(self) -> Channel:
        settings = TelegramSettings(fake_telegram.TOKEN, self.server.url, poll_seconds=5, timeout=self.patience)
        channel: Channel = import_module(f"bot.channels.{self.library}").connect(self.app, settings, wait=self.wait)
        return channel

    def who(self, person: str) -> Who:
        return Who(self.name, str(PEOPLE[person]))

    async def says(self, person: str, text: str) -> object:
        return self.server.says(PEOPLE[person], text)

    async def presses(self, person: str, value: str) -> object:
        return self.server.presses(PEOPLE[person], value)

    async def again(self, person: str, event: object) -> None:
        assert isinstance(event, int)
        await self.server.confirms_all()
        self.server.repeats(event)
        await self.server.confirms_all()

    async def shows(self, person: str) -> None:
        file = {"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}
        self.server.shows(PEOPLE[person], photo=[file])

    def seen(self, person: str) -> list[Seen]:
        mine = [sent for sent in self.server.sent if sent.chat == PEOPLE[person]]
        return [Seen(sent.text, tuple(key for row in sent.buttons for key in row), sent.file) for sent in mine]

    def fails(self, fault: Fault) -> None:
        self.server.fails("sendMessage", fault)

    def leaves(self, person: str) -> None:
        self.server.blocked.add(PEOPLE[person])


class PtbStage(TelegramStage):
    library = "telegram_ptb"


class AiogramStage(TelegramStage):
    library = "telegram_aiogram"


class WebServed(Stage):
    """A stage whose messenger calls our web server."""

    def connect(self) -> Channel:
        self.web = Web(self.app, "127.0.0.1", 0, secure=False)
        return self.web

    async def serve(self) -> str:
        """Begin serving; the address."""
        self.runner = web.AppRunner(self.web.application(), shutdown_timeout=0.1)
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{self.runner.addresses[0][1]}"


class HookStage(WebServed, TelegramStage):
    """Telegram calls our web server instead of being asked."""

    async def begin(self) -> None:
        await TelegramStage.begin(self)
        self.address = await self.serve()
        await self.server.until(lambda: bool(self.server.hook))

    async def end(self) -> None:
        await TelegramStage.end(self)
        await self.runner.cleanup()

    def connect(self) -> Channel:
        WebServed.connect(self)
        settings = TelegramSettings(
            fake_telegram.TOKEN,
            self.server.url,
            timeout=self.patience,
            hook_url=f"{fake_zalo_bot.PUBLIC}/hooks/telegram/bot",
        )
        channel: Channel = import_module(f"bot.channels.{self.library}").connect(self.app, settings, wait=self.wait)
        assert isinstance(channel, Hooked)
        self.web.hooked[self.name] = channel
        return channel

    async def _called(self, number: int) -> int:
        assert await self.server.calls(number, self.address) == 200
        return number

    def writes(self, person: str, text: str) -> object:
        return self.server.says(PEOPLE[person], text)

    async def says(self, person: str, text: str) -> object:
        return await self._called(self.server.says(PEOPLE[person], text))

    async def presses(self, person: str, value: str) -> object:
        return await self._called(self.server.presses(PEOPLE[person], value))

    async def again(self, person: str, event: object) -> None:
        assert isinstance(event, int)
        await self._called(event)

    async def shows(self, person: str) -> None:
        file = {"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}
        await self._called(self.server.shows(PEOPLE[person], photo=[file]))


class PtbHookStage(HookStage):
    library = "telegram_ptb"


class AiogramHookStage(HookStage):
    library = "telegram_aiogram"


class ZaloBotStage(WebServed):
    name = "zalo_bot"
    most_units = 2000
    has_buttons = False
    failing = MappingProxyType(
        {
            "401": Failing(Fault(401, "Unauthorized"), Refused),
            "408": Failing(fake_zalo_bot.TIMED_OUT, Refused),
            "429": Failing(fake_zalo_bot.QUOTA, Shut),
            "403": Failing(fake_zalo_bot.BROKEN, Later),
            "500": Failing(Fault(500, "Internal server error"), Later),
            "502 page": Failing(BAD_GATEWAY, Later),
            "504 page": Failing(GATEWAY_TIMEOUT, Refused),
            "connection lost": Failing(DROP, Refused),
            "timeout after acceptance": Failing(SILENT, Refused, arrived=True),
        }
    )

    def settings(self) -> dict[str, Any]:
        return {**super().settings(), "public_url": fake_zalo_bot.PUBLIC}

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Stage"]:
        with self.school.database.transaction() as store:
            self.account = store.add_account(
                Account(
                    channel=self.name,
                    name="7a",
                    number="4459123",
                    contact="cô Hạnh, 0900 000 111",
                    unit_id=self.school.room,
                    token=SecretStr(fake_zalo_bot.TOKEN),
                    signed_by=SecretStr("secret-of-the-hook"),
                )
            )
        async with FakeZaloBot() as self.server:
            await self.begin()
            try:
                yield self
            finally:
                await self.end()

    async def begin(self) -> None:
        await super().begin()
        self.server.local = await self.serve()
        await self.server.until(self.is_ready)

    def is_ready(self) -> bool:
        return bool(self.server.bots[fake_zalo_bot.TOKEN].hook)

    async def end(self) -> None:
        await super().end()
        await self.runner.cleanup()

    def connect(self) -> Channel:
        super().connect()
        settings = ZaloBotSettings(
            self.server.url, fake_zalo_bot.PUBLIC, timeout=self.patience, poll_seconds=1, stopped_codes=(490,)
        )
        channel = ZaloBot(self.app, self.app.accounts, settings, self.wait)
        self.web.hooked[self.name] = channel
        return channel

    def chat(self, person: str) -> str:
        return f"{PEOPLE[person]:020x}"

    def who(self, person: str) -> Who:
        return Who(self.name, f"{self.account}:{self.chat(person)}")

    def writes(self, person: str, text: str) -> object:
        return self.server.event(self.chat(person), "text", {"text": text})

    async def says(self, person: str, text: str) -> object:
        event = self.server.event(self.chat(person), "text", {"text": text})
        assert await self.server.happens(event) == 200
        return event

    async def is_hidden(self, person: str) -> None:
        assert await self.server.happens(self.server.event(self.chat(person), "unsupported")) == 200

    async def again(self, person: str, event: object) -> None:
        assert isinstance(event, dict)
        assert await self.server.happens(event) == 200

    async def shows(self, person: str) -> None:
        await self.server.happens(self.server.event(self.chat(person), "image", {"photo": "https://f.zalo.example/1"}))

    def seen(self, person: str) -> list[Seen]:
        mine = [sent for sent in self.server.sent if sent.chat == self.chat(person)]
        return [Seen(sent.text, numbered(sent.text), sent.file) for sent in mine]

    def fails(self, fault: Fault) -> None:
        self.server.fails("sendMessage", fault)

    def leaves(self, person: str) -> None:
        self.server.gone.add(self.chat(person))


class ZaloOaStage(WebServed):
    name = "zalo_oa"
    most_units = 2000
    failing = MappingProxyType(
        {
            "token ended": Failing(fake_zalo_oa.BAD_TOKEN, Later),
            "-32": Failing(fake_zalo_oa.TOO_FAST, Later),
            "-230": Failing(fake_zalo_oa.OUTSIDE, Shut),
            "-240": Failing(fake_zalo_oa.OLD_API, Refused),
            "502 page": Failing(BAD_GATEWAY, Later),
            "504 page": Failing(GATEWAY_TIMEOUT, Refused),
            "connection lost": Failing(DROP, Refused),
            "timeout after acceptance": Failing(SILENT, Refused, arrived=True),
        }
    )

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Stage"]:
        with self.school.database.transaction() as store:
            number = store.add_account(
                Account(
                    channel=self.name,
                    name="oa",
                    number=fake_zalo_oa.OA_ID,
                    token=SecretStr(""),
                    signed_by=SecretStr(""),
                )
            )
            store.renew(number, "", fake_zalo_oa.REFRESH, self.school.now, self.school.now)
        self.account = number
        async with FakeZaloOa() as self.server:
            await self.begin()
            try:
                yield self
            finally:
                await self.end()

    async def begin(self) -> None:
        await super().begin()
        self.server.hook = f"{await self.serve()}/hooks/zalo_oa/oa"

    async def end(self) -> None:
        await super().end()
        await self.runner.cleanup()

    def connect(self) -> Channel:
        super().connect()
        self.given = ZaloOaSettings(
            fake_zalo_oa.APP_ID,
            fake_zalo_oa.APP_SECRET,
            fake_zalo_oa.HOOK_SECRET,
            stopped_codes=(-213,),
            api_url=self.server.url,
            oauth_url=self.server.url,
            timeout=self.patience,
        )
        channel = ZaloOa(self.app, self.app.accounts, self.given, self.wait)
        self.web.hooked[self.name] = channel
        return channel

    def user(self, person: str) -> str:
        return f"{PEOPLE[person]:019d}"

    def who(self, person: str) -> Who:
        return Who(self.name, f"{self.account}:{self.user(person)}")

    async def happens(self, person: str, name: str, message: dict[str, Any] | None = None) -> object:
        event = self.server.event(self.user(person), name, message)
        assert await self.server.happens(event) == 200
        return event

    def writes(self, person: str, text: str) -> object:
        return self.server.event(self.user(person), "user_send_text", {"text": text})

    async def says(self, person: str, text: str) -> object:
        return await self.happens(person, "user_send_text", {"text": text})

    async def presses(self, person: str, value: str) -> object:
        return await self.says(person, PRESSED + value)

    async def again(self, person: str, event: object) -> None:
        assert isinstance(event, dict)
        assert await self.server.happens(event) == 200

    async def shows(self, person: str) -> None:
        await self.happens(person, "user_send_image", {"attachments": [{"type": "image", "payload": {}}]})

    def seen(self, person: str) -> list[Seen]:
        mine = [sent for sent in self.server.sent if sent.user == self.user(person)]
        return [
            Seen(sent.text, tuple((title, load.removeprefix(PRESSED)) for title, load in sent.buttons), sent.file)
            for sent in mine
        ]

    def fails(self, fault: Fault) -> None:
        # A token that Zalo calls ended is renewed at once, and the message sent again.
        self.server.fails("send", *[fault] * (2 if fault is fake_zalo_oa.BAD_TOKEN else 1))

    def leaves(self, person: str) -> None:
        self.server.gone.add(self.user(person))


class WebStage(WebServed):
    name = "web"

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Stage"]:
        self._tokens: dict[str, str] = {}
        self._told: dict[str, list[Seen]] = {person: [] for person in PEOPLE}
        self._keys = 0
        await self.begin()
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as self._client:
            try:
                yield self
            finally:
                await self.end()

    async def begin(self) -> None:
        self.app = App(self.school.database, load(_env_file=None, **self.settings()), now=lambda: self.school.now)
        self.channel = self.connect()
        self._address = await self.serve()

    async def end(self) -> None:
        await self.runner.cleanup()

    def who(self, person: str) -> Who:
        return import_module("bot.channels.web")._who(self._tokens[person])  # type: ignore[no-any-return]

    async def says(self, person: str, text: str) -> object:
        return await self._say(person, {"text": text})

    async def presses(self, person: str, value: str) -> object:
        return await self._say(person, {"choice": value})

    async def again(self, person: str, event: object) -> None:
        assert isinstance(event, tuple)
        await self._post(person, "say", event[1], key=event[0])

    async def _say(self, person: str, body: dict[str, str]) -> object:
        if person not in self._tokens:
            answer = await self._post(person, "start", {})
            self._tokens[person] = str(answer["token"])
            return None
        self._keys += 1
        answer = await self._post(person, "say", body, key=str(self._keys))
        return str(self._keys), body

    async def _post(self, person: str, method: str, body: dict[str, str], key: str = "") -> dict[str, Any]:
        headers = {"Idempotency-Key": key} if key else {}
        if person in self._tokens:
            headers["Authorization"] = f"Bearer {self._tokens[person]}"
        url = f"{self._address}/api/chat/{method}"
        async with self._client.post(url, json=body, headers=headers) as response:
            answer: dict[str, Any] = await response.json()
        if "message" in answer:
            answer["replies"] = [{"text": answer["message"], "choices": []}]
        self._told[person] += [shown(reply) for reply in answer["replies"]]
        return answer

    async def deliver(self) -> None:
        await super().deliver()
        await self.fetch()

    async def fetch(self) -> None:
        """Everybody's page is open for a moment."""
        for person, token in self._tokens.items():
            headers = {"Authorization": f"Bearer {token}", "Last-Event-ID": "0"}
            async with self._client.get(f"{self._address}/api/chat/events", headers=headers) as stream:
                told = await _events(stream)
            self._told[person] += [one for one in told if one not in self._told[person]]

    def seen(self, person: str) -> list[Seen]:
        return self._told[person]


async def _events(stream: aiohttp.ClientResponse) -> list[Seen]:
    """What is there now: the server writes at once what it has."""
    said = b""
    with suppress(TimeoutError):
        async with asyncio.timeout(0.2):
            while chunk := await stream.content.readany():
                said += chunk
    return [shown(json.loads(line[6:])) for line in said.splitlines() if line.startswith(b"data: ")]


def shown(reply: dict[str, Any]) -> Seen:
    """A reply of the web contract as the page shows it."""
    choices = tuple((choice["label"], choice["value"]) for choice in reply["choices"])
    media = reply.get("media", [])
    alts = [one["alt"] for one in media if one["alt"] not in reply["text"]]
    return Seen("\n".join([reply["text"], *alts]), choices, " ".join(f"{one['kind']}: {one['url']}" for one in media))


class ConsoleStage(Stage):
    name = "console"
    has_buttons = False

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Stage"]:
        self._page = io.StringIO()
        self._pipe: TextIO | None = None
        await self.begin()
        try:
            yield self
        finally:
            await self.end()

    def connect(self) -> Channel:
        reading, writing = os.pipe()
        self._lines, self._pipe = os.fdopen(reading, encoding="utf-8"), os.fdopen(writing, "w", encoding="utf-8")
        return Console(self.app, self._lines, self._page)

    async def end(self) -> None:
        assert self._pipe is not None
        self._pipe.close()  # a thread waits for a line; the end of all lines lets it go
        await asyncio.wait(self._running)
        self._lines.close()

    def who(self, person: str) -> Who:
        return Who(self.name, os.environ.get("USER", "me"))

    async def says(self, person: str, text: str) -> object:
        assert self._pipe is not None
        if text == "xin chào":
            return None  # a terminal greets first
        self._pipe.write(text + "\n")
        self._pipe.flush()
        return None

    def seen(self, person: str) -> list[Seen]:
        return [Seen(text, numbered(text)) for text in self._page.getvalue().split("\n\n") if text]


def long_reply(choices: tuple[Any, ...] = ()) -> Reply:
    """More sentences than any messenger takes in one message."""
    return Reply(" ".join(f"Câu số {number} nói về mã OTP 🙂." for number in range(400)), choices)
