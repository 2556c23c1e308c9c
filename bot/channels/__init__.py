"""The places where people talk with the bot; each is imported only when it is chosen."""

from importlib import import_module

from bot.port import Channel, Desk
from bot.settings import Settings

_TELEGRAM = {"python-telegram-bot": "telegram_ptb", "aiogram": "telegram_aiogram"}


def connect(name: str, desk: Desk, settings: Settings) -> Channel:
    """The channel of that name, ready to run."""
    module = _TELEGRAM[settings.telegram_library] if name == "telegram" else name
    channel: Channel = import_module(f"bot.channels.{module}").connect(desk, settings)
    return channel
