"""Telegram through aiogram: its Bot alone, translated for `bot.channels.telegram`."""

import asyncio
import io
import math
from collections.abc import Sequence
from pathlib import Path

import aiogram
from aiogram import exceptions, types
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import FSInputFile, InlineKeyboardButton, InlineKeyboardMarkup

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
    exceptions.TelegramAPIError: 400,  # any refusal that aiogram has no name for
    exceptions.TelegramBadRequest: 400,
    exceptions.TelegramMigrateToChat: 400,
    exceptions.TelegramUnauthorizedError: 401,
    exceptions.TelegramForbiddenError: 403,
    exceptions.TelegramNotFound: 404,
    exceptions.TelegramConflictError: 409,
    exceptions.TelegramEntityTooLarge: 413,
}


def connect(desk: Desk, settings: TelegramSettings, *, wait: Wait = asyncio.sleep) -> Channel:
    """Telegram, by aiogram."""
    keep_secret(settings, "aiogram", "aiohttp.client")
    return Telegram(desk, AiogramClient(settings), settings.hook_url, wait)


class AiogramClient:
    """The calls of `bot.channels.telegram.Client`."""

    def __init__(self, settings: TelegramSettings) -> None:
        self._settings = settings
        server = TelegramAPIServer.from_base(settings.api_url)
        self._session = AiohttpSession(settings.proxy or None, api=server, timeout=settings.timeout)
        self._bot = aiogram.Bot(settings.token, self._session)

    async def updates(self, offset: int) -> list[Update]:
        return await translated(self._poll(offset), explain, self._settings)

    async def _poll(self, offset: int) -> list[Update]:
        held = self._settings.poll_seconds
        patience = math.ceil(held + self._settings.timeout)
        found = await self._bot.get_updates(offset, timeout=held, allowed_updates=HEARD, request_timeout=patience)
        return [neutral(update) for update in found]

    def read(self, body: bytes) -> Update:
        return neutral(types.Update.model_validate_json(body))

    async def set_hook(self, url: str, secret: str) -> None:
        call = self._bot.set_webhook(url, allowed_updates=HEARD, secret_token=secret)
        await translated(call, explain, self._settings)

    async def drop_hook(self) -> None:
        await translated(self._bot.delete_webhook(), explain, self._settings)

    async def set_commands(self, commands: Sequence[tuple[str, str]], language: str) -> None:
        found = [types.BotCommand(command=name, description=said) for name, said in commands]
        call = self._bot.set_my_commands(found, language_code=language or None)
        await translated(call, explain, self._settings)

    async def say(self, chat: str, text: str, buttons: Sequence[Choice]) -> int:
        call = self._bot.send_message(chat, text, reply_markup=_keyboard(buttons))
        return (await translated(call, explain, self._settings)).message_id

    async def change(self, chat: str, message: int, text: str, buttons: Sequence[Choice]) -> None:
        keyboard = _keyboard(buttons)
        call = self._bot.edit_message_text(text=text, chat_id=chat, message_id=message, reply_markup=keyboard)
        await translated(call, explain, self._settings)

    async def show(self, chat: str, media: Media, file: Path | str, caption: str, buttons: Sequence[Choice]) -> str:
        return await translated(self._show(chat, media, file, caption, _keyboard(buttons)), explain, self._settings)

    async def _show(
        self, chat: str, media: Media, file: Path | str, caption: str, keyboard: InlineKeyboardMarkup | None
    ) -> str:
        sent_file = FSInputFile(file) if isinstance(file, Path) else file
        if media.kind == "picture":
            sent = await self._bot.send_photo(chat, sent_file, caption=caption, reply_markup=keyboard)
            return sent.photo[-1].file_id if sent.photo else ""
        if media.kind == "voice":
            sent = await self._bot.send_voice(chat, sent_file, caption=caption, reply_markup=keyboard)
            return sent.voice.file_id if sent.voice else ""
        sent = await self._bot.send_document(chat, sent_file, caption=caption, reply_markup=keyboard)
        return sent.document.file_id if sent.document else ""

    async def fetch(self, document: Document) -> bytes:
        return await translated(self._fetch(document), explain, self._settings)

    async def _fetch(self, document: Document) -> bytes:
        kept = io.BytesIO()
        await self._bot.download(document.id, kept)
        return kept.getvalue()

    async def acknowledge(self, callback_id: str) -> None:
        await translated(self._bot.answer_callback_query(callback_id), explain, self._settings)

    async def close(self) -> None:
        # aiogram's own close sleeps for connections that aiohttp 3.14 closes by itself; a stop should not take longer.
        connections = await self._session.create_session()
        await connections.close()


def _keyboard(buttons: Sequence[Choice]) -> InlineKeyboardMarkup | None:
    rows = [[InlineKeyboardButton(text=button.label, callback_data=button.value)] for button in buttons]
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


def neutral(update: types.Update) -> Update:
    """aiogram's update in our words; what we did not ask for has no chat."""
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
    """aiogram's error in our words."""
    if isinstance(problem, exceptions.TelegramRetryAfter):
        return Trouble(429, "Too Many Requests", problem.retry_after)
    status = STATUS.get(type(problem))
    if status is None or not isinstance(problem, exceptions.TelegramAPIError):
        return Trouble(None, type(problem).__name__)
    return Trouble(status, problem.message)
