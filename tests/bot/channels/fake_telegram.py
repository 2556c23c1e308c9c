"""A strict Telegram Bot API server on loopback: it refuses what Telegram refuses, in Telegram's words."""

import asyncio
import json
import re
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

import aiohttp
from aiohttp import web
from yarl import URL

from tests.bot.channels.faults import Fault, Loopback, Refusal

TOKEN = "123456789:AAFakeSecret_of-thirty-five-letters"
DATE = 1_790_000_000

Fields = dict[str, str]


FLOOD = Fault(429, "Too Many Requests: retry after 7", retry_after=7)
BROKEN = Fault(500, "Internal Server Error")
BLOCK_PAGE = Fault(403, "<html>Trang này bị chặn</html>", page=True)


@dataclass(frozen=True)
class Sent:
    """A message the bot sent, or a file with its caption; buttons as (label, value), one tuple a row."""

    chat: int
    text: str
    buttons: tuple[tuple[tuple[str, str], ...], ...] = ()
    file: str = ""


class FakeTelegram(Loopback):
    """One bot and its chats; a test plays the people and reads what they were sent."""

    def __init__(self, most_a_second: int | None = None, latency: float = 0) -> None:
        super().__init__()
        self._latency = latency  # seconds between a message's arrival and our answer to its sender
        self.most_a_second = most_a_second
        self.floods = 0
        self._lately: deque[float] = deque()
        self.sent: list[Sent] = []
        self.acknowledged: list[str] = []
        self.documents: dict[str, bytes] = {}
        self.fetched: list[str] = []
        self.polled: list[int] = []
        self.blocked: set[int] = set()
        self._chats: set[int] = set()
        self._updates: list[dict[str, Any]] = []
        self._told: dict[int, dict[str, Any]] = {}
        self._next = 700
        self._next_message = 100_000
        self._quiet_since = 0
        self._queries: set[str] = set()
        self.hook = ""
        self._hook_secret = ""
        self.commands: dict[str, list[tuple[str, str]]] = {}
        self.numbers: dict[int, int] = {}  # the number of a message in its chat, to its place in `sent`
        self.edits = 0
        self._files: set[str] = set()
        self._methods: dict[str, Callable[[Fields], Awaitable[Any]]] = {
            "getMe": self._get_me,
            "getUpdates": self._get_updates,
            "getFile": self._get_file,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "setMyCommands": self._set_my_commands,
            "sendMessage": self._send_message,
            "editMessageText": self._edit_message_text,
            "sendPhoto": self._send_photo,
            "sendVoice": self._send_voice,
            "sendDocument": self._send_document,
            "answerCallbackQuery": self._answer_callback_query,
        }

    async def __aenter__(self) -> "FakeTelegram":
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        app.router.add_get("/file/bot{token}/documents/{name}", self._download)
        self.url = await self.serve(app)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    # What people do.

    def says(self, chat: int, text: str) -> int:
        return self._message(chat, {"text": text})

    def shows(self, chat: int, **content: object) -> int:
        return self._message(chat, content)

    def sends_file(self, chat: int, name: str, body: bytes) -> int:
        """https://core.telegram.org/bots/api#document: the message names the file, which is fetched apart."""
        file_id = f"sent-{len(self.documents)}"
        self.documents[file_id] = body
        document = {"file_id": file_id, "file_unique_id": file_id, "file_name": name, "file_size": len(body)}
        return self._message(chat, {"document": document})

    def says_in_group(self, text: str) -> int:
        group = {"id": -1001, "type": "supergroup", "title": "Lớp 9A"}
        return self._happens({"message": {**self._frame(55), "chat": group, "text": text}})

    def presses(self, chat: int, value: str, *, late: bool = False) -> int:
        """A button under the newest message that has it, or under one of long ago."""
        query = f"query-{self._next}"
        if not late:
            self._queries.add(query)
        under = {**self._frame(chat), "text": "…"}
        for number, place in self.numbers.items():
            sent = self.sent[place]
            if sent.chat == chat and value in (key[1] for row in sent.buttons for key in row):
                under["message_id"] = number
        pressed = {"id": query, "from": person(chat), "chat_instance": "1", "message": under, "data": value}
        return self._happens({"callback_query": pressed})

    def repeats(self, number: int) -> None:
        """An update that was confirmed comes once more."""
        self._updates.append(self._told[number])
        self.notify()

    def quiet_week(self) -> None:
        """After a week without updates the numbers start again anywhere; we choose lower."""
        self._quiet_since, self._next = self._next, 40

    def join(self, chats: Iterable[int]) -> None:
        """These people have spoken to the bot before."""
        self._chats.update(chats)

    # What a test asks.

    @property
    def waiting(self) -> list[int]:
        """The updates not confirmed yet."""
        return [update["update_id"] for update in self._updates]

    async def sends(self, count: int) -> list[Sent]:
        await self.until(lambda: len(self.sent) >= count)
        return self.sent

    async def confirms_all(self) -> None:
        await self.until(lambda: not self._updates)

    # The server.

    def _message(self, chat: int, content: dict[str, Any]) -> int:
        return self._happens({"message": {**self._frame(chat), **content}})

    def _frame(self, chat: int) -> dict[str, Any]:
        self._chats.add(chat)
        at = {"id": chat, "type": "private", "first_name": "An"}
        return {"message_id": self._next, "date": DATE, "chat": at, "from": person(chat)}

    def _happens(self, content: dict[str, Any]) -> int:
        self._told[self._next] = {"update_id": self._next, **content}
        self._updates.append(self._told[self._next])
        self._next += 1
        self.notify()
        return self._next - 1

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        fields = {name: _field(value) for name, value in (await request.post()).items()}
        try:
            self._know(request.match_info["token"])
            if fault := self.planned(method):
                page = await self.misbehave(request, fault, lambda: self._act(method, fields))
                return page or refuse(fault.status or 500, fault.description, fault.retry_after)
            return web.json_response({"ok": True, "result": await self._act(method, fields)})
        except Refusal as refusal:
            return refuse(refusal.code, refusal.description, refusal.retry_after)

    def _know(self, token: str) -> None:
        if not re.fullmatch(r"\d+:[\w-]{35}", token):
            raise Refusal(404, "Not Found")
        if token != TOKEN:
            raise Refusal(401, "Unauthorized")

    async def _act(self, method: str, fields: Fields) -> object:
        if method not in self._methods:
            raise Refusal(404, "Not Found: method not found")
        result = await self._methods[method](fields)
        self.notify()
        return result

    async def _get_me(self, fields: Fields) -> object:
        return {"id": 123456789, "is_bot": True, "first_name": "Học Vụ Số", "username": "hocvuso_bot"}

    async def _get_updates(self, fields: Fields) -> object:
        """https://core.telegram.org/bots/api#getupdates: an offset confirms all before it."""
        if self.hook:
            raise Refusal(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete it first",
            )
        offset, limit = int(fields.get("offset", 0)), int(fields.get("limit", 100))
        self.polled.append(offset)
        self._confirm(offset)
        poll = len(self.polled)
        self.notify()
        try:
            async with asyncio.timeout(int(fields.get("timeout", 0))):
                while not self._updates and not self._closing and poll == len(self.polled):
                    await self._changed.wait()
        except TimeoutError:
            return []
        if poll != len(self.polled):
            raise Refusal(409, "Conflict: terminated by other getUpdates request")
        allowed = json.loads(fields.get("allowed_updates", "[]"))
        return [update for update in self._updates[:limit] if not allowed or set(allowed) & set(update)]

    def _confirm(self, offset: int) -> None:
        if offset != self._quiet_since:  # An offset from before the quiet week confirms nothing of the new numbers.
            self._updates = [update for update in self._updates if update["update_id"] >= offset]

    async def _send_message(self, fields: Fields) -> object:
        """https://core.telegram.org/bots/api#sendmessage"""
        chat = self._reached(fields)
        self._count_flood()
        sent = Sent(chat, worded(fields), keyboard(fields.get("reply_markup")))
        self._next_message += 1
        self.numbers[self._next_message] = len(self.sent)
        self.sent.append(sent)
        if self._latency:
            await asyncio.sleep(self._latency)
        return {**self._frame(chat), "message_id": self._next_message, "text": sent.text}

    async def _edit_message_text(self, fields: Fields) -> object:
        """https://core.telegram.org/bots/api#editmessagetext"""
        chat, number = self._reached(fields), int(fields.get("message_id", "0"))
        place = self.numbers.get(number)
        if place is None or self.sent[place].chat != chat:
            raise Refusal(400, "Bad Request: message to edit not found")
        said = Sent(chat, worded(fields), keyboard(fields.get("reply_markup")))
        if said == self.sent[place]:
            raise Refusal(
                400,
                "Bad Request: message is not modified: specified new message content and reply markup are exactly the"
                " same as a current content and reply markup of the message",
            )
        self.sent[place] = said
        self.edits += 1
        return {**self._frame(chat), "message_id": number, "text": said.text}

    async def _set_webhook(self, fields: Fields) -> object:
        """https://core.telegram.org/bots/api#setwebhook"""
        if not fields.get("url", "").startswith("https://"):
            raise Refusal(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", fields.get("secret_token", "")):
            raise Refusal(400, "Bad Request: secret token contains unallowed characters")
        self.hook, self._hook_secret = fields["url"], fields["secret_token"]
        return True

    async def _delete_webhook(self, fields: Fields) -> object:
        self.hook = ""
        return True

    async def _set_my_commands(self, fields: Fields) -> object:
        """https://core.telegram.org/bots/api#botcommand"""
        found = [(one["command"], one["description"]) for one in json.loads(fields["commands"])]
        for name, said in found:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", name):
                raise Refusal(400, "Bad Request: BOT_COMMAND_INVALID")
            if not 1 <= len(said) <= 256:
                raise Refusal(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
        if len(found) > 100:
            raise Refusal(400, "Bad Request: BOT_COMMANDS_TOO_MUCH")
        self.commands[fields.get("language_code", "")] = found
        return True

    async def calls(self, number: int, address: str, secret: str | None = None) -> int:
        """Telegram calls the webhook with an update; what it was answered. What is answered 200 is gone."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._hook_secret if secret is None else secret}
        async with (
            aiohttp.ClientSession() as client,
            client.post(address + URL(self.hook).path, json=self._told[number], headers=headers) as response,
        ):
            if response.status == 200:
                self._updates = [update for update in self._updates if update["update_id"] != number]
                self.notify()
            return response.status

    def _reached(self, fields: Fields) -> int:
        chat = fields.get("chat_id", "")
        if not chat.lstrip("-").isdigit() or int(chat) not in self._chats:
            raise Refusal(400, "Bad Request: chat not found")
        if int(chat) in self.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        return int(chat)

    async def _send_photo(self, fields: Fields) -> object:
        """https://core.telegram.org/bots/api#sendphoto"""
        size = {"file_id": self._take(fields, "photo"), "file_unique_id": "1", "width": 1080, "height": 1350}
        return {**self._frame(int(fields["chat_id"])), "photo": [size]}

    async def _send_voice(self, fields: Fields) -> object:
        """https://core.telegram.org/bots/api#sendvoice"""
        voice = {"file_id": self._take(fields, "voice"), "file_unique_id": "2", "duration": 5}
        return {**self._frame(int(fields["chat_id"])), "voice": voice}

    async def _send_document(self, fields: Fields) -> object:
        """https://core.telegram.org/bots/api#senddocument"""
        document = {"file_id": self._take(fields, "document"), "file_unique_id": "3"}
        return {**self._frame(int(fields["chat_id"])), "document": document}

    def _take(self, fields: Fields, kind: str) -> str:
        """A new file, or one that was sent before; its id."""
        chat, caption = self._reached(fields), fields.get("caption", "")
        if units(caption) > 1024:
            raise Refusal(400, "Bad Request: message caption is too long")
        said = fields.get(kind, "")
        content = fields.get(said.removeprefix("attach://"), "") if said.startswith("attach://") else said
        if content in self._files:
            shown, file_id = "seen before", content
        elif content.startswith("file of "):
            shown, file_id = content.removeprefix("file of "), f"id-{len(self._files)}"
            self._files.add(file_id)
        else:
            raise Refusal(400, "Bad Request: wrong remote file identifier specified")
        self.sent.append(Sent(chat, caption, keyboard(fields.get("reply_markup")), f"{kind}: {shown}"))
        return file_id

    async def _get_file(self, fields: Fields) -> object:
        """https://core.telegram.org/bots/api#getfile: at most 20 MB."""
        file_id = fields.get("file_id", "")
        if file_id not in self.documents:
            raise Refusal(400, "Bad Request: invalid file_id")
        if len(self.documents[file_id]) > 20 * 1024 * 1024:
            raise Refusal(400, "Bad Request: file is too big")
        self.fetched.append(file_id)
        size = len(self.documents[file_id])
        path = f"documents/{file_id}"
        return {"file_id": file_id, "file_unique_id": file_id, "file_size": size, "file_path": path}

    async def _download(self, request: web.Request) -> web.StreamResponse:
        """https://core.telegram.org/bots/api#file"""
        if request.match_info["token"] != TOKEN or request.match_info["name"] not in self.fetched:
            return refuse(404, "Not Found")
        return web.Response(body=self.documents[request.match_info["name"]])

    def _count_flood(self) -> None:
        """https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this"""
        now = time.monotonic()
        while self._lately and self._lately[0] <= now - 1:
            self._lately.popleft()
        if self.most_a_second is not None and len(self._lately) >= self.most_a_second:
            self.floods += 1
            raise Refusal(429, "Too Many Requests: retry after 2", retry_after=2)
        self._lately.append(now)

    async def _answer_callback_query(self, fields: Fields) -> object:
        query = fields.get("callback_query_id", "")
        if query not in self._queries:
            raise Refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        self._queries.remove(query)
        self.acknowledged.append(query)
        return True


def _field(value: str | bytes | bytearray | web.FileField) -> str:
    return f"file of {len(value.file.read())} bytes" if isinstance(value, web.FileField) else str(value)


def worded(fields: Fields) -> str:
    text = fields.get("text", "").strip()
    if not text:
        raise Refusal(400, "Bad Request: message text is empty")
    if units(text) > 4096:
        raise Refusal(400, "Bad Request: message is too long")
    return text


def person(chat: int) -> dict[str, Any]:
    return {"id": chat, "is_bot": False, "first_name": "An", "language_code": "vi"}


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def refuse(status: int, description: str, retry_after: int | None = None) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    if retry_after is not None:
        body["parameters"] = {"retry_after": retry_after}
    return web.json_response(body, status=status)


def keyboard(markup: str | None) -> tuple[tuple[tuple[str, str], ...], ...]:
    """https://core.telegram.org/bots/api#inlinekeyboardmarkup"""
    if markup is None:
        return ()
    try:
        rows = json.loads(markup)["inline_keyboard"]
    except (ValueError, KeyError, TypeError) as error:
        raise Refusal(400, "Bad Request: can't parse reply keyboard markup JSON object") from error
    return tuple(tuple(key(button) for button in row) for row in rows)


def key(button: dict[str, str]) -> tuple[str, str]:
    label, value = button.get("text", ""), button.get("callback_data", "")
    if not label.strip():
        raise Refusal(400, "Bad Request: can't parse inline keyboard button: Text must be non-empty")
    if not 1 <= len(value.encode()) <= 64:
        raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
    return label, value
