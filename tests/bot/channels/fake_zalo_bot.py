"""A strict Zalo Bot Platform on loopback: it refuses what Zalo refuses and knows what a month costs.

Contract: docs.zaloplatforms.com/docs/BOT (call_api, webhook, error_code, apis).
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

from tests.bot.channels.faults import Fault, Loopback, Refusal

DATE = 1_790_000_000_000
TOKEN = "4459123:AAfake-secret-of-zalo"
OTHER_TOKEN = "4459124:BBfake-secret-of-zalo"
PUBLIC = "https://hocvuso.example.vn"
# https://docs.zaloplatforms.com/docs/BOT/error_code
QUOTA = Fault(429, "Quota exceeded")
BROKEN = Fault(403, "Internal server error")
TIMED_OUT = Fault(408, "Request timeout")

Fields = dict[str, Any]


@dataclass(frozen=True)
class Sent:
    """A message a bot sent: words, or a file with the words below it."""

    chat: str
    text: str
    file: str = ""


@dataclass
class Bot:
    """One bot: where it is called, and what it has not fetched."""

    hook: str = ""
    secret: str = ""
    events: list[dict[str, Any]] = field(default_factory=list)
    asking: int = 0


class FakeZaloBot(Loopback):
    """The platform with two bots; a test plays the people. `local` is where the program really is."""

    def __init__(self) -> None:
        super().__init__()
        self.bots = {TOKEN: Bot(), OTHER_TOKEN: Bot()}
        self.sent: list[Sent] = []
        self.called: list[str] = []
        self.acknowledged: list[int] = []
        self.gone: set[str] = set()
        self.monthly = 3000
        self.local = ""
        self._chats: dict[str, str] = {}
        self._next = 1
        self._methods: dict[str, Callable[[Bot, Fields], Awaitable[Any]]] = {
            "getMe": self._get_me,
            "getUpdates": self._get_updates,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._webhook_info,
            "sendMessage": self._send_message,
            "sendPhoto": self._send_photo,
            "sendVoice": self._send_voice,
        }

    async def __aenter__(self) -> "FakeZaloBot":
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        self.url = await self.serve(app)
        self._client = aiohttp.ClientSession(headers={"User-Agent": "Java/1.8.0_192"})
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.close()
        await self.close()

    # What people do.

    def event(self, chat: str, kind: str, content: Fields | None = None, *, group: bool = False) -> dict[str, Any]:
        """Something somebody did, not told to anybody yet."""
        number, self._next = self._next, self._next + 1
        where = {"id": chat, "chat_type": "GROUP" if group else "PRIVATE"}
        message = {
            "from": {"id": chat, "display_name": "An", "is_bot": False},
            "chat": where,
            "message_id": f"{number:020x}",
            "date": DATE + number,
            **(content or {}),
        }
        return {"event_name": f"message.{kind}.received", "message": message}

    async def happens(self, event: dict[str, Any], token: str = TOKEN, secret: str | None = None) -> int | None:
        """Zalo tells the bot, by a call if it has a webhook; the status it was answered with."""
        bot = self.bots[token]
        self._chats[event["message"]["chat"]["id"]] = token
        if not bot.hook:
            bot.events.append(event)
            self.notify()
            return None
        headers = {"X-Bot-Api-Secret-Token": bot.secret if secret is None else secret}
        body = {"ok": True, "result": event}
        async with self._client.post(self._local(bot.hook), json=body, headers=headers) as response:
            self.acknowledged.append(response.status)
            self.notify()
            return response.status

    def _local(self, url: str) -> str:
        assert url.startswith(PUBLIC + "/"), url
        return self.local + url.removeprefix(PUBLIC)

    # The server.

    async def _call(self, request: web.Request) -> web.StreamResponse:
        token, method = request.match_info["token"], request.match_info["method"]
        self.called.append(method)
        fields: Fields = await request.json()
        if not re.fullmatch(r"\d+:\S+", token):
            return refuse(404, "Not found", 404)
        if token not in self.bots:
            return refuse(401, "Unauthorized", 401)

        async def act() -> object:
            if method not in self._methods:
                raise Refusal(404, "Not found")
            result = await self._methods[method](self.bots[token], fields)
            self.notify()
            return result

        try:
            if fault := self.planned(method):
                page = await self.misbehave(request, fault, act)
                return page or refuse(fault.status, fault.description, fault.status if fault.status >= 500 else 200)
            return web.json_response({"ok": True, "result": await act()})
        except Refusal as refusal:
            # Zalo says most of its noes with status 200.
            return refuse(refusal.code, refusal.description)

    async def _get_me(self, bot: Bot, fields: Fields) -> object:
        only(fields)
        number = next(token for token, known in self.bots.items() if known is bot).partition(":")[0]
        return {"id": number, "account_name": f"bot.{number}", "account_type": "BASIC", "can_join_groups": False}

    async def _get_updates(self, bot: Bot, fields: Fields) -> object:
        """One event, gone once it is told; "nothing new" is an error."""
        only(fields, "timeout")
        if bot.hook:
            raise Refusal(400, "Bad request: webhook is set")
        bot.asking += 1
        self.notify()
        try:
            async with asyncio.timeout(float(fields.get("timeout", 30))):
                while not bot.events and not self._closing:
                    await self._changed.wait()
        except TimeoutError:
            pass
        if not bot.events:
            raise Refusal(408, "Request timeout")
        return bot.events.pop(0)

    async def _set_webhook(self, bot: Bot, fields: Fields) -> object:
        only(fields, "url", "secret_token")
        url, secret = fields.get("url", ""), fields.get("secret_token", "")
        if not url.startswith("https://") or re.match(r"https://(localhost|127\.|10\.|192\.168\.)", url):
            raise Refusal(400, "Bad request: url must be a public https address")
        if not 8 <= len(secret) <= 256:
            raise Refusal(400, "Bad request: secret_token must be 8 to 256 characters")
        bot.hook, bot.secret = url, secret
        return {"url": url, "updated_at": DATE}

    async def _delete_webhook(self, bot: Bot, fields: Fields) -> object:
        only(fields)
        bot.hook = bot.secret = ""
        return {"url": "", "updated_at": DATE}

    async def _webhook_info(self, bot: Bot, fields: Fields) -> object:
        only(fields)
        return {"url": bot.hook, "updated_at": DATE}

    async def _send_message(self, bot: Bot, fields: Fields) -> object:
        only(fields, "chat_id", "text")
        return self._sent(bot, fields, characters(fields.get("text"), least=1))

    async def _send_photo(self, bot: Bot, fields: Fields) -> object:
        only(fields, "chat_id", "photo", "caption")
        caption = characters(fields["caption"], least=1) if "caption" in fields else ""
        return self._sent(bot, fields, caption, await self._fetched(fields.get("photo"), "image/"))

    async def _send_voice(self, bot: Bot, fields: Fields) -> object:
        only(fields, "chat_id", "voice_url")
        if not str(fields.get("voice_url", "")).endswith(".aac"):
            raise Refusal(400, "Bad request: voice_url must be .aac")
        return self._sent(bot, fields, "", await self._fetched(fields["voice_url"], "audio/aac"))

    async def _fetched(self, url: object, kind: str) -> str:
        """Zalo fetches the file itself."""
        if not isinstance(url, str) or not url.startswith("https://"):
            raise Refusal(400, "Bad request: invalid url")
        async with self._client.get(self._local(url)) as response:
            if response.status != 200 or not response.content_type.startswith(kind):
                raise Refusal(400, f"Bad request: cannot fetch file ({response.status})")
            return f"{kind.partition('/')[0]} of {len(await response.read())} bytes"

    def _sent(self, bot: Bot, fields: Fields, text: str, file: str = "") -> object:
        chat = fields.get("chat_id")
        if not isinstance(chat, str) or self.bots.get(self._chats.get(chat, "")) is not bot:
            raise Refusal(400, "Bad request: invalid chat_id")
        if chat in self.gone:
            raise Refusal(490, "User has left")  # undocumented: which code it is stands in the settings
        if len(self.sent) >= self.monthly:
            raise Refusal(429, "Quota exceeded")
        self.sent.append(Sent(chat, text, file))
        return {"message_id": f"{len(self.sent):020x}", "date": DATE}


def only(fields: Fields, *known: str) -> None:
    if strange := set(fields) - set(known):
        raise Refusal(400, f"Bad request: unknown parameter {sorted(strange)}")


def characters(text: object, least: int) -> str:
    if not isinstance(text, str) or not least <= len(text.encode("utf-16-le")) // 2 <= 2000:
        raise Refusal(400, "Bad request: text must be 1 to 2000 characters")
    if max(text, default="") >= "\u0300" and any("\u0300" <= letter <= "\u036f" for letter in text):
        raise Refusal(400, "Bad request: text is not composed")
    return text


def refuse(code: int, description: str, status: int = 200) -> web.Response:
    return web.json_response({"ok": False, "error_code": code, "description": description}, status=status)
