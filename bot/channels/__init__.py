"""The places where people talk with the bot; each is imported only when it is chosen."""

from collections.abc import Iterable
from importlib import import_module

from bot.channels.telegram import ACCOUNT, NAME, TelegramSettings
from bot.port import HOOK_PATH, Accounts, Channel, Desk, Doorway, Hooked
from bot.settings import Settings

_TELEGRAM = {"python-telegram-bot": "telegram_ptb", "aiogram": "telegram_aiogram"}


_WITH_ACCOUNTS = ("zalo_bot", "zalo_oa")


def connect(names: Iterable[str], desk: Desk, settings: Settings, accounts: Accounts) -> dict[str, Channel]:
    """The channels of those names, ready to run; a messenger that calls us does so through the web server."""
    channels = {name: _connect(name, desk, settings, accounts) for name in names}
    web = channels.get("web")
    if isinstance(web, Doorway):
        web.hooked.update({name: channel for name, channel in channels.items() if isinstance(channel, Hooked)})
    return channels


def _connect(name: str, desk: Desk, settings: Settings, accounts: Accounts) -> Channel:
    if name != NAME:
        more = (accounts,) if name in _WITH_ACCOUNTS else ()
        channel: Channel = import_module(f"bot.channels.{name}").connect(desk, settings, *more)
        return channel
    library = import_module(f"bot.channels.{_TELEGRAM[settings.telegram_library]}")
    called = f"{settings.public_url}{HOOK_PATH}{NAME}/{ACCOUNT}"
    given = TelegramSettings(
        settings.telegram_token.get_secret_value(),
        settings.telegram_api_url,
        hook_url=called if settings.telegram_updates == "webhook" else "",
        proxy=settings.telegram_proxy.get_secret_value(),
    )
    telegram: Channel = library.connect(desk, given)
    return telegram
