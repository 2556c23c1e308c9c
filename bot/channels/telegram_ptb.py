"""Telegram through python-telegram-bot: its Bot alone, translated for `bot.channels.telegram`."""

import asyncio
import json
import os
from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from pathlib import Path
from ssl import SSLContext
from typing import Any

import httpx
import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, error
from telegram.request import HTTPXRequest

from bot.channels.telegram import (
    HEARD,
    MEDIA,
    Document,
    Telegram,
    TelegramSettings,
    Trouble,
    Update,
    keep_secret,
    translated,
)
from bot.patience import Wait
from bot.port import Channel, Choice, Desk, Media

STATUS: dict[type[Exception], int] = {
    error.BadRequest: 400,
    error.ChatMigrated: 400,
    error.InvalidToken: 401,
    error.Forbidden: 403,
    error.Conflict: 409,
}
# https://docs.python-telegram-bot.org/en/stable/telegram.error.html
NAMED_BY_PTB = {400, 401, 403, 404, 409, 429}


def connect(desk: Desk, settings: TelegramSettings, *, wait: Wait = asyncio.sleep) -> Channel:
    """Telegram, by python-telegram-bot."""
    # Without this every 429 is a deprecation warning; durations are then timedeltas, as in its next version.
    # https://docs.python-telegram-bot.org/en/stable/telegram.error.html#telegram.error.RetryAfter
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    keep_secret(settings, "telegram", "telegram.Bot", "httpx", "httpcore")
    return Telegram(desk, PtbClient(settings), settings.hook_url, wait)


class PtbRequest(HTTPXRequest):
    """A refusal that PTB has no name for becomes a 400, which it would otherwise call a network error."""

    __slots__ = ()

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        status, body = await super().do_request(*args, **kwargs)
        unnamed = 400 < status < 500 and status not in NAMED_BY_PTB
        return 400 if unnamed else status, body


def requests(settings: TelegramSettings, at_once: int) -> PtbRequest:
    """Connections that wait `timeout` seconds for every step."""
    timeout = settings.timeout
    return PtbRequest(
        at_once,
        read_timeout=timeout,
        write_timeout=timeout,
        connect_timeout=timeout,
        pool_timeout=timeout,
        proxy=settings.proxy or None,
        httpx_kwargs={"verify": trusted()},
    )


@cache
def trusted() -> SSLContext:
    """Whom HTTPS believes: read once, for reading it takes longer than all else that opens a connection."""
    return httpx.create_ssl_context()


class PtbClient:
    """The calls of `bot.channels.telegram.Client`."""

    def __init__(self, settings: TelegramSettings) -> None:
        self._settings = settings
        # Kept by us: `Bot.shutdown` closes only what `Bot.initialize` opened, and that asks who we are first.
        self._requests = requests(settings, at_once=1), requests(settings, at_once=256)
        server = settings.api_url.rstrip("/")
        self._bot = telegram.Bot(
            settings.token,
            base_url=f"{server}/bot",
            base_file_url=f"{server}/file/bot",
            get_updates_request=self._requests[0],
            request=self._requests[1],
        )

    async def updates(self, offset: int) -> list[Update]:
        return await translated(self._poll(offset), explain, self._settings)

    async def _poll(self, offset: int) -> list[Update]:
        found = await self._bot.get_updates(offset, timeout=self._settings.poll_seconds, allowed_updates=HEARD)
        return [neutral(update) for update in found]

    def read(self, body: bytes) -> Update:
        try:
            found = neutral(telegram.Update.de_json(json.loads(body), self._bot))
        except (KeyError, TypeError, AttributeError) as problem:
            raise ValueError(type(problem).__name__) from None
        if not isinstance(found.id, int):  # PTB takes whatever stands there
            raise ValueError("update_id")
        return found

    async def set_hook(self, url: str, secret: str) -> None:
        call = self._bot.set_webhook(url, allowed_updates=HEARD, secret_token=secret)
        await translated(call, explain, self._settings)

    async def drop_hook(self) -> None:
        await translated(self._bot.delete_webhook(), explain, self._settings)

    async def set_commands(self, commands: Sequence[tuple[str, str]], language: str) -> None:
        found = [telegram.BotCommand(*command) for command in commands]
        call = self._bot.set_my_commands(found, language_code=language or None)
        await translated(call, explain, self._settings)

    async def say(self, chat: str, text: str, buttons: Sequence[Choice]) -> int:
        call = self._bot.send_message(chat, text, reply_markup=_keyboard(buttons))
        return (await translated(call, explain, self._settings)).message_id

    async def change(self, chat: str, message: int, text: str, buttons: Sequence[Choice]) -> None:
        call = self._bot.edit_message_text(text, chat, message, reply_markup=_keyboard(buttons))
        await translated(call, explain, self._settings)

    async def show(self, chat: str, media: Media, file: Path | str, caption: str, buttons: Sequence[Choice]) -> str:
        return await translated(self._show(chat, media, file, caption, _keyboard(buttons)), explain, self._settings)

    async def _show(
        self, chat: str, media: Media, file: Path | str, caption: str, keyboard: InlineKeyboardMarkup | None
    ) -> str:
        if media.kind == "picture":
            sent = await self._bot.send_photo(chat, file, caption, reply_markup=keyboard)
            return sent.photo[-1].file_id
        if media.kind == "voice":
            sent = await self._bot.send_voice(chat, file, caption=caption, reply_markup=keyboard)
            return sent.voice.file_id if sent.voice else ""
        sent = await self._bot.send_document(chat, file, caption=caption, reply_markup=keyboard)
        return sent.document.file_id if sent.document else ""

    async def fetch(self, document: Document) -> bytes:
        return await translated(self._fetch(document), explain, self._settings)

    async def _fetch(self, document: Document) -> bytes:
        found = await self._bot.get_file(document.id)
        return bytes(await found.download_as_bytearray())

    async def acknowledge(self, callback_id: str) -> None:
        await translated(self._bot.answer_callback_query(callback_id), explain, self._settings)

    async def close(self) -> None:
        for request in self._requests:
            await request.shutdown()


def _keyboard(buttons: Sequence[Choice]) -> InlineKeyboardMarkup | None:
    rows = [[InlineKeyboardButton(button.label, callback_data=button.value)] for button in buttons]
    return InlineKeyboardMarkup(rows) if rows else None


def neutral(update: telegram.Update) -> Update:
    """PTB's update in our words; what we did not ask for has no chat."""
    if (pressed := update.callback_query) and (under := pressed.message):
        private = under.chat.type == "private"
        chat, number = str(under.chat.id), under.message_id
        return Update(update.update_id, chat, private, choice=pressed.data, callback_id=pressed.id, under=number)
    if message := update.message:
        media = any(getattr(message, kind, None) for kind in MEDIA)
        private = message.chat.type == "private"
        sent = message.document
        document = Document(sent.file_id, sent.file_name or "", sent.file_size or 0) if sent else None
        chat = str(message.chat.id)
        return Update(update.update_id, chat, private, text=message.text, media=media, document=document)
    return Update(update.update_id)


def explain(problem: Exception) -> Trouble:
    """PTB's error in our words."""
    if isinstance(problem, error.RetryAfter):
        after = problem.retry_after
        return Trouble(429, "Too Many Requests", after.total_seconds() if isinstance(after, timedelta) else after)
    status = STATUS.get(type(problem))
    # An error with a cause was a page that is not JSON: a proxy or a blocked network spoke, not Telegram.
    if status is None or problem.__cause__ is not None:
        return Trouble(None, type(problem).__name__)
    return Trouble(status, str(problem))
