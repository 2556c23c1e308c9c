"""The places where people talk with the bot; each is imported only when it is chosen."""

from importlib import import_module

from bot.channels.telegram import TelegramSettings
from bot.port import Channel, Desk
from bot.settings import Settings

_TELEGRAM = {"python-telegram-bot": "telegram_ptb", "aiogram": "telegram_aiogram"}


def connect(name: str, desk: Desk, settings: Settings) -> Channel:
    """The channel of that name, ready to run."""
    if name != "telegram":
        channel: Channel = import_module(f"bot.channels.{name}").connect(desk, settings)
        return channel
    library = import_module(f"bot.channels.{_TELEGRAM[settings.telegram_library]}")
    token = settings.telegram_token.get_secret_value()
    telegram: Channel = library.connect(desk, TelegramSettings(token, settings.telegram_api_url))
    return telegram
